//! The package: every part under its name, its content type and its relationships (ISO/IEC 29500-2).

use std::collections::BTreeMap;

use docx_rs::XMLDocx;

use super::faces::Carried;
use super::finish::finish;
use super::ledger::{Ledger, Mismatch, Shown};
use super::rewrite::Context;
use super::xml::Xml;
use super::{faces, properties, settings, theme};
use crate::compose::{Composition, ImageId};
use crate::editions::Options;
use crate::editions::package::Entry;
use crate::load::rasterised;
use crate::piece::{Direction, Image, ImageFormat};
use crate::theme::Theme;

/// The relationships of header and footers. `docx-rs` gives the parts out sorted by these ids.
pub(super) const HEADER: &str = "rIdHeader";
/// See [`HEADER`].
pub(super) const FIRST_HEADER: &str = "rIdHeader2";
/// The footer of every page but the first.
pub(super) const FOOTER: &str = "rIdFooter1";
/// The footer of the first page.
pub(super) const FIRST_FOOTER: &str = "rIdFooter2";

/// The header of pages that are turned.
pub(super) const TURNED_HEADER: &str = "rIdHeader3";
/// Their footer.
pub(super) const TURNED_FOOTER: &str = "rIdFooter3";

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
const OTHER: &str = "application/vnd.openxmlformats-officedocument.";

/// The media type of a face in the file (ISO/IEC 29500-1, 15.2.13).
const OBFUSCATED: &str = "application/vnd.openxmlformats-officedocument.obfuscatedFont";

/// The relationships of one part, in the order in which they were asked for.
#[derive(Debug, Default)]
pub(super) struct Relationships {
    rows: Vec<Row>,
    links: BTreeMap<String, String>,
    images: BTreeMap<ImageId, Media>,
}

/// An image in the package.
#[derive(Debug)]
struct Media {
    shown: Shown,
    /// The image as it is in the package: of a drawing its pixels.
    image: Image,
}

#[derive(Debug)]
struct Row {
    id: String,
    kind: &'static str,
    target: String,
    external: bool,
}

impl Relationships {
    /// Those that the document has in any case.
    pub(super) fn of_document(composition: &Composition, theme: &Theme) -> Self {
        let mut relationships = Self::default();
        for (kind, target) in [
            ("styles", "styles.xml"),
            ("settings", "settings.xml"),
            ("fontTable", "fontTable.xml"),
            ("theme", "theme/theme1.xml"),
            ("numbering", "numbering.xml"),
        ] {
            relationships.add(kind, target, false);
        }
        if !composition.notes.is_empty() {
            relationships.add("footnotes", "footnotes.xml", false);
        }
        let first = (FIRST_HEADER, "header", "header2.xml");
        let first = Some(first).filter(|_| !theme.page.first_head.is_empty());
        let always = [
            (HEADER, "header", "header1.xml"),
            (FOOTER, "footer", "footer1.xml"),
            (FIRST_FOOTER, "footer", "footer2.xml"),
        ];
        for (id, kind, target) in always.into_iter().chain(first) {
            relationships.rows.push(Row {
                id: id.to_owned(),
                kind,
                target: target.to_owned(),
                external: false,
            });
        }
        relationships
    }

    /// Those of the header and the footer of turned pages.
    pub(super) fn add_turned(&mut self) {
        let turned = [
            (TURNED_HEADER, "header", "header3.xml"),
            (TURNED_FOOTER, "footer", "footer3.xml"),
        ];
        if self.rows.iter().any(|row| row.id == TURNED_HEADER) {
            return;
        }
        for (id, kind, target) in turned {
            self.rows.push(Row {
                id: id.to_owned(),
                kind,
                target: target.to_owned(),
                external: false,
            });
        }
    }

    /// Those of the font table.
    fn of_fonts(carried: &Carried<'_>) -> Self {
        let files = carried.embedded().flat_map(|family| &family.files);
        let rows = files.map(|file| Row {
            id: file.relationship.clone(),
            kind: "font",
            target: file.target.clone(),
            external: false,
        });
        Self {
            rows: rows.collect(),
            ..Self::default()
        }
    }

    fn add(&mut self, kind: &'static str, target: impl Into<String>, external: bool) -> String {
        let id = format!("rId{}", self.rows.len() + 1);
        self.rows.push(Row {
            id: id.clone(),
            kind,
            target: target.into(),
            external,
        });
        id
    }

