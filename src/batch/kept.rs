//! Which of the sources that Word editions were made of stay in an output folder, and which go when it is cleaned.
//!
//! An edition can come back edited weeks later, so that the last states of every piece stay, not the very last alone.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::time::SystemTime;

use super::output_folder::OutputFolder;
use super::record::BatchRecord;
use super::state::SOURCES;
use crate::diagnostic::FieldPath;
use crate::load::texts;
use crate::piece::{Marked, Slug};

/// So many states of a piece stay beside those that its editions were made of.
const STATES: usize = 20;

/// A source that is kept.
struct Kept {
    /// The name of its file, which is its hash.
    name: String,
    /// The slug of the piece; none where it cannot be told.
    slug: Option<String>,
    /// When it was put there.
    since: Option<SystemTime>,
}

/// Removes the sources that nobody needs: those of pieces of which nothing is recorded, and of the others all but the last states.
///
/// # Errors
/// What the system gave; what was not removed then stays.
pub(super) fn prune(folder: &OutputFolder) -> io::Result<()> {
    let state = folder.state();
    let Ok(sources) = state.subfolder(SOURCES) else {
        return Ok(());
    };
    let mut record = BatchRecord::default();
    folder.add_record_to(&mut record);
    let needed: BTreeSet<String> = record.entries().map(|one| one.source.to_string()).collect();
    let slugs: BTreeSet<&str> = record.entries().map(|one| one.slug.as_str()).collect();
    let mut kept = Vec::new();
    for name in sources.names()? {
        let Ok(name) = name.into_string() else {
            continue;
        };
        if needed.contains(&name) {
            continue;
        }
        let mut file = sources.read(&name)?;
        let since = file.metadata().and_then(|data| data.modified()).ok();
        let mut text = String::new();
        let slug = match file.read_to_string(&mut text) {
            Ok(_) => slug_of(&text),
            Err(_) => None,
        };
        kept.push(Kept { name, slug, since });
    }
    for name in stale(kept, &slugs) {
        sources.remove(&name)?;
    }
    Ok(())
}

/// The names of those that go.
fn stale(kept: Vec<Kept>, slugs: &BTreeSet<&str>) -> Vec<String> {
    let mut by_slug: BTreeMap<String, Vec<Kept>> = BTreeMap::new();
    for one in kept {
        // What cannot be told is not taken away.
        if let Some(slug) = one.slug.clone() {
            by_slug.entry(slug).or_default().push(one);
        }
    }
    let mut gone = Vec::new();
    for (slug, mut states) in by_slug {
        states.sort_by(|a, b| (b.since, &a.name).cmp(&(a.since, &b.name)));
        let stay = match slugs.contains(slug.as_str()) {
            true => STATES,
            false => 0,
        };
        gone.extend(states.into_iter().skip(stay).map(|one| one.name));
    }
    gone
}

/// The slug that a source gives.
fn slug_of(text: &str) -> Option<String> {
    let texts = texts(text.strip_prefix('\u{feff}').unwrap_or(text));
    let root = FieldPath::root();
    let own = texts.get(&root.key("slug")).cloned();
    own.or_else(|| {
        let title = texts.get(&root.key("title"))?;
        let slug = Slug::derive(&Marked::new(title.as_str()).plain())?;
        Some(slug.to_string())
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_last_states_of_recorded_pieces_stay_and_nothing_of_others() {
        let kept = |slug: Option<&str>, at: u64| Kept {
            name: format!("{}{at:02}", slug.unwrap_or("-")),
            slug: slug.map(str::to_owned),
            since: Some(SystemTime::UNIX_EPOCH + Duration::from_secs(at)),
        };
        let mut all: Vec<Kept> = (0..25).map(|at| kept(Some("a"), at)).collect();
        all.extend([kept(Some("b"), 3), kept(None, 1)]);
        let gone = stale(all, &BTreeSet::from(["a"]));
        assert_eq!(gone, ["a04", "a03", "a02", "a01", "a00", "b03"]);
    }

    #[test]
    fn the_slug_is_that_of_the_title_where_there_is_none() {
        assert_eq!(
            slug_of("title: What *now*?\nlanguage: en\n").unwrap(),
            "what-now"
        );
        assert_eq!(slug_of("title: A\nslug: b-c\n").unwrap(), "b-c");
    }
}
