//! Which structure elements a composition has: the one place where blocks become roles (ISO 32000-1, 14.8.4; ISO 32000-2,
//! 14.8.4). What a role is called in the file is for `role`.

use crate::compose::{
    Anchor, Block, BlockId, BlockKind, Composition, Content, Figure, Heading, Item, Kind, Labels,
    Note, NoteId, Reading, Section, SectionRole, Shift, Span, Table, Target, TextId,
};

use super::cover::Cover;
use super::role::Role;
use super::tree::{ElementId, Leads, Tree};
use crate::piece::Direction;
use crate::theme::PdfStandard;
use crate::typeset::ContentsPart;

/// The structure tree of a composition, without content yet.
pub(super) fn tree<'a>(
    composition: &'a Composition,
    cover: Option<&'a Cover>,
    contents: &[&'a Heading],
    standard: PdfStandard,
) -> Tree<'a> {
    let notes = composition.notes.len();
    let mut builder = Builder {
        composition,
        standard,
        tree: Tree::default(),
        listed: Vec::new(),
        noted: vec![None; notes],
        cited: vec![Vec::new(); notes],
        pending: Vec::new(),
    };
    let document = builder.tree.add(None, Role::Document);
    if composition.record.direction == Direction::RightToLeft {
        builder.tree.element_mut(document).writing = Some(Direction::RightToLeft);
    }
    if let Some(cover) = cover {
        builder.image(document, BlockId::COVER, &cover.alt);
    }
    builder.title_block(document);
    let is_box = |section: &&Section| section.role == SectionRole::Summary;
    for section in composition.sections.iter().filter(is_box) {
        builder.section(document, section);
    }
    builder.contents(document, contents);
    for section in composition.sections.iter().filter(|one| !is_box(one)) {
        builder.section(document, section);
    }
    // What only a pull quote refers to is still part of the text.
    builder.pending = (0..notes).collect();
    builder.notes(document);
    builder.refer();
    builder.tree
}

struct Builder<'a> {
    composition: &'a Composition,
    standard: PdfStandard,
    tree: Tree<'a>,
    /// The entries of the contents, and the headings that they name.
    listed: Vec<(ElementId, &'a Heading)>,
    /// The elements of the notes that are in the tree.
    noted: Vec<Option<ElementId>>,
    /// By note, the links that refer to it.
    cited: Vec<Vec<ElementId>>,
    /// The notes referred to since the last were placed.
    pending: Vec<usize>,
}

impl<'a> Builder<'a> {
    fn title_block(&mut self, document: ElementId) {
        let block = &self.composition.title_block;
        if let Some(logo) = &block.logo {
            self.figure(document, logo.block, &logo.figure);
        }
        if let Some(publisher) = block.publisher {
            self.paragraph(document, publisher);
        }
        self.paragraph(document, block.series);
        self.heading(document, &block.title);
        let rest = block.subtitle.into_iter().chain(block.byline);
        for text in rest.chain(block.credits.iter().copied()) {
            self.paragraph(document, text);
        }
        self.paragraph(document, block.date);
        self.notes(document);
    }

