//! The known name that somebody probably meant: one measure for keys, notes, themes and codes.
//!
//! The measure is the number of letters that differ (optimal string alignment: one for a letter too many, too few,
//! another, or two in the wrong order). It grows with the product of both lengths, so long names are not compared, and
//! of many known names only those of about the same length, and not all of them.

/// The longest name that is compared, in bytes; what is longer is text and no name.
const LONGEST: usize = 40;

/// How many known names are compared at most.
const CANDIDATES: usize = 500;

/// The known name nearest to this one, where one is near: a quarter of its letters and one more may differ.
#[must_use]
pub(crate) fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    if name.len() > LONGEST {
        return None;
    }
    let name = folded(name);
    let length = name.chars().count();
    let near = known
        .into_iter()
        .filter(|known| known.len() <= LONGEST)
        .map(|known| (known, known.chars().count()))
        .filter(|(_, count)| count.abs_diff(length) <= most(*count))
        .take(CANDIDATES);
    near.filter_map(|(known, count)| {
        let distance = strsim::osa_distance(&name, &folded(known));
        (distance <= most(count)).then_some((distance, known))
    })
    .min()
    .map(|(_, known)| known)
}

/// How many letters of a known name of this length may differ.
fn most(length: usize) -> usize {
    1 + length / 4
}

/// A name without what is often confused in keys: capitals, hyphens, spaces and underscores.
fn folded(name: &str) -> String {
    name.to_lowercase().replace(['-', ' '], "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_finger_are_near_and_other_words_are_not() {
        let keys = ["title", "subtitle", "short_title", "cover-paper", "date"];
        for (written, meant) in [
            ("titel", Some("title")),
            ("Title", Some("title")),
            ("short title", Some("short_title")),
            ("cover_paper", Some("cover-paper")),
            ("colour", None),
            ("", None),
        ] {
            assert_eq!(nearest(written, keys), meant, "{written}");
        }
    }

    #[test]
    fn long_names_and_many_of_them_take_no_time() {
        let long = "a".repeat(1 << 20);
        assert_eq!(nearest(&long, [long.as_str()]), None);
        let many: Vec<String> = (0..100_000).map(|n| format!("{n:038}")).collect();
        let start = std::time::Instant::now();
        for _ in 0..20 {
            let _ = nearest(&"b".repeat(38), many.iter().map(String::as_str));
        }
        assert!(start.elapsed().as_secs() < 5);
    }
}