    /// The relationship of a link to the outside.
    pub(super) fn link(&mut self, url: &str) -> String {
        if let Some(id) = self.links.get(url) {
            return id.clone();
        }
        let id = self.add("hyperlink", url, true);
        self.links.insert(url.to_owned(), id.clone());
        id
    }

    /// The relationships of an image.
    pub(super) fn image(&mut self, id: ImageId, image: &Image) -> Shown {
        if let Some(known) = self.images.get(&id) {
            return known.shown.clone();
        }
        let pixels = rasterised(image, image.width, image.height);
        let pixels = pixels.expect("a drawing that was read when it was loaded");
        let is_drawing = image.format == ImageFormat::Svg;
        let shown = Shown {
            pixels: self.add("image", media(id, pixels.format), false),
            drawing: is_drawing.then(|| self.add("image", media(id, image.format), false)),
        };
        let media = Media {
            shown: shown.clone(),
            image: pixels,
        };
        self.images.insert(id, media);
        shown
    }

    fn part(&self) -> Vec<u8> {
        let namespace = [PACKAGE, "relationships"].concat();
        let mut xml = Xml::new("Relationships", &[("xmlns", &namespace)]);
        for row in &self.rows {
            let kind = [OFFICE, row.kind].concat();
            let mut attributes = vec![
                ("Id", row.id.as_str()),
                ("Type", kind.as_str()),
                ("Target", row.target.as_str()),
            ];
            if row.external {
                attributes.push(("TargetMode", "External"));
            }
            xml.leaf("Relationship", &attributes);
        }
        xml.finish()
    }
}

/// The name of an image, as seen from the document.
fn media(image: ImageId, format: ImageFormat) -> String {
    format!("media/image{}.{}", image.0 + 1, format.extension())
}

/// What the parts are made of.
pub(super) struct Sources<'a> {
    pub(super) composition: &'a Composition,
    pub(super) options: &'a Options,
    pub(super) built: XMLDocx,
    /// The header and the footer of turned pages, where there are such.
    pub(super) turned: Option<(Vec<u8>, Vec<u8>)>,
    pub(super) ledger: Ledger<'a>,
    /// The faces, whose parts come from elsewhere.
    pub(super) carried: &'a Carried<'a>,
    pub(super) links: &'a Relationships,
    pub(super) note_links: &'a Relationships,
}

/// A part with a content type of its own.
struct Part {
    name: &'static str,
    kind: String,
    bytes: Vec<u8>,
}

/// Every entry of the package, in order: content types and relationships come first, as readers of a stream like it.
///
/// # Errors
/// When a part of `docx-rs` is not well-formed, or the parts do not hold what was given.
pub(super) fn parts<'a>(sources: Sources<'a>) -> Result<Vec<Entry<'a>>, Mismatch> {
    let Sources {
        composition,
        options,
        built,
        turned,
        mut ledger,
        carried,
        links,
        note_links,
    } = sources;
    let word = |kind: &str| [WORD, kind, "+xml"].concat();
    let mut finished = |name, kind: &str, bytes: &[u8]| -> Result<Part, Mismatch> {
        let place = Context {
            language: Some(&composition.record.language),
            right_to_left: composition.record.direction == Direction::RightToLeft,
            styles: false,
        };
        Ok(Part {
            name,
            kind: word(kind),
            bytes: finish(bytes, place, &mut ledger)?,
        })
    };
    let mut parts = vec![
        finished("word/document.xml", "document.main", &built.document)?,
        finished("word/styles.xml", "styles", &built.styles)?,
        finished("word/numbering.xml", "numbering", &built.numberings)?,
    ];
    if !composition.notes.is_empty() {
        parts.push(finished(
            "word/footnotes.xml",
            "footnotes",
            &built.footnotes,
        )?);
    }
    for (name, kind, bytes) in [
        ("word/header1.xml", "header", built.headers.first()),
        ("word/header2.xml", "header", built.headers.get(1)),
        ("word/footer1.xml", "footer", built.footers.first()),
        ("word/footer2.xml", "footer", built.footers.get(1)),
    ] {
        if let Some(bytes) = bytes {
            parts.push(finished(name, kind, bytes)?);
        }
    }
    if let Some((header, footer)) = &turned {
        parts.push(finished("word/header3.xml", "header", header)?);
        parts.push(finished("word/footer3.xml", "footer", footer)?);
    }
    ledger.close()?;
    let own = |name, kind: String, bytes| Part { name, kind, bytes };
    parts.extend([
        own(
            "word/settings.xml",
            word("settings"),
            settings::part(composition, carried),
        ),
        own(
            "word/fontTable.xml",
            word("fontTable"),
            faces::part(&options.theme, carried),
        ),
        own(
            "word/theme/theme1.xml",
            [OTHER, "theme+xml"].concat(),
            theme::part(&options.theme),
        ),
        own(
            "docProps/core.xml",
            "application/vnd.openxmlformats-package.core-properties+xml".to_owned(),
            properties::core(&composition.record),
        ),
        own(
            "docProps/app.xml",
            [OTHER, "extended-properties+xml"].concat(),
            properties::extended(composition),
        ),
        own(
            "docProps/custom.xml",
            [OTHER, "custom-properties+xml"].concat(),
            properties::custom(&composition.record),
        ),
    ]);
    Ok(entries(composition, parts, carried, links, note_links))
}

