//! Links lie on the words that they belong to, and on no others (ISO 32000-1, 12.5.6.5; ISO 14289-1, 7.18.5).

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, ObjectIdentifier, Rect};

use super::super::soundness::Faults;
use super::budget::Budget;
use super::content::Pages;
use super::sight::{Stretch, is_unseen};
use super::structure::LinkElement;
use super::structure::element::runs_back;
use super::trees;

/// Words may reach so far out of the area of their link to the side, in parts of their size, and an area out of its words: spaces
/// have no room of their own.
const BESIDE: f64 = 0.8;
/// Areas reach so far above and below the line at most, in parts of the size.
const ABOVE: f64 = 1.3;
const BELOW: f64 = 0.7;
/// Just so far they reach above and below the line that plain letters stand on.
const REACH: (f64, f64) = (0.8, 0.25);

/// A link annotation, and the number of its page.
struct Annotation<'a> {
    dict: Dict<'a>,
    number: usize,
}

/// Judges the links of a file.
pub(super) fn judge(
    pdf: &Pdf,
    catalogue: &Dict<'_>,
    links: &[LinkElement],
    pages: &Pages,
    budget: &Budget,
    faults: &mut Faults,
) {
    let annotations = annotations(pdf);
    let tree = catalogue.get::<Dict<'_>>("StructTreeRoot");
    let tree = tree.and_then(|tree| tree.get::<Dict<'_>>("ParentTree"));
    let parents = tree.as_ref().map(trees::references).unwrap_or_default();
    let mut owned = HashSet::new();
    let runs_back = runs_back(catalogue);
    for link in links {
        let place = link
            .marks
            .first()
            .and_then(|(page, _)| pages.numbers.get(page));
        let place = place.map_or_else(|| "no page".to_owned(), |number| format!("page {number}"));
        let words = shortened(link.words.trim());
        let mut say = |message: String| faults.add(place.clone(), message);
        let mut areas: BTreeMap<usize, Vec<[f64; 4]>> = BTreeMap::new();
        for id in &link.annotations {
            let Some(annotation) = annotations.get(id) else {
                say(format!("the link of “{words}” stands on no page"));
                continue;
            };
            if !owned.insert(*id) {
                say(format!("the link of “{words}” belongs to other words too"));
            }
            let parent = annotation.dict.get::<Number>("StructParent");
            let parent = parent.and_then(|key| parents.get(&key.as_i64()));
            if parent.copied() != link.element {
                say(format!(
                    "the tree of parents leads from the link of “{words}” elsewhere"
                ));
            }
            let own = quadrilaterals(&annotation.dict);
            if !is_around(&annotation.dict, &own) {
                say(format!(
                    "the link of “{words}” reaches farther than its areas"
                ));
            }
            areas.entry(annotation.number).or_default().extend(own);
        }
        if let Some(problem) = off_its_words(link, pages, &areas, budget, runs_back) {
            say(format!("the link of “{words}” {problem}"));
        }
    }
    order(pdf, links, faults);
    let strays = annotations.iter().filter(|(id, _)| !owned.contains(id));
    let strays: BTreeSet<usize> = strays.map(|(_, annotation)| annotation.number).collect();
    for number in strays {
        faults.add(format!("page {number}"), "a link belongs to no words");
    }
}

/// Links stand on their pages in the order of the words that they lie on, in which readers come to them.
fn order(pdf: &Pdf, links: &[LinkElement], faults: &mut Faults) {
    let mut content: HashMap<ObjectIdentifier, i64> = HashMap::new();
    for link in links {
        for id in &link.annotations {
            let home = pdf.xref().get::<Dict<'_>>(*id);
            let home = home.and_then(|own| own.get_ref("P").map(ObjectIdentifier::from));
            let marks = link.marks.iter();
            let mut marks = marks.filter(|(page, _)| home.is_none_or(|home| home == *page));
            // A link that goes on on another page has an area on each.
            if let (Some((_, mark)), [_]) = (marks.next(), &link.annotations[..]) {
                content.insert(*id, *mark);
            }
        }
    }
    for (index, page) in pdf.pages().iter().enumerate() {
        let all = page.raw().get::<Array<'_>>("Annots");
        let all = all.iter().flat_map(|all| all.raw_iter());
        let ids = all.filter_map(|one| one.as_obj_ref().map(ObjectIdentifier::from));
        if !ids.filter_map(|id| content.get(&id)).is_sorted() {
            let place = format!("page {}", index + 1);
            faults.add(place, "its links stand in another order than their words");
        }
    }
}

/// The beginning of words.
fn shortened(words: &str) -> String {
    words.chars().take(40).collect()
}

/// The link annotations of all pages.
fn annotations(pdf: &Pdf) -> HashMap<ObjectIdentifier, Annotation<'_>> {
    let mut found = HashMap::new();
    for (index, page) in pdf.pages().iter().enumerate() {
        let all = page.raw().get::<Array<'_>>("Annots");
        let all = all.iter().flat_map(|all| all.raw_iter());
        for reference in all.filter_map(|one| one.as_obj_ref()) {
            let reference = ObjectIdentifier::from(reference);
            let Some(dict) = pdf.xref().get::<Dict<'_>>(reference) else {
                continue;
            };
            let kind = dict.get::<Name<'_>>("Subtype");
            if kind.is_some_and(|kind| kind.as_str() == "Link") {
                found.insert(
                    reference,
                    Annotation {
                        dict,
                        number: index + 1,
                    },
                );
            }
        }
    }
    found
}

