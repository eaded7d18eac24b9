//! What forms, chats and newspapers put around names and texts: labels such as `Name:` or `Response 2:`, the time of a message,
//! `writes:` behind a name. Where lines of one kind come again, they are told and left out, so that names and texts stand as
//! anywhere else.

use std::collections::BTreeMap;

use super::document::{Block, Paragraph, Remark, Role};

/// Labels before names in forms.
const NAMES: &[&str] = &[
    "author",
    "contributor",
    "expert",
    "full name",
    "name",
    "panellist",
    "respondent",
    "speaker",
];

/// Labels before what somebody is.
const POSTS: &[&str] = &[
    "affiliation",
    "designation",
    "institution",
    "organisation",
    "organization",
    "position",
    "post",
];

/// Labels before what somebody says, which may be counted, too.
const TEXTS: &[&str] = &[
    "answer",
    "comment",
    "contribution",
    "opinion",
    "remarks",
    "response",
    "statement",
    "view",
    "views",
];

/// Labels before names in other languages, with the word between.
const OF: &[&str] = &[
    "antwort von ",
    "beitrag von ",
    "kommentar von ",
    "stellungnahme von ",
    "commentaire de ",
    "contribution de ",
    "réponse de ",
    "comentario de ",
    "contribución de ",
    "respuesta de ",
    "commento di ",
    "risposta di ",
];

/// How newspapers begin the line that says who wrote above it.
const WRITERS: &[&str] = &[
    "the writer is ",
    "the author is ",
    "the writer works ",
    "the contributor is ",
    "der autor ist ",
    "die autorin ist ",
    "l'auteur est ",
    "l’auteur est ",
];

/// A line that says who wrote is no longer than this.
const WRITER: usize = 220;

/// A kind of label; those of one kind come again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// `Name: Amina Khan`.
    Form,
    /// `Response 2: Amina Khan`.
    Counted,
    /// `Contribution by Amina Khan`.
    Of,
    /// `[12/11/2025, 10:04] Amina Khan: …`.
    Message,
    /// `~ Amina Khan` under what was said.
    Tilde,
    /// `Amina Khan, ISSI, writes:`.
    Writes,
    /// `The writer is a former ambassador.`
    WriterIs,
}

/// What is at the beginning, or at the end, of a line.
enum Label {
    Before(usize),
    /// From here on.
    Behind(usize),
}

/// Takes labels off that come again.
pub(super) fn without(blocks: &mut [Block], remarks: &mut Vec<Remark>) {
    let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
    for paragraph in paragraphs(blocks) {
        for line in paragraph.plain().lines() {
            if let Some((kind, _)) = label(line, None) {
                *counts.entry(kind).or_insert(0) += 1;
            }
        }
    }
    counts.retain(|_, count| *count > 1);
    if counts.is_empty() {
        return;
    }
    let is_form = counts.contains_key(&Kind::Form);
    let mut told: Vec<String> = Vec::new();
    let mut place = String::new();
    for paragraph in paragraphs(blocks) {
        let before = told.len();
        strip(paragraph, &counts, is_form, &mut told);
        if told.len() > before && place.is_empty() {
            place = paragraph.place.clone();
        }
    }
    if !told.is_empty() {
        let message = "labels before names and texts are left out";
        remarks.push(Remark::lost(place, message, told.join(" ")));
    }
}

fn paragraphs(blocks: &mut [Block]) -> impl Iterator<Item = &mut Paragraph> {
    blocks.iter_mut().filter_map(|block| match block {
        Block::Paragraph(paragraph) if paragraph.item.is_none() => match paragraph.role {
            Role::Text | Role::Heading(_) => Some(paragraph),
            _ => None,
        },
        _ => None,
    })
}

