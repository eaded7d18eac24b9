//! A page of the layout as data that a browser draws as SVG: the very lines and glyphs of the PDF edition.
//!
//! What a browser gets is small: outlines stand elsewhere and are named by number. A page is named by the digest of what is on
//! it, so that only pages that changed are sent.

use std::collections::BTreeMap;

use serde::Serialize;

use super::outlines::OutlinesOf;
use crate::compose::{BlockId, Composition, ImageId, TextId};
use crate::diagnostic::FieldPath;
use crate::digest::Sha256;
use crate::theme::Colour;
use crate::typeset::{GlyphKind, Layout, Line, Owner, Page, Placed, Run};

/// How much of a text names the place that it stands at, in characters.
const NAMED: usize = 60;

/// How far a text reaches above and below its baselines, in parts of the size.
const REACH: (f32, f32) = (0.85, 0.3);

/// A page as it is sent.
#[derive(Debug, Clone)]
pub(super) struct DrawnPage {
    /// The digest of what is on it.
    pub(super) key: String,
    /// Its label.
    pub(super) label: String,
    /// What is on it, as JSON.
    pub(super) json: Vec<u8>,
    /// The fields that its areas came from.
    pub(super) origins: Vec<FieldPath>,
}

/// What is on a page.
#[derive(Debug, Serialize)]
struct Drawing {
    /// How many outlines there must be to draw it.
    outlines: usize,
    items: Vec<Item>,
    areas: Vec<Area>,
}

/// Something drawn.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Item {
    /// Glyphs.
    Glyphs {
        /// From design units to points from the page's top left corner: two scales and where the glyphs begin.
        at: [f64; 4],
        colour: String,
        /// The number of an outline and its place to the right, in design units, and so on.
        row: Vec<i32>,
        /// The same for those that are raised, with the height third.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        raised: Vec<i32>,
    },
    /// A filled rectangle.
    Rule { rule: [f64; 4], colour: String },
    /// An image, by its number in the piece.
    Image { image: u32, place: [f64; 4] },
}

/// Where a text stands.
#[derive(Debug, Serialize)]
struct Area {
    place: [f64; 4],
    words: String,
}

/// What areas are of, while they are gathered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Held {
    Text(TextId),
    Figure,
}

/// Draws all pages.
pub(super) fn pages(
    composition: &Composition,
    layout: &Layout,
    outlines: &mut OutlinesOf<'_>,
) -> Vec<DrawnPage> {
    let figures = composition.walk().figures();
    let images: BTreeMap<BlockId, (ImageId, Option<TextId>)> = figures
        .map(|(block, figure)| (block, (figure.image, figure.caption.or(figure.credit))))
        .collect();
    let pages = layout.pages.iter().map(|page| {
        let mut drawer = Drawer {
            composition,
            images: &images,
            outlines,
            items: Vec::new(),
            areas: Vec::new(),
        };
        drawer.page(page);
        let Drawer { items, areas, .. } = drawer;
        let (areas, origins) = areas
            .into_iter()
            .map(|area| (area.told(), area.origin))
            .unzip();
        drawn(page, items, areas, origins, outlines.len())
    });
    pages.collect()
}

fn drawn(
    page: &Page,
    items: Vec<Item>,
    areas: Vec<Area>,
    origins: Vec<FieldPath>,
    outlines: usize,
) -> DrawnPage {
    let write = |drawing: &Drawing| {
        serde_json::to_vec(drawing).expect("numbers and strings can be written as JSON")
    };
    // Outlines that came with other pages are no part of this one.
    let mut drawing = Drawing {
        outlines: 0,
        items,
        areas,
    };
    let key = Sha256::of(&write(&drawing)).prefix(20);
    drawing.outlines = outlines;
    DrawnPage {
        key,
        label: page.label.clone(),
        json: write(&drawing),
        origins,
    }
}

struct Drawer<'a, 'o> {
    composition: &'a Composition,
    images: &'a BTreeMap<BlockId, (ImageId, Option<TextId>)>,
    outlines: &'a mut OutlinesOf<'o>,
    items: Vec<Item>,
    areas: Vec<OpenArea>,
}

/// An area to which lines are still added.
struct OpenArea {
    held: Held,
    origin: FieldPath,
    words: String,
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
}

impl OpenArea {
    fn told(&self) -> Area {
        Area {
            place: [
                self.left,
                self.top,
                self.right - self.left,
                self.bottom - self.top,
            ]
            .map(fine),
            words: self.words.clone(),
        }
    }
}

