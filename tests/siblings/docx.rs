//! What the styles of a DOCX say.

use std::collections::BTreeMap;

use flashpoint::compose::Kind;
use flashpoint::theme::{Hyphens, Pt, Sheet, Slant, Theme, Weight};

use super::KINDS;
use super::appearance::{Appearance, Marks, Table, assert_appearance, assert_marks, assert_table};
use super::support::{part, parts};

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

pub(super) fn assert_docx(bytes: &[u8], sheet: &Sheet, theme: &Theme) {
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
