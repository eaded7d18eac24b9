//! Collecting: the composition as a flow of strips and floats, each line set.

use crate::compose::{
    Block, BlockId, BlockKind, Composition, Content, Item, ItemId, Kind, NoteId, Section,
    SectionRole, TextId,
};
use crate::theme::Theme;

use super::flow::{Adjustable, Element, Setting, Strip};
use super::geometry::Geometry;
use super::layout::{Owner, Placed};
use super::linebreak::Fill;
use super::lines::{Align, SetLine};
use super::setter::{Setter, at};
use super::{figures, tables, title};

/// How many lines stay with a heading.
const KEPT: usize = 2;

/// Everything to be shared out among pages.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub(super) elements: Vec<Element>,
    /// The paragraphs of running text, in order.
    pub(super) adjustable: Vec<Adjustable>,
    /// The lines of each footnote.
    pub(super) notes: Vec<Vec<Strip>>,
}

/// Builds the flow.
pub(super) struct Collector<'a> {
    pub(super) setter: Setter<'a>,
    pub(super) geometry: Geometry,
    flow: Flow,
    /// Lines still to be kept with the heading above.
    bound: usize,
    /// Whether the next paragraph follows another, and so has an indent.
    follows: bool,
    /// Whether a heading was pushed last.
    below_heading: bool,
    /// The space that the next block stands off at least.
    owed: f32,
}

/// Where blocks stand: the body's column, or a narrower one in a quotation or a list.
#[derive(Debug, Clone, Copy)]
struct Column {
    x: f32,
    measure: f32,
    /// Whether its lines stand on the grid.
    on_grid: bool,
}

/// Sets every text of the composition.
pub(super) fn collect<'a>(
    composition: &'a Composition,
    theme: &'a Theme,
    geometry: Geometry,
) -> (Flow, Setter<'a>) {
    let mut collector = Collector {
        setter: Setter::new(composition, theme),
        geometry,
        flow: Flow::default(),
        bound: 0,
        follows: false,
        below_heading: false,
        owed: 0.0,
    };
    title::collect(&mut collector);
    for section in &composition.sections {
        collector.section(section);
    }
    for (index, note) in composition.notes.iter().enumerate() {
        let strips = collector.note(NoteId(index as u32), &note.mark, note.text);
        collector.flow.notes.push(strips);
    }
    (collector.flow, collector.setter)
}

