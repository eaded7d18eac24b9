//! What decides the look and the time that editions tell: theme, paper and `SOURCE_DATE_EPOCH`, validated.

use super::args::Look;
use crate::editions::Options;
use crate::theme::Theme;

/// The options for the writers.
pub(super) fn options(look: &Look) -> Result<Options, String> {
    Ok(Options {
        theme: theme(&look.theme)?,
        page_size: look.page_size,
    })
}

fn theme(name: &str) -> Result<Theme, String> {
    match name {
        "classic" => Ok(Theme::classic()),
        _ => Err(format!("there is no theme `{name}`")),
    }
}

/// `SOURCE_DATE_EPOCH`: whole seconds since 1970-01-01T00:00:00Z.
pub(super) fn epoch() -> Result<Option<u64>, String> {
    let Some(value) = std::env::var_os("SOURCE_DATE_EPOCH") else {
        return Ok(None);
    };
    let seconds = value.to_str().and_then(|text| text.parse().ok());
    seconds.map(Some).ok_or_else(|| {
        format!(
            "SOURCE_DATE_EPOCH is `{}`, which is not a whole number of seconds since 1970",
            value.display()
        )
    })
}