impl Drawer<'_, '_> {
    fn page(&mut self, page: &Page) {
        for placed in &page.content {
            self.placed(placed);
            self.area(placed);
        }
        for artifact in &page.artifacts {
            self.placed(&artifact.placed);
        }
    }

    fn placed(&mut self, placed: &Placed) {
        match *placed {
            Placed::Line(ref line) => self.line(line),
            Placed::Rule {
                x,
                y,
                width,
                height,
                colour,
            } => self.items.push(Item::Rule {
                rule: [x.0, y.0, width.0, height.0].map(fine),
                colour: css(colour),
            }),
            Placed::Image {
                block,
                x,
                y,
                width,
                height,
            } => {
                if let Some((image, _)) = self.images.get(&block) {
                    self.items.push(Item::Image {
                        image: image.0,
                        place: [x.0, y.0, width.0, height.0].map(fine),
                    });
                }
            }
        }
    }

    fn line(&mut self, line: &Line) {
        let mut pen = 0.0;
        for run in &line.runs {
            pen += self.run(line, run, pen);
        }
    }

    /// Draws a run that begins so many points from its line's start; gives its width. Both before the line is scaled.
    fn run(&mut self, line: &Line, run: &Run, start: f64) -> f64 {
        let unit = f64::from(run.size.0) / f64::from(run.units_per_em);
        let (mut row, mut raised) = (Vec::new(), Vec::new());
        let mut pen = 0.0_f64;
        let mut offsets = run.offsets.iter().peekable();
        for (index, glyph) in (0_u32..).zip(&run.glyphs) {
            let offset = offsets.next_if(|(of, ..)| *of == index);
            let (right, up) = offset.map_or((0, 0), |(_, x, y)| (i32::from(*x), i32::from(*y)));
            let x = pen.round() as i32 + right;
            if let Some(number) = self.outlines.number(run.face, glyph.id) {
                match up {
                    0 => row.extend([number as i32, x]),
                    up => raised.extend([number as i32, x, up]),
                }
            }
            let space = match glyph.kind {
                GlyphKind::Space => line.word_space,
                _ if glyph.advance > 0 => run.letter_space,
                _ => Default::default(),
            };
            pen += f64::from(glyph.advance) + f64::from(space.0) / unit;
        }
        if !(row.is_empty() && raised.is_empty()) {
            let scale = f64::from(line.scale);
            let x = f64::from(line.x.0) + start * scale;
            let y = f64::from((line.baseline - run.rise).0);
            self.items.push(Item::Glyphs {
                at: [
                    rounded(unit * scale, 1e8),
                    rounded(-unit, 1e8),
                    rounded(x, 1e3),
                    rounded(y, 1e3),
                ],
                colour: css(run.colour),
                row,
                raised,
            });
        }
        pen * unit
    }

    /// Adds what belongs to a text to the area of that text.
    fn area(&mut self, placed: &Placed) {
        match placed {
            Placed::Line(line) => {
                let Owner::Text(text) = line.owner else {
                    return;
                };
                let size = line.runs.iter().map(|run| run.size.0).fold(0.0, f32::max);
                let place = [
                    line.x.0,
                    line.baseline.0 - size * REACH.0,
                    line.x.0 + line.width.0,
                    line.baseline.0 + size * REACH.1,
                ];
                self.hold(Held::Text(text), text, place);
            }
            Placed::Image {
                block,
                x,
                y,
                width,
                height,
            } => {
                if let Some((_, Some(text))) = self.images.get(block) {
                    let place = [x.0, y.0, x.0 + width.0, y.0 + height.0];
                    self.hold(Held::Figure, *text, place);
                }
            }
            Placed::Rule { .. } => {}
        }
    }

    fn hold(&mut self, held: Held, text: TextId, [left, top, right, bottom]: [f32; 4]) {
        if let Some(last) = self.areas.last_mut()
            && last.held == held
            && matches!(held, Held::Text(_))
        {
            last.left = last.left.min(left);
            last.top = last.top.min(top);
            last.right = last.right.max(right);
            last.bottom = last.bottom.max(bottom);
            return;
        }
        let text = &self.composition[text];
        self.areas.push(OpenArea {
            held,
            origin: text.origin.clone(),
            words: text.plain().chars().take(NAMED).collect(),
            left,
            top,
            right,
            bottom,
        });
    }
}

fn css(colour: Colour) -> String {
    format!("#{colour}")
}

/// A length as finely as anybody can see it, so that it is written shortly.
fn fine(length: f32) -> f64 {
    rounded(length.into(), 1e3)
}

fn rounded(number: f64, parts: f64) -> f64 {
    (number * parts).round() / parts
}
