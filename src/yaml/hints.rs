//! Ways out of what is wrong with the shape of a file: what was meant, and what to write, in the form that the schema asks for.

use serde_json::Value;

use super::other_languages;
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
    let near = nearest(key, known).filter(|_| !is_mail_head(key))?;
    if scope != (Scope::Block { is_text: true }) {
        return Some(near);
    }
    let letters = |text: &str| text.to_lowercase().replace(['-', '_', ' '], "");
    let is_lower = key
        .chars()
        .all(|c| c.is_lowercase() || matches!(c, '_' | '-'));
    let (written, name) = (letters(key), letters(near));
    let is_same = written == name || (is_lower && strsim::osa_distance(&written, &name) <= 1);
    is_same.then_some(near)
}

/// Words that people write for keys that are called otherwise here.
const SYNONYMS: &[(&str, &[&str])] = &[
    (
        "affiliation",
        &[
            "designation",
            "function",
            "institution",
            "job",
            "job_title",
            "organisation",
            "organization",
            "position",
            "post",
            "title",
        ],
    ),
    ("alt", &["alternative", "description"]),
    ("bio", &["about", "biography"]),
    (
        "break",
        &["br", "divider", "hr", "line", "rule", "separator"],
    ),
    ("by", &["attribution", "author", "source", "speaker", "who"]),
    ("caption", &["legend"]),
    (
        "contributors",
        &[
            "authors",
            "author",
            "participants",
            "people",
            "speakers",
            "writers",
        ],
    ),
    ("credit", &["copyright", "photo", "photographer"]),
    ("figure", &["image", "img", "photo", "picture"]),
    ("heading", &["h1", "h2", "head"]),
    (
        "image",
        &["file", "filename", "img", "path", "picture", "src", "url"],
    ),
    ("introduction", &["intro", "lead", "preface"]),
    ("keywords", &["tags"]),
    ("language", &["lang"]),
    ("list", &["bullet", "bullets", "bulleted", "ul"]),
    (
        "name",
        &["author", "contributor", "person", "speaker", "writer"],
    ),
    ("notes", &["endnotes", "footnotes", "references"]),
    ("numbered", &["numbers", "ol", "ordered"]),
    (
        "portrait",
        &["headshot", "image", "img", "photo", "photograph", "picture"],
    ),
    ("pull", &["pullquote", "pull_quote"]),
    ("quote", &["blockquote", "quotation"]),
    ("rights", &["copyright"]),
    ("rows", &["body", "cells"]),
    ("series", &["column", "section"]),
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
    ("subheading", &["h3", "subhead"]),
    (
        "summary",
        &["abstract", "description", "standfirst", "teaser"],
    ),
    ("text", &["quote"]),
    ("url", &["homepage", "link", "web", "website"]),
];

/// The lines of a mail's head.
const MAIL: &[&str] = &["From", "Sent", "To", "Cc", "Bcc", "Subject", "Reply-To"];

/// Whether a key is the name of a line in the head of a mail.
pub(super) fn is_mail_head(key: &str) -> bool {
    MAIL.contains(&key)
}

/// Words that people write before a paragraph, which has no key.
const PARAGRAPHS: &[&str] = &["p", "para", "paragraph", "text"];

/// How a paragraph is written before which somebody put a key; none for other keys.
pub(super) fn paragraph(key: &str, written: &str) -> Option<String> {
    let is_one = PARAGRAPHS.contains(&key);
    is_one.then(|| match written.contains(": ") {
        true => format!(
            "a paragraph has no key: write `- {}`",
            quoted(&one_line(written))
        ),
        false => format!("a paragraph has no key: write `- {}`", beginning(written)),
    })
}

/// The key that a word of another use stands for.
pub(super) fn synonym<'k>(key: &str, known: &[&'k str], scope: Scope) -> Option<&'k str> {
    // In the place of a block a word with a capital, or one of several, begins a sentence.
    let key = match scope {
        Scope::Mapping => key.to_lowercase().replace(['-', ' '], "_"),
        Scope::Block { .. } => key.replace('-', "_"),
    };
    let mut names = SYNONYMS
        .iter()
        .filter(|(_, words)| words.contains(&key.as_str()));
    let of_other_use =
        names.find_map(|(name, _)| known.iter().copied().find(|known| known == name));
    of_other_use.or_else(|| {
        let mut names = other_languages::keys(&key);
        names.find_map(|name| known.iter().copied().find(|known| *known == name))
    })
}

