//! A page being written: its operations, and which marked content and text object are open. What is written is for `content`.

use printpdf::{Color, DictItem, FontId, Op, PdfFontHandle, Pt as Points, Rgb};

use super::finish::rounded;
use super::strings;
use super::tree::{Slot, Tree};
use crate::theme::{Colour, PdfStandard, Pt};
use crate::typeset::ArtifactKind;

/// A page being written.
pub(super) struct Canvas {
    /// The page's index.
    pub(super) page: usize,
    pub(super) ops: Vec<Op>,
    standard: PdfStandard,
    open: Open,
    in_text: bool,
    font: Option<(String, Pt)>,
    colour: Option<Colour>,
    rise: Pt,
    letter_space: Pt,
}

/// What content belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ContentMark {
    /// A place in the structure tree.
    Tagged(Slot),
    /// Decoration or repetition.
    Artifact(ArtifactKind),
}

/// Which marked content is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Mark(ContentMark),
    /// Content with a text of its own, never gone on with.
    Replaced,
}

impl Canvas {
    /// An empty page.
    pub(super) fn new(page: usize, standard: PdfStandard) -> Self {
        Self {
            page,
            ops: Vec::new(),
            standard,
            open: Open::Nothing,
            in_text: false,
            font: None,
            colour: None,
            rise: Pt(0.0),
            letter_space: Pt(0.0),
        }
    }

    /// Makes what follows belong to this mark.
    pub(super) fn enter(&mut self, tree: &mut Tree<'_>, mark: ContentMark) {
        if self.open == Open::Mark(mark) {
            return;
        }
        self.close();
        match mark {
            ContentMark::Tagged(slot) => {
                let properties = vec![self.number(tree, slot)];
                self.begin(
                    tree.element(slot.element).role.name(self.standard),
                    properties,
                );
            }
            ContentMark::Artifact(artifact) => self.begin("Artifact", properties(artifact)),
        }
        self.open = Open::Mark(mark);
    }

    /// Makes what follows be read as a text, whatever its glyphs stand for (ISO 32000-1, 14.9.4).
    pub(super) fn enter_replaced(&mut self, tree: &mut Tree<'_>, mark: ContentMark, text: &str) {
        self.close();
        let mut properties = match mark {
            ContentMark::Tagged(slot) => vec![self.number(tree, slot)],
            ContentMark::Artifact(artifact) => return self.begin("Artifact", properties(artifact)),
        };
        properties.push(("ActualText", DictItem::Bytes(strings::utf16(text))));
        self.begin("Span", properties);
    }

    fn number(&self, tree: &mut Tree<'_>, slot: Slot) -> (&'static str, DictItem) {
        ("MCID", DictItem::Int(tree.mark(slot, self.page).into()))
    }

    fn begin(&mut self, tag: &str, properties: Vec<(&str, DictItem)>) {
        let map = properties.into_iter();
        let map = map.map(|(key, value)| (key.to_owned(), value)).collect();
        self.ops.push(Op::BeginMarkedContentWithProperties {
            tag: tag.to_owned(),
            properties: DictItem::Dict { map },
        });
        self.open = Open::Replaced;
    }

    /// Ends the open marked content.
    pub(super) fn close(&mut self) {
        self.end_text();
        if self.open != Open::Nothing {
            self.ops.push(Op::EndMarkedContent);
            self.open = Open::Nothing;
        }
    }

    /// Makes sure that a text object is open; true when it was opened now, with the pen at no place.
    pub(super) fn begin_text(&mut self) -> bool {
        let begun = !self.in_text;
        if begun {
            self.ops.push(Op::StartTextSection);
            self.in_text = true;
        }
        begun
    }

    /// Makes sure that no text object is open.
    pub(super) fn end_text(&mut self) {
        if std::mem::take(&mut self.in_text) {
            self.ops.push(Op::EndTextSection);
        }
    }

    /// Paints in this colour from here on.
    pub(super) fn colour(&mut self, colour: Colour) {
        if self.colour.replace(colour) != Some(colour) {
            // Three decimals tell all 256 steps apart.
            let part = |part: u8| rounded(f32::from(part) / 255.0);
            let (r, g, b) = (part(colour.red), part(colour.green), part(colour.blue));
            let col = Color::Rgb(Rgb {
                r,
                g,
                b,
                icc_profile: None,
            });
            self.ops.push(Op::SetFillColor { col });
        }
    }

    /// Shows text in this face and size from here on.
    pub(super) fn font(&mut self, resource: &str, size: Pt) {
        let same = |(name, current): &(String, Pt)| name == resource && *current == size;
        if !self.font.as_ref().is_some_and(same) {
            self.font = Some((resource.to_owned(), size));
            self.ops.push(Op::SetFont {
                font: PdfFontHandle::External(FontId(resource.to_owned())),
                size: Points(rounded(size.0)),
            });
        }
    }

    /// Puts so much behind every glyph from here on, spaces included.
    pub(super) fn letter_space(&mut self, space: Pt) {
        if self.letter_space != space {
            self.letter_space = space;
            let multiplier = space.0;
            self.ops.push(Op::SetCharacterSpacing { multiplier });
        }
    }

    /// Raises the baseline from here on.
    pub(super) fn rise(&mut self, rise: Pt) {
        if self.rise != rise {
            self.rise = rise;
            let multiplier = rounded(rise.0);
            self.ops.push(Op::SetLineOffset { multiplier });
        }
    }
}

/// What is said of an artifact (ISO 32000-1, 14.8.2.2.2): pages are the reason of some, the look that of others.
fn properties(kind: ArtifactKind) -> Vec<(&'static str, DictItem)> {
    let (reason, subtype) = match kind {
        ArtifactKind::Header => ("Pagination", Some("Header")),
        ArtifactKind::Footer => ("Pagination", Some("Footer")),
        ArtifactKind::Repeated => ("Pagination", None),
        ArtifactKind::Rule | ArtifactKind::Decoration => ("Layout", None),
        // A ground covers its page (ISO 32000-1, 14.8.2.2.2).
        ArtifactKind::Ground => ("Background", None),
    };
    let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    let subtype = subtype.map(|subtype| ("Subtype", name(subtype)));
    std::iter::once(("Type", name(reason)))
        .chain(subtype)
        .collect()
}
