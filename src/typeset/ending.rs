//! The last page: a few lines alone on it look lost, so paragraphs are set a line longer or shorter where that helps, or
//! else the page before it gives some of its lines.

use crate::measure::Orientation;
use crate::theme::Pt;

use super::collector::strips;
use super::flow::{Adjustable, Element, Flow};
use super::paginate::{self, Depth, WELL_FILLED};
use super::plan::{Plan, State, StripId};
use super::setter::Setter;

/// The fewest lines on a last page.
const LEAST: u32 = 5;
/// How many pages before the end paragraphs may be changed on.
const REACH: usize = 3;

/// Plans the pages again with one paragraph changed, or with a few, if the last page is short and that helps; else the page before
/// it ends earlier, as long as it stays well filled.
pub(super) fn fill(
    flow: &mut Flow,
    setter: &mut Setter<'_>,
    depth: Depth,
    pages: &mut Vec<(State, Plan)>,
) {
    let count = pages.len();
    let Some((_, last)) = pages.last() else {
        return;
    };
    let lines = lines(flow, last);
    if count < 2 || lines >= LEAST {
        return;
    }
    // As many lines as must go back, or come.
    let most = [lines.max(1) as usize, (LEAST - lines) as usize];
    let from = pages[count.saturating_sub(REACH + 1)].0.next;
    let near = flow.adjustable.iter().rev();
    let near: Vec<Adjustable> = near
        .take_while(|paragraph| paragraph.first >= from)
        .copied()
        .collect();
    let directions = [-1, 1];
    let single = near
        .iter()
        .flat_map(|paragraph| directions.map(|by| (std::slice::from_ref(paragraph), by, 1)));
    let several = directions
        .into_iter()
        .zip(most)
        .map(|(by, most)| (near.as_slice(), by, most));
    for (paragraphs, by, most) in single.chain(several) {
        if let Some(planned) = attempt(flow, setter, depth, pages, paragraphs, by, most) {
            *pages = planned;
            return;
        }
    }
    feed(flow, depth, pages);
}

/// How many lines a last page has: of its text, where the colophon stands below that, since it goes to the foot of the page.
fn lines(flow: &Flow, last: &Plan) -> u32 {
    let first = flow.elements.len() - flow.colophon;
    let parts = last.parts.iter().map(|(part, _)| *part);
    let colophon = parts.skip_while(|part| *part != StripId::Strip(first));
    let below: u32 = colophon
        .filter_map(|part| flow.strip(part))
        .map(|strip| u32::from(strip.lines))
        .sum();
    last.lines - below.min(last.lines)
}

/// Ends the page before the last one as few lines earlier as give the last page enough; where none do, as give it the most.
fn feed(flow: &Flow, depth: Depth, pages: &mut Vec<(State, Plan)>) {
    let [.., (from, before), (_, last)] = pages.as_slice() else {
        return;
    };
    if [before.page, last.page].contains(&Orientation::Turned) {
        return;
    }
    let least = depth.depth * WELL_FILLED;
    let lines = ((depth.depth - least).0 / depth.grid.0) as usize;
    let mut most = self::lines(flow, last);
    let mut fed = None;
    for less in 1..=lines {
        let shorter = Depth {
            depth: depth.depth - depth.grid * less as f32,
            ..depth
        };
        let (before, next) = paginate::page(flow, shorter, from);
        if paginate::end(flow, &before) + before.foot < least {
            break;
        }
        let mut end = paginate::plan(flow, depth, next);
        let Some((state, last)) = end.pop().filter(|_| end.is_empty()) else {
            break;
        };
        if self::lines(flow, &last) > most {
            most = self::lines(flow, &last);
            fed = Some([(from.clone(), before), (state, last)]);
        }
        if most >= LEAST {
            break;
        }
    }
    if let Some(fed) = fed {
        pages.truncate(pages.len() - fed.len());
        pages.extend(fed);
    }
}

/// A paragraph that was set again: its first element, how many strips it has now, and those it had.
struct Change {
    first: usize,
    count: usize,
    old: Vec<Element>,
}

/// Sets paragraphs, the last first, with a line more or fewer until the last page gains by it; else leaves the flow as
/// it was.
fn attempt(
    flow: &mut Flow,
    setter: &mut Setter<'_>,
    depth: Depth,
    pages: &[(State, Plan)],
    paragraphs: &[Adjustable],
    by: i32,
    most: usize,
) -> Option<Vec<(State, Plan)>> {
    let mut changes: Vec<Change> = Vec::new();
    for paragraph in paragraphs {
        let Some(change) = change(flow, setter, depth.grid, paragraph, by) else {
            continue;
        };
        changes.push(change);
        let starts_before = |(state, _): &(State, Plan)| state.next <= paragraph.first;
        let page = pages.partition_point(starts_before).saturating_sub(1);
        let mut planned = pages[..page].to_vec();
        planned.extend(paginate::plan(flow, depth, pages[page].0.clone()));
        let enough = planned
            .last()
            .is_some_and(|(_, plan)| lines(flow, plan) >= LEAST);
        if planned.len() <= pages.len() && enough {
            return Some(planned);
        }
        if changes.len() == most {
            break;
        }
    }
    for Change { first, count, old } in changes.into_iter().rev() {
        flow.elements.splice(first..first + count, old);
    }
    None
}

