//! The themes that are shipped: an edition may be set in any of them.

use std::sync::OnceLock;

use super::difference::Difference;
use crate::theme::Theme;

/// All of them, read once in a run.
pub(super) fn themes() -> &'static [Theme] {
    static SHIPPED: OnceLock<Vec<Theme>> = OnceLock::new();
    SHIPPED.get_or_init(|| Theme::names().filter_map(Theme::named).collect())
}

/// The fewest differences: those under an edition's own theme, or under the one of these with which it agrees best.
pub(super) fn fewest(
    own: Vec<Difference>,
    against: impl Fn(&Theme) -> Vec<Difference>,
) -> Vec<Difference> {
    let mut best = own;
    for theme in themes() {
        if best.is_empty() {
            break;
        }
        let other = against(theme);
        if other.len() < best.len() {
            best = other;
        }
    }
    best
}
