//! What decides the appearance of editions and the time that they tell: theme, paper and `SOURCE_DATE_EPOCH`, validated.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use super::Refusal;
use super::args::{Appearance, Clock, Messages};
use super::console::Console;
use super::faces;
use super::project::Chosen;
use crate::editions::Options;
use crate::piece::Instant;
use crate::theme::{PageSize, Theme, ThemeError};

/// The options for the writers of the pieces at these paths.
pub(super) fn writer_options(
    appearance: &Appearance,
    paths: &[PathBuf],
    chosen: &Chosen,
    console: &Console,
    messages: Messages,
) -> Result<Options, Refusal> {
    let name = appearance.theme.clone().or_else(|| chosen.theme());
    let name = name.as_deref().unwrap_or("classic");
    let mut theme = theme(name, console, messages)?;
    if let Some(standard) = appearance.pdf_standard {
        theme.pdf_standard = standard;
    }
    faces::add(&mut theme, &appearance.faces, paths, console)?;
    Ok(Options {
        page_size: appearance
            .page_size
            .or_else(|| page_size(chosen))
            .unwrap_or(theme.page.size),
        theme,
    })
}

/// The paper that the project names.
fn page_size(chosen: &Chosen) -> Option<PageSize> {
    match chosen.project.as_ref()?.file.page_size.as_deref()? {
        "letter" => Some(PageSize::Letter),
        _ => Some(PageSize::A4),
    }
}

/// A theme by its name or path; its warnings are told, and refuse it where warnings are denied.
pub(super) fn theme(name: &str, console: &Console, messages: Messages) -> Result<Theme, Refusal> {
    let loaded = Theme::load(name).map_err(Refusal::Theme)?;
    if messages.deny_warnings && !loaded.warnings.is_empty() {
        return Err(Refusal::Theme(Box::new(ThemeError {
            source_text: loaded.source_text,
            diagnostics: loaded.warnings,
        })));
    }
    for warning in &loaded.warnings {
        console.diagnostic(&loaded.source_text, warning);
    }
    Ok(loaded.theme)
}

/// The time in seconds since 1970: what was named, else that of the machine.
#[expect(
    clippy::disallowed_methods,
    reason = "whether an hour has come only a clock tells, and no edition is made of it"
)]
pub(super) fn now(clock: Clock) -> i64 {
    let machine = || {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        i64::try_from(since.unwrap_or_default().as_secs()).unwrap_or(i64::MAX)
    };
    clock.now.map_or_else(machine, Instant::unix)
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

/// How many pieces to work on at once: what was asked for, else what `RAYON_NUM_THREADS` says, else nothing in particular.
pub(super) fn jobs(asked: Option<NonZeroUsize>) -> Option<NonZeroUsize> {
    let environment = || {
        std::env::var_os("RAYON_NUM_THREADS")?
            .to_str()?
            .parse()
            .ok()
    };
    asked.or_else(environment)
}
