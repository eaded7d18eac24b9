//! Furniture: the running head, set once for all pages, and the folio.

use crate::compose::Kind;
use crate::theme::Pt;

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

/// What stands on every page.
pub(super) struct Furniture {
    geometry: Geometry,
    /// The lines of the running head, which the first page has not.
    head: Vec<Line>,
}

impl Furniture {
    /// Sets the running head.
    pub(super) fn new(setter: &mut Setter<'_>, geometry: Geometry) -> Self {
        let words = &setter.composition.running_head;
        let half = geometry.measure * 0.5;
        let series = shortened(setter, &words.series, half - Pt(6.0));
        let room = geometry.measure - Pt(12.0) - natural(setter, &series);
        let title = shortened(setter, &words.title, room);
        let parts = [(series, Align::Start), (title, Align::End)];
        let head = parts
            .into_iter()
            .filter_map(|(words, align)| line(setter, geometry, &words, align, geometry.head));
        let head = head.collect();
        Self { geometry, head }
    }

    /// Puts the furniture on a page.
    pub(super) fn place(
        &self,
        setter: &mut Setter<'_>,
        index: usize,
        total: usize,
        page: &mut Page,
    ) {
        if index > 0 {
            let head = self.head.iter().cloned();
            let parts = head.map(|line| artifact(ArtifactKind::Header, line));
            page.artifacts.extend(parts);
        }
        let digits = setter.composition.digits;
        let folio = format!("{} / {}", digits.number(index + 1), digits.number(total));
        let baseline = self.geometry.folio;
        let folio = line(setter, self.geometry, &folio, Align::Centre, baseline);
        let folio = folio.map(|line| artifact(ArtifactKind::Footer, line));
        page.artifacts.extend(folio);
    }
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
        align,
        fill: Some(Fill::Ragged),
        ..Setting::new(Kind::Furniture, geometry.left, geometry.measure)
    };
    let lines = setter.literal(words, Owner::Artifact, setting);
    lines.into_iter().next().map(|set| at(set.line, baseline))
}

fn natural(setter: &mut Setter<'_>, words: &str) -> Pt {
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
