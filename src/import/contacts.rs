//! Lines that say how somebody is reached: addresses of mail, telephones, names in networks. No piece prints them.

use super::document::{Block, Paragraph, Remark, Role};
use super::shapes;

/// What stands before an address, in small letters.
const LABELS: &[&str] = &[
    "email",
    "e-mail",
    "mail",
    "tel",
    "tel.",
    "telephone",
    "phone",
    "mobile",
    "mob",
    "cell",
    "fax",
    "twitter",
    "x",
    "whatsapp",
    "skype",
    "linkedin",
];

/// Takes off lines of addresses that stand among short lines, and tells them.
pub(super) fn without(blocks: &mut Vec<Block>, remarks: &mut Vec<Remark>) {
    let is_short = |block: Option<&Block>| matches!(block, Some(Block::Paragraph(p)) if shapes::is_line(&p.plain()));
    let taken: Vec<bool> = (0..blocks.len())
        .map(|at| {
            let is_near = is_short(at.checked_sub(1).and_then(|above| blocks.get(above)));
            matches!(&blocks[at], Block::Paragraph(p) if is_near && is_line_of_contact(p))
        })
        .collect();
    let mut flags = taken.into_iter();
    blocks.retain(|block| {
        let is_taken = flags.next().unwrap_or_default();
        if let (true, Block::Paragraph(paragraph)) = (is_taken, block) {
            let message = "how somebody is reached is left out";
            remarks.push(Remark::lost(
                &paragraph.place,
                message,
                paragraph.plain().trim(),
            ));
        }
        !is_taken
    });
}

fn is_line_of_contact(paragraph: &Paragraph) -> bool {
    let is_open = paragraph.role == Role::Text && paragraph.item.is_none();
    let is_bare = paragraph.pictures.is_empty() && paragraph.comments.is_empty();
    is_open && is_bare && is_contact(&paragraph.plain())
}

/// Whether a line is nothing but addresses and telephones.
pub(super) fn is_contact(line: &str) -> bool {
    let parts = line.trim().split(['|', '·', ';']);
    let mut parts = parts.flat_map(|part| part.split(", ")).map(str::trim);
    !line.trim().is_empty() && line.chars().count() < 120 && parts.all(is_one)
}

fn is_one(part: &str) -> bool {
    let part = match part.split_once(':') {
        Some((label, rest)) if LABELS.contains(&label.trim().to_lowercase().as_str()) => {
            rest.trim()
        }
        _ => part,
    };
    let part = part.trim_matches(['<', '>', '(', ')']);
    let is_mail = part.split_once('@').is_some_and(|(user, host)| {
        let is_word = |text: &str| {
            !text.is_empty() && !text.contains(char::is_whitespace) && !text.contains('@')
        };
        is_word(user) && is_word(host) && host.contains('.')
    });
    let is_name = part.strip_prefix('@').is_some_and(|name| {
        !name.is_empty() && name.chars().all(|c| c == '_' || c.is_alphanumeric())
    });
    let digits = part.chars().filter(char::is_ascii_digit).count();
    let is_dialled = part.starts_with(['+', '0']) || digits > 8;
    let is_number = is_dialled
        && digits >= 7
        && part
            .chars()
            .all(|c| c.is_ascii_digit() || " +()-./".contains(c));
    is_mail || is_name || is_number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_telephones_are_told_from_lines_that_say_something() {
        for line in [
            "khan@example.org",
            "Email: khan@example.org | +92 51 920 4423",
            "Tel.: 051-9204423",
            "@amina_khan",
        ] {
            assert!(is_contact(line), "{line}");
        }
        for line in [
            "",
            "Director, ISSI",
            "12 November 2025",
            "2021-2025",
            "10:30",
            "Write to khan@example.org for the text",
        ] {
            assert!(!is_contact(line), "{line}");
        }
    }
}
