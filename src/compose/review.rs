//! Review editions: those of a piece that is not published yet, which say so.
//!
//! The mark is furniture: it stands on the first page, above every other, and in the metadata, and is no part of the text.

use super::{Composition, localise};
use crate::piece::{Instant, Status};

impl Composition {
    /// What a review edition says of itself; none for a piece of which none is made.
    #[must_use]
    pub fn review_mark(&self) -> Option<String> {
        match (&self.life.status, self.life.embargo) {
            (Status::Draft, _) => Some(self.words.draft.clone()),
            (Status::Ready, Some(embargo)) => {
                Some(self.words.embargoed.replace("{date}", &self.hour(embargo)))
            }
            _ => None,
        }
    }

    /// An instant as the piece's language writes it.
    fn hour(&self, instant: Instant) -> String {
        let language = match &self.words_language {
            Some(foreign) => &foreign.tag,
            None => &self.record.language,
        };
        let day = localise::date(instant.date(), language);
        let day = day.unwrap_or_else(|| instant.date().to_string());
        let time: String = instant
            .time_of_day()
            .chars()
            .map(|c| match c.to_digit(10) {
                Some(digit) => self.digits.number(digit as usize),
                None => c.to_string(),
            })
            .collect();
        format!("{day}, {time}")
    }

    /// The piece as its review edition says it.
    #[must_use]
    pub fn for_review(&self) -> Self {
        let mut review = self.clone();
        if let Some(mark) = self.review_mark() {
            for title in [&mut review.record.title, &mut review.record.full_title] {
                *title = format!("{mark} | {title}");
            }
            review.mark = Some(mark);
        }
        review
    }
}
