//! Numbers that look random and follow from a seed alone.

/// A stream of numbers (SplitMix64; Steele, Lea and Flood, 2014).
pub(crate) struct Random(u64);

impl Random {
    /// The stream of a seed and of what it is for: the same on every machine.
    pub(crate) fn new(seed: u64, purpose: &str, number: u64) -> Self {
        let mixed = purpose
            .bytes()
            .fold(seed ^ number.rotate_left(32), |state, byte| {
                Self(state ^ u64::from(byte)).next()
            });
        Self(mixed)
    }

    /// The next number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below a limit; 0 where the limit is.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    /// True so many times in a hundred.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of several.
    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// Mostly few, now and then many, seldom very many.
    pub(crate) fn few(&mut self) -> usize {
        match self.below(100) {
            0 => self.below(200),
            1..=9 => self.below(20),
            _ => 1 + self.below(4),
        }
    }
}
