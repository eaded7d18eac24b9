//! Takes down which glyphs are drawn for which text, each combination once.

use std::collections::HashSet;

use super::super::drawing::{Drawing, Drawn, EmbeddedFont};
use super::font::Font;

/// So many combinations are more than any honest file has.
const MOST: usize = 200_000;
/// At most so many glyphs stand together for one text.
const MOST_TOGETHER: usize = 256;

/// What was drawn so far.
#[derive(Debug, Default)]
pub(super) struct Draughts {
    drawing: Drawing,
    seen: HashSet<(Vec<(usize, u32)>, String)>,
    /// Glyphs that may go on: those without a width belong to the one before them.
    open: Option<Open>,
    /// Glyphs whose text is said by marked content.
    replaced: Option<Open>,
}

#[derive(Debug)]
struct Open {
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
        for (code, said) in font.codes(bytes) {
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
                    open.codes.push((font.index, code));
                    open.glyphs.push(drawn);
                    open.text.push_str(said);
                }
                _ => {
                    self.pause();
                    self.open = Some(Open {
                        codes: vec![(font.index, code)],
                        glyphs: vec![drawn],
                        text: said.to_owned(),
                        page,
                    });
                }
            }
        }
    }

    /// What is drawn from here on stands for this text, until [`Self::end_replacing`].
    pub(super) fn begin_replacing(&mut self, text: &str, page: usize) {
        self.pause();
        self.replaced.get_or_insert(Open {
            codes: Vec::new(),
            glyphs: Vec::new(),
            text: text.to_owned(),
            page,
        });
    }

    pub(super) fn end_replacing(&mut self) {
        if let Some(open) = self.replaced.take() {
            self.keep(open);
        }
    }

    /// What follows belongs to nothing before it.
    pub(super) fn pause(&mut self) {
        if let Some(open) = self.open.take() {
            self.keep(open);
        }
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
