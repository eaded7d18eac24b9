//! Mails as they are pasted behind each other: each with its head, which says who sent it, when, and about what.

use super::document::{Block, Paragraph, Remark};
use super::mail::{self, Head};
use super::people::{self, Start};
use super::shapes::{self, Likeness};
use super::signed;
use crate::piece::Date;

/// What the heads of mails say of the whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Hints {
    /// What they are about, where all are about the same.
    pub(super) subject: Option<String>,
    /// The last day on which one was sent.
    pub(super) day: Option<Date>,
}

/// Mails without their heads.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) blocks: Vec<Block>,
    /// Who sent each, where there are several.
    pub(super) starts: Vec<Start>,
    pub(super) hints: Hints,
}

/// A mail.
#[derive(Debug, Default)]
struct Mail {
    /// Who sent it, with the place of the line that says so.
    from: Option<(String, String)>,
    day: Option<Date>,
    subject: Option<String>,
    blocks: Vec<Block>,
}

fn line(block: &Block) -> Option<String> {
    match block {
        Block::Paragraph(p)
            if p.item.is_none() && p.pictures.is_empty() && p.comments.is_empty() =>
        {
            Some(p.plain().trim().to_owned())
        }
        _ => None,
    }
}

/// A head has so many lines at most.
const LONGEST: usize = 20;

/// How many blocks from here are the head of a mail.
fn head_at(blocks: &[Block]) -> usize {
    let heads = blocks
        .iter()
        .map_while(|block| mail::head(&line(block)?).map(|(head, _)| head));
    let heads: Vec<Head> = heads.take(LONGEST).collect();
    let is_head = match heads.as_slice() {
        [Head::Sent] => true,
        several => several.len() > 1 && several.contains(&Head::From),
    };
    match is_head {
        true => heads.len(),
        false => 0,
    }
}

/// Parts mails that stand behind each other; none where there is no head of one.
pub(super) fn opened(blocks: &[Block], remarks: &mut Vec<Remark>) -> Option<Opened> {
    let mut above: Vec<Block> = Vec::new();
    let mut mails: Vec<Mail> = Vec::new();
    let mut told: Vec<(String, String)> = Vec::new();
    let mut at = 0;
    while at < blocks.len() {
        let length = head_at(&blocks[at..]);
        if length == 0 {
            mails
                .last_mut()
                .map_or(&mut above, |mail| &mut mail.blocks)
                .push(blocks[at].clone());
            at += 1;
            continue;
        }
        let mut mail = Mail::default();
        for block in &blocks[at..at + length] {
            if let Block::Paragraph(paragraph) = block {
                let words = mail.read(paragraph);
                told.push((paragraph.place.clone(), words));
            }
        }
        mails.push(mail);
        at += length;
    }
    let place = told.first()?.0.clone();
    let words: Vec<String> = told.into_iter().map(|(_, words)| words).collect();
    remarks.push(Remark::lost(
        &place,
        "the heads of mails are left out",
        words.join(" "),
    ));
    let mut hints = Hints {
        subject: None,
        day: mails.iter().filter_map(|mail| mail.day).max(),
    };
    let first = mails.first().and_then(|mail| mail.subject.clone());
    if mails.iter().all(|mail| mail.subject == first) {
        hints.subject = first;
    }
    let mut out = above;
    let mut starts = Vec::new();
    if mails.len() == 1 {
        for mail in mails {
            out.extend(mail.blocks);
        }
        return Some(Opened {
            blocks: out,
            starts,
            hints,
        });
    }
    for mut mail in mails {
        mail::without_salutation(&mut mail.blocks, remarks);
        let sender = mail::without_greeting(&mut mail.blocks, remarks);
        let own = people::find(&mail.blocks, &[]);
        if !own.is_empty() {
            mail::tell_sender(&sender, remarks);
            let before = out.len();
            starts.extend(own.into_iter().map(|start| Start {
                at: start.at + before,
                ..start
            }));
            out.extend(mail.blocks);
            continue;
        }
        let begins = out.len();
        let (name, affiliation, length) = match signed::among(&sender) {
            Some((name, affiliation, range)) => {
                let length = range.len();
                mail::tell_sender(&sender[..range.start], remarks);
                mail::tell_sender(&sender[range.end..], remarks);
                out.extend_from_slice(&sender[range]);
                (name, affiliation, length)
            }
            None => {
                let signer = signed::signer(&mut mail.blocks);
                mail::tell_sender(&sender, remarks);
                let from = mail.from.clone();
                let (name, affiliation, place) = match (signer, from) {
                    (Some(signer), _) => (signer.name, signer.affiliation, String::new()),
                    (None, Some((name, place))) => (name, None, place),
                    (None, None) => {
                        out.extend(mail.blocks);
                        continue;
                    }
                };
                out.push(named(&name, place));
                (name, affiliation, 1)
            }
        };
        starts.push(Start {
            at: begins,
            name,
            affiliation,
            length,
            why: Some("who sent a mail"),
            is_biography: false,
        });
        out.extend(mail.blocks);
    }
    Some(Opened {
        blocks: out,
        starts,
        hints,
    })
}

