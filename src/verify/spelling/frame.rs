//! What style sheets say of what is no kind of text: links, figures, tables, breaks, notes, covers, pages. Every sheet of a format says
//! all of it, so that a row that is not there was taken out. The tables are data, in the words of style sheets: `book.css` and
//! `screen.css`.

use std::sync::{Arc, OnceLock};

use super::hypertext::em;
use super::{Dress, Should};
use crate::compose::Kind;
use crate::read::{SELECTORS, Spelled, spelled_styles};
use crate::theme::{Acronyms, Alignment, Colour, FaceRole, Ink};

/// What all sheets of a format say, but for what their theme decides.
fn frame(is_screen: bool) -> &'static [Spelled] {
    static FRAMES: OnceLock<[Arc<Vec<Spelled>>; 2]> = OnceLock::new();
    let frames = FRAMES
        .get_or_init(|| [include_str!("book.css"), include_str!("screen.css")].map(spelled_styles));
    &frames[usize::from(is_screen)]
}

/// Takes down what the sheets of a theme say.
pub(super) fn say(all: &mut Should, dress: &Dress, is_screen: bool) {
    let values = values(dress);
    for row in frame(is_screen) {
        let value = match row.value.contains('$') {
            true => values
                .iter()
                .fold(row.value.clone(), |said, (name, value)| {
                    said.replace(name, value)
                }),
            false => row.value.clone(),
        };
        all.also(&row.of, &row.what, value);
    }
    if dress.acronyms == Acronyms::SmallCapitals {
        all.also(".acronym", "font-variant-caps", "all-small-caps");
        all.also("em .acronym", "font-variant-caps", "normal");
    }
    ragged(all, dress, is_screen);
    by_night(all, dress, is_screen);
}

/// What a theme has of what tables name; none begins as another does that stands behind it.
fn values(dress: &Dress) -> Vec<(&'static str, String)> {
    let (sheet, spaces) = (&dress.sheet, &dress.sheet.spaces);
    let text = sheet.body();
    let [date, note, cell, caption] =
        [Kind::Date, Kind::Note, Kind::Cell, Kind::Caption].map(|kind| dress.row(kind));
    let leading = dress.row(Kind::Paragraph).leading;
    let title = dress.row(Kind::Title).size / text;
    let colour = |colour: Colour| format!("#{colour}");
    let points = |size: f32| format!("{}pt", super::hypertext::share(size));
    let furniture = dress.row(Kind::Furniture).size;
    let web = &dress.names(FaceRole::Apparatus).web;
    vec![
        ("$above-rule", em(spaces.above_rule / date.size)),
        ("$accent", colour(dress.colours.accent)),
        ("$bar", em(sheet.pull_bar / text)),
        ("$break", em(spaces.thought_break / text)),
        ("$cell", em(spaces.cell / cell.size)),
        ("$dark-accent", colour(dress.colours.dark.accent)),
        ("$float", em(spaces.float / text)),
        ("$furniture", format!("font {} {web}", points(furniture.0))),
        ("$gutter", em(spaces.gutter / cell.size)),
        ("$hairline", em(sheet.title_rule / text)),
        ("$head-rule", em(sheet.head_rule / text)),
        ("$label", em(note.inset_start / note.size)),
        ("$line", em(leading / text)),
        ("$measure", em(dress.measure / text)),
        ("$paper-text", points(text.0)),
        ("$quiet", colour(dress.colours.quiet)),
        ("$small-title", em(title * 0.75)),
        ("$table-rule", em(sheet.table_rule / text)),
        ("$under-caption", em(spaces.cell / caption.size)),
        ("$under-image", em(spaces.under_image / text)),
    ]
}

/// Where no line is spread to the edge: narrow pages of a book, and every page of a browser but those of ideographs.
fn ragged(all: &mut Should, dress: &Dress, is_screen: bool) {
    let kinds = SELECTORS.iter();
    let justified = kinds.filter(|(kind, _)| dress.row(*kind).alignment == Alignment::Justified);
    let selectors: Vec<&str> = justified.flat_map(|(_, own)| own.iter().copied()).collect();
    if selectors.is_empty() {
        return;
    }
    let around = match is_screen {
        true => "@media screen",
        false => "@media (max-width: 36em)",
    };
    for selector in &selectors {
        all.also(&format!("{around} > {selector}"), "text-align", "start");
    }
    if is_screen {
        let of = format!(":is({}):is(:lang(zh), :lang(ja))", selectors.join(", "));
        let of = format!("@media screen and (min-width: 36em) > {of}");
        all.also(&of, "text-align", "justify");
    }
}

/// The colours of words on dark pages. Those of a browser have names, which stand for others there.
fn by_night(all: &mut Should, dress: &Dress, is_screen: bool) {
    for (kind, selectors) in SELECTORS {
        let colour = match (dress.row(*kind).ink, is_screen) {
            (Ink::Text, _) => continue,
            (Ink::Own(_), true) => "inherit".to_owned(),
            (_, true) => continue,
            (Ink::Accent, false) => format!("#{}", dress.colours.dark.accent),
            (_, false) => "inherit".to_owned(),
        };
        for selector in *selectors {
            let of = format!("{}{selector}", super::hypertext::NIGHT);
            all.also(&of, "color", colour.clone());
        }
    }
}