    /// The contents: each entry a link over its words and its page.
    fn contents(&mut self, document: ElementId, headings: &[&'a Heading]) {
        if headings.is_empty() {
            return;
        }
        let contents = self.tree.add(Some(document), Role::Contents);
        let title = self.tree.add(Some(contents), Role::Caption);
        self.say_in_words_language(title);
        let slot = self.tree.slot(title);
        self.tree.place_contents(ContentsPart::Title, slot);
        for (index, heading) in (0..).zip(headings) {
            let item = self.tree.add(Some(contents), Role::ContentsItem);
            self.listed.push((item, heading));
            let around = match self.standard {
                PdfStandard::Ua1 => Role::Reference,
                // A `Link` in a `Reference` is refused by WTPDF 1.0, Table 5.
                PdfStandard::Ua2 => Role::Paragraph,
            };
            let around = self.tree.add(Some(item), around);
            let link = self.tree.add(Some(around), Role::Link);
            let text = &self.composition[heading.text];
            let element = self.tree.element_mut(link);
            element.target = Some(Leads::Heading(heading));
            element.words = text.plain();
            element.language = text.language.as_ref().map(|foreign| foreign.tag.as_str());
            for part in [ContentsPart::Entry(index), ContentsPart::Page(index)] {
                let slot = self.tree.slot(link);
                self.tree.place_contents(part, slot);
            }
        }
    }

    fn section(&mut self, document: ElementId, section: &'a Section) {
        let sect = self.tree.add(Some(document), Role::Section);
        self.tree.name(&section.anchor, sect);
        if let Some(heading) = &section.heading {
            self.heading(sect, heading);
        }
        if let Some(affiliation) = section.affiliation {
            self.paragraph(sect, affiliation);
        }
        self.notes(sect);
        for block in &section.blocks {
            self.block(sect, block);
            self.notes(sect);
        }
    }

    fn block(&mut self, parent: ElementId, block: &'a Block) {
        self.named(parent, &block.anchor, |builder| match &block.kind {
            BlockKind::Heading(heading) => builder.heading(parent, heading),
            BlockKind::Pull(text) => match builder.composition[*text].reading {
                Reading::Text => builder.paragraph(parent, *text),
                Reading::Decoration => {}
            },
            // Decoration too.
            BlockKind::Break => {}
            BlockKind::Content(content) => builder.content(parent, block.id, content),
        });
    }

    /// Lets an anchor name what is built, the element around it where that is nothing.
    fn named(&mut self, around: ElementId, anchor: &'a Anchor, build: impl FnOnce(&mut Self)) {
        let next = self.tree.next();
        build(self);
        let built = self.tree.next() != next;
        self.tree.name(anchor, if built { next } else { around });
    }

    fn content(&mut self, parent: ElementId, id: BlockId, content: &'a Content) {
        match content {
            Content::Paragraph(text) => self.paragraph(parent, *text),
            Content::Quote { paragraphs, by } => {
                let quote = self.tree.add(Some(parent), Role::Quote);
                for text in paragraphs.iter().chain(by) {
                    self.paragraph(quote, *text);
                }
            }
            Content::List { labels, items } => self.list(parent, *labels, items),
            Content::Figure(figure) => self.figure(parent, id, figure),
            Content::Table(table) => self.table(parent, table),
        }
    }

    fn heading(&mut self, parent: ElementId, heading: &'a Heading) {
        let next = self.tree.next();
        self.tree.name(&heading.anchor, next);
        self.leaf(parent, Role::Heading(heading.level.number()), heading.text);
    }

    fn paragraph(&mut self, parent: ElementId, text: TextId) {
        self.leaf(parent, Role::Paragraph, text);
    }

    fn list(&mut self, parent: ElementId, labels: Labels, items: &'a [Item]) {
        let list = self.tree.add(Some(parent), Role::List(labels));
        for item in items {
            let entry = self.tree.add(Some(list), Role::Item);
            let label = self.tree.add(Some(entry), Role::Label);
            let slot = self.tree.slot(label);
            self.tree.place_label(item.id, slot);
            let body = self.tree.add(Some(entry), Role::ItemBody);
            for block in &item.blocks {
                self.named(body, &block.anchor, |builder| {
                    builder.content(body, block.id, &block.kind);
                });
            }
        }
    }

    /// The caption stands beside the image: inside, the alternative text would be said in its place. The caption is the last
    /// of its parent (ISO 14289-2, 8.2.5.27), so a credit stands in it.
    fn figure(&mut self, parent: ElementId, id: BlockId, figure: &'a Figure) {
        let group = match (figure.caption, figure.credit) {
            (None, None) => parent,
            _ => self.tree.add(Some(parent), Role::Group),
        };
        self.image(group, id, &figure.alt);
        match (figure.caption, figure.credit) {
            (Some(caption), Some(credit)) => {
                let around = self.tree.add(Some(group), Role::Caption);
                self.paragraph(around, caption);
                self.paragraph(around, credit);
            }
            (Some(caption), None) => self.leaf(group, Role::Caption, caption),
            (None, Some(credit)) => self.paragraph(group, credit),
            (None, None) => {}
        }
    }

    fn image(&mut self, parent: ElementId, id: BlockId, alt: &'a str) {
        let image = self.tree.add(Some(parent), Role::Figure);
        self.tree.element_mut(image).alt = Some(alt);
        let slot = self.tree.slot(image);
        self.tree.place_figure(id, slot);
    }

    fn table(&mut self, parent: ElementId, table: &'a Table) {
        let element = self.tree.add(Some(parent), Role::Table);
        if let Some(caption) = table.caption {
            self.leaf(element, Role::Caption, caption);
        }
        for (role, rows) in [
            (Role::TableHead, &table.header),
            (Role::TableBody, &table.rows),
        ] {
            let part = self.tree.add(Some(element), role);
            for cells in rows {
                let row = self.tree.add(Some(part), Role::Row);
                for cell in cells {
                    let role = match self.composition[*cell].kind {
                        Kind::HeadCell => Role::ColumnHead,
                        Kind::RowHead => Role::RowHead,
                        _ => Role::Cell,
                    };
                    self.leaf(row, role, *cell);
                }
            }
        }
    }

    /// The notes referred to since the last time, after the block that refers to them.
    fn notes(&mut self, parent: ElementId) {
        while !self.pending.is_empty() {
            for index in std::mem::take(&mut self.pending) {
                if let Some(note) = self.composition.notes.get(index)
                    && self.noted[index].is_none()
                {
                    self.noted[index] = Some(self.tree.next());
                    self.note(parent, NoteId(index as u32), note);
                }
            }
        }
    }

    fn note(&mut self, parent: ElementId, id: NoteId, note: &'a Note) {
        let noted = self.tree.add(Some(parent), Role::Note);
        self.tree.element_mut(noted).id = Some(note.anchor.as_str());
        self.tree.name(&note.anchor, noted);
        let mut label = self.tree.add(Some(noted), Role::Label);
        // Nothing leads back to what is no part of the text.
        if !self.cited[id.0 as usize].is_empty() {
            label = self.tree.add(Some(label), Role::Link);
            let element = self.tree.element_mut(label);
            element.target = Some(Leads::Back(id));
            element.words.clone_from(&note.mark);
            self.say_in_words_language(label);
        }
        let slot = self.tree.slot(label);
        self.tree.place_note_label(id, slot);
        self.paragraph(noted, note.text);
    }

    /// The description of an element's annotation is made of interface words.
    fn say_in_words_language(&mut self, element: ElementId) {
        let language = self.composition.words_language.as_ref();
        self.tree.element_mut(element).language = language.map(|foreign| foreign.tag.as_str());
    }

    /// Entries of the contents name what they lead to (ISO 14289-2, 8.2.5.8); notes and the links to them name each other
    /// (8.2.5.14).
    fn refer(&mut self) {
        if self.standard == PdfStandard::Ua1 {
            return;
        }
        for (item, heading) in &self.listed {
            let named = self.tree.named(heading.anchor.as_str());
            self.tree.element_mut(*item).refers.push(named);
        }
        for (note, links) in self.noted.iter().zip(&self.cited) {
            let Some(note) = *note else { continue };
            for link in links {
                self.tree.element_mut(*link).refers.push(note);
            }
            self.tree.element_mut(note).refers.clone_from(links);
        }
    }

    /// An element that holds a text. Its links, references, emphasis and spans of other languages are kids with content of
    /// their own, never marked content inside other marked content: some readers stop reading there.
    fn leaf(&mut self, parent: ElementId, role: Role, text: TextId) {
        let element = self.tree.add(Some(parent), role);
        let column = self.composition[text].column;
        let turned = column != self.composition.record.direction;
        self.tree.element_mut(element).writing = turned.then_some(column);
        self.look(element, text, 0, &self.composition[text].spans, &LAYERS);
    }

    /// Puts spans, the first of which has this index in its text, into elements by layers, the outermost first.
    fn look(
        &mut self,
        parent: ElementId,
        text: TextId,
        start: usize,
        spans: &'a [Span],
        layers: &[Layer],
    ) {
        let Some((layer, inner)) = layers.split_first() else {
            let slot = self.tree.slot(parent);
            return self.tree.place_text(text, start + spans.len(), slot);
        };
        let mut start = start;
        for spans in spans.chunk_by(|a, b| layer.joins(a, b)) {
            let element = self.layer(*layer, parent, spans);
            self.look(element, text, start, spans, inner);
            start += spans.len();
        }
    }

    /// The element of a layer around spans that are alike in it; its parent where they are plain.
    fn layer(&mut self, layer: Layer, parent: ElementId, spans: &'a [Span]) -> ElementId {
        let Some(span) = spans.first() else {
            return parent;
        };
        match layer {
            Layer::Target => self.target(parent, span, spans),
            Layer::Strong if span.strong => self.tree.add(Some(parent), Role::Strong),
            Layer::Emphasis if span.emphasis => self.tree.add(Some(parent), Role::Emphasis),
            // A link that is a mark is raised itself.
            Layer::Shift if span.shift != Shift::None && !is_linked_mark(span) => {
                let element = self.tree.add(Some(parent), Role::Span);
                self.tree.element_mut(element).shift.0 = span.shift;
                element
            }
            Layer::Strong | Layer::Emphasis | Layer::Shift => parent,
        }
    }

    fn target(&mut self, parent: ElementId, span: &'a Span, spans: &'a [Span]) -> ElementId {
        let language = span.language.as_ref().map(|foreign| foreign.tag.as_str());
        let Some(target) = &span.target else {
            if language.is_none() {
                return parent;
            }
            let element = self.tree.add(Some(parent), Role::Span);
            self.tree.element_mut(element).language = language;
            return element;
        };
        let outer = match (target, self.standard) {
            // A `Link` in a `Reference` is refused by WTPDF 1.0, Table 5.
            (Target::Note { .. }, PdfStandard::Ua1) => self.tree.add(Some(parent), Role::Reference),
            _ => parent,
        };
        let link = self.tree.add(Some(outer), Role::Link);
        let element = self.tree.element_mut(link);
        element.target = Some(Leads::To(target));
        element.words = spans.iter().map(|span| span.text.as_str()).collect();
        element.language = language;
        if is_linked_mark(span) {
            element.shift.0 = span.shift;
        }
        match target {
            Target::Note { note, reference } => {
                self.tree.name(reference, link);
                self.cited[note.0 as usize].push(link);
                self.pending.push(note.0 as usize);
            }
            Target::Back { .. } => self.say_in_words_language(link),
            Target::Url(_) | Target::Anchor(_) => {}
        }
        link
    }
}

/// Whether a span is a mark that leads somewhere.
fn is_linked_mark(span: &Span) -> bool {
    span.is_mark() && span.target.is_some()
}

/// What an element inside a text is for. The order is the order of nesting.
#[derive(Debug, Clone, Copy)]
enum Layer {
    /// A link, or a language.
    Target,
    Strong,
    Emphasis,
    Shift,
}

const LAYERS: [Layer; 4] = [Layer::Target, Layer::Strong, Layer::Emphasis, Layer::Shift];

impl Layer {
    /// Whether neighbouring spans stand in the same element of this layer.
    fn joins(self, a: &Span, b: &Span) -> bool {
        match self {
            Self::Target => a.target == b.target && a.language == b.language,
            Self::Strong => a.strong == b.strong,
            Self::Emphasis => a.emphasis == b.emphasis,
            Self::Shift => a.shift == b.shift,
        }
    }
}
