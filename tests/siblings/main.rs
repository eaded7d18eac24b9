//! The editions are siblings: the ratios of the theme's sheet, read back out of the finished files, are the same in all.
#![allow(clippy::unwrap_used, reason = "tests")]

mod pdf;
#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use flashpoint::compose::{Bullet, Kind};
use flashpoint::theme::{Alignment, Hyphens, Ink, Pt, Row, Sheet, Slant, Theme, Weight};
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

/// How a text is set, as an edition says it: lengths as shares of the size of running text. What an edition does not say is not
/// held against it.
#[derive(Debug, Default)]
struct Appearance {
    size: Option<f32>,
    /// Of its own size.
    leading: Option<f32>,
    before: Option<f32>,
    after: Option<f32>,
    weight: Option<Weight>,
    slant: Option<Slant>,
    alignment: Option<&'static str>,
    colour: Option<String>,
}

/// Holds an appearance against the row of its kind.
fn assert_appearance(
    place: &str,
    kind: Kind,
    appearance: &Appearance,
    row: &Row,
    sheet: &Sheet,
    theme: &Theme,
) {
    let body = sheet.body();
    let near = |what: &str, found: Option<f32>, wanted: f32, least: f32| {
        if let Some(found) = found {
            let off = (found - wanted).abs();
            assert!(
                off <= least,
                "{place}, {kind:?}: {what} {found} is not {wanted}"
            );
        }
    };
    near("size", appearance.size, row.size / body, 0.001);
    near("leading", appearance.leading, row.leading / row.size, 0.002);
    near("space before", appearance.before, row.before / body, 0.004);
    near("space after", appearance.after, row.after / body, 0.004);
    let alignment = match row.alignment {
        Alignment::Justified => "justify",
        Alignment::Start | Alignment::Balanced => "start",
        Alignment::Centre => "center",
        Alignment::End => "end",
    };
    assert_eq!(
        appearance.weight.unwrap_or(row.weight),
        row.weight,
        "{place}, {kind:?}"
    );
    assert_eq!(
        appearance.slant.unwrap_or(row.slant),
        row.slant,
        "{place}, {kind:?}"
    );
    assert_eq!(
        appearance.alignment.unwrap_or(alignment),
        alignment,
        "{place}, {kind:?}"
    );
    if let Some(colour) = &appearance.colour {
        let wanted = row.ink.colour(&theme.colours).to_string();
        assert_eq!(*colour, wanted, "{place}, {kind:?}");
    }
}

/// The distances and rules of tables, as shares of the size of running text.
#[derive(Debug, Default)]
struct Table {
    cell: Option<f32>,
    gutter: Option<f32>,
    rule: Option<f32>,
    head_rule: Option<f32>,
}

/// Holds the tables of an edition against the sheet, as exactly as its unit allows.
fn assert_table(place: &str, table: &Table, sheet: &Sheet, least: f32) {
    let rows = [
        ("cell", table.cell, sheet.spaces.cell),
        ("gutter", table.gutter, sheet.spaces.gutter),
        ("rule", table.rule, sheet.table_rule),
        ("rule of the head", table.head_rule, sheet.head_rule),
    ];
    for (what, found, wanted) in rows {
        let wanted = wanted / sheet.body();
        let off = found.map_or(0.0, |found| (found - wanted).abs());
        assert!(off <= least, "{place}: {what} {found:?} is not {wanted}");
    }
}

/// What stands in an edition besides texts, lengths as shares of the size of running text.
#[derive(Debug)]
struct Marks {
    /// The rule under the title block.
    title_rule: f32,
    /// The bar beside a pull quote.
    pull_bar: f32,
    /// Above a break between two thoughts.
    thought_break: f32,
    /// What the break shows.
    break_shown: String,
    /// The signs of lists by depth.
    signs: Vec<String>,
}

/// Holds the marks of an edition against the sheet and the composition, as exactly as its unit allows.
fn assert_marks(place: &str, marks: &Marks, sheet: &Sheet, least: f32) {
    for (what, found, wanted) in [
        ("title rule", marks.title_rule, sheet.title_rule),
        ("pull bar", marks.pull_bar, sheet.pull_bar),
        ("break", marks.thought_break, sheet.spaces.thought_break),
    ] {
        let off = (found - wanted / sheet.body()).abs();
        assert!(off <= least, "{place}: {what} {found} is not {wanted:?}");
    }
    assert_eq!(marks.break_shown, "*\u{2003}*\u{2003}*", "{place}");
    let signs = Bullet::BY_DEPTH.map(|bullet| bullet.sign().to_string());
    assert_eq!(marks.signs, signs, "{place}");
}

