//! What mails put around a text: a salutation above it, a greeting and a name below.

use super::document::{Block, Paragraph, Remark, Role};
use super::shapes;

/// What salutations begin with.
const SALUTATIONS: &[&str] = &[
    "dear",
    "hello",
    "hi",
    "good morning",
    "good afternoon",
    "greetings",
    "to whom",
    "sehr geehrte",
    "liebe",
    "lieber",
    "hallo",
    "guten tag",
    "cher",
    "chère",
    "chers",
    "bonjour",
    "estimad",
    "querid",
    "hola",
    "caro",
    "cara",
    "gentile",
    "prezad",
    "beste",
    "geachte",
    "szanown",
    "уважаем",
    "salam",
    "assalam",
    "السلام",
];

/// Greetings at the end.
const GREETINGS: &[&str] = &[
    "best",
    "best regards",
    "kind regards",
    "warm regards",
    "regards",
    "best wishes",
    "with best wishes",
    "many thanks",
    "thanks",
    "thank you",
    "sincerely",
    "yours sincerely",
    "yours faithfully",
    "yours",
    "all the best",
    "cheers",
    "mit freundlichen grüßen",
    "mit besten grüßen",
    "viele grüße",
    "beste grüße",
    "herzliche grüße",
    "cordialement",
    "bien cordialement",
    "bien à vous",
    "saludos",
    "saludos cordiales",
    "un saludo",
    "atentamente",
    "cordiali saluti",
    "atenciosamente",
    "met vriendelijke groet",
    "с уважением",
    "z poważaniem",
    "wassalam",
];

/// Lines below a greeting are who sent the mail, if they are no more than this.
const SENDER: usize = 4;

fn line(block: &Block) -> Option<&Paragraph> {
    match block {
        Block::Paragraph(p)
            if p.role == Role::Text && p.item.is_none() && p.pictures.is_empty() =>
        {
            Some(p)
        }
        _ => None,
    }
}

/// Takes off the salutation above a text, and tells it.
pub(super) fn without_salutation(blocks: &mut Vec<Block>, remarks: &mut Vec<Remark>) {
    let Some(first) = blocks.first().and_then(line) else {
        return;
    };
    let plain = first.plain();
    let text = plain.trim();
    let lower = text.to_lowercase();
    let begins = SALUTATIONS.iter().any(|word| {
        lower.strip_prefix(word).is_some_and(|rest| {
            rest.starts_with(|c: char| !c.is_alphabetic()) || word.ends_with(['d', 'e', 'n', 'м'])
        })
    });
    let is_salutation = begins
        && first.comments.is_empty()
        && text.ends_with([',', '!', ':', '،'])
        && text.split_whitespace().count() <= 8;
    if is_salutation && blocks.len() > 1 {
        let message = "the salutation of a mail is left out";
        remarks.push(Remark::lost(&first.place, message, text));
        blocks.remove(0);
    }
}

/// Takes off the greeting below a text, tells it, and gives the lines below it: who sent the mail.
pub(super) fn without_greeting(blocks: &mut Vec<Block>, remarks: &mut Vec<Remark>) -> Vec<Block> {
    let is_greeting = |block: &Block| {
        line(block).is_some_and(|p| {
            let plain = p.plain().to_lowercase();
            let bare = plain.trim().trim_end_matches([',', '.', '!']);
            p.comments.is_empty() && GREETINGS.contains(&bare)
        })
    };
    let from = blocks.len().saturating_sub(SENDER + 1).max(1);
    let tail = blocks.get(from..).unwrap_or_default();
    let Some(at) = tail.iter().position(is_greeting).map(|at| from + at) else {
        return Vec::new();
    };
    let is_sender = |block: &Block| {
        line(block).is_some_and(|p| p.comments.is_empty() && !shapes::is_prose(&p.plain()))
    };
    if !blocks[at + 1..].iter().all(is_sender) {
        return Vec::new();
    }
    let sender = blocks.split_off(at + 1);
    if let Some(Block::Paragraph(greeting)) = blocks.pop() {
        let message = "the greeting of a mail is left out";
        remarks.push(Remark::lost(
            &greeting.place,
            message,
            greeting.plain().trim(),
        ));
    }
    sender
}

/// Tells who sent the mail, where that is none of those who speak.
pub(super) fn tell_sender(sender: &[Block], remarks: &mut Vec<Remark>) {
    for block in sender {
        if let Block::Paragraph(paragraph) = block {
            let message = "who sent the mail is left out";
            remarks.push(Remark::lost(
                &paragraph.place,
                message,
                paragraph.plain().trim(),
            ));
        }
    }
}