/// The areas of an annotation that can be clicked: left, bottom, right and top. Where some lie outside of its rectangle, that counts
/// (ISO 32000-1, table 173).
fn quadrilaterals(annotation: &Dict<'_>) -> Vec<[f64; 4]> {
    let Some(whole) = annotation.get::<Rect>("Rect") else {
        return Vec::new();
    };
    let whole = [whole.x0, whole.y0, whole.x1, whole.y1];
    let points = annotation.get::<Array<'_>>("QuadPoints");
    let points = points.iter().flat_map(|points| points.iter::<Object<'_>>());
    let points: Vec<f64> = points
        .filter_map(Object::into_number)
        .map(|number| number.as_f64())
        .collect();
    let corners = points.chunks_exact(8).map(|eight| {
        let across = [0, 2, 4, 6].map(|at| eight[at]);
        let up = [1, 3, 5, 7].map(|at| eight[at]);
        let least = |of: [f64; 4]| of.into_iter().fold(f64::MAX, f64::min);
        let most = |of: [f64; 4]| of.into_iter().fold(f64::MIN, f64::max);
        [least(across), least(up), most(across), most(up)]
    });
    let quads: Vec<[f64; 4]> = corners.collect();
    let inside = |quad: &[f64; 4]| {
        quad[0] >= whole[0] - 1.0
            && quad[1] >= whole[1] - 1.0
            && quad[2] <= whole[2] + 1.0
            && quad[3] <= whole[3] + 1.0
    };
    match quads.is_empty() || !quads.iter().all(inside) {
        true => vec![whole],
        false => quads,
    }
}

/// What is wrong with the areas of a link, page by page.
fn off_its_words(
    link: &LinkElement,
    pages: &Pages,
    areas: &BTreeMap<usize, Vec<[f64; 4]>>,
    budget: &Budget,
    runs_back: bool,
) -> Option<&'static str> {
    let mut stretches: BTreeMap<usize, Vec<&Stretch>> = BTreeMap::new();
    for place in &link.marks {
        let own = pages.places.get(place).into_iter().flatten();
        let number = pages.numbers.get(&place.0).copied().unwrap_or(0);
        stretches.entry(number).or_default().extend(own);
    }
    for (page, own) in &stretches {
        let areas = areas.get(page).map(Vec::as_slice).unwrap_or_default();
        if !budget.pay(own.len().saturating_mul(areas.len())) {
            return None;
        }
        let is_covered = |stretch: &&Stretch| {
            let x = (stretch.left + stretch.right) / 2.0;
            let slack = stretch.size * 0.3;
            areas.iter().any(|[left, bottom, right, top]| {
                let is_in = left - slack <= x && x <= right + slack;
                is_in && is_beside(stretch, *bottom, *top)
            })
        };
        // A joiner at a word's end has no room of its own, and is drawn with a space beside the area.
        if !own.iter().all(is_covered) {
            return Some("does not lie on all of its words");
        }
    }
    // A line that ends in a word that goes on has its hyphen in the area.
    let is_many = areas.values().map(Vec::len).sum::<usize>() > 1;
    for (page, areas) in areas {
        let own = stretches.get(page).map(Vec::as_slice).unwrap_or_default();
        // A space at the end of a line has an area without any room.
        let areas = areas
            .iter()
            .filter(|[left, _, right, _]| right - left > 0.5);
        for area in areas {
            if !fits(*area, own) {
                return Some("reaches farther than its words");
            }
            // Of words that run back areas begin and end with spaces.
            let is_plain = !runs_back && own.iter().all(|stretch| stretch.has_latin);
            let is_plain = is_plain && own.is_sorted_by(is_before);
            if is_plain && !is_just(*area, own, (link.words.as_str(), is_many)) {
                return Some("does not lie just on its words");
            }
        }
    }
    None
}

/// Whether words stand before others as they are read from the left.
fn is_before(one: &&Stretch, other: &&Stretch) -> bool {
    (one.base - other.base).abs() > 0.01 || one.left <= other.left
}

