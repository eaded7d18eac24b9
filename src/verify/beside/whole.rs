//! The parts of a running head, each whole or cut where it has no room (`measure::heads`).

use std::collections::BTreeSet;

/// Whether signs are those of three parts, each whole or as much of it as has room, and an ellipsis. Beside a long middle the others may
/// have no room at all.
pub(super) fn is_whole(shown: &str, said: &[String; 3]) -> bool {
    /// A middle of more letters may fill a head.
    const LONG: usize = 24;
    /// More ways to read a head than anybody needs: its words may have ellipses of their own.
    const MOST_WAYS: usize = 64;
    // Ideographs and what stands among them are twice as wide.
    let width = |c: char| if c < '\u{1100}' { 1 } else { 2 };
    let is_crowded = said[1].chars().map(width).sum::<usize>() > LONG;
    let mut ends = BTreeSet::from([0]);
    for (index, part) in said.iter().enumerate() {
        let may_lack = is_crowded && index != 1;
        let mut next = BTreeSet::new();
        for at in ends {
            let rest = &shown[at..];
            if rest.starts_with(part.as_str()) {
                next.insert(at + part.len());
            }
            if may_lack {
                next.insert(at);
            }
            let alike = rest
                .char_indices()
                .zip(part.chars().map(Some).chain([None]));
            for ((behind, own), said) in alike {
                if own == '…' && (behind > 0 || may_lack) && said.is_some() {
                    next.insert(at + behind + own.len_utf8());
                }
                if Some(own) != said {
                    break;
                }
            }
        }
        ends = next.into_iter().take(MOST_WAYS).collect();
    }
    ends.contains(&shown.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_head_are_whole_or_cut_and_lack_only_beside_a_long_middle() {
        let whole = |shown: &str, said: [&str; 3]| is_whole(shown, &said.map(str::to_owned));
        assert!(whole("Series3/12", ["Series", "", "3/12"]));
        assert!(whole("Ser…3/12", ["Series", "", "3/12"]));
        // Words may have an ellipsis of their own.
        assert!(whole(
            "well…co-op…1/2well…",
            ["well…co-operation", "1/2", "well…being"]
        ));
        assert!(whole(
            "well…co-operation1/2",
            ["well…co-operation", "1/2", ""]
        ));
        for shown in [
            "3/12",
            "…3/12",
            "Serious3/12",
            "Series",
            "Series3/12!",
            "Ser3/12",
        ] {
            assert!(!whole(shown, ["Series", "", "3/12"]), "{shown}");
        }
        let long = "a middle of a great many words";
        assert!(whole("…a middle of…", ["Series", long, "3/12"]));
        assert!(whole(long, ["Series", long, "3/12"]));
        assert!(!whole("Series3/12", ["Series", long, "3/12"]));
        let wide = "貿易カタカナ々貿易カタカナ々";
        assert!(whole("貿易カタカナ々貿易カタカナ…", ["", wide, "貿易国境"]));
    }
}
