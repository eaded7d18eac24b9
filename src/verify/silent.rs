//! Signs that nobody sees in what a file says of itself: they turn letters round or part words for those who search, and each stands where
//! the source has it.

use crate::compose::{Record, silent};
use crate::read::Metadata;

/// Holds such signs against those of the source, whose values stand in rows by the names of statements. Titles and creators are held sign by sign elsewhere.
pub(super) fn hold(
    own: &Metadata,
    rows: &[(&str, Vec<String>)],
    record: &Record,
    say: &mut impl FnMut(String),
) {
    let others = own.statements.iter().filter(|said| {
        !said.unseen.is_empty() && !matches!(said.name.as_str(), "title" | "creator")
    });
    for said in others {
        let of_house = matches!(said.name.as_str(), "lastModifiedBy" | "program Company");
        let house = record.publisher.iter().filter(|_| of_house);
        let of_rows = rows.iter().filter(|(name, _)| *name == said.name);
        let values = of_rows.flat_map(|(_, values)| values).chain(house);
        let should: String = values.flat_map(|value| silent(value)).collect();
        if said.unseen != should {
            let signs = said.unseen.chars().map(|c| format!("U+{:04X}", c as u32));
            let signs: Vec<String> = signs.collect();
            say(format!(
                "`{}` has signs that nobody sees: {}",
                said.name,
                signs.join(", ")
            ));
        }
    }
}