/// Whether a word stands for some key, or is one in another language.
pub(super) fn is_word_for_key(word: &str) -> bool {
    let folded = word.to_lowercase().replace(['-', ' '], "_");
    let mut rows = SYNONYMS.iter();
    rows.any(|(_, words)| words.contains(&folded.as_str()))
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
    // A hyphen of its own that lacks its space.
    let bare = written.strip_prefix('-');
    let bare = bare.filter(|rest| rest.starts_with(char::is_alphabetic));
    rest.or(bare).map_or(written, str::trim_start)
}

/// Where a text stands that a list is due for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands<'t> {
    /// Below its key, in lines of its own.
    Below,
    /// On the line of its key.
    Beside,
    /// Below its key and a sign of YAML's for texts of several lines.
    Behind(&'t str),
}

/// Where a text stands, by what stands before it in the file.
pub(super) fn stands(before: &str) -> Stands<'_> {
    let line = before.trim_end();
    let sign = line.rsplit([' ', ':']).next().unwrap_or_default();
    let between = &before[line.len()..];
    match sign.trim_end_matches(['-', '+']) {
        "|" | ">" => Stands::Behind(sign),
        _ if between.contains('\n') || !line.ends_with(':') => Stands::Below,
        _ => Stands::Beside,
    }
}

/// How the items of a list are written of which the first is this text.
fn items(key: &str, written: &str, stands: Stands<'_>) -> String {
    let written = match written.contains(": ") {
        true => quoted(written),
        false => written.to_owned(),
    };
    match stands {
        Stands::Below => format!("begin each with a hyphen and a space: `- {written}`"),
        Stands::Beside => {
            format!("write each on a line of its own, with a hyphen:\n{key}:\n  - {written}")
        }
        Stands::Behind(sign) => format!(
            "take the `{sign}` behind `{key}:` away, and begin each with a hyphen and a space: `- {written}`"
        ),
    }
}

/// What parts the words of a list that stands in one line, in several scripts.
const COMMAS: &[char] = &[',', ';', '、', '，', '；', '،', '؛'];

/// What to write where a list is due and something else stands there.
pub(super) fn list(
    schema: Schema<'_>,
    choice: &Value,
    key: &str,
    written: &str,
    stands: Stands<'_>,
) -> String {
    let list = schema.alternatives(&choice["items"]);
    let has = |kind: &str| list.iter().any(|item| allows(item, kind));
    let whole = written;
    // What follows are items already.
    let mut lines = whole.lines();
    let first = lines.next().unwrap_or_default();
    // What follows a blank line is an item of its own as well.
    let is_item = |line: &str| line.trim_start().starts_with('-') || line.trim().is_empty();
    let is_followed = lines.any(is_item);
    let written = beginning(item_of(if is_followed { first } else { written }));
    if list
        .iter()
        .all(|item| allows(item, "string") && !allows(item, "object"))
        && whole.contains(COMMAS)
    {
        let parts = whole
            .split(COMMAS)
            .map(str::trim)
            .filter(|part| !part.is_empty());
        let parts = parts.map(beginning).collect::<Vec<_>>().join(", ");
        return format!("write `{key}: [{parts}]`");
    }
    if let Some(parts) = short_parts(whole).filter(|_| has("string")) {
        return format!("write `{key}: [{parts}]`, or a line with a hyphen for each");
    }
    if BREAKS.contains(&whole.trim()) && has("object") {
        return "for a break between two thoughts write `- break:`".to_owned();
    }
    if has("string") && !written.is_empty() {
        items(key, &written, stands)
    } else if has("string") {
        "begin each with a hyphen and a space: `- …`".to_owned()
    } else if has("array") {
        format!("a row is a list of cells, and `{key}` a list of rows: `{key}: [[…, …]]`")
    } else if let Some(object) = list.iter().find(|item| allows(item, "object")) {
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

/// The items of a list that was written in one line, if they are short and many enough to be some.
fn short_parts(written: &str) -> Option<String> {
    const LONGEST: usize = 30;
    let parts: Vec<&str> = written.split(',').map(str::trim).collect();
    let is_short = |part: &&str| {
        (1..=LONGEST).contains(&part.chars().count()) && !part.contains([':', '[', '{', '"', '\''])
    };
    let is_list = parts.len() > 2 && parts.iter().all(is_short) && !written.ends_with(['.', '?']);
    is_list.then(|| parts.join(", "))
}

/// What a value is part of, and so how its lines begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Within<'k> {
    /// A mapping, by this key.
    Key(&'k str),
    /// A list.
    Item,
}

/// The lines to write where a mapping is due and a text stands there.
pub(super) fn mapping(
    schema: Schema<'_>,
    choice: &Value,
    within: Within<'_>,
    written: &str,
) -> String {
    mapping_of_rows(schema, choice, within, written, cells(written))
}

/// The same, with the rows that stand there, each as it is written.
pub(super) fn mapping_of_rows(
    schema: Schema<'_>,
    choice: &Value,
    within: Within<'_>,
    written: &str,
    rows: Vec<String>,
) -> String {
    const MOST: usize = 4;
    if required(choice).next().is_none() {
        let own = "write its keys in lines of their own below it, further in";
        // The keys of notes are their numbers.
        return match (within, written.split_once(['.', ')'])) {
            (Within::Key(key), Some((number, text))) if number.parse::<u16>().is_ok() => {
                format!("{own}:\n{key}:\n  {number}: {}", beginning(text))
            }
            _ => own.to_owned(),
        };
    }
    let mut lines = vec!["write it in lines of its own:".to_owned()];
    let mut indent = "  ";
    match within {
        // The file itself has no key.
        Within::Key("") => indent = "",
        Within::Key(key) => lines.push(format!("{key}:")),
        Within::Item => indent = "- ",
    }
    let is_more = rows.len() > MOST;
    let mut rows = (rows.len() > 1).then(|| rows.into_iter().take(MOST));
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
                let is_body = required(choice).last() == Some(needed);
                match (rows.as_mut(), is_body) {
                    (Some(rows), true) => {
                        let row = |row: String| format!("\n{indent}  - {row}");
                        let more = is_more.then(|| "…".to_owned());
                        let body: String = rows.chain(more).map(row).collect();
                        lines.push(format!("{indent}{needed}:{body}"));
                        continue;
                    }
                    (Some(rows), false) => format!("[{}]", rows.next().unwrap_or_default()),
                    (None, _) => "[[…, …]]".to_owned(),
                }
            }
            Some(_) => "[…]".to_owned(),
            None => match written.take() {
                Some(path) if needed == "image" => path.replace('\\', "/"),
                Some(text) if !text.is_empty() => text,
                _ => {
                    let what = choice["properties"][needed]["description"].as_str();
                    let what = what.unwrap_or("…").split(['.', ',']).next().unwrap_or("…");
                    what.to_lowercase()
                }
            },
        };
        lines.push(format!("{indent}{needed}: {value}"));
        indent = if within == Within::Key("") { "" } else { "  " };
    }
    lines.join("\n")
}

