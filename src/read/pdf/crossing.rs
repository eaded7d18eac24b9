//! Words that are drawn upon each other.

/// Text as it stands on a line.
pub(super) struct Stretch {
    /// How many letters and digits it has.
    pub(super) letters: usize,
    /// Where it begins.
    pub(super) at: [f64; 2],
    /// Where it ends, along its line.
    pub(super) end: f64,
    /// The height of its letters.
    pub(super) size: f64,
}

/// The stretches that lie upon others of their line. Marks stand upon letters, and letters of some scripts upon each other; words do not.
pub(super) fn crossed(all: &[Stretch]) -> Vec<usize> {
    let is_word = |own: &Stretch| own.letters >= 3 && own.end - own.at[0] > own.size;
    let mut words: Vec<usize> = (0..all.len())
        .filter(|index| is_word(&all[*index]))
        .collect();
    words.sort_by(|a, b| all[*a].at[1].total_cmp(&all[*b].at[1]));
    let mut crossed = Vec::new();
    for (position, index) in words.iter().enumerate() {
        let own = &all[*index];
        for other in &words[position + 1..] {
            let next = &all[*other];
            if next.at[1] - own.at[1] > own.size.max(next.size) * 0.3 {
                break;
            }
            let common = own.end.min(next.end) - own.at[0].max(next.at[0]);
            let least = (own.end - own.at[0]).min(next.end - next.at[0]);
            if common > least * 0.5 && common > own.size.min(next.size) * 1.2 {
                crossed.extend([*index, *other]);
            }
        }
    }
    crossed
}
