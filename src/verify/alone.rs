//! What can be told of an edition whatever its source says: that it shows what it says, and keeps the rules of its format.

use super::difference::{Difference, Kind, MOST, quoted};
use crate::compose::canonical_line;
use crate::read::{Contents, Need};

/// What a file shows otherwise than it says it, and what it breaks of the rules of its format: what can be told of it whatever its source
/// says. What only some themes have is not told.
#[must_use]
pub fn alone(contents: &Contents) -> Vec<Difference> {
    // Review editions are called as they are marked.
    let title = contents.metadata.title.as_deref().unwrap_or_default();
    let mark = title
        .split_once(" | ")
        .map(|(mark, _)| canonical_line(mark));
    let mut found = sight(contents, mark.as_deref());
    found.extend(soundness(contents, |_| true));
    found
}

/// What is said and not seen, or seen and not said, but for the mark of review editions.
pub(super) fn sight(contents: &Contents, mark: Option<&str>) -> Vec<Difference> {
    let unseen = contents.unseen.iter();
    let unseen = unseen.filter(|unseen| mark != Some(canonical_line(&unseen.text).as_str()));
    let told = unseen.take(MOST).map(|unseen| Difference {
        kind: Kind::Sight,
        place: unseen.place.clone(),
        message: format!(
            "what is seen is not what is said: {}: {}",
            quoted(&unseen.text),
            unseen.reason
        ),
    });
    told.collect()
}

/// The rules of its format that a file breaks, but for what its theme asks for.
pub(super) fn soundness(contents: &Contents, is_asked: impl Fn(Need) -> bool) -> Vec<Difference> {
    let faults = contents.faults.iter();
    let faults = faults.filter(|fault| !fault.unless.is_some_and(&is_asked));
    let told = faults.take(MOST).map(|fault| Difference {
        kind: Kind::Soundness,
        place: fault.place.clone(),
        message: format!("it breaks a rule of its format: {}", fault.message),
    });
    told.collect()
}
