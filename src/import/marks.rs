//! Stretches of text as text with inline marks.
//!
//! What is written is read again and held against what was meant: where a mark would not be read as one it is left out, and
//! where a character would be read as a mark it is escaped. So no letter is ever lost or added.

use super::signs::{Sign, flatten, wanted};
use crate::compose::Shift;
use crate::piece::{MarkKind, Marked, one_line};
use crate::read::{Link, Look, Span};

/// A text with marks, and how many stretches lost a look that cannot be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    /// The text.
    pub(crate) text: String,
    /// How many looks are missing in it.
    pub(crate) lost: usize,
}

/// Writes stretches of text in one line. Links within the file lose what they lead to.
pub(crate) fn marked(spans: &[Span]) -> Written {
    let mut spans = tidied(spans);
    // Most texts have neither looks nor signs that could be marks.
    if let [one] = spans.as_slice()
        && one.look == Look::default()
        && !one.text.contains(['*', '^', '~', '[', ']', '\\'])
    {
        return Written {
            text: one.text.clone(),
            lost: 0,
        };
    }
    let mut lost = 0;
    // Each round leaves out a look at least; what is left at last is text alone.
    for _ in 0..=spans.len() * 2 + 2 {
        let wanted = wanted(&spans);
        for escapes in [Escapes::None, Escapes::All] {
            let text = written(&spans, escapes);
            let (inlines, marks) = Marked::new(text.clone()).read();
            let mut read = Vec::new();
            flatten(&inlines, &Look::default(), &mut read);
            let clean =
                escapes == Escapes::All || marks.iter().all(|mark| mark.kind != MarkKind::Unread);
            if clean && read == wanted {
                return Written { text, lost };
            }
        }
        let text = written(&spans, Escapes::All);
        let mut read = Vec::new();
        flatten(&Marked::new(text).read().0, &Look::default(), &mut read);
        lost += usize::from(drop_first_wrong(&mut spans, &wanted, &read));
    }
    let plain: String = spans
        .iter()
        .filter(|span| !super::document::is_note(span))
        .map(|span| span.text.as_str())
        .collect();
    Written {
        text: escaped(&plain, Escapes::All),
        lost: lost + 1,
    }
}

/// Whether characters are escaped that could be read as marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Escapes {
    None,
    All,
}

