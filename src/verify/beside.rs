//! What pages show beside the text: running heads and feet, heads of tables that are shown again, pull quotes that repeat the text,
//! and the labels of the pages. Each is what the piece and its theme say, and stands where it belongs.

mod flowing;
mod ornaments;
mod whole;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::OnceLock;

use self::whole::is_whole;
use super::difference::{Difference, Kind, MOST, quoted};
use super::words::letters;
use crate::compose::{Composition, Head, HeadField, Reading, Role, Visit, canonical_line};
use crate::read::{Beside, BesideKind, PAGE, PAGES, Paper, PullQuote};
use crate::theme::{Furniture, PageStyle, Theme};

/// What pages may show beside the text.
#[derive(Debug, Clone)]
pub(super) struct BesideText {
    /// What heads and feet say under the theme, if it is known, and under those that are shipped.
    themes: Vec<Heads>,
    /// The places of those under the theme.
    own: Vec<usize>,
    /// The numbers from 0 to 9 as the piece writes them.
    digits: Vec<String>,
    /// The label of a cover.
    cover: String,
    /// The letters of the heads of tables.
    tables: HeadSet,
    /// The letters of the pull quotes that repeat the text, one behind the other.
    pulls: String,
    /// How often each sign stands on pages for the eye alone.
    signs: BTreeMap<char, usize>,
    /// All pull quotes with what stands before them, and whether each repeats the text.
    quotes: Vec<(PullQuote, bool)>,
    /// What stands above a draft for the eye alone.
    mark: Option<String>,
}

/// The words of heads and feet: on the first page and on the others, from where lines start to where they end.
#[derive(Debug, Clone, PartialEq)]
struct Heads {
    head: [[String; 3]; 2],
    foot: [[String; 3]; 2],
    /// How many tabs part them in a Word document: heads, then feet.
    tabs: [[usize; 2]; 2],
}

impl BesideText {
    pub(super) fn of(composition: &Composition, theme: Option<&Theme>) -> Self {
        let own = theme.map(|theme| Heads::of(composition, &theme.page, &theme.publisher));
        let shipped = shipped().iter();
        let shipped = shipped.map(|(page, house)| Heads::of(composition, page, house));
        let is_known = own.is_some();
        let mut themes: Vec<Heads> = own.into_iter().chain(shipped).collect();
        let mut own: Vec<usize> = if is_known { vec![0] } else { Vec::new() };
        // Review editions say so above every page.
        let mark = composition
            .mark
            .clone()
            .or_else(|| composition.review_mark());
        if let Some(mark) = &mark {
            let review = composition.for_review();
            let all = theme.map(|theme| (&theme.page, theme.publisher.as_str()));
            let shipped = self::shipped().iter();
            let all = all
                .into_iter()
                .chain(shipped.map(|(page, house)| (page, house.as_str())));
            let marked: Vec<Heads> = all
                .map(|(page, house)| {
                    let page = PageStyle {
                        head: Furniture::of_words(mark),
                        first_head: Furniture::of_words(mark),
                        ..page.clone()
                    };
                    Heads::of(&review, &page, house)
                })
                .collect();
            match composition.mark {
                Some(_) => themes = marked,
                None => {
                    if is_known {
                        own.push(themes.len());
                    }
                    themes.extend(marked);
                }
            }
        }
        Self {
            themes,
            own,
            digits: (0..10).map(|n| composition.digits.number(n)).collect(),
            cover: composition.words.cover.clone(),
            tables: HeadSet::of(&tables(composition)),
            pulls: pulls(composition),
            signs: ornaments::signs(composition),
            quotes: flowing::quotes(composition),
            mark,
        }
    }

    /// A number as the piece writes it.
    fn number(&self, number: usize) -> String {
        let digits = number.to_string();
        let digits = digits.bytes().map(|digit| usize::from(digit - b'0'));
        digits
            .filter_map(|digit| self.digits.get(digit).map(String::as_str))
            .collect()
    }

    /// Holds what pages show beside the text against this.
    pub(super) fn hold(
        &self,
        paper: &Paper,
        is_in_theme: impl Fn() -> bool,
        found: &mut Vec<Difference>,
    ) {
        let has_cover = self.labels(paper, found);
        self.heads(paper, has_cover, is_in_theme, found);
        lines(paper, found);
        self.repeated(paper, found);
        self.decoration(paper, found);
        self.ornaments(paper, found);
    }

