//! What paths come to, for whoever shows them as vectors and for whoever asks which marks a drawing makes.

use usvg::tiny_skia_path::Path as Outline;
use usvg::{Group, LineCap, LineJoin, Node, Path, Stop, Stroke, Transform};

/// The only path of a clip and how it lies; nothing inside where there is none, nothing at all where there are more.
pub(crate) fn only_path(group: &Group, transform: Transform) -> Option<Option<(&Path, Transform)>> {
    let mut found = None;
    for node in group.children() {
        let inner = match node {
            Node::Path(path) if path.is_visible() => Some((&**path, transform)),
            Node::Group(inner) if inner.clip_path().is_none() && inner.mask().is_none() => {
                only_path(inner, transform.pre_concat(inner.transform()))?
            }
            Node::Path(_) => None,
            _ => return None,
        };
        if inner.is_some() && found.is_some() {
            return None;
        }
        found = found.or(inner);
    }
    Some(found)
}

/// The area that a line covers; none where it has no length.
pub(crate) fn covered(outline: &Outline, stroke: &Stroke) -> Option<Outline> {
    let line = stroke.to_tiny_skia();
    let dashed = match &line.dash {
        Some(dash) => Some(outline.dash(dash, 1.0)?),
        None => None,
    };
    dashed.as_ref().unwrap_or(outline).stroke(&line, 1.0)
}

/// How a line ends and how it turns, as PDF numbers it (ISO 32000-1, tables 54 and 55).
pub(crate) fn cap_and_join(stroke: &Stroke) -> [u8; 2] {
    let cap = match stroke.linecap() {
        LineCap::Butt => 0,
        LineCap::Round => 1,
        LineCap::Square => 2,
    };
    let join = match stroke.linejoin() {
        LineJoin::Miter | LineJoin::MiterClip => 0,
        LineJoin::Round => 1,
        LineJoin::Bevel => 2,
    };
    [cap, join]
}

/// The ways of a gradient from one stop to the next, as far as they have a length: both stops, and where the way ends.
pub(crate) fn ways(stops: &[Stop]) -> Vec<(&Stop, &Stop, f32)> {
    let (Some(first), Some(last)) = (stops.first(), stops.last()) else {
        return Vec::new();
    };
    let begin = (first, first, 0.0, first.offset().get());
    let between = stops.windows(2).filter_map(|pair| match pair {
        [from, to] => Some((from, to, from.offset().get(), to.offset().get())),
        _ => None,
    });
    let end = (last, last, last.offset().get(), 1.0);
    let all = [begin].into_iter().chain(between).chain([end]);
    let long = all.filter(|(.., start, end)| end > start);
    long.map(|(from, to, _, end)| (from, to, end)).collect()
}
