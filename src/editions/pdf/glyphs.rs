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
    /// Glyphs that together stand for a text: a letter with its marks.
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

/// Cuts a run into its pieces, in the order in which they are read. `text` is the text that the run's glyphs stand for, from its
/// `start` on.
pub(super) fn pieces<'a>(run: &Run, text: &'a str, mut each: impl FnMut(Piece<'a>)) {
    if run.direction == Direction::RightToLeft {
        return backward(run, text, each);
    }
    let (mut at, mut index) = (0, 0);
    while let Some(glyph) = run.glyphs.get(index) {
        if glyph.kind == GlyphKind::Hyphen {
            each(Piece::Hyphen { index });
            index += 1;
            continue;
        }
        let mut last = cluster_end(run, index);
        let mut end = at + usize::from(glyph.bytes);
        // What only says how letters join is no character to poppler, which parts a word there: it is read with the letter behind it.
        while text.get(at..end).is_some_and(is_joiner)
            && let Some(next) = run.glyphs.get(last)
            && next.kind == GlyphKind::Text
        {
            end += usize::from(next.bytes);
            last = cluster_end(run, last);
        }
        each(cluster(index..last, text.get(at..end).unwrap_or("")));
        (at, index) = (end, last);
    }
}

/// Behind the last glyph of the cluster that begins with a glyph.
fn cluster_end(run: &Run, first: usize) -> usize {
    let further = run.glyphs[first + 1..].iter();
    let further = further.take_while(|g| g.bytes == 0 && g.kind != GlyphKind::Hyphen);
    first + 1 + further.count()
}

/// Whether a text holds nothing but what says how the letters beside it join.
fn is_joiner(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(c, '\u{200C}' | '\u{200D}'))
}

/// Glyphs that run from right to left stand in the opposite of reading order: they are shown from the right, cluster by cluster.
fn backward<'a>(run: &Run, text: &'a str, mut each: impl FnMut(Piece<'a>)) {
    let (mut end, mut at) = (run.glyphs.len(), 0);
    let mut open: Option<(Range<usize>, Range<usize>)> = None;
    for (index, glyph) in run.glyphs.iter().enumerate().rev() {
        // A cluster has its length at the first of its glyphs from the left, which is the last one met.
        let hyphen = glyph.kind == GlyphKind::Hyphen;
        if glyph.bytes == 0 && !hyphen && index > 0 {
            continue;
        }
        let own = at..at + usize::from(glyph.bytes);
        let behind = text.get(own.clone()).unwrap_or("");
        at += behind.len();
        // What only says how letters join is read with the letter before it.
        if let Some((glyphs, of)) = open.as_mut().filter(|_| !hyphen && is_joiner(behind)) {
            (glyphs.start, of.end) = (index, at);
        } else {
            if let Some((glyphs, of)) = open.take() {
                each(cluster(glyphs, text.get(of).unwrap_or("")));
            }
            match hyphen {
                true => each(Piece::Hyphen { index }),
                false => open = Some((index..end, own.start..at)),
            }
        }
        end = index;
    }
    if let Some((glyphs, of)) = open {
        each(cluster(glyphs, text.get(of).unwrap_or("")));
    }
}

/// A cluster of glyphs with its text.
fn cluster<'a>(glyphs: Range<usize>, text: &'a str) -> Piece<'a> {
    if glyphs.len() == 1 {
        let index = glyphs.start;
        Piece::Glyph { index, text }
    } else {
        Piece::Cluster { glyphs, text }
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
    fn glyphs_of_a_cluster_stand_for_its_text_together() {
        use GlyphKind::Text;
        assert_eq!(
            cut(&run(&[(5, Text), (0, Text), (1, Text)]), "q\u{323}\u{301}z"),
            [
                Piece::Cluster {
                    glyphs: 0..2,
                    text: "q\u{323}\u{301}"
                },
                Piece::Glyph {
                    index: 2,
                    text: "z"
                },
            ]
        );
    }

    #[test]
    fn a_joiner_is_read_with_the_letter_behind_it() {
        use GlyphKind::{Space, Text};
        let of = |glyphs: &[(u16, GlyphKind)], text| {
            let run = run(glyphs);
            cut(&run, text)
                .into_iter()
                .map(|piece| format!("{piece:?}"))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            of(&[(1, Text), (3, Text), (1, Text), (0, Text)], "a\u{200C}b"),
            [
                format!(
                    "{:?}",
                    Piece::Glyph {
                        index: 0,
                        text: "a"
                    }
                ),
                format!(
                    "{:?}",
                    Piece::Cluster {
                        glyphs: 1..4,
                        text: "\u{200C}b"
                    }
                ),
            ]
        );
        // None follows.
        assert_eq!(of(&[(3, Text), (1, Space)], "\u{200C} ").len(), 2);
        assert_eq!(of(&[(3, Text)], "\u{200C}").len(), 1);
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

    #[test]
    fn glyphs_from_right_to_left_are_shown_from_the_right_cluster_by_cluster() {
        use GlyphKind::{Hyphen, Space, Text};
        // From the left: a hyphen, a letter with its mark, a space, a letter of two glyphs, a letter.
        let mut run = run(&[
            (0, Hyphen),
            (4, Text),
            (0, Text),
            (1, Space),
            (2, Text),
            (0, Text),
            (2, Text),
        ]);
        run.direction = Direction::RightToLeft;
        let glyph = |index, text| Piece::Glyph { index, text };
        assert_eq!(
            cut(&run, "אב ג\u{5B0}and more"),
            [
                glyph(6, "א"),
                Piece::Cluster {
                    glyphs: 4..6,
                    text: "ב"
                },
                glyph(3, " "),
                Piece::Cluster {
                    glyphs: 1..3,
                    text: "ג\u{5B0}"
                },
                Piece::Hyphen { index: 0 },
            ]
        );
    }

    #[test]
    fn from_right_to_left_a_joiner_is_read_with_the_letter_before_it() {
        use GlyphKind::Text;
        // From the left: a letter, a joiner, a letter.
        let mut run = run(&[(2, Text), (3, Text), (2, Text)]);
        run.direction = Direction::RightToLeft;
        assert_eq!(
            cut(&run, "ی\u{200C}خ"),
            [
                Piece::Cluster {
                    glyphs: 1..3,
                    text: "ی\u{200C}"
                },
                Piece::Glyph {
                    index: 0,
                    text: "خ"
                },
            ]
        );
        // None stands before it.
        run.glyphs.pop();
        assert_eq!(cut(&run, "\u{200C}خ").len(), 2);
    }
}
