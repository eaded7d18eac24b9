//! The objects of a file as they stand among its bytes: each is the one that the list of objects names, is as long as it says, and
//! something leads to it. Where readers differ in which of two they take, a file has two texts (ISO 32000-1, 7.3.8 and 7.5).

use std::collections::HashSet;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, Name, Object, ObjectIdentifier, Stream};

use super::super::soundness::Faults;

const PLACE: &str = "the file";
/// What trailers say (ISO 32000-1, tables 15 and 17).
const TRAILER: &[&[u8]] = &[
    b"Type",
    b"Size",
    b"Prev",
    b"Root",
    b"Info",
    b"ID",
    b"Index",
    b"W",
    b"Length",
    b"Filter",
    b"DecodeParms",
    b"XRefStm",
    b"Encrypt",
];

/// What is wrong with an object that stands in a file twice.
const TWICE: &str = "an object stands in it twice: readers differ in which they take";

/// Judges the objects of a file of ours, whoever saved it.
pub(super) fn judge(pdf: &Pdf, bytes: &[u8], faults: &mut Faults) {
    head(bytes, faults);
    let data = pdf.data();
    let mut scan = Scan {
        pdf,
        bytes: data.as_ref(),
        at: 0,
        is_updated: is_updated(data.as_ref()),
        roots: vec![pdf.xref().root_id()],
        faults,
    };
    scan.run();
    let roots = std::mem::take(&mut scan.roots);
    orphans(pdf, &roots, faults);
}

/// The version, and four bytes beyond ASCII behind it (ISO 19005-2, 6.1.2).
fn head(bytes: &[u8], faults: &mut Faults) {
    let mut lines = bytes.split(|byte| matches!(byte, b'\n' | b'\r'));
    let version = lines.next().unwrap_or_default();
    let version = version.trim_ascii_end();
    // The last is named by a program that saves files again, whatever is in them.
    if !matches!(version, b"%PDF-1.7" | b"%PDF-2.0" | b"%PDF-1.3") {
        faults.add(PLACE, "its head names a version that no edition has");
    }
    let second = lines.find(|line| !line.is_empty()).unwrap_or_default();
    let high = second.iter().filter(|byte| **byte > 127).count();
    if !second.starts_with(b"%") || high < 4 {
        faults.add(PLACE, "its head could be taken for that of a text");
    }
}

/// Goes through the bytes of a file.
struct Scan<'a, 'f> {
    pdf: &'a Pdf,
    bytes: &'a [u8],
    at: usize,
    /// Whether what was changed stands behind what was there before (ISO 32000-1, 7.5.6): the list that holds names the objects that do.
    is_updated: bool,
    /// The objects that trailers name.
    roots: Vec<ObjectIdentifier>,
    faults: &'f mut Faults,
}

