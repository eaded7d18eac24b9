//! The style sheets as wholes: rows between the rules for what is no text.

use super::languages::{machine_stack, others};
use super::rows::{Rows, dark, own_in_dark, ragged};
use super::{Medium, Texts, em, points};
use crate::compose::{Bullet, Kind};
use crate::theme::{Acronyms, FaceRole, Sheet, Theme, Writing};

/// What the frames leave open, and what stands there.
type Filling = Vec<(&'static str, String)>;

/// The style sheet of a book. A reading system that does not know a property passes over it; no rule here needs more.
pub(crate) fn book(theme: &Theme, texts: &Texts) -> String {
    let sheet = Sheet::of(theme);
    let rows = Rows::new(theme, &sheet, texts, Medium::Book);
    let mut filling = filling(theme, &sheet, rows.writing);
    filling.push(("{rows}", rows.rules()));
    filling.push(("{body}", rows.body()));
    fill(include_str!("book.css"), &filling) + &others(&rows)
}

/// Rules for newer reading systems. Old ones drop a whole sheet for one rule of this kind, so they stand in one of their own.
pub(crate) fn later(theme: &Theme, texts: &Texts) -> String {
    let sheet = Sheet::of(theme);
    let writing = texts.writing(theme);
    let dark = ("{dark}", dark(theme, &sheet, writing));
    let accent = ("{accent-dark}", format!("#{}", theme.colours.dark.accent));
    let ragged = ("{ragged}", ragged(&sheet, writing, Medium::Book));
    fill(include_str!("later.css"), &[dark, accent, ragged])
}

/// The style sheet of a page in a browser.
pub(crate) fn screen(theme: &Theme, texts: &Texts) -> String {
    let sheet = Sheet::of(theme);
    let rows = Rows::new(theme, &sheet, texts, Medium::Screen);
    let writing = rows.writing;
    let face = |role| machine_stack(theme, role, texts, texts.language.as_ref());
    let colours = &theme.colours;
    let mut filling = filling(theme, &sheet, writing);
    let title = sheet.row(Kind::Title, writing).size / sheet.body();
    filling.extend([
        ("{rows}", rows.rules()),
        ("{body}", rows.body()),
        ("{paper-text}", points(sheet.body())),
        (
            "{furniture}",
            points(sheet.row(Kind::Furniture, writing).size),
        ),
        ("{ragged}", ragged(&sheet, writing, Medium::Screen)),
        ("{measure}", em(theme.measures.measure / sheet.body())),
        ("{small-title}", em(title * 0.75)),
        ("{paper}", format!("#{}", colours.paper)),
        ("{text}", format!("#{}", colours.text)),
        ("{headings}", format!("#{}", colours.headings)),
        ("{quiet}", format!("#{}", colours.quiet)),
        ("{links}", format!("#{}", colours.links)),
        ("{rules}", format!("#{}", colours.rules)),
        ("{dark-paper}", format!("#{}", colours.dark.paper)),
        ("{dark-text}", format!("#{}", colours.dark.text)),
        ("{dark-headings}", format!("#{}", colours.dark.headings)),
        ("{dark-accent}", format!("#{}", colours.dark.accent)),
        ("{dark-quiet}", format!("#{}", colours.dark.quiet)),
        ("{dark-links}", format!("#{}", colours.dark.links)),
        ("{dark-rules}", format!("#{}", colours.dark.rules)),
        ("{dark-rows}", own_in_dark(&sheet, writing)),
        ("{text-face}", face(FaceRole::Text)),
        ("{headings-face}", face(FaceRole::Headings)),
        ("{apparatus-face}", face(FaceRole::Apparatus)),
    ]);
    // A sheet of the theme's own stands last, so that it is what holds.
    fill(include_str!("screen.css"), &filling) + &others(&rows) + &theme.extra_css
}

/// The distances of what is no text, in the reader's text size.
fn filling(theme: &Theme, sheet: &Sheet, writing: Writing) -> Filling {
    let text = sheet.body();
    let spaces = &sheet.spaces;
    let date = sheet.row(Kind::Date, writing);
    let note = sheet.row(Kind::Note, writing);
    let cell = sheet.row(Kind::Cell, writing);
    let caption = sheet.row(Kind::Caption, writing);
    let leading = sheet.row(Kind::Paragraph, writing).leading;
    vec![
        ("{accent}", format!("#{}", theme.colours.accent)),
        ("{acronyms}", acronyms(theme)),
        ("{line}", em(leading / text)),
        ("{float}", em(spaces.float / text)),
        ("{under-image}", em(spaces.under_image / text)),
        ("{break}", em(spaces.thought_break / text)),
        ("{above-rule}", em(spaces.above_rule / date.size)),
        ("{hairline}", em(sheet.title_rule / text)),
        ("{bar}", em(sheet.pull_bar / text)),
        ("{cell}", em(spaces.cell / cell.size)),
        ("{gutter}", em(spaces.gutter / cell.size)),
        ("{under-caption}", em(spaces.cell / caption.size)),
        ("{table-rule}", em(sheet.table_rule / text)),
        ("{head-rule}", em(sheet.head_rule / text)),
        ("{label}", em(note.inset_start / note.size)),
        ("{disc}", Bullet::Disc.sign().to_string()),
        ("{circle}", Bullet::Circle.sign().to_string()),
        ("{square}", Bullet::Square.sign().to_string()),
    ]
}

/// The rules of acronyms, where they have small capitals; not in italics, which have none.
fn acronyms(theme: &Theme) -> String {
    match theme.paragraphs.acronyms {
        Acronyms::Capitals => String::new(),
        Acronyms::SmallCapitals => {
            "\n.acronym { font-variant-caps: all-small-caps; }\nem .acronym { font-variant-caps: normal; }".to_owned()
        }
    }
}

fn fill(frame: &str, filling: &[(&'static str, String)]) -> String {
    filling
        .iter()
        .fold(frame.to_owned(), |sheet, (key, value)| {
            sheet.replace(key, value)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_frame_is_filled_and_its_braces_match() {
        for name in Theme::names() {
            let theme = Theme::named(name).unwrap_or_else(Theme::classic);
            for sheet in [book, later, screen].map(|sheet| sheet(&theme, &Texts::default())) {
                let open = sheet.matches('{').count();
                assert_eq!(open, sheet.matches('}').count());
                for (at, _) in sheet.match_indices('{') {
                    let next = sheet[at + 1..].chars().next();
                    assert!(next.is_some_and(char::is_whitespace), "{}", &sheet[at..]);
                }
            }
        }
    }

    #[test]
    fn browsers_show_lines_that_end_where_their_words_do_and_print_even_ones() {
        let screen = screen(&Theme::classic(), &Texts::default());
        let (before, rule) = screen
            .split_once("@media screen {\n")
            .expect("a rule for screens");
        let (selectors, says) = rule.split_once(" { ").expect("selectors");
        assert!(says.starts_with("text-align: start; }"));
        assert!(selectors.trim().split(", ").any(|one| one == "p"));
        assert!(before.contains("\np { text-align: justify;"));
        // Ideographs fill their lines without gaps.
        assert!(rule.contains(":lang(zh), :lang(ja)) { text-align: justify; }"));
        assert!(later(&Theme::classic(), &Texts::default()).contains("@media (max-width: 36em)"));
    }

    #[test]
    fn the_sheet_of_a_book_holds_no_rule_that_old_systems_drop_it_for() {
        let sheet = book(&Theme::classic(), &Texts::default());
        assert!(!sheet.contains("@supports") && !sheet.contains("@media"));
        assert!(sheet.contains("[hidden] { display: none; }"));
        let body = sheet
            .split("body {")
            .nth(1)
            .and_then(|rest| rest.split('}').next());
        assert!(
            body.is_some_and(|body| !body.contains("font-size")),
            "{sheet}"
        );
    }

    #[test]
    fn no_length_is_in_points_or_pixels_but_on_paper() {
        for sheet in [book, screen].map(|sheet| sheet(&Theme::classic(), &Texts::default())) {
            let sheet = sheet.split("@media print").next().unwrap_or_default();
            for unit in ["pt", "px", "cm", "mm", "in"] {
                for (at, _) in sheet.match_indices(unit) {
                    let before = sheet[..at].chars().next_back();
                    let digit = before.is_some_and(|c| c.is_ascii_digit());
                    assert!(!digit, "{}", &sheet[at.saturating_sub(20)..at + 2]);
                }
            }
        }
    }
}
