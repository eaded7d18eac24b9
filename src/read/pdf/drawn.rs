//! Takes down which glyphs are drawn for which text, each combination once.

use std::collections::HashSet;

use super::super::drawing::{Drawing, Drawn, EmbeddedFont};
use super::font::{Code, Font};

/// So many combinations are more than any honest file has.
const MOST: usize = 200_000;
/// At most so many glyphs stand together for one text.
const MOST_TOGETHER: usize = 256;
/// Codes up to this one are looked up by their numbers once they were met alone.
const NEAR: u32 = 1 << 13;

/// What was drawn so far.
#[derive(Debug, Default)]
pub(super) struct Draughts {
    drawing: Drawing,
    seen: HashSet<(Vec<(usize, u32)>, String)>,
    /// By font and code, whether a code of two bytes was met alone: it stands for one text in all of the file, and nearly every
    /// glyph of a page was met before.
    met: Vec<Vec<u64>>,
    /// Glyphs that may go on: those without a width belong to the one before them.
    open: Option<Open>,
    /// Glyphs whose text is said by marked content.
    replaced: Option<Open>,
}

#[derive(Debug, Default)]
struct Open {
    /// The font and the code, where it is one of two bytes alone.
    alone: Option<(usize, u32)>,
    codes: Vec<(usize, u32)>,
    glyphs: Vec<(usize, u32, f64)>,
    text: String,
    page: usize,
}

impl Draughts {
    /// Takes a font in; gives its index.
    pub(super) fn font(&mut self, font: EmbeddedFont) -> usize {
        self.drawing.fonts.push(font);
        self.drawing.fonts.len() - 1
    }

    /// A string is shown on a page.
    pub(super) fn show(&mut self, bytes: &[u8], font: &Font, page: usize) {
        let Some(program) = font.program.as_ref().filter(|program| program.is_known) else {
            return;
        };
        for Code {
            code,
            width: bytes,
            said,
        } in font.codes(bytes)
        {
            let (glyph, width) = program.glyph(code);
            let drawn = (font.index, glyph, width);
            if let Some(replaced) = &mut self.replaced {
                if replaced.glyphs.len() < MOST_TOGETHER {
                    replaced.codes.push((font.index, code));
                    replaced.glyphs.push(drawn);
                }
                continue;
            }
            let Some(said) = said else {
                continue;
            };
            match &mut self.open {
                Some(open) if width == 0.0 && open.glyphs.len() < MOST_TOGETHER => {
                    open.alone = None;
                    open.codes.push((font.index, code));
                    open.glyphs.push(drawn);
                    open.text.push_str(said);
                }
                _ => {
                    let mut open = self.close().unwrap_or_default();
                    open.alone = Some((font.index, code)).filter(|_| bytes == 2 && code < NEAR);
                    open.codes.push((font.index, code));
                    open.glyphs.push(drawn);
                    open.text.push_str(said);
                    open.page = page;
                    self.open = Some(open);
                }
            }
        }
    }

    /// What is drawn from here on stands for this text, until [`Self::end_replacing`].
    pub(super) fn begin_replacing(&mut self, text: &str, page: usize) {
        self.pause();
        self.replaced.get_or_insert(Open {
            text: text.to_owned(),
            page,
            ..Open::default()
        });
    }

    pub(super) fn end_replacing(&mut self) {
        if let Some(open) = self.replaced.take() {
            self.keep(open);
        }
    }

    /// What follows belongs to nothing before it.
    pub(super) fn pause(&mut self) {
        self.close();
    }

    /// The same; gives what was open, empty, to be filled again.
    fn close(&mut self) -> Option<Open> {
        let mut open = self.open.take()?;
        if open.alone.is_none_or(|(font, code)| self.meet(font, code)) {
            self.keep(std::mem::take(&mut open));
        }
        open.codes.clear();
        open.glyphs.clear();
        open.text.clear();
        Some(open)
    }

    /// Whether a code is met alone for the first time.
    fn meet(&mut self, font: usize, code: u32) -> bool {
        let (word, bit) = (code as usize / 64, 1 << (code % 64));
        if self.met.len() <= font {
            self.met.resize(font + 1, Vec::new());
        }
        let met = &mut self.met[font];
        if met.len() <= word {
            met.resize(word + 1, 0);
        }
        let is_new = met[word] & bit == 0;
        met[word] |= bit;
        is_new
    }

    pub(super) fn finish(mut self) -> Drawing {
        self.pause();
        self.end_replacing();
        self.drawing
    }

    fn keep(&mut self, open: Open) {
        if self.seen.len() < MOST && self.seen.insert((open.codes, open.text.clone())) {
            self.drawing.drawn.push(Drawn {
                glyphs: open.glyphs,
                text: open.text,
                place: format!("page {}", open.page),
            });
        }
    }
}