/// The rules of a style sheet by selector, those inside of at-rules left out.
fn rules(sheet: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut rules: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let mut depth = 0;
    let mut from = 0;
    let mut selector = String::new();
    let mut skipping = false;
    for (at, c) in sheet.char_indices() {
        match c {
            '{' => {
                if depth == 0 {
                    let head = sheet[from..at].rsplit("*/").next().unwrap_or_default();
                    selector = head.trim().to_owned();
                    skipping = selector.starts_with('@');
                }
                depth += 1;
                from = at + 1;
            }
            '}' => {
                depth -= 1;
                if depth == 0 && !skipping {
                    let says = sheet[from..at]
                        .split(';')
                        .filter_map(|says| says.split_once(':'));
                    let own = rules.entry(selector.clone()).or_default();
                    own.extend(
                        says.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())),
                    );
                }
                from = at + 1;
            }
            _ => {}
        }
    }
    rules
}

/// What a style sheet says of a kind.
fn appearance_in_sheet(sheet: &str, text: &str, container: &str) -> Appearance {
    let rules = rules(sheet);
    let empty = BTreeMap::new();
    let own = rules
        .get(text)
        .unwrap_or_else(|| panic!("no rule for `{text}` in {sheet}"));
    let held = rules.get(container).unwrap_or(&empty);
    let body = &rules["body"];
    let inherited = |name: &str| own.get(name).or_else(|| body.get(name));
    let number = |value: &String| value.trim_end_matches("em").parse::<f32>().unwrap();
    let size = own.get("font-size").map_or(1.0, number);
    // The container of several has the reader's own size.
    let unit = if container == text { size } else { 1.0 };
    let space = |name: &str| held.get(name).map(|value| number(value) * unit);
    let variables = rules.get(":root").unwrap_or(&empty);
    let colour = own
        .get("color")
        .map(|colour| match colour.strip_prefix("var(") {
            Some(name) => variables[name.trim_end_matches(')')].clone(),
            None => colour.clone(),
        });
    Appearance {
        size: Some(size),
        leading: inherited("line-height").map(number),
        before: space("margin-top"),
        after: space("margin-bottom"),
        weight: inherited("font-weight").map(|weight| match weight.as_str() {
            "400" => Weight::Regular,
            "600" => Weight::Semibold,
            other => panic!("weight {other}"),
        }),
        slant: inherited("font-style").map(|slant| match slant.as_str() {
            "normal" => Slant::Upright,
            "italic" => Slant::Italic,
            other => panic!("slant {other}"),
        }),
        alignment: own
            .get("text-align")
            .map(|alignment| match alignment.as_str() {
                "justify" => "justify",
                "start" => "start",
                "end" => "end",
                other => panic!("alignment {other}"),
            }),
        colour: colour.map(|colour| colour.trim_start_matches('#').to_owned()),
    }
}

/// Holds a whole style sheet; how many of its kinds have a colour of their own.
fn assert_sheet(place: &str, text: &str, sheet: &Sheet, theme: &Theme) {
    for (kind, _, selector, container) in KINDS {
        let appearance = appearance_in_sheet(text, selector, container);
        assert!(
            appearance.leading.is_some()
                && appearance.before.is_some()
                && appearance.after.is_some(),
            "{place}: {kind:?}"
        );
        assert!(
            appearance.alignment.is_some() && appearance.weight.is_some(),
            "{place}: {kind:?}"
        );
        // Running text has the colour that its page has.
        assert_eq!(
            appearance.colour.is_none(),
            sheet[*kind].ink == Ink::Text,
            "{place}: {kind:?}"
        );
        assert_appearance(place, *kind, &appearance, &sheet[*kind], sheet, theme);
    }
    let rules = rules(text);
    let length = |selector: &str, property: &str, index: usize| {
        let value = &rules[selector][property];
        let value = value.split(' ').nth(index).unwrap();
        value.trim_end_matches("em").parse::<f32>().unwrap()
    };
    let cell = sheet[Kind::Cell].size / sheet.body();
    let table = Table {
        cell: Some(length("th, td", "padding", 0) * cell),
        gutter: Some(length("th, td", "padding-inline-end", 0) * cell),
        rule: Some(length("table", "border-bottom", 0)),
        head_rule: Some(length("thead", "border-bottom", 0)),
    };
    assert_table(place, &table, sheet, 0.002);
    let sign = |selector: &str| {
        let shown = &rules[selector]["list-style-type"];
        let shown = shown.trim_matches('"').strip_suffix("\\2002").unwrap();
        shown.to_owned()
    };
    let shown = rules["hr::before"]["content"].trim_matches('"');
    let marks = Marks {
        title_rule: length(".title-page .date", "border-bottom", 0),
        pull_bar: length(".pull-quote", "border-inline-start", 0),
        thought_break: length("hr", "margin", 0),
        break_shown: shown.replace("\\2003", "\u{2003}"),
        signs: vec![
            sign("ul"),
            sign("ul ul, ol ul"),
            sign("ul ul ul, ul ol ul, ol ul ul, ol ol ul"),
        ],
    };
    assert_marks(place, &marks, sheet, 0.002);
    // Whatever runs from right to left has its cells the other way round.
    for rule in rules.values() {
        for physical in [
            "padding-left",
            "padding-right",
            "margin-left",
            "margin-right",
        ] {
            assert!(!rule.contains_key(physical), "{place}: {physical}");
        }
    }
}

