//! The pieces of a run: which glyphs stand for which text. How they are shown is for `content`.

use std::ops::Range;

use crate::piece::Direction;
use crate::typeset::{GlyphKind, Run};

/// A piece of a run.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// One glyph with its own text.
    Glyph {
        /// Its index in the run.
        index: usize,
        /// What it stands for.
        text: &'a str,
    },
    /// Glyphs that together stand for a text which cannot be shared out between them: it needs an `ActualText`.
    Cluster {
        /// Their indices in the run.
        glyphs: Range<usize>,
        /// What they stand for.
        text: &'a str,
    },
    /// A hyphen put in at the end of a line, which stands for none of the text.
    Hyphen {
        /// Its index in the run.
        index: usize,
    },
}

/// Cuts a run into its pieces, in visual order. `text` is the text that the run's glyphs stand for, from its `start` on.
pub(super) fn pieces<'a>(run: &Run, text: &'a str, mut each: impl FnMut(Piece<'a>)) {
    if run.direction == Direction::RightToLeft {
        // Visual order is not reading order: the whole run is read as one.
        let length = run
            .glyphs
            .iter()
            .map(|glyph| usize::from(glyph.bytes))
            .sum();
        return each(Piece::Cluster {
            glyphs: 0..run.glyphs.len(),
            text: text.get(..length).unwrap_or(text),
        });
    }
    let (mut at, mut index) = (0, 0);
    while let Some(glyph) = run.glyphs.get(index) {
        if glyph.kind == GlyphKind::Hyphen {
            each(Piece::Hyphen { index });
            index += 1;
            continue;
        }
        let further = run.glyphs[index + 1..].iter();
        let further = further.take_while(|g| g.bytes == 0 && g.kind != GlyphKind::Hyphen);
        let glyphs = index..index + 1 + further.count();
        let end = at + usize::from(glyph.bytes);
        share(glyphs.clone(), text.get(at..end).unwrap_or(""), &mut each);
        (at, index) = (end, glyphs.end);
    }
}

/// Shares a cluster's text out between its glyphs, a character each and the rest to the last; the text of fewer
/// characters than glyphs cannot be.
fn share<'a>(glyphs: Range<usize>, text: &'a str, each: &mut impl FnMut(Piece<'a>)) {
    if text.chars().count() < glyphs.len() {
        return each(Piece::Cluster { glyphs, text });
    }
    let mut rest = text;
    for index in glyphs.clone() {
        let cut = match rest.chars().next() {
            Some(c) if index + 1 < glyphs.end => c.len_utf8(),
            _ => rest.len(),
        };
        let (own, further) = rest.split_at(cut);
        each(Piece::Glyph { index, text: own });
        rest = further;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::FaceId;
    use crate::theme::{Colour, Pt};
    use crate::typeset::Glyph;

    fn run(glyphs: &[(u16, GlyphKind)]) -> Run {
        let glyphs = glyphs.iter().map(|&(bytes, kind)| Glyph {
            id: 1,
            advance: 500,
            bytes,
            kind,
        });
        Run {
            face: FaceId(0),
            units_per_em: 1000,
            size: Pt(11.0),
            colour: Colour {
                red: 0,
                green: 0,
                blue: 0,
            },
            rise: Pt(0.0),
            letter_space: Pt(0.0),
            span: 0,
            start: 0,
            literal: String::new(),
            direction: Direction::LeftToRight,
            glyphs: glyphs.collect(),
            offsets: Vec::new(),
        }
    }

    fn cut<'a>(run: &Run, text: &'a str) -> Vec<Piece<'a>> {
        let mut found = Vec::new();
        pieces(run, text, |piece| found.push(piece));
        found
    }

    #[test]
    fn a_ligature_stands_for_its_whole_text_and_a_hyphen_for_none_of_it() {
        use GlyphKind::{Hyphen, Text};
        assert_eq!(
            cut(&run(&[(3, Text), (1, Text), (0, Hyphen)]), "ffix"),
            [
                Piece::Glyph {
                    index: 0,
                    text: "ffi"
                },
                Piece::Glyph {
                    index: 1,
                    text: "x"
                },
                Piece::Hyphen { index: 2 },
            ]
        );
    }

    #[test]
    fn a_cluster_is_shared_out_where_it_has_a_character_for_each_glyph() {
        use GlyphKind::Text;
        assert_eq!(
            cut(&run(&[(5, Text), (0, Text), (1, Text)]), "q\u{323}\u{301}z"),
            [
                Piece::Glyph {
                    index: 0,
                    text: "q"
                },
                Piece::Glyph {
                    index: 1,
                    text: "\u{323}\u{301}"
                },
                Piece::Glyph {
                    index: 2,
                    text: "z"
                },
            ]
        );
        assert_eq!(
            cut(&run(&[(2, Text), (0, Text)]), "é"),
            [Piece::Cluster {
                glyphs: 0..2,
                text: "é"
            }]
        );
    }

    #[test]
    fn lengths_that_do_not_fit_the_text_lose_no_glyph() {
        use GlyphKind::Text;
        let found = cut(&run(&[(1, Text), (9, Text), (0, Text)]), "é");
        let glyphs = found.iter().map(|piece| match piece {
            Piece::Glyph { .. } | Piece::Hyphen { .. } => 1,
            Piece::Cluster { glyphs, .. } => glyphs.len(),
        });
        assert_eq!(glyphs.sum::<usize>(), 3);
    }
}
