//! Phrases of titles: where their lines rather end, and what rather stays on one line, for whoever fills lines one after the other.
//!
//! Pages part titles by sense themselves. Browsers and word processors know neither the words of a language that writes no spaces
//! nor the names in a title.

use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, WordSegmenter};

use super::sense;
use crate::compose::Text;
use crate::piece::LanguageTag;

/// Titles of more bytes are left as they are.
const LONGEST: usize = 2000;

/// What holds together has so many characters at most: a phone has room for more in no title.
const ROOM: usize = 18;

/// What has no end for so many characters ends anywhere between words.
const LONG: usize = 10;

/// Words of Chinese that lean on the word before them.
const ENCLITICS: &str = "的了吗呢吧们着过地得等";

/// The places in a title at which a line may end, of a language that writes no spaces: between its words, and never before one that
/// leans on the word before it. None in other texts.
#[must_use]
pub fn word_ends(text: &Text) -> Vec<usize> {
    let words = words(text);
    match is_title(text) && words.chars().any(is_ideographic) && words.len() <= LONGEST {
        true => ends(&words).sure,
        false => Vec::new(),
    }
}

/// The spaces of a title at which no line ends where there is another place: behind what leans on the next word, and inside names.
/// Ascending, with its ties.
#[must_use]
pub fn held(text: &Text, language: &LanguageTag) -> Vec<u32> {
    let mut all = text.ties.clone();
    if !is_title(text) {
        return all;
    }
    let words = words(text);
    if words.len() > LONGEST {
        return all;
    }
    let own = text.language.as_ref().map_or(language, |own| &own.tag);
    all.extend(leaning(&words, own.primary(), &text.ties));
    all.sort_unstable();
    all.dedup();
    all
}

fn is_title(text: &Text) -> bool {
    text.kind.is_heading() || text.kind == crate::compose::Kind::Subtitle
}

fn words(text: &Text) -> String {
    text.spans.iter().map(|span| span.text.as_str()).collect()
}

