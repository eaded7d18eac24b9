//! Blocks of a document as blocks of a piece: lists nested, headings on their levels, tables and figures with their captions.

use super::document::{self, Comment, Paragraph, Picture, Remark, Role, Table, Weight, plain};
use super::draft::{Block, Figure, Item};
use super::languages;
use super::links;
use super::marks::marked;
use super::shapes;
use super::typed::{label, typed_run};
use crate::piece::LanguageTag;
use crate::read::Span;

/// Turns blocks into those of a piece.
pub(crate) struct Bodies<'a> {
    /// The folder of pictures as the source names it.
    pub(crate) media: &'a dyn Fn(usize, usize) -> Option<String>,
    pub(crate) remarks: &'a mut Vec<Remark>,
    /// Whether lines that only look like headings are taken for them.
    pub(crate) guesses: bool,
    /// Which document's pictures.
    pub(crate) document: usize,
    /// Says the name of a note in this piece by the name in its document.
    /// None where there is no such note, or it says nothing.
    pub(crate) note: &'a dyn Fn(&str) -> Option<String>,
    /// The language of the piece.
    pub(crate) language: Option<&'a LanguageTag>,
}

impl Bodies<'_> {
    /// The blocks of a statement or an introduction. Headings of the level `top` are `heading`, deeper ones `subheading`.
    pub(crate) fn items(&mut self, blocks: &[document::Block], top: u8) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        let mut at = 0;
        while at < blocks.len() {
            let taken = self.next(&blocks[at..], top, &mut items);
            at += taken.max(1);
        }
        items
    }

    /// Adds what the first blocks are; gives how many those were.
    fn next(&mut self, blocks: &[document::Block], top: u8, items: &mut Vec<Item>) -> usize {
        let paragraph = match &blocks[0] {
            document::Block::Table(table) => {
                self.table(table, None, items);
                return 1;
            }
            document::Block::Paragraph(paragraph) => paragraph,
        };
        let is_caption = matches!(paragraph.role, Role::TableCaption | Role::Caption);
        if let (true, Some(document::Block::Table(table))) = (is_caption, blocks.get(1)) {
            self.table(table, Some(paragraph), items);
            return 2;
        }
        if paragraph.item.is_some() {
            let run = blocks.iter().take_while(|block| in_list(block)).count();
            self.lists(&blocks[..run], items);
            return run;
        }
        let typed = match self.guesses {
            true => typed_run(blocks),
            false => 0,
        };
        if typed > 0 {
            self.typed_list(&blocks[..typed], items);
            return typed;
        }
        if !paragraph.pictures.is_empty() {
            return self.figures(paragraph, blocks, items);
        }
        let below = blocks.get(1);
        match paragraph.role {
            Role::Quote | Role::QuoteNext => return self.quote(blocks, items),
            Role::Break => items.push(Block::Break.into()),
            Role::Heading(level) => {
                let text = self.heading(paragraph);
                let block = match level.saturating_sub(top) {
                    0 => Block::Heading(text),
                    deeper => {
                        if deeper > 1 {
                            let message = format!(
                                "a heading of level {level}, deeper than the format has, is a subheading"
                            );
                            self.tell_lost(paragraph, message, "");
                        }
                        Block::Subheading(text)
                    }
                };
                if said(&block) {
                    items.push(block.into());
                }
            }
            Role::Pull => {
                let text = self.text(paragraph);
                items.push(Block::Pull(text).into());
            }
            _ if self.guesses && self.looks_like_heading(paragraph, below) => {
                let message = format!("“{}” is taken for a heading", short(&paragraph.plain()));
                self.remarks.push(Remark::guess(&paragraph.place, message));
                let text = self.heading(paragraph);
                items.push(Item {
                    block: Block::Heading(text),
                    check: Some("a line of its own, taken for a heading".to_owned()),
                });
            }
            _ => {
                let text = self.text(paragraph);
                if !text.is_empty() {
                    items.push(Block::Paragraph(text).into());
                }
            }
        }
        queries(&paragraph.comments, items);
        1
    }

    fn looks_like_heading(&self, paragraph: &Paragraph, below: Option<&document::Block>) -> bool {
        let text = paragraph.plain();
        let begins = text.trim().chars().find(|c| c.is_alphanumeric());
        let begins = begins.is_some_and(|c| !c.is_lowercase());
        let over_text = match below {
            Some(document::Block::Paragraph(below)) => {
                below.role == Role::Text
                    && below.weight == Weight::Plain
                    && (shapes::is_prose(&below.plain())
                        || below.item.is_some()
                        || below.plain().split_whitespace().count() > 14)
            }
            Some(document::Block::Table(_)) => paragraph.weight == Weight::Heavy,
            None => false,
        };
        let ends = text.trim().ends_with([':', '”', '"', ')']);
        let words = text.split_whitespace().count();
        paragraph.role == Role::Text
            && shapes::is_line(&text)
            && begins
            && over_text
            && words <= 12
            && (paragraph.weight == Weight::Heavy || !ends)
    }

    /// A text with its marks.
    pub(crate) fn text(&mut self, paragraph: &Paragraph) -> String {
        self.spans(&paragraph.spans, &paragraph.place)
    }

    /// The text of a heading, whose boldness is its style's.
    pub(crate) fn heading(&mut self, paragraph: &Paragraph) -> String {
        let mut spans = paragraph.spans.clone();
        let all = |look: fn(&Span) -> bool| {
            let mut said = spans.iter().filter(|span| !span.text.trim().is_empty());
            said.all(look)
        };
        let (strong, emphasis) = (
            all(|span| span.look.strong || document::is_note(span)),
            all(|span| span.look.emphasis || document::is_note(span)),
        );
        for span in &mut spans {
            span.look.strong &= !strong;
            span.look.emphasis &= !emphasis;
        }
        self.spans(&spans, &paragraph.place)
    }

    pub(crate) fn spans(&mut self, spans: &[Span], place: &str) -> String {
        let mut spans = spans.to_vec();
        let before = spans.len();
        spans.retain_mut(|span| {
            let Some(crate::read::Link::Note(name)) = &mut span.look.link else {
                return true;
            };
            (self.note)(name).map(|own| *name = own).is_some()
        });
        if spans.len() < before {
            let message = "a mark of a note that is missing, or says nothing, is left out";
            self.remarks.push(Remark::lost(place, message, ""));
        }
        for address in links::unlinked(&mut spans) {
            let message =
                format!("`{address}` is not an address that can be linked to; its words are text");
            self.remarks.push(Remark::lost(place, message, ""));
        }
        languages::settle(&mut spans, self.language);
        let written = marked(&spans);
        if written.lost > 0 {
            let message = "emphasis, a link or a raised letter inside a word cannot be written here, and is left out";
            self.remarks.push(Remark::lost(place, message, ""));
        }
        written.text
    }

    pub(super) fn tell_lost(
        &mut self,
        paragraph: &Paragraph,
        message: impl Into<String>,
        words: impl Into<String>,
    ) {
        self.remarks
            .push(Remark::lost(&paragraph.place, message, words));
    }

    fn quote(&mut self, blocks: &[document::Block], items: &mut Vec<Item>) -> usize {
        let mut paragraphs = Vec::new();
        let mut comments = Vec::new();
        let mut taken = 0;
        let mut by = None;
        for block in blocks {
            let document::Block::Paragraph(paragraph) = block else {
                break;
            };
            let goes_on = match paragraph.role {
                // Our editions say where a quotation goes on; others set each paragraph of it alike.
                Role::Quote => taken == 0 || !self.guesses_are_off(),
                Role::QuoteNext => true,
                Role::QuoteSource => {
                    by = Some(self.text(&without_lead(paragraph)));
                    comments.extend(&paragraph.comments);
                    taken += 1;
                    break;
                }
                _ => false,
            };
            if !goes_on || !paragraph.pictures.is_empty() {
                break;
            }
            let text = self.text(paragraph);
            if !text.is_empty() {
                paragraphs.push(text);
            }
            comments.extend(&paragraph.comments);
            taken += 1;
        }
        if !paragraphs.is_empty() {
            items.push(Block::Quote { paragraphs, by }.into());
        }
        let comments: Vec<Comment> = comments.into_iter().cloned().collect();
        queries(&comments, items);
        taken
    }

    fn guesses_are_off(&self) -> bool {
        !self.guesses
    }

    /// The pictures of a paragraph, its words, and the captions below.
    fn figures(
        &mut self,
        paragraph: &Paragraph,
        blocks: &[document::Block],
        items: &mut Vec<Item>,
    ) -> usize {
        let mut taken = 1;
        let own = self.text(paragraph);
        let mut below = |role: Role| -> Option<String> {
            let document::Block::Paragraph(next) = blocks.get(taken)? else {
                return None;
            };
            if next.role != role || !next.pictures.is_empty() {
                return None;
            }
            taken += 1;
            Some(self.text(next))
        };
        let caption = below(Role::Caption);
        let credit = below(Role::Credit);
        let last = paragraph.pictures.len() - 1;
        for (index, picture) in paragraph.pictures.iter().enumerate() {
            let (caption, credit) = match index == last {
                true => (caption.clone(), credit.clone()),
                false => (None, None),
            };
            self.figure(picture, caption, credit, &paragraph.place, items);
        }
        if !own.is_empty() {
            items.push(Block::Paragraph(own).into());
        }
        queries(&paragraph.comments, items);
        taken
    }

    pub(super) fn figure(
        &mut self,
        picture: &Picture,
        caption: Option<String>,
        credit: Option<String>,
        place: &str,
        items: &mut Vec<Item>,
    ) {
        let own = picture.path.clone();
        let image = own.or_else(|| (self.media)(self.document, picture.media?));
        match image {
            // A picture that editions cannot show is kept for the editor, and its place too.
            Some(image) if !is_shown(&image) => {
                let alt = if picture.alt.is_empty() {
                    String::new()
                } else {
                    format!(" It shows: {}", picture.alt)
                };
                let question = format!(
                    "A picture in a format that editions cannot show stood here; save {image} as PNG.{alt}"
                );
                items.push(Block::Query(question).into());
                items.extend(
                    caption
                        .into_iter()
                        .chain(credit)
                        .map(|text| Item::from(Block::Paragraph(text))),
                );
            }
            Some(image) => {
                let check = picture
                    .alt
                    .is_empty()
                    .then(|| "say in `alt` what the picture shows".to_owned());
                if check.is_some() {
                    self.remarks.push(Remark::guess(
                        place,
                        format!("the picture {image} has no alternative text"),
                    ));
                }
                items.push(Item {
                    block: Block::Figure(Figure {
                        image,
                        alt: crate::piece::one_line(&picture.alt).into_owned(),
                        caption,
                        credit: credit.map(|text| crate::piece::Marked::new(text).plain()),
                    }),
                    check,
                });
            }
            None => {
                let mut words =
                    vec!["A picture that could not be taken over stood here.".to_owned()];
                words.extend((!picture.alt.is_empty()).then(|| picture.alt.clone()));
                items.push(Block::Query(words.join(" ")).into());
                for text in caption.into_iter().chain(credit) {
                    items.push(Block::Paragraph(text).into());
                }
            }
        }
    }

    fn table(&mut self, table: &Table, caption: Option<&Paragraph>, items: &mut Vec<Item>) {
        let caption_text = caption.map(|caption| self.text(caption));
        let mut pictures = Vec::new();
        let mut comments = Vec::new();
        let mut rows: Vec<(bool, Vec<String>)> = Vec::new();
        for row in &table.rows {
            let mut cells = Vec::new();
            for cell in &row.cells {
                let several = cell.iter().filter(|p| !p.plain().trim().is_empty()).count() > 1;
                if several {
                    self.remarks.push(Remark::lost(
                        &table.place,
                        "a cell has several paragraphs; they are one here",
                        "",
                    ));
                }
                let mut spans: Vec<Span> = Vec::new();
                for paragraph in cell {
                    if !spans.is_empty() {
                        spans.push(Span {
                            text: " ".to_owned(),
                            look: crate::read::Look::default(),
                        });
                    }
                    spans.extend(label(paragraph));
                    spans.extend(paragraph.spans.iter().cloned());
                    pictures.extend(
                        paragraph
                            .pictures
                            .iter()
                            .map(|picture| (picture, &paragraph.place)),
                    );
                    comments.extend(paragraph.comments.iter().cloned());
                }
                // What is bold in a head is its style.
                if row.is_head {
                    spans.iter_mut().for_each(|span| span.look.strong = false);
                }
                cells.push(self.spans(&spans, &table.place));
            }
            rows.push((row.is_head, cells));
        }
        rows.retain(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
        let width = rows.first().map_or(0, |(_, cells)| cells.len());
        if rows.len() < 2 || width < 2 {
            // A frame around text is no table.
            if !rows.is_empty() {
                self.remarks.push(Remark::lost(
                    &table.place,
                    "a table of one row or one column is paragraphs here",
                    "",
                ));
            }
            let cells = rows.into_iter().flat_map(|(_, cells)| cells);
            let texts = caption_text
                .into_iter()
                .chain(cells)
                .filter(|text| !text.is_empty());
            items.extend(texts.map(|text| Item::from(Block::Paragraph(text))));
        } else {
            let mut heads = rows.iter().take_while(|(head, _)| *head).count();
            let mut check = None;
            if heads == 0 || heads == rows.len() {
                heads = 1;
                let message = "the table names no head; its first row is taken for it";
                self.remarks.push(Remark::guess(&table.place, message));
                check = Some("the first row is taken for the head of the table".to_owned());
            }
            let mut rows: Vec<Vec<String>> = rows.into_iter().map(|(_, cells)| cells).collect();
            let body = rows.split_off(heads);
            items.push(Item {
                block: Block::Table {
                    header: rows,
                    rows: body,
                    row_heads: table.row_heads,
                    caption: caption_text.filter(|text| !text.is_empty()),
                },
                check,
            });
        }
        for (picture, place) in pictures {
            self.remarks.push(Remark::lost(
                place,
                "a picture in a cell stands under the table here",
                "",
            ));
            self.figure(picture, None, None, place, items);
        }
        queries(&comments, items);
        if let Some(caption) = caption {
            queries(&caption.comments, items);
        }
    }
}