/// A style of a DOCX with those that it is based on.
struct Styles<'d>(
    BTreeMap<String, roxmltree::Node<'d, 'd>>,
    roxmltree::Node<'d, 'd>,
);

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

impl<'d> Styles<'d> {
    fn of(document: &'d roxmltree::Document<'d>) -> Self {
        let styles = document
            .descendants()
            .filter(|node| node.has_tag_name((WORD, "style")));
        let named = styles.map(|style| {
            (
                style.attribute((WORD, "styleId")).unwrap().to_owned(),
                style,
            )
        });
        let defaults = document
            .descendants()
            .find(|node| node.has_tag_name((WORD, "docDefaults")));
        Self(named.collect(), defaults.unwrap())
    }

    /// An attribute of a property, as the nearest style says it.
    fn says(&self, id: &str, property: &str, attribute: &str) -> Option<String> {
        let style = self.0[id];
        let found = |node: roxmltree::Node<'_, '_>| {
            let mut properties = node
                .descendants()
                .filter(|node| node.has_tag_name((WORD, property)));
            properties.find_map(|node| node.attribute((WORD, attribute)).map(str::to_owned))
        };
        if let Some(value) = found(style) {
            return Some(value);
        }
        let mut base = style
            .descendants()
            .filter(|node| node.has_tag_name((WORD, "basedOn")));
        match base.next().and_then(|base| base.attribute((WORD, "val"))) {
            Some(base) => self.says(base, property, attribute),
            None => found(self.1),
        }
    }

    fn has(&self, id: &str, property: &str) -> bool {
        self.0[id]
            .descendants()
            .any(|node| node.has_tag_name((WORD, property)))
    }

    fn appearance(&self, id: &str, body: f32) -> Appearance {
        let number =
            |value: Option<String>| value.map_or(0.0, |value| value.parse::<f32>().unwrap());
        let size = number(self.says(id, "sz", "val")) / 2.0;
        let twips = |attribute: &str| number(self.says(id, "spacing", attribute)) / 20.0;
        Appearance {
            size: Some(size / body),
            leading: Some(twips("line") / size),
            before: Some(twips("before") / body),
            after: Some(twips("after") / body),
            weight: Some(if self.has(id, "b") {
                Weight::Semibold
            } else {
                Weight::Regular
            }),
            slant: Some(if self.has(id, "i") {
                Slant::Italic
            } else {
                Slant::Upright
            }),
            alignment: Some(match self.says(id, "jc", "val").as_deref() {
                Some("both") => "justify",
                Some("right") => "end",
                Some("left") | None => "start",
                Some(other) => panic!("alignment {other}"),
            }),
            colour: self.says(id, "color", "val"),
        }
    }
}

/// The style of the first paragraph that holds a word.
fn style_of(document: &roxmltree::Document<'_>, word: &str) -> Option<String> {
    let mut paragraphs = document
        .descendants()
        .filter(|node| node.has_tag_name((WORD, "p")));
    let paragraph = paragraphs.find(|paragraph| {
        let texts = paragraph
            .descendants()
            .filter(|node| node.has_tag_name((WORD, "t")));
        let toc = paragraph.descendants().any(|node| {
            let style = node.attribute((WORD, "val")).unwrap_or_default();
            node.has_tag_name((WORD, "pStyle")) && style.starts_with("TOC")
        });
        let text: String = texts.filter_map(|text| text.text()).collect();
        !toc && text.contains(word)
    })?;
    let style = paragraph
        .descendants()
        .find(|node| node.has_tag_name((WORD, "pStyle")));
    style
        .and_then(|style| style.attribute((WORD, "val")))
        .map(str::to_owned)
}

