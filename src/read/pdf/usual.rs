//! What the content of our pages does, and nothing besides: an operation or a property that no edition has draws something that its
//! words do not say (ISO 32000-1, annex A and 14.6).

use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Dict, Name};

use super::super::need::Need;

/// Something that no edition does, and what a theme has whose editions do it.
pub(super) type Odd = (String, Option<Need>);

/// No rule is broader than this, in points; what is covers a part of the page.
const RULE: f64 = 8.0;

/// What an operation does that no edition does, where it does.
pub(super) fn operation(operation: &TypedInstruction<'_, '_>) -> Option<Odd> {
    use TypedInstruction as Op;
    match operation {
        Op::SaveState(_)
        | Op::RestoreState(_)
        | Op::Transform(_)
        | Op::FillPathNonZero(_)
        | Op::NonStrokeColorDeviceRgb(_)
        | Op::XObject(_)
        | Op::CharacterSpacing(_)
        | Op::TextFont(_)
        | Op::TextRenderingMode(_)
        | Op::TextRise(_)
        | Op::BeginText(_)
        | Op::EndText(_)
        | Op::SetTextMatrix(_)
        | Op::ShowText(_)
        | Op::ShowTexts(_)
        | Op::BeginMarkedContentWithProperties(_)
        | Op::EndMarkedContent(_)
        // Programs that write content anew say some of it in other words.
        | Op::NonStrokeColorDeviceGray(_)
        | Op::NextLine(_) => None,
        Op::RectPath(rect) => {
            let [wide, high] = [&rect.2, &rect.3].map(|side| side.as_f64().abs());
            let thick = wide.min(high);
            let what = "an area is drawn on it, which no edition does".to_owned();
            (thick > RULE).then(|| (what, Some(Need::Rule(Need::thousandths(thick)))))
        }
        other => {
            let name = format!("{other:?}");
            let name = name.split('(').next().unwrap_or_default();
            let what = format!("its content has an operation that no edition has ({name})");
            Some((what, None))
        }
    }
}

/// What is said of marked content that no edition says.
pub(super) fn properties(tag: &str, properties: Option<&Dict<'_>>) -> Option<String> {
    let Some(properties) = properties else {
        return Some(format!("nothing is said of content that is called {tag}"));
    };
    let known: &[&str] = match tag {
        "Artifact" => &["Type", "Subtype"],
        _ => &["MCID", "ActualText"],
    };
    let mut keys = properties.keys();
    if let Some(key) = keys.find(|key| !known.contains(&key.as_str())) {
        return Some(format!(
            "content says `{}`, which no edition does",
            key.as_str()
        ));
    }
    let name = |key: &str| {
        let name = properties.get::<Name<'_>>(key);
        name.map_or_else(String::new, |name| name.as_str().to_owned())
    };
    let is_known = match (tag, name("Type").as_str(), name("Subtype").as_str()) {
        ("Artifact", "Pagination", "Header" | "Footer" | "") => true,
        ("Artifact", "Layout" | "Background", "") => true,
        ("Artifact", ..) => false,
        _ => properties.contains_key("MCID"),
    };
    (!is_known)
        .then(|| format!("content that is called {tag} is there for no reason that editions have"))
}

/// What is wrong with the room between two letters of one string, in thousandths of the size that the pen goes back, and what a theme
/// has that sets them so.
pub(super) fn gap(back: f64, before: char, next: char) -> Option<(&'static str, Option<Need>)> {
    /// Letters of a word stand at most so far apart besides, and a space is narrower by no more; nor are two signs nearer to each
    /// other than pairs of letters are.
    const APART: f64 = -180.0;
    const CLOSED: f64 = 180.0;
    /// Of that so much may be for the pair, be letters set apart or not.
    const PAIR: f64 = 100.0;
    // Signs that ideographs share stand in squares with room in them.
    let is_plain = |c: char| c.is_ascii_graphic() || matches!(c, '–' | '−');
    let of_letters = before.is_ascii_alphanumeric() && next.is_ascii_alphanumeric();
    let apart = Need::TrackingShare(Need::thousandths((-back - PAIR) / 1000.0));
    let apart = |what| Some((what, Some(apart)));
    let closed = Need::TrackingShare(Need::thousandths((CLOSED - back) / 1000.0));
    let closed = |what| Some((what, Some(closed)));
    match (is_plain(before), before == ' ', is_plain(next)) {
        (true, _, true) if of_letters && back < APART => {
            apart("letters of a word are pulled apart")
        }
        (true, _, true) if back < 2.0 * APART => apart("signs of a word are pulled apart"),
        (true, _, true) if back > CLOSED => closed("letters of a word are pushed into each other"),
        (_, true, true) if back > CLOSED => closed("words are pushed together"),
        (true, _, _) if next == ' ' && back > CLOSED => closed("words are pushed together"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_stand_as_far_apart_as_a_theme_sets_them() {
        let need = |back: f64| gap(back, 'a', 'b').map(|(_, need)| need);
        assert_eq!(need(-60.0), None);
        // Of 0.3 em so much may be the pair's.
        assert_eq!(need(-300.0), Some(Some(Need::TrackingShare(200))));
        assert_eq!(need(200.0), Some(Some(Need::TrackingShare(-20))));
    }
}
