//! Faces that editions carry and that draw other letters than are said.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use skrifa::raw::TableProvider;
use skrifa::raw::types::Tag;
use skrifa::{FontRef, MetadataProvider};
use ttf2woff2::BrotliQuality;
use write_fonts::FontBuilder;

use crate::change::{all_found, edition, exported_as, found, repack_bytes};

/// The face with a table in the place of its own.
fn with(font: &[u8], tag: &[u8; 4], table: Vec<u8>) -> Vec<u8> {
    let font = FontRef::new(font).unwrap();
    let mut builder = FontBuilder::new();
    builder.add_raw(Tag::new(tag), table);
    builder.copy_missing_tables(font);
    builder.build()
}

fn table(font: &[u8], tag: &[u8; 4]) -> Vec<u8> {
    let font = FontRef::new(font).unwrap();
    font.table_data(Tag::new(tag)).unwrap().as_bytes().to_vec()
}

fn glyph(font: &[u8], c: char) -> usize {
    let font = FontRef::new(font).unwrap();
    font.charmap().map(c).unwrap().to_u32() as usize
}

/// Shows “e” for “a”, and “a” for “e”.
fn letters_exchanged(bytes: &[u8]) -> Vec<u8> {
    mapped(bytes, |c| match c {
        'a' => Some('e'),
        'e' => Some('a'),
        c => Some(c),
    })
}

/// Knows no “e”.
fn a_letter_unknown(bytes: &[u8]) -> Vec<u8> {
    mapped(bytes, |c| Some(c).filter(|c| *c != 'e'))
}

/// The face with its letters under other characters, or under none.
fn mapped(bytes: &[u8], other: impl Fn(char) -> Option<char>) -> Vec<u8> {
    let font = FontRef::new(bytes).unwrap();
    let all = font.charmap().mappings();
    let mut all: Vec<(u32, u32)> = all
        .filter_map(|(code, glyph)| {
            let other = other(char::from_u32(code).unwrap())?;
            Some((u32::from(other), glyph.to_u32()))
        })
        .collect();
    all.sort_unstable();
    // One table of code points (OpenType 1.9, cmap, format 12), each character a group of its own.
    let count = u32::try_from(all.len()).unwrap();
    let mut map: Vec<u8> = vec![0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12, 0, 12, 0, 0];
    let groups = all
        .into_iter()
        .flat_map(|(code, glyph)| [code, code, glyph]);
    let numbers = [16 + 12 * count, 0_u32, count].into_iter().chain(groups);
    map.extend(numbers.flat_map(u32::to_be_bytes));
    with(bytes, b"cmap", map)
}

/// Shows nothing for “o”.
fn a_letter_blank(bytes: &[u8]) -> Vec<u8> {
    let font = FontRef::new(bytes).unwrap();
    let loca = font.loca(None).unwrap();
    let at = loca.get_raw(glyph(bytes, 'o')).unwrap() as usize;
    let mut outlines = table(bytes, b"glyf");
    outlines[at..at + 2].copy_from_slice(&[0, 0]);
    with(bytes, b"glyf", outlines)
}

/// Puts every letter on the “e” that stands before it.
fn a_letter_without_width(bytes: &[u8]) -> Vec<u8> {
    let mut widths = table(bytes, b"hmtx");
    let at = 4 * glyph(bytes, 'e');
    widths[at..at + 2].copy_from_slice(&[0, 0]);
    with(bytes, b"hmtx", widths)
}

/// Puts “u” where “n” is said, by the one substitution that it has.
fn a_letter_for_another(bytes: &[u8]) -> Vec<u8> {
    let word = |number: usize| u16::try_from(number).unwrap().to_be_bytes();
    let (from, to) = (glyph(bytes, 'n'), glyph(bytes, 'u'));
    let numbers = [
        // The table, a script, its language, a feature, and a lookup of one glyph for another.
        1, 0, 10, 30, 44, 1, 0x4446, 0x4C54, 8, 4, 0, 0, 0xFFFF, 1, 0, 1, 0x6C69, 0x6761, 8, 0, 1,
        0, 1, 4, 1, 0, 1, 8, 2, 8, 1, to, 1, 1, from,
    ];
    let all: Vec<u8> = numbers.into_iter().flat_map(word).collect();
    with(bytes, b"GSUB", all)
}

/// Does not put letters beside each other as the face does.
fn without_places(bytes: &[u8]) -> Vec<u8> {
    let font = FontRef::new(bytes).unwrap();
    let mut builder = FontBuilder::new();
    for own in font.table_directory.table_records() {
        let tag = own.tag();
        if tag != Tag::new(b"GPOS") {
            builder.add_raw(tag, font.table_data(tag).unwrap());
        }
    }
    builder.build()
}

