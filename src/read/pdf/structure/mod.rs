//! The structure tree: what the text of a tagged file is (ISO 32000-1, 14.7 and 14.8; ISO 32000-2, 14.8).

pub(super) mod element;
mod held;
mod judged;
mod leads;
mod nests;
mod roles;
mod tables;

use std::collections::HashSet;

use hayro_syntax::Pdf;
use hayro_syntax::object::{self, Array, Dict, Name, Number, Object, ObjectIdentifier};

use super::super::need::Need;
use super::super::paper::{DrawnLine, ListLabels, NoteLabel};
use super::super::reading::{Block, Link, Look, PageStart};
use super::super::scribe::Scribe;
use super::budget::{Budget, ENTRY};
use super::content::{Pages, Unsaid};
use super::looks::Seen;
use super::soundness::Elements;
use super::strings;
use crate::compose::{Head, Role, Shift};

use self::element::{elements, numbering, scope, shift, target, writing};
use self::leads::LinkKind;
pub(super) use self::leads::{Leads, LinkElement};
use self::nests::Nests;
use self::roles::{Around, Part, Roles, part};

/// Elements stand in each other at most so deep.
const DEEPEST: usize = 256;

/// Reads the blocks of the text, those of notes, and what no element of the tree holds.
pub(super) fn read(
    pdf: &Pdf,
    tree: &Dict<'_>,
    pages: &Pages,
    language: Option<&str>,
    budget: &Budget,
) -> Said {
    let is_2 = tree.contains_key("Namespaces");
    let mut walk = Walk {
        pdf,
        budget,
        pages,
        roles: Roles::of(tree),
        language,
        text: Scribe::default(),
        notes: Scribe::default(),
        page: None,
        seen: HashSet::new(),
        said: HashSet::new(),
        starts: Vec::new(),
        lies: Vec::new(),
        elements: Elements::default(),
        leads: Leads::default(),
        nests: Nests::of(is_2),
        looks: Vec::new(),
        blocks: 0,
        cells: None,
        is_2,
        labelled: None,
    };
    walk.kids(tree, &Context::default(), 0);
    walk.idle();
    let mut unsaid = walk.unsaid();
    unsaid.append(&mut walk.lies);
    Said {
        blocks: walk.text.finish(),
        notes: walk.notes.finish(),
        unsaid,
        page_starts: walk.starts,
        elements: walk.elements,
        leads: walk.leads,
        lists: walk.nests.into_lists(),
        seen: walk.looks,
    }
}

/// What a structure tree says.
#[derive(Default)]
pub(super) struct Said {
    pub(super) blocks: Vec<Block>,
    pub(super) notes: Vec<Block>,
    /// What no element of the tree holds, or an element says otherwise than it is drawn.
    pub(super) unsaid: Vec<Unsaid>,
    /// Where pages begin in the text.
    pub(super) page_starts: Vec<PageStart>,
    /// What was met of the tree itself.
    pub(super) elements: Elements,
    /// What leads elsewhere.
    pub(super) leads: Leads,
    /// The lists in their order.
    pub(super) lists: Vec<ListLabels>,
    /// What is said of the words that are drawn.
    pub(super) seen: Vec<Seen>,
}

struct Walk<'a> {
    pdf: &'a Pdf,
    budget: &'a Budget,
    pages: &'a Pages,
    roles: Roles,
    language: Option<&'a str>,
    text: Scribe,
    notes: Scribe,
    /// The page that was met last.
    page: Option<ObjectIdentifier>,
    /// The elements that were read: a circle ends here.
    seen: HashSet<ObjectIdentifier>,
    /// The marked content that an element holds, read or not.
    said: HashSet<(ObjectIdentifier, i64)>,
    /// Where the text comes to another page. It goes back where a figure is put off to the next one.
    starts: Vec<PageStart>,
    /// Texts of elements that are not what is drawn.
    lies: Vec<Unsaid>,
    elements: Elements,
    leads: Leads,
    nests: Nests,
    looks: Vec<Seen>,
    /// How many blocks began.
    blocks: usize,
    /// How many cells the rows of the table have that is being read.
    cells: Option<usize>,
    /// Whether the tree is one of PDF 2.0.
    is_2: bool,
    /// Where the label stands that was met last, until words follow it.
    labelled: Option<DrawnLine>,
}

