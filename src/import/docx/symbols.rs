//! Letters of symbol faces: what Word writes as a letter or a private character in *Symbol* or *Wingdings* is a letter of Greek, a sign
//! of mathematics, an arrow, as the tables say that Adobe and Unicode publish (`symbol.txt` of the Unicode Consortium; L2/11-052).

use crate::read::dom::{Dom, Node, below};

/// A face whose letters are other signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    Symbol,
    Wingdings,
    Wingdings2,
    Wingdings3,
    Webdings,
}

impl Face {
    /// The face of a name.
    pub(super) fn named(name: &str) -> Option<Self> {
        let name: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
        Some(match name.to_ascii_lowercase().as_str() {
            "symbol" | "symbolmt" | "symbolps" | "standardsymbolsl" | "standardsymbolsps" => {
                Self::Symbol
            }
            "wingdings" | "wingdingsregular" => Self::Wingdings,
            "wingdings2" => Self::Wingdings2,
            "wingdings3" => Self::Wingdings3,
            "webdings" => Self::Webdings,
            _ => return None,
        })
    }

    /// What a letter of this face shows; none where Unicode has no equal that other faces have.
    fn shows(self, code: u8) -> Option<char> {
        let table = match self {
            Self::Symbol => return symbol(code),
            Self::Wingdings => WINGDINGS,
            Self::Wingdings2 => WINGDINGS_2,
            Self::Wingdings3 => WINGDINGS_3,
            Self::Webdings => WEBDINGS,
        };
        let at = table.binary_search_by_key(&code, |(code, _)| *code).ok()?;
        Some(table[at].1)
    }
}

/// The faces of a run (ISO/IEC 29500-1, 17.3.2.26): of ASCII letters, and of others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Faces {
    ascii: Option<Face>,
    other: Option<Face>,
}

impl Faces {
    /// The faces that a run, or the runs of a style, say of themselves.
    pub(super) fn of(dom: &Dom, run: &Node) -> Self {
        let Some(fonts) = below(dom, run, &["rPr", "rFonts"]) else {
            return Self::default();
        };
        let face = |name: &str| fonts.attribute(name).and_then(Face::named);
        Self {
            ascii: face("ascii"),
            other: face("hAnsi"),
        }
    }

    /// A text as it is seen in these faces, with how many private characters in it have no equal.
    pub(super) fn seen(self, text: &str) -> (String, usize) {
        let mut lost = 0;
        let seen = text.chars().map(|c| {
            let found = self.sign(c);
            lost += usize::from(found.is_none());
            found.unwrap_or(c)
        });
        let seen = seen.collect();
        (seen, lost)
    }

    /// What a character is seen as; none where that cannot be said.
    fn sign(self, c: char) -> Option<char> {
        let private = private(c);
        let face = match private {
            Some(_) => self.other.or(self.ascii),
            None if c.is_ascii() => self.ascii,
            None => self.other,
        };
        match (private.or_else(|| u8::try_from(c).ok()), face) {
            (Some(b' '), Some(_)) => Some(' '),
            (Some(code), Some(face)) if code > b' ' => face.shows(code),
            _ if private.is_some() => None,
            _ => Some(c),
        }
    }
}

/// The letter of a symbol face that a private character stands for.
fn private(c: char) -> Option<u8> {
    let code = u32::from(c);
    match code & 0xff00 {
        0xf000 => u8::try_from(code & 0xff).ok(),
        _ => None,
    }
}

/// The character that a `w:sym` shows (17.3.3.30), and whether that is certain.
pub(super) fn sym(node: &Node) -> Option<(char, bool)> {
    let code = u32::from_str_radix(node.attribute("char")?, 16).ok()?;
    let c = char::from_u32(code)?;
    let Some(face) = node.attribute("font").and_then(Face::named) else {
        return Some((c, private(c).is_none()));
    };
    let faces = Faces {
        ascii: Some(face),
        other: Some(face),
    };
    let sign = faces.sign(c);
    Some((sign.unwrap_or(c), sign.is_some()))
}

