//! Elements whose words are no part of the text: labels, contents, pictures.

use hayro_syntax::object::{self, Array, Dict, Name, Number, Object, ObjectIdentifier};

use super::super::super::reading::Look;
use super::super::budget::ENTRY;
use super::super::strings;
use super::leads::LinkKind;
use super::{Context, DEEPEST, Walk};
use crate::compose::Role;

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
        self.hold(element, context, depth);
        let label = self.leads.end_label();
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
        let scribe = self.scribe(context.is_note);
        scribe.open(Role::Alternative, context.depth, place);
        scribe.nest(nest);
        scribe.say(&alt.unwrap_or_default(), &Look::default(), String::new);
        scribe.close();
        self.hold(element, context, 0);
    }
}
