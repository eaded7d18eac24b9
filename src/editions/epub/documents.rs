//! The content documents: cover, title page, one for each section.

use super::cover::Cover;
use super::style::LATER;
use crate::compose::{Composition, ImageId, Matter, Section, SectionRole, Span, TextId};
use crate::editions::Options;
use crate::editions::markup::{Element, Markup};
use crate::editions::xhtml::{
    Body, Dialect, Division, DocumentContext, ImageSource, NavigationTarget, Places, dir,
    in_language, label,
};
use crate::piece::{Direction, LanguageTag};
use crate::typeset::PageList;

/// A content document.
pub(super) struct Document<'a> {
    /// Its file, beside the package document.
    pub(super) file: String,
    /// Its parts of the piece; the cover has none.
    pub(super) parts: Vec<Division>,
    /// The document.
    pub(super) bytes: Vec<u8>,
    /// The places that navigation leads to, in reading order.
    pub(super) marks: Vec<NavigationTarget<'a>>,
}

impl Document<'_> {
    /// Whether it is the title page, on which a summary may stand too.
    pub(super) fn is_title_page(&self) -> bool {
        self.parts.first() == Some(&Division::TitleBlock)
    }

    /// The address of a part of the piece that the document holds.
    pub(super) fn address(&self, composition: &Composition, part: Division) -> String {
        match section(composition, part) {
            Some(section) if self.parts.first() != Some(&part) => {
                format!("{}#{}", self.file, section.anchor)
            }
            _ => self.file.clone(),
        }
    }
}

/// A name in the contents, as XHTML phrasing content and as plain text.
#[derive(Debug, Clone)]
pub(super) struct Label {
    /// Well-formed markup.
    pub(super) markup: String,
    /// Characters, not escaped.
    pub(super) plain: String,
    /// The language of all of it, where that is not the piece's.
    pub(super) language: Option<LanguageTag>,
}

impl Label {
    /// A plain text.
    pub(super) fn plain(text: &str) -> Self {
        let mut markup = Markup::fragment();
        markup.text(text);
        Self {
            markup: string(markup.finish()),
            plain: text.to_owned(),
            language: None,
        }
    }

    /// An interface word.
    pub(super) fn word(composition: &Composition, word: &str) -> Self {
        let span = composition.word(word);
        Self {
            language: language(std::slice::from_ref(&span)),
            markup: string(label(&[span])),
            plain: word.to_owned(),
        }
    }

    /// A part of the piece.
    pub(super) fn of_division(composition: &Composition, part: Division) -> Self {
        match section(composition, part) {
            None => Self::word(composition, &composition.words.title_page),
            Some(section) => match &section.heading {
                Some(heading) => Self::of(composition, heading.text),
                None => Self::word(composition, composition.unheaded(section.role)),
            },
        }
    }

    /// A text of the composition; its mark is read where it has nothing else.
    pub(super) fn of(composition: &Composition, text: TextId) -> Self {
        let plain = composition[text].plain();
        let spans = composition[text].spans.as_slice();
        let plain = if plain.trim().is_empty() {
            spans.iter().map(|span| span.text.as_str()).collect()
        } else {
            plain
        };
        Self {
            markup: string(label(spans)),
            plain,
            language: language(spans),
        }
    }
}

/// The language that all spans are in, where that is not the piece's.
fn language(spans: &[Span]) -> Option<LanguageTag> {
    let (first, rest) = spans.split_first()?;
    let foreign = first.language.as_ref()?;
    let alike = |span: &Span| span.language.as_ref() == Some(foreign);
    rest.iter().all(alike).then(|| foreign.tag.clone())
}

fn string(markup: Vec<u8>) -> String {
    String::from_utf8(markup).expect("markup is made of strings")
}

/// Writes every content document in reading order.
pub(super) fn documents<'a>(
    composition: &'a Composition,
    options: &Options,
    pages: &'a PageList,
    cover: &Cover<'_>,
) -> Vec<Document<'a>> {
    let groups = groups(composition);
    let files = groups.iter().map(|parts| {
        let first = parts.first().copied().unwrap_or(Division::TitleBlock);
        (file_of(composition, first), parts.clone())
    });
    let places = Places::of(composition, files);
    let context = DocumentContext {
        composition,
        options,
        places: &places,
        pages,
        dialect: Dialect::Epub,
        image: |composition, id| ImageSource::alone(image_path(composition, id)),
    };
    let mut documents = Vec::with_capacity(groups.len() + 1);
    documents.push(cover_page(composition, cover));
    for (index, parts) in groups.into_iter().enumerate() {
        documents.push(content(context, index, parts));
    }
    documents
}

/// The characters of an answer that begins no page of its own: about half a page of a reading system has room for them.
const SHORT: usize = 1_200;
/// As many as a figure takes the room of.
const FIGURE: usize = 600;
/// The greatest length of short answers in one document.
const TOGETHER: usize = 24_000;