/// Whether an area lies on words of Latin letters as those of editions do; what nobody sees before them and behind may be a part of it.
fn is_just(
    [left, bottom, right, top]: [f64; 4],
    own: &[&Stretch],
    (words, is_many): (&str, bool),
) -> bool {
    const SLACK: f64 = 0.1;
    // Between letters that lean and those that do not there is a little room.
    const ASIDE: f64 = 1.2;
    const SPACE: f64 = 0.45;
    let inside = own.iter().filter(|stretch| {
        let middle = (stretch.left + stretch.right) / 2.0;
        is_on(stretch, bottom, top) && (left - ASIDE..=right + ASIDE).contains(&middle)
    });
    let around = inside.fold(None, |around: Option<[f64; 5]>, stretch| {
        let line = stretch.base + stretch.rise;
        let size = stretch.size;
        let one = [
            stretch.left,
            line - size * REACH.1,
            stretch.right,
            line + size * REACH.0,
            size,
        ];
        let Some(all) = around else {
            return Some(one);
        };
        Some([
            all[0].min(one[0]),
            all[1].min(one[1]),
            all[2].max(one[2]),
            all[3].max(one[3]),
            all[4].max(one[4]),
        ])
    });
    let before = words.chars().take_while(|c| is_unseen(*c)).count();
    let behind = || words.chars().rev().take_while(|c| is_unseen(*c));
    // Spaces are no ink of words; other signs that nobody sees may be drawn as spaces behind the area.
    let drawn = behind().filter(|c| *c != ' ').count();
    let behind = behind().count().max(usize::from(is_many));
    around.is_none_or(|[l, b, r, t, size]| {
        let room = |signs: usize| ASIDE + size * SPACE * signs as f64;
        (l - room(before)..=l + ASIDE).contains(&left)
            && (r - room(drawn)..=r + room(behind)).contains(&right)
            && (bottom - b).abs() <= SLACK
            && (top - t).abs() <= SLACK
    })
}

/// Whether the rectangle of an annotation is the one around its areas.
fn is_around(annotation: &Dict<'_>, areas: &[[f64; 4]]) -> bool {
    const SLACK: f64 = 0.1;
    let Some(whole) = annotation.get::<Rect>("Rect") else {
        return false;
    };
    let whole = [whole.x0, whole.y0, whole.x1, whole.y1];
    (0..4).all(|side| {
        let sides = areas.iter().map(|area| area[side]);
        let own = match side {
            0 | 1 => sides.fold(f64::MAX, f64::min),
            _ => sides.fold(f64::MIN, f64::max),
        };
        (own - whole[side]).abs() <= SLACK
    })
}

/// Whether the middle of letters stands between these heights, or half their size off: letters of Nastaliq stand above their line and
/// below it.
fn is_beside(stretch: &Stretch, bottom: f64, top: f64) -> bool {
    let slack = stretch.size * 0.5;
    is_on(stretch, bottom - slack, top + slack)
}

/// Whether the middle of words is so high.
fn is_on(stretch: &Stretch, bottom: f64, top: f64) -> bool {
    let y = stretch.base + stretch.rise + stretch.size * 0.3;
    bottom <= y && y <= top
}

/// Whether an area has words of the link in it, and on none of their lines room for others.
fn fits([left, bottom, right, top]: [f64; 4], own: &[&Stretch]) -> bool {
    // Where lines stand close together, those beside the area are others.
    let has_own = own.iter().any(|stretch| is_on(stretch, bottom, top));
    let inside = own.iter().filter(|stretch| match has_own {
        true => is_on(stretch, bottom, top),
        false => is_beside(stretch, bottom, top),
    });
    // By line, how far its words reach.
    let mut lines: BTreeMap<i64, [f64; 5]> = BTreeMap::new();
    for stretch in inside {
        let line = stretch.base + stretch.rise;
        let [l, b, r, t, size] = lines.entry(stretch.base.round() as i64).or_insert([
            f64::MAX,
            f64::MAX,
            f64::MIN,
            f64::MIN,
            0.0,
        ]);
        *l = l.min(stretch.left);
        *b = b.min(line - stretch.size * BELOW);
        *r = r.max(stretch.right);
        *t = t.max(line + stretch.size * ABOVE);
        *size = size.max(stretch.size);
    }
    let lowest = lines.values().map(|[_, b, ..]| *b).fold(f64::MAX, f64::min);
    let highest = lines.values().map(|[.., t, _]| *t).fold(f64::MIN, f64::max);
    let mut lines = lines.values();
    bottom >= lowest
        && top <= highest
        && lines.all(|[l, _, r, _, size]| {
            let room = size * BESIDE + 2.0;
            left >= l - room && right <= r + room
        })
}
