//! The rows of the sheet as rules, one for each kind of text.

use std::fmt::Write as _;

use super::{Medium, Texts, em, share};
use crate::compose::Kind;
use crate::editions::faces::stack;
use crate::editions::xhtml::{container, selector};
use crate::fonts::Use;
use crate::piece::LanguageTag;
use crate::theme::{
    Alignment, Case, FaceRole, Figures, Hyphens, Ink, Pt, Row, Sheet, Slant, Theme, Weight, Writing,
};

/// The headings that may stand right above another.
const HEADINGS: [Kind; 5] = [
    Kind::Heading2,
    Kind::Heading3,
    Kind::Heading4,
    Kind::EndHeading,
    Kind::EndSubheading,
];

/// A property and its value.
pub(super) type Says = (&'static str, String);

/// How the rows of one sheet become rules.
pub(super) struct Rows<'a> {
    pub(super) theme: &'a Theme,
    pub(super) sheet: &'a Sheet,
    pub(super) texts: &'a Texts,
    pub(super) writing: Writing,
    pub(super) medium: Medium,
}

impl<'a> Rows<'a> {
    /// Those for texts under a theme.
    pub(super) fn new(
        theme: &'a Theme,
        sheet: &'a Sheet,
        texts: &'a Texts,
        medium: Medium,
    ) -> Self {
        Self {
            theme,
            sheet,
            texts,
            writing: texts.writing(theme),
            medium,
        }
    }

    /// The rules of all kinds.
    pub(super) fn rules(&self) -> String {
        let mut rules = String::new();
        for kind in Kind::ALL {
            if let Some(selector) = selector(kind) {
                self.rule(&mut rules, kind, &selector);
            }
        }
        for kind in Kind::ALL {
            let row = self.sheet.row(kind, self.writing);
            let mut says = Vec::new();
            if row.indent > Pt(0.0) {
                says.push(("text-indent", em(row.indent / row.size)));
            }
            if row.between > Pt(0.0) {
                says.push(("margin-top", em(row.between / row.size)));
            }
            if let Some(selector) = selector(kind).filter(|_| !says.is_empty()) {
                // Each of its elements may follow each.
                let parts = || selector.split(", ");
                let pairs =
                    parts().flat_map(|own| parts().map(move |next| format!("{own} + {next}")));
                let pairs: Vec<String> = pairs.collect();
                line(&mut rules, &pairs.join(", "), &says);
            }
        }
        neighbours(&mut rules, self.sheet, self.writing);
        rules
    }

    /// What the body says for all texts: the row of running text, but for its size, which is the reader's.
    pub(super) fn body(&self) -> String {
        joined(&self.inherited(self.sheet.row(Kind::Paragraph, self.writing)))
    }

    /// The rule of one kind, and that of what holds several texts of it.
    fn rule(&self, rules: &mut String, kind: Kind, selector: &str) {
        let row = self.sheet.row(kind, self.writing);
        let own = |length: Pt| em(length / row.size);
        let margins = [
            ("margin-top", own(row.before)),
            ("margin-bottom", own(row.after)),
            ("margin-inline-start", own(row.inset_start)),
            ("margin-inline-end", own(row.inset_end)),
        ];
        let held = container(kind);
        let mut says = self.inherited(row);
        if matches!(kind, Kind::Paragraph | Kind::ListText) {
            // An element without a class may stand anywhere: it says only what the body does not.
            let body = self.inherited(self.sheet.row(Kind::Paragraph, self.writing));
            says.retain(|own| !body.contains(own));
        }
        if row.size != self.sheet.body() {
            says.push(("font-size", em(row.size / self.sheet.body())));
        }
        says.push(("text-align", alignment(row.alignment).to_owned()));
        says.push(("text-indent", "0".to_owned()));
        match held {
            None => says.extend(margins.clone()),
            Some(_) => says.push(("margin", "0".to_owned())),
        }
        if row.alignment == Alignment::Balanced {
            says.push(("text-wrap", "balance".to_owned()));
        }
        line(rules, selector, &says);
        if let Some(container) = held {
            line(rules, container, &margins);
        }
        // Texts of other kinds may be paragraphs to a browser, or stand in the items of lists, and what heads a row heads a column
        // to it: what is said of emphasis in those is taken back.
        let head = match kind {
            Kind::RowHead => Kind::HeadCell,
            _ => Kind::Paragraph,
        };
        let around =
            [Kind::Paragraph, Kind::ListText, head].map(|kind| self.sheet.row(kind, self.writing));
        if row.weight == Weight::Semibold || around.iter().any(|row| row.weight == Weight::Semibold)
        {
            let other = [("font-weight", row.weight.other().css().to_string())];
            line(rules, &inside(selector, "em.heavy"), &other);
        }
        if row.slant == Slant::Italic || around.iter().any(|row| row.slant == Slant::Italic) {
            // Emphasis inside italics is upright.
            let other = [("font-style", row.slant.of_words(true).css().to_owned())];
            line(rules, &inside(selector, "em"), &other);
        }
    }

