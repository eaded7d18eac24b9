//! What the style sheets of EPUB and HTML editions say under a theme: shares of the reader's own size of text (CSS 2.2).

use super::{Dress, Should, side};
use crate::compose::Kind;
use crate::read::SELECTORS;
use crate::theme::{Alignment, Case, FaceRole, Figures, Hyphens, Ink, Pt, Row, Slant, Weight};

/// What is held.
const WATCHED: &[&str] = &[
    "font-family",
    "font-weight",
    "font-style",
    "font-size",
    "font-variant",
    "font-variant-caps",
    "font-variant-numeric",
    "line-height",
    "color",
    "letter-spacing",
    "hyphens",
    "-webkit-hyphens",
    "-epub-hyphens",
    "text-align",
    "text-indent",
    "margin-top",
    "margin-bottom",
    "margin-inline-start",
    "margin-inline-end",
    "max-width",
];

/// Headings that may stand right above another.
const HEADINGS: &[(Kind, &str)] = &[
    (Kind::Heading2, "h2"),
    (Kind::Heading3, "h3"),
    (Kind::Heading4, "h4"),
    (Kind::EndHeading, "h2.end"),
    (Kind::EndSubheading, "h3.end"),
];

/// How rules for dark pages begin.
pub(super) const NIGHT: &str = "@media (prefers-color-scheme: dark) > ";

pub(super) fn is_watched(what: &str) -> bool {
    WATCHED.contains(&what) || what.starts_with("--")
}

/// Whether a list of faces begins with a family, or with what sets other letters before it.
pub(super) fn has_face(list: &str, name: &str) -> bool {
    let mut names = list
        .split(',')
        .map(|own| own.trim().trim_matches(['"', '\'']));
    names.any(|own| own == name)
}

