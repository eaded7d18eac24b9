//! Gradients: shadings, and the functions that give their colours (ISO 32000-1, 8.7.4.5 and 7.10).

use printpdf::DictItem;
use usvg::{BaseGradient, SpreadMethod, Stop};

use super::super::name;
use super::values::{dictionary, numbers, parts};
use crate::drawing::ways;

/// A gradient along a line or between two circles (ISO 32000-1, 8.7.4.5.3 and 8.7.4.5.4).
pub(super) fn shading(gradient: &BaseGradient, points: &[f32]) -> Option<DictItem> {
    let opaque = |stop: &Stop| stop.opacity().get() >= 1.0;
    if gradient.spread_method() != SpreadMethod::Pad || !gradient.stops().iter().all(opaque) {
        return None;
    }
    let kind = if points.len() == 4 { 2 } else { 3 };
    let both = DictItem::Array(vec![DictItem::Bool(true); 2]);
    Some(dictionary([
        ("ShadingType", DictItem::Int(kind)),
        ("ColorSpace", name("DeviceRGB")),
        ("Coords", numbers(points)),
        ("Extend", both),
        ("Function", ramp(gradient.stops())?),
    ]))
}

/// The colours from the first stop to the last: a step between two, and all of them in a row (7.10.3 and 7.10.4).
fn ramp(stops: &[Stop]) -> Option<DictItem> {
    let mut steps = Vec::new();
    let mut ends = Vec::new();
    for (from, to, end) in ways(stops) {
        steps.push(dictionary([
            ("FunctionType", DictItem::Int(2)),
            ("Domain", numbers(&[0.0, 1.0])),
            ("C0", numbers(&parts(from.color()))),
            ("C1", numbers(&parts(to.color()))),
            ("N", DictItem::Int(1)),
        ]));
        ends.push(end);
    }
    ends.pop()?;
    let encode = [0.0, 1.0].repeat(steps.len());
    Some(dictionary([
        ("FunctionType", DictItem::Int(3)),
        ("Domain", numbers(&[0.0, 1.0])),
        ("Functions", DictItem::Array(steps)),
        ("Bounds", numbers(&ends)),
        ("Encode", numbers(&encode)),
    ]))
}
