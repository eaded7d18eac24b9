//! What the reading of one file may cost. A few bytes of a PDF can unpack to gigabytes, stand for a page of text each time that they
//! are shown, or be pointed at a million times, so everything that can grow so is paid for, and a file that asks for more is refused.

use std::borrow::Cow;
use std::cell::Cell;

use flate2::{Decompress, FlushDecompress, Status};
use hayro_syntax::object::{Array, Dict, Name, Stream};

use super::super::ReadError;
use super::super::package::{MOST_ALL, MOST_PART};

/// What any file may cost, in bytes of content and text.
const FREE: usize = 64 << 20;
/// What each byte of a file may cost beyond that: deflated pages of text are some ten times as long when unpacked.
const EACH: usize = 100;

/// An operation of a page costs as much as so many bytes, beside those that it is written in.
pub(super) const OPERATION: usize = 16;
/// An entry of a table, and an element of a tree.
pub(super) const ENTRY: usize = 64;

/// Bytes of LZW stand for at most so many each: a code has twelve bits, and stands for the bytes of one more than the code before it.
const LZW: usize = 4096 * 2 / 3;
/// A byte of a run stands for at most so many: two bytes for 128.
const RUN: usize = 64;

/// How much may still be read of a file.
#[derive(Debug)]
pub(super) struct Budget {
    left: Cell<Option<usize>>,
}

impl Budget {
    /// For a file of so many bytes.
    pub(super) fn of(length: usize) -> Self {
        Self {
            left: Cell::new(Some(length.saturating_mul(EACH).saturating_add(FREE))),
        }
    }

    /// Pays for something; whether there was enough. Once there was not, there is nothing left.
    pub(super) fn pay(&self, cost: usize) -> bool {
        self.left
            .set(self.left.get().and_then(|left| left.checked_sub(cost)));
        self.left.get().is_some()
    }

    /// What is left.
    pub(super) fn left(&self) -> usize {
        self.left.get().unwrap_or(0)
    }

    /// Whether all of it could be paid.
    ///
    /// # Errors
    /// [`ReadError::Damaged`] where the file asked for more.
    pub(super) fn settle(&self) -> Result<(), ReadError> {
        match self.left.get() {
            Some(_) => Ok(()),
            None => Err(ReadError::damaged(
                "it unpacks to far more than a file of its size holds",
            )),
        }
    }