    /// Pages are called by their numbers, and a cover by its name; says whether there is one.
    fn labels(&self, paper: &Paper, found: &mut Vec<Difference>) -> bool {
        let has_cover = paper.labels.len() > 1
            && paper
                .labels
                .first()
                .is_some_and(|label| *label == self.cover);
        let labels = paper.labels.iter().enumerate();
        let wrong = labels
            .skip(usize::from(has_cover))
            .filter_map(|(index, label)| {
                let number = self.number(index + usize::from(!has_cover));
                (number != *label).then(|| Difference {
                    kind: Kind::Pages,
                    place: format!("page {}", index + 1),
                    message: format!("its label is {}, and it is page {number}", quoted(label)),
                })
            });
        found.extend(wrong.take(MOST));
        has_cover
    }

    /// Running heads and feet: those of the theme that they agree with best.
    fn heads(
        &self,
        paper: &Paper,
        has_cover: bool,
        is_in_theme: impl Fn() -> bool,
        found: &mut Vec<Difference>,
    ) {
        let of = |at: usize| self.against(&self.themes[at], paper, has_cover);
        let others = (0..self.themes.len()).filter(|at| !self.own.contains(at));
        let mut best: Option<Vec<Difference>> = None;
        for (place, at) in self.own.iter().copied().chain(others).enumerate() {
            // What is set in the theme has its heads and feet too.
            if place > 0 && place == self.own.len() && is_in_theme() {
                break;
            }
            let own = of(at);
            if own.is_empty() {
                return;
            }
            if best.as_ref().is_none_or(|best| own.len() < best.len()) {
                best = Some(own);
            }
        }
        found.extend(best.into_iter().flatten().take(MOST));
    }

    fn against(&self, heads: &Heads, paper: &Paper, has_cover: bool) -> Vec<Difference> {
        let pages = paper.labels.len();
        let mut words = vec![[""; 2]; pages];
        for beside in &paper.beside {
            let side = match beside.kind {
                BesideKind::Head => 0,
                BesideKind::Foot => 1,
                BesideKind::Repeated | BesideKind::Decoration => continue,
            };
            if let Some(words) = words.get_mut(beside.page - 1) {
                words[side] = &beside.words;
            }
        }
        let counted = pages - usize::from(has_cover);
        let mut differences = Vec::new();
        for (index, sides) in words.iter().enumerate() {
            let number = (index + 1).saturating_sub(usize::from(has_cover));
            for (side, shown) in sides.iter().enumerate() {
                let of = [&heads.head, &heads.foot][side];
                let said = match number {
                    // The cover has none.
                    0 => [const { String::new() }; 3],
                    number => of[usize::from(number > 1)].clone().map(|part| {
                        part.replace(PAGE, &self.number(number))
                            .replace(PAGES, &self.number(counted))
                    }),
                };
                if !is_filled(shown, &said) {
                    let side = ["the head", "the foot"][side];
                    differences.push(Difference {
                        kind: Kind::Pages,
                        place: format!("page {}", index + 1),
                        message: match (shown.trim(), said.join(" ").trim()) {
                            ("", said) => {
                                format!("{side} of the page does not say {}", quoted(said))
                            }
                            (shown, "") => {
                                format!(
                                    "{side} of the page says {}, which is not expected there",
                                    quoted(shown)
                                )
                            }
                            (shown, said) => format!(
                                "{side} of the page says {} where {} is expected",
                                quoted(shown),
                                quoted(said)
                            ),
                        },
                    });
                }
            }
        }
        differences
    }

    /// What pages repeat because they end is the head of a table.
    fn repeated(&self, paper: &Paper, found: &mut Vec<Difference>) {
        let all = paper.beside.iter();
        for beside in all.filter(|beside| beside.kind == BesideKind::Repeated) {
            let shown = letters(&beside.words);
            let is_head = match is_exact(&beside.words) {
                true => self.tables.make(&shown),
                false => shown.chars().all(|c| self.tables.letters.contains(&c)),
            };
            if !is_head && found.len() < MOST {
                found.push(stray(beside, "is no head of a table"));
            }
        }
    }

