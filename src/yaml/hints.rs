//! Ways out of what is wrong with the shape of a file: what was meant, and what to write, in the form that the schema asks for.

use serde_json::Value;

use super::schema::{Schema, allows, required};
use super::syntax::quoted;
use crate::diagnostic::nearest;
use crate::piece::one_line;

/// Where a key stands that is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// In a mapping of several keys.
    Mapping,
    /// As the one key that names a block, in whose place a text may stand too.
    Block {
        /// Whether its value is a text, as it is where a colon stands in a paragraph.
        is_text: bool,
    },
}

/// The known key that was meant. In the place of a block a word with a colon behind it is mostly the beginning of a text:
/// there only another spelling of the same word is a key.
pub(super) fn meant<'k>(
    key: &str,
    known: impl Iterator<Item = &'k str>,
    scope: Scope,
) -> Option<&'k str> {
    let near = nearest(key, known)?;
    if scope != (Scope::Block { is_text: true }) {
        return Some(near);
    }
    let folded = key.to_lowercase().replace(['-', ' '], "_");
    let is_lower = key.chars().all(|c| c.is_lowercase() || c == '_');
    let is_same = folded == near || (is_lower && strsim::osa_distance(&folded, near) <= 1);
    is_same.then_some(near)
}

/// Words that people write for keys that are called otherwise here.
const SYNONYMS: &[(&str, &[&str])] = &[
    (
        "affiliation",
        &[
            "institution",
            "organisation",
            "organization",
            "position",
            "post",
        ],
    ),
    ("alt", &["alternative", "description"]),
    ("bio", &["biography"]),
    ("by", &["attribution", "author", "source", "who"]),
    ("contributors", &["authors", "author"]),
    ("image", &["file", "path", "picture", "src"]),
    ("language", &["lang"]),
    ("list", &["bullets", "bulleted", "ul"]),
    ("name", &["author", "contributor"]),
    ("numbered", &["ol", "ordered"]),
    ("pull", &["pullquote", "pull-quote"]),
    ("rows", &["body"]),
    (
        "statement",
        &[
            "answer",
            "body",
            "content",
            "contribution",
            "paragraphs",
            "text",
        ],
    ),
    ("summary", &["abstract", "description"]),
    ("text", &["quote"]),
];

/// The key that a word of another use stands for.
pub(super) fn synonym<'k>(key: &str, known: &[&'k str], scope: Scope) -> Option<&'k str> {
    // In the place of a block a word with a capital begins a sentence.
    let key = match scope {
        Scope::Mapping => key.to_lowercase(),
        Scope::Block { .. } => key.to_owned(),
    };
    let mut names = SYNONYMS
        .iter()
        .filter(|(_, words)| words.contains(&key.as_str()));
    names.find_map(|(name, _)| known.iter().copied().find(|known| known == name))
}

/// How a text with a colon in it is quoted, as it stands in the file.
pub(super) fn quote_whole(written: &str) -> String {
    format!("quote the text: {}", quoted(&one_line(written)))
}

/// The first words of a text.
pub(super) fn beginning(text: &str) -> String {
    const SHOWN: usize = 50;
    let text = one_line(text);
    let shown: String = text.chars().take(SHOWN).collect();
    let dots = if shown.len() < text.len() { "…" } else { "" };
    format!("{}{dots}", shown.trim_end())
}

/// What other programs and people write for a break.
const BREAKS: &[&str] = &["---", "***", "* * *", "___", "⁂"];

/// An item without the sign that stands for its hyphen.
fn item_of(written: &str) -> &str {
    let signs = ['–', '—', '•', '·', '◦', '▪', '●', '*'];
    let rest = written.strip_prefix(signs);
    let rest = rest.filter(|rest| rest.starts_with(char::is_whitespace));
    rest.map_or(written, str::trim_start)
}

