//! Zip packages of others: what is in them is hostile until read.

use std::collections::{BTreeMap, HashMap};
use std::io::{Cursor, Read};
use std::rc::Rc;
use std::sync::Arc;

use super::ReadError;
use super::dom::Dom;
use super::drawing::FaceProgram;

/// A part is at most so long when unpacked.
pub(super) const MOST_PART: u64 = 256 << 20;
/// All parts of a package are at most so long together.
pub(super) const MOST_ALL: u64 = 1 << 30;
/// So many parts are more than any edition has.
const MOST_PARTS: usize = 100_000;

/// The parts of a package that are text, unpacked; pictures and faces stay packed.
#[derive(Debug)]
pub(crate) struct Package<'a> {
    packed: &'a [u8],
    archive: zip::ZipArchive<Cursor<&'a [u8]>>,
    names: BTreeMap<String, usize>,
    /// How much may still be unpacked.
    left: u64,
    /// Parts that were read as trees, with their texts: what is read for its words is read again for its soundness.
    trees: HashMap<String, (Rc<Dom>, String)>,
    /// What gives each tree the one spelling that its format has several of.
    spell: fn(&mut Dom),
}

impl<'a> Package<'a> {
    /// Opens a package.
    ///
    /// # Errors
    /// [`ReadError::Damaged`] for bytes that are no zip package, or one with too many parts.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        let archive = zip::ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| ReadError::damaged(format!("it is no whole zip package: {error}")))?;
        if archive.len() > MOST_PARTS {
            let reason = format!("it has {} parts, more than {MOST_PARTS}", archive.len());
            return Err(ReadError::damaged(reason));
        }
        let names = (0..archive.len())
            .filter_map(|index| Some((archive.name_for_index(index)?.to_owned(), index)))
            .collect();
        Ok(Self {
            packed: bytes,
            archive,
            names,
            left: MOST_ALL,
            trees: HashMap::new(),
            spell: |_| {},
        })
    }

    /// Has every part that is read as a tree from now on spelled in one way.
    pub(super) fn spelled_by(mut self, spell: fn(&mut Dom)) -> Self {
        self.spell = spell;
        self
    }

    /// Whether there is a part of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    /// Whether the first part has this name and these bytes, and is not packed.
    pub(super) fn begins_with(&mut self, name: &str, bytes: &[u8]) -> bool {
        let Ok(first) = self.archive.by_index(0) else {
            return false;
        };
        let is_stored = first.compression() == zip::CompressionMethod::Stored;
        let is_named = first.name() == name;
        let mut found = Vec::new();
        let read = first.take(bytes.len() as u64 + 1).read_to_end(&mut found);
        is_named && is_stored && read.is_ok() && found == bytes
    }

    /// What readers take in different ways: parts that are listed twice, of which some take the first, and what stands before all
    /// that is listed.
    pub(super) fn doubtful(&mut self) -> Vec<&'static str> {
        let mut found = Vec::new();
        if listed(self.packed).is_some_and(|listed| listed != self.archive.len()) {
            found.push("two of its parts have one name");
        }
        let starts = (0..self.archive.len()).filter_map(|index| {
            let part = self.archive.by_index_raw(index).ok()?;
            Some(part.header_start())
        });
        if starts.min().is_some_and(|start| start > 0) {
            found.push("something stands before its first part");
        }
        found
    }

    /// The names of all parts.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// A part as text; none where there is no such part.
    ///
    /// # Errors
    /// [`ReadError::Damaged`] for a part that is not whole, too long, encrypted or no Unicode.
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let Some(bytes) = self.bytes(name)? else {
            return Ok(None);
        };
        let reason =
            || ReadError::damaged(format!("its part `{name}` is neither UTF-8 nor UTF-16"));
        decoded(bytes).map(Some).ok_or_else(reason)
    }

    /// A part of XML as a tree; none where there is no such part. It is unpacked and read once.
    ///
    /// # Errors
    /// [`ReadError::Damaged`] for a part that cannot be read, or is not well-formed.
    pub(crate) fn tree(&mut self, name: &str) -> Result<Option<Rc<Dom>>, ReadError> {
        if let Some((tree, _)) = self.trees.get(name) {
            return Ok(Some(Rc::clone(tree)));
        }
        let Some(text) = self.text(name)? else {
            return Ok(None);
        };
        let mut tree = Dom::of_xml(&text, name)?;
        (self.spell)(&mut tree);
        let tree = Rc::new(tree);
        let kept = (Rc::clone(&tree), text);
        self.trees.insert(name.to_owned(), kept);
        Ok(Some(tree))
    }

    /// The text of a part that was read as a tree; nothing of any other.
    pub(super) fn text_of_tree(&self, name: &str) -> &str {
        self.trees.get(name).map_or("", |(_, text)| text)
    }

    /// A part that is the file of a face, empty where there is no such part; `plain` gives its bytes as they were before they were
    /// garbled with `key`.
    ///
    /// # Errors
    /// Those of [`Package::bytes`].
    pub(super) fn face(
        &mut self,
        name: &str,
        key: &str,
        plain: impl FnOnce(Vec<u8>) -> Vec<u8>,
    ) -> Result<Arc<FaceProgram>, ReadError> {
        let packed = self.packed(name);
        let unpack = |package: &mut Self| {
            let bytes = package.bytes(name)?;
            Ok(plain(bytes.unwrap_or_default()))
        };
        match packed {
            Some((head, body)) => {
                FaceProgram::unpacked(&[&head, body, key.as_bytes()], || unpack(self))
            }
            None => unpack(self).map(FaceProgram::of),
        }
    }

    /// A part as it is packed, and how: its kind of packing and its checksum.
    fn packed(&mut self, name: &str) -> Option<(Vec<u8>, &'a [u8])> {
        let entry = self.archive.by_index_raw(*self.names.get(name)?).ok()?;
        let from = usize::try_from(entry.data_start()?).ok()?;
        let length = usize::try_from(entry.compressed_size()).ok()?;
        let body = self.packed.get(from..from.checked_add(length)?)?;
        let head = format!("{} {}", entry.compression(), entry.crc32());
        (!entry.encrypted()).then(|| (head.into_bytes(), body))
    }

    /// The first bytes of a part, so many; none where there is no such part, or it cannot be read.
    pub(super) fn beginning(&mut self, name: &str, most: u64) -> Option<Vec<u8>> {
        let entry = self.archive.by_index(*self.names.get(name)?).ok()?;
        let mut bytes = Vec::new();
        entry.take(most).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    /// A part's bytes; none where there is no such part.
    ///
    /// # Errors
    /// [`ReadError::Damaged`] for a part that is not whole, too long or encrypted.
    pub(crate) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(index) = self.names.get(name) else {
            return Ok(None);
        };
        let whole = |reason: String| ReadError::damaged(format!("its part `{name}` {reason}"));
        let entry = self.archive.by_index(*index);
        let entry = entry.map_err(|error| whole(format!("cannot be read: {error}")))?;
        let most = self.left.min(MOST_PART);
        // What it claims to be is believed as far as it costs little.
        const BELIEVED: u64 = 1 << 20;
        let claimed = entry.size().min(most).min(BELIEVED);
        let mut bytes = Vec::with_capacity(usize::try_from(claimed).unwrap_or_default() + 1);
        let mut entry = entry.take(most + 1);
        let read = entry.read_to_end(&mut bytes);
        read.map_err(|error| whole(format!("cannot be unpacked: {error}")))?;
        if bytes.len() as u64 > most {
            return Err(whole("is too long when unpacked".to_owned()));
        }
        self.left -= bytes.len() as u64;
        Ok(Some(bytes))
    }
}

