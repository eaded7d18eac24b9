//! What no single value of a theme can show: text that stands out from its ground, lines that do not run into each other, and
//! pages that hold text.

use super::table::{CONTRASTS, LEAST_CONTRAST};
use super::value::{Value, Values};
use super::{Colour, Pt, Sheet, Theme, rows};
use crate::compose::Kind;
use crate::diagnostic::{Code, Diagnostic};

/// The fewest lines of running text that a page holds.
const FEWEST_LINES: f32 = 8.0;

/// Adds what is wrong with a theme as a whole.
pub(super) fn check(theme: &Theme, values: &Values, problems: &mut Vec<Diagnostic>) {
    contrasts(theme, values, problems);
    own_colours(theme, values, problems);
    leadings(theme, values, problems);
    pages(theme, values, problems);
}

fn at(problem: Diagnostic, place: Option<&Value>) -> Diagnostic {
    problem.at(place.map(|value| value.span.clone()))
}

/// WCAG 2.2, 1.4.3: text stands out from its ground by 4.5:1 at least.
fn contrasts(theme: &Theme, values: &Values, problems: &mut Vec<Diagnostic>) {
    let colours = &theme.colours;
    for ((name, text), (ground_name, ground)) in CONTRASTS {
        if let Some(problem) = faint(name, text(colours), ground_name, ground(colours)) {
            // The nearer cause: the colour where the file gives it, else the ground.
            let place = values.get(*name).or_else(|| values.get(*ground_name));
            problems.push(at(problem, place));
        }
    }
}

fn own_colours(theme: &Theme, values: &Values, problems: &mut Vec<Diagnostic>) {
    for (kind, change) in &theme.texts {
        let name = format!("texts.{}.colour", rows::name(*kind));
        let paper = theme.colours.paper;
        let colour = change.own_colour();
        let faint = colour.and_then(|own| faint(&name, own, "colours.paper", paper));
        problems.extend(faint.map(|problem| at(problem, values.get(&name))));
    }
}

fn faint(name: &str, text: Colour, ground_name: &str, ground: Colour) -> Option<Diagnostic> {
    let contrast = text.contrast(ground);
    if contrast >= LEAST_CONTRAST {
        return None;
    }
    // Rounded down, so that 4.49 does not read as 4.5.
    let shown = (contrast * 100.0).floor() / 100.0;
    let message = format!("the contrast of `{name}` with `{ground_name}` is {shown:.2}:1");
    let problem = Diagnostic::error(Code::ThemeContrast, message);
    Some(problem.hint("text needs 4.5:1 at least (WCAG 2.2, 1.4.3)"))
}

/// Lines must not run into each other.
fn leadings(theme: &Theme, values: &Values, problems: &mut Vec<Diagnostic>) {
    let measures = &theme.measures;
    let tight = |leading: Pt, size: Pt| {
        let message = format!(
            "a leading of {}pt is too tight for text of {}pt",
            leading.0, size.0
        );
        Diagnostic::error(Code::ThemeRange, message)
    };
    if measures.leading.0 < measures.text.0 * 1.1 {
        let place = values
            .get("measures.leading")
            .or(values.get("measures.text"));
        let problem = at(tight(measures.leading, measures.text), place);
        problems.push(problem.hint("at least 1.1 times the size of the text; 1.3 reads well"));
        return;
    }
    let sheet = Sheet::of(theme);
    for kind in theme.texts.keys().filter(|kind| **kind != Kind::Paragraph) {
        let row = sheet[*kind];
        if row.leading.0 < row.size.0 {
            let key = |key: &str| values.get(&format!("texts.{}.{key}", rows::name(*kind)));
            let problem = at(tight(row.leading, row.size), key("leading").or(key("size")));
            problems.push(problem.hint("at least the size of the text"));
        }
    }
}

/// Margins must leave room for text.
fn pages(theme: &Theme, values: &Values, problems: &mut Vec<Diagnostic>) {
    let (width, height) = theme.page.size.dimensions();
    let margins = theme.page.margins;
    let below = margins.top.unwrap_or(height * 0.1) + margins.bottom.unwrap_or(height * 0.1);
    if (height - below).0 < theme.measures.leading.0 * FEWEST_LINES {
        let place = values
            .get("page.margin-bottom")
            .or(values.get("page.margin-top"));
        let place = place.or(values.get("page.size"));
        let message = format!("these margins leave fewer than {FEWEST_LINES} lines on a page");
        problems.push(
            at(Diagnostic::error(Code::ThemeRange, message), place).hint("make them smaller"),
        );
    }
    let beside = margins.start.or(margins.end).unwrap_or(Pt(18.0));
    if (width - beside).0 < theme.measures.measure.0 + 18.0 {
        let place = values
            .get("measures.measure")
            .or(values.get("page.margin-start"));
        let place = place
            .or(values.get("page.margin-end"))
            .or(values.get("page.size"));
        if let Some(place) = place {
            let message = format!(
                "lines of {:.0}pt do not fit on this paper",
                theme.measures.measure.0
            );
            let problem = at(Diagnostic::error(Code::ThemeRange, message), Some(place));
            problems.push(problem.hint("a smaller measure or margin, or larger paper"));
        }
    }
}