fn assert_docx(bytes: &[u8], sheet: &Sheet, theme: &Theme) {
    let parts = parts(bytes);
    let parse = |name: &str| roxmltree::Document::parse(part(&parts, name)).unwrap();
    let (styles, body, notes) = (
        parse("word/styles.xml"),
        parse("word/document.xml"),
        parse("word/footnotes.xml"),
    );
    let styles = Styles::of(&styles);
    for (kind, word, ..) in KINDS {
        let style = style_of(&body, word).or_else(|| style_of(&notes, word));
        let style = style.unwrap_or_else(|| panic!("no paragraph with {word}"));
        let mut appearance = styles.appearance(&style, sheet.body().0);
        // Word counts sizes in halves and distances in twentieths of a point.
        let round = |found: Option<f32>, wanted: Pt, unit: f32, base: f32| {
            found.filter(|found| ((found * base) - wanted.0).abs() > unit)
        };
        let row = &sheet[*kind];
        if matches!(kind, Kind::Caption | Kind::FigureCredit) {
            // They stand for the space below their figure.
            appearance.after = None;
        }
        appearance.before = round(appearance.before, row.before, 0.03, sheet.body().0);
        appearance.after = round(appearance.after, row.after, 0.03, sheet.body().0);
        appearance.leading = round(appearance.leading, row.leading, 0.03, row.size.0);
        assert_appearance("DOCX", *kind, &appearance, row, sheet, theme);
    }
    let length = |name: &str, attribute: &str, unit: f32| {
        let value = styles.says("PieceTable", name, attribute).unwrap();
        value.parse::<f32>().unwrap() / unit / sheet.body().0
    };
    let table = Table {
        cell: Some(length("top", "w", 20.0)),
        gutter: Some(length("left", "w", 20.0) + length("right", "w", 20.0)),
        // In eighths of a point.
        rule: Some(length("top", "sz", 8.0)),
        head_rule: Some({
            let mut rules = body
                .descendants()
                .filter(|node| node.has_tag_name((WORD, "tcBorders")));
            let rule = rules.next().unwrap().first_element_child().unwrap();
            assert_eq!(rule.tag_name().name(), "bottom");
            let size: f32 = rule.attribute((WORD, "sz")).unwrap().parse().unwrap();
            size / 8.0 / sheet.body().0
        }),
    };
    assert_table("DOCX", &table, sheet, 0.01);

    let number = |style: &str, property: &str, attribute: &str, unit: f32| {
        let value = styles.says(style, property, attribute).unwrap();
        value.parse::<f32>().unwrap() / unit / sheet.body().0
    };
    let numbering = parse("word/numbering.xml");
    let shown = |id: &str, level: usize| {
        let mut all = numbering
            .descendants()
            .filter(|node| node.has_tag_name((WORD, "abstractNum")));
        let list = all
            .find(|node| node.attribute((WORD, "abstractNumId")) == Some(id))
            .unwrap();
        let texts = list
            .descendants()
            .filter(|node| node.has_tag_name((WORD, "lvlText")));
        let text = texts
            .map(|node| node.attribute((WORD, "val")).unwrap())
            .nth(level);
        text.unwrap().to_owned()
    };
    let marks = Marks {
        title_rule: number("Dateline", "bottom", "sz", 8.0),
        pull_bar: number("IntenseQuote", "left", "sz", 8.0),
        thought_break: number("Break", "spacing", "before", 20.0),
        break_shown: shown("10", 0),
        signs: (0..3).map(|level| shown("11", level)).collect(),
    };
    assert_marks("DOCX", &marks, sheet, 0.01);
    assert_words_are_cut_alike(&styles, sheet);
}

/// Words are cut in the paragraphs of those kinds whose rows say so.
fn assert_words_are_cut_alike(styles: &Styles<'_>, sheet: &Sheet) {
    for (kind, style) in [
        (Kind::Title, "Title"),
        (Kind::Heading2, "Heading2"),
        (Kind::Paragraph, "FirstParagraph"),
        (Kind::Paragraph, "BodyText"),
        (Kind::Quote, "QuoteContinued"),
        (Kind::ListText, "ListParagraph"),
        (Kind::Cell, "TableText"),
        (Kind::Cell, "TableNumber"),
        (Kind::Caption, "FigureCaption"),
        (Kind::Note, "FootnoteText"),
    ] {
        // Without a value it is so.
        let mut style_of = Some(style.to_owned());
        let whole = loop {
            let id = style_of.clone().unwrap();
            if styles.has(&id, "suppressAutoHyphens") {
                break styles.says(&id, "suppressAutoHyphens", "val").is_none();
            }
            style_of = styles.says(&id, "basedOn", "val");
        };
        assert_eq!(whole, sheet[kind].hyphens == Hyphens::Whole, "{style}");
    }
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
        assert_docx(&editions["docx"], &sheet, &theme);
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
