//! What decides the look and the time that editions tell: theme, paper and `SOURCE_DATE_EPOCH`, validated.

use super::Refusal;
use super::args::Look;
use crate::editions::Options;
use crate::theme::Theme;

/// The options for the writers.
pub(super) fn options(look: &Look) -> Result<Options, Refusal> {
    Ok(Options {
        theme: Theme::load(&look.theme).map_err(Refusal::Theme)?,
        page_size: look.page_size,
    })
}

/// `SOURCE_DATE_EPOCH`: whole seconds since 1970-01-01T00:00:00Z.
pub(super) fn epoch() -> Result<Option<u64>, Refusal> {
    let Some(value) = std::env::var_os("SOURCE_DATE_EPOCH") else {
        return Ok(None);
    };
    let seconds = value.to_str().and_then(|text| text.parse().ok());
    seconds.map(Some).ok_or_else(|| {
        Refusal::because(format!(
            "SOURCE_DATE_EPOCH is `{}`, which is not a whole number of seconds since 1970",
            value.display()
        ))
    })
}
