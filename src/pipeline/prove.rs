//! Proof: editions read back and held against what their source composes to, before anybody gets them.

use rayon::prelude::*;

use super::{Build, Output, timed};
use crate::compose::Composition;
use crate::diagnostic::{Code, Diagnostic, guard};
use crate::editions::Options;
use crate::read::read;
use crate::verify::{Expected, hold};

/// Whether editions are proved before they are given out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Proving {
    /// Nobody asked for it.
    #[default]
    Unasked,
    /// Each is; one whose proof fails is not given out.
    Each,
}

/// Reads an edition back and holds it against what it must say.
///
/// # Errors
/// Where it first differs, in words.
pub(crate) fn prove(bytes: &[u8], expected: &Expected) -> Result<(), String> {
    let held = guard("proving an edition", || {
        let contents = read(bytes).map_err(|error| error.to_string())?;
        Ok(hold(&contents, expected).differences)
    });
    let differences = held.map_err(|fault| fault.message).flatten()?;
    let more = differences.len().saturating_sub(1);
    match (differences.first(), more) {
        (None, _) => Ok(()),
        (Some(first), 0) => Err(first.to_string()),
        (Some(first), more) => Err(format!("{first} (and {more} more)")),
    }
}

impl Build {
    /// Proves the editions; those whose proof fails are taken away and told.
    pub(super) fn prove(&mut self, composition: &Composition, options: &Options) {
        let editions = std::mem::take(&mut self.editions);
        let (proved, time) = timed(|| {
            let theme = &options.theme;
            let expected = Expected::in_theme(composition, theme);
            let is_review = |(output, _): &(Output, Vec<u8>)| matches!(output, Output::Review(_));
            let review = editions.iter().any(is_review);
            let review = review.then(|| Expected::in_theme(&composition.for_review(), theme));
            let prove = |(output, bytes): (Output, Vec<u8>)| match output {
                Output::Cover => Ok((output, bytes)),
                Output::Edition(format) => match prove(&bytes, &expected) {
                    Ok(()) => Ok((output, bytes)),
                    Err(reason) => Err(unproved(format.name, &reason)),
                },
                Output::Review(format) => {
                    match prove(&bytes, review.as_ref().unwrap_or(&expected)) {
                        Ok(()) => Ok((output, bytes)),
                        Err(reason) => Err(unproved(format.review, &reason)),
                    }
                }
            };
            editions.into_par_iter().map(prove).collect::<Vec<_>>()
        });
        for edition in proved {
            match edition {
                Ok(edition) => self.editions.push(edition),
                Err(failure) => self.failures.push(failure),
            }
        }
        self.times.push(("proof", time));
    }
}

fn unproved(format: &str, reason: &str) -> Diagnostic {
    let message = format!(
        "the {format} edition does not say what its source says, and is not put in its place: {reason}"
    );
    Diagnostic::error(Code::EditionUnproved, message)
        .hint("what stood there before still does; report this with the source, since it is a fault of flashpoint")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::compose::sample::composed;
    use crate::editions::FORMATS;
    use crate::theme::Theme;

    const PIECE: &str = "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en\n\
        contributors: [{name: N, statement: [The last word.]}]\n";

    fn options() -> Options {
        let theme = Theme::classic();
        Options {
            page_size: theme.page.size,
            theme,
        }
    }

    fn html(piece: &str) -> (Output, Vec<u8>) {
        let output = FORMATS.iter().find(|format| format.name == "html");
        let output = Output::Edition(output.unwrap());
        let bytes = output.write(&composed(piece), None, &options());
        (output, bytes.unwrap().unwrap())
    }

    #[test]
    fn an_edition_of_another_text_is_taken_away_and_told() {
        let other = html(&PIECE.replace("last", "lost"));
        let mut build = Build {
            editions: vec![html(PIECE), other],
            ..Build::default()
        };
        build.prove(&composed(PIECE), &options());
        assert_eq!(build.editions, [html(PIECE)]);
        assert_eq!(build.failures.len(), 1);
        let failure = &build.failures[0];
        assert_eq!(failure.code, Code::EditionUnproved);
        assert!(failure.message.contains("“lost”"), "{}", failure.message);
    }
}