/// Takes the labels off the lines of a paragraph.
fn strip(
    paragraph: &mut Paragraph,
    counts: &BTreeMap<Kind, usize>,
    is_form: bool,
    told: &mut Vec<String>,
) {
    let mut begins = true;
    for span in &mut paragraph.spans {
        let mut out = String::with_capacity(span.text.len());
        for line in span.text.split_inclusive('\n') {
            let (content, end) = match line.strip_suffix('\n') {
                Some(content) => (content, "\n"),
                None => (line, ""),
            };
            let found = label(content, is_form.then_some(Kind::Form));
            let found = found.filter(|(kind, _)| begins && counts.contains_key(kind));
            match found {
                Some((kind, Label::Before(length))) => {
                    let words = content[..length].trim();
                    // A dash says the same as a tilde.
                    match kind {
                        Kind::Tilde => out.push_str("— "),
                        _ => told.push(words.to_owned()),
                    }
                    out.push_str(&content[length..]);
                }
                Some((_, Label::Behind(from))) => {
                    told.push(content[from..].trim_matches([' ', ',']).to_owned());
                    out.push_str(&content[..from]);
                }
                None => out.push_str(content),
            }
            out.push_str(end);
            begins = !end.is_empty();
        }
        span.text = out;
    }
    paragraph
        .spans
        .retain(|span| !span.text.is_empty() || span.look.link.is_some());
}

/// The label of a line; in a form those before posts and texts are some too.
fn label(line: &str, form: Option<Kind>) -> Option<(Kind, Label)> {
    let start = line.len() - line.trim_start().len();
    let text = &line[start..];
    let before = |rest: &str| Label::Before(line.len() - rest.trim_start().len());
    if let Some(rest) = message(text) {
        return Some((Kind::Message, before(rest)));
    }
    if let Some(rest) = text.strip_prefix("~ ").or_else(|| text.strip_prefix('~')) {
        return begins_name(rest).then(|| (Kind::Tilde, before(rest)));
    }
    if let Some((key, rest)) = text.split_once(':') {
        let key = key.trim().to_lowercase();
        let key = key.as_str();
        let is_form = NAMES.contains(&key) && begins_name(rest.trim_start());
        if is_form || (form.is_some() && (POSTS.contains(&key) || TEXTS.contains(&key))) {
            return Some((Kind::Form, before(rest)));
        }
    }
    let behind = |beginnings: &[&str]| {
        let begins = |beginning: &&&str| {
            let own = text.get(..beginning.len());
            own.is_some_and(|own| own.to_lowercase() == **beginning)
        };
        beginnings
            .iter()
            .find(begins)
            .map(|beginning| &text[beginning.len()..])
    };
    if let Some(rest) = behind(OF).filter(|rest| begins_name(rest)) {
        return Some((Kind::Of, before(rest)));
    }
    if let Some(rest) = behind(WRITERS).filter(|_| text.chars().count() <= WRITER) {
        return Some((Kind::WriterIs, before(rest)));
    }
    let (word, rest) = text.split_once(' ')?;
    if TEXTS.contains(&word.to_lowercase().as_str())
        || NAMES.contains(&word.to_lowercase().as_str())
    {
        let rest = rest.trim_start();
        let of = ["by ", "from ", "of "]
            .iter()
            .find_map(|of| rest.strip_prefix(of));
        if let Some(rest) = of.filter(|rest| begins_name(rest)) {
            return Some((Kind::Of, before(rest)));
        }
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let behind = rest[digits..].trim_start();
        let behind = behind.strip_prefix([':', '.', ')', '–', '—', '-']);
        if let Some(rest) =
            behind.filter(|rest| (1..=2).contains(&digits) && begins_name(rest.trim_start()))
        {
            return Some((Kind::Counted, before(rest)));
        }
    }
    const LONGEST: usize = 20;
    let end = line.trim_end();
    let writes = [
        ", writes:",
        " writes:",
        ", said:",
        ", says:",
        ":-",
        ":–",
        ": -",
    ];
    let behind = writes.iter().find_map(|sign| end.strip_suffix(sign));
    let behind =
        behind.filter(|name| begins_name(name) && name.split_whitespace().count() <= LONGEST);
    behind.map(|name| (Kind::Writes, Label::Behind(name.len())))
}

