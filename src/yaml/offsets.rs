//! Characters to bytes: the parser counts in characters, and may read a text that was changed for it.

use super::edits::Origins;

/// The bytes of a text's characters.
pub(super) struct Offsets<'a> {
    text: &'a str,
    /// The byte of every so many characters; empty when the text is ASCII.
    checkpoints: Vec<usize>,
    /// The way back to the text as it is.
    origins: &'a Origins,
}

impl<'a> Offsets<'a> {
    const STEP: usize = 64;

    pub(super) fn new(text: &'a str, origins: &'a Origins) -> Self {
        let checkpoints = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices()
                .step_by(Self::STEP)
                .map(|(at, _)| at)
                .collect()
        };
        Self {
            text,
            checkpoints,
            origins,
        }
    }

    /// The byte of the text as it is that a character comes from.
    pub(super) fn byte(&self, character: usize) -> usize {
        self.origins.of(self.mended_byte(character))
    }

    fn mended_byte(&self, character: usize) -> usize {
        if self.checkpoints.is_empty() {
            return character.min(self.text.len());
        }
        let Some(from) = self.checkpoints.get(character / Self::STEP) else {
            return self.text.len();
        };
        self.text[*from..]
            .char_indices()
            .nth(character % Self::STEP)
            .map_or(self.text.len(), |(at, _)| from + at)
    }
}
