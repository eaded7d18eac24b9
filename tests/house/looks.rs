//! What a theme says of pages, paragraphs and single kinds of text.

use flashpoint::compose::{HeadField, Kind};
use flashpoint::theme::{
    Alignment, Case, Colour, Figures, Hyphens, Ink, PageSize, Pt, Sheet, Theme,
};

use crate::{broken_rules, house, parts};

/// The theme of a text, as it is read from a file.
fn read(text: &str) -> Result<Theme, Vec<String>> {
    let place = house(text);
    let path = place.at("house.yaml");
    match Theme::load(path.to_str().unwrap()) {
        Ok(loaded) => Ok(loaded.theme),
        Err(error) => {
            let told = error.diagnostics.iter().map(|told| {
                format!(
                    "{} ({})",
                    told.message,
                    told.hint.as_deref().unwrap_or_default()
                )
            });
            Err(told.collect())
        }
    }
}

#[test]
fn a_theme_begins_where_another_ends() {
    let theme = read("extends: modern\nmeasures: {title: 40pt}\n").unwrap();
    let modern = Theme::named("modern").unwrap();
    assert_eq!(theme.colours, modern.colours);
    assert_eq!(theme.measures.title, Pt(40.0));
    assert_eq!(
        read("name: house\n").unwrap().colours,
        Theme::classic().colours
    );
}

#[test]
fn paper_margins_and_measure_are_lengths_of_any_unit_or_characters() {
    let theme =
        read("page: {size: 170mm x 240mm, margin-top: 30mm, margin-start: 1in, margin-end: 2cm}\n");
    let theme = theme.unwrap();
    let (width, height) = theme.page.size.dimensions();
    assert!((width.0 - 481.89).abs() < 0.01 && (height.0 - 680.315).abs() < 0.01);
    assert!((theme.measures.measure.0 - (481.89 - 72.0 - 56.693)).abs() < 0.01);
    assert_eq!(
        read("page: {size: letter}\n").unwrap().page.size,
        PageSize::Letter
    );
    let characters = |count: &str| {
        read(&format!("measures: {{measure: {count} characters}}\n"))
            .unwrap()
            .measures
            .measure
    };
    assert!(characters("70") > characters("60"));
    for (text, says) in [
        ("page: {size: A44}\n", "did you mean `A4`?"),
        ("page: {size: 10mm x 240mm}\n", "out of range"),
        ("page: {margin-top: 3m}\n", "is not a length"),
        (
            "page: {margin-start: 60pt, margin-end: 60pt}\nmeasures: {measure: 300pt}\n",
            "contradict each other",
        ),
        (
            "page: {size: A5, margin-top: 250pt, margin-bottom: 250pt}\n",
            "fewer than 8 lines",
        ),
        (
            "page: {size: A5}\nmeasures: {measure: 420pt}\n",
            "do not fit on this paper",
        ),
        ("measures: {measure: 66}\n", "`66 characters`"),
        (
            "page: {head: {start: \"{seris}\"}}\n",
            "did you mean {series}?",
        ),
        ("page: {head: {left: x}}\n", "there is no key `left` here"),
        ("texts: {titel: {size: 20pt}}\n", "did you mean `title`?"),
        ("texts: {title: {wieght: bold}}\n", "did you mean `weight`?"),
        ("texts: {title: {weight: heavy}}\n", "it is regular or bold"),
        ("texts: {title: {size: 20pt, leading: 15pt}}\n", "too tight"),
        (
            "texts: {quote: {colour: \"#AAAAAA\"}}\n",
            "contrast of `texts.quote.colour`",
        ),
        ("texts: {quote: {colour: accnt}}\n", "is not a colour"),
        ("texts: {paragraph: {size: 12pt}}\n", "`measures.text`"),
        ("texts: {caption: {inset-start: 12pt}}\n", "says nothing"),
        ("texts: {title: {tracking: 2pt}}\n", "0.05em"),
        (
            "colours: {dark: {text: \"#222222\"}}\n",
            "`colours.dark.text` with `colours.dark.paper`",
        ),
        ("paragraphs: {hyphenation: perhaps}\n", "it is on or off"),
        ("css: extra.css\n", "there is no key `css` here"),
    ] {
        let told = read(text).unwrap_err();
        assert!(
            told.iter().any(|told| told.contains(says)),
            "{text}: {told:?}"
        );
    }
}

#[test]
fn every_key_of_a_kind_of_text_changes_its_row() {
    let theme = read(
        "texts:\n  title: {face: text, weight: regular, slant: italic, case: all-small-capitals, tracking: 0.02em, \
         figures: old-style, size: 33pt, leading: 40pt, before: 3mm, after: 4pt, alignment: centre, colour: links, \
         inset-start: 5pt, inset-end: 6pt, hyphenation: on}\n  quote: {between: 7pt, indent: 8pt, colour: \"#003366\"}\n",
    );
    let sheet = Sheet::of(&theme.unwrap());
    let row = sheet[Kind::Title];
    assert_eq!(
        (row.size, row.leading, row.after),
        (Pt(33.0), Pt(40.0), Pt(4.0))
    );
    assert_eq!((row.inset_start, row.inset_end), (Pt(5.0), Pt(6.0)));
    assert_eq!(
        (row.case, row.alignment),
        (Case::AllSmallCapitals, Alignment::Centre)
    );
    assert_eq!(
        (row.ink, row.hyphens, row.figures),
        (Ink::Links, Hyphens::Cut, Figures::OldStyle)
    );
    let quote = sheet[Kind::Quote];
    let blue = Colour {
        red: 0,
        green: 0x33,
        blue: 0x66,
    };
    assert_eq!(
        (quote.between, quote.indent, quote.ink),
        (Pt(7.0), Pt(8.0), Ink::Own(blue))
    );
}

