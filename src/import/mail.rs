//! What mails put around a text: a head and a salutation above it, a greeting and a name below.

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

/// What a line of the head of a mail says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    From,
    Date,
    Subject,
    /// To whom, and what else nobody asks for.
    Other,
    /// `On 12 November 2025, Amina Khan wrote:`
    Sent,
}

/// What stands before lines of a head.
const HEADS: &[(&str, Head)] = &[
    ("from", Head::From),
    ("von", Head::From),
    ("de", Head::From),
    ("da", Head::From),
    ("sent", Head::Date),
    ("date", Head::Date),
    ("gesendet", Head::Date),
    ("datum", Head::Date),
    ("envoyé", Head::Date),
    ("enviado", Head::Date),
    ("subject", Head::Subject),
    ("betreff", Head::Subject),
    ("objet", Head::Subject),
    ("asunto", Head::Subject),
    ("oggetto", Head::Subject),
    ("to", Head::Other),
    ("cc", Head::Other),
    ("bcc", Head::Other),
    ("reply-to", Head::Other),
    ("attachments", Head::Other),
    ("importance", Head::Other),
    ("an", Head::Other),
    ("à", Head::Other),
    ("para", Head::Other),
];

/// Reads a line of the head of a mail: what it says, and the words behind its label.
pub(super) fn head(line: &str) -> Option<(Head, &str)> {
    let line = line.trim().trim_start_matches(['*', '>', ' ']);
    if line.starts_with("On ") && line.ends_with(" wrote:") && line.len() < 200 {
        return Some((Head::Sent, &line["On ".len()..line.len() - " wrote:".len()]));
    }
    let (label, rest) = line.split_once(':')?;
    let folded = label.trim_matches(['*', ' ']).to_lowercase();
    let (_, head) = HEADS.iter().find(|(known, _)| *known == folded)?;
    (line.chars().count() < 300).then_some((*head, rest.trim_start_matches(['*', ' '])))
}

/// Lines that only say that a mail follows.
fn announces(line: &str) -> bool {
    let bare = line
        .trim_matches(|c: char| !c.is_alphabetic())
        .to_lowercase();
    let known = [
        "original message",
        "forwarded message",
        "begin forwarded message",
        "ursprüngliche nachricht",
        "message d'origine",
    ];
    known.contains(&bare.as_str())
}

/// What a contributor says first, which is no word of the statement: so many words at most.
const OPENING: usize = 30;

/// Words of it.
const OPENINGS: &[&str] = &[
    "my contribution",
    "my statement",
    "my comment",
    "my take",
    "my text",
    "my piece",
    "find below",
    "find attached",
    "please find",
    "pasted below",
    "as requested",
    "as promised",
    "hope this finds you",
    "hope you are well",
    "hope you're well",
    "hope all is well",
    "thank you for the invitation",
    "thank you for inviting",
    "thanks for the invitation",
    "thanks for inviting",
    "thanks for reaching out",
    "thank you for reaching out",
    "meinen beitrag",
    "mein beitrag",
    "anbei",
    "ci-joint",
    "ci-dessous",
];

/// Lines below a greeting are who sent the mail, if they are no more than these.
const SENDER: usize = 7;

/// Takes off the salutation above a text, and tells it.
pub(super) fn without_salutation(blocks: &mut Vec<Block>, remarks: &mut Vec<Remark>) {
    let Some(first) = blocks.first().and_then(Block::running) else {
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
        without_opening(blocks, remarks);
    }
}

/// Takes off what stands under a salutation and only says that the text follows, and tells it.
fn without_opening(blocks: &mut Vec<Block>, remarks: &mut Vec<Remark>) {
    while let [first, _, ..] = blocks.as_slice()
        && let Some(paragraph) = first.running()
        && says_that_text_follows(paragraph)
    {
        let message = "what a mail says before the text is left out";
        remarks.push(Remark::lost(
            &paragraph.place,
            message,
            paragraph.plain().trim(),
        ));
        blocks.remove(0);
    }
}

fn says_that_text_follows(paragraph: &Paragraph) -> bool {
    let plain = paragraph.plain().to_lowercase();
    let is_short = plain.split_whitespace().count() <= OPENING;
    paragraph.comments.is_empty() && is_short && OPENINGS.iter().any(|words| plain.contains(words))
}

/// Takes off lines that only say that a mail follows, and tells them.
pub(super) fn without_announcements(blocks: &mut Vec<Block>, remarks: &mut Vec<Remark>) {
    blocks.retain(|block| {
        let found = block
            .running()
            .filter(|p| p.comments.is_empty() && announces(&p.plain()));
        if let Some(paragraph) = found {
            let message = "a line that says that a mail follows is left out";
            remarks.push(Remark::lost(
                &paragraph.place,
                message,
                paragraph.plain().trim(),
            ));
        }
        found.is_none()
    });
}

/// Takes off the greeting below a text, tells it, and gives the lines below it: who sent the mail.
pub(super) fn without_greeting(blocks: &mut Vec<Block>, remarks: &mut Vec<Remark>) -> Vec<Block> {
    let is_greeting = |block: &Block| {
        block.running().is_some_and(|p| {
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
    let is_rule = |block: &Block| matches!(block, Block::Paragraph(p) if p.role == Role::Break);
    let is_sender = |block: &Block| {
        let is_line = block
            .running()
            .is_some_and(|p| p.comments.is_empty() && !shapes::is_prose(&p.plain()));
        is_line || is_rule(block)
    };
    if !blocks[at + 1..].iter().all(is_sender) {
        return Vec::new();
    }
    let mut sender = blocks.split_off(at + 1);
    sender.retain(|block| !is_rule(block));
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