pub(super) fn share(value: f32) -> String {
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

pub(super) fn em(value: f32) -> String {
    match share(value).as_str() {
        "0" | "-0" => "0".to_owned(),
        value => format!("{value}em"),
    }
}

/// What sheets say under a theme, in a book or in a browser.
pub(super) fn should(dress: &Dress, is_screen: bool) -> Should {
    let mut all = Should::default();
    let body = inherited(dress, dress.row(Kind::Paragraph), is_screen);
    for (kind, selectors) in SELECTORS {
        let row = dress.row(*kind);
        let mut says = inherited(dress, row, is_screen);
        if matches!(kind, Kind::Paragraph | Kind::ListText) {
            says.retain(|own| !body.contains(own));
        }
        if row.size != dress.sheet.body() {
            says.push(("font-size", em(row.size / dress.sheet.body())));
        }
        let names = ["justify", "start", "center", "end"];
        says.push(("text-align", side(row.alignment, names).to_owned()));
        says.push(("text-indent", "0".to_owned()));
        let own = |length: Pt| em(length / row.size);
        let margins = [
            ("margin-top", own(row.before)),
            ("margin-bottom", own(row.after)),
            ("margin-inline-start", own(row.inset_start)),
            ("margin-inline-end", own(row.inset_end)),
        ];
        let around: &[&str] = match kind {
            Kind::Quote => &["blockquote"],
            Kind::ListText => &["ul", "ol"],
            _ => selectors,
        };
        for selector in *selectors {
            for (what, value) in &says {
                all.say(selector, what, value.clone());
            }
        }
        if matches!(kind, Kind::Quote | Kind::ListText) {
            selectors
                .iter()
                .for_each(|selector| all.say(selector, "margin", "0"));
        }
        if row.alignment == Alignment::Balanced {
            selectors
                .iter()
                .for_each(|selector| all.say(selector, "text-wrap", "balance"));
        }
        for selector in around {
            for (what, value) in &margins {
                all.say(selector, what, value.clone());
            }
        }
        follow(&mut all, row, selectors);
        stressed(&mut all, dress, *kind, selectors);
    }
    under_each_other(&mut all, dress);
    for (what, value) in body {
        all.say("body", what, value);
    }
    all.say("strong", "font-weight", "600");
    match is_screen {
        true => screen(&mut all, dress),
        false => all.say("body", "margin", "0 5%"),
    }
    all
}

/// Texts that follow their like, whichever of their elements these are.
fn follow(all: &mut Should, row: &Row, selectors: &[&str]) {
    let pairs = selectors
        .iter()
        .flat_map(|own| selectors.iter().map(move |next| (own, next)));
    for (own, next) in pairs {
        let pair = format!("{own} + {next}");
        // Headings under each other stand as all headings do.
        if HEADINGS.iter().any(|(_, heading)| heading == own) {
            continue;
        }
        if row.indent > Pt(0.0) {
            all.say(&pair, "text-indent", em(row.indent / row.size));
        }
        if row.between > Pt(0.0) {
            all.say(&pair, "margin-top", em(row.between / row.size));
        }
    }
}

/// Headings that may stand right under each other, and what stands under a name, which is nearer to it than text would be.
fn under_each_other(all: &mut Should, dress: &Dress) {
    for (kind, below) in HEADINGS {
        let close = em(dress.sheet.spaces.between_headings / dress.row(*kind).size);
        for (_, above) in HEADINGS {
            all.say(&format!("{above} + {below}"), "margin-top", close.clone());
        }
    }
    let (name, affiliation) = (dress.row(Kind::Heading2), dress.row(Kind::Affiliation));
    let nearer = em((affiliation.before - name.after) / affiliation.size);
    all.say("h2 + .affiliation", "margin-top", nearer);
    all.say(".affiliation + p", "text-indent", "0");
}

/// What is stressed in a text that is heavy or slanted, or stands in one that is, is set as that is not.
fn stressed(all: &mut Should, dress: &Dress, kind: Kind, selectors: &[&str]) {
    let row = dress.row(kind);
    let head = match kind {
        Kind::RowHead => Kind::HeadCell,
        _ => Kind::Paragraph,
    };
    let around = [kind, Kind::Paragraph, Kind::ListText, head].map(|kind| dress.row(kind));
    let is_heavy = around.iter().any(|row| row.weight == Weight::Semibold);
    let is_slanted = around.iter().any(|row| row.slant == Slant::Italic);
    let (weight, slant) = match (row.weight, row.slant) {
        (Weight::Regular, Slant::Upright) => ("600", "italic"),
        (Weight::Regular, Slant::Italic) => ("600", "normal"),
        (Weight::Semibold, Slant::Upright) => ("400", "italic"),
        (Weight::Semibold, Slant::Italic) => ("400", "normal"),
    };
    for selector in selectors {
        if is_heavy {
            all.say(&format!("{selector} em.heavy"), "font-weight", weight);
        }
        if is_slanted {
            all.say(&format!("{selector} em"), "font-style", slant);
        }
    }
}

/// What texts inside inherit.
fn inherited(dress: &Dress, row: &Row, is_screen: bool) -> Vec<(&'static str, String)> {
    let family = match (is_screen, row.face) {
        (false, face) => format!("face {}", dress.names(face).epub),
        (true, FaceRole::Text) => "var(--text-face)".to_owned(),
        (true, FaceRole::Headings) => "var(--headings-face)".to_owned(),
        (true, FaceRole::Apparatus) => "var(--apparatus-face)".to_owned(),
    };
    let weight = match row.weight {
        Weight::Regular => "400",
        Weight::Semibold => "600",
    };
    let slant = match row.slant {
        Slant::Upright => "normal",
        Slant::Italic => "italic",
    };
    let mut says = vec![
        ("font-family", family),
        ("font-weight", weight.to_owned()),
        ("font-style", slant.to_owned()),
        ("line-height", share(row.leading / row.size)),
    ];
    let colour = match (row.ink, is_screen) {
        (Ink::Text, _) => None,
        (Ink::Headings, true) => Some("var(--headings)".to_owned()),
        (Ink::Accent, true) => Some("var(--accent)".to_owned()),
        (Ink::Quiet, true) => Some("var(--quiet)".to_owned()),
        (Ink::Links, true) => Some("var(--links)".to_owned()),
        (ink, _) => Some(format!("#{}", ink.colour(&dress.colours))),
    };
    says.extend(colour.map(|colour| ("color", colour)));
    if row.case != Case::AsWritten {
        says.push(("font-variant", "small-caps".to_owned()));
    }
    if row.case == Case::AllSmallCapitals {
        says.push(("font-variant-caps", "all-small-caps".to_owned()));
    }
    let figures = match row.figures {
        Figures::OldStyle => "oldstyle-nums proportional-nums",
        Figures::Lining => "lining-nums",
    };
    says.push(("font-variant-numeric", figures.to_owned()));
    if row.tracking.0 != 0.0 {
        says.push(("letter-spacing", em(row.tracking.0)));
    }
    let hyphens = match row.hyphens {
        Hyphens::Cut => "auto",
        Hyphens::Whole => "manual",
    };
    let names: &[&str] = match is_screen {
        // Reading systems know older names.
        false => &["-webkit-hyphens", "-epub-hyphens", "hyphens"],
        true => &["hyphens"],
    };
    says.extend(names.iter().map(|name| (*name, hyphens.to_owned())));
    says
}

/// The head of a browser's sheet: faces, colours and measures by their names.
fn screen(all: &mut Should, dress: &Dress) {
    let (colours, dark) = (&dress.colours, &dress.colours.dark);
    let by_day = [
        ("--paper", colours.paper),
        ("--text", colours.text),
        ("--headings", colours.headings),
        ("--accent", colours.accent),
        ("--quiet", colours.quiet),
        ("--links", colours.links),
        ("--rules", colours.rules),
    ];
    let by_night = [
        ("--paper", dark.paper),
        ("--text", dark.text),
        ("--headings", dark.headings),
        ("--accent", dark.accent),
        ("--quiet", dark.quiet),
        ("--links", dark.links),
        ("--rules", dark.rules),
    ];
    for (name, colour) in by_day {
        all.say(":root", name, format!("#{colour}"));
    }
    for (name, colour) in by_night {
        let of = "@media (prefers-color-scheme: dark) > :root";
        all.say(of, name, format!("#{colour}"));
    }
    for (name, role) in [
        ("--text-face", FaceRole::Text),
        ("--headings-face", FaceRole::Headings),
        ("--apparatus-face", FaceRole::Apparatus),
    ] {
        all.say(":root", name, format!("face {}", dress.names(role).web));
    }
    let measure = em(dress.measure / dress.sheet.body());
    all.say(":root", "--measure", measure.clone());
    all.say("body", "max-width", format!("calc({measure} + 2.5rem)"));
    all.say("body", "font-size", "1.125rem");
    // Running text may have a colour that is no other's.
    let own = inherited(dress, dress.row(Kind::Paragraph), true);
    let own = own.into_iter().filter(|(what, _)| *what == "color");
    let colours = ["var(--text)".to_owned()].into_iter();
    let colours = colours.chain(own.map(|(_, colour)| colour));
    all.either("body", "color", colours.collect());
}
