//! Drawings: whether a PDF makes the marks of one in their order.

use std::sync::Arc;

use crate::drawing::{Drawing, Mark, Shape, Step};
use crate::load::read_image;
use crate::piece::Image;

/// Places that differ by less are one, as a part of the size of a drawing: numbers are written with some decimals.
const SLACK: f32 = 2e-4;
/// Numbers that have no size of the drawing's differ by as much.
const NEAR: f32 = 2e-3;

/// Whether these are the marks of a drawing.
pub(super) fn is_drawn(image: &Image, drawn: &[Shape]) -> bool {
    let Ok(drawing) = Drawing::again(&image.bytes) else {
        return false;
    };
    let Some(own) = drawing.shapes() else {
        return false;
    };
    let (wide, high) = image.natural;
    let slack = wide.max(high).max(1) as f32 * SLACK;
    own.len() == drawn.len()
        && own
            .iter()
            .zip(drawn)
            .all(|(own, other)| is_one(own, other, slack))
}

fn is_one(own: &Shape, other: &Shape, slack: f32) -> bool {
    let is_colour = match (own.colour, other.colour) {
        (Some(own), Some(other)) => own
            .iter()
            .zip(other)
            .all(|(own, other)| own.abs_diff(other) <= 1),
        (own, other) => own == other,
    };
    is_colour
        && own.opacity.abs_diff(other.opacity) <= 1
        && is_mark(&own.mark, &other.mark, slack)
        && own.outline.len() == other.outline.len()
        && own
            .outline
            .iter()
            .zip(&other.outline)
            .all(|(own, other)| is_step(own, other, slack))
}

fn is_near(one: f32, other: f32, slack: f32) -> bool {
    (one - other).abs() <= slack + one.abs() * NEAR
}

fn are_near(own: &[f32], other: &[f32], slack: f32) -> bool {
    own.len() == other.len()
        && own
            .iter()
            .zip(other)
            .all(|(own, other)| is_near(*own, *other, slack))
}

fn is_mark(own: &Mark, other: &Mark, slack: f32) -> bool {
    match (own, other) {
        (
            Mark::Line {
                broad,
                kinds,
                sharp,
                dashes,
            },
            Mark::Line {
                broad: other_broad,
                kinds: other_kinds,
                sharp: other_sharp,
                dashes: other_dashes,
            },
        ) => {
            is_near(*broad, *other_broad, slack)
                && kinds == other_kinds
                && is_near(*sharp, *other_sharp, slack)
                && are_near(dashes, other_dashes, slack)
        }
        (Mark::Gradient(own), Mark::Gradient(other)) => are_near(own, other, slack.max(NEAR)),
        (Mark::Pixels(own), Mark::Pixels(other)) => are_pixels(own, other),
        (own, other) => own == other,
    }
}

fn are_pixels(own: &Arc<[u8]>, other: &Arc<[u8]>) -> bool {
    read_image(own).is_ok_and(|own| super::other(&own, other).is_none())
}

fn is_step(own: &Step, other: &Step, slack: f32) -> bool {
    let is_at = |own: &[f32; 2], other: &[f32; 2]| {
        own.iter()
            .zip(other)
            .all(|(own, other)| (own - other).abs() <= slack)
    };
    match (own, other) {
        (Step::Move(own), Step::Move(other)) | (Step::Line(own), Step::Line(other)) => {
            is_at(own, other)
        }
        (Step::Curve(own), Step::Curve(other)) => {
            own.iter().zip(other).all(|(own, other)| is_at(own, other))
        }
        (Step::Close, Step::Close) => true,
        _ => false,
    }
}
