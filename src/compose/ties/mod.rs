//! Ties: the spaces at which no line may end, by the tables of languages. Decided once, for every edition.
//!
//! The author's words stay as they are: a tie is a place in a text, and no character of it. Pages break no line there; hypertext
//! sets the words around it without wrapping; only Word, which knows no other way, is given a no-break space.

mod cells;
mod rules;
pub(super) mod tables;

use crate::piece::LanguageTag;

use super::{Kind, Target, Text};
use rules::tied;
use tables::table;

/// As many bytes are held together at most, and as many words: a line must still find its end.
const LONGEST: usize = 60;
const MOST: usize = 4;

/// A title of fewer characters has one line almost everywhere.
const TWO_LINES: usize = 40;

/// The least characters on the last line of a title.
const LAST_LINE: usize = 8;

/// No more characters than this are held together for it: a phone whose reader wants large type has no room for more.
const WIDEST_LAST: usize = 9;

/// Names of no more bytes than this stay whole in the line of all names.
const LONGEST_NAME: usize = 48;

/// A span among the words of a text.
#[derive(Debug, Clone, Copy, Default)]
struct Place<'a> {
    /// Where it begins among the words, and among all spans.
    start: usize,
    at: usize,
    language: &'a str,
    /// Whether it is a name that stays whole.
    whole: bool,
}

/// Finds the ties of every text of a piece in this language.
pub(super) fn decide(texts: &mut [Text], language: &LanguageTag) {
    for text in texts {
        text.ties = of(text, language);
    }
}

/// The ties of a text, ascending: for each the last byte before the place, which is a space but in the cells of tables.
fn of(text: &Text, language: &LanguageTag) -> Vec<u32> {
    let mut ties: Vec<u32> = Vec::new();
    let cell = matches!(text.kind, Kind::Cell | Kind::RowHead | Kind::HeadCell);
    if !cell && !text.spans.iter().any(|span| span.text.contains(' ')) {
        return ties;
    }
    // A note's mark is no part of the word before it.
    let mut words = String::new();
    let mut places: Vec<Place<'_>> = Vec::new();
    let mut at = 0;
    for span in &text.spans {
        if !span.is_mark() {
            let tag = span.language.as_ref().map_or(language, |own| &own.tag);
            let name = matches!(text.kind, Kind::Byline | Kind::Credit)
                && matches!(span.target, Some(Target::Anchor(_)));
            places.push(Place {
                start: words.len(),
                at,
                language: tag.as_str(),
                whole: name && span.text.len() <= LONGEST_NAME,
            });
            words.push_str(&span.text);
        }
        at += span.text.len();
    }
    if cell {
        let held = cells::held(&words, language, table(language.as_str()));
        ties.extend(held.into_iter().map(|byte| {
            let next = places.partition_point(|place| place.start <= byte);
            let place = next.checked_sub(1).map(|index| places[index]);
            place.map_or(byte, |place| byte - place.start + place.at) as u32
        }));
    }
    let mut places = places.iter().peekable();
    let mut place = Place::default();
    let mut own = table("");
    let (mut first, mut held) = (0, 0);
    let last_line = last_line(text.kind, &words);
    for (space, _) in words.match_indices(' ') {
        while let Some(next) = places.next_if(|place| place.start <= space) {
            place = *next;
            own = table(place.language);
        }
        let end = words[space + 1..]
            .find(' ')
            .map_or(words.len(), |at| space + 1 + at);
        let fits = end - first <= LONGEST && held < MOST;
        let inside = places.peek().is_none_or(|next| space + 1 < next.start);
        let name = place.whole && inside && space > place.start;
        let runt = fits && space >= last_line;
        if name || runt || (fits && tied(&words[..space], &words[space + 1..end], own)) {
            ties.push((space - place.start + place.at) as u32);
            held += 1;
        } else {
            (first, held) = (space + 1, 0);
        }
    }
    if cell {
        ties.sort_unstable();
        ties.dedup();
    }
    ties
}

