//! The order in which a page's content may say things: some operations stand inside text objects alone, others outside, and what is
//! begun inside another thing ends there (ISO 32000-1, 8.2, 8.4.2, 9.4.1 and 14.6.1). Readers that meet another order draw less.

use hayro_syntax::content::ops::TypedInstruction;

/// What is open in a stream of content.
#[derive(Debug, Default)]
pub(super) struct OpenObjects {
    /// How many sequences of marked content were open where the text object began, while one is open.
    text: Option<usize>,
    /// How many states are saved.
    saved: usize,
}

impl OpenObjects {
    /// Follows an operation; tells what stands where it may not. `marked` sequences of marked content are open before it.
    pub(super) fn follow(
        &mut self,
        operation: &TypedInstruction<'_, '_>,
        marked: usize,
    ) -> Option<&'static str> {
        use TypedInstruction as Op;
        match operation {
            Op::BeginText(_) => {
                let is_inside = self.text.replace(marked).is_some();
                is_inside.then_some("a text object begins in another")
            }
            Op::EndText(_) => match self.text.take() {
                None => Some("a text object ends that has not begun"),
                Some(open) if open != marked => Some(
                    "marked content begins in a text object and ends behind it, or the other way",
                ),
                Some(_) => None,
            },
            Op::EndMarkedContent(_) => (self.text.is_some_and(|open| marked <= open))
                .then_some("marked content ends in a text object that began in it"),
            Op::ShowText(_)
            | Op::ShowTexts(_)
            | Op::NextLineAndShowText(_)
            | Op::ShowTextWithParameters(_)
            | Op::NextLine(_)
            | Op::NextLineAndSetLeading(_)
            | Op::NextLineUsingLeading(_)
            | Op::SetTextMatrix(_) => self
                .text
                .is_none()
                .then_some("words stand outside of text objects"),
            Op::SaveState(_) => {
                self.saved += 1;
                self.outside()
            }
            Op::RestoreState(_) => {
                let is_saved = self.saved > 0;
                self.saved = self.saved.saturating_sub(1);
                match is_saved {
                    true => self.outside(),
                    false => Some("a state is restored that was not saved"),
                }
            }
            Op::Transform(_) | Op::XObject(_) | Op::RectPath(_) | Op::FillPathNonZero(_) => {
                self.outside()
            }
            _ => None,
        }
    }

    /// Tells what is open at the end of a stream.
    pub(super) fn end(&self) -> Option<&'static str> {
        match (self.text, self.saved) {
            (Some(_), _) => Some("a text object does not end"),
            (None, 0) => None,
            (None, _) => Some("a state is saved that is not restored"),
        }
    }

    /// What is wrong inside a text object.
    fn outside(&self) -> Option<&'static str> {
        self.text
            .is_some()
            .then_some("something else than words is drawn in a text object")
    }
}