/// A letter of the face *Symbol*.
fn symbol(code: u8) -> Option<char> {
    let row = |from: u8, signs: &str| signs.chars().nth(usize::from(code - from));
    match code {
        0x20..=0x3f => row(0x20, " !∀#∃%&∋()∗+,−./0123456789:;<=>?"),
        0x40..=0x5f => row(0x40, "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"),
        // 0x60 only lengthens a root.
        0x61..=0x7e => row(0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
        0xa0..=0xbf => row(0xa0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵"),
        0xc0..=0xdf => row(0xc0, "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"),
        0xe0..=0xef => row(0xe0, "◊⟨®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"),
        0xf1..=0xfe => row(0xf1, "⟩∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"),
        _ => None,
    }
}

/// Bullets, boxes, arrows and other signs of *Wingdings* that faces for text have, too.
const WINGDINGS: &[(u8, char)] = &[
    (0x22, '✂'),
    (0x28, '☎'),
    (0x29, '✆'),
    (0x2a, '✉'),
    (0x36, '⌛'),
    (0x3f, '✍'),
    (0x41, '✌'),
    (0x45, '☜'),
    (0x46, '☞'),
    (0x47, '☝'),
    (0x48, '☟'),
    (0x4a, '☺'),
    (0x4c, '☹'),
    (0x51, '✈'),
    (0x52, '☼'),
    (0x54, '❄'),
    (0x58, '✠'),
    (0x59, '✡'),
    (0x5a, '☪'),
    (0x5b, '☯'),
    (0x6c, '●'),
    (0x6d, '❍'),
    (0x6e, '■'),
    (0x6f, '□'),
    (0x71, '❑'),
    (0x72, '❒'),
    (0x74, '⧫'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x77, '⬥'),
    (0x81, '①'),
    (0x82, '②'),
    (0x83, '③'),
    (0x84, '④'),
    (0x85, '⑤'),
    (0x86, '⑥'),
    (0x87, '⑦'),
    (0x88, '⑧'),
    (0x89, '⑨'),
    (0x8a, '⑩'),
    (0x8c, '❶'),
    (0x8d, '❷'),
    (0x8e, '❸'),
    (0x8f, '❹'),
    (0x90, '❺'),
    (0x91, '❻'),
    (0x92, '❼'),
    (0x93, '❽'),
    (0x94, '❾'),
    (0x95, '❿'),
    (0x9e, '·'),
    (0x9f, '•'),
    (0xa1, '○'),
    (0xa4, '◉'),
    (0xa5, '◎'),
    (0xa7, '▪'),
    (0xa8, '◻'),
    (0xaa, '✦'),
    (0xab, '★'),
    (0xac, '✶'),
    (0xb6, '☆'),
    (0xd8, '➢'),
    (0xdc, '➲'),
    (0xdf, '←'),
    (0xe0, '→'),
    (0xe1, '↑'),
    (0xe2, '↓'),
    (0xe3, '↖'),
    (0xe4, '↗'),
    (0xe5, '↙'),
    (0xe6, '↘'),
    (0xe8, '➔'),
    (0xef, '⇦'),
    (0xf0, '⇨'),
    (0xf1, '⇧'),
    (0xf2, '⇩'),
    (0xf3, '⬄'),
    (0xf4, '⇳'),
    (0xf9, '▭'),
    (0xfa, '▫'),
    (0xfb, '✗'),
    (0xfc, '✔'),
    (0xfd, '☒'),
    (0xfe, '☑'),
];

const WINGDINGS_2: &[(u8, char)] = &[
    (0x4f, '✗'),
    (0x50, '✓'),
    (0x51, '☒'),
    (0x52, '☑'),
    (0x53, '☒'),
    (0x54, '☒'),
    (0x97, '●'),
    (0x98, '•'),
    (0xa3, '□'),
];

const WINGDINGS_3: &[(u8, char)] = &[
    (0x66, '←'),
    (0x67, '→'),
    (0x68, '↑'),
    (0x69, '↓'),
    (0x6a, '↖'),
    (0x6b, '↗'),
    (0x6c, '↙'),
    (0x6d, '↘'),
    (0x70, '▲'),
    (0x71, '▼'),
    (0x74, '◀'),
    (0x75, '▶'),
    (0x7d, '▶'),
];

const WEBDINGS: &[(u8, char)] = &[
    (0x33, '◀'),
    (0x34, '▶'),
    (0x35, '▲'),
    (0x36, '▼'),
    (0x61, '✔'),
    (0x63, '□'),
    (0x67, '■'),
    (0x6e, '●'),
    (0x72, '✖'),
    (0x76, '☎'),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn in_face(face: Face, text: &str) -> (String, usize) {
        let face = Some(face);
        Faces {
            ascii: face,
            other: face,
        }
        .seen(text)
    }

    #[test]
    fn letters_of_symbol_faces_are_what_they_show() {
        let own = |text: &str, lost| (text.to_owned(), lost);
        assert_eq!(in_face(Face::Symbol, "a = p r2"), own("α = π ρ2", 0));
        assert_eq!(
            in_face(Face::Symbol, "\u{f061}\u{f0a3}\u{f0de}\u{f0a0}"),
            own("α≤⇒€", 0)
        );
        assert_eq!(in_face(Face::Symbol, "£ ± ÿ"), own("≤ ± ÿ", 1));
        // What is no letter of the face is of another.
        assert_eq!(in_face(Face::Symbol, "αж"), own("αж", 0));
        assert_eq!(
            in_face(Face::Wingdings, "ü\u{f0e0}\u{f0a7} \u{f021}"),
            own("✔→▪ \u{f021}", 1)
        );
        assert_eq!(Faces::default().seen("a\u{f061}é"), own("a\u{f061}é", 1));
    }

    #[test]
    fn tables_are_in_order_and_rows_are_full() {
        for table in [WINGDINGS, WINGDINGS_2, WINGDINGS_3, WEBDINGS] {
            assert!(table.is_sorted_by(|a, b| a.0 < b.0));
        }
        let without = [0x60, 0xf0, 0xff];
        for code in (0x20..=0x7e_u8).chain(0xa0..=0xff) {
            assert_eq!(symbol(code).is_none(), without.contains(&code), "{code:x}");
        }
        for (code, sign) in [
            (0x7a, 'ζ'),
            (0x5a, 'Ζ'),
            (0xbf, '↵'),
            (0xdf, '⇓'),
            (0xef, '⎪'),
            (0xfe, '⎭'),
        ] {
            assert_eq!(symbol(code), Some(sign));
        }
    }
}
