//! What changed between two texts, as words in the blocks of the newer one.

use similar::DiffOp;

use super::expected::Expected;
use super::words::{Words, operations};
use crate::read::{Block, Contents, Role};

/// So many words that stayed are shown around a change.
const AROUND: usize = 8;

/// A stretch of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stretch {
    /// They stand in both.
    Same(String),
    /// They stand in the older one alone.
    Removed(String),
    /// They stand in the newer one alone.
    Added(String),
    /// Words in both that are not shown.
    Skipped,
}

/// A block in which something changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedBlock {
    /// Where it stands in the newer text; empty for a source.
    pub place: String,
    /// What it is.
    pub role: Role,
    /// What it was, where that is something else.
    pub was: Option<Role>,
    /// Its words.
    pub stretches: Vec<Stretch>,
}

/// A text to compare: the blocks of a source or of an edition, its notes last.
#[derive(Debug, Clone)]
pub struct Text(Vec<Block>);

impl From<&Contents> for Text {
    fn from(contents: &Contents) -> Self {
        Self(contents.text().chain(&contents.notes).cloned().collect())
    }
}

impl From<Expected> for Text {
    fn from(expected: Expected) -> Self {
        let mut blocks = expected.blocks;
        blocks.extend(expected.notes);
        Self(blocks)
    }
}

/// What changed from the older text to the newer one.
#[must_use]
pub fn diff(old: &Text, new: &Text) -> Vec<ChangedBlock> {
    let (old_words, new_words) = (Words::of(&old.0), Words::of(&new.0));
    let mut blocks: Vec<Vec<(Origin, &str)>> = vec![Vec::new(); new.0.len().max(1)];
    // Of each block of the newer text, a block of the older one that words of it come from.
    let mut sources: Vec<Option<usize>> = vec![None; blocks.len()];
    let mut current = 0;
    for op in operations(&old_words.words, &new_words.words) {
        if !matches!(op, DiffOp::Equal { .. }) {
            for at in op.old_range() {
                // What is gone stood in the block that goes on, or that begins here.
                let next = new_words.blocks.get(op.new_range().start);
                let place = next
                    .copied()
                    .filter(|_| !op.new_range().is_empty())
                    .unwrap_or(current);
                blocks[place].push((Origin::Old, &old_words.words[at]));
            }
        }
        for (offset, at) in op.new_range().enumerate() {
            current = new_words.blocks[at];
            let origin = match op {
                DiffOp::Equal { old_index, .. } => {
                    sources[current].get_or_insert(old_words.blocks[old_index + offset]);
                    Origin::Both
                }
                _ => Origin::New,
            };
            blocks[current].push((origin, &new_words.words[at]));
        }
    }
    let changed = blocks.into_iter().enumerate().filter_map(|(index, words)| {
        let block = new.0.get(index);
        let role = block.map_or(Role::Paragraph, |block| block.role);
        let was = sources[index].map(|source| old.0[source].role);
        let was = was.filter(|was| kind(*was) != kind(role));
        let is_changed = words.iter().any(|(origin, _)| *origin != Origin::Both);
        (is_changed || was.is_some()).then(|| ChangedBlock {
            place: block.map(|block| block.place.clone()).unwrap_or_default(),
            role,
            was,
            stretches: stretches(&words),
        })
    });
    changed.collect()
}

/// Where a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    Old,
    New,
    Both,
}

/// A role as far as a change of it is worth telling.
fn kind(role: Role) -> (u8, u8) {
    match role {
        Role::Heading(level) => (1, level),
        Role::Cell { .. } => (2, 0),
        Role::Alternative => (3, 0),
        Role::Note => (4, 0),
        Role::Paragraph | Role::Quote | Role::Pull => (0, 0),
    }
}

/// Words of one origin after each other as one stretch; of many that stayed, those around changes.
fn stretches(words: &[(Origin, &str)]) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let groups: Vec<&[(Origin, &str)]> = words.chunk_by(|a, b| a.0 == b.0).collect();
    let last = groups.len().saturating_sub(1);
    let join = |words: &[(Origin, &str)]| {
        let words: Vec<&str> = words.iter().map(|(_, word)| *word).collect();
        words.join(" ")
    };
    for (index, group) in groups.iter().enumerate() {
        match group[0].0 {
            Origin::Old => stretches.push(Stretch::Removed(join(group))),
            Origin::New => stretches.push(Stretch::Added(join(group))),
            Origin::Both => {
                let head = if index == 0 {
                    0
                } else {
                    AROUND.min(group.len())
                };
                let tail = if index == last {
                    0
                } else {
                    AROUND.min(group.len())
                };
                if head + tail >= group.len() {
                    stretches.push(Stretch::Same(join(group)));
                    continue;
                }
                if head > 0 {
                    stretches.push(Stretch::Same(join(&group[..head])));
                }
                stretches.push(Stretch::Skipped);
                if tail > 0 {
                    stretches.push(Stretch::Same(join(&group[group.len() - tail..])));
                }
            }
        }
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Look, Span};

    fn text(lines: &[&str]) -> Text {
        let block = |line: &&str| Block {
            role: match line.starts_with('#') {
                true => Role::Heading(3),
                false => Role::Paragraph,
            },
            depth: 0,
            spans: vec![Span {
                text: line.trim_start_matches('#').to_owned(),
                look: Look::default(),
            }],
            place: String::new(),
            signs: Vec::new(),
            spot: None,
            nest: None,
            picture: None,
            style: String::new(),
            size: 0,
            names: Vec::new(),
            turned: None,
            spacing: 0,
            inks: Vec::new(),
            link_inks: Vec::new(),
            lines: Vec::new(),
            label: None,
        };
        Text(lines.iter().map(block).collect())
    }

    #[test]
    fn a_change_is_shown_in_its_block_with_a_few_words_around() {
        let long = "a b c d e f g h i j k l m n o p q r s t";
        let old = text(&[long, "stays", "#Trade", "goes"]);
        let new = text(&[&long.replace("k", "K new"), "stays", "Trade"]);
        let changed = diff(&old, &new);
        assert_eq!(changed.len(), 2);
        let same = |words: &str| Stretch::Same(words.to_owned());
        assert_eq!(
            changed[0].stretches,
            [
                Stretch::Skipped,
                same("c d e f g h i j"),
                Stretch::Removed("k".to_owned()),
                Stretch::Added("K new".to_owned()),
                same("l m n o p q r s"),
                Stretch::Skipped,
            ]
        );
        assert_eq!(changed[1].was, Some(Role::Heading(3)));
        assert!(
            changed[1]
                .stretches
                .contains(&Stretch::Removed("goes".to_owned()))
        );
        assert_eq!(diff(&old, &old), []);
    }
}
