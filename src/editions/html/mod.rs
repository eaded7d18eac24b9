//! The HTML edition: one file that holds everything, for browsers and for archives.
//!
//! The body is that of every hypertext edition; the style sheet and the images stand inside the file. No script, and nothing
//! is fetched: the file says so itself, in a policy that browsers keep to.

mod data;
mod metadata;
mod page;

pub use page::{PageFaces, faces_of_texts, page_faces};

use super::faces::{self, Wanted};
use super::markup::{Element, Markup};
pub use super::xhtml::ImageSource;
use super::xhtml::{Body, Dialect, Division, DocumentContext, Places, dir};
use super::{EditionError, Options, css};
use crate::compose::{Composition, ImageId};
use crate::fonts::Use;
use crate::fonts::web::WebFaceError;
use crate::theme::Theme;
use crate::typeset::PageList;

/// The text of a piece as HTML, in two parts between which a page may put its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextHalves {
    /// The title block, with the heading of level 1.
    pub title_block: String,
    /// Introduction, statements, end matter and footnotes.
    pub sections: String,
}

/// Only what stands in the file itself: its styles, and its images and faces as `data:` addresses (Content Security Policy 3).
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";

/// Writes the text of a piece, with images at the addresses that `image` gives.
#[must_use]
pub fn text(
    composition: &Composition,
    options: &Options,
    image: fn(&Composition, ImageId) -> ImageSource,
) -> TextHalves {
    let parts: Vec<Division> = std::iter::once(Division::TitleBlock)
        .chain((0..composition.sections.len()).map(Division::Section))
        .collect();
    let places = Places::of(composition, [(String::new(), parts.clone())]);
    let pages = PageList::default();
    let context = DocumentContext {
        composition,
        options,
        places: &places,
        pages: &pages,
        dialect: Dialect::Html,
        image,
    };
    let (title, sections) = parts.split_at(1);
    let write = |parts: &[Division], notes: bool| {
        let mut body = Body::new(context, 0);
        parts.iter().for_each(|part| body.part(*part));
        if notes {
            body.notes();
        }
        string(body.finish().0)
    };
    TextHalves {
        title_block: write(title, false),
        sections: write(sections, true),
    }
}

/// The style sheet of the text of pieces in browsers, whatever their scripts. It names the families that may stand in for the
/// theme's own, and brings none: that do the pages, by [`PageFaces`].
#[must_use]
pub fn sheet(theme: &Theme) -> String {
    css::screen(theme, &css::Texts::of_site(theme))
}

/// Writes the HTML edition.
///
/// # Errors
/// [`EditionError::Writer`] when a face is damaged.
pub fn write(
    composition: &Composition,
    _: Option<&PageList>,
    options: &Options,
) -> Result<Vec<u8>, EditionError> {
    let record = &composition.record;
    let text = text(composition, options, data_address);
    let mut html = Markup::fragment();
    html.html_doctype();
    let root = Element::new("html").with("lang", record.language.as_str());
    open(&mut html, root.with("dir", dir(record.direction)));
    open(&mut html, Element::new("head"));
    let (wanted, texts) = faces::wanted(composition, &options.theme);
    let mut style = face_rules(&wanted).map_err(refused)?;
    style += &css::screen(&options.theme, &texts);
    head(&mut html, composition, &style);
    close(&mut html);
    open(&mut html, Element::new("body"));
    open(&mut html, Element::new("main"));
    open(&mut html, Element::new("article"));
    html.raw(text.title_block.as_bytes());
    html.raw(text.sections.as_bytes());
    for _ in ["article", "main", "body", "html"] {
        close(&mut html);
    }
    Ok(html.finish())
}

fn head(html: &mut Markup, composition: &Composition, style: &str) {
    let record = &composition.record;
    html.empty(Element::new("meta").with("charset", "utf-8"));
    html.line();
    let mut meta = |name: &str, content: &str| {
        html.empty(
            Element::new("meta")
                .with("name", name)
                .with("content", content),
        );
        html.line();
    };
    meta("viewport", "width=device-width, initial-scale=1");
    meta("color-scheme", "light dark");
    metadata::describe(html, record);
    html.empty(
        Element::new("meta")
            .with("http-equiv", "Content-Security-Policy")
            .with("content", POLICY),
    );
    html.line();
    html.leaf(Element::new("title"), &record.full_title);
    html.line();
    html.open(Element::new("style"));
    // The style sheet is our own and has no `<` in it; HTML reads no entities there.
    html.raw(style.as_bytes());
    html.close();
    html.line();
}

/// The rules of the faces that the piece uses, each with the face in it.
fn face_rules(wanted: &Wanted<'_>) -> Result<String, WebFaceError> {
    let mut rules = String::new();
    for face in wanted.cut(Use::Web)? {
        rules += &face.rule(&data::address("font/woff2", &face.packed()?));
    }
    Ok(rules)
}

fn refused(error: WebFaceError) -> EditionError {
    EditionError::Writer {
        format: "html",
        reason: error.to_string(),
    }
}

/// An image as an address that holds it.
fn data_address(composition: &Composition, id: ImageId) -> ImageSource {
    let image = &composition[id];
    ImageSource::alone(data::address(image.format.media_type(), &image.bytes))
}

fn open(html: &mut Markup, element: Element) {
    html.open(element);
    html.line();
}

fn close(html: &mut Markup) {
    html.close();
    html.line();
}

fn string(markup: Vec<u8>) -> String {
    String::from_utf8(markup).expect("markup is made of strings")
}

#[cfg(test)]
mod tests;
