//! Shaping of the cover's few lines: styled text to placed glyphs, all lengths in ems.
//!
//! It knows both directions and every script that the embedded faces hold; a character that no face has becomes a box.

use std::ops::Range;
use std::sync::OnceLock;

use harfrust::{Buffer, Direction as Run, Feature, Font, ShapeOptions, ShaperFont, Tag};
use unicode_bidi::{Level, ParagraphBidiInfo};
use unicode_script::{Script, UnicodeScript};
use unicode_segmentation::UnicodeSegmentation;

use crate::fonts::{FACES, FaceId};
use crate::piece::Direction;
use crate::theme::{Family, Slant, Weight};

/// The look of a stretch of text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    /// The family.
    pub(super) family: Family,
    /// How heavy.
    pub(super) weight: Weight,
    /// How sloped.
    pub(super) slant: Slant,
    /// Letterspaced small capitals; holds the space between the letters.
    pub(super) capitals: Option<f32>,
}

/// A text of one paragraph with its looks, analysed for direction.
pub(super) struct Styled {
    /// The characters.
    pub(super) text: String,
    /// Where each look ends, in bytes, ascending.
    styles: Vec<(usize, Style)>,
    direction: Direction,
    language: Option<harfrust::Language>,
}

/// A glyph on its line; positions in ems from the line's left end, y upwards.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    /// Its face and id; none for a box.
    pub(super) id: Option<(FaceId, u32)>,
    /// Its place.
    pub(super) x: f32,
    /// Its height over the baseline.
    pub(super) y: f32,
    advance: f32,
    byte: usize,
}

/// A shaped line.
#[derive(Debug, Default)]
pub(super) struct Shaped {
    /// The glyphs in visual order.
    pub(super) glyphs: Vec<Glyph>,
    /// The width of the line.
    pub(super) width: f32,
}

/// The width of the box that stands for a missing character.
pub(super) const BOX: f32 = 0.5;

/// Characters of one face, script and look.
struct Item {
    range: Range<usize>,
    face: Option<FaceId>,
    script: Script,
    style: Style,
}

impl Styled {
    /// A text of spans, each with its look.
    pub(super) fn new<'a>(
        spans: impl IntoIterator<Item = (&'a str, Style)>,
        language: &str,
        direction: Direction,
    ) -> Self {
        let mut text = String::new();
        let mut styles = Vec::new();
        for (span, style) in spans {
            text.extend(span.chars().map(|c| {
                if c.is_whitespace() && c != '\u{a0}' {
                    ' '
                } else {
                    c
                }
            }));
            styles.push((text.len(), style));
        }
        Self {
            text,
            styles,
            direction,
            language: language.parse().ok(),
        }
    }

    /// The width of every cluster as `(byte, width)`, ascending: what line breaking needs; and whether the faces have most
    /// of its characters.
    pub(super) fn clusters(&self) -> (Vec<(usize, f32)>, bool) {
        let shaped = self.shape(0..self.text.len());
        let missing = shaped
            .glyphs
            .iter()
            .filter(|glyph| glyph.id.is_none())
            .count();
        let mut widths: Vec<_> = shaped
            .glyphs
            .iter()
            .map(|glyph| (glyph.byte, glyph.advance))
            .collect();
        widths.sort_by_key(|(byte, _)| *byte);
        (widths, missing * 2 <= shaped.glyphs.len())
    }

    /// Shapes a part of the text as one line.
    pub(super) fn shape(&self, line: Range<usize>) -> Shaped {
        let mut shaped = Shaped::default();
        let level = match self.direction {
            Direction::LeftToRight => Level::ltr(),
            Direction::RightToLeft => Level::rtl(),
        };
        if line.is_empty() {
            return shaped;
        }
        let bidi = ParagraphBidiInfo::new(&self.text, Some(level));
        let (levels, runs) = bidi.visual_runs(line);
        for run in runs {
            let leftward = levels[run.start].is_rtl();
            let mut items = self.items(run);
            if leftward {
                items.reverse();
            }
            for item in items {
                self.shape_item(&item, leftward, &mut shaped);
            }
        }
        shaped
    }

