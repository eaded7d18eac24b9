//! Furniture: running heads and feet, set once for all pages where they count none.

use crate::compose::{HeadField, Kind};
use crate::measure;
use crate::theme::{Furniture as Templates, Pt};

use super::flow::Setting;
use super::geometry::Geometry;
use super::layout::{Artifact, ArtifactKind, Line, Owner, Page, Placed};
use super::line_frame::Align;
use super::linebreak::Fill;
use super::setter::{Setter, at};

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
    let [start, centre, end] =
        measure::fitted([start, centre, end], geometry.measure, &mut |words| {
            natural(setter, words)
        });
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
