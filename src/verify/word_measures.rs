//! The measures of Word documents that stand in no style (ISO/IEC 29500-1, 17.6 and 17.9): pages and their margins, lists, and the rule
//! under the heads of tables. They are those of a theme, on its paper or on any that has a name.

use super::difference::{Difference, Kind};
use super::shipped;
use crate::compose::{Composition, Kind as TextKind};
use crate::measure::Frame;
use crate::piece::{Direction, LanguageTag};
use crate::read::{Contents, WordMeasures, WordPage};
use crate::theme::{PageSize, Pt, Sheet, Theme};

/// The margins above and below the text where a theme gives none, and those of heads and feet.
const MARGIN: Pt = Pt(72.0);
const EDGE: Pt = Pt(36.0);

/// What a theme says.
#[derive(Debug, Clone)]
pub(super) struct Measures {
    own: OfTheme,
    language: LanguageTag,
    direction: Direction,
}

#[derive(Debug, Clone)]
struct OfTheme {
    /// On each paper the pages that stand upright, and those that are turned.
    pages: Vec<[WordPage; 2]>,
    list: i64,
    rule: [String; 2],
}

fn twips(length: Pt) -> i64 {
    (length.0 * 20.0).round() as i64
}

impl OfTheme {
    fn of(theme: &Theme, language: &LanguageTag, direction: Direction) -> Self {
        let sheet = Sheet::of(theme);
        let row = sheet.row(TextKind::ListText, theme.writing(language));
        let named = PageSize::NAMED.iter().map(|(_, size)| *size);
        let sizes = [theme.page.size].into_iter().chain(named);
        Self {
            pages: sizes.map(|size| pages(theme, size, direction)).collect(),
            list: twips(row.inset_start),
            rule: [
                ((sheet.head_rule.0 * 8.0).round().max(2.0) as i64).to_string(),
                theme.colours.quiet.to_string(),
            ],
        }
    }

    /// What a document has otherwise.
    fn against(&self, own: &WordMeasures) -> Vec<Difference> {
        let mut found = Vec::new();
        let mut say = |place: &str, message: &str| {
            found.push(Difference {
                kind: Kind::Look,
                place: place.to_owned(),
                message: message.to_owned(),
            });
        };
        let is_on = |paper: &[WordPage; 2]| {
            let mut pages = own.pages.iter();
            pages.all(|page| paper.contains(page))
        };
        if !self.pages.iter().any(is_on) {
            say(
                "the pages",
                "they have other measures than those of its theme",
            );
        }
        if own.list.is_some_and(|list| list != self.list) {
            say(
                "the numbering",
                "lists stand in otherwise than in its theme",
            );
        }
        if own.rule.as_ref().is_some_and(|rule| *rule != self.rule) {
            say(
                "the text",
                "the rule under the head of a table is not that of its theme",
            );
        }
        found
    }
}

/// The pages of a theme on paper of a size.
fn pages(theme: &Theme, size: PageSize, direction: Direction) -> [WordPage; 2] {
    let upright = Frame::new(theme, size);
    let margins = theme.page.margins;
    let turned = upright.turned();
    let turned = (turned, turned.width >= turned.height);
    [(upright, upright.width > upright.height), turned].map(|(frame, is_turned)| {
        let start = twips(frame.start).max(0);
        let end = twips(frame.width - frame.start - frame.measure).max(0);
        let (left, right) = match direction {
            Direction::LeftToRight => (start, end),
            Direction::RightToLeft => (end, start),
        };
        WordPage {
            size: [frame.width, frame.height].map(twips),
            is_turned,
            margins: [
                twips(margins.top.unwrap_or(MARGIN)),
                right,
                twips(margins.bottom.unwrap_or(MARGIN)),
                left,
                twips(margins.top.map_or(EDGE, |top| top * 0.5)),
                twips(margins.bottom.map_or(EDGE, |bottom| bottom * 0.5)),
            ],
        }
    })
}

impl Measures {
    pub(super) fn of(composition: &Composition, theme: &Theme) -> Self {
        let (language, direction) = (&composition.record.language, composition.record.direction);
        Self {
            own: OfTheme::of(theme, language, direction),
            language: language.clone(),
            direction,
        }
    }

    /// Holds a document of ours against the theme with which it agrees best.
    pub(super) fn hold(&self, contents: &Contents, found: &mut Vec<Difference>) {
        if contents.spelled.is_empty() || contents.metadata.text_hash.is_none() {
            return;
        }
        let own = &contents.paper.word;
        let best = shipped::fewest(self.own.against(own), |theme| {
            OfTheme::of(theme, &self.language, self.direction).against(own)
        });
        found.extend(best);
    }
}