/// Whether editions show files of this name.
fn is_shown(path: &str) -> bool {
    let lower = path.to_lowercase();
    [".png", ".jpg", ".jpeg", ".webp", ".svg"]
        .iter()
        .any(|end| lower.ends_with(end))
}

/// Whether a block stands in a list.
fn in_list(block: &document::Block) -> bool {
    matches!(block, document::Block::Paragraph(p) if p.item.is_some())
}

fn said(block: &Block) -> bool {
    !matches!(block, Block::Heading(text) | Block::Subheading(text) if text.is_empty())
}

/// What readers remarked, as questions of editors.
pub(crate) fn queries(comments: &[Comment], items: &mut Vec<Item>) {
    items.extend(
        comments
            .iter()
            .map(|comment| Item::from(Block::Query(query(comment)))),
    );
}

/// A remark with who made it, when, and of which words.
pub(crate) fn query(comment: &Comment) -> String {
    let who = match (comment.author.as_str(), comment.date.as_str()) {
        ("", "") => String::new(),
        ("", date) => format!("{date}: "),
        (author, "") => format!("{author}: "),
        (author, date) => format!("{author}, {date}: "),
    };
    let text = crate::piece::one_line(&comment.text).trim().to_owned();
    let about = match comment.about.split_whitespace().count() {
        1..=8 => format!(" (on “{}”)", crate::compose::canonical_line(&comment.about)),
        _ => String::new(),
    };
    format!("{who}{text}{about}")
}

/// The first words of a text, for people.
pub(crate) fn short(text: &str) -> String {
    const MOST: usize = 60;
    let text = text.trim();
    match text.char_indices().nth(MOST) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
    }
}

/// The words of paragraphs.
pub(crate) fn words(paragraphs: &[Paragraph]) -> String {
    let texts: Vec<String> = paragraphs
        .iter()
        .map(|paragraph| plain(&paragraph.spans))
        .collect();
    texts.join(" ")
}
/// The source of a quotation without the dash that editions set before it.
fn without_lead(paragraph: &Paragraph) -> Paragraph {
    let mut paragraph = paragraph.clone();
    for span in &mut paragraph.spans {
        let bare = span.text.trim_start_matches(['—', '–', ' ', '\u{a0}']);
        span.text = bare.to_owned();
        if !span.text.is_empty() {
            break;
        }
    }
    paragraph
}