impl<'a> Scan<'a, '_> {
    fn run(&mut self) {
        // The numbers of an object stand before the word that begins it.
        let mut before: [Option<u32>; 2] = [None; 2];
        while let Some(word) = self.word() {
            match word {
                b"obj" => {
                    if let [Some(number), Some(generation)] = before {
                        self.object(number, generation);
                    }
                }
                b"trailer" => self.trailer(),
                _ => {}
            }
            let number = std::str::from_utf8(word).ok();
            before = [before[1], number.and_then(|word| word.parse().ok())];
        }
    }

    /// The next word: of regular characters, or one that is none. Comments and strings are no words.
    fn word(&mut self) -> Option<&'a [u8]> {
        loop {
            let rest = self.bytes.get(self.at..)?;
            let first = *rest.first()?;
            match first {
                b'%' => {
                    let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
                    self.at += end.unwrap_or(rest.len());
                }
                b'(' => self.at += string(rest),
                byte if is_regular(byte) => {
                    let end = rest.iter().position(|byte| !is_regular(*byte));
                    let word = &rest[..end.unwrap_or(rest.len())];
                    self.at += word.len();
                    return Some(word);
                }
                _ => {
                    self.at += 1;
                    if !first.is_ascii_whitespace() && first != 0 {
                        return Some(&rest[..1]);
                    }
                }
            }
        }
    }

    /// An object begins here.
    fn object(&mut self, number: u32, generation: u32) {
        let Ok(generation) = i32::try_from(generation) else {
            return;
        };
        let id = ObjectIdentifier::new(number, generation);
        let object = self.pdf.xref().get::<Object<'a>>(id);
        let Some(object) = object else {
            return self.doubt("an object stands in it that its list does not name");
        };
        let data: &[u8] = match &object {
            Object::Dict(dict) => dict.data(),
            Object::Stream(stream) => stream.dict().data(),
            Object::Array(array) => array.data(),
            _ => return,
        };
        let Some(place) = self.place_of(data) else {
            return self.doubt(TWICE);
        };
        let between = self.bytes.get(self.at..place);
        let is_here = between.is_some_and(|own| {
            own.iter()
                .all(|byte| byte.is_ascii_whitespace() || b"<[".contains(byte))
        });
        if !is_here {
            return self.doubt(TWICE);
        }
        self.at = place + data.len();
        if let Object::Stream(stream) = &object {
            self.stream(stream);
        }
    }

    /// Another object may be taken for the one that is meant.
    fn doubt(&mut self, what: &str) {
        if !self.is_updated {
            self.faults.add(PLACE, what);
        }
    }

    /// Where some bytes stand in the file; nowhere where they were unpacked.
    fn place_of(&self, data: &[u8]) -> Option<usize> {
        let (from, own) = (self.bytes.as_ptr().addr(), data.as_ptr().addr());
        let place = own.checked_sub(from)?;
        (place + data.len() <= self.bytes.len()).then_some(place)
    }

    /// The data of a stream are as long as it says, and nothing stands between them and its end.
    fn stream(&mut self, stream: &Stream<'_>) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let start = rest.windows(6).position(|own| own == b"stream");
        let Some(start) = start.map(|start| self.at + start + 6) else {
            return;
        };
        let lines = self.bytes.get(start..start + 2).unwrap_or_default();
        let start = match lines {
            b"\r\n" => start + 2,
            [b'\n' | b'\r', _] => start + 1,
            _ => start,
        };
        let length = stream
            .dict()
            .get::<hayro_syntax::object::Number>("Length")
            .and_then(|length| usize::try_from(length.as_i64()).ok());
        let end = length.and_then(|length| start.checked_add(length));
        let rest = end
            .and_then(|end| self.bytes.get(end..))
            .unwrap_or_default();
        let trimmed = match rest {
            [b'\r', b'\n', rest @ ..] | [b'\n' | b'\r', rest @ ..] => rest,
            rest => rest,
        };
        if trimmed.starts_with(b"endstream") {
            self.at = self.bytes.len() - trimmed.len();
        } else {
            let what = "a stream in it is longer or shorter than it says: readers differ in what they take";
            self.faults.add(PLACE, what);
            let rest = self.bytes.get(start..).unwrap_or_default();
            let end = rest.windows(9).position(|own| own == b"endstream");
            self.at = end.map_or(self.bytes.len(), |end| start + end);
        }
        if stream
            .dict()
            .get::<Name<'_>>("Type")
            .is_some_and(|kind| kind.as_str() == "XRef")
        {
            let dict = stream.dict();
            self.keys(
                dict.keys()
                    .map(|key| key.as_str().as_bytes().to_vec())
                    .collect(),
            );
            self.named(dict);
        }
    }

    /// What a list of objects names.
    fn named(&mut self, dict: &Dict<'_>) {
        for key in ["Root", "Info"] {
            self.roots
                .extend(dict.get_ref(key).map(ObjectIdentifier::from));
        }
    }

    /// A trailer stands here: the keys of its outermost dictionary.
    fn trailer(&mut self) {
        let mut keys = Vec::new();
        let mut depth = 0_i32;
        let mut is_name = false;
        let mut numbers: Vec<u32> = Vec::new();
        let mut key: Vec<u8> = Vec::new();
        while let Some(word) = self.word() {
            match word {
                b"<" | b"[" => depth += 1,
                b">" | b"]" => depth -= 1,
                b"/" => {}
                word if is_name && depth == 2 => {
                    key = word.to_vec();
                    keys.push(key.clone());
                    numbers.clear();
                }
                b"R" if matches!(&key[..], b"Root" | b"Info") => {
                    if let [number, generation] = numbers[..]
                        && let Ok(generation) = i32::try_from(generation)
                    {
                        self.roots.push(ObjectIdentifier::new(number, generation));
                    }
                }
                word => {
                    let number = std::str::from_utf8(word).ok();
                    numbers.extend(number.and_then(|word| word.parse::<u32>().ok()));
                }
            }
            is_name = word == b"/";
            if depth == 0 {
                break;
            }
        }
        self.keys(keys);
    }

    fn keys(&mut self, keys: Vec<Vec<u8>>) {
        // Whoever may open it without a password reads what it says, and may be kept from copying it or having it read aloud.
        if keys.iter().any(|key| key == b"Encrypt") {
            let what = "it is encrypted, which PDF/A forbids (ISO 19005-2, 6.1.3): readers may be kept from its words";
            self.faults.add(PLACE, what);
        }
        for key in keys.iter().filter(|key| !TRAILER.contains(&&key[..])) {
            let key = String::from_utf8_lossy(key).into_owned();
            let what = format!("its trailer says `{key}`, which no edition does");
            self.faults.add(PLACE, what);
        }
    }
}

