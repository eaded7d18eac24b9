//! Proving: no edition is shipped that does not say what its source says.

use std::io::Read;
use std::sync::{Mutex, PoisonError};

use super::shippable::ShippableEdition;
use crate::batch::{Proof, ProofBasis, Proofs};
use crate::compose::Composition;
use crate::diagnostic::{Code, Diagnostic};
use crate::digest::Sha256;
use crate::pipeline;
use crate::store::open_plain;
use crate::theme::Theme;
use crate::verify::Expected;

/// Holds editions against their sources, and remembers which it need not hold again.
pub(super) struct Prover<'a> {
    /// The proofs that are remembered.
    before: &'a Proofs,
    /// The theme.
    theme: &'a Theme,
    /// Those made in this run.
    new: Mutex<Vec<Proof>>,
}

impl<'a> Prover<'a> {
    pub(super) fn new(before: &'a Proofs, theme: &'a Theme) -> Self {
        Self {
            before,
            theme,
            new: Mutex::new(Vec::new()),
        }
    }

    /// Whether the proof of every edition is remembered.
    pub(super) fn knows_all(&self, basis: ProofBasis<'_>, editions: &[ShippableEdition]) -> bool {
        let mut editions = editions.iter();
        editions.all(|edition| self.before.has(basis.proof_of(edition.sha256)))
    }

    /// The editions whose proof holds; the others are told.
    pub(super) fn proved(
        &self,
        basis: ProofBasis<'_>,
        composition: &Composition,
        editions: Vec<ShippableEdition>,
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<ShippableEdition> {
        if self.knows_all(basis, &editions) {
            return editions;
        }
        let expected = Expected::in_theme(composition, self.theme);
        let is_proved = |edition: &ShippableEdition| {
            let proof = basis.proof_of(edition.sha256);
            if self.before.has(proof) {
                return true;
            }
            match prove(edition, &expected) {
                Ok(()) => {
                    let new = self.new.lock();
                    new.unwrap_or_else(PoisonError::into_inner).push(proof);
                    true
                }
                Err(reason) => {
                    problems.push(unproved(edition, &reason));
                    false
                }
            }
        };
        editions.into_iter().filter(is_proved).collect()
    }

    /// The proofs made in this run.
    pub(super) fn into_new(self) -> Vec<Proof> {
        self.new
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

fn prove(edition: &ShippableEdition, expected: &Expected) -> Result<(), String> {
    let mut bytes = Vec::new();
    let read = open_plain(&edition.file).and_then(|mut file| file.read_to_end(&mut bytes));
    read.map_err(|error| format!("it cannot be read: {error}"))?;
    if Sha256::of(&bytes) != edition.sha256 {
        return Err("it was altered after it was made".to_owned());
    }
    pipeline::prove(&bytes, expected)
}

fn unproved(edition: &ShippableEdition, reason: &str) -> Diagnostic {
    let message = format!(
        "{} does not say what its source says and is not shipped: {reason}",
        edition.file.display()
    );
    Diagnostic::error(Code::EditionUnproved, message)
        .hint("run `flashpoint verify` to see all that differs; `--unproved` ships it as it is")
}
