//! Distributing: the strips go to their places on the pages.

use crate::measure::{Orientation, Side};
use crate::piece::Direction;
use crate::theme::Pt;

use super::figures;
use super::flow::{Element, Flow, Strip};
use super::furniture::Furniture;
use super::geometry::Geometry;
use super::layout::{Artifact, ArtifactKind, Page, PageStart, Placed};
use super::lowered::{lower, lowered};
use super::mirror::mirror;
use super::plan::{Plan, SEPARATION, StripId};
use super::setter::Setter;

/// The width of the rule above footnotes, as a fraction of the measure.
const NOTE_RULE: f32 = 0.2;

/// Moves the flow onto its pages.
pub(super) fn distribute(
    mut flow: Flow,
    plans: Vec<Plan>,
    geometry: Geometry,
    setter: &mut Setter<'_>,
) -> Vec<Page> {
    let total = plans.len();
    let upright_left = geometry.left;
    let mut pages = Vec::with_capacity(total);
    let upright = Furniture::new(setter, geometry);
    // Few pieces have a page on its side.
    let mut turned: Option<Furniture> = None;
    let mut latest: Option<PageStart> = None;
    for (index, plan) in plans.into_iter().enumerate() {
        let (geometry, furniture) = match plan.page {
            Orientation::Upright => (geometry, &upright),
            Orientation::Turned => {
                let geometry = geometry.turned();
                let furniture = turned.get_or_insert_with(|| Furniture::new(setter, geometry));
                (geometry, &*furniture)
            }
        };
        let mut page = Page {
            width: geometry.width,
            height: geometry.height,
            label: setter.composition.digits.number(index + 1),
            ..Page::default()
        };
        page.content.reserve_exact(plan.parts.len());
        let mut floated = None;
        for (part, y) in &plan.parts {
            let Some(strip) = take(&mut flow, *part, &mut page, geometry.top + *y) else {
                continue;
            };
            match part {
                StripId::Strip(_) => page.start = page.start.or(strip.start),
                _ => floated = floated.or(strip.start),
            }
            let strip = match plan.less(*part) {
                Pt(0.0) => strip,
                less => figures::smaller(strip, less, side_of(&flow, *part)),
            };
            place(&mut page, strip, geometry.top + *y);
        }
        // Readers count pages in reading order, which a float may leave.
        let start = page.start.or(floated);
        page.start = start.filter(|start| latest.is_none_or(|latest| later(start, &latest)));
        latest = page.start.or(latest);
        notes(
            &mut flow,
            &plan,
            (geometry, upright_left),
            setter,
            &mut page,
        );
        furniture.place(setter, index, total, &mut page);
        if setter.composition.record.direction == Direction::RightToLeft {
            mirror(&mut page);
        }
        pages.push(page);
    }
    pages
}

/// Where the picture of a figure stands.
fn side_of(flow: &Flow, part: StripId) -> Side {
    match part {
        StripId::Body(element, _) => match &flow.elements[element] {
            Element::Float(float) => float.picture.map_or(Side::Start, |picture| picture.side),
            Element::Strip(_) => Side::Start,
        },
        _ => Side::Start,
    }
}

fn later(a: &PageStart, b: &PageStart) -> bool {
    (a.text, a.byte) > (b.text, b.byte)
}

/// Takes a strip out of the flow; a repeated head is copied onto the page at once.
fn take(flow: &mut Flow, part: StripId, page: &mut Page, top: Pt) -> Option<Strip> {
    let (element, list, index) = match part {
        StripId::Strip(element) => {
            let Element::Strip(strip) = &mut flow.elements[element] else {
                return None;
            };
            return Some(std::mem::take(strip));
        }
        StripId::Lead(element, index) => (element, 0, index),
        StripId::Head(element, index) => (element, 1, index),
        StripId::Body(element, index) => (element, 2, index),
        StripId::Repeated(element) => {
            if let Element::Float(float) = &flow.elements[element] {
                let head = float.repeated.iter().cloned();
                page.artifacts.extend(head.map(|part| lower(part, top)));
            }
            return None;
        }
    };
    let Element::Float(float) = &mut flow.elements[element] else {
        return None;
    };
    let strips = match list {
        0 => &mut float.lead,
        1 => &mut float.head,
        _ => &mut float.body,
    };
    strips.get_mut(index).map(std::mem::take)
}

fn place(page: &mut Page, strip: Strip, top: Pt) {
    page.content
        .extend(strip.content.into_iter().map(|placed| lowered(placed, top)));
    let artifacts = strip.artifacts.into_iter();
    page.artifacts
        .extend(artifacts.map(|artifact| lower(artifact, top)));
}

/// Notes are set for upright pages, where lines start at `left`.
fn notes(
    flow: &mut Flow,
    plan: &Plan,
    (geometry, left): (Geometry, Pt),
    setter: &Setter<'_>,
    page: &mut Page,
) {
    if plan.notes.is_empty() {
        return;
    }
    let top = geometry.top + geometry.depth - plan.foot;
    // A rule that is as thick as the space around it would lie on the words.
    let thickest = geometry.grid * (SEPARATION * 0.3);
    let height = match setter.sheet.title_rule > thickest {
        true => thickest,
        false => setter.sheet.title_rule,
    };
    page.artifacts.push(Artifact {
        kind: ArtifactKind::Rule,
        placed: Placed::Rule {
            x: geometry.left,
            y: top + geometry.grid * (SEPARATION * 0.5),
            width: geometry.measure * NOTE_RULE,
            height,
            colour: setter.theme.colours.rules,
        },
    });
    let mut y = top + geometry.grid * SEPARATION;
    for (note, from, to) in &plan.notes {
        for strip in &mut flow.notes[*note][*from..*to] {
            let mut strip = std::mem::take(strip);
            let height = strip.height;
            for placed in &mut strip.content {
                if let Placed::Line(line) = placed {
                    line.x += geometry.left - left;
                }
            }
            place(page, strip, y);
            y += height;
        }
    }
}