/// What to write where a list is due and something else stands there.
pub(super) fn list(schema: Schema<'_>, choice: &Value, key: &str, written: &str) -> String {
    let items = schema.alternatives(&choice["items"]);
    let has = |kind: &str| items.iter().any(|item| allows(item, kind));
    let whole = written;
    let written = beginning(item_of(written));
    if items
        .iter()
        .all(|item| allows(item, "string") && !allows(item, "object"))
        && whole.contains([',', ';'])
    {
        let parts = whole
            .split([',', ';'])
            .map(str::trim)
            .filter(|part| !part.is_empty());
        let parts = parts.map(beginning).collect::<Vec<_>>().join(", ");
        return format!("write `{key}: [{parts}]`");
    }
    if BREAKS.contains(&whole.trim()) && has("object") {
        return "for a break between two thoughts write `- break:`".to_owned();
    }
    if has("string") && !written.is_empty() {
        format!("begin each with a hyphen and a space: `- {written}`")
    } else if has("string") {
        "begin each with a hyphen and a space: `- …`".to_owned()
    } else if has("array") {
        format!("a row is a list of cells, and `{key}` a list of rows: `{key}: [[…, …]]`")
    } else if let Some(object) = items.iter().find(|item| allows(item, "object")) {
        let first = required(object).next().unwrap_or("…");
        let written = beginning(whole.lines().next().unwrap_or_default());
        match written
            .strip_prefix(first)
            .is_some_and(|rest| rest.starts_with(':'))
        {
            true => format!("begin each with a hyphen and a space: `- {written}`"),
            false => format!("begin each with a hyphen and a space: `- {first}: {written}`"),
        }
    } else {
        format!("write `{key}: [one, another]`, or a line with `- ` for each")
    }
}

/// The lines to write where a mapping is due and a text stands there.
pub(super) fn mapping(schema: Schema<'_>, choice: &Value, key: &str, written: &str) -> String {
    if required(choice).next().is_none() {
        return "write its keys in lines of their own below it, further in".to_owned();
    }
    let mut lines = vec![
        "write it in lines of its own:".to_owned(),
        format!("{key}:"),
    ];
    let rows = cells(written);
    let mut rows = (rows.len() > 1).then(|| rows.into_iter());
    let mut written = Some(beginning(written));
    for needed in required(choice) {
        let kinds = schema.alternatives(&choice["properties"][needed]);
        let list = kinds.iter().find(|kind| allows(kind, "array"));
        let value = match list {
            Some(list)
                if schema
                    .alternatives(&list["items"])
                    .iter()
                    .any(|row| allows(row, "array")) =>
            {
                // The first row is the head, all others the body.
                let head = rows.as_mut().and_then(Iterator::next);
                let rows = match required(choice).last() == Some(needed) {
                    true => rows
                        .take()
                        .map(|rows| head.into_iter().chain(rows).collect()),
                    false => head.map(|head| vec![head]),
                };
                format!(
                    "[{}]",
                    rows.unwrap_or_else(|| vec!["[…, …]".to_owned()]).join(", ")
                )
            }
            Some(_) => "[…]".to_owned(),
            None => match written.take() {
                Some(text) if !text.is_empty() => text,
                _ => {
                    let what = choice["properties"][needed]["description"].as_str();
                    let what = what.unwrap_or("…").split(['.', ',']).next().unwrap_or("…");
                    what.to_lowercase()
                }
            },
        };
        lines.push(format!("  {needed}: {value}"));
    }
    lines.join("\n")
}

/// The rows of a table that was drawn with bars, or pasted with tabs.
fn cells(written: &str) -> Vec<String> {
    const MOST: usize = 4;
    let lines = written
        .lines()
        .map(str::trim)
        .filter(|line| line.contains(['|', '\t']));
    let drawn = lines
        .filter(|line| line.contains(char::is_alphanumeric))
        .take(MOST);
    let row = |line: &str| {
        let cells = line.trim_matches('|').split(['|', '\t']).map(str::trim);
        format!("[{}]", cells.collect::<Vec<_>>().join(", "))
    };
    drawn.map(row).collect()
}

/// How a row is written where a list of rows is due.
pub(super) fn rows(key: &str, written: &str) -> String {
    let written = one_line(written);
    match written.starts_with('[') && written.len() <= 60 {
        true => format!("put the row into brackets of its own: `{key}: [{written}]`"),
        false => format!("put the row into brackets of its own: `{key}: [[…, …]]`"),
    }
}
