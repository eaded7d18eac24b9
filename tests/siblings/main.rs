//! The editions are siblings: the ratios of the theme's sheet, read back out of the finished files, are the same in all.
#![allow(clippy::unwrap_used, reason = "tests")]

mod appearance;
mod docx;
mod pdf;
mod style_sheet;
#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use flashpoint::compose::Kind;
use flashpoint::theme::{Sheet, Theme};
use style_sheet::assert_sheet;
use support::{flashpoint, part, parts, root};

/// Each kind of text with a word that only texts of this kind hold, and how style sheets find it: its selector, and that of
/// what holds several of it.
const KINDS: &[(Kind, &str, &str, &str)] = &[
    (Kind::Series, "seriesword", ".series", ".series"),
    (Kind::Title, "titleword", "h1", "h1"),
    (Kind::Subtitle, "subword", ".subtitle", ".subtitle"),
    (Kind::Byline, "nameword", ".byline", ".byline"),
    (Kind::Credit, "editorword", ".credit", ".credit"),
    (Kind::Date, "dateword", ".date", ".date"),
    (Kind::Heading2, "introword", "h2", "h2"),
    (Kind::Heading3, "thirdword", "h3", "h3"),
    (Kind::Heading4, "fourthword", "h4", "h4"),
    (
        Kind::Affiliation,
        "placeword",
        ".affiliation",
        ".affiliation",
    ),
    (Kind::Paragraph, "textword", "p", "p"),
    (Kind::Quote, "quoteword", ".quote", "blockquote"),
    (Kind::QuoteSource, "sourceword", ".source", ".source"),
    (Kind::Pull, "pullword", ".pull", ".pull"),
    (Kind::ListText, "listword", "li, .item", "ul, ol"),
    (
        Kind::Caption,
        "captionword",
        "caption, .caption",
        "caption, .caption",
    ),
    (
        Kind::FigureCredit,
        "creditword",
        ".image-credit",
        ".image-credit",
    ),
    (Kind::HeadCell, "headword", "th", "th"),
    (Kind::Cell, "cellword", "td", "td"),
    (Kind::Note, "noteword", ".note", ".note"),
    (Kind::EndMatter, "endword", ".end-matter", ".end-matter"),
];

/// A piece in which each text is its kind's word, so often that most have several lines, and not so often that they fill many pages.
fn piece() -> String {
    let many = |word: &str| [word; 16].join(" ");
    let some = |word: &str| [word; 9].join(" ");
    format!(
        "series: {}\ntitle: {}\nsubtitle: {}\ndate: 2025-11-04\ndate_text: dateword\nlanguage: en\n\
         disclaimer: {}\nintroduction:\n  - heading: {}\n  - Words.\ncontributors:\n  - name: nameword\n    affiliation: {}\n    \
         statement:\n      - \"{}[^a]\"\n      - heading: {}\n      - subheading: {}\n      - quote: {{text: {}, by: sourceword}}\n      \
         - pull: {}\n      - list: [{}]\n      - figure: {{image: chart.png, alt: A chart., width: 100%, caption: {}, credit: {}}}\n      \
         - table: {{header: [[headword, headword]], rows: [[cellword, cellword]]}}\n  - name: editorword\n    role: edt\n    \
         statement: [Words.]\nnotes: {{a: {}}}\n",
        "seriesword",
        some("titleword"),
        some("subword"),
        many("endword"),
        some("introword"),
        many("placeword"),
        many("textword"),
        some("thirdword"),
        some("fourthword"),
        many("quoteword"),
        some("pullword"),
        many("listword"),
        many("captionword"),
        many("creditword"),
        many("noteword"),
    )
}

#[test]
fn all_editions_set_a_kind_of_text_alike() {
    for name in ["classic", "modern"] {
        let theme = Theme::named(name).unwrap();
        let sheet = Sheet::of(&theme);
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("source.yaml");
        fs::write(&source, piece()).unwrap();
        fs::copy(
            root().join("tests/goldens/epub/chart.png"),
            folder.path().join("chart.png"),
        )
        .unwrap();
        let output = flashpoint(
            folder.path(),
            &[
                "export",
                "source.yaml",
                "-f",
                "all,html",
                "--theme",
                name,
                "--dist",
                "dist",
            ],
        );
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let editions: BTreeMap<String, Vec<u8>> = fs::read_dir(folder.path().join("dist"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_file())
            .map(|path| (extension(&path), fs::read(&path).unwrap()))
            .collect();

        pdf::assert_pdf(&editions["pdf"], &sheet, &theme);
        docx::assert_docx(&editions["docx"], &sheet, &theme);
        let book = parts(&editions["epub"]);
        assert_sheet("EPUB", part(&book, "OEBPS/stylesheet.css"), &sheet, &theme);
        let html = std::str::from_utf8(&editions["html"]).unwrap();
        let style = html.split("<style>").nth(1).unwrap();
        let style = style.split("</style>").next().unwrap();
        assert_sheet("HTML", style, &sheet, &theme);
        assert_sheet(
            "site",
            &flashpoint::editions::html::sheet(&theme),
            &sheet,
            &theme,
        );
    }
}

fn extension(path: &Path) -> String {
    path.extension().unwrap().to_str().unwrap().to_owned()
}