/// A line with a name.
fn named(name: &str, place: String) -> Block {
    Block::Paragraph(Paragraph {
        place,
        ..Paragraph::of(name)
    })
}

impl Mail {
    /// Takes what a line of the head says; gives the words of the line.
    fn read(&mut self, paragraph: &Paragraph) -> String {
        let plain = paragraph.plain();
        let text = plain.trim();
        if let Some((head, rest)) = mail::head(text) {
            match head {
                Head::From | Head::Sent => {
                    let own = rest.split(['<', '[', '(']).next().unwrap_or_default();
                    let own = own
                        .rsplit_once(", ")
                        .map_or(own, |(before, last)| match head {
                            Head::Sent => last,
                            _ if shapes::name(own) > Likeness::None => own,
                            _ => before,
                        });
                    let own = own.trim().trim_matches(['"', '\'', ',']).trim();
                    if shapes::name(own) > Likeness::None {
                        self.from = Some((own.to_owned(), paragraph.place.clone()));
                    }
                    if head == Head::Sent {
                        self.day = day_in(rest);
                    }
                }
                Head::Date => self.day = day_in(rest),
                Head::Subject => {
                    let subject = bare_subject(rest);
                    self.subject = (!subject.is_empty()).then(|| subject.to_owned());
                }
                Head::Other => {}
            }
        }
        plain
    }
}

/// A subject without the signs of replies and of forwarding.
fn bare_subject(mut subject: &str) -> &str {
    const SIGNS: &[&str] = &["re", "fw", "fwd", "aw", "wg", "tr", "rv", "sv", "antw"];
    while let Some((sign, rest)) = subject.split_once(':')
        && SIGNS.contains(&sign.trim().to_lowercase().as_str())
    {
        subject = rest.trim();
    }
    subject.trim()
}

/// The day that stands in a line among other words.
fn day_in(text: &str) -> Option<Date> {
    let words: Vec<&str> = text.split_whitespace().take(12).collect();
    let lengths = (1..=words.len()).rev();
    lengths.filter(|length| *length <= 5).find_map(|length| {
        words.windows(length).find_map(|window| {
            let line = window.join(" ");
            let found = shapes::date(line.trim_end_matches(','), None)?;
            found.days.first().copied()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "This is running text that is long enough to be no line of its own, and it ends as a sentence does.";

    fn blocks(lines: &[&str]) -> Vec<Block> {
        lines
            .iter()
            .map(|line| named(line, String::new()))
            .collect()
    }

    #[test]
    fn heads_of_mails_say_who_sent_them_and_when() {
        let mut remarks = Vec::new();
        let opened = opened(
            &blocks(&[
                "From: Amina Khan <khan@example.org>",
                "Sent: Wednesday, 12 November 2025 09:14",
                "Subject: RE: After the Summit",
                "Dear Noor,",
                TEXT,
                "Best regards,",
                "Amina",
                "On Wed, Nov 12, 2025 at 9:14 AM, Fahd Humayun <f@example.org> wrote:",
                TEXT,
            ]),
            &mut remarks,
        );
        let opened = opened.map(|opened| {
            let names: Vec<String> = opened
                .starts
                .iter()
                .map(|start| start.name.clone())
                .collect();
            (
                names,
                opened.blocks.len(),
                opened.hints.day.map(|day| day.to_string()),
            )
        });
        let names = ["Amina Khan", "Fahd Humayun"].map(str::to_owned).to_vec();
        assert_eq!(opened, Some((names, 4, Some("2025-11-12".to_owned()))));
    }

    #[test]
    fn a_text_without_a_head_is_no_mail() {
        let mut remarks = Vec::new();
        assert!(opened(&blocks(&["From: the border", TEXT]), &mut remarks).is_none());
        assert!(remarks.is_empty());
    }
}