/// The lines to write where a mapping is due and a list stands there, with the key and the value of its first item.
pub(super) fn mapping_for_list(key: &str, first: Option<(&str, &str)>) -> String {
    let (name, value) = first.unwrap_or(("…", "…"));
    format!(
        "take the hyphens away; each key stands on a line of its own:\n{key}:\n  {name}: {}",
        beginning(value)
    )
}

/// The rows of a table that was drawn with bars, or pasted with tabs.
fn cells(written: &str) -> Vec<String> {
    let lines = written
        .lines()
        .map(str::trim)
        .filter(|line| line.contains(['|', '\t']));
    let drawn = lines.filter(|line| line.contains(char::is_alphanumeric));
    drawn
        .map(|line| row(line.trim_matches('|').split(['|', '\t'])))
        .collect()
}

/// A row as it is written in one line.
pub(super) fn row<'c>(cells: impl Iterator<Item = &'c str>) -> String {
    const SIGNS: &[char] = &[
        ',', '[', ']', '{', '}', ':', '#', '&', '*', '!', '|', '>', '%', '@', '`',
    ];
    let cell = |cell: &str| match cell.trim() {
        "" => "\"\"".to_owned(),
        text if text.starts_with(['"', '\'']) => text.to_owned(),
        text if text.contains(SIGNS) => quoted(text),
        text => text.to_owned(),
    };
    let cells: Vec<String> = cells.map(cell).collect();
    format!("[{}]", cells.join(", "))
}

/// How a row is written where a list of rows is due.
pub(super) fn rows(key: &str, written: &str) -> String {
    let first = written.lines().next().unwrap_or_default().trim();
    if let Some(row) = first.strip_prefix("- ") {
        let signs: &[char] = if row.contains('|') {
            &['|']
        } else {
            &[',', '\t']
        };
        let cells = row.trim_matches('|').split(signs).map(str::trim);
        let cells = cells.collect::<Vec<_>>().join(", ");
        return format!(
            "put the cells of each row into brackets: `- [{}]`",
            beginning(&cells)
        );
    }
    let written = one_line(written);
    match written.starts_with('[') && written.len() <= 60 {
        true => format!("put the row into brackets of its own: `{key}: [{written}]`"),
        false => format!("put the row into brackets of its own: `{key}: [[…, …]]`"),
    }
}