/// Letters of scripts whose words stand without spaces: Han and kana.
pub(super) fn is_ideographic(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Places between words.
#[derive(Debug, Default)]
pub(super) struct Ends {
    /// Those that are certain.
    pub(super) sure: Vec<usize>,
    /// Those beside a single ideograph, which may be part of a name.
    pub(super) perhaps: Vec<usize>,
}

/// Between words: where a dictionary ends one, a line may end (UAX 14), and the next does not lean on it.
pub(super) fn ends(words: &str) -> Ends {
    let lines = LineSegmenter::new_dictionary(LineBreakOptions::default());
    let mut lines = lines.segment_str(words).peekable();
    let parts = WordSegmenter::new_dictionary(Default::default());
    let all: Vec<usize> = parts.segment_str(words).collect();
    let mut found = Ends::default();
    // Where the phrase begins that goes on here.
    let mut from = 0;
    for three in all.windows(3) {
        let [start, at, next] = [three[0], three[1], three[2]];
        while lines.next_if(|line| *line < at).is_some() {}
        let (before, last, word) = (&words[..at], &words[start..at], &words[at..next]);
        let is_end = lines.peek() == Some(&at) && !leans(before, word);
        // A name that no dictionary has falls into single characters: they stay together, and with what stands beside them.
        let is_stop = !last.contains(char::is_alphanumeric);
        let is_whole = is_stop || (!is_single(last) && !is_single(word));
        let is_long = words[from..at].chars().count() >= LONG;
        if !is_end {
            continue;
        }
        if !is_whole && !is_long {
            found.perhaps.push(at);
            continue;
        }
        from = at;
        if !before.ends_with(char::is_whitespace) {
            found.sure.push(at);
        }
    }
    found
}

/// Whether a word is one ideograph.
fn is_single(word: &str) -> bool {
    let mut letters = word.chars();
    let first = letters.next();
    // A kana alone is a particle.
    let is_kana = first.is_some_and(|c| matches!(c, '\u{3041}'..='\u{30ff}'));
    first.is_some_and(is_ideographic) && !is_kana && letters.next().is_none()
}

/// Whether a word without spaces around it belongs to the one before: a particle, an ending, but none after a stop.
fn leans(before: &str, word: &str) -> bool {
    let is_hiragana = |c: char| matches!(c, '\u{3041}'..='\u{309f}' | 'ー');
    let is_behind_word = before.chars().next_back().is_some_and(is_ideographic);
    let is_short = word.chars().count() <= 3;
    let is_particle = word.chars().all(is_hiragana) && is_short;
    let is_enclitic = word.chars().all(|c| ENCLITICS.contains(c)) && is_short;
    is_behind_word && (is_particle || is_enclitic)
}

/// The spaces behind words that lean on the next, and inside of names, which begin with capitals where other words do not.
pub(super) fn leaning(words: &str, language: &str, ties: &[u32]) -> Vec<u32> {
    let has_names = is_sentence_case(words);
    let capital = |word: &str| {
        let mut letters = word.chars().filter(|c| c.is_alphabetic());
        letters.next().is_some_and(char::is_uppercase)
    };
    let mut out = Vec::new();
    // Where what holds together begins.
    let mut from = 0;
    let mut at = 0;
    let mut is_first = true;
    for (space, _) in words.match_indices(' ') {
        let word = &words[at..space];
        let end = words[space + 1..]
            .find(' ')
            .map_or(words.len(), |next| space + 1 + next);
        let next = &words[space + 1..end];
        let is_tied = ties.binary_search(&(space as u32)).is_ok();
        let is_name = has_names
            && !is_first
            && capital(word)
            && capital(next)
            && word.ends_with(char::is_alphabetic);
        let leans = sense::cost(&words[..space], &words[space + 1..], language) >= sense::LEANING;
        let has_room = words[from..end].chars().count() <= ROOM;
        match is_tied || ((is_name || leans) && has_room) {
            true if !is_tied => out.push(space as u32),
            true => {}
            false => from = space + 1,
        }
        at = space + 1;
        is_first = word.ends_with([':', '?', '!', '.', '—', '–']);
    }
    out
}

/// Whether most words begin small, so that capitals are those of names.
fn is_sentence_case(words: &str) -> bool {
    let longer = words.split(' ').filter(|word| word.chars().count() > 3);
    let (mut small, mut all) = (0, 0);
    for word in longer {
        all += 1;
        small += usize::from(word.starts_with(char::is_lowercase));
    }
    small * 2 >= all && small > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parted(words: &str) -> String {
        let mut out = words.to_owned();
        for at in ends(words).sure.into_iter().rev() {
            out.insert(at, '|');
        }
        out
    }

    #[test]
    fn lines_of_titles_without_spaces_end_between_words() {
        for (title, whole) in [
            (
                "伊斯坦布尔会谈之后：塔利班能否控制武装分子",
                &["伊斯坦布尔", "会谈", "之后：", "塔利班", "控制", "武装"][..],
            ),
            ("イスタンブールの待機", &["イスタンブールの", "待機"]),
        ] {
            let found = parted(title);
            for word in whole {
                assert!(found.contains(word), "{word} in {found}");
            }
            assert!(found.contains('|'), "{found}");
        }
        assert_eq!(parted("Istanbul on Standby"), "Istanbul on Standby");
    }

    fn shown(words: &str, language: &str) -> String {
        let mut out = words.to_owned();
        for at in leaning(words, language, &[]) {
            out.replace_range(at as usize..=at as usize, "~");
        }
        out
    }

    #[test]
    fn what_leans_on_the_next_word_and_names_hold_together() {
        for (language, expected) in [
            (
                "en",
                "Istanbul on~Standby: Will~the~Taliban Control their~Militants?",
            ),
            (
                "en",
                "Why~the~return of~Imran~Khan alarms his~neighbours in~Kabul",
            ),
            ("en", "Trade"),
            ("de", "Der~Handel an~der~Grenze"),
            ("ur", "a b c"),
        ] {
            assert_eq!(shown(&expected.replace('~', " "), language), expected);
        }
        let long = shown("about the the the the the the the the the the the", "en");
        let widest = long.split(' ').map(|part| part.chars().count()).max();
        assert!(widest <= Some(ROOM), "{long}");
    }
}
