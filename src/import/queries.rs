//! What readers remarked on a document, as questions of editors.

use super::document::Comment;
use super::draft::{Block, Item};

/// What readers remarked, as questions of editors.
pub(crate) fn queries(comments: &[Comment], items: &mut Vec<Item>) {
    items.extend(
        comments
            .iter()
            .map(|comment| Item::from(Block::Query(query(comment)))),
    );
}

/// A remark with who made it, when, and of which words.
pub(crate) fn query(comment: &Comment) -> String {
    let who = match (comment.author.as_str(), comment.date.as_str()) {
        ("", "") => String::new(),
        ("", date) => format!("{date}: "),
        (author, "") => format!("{author}: "),
        (author, date) => format!("{author}, {date}: "),
    };
    let text = crate::piece::one_line(&comment.text).trim().to_owned();
    let about = match comment.about.split_whitespace().count() {
        1..=8 => format!(" (on “{}”)", crate::compose::canonical_line(&comment.about)),
        _ => String::new(),
    };
    format!("{who}{text}{about}")
}
