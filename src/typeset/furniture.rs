//! Furniture: running heads and feet, set once for all pages where they count none.

use crate::compose::{HeadField, Kind};
use crate::theme::{Furniture as Templates, Pt};

use super::flow::Setting;
use super::geometry::Geometry;
use super::layout::{Artifact, ArtifactKind, Line, Owner, Page, Placed};
use super::linebreak::Fill;
use super::lines::Align;
use super::setter::{Setter, at};

/// No head has room for more characters than this.
const LONGEST: usize = 400;
/// Where not even one word has room, as many of its letters are tried.
const LETTERS: usize = 60;

/// The least distance of the parts of a head.
const APART: Pt = Pt(12.0);

/// What stands on every page: the theme's templates, filled.
pub(super) struct Furniture {
    geometry: Geometry,
    /// The lines of what is the same on all pages but the first, and on the first; none where it counts pages.
    head: [Option<Vec<Line>>; 2],
    foot: [Option<Vec<Line>>; 2],
}

impl Furniture {
    /// Sets what is the same on all pages.
    pub(super) fn new(setter: &mut Setter<'_>, geometry: Geometry) -> Self {
        let page = &setter.theme.page;
        let mut once = |furniture: &Templates, baseline| {
            let counts = furniture.parts().iter().any(|template| template.counts());
            (!counts).then(|| lines(setter, geometry, furniture, baseline, (0, 0)))
        };
        Self {
            geometry,
            head: [&page.head, &page.first_head].map(|it| once(it, geometry.head)),
            foot: [&page.foot, &page.first_foot].map(|it| once(it, geometry.folio)),
        }
    }

    /// Puts the furniture on a page.
    pub(super) fn place(
        &self,
        setter: &mut Setter<'_>,
        index: usize,
        total: usize,
        page: &mut Page,
    ) {
        let first = usize::from(index == 0);
        let style = &setter.theme.page;
        let head = [&style.head, &style.first_head][first];
        let foot = [&style.foot, &style.first_foot][first];
        for (kind, templates, known, baseline) in [
            (
                ArtifactKind::Header,
                head,
                &self.head[first],
                self.geometry.head,
            ),
            (
                ArtifactKind::Footer,
                foot,
                &self.foot[first],
                self.geometry.folio,
            ),
        ] {
            let lines = match known {
                Some(lines) => lines.clone(),
                None => lines(
                    setter,
                    self.geometry,
                    templates,
                    baseline,
                    (index + 1, total),
                ),
            };
            page.artifacts
                .extend(lines.into_iter().map(|line| artifact(kind, line)));
        }
    }
}

/// The lines of a head or foot on the page of this number, out of so many: what stands in the middle has its room first.
fn lines(
    setter: &mut Setter<'_>,
    geometry: Geometry,
    templates: &Templates,
    baseline: Pt,
    (page, pages): (usize, usize),
) -> Vec<Line> {
    let (composition, theme) = (setter.composition, setter.theme);
    let [start, centre, end] = templates.parts().map(|template| {
        template.filled(|field| match field {
            HeadField::Page => composition.digits.number(page),
            HeadField::Pages => composition.digits.number(pages),
            field => theme.head(composition, field),
        })
    });
    let measure = geometry.measure;
    let centre = shortened(setter, &centre, measure);
    let taken = natural(setter, &centre);
    let (start, end) = if taken > Pt(0.0) {
        let side = (measure - taken) * 0.5 - APART;
        (
            shortened(setter, &start, side),
            shortened(setter, &end, side),
        )
    } else if start.is_empty() || end.is_empty() {
        (
            shortened(setter, &start, measure),
            shortened(setter, &end, measure),
        )
    } else {
        let start = shortened(setter, &start, (measure - APART) * 0.5);
        let room = measure - APART - natural(setter, &start);
        let end = shortened(setter, &end, room);
        (start, end)
    };
    let parts = [
        (start, Align::Start),
        (centre, Align::Centre),
        (end, Align::End),
    ];
    let lines = parts.into_iter();
    lines
        .filter_map(|(words, align)| line(setter, geometry, &words, align, baseline))
        .collect()
}