    /// What stands there for the eye alone repeats the text as pull quotes do.
    fn decoration(&self, paper: &Paper, found: &mut Vec<Difference>) {
        let all = paper.beside.iter();
        let all: Vec<&Beside> = all
            .filter(|beside| beside.kind == BesideKind::Decoration)
            .collect();
        let is_exact = all.iter().all(|beside| is_exact(&beside.words)) && is_exact(&self.pulls);
        let mut rest = self.pulls.as_str();
        for beside in &all {
            let shown = letters(&beside.words);
            let next = match is_exact {
                true => rest.strip_prefix(shown.as_str()),
                false => behind(&shown, rest),
            };
            match next {
                Some(next) => rest = next,
                None if found.len() < MOST => {
                    found.push(stray(beside, "is no pull quote of the source"));
                    return;
                }
                None => return,
            }
        }
        if is_exact && !rest.is_empty() && found.len() < MOST {
            found.push(Difference {
                kind: Kind::Pages,
                place: "the pages".to_owned(),
                message: format!("a pull quote is not shown: {}", quoted(rest)),
            });
        }
    }
}

/// Heads stand above the text and feet below it, on all pages of one height alike.
fn lines(paper: &Paper, found: &mut Vec<Difference>) {
    let mut usual: BTreeMap<(bool, i64), i64> = BTreeMap::new();
    let heads = paper.beside.iter();
    // Square pages that are turned are like others, and have other margins.
    let is_square = |own: &&Beside| {
        let size = own.page.checked_sub(1).and_then(|at| paper.sizes.get(at));
        size.is_some_and(|[wide, high]| (wide - high).abs() <= 10)
    };
    let heads = heads.filter(|own| matches!(own.kind, BesideKind::Head | BesideKind::Foot));
    let heads = heads.filter(|own| !is_square(own));
    for beside in heads {
        let is_head = beside.kind == BesideKind::Head;
        let line = *usual
            .entry((is_head, beside.height))
            .or_insert(beside.lines[0]);
        let is_at_edge = match is_head {
            true => line > beside.height * 3 / 4,
            false => line < beside.height / 4,
        };
        let is_level = beside.lines.iter().all(|own| (own - line).abs() <= 100);
        if !(is_at_edge && is_level) && found.len() < MOST {
            let what = if is_head { "the head" } else { "the foot" };
            found.push(Difference {
                kind: Kind::Pages,
                place: format!("page {}", beside.page),
                message: format!(
                    "{what} of the page stands elsewhere than on the others, or at its edge"
                ),
            });
        }
    }
}

fn stray(beside: &Beside, why: &str) -> Difference {
    Difference {
        kind: Kind::Pages,
        place: format!("page {}", beside.page),
        message: format!("{}, beside the text, {why}", quoted(beside.words.trim())),
    }
}

impl Heads {
    fn of(composition: &Composition, page: &PageStyle, house: &str) -> Self {
        let filled = |furniture: &Furniture| {
            furniture.parts().map(|template| {
                template.filled(|field| match field {
                    HeadField::Page => PAGE.to_string(),
                    HeadField::Pages => PAGES.to_string(),
                    field => match (field, composition.head(field)) {
                        (HeadField::Publisher, words) if words.is_empty() => house.to_owned(),
                        (_, words) => words,
                    },
                })
            })
        };
        Self {
            head: [filled(&page.first_head), filled(&page.head)],
            foot: [filled(&page.first_foot), filled(&page.foot)],
            tabs: [
                [&page.first_head, &page.head].map(|own| tabs(page, own)),
                [&page.first_foot, &page.foot].map(|own| match own.is_middle_alone() {
                    true => 0,
                    false => tabs(page, own),
                }),
            ],
        }
    }
}

/// How many tabs part a head or foot with places for its parts.
fn tabs(page: &PageStyle, furniture: &Furniture) -> usize {
    usize::from(page.has_middle()) + usize::from(!furniture.end.is_empty())
}

/// The pages of the shipped themes and their publishers.
fn shipped() -> &'static [(PageStyle, String)] {
    static SHIPPED: OnceLock<Vec<(PageStyle, String)>> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        let all = Theme::names().filter_map(Theme::named);
        all.map(|theme| (theme.page, theme.publisher)).collect()
    })
}

