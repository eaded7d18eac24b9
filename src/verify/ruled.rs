//! The rules of pages: under the title block, above the colophon, beside pull quotes, and those of tables. None lacks that the theme
//! has, and the one under the title block stands there and is as wide as the text.

use std::collections::BTreeMap;

use super::difference::{Difference, Kind, MOST};
use super::shipped;
use crate::compose::{BlockKind, Composition, Content, Kind as TextKind, SectionRole};
use crate::read::{Block, DrawnRule, Need, Paper};
use crate::theme::{Colour, Sheet, Theme};

/// Lengths that differ by less are one, in thousandths of a point: what PDFs round, and what stands on lines.
const SLACK: i64 = 60;
/// So many more may stand where a house puts a summary and contents under the title block.
const OF_HOUSE: usize = 2;

/// What the rules of a piece are.
#[derive(Debug, Clone)]
pub(super) struct Ruled {
    tables: usize,
    pulls: usize,
    has_colophon: bool,
    own: Rules,
}

/// The rules of a theme, each as thick as its sheet says, and of its colour.
#[derive(Debug, Clone)]
struct Rules {
    title: Rule,
    bar: Rule,
    outer: Rule,
    inner: Rule,
    has_house: bool,
}

type Rule = (i64, [u8; 3]);

impl Rules {
    fn of(theme: &Theme) -> Self {
        let sheet = Sheet::of(theme);
        let rule = |thick: crate::theme::Pt, colour: Colour| {
            (Need::thousandths(f64::from(thick.0)), colour.bytes())
        };
        let colours = &theme.colours;
        Self {
            title: rule(sheet.title_rule, colours.rules),
            bar: rule(sheet.pull_bar, colours.accent),
            outer: rule(sheet.table_rule, colours.quiet),
            inner: rule(sheet.head_rule, colours.quiet),
            has_house: theme.front.summary || theme.front.contents,
        }
    }
}

impl Ruled {
    pub(super) fn of(composition: &Composition, theme: &Theme) -> Self {
        let sections = composition.sections.iter();
        let blocks = sections.flat_map(|section| &section.blocks);
        let mut tables = 0;
        let mut pulls = 0;
        for block in blocks {
            match &block.kind {
                BlockKind::Content(Content::Table(_)) => tables += 1,
                BlockKind::Pull(_) => pulls += 1,
                _ => {}
            }
        }
        let is_colophon = |section: &crate::compose::Section| {
            section.role == SectionRole::Colophon && !section.blocks.is_empty()
        };
        Self {
            tables,
            pulls,
            has_colophon: composition.sections.iter().any(is_colophon),
            own: Rules::of(theme),
        }
    }

    /// Holds the rules of pages against those of the theme with which they agree best; the blocks are those of the text, each with
    /// what kind of text it is.
    pub(super) fn hold(
        &self,
        paper: &Paper,
        text: &[Block],
        kinds: &[Option<TextKind>],
        found: &mut Vec<Difference>,
    ) {
        let against = |rules: &Rules| self.against(rules, paper, text, kinds);
        let best = shipped::fewest(against(&self.own), |theme| against(&Rules::of(theme)));
        found.extend(best.into_iter().take(MOST));
    }

    fn against(
        &self,
        rules: &Rules,
        paper: &Paper,
        text: &[Block],
        kinds: &[Option<TextKind>],
    ) -> Vec<Difference> {
        let mut differences = Vec::new();
        let mut tell = |page: usize, message: String| {
            differences.push(Difference {
                kind: Kind::Pages,
                place: format!("page {page}"),
                message,
            });
        };
        // Rules of one look may be there for several things.
        let mut needed: BTreeMap<Rule, (usize, &str)> = BTreeMap::new();
        for (rule, times, what) in [
            (
                rules.title,
                1 + usize::from(self.has_colophon),
                "a rule under its title block or above its colophon",
            ),
            (rules.bar, self.pulls, "the bar beside a pull quote"),
            (rules.outer, self.tables * 2, "a rule of a table"),
            (
                rules.inner,
                self.tables,
                "the rule under the head of a table",
            ),
        ] {
            if rule.0 > 0 && times > 0 {
                needed.entry(rule).or_insert((0, what)).0 += times;
            }
        }
        for (rule, (times, what)) in &needed {
            let there = paper.rules.iter().filter(|own| is_of(own, *rule)).count();
            if there < *times {
                tell(1, format!("{what} is not there"));
            }
        }
        if rules.title.0 > 0 {
            self.title(rules, paper, (text, kinds), &mut tell);
        }
        differences
    }

    /// The rule under the title block is as wide as any on its page, and stands between the block and what follows.
    fn title(
        &self,
        rules: &Rules,
        paper: &Paper,
        (text, kinds): (&[Block], &[Option<TextKind>]),
        tell: &mut impl FnMut(usize, String),
    ) {
        let date = kinds.iter().rposition(|kind| *kind == Some(TextKind::Date));
        let Some(date) = date else { return };
        let spot = |at: usize| text.get(at).and_then(|block| block.spot);
        let Some(above) = spot(date) else { return };
        let on_page = || paper.rules.iter().filter(|own| own.page == above.page);
        let wide = |own: &DrawnRule| own.high[0] - own.low[0];
        let widest = on_page().map(wide).max().unwrap_or(0);
        // Heights of blocks are in hundredths.
        let under = spot(date + 1).filter(|under| under.page == above.page);
        let is_here = |own: &&DrawnRule| {
            own.high[1] <= above.top * 10
                && under.is_none_or(|under| own.low[1] >= under.top * 10 - under.size * 10)
        };
        let mut own = on_page().filter(|own| is_of(own, rules.title) && is_here(own));
        let is_whole = own.any(|own| wide(own) >= widest - SLACK);
        if !is_whole {
            let what = "the rule under its title block is not there, or not as wide as its text";
            tell(above.page, what.to_owned());
        }
        let is_alone = ![rules.outer, rules.inner, rules.bar].contains(&rules.title);
        let whole = paper.rules.iter();
        let whole = whole.filter(|own| is_of(own, rules.title) && wide(own) >= widest - SLACK);
        let most = 1 + usize::from(self.has_colophon);
        let most = most + if rules.has_house { OF_HOUSE } else { 0 };
        if is_alone && !rules.has_house && whole.count() > most {
            tell(
                above.page,
                "it has more rules than its theme draws".to_owned(),
            );
        }
    }
}

/// Whether a rule has a look. A bar beside one line may be wider than high.
fn is_of(own: &DrawnRule, (thick, colour): Rule) -> bool {
    let mut shown = (0..2).map(|axis| own.high[axis] - own.low[axis]);
    Need::is_one_colour(own.colour, colour) && shown.any(|shown| (shown - thick).abs() <= SLACK)
}
