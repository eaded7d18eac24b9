//! Faces with CFF outlines: a bare CFF program whose glyphs are found by number (ISO 32000-1, 9.7.4.2, 9.9).
//!
//! Such a font has no `CIDToGIDMap`: its CIDs are the numbers of its subset's glyphs, which `subsetter` writes as an identity. Since
//! one glyph may stand for several texts, and so have several codes, an encoding of its own leads from codes to CIDs (9.7.5.3).

use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use skrifa::raw::FontRef;
use skrifa::raw::types::Tag;

use super::{failed, finish};
use crate::editions::EditionError;

/// A code, the glyph of the subset that it shows, and the glyph's width in thousandths.
#[derive(Debug, Clone, Copy)]
pub(super) struct CodedGlyph {
    pub(super) code: u16,
    pub(super) glyph: u16,
    pub(super) width: u16,
}

/// The CFF table of a subset.
pub(super) fn table(subset: &[u8]) -> Result<Vec<u8>, EditionError> {
    let font = FontRef::new(subset).map_err(failed)?;
    let table = font.table_data(Tag::new(b"CFF "));
    let table = table.ok_or_else(|| failed("a subset without outlines"))?;
    Ok(table.as_bytes().to_vec())
}

/// The stream of the program.
pub(super) fn program(table: &[u8]) -> Result<Stream, EditionError> {
    let dictionary = dictionary! { "Subtype" => "CIDFontType0C" };
    finish::deflated(dictionary, table)
}

/// The widths by CID (9.7.4.3).
pub(super) fn widths(coded: &[CodedGlyph]) -> Object {
    let mut widths: Vec<(u16, u16)> = coded.iter().map(|c| (c.glyph, c.width)).collect();
    widths.sort_unstable();
    widths.dedup();
    let mut list: Vec<Object> = Vec::new();
    let mut next = None;
    for (glyph, width) in widths {
        match list.last_mut() {
            Some(Object::Array(run)) if next == Some(glyph) => run.push(width.into()),
            _ => list.extend([glyph.into(), Object::Array(vec![width.into()])]),
        }
        next = glyph.checked_add(1);
    }
    Object::Array(list)
}

/// Adds the encoding; `name` is that of the font.
pub(super) fn encoding(
    document: &mut Document,
    name: &str,
    coded: &[CodedGlyph],
) -> Result<Object, EditionError> {
    let name = format!("{name}-Codes");
    let mut text = format!(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo 3 dict dup begin\n/Registry (Adobe) def\n/Ordering (Identity) def\n/Supplement 0 def\nend def\n/CMapName /{name} def\n/CMapType 1 def\n/WMode 0 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
    );
    // A section has 100 entries at most (Adobe Technical Note 5014).
    for section in coded.chunks(100) {
        text.push_str(&format!("{} begincidchar\n", section.len()));
        for CodedGlyph { code, glyph, .. } in section {
            text.push_str(&format!("<{code:04X}> {glyph}\n"));
        }
        text.push_str("endcidchar\n");
    }
    text.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    let system = dictionary! {
        "Registry" => Object::string_literal("Adobe"),
        "Ordering" => Object::string_literal("Identity"),
        "Supplement" => 0,
    };
    let mut dictionary = Dictionary::new();
    dictionary.set("Type", "CMap");
    dictionary.set("CMapName", Object::Name(name.into_bytes()));
    dictionary.set("CIDSystemInfo", system);
    dictionary.set("WMode", 0);
    let stream = finish::deflated(dictionary, text.as_bytes())?;
    Ok(Object::Reference(document.add_object(stream)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_stand_once_for_each_glyph_in_runs() {
        let coded = [(3, 7, 500), (4, 1, 250), (5, 2, 300), (6, 7, 500)];
        let coded = coded.map(|(code, glyph, width)| CodedGlyph { code, glyph, width });
        let expected: Vec<Object> = vec![
            1.into(),
            Object::Array(vec![250.into(), 300.into()]),
            7.into(),
            Object::Array(vec![500.into()]),
        ];
        assert_eq!(widths(&coded), Object::Array(expected));
    }
}