/// The parts that each document holds. Every document begins a page: short answers that follow each other share one.
fn groups(composition: &Composition) -> Vec<Vec<Division>> {
    let mut groups = vec![vec![Division::TitleBlock]];
    // The length of the short answers before, where what comes next may stand beside them.
    let mut before: Option<usize> = None;
    for (index, section) in composition.sections.iter().enumerate() {
        let part = Division::Section(index);
        if section.role == SectionRole::Summary {
            // Its box stands under the title block.
            groups[0].push(part);
            continue;
        }
        let length = length(composition, section);
        let short = matches!(section.role, SectionRole::Statement(_)) && length <= SHORT;
        let joined = before.filter(|_| short).map(|so_far| so_far + length);
        let joined = joined.filter(|length| *length <= TOGETHER);
        match (joined, groups.last_mut()) {
            (Some(_), Some(group)) => group.push(part),
            _ => groups.push(vec![part]),
        }
        before = short.then(|| joined.unwrap_or(length));
    }
    groups
}

/// How long a section is, in characters.
fn length(composition: &Composition, section: &Section) -> usize {
    let texts = section.walk().texts();
    let spans = texts.flat_map(|text| &composition[text].spans);
    let characters: usize = spans.map(|span| span.text.chars().count()).sum();
    characters + FIGURE * section.walk().figures().count()
}

fn content<'a>(
    context: DocumentContext<'a, '_>,
    index: usize,
    parts: Vec<Division>,
) -> Document<'a> {
    let composition = context.composition;
    let first = parts.first().copied().unwrap_or(Division::TitleBlock);
    let mut body = Body::new(context, index);
    parts.iter().for_each(|part| body.part(*part));
    body.notes();
    let (inside, marks) = body.finish();
    let title = match first {
        Division::TitleBlock => Label::plain(&composition.record.title),
        Division::Section(_) => Label::of_division(composition, first),
    };
    Document {
        file: context.places.name(index).to_owned(),
        bytes: document(composition, &title, body_type(composition, first), &inside),
        parts,
        marks,
    }
}

fn cover_page<'a>(composition: &'a Composition, cover: &Cover<'_>) -> Document<'a> {
    let mut markup = Markup::fragment();
    markup.open(
        Element::new("section")
            .with("epub:type", "cover")
            .with("class", "cover"),
    );
    markup.open(Element::new("div"));
    markup.empty(
        Element::new("img")
            .with("role", "doc-cover")
            .with("src", cover.path())
            .with("alt", &cover.alt),
    );
    markup.close();
    markup.close();
    markup.line();
    Document {
        file: "cover.xhtml".to_owned(),
        parts: Vec::new(),
        bytes: document(
            composition,
            &Label::word(composition, &composition.words.cover),
            "frontmatter",
            &markup.finish(),
        ),
        marks: Vec::new(),
    }
}

/// An XHTML content document (EPUB 3.3, 6.1) around what stands in its body.
pub(super) fn document(
    composition: &Composition,
    title: &Label,
    body_type: &str,
    inside: &[u8],
) -> Vec<u8> {
    let record = &composition.record;
    let language = record.language.as_str();
    let right_to_left = record.direction == Direction::RightToLeft;
    let mut markup = Markup::document();
    markup.reserve(inside.len() + 512);
    markup.html_doctype();
    markup.open(
        Element::new("html")
            .with("xmlns", "http://www.w3.org/1999/xhtml")
            .with("xmlns:epub", "http://www.idpf.org/2007/ops")
            .with("lang", language)
            .with("xml:lang", language)
            .with_some("dir", right_to_left.then(|| dir(record.direction))),
    );
    markup.line();
    markup.open(Element::new("head"));
    markup.line();
    markup.empty(Element::new("meta").with("charset", "utf-8"));
    markup.line();
    let name = Element::new("title");
    let name = match &title.language {
        Some(language) => in_language(name, language),
        None => name,
    };
    markup.leaf(name, &title.plain);
    markup.line();
    for sheet in ["stylesheet.css", LATER] {
        markup.empty(
            Element::new("link")
                .with("rel", "stylesheet")
                .with("type", "text/css")
                .with("href", sheet),
        );
        markup.line();
    }
    markup.close();
    markup.line();
    markup.open(Element::new("body").with("epub:type", body_type));
    markup.line();
    markup.raw(inside);
    markup.close();
    markup.line();
    markup.close();
    markup.line();
    markup.finish()
}

fn section(composition: &Composition, part: Division) -> Option<&Section> {
    match part {
        Division::TitleBlock => None,
        Division::Section(index) => composition.sections.get(index),
    }
}

fn file_of(composition: &Composition, part: Division) -> String {
    let Some(section) = section(composition, part) else {
        return "title.xhtml".to_owned();
    };
    let name = section.role.row().name;
    match section.role {
        SectionRole::Statement(index) => format!("{name}-{}.xhtml", index + 1),
        _ => format!("{name}.xhtml"),
    }
}

fn body_type(composition: &Composition, part: Division) -> &'static str {
    match section(composition, part).map(|section| section.role.row().matter) {
        None => "frontmatter",
        Some(Matter::Body) => "bodymatter",
        Some(Matter::End) => "backmatter",
    }
}

/// The path of a figure's image in the publication.
pub(super) fn image_path(composition: &Composition, id: ImageId) -> String {
    let extension = composition[id].format.extension();
    format!("images/image-{}.{extension}", id.0 + 1)
}
