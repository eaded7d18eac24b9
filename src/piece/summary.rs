//! The summary of a piece: one paragraph, or its key points.

use schemars::JsonSchema;
use serde::Deserialize;

/// The marks that end a sentence in the scripts that pieces are written in.
const ENDS: [char; 10] = ['?', '!', '.', '…', ':', '؟', '۔', '।', '？', '！'];

/// Marks behind which no space stands before the next sentence.
const WIDE_ENDS: [char; 3] = ['。', '？', '！'];

/// What may stand between the end of a sentence and the end of a text.
const CLOSING: [char; 8] = ['”', '’', '"', '\'', '»', ')', '」', '』'];

/// A summary for catalogues: one paragraph, or a list of key points.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Summary {
    /// One paragraph.
    Text(#[schemars(length(min = 1))] String),
    /// The key points, in order.
    Points(#[schemars(length(min = 1), inner(length(min = 1)))] Vec<String>),
}

impl Summary {
    /// The paragraph, or each point.
    #[must_use]
    pub fn lines(&self) -> &[String] {
        match self {
            Self::Text(text) => std::slice::from_ref(text),
            Self::Points(points) => points,
        }
    }

    /// All of it as one paragraph, for catalogues: points that end as sentences follow each other, others are parted.
    #[must_use]
    pub fn paragraph(&self) -> String {
        let mut lines = self.lines().iter();
        let mut paragraph = lines.next().cloned().unwrap_or_default();
        for line in lines {
            let end = paragraph.trim_end_matches(CLOSING);
            if !end.ends_with(WIDE_ENDS) {
                let is_ended = end.ends_with(ENDS) || end.ends_with([';', '；']);
                paragraph.push_str(if is_ended { " " } else { "; " });
            }
            paragraph.push_str(line);
        }
        paragraph
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(points: &[&str]) -> String {
        Summary::Points(points.iter().map(|&point| point.to_owned()).collect()).paragraph()
    }

    #[test]
    fn points_are_one_paragraph_to_catalogues() {
        assert_eq!(points(&["One"]), "One");
        assert_eq!(points(&["One.", "“Two?”", "Three."]), "One. “Two?” Three.");
        assert_eq!(points(&["trade falls", "war"]), "trade falls; war");
        assert_eq!(points(&["一。", "二。"]), "一。二。");
        assert_eq!(Summary::Text("Whole".to_owned()).paragraph(), "Whole");
    }
}
