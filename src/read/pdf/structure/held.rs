//! Elements whose words are no part of the text: labels, contents, pictures.

use std::collections::HashSet;

use hayro_syntax::object::{self, Array, Dict, Name, Number, Object, ObjectIdentifier};

use super::super::super::reading::{Look, Picture};
use super::super::budget::ENTRY;
use super::super::pictures::ShownPicture;
use super::super::strings;
use super::element::attributes;
use super::leads::LinkKind;
use super::{Context, DEEPEST, Walk};
use crate::compose::Role;
use crate::read::DrawnLine;

impl Walk<'_> {
    /// Takes note of the content of an element whose words are not read.
    pub(super) fn hold(&mut self, element: &Dict<'_>, context: &Context, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        let kids: Vec<Object<'_>> = match element.get::<Array<'_>>("K") {
            Some(kids) => kids.iter::<Object<'_>>().collect(),
            None => element.get::<Object<'_>>("K").into_iter().collect(),
        };
        for kid in kids {
            if !self.budget.pay(ENTRY) {
                return;
            }
            let (page, mcid) = match &kid {
                Object::Number(mcid) => (context.page, Some(mcid.as_i64())),
                Object::Dict(dict) => {
                    let page = dict
                        .get_ref("Pg")
                        .map(ObjectIdentifier::from)
                        .or(context.page);
                    if dict.contains_key("S") && dict.obj_id().is_none_or(|id| self.seen.insert(id))
                    {
                        let own = Context {
                            page,
                            ..context.clone()
                        };
                        self.hold_element(dict, &own, depth + 1);
                    }
                    (page, dict.get::<Number>("MCID").map(|mcid| mcid.as_i64()))
                }
                _ => continue,
            };
            if let Some(place) = page.zip(mcid) {
                self.said.insert(place);
                self.leads.content(self.pages, place);
            }
        }
    }

    /// An element inside one whose words are not read.
    pub(super) fn hold_element(&mut self, element: &Dict<'_>, context: &Context, depth: usize) {
        let name = element.get::<Name<'_>>("S");
        let standard = name.map(|name| self.roles.standard(name.as_str()));
        let standard = standard.unwrap_or_default();
        self.oddities(element, &standard);
        self.leads.begin(element, &standard);
        self.nests.open(&standard, None, None);
        if standard == "Link" && !context.is_note && !self.nests.is_entry() {
            let number = self.page.and_then(|page| self.pages.numbers.get(&page));
            let stray = "an entry of the contents is none by its tags".to_owned();
            self.elements
                .oddities
                .push((number.copied().unwrap_or(1), stray));
        }
        let link = (standard == "Link").then(|| {
            let kind = match context.is_note {
                true => LinkKind::Back,
                false => LinkKind::Entry,
            };
            self.leads.begin_link(self.pdf, element, kind)
        });
        self.hold(element, context, depth);
        if let Some(outer) = link {
            self.leads.end_link(outer);
        }
        self.leads.end();
        self.nests.close();
    }

    /// The label of a note or of a list's item.
    pub(super) fn label(&mut self, element: &Dict<'_>, context: &Context, depth: usize) {
        self.leads.begin_label();
        let before = std::mem::take(&mut self.said);
        self.hold(element, context, depth);
        let own = std::mem::replace(&mut self.said, before);
        let label = self.leads.end_label();
        let raised = own.iter().find(|place| {
            let stretches = self.pages.places.get(place).into_iter().flatten();
            let mut rises = stretches.map(|own| own.rise.abs() / own.size);
            !context.is_note && rises.any(|rise| rise > 0.02)
        });
        if let Some((page, _)) = raised {
            let number = self.pages.numbers.get(page).copied().unwrap_or(0);
            let what = "the label of an item is raised or lowered".to_owned();
            self.elements.strange.push((number, what));
        }
        self.labelled = own.iter().find_map(|place| {
            let stretches = self.pages.places.get(place)?;
            let first = stretches.first()?;
            let number = *self.pages.numbers.get(&place.0)?;
            // A number and the sign behind it may be of two faces.
            let lines = stretches.iter().map(|own| own.line(number));
            lines
                .filter(|own| own.base == first.line(number).base)
                .reduce(|all, own| DrawnLine {
                    left: all.left.min(own.left),
                    right: all.right.max(own.right),
                    ..all
                })
        });
        self.said.extend(own);
        if context.is_note
            && let Some(note) = self.leads.notes.last_mut()
        {
            note.label.push_str(label.trim());
        } else if !context.is_note {
            self.nests.label(label);
        }
    }

    pub(super) fn figure(&mut self, element: &Dict<'_>, context: &Context) {
        let alt = element
            .get::<object::String<'_>>("Alt")
            .map(|text| strings::text(&text));
        let place = self.place();
        let nest = self.nests.nest(context.is_note);
        let before = std::mem::take(&mut self.said);
        self.hold(element, context, 0);
        let drawn = std::mem::replace(&mut self.said, before);
        let picture = self.picture(element, &drawn);
        self.said.extend(drawn);
        let scribe = self.scribe(context.is_note);
        scribe.open(Role::Alternative, context.depth, place);
        scribe.nest(nest);
        scribe.say(&alt.unwrap_or_default(), &Look::default(), String::new);
        scribe.show(picture);
        scribe.close();
    }

    /// The picture of a figure, which shows one and no other, and says where.
    fn picture(
        &mut self,
        element: &Dict<'_>,
        drawn: &HashSet<(ObjectIdentifier, i64)>,
    ) -> Option<Picture> {
        let mut strange = Vec::new();
        let own = drawn
            .iter()
            .filter_map(|place| self.pages.pictures.get(place));
        let own: Vec<&ShownPicture> = own.flatten().collect();
        let page = drawn
            .iter()
            .filter_map(|(page, _)| self.pages.numbers.get(page))
            .min();
        let picture = match own[..] {
            [] => {
                strange.push("a figure shows no picture".to_owned());
                None
            }
            [own] => {
                let reason = own.sight.reason;
                strange.extend(reason.map(|reason| format!("a picture {reason}")));
                if !stands_in(element, own.sight.bounds) {
                    strange.push("a picture stands elsewhere than its tag says".to_owned());
                }
                if own.is_stretched() {
                    strange.push("a drawing is stretched".to_owned());
                }
                let file = own.file.clone().unwrap_or_default();
                Some(Picture {
                    share: None,
                    bytes: file,
                    vectors: None,
                    shown: Some(own.sight.size()),
                    drawn: own.drawn.clone(),
                })
            }
            _ => {
                strange.push("a figure shows more than one picture".to_owned());
                None
            }
        };
        let number = page.copied().unwrap_or(1);
        let strange = strange.into_iter().map(|what| (number, what));
        self.elements.strange.extend(strange);
        picture
    }
}

/// Whether a figure says that its picture stands between these bounds (ISO 32000-1, table 344).
fn stands_in(element: &Dict<'_>, bounds: [f64; 4]) -> bool {
    /// Numbers are written with three decimals.
    const SLACK: f64 = 0.5;
    attributes(element).iter().any(|own| {
        let said = own.get::<Array<'_>>("BBox");
        let said = said.iter().flat_map(|said| said.iter::<Number>());
        let said: Vec<f64> = said.map(|number| number.as_f64()).collect();
        let mut sides = said.iter().zip(bounds);
        said.len() == 4 && sides.all(|(said, own)| (said - own).abs() < SLACK)
    })
}