/// Sets one paragraph with a line more or fewer, if it can be.
fn change(
    flow: &mut Flow,
    setter: &mut Setter<'_>,
    grid: Pt,
    paragraph: &Adjustable,
    by: i32,
) -> Option<Change> {
    let mut setting = paragraph.setting;
    setting.looseness = by;
    let lines = setter.text(paragraph.text, setting);
    if lines.len() as i64 != paragraph.lines as i64 + i64::from(by) {
        return None;
    }
    let Some(Element::Strip(first)) = flow.elements.get(paragraph.first) else {
        return None;
    };
    let (gap, may_begin) = (first.gap, first.may_begin);
    let mut strips = strips(setter, paragraph.text, lines, grid);
    for (index, strip) in strips.iter_mut().enumerate() {
        strip.on_grid = true;
        if index == 0 {
            (strip.gap, strip.may_begin) = (gap, may_begin);
        }
    }
    let range = paragraph.first..paragraph.first + paragraph.lines;
    let count = strips.len();
    let old = flow
        .elements
        .splice(range, strips.into_iter().map(Element::Strip))
        .collect();
    Some(Change {
        first: paragraph.first,
        count,
        old,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::super::collect;
    use super::super::geometry::Geometry;
    use super::super::layout;
    use super::super::tests::assert_read_back;
    use super::*;
    use crate::compose::sample::composed;
    use crate::theme::{PageSize, Theme};

    #[test]
    fn a_last_page_has_five_lines_where_one_paragraph_can_give_or_take_one() {
        let source = include_str!("../../source/flash-point.yaml");
        let piece: serde_yaml::Value = serde_yaml::from_str(source).unwrap();
        let mut words: Vec<String> = Vec::new();
        for contributor in piece["contributors"].as_sequence().unwrap() {
            for block in contributor["statement"].as_sequence().unwrap() {
                words.extend(block.as_str().unwrap_or("").split(' ').map(str::to_owned));
            }
        }
        let theme = Theme::classic();
        let geometry = Geometry::new(&theme, PageSize::A4);
        let depth = Depth::of(geometry);
        let is_short =
            |pages: &[(State, Plan)]| pages.len() > 1 && pages.last().unwrap().1.lines < LEAST;
        let (mut before, mut after) = (0, 0);
        // Statements of every length about two pages, so that last pages of every depth come up.
        for length in (690..930).step_by(5) {
            let statement: Vec<String> = words[..length]
                .chunks(290)
                .map(|part| part.join(" "))
                .collect();
            let paragraphs = statement
                .iter()
                .map(|text| format!("  - {}\n", serde_json::to_string(text).unwrap()));
            let yaml = format!(
                "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en\ncontributors:\n- name: N\n  statement:\n{}",
                paragraphs.collect::<String>()
            );
            let composition = composed(&yaml);
            let (mut flow, mut setter) = collect::collect(&composition, &theme, geometry);
            let mut pages = paginate::plan(&flow, depth, State::default());
            before += usize::from(is_short(&pages));
            fill(&mut flow, &mut setter, depth, &mut pages);
            after += usize::from(is_short(&pages));
            let layout = layout(&composition, &theme, PageSize::A4).unwrap();
            assert_eq!(layout.pages.len(), pages.len());
            assert_read_back(&composition, &layout, &[]);
        }
        assert!(
            before >= 3 && after == 0,
            "{before} short last pages, {after} left"
        );
    }

    #[test]
    fn the_page_before_gives_lines_to_a_last_page_that_no_paragraph_can_help() {
        let stock = "the relations of both countries remained under strain while talks continued";
        let words = |count| {
            stock
                .split(' ')
                .cycle()
                .take(count)
                .collect::<Vec<_>>()
                .join(" ")
        };
        let item = format!("    - {}\n", words(22));
        let ends = [
            ("", ""),
            ("  - break\n  - The last paragraph.\n", ""),
            (
                "  - table: {header: [[A, B]], rows: [[a, b], [a, b]]}\n  - The last.\n",
                "",
            ),
            (
                "",
                "rights: All.\ndisclaimer: Nobody but the authors holds these views.\n",
            ),
        ];
        for theme in [
            Theme::classic(),
            Theme::named("modern").unwrap(),
            Theme::named("journal").unwrap(),
        ] {
            let geometry = Geometry::new(&theme, PageSize::A4);
            let depth = Depth::of(geometry);
            let mut short = 0;
            for (items, (end, colophon)) in (20..50).flat_map(|items| ends.map(|end| (items, end)))
            {
                let list = format!("  - list:\n{}", item.repeat(items));
                let composition = composed(&format!(
                    "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en\n{colophon}contributors:\n- name: N\n  statement:\n{list}{end}"
                ));
                let (mut flow, mut setter) = collect::collect(&composition, &theme, geometry);
                let mut pages = paginate::plan(&flow, depth, State::default());
                let count = pages.len();
                let before = pages.last().map_or(0, |(_, last)| lines(&flow, last));
                fill(&mut flow, &mut setter, depth, &mut pages);
                let [.., (_, fuller), (_, last)] = pages.as_slice() else {
                    continue;
                };
                short += usize::from(before < LEAST);
                assert!(
                    pages.len() == count && lines(&flow, last) >= LEAST,
                    "{items} {end}"
                );
                let filled = paginate::end(&flow, fuller) + fuller.foot;
                assert!(filled >= depth.depth * WELL_FILLED, "{items} {end}");
                let layout = layout(&composition, &theme, PageSize::A4).unwrap();
                assert_read_back(&composition, &layout, &[]);
            }
            assert!(short > 4, "{short} last pages were short");
        }
    }
}
