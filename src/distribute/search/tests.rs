//! Segments and what they hold, without a site around them.
#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;

fn names(count: usize) -> Vec<(String, String)> {
    (0..count)
        .map(|n| (format!("Topic {n}"), format!("topic-{n}")))
        .collect()
}

fn parts(names: &[(String, String)]) -> Vec<(String, String, usize)> {
    let entries = names
        .iter()
        .map(|(name, slug)| Entry::Name(ShelfKind::Topic, name, slug));
    let mut found = Vec::new();
    part("n", entries.collect(), 0, &mut found);
    let told = found.iter();
    told.map(|(id, entries)| (id.clone(), key(entries), entries.len()))
        .collect()
}

#[test]
fn no_segment_has_too_many_entries_and_a_new_one_changes_one_segment() {
    let names = names(10_000);
    let before = parts(&names[..9_999]);
    let after = parts(&names);
    assert!(after.iter().all(|(.., count)| *count <= MOST));
    assert_eq!(after.iter().map(|(.., count)| count).sum::<usize>(), 10_000);
    let changed = after.iter().filter(|part| !before.contains(part)).count();
    assert!((1..=2).contains(&changed), "{changed}");
    assert!(parts(&[]).is_empty());
}

#[test]
fn shards_stand_in_the_order_of_their_terms_and_name_their_segment() {
    let mut builder = segment::Builder::new("n".to_owned(), "key".to_owned());
    for (name, slug) in names(200) {
        let name = format!("{name} {} 阿富汗 \u{1D7D8}𐍈 {}", &slug, "x".repeat(500));
        builder.add(Document::of_name(ShelfKind::Topic, &name, &slug));
    }
    let (segment, files) = builder.finish();
    assert_eq!(
        segment.paths().collect::<Vec<_>>(),
        files
            .iter()
            .map(|(path, ..)| path.clone())
            .collect::<Vec<_>>()
    );
    let shards = files.iter().filter(|(path, ..)| path.ends_with(".txt"));
    let mut terms: Vec<Vec<u16>> = Vec::new();
    for (path, _, bytes) in shards {
        let text = std::str::from_utf8(bytes).unwrap();
        let mut lines = text.lines();
        assert_eq!(lines.next(), Some("key"), "{path}");
        terms.extend(lines.map(|line| line.split(' ').next().unwrap().encode_utf16().collect()));
        assert!(bytes.len() < 10_000, "{path}");
    }
    assert!(terms.is_sorted() && terms.len() > 200);
}

#[test]
fn the_index_knows_how_long_the_title_of_each_entry_is() {
    let mut builder = segment::Builder::new("n".to_owned(), "key".to_owned());
    let long: Vec<String> = (0..99).map(|n| format!("word{n}")).collect();
    for name in ["Water", "Water of the Indus", &long.join(" ")] {
        builder.add(Document::of_name(ShelfKind::Topic, name, "slug"));
    }
    let (segment, _) = builder.finish();
    let index = serde_json::to_value(&segment).unwrap();
    assert_eq!(index["lengths"], "BE_");
}
