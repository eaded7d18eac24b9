//! Links: the boxes that lead lie on their words, and say where they lead (ISO 14289-1, 7.18.5).

use hayro_syntax::object::{self, Array, Dict, Number, Object, ObjectIdentifier, Rect};

use super::super::super::reading::Link;
use super::super::geometry::Bounds;
use super::super::strings;
use super::walk::{Context, Saying, Walk};
use crate::compose::canonical_line;

/// A box may be so much higher than the letters in it, in points.
const HIGH: f64 = 14.0;
/// So much of a note is looked for in what a link to it says, in characters.
const ENOUGH: usize = 16;

impl Walk<'_> {
    /// Judges the boxes of a link.
    pub(super) fn link(&mut self, element: &Dict<'_>, context: &Context) {
        let kids = kids(element, 0);
        let mut words = String::new();
        let mut letters: Vec<Bounds> = Vec::new();
        let mut boxes: Vec<(Bounds, Dict<'_>)> = Vec::new();
        for kid in &kids {
            let (page, mcid) = match kid {
                Object::Number(mcid) => (context.page, Some(mcid.as_i64())),
                Object::Dict(dict) => {
                    if let Some(object) = dict.get_ref("Obj") {
                        let annotation = self.pdf.xref().get::<Dict<'_>>(object.into());
                        let found = annotation.and_then(|own| Some((bounds(&own)?, own)));
                        boxes.extend(found);
                        continue;
                    }
                    let page = dict.get_ref("Pg").map(ObjectIdentifier::from);
                    let mcid = dict.get::<Number>("MCID");
                    (page.or(context.page), mcid.map(|mcid| mcid.as_i64()))
                }
                _ => continue,
            };
            let place = page.zip(mcid);
            words.extend(
                place
                    .and_then(|place| self.pages.marked.get(&place))
                    .cloned(),
            );
            letters.extend(place.and_then(|place| self.pages.bounds.get(&place)));
        }
        if letters.is_empty() || boxes.is_empty() {
            return;
        }
        let is_off = |own: &Bounds| {
            let near = letters.iter().filter(|letters| letters.meets(*own));
            let near = near.copied().reduce(Bounds::with);
            near.is_none_or(|near| {
                own.high[1] - own.low[1] > near.high[1] - near.low[1] + 2.0 * HIGH
                    || own.low[0] < near.low[0] - HIGH
                    || own.high[0] > near.high[0] + HIGH
            })
        };
        if boxes.iter().any(|(own, _)| is_off(own)) {
            self.odd(format!(
                "a link does not lie on its words: “{}”",
                words.trim()
            ));
        }
        for (_, annotation) in &boxes {
            self.saying(annotation, &words, context);
        }
    }

    /// What a link says of where it leads, is where it leads.
    fn saying(&mut self, annotation: &Dict<'_>, words: &str, context: &Context) {
        let Some(says) = annotation.get::<object::String<'_>>("Contents") else {
            return;
        };
        let says = canonical_line(&strings::text(&says));
        let action = annotation.get::<Dict<'_>>("A");
        let address = action.and_then(|action| action.get::<object::String<'_>>("URI"));
        let is_wrong = match (address, &context.look.link) {
            (Some(address), _) => !says.ends_with(strings::text(&address).as_str()),
            (None, Some(Link::Note(_))) if !context.is_note => {
                let number = self.page.and_then(|page| self.pages.numbers.get(&page));
                let page = number.copied().unwrap_or(0);
                self.sayings.push(Saying {
                    page,
                    says: says.clone(),
                });
                false
            }
            (None, _) if context.is_note => says.is_empty(),
            (None, _) => !says.contains(canonical_line(words).as_str()),
        };
        if is_wrong {
            self.odd(format!("a link says that it leads to “{says}”"));
        }
    }

    /// What links to notes say is what these say.
    pub(super) fn judge_links(&mut self) {
        let notes = self.notes.lines();
        let begins: Vec<String> = notes
            .map(|line| {
                line.chars()
                    .take(ENOUGH)
                    .collect::<String>()
                    .trim()
                    .to_owned()
            })
            .collect();
        for saying in std::mem::take(&mut self.sayings) {
            let is_known = begins
                .iter()
                .any(|begin| saying.says.contains(begin.as_str()));
            if !is_known {
                let what = format!("a link says that its note is “{}”", saying.says);
                self.elements.oddities.push((saying.page, what));
            }
        }
    }
}

/// What an element holds, and what the elements in it hold.
fn kids<'a>(element: &Dict<'a>, depth: usize) -> Vec<Object<'a>> {
    const DEEPEST: usize = 8;
    let own: Vec<Object<'a>> = match element.get::<Array<'a>>("K") {
        Some(kids) => kids.iter::<Object<'a>>().collect(),
        None => element.get::<Object<'a>>("K").into_iter().collect(),
    };
    let deeper = |kid: Object<'a>| match kid {
        Object::Dict(inner) if inner.contains_key("S") && depth < DEEPEST => {
            self::kids(&inner, depth + 1)
        }
        kid => vec![kid],
    };
    own.into_iter().flat_map(deeper).collect()
}

fn bounds(annotation: &Dict<'_>) -> Option<Bounds> {
    let place = annotation.get::<Rect>("Rect")?;
    let own = Bounds {
        low: [place.x0.min(place.x1), place.y0.min(place.y1)],
        high: [place.x0.max(place.x1), place.y0.max(place.y1)],
    };
    // Corners that are given count, and the box around them does not (ISO 32000-1, table 173).
    let corners = annotation.get::<Array<'_>>("QuadPoints");
    let corners: Vec<f64> = corners
        .iter()
        .flat_map(|corners| corners.iter::<Number>())
        .map(|number| number.as_f64())
        .collect();
    let points = corners.chunks_exact(2).map(|point| Bounds {
        low: [point[0], point[1]],
        high: [point[0], point[1]],
    });
    Some(points.reduce(Bounds::with).unwrap_or(own))
}