fn entries<'a>(
    composition: &'a Composition,
    parts: Vec<Part>,
    carried: &Carried<'_>,
    links: &Relationships,
    note_links: &Relationships,
) -> Vec<Entry<'a>> {
    let mut entries = vec![
        Entry::deflated("[Content_Types].xml", content_types(&parts, carried, links)),
        Entry::deflated("_rels/.rels", package_relationships()),
        Entry::deflated("word/_rels/document.xml.rels", links.part()),
    ];
    if !note_links.rows.is_empty() {
        entries.push(Entry::deflated(
            "word/_rels/footnotes.xml.rels",
            note_links.part(),
        ));
    }
    if !carried.is_empty() {
        let fonts = Relationships::of_fonts(carried);
        entries.push(Entry::deflated(
            "word/_rels/fontTable.xml.rels",
            fonts.part(),
        ));
    }
    for part in parts {
        entries.push(Entry::deflated(part.name, part.bytes));
    }
    for (id, Media { shown, image }) in &links.images {
        // PNG and JPEG are compressed already.
        let name = ["word/", &media(*id, image.format)].concat();
        entries.push(Entry::stored(name, image.bytes.to_vec()));
        if shown.drawing.is_some() {
            let drawing = &composition[*id];
            let name = ["word/", &media(*id, drawing.format)].concat();
            entries.push(Entry::deflated(name, &*drawing.bytes));
        }
    }
    entries
}

fn content_types(parts: &[Part], carried: &Carried<'_>, links: &Relationships) -> Vec<u8> {
    let namespace = [PACKAGE, "content-types"].concat();
    let mut xml = Xml::new("Types", &[("xmlns", &namespace)]);
    let relationships = "application/vnd.openxmlformats-package.relationships+xml";
    let mut defaults = BTreeMap::from([("rels", relationships), ("xml", "application/xml")]);
    let drawings = links.images.values();
    let drawings = drawings.filter(|media| media.shown.drawing.is_some());
    let formats = links.images.values().map(|media| media.image.format);
    for format in formats.chain(drawings.map(|_| ImageFormat::Svg)) {
        defaults.insert(format.extension(), format.media_type());
    }
    if !carried.is_empty() {
        defaults.insert("odttf", OBFUSCATED);
    }
    for (extension, kind) in defaults {
        xml.leaf(
            "Default",
            &[("Extension", extension), ("ContentType", kind)],
        );
    }
    for part in parts {
        let name = ["/", part.name].concat();
        xml.leaf(
            "Override",
            &[("PartName", &name), ("ContentType", &part.kind)],
        );
    }
    xml.finish()
}

fn package_relationships() -> Vec<u8> {
    let namespace = [PACKAGE, "relationships"].concat();
    let mut xml = Xml::new("Relationships", &[("xmlns", &namespace)]);
    let core = [PACKAGE, "relationships/metadata/core-properties"].concat();
    let office = |kind| [OFFICE, kind].concat();
    for (id, kind, target) in [
        ("rId1", office("officeDocument"), "word/document.xml"),
        ("rId2", core, "docProps/core.xml"),
        ("rId3", office("extended-properties"), "docProps/app.xml"),
        ("rId4", office("custom-properties"), "docProps/custom.xml"),
    ] {
        xml.leaf(
            "Relationship",
            &[("Id", id), ("Type", &kind), ("Target", target)],
        );
    }
    xml.finish()
}
