//! The themes that are shipped: an edition may be set in any of them.

use std::sync::OnceLock;

use crate::theme::Theme;

/// All of them, read once in a run.
pub(super) fn themes() -> &'static [Theme] {
    static SHIPPED: OnceLock<Vec<Theme>> = OnceLock::new();
    SHIPPED.get_or_init(|| Theme::names().filter_map(Theme::named).collect())
}