    /// Cuts a run into parts of one face, script and look, never inside a character as readers see it.
    fn items(&self, run: Range<usize>) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        for (offset, cluster) in self.text[run.clone()].grapheme_indices(true) {
            let start = run.start + offset;
            let range = start..start + cluster.len();
            let style = self.style_at(start);
            let before = items.last().map(|item| item.face);
            let face = face_for(cluster, style, before);
            let script = cluster
                .chars()
                .map(|c| c.script())
                .find(|script| !matches!(script, Script::Common | Script::Inherited));
            match items.last_mut() {
                Some(last)
                    if last.face == face
                        && last.style == style
                        && script.is_none_or(|script| {
                            script == last.script || last.script == Script::Common
                        }) =>
                {
                    last.range.end = range.end;
                    last.script = script.unwrap_or(last.script);
                }
                _ => items.push(Item {
                    range,
                    face,
                    script: script.unwrap_or(Script::Common),
                    style,
                }),
            }
        }
        items
    }

    fn style_at(&self, byte: usize) -> Style {
        let index = self.styles.partition_point(|(end, _)| *end <= byte);
        self.styles[index.min(self.styles.len() - 1)].1
    }

    fn shape_item(&self, item: &Item, leftward: bool, line: &mut Shaped) {
        let text = &self.text[item.range.clone()];
        let Some((id, font)) = item.face.and_then(|id| Some((id, font(id)?))) else {
            return boxes(text, item.range.start, leftward, line);
        };
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        buffer.set_direction(if leftward {
            Run::RightToLeft
        } else {
            Run::LeftToRight
        });
        buffer.set_script(item.script.short_name().parse().ok());
        buffer.set_language(self.language.clone());
        let shaper = ShaperFont::new(font);
        let features = features(item.style);
        if harfrust::shape(
            &shaper,
            &mut buffer,
            ShapeOptions::new().features(&features),
        )
        .is_err()
        {
            return boxes(text, item.range.start, leftward, line);
        }
        let em = f32::from(font.units_per_em());
        let tracking = item
            .style
            .capitals
            .filter(|_| takes_tracking(item.script))
            .unwrap_or(0.0);
        for (info, position) in buffer.glyph_infos().iter().zip(buffer.glyph_positions()) {
            let spaced = if position.x_advance > 0 {
                tracking
            } else {
                0.0
            };
            let advance = position.x_advance as f32 / em + spaced;
            line.glyphs.push(Glyph {
                id: Some((id, info.glyph_id)),
                x: line.width + position.x_offset as f32 / em,
                y: position.y_offset as f32 / em,
                advance,
                byte: item.range.start + info.cluster as usize,
            });
            line.width += advance;
        }
    }
}

/// A box for each character that shows.
fn boxes(text: &str, start: usize, leftward: bool, line: &mut Shaped) {
    let mut clusters: Vec<_> = text.grapheme_indices(true).collect();
    if leftward {
        clusters.reverse();
    }
    for (offset, _) in clusters {
        let advance = BOX + 0.1;
        line.glyphs.push(Glyph {
            id: None,
            x: line.width + 0.05,
            y: 0.0,
            advance,
            byte: start + offset,
        });
        line.width += advance;
    }
}

fn features(style: Style) -> Vec<Feature> {
    match style.capitals {
        Some(_) => vec![
            Feature::new(Tag::new(b"smcp"), 1, ..),
            Feature::new(Tag::new(b"c2sc"), 1, ..),
        ],
        None => Vec::new(),
    }
}

/// Scripts whose letters stand apart, so that space may be put between them.
fn takes_tracking(script: Script) -> bool {
    matches!(
        script,
        Script::Common
            | Script::Latin
            | Script::Greek
            | Script::Cyrillic
            | Script::Armenian
            | Script::Georgian
    )
}

/// The first face that has every character of a cluster: the one before, the one asked for, then the others in order.
fn face_for(cluster: &str, style: Style, before: Option<Option<FaceId>>) -> Option<FaceId> {
    let wanted = FaceId::of(style.family, style.weight, style.slant);
    let kin = (0u8..).zip(FACES).filter(|(_, face)| {
        face.family.is_none() || (face.weight == style.weight && face.slant == style.slant)
    });
    let candidates = std::iter::once(wanted).chain(kin.map(|(index, _)| FaceId(index)));
    if cluster.chars().all(invisible) {
        return before.unwrap_or(Some(wanted));
    }
    candidates.into_iter().find(|id| {
        font(*id).is_some_and(|font| {
            let map = font.charmap();
            cluster
                .chars()
                .filter(|c| !invisible(*c))
                .all(|c| map.map_unicode(c).is_some())
        })
    })
}

/// Characters that steer shaping and have no shape of their own.
fn invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{fff9}'..='\u{fffb}')
}

/// The parsed face; parsed once for the whole program, since every cover uses the same few.
pub(super) fn font(id: FaceId) -> Option<&'static Font> {
    static FONTS: OnceLock<Vec<OnceLock<Option<Font>>>> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| FACES.iter().map(|_| OnceLock::new()).collect());
    fonts[usize::from(id.0)]
        .get_or_init(|| Font::new(id.face().data, 0))
        .as_ref()
}
