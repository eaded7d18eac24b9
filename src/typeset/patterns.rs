//! British patterns of hyphenation: `build.rs` makes an automaton of the file in `patterns/`, which is searched where it lies.

/// An automaton of patterns; see `build/patterns.rs` for its form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Automaton(&'static [u8]);

/// Hyphenation of British English: other breaks than the American ones, and fewer.
pub(super) const BRITISH: Automaton =
    Automaton(include_bytes!(concat!(env!("OUT_DIR"), "/hyph-en-gb.bin")));

/// A node: the levels that hold where it is reached, and the ways on.
#[derive(Debug, Clone, Copy)]
struct Node {
    levels: &'static [u8],
    ways: &'static [u8],
}

impl Automaton {
    /// The bytes of a word before which it may be cut, so many characters at least from its ends.
    pub(super) fn points(self, word: &str, (left, right): (usize, usize)) -> Vec<usize> {
        let lower = word.bytes().map(|byte| byte.to_ascii_lowercase());
        let dotted: Vec<u8> = [b'.'].into_iter().chain(lower).chain([b'.']).collect();
        let mut levels = vec![0; dotted.len() + 1];
        let Some(root) = self.root() else {
            return Vec::new();
        };
        for start in 0..dotted.len() {
            let mut node = root;
            for letter in &dotted[start..] {
                let Some(next) = self.next(node, *letter) else {
                    break;
                };
                node = next;
                for packed in node.levels {
                    let place = &mut levels[start + usize::from(packed >> 4)];
                    *place = (*place).max(packed & 15);
                }
            }
        }
        let ends = word.char_indices().map(|(at, _)| at).skip(left);
        let kept = word.char_indices().rev().map(|(at, _)| at);
        let Some(last) = kept.take(right).last() else {
            return Vec::new();
        };
        // The dot before the word is one byte.
        ends.take_while(|at| *at <= last)
            .filter(|at| *at > 0 && levels[at + 1] % 2 == 1)
            .collect()
    }

    fn root(self) -> Option<Node> {
        let (_, place) = self.0.split_last_chunk()?;
        self.node(place)
    }

    fn next(self, node: Node, letter: u8) -> Option<Node> {
        let mut ways = node.ways.chunks_exact(4);
        let way = ways.find(|way| way.first() == Some(&letter))?;
        self.node(way.last_chunk()?)
    }

    fn node(self, place: &[u8; 3]) -> Option<Node> {
        let [low, middle, high] = place.map(usize::from);
        let rest = self.0.get(low | middle << 8 | high << 16..)?;
        let (count, rest) = rest.split_first()?;
        let (levels, rest) = rest.split_at_checked(usize::from(*count))?;
        let (count, rest) = rest.split_first()?;
        let ways = rest.get(..usize::from(*count) * 4)?;
        Some(Node { levels, ways })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(word: &str) -> String {
        let mut out = word.to_owned();
        for point in BRITISH.points(word, (2, 3)).into_iter().rev() {
            out.insert(point, '-');
        }
        out
    }

    /// The list of exceptions, then the patterns.
    #[test]
    fn words_are_cut_as_in_britain() {
        for (word, cut) in [
            ("university", "uni-ver-sity"),
            ("However", "How-ever"),
            ("manuscripts", "ma-nu-scripts"),
            ("democracy", "demo-cracy"),
            ("a", "a"),
            ("", ""),
        ] {
            assert_eq!(shown(word), cut);
        }
    }
}
