//! Markdown: CommonMark with front matter, tables and footnotes.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::carets;
use super::document::{
    Block, Document, Label, ListItem, Note, Paragraph, Picture, Remark, Role, Row, Table, Weight,
};
use super::front_matter::front_matter;
use crate::compose::Shift;
use crate::read::{Link, Look, Span};

/// Reads a text in Markdown.
pub(crate) fn read(text: &str, name: &str) -> Document {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let (text, lost) = super::text::cleaned(&text.replace("\r\n", "\n"));
    let mut reader = Reader::new(name, &text);
    if lost > 0 {
        reader.tell(0, &format!("{lost} control characters are left out"), "");
    }
    for (event, range) in Parser::new_ext(&text, options).into_offset_iter() {
        reader.event(event, range.start);
    }
    let mut document = reader.finish();
    document.words = all_words(&text, options);
    document
}

/// Everything that is said, whatever is made of it.
fn all_words(text: &str, options: Options) -> Vec<String> {
    let mut all = String::new();
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                all.push_str(&text)
            }
            Event::SoftBreak
            | Event::HardBreak
            | Event::Start(Tag::Item | Tag::TableCell | Tag::Image { .. })
            | Event::FootnoteReference(_) => all.push(' '),
            Event::End(end) if !is_inline(end) => all.push('\n'),
            _ => {}
        }
    }
    all.lines().map(carets::without).collect()
}

fn is_inline(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link
    )
}

struct Reader<'a> {
    source: &'a str,
    document: Document,
    /// The open paragraph.
    open: Option<Paragraph>,
    looks: Vec<Look>,
    quotes: usize,
    /// The open lists: number, label, and whether an item of it waits for its first paragraph.
    lists: Vec<(u32, Label, bool)>,
    next_list: u32,
    note: Option<Note>,
    table: Option<Table>,
    is_head: bool,
    /// What is not text: front matter, or code.
    aside: Option<(Aside, String)>,
    image: Option<(String, String)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Aside {
    FrontMatter,
    Code,
}

impl<'a> Reader<'a> {
    fn new(name: &str, source: &'a str) -> Self {
        Self {
            source,
            document: Document {
                name: name.to_owned(),
                ..Document::default()
            },
            open: None,
            looks: vec![Look::default()],
            quotes: 0,
            lists: Vec::new(),
            next_list: 0,
            note: None,
            table: None,
            is_head: false,
            aside: None,
            image: None,
        }
    }

    fn place(&self, at: usize) -> String {
        let line = self.source[..at.min(self.source.len())]
            .matches('\n')
            .count()
            + 1;
        format!("{}, line {line}", self.document.name)
    }

    fn tell(&mut self, at: usize, message: &str, words: &str) {
        let place = self.place(at);
        self.document
            .remarks
            .push(Remark::lost(place, message, words));
    }