/// Whether a file has several lists of objects, and not because it is to be shown while it comes.
fn is_updated(bytes: &[u8]) -> bool {
    let lists = bytes.windows(9).filter(|own| own == b"startxref").count();
    let head = bytes.get(..1024).unwrap_or(bytes);
    lists > 1 && !head.windows(11).any(|own| own == b"/Linearized")
}

fn is_regular(byte: u8) -> bool {
    !byte.is_ascii_whitespace() && byte != 0 && !b"()<>[]{}/%".contains(&byte)
}

/// How long a literal string is (ISO 32000-1, 7.3.4.2).
fn string(bytes: &[u8]) -> usize {
    let mut depth = 0;
    let mut is_escaped = false;
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    bytes.len()
}

/// Objects to which nothing leads: they are no part of the document, and whoever looks at its bytes may read them.
fn orphans(pdf: &Pdf, roots: &[ObjectIdentifier], faults: &mut Faults) {
    let mut named: HashSet<u32> = roots.iter().map(|id| id.obj_number).collect();
    let mut there: Vec<u32> = Vec::new();
    // Where a file is to be shown while it comes, its first object and the hints are found by their places (ISO 32000-1, annex F).
    let mut is_linearised = false;
    let mut hints: Option<u32> = None;
    for object in pdf.objects() {
        let (id, data) = match &object {
            Object::Dict(dict) => (dict.obj_id(), dict.data()),
            Object::Stream(stream) => (Some(stream.obj_id()), stream.dict().data()),
            Object::Array(array) => (None, array.data()),
            _ => continue,
        };
        references(data, &mut named);
        let kind = match &object {
            Object::Stream(stream) => stream.dict().get::<Name<'_>>("Type"),
            _ => None,
        };
        match &object {
            Object::Dict(dict) if is_linear(dict) => {
                is_linearised = true;
                continue;
            }
            Object::Stream(stream) if is_hints(stream) && hints.is_none() => {
                hints = id.map(|id| id.obj_number);
            }
            _ => {}
        }
        // What holds and lists the others is named by no object.
        if !kind.is_some_and(|kind| matches!(kind.as_str(), "XRef" | "ObjStm")) {
            there.extend(id.map(|id| id.obj_number));
        }
    }
    named.extend(hints.filter(|_| is_linearised));
    if there.iter().any(|own| !named.contains(own)) {
        faults.add(PLACE, "an object stands in it to which nothing leads");
    }
}

/// Whether a dictionary says where the parts of a file are that is to be shown while it comes, and nothing else (ISO 32000-1, table F.1).
fn is_linear(dict: &Dict<'_>) -> bool {
    let known = ["Linearized", "L", "H", "O", "E", "N", "T", "P"];
    dict.contains_key("Linearized") && dict.keys().all(|key| known.contains(&key.as_str()))
}

/// Whether a stream holds hints for showing a file while it comes, and says nothing else (ISO 32000-1, table F.2).
fn is_hints(stream: &Stream<'_>) -> bool {
    let known = [
        "S",
        "T",
        "O",
        "A",
        "E",
        "V",
        "I",
        "C",
        "L",
        "R",
        "B",
        "Filter",
        "Length",
        "DecodeParms",
    ];
    let dict = stream.dict();
    dict.contains_key("S") && dict.keys().all(|key| known.contains(&key.as_str()))
}

/// The numbers of the objects that bytes refer to. What looks like a reference in a string is taken for one: that finds less, never
/// too much.
fn references(data: &[u8], named: &mut HashSet<u32>) {
    let ends = data.iter().enumerate().filter(|(_, byte)| **byte == b'R');
    for (end, _) in ends {
        let Some(before) = data.get(..end) else {
            return;
        };
        let before = before.trim_ascii_end();
        let digits = before.iter().rev().take_while(|byte| byte.is_ascii_digit());
        let generation = digits.count();
        let rest = before[..before.len() - generation].trim_ascii_end();
        let digits = rest.iter().rev().take_while(|byte| byte.is_ascii_digit());
        let count = digits.count();
        if generation == 0 || count == 0 || before.len() == end || rest.len() == before.len() {
            continue;
        }
        let digits = std::str::from_utf8(&rest[rest.len() - count..]).ok();
        named.extend(digits.and_then(|digits| digits.parse::<u32>().ok()));
    }
}