/// What holds inside an element.
#[derive(Debug, Clone, Default)]
struct Context {
    look: Look,
    depth: usize,
    around: Around,
    is_note: bool,
    page: Option<ObjectIdentifier>,
    /// The element that is open, and its role as the file calls it.
    element: Option<ObjectIdentifier>,
    name: String,
    /// The role of the block that is open.
    role: Option<Role>,
}

impl Walk<'_> {
    fn kids(&mut self, element: &Dict<'_>, context: &Context, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        if let Some(kids) = element.get::<Array<'_>>("K") {
            for kid in kids.iter::<Object<'_>>() {
                self.kid(&kid, context, depth);
            }
        } else if let Some(kid) = element.get::<Object<'_>>("K") {
            self.kid(&kid, context, depth);
        }
    }

    fn kid(&mut self, kid: &Object<'_>, context: &Context, depth: usize) {
        if !self.budget.pay(ENTRY) {
            return;
        }
        match kid {
            Object::Number(mcid) => self.content(context.page, mcid.as_i64(), context),
            Object::Dict(dict) if dict.contains_key("S") => self.element(dict, context, depth),
            Object::Dict(dict) => {
                if let Some(mcid) = dict.get::<Number>("MCID") {
                    let page = dict.get_ref("Pg").map(ObjectIdentifier::from);
                    self.content(page.or(context.page), mcid.as_i64(), context);
                }
            }
            _ => {}
        }
    }

    fn content(&mut self, page: Option<ObjectIdentifier>, mcid: i64, context: &Context) {
        self.page = page.or(self.page);
        self.said.extend(page.map(|page| (page, mcid)));
        let spot = page.and_then(|page| self.leads.content(self.pages, (page, mcid)));
        if let Some((page, element)) = page.zip(context.element) {
            self.elements.holders.insert((page, mcid), element);
        }
        let tag = page.and_then(|page| self.pages.tags.get(&(page, mcid)));
        if let Some(tag) = tag.filter(|tag| **tag != context.name && *tag != "Span") {
            let number = page.and_then(|page| self.pages.numbers.get(&page));
            let what = format!("what is content of {} is called {tag}", context.name);
            self.elements
                .strange
                .push((number.copied().unwrap_or(0), what));
        }
        let words = page.and_then(|page| self.pages.marked.get(&(page, mcid)));
        if let Some(words) = words.filter(|words| self.budget.pay(words.len())) {
            let number = page.and_then(|page| self.pages.numbers.get(&page));
            if let Some(number) = number.filter(|_| !context.is_note && !words.trim().is_empty()) {
                if self.elements.pages.last() != Some(number) {
                    self.elements.pages.push(*number);
                }
                let label = number.to_string();
                if self.starts.last().is_none_or(|start| start.label != label) {
                    self.starts.push(self.text.page(label));
                }
            }
            let place = self.place();
            let says = !words.trim().is_empty();
            if let (true, Some(page)) = (says, page) {
                let role = context.role;
                self.looks.push(Seen {
                    block: self.blocks,
                    is_heading: matches!(role, Some(Role::Heading(_))),
                    is_link: context.look.link.is_some(),
                    is_body: role == Some(Role::Paragraph) && self.nests.is_in_section(),
                    is_head: matches!(
                        role,
                        Some(
                            Role::Heading(_)
                                | Role::Cell {
                                    head: Head::Column | Head::Row,
                                    ..
                                }
                        )
                    ),
                    emphasis: context.look.emphasis,
                    strong: context.look.strong,
                    shift: context.look.shift,
                    mark: (page, mcid),
                });
            }
            if says && self.scribe(context.is_note).is_loose() {
                let nest = self.nests.nest(context.is_note);
                self.scribe(context.is_note).nest(nest);
            }
            let stretches = page.and_then(|page| self.pages.places.get(&(page, mcid)));
            let number = page.and_then(|page| self.pages.numbers.get(&page));
            let lines = stretches.into_iter().flatten();
            let lines = lines.map(|own| own.line(number.copied().unwrap_or(0)));
            let lines: Vec<DrawnLine> = lines.collect();
            let plain = stretches.into_iter().flatten().filter(|own| own.has_latin);
            let plain = plain.map(|own| [own.size, own.spacing].map(Need::thousandths));
            let plain: Vec<[i64; 2]> = plain.collect();
            let seen = stretches.into_iter().flatten().filter(|own| own.is_seen);
            let inks: Vec<[u8; 3]> = seen.map(|own| Need::bytes(own.colour)).collect();
            let leads_outside = match &context.look.link {
                None => Some(false),
                Some(Link::Inside(_)) => Some(false),
                Some(Link::Outside(_)) => Some(true),
                Some(_) => None,
            };
            let label = self.labelled.take().filter(|_| says);
            let scribe = self.scribe(context.is_note);
            if let Some(spot) = spot {
                scribe.stand(spot);
            }
            if label.is_some() {
                scribe.label(label);
            }
            for line in lines {
                scribe.draw(line);
            }
            if context.look.shift == Shift::None {
                for [size, spacing] in plain {
                    scribe.size(size, spacing);
                }
                if let Some(leads_outside) = leads_outside {
                    inks.into_iter()
                        .for_each(|ink| scribe.ink(ink, leads_outside));
                }
            }
            scribe.say(words, &context.look, || place);
        }
    }

    /// Marked content that no element holds, where it says nothing either.
    fn idle(&mut self) {
        let idle = self.pages.tags.keys().filter(|place| {
            let words = self.pages.marked.get(place);
            !self.said.contains(place) && words.is_none_or(|words| words.trim().is_empty())
        });
        let idle = idle.filter_map(|(page, _)| self.pages.numbers.get(page));
        let least = idle.min().copied();
        let what = "content on it belongs to no element";
        self.elements
            .strange
            .extend(least.map(|page| (page, what.to_owned())));
    }

    /// Marked content with text that no element holds, in the order of the pages.
    fn unsaid(&self) -> Vec<Unsaid> {
        let left = self.pages.marked.iter();
        let left =
            left.filter(|(place, text)| !self.said.contains(place) && !text.trim().is_empty());
        let number = |page: &ObjectIdentifier| self.pages.numbers.get(page).copied().unwrap_or(0);
        let mut left: Vec<_> = left
            .map(|((page, mcid), text)| ((number(page), *mcid), text.clone()))
            .collect();
        left.sort();
        let left = left.into_iter();
        left.map(|((page, _), text)| (page, text, super::content::UNMARKED))
            .collect()
    }

    fn scribe(&mut self, is_note: bool) -> &mut Scribe {
        match is_note {
            true => &mut self.notes,
            false => &mut self.text,
        }
    }

    fn place(&self) -> String {
        let number = self.page.and_then(|page| self.pages.numbers.get(&page));
        number.map_or_else(|| "no page".to_owned(), |number| format!("page {number}"))
    }

    fn element(&mut self, element: &Dict<'_>, outer: &Context, depth: usize) {
        if element.obj_id().is_some_and(|id| !self.seen.insert(id)) {
            let name = element.get::<Name<'_>>("S");
            self.twice(name.as_ref().map_or("", |name| name.as_str()));
            return;
        }
        let name = element.get::<Name<'_>>("S");
        let name = name
            .map(|name| name.as_str().to_owned())
            .unwrap_or_default();
        let standard = self.roles.standard(&name);
        let mut context = outer.clone();
        let parent = element.get_ref("P").map(ObjectIdentifier::from);
        if outer.element.is_some() && parent != outer.element {
            let number = self.page.and_then(|page| self.pages.numbers.get(&page));
            let stray = (number.copied().unwrap_or(0), name.clone());
            self.elements.strays.push(stray);
        }
        context.element = element.obj_id();
        context.name.clone_from(&name);
        context.page = element
            .get_ref("Pg")
            .map(ObjectIdentifier::from)
            .or(outer.page);
        self.page = context.page.or(self.page);
        self.look(element, &name, &standard, &mut context);
        self.oddities(element, &standard);
        self.leads.begin(element, &standard);
        self.open_nest(element, &standard);
        // Inside a note, what leads back into the file is no word of it.
        let is_way_back = standard == "Link"
            && context.is_note
            && matches!(context.look.link, Some(Link::Inside(_)));
        let part = match is_way_back {
            true => Part::Silent,
            false => part(&standard, context.around),
        };
        let actual = element
            .get::<object::String<'_>>("ActualText")
            .map(|text| strings::text(&text));
        let link = (standard == "Link").then(|| {
            let kind = match &context.look.link {
                _ if is_way_back => LinkKind::Back,
                Some(Link::Note(_)) => LinkKind::Mark,
                _ => LinkKind::Words,
            };
            self.leads.begin_link(self.pdf, element, kind)
        });
        match (standard.as_str(), part) {
            ("Lbl", _) => self.label(element, &context, depth),
            (_, Part::Silent) => self.hold(element, &context, depth),
            // Browsers call a figure what holds a quotation or a table with its words.
            ("Figure", _) if !element.contains_key("Alt") && !elements(element).is_empty() => {
                self.inside(element, &context, actual, depth);
            }
            ("Figure" | "Formula", _) => self.figure(element, &context),
            ("Note" | "FENote", _) if !outer.is_note => {
                context.is_note = true;
                let id = element.get::<object::String<'_>>("ID");
                self.leads.notes.push(NoteLabel {
                    id: id.map_or_else(String::new, |id| strings::text(&id)),
                    ..NoteLabel::default()
                });
                self.block(element, Role::Note, &context, actual, depth);
            }
            ("Table", _) => self.table(element, &context, depth),
            (_, Part::Block(_)) if context.is_note => {
                self.notes.say(" ", &context.look, String::new);
                self.inside(element, &context, actual, depth);
            }
            (_, Part::Block(role)) => self.block(element, role, &context, actual, depth),
            (_, Part::Inline | Part::Group) => self.inside(element, &context, actual, depth),
        }
        if let Some(outer) = link {
            self.leads.end_link(outer);
        }
        self.leads.end();
        self.nests.close();
    }

    /// The number of the page that was met last.
    fn number(&self) -> usize {
        let number = self.page.and_then(|page| self.pages.numbers.get(&page));
        number.copied().unwrap_or(1)
    }

    /// An element is met once more.
    fn twice(&mut self, role: &str) {
        let what = format!("an element {role} stands in the structure twice");
        let number = self.number();
        self.elements.strange.push((number, what));
    }

    /// An element begins: what it holds stands in it.
    fn open_nest(&mut self, element: &Dict<'_>, standard: &str) {
        let number = self.page.and_then(|page| self.pages.numbers.get(&page));
        let list = (standard == "L").then(|| ListLabels {
            numbering: numbering(element),
            labels: Vec::new(),
            page: number.copied().unwrap_or(1),
        });
        self.nests.open(standard, list, writing(element));
    }

    fn block(
        &mut self,
        element: &Dict<'_>,
        role: Role,
        context: &Context,
        actual: Option<String>,
        depth: usize,
    ) {
        let place = self.place();
        self.scribe(context.is_note)
            .open(role, context.depth, place);
        self.blocks += 1;
        let context = &Context {
            role: Some(role),
            ..context.clone()
        };
        self.inside(element, context, actual, depth);
        self.scribe(context.is_note).close();
    }

    /// What an element holds, or the text that stands for it (14.9.4).
    fn inside(
        &mut self,
        element: &Dict<'_>,
        context: &Context,
        actual: Option<String>,
        depth: usize,
    ) {
        match actual {
            Some(actual) => {
                let before = std::mem::take(&mut self.said);
                self.hold(element, context, depth);
                let drawn = std::mem::replace(&mut self.said, before);
                self.judge(&actual, &drawn);
                self.said.extend(drawn);
                let place = self.place();
                self.scribe(context.is_note)
                    .say(&actual, &context.look, || place);
            }
            None => self.kids(element, context, depth + 1),
        }
    }

    /// What an element says of the text in it.
    fn look(&self, element: &Dict<'_>, name: &str, standard: &str, context: &mut Context) {
        if let Some(language) = element.get::<object::String<'_>>("Lang") {
            let language = strings::text(&language);
            let own = Some(language.as_str()) != self.language;
            context.look.language = own.then_some(language);
        }
        match name {
            "Em" => context.look.emphasis = true,
            "Strong" => context.look.strong = true,
            _ => {}
        }
        match standard {
            "L" => context.depth += 1,
            "BlockQuote" => context.around.is_quote = true,
            "TH" => context.around.scope = scope(element),
            "Link" => {
                if let Some(link) = target(self.pdf, element) {
                    context.look.link = Some(match context.look.link {
                        Some(Link::Note(_)) => Link::Note(String::new()),
                        _ if self.roles.speaks_of_note(element) => Link::Note(String::new()),
                        _ => link,
                    });
                }
            }
            "Reference" => context.look.link = Some(Link::Note(String::new())),
            _ => {}
        }
        if let Some(shift) = shift(element) {
            context.look.shift = shift;
        }
    }
}
