//! Lengths that style sheets say: where nothing may stand for one, and what a theme needs that has them.

use std::collections::BTreeSet;

use super::super::need::Need;

/// Properties that cannot be nothing, or show nothing then.
const NEVER_NOTHING: &[&str] = &[
    "font-size",
    "height",
    "line-height",
    "max-height",
    "max-width",
    "width",
];

/// Whether a form is one of those that are known; nothing is a length too.
pub(super) fn is_one(property: &str, form: &str, known: &BTreeSet<&'static str>) -> bool {
    let is_length = |known: &str, own: &str| {
        matches!(own, "0" | "-0") && matches!(known, "#em" | "-#em") || own == known
    };
    let is_alike = |known: &&str| {
        let mut parts = known.split(' ').zip(form.split(' '));
        known.split(' ').count() == form.split(' ').count()
            && parts.all(|(known, own)| is_length(known, own))
    };
    known.contains(form) || !NEVER_NOTHING.contains(&property) && known.iter().any(is_alike)
}

/// What a theme needs whose sheets say a value, where no shipped theme has its lengths.
pub(super) fn needed(property: &str, value: &str) -> Option<Need> {
    type Of = fn(i64) -> Need;
    let (least, most, of): (f64, f64, Of) = match property {
        "font-size" => (0.55, 5.0, Need::SizeShare),
        "max-width" | "--measure" => (12.0, 60.0, Need::MeasureShare),
        "text-indent" => (0.0, 6.0, Need::SpaceShare),
        "letter-spacing" => (-0.05, 0.3, Need::TrackingShare),
        _ if property.starts_with("border") => (0.0, 3.0, Need::RuleShare),
        _ => (-4.0, 12.0, Need::SpaceShare),
    };
    value.split([' ', '(', ')', ',']).find_map(|part| {
        if let Some(share) = part.strip_suffix('%') {
            let share = share.parse::<f64>().unwrap_or(-1.0);
            // No theme has a share of anything.
            return (!(0.0..=100.0).contains(&share)).then_some(Need::MeasureShare(i64::MAX));
        }
        let number = part.trim_end_matches("em").trim_end_matches('r');
        let by = (number.len() < part.len()).then(|| number.parse::<f64>().ok());
        let by = by.flatten()?;
        // A measure is more than what is added to it.
        let is_added = property == "max-width" && part.ends_with("rem");
        (!is_added && !(least..=most).contains(&by)).then(|| of(Need::thousandths(by)))
    })
}
