//! Signs that nobody sees in what a file says of itself: they turn letters round or part words for those who search, and stop those who
//! read a date or a number there.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use crate::compose::{Record, silent};
use crate::read::Metadata;

/// Tells such signs, unless the source has them.
pub(super) fn hold(own: &Metadata, record: &Record, say: &mut impl FnMut(String)) {
    let known: LazyCell<BTreeSet<char>, _> = LazyCell::new(|| {
        let record = serde_json::to_string(record).unwrap_or_default();
        silent(&record).collect()
    });
    for said in own.statements.iter().filter(|said| !said.unseen.is_empty()) {
        let strange = said.unseen.chars().filter(|c| !known.contains(c));
        let strange: Vec<String> = strange.map(|c| format!("U+{:04X}", u32::from(c))).collect();
        if !strange.is_empty() {
            say(format!(
                "`{}` has signs that nobody sees: {}",
                said.name,
                strange.join(", ")
            ));
        }
    }
}