/// Where the words begin that the last line of a title or a heading holds at least: none is left with a short word alone.
fn last_line(kind: Kind, words: &str) -> usize {
    let is_title = kind.is_heading() || kind == Kind::Subtitle;
    if !is_title || words.chars().count() < TWO_LINES {
        return words.len();
    }
    let mut at = words.len();
    for (space, _) in words.rmatch_indices(' ') {
        let before = words[..space].rfind(' ').map_or(0, |before| before + 1);
        let is_enough = words[space + 1..].chars().count() >= LAST_LINE;
        if is_enough || words[before..].chars().count() > WIDEST_LAST {
            break;
        }
        at = space;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::super::sample::composed;

    /// The text with a tilde for every tie.
    fn shown(text: &str, language: &str) -> String {
        let text = serde_json::to_string(text).expect("JSON");
        let composition = composed(&format!(
            "{{series: S, title: T, date: 2025-11-04, language: {language}, contributors: [{{name: N, statement: [{text}]}}]}}"
        ));
        let texts = composition.texts.iter();
        let mut texts = texts.filter(|text| text.origin.as_str().ends_with("statement[0]"));
        let text = texts.next().expect("a paragraph");
        let mut out: String = text.spans.iter().map(|span| span.text.as_str()).collect();
        for at in text.ties.iter().rev() {
            out.replace_range(*at as usize..*at as usize + 1, "~");
        }
        out
    }

    #[test]
    fn every_language_has_its_own_ties() {
        for (language, expected) in [
            ("en-GB", "by J.~K.~Rowling in 5~km or 12~%, then"),
            ("en", "the Asst.~Professor, Dr~Khan, No.~5 and §~3"),
            ("en", "He said no. No. Then 5 men"),
            (
                "en",
                "on 4~November 2025, or November~4, 2025, at 3.4~bn and 1.2~×~10",
            ),
            ("en", "in May 2025 the ships came"),
            (
                "de",
                "so z.~B. hier, d.~h. dort, 3~Mio. Euro, am 4.~November",
            ),
            (
                "fr",
                "«~Quoi~?~» dit-il~; et puis~: rien, 10~000~km le 4~novembre",
            ),
            ("pl", "w~domu i~o~czym 4~listopada~— tak"),
            ("cs", "v~domě s~čím"),
            ("ru", "мир~— это в~доме, 3~млн и~т.~д."),
            ("ja", "東京 大阪"),
        ] {
            let text = expected.replace('~', " ");
            assert_eq!(shown(&text, language), expected);
        }
    }

    #[test]
    fn the_last_line_of_a_title_holds_no_short_word_alone() {
        for expected in [
            "What Eighteen Months of Closures Did to the People Who Live by~It",
            "Istanbul on Standby: Will the Taliban Control their Militants?",
            "A short one by it",
        ] {
            let title = serde_json::to_string(&expected.replace('~', " ")).expect("JSON");
            let composition = composed(&format!(
                "{{series: S, title: {title}, date: 2025-11-04, language: en, contributors: [{{name: N, statement: [a]}}]}}"
            ));
            let text = &composition[composition.title_block.title.text];
            let mut shown = text.plain();
            for at in text.ties.iter().rev() {
                shown.replace_range(*at as usize..*at as usize + 1, "~");
            }
            assert_eq!(shown, expected);
        }
    }

    #[test]
    fn no_number_date_or_code_is_broken_in_a_cell() {
        for (cell, expected) in [
            ("10–12", "10–12"),
            ("US$ 3.4 bn", "US$~3.4~bn"),
            ("4 November 2025", "4~November~2025"),
            ("Nov 2025", "Nov~2025"),
            ("see AB-12/34-C and more", "see AB-12/34-C and more"),
            ("about 12 000 people", "about 12 000 people"),
        ] {
            let yaml = serde_json::to_string(cell).expect("JSON");
            let composition = composed(&format!(
                "{{series: S, title: T, date: 2025-11-04, language: en, contributors: [{{name: N, statement: [{{table: {{header: [[H]], rows: [[{yaml}]]}}}}]}}]}}"
            ));
            let texts = composition.texts.iter();
            let mut texts = texts.filter(|text| text.origin.as_str().ends_with("rows[0][0]"));
            let text = texts.next().expect("a cell");
            let mut out = cell.to_owned();
            for at in text.ties.iter().rev() {
                let at = *at as usize;
                if out.as_bytes()[at] == b' ' {
                    out.replace_range(at..=at, "~");
                }
            }
            assert_eq!(out, expected);
            // Behind every dash and hyphen among figures as well.
            let marks = cell.match_indices(['–', '-', '/']);
            for (at, mark) in marks {
                assert!(
                    text.ties.contains(&((at + mark.len() - 1) as u32)),
                    "{cell}"
                );
            }
        }
    }

    #[test]
    fn a_span_has_the_ties_of_its_own_language_and_markup_parts_none() {
        assert_eq!(
            shown("a w b [w domu](lang:pl) w b", "en"),
            "a w b w~domu w b"
        );
        assert_eq!(shown("Dr *Khan* said", "en"), "Dr~Khan said");
        let fourth = shown("sto [w domu](lang:pl) i", "en");
        assert_eq!(fourth, "sto w~domu i");
    }

    #[test]
    fn a_byline_never_breaks_inside_a_name() {
        let composition = composed(
            "{series: S, title: T, date: 2025-11-04, language: en, contributors: [{name: Mansoor Ahmad Khan, statement: [a]}, {name: Ann B, statement: [b]}]}",
        );
        let byline = composition.title_block.byline.expect("a byline");
        let mut shown: String = composition[byline]
            .spans
            .iter()
            .map(|span| span.text.as_str())
            .collect();
        for at in composition[byline].ties.iter().rev() {
            shown.replace_range(*at as usize..*at as usize + 1, "~");
        }
        assert_eq!(shown, "Mansoor~Ahmad~Khan and Ann~B");
    }

    #[test]
    fn a_line_finds_its_end_among_the_longest_rows_of_ties() {
        let row = "w ".repeat(4_000);
        let shown = shown(row.trim(), "pl");
        let longest = shown.split(' ').map(str::len).max();
        assert_eq!(longest, Some(9));
    }
}