    /// The content of a stream, where it can be unpacked and paid for.
    pub(super) fn decoded<'a>(&self, stream: &Stream<'a>) -> Option<Cow<'a, [u8]>> {
        let raw = stream.raw_data();
        let dict = stream.dict();
        if is_deflated_alone(dict)
            && let Some(whole) = unpacked(&raw, self.left())
        {
            return self.pay(whole.len()).then_some(Cow::Owned(whole));
        }
        // Both keys name filters (ISO 32000-1, tables 5 and 93).
        let one = ["Filter", "F"].map(|key| dict.get::<Name<'_>>(key));
        let some = ["Filter", "F"].map(|key| dict.get::<Array<'_>>(key));
        let some = some.iter().flatten();
        let some = some.flat_map(|some| some.iter::<Name<'_>>());
        let packers = one.into_iter().flatten().chain(some).filter_map(|filter| {
            Some(match filter.as_str() {
                "FlateDecode" | "Fl" => {
                    Inflater::new().count(&raw, self.left() as u64).made as usize
                }
                "LZWDecode" | "LZW" => raw.len().saturating_mul(LZW),
                "RunLengthDecode" | "RL" => raw.len().saturating_mul(RUN),
                _ => return None,
            })
        });
        let packers: Vec<usize> = packers.collect();
        // What is packed twice may grow a thousandfold twice.
        let is_paid = match &packers[..] {
            [] => self.pay(raw.len()),
            [cost] => self.pay(*cost),
            _ => self.pay(usize::MAX),
        };
        let decoded = is_paid.then(|| stream.decoded_data().ok());
        decoded.flatten()
    }
}

/// Refuses a file with a stream that unpacks to more than any honest one, before anything of it is read: the lists of a file's
/// objects are packed too (ISO 32000-1, 7.5.7 and 7.5.8).
///
/// # Errors
/// [`ReadError::Damaged`] for such a file.
pub(super) fn judge(bytes: &[u8]) -> Result<(), ReadError> {
    const KEYWORD: &[u8] = b"stream";
    /// Streams do not overlap, but what looks like one may stand in another.
    const TIMES: u64 = 4;
    let (mut all, mut read) = (MOST_ALL, TIMES * bytes.len() as u64);
    let mut inflater = Inflater::new();
    let mut rest = bytes;
    while let Some(at) = rest.windows(KEYWORD.len()).position(|own| own == KEYWORD) {
        rest = &rest[at + KEYWORD.len()..];
        let spaces = rest.iter().take_while(|byte| byte.is_ascii_whitespace());
        let spaces = spaces.count();
        let own = inflater.count(&rest[spaces..], MOST_PART.min(all));
        if own.made >= MOST_PART.min(all) || own.read > read {
            return Err(ReadError::damaged(
                "one of its streams unpacks to more than any honest file holds",
            ));
        }
        (all, read) = (all - own.made, read - own.read);
    }
    Ok(())
}

/// Whether a stream is deflated and nothing else: then it is unpacked and counted in one.
fn is_deflated_alone(dict: &Dict<'_>) -> bool {
    let others = ["F", "DecodeParms", "DP", "FDecodeParms"];
    let filter = dict.get::<Name<'_>>("Filter");
    filter.is_some_and(|name| matches!(name.as_str(), "FlateDecode" | "Fl"))
        && !others.iter().any(|key| dict.contains_key(*key))
}

/// The content of a deflated stream that is whole and sound, and no longer than this. What is not goes to a reader that takes what
/// it can.
fn unpacked(bytes: &[u8], most: usize) -> Option<Vec<u8>> {
    if !is_headed(bytes) {
        return None;
    }
    let mut inflater = Decompress::new(true);
    let most = most.min(MOST_PART as usize);
    let mut made = Vec::with_capacity(bytes.len().saturating_mul(4).clamp(1 << 10, 1 << 20));
    loop {
        let read = usize::try_from(inflater.total_in()).ok()?;
        let before = (inflater.total_in(), inflater.total_out());
        let rest = bytes.get(read..).unwrap_or_default();
        let status = inflater.decompress_vec(rest, &mut made, FlushDecompress::None);
        match status {
            Ok(Status::StreamEnd) => return (made.len() <= most).then_some(made),
            Ok(Status::Ok | Status::BufError) if made.len() == made.capacity() => {
                if made.len() > most {
                    return None;
                }
                made.reserve(made.len());
            }
            Ok(_) if (inflater.total_in(), inflater.total_out()) != before => {}
            _ => return None,
        }
    }
}

/// Whether a stream begins as zlib has it (RFC 1950, 2.2).
fn is_headed(bytes: &[u8]) -> bool {
    bytes.len() > 1
        && bytes[0] & 0x0F == 8
        && u16::from_be_bytes([bytes[0], bytes[1]]).is_multiple_of(31)
}

/// How much of a packed stream was read, and to how many bytes it unpacked.
struct Inflated {
    read: u64,
    made: u64,
}

/// Unpacks streams and keeps nothing of them.
struct Inflater {
    inflater: Decompress,
    scratch: Vec<u8>,
}

impl Inflater {
    fn new() -> Self {
        Self {
            inflater: Decompress::new(true),
            scratch: vec![0; 32 << 10],
        }
    }

    /// Unpacks a stream, with a head as zlib writes it or without, to at most so many bytes.
    fn count(&mut self, bytes: &[u8], most: u64) -> Inflated {
        let inflater = &mut self.inflater;
        inflater.reset(is_headed(bytes));
        loop {
            let read = usize::try_from(inflater.total_in()).unwrap_or(usize::MAX);
            let before = (inflater.total_in(), inflater.total_out());
            let rest = bytes.get(read..).unwrap_or_default();
            let status = inflater.decompress(rest, &mut self.scratch, FlushDecompress::None);
            let after = (inflater.total_in(), inflater.total_out());
            let goes_on = matches!(status, Ok(Status::Ok)) && after != before && after.1 < most;
            if !goes_on {
                return Inflated {
                    read: after.0,
                    made: after.1,
                };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::read::{Contents, read};

    fn deflated(bytes: &[u8]) -> Vec<u8> {
        let mut writer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        writer.write_all(bytes).expect("memory takes all");
        writer.finish().expect("memory takes all")
    }

    /// A file of these objects, numbered from 1; the first is the catalogue.
    fn pdf(objects: &[String]) -> Vec<u8> {
        let mut file = String::from("%PDF-1.7\n");
        let mut places = Vec::new();
        for (index, object) in objects.iter().enumerate() {
            places.push(file.len());
            file += &format!("{} 0 obj {object}\nendobj\n", index + 1);
        }
        let start = file.len();
        file += &format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
        file.extend(places.iter().map(|place| format!("{place:010} 00000 n \n")));
        let size = objects.len() + 1;
        file += &format!("trailer <</Size {size} /Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n");
        file.into_bytes()
    }

    fn stream(dict: &str, content: &str) -> String {
        format!(
            "<<{dict} /Length {}>> stream\n{content}\nendstream",
            content.len()
        )
    }

    /// A file of one page with these resources and this content, and further objects from number 5 on.
    fn page(resources: &str, content: &str, further: &[String]) -> Vec<u8> {
        let mut objects = vec![
            "<</Type /Catalog /Pages 2 0 R>>".to_owned(),
            "<</Type /Pages /Kids [3 0 R] /Count 1>>".to_owned(),
            format!(
                "<</Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R /Resources <<{resources}>>>>"
            ),
            stream("", content),
        ];
        objects.extend_from_slice(further);
        pdf(&objects)
    }

    fn assert_refused(read: Result<Contents, ReadError>) {
        let refused = read
            .map(|_| ())
            .expect_err("it asks for too much")
            .to_string();
        assert!(refused.contains("unpack"), "{refused}");
    }

    #[test]
    fn an_honest_page_is_read() {
        let font = "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>".to_owned();
        let content = "BT /A 9 Tf (Words) Tj ET";
        let contents = read(&page("/Font <</A 5 0 R>>", content, &[font])).expect("it is sound");
        assert_eq!(contents.blocks[0].plain().trim(), "Words");
    }

    #[test]
    fn a_code_that_stands_for_pages_of_text_is_refused() {
        let text = "0041".repeat(4_000);
        let maps = [
            // One code, shown again and again.
            format!(
                "1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <41> <{text}> endbfchar"
            ),
            // Each code of a range.
            format!(
                "1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <{text}> endbfrange"
            ),
        ];
        for map in maps {
            let font = "<</Type /Font /Subtype /Type1 /BaseFont /A /ToUnicode 6 0 R>>".to_owned();
            let content = format!("BT /A 9 Tf ({}) Tj ET", "A".repeat(60_000));
            let further = [font, stream("", &map)];
            assert_refused(read(&page("/Font <</A 5 0 R>>", &content, &further)));
        }
    }

    #[test]
    fn forms_that_draw_each_other_again_and_again_are_refused() {
        let forms = (0..8).map(|index| {
            let resources = format!("/Resources <</XObject <</A {} 0 R>>>>", index + 6);
            let dict = format!("/Type /XObject /Subtype /Form /BBox [0 0 9 9] {resources}");
            stream(&dict, &"/A Do ".repeat(50))
        });
        let forms: Vec<String> = forms.collect();
        assert_refused(read(&page("/XObject <</A 5 0 R>>", "/A Do", &forms)));
    }

    #[test]
    fn marked_content_without_an_end_is_refused() {
        let content = "/P BMC ".repeat(100_000) + "BT " + &"(W) Tj ".repeat(10_000);
        assert_refused(read(&page("", &content, &[])));
    }

    #[test]
    fn text_that_many_elements_point_at_is_refused() {
        let text = format!(
            "/P <</MCID 0>> BDC BT /A 9 Tf ({}) Tj ET EMC",
            "A".repeat(60_000)
        );
        let mut objects = vec![
            "<</Type /Catalog /Pages 2 0 R /StructTreeRoot 6 0 R>>".to_owned(),
            "<</Type /Pages /Kids [3 0 R] /Count 1>>".to_owned(),
            "<</Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R /Resources <</Font <</A 5 0 R>>>>>>".to_owned(),
            stream("", &text),
            "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>".to_owned(),
            "<</Type /StructTreeRoot /K 7 0 R>>".to_owned(),
        ];
        let kids = "0 ".repeat(20_000);
        objects.push(format!("<</S /P /P 6 0 R /Pg 3 0 R /K [{kids}]>>"));
        assert_refused(read(&pdf(&objects)));
    }

    #[test]
    fn a_tree_of_names_whose_nodes_are_shared_is_read_once() {
        let node = |index: usize| {
            let kids = format!("{0} 0 R {0} 0 R", index + 7);
            format!("<</Kids [{kids}]>>")
        };
        let mut objects = vec![
            "<</Type /Catalog /Pages 2 0 R /StructTreeRoot 5 0 R /Names <</Dests 6 0 R>>>>"
                .to_owned(),
            "<</Type /Pages /Kids [3 0 R] /Count 1>>".to_owned(),
            "<</Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R>>".to_owned(),
            stream("", "/P <</MCID 0>> BDC BT (Words) Tj ET EMC"),
            "<</Type /StructTreeRoot /K <</S /P /Pg 3 0 R /K 0>>>>".to_owned(),
        ];
        objects.extend((0..60).map(node));
        objects.push("<</Names [(a) 0]>>".to_owned());
        let contents = read(&pdf(&objects)).expect("it is sound");
        assert_eq!(contents.blocks[0].plain().trim(), "Words");
    }

    #[test]
    fn what_is_packed_twice_is_refused() {
        let twice = deflated(&deflated(&vec![b' '; 1 << 20]));
        let head = format!(
            "<</Filter [/FlateDecode /FlateDecode] /Length {}>> stream\n",
            twice.len()
        );
        let mut file = page("", "", &[]);
        let place = file
            .windows(12)
            .position(|own| own == b"4 0 obj <<\x20/")
            .or_else(|| file.windows(7).position(|own| own == b"4 0 obj"));
        let place = place.expect("the content is there") + 7;
        file.truncate(place);
        file.extend_from_slice(head.as_bytes());
        file.extend_from_slice(&twice);
        file.extend_from_slice(b"\nendstream\nendobj\ntrailer <</Root 1 0 R>>\n%%EOF\n");
        assert_refused(read(&file));
    }

    #[test]
    fn a_stream_that_unpacks_to_more_than_any_honest_one_is_refused() {
        let file = |content: &[u8]| [b"stream\r\n", content, b"\nendstream"].concat();
        let honest = deflated(&vec![b' '; 1 << 20]);
        assert_eq!(judge(&file(&honest)), Ok(()));
        let bomb = deflated(&vec![b' '; MOST_PART as usize + 1]);
        assert!(judge(&file(&bomb)).is_err());
    }

    #[test]
    fn streams_that_stand_in_each_other_cost_no_more_than_the_file_is_long() {
        // Each begins with a stored block that holds the beginning of the next.
        let head = &deflated(b"")[..2];
        let mut file = Vec::new();
        for _ in 0..2_000 {
            let length = (b"stream\n".len() + head.len()) as u16;
            file.extend_from_slice(b"stream\n");
            file.extend_from_slice(head);
            file.push(0);
            file.extend_from_slice(&length.to_le_bytes());
            file.extend_from_slice(&(!length).to_le_bytes());
        }
        assert!(judge(&file).is_err());
    }

    #[test]
    fn what_is_spent_stays_spent() {
        let budget = Budget::of(0);
        assert!(budget.pay(FREE));
        assert!(!budget.pay(1));
        assert!(!budget.pay(0));
        assert!(budget.settle().is_err());
    }
}
