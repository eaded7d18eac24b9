//! Which structure elements a composition has: the one place where blocks become roles (ISO 32000-1, 14.8.4).

use crate::compose::{
    Block, BlockId, BlockKind, Composition, Content, Figure, Heading, Item, Labels, Note, NoteId,
    Reading, Section, Span, Table, Target, TextId,
};

use super::tree::{ElementId, Leads, Slot, Tree};

/// The roles in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Document,
    Section,
    Group,
    Heading(u8),
    Paragraph,
    Quote,
    List(Labels),
    Item,
    Label,
    ItemBody,
    Figure,
    Caption,
    Table,
    TableHead,
    TableBody,
    Row,
    HeadCell,
    Cell,
    Note,
    Reference,
    Link,
    Span,
}

impl Role {
    /// The standard structure type.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Document => "Document",
            Self::Section => "Sect",
            Self::Group => "Div",
            Self::Heading(1) => "H1",
            Self::Heading(2) => "H2",
            Self::Heading(3) => "H3",
            Self::Heading(_) => "H4",
            Self::Paragraph => "P",
            Self::Quote => "BlockQuote",
            Self::List(_) => "L",
            Self::Item => "LI",
            Self::Label => "Lbl",
            Self::ItemBody => "LBody",
            Self::Figure => "Figure",
            Self::Caption => "Caption",
            Self::Table => "Table",
            Self::TableHead => "THead",
            Self::TableBody => "TBody",
            Self::Row => "TR",
            Self::HeadCell => "TH",
            Self::Cell => "TD",
            Self::Note => "Note",
            Self::Reference => "Reference",
            Self::Link => "Link",
            Self::Span => "Span",
        }
    }
}

/// The structure tree of a composition, without content yet.
pub(super) fn tree(composition: &Composition) -> Tree<'_> {
    let mut builder = Builder {
        composition,
        tree: Tree::default(),
        noted: vec![false; composition.notes.len()],
        pending: Vec::new(),
    };
    let document = builder.tree.add(None, Role::Document);
    builder.title_block(document);
    for section in &composition.sections {
        builder.section(document, section);
    }
    // What only a pull quote refers to is still part of the text.
    builder.pending = (0..composition.notes.len()).collect();
    builder.notes(document);
    builder.tree
}

struct Builder<'a> {
    composition: &'a Composition,
    tree: Tree<'a>,
    /// Which notes are in the tree.
    noted: Vec<bool>,
    /// The notes referred to since the last were placed.
    pending: Vec<usize>,
}

impl<'a> Builder<'a> {
    fn title_block(&mut self, document: ElementId) {
        let block = &self.composition.title_block;
        self.paragraph(document, block.series);
        self.heading(document, &block.title);
        let rest = block.subtitle.into_iter().chain(block.byline);
        for text in rest.chain(block.credits.iter().copied()) {
            self.paragraph(document, text);
        }
        self.paragraph(document, block.date);
        self.notes(document);
    }

