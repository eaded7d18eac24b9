//! The characters of an embedded face, known before the face is unpacked: so none is unpacked only to be asked.

use std::sync::OnceLock;

/// The characters of a face.
pub(super) struct Cover {
    /// Pairs of LEB128 numbers, as `fonts/cut.py` writes them: how many code points are passed over, and how many follow.
    packed: &'static [u8],
    /// First and last of each run, ascending.
    runs: OnceLock<Vec<(u32, u32)>>,
}

impl Cover {
    /// The characters that a file lists.
    pub(super) const fn new(packed: &'static [u8]) -> Self {
        Self {
            packed,
            runs: OnceLock::new(),
        }
    }

    /// First and last of each run of characters, ascending.
    pub(super) fn runs(&self) -> &[(u32, u32)] {
        self.runs.get_or_init(|| runs(self.packed))
    }

    /// Whether the face has a character.
    pub(super) fn has(&self, c: char) -> bool {
        let c = u32::from(c);
        let runs = self.runs();
        let next = runs.partition_point(|(first, _)| *first <= c);
        next.checked_sub(1).is_some_and(|run| c <= runs[run].1)
    }
}

fn runs(packed: &[u8]) -> Vec<(u32, u32)> {
    let mut numbers = numbers(packed);
    let mut at = 0;
    let mut runs = Vec::new();
    while let (Some(passed), Some(count)) = (numbers.next(), numbers.next()) {
        let first = at + passed;
        at = first + count;
        runs.push((first, at - 1));
    }
    runs
}

fn numbers(packed: &[u8]) -> impl Iterator<Item = u32> {
    packed
        .split_inclusive(|byte| byte & 0x80 == 0)
        .map(|bytes| {
            let places = bytes.iter().rev();
            places.fold(0, |number, byte| number << 7 | u32::from(byte & 0x7F))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_runs_is_read() {
        let cover = Cover::new(&[0x20, 2, 0xD0, 0x9B, 0x01, 1]);
        let has: Vec<u32> = (0..0x5000)
            .filter(|c| char::from_u32(*c).is_some_and(|c| cover.has(c)))
            .collect();
        assert_eq!(has, [0x20, 0x21, 0x22 + 0x4DD0]);
    }
}
