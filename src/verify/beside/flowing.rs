//! What stands beside a text that flows: heads and feet of Word documents, of which a word processor makes pages, and pull quotes.

use super::{BesideText, is_whole, signs};
use crate::compose::{
    Composition, Kind as TextKind, Reading, Section, SectionRole, Visit, canonical_line, silent,
};
use crate::read::{FileKind, PAGE, PAGES, Paper, PullQuote};
use crate::verify::difference::{Difference, Kind, MOST, quoted};
use crate::verify::places::unseen;
use crate::verify::words::letters;

impl BesideText {
    /// Holds the heads and feet of a Word document, and the pull quotes of any that flows.
    pub(in crate::verify) fn hold_flowing(
        &self,
        paper: &Paper,
        kind: FileKind,
        found: &mut Vec<Difference>,
    ) {
        if kind == FileKind::Docx {
            self.word_heads(paper, found);
        }
        let quotes = self.quotes.iter();
        let quotes = quotes.filter(|(_, repeats)| *repeats || kind == FileKind::Docx);
        let expected: Vec<&PullQuote> = quotes.map(|(quote, _)| quote).collect();
        // A draft's mark stands above all else, for the eye alone too.
        let is_mark = |first: &&PullQuote| {
            let mark = self.mark.as_deref().map(letters);
            first.behind.is_empty() && mark == Some(letters(&first.words))
        };
        let marks = usize::from(paper.pulls.first().filter(is_mark).is_some());
        let shown_quotes = &paper.pulls[marks..];
        let place = |place: &str| Difference {
            kind: Kind::Pages,
            place: place.to_owned(),
            message: String::new(),
        };
        let is_web = matches!(kind, FileKind::Epub | FileKind::Html);
        for (own, shown) in expected.iter().copied().zip(shown_quotes) {
            let [should, is] = [own, shown].map(|quote| canonical_line(&quote.words));
            let [signs, others] = [own, shown].map(|quote| silent(&quote.words));
            let message = match () {
                () if should != is => "is another in the source",
                () if is_web && signs.ne(others) => "has other signs that nobody sees",
                () if !own.behind.is_empty() && letters(&own.behind) != letters(&shown.behind) => {
                    "stands elsewhere in the source"
                }
                () => continue,
            };
            let message = format!("the pull quote {} {message}", quoted(&shown.words));
            return found.push(Difference {
                message,
                ..place(&shown.place)
            });
        }
        if let Some(own) = expected.get(shown_quotes.len()) {
            let message = format!("a pull quote is not shown: {}", quoted(&own.words));
            found.push(Difference {
                message,
                ..place("the file")
            });
        } else if let Some(shown) = shown_quotes.get(expected.len()) {
            let message = format!("{} is no pull quote of the source", quoted(&shown.words));
            found.push(Difference {
                message,
                ..place(&shown.place)
            });
        }
    }

    /// Heads and feet of a Word document: those of the theme that they agree with best.
    fn word_heads(&self, paper: &Paper, found: &mut Vec<Difference>) {
        let mut best: Option<Vec<Difference>> = None;
        for heads in &self.themes {
            let own: Vec<Difference> = paper
                .heads
                .iter()
                .filter_map(|head| {
                    let of = if head.is_foot {
                        &heads.foot
                    } else {
                        &heads.head
                    };
                    let said = &of[usize::from(!head.is_first)];
                    let tabs = &heads.tabs[usize::from(head.is_foot)][usize::from(!head.is_first)];
                    // A review edition has heads that no theme says.
                    let is_parted = self.mark.is_some() || head.tabs.is_none_or(|own| own == *tabs);
                    let said_parts = said.each_ref().map(|part| signs(part));
                    let is_own = is_whole(&signs(&head.words), &said_parts)
                        && (self.mark.is_some() || stands(&head.words, &said_parts))
                        && is_seen(&head.words, said);
                    if is_parted && is_own {
                        return None;
                    }
                    let shown = |words: &str| {
                        let words = words.replace('\t', " ");
                        let words = words.replace(PAGE, "{page}").replace(PAGES, "{pages}");
                        quoted(words.trim())
                    };
                    let what = if head.is_foot { "the foot" } else { "the head" };
                    let pages = if head.is_first { "first page" } else { "pages" };
                    let (own, said) = (shown(&head.words), shown(&said.join(" ")));
                    Some(Difference {
                        kind: Kind::Pages,
                        place: head.place.clone(),
                        message: format!(
                            "{what} of the {pages} says {own} where {said} is expected"
                        ),
                    })
                })
                .collect();
            if own.is_empty() {
                return;
            }
            if best.as_ref().is_none_or(|best| own.len() < best.len()) {
                best = Some(own);
            }
        }
        found.extend(best.into_iter().flatten().take(MOST));
    }
}

/// Whether the words of a head stand where its parts do, as far as its tabs tell: before the first of them where lines start, behind the
/// last where they end.
fn stands(words: &str, said: &[String; 3]) -> bool {
    let shown: Vec<String> = words.split('\t').map(signs).collect();
    let [start, centre, end] = said;
    let (none, both) = (String::new, [centre.as_str(), end].concat());
    let parts = match shown.len() {
        2 => vec![[start.clone(), none(), none()], [none(), none(), both]],
        3 => vec![
            [start.clone(), none(), none()],
            [none(), centre.clone(), none()],
            [none(), none(), end.clone()],
        ],
        _ => return true,
    };
    // Beside a long middle the others may have no room: they may be seen as parts of it.
    let is_shortened = |shown: &str| shown.is_empty() || shown.contains('…');
    let mut parts = shown.iter().zip(&parts);
    parts.all(|(shown, said)| is_whole(shown, said) || is_shortened(shown))
}

/// Whether a head has no signs that turn letters round or part words, but those of the words that it says.
fn is_seen(words: &str, said: &[String; 3]) -> bool {
    let of_said: Vec<char> = said.iter().flat_map(|part| unseen(part)).collect();
    unseen(words).iter().all(|own| of_said.contains(own))
}

/// All pull quotes with what stands before them, and whether each repeats the text. What a theme puts before the first words, such as a
/// summary, is before none.
pub(super) fn quotes(composition: &Composition) -> Vec<(PullQuote, bool)> {
    let mut behind = String::new();
    let mut found = Vec::new();
    let sections = composition.sections.iter();
    let sections = sections.filter(|section| section.role != SectionRole::Summary);
    sections
        .flat_map(Section::walk)
        .for_each(|visit| match visit {
            Visit::Text { text, .. } => {
                let own = &composition[text];
                let words = canonical_line(&own.plain());
                if own.kind == TextKind::Pull {
                    let quote = PullQuote {
                        behind: behind.clone(),
                        words: own.plain(),
                        place: String::new(),
                    };
                    found.push((quote, own.reading == Reading::Decoration));
                } else if !words.is_empty() {
                    behind = words;
                }
            }
            Visit::Figure { figure, .. } => {
                let words = canonical_line(&figure.alt);
                if !words.is_empty() {
                    behind = words;
                }
            }
            _ => {}
        });
    found
}