/// XML is in UTF-8 unless its first bytes say UTF-16 (XML 1.0, appendix F).
fn decoded(bytes: Vec<u8>) -> Option<String> {
    let units = |from: fn([u8; 2]) -> u16| {
        let units = bytes[2..].chunks_exact(2);
        let units: Vec<u16> = units.map(|pair| from([pair[0], pair[1]])).collect();
        String::from_utf16(&units).ok()
    };
    match bytes.get(..2) {
        Some([0xFF, 0xFE]) => units(u16::from_le_bytes),
        Some([0xFE, 0xFF]) => units(u16::from_be_bytes),
        _ => {
            let text = String::from_utf8(bytes).ok()?;
            Some(match text.strip_prefix('\u{FEFF}') {
                Some(rest) => rest.to_owned(),
                None => text,
            })
        }
    }
}

/// Leads from a part to another by a relative address: `OEBPS/a.xhtml` and `../b.css` give `b.css`. None where it leads out.
pub(crate) fn resolve(from: &str, address: &str) -> Option<String> {
    let address = address.split(['#', '?']).next().unwrap_or_default();
    let address = percent_encoding::percent_decode_str(address)
        .decode_utf8()
        .ok()?;
    let mut parts: Vec<&str> = match address.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => from
            .rsplit_once('/')
            .map_or(Vec::new(), |(folder, _)| folder.split('/').collect()),
    };
    for part in address.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// How many parts a package lists (APPNOTE.TXT 6.3.10, 4.3.16); none where that is said elsewhere.
fn listed(packed: &[u8]) -> Option<usize> {
    let end = packed.windows(4).rposition(|own| own == b"PK\x05\x06")?;
    let count = packed.get(end + 10..end + 12)?;
    let count = u16::from_le_bytes([count[0], count[1]]);
    (count < u16::MAX).then_some(usize::from(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_from_part_to_part_and_not_out() {
        for (from, address, to) in [
            ("OEBPS/a.xhtml", "b.xhtml#x", Some("OEBPS/b.xhtml")),
            (
                "OEBPS/text/a.xhtml",
                "../images/a%20b.png",
                Some("OEBPS/images/a b.png"),
            ),
            (
                "word/document.xml",
                "/word/footnotes.xml",
                Some("word/footnotes.xml"),
            ),
            ("a.xhtml", "../../etc/passwd", None),
        ] {
            assert_eq!(resolve(from, address).as_deref(), to, "{from} {address}");
        }
    }

    #[test]
    fn what_is_no_package_is_told() {
        let error = Package::open(b"not a zip").err();
        let told = error.map(|error| error.to_string()).unwrap_or_default();
        assert!(told.contains("no whole zip package"), "{told}");
    }
}
