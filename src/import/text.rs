//! Plain text: from mails, notes and clipboards.

use std::collections::BTreeMap;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::document::{Block, Document, Paragraph, Remark, Role, Weight};
use super::mail;
use super::typed_looks::{self, Row};

/// A text in lines of about this length, with blank lines between paragraphs, was broken by a mail program.
const WRAPPED: usize = 90;

/// The characters of a file, whatever their encoding; what was not UTF-8 is told.
pub(crate) fn decoded(bytes: &[u8], name: &str) -> (String, Option<Remark>) {
    let (encoding, mark) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (encoding, mark),
        None => (guessed(bytes), 0),
    };
    let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
    let remark = (encoding != UTF_8).then(|| {
        let message = match text.contains('\u{fffd}') {
            true => format!(
                "read as {}, with characters that are none of it",
                encoding.name()
            ),
            false => format!("read as {}", encoding.name()),
        };
        Remark::guess(name, message)
    });
    (text.into_owned(), remark)
}

/// What an encoding seems to be that no mark names.
fn guessed(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() && !bytes.iter().take(4096).any(|byte| *byte == 0) {
        return UTF_8;
    }
    // In UTF-16 every other byte of most texts is nought.
    let head = &bytes[..bytes.len().min(4096)];
    let noughts = |from: usize| {
        head.iter()
            .skip(from)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let half = head.len() / 2;
    match (noughts(0), noughts(1)) {
        (_, odd) if odd * 3 > half => UTF_16LE,
        (even, _) if even * 3 > half => UTF_16BE,
        _ if std::str::from_utf8(bytes).is_ok() => UTF_8,
        _ => WINDOWS_1252,
    }
}

/// A text as a document: paragraphs, as lines or blank lines part them.
pub(crate) fn read(text: &str, name: &str) -> Document {
    let text = text
        .replace("\r\n", "\n")
        .replace(['\r', '\u{c}', '\u{b}'], "\n");
    let lines: Vec<&str> = text.split('\n').collect();
    let is_quoted = lines
        .iter()
        .any(|line| mail::head(line).is_some_and(|(head, _)| head == mail::Head::Sent));
    let unquoted = lines.iter().map(|line| match is_quoted {
        // In what somebody answered to or sent on, every line begins so.
        true => line.trim_start().trim_start_matches(['>', ' ']),
        false => line,
    });
    let mut lines: Vec<&str> = unquoted.collect();
    let rows = rows(&mut lines);
    let mut document = Document {
        name: name.to_owned(),
        words: text.split_whitespace().map(str::to_owned).collect(),
        ..Document::default()
    };
    let paragraphs = match is_wrapped(&lines) {
        true => joined(&lines),
        false => {
            let numbered = lines.iter().enumerate();
            let said = numbered.filter(|(_, line)| !line.trim().is_empty());
            said.map(|(at, line)| (at, line.trim().to_owned()))
                .collect()
        }
    };
    for (line, text) in paragraphs {
        let (text, lost) = cleaned(&text);
        if lost > 0 {
            let message = format!("{lost} control characters are left out");
            document.remarks.push(Remark::lost(
                format!("{name}, line {}", line + 1),
                message,
                "",
            ));
        }
        let place = format!("{name}, line {}", line + 1);
        if let Some(Row::Rule) = rows.get(&line) {
            document.blocks.push(Block::Paragraph(Paragraph {
                role: Role::Break,
                place,
                ..Paragraph::default()
            }));
            continue;
        }
        let (spans, is_typed) = typed_looks::spans(&text);
        let is_heavy = matches!(spans.as_slice(), [one] if one.look.strong);
        let is_inside = is_typed && spans.len() > 1;
        if is_inside {
            let message = "asterisks or low lines around words are taken for emphasis";
            document.remarks.push(Remark::guess(&place, message));
        }
        document.blocks.push(Block::Paragraph(Paragraph {
            role: match rows.get(&line) {
                Some(Row::Underline(level)) => Role::Heading(*level),
                _ => Role::Text,
            },
            spans,
            weight: match is_heavy {
                true => Weight::Heavy,
                false => Weight::Plain,
            },
            check: is_inside.then_some(typed_looks::GUESS),
            place,
            ..Paragraph::default()
        }));
    }
    document
}

/// What rows of signs mean, by the line of the heading or of the rule; a row under a heading is no line any more.
fn rows(lines: &mut [&str]) -> BTreeMap<usize, Row> {
    let mut found = BTreeMap::new();
    for at in 0..lines.len() {
        let above = at.checked_sub(1).map_or("", |above| lines[above]);
        match typed_looks::row(lines[at], above) {
            Some(Row::Underline(level)) => {
                found.insert(at - 1, Row::Underline(level));
                lines[at] = "";
            }
            Some(Row::Rule) => drop(found.insert(at, Row::Rule)),
            None => {}
        }
    }
    found
}

/// A text without the characters that no source may hold, and how many those were.
pub(crate) fn cleaned(text: &str) -> (String, usize) {
    let mut lost = 0;
    let kept = text.chars().filter(|c| {
        let forbidden = (c.is_control() && *c != '\t' && *c != '\n')
            || matches!(c, '\u{feff}' | '\u{fdd0}'..='\u{fdef}')
            || u32::from(*c) & 0xfffe == 0xfffe;
        lost += usize::from(forbidden);
        !forbidden
    });
    let kept = kept.collect();
    (kept, lost)
}

/// Whether lines were broken by width: no line is long, and paragraphs of several full lines stand between blank ones.
fn is_wrapped(lines: &[&str]) -> bool {
    let longest = lines.iter().map(|line| line.trim().chars().count()).max();
    let said = |line: &&&str| !line.trim().is_empty();
    let blank = lines.iter().any(|line| line.trim().is_empty());
    let full = lines
        .iter()
        .filter(said)
        .filter(|line| line.trim().chars().count() > 50);
    let full = full.count();
    let pairs = lines.windows(2).filter(|pair| {
        pair.iter().all(|line| !line.trim().is_empty()) && pair[0].trim().chars().count() > 50
    });
    longest.is_some_and(|longest| longest <= WRAPPED)
        && blank
        && full > 2
        && pairs.count() * 2 >= full
}

/// The paragraphs of a text whose lines were broken by width, each with its first line. A line that ends early was ended on
/// purpose, as those of names and headings are.
fn joined(lines: &[&str]) -> Vec<(usize, String)> {
    let widest = lines
        .iter()
        .map(|line| line.trim().chars().count())
        .max()
        .unwrap_or(0);
    let mut paragraphs: Vec<(usize, String)> = Vec::new();
    let mut goes_on = false;
    for (at, line) in lines.iter().enumerate() {
        let line = line.trim();
        if line.is_empty() {
            goes_on = false;
            continue;
        }
        // A line of signs stands alone, and so does one of the head of a mail.
        let is_item = super::typed_marks::typed_mark(line).is_some()
            || mail::head(line).is_some()
            || typed_looks::row(line, "").is_some();
        match paragraphs.last_mut() {
            Some((_, paragraph)) if goes_on && !is_item => {
                paragraph.push(' ');
                paragraph.push_str(line);
            }
            _ => paragraphs.push((at, line.to_owned())),
        }
        // The next word would have had room: the line was ended on purpose.
        let next = lines
            .get(at + 1)
            .and_then(|next| next.split_whitespace().next());
        let room = next.map_or(0, |next| next.chars().count() + 1);
        goes_on = mail::head(line).is_none()
            && typed_looks::row(line, "").is_none()
            && line.chars().count() + room + widest / 8 > widest;
    }
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraphs(text: &str) -> Vec<String> {
        let plain = |block: &Block| match block {
            Block::Paragraph(paragraph) => paragraph.plain(),
            Block::Table(_) => String::new(),
        };
        read(text, "a.txt").blocks.iter().map(plain).collect()
    }

    #[test]
    fn encodings_are_found_and_told() {
        let of = |bytes: &[u8]| {
            let (text, remark) = decoded(bytes, "a.txt");
            (text, remark.map(|remark| remark.message))
        };
        assert_eq!(of("Łódź".as_bytes()), ("Łódź".to_owned(), None));
        assert_eq!(of(b"\xef\xbb\xbfa"), ("a".to_owned(), None));
        assert_eq!(
            of(b"caf\xe9 \x93so\x94"),
            (
                "café “so”".to_owned(),
                Some("read as windows-1252".to_owned())
            )
        );
        for (units, name) in [
            (u16::to_le_bytes as fn(u16) -> [u8; 2], "UTF-16LE"),
            (u16::to_be_bytes, "UTF-16BE"),
        ] {
            let bytes: Vec<u8> = "Plain text".encode_utf16().flat_map(units).collect();
            assert_eq!(
                of(&bytes),
                ("Plain text".to_owned(), Some(format!("read as {name}")))
            );
        }
    }

    #[test]
    fn lines_are_paragraphs_unless_they_were_broken_by_width() {
        assert_eq!(
            paragraphs("One\r\nTwo\n\n\nThree\n"),
            ["One", "Two", "Three"]
        );
        let mail = "Amina Khan\nDirector, Centre for Afghanistan\n\n\
            This is a text that a mail program broke at about seventy columns,\n\
            so that one paragraph stands in several lines of the message, and\n\
            ends early.\n\nA second paragraph does the same, and it is long enough for two\n\
            lines as well.\n";
        let found = paragraphs(mail);
        assert_eq!(found.len(), 4, "{found:?}");
        assert!(found[2].ends_with("and ends early."), "{found:?}");
    }
}