    fn event(&mut self, event: Event<'_>, at: usize) {
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::End(end) => self.end(end, at),
            Event::Text(text) | Event::Code(text) => self.text(&text, at),
            // Lines by which names are told from texts; everywhere else they are one.
            Event::SoftBreak | Event::HardBreak if self.is_open_text() => self.text("\n", at),
            Event::SoftBreak | Event::HardBreak => self.text(" ", at),
            Event::FootnoteReference(name) => self.reference(&name, at),
            Event::Rule => {
                let place = self.place(at);
                self.put(Paragraph {
                    role: Role::Break,
                    place,
                    ..Paragraph::default()
                });
            }
            Event::Html(html) => self.tell(at, "HTML is left out", &html),
            Event::InlineHtml(html) => self.html(&html, at),
            Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    /// Whether a paragraph of the text is open, and no heading, cell, note or description of a picture.
    fn is_open_text(&self) -> bool {
        let is_text = self
            .open
            .as_ref()
            .is_some_and(|open| matches!(open.role, Role::Text | Role::Quote));
        is_text
            && self.table.is_none()
            && self.note.is_none()
            && self.image.is_none()
            && self.aside.is_none()
    }

    /// Tags that have marks here become looks; others are left out.
    fn html(&mut self, html: &str, at: usize) {
        let name = html.trim_matches(['<', '>', '/', ' ']).to_lowercase();
        let shift = match name.as_str() {
            "sup" => Shift::Superscript,
            "sub" => Shift::Subscript,
            "br" => return self.text(" ", at),
            _ => return self.tell(at, "HTML is left out", html),
        };
        match html.starts_with("</") {
            true => self.pop(),
            false => self.push(|look| look.shift = shift),
        }
    }

    fn look(&self) -> Look {
        self.looks.last().cloned().unwrap_or_default()
    }

    fn push(&mut self, change: impl FnOnce(&mut Look)) {
        let mut look = self.look();
        change(&mut look);
        self.looks.push(look);
    }

    fn pop(&mut self) {
        if self.looks.len() > 1 {
            self.looks.pop();
        }
    }

    fn text(&mut self, text: &str, at: usize) {
        if let Some((_, aside)) = &mut self.aside {
            aside.push_str(text);
            return;
        }
        if let Some((_, alt)) = &mut self.image {
            alt.push_str(text);
            return;
        }
        let look = self.look();
        self.paragraph(at).spans.push(Span {
            text: text.to_owned(),
            look,
        });
    }

    fn reference(&mut self, name: &str, at: usize) {
        let look = Look {
            link: Some(Link::Note(name.to_owned())),
            ..Look::default()
        };
        self.paragraph(at).spans.push(Span {
            text: "*".to_owned(),
            look,
        });
    }

    /// The open paragraph; a new one where there is none.
    fn paragraph(&mut self, at: usize) -> &mut Paragraph {
        if self.open.is_none() {
            let place = self.place(at);
            let depth = self.lists.len().saturating_sub(1);
            let item = self.lists.last_mut().map(|(list, label, begins)| ListItem {
                list: *list,
                depth,
                label: *label,
                begins: std::mem::take(begins),
            });
            let role = match self.quotes {
                0 => Role::Text,
                _ => Role::Quote,
            };
            self.open = Some(Paragraph {
                role,
                item,
                place,
                ..Paragraph::default()
            });
        }
        self.open.get_or_insert_with(Paragraph::default)
    }

    /// Ends the open paragraph.
    fn close(&mut self) {
        if let Some(mut paragraph) = self.open.take() {
            paragraph.spans = carets::raised(paragraph.spans);
            let mut said = paragraph
                .spans
                .iter()
                .filter(|span| !span.text.trim().is_empty());
            if said.clone().next().is_some() && said.all(|span| span.look.strong) {
                paragraph.weight = Weight::Heavy;
            }
            self.put(paragraph);
        }
    }

    /// Puts a paragraph where it belongs.
    fn put(&mut self, paragraph: Paragraph) {
        if let Some(cell) = self
            .table
            .as_mut()
            .and_then(|table| table.rows.last_mut()?.cells.last_mut())
        {
            cell.push(paragraph);
        } else if let Some(note) = &mut self.note {
            note.paragraphs.push(paragraph);
        } else {
            self.document.blocks.push(Block::Paragraph(paragraph));
        }
    }

    fn start(&mut self, tag: Tag<'_>, at: usize) {
        match tag {
            Tag::Heading { level, .. } => {
                self.close();
                self.paragraph(at).role = Role::Heading(number(level));
            }
            Tag::Paragraph => {
                self.close();
                self.paragraph(at);
            }
            Tag::BlockQuote(_) => {
                self.close();
                self.quotes += 1;
            }
            Tag::CodeBlock(_) => self.aside = Some((Aside::Code, String::new())),
            Tag::MetadataBlock(_) => self.aside = Some((Aside::FrontMatter, String::new())),
            Tag::List(first) => {
                self.close();
                self.next_list += 1;
                let label = first.map_or(Label::Bullet, Label::Number);
                self.lists.push((self.next_list, label, false));
            }
            Tag::Item => {
                self.close();
                if let Some((_, _, begins)) = self.lists.last_mut() {
                    *begins = true;
                }
            }
            Tag::FootnoteDefinition(name) => {
                self.close();
                self.note = Some(Note {
                    name: name.to_string(),
                    paragraphs: Vec::new(),
                });
            }
            Tag::Table(_) => {
                self.close();
                let place = self.place(at);
                self.table = Some(Table {
                    place,
                    ..Table::default()
                });
            }
            Tag::TableHead | Tag::TableRow => {
                self.is_head = matches!(tag, Tag::TableHead);
                let is_head = self.is_head;
                if let Some(table) = &mut self.table {
                    table.rows.push(Row {
                        is_head,
                        cells: Vec::new(),
                    });
                }
            }
            Tag::TableCell => {
                if let Some(row) = self.table.as_mut().and_then(|table| table.rows.last_mut()) {
                    row.cells.push(Vec::new());
                }
            }
            Tag::Emphasis => self.push(|look| look.emphasis = true),
            Tag::Strong => self.push(|look| look.strong = true),
            Tag::Strikethrough => {
                self.tell(at, "what is struck through stands as plain text", "");
                self.push(|_| ());
            }
            Tag::Link { dest_url, .. } => {
                let to = dest_url.to_string();
                self.push(|look| match to.strip_prefix("lang:") {
                    Some(language) => look.language = Some(language.to_owned()),
                    None if to.starts_with('#') => {}
                    None => look.link = Some(Link::Outside(to)),
                });
            }
            Tag::Image { dest_url, .. } => self.image = Some((dest_url.to_string(), String::new())),
            _ => {}
        }
    }

    fn end(&mut self, end: TagEnd, at: usize) {
        match end {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell => {
                self.close()
            }
            TagEnd::BlockQuote(_) => {
                self.close();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::List(_) => {
                self.close();
                self.lists.pop();
            }
            TagEnd::CodeBlock | TagEnd::MetadataBlock(_) => match self.aside.take() {
                Some((Aside::Code, text)) => {
                    self.tell(at, "a block of code is a paragraph here", "");
                    self.close();
                    self.text(&text, at);
                    self.close();
                }
                Some((Aside::FrontMatter, text)) => front_matter(&mut self.document, &text),
                None => {}
            },
            TagEnd::FootnoteDefinition => {
                self.close();
                if let Some(note) = self.note.take() {
                    let notes = &mut self.document.notes;
                    match notes.iter_mut().find(|known| known.name == note.name) {
                        // Defined twice: no word of the second is lost.
                        Some(known) => known.paragraphs.extend(note.paragraphs),
                        None => notes.push(note),
                    }
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    self.document.blocks.push(Block::Table(table));
                }
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => self.pop(),
            TagEnd::Image => {
                if let Some((path, alt)) = self.image.take() {
                    self.picture(path, alt, at);
                }
            }
            _ => {}
        }
    }

    fn picture(&mut self, path: String, alt: String, at: usize) {
        let is_file = !path.contains("://")
            && !path.starts_with('/')
            && !path.split('/').any(|part| part == "..");
        if !is_file {
            self.tell(
                at,
                &format!("the picture {path} stands outside of the source's folder; put it there"),
                "",
            );
        }
        let picture = Picture {
            media: None,
            path: is_file.then_some(path),
            alt,
        };
        self.paragraph(at).pictures.push(picture);
    }

    fn finish(mut self) -> Document {
        self.close();
        let order = references(&self.document);
        let at = |note: &Note| {
            order
                .iter()
                .position(|name| *name == note.name)
                .unwrap_or(usize::MAX)
        };
        self.document.notes.sort_by_key(at);
        self.document
    }
}

/// The notes in the order of their first references.
fn references(document: &Document) -> Vec<String> {
    let mut names = Vec::new();
    let mut add = |paragraph: &Paragraph| {
        for span in &paragraph.spans {
            if let Some(Link::Note(name)) = &span.look.link {
                names.push(name.clone());
            }
        }
    };
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => add(paragraph),
            Block::Table(table) => table
                .rows
                .iter()
                .flat_map(|row| row.cells.iter().flatten())
                .for_each(&mut add),
        }
    }
    names
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