fn artifact(kind: ArtifactKind, line: Line) -> Artifact {
    let placed = Placed::Line(line);
    Artifact { kind, placed }
}

fn line(
    setter: &mut Setter<'_>,
    geometry: Geometry,
    words: &str,
    align: Align,
    baseline: Pt,
) -> Option<Line> {
    if words.is_empty() {
        return None;
    }
    let setting = Setting {
        align: Some(align),
        fill: Some(Fill::Ragged),
        ..Setting::new(Kind::Furniture, geometry.left, geometry.measure)
    };
    let lines = setter.literal(words, Owner::Artifact, setting);
    lines.into_iter().next().map(|set| at(set.line, baseline))
}

fn natural(setter: &mut Setter<'_>, words: &str) -> Pt {
    if words.is_empty() {
        return Pt(0.0);
    }
    let setting = Setting {
        fill: Some(Fill::Ragged),
        ..Setting::new(Kind::Furniture, Pt(0.0), Pt(f32::MAX))
    };
    setter
        .literal(words, Owner::Artifact, setting)
        .first()
        .map_or(Pt(0.0), |set| set.line.width)
}

/// The words, or as many whole ones as there is room for and an ellipsis.
fn shortened(setter: &mut Setter<'_>, words: &str, room: Pt) -> String {
    if words.is_empty() {
        return String::new();
    }
    let most = words.char_indices().nth(LONGEST).map(|(at, _)| at);
    let start = most.and_then(|at| words.get(..at)).unwrap_or(words);
    if most.is_none() && natural(setter, words) <= room {
        return words.to_owned();
    }
    let cut = |end: usize| {
        let kept = start.get(..end).unwrap_or_default();
        let kept = kept.trim_end_matches(|c: char| !c.is_alphanumeric());
        format!("{kept}…")
    };
    // More words are wider, so the place is found by halving.
    let ends: Vec<usize> = start.match_indices(' ').map(|(at, _)| at).collect();
    let fitting = ends.partition_point(|end| natural(setter, &cut(*end)) <= room);
    if let Some(end) = fitting.checked_sub(1).and_then(|index| ends.get(index)) {
        return cut(*end);
    }
    // One word wider than the head: as many letters as there is room for.
    let mut shown: String = words.chars().take(LETTERS).collect();
    while shown.pop().is_some() {
        let cut = format!("{shown}…");
        if natural(setter, &cut) <= room {
            return cut;
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::sample::composed;
    use crate::theme::{PageSize, Theme};

    #[test]
    fn a_head_keeps_as_many_words_as_there_is_room_for() {
        let composition = composed(
            "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en\ncontributors:\n- name: N\n  statement: [a]\n",
        );
        let theme = Theme::classic();
        let mut setter = Setter::new(&composition, &theme);
        let measure = Geometry::new(&theme, PageSize::A4).measure;
        let long = "words of a title that goes on, ".repeat(2_000);
        for room in [measure, measure * 0.33, Pt(20.0)] {
            let shown = shortened(&mut setter, &long, room);
            assert!(natural(&mut setter, &shown) <= room, "{shown}");
            let kept = shown.trim_end_matches('…');
            assert!(long.starts_with(kept) && shown.ends_with('…'), "{shown}");
            let more = long.get(..kept.len() + 8).map(|more| format!("{more}…"));
            assert!(more.is_some_and(|more| natural(&mut setter, &more) > room));
        }
        assert_eq!(shortened(&mut setter, "short", measure), "short");
        let word = shortened(&mut setter, &"wide".repeat(5_000), measure * 0.5);
        assert!(word.len() > 20 && word.ends_with('…'), "{word}");
    }
}
