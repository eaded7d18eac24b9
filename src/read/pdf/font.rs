//! Fonts, as far as text needs them: which characters the codes of a string stand for (ISO 32000-1, 9.10).

use hayro_syntax::object::{Dict, Name, Stream};

use super::budget::{self, Budget};
use super::characters::Characters;
use super::cmap::{Token, Tokens, number};
use super::program::Program;
use super::strings;

/// A font has at most so many codes of its own.
const MOST_CODES: usize = 1 << 20;

/// What the codes of a font stand for.
#[derive(Debug, Clone)]
pub(super) struct Font {
    characters: Characters,
    /// The bytes of a code where the CMap does not say.
    width: usize,
    /// Whether codes of two bytes and of one stand side by side.
    widths: Vec<usize>,
    /// What draws its glyphs.
    pub(super) program: Option<Program>,
    /// Its index among the fonts of the file.
    pub(super) index: usize,
}

/// A simple font of which nothing is known: a code has a byte.
impl Default for Font {
    fn default() -> Self {
        Self {
            characters: Characters::default(),
            width: 1,
            widths: vec![1],
            program: None,
            index: 0,
        }
    }
}

/// A code of a string.
#[derive(Debug, Clone, Copy)]
pub(super) struct Code<'a> {
    pub(super) code: u32,
    /// How many bytes it has.
    pub(super) width: usize,
    /// The text that it stands for.
    pub(super) said: Option<&'a str>,
}

impl Font {
    pub(super) fn of(font: &Dict<'_>, budget: &Budget) -> Self {
        let subtype = font.get::<Name<'_>>("Subtype");
        let is_composite = subtype.is_some_and(|name| name.as_str() == "Type0");
        let mut own = Self {
            width: if is_composite { 2 } else { 1 },
            widths: Vec::new(),
            ..Self::default()
        };
        let map = font.get::<Stream<'_>>("ToUnicode");
        if let Some(map) = map.and_then(|stream| budget.decoded(&stream)) {
            own.read(&map, budget);
        }
        if own.widths.is_empty() {
            own.widths.push(own.width);
        }
        own
    }

    /// The characters of a string, as far as they can be paid for.
    pub(super) fn text(&self, bytes: &[u8], budget: &Budget) -> String {
        let mut text = String::new();
        for Code { code, said, .. } in self.codes(bytes) {
            if !budget.pay(said.map_or(1, str::len)) {
                break;
            }
            match (said, u8::try_from(code)) {
                (Some(said), _) => text.push_str(said),
                // A simple font without a map: its standard encoding, as far as those agree.
                (None, Ok(byte)) if self.width == 1 => text.push(strings::single(byte)),
                (None, _) => text.push(char::REPLACEMENT_CHARACTER),
            }
        }
        text
    }

    /// The widths of the glyphs of a string in thousandths of the size, and how many they are; nothing where they are not known.
    pub(super) fn widths(&self, bytes: &[u8]) -> Option<(f64, usize)> {
        let program = self.program.as_ref().filter(|program| program.has_widths)?;
        let codes = bytes.chunks_exact(2);
        let codes = codes.map(|pair| u32::from(u16::from_be_bytes([pair[0], pair[1]])));
        Some((codes.map(|code| program.width(code)).sum(), bytes.len() / 2))
    }

    /// The codes of a string, each with the text that it stands for.
    pub(super) fn codes<'a>(&'a self, bytes: &'a [u8]) -> impl Iterator<Item = Code<'a>> {
        let mut rest = bytes;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let known = self.widths.iter().find_map(|width| {
                let code = number(rest.get(..*width)?);
                let said = self.characters.get(code, *width)?;
                Some((*width, said))
            });
            let width = known.map_or(self.width.min(rest.len()), |(width, _)| width);
            let (own, next) = rest.split_at(width);
            rest = next;
            Some(Code {
                code: number(own),
                width,
                said: known.map(|(_, said)| said),
            })
        })
    }

    /// Reads a ToUnicode CMap (9.10.3).
    fn read(&mut self, map: &[u8], budget: &Budget) {
        let mut tokens = Tokens(map);
        let mut hex: Vec<Vec<u8>> = Vec::new();
        let mut list: Option<Vec<Vec<u8>>> = None;
        let mut section = Section::None;
        while let Some(token) = tokens.next_token() {
            match token {
                Token::Open => list = Some(Vec::new()),
                Token::Close => {
                    if let (Section::Ranges, Some(items), [from, _]) =
                        (section, list.take(), &hex[..])
                    {
                        let first = number(from);
                        for (code, item) in (first..).zip(&items) {
                            self.insert(code, from.len(), item, budget);
                        }
                    }
                    hex.clear();
                }
                Token::Hex(bytes) => match &mut list {
                    Some(items) => items.push(bytes),
                    None => {
                        hex.push(bytes);
                        self.entry(section, &mut hex, budget);
                    }
                },
                Token::Word(word) => {
                    hex.clear();
                    section = match word {
                        b"begincodespacerange" => Section::Spaces,
                        b"beginbfchar" => Section::Characters,
                        b"beginbfrange" => Section::Ranges,
                        _ => Section::None,
                    };
                }
            }
        }
        self.widths.sort_unstable_by(|a, b| b.cmp(a));
        self.characters.settle();
    }

    /// An entry of a section, once all of it is there.
    fn entry(&mut self, section: Section, hex: &mut Vec<Vec<u8>>, budget: &Budget) {
        match (section, &hex[..]) {
            (Section::Spaces, [from, _]) => {
                let width = from.len();
                if !self.widths.contains(&width) && (1..=4).contains(&width) {
                    self.widths.push(width);
                }
            }
            (Section::Characters, [code, text]) => {
                self.insert(number(code), code.len(), text, budget);
            }
            (Section::Ranges, [from, to, text]) => {
                let (first, last) = (number(from), number(to));
                let mut units = text.clone();
                for code in first..=last.min(first.saturating_add(0xFFFF)) {
                    self.insert(code, from.len(), &units, budget);
                    increase(&mut units);
                }
            }
            _ => return,
        }
        hex.clear();
    }

    fn insert(&mut self, code: u32, width: usize, units: &[u8], budget: &Budget) {
        if self.characters.len() < MOST_CODES && budget.pay(budget::ENTRY + units.len()) {
            self.characters.insert(code, width, strings::utf16(units));
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Section {
    None,
    Spaces,
    Characters,
    Ranges,
}

/// The next text of a range: its last code unit is one more (9.10.3).
fn increase(units: &mut [u8]) {
    for byte in units.iter_mut().rev().take(2) {
        let (next, over) = byte.overflowing_add(1);
        *byte = next;
        if !over {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_entry_is_read() {
        let budget = Budget::of(0);
        let mut font = Font {
            width: 2,
            widths: Vec::new(),
            ..Font::default()
        };
        font.read(
            b"/CIDInit /ProcSet findresource begin\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
              2 beginbfchar\n<0001> <0041>\n<0002><D83DDE00>\nendbfchar % <0003> <0043>\n\
              2 beginbfrange <0010> <0012> <0061> <0020> <0021> [<00660069> <0078>] endbfrange",
            &budget,
        );
        let bytes = [0, 1, 0, 2, 0, 0x10, 0, 0x12, 0, 0x20, 0, 0x21, 0, 3, 0];
        let text = font.text(&bytes, &budget);
        assert_eq!(text, "A😀acfix\u{FFFD}\u{FFFD}");
    }

    #[test]
    fn text_that_names_no_font_comes_to_an_end() {
        let text = Font::default().text(b"Words", &Budget::of(0));
        assert_eq!(text, "Words");
    }
}