/// What stands behind the time of a message in a chat, `[12/11/2025, 10:04:01]` or `12/11/25, 10:04 - `.
fn message(text: &str) -> Option<&str> {
    let (time, rest) = match text.strip_prefix('[') {
        Some(inside) => inside.split_once(']')?,
        None => text.split_once(" - ")?,
    };
    let is_of_time = |c: char| {
        c.is_ascii_digit()
            || matches!(
                c,
                '/' | '.' | '-' | ':' | ',' | ' ' | '\u{202f}' | 'A' | 'P' | 'M' | 'a' | 'p' | 'm'
            )
    };
    let digits = time.bytes().filter(u8::is_ascii_digit).count();
    let is_time =
        time.contains(':') && time.contains(['/', '.', '-']) && digits >= 7 && time.len() <= 30;
    (is_time && time.chars().all(is_of_time)).then_some(rest)
}

/// Whether a text begins with a capital, or with a letter of a script without them.
fn begins_name(text: &str) -> bool {
    let first = text.trim_start().chars().next();
    first.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(lines: &[&str]) -> (Vec<String>, String) {
        let paragraph = |text: &&str| Block::Paragraph(Paragraph::of(text));
        let mut blocks: Vec<Block> = lines.iter().map(paragraph).collect();
        let mut remarks = Vec::new();
        without(&mut blocks, &mut remarks);
        let said = paragraphs(&mut blocks).map(|p| p.plain()).collect();
        (said, remarks.into_iter().map(|told| told.words).collect())
    }

    #[test]
    fn labels_that_come_again_are_told_and_left_out() {
        let (said, told) = left(&[
            "Name: Amina Khan\nPosition: Director\nStatement: It held.",
            "Name: Saleem Shahid\nPosition: Journalist\nStatement: It did not.",
        ]);
        assert_eq!(
            said,
            [
                "Amina Khan\nDirector\nIt held.",
                "Saleem Shahid\nJournalist\nIt did not."
            ]
        );
        assert_eq!(
            told,
            "Name: Position: Statement: Name: Position: Statement:"
        );
        let (said, _) = left(&[
            "[12/11/2025, 10:04:01] Amina Khan: Yes.",
            "[12/11/2025, 10:05:01] Saleem Shahid: No.",
        ]);
        assert_eq!(said, ["Amina Khan: Yes.", "Saleem Shahid: No."]);
        let (said, _) = left(&[
            "Response 1: Amina Khan",
            "Response 2: Saleem Shahid",
            "Statement by Amina",
        ]);
        assert_eq!(said, ["Amina Khan", "Saleem Shahid", "Statement by Amina"]);
        let (said, told) = left(&["Amina Khan, ISSI, writes:", "Saleem Shahid, Dawn, writes:"]);
        assert_eq!(
            (said[0].as_str(), told.as_str()),
            ("Amina Khan, ISSI", "writes: writes:")
        );
    }

    #[test]
    fn labels_of_other_languages_and_of_newspapers_are_left_out() {
        let (said, told) = left(&["Réponse de Claire Dubois", "Réponse de Hélène d'Arcy"]);
        assert_eq!(said, ["Claire Dubois", "Hélène d'Arcy"]);
        assert_eq!(told, "Réponse de Réponse de");
        let (said, _) = left(&[
            "The writer is a former ambassador.",
            "The writer is a journalist.",
        ]);
        assert_eq!(said, ["a former ambassador.", "a journalist."]);
    }

    #[test]
    fn a_label_alone_and_running_text_stay() {
        let lines = [
            "Response 1: Amina Khan",
            "The answer is: wait.",
            "Name: nobody knows it",
            "10:04 is no time - we wait",
        ];
        assert_eq!(
            left(&lines),
            (lines.map(str::to_owned).to_vec(), String::new())
        );
    }
}