/// Whether words are those of three parts, each whole or as much of it as has room, and an ellipsis (`measure::fitted`).
fn is_filled(shown: &str, said: &[String; 3]) -> bool {
    let is_exact = is_exact(shown) && said.iter().all(|part| is_exact(part));
    let shown = signs(shown);
    let said = said.each_ref().map(|part| signs(part));
    if !is_exact {
        // Glyphs that say nothing leave letters out; a part that lacks altogether is found all the same.
        let shown: String = shown.chars().filter(|c| *c != '…').collect();
        return said.concat().is_empty() == shown.is_empty() && is_within(&shown, &said.concat());
    }
    is_whole(&shown, &said)
}

/// The signs of a line that are seen, without white space and what glyphs say nothing of.
fn signs(line: &str) -> String {
    let line = canonical_line(line);
    line.chars()
        .filter(|c| !c.is_whitespace() && *c != char::REPLACEMENT_CHARACTER)
        .collect()
}

/// The heads of a piece's tables.
#[derive(Debug, Clone, Default)]
struct HeadSet {
    whole: HashSet<String>,
    /// The lengths that they have, the longest first.
    lengths: Vec<usize>,
    letters: HashSet<char>,
}

impl HeadSet {
    fn of(heads: &[String]) -> Self {
        let heads = heads.iter().filter(|head| !head.is_empty());
        let lengths: BTreeSet<usize> = heads.clone().map(String::len).collect();
        Self {
            whole: heads.clone().cloned().collect(),
            lengths: lengths.into_iter().rev().collect(),
            letters: heads.flat_map(|head| head.chars()).collect(),
        }
    }

    /// Whether letters are some of them one behind the other.
    fn make(&self, letters: &str) -> bool {
        let mut rest = letters;
        while !rest.is_empty() {
            let mut fits = self.lengths.iter().filter(|length| {
                let start = rest.get(..**length);
                start.is_some_and(|start| self.whole.contains(start))
            });
            let Some(length) = fits.next() else {
                return false;
            };
            rest = &rest[*length..];
        }
        true
    }
}

/// Whether the characters stand in a text in this order, whatever stands between them.
fn is_within(some: &str, text: &str) -> bool {
    behind(some, text).is_some()
}

/// What stands behind the characters in a text that has them in this order.
fn behind<'a>(some: &str, text: &'a str) -> Option<&'a str> {
    let mut text = text.chars();
    let is_there = some.chars().all(|own| text.by_ref().any(|c| c == own));
    is_there.then_some(text.as_str())
}

/// Whether glyphs of such words say every character, each for itself: those of other scripts are shown as clusters.
fn is_exact(words: &str) -> bool {
    use unicode_script::{Script, UnicodeScript};
    words.chars().all(|c| {
        matches!(
            c.script(),
            Script::Latin
                | Script::Greek
                | Script::Cyrillic
                | Script::Armenian
                | Script::Georgian
                | Script::Han
                | Script::Hiragana
                | Script::Katakana
                | Script::Common
        ) && c != char::REPLACEMENT_CHARACTER
    })
}

/// The letters of the heads of tables, marks of notes with them.
fn tables(composition: &Composition) -> Vec<String> {
    let mut tables: Vec<String> = Vec::new();
    let mut is_open = false;
    for visit in composition.walk() {
        let Visit::Text { text, role, .. } = visit else {
            is_open = false;
            continue;
        };
        let is_head = matches!(
            role,
            Role::Cell {
                head: Head::Column,
                ..
            }
        );
        if is_head && !is_open {
            tables.push(String::new());
        }
        is_open = is_head;
        if is_head && let Some(table) = tables.last_mut() {
            let spans = composition[text].spans.iter();
            let words: String = spans.map(|span| span.text.as_str()).collect();
            table.push_str(&letters(&words));
        }
    }
    tables
}

/// The letters of the pull quotes that repeat the text.
fn pulls(composition: &Composition) -> String {
    let texts = composition.walk().texts();
    let pulls = texts.filter(|text| composition[*text].reading == Reading::Decoration);
    let words = pulls.map(|text| {
        let spans = composition[text].spans.iter();
        let words: String = spans.map(|span| span.text.as_str()).collect();
        letters(&words)
    });
    words.collect()
}