/// Spans in one line, neighbours of one look joined; white space at the ends is nothing.
fn tidied(spans: &[Span]) -> Vec<Span> {
    let mut tidy: Vec<Span> = Vec::new();
    for span in spans {
        let mut look = span.look.clone();
        if matches!(look.link, Some(Link::Inside(_))) {
            look.link = None;
        }
        if matches!(look.link, Some(Link::Note(_))) {
            look = Look {
                link: look.link,
                ..Look::default()
            };
        } else if look.link.is_some() {
            // A link holds no span in another language.
            look.language = None;
        }
        if look.shift == Shift::Mark {
            look.shift = Shift::Superscript;
        }
        if span.text.is_empty() {
            continue;
        }
        let is_note = matches!(look.link, Some(Link::Note(_)));
        match tidy.last_mut() {
            Some(last) if last.look == look && !is_note => last.text.push_str(&span.text),
            _ => tidy.push(Span {
                text: span.text.clone(),
                look,
            }),
        }
    }
    for span in &mut tidy {
        if span.text.contains(is_line_end) {
            let (start, end) = (
                span.text.starts_with(is_line_end),
                span.text.ends_with(is_line_end),
            );
            let line = one_line(&span.text).into_owned();
            span.text = format!(
                "{}{line}{}",
                if start { " " } else { "" },
                if end && !line.is_empty() { " " } else { "" }
            );
        }
    }
    trim(&mut tidy);
    tidy
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Takes spaces and tabs off both ends.
fn trim(spans: &mut Vec<Span>) {
    while let Some(first) = spans.first_mut() {
        first.text = first.text.trim_start_matches([' ', '\t']).to_owned();
        if !first.text.is_empty() {
            break;
        }
        spans.remove(0);
    }
    while let Some(last) = spans.last_mut() {
        last.text
            .truncate(last.text.trim_end_matches([' ', '\t']).len());
        if !last.text.is_empty() {
            break;
        }
        spans.pop();
    }
}

/// Takes a look off the span of the first character that was read otherwise than it was meant; whether there was one.
fn drop_first_wrong(spans: &mut [Span], wanted: &[Sign], read: &[Sign]) -> bool {
    let at = wanted.iter().zip(read).position(|(a, b)| a != b);
    let at = at.unwrap_or_else(|| wanted.len().min(read.len()).saturating_sub(1));
    let mut before = 0;
    let mut found = 0;
    for (index, span) in spans.iter().enumerate() {
        let length = match &span.look.link {
            Some(Link::Note(_)) => 1,
            _ => span.text.chars().count(),
        };
        found = index;
        if at < before + length {
            break;
        }
        before += length;
    }
    // The nearest span with something to lose, the one before it first: its mark may not close.
    let near = [Some(found), found.checked_sub(1), Some(found + 1)];
    let near = near.into_iter().flatten().chain(0..spans.len());
    for index in near {
        let Some(look) = spans.get_mut(index).map(|span| &mut span.look) else {
            continue;
        };
        if matches!(look.link, Some(Link::Note(_))) {
            continue;
        }
        if look.shift != Shift::None {
            look.shift = Shift::None;
        } else if look.emphasis {
            look.emphasis = false;
        } else if look.strong {
            look.strong = false;
        } else if look.language.is_some() {
            look.language = None;
        } else if look.link.is_some() {
            look.link = None;
        } else {
            continue;
        }
        return true;
    }
    false
}

/// Links and languages around strength, strength around emphasis, emphasis around what is raised or lowered.
fn written(spans: &[Span], escapes: Escapes) -> String {
    let around = |span: &Span| (span.look.link.clone(), span.look.language.clone());
    let mut out = String::new();
    for group in spans.chunk_by(|a, b| around(a) == around(b) && !super::document::is_note(a)) {
        match (&group[0].look.link, &group[0].look.language) {
            (Some(Link::Note(name)), _) => out.push_str(&format!("[^{name}]")),
            (Some(Link::Outside(to)), _) => {
                let (lead, core, tail) = parted(group);
                out.push_str(&lead);
                let content = strong(&core, escapes);
                out.push_str(&format!("[{content}]({})", to.replace([' ', '\n'], "%20")));
                out.push_str(&tail);
            }
            (_, Some(language)) => {
                let (lead, core, tail) = parted(group);
                out.push_str(&lead);
                let content = strong(&core, escapes);
                out.push_str(&format!("[{content}](lang:{language})"));
                out.push_str(&tail);
            }
            _ => out.push_str(&strong(group, escapes)),
        }
    }
    out
}

/// The white space before and after spans, and the spans without it.
fn parted(spans: &[Span]) -> (String, Vec<Span>, String) {
    let all: String = spans.iter().map(|span| span.text.as_str()).collect();
    let lead = &all[..all.len() - all.trim_start().len()];
    let tail = match all.trim().is_empty() {
        true => "",
        false => &all[all.trim_end().len()..],
    };
    let mut core = spans.to_vec();
    let mut cut = lead.len();
    for span in &mut core {
        let here = cut.min(span.text.len());
        span.text.drain(..here);
        cut -= here;
    }
    let mut cut = tail.len();
    for span in core.iter_mut().rev() {
        let here = cut.min(span.text.len());
        span.text.truncate(span.text.len() - here);
        cut -= here;
    }
    core.retain(|span| !span.text.is_empty());
    (lead.to_owned(), core, tail.to_owned())
}

fn strong(spans: &[Span], escapes: Escapes) -> String {
    let mut out = String::new();
    for group in spans.chunk_by(|a, b| a.look.strong == b.look.strong) {
        if !group[0].look.strong {
            out.push_str(&emphasised(group, escapes));
            continue;
        }
        let (lead, core, tail) = parted(group);
        out.push_str(&lead);
        if !core.is_empty() {
            out.push_str(&format!("**{}**", emphasised(&core, escapes)));
        }
        out.push_str(&tail);
    }
    out
}

fn emphasised(spans: &[Span], escapes: Escapes) -> String {
    let mut out = String::new();
    for group in spans.chunk_by(|a, b| a.look.emphasis == b.look.emphasis) {
        if !group[0].look.emphasis {
            out.push_str(&shifted(group, escapes));
            continue;
        }
        let (lead, core, tail) = parted(group);
        out.push_str(&lead);
        if !core.is_empty() {
            out.push_str(&format!("*{}*", shifted(&core, escapes)));
        }
        out.push_str(&tail);
    }
    out
}

/// What is raised or lowered has no white space in it: it is written word by word.
fn shifted(spans: &[Span], escapes: Escapes) -> String {
    let mut out = String::new();
    for span in spans {
        let mark = match span.look.shift {
            Shift::Superscript | Shift::Mark => '^',
            Shift::Subscript => '~',
            Shift::None => {
                out.push_str(&escaped(&span.text, escapes));
                continue;
            }
        };
        for part in span.text.split_inclusive(char::is_whitespace) {
            let word = part.trim_end();
            if !word.is_empty() {
                out.push_str(&format!("{mark}{}{mark}", escaped(word, escapes)));
            }
            out.push_str(&part[word.len()..]);
        }
    }
    out
}

/// A text in which nothing is read as a mark.
pub(super) fn escaped(text: &str, escapes: Escapes) -> String {
    if escapes == Escapes::None {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let is_mark = matches!(c, '*' | '^' | '~' | '[' | ']');
        let would_escape = c == '\\'
            && chars
                .peek()
                .is_none_or(|next| matches!(next, '*' | '^' | '~' | '[' | ']' | '\\'));
        if is_mark || would_escape {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn span(text: &str, look: Look) -> Span {
        Span {
            text: text.to_owned(),
            look,
        }
    }

    fn emphasis() -> Look {
        Look {
            emphasis: true,
            ..Look::default()
        }
    }

    fn strength() -> Look {
        Look {
            strong: true,
            ..Look::default()
        }
    }

    #[test]
    fn looks_become_marks_without_the_spaces_around() {
        let link = |to: &str| Look {
            link: Some(Link::Outside(to.to_owned())),
            ..Look::default()
        };
        let note = Look {
            link: Some(Link::Note("1".to_owned())),
            ..Look::default()
        };
        let raised = Look {
            shift: Shift::Superscript,
            ..Look::default()
        };
        let urdu = Look {
            language: Some("ur".to_owned()),
            ..Look::default()
        };
        for (spans, text) in [
            (vec![span("Plain", Look::default())], "Plain"),
            (
                vec![
                    span("An ", Look::default()),
                    span("old ", emphasis()),
                    span("word", Look::default()),
                ],
                "An *old* word",
            ),
            (vec![span("a*b [c] ^d", Look::default())], "a*b [c] ^d"),
            (
                vec![span("*not emphasis*", Look::default())],
                "\\*not emphasis\\*",
            ),
            (
                vec![
                    span("see ", Look::default()),
                    span("here ", link("https://e.org/")),
                    span("now", Look::default()),
                ],
                "see [here](https://e.org/) now",
            ),
            (
                vec![
                    span("A claim", Look::default()),
                    span("*", note),
                    span(".", Look::default()),
                ],
                "A claim[^1].",
            ),
            (
                vec![span("the 2", Look::default()), span("nd", raised)],
                "the 2^nd^",
            ),
            (
                vec![span("the word ", Look::default()), span("سوال", urdu)],
                "the word [سوال](lang:ur)",
            ),
            (
                vec![
                    span(
                        "Both",
                        Look {
                            strong: true,
                            ..emphasis()
                        },
                    ),
                    span(" bold", strength()),
                ],
                "***Both* bold**",
            ),
        ] {
            assert_eq!(
                marked(&spans),
                Written {
                    text: text.to_owned(),
                    lost: 0
                }
            );
        }
    }

    #[test]
    fn a_look_that_cannot_be_written_is_left_out_and_counted() {
        let written = marked(&[
            span("un", Look::default()),
            span("believ", emphasis()),
            span("able", Look::default()),
        ]);
        assert_eq!(
            written,
            Written {
                text: "unbelievable".to_owned(),
                lost: 1
            }
        );
    }

    proptest! {
        #[test]
        fn no_letter_is_lost(parts in proptest::collection::vec(("[a-c*^~\\[\\]()\\\\ é1_.]{0,6}", 0..8_u8), 0..6)) {
            let spans: Vec<Span> = parts.iter().map(|(text, kind)| span(text, match kind {
                0 => emphasis(),
                1 => strength(),
                2 => Look { strong: true, ..emphasis() },
                3 => Look { shift: Shift::Superscript, ..Look::default() },
                4 => Look { link: Some(Link::Outside("https://e.org/".to_owned())), ..Look::default() },
                _ => Look::default(),
            })).collect();
            let text: String = spans.iter().map(|span| span.text.as_str()).collect();
            let written = marked(&spans);
            let read = Marked::new(written.text.clone()).plain();
            prop_assert_eq!(read, text.trim_matches([' ', '\t']), "{:?}", written);
        }
    }
}
