//! What a run tells of its sources: why a piece is not put, or is in spite of its date, each at its line.

use std::path::PathBuf;

use super::DeploySettings;
use super::build_piece::SourceOutcome;
use super::judge::{Judgement, Obstacle, Readiness, Verdict};
use super::shippable::export;
use super::site_view::Series;
use crate::compose::canonical_line;
use crate::diagnostic::{Code, Diagnostic, FieldPath};
use crate::load::load;

impl SourceOutcome {
    /// Tells why a piece is not put, or is in spite of its date.
    pub(super) fn tell(
        &mut self,
        judgement: &Judgement,
        rival: impl Fn(usize) -> PathBuf,
        settings: &DeploySettings<'_>,
    ) {
        let slug = self
            .claim
            .piece
            .as_ref()
            .map(|piece| piece.slug.to_string());
        let slug = slug.unwrap_or_default();
        let published = judgement.known.is_some();
        let stays = if published {
            "; what was published last stays"
        } else {
            ""
        };
        let export_first = || {
            let export = export(settings.site.formats.as_deref());
            format!("run {export} first")
        };
        let said = match &judgement.obstacle {
            None => {
                let piece = self
                    .piece
                    .as_ref()
                    .filter(|_| judgement.verdict == Verdict::Put);
                let date = piece.map(|piece| piece.publication.record.date);
                let future = date.filter(|date| date.days() * 86_400 > settings.now);
                let life = self.claim.piece.as_ref().map(|piece| &piece.life);
                if let Some(date) =
                    future.filter(|_| life.is_some_and(|life| life.embargo.is_none()))
                {
                    let message = format!("the piece is published now, and its date is {date}");
                    let problem = Diagnostic::warning(Code::FutureDate, message)
                        .hint("add `embargo:` with the instant, or set the date right");
                    self.diagnose("date", problem);
                }
                return;
            }
            Some(Obstacle::Broken) => (
                "series",
                Diagnostic::error(
                    Code::LastGood,
                    "the source cannot be read; what was published last stays",
                ),
            ),
            Some(Obstacle::Rival { slug, other }) => {
                let message = format!(
                    "{} claims the address `{slug}` too, so neither is put{stays}",
                    rival(*other).display()
                );
                (
                    "slug",
                    Diagnostic::error(Code::DuplicateSlug, message)
                        .hint("give one of the two another `slug:`, or take it out of the run"),
                )
            }
            Some(Obstacle::Taken {
                slug,
                renamed_from: Some(series),
            }) => {
                let message = format!(
                    "the piece at `{slug}` was published in the series `{series}`, and would be another one now{stays}"
                );
                (
                    "series",
                    Diagnostic::error(Code::SlugTaken, message).hint(format!(
                        "add `aliases: [\"{series}/{slug}\"]`, so that it stays one piece"
                    )),
                )
            }
            Some(Obstacle::Taken {
                slug,
                renamed_from: None,
            }) => {
                let message =
                    format!("the address `{slug}` belongs to another piece, or did{stays}");
                (
                    "slug",
                    Diagnostic::error(Code::SlugTaken, message).hint(
                        "choose another `slug:`; an address is never given to a second piece",
                    ),
                )
            }
            Some(Obstacle::Retitled { from }) => {
                let message = format!(
                    "the title gives the slug `{slug}` now, and the piece stands at `{from}`: its address would change{stays}"
                );
                ("title", Diagnostic::error(Code::Retitled, message).hint(format!("add `slug: {from}` to keep the address, or `slug: {slug}` and `aliases: [{from}]` to move the piece")))
            }
            Some(Obstacle::Unexported) => (
                "title",
                Diagnostic::error(
                    Code::NotExported,
                    "there are no editions of the piece, and it is not put",
                )
                .hint(export_first()),
            ),
            Some(Obstacle::Held(readiness)) => {
                let why = match readiness {
                    Readiness::Draft => "the piece is a draft again".to_owned(),
                    Readiness::Embargoed(hour) => {
                        format!("the piece is under an embargo until {hour}")
                    }
                    Readiness::Unexported | Readiness::Ready => {
                        "there are no editions of what the source says now".to_owned()
                    }
                };
                let hint = match readiness {
                    Readiness::Unexported => export_first(),
                    _ => "to take it off, set `status: withdrawn` with date and reason".to_owned(),
                };
                let field = match readiness {
                    Readiness::Draft => "status",
                    Readiness::Embargoed(_) => "embargo",
                    _ => "title",
                };
                (
                    field,
                    Diagnostic::error(Code::LastGood, format!("{why}{stays}")).hint(hint),
                )
            }
        };
        let (field, problem) = said;
        self.diagnose(field, problem);
    }

    /// Adds a diagnostic of a field, at its line. A text that was let go is read again for that.
    pub(super) fn diagnose(&mut self, field: &str, problem: Diagnostic) {
        if self.source.text.is_empty() {
            self.source = load(&self.source.path).source;
        }
        let place = self.source.place(&FieldPath::root().key(field));
        self.diagnostics.push(problem.at(place));
    }

    /// Warns of a series that is spelled otherwise, at its line.
    pub(super) fn diagnose_series(&mut self, spelling: &str, series: &Series) {
        let slug = self.claim.piece.as_ref().map(|piece| piece.slug.as_str());
        if let Some(problem) = other_spelling(spelling, slug.unwrap_or_default(), series) {
            self.diagnose("series", problem);
        }
    }
}

/// A series is one however it is spelled; whoever wrote it otherwise may have meant another, or slipped. What nobody sees is no other
/// spelling.
fn other_spelling(spelling: &str, slug: &str, series: &Series) -> Option<Diagnostic> {
    let message = format!(
        "the series is spelled `{spelling}` here, and `{}` in the other pieces",
        series.name
    );
    let problem = Diagnostic::warning(Code::SeriesSpelling, message);
    let hint = format!(
        "it is one series on the site; spell it the same everywhere, and add `aliases: [\"{spelling}/{slug}\"]` here, so that this stays one piece"
    );
    let is_other = canonical_line(spelling) != canonical_line(&series.name);
    is_other.then(|| problem.hint(hint))
}
