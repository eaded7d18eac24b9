//! The contents under the title block: the headings, and the pages on which they stand once all pages are planned.

use std::collections::BTreeMap;

use crate::compose::{Composition, Heading, Kind, TextId};
use crate::theme::Theme;

use super::collector::Collector;
use super::flow::{BASELINE, Element, Flow, Setting};
use super::geometry::Geometry;
use super::layout::{ContentsPart, Owner, Placed};
use super::line_frame::Align;
use super::linebreak::Fill;
use super::plan::{Plan, StripId};
use super::setter::{Setter, at};

/// The fewest headings that are worth it.
const FEWEST: usize = 2;
/// The room for page numbers beside the words, in lines of the grid.
const NUMBERS: f32 = 2.5;
/// How far a level stands in, in lines of the grid.
const STEP: f32 = 1.2;

/// The headings in the contents of a piece; none where the theme asks for no contents, or there is little to list.
#[must_use]
pub fn contents<'a>(composition: &'a Composition, theme: &Theme) -> Vec<&'a Heading> {
    let mut headings = match theme.front.contents {
        true => composition.contents(),
        false => Vec::new(),
    };
    if headings.len() < FEWEST {
        headings.clear();
    }
    headings
}

/// Sets the contents, without the numbers.
pub(super) fn collect(collector: &mut Collector<'_>) {
    let (composition, theme) = (collector.setter.composition, collector.setter.theme);
    let headings = contents(composition, theme);
    if headings.is_empty() {
        return;
    }
    let title = collector.across(Kind::EndHeading);
    let owner = Owner::Contents(ContentsPart::Title);
    let words = &composition.words.contents;
    set(collector, words, owner, title);
    collector.keep();
    let grid = collector.grid();
    for (index, heading) in (0..).zip(headings) {
        let level = f32::from(heading.level.number().saturating_sub(2));
        let step = grid * (STEP * level);
        let measure = collector.geometry.measure - step - grid * NUMBERS;
        let setting = Setting {
            align: Some(Align::Start),
            fill: Some(Fill::Ragged),
            ..Setting::new(Kind::EndMatter, collector.geometry.left + step, measure)
        };
        let words = composition[heading.text].plain();
        let owner = Owner::Contents(ContentsPart::Entry(index));
        set(collector, &words, owner, setting);
        let last = collector.flow.elements.len() - 1;
        collector.flow.contents.push((last, heading.text));
    }
    collector.owe(collector.setter.sheet.spaces.float);
}

fn set(collector: &mut Collector<'_>, words: &str, owner: Owner, setting: Setting) {
    let row = *collector.setter.row(setting.kind);
    let lines = collector.setter.literal(words, owner, setting);
    for (index, line) in lines.into_iter().enumerate() {
        let mut strip = collector.setter.strip(None, line, row.leading);
        if index == 0 {
            strip.gap = row.before;
        }
        collector.push(strip, index == 0);
    }
}

/// Puts the numbers of the pages at the ends of the lines.
pub(super) fn number(flow: &mut Flow, plans: &[Plan], setter: &mut Setter<'_>, geometry: Geometry) {
    if flow.contents.is_empty() {
        return;
    }
    let pages = pages(flow, plans);
    let leading = setter.row(Kind::EndMatter).leading;
    let entries = std::mem::take(&mut flow.contents);
    for (index, (element, heading)) in (0..).zip(entries) {
        let Some(page) = pages.get(&heading) else {
            continue;
        };
        let setting = Setting {
            align: Some(Align::End),
            fill: Some(Fill::Ragged),
            ..Setting::new(Kind::EndMatter, geometry.left, geometry.measure)
        };
        let number = setter.composition.digits.number(page + 1);
        let owner = Owner::Contents(ContentsPart::Page(index));
        let mut lines = setter.literal(&number, owner, setting);
        if let (Some(Element::Strip(strip)), false) =
            (flow.elements.get_mut(element), lines.is_empty())
        {
            let line = at(lines.remove(0).line, leading * BASELINE);
            strip.content.push(Placed::Line(line));
        }
    }
}

/// On which page each text begins.
fn pages(flow: &Flow, plans: &[Plan]) -> BTreeMap<TextId, usize> {
    let mut pages = BTreeMap::new();
    for (page, plan) in plans.iter().enumerate() {
        for (part, _) in &plan.parts {
            if let StripId::Strip(element) = part
                && let Some(Element::Strip(strip)) = flow.elements.get(*element)
                && let Some(start) = strip.start
            {
                pages.entry(start.text).or_insert(page);
            }
        }
    }
    pages
}

#[cfg(test)]
mod tests {
    use crate::compose::sample::composed;
    use crate::theme::{PageSize, Theme};
    use crate::typeset::{ContentsPart, Owner, Placed, layout};

    #[test]
    fn contents_name_the_pages_on_which_headings_stand() {
        let words = "word ".repeat(400);
        let piece = format!(
            "{{series: S, title: T, date: 2025-11-04, language: en, contributors: [{{name: Amina Khan, statement: [{words}, {{heading: Trade}}, {words}]}}, {{name: Robin Ashe, bio: She., statement: [{words}]}}]}}"
        );
        let composition = composed(&piece);
        let mut theme = Theme::classic();
        theme.front.contents = true;
        let pages = layout(&composition, &theme, PageSize::A4)
            .expect("pages")
            .pages;
        let mut found = Vec::new();
        for placed in &pages[0].content {
            if let Placed::Line(line) = placed
                && let Owner::Contents(part) = line.owner
            {
                let words: String = line.runs.iter().map(|run| run.literal.as_str()).collect();
                found.push((part, words));
            }
        }
        let titles: Vec<&str> = found.iter().map(|(_, words)| words.as_str()).collect();
        assert_eq!(titles[..2], ["Contents", "Amina Khan"]);
        assert_eq!(found[2], (ContentsPart::Page(0), "1".to_owned()));
        assert!(titles.contains(&"Trade") && titles.contains(&"About the contributors"));
        // Each number is that of the page where the name stands.
        let named = |name: &str| {
            let on = |page: &crate::typeset::Page| {
                page.content.iter().any(|placed| match placed {
                    Placed::Line(line) => match line.owner {
                        Owner::Text(text) => {
                            composition[text].plain() == name && composition[text].kind.is_heading()
                        }
                        _ => false,
                    },
                    _ => false,
                })
            };
            pages.iter().position(on).map(|page| (page + 1).to_string())
        };
        let at = titles
            .iter()
            .position(|title| *title == "Robin Ashe")
            .expect("listed");
        assert_eq!(Some(titles[at + 1].to_owned()), named("Robin Ashe"));
        assert_ne!(titles[at + 1], "1");
    }
}