    fn section(&mut self, document: ElementId, section: &'a Section) {
        let sect = self.tree.add(Some(document), Role::Section);
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
        match &block.kind {
            BlockKind::Heading(heading) => self.heading(parent, heading),
            BlockKind::Pull(text) => match self.composition[*text].reading {
                Reading::Text => self.paragraph(parent, *text),
                Reading::Decoration => {}
            },
            // Decoration too.
            BlockKind::Break => {}
            BlockKind::Content(content) => self.content(parent, block.id, content),
        }
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

    fn heading(&mut self, parent: ElementId, heading: &Heading) {
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
                self.content(body, block.id, &block.kind);
            }
        }
    }

    fn figure(&mut self, parent: ElementId, id: BlockId, figure: &'a Figure) {
        // The caption stands beside the figure: inside, the alternative text would be said in its place.
        let group = match (figure.caption, figure.credit) {
            (None, None) => parent,
            _ => self.tree.add(Some(parent), Role::Group),
        };
        let image = self.tree.add(Some(group), Role::Figure);
        self.tree.element_mut(image).alt = Some(&figure.alt);
        let slot = self.tree.slot(image);
        self.tree.place_figure(id, slot);
        if let Some(caption) = figure.caption {
            self.leaf(group, Role::Caption, caption);
        }
        if let Some(credit) = figure.credit {
            self.paragraph(group, credit);
        }
    }

    fn table(&mut self, parent: ElementId, table: &'a Table) {
        let element = self.tree.add(Some(parent), Role::Table);
        if let Some(caption) = table.caption {
            self.leaf(element, Role::Caption, caption);
        }
        for (role, cell_role, rows) in [
            (Role::TableHead, Role::HeadCell, &table.header),
            (Role::TableBody, Role::Cell, &table.rows),
        ] {
            let part = self.tree.add(Some(element), role);
            for cells in rows {
                let row = self.tree.add(Some(part), Role::Row);
                for cell in cells {
                    self.leaf(row, cell_role, *cell);
                }
            }
        }
    }

    /// The notes referred to since the last time, after the block that refers to them.
    fn notes(&mut self, parent: ElementId) {
        while !self.pending.is_empty() {
            for index in std::mem::take(&mut self.pending) {
                let notes = &self.composition.notes;
                if let Some((note, noted)) = notes.get(index).zip(self.noted.get_mut(index))
                    && !std::mem::replace(noted, true)
                {
                    self.note(parent, NoteId(index as u32), note);
                }
            }
        }
    }

    fn note(&mut self, parent: ElementId, id: NoteId, note: &'a Note) {
        let noted = self.tree.add(Some(parent), Role::Note);
        self.tree.element_mut(noted).id = Some(note.anchor.as_str());
        let label = self.tree.add(Some(noted), Role::Label);
        let link = self.tree.add(Some(label), Role::Link);
        let words_language = self.composition.words_language.as_ref();
        let element = self.tree.element_mut(link);
        element.target = Some(Leads::Back(id));
        // The link's description is an interface word.
        element.language = words_language.map(|foreign| foreign.tag.as_str());
        let slot = self.tree.slot(link);
        self.tree.place_note_label(id, slot);
        self.paragraph(noted, note.text);
    }

    /// An element that holds a text. Its links, references and spans of other languages are kids with content of their
    /// own, never marked content inside other marked content: some readers stop reading there.
    fn leaf(&mut self, parent: ElementId, role: Role, text: TextId) {
        let element = self.tree.add(Some(parent), role);
        let spans = &self.composition[text].spans;
        let mut start = 0;
        while let Some(first) = spans.get(start) {
            let alike = spans[start..].iter().take_while(|span| alike(first, span));
            let end = start + alike.count();
            let slot = self.inline(element, first);
            self.tree.place_text(text, end, slot);
            start = end;
        }
    }

    fn inline(&mut self, parent: ElementId, span: &'a Span) -> Slot {
        let language = span.language.as_ref().map(|foreign| foreign.tag.as_str());
        let element = match &span.target {
            None if language.is_none() => return self.tree.slot(parent),
            None => self.tree.add(Some(parent), Role::Span),
            Some(target) => {
                let outer = match target {
                    Target::Note { note, .. } => {
                        self.pending.push(note.0 as usize);
                        self.tree.add(Some(parent), Role::Reference)
                    }
                    Target::Url(_) | Target::Anchor(_) => parent,
                };
                let link = self.tree.add(Some(outer), Role::Link);
                self.tree.element_mut(link).target = Some(Leads::To(target));
                link
            }
        };
        self.tree.element_mut(element).language = language;
        self.tree.slot(element)
    }
}

/// Whether two spans belong to the same element.
fn alike(a: &Span, b: &Span) -> bool {
    a.target == b.target && a.language == b.language
}
