//! What a run tells in the end: of each source, of what is gone, of what is to come.

use super::build_site::SiteBuild;
use super::{DeployObserver, DeploySettings, DeploySummary};
use crate::diagnostic::{Code, Diagnostic, Severity};

impl SiteBuild {
    /// Reports what is wrong, in the order of the sources, then what is gone and what is to come.
    pub(super) fn report(
        &self,
        settings: &DeploySettings<'_>,
        observer: &dyn DeployObserver,
        summary: &mut DeploySummary,
    ) {
        let mut failed = 0;
        for outcome in &self.outcomes {
            let is_error = |diagnostic: &Diagnostic| diagnostic.severity == Severity::Error;
            failed += usize::from(outcome.diagnostics.iter().any(is_error));
            for diagnostic in &outcome.diagnostics {
                observer.diagnostic(&outcome.source, diagnostic);
                match (diagnostic.severity, diagnostic.code) {
                    (Severity::Error, _) => summary.errors += 1,
                    // Never denied: tomorrow it may not be there.
                    (Severity::Warning, Code::FutureDate) => {}
                    (Severity::Warning, _) => summary.warnings += 1,
                    (Severity::Note, _) => {}
                }
            }
        }
        for slug in &self.gone {
            summary.errors += 1;
            let note = format!(
                "the source of `{slug}` is gone, and its page stays; --prune takes it off and leaves a notice"
            );
            observer.note(Severity::Error, &note);
        }
        summary.pieces = self.pieces.len();
        summary.failed = failed;
        summary.kept = self.kept;
        summary.gone = self.gone.len();
        summary.waiting = self.waiting.len() + self.drafts;
        let waiting = self.waiting.iter();
        let first = waiting
            .clone()
            .min_by_key(|(hour, slug)| (hour.unix(), slug));
        if let Some((hour, slug)) = first {
            let minutes = ((hour.unix() - settings.now).max(0) + 59) / 60;
            let after = waiting.filter(|(other, _)| other != hour).count();
            let more = if after > 0 {
                format!("; {after} later")
            } else {
                String::new()
            };
            observer.upcoming(&format!(
                "next: `{slug}` at {hour}, in {}{more}",
                length(minutes)
            ));
        }
    }
}

/// So many minutes as people say it.
fn length(minutes: i64) -> String {
    match minutes {
        0..60 => format!("{minutes} min"),
        60..1440 => format!("{} h {} min", minutes / 60, minutes % 60),
        _ => format!("{} d {} h", minutes / 1440, minutes / 60 % 24),
    }
}