/// A face that a package carries obfuscated, and plain again (ISO/IEC 29500-1, 17.8.1).
fn turned(bytes: &[u8], key: &str) -> Vec<u8> {
    let digits: Vec<u8> = key
        .chars()
        .filter_map(|c| c.to_digit(16))
        .map(|digit| u8::try_from(digit).unwrap())
        .collect();
    let key: Vec<u8> = digits
        .chunks(2)
        .rev()
        .map(|two| two[0] << 4 | two[1])
        .collect();
    let mut bytes = bytes.to_vec();
    let under = key.iter().cycle().take(32);
    bytes
        .iter_mut()
        .zip(under)
        .for_each(|(byte, key)| *byte ^= key);
    bytes
}

/// The key of the first face in the table of a Word document.
fn key(docx: &[u8]) -> String {
    let key = std::cell::RefCell::new(String::new());
    repack_bytes(docx, "word/fontTable.xml", |table| {
        let table = String::from_utf8(table.to_vec()).unwrap();
        let (_, behind) = table.split_once("w:fontKey=\"{").unwrap();
        behind
            .split('}')
            .next()
            .unwrap()
            .clone_into(&mut key.borrow_mut());
        table.into_bytes()
    });
    key.into_inner()
}

/// Makes another face of one.
type Recut = fn(&[u8]) -> Vec<u8>;

/// The edition with its first face changed.
fn refaced(whole: &[u8], format: &str, change: Recut) -> Vec<u8> {
    let (bytes, changed) = match format {
        "docx" => {
            let key = key(whole);
            repack_bytes(whole, "fonts/serif-regular.odttf", |face| {
                turned(&change(&turned(face, &key)), &key)
            })
        }
        "epub" => repack_bytes(whole, "fonts/serif-regular.ttf", change),
        _ => {
            let text = String::from_utf8(whole.to_vec()).unwrap();
            let (before, rest) = text.split_once("data:font/woff2;base64,").unwrap();
            let (face, behind) = rest.split_once('"').unwrap();
            let face = repack_woff(&STANDARD.decode(face).unwrap(), change);
            let face = STANDARD.encode(face);
            let text = format!("{before}data:font/woff2;base64,{face}\"{behind}");
            (text.into_bytes(), true)
        }
    };
    assert!(changed, "nothing was changed");
    bytes
}

/// A face packed for the web with its tables as they are, which editions pack so: changed, and packed again.
fn repack_woff(packed: &[u8], change: Recut) -> Vec<u8> {
    let changed = change(&unpacked(packed));
    ttf2woff2::encode(&changed, BrotliQuality::from(4)).unwrap()
}

/// The font file in a web font: a header of 48 bytes, a directory of tables, and these one behind the other.
fn unpacked(packed: &[u8]) -> Vec<u8> {
    const TAGS: [&[u8; 4]; 29] = [
        b"cmap", b"head", b"hhea", b"hmtx", b"maxp", b"name", b"OS/2", b"post", b"cvt ", b"fpgm",
        b"glyf", b"loca", b"prep", b"CFF ", b"VORG", b"EBDT", b"EBLC", b"gasp", b"hdmx", b"kern",
        b"LTSH", b"PCLT", b"VDMX", b"vhea", b"vmtx", b"BASE", b"GDEF", b"GPOS", b"GSUB",
    ];
    let count = usize::from(packed[12]) << 8 | usize::from(packed[13]);
    let mut at = 48;
    let mut tables = Vec::new();
    for _ in 0..count {
        let tag = *TAGS[usize::from(packed[at] & 0x3F)];
        at += 1;
        let mut length = 0;
        loop {
            length = length << 7 | usize::from(packed[at] & 0x7F);
            at += 1;
            if packed[at - 1] & 0x80 == 0 {
                break;
            }
        }
        tables.push((tag, length));
    }
    let mut data = Vec::new();
    brotli_decompressor::BrotliDecompress(&mut &packed[at..], &mut data).unwrap();
    let mut builder = FontBuilder::new();
    let mut start = 0;
    for (tag, length) in tables {
        builder.add_raw(Tag::new(&tag), data[start..start + length].to_vec());
        start += length;
    }
    builder.build()
}

#[test]
fn a_face_that_draws_other_letters_is_found() {
    let changes: [(&str, Recut, &str); 6] = [
        ("letters exchanged", letters_exchanged, "“a” is drawn"),
        ("a letter unknown", a_letter_unknown, "does not draw “e”"),
        ("without places", without_places, "is damaged"),
        ("a letter blank", a_letter_blank, "“o” is drawn"),
        ("a letter without width", a_letter_without_width, "“e” "),
        (
            "a letter for another",
            a_letter_for_another,
            "for “n” it draws “u”",
        ),
    ];
    for format in ["docx", "epub", "html"] {
        let place = exported_as(&[format]);
        let name = edition(format);
        let whole = place.read(&name);
        let mut missed = Vec::new();
        for (what, change, named) in changes {
            place.write(&name, refaced(&whole, format, change));
            missed.extend(found(&place, what, &name, named));
        }
        all_found(format, changes.len(), &missed);
    }
}