    /// What the texts inside inherit.
    pub(super) fn inherited(&self, row: &Row) -> Vec<Says> {
        let mut says = vec![
            ("font-family", self.family(row.face)),
            ("font-weight", row.weight.css().to_string()),
            ("font-style", row.slant.css().to_owned()),
            ("line-height", share(row.leading / row.size)),
        ];
        says.extend(self.ink(row.ink).map(|ink| ("color", ink)));
        if row.case != Case::AsWritten {
            // Old systems know this alone; it takes back the figures, so they follow.
            says.push(("font-variant", "small-caps".to_owned()));
        }
        if row.case == Case::AllSmallCapitals {
            says.push(("font-variant-caps", "all-small-caps".to_owned()));
        }
        says.push(("font-variant-numeric", figures(row.figures).to_owned()));
        if row.tracking.0 != 0.0 {
            says.push(("letter-spacing", em(row.tracking.0)));
        }
        let hyphens = match row.hyphens {
            Hyphens::Cut => "auto",
            Hyphens::Whole => "manual",
        };
        let names: &[&str] = match self.medium {
            Medium::Book => &["-webkit-hyphens", "-epub-hyphens", "hyphens"],
            Medium::Screen => &["hyphens"],
        };
        says.extend(names.iter().map(|name| (*name, hyphens.to_owned())));
        says
    }

    /// The face of a row. A browser's sheet names faces once, at its head.
    fn family(&self, face: FaceRole) -> String {
        match (self.medium, face) {
            (Medium::Book, face) => self.book_stack(face, self.texts.language.as_ref()),
            (Medium::Screen, FaceRole::Text) => "var(--text-face)".to_owned(),
            (Medium::Screen, FaceRole::Headings) => "var(--headings-face)".to_owned(),
            (Medium::Screen, FaceRole::Apparatus) => "var(--apparatus-face)".to_owned(),
        }
    }

    /// The publication's own faces for a language, else the reading system's.
    pub(super) fn book_stack(&self, role: FaceRole, language: Option<&LanguageTag>) -> String {
        let family = role.family(&self.theme.faces);
        let generic = self.theme.fonts.family(family).generic.css();
        stack(self.theme, role, self.texts, language, Use::Epub, generic)
    }

    /// The colour of a row; running text has the one of the page.
    fn ink(&self, ink: Ink) -> Option<String> {
        Some(match (ink, self.medium) {
            (Ink::Text, _) => return None,
            (ink, Medium::Book) => format!("#{}", ink.colour(&self.theme.colours)),
            (Ink::Headings, Medium::Screen) => "var(--headings)".to_owned(),
            (Ink::Accent, Medium::Screen) => "var(--accent)".to_owned(),
            (Ink::Quiet, Medium::Screen) => "var(--quiet)".to_owned(),
            (Ink::Links, Medium::Screen) => "var(--links)".to_owned(),
            (Ink::Own(colour), Medium::Screen) => format!("#{colour}"),
        })
    }
}