#[test]
fn a_size_alone_keeps_lines_apart() {
    let theme = read("texts: {title: {size: 48pt}, caption: {size: 11pt}}\n").unwrap();
    let sheet = Sheet::of(&theme);
    for kind in [Kind::Title, Kind::Caption] {
        assert!(sheet[kind].leading / sheet[kind].size >= 1.1, "{kind:?}");
    }
}

#[test]
fn paragraphs_without_an_indent_are_told_apart_by_a_space() {
    let theme = read("measures: {indent: 0pt}\n").unwrap();
    let sheet = Sheet::of(&theme);
    for kind in [Kind::Paragraph, Kind::Quote] {
        assert!(sheet[kind].between / sheet[kind].leading >= 0.4, "{kind:?}");
        assert_eq!(sheet[kind].indent, Pt(0.0));
    }
    assert!(
        sheet[Kind::Quote].inset_start > Pt(10.0),
        "a quote still stands in"
    );
    assert!(sheet[Kind::Pull].inset_start > Pt(10.0));
    let ours = read("measures: {indent: 0pt}\nparagraphs: {space: 4pt}\n").unwrap();
    assert_eq!(Sheet::of(&ours)[Kind::Paragraph].between, Pt(4.0));
}

#[test]
fn what_holds_for_running_text_holds_for_all_of_it() {
    let theme = read(
        "paragraphs: {alignment: ragged, hyphenation: off, figures: lining, small-capitals: off}\n",
    );
    let sheet = Sheet::of(&theme.unwrap());
    for kind in Kind::ALL {
        let row = sheet[kind];
        assert_ne!(row.alignment, Alignment::Justified, "{kind:?}");
        assert_eq!(
            (row.hyphens, row.figures, row.case),
            (Hyphens::Whole, Figures::Lining, Case::AsWritten),
            "{kind:?}"
        );
    }
}

const LOOK: &str = "name: house\nextends: modern\npublisher: The House\n\
     page:\n  size: 170mm x 240mm\n  margin-top: 26mm\n  margin-bottom: 30mm\n\
     \x20 head: {start: \"{date}\", centre: \"{series}\", end: \"{names}\"}\n\
     \x20 foot: {start: \"{publisher}\", centre: none, end: \"page {page}\"}\n\
     \x20 first: {head: {centre: The House presents}, foot: {centre: \"first of {pages}\"}}\n\
     measures: {measure: 62 characters, indent: 0pt}\nparagraphs: {alignment: ragged, figures: lining}\n\
     texts:\n  title: {alignment: centre, case: small-capitals}\n  quote: {slant: italic, colour: \"#003366\"}\n";

#[test]
fn a_look_of_its_own_keeps_both_standards_and_stands_in_every_edition() {
    let place = house(LOOK);
    place
        .run("export piece.yaml --theme house.yaml -f all,html -d dist")
        .expect(0);
    let pdf = place.read("dist/every-block.pdf");
    assert_eq!(broken_rules(&pdf), [""; 0]);
    let shown = |page: &str| {
        let text = place.shell(&format!(
            "pdftotext -f {page} -l {page} -layout dist/every-block.pdf -"
        ));
        text.expect(0).stdout
    };
    let (first, second) = (shown("1"), shown("2"));
    assert!(
        first.contains("The House presents") && first.contains("first of "),
        "{first}"
    );
    assert!(
        second.contains("5 May 2025") && second.contains("page 2"),
        "{second}"
    );
    assert!(!second.contains("presents"), "{second}");
    let docx = parts(&place.read("dist/every-block.docx"));
    let part = |name: &str| String::from_utf8(docx[name].clone()).unwrap();
    assert!(part("word/header2.xml").contains("The House presents"));
    assert!(part("word/footer1.xml").contains("PAGE"));
    assert!(
        part("word/document.xml").contains("w:w=\"9638\""),
        "the paper's width in twips"
    );
    let styles = part("word/styles.xml");
    assert!(
        styles.contains("w:val=\"center\"") && styles.contains("003366"),
        "{styles}"
    );
    let html = String::from_utf8(place.read("dist/every-block.html")).unwrap();
    assert!(
        html.contains("text-align: center;") && html.contains("#003366"),
        "{html}"
    );
    let rule = html.lines().find(|line| line.starts_with("p + p")).unwrap();
    assert!(rule.contains("margin-top"), "{rule}");
}

#[test]
fn fields_of_heads_have_names() {
    for (name, field) in HeadField::ALL {
        assert_eq!(HeadField::named(name), Some(field));
    }
}