impl Collector<'_> {
    /// The distance of the grid's lines.
    pub(super) fn grid(&self) -> f32 {
        self.geometry.grid
    }

    /// Adds a strip, which a page may begin with unless it is kept with what stands above it.
    pub(super) fn push(&mut self, mut strip: Strip, may_begin: bool) {
        strip.gap = strip.gap.max(std::mem::take(&mut self.owed));
        strip.may_begin = may_begin && self.bound == 0;
        self.bound = self.bound.saturating_sub(usize::from(strip.lines));
        self.below_heading = false;
        self.flow.elements.push(Element::Strip(strip));
    }

    /// Adds a float.
    pub(super) fn push_float(&mut self, float: super::flow::Float) {
        self.flow.elements.push(Element::Float(float));
        // Running text goes on behind it: a float interrupts no sequence of paragraphs.
        self.owed = self.owed.max(0.75 * self.grid());
    }

    /// What stands next begins anew, this many lines of the grid away at least.
    pub(super) fn after(&mut self, lines: f32) {
        self.owed = self.owed.max(lines * self.grid());
        self.follows = false;
    }

    /// Keeps the next lines with what was pushed last.
    pub(super) fn keep(&mut self) {
        self.bound = KEPT;
        self.below_heading = true;
    }

    fn section(&mut self, section: &Section) {
        let end = !matches!(
            section.role,
            SectionRole::Introduction | SectionRole::Statement(_)
        );
        if let Some(heading) = &section.heading {
            let gap = if end { 1.25 } else { 1.5 };
            self.heading(heading.text, gap, true);
        }
        if let Some(affiliation) = section.affiliation {
            let (left, measure) = (self.geometry.left, self.geometry.measure);
            self.bound = usize::MAX;
            self.owed = 0.0;
            self.plain(
                affiliation,
                Setting::new(Kind::Affiliation, left, measure),
                0.1,
            );
            self.after(0.3);
            self.keep();
        }
        let column = Column {
            x: self.geometry.left,
            measure: self.geometry.measure,
            on_grid: !end,
        };
        for block in &section.blocks {
            self.block(block, column);
        }
    }

    /// A heading, kept with what follows it.
    fn heading(&mut self, text: TextId, gap: f32, clears: bool) {
        let kind = self.kind(text);
        let setting = Setting::new(kind, self.geometry.left, self.geometry.measure);
        let leading = self.setter.style(kind).leading;
        let lines = self.setter.text(text, setting);
        let below_heading = self.below_heading;
        if !below_heading {
            // What stands above has all it is kept with; a row of short statements is no unbreakable whole.
            self.bound = 0;
        }
        for (index, line) in lines.into_iter().enumerate() {
            let mut strip = self.setter.strip(Some(text), line, leading);
            if index == 0 {
                // Under another heading it stays close to that one.
                strip.gap = if below_heading { 0.25 } else { gap } * self.grid();
                strip.clears = clears;
            } else {
                self.bound = usize::MAX;
            }
            self.push(strip, true);
        }
        self.after(0.25);
        self.keep();
    }

    /// A text of a few lines, none of which begins a page by itself. The gap is in lines of the grid.
    pub(super) fn plain(&mut self, text: TextId, setting: Setting, gap: f32) {
        let leading = self.setter.style(setting.kind).leading;
        let lines = self.setter.text(text, setting);
        for (index, line) in lines.into_iter().enumerate() {
            let mut strip = self.setter.strip(Some(text), line, leading);
            strip.gap = if index == 0 { gap * self.grid() } else { 0.0 };
            self.push(strip, index == 0);
        }
    }

    fn block(&mut self, block: &Block, column: Column) {
        match &block.kind {
            BlockKind::Heading(heading) => {
                let gap = match self.kind(heading.text) {
                    Kind::Heading2 => 1.5,
                    _ => 0.75,
                };
                self.heading(heading.text, gap, false);
            }
            BlockKind::Pull(text) => self.pull(*text),
            BlockKind::Break => self.thought_break(),
            BlockKind::Content(content) => self.content(block.id, content, column),
        }
    }

    fn content(&mut self, id: BlockId, content: &Content, column: Column) {
        match content {
            Content::Paragraph(text) => self.paragraph(*text, column, None),
            Content::Quote { paragraphs, by } => self.quote(paragraphs, *by, column),
            Content::List { numbered, items } => self.list(*numbered, items, column, 0.5),
            Content::Figure(figure) => figures::collect(self, id, figure),
            Content::Table(table) => tables::collect(self, table),
        }
    }

    /// A paragraph of running text, with a label before its first line in a list.
    fn paragraph(&mut self, text: TextId, column: Column, label: Option<(ItemId, &str)>) {
        let kind = self.kind(text);
        let indented = self.follows && label.is_none();
        let theme = self.setter.theme;
        let indent = if indented {
            theme.measures.indent.0
        } else {
            0.0
        };
        let setting = Setting {
            indent,
            ..Setting::new(kind, column.x, column.measure)
        };
        let lines = self.setter.text(text, setting);
        let count = lines.len();
        let leading = self.setter.style(kind).leading;
        if column.on_grid && label.is_none() {
            let first = self.flow.elements.len();
            self.flow.adjustable.push(Adjustable {
                first,
                lines: count,
                text,
                setting,
            });
        }
        let mut strips = strips(&self.setter, text, lines, leading);
        if let Some((item, label)) = label
            && let Some(first) = strips.first_mut()
        {
            let line = self.label(item, label, column, leading);
            first.content.insert(0, line);
        }
        for strip in strips {
            let may_begin = strip.may_begin;
            self.push(
                Strip {
                    on_grid: column.on_grid,
                    ..strip
                },
                may_begin,
            );
        }
        self.follows = true;
    }

    /// The kind of a text.
    fn kind(&self, text: TextId) -> Kind {
        self.setter.composition[text].kind
    }

    /// The label of a list's item, in the indent of its column.
    fn label(&mut self, item: ItemId, label: &str, column: Column, leading: f32) -> Placed {
        let width = self.list_indent();
        let gap = width * 0.35;
        let setting = Setting {
            align: Align::Right,
            fill: Some(Fill::Ragged),
            ..Setting::new(Kind::ListText, column.x - width * 2.0, width * 2.0 - gap)
        };
        let mut lines = self.setter.literal(label, Owner::Label(item), setting);
        let line = lines.remove(0).line;
        Placed::Line(at(line, leading * super::flow::BASELINE))
    }

    fn list_indent(&self) -> f32 {
        self.setter.style(Kind::ListText).text.size * 1.6
    }

    fn quote(&mut self, paragraphs: &[TextId], by: Option<TextId>, outer: Column) {
        let inset = self.setter.theme.measures.indent.0 * 1.2;
        let column = Column {
            x: outer.x + inset,
            measure: outer.measure - 2.0 * inset,
            on_grid: false,
            ..outer
        };
        self.after(0.5);
        for text in paragraphs {
            self.paragraph(*text, column, None);
        }
        if let Some(by) = by {
            self.bound = usize::MAX;
            self.plain(
                by,
                Setting {
                    align: Align::Right,
                    ..Setting::new(Kind::QuoteSource, column.x, column.measure)
                },
                0.1,
            );
            self.bound = 0;
        }
        self.after(0.5);
    }

    /// A pull quote: shown again for the eye, so an artifact.
    fn pull(&mut self, id: TextId) {
        let inset = self.setter.theme.measures.indent.0 * 1.2;
        let text = &self.setter.composition[id];
        let setting = Setting::new(
            Kind::Pull,
            self.geometry.left + inset,
            self.geometry.measure - 2.0 * inset,
        );
        let leading = self.setter.style(Kind::Pull).leading;
        let lines = self.setter.spans(text, Owner::Artifact, setting);
        let mut strip = Strip {
            gap: 0.75 * self.grid(),
            lines: lines.len() as u16,
            ..Strip::default()
        };
        for line in lines {
            let baseline = strip.height + leading * super::flow::BASELINE;
            strip.artifacts.push(Placed::Line(at(line.line, baseline)));
            strip.height += leading;
        }
        let bar = Placed::Rule {
            x: crate::theme::Pt(self.geometry.left),
            y: crate::theme::Pt(leading * 0.1),
            width: crate::theme::Pt(2.0),
            height: crate::theme::Pt(strip.height - leading * 0.1),
            colour: self.setter.theme.colours.accent,
        };
        strip.artifacts.push(bar);
        self.push(strip, true);
        self.after(0.75);
    }

    fn list(&mut self, numbered: bool, items: &[Item], outer: Column, space: f32) {
        let indent = self.list_indent();
        let column = Column {
            x: outer.x + indent,
            measure: outer.measure - indent,
            on_grid: false,
            ..outer
        };
        self.after(space);
        for (index, item) in items.iter().enumerate() {
            let label = if numbered {
                format!("{}.", index + 1)
            } else {
                "•".to_owned()
            };
            let mut label = Some((item.id, label.as_str()));
            for block in &item.blocks {
                self.follows = false;
                match &block.kind {
                    Content::Paragraph(text) => self.paragraph(*text, column, label.take()),
                    Content::List { numbered, items } => {
                        self.orphan_label(&mut label, column);
                        self.list(*numbered, items, column, 0.0);
                    }
                    content => {
                        self.orphan_label(&mut label, column);
                        self.content(block.id, content, column);
                    }
                }
            }
            self.orphan_label(&mut label, column);
        }
        self.after(space);
    }

    /// An item that begins with no paragraph has its label on a line of its own.
    fn orphan_label(&mut self, label: &mut Option<(ItemId, &str)>, column: Column) {
        if let Some((item, label)) = label.take() {
            let leading = self.setter.style(Kind::ListText).leading;
            let line = self.label(item, label, column, leading);
            self.push(
                Strip {
                    height: leading,
                    lines: 1,
                    content: vec![line],
                    ..Strip::default()
                },
                true,
            );
            self.bound = self.bound.max(1);
        }
    }

    fn thought_break(&mut self) {
        let (left, measure) = (self.geometry.left, self.geometry.measure);
        let setting = Setting {
            align: Align::Centre,
            fill: Some(Fill::Ragged),
            ..Setting::new(Kind::Paragraph, left, measure)
        };
        let mut lines = self
            .setter
            .literal("*\u{2003}*\u{2003}*", Owner::Artifact, setting);
        let line = lines.remove(0);
        let grid = self.grid();
        let strip = Strip {
            gap: grid * 0.5,
            ..self.setter.strip(None, line, grid)
        };
        // It ends something: the text before it stays above it.
        self.bound = self.bound.max(1);
        self.push(strip, true);
        self.after(0.5);
    }

    fn note(&mut self, id: NoteId, mark: &str, text: TextId) -> Vec<Strip> {
        let (left, measure) = (self.geometry.left, self.geometry.measure);
        let leading = self.setter.style(Kind::Note).leading;
        let indent = self.setter.style(Kind::Note).text.size * 1.4;
        let lines = self.setter.text(
            text,
            Setting::new(Kind::Note, left + indent, measure - indent),
        );
        let setting = Setting {
            fill: Some(Fill::Ragged),
            ..Setting::new(Kind::Note, left, indent * 3.0)
        };
        let mut label = self.setter.literal(mark, Owner::NoteLabel(id), setting);
        let mut strips: Vec<Strip> = Vec::with_capacity(lines.len());
        for line in lines {
            strips.push(Strip {
                start: None,
                ..self.setter.strip(Some(text), line, leading)
            });
        }
        if let Some(first) = strips.first_mut() {
            let line = label.remove(0).line;
            first
                .content
                .insert(0, Placed::Line(at(line, leading * super::flow::BASELINE)));
        }
        strips
    }
}

/// The strips of a paragraph's lines.
pub(super) fn strips(
    setter: &Setter<'_>,
    text: TextId,
    lines: Vec<SetLine>,
    leading: f32,
) -> Vec<Strip> {
    let count = lines.len();
    let lines = lines.into_iter().enumerate();
    lines
        .map(|(index, line)| Strip {
            may_begin: may_begin(index, count),
            ..setter.strip(Some(text), line, leading)
        })
        .collect()
}

/// No widow and no orphan: a page ends and begins with two lines of a paragraph at least.
fn may_begin(index: usize, count: usize) -> bool {
    index == 0 || (index >= 2 && index + 2 <= count)
}