/// What holds for two kinds that stand together.
fn neighbours(rules: &mut String, sheet: &Sheet, writing: Writing) {
    let row = |kind| sheet.row(kind, writing);
    for below in HEADINGS {
        let above = HEADINGS.into_iter().filter_map(selector);
        let Some(below_selector) = selector(below) else {
            continue;
        };
        let pairs: Vec<String> = above
            .map(|above| format!("{above} + {below_selector}"))
            .collect();
        let close = em(sheet.spaces.between_headings / row(below).size);
        line(rules, &pairs.join(", "), &[("margin-top", close)]);
    }
    // What stands under a name is nearer to it than text would be: a negative space is taken off the name's own.
    let (name, affiliation) = (row(Kind::Heading2), row(Kind::Affiliation));
    let nearer = em((affiliation.before - name.after) / affiliation.size);
    if let (Some(name), Some(affiliation)) = (selector(Kind::Heading2), selector(Kind::Affiliation))
    {
        line(
            rules,
            &format!("{name} + {affiliation}"),
            &[("margin-top", nearer)],
        );
        line(
            rules,
            &format!("{affiliation} + p"),
            &[("text-indent", "0".to_owned())],
        );
    }
}

/// The selector of an element inside each of some.
pub(super) fn inside(selectors: &str, element: &str) -> String {
    let all: Vec<String> = selectors
        .split(", ")
        .map(|own| format!("{own} {element}"))
        .collect();
    all.join(", ")
}

pub(super) fn line(rules: &mut String, selector: &str, says: &[Says]) {
    let _ = writeln!(rules, "{selector} {{ {} }}", joined(says));
}

fn joined(says: &[Says]) -> String {
    let says: Vec<String> = says
        .iter()
        .map(|(name, value)| format!("{name}: {value};"))
        .collect();
    says.join(" ")
}

fn alignment(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::Justified => "justify",
        Alignment::Start | Alignment::Balanced => "start",
        Alignment::Centre => "center",
        Alignment::End => "end",
    }
}

fn figures(figures: Figures) -> &'static str {
    match figures {
        Figures::OldStyle => "oldstyle-nums proportional-nums",
        Figures::Lining => "lining-nums",
    }
}

/// The rules by which a dark page of a reading system stays readable: coloured text takes the page's own colour.
pub(super) fn dark(theme: &Theme, sheet: &Sheet, writing: Writing) -> String {
    let mut rules = String::new();
    for kind in Kind::ALL {
        let colour = match sheet.row(kind, writing).ink {
            Ink::Text => continue,
            Ink::Headings | Ink::Quiet | Ink::Links | Ink::Own(_) => "inherit".to_owned(),
            Ink::Accent => format!("#{}", theme.colours.dark.accent),
        };
        if let Some(selector) = selector(kind) {
            line(&mut rules, &selector, &[("color", colour)]);
        }
    }
    rules
}

/// Where no line is spread to the edge: many reading systems cannot cut words, and few words make wide gaps.
///
/// Browsers mostly have patterns for few languages or none, so there it is every width, and paper alone has even edges. Ideographs
/// need no cuts: wide pages of them keep theirs.
pub(super) fn ragged(sheet: &Sheet, writing: Writing, medium: Medium) -> String {
    let justified = |kind: &Kind| sheet.row(*kind, writing).alignment == Alignment::Justified;
    let kinds = Kind::ALL.into_iter().filter(justified);
    let selectors: Vec<String> = kinds.filter_map(selector).collect();
    if selectors.is_empty() {
        return String::new();
    }
    let selectors = selectors.join(", ");
    let rule = |selector: &str, value: Alignment| {
        let mut rule = String::new();
        let says = [("text-align", alignment(value).to_owned())];
        line(&mut rule, selector, &says);
        rule
    };
    let start = rule(&selectors, Alignment::Start);
    match medium {
        Medium::Book => format!("@media (max-width: 36em) {{\n  {start}}}\n"),
        Medium::Screen => {
            let ideographs = format!(":is({selectors}):is(:lang(zh), :lang(ja))");
            let even = rule(&ideographs, Alignment::Justified);
            format!(
                "@media screen {{\n  {start}}}\n@media screen and (min-width: 36em) {{\n  {even}}}\n"
            )
        }
    }
}

/// Kinds with a colour of their own take the page's where it is dark.
pub(super) fn own_in_dark(sheet: &Sheet, writing: Writing) -> String {
    let mut rules = String::new();
    for kind in Kind::ALL {
        if let (Ink::Own(_), Some(selector)) = (sheet.row(kind, writing).ink, selector(kind)) {
            line(&mut rules, &selector, &[("color", "inherit".to_owned())]);
        }
    }
    if rules.is_empty() {
        return rules;
    }
    format!("@media (prefers-color-scheme: dark) {{\n{rules}}}\n")
}
