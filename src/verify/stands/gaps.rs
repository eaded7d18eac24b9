//! How far blocks stand from each other by their kinds.

use crate::compose::Kind;
use crate::theme::{Sheet, Writing};

/// The spaces that may stand between two blocks that follow each other; none where nothing is known of them.
pub(super) fn between(
    sheet: &Sheet,
    writing: Writing,
    (above, below): (Kind, Kind),
    paths: [Option<&[String]>; 2],
) -> Vec<f64> {
    let row = |kind: Kind| sheet.row(kind, writing);
    let (one, next) = (row(above), row(below));
    let most = |one: f32, other: f32| vec![f64::from(one.max(other))];
    match (group(above), group(below)) {
        (Group::Title, Group::Title) => most(one.after.0, next.before.0),
        (Group::Head, Group::Head) | (Group::Affiliation, Group::Head) => {
            most(one.after.0, sheet.spaces.between_headings.0)
        }
        (Group::Head, Group::Affiliation) => most(next.before.0, 0.0),
        (Group::Head | Group::Affiliation, Group::Text) if is_plain(paths[1]) => {
            most(one.after.0, 0.0)
        }
        (Group::Head | Group::Affiliation, Group::List) => most(one.after.0, next.before.0),
        (Group::Head | Group::Affiliation, Group::Quote) => most(one.after.0, next.before.0),
        (Group::Text, Group::List) if is_plain(paths[0]) => most(next.before.0, 0.0),
        (Group::Text, Group::Quote) if is_plain(paths[0]) => most(next.before.0, 0.0),
        (Group::List, Group::List) => {
            let own = row(Kind::ListText);
            spaces(&[0.0, own.between.0, own.after.0.max(own.before.0)])
        }
        (Group::Quote, Group::Quote) => {
            spaces(&[0.0, one.between.0, one.after.0.max(next.before.0)])
        }
        (Group::Quote, Group::Source) => most(next.before.0, 0.0),
        _ => Vec::new(),
    }
}

fn spaces(all: &[f32]) -> Vec<f64> {
    all.iter().map(|space| f64::from(*space)).collect()
}

/// Whether a block stands in its section, and in nothing else.
fn is_plain(path: Option<&[String]>) -> bool {
    path.is_some_and(|path| {
        let mut roles = path.iter().map(String::as_str);
        roles.all(|role| matches!(role, "Document" | "Sect" | "P"))
    })
}

/// Kinds that stand alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    Title,
    Head,
    Affiliation,
    Text,
    List,
    Quote,
    Source,
    Other,
}

fn group(kind: Kind) -> Group {
    match kind {
        Kind::Series | Kind::Title | Kind::Subtitle | Kind::Byline | Kind::Credit | Kind::Date => {
            Group::Title
        }
        Kind::Heading2
        | Kind::Heading3
        | Kind::Heading4
        | Kind::EndHeading
        | Kind::EndSubheading => Group::Head,
        Kind::Affiliation => Group::Affiliation,
        Kind::Paragraph => Group::Text,
        Kind::ListText => Group::List,
        Kind::Quote => Group::Quote,
        Kind::QuoteSource => Group::Source,
        _ => Group::Other,
    }
}
