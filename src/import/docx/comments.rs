//! The comments of a document, and what became of them.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Changes;
use super::super::document::{Comment, CommentState};
use super::words;
use crate::read::dom::{Dom, Node};

/// The comments by their ids.
pub(super) fn read(
    dom: Option<&Dom>,
    threads: Option<&Dom>,
    changes: Changes,
) -> BTreeMap<String, Comment> {
    let mut found = BTreeMap::new();
    let Some(dom) = dom else { return found };
    let resolved = resolved(threads);
    for node in dom.all("comment") {
        let value = |name: &str| node.attribute(name).unwrap_or_default().to_owned();
        let mut paragraphs = Vec::new();
        for child in &node.children {
            let text = words::of_node(dom, *child, changes);
            paragraphs.extend(text.into_iter().filter(|text| !text.trim().is_empty()));
        }
        let date = value("date");
        let comment = Comment {
            id: value("id"),
            author: value("author"),
            date: date.split('T').next().unwrap_or_default().to_owned(),
            text: paragraphs.join(" "),
            about: String::new(),
            state: match last_paragraph(dom, node).is_some_and(|id| resolved.contains(id)) {
                true => CommentState::Resolved,
                false => CommentState::Open,
            },
        };
        found.insert(comment.id.clone(), comment);
    }
    found
}

/// The id of a comment's last paragraph, by which its thread is known ([MS-DOCX], 2.5.4.1).
fn last_paragraph<'d>(dom: &'d Dom, comment: &'d Node) -> Option<&'d str> {
    let mut paragraphs = comment.children.iter().rev().map(|id| dom.node(*id));
    paragraphs.find_map(|node| node.attribute("paraId"))
}

/// The paragraphs whose comments are resolved, answers included.
fn resolved(threads: Option<&Dom>) -> BTreeSet<&str> {
    let all = || threads.into_iter().flat_map(|dom| dom.all("commentEx"));
    let is_done = |node: &&Node| matches!(node.attribute("done"), Some("1" | "true" | "on"));
    let done = all().filter(is_done);
    let mut found: BTreeSet<&str> = done.filter_map(|node| node.attribute("paraId")).collect();
    // An answer names the comment that its thread begins with.
    let answers = all().filter(|node| {
        let parent = node.attribute("paraIdParent");
        parent.is_some_and(|parent| found.contains(parent))
    });
    let answers: Vec<&str> = answers
        .filter_map(|node| node.attribute("paraId"))
        .collect();
    found.extend(answers);
    found
}
