//! The texts in the first directory of a block of EXIF (CIPA DC-008, 4.6; TIFF 6.0, section 2), read and written.

/// TIFF's type of texts.
const ASCII: u16 = 2;
/// EXIF 3.0's type of texts in UTF-8.
const UTF8: u16 = 129;

/// The text under a tag, with the zeros inside it.
pub(super) fn text(block: &[u8], tag: u16) -> Option<String> {
    let large_first = match block.get(..4)? {
        b"MM\0*" => true,
        b"II*\0" => false,
        _ => return None,
    };
    let two = |at: usize| {
        let bytes = block.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(match large_first {
            true => u16::from_be_bytes(bytes),
            false => u16::from_le_bytes(bytes),
        })
    };
    let four = |at: usize| {
        let bytes = block.get(at..at.checked_add(4)?)?.try_into().ok()?;
        let number = match large_first {
            true => u32::from_be_bytes(bytes),
            false => u32::from_le_bytes(bytes),
        };
        usize::try_from(number).ok()
    };
    let directory = four(4)?;
    let entries = usize::from(two(directory)?);
    let entry = (0..entries)
        .map(|index| directory + 2 + index * 12)
        .find(|at| two(*at) == Some(tag))?;
    if !matches!(two(entry + 2)?, ASCII | UTF8) {
        return None;
    }
    let length = four(entry + 4)?;
    let at = if length <= 4 {
        entry + 8
    } else {
        four(entry + 8)?
    };
    let value = block.get(at..at.checked_add(length)?)?;
    Some(decoded(value))
}

/// A text of no told encoding: UTF-8 where it can be, else Latin-1.
pub(super) fn decoded(value: &[u8]) -> String {
    match std::str::from_utf8(value) {
        Ok(text) => text.to_owned(),
        Err(_) => value.iter().copied().map(char::from).collect(),
    }
}

/// A block with these texts alone, whose tags rise; empty without any.
pub(super) fn block(texts: &[(u16, String)]) -> Vec<u8> {
    if texts.is_empty() {
        return Vec::new();
    }
    const HEAD: usize = 8;
    let number = |length: usize| u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes();
    let mut block = b"MM\0*\0\0\0\x08".to_vec();
    let count = u16::try_from(texts.len()).expect("a handful of texts");
    block.extend(count.to_be_bytes());
    let mut values = Vec::new();
    let after = HEAD + 2 + texts.len() * 12 + 4;
    for (tag, text) in texts {
        let value = [text.as_bytes(), b"\0"].concat();
        block.extend(tag.to_be_bytes());
        block.extend(ASCII.to_be_bytes());
        block.extend(number(value.len()));
        if value.len() <= 4 {
            block.extend(&value);
            block.resize(block.len() + 4 - value.len(), 0);
        } else {
            block.extend(number(after + values.len()));
            values.extend(&value);
            // Values begin at even places.
            values.resize(values.len().next_multiple_of(2), 0);
        }
    }
    block.extend([0; 4]);
    block.extend(values);
    block
}
