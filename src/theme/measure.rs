//! The measure: a length, so many characters, or what the margins leave.

use super::value::Values;
use super::{Pt, Slant, Theme, Weight};
use crate::diagnostic::{Code, Diagnostic};

/// The least and the greatest measure in points.
const RANGE: std::ops::RangeInclusive<f32> = 180.0..=900.0;

/// Words as English has them, spaces and all: what an average character of running text is measured by.
const SAMPLE: &str = "There must be a strategy behind all options being exercised in the relations with key countries. \
    In this case, dialogue and talks should be a preferred option, since the developments have already led to an escalation \
    during the past several days; and the focus has to be on exploring all possibilities for having them on a wider agenda.";

/// Reads the measure.
pub(super) fn read(theme: &mut Theme, values: &Values, problems: &mut Vec<Diagnostic>) {
    let margins = theme.page.margins;
    let value = values.get("measures.measure");
    let between = match (margins.start, margins.end) {
        (Some(start), Some(end)) => Some(theme.page.size.dimensions().0 - start - end),
        _ => None,
    };
    let (measure, span) = match (value, between) {
        (Some(value), Some(_)) => {
            let message = "margins at both sides and a measure contradict each other";
            let problem = Diagnostic::error(Code::ThemeValue, message);
            let problem = problem.at(Some(value.span.clone()));
            problems.push(problem.hint("keep the measure and one margin at most, or both margins"));
            return;
        }
        (Some(value), None) => match length(theme, &value.text) {
            Some(length) => (length, Some(value.span.clone())),
            None => {
                let message = format!("`{}` is not a measure", value.text);
                let problem = Diagnostic::error(Code::ThemeUnit, message);
                let problem = problem.at(Some(value.span.clone()));
                problems.push(problem.hint("a length such as 340pt or 120mm, or `66 characters`"));
                return;
            }
        },
        (None, Some(between)) => {
            let place = values
                .get("page.margin-end")
                .or(values.get("page.margin-start"));
            (between, place.map(|value| value.span.clone()))
        }
        (None, None) => return,
    };
    if RANGE.contains(&measure.0) {
        theme.measures.measure = measure;
        return;
    }
    let message = format!("a measure of {:.0}pt is out of range", measure.0);
    let hint = format!(
        "from {}pt to {}pt; lines of 66 characters read well",
        RANGE.start(),
        RANGE.end()
    );
    problems.push(
        Diagnostic::error(Code::ThemeRange, message)
            .at(span)
            .hint(hint),
    );
}

fn length(theme: &Theme, text: &str) -> Option<Pt> {
    if let Some(length) = Pt::parse(text) {
        return Some(length);
    }
    let (number, unit) = text.split_once(' ')?;
    let count: u16 = number
        .parse()
        .ok()
        .filter(|count| (20..=200).contains(count))?;
    let known = matches!(unit.trim(), "characters" | "ch");
    // In half points: a face that is a hair wider gives the same lines.
    let measure = character(theme) * f32::from(count);
    known.then(|| Pt((measure.0 * 2.0).round() / 2.0))
}

/// The width of an average character of running text.
fn character(theme: &Theme) -> Pt {
    let face = theme
        .fonts
        .of(theme.faces.text, Weight::Regular, Slant::Upright);
    let face = &theme.fonts[face];
    let glyphs = SAMPLE.chars().filter_map(|c| face.glyph(c));
    let width: f32 = glyphs.map(|glyph| face.advance(glyph)).sum();
    Pt(theme.measures.text.0 * width / SAMPLE.chars().count() as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_those_of_the_text_face_at_its_size() {
        let theme = Theme::classic();
        let average = character(&theme);
        assert!((4.5..5.6).contains(&average.0), "{average:?}");
        let measure = length(&theme, "66 characters");
        assert!(
            measure.is_some_and(|measure| (300.0..370.0).contains(&measure.0)),
            "{measure:?}"
        );
        assert_eq!(length(&theme, "66"), None);
        assert_eq!(length(&theme, "66 lines"), None);
    }
}
