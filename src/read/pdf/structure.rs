//! The structure tree: what the text of a tagged file is (ISO 32000-1, 14.7 and 14.8; ISO 32000-2, 14.8).

use std::collections::{HashMap, HashSet};

use hayro_syntax::Pdf;
use hayro_syntax::object::{self, Array, Dict, Name, Number, Object, ObjectIdentifier};

use super::super::reading::{Block, Link, Look, PageStart, Scribe};
use super::content::{Pages, Unsaid};
use super::soundness::Elements;
use super::strings;
use crate::compose::{Head, Role, Shift};

/// Elements stand in each other at most so deep.
const DEEPEST: usize = 256;

/// Reads the blocks of the text, those of notes, and what no element of the tree holds.
pub(super) fn read(pdf: &Pdf, tree: &Dict<'_>, pages: &Pages, language: Option<&str>) -> Said {
    let mut walk = Walk {
        pdf,
        pages,
        roles: role_map(tree),
        language,
        text: Scribe::default(),
        notes: Scribe::default(),
        page: None,
        seen: HashSet::new(),
        said: HashSet::new(),
        starts: Vec::new(),
        lies: Vec::new(),
        elements: Elements::default(),
    };
    walk.kids(tree, &Context::default(), 0);
    let mut unsaid = walk.unsaid();
    unsaid.append(&mut walk.lies);
    Said {
        blocks: walk.text.finish(),
        notes: walk.notes.finish(),
        unsaid,
        page_starts: walk.starts,
        elements: walk.elements,
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
}

/// The standard roles of those of the file's own (14.7.3).
fn role_map(tree: &Dict<'_>) -> HashMap<String, String> {
    let Some(map) = tree.get::<Dict<'_>>("RoleMap") else {
        return HashMap::new();
    };
    let entries = map.keys().filter_map(|key| {
        let to = map.get::<Name<'_>>(key.as_ref())?;
        Some((key.as_str().to_owned(), to.as_str().to_owned()))
    });
    entries.collect()
}

struct Walk<'a> {
    pdf: &'a Pdf,
    pages: &'a Pages,
    roles: HashMap<String, String>,
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
}

/// What holds inside an element.
#[derive(Debug, Clone, Default)]
struct Context {
    look: Look,
    depth: usize,
    is_quote: bool,
    is_note: bool,
    cell: (usize, usize),
    /// What a head of a table heads.
    scope: Option<Head>,
    page: Option<ObjectIdentifier>,
    /// The element that is open.
    element: Option<ObjectIdentifier>,
}

/// What an element does for those who read.
enum Part {
    /// Begins a block.
    Block(Role),
    /// Is part of a line.
    Inline,
    /// Holds blocks.
    Group,
    /// Is not read.
    Silent,
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
        if let Some((page, element)) = page.zip(context.element) {
            self.elements.holders.insert((page, mcid), element);
        }
        let words = page.and_then(|page| self.pages.marked.get(&(page, mcid)));
        if let Some(words) = words {
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
            self.scribe(context.is_note)
                .say(words, &context.look, || place);
        }
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
            return;
        }
        let name = element.get::<Name<'_>>("S");
        let name = name
            .map(|name| name.as_str().to_owned())
            .unwrap_or_default();
        let standard = self.standard(&name);
        let mut context = outer.clone();
        let parent = element.get_ref("P").map(ObjectIdentifier::from);
        if outer.element.is_some() && parent != outer.element {
            let number = self.page.and_then(|page| self.pages.numbers.get(&page));
            let stray = (number.copied().unwrap_or(0), name.clone());
            self.elements.strays.push(stray);
        }
        context.element = element.obj_id();
        context.page = element
            .get_ref("Pg")
            .map(ObjectIdentifier::from)
            .or(outer.page);
        self.page = context.page.or(self.page);
        self.look(element, &name, &standard, &mut context);
        self.oddities(element, &standard);
        // Inside a note, what leads back into the file is no word of it.
        let is_way_back = standard == "Link"
            && context.is_note
            && matches!(context.look.link, Some(Link::Inside(_)));
        let part = match is_way_back {
            true => Part::Silent,
            false => part(&standard, &context),
        };
        let actual = element
            .get::<object::String<'_>>("ActualText")
            .map(|text| strings::text(&text));
        match (standard.as_str(), part) {
            (_, Part::Silent) => self.hold(element, &context, depth),
            // Browsers call a figure what holds a quotation or a table with its words.
            ("Figure", _) if !element.contains_key("Alt") && !elements(element).is_empty() => {
                self.inside(element, &context, actual, depth);
            }
            ("Figure" | "Formula", _) => self.figure(element, &context),
            ("Note" | "FENote", _) if !outer.is_note => {
                context.is_note = true;
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
    }

    /// What an element says besides its words.
    fn oddities(&mut self, element: &Dict<'_>, standard: &str) {
        let number = self.page.and_then(|page| self.pages.numbers.get(&page));
        let number = number.copied().unwrap_or(0);
        let is_picture = matches!(standard, "Figure" | "Formula");
        let text = |key: &str| {
            let text = element.get::<object::String<'_>>(key)?;
            Some(strings::text(&text))
        };
        let other = match is_picture {
            true => text("ActualText").or(text("E")),
            false => text("Alt").or(text("E")),
        };
        if let Some(other) = other.filter(|_| standard != "Link") {
            let other = (number, other, super::content::REPLACED);
            self.lies.push(other);
        }
        let all = attributes(element);
        let mut odd = |what: &str| self.elements.oddities.push((number, what.to_owned()));
        for key in ["RowSpan", "ColSpan"] {
            let spans = all.iter().filter_map(|own| own.get::<Number>(key));
            if spans.into_iter().any(|by| by.as_i64() != 1) {
                odd("a cell spans others");
            }
        }
        if all
            .iter()
            .any(|own| own.contains_key("Headers") || own.contains_key("Summary"))
        {
            odd("a table says more than its words");
        }
        let scopes = all.iter().find_map(|own| own.get::<Name<'_>>("Scope"));
        let is_plain = scopes.is_some_and(|scope| matches!(scope.as_str(), "Row" | "Column"));
        if standard == "TH" && !is_plain {
            odd("a cell that heads others does not say which");
        }
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

    /// Holds a text that stands for the content of an element against what is drawn of it.
    fn judge(&mut self, actual: &str, drawn: &HashSet<(ObjectIdentifier, i64)>) {
        let number = |page: &ObjectIdentifier| self.pages.numbers.get(page).copied().unwrap_or(0);
        let mut drawn: Vec<_> = drawn.iter().collect();
        drawn.sort_by_key(|(page, mcid)| (number(page), *mcid));
        let drawn = drawn.into_iter();
        let drawn: String = drawn
            .filter_map(|place| self.pages.marked.get(place))
            .map(String::as_str)
            .collect();
        let letters = |text: &str| -> Vec<char> {
            let line = crate::compose::canonical_line(text);
            line.chars().filter(|c| c.is_alphanumeric()).collect()
        };
        if letters(actual) != letters(&drawn) {
            let page = self.page.map_or(0, |page| number(&page));
            let text = format!("{} for {}", actual.trim(), drawn.trim());
            self.lies.push((page, text, super::content::REPLACED));
        }
    }

    /// Takes note of the content of an element whose words are not read.
    fn hold(&mut self, element: &Dict<'_>, context: &Context, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        let kids: Vec<Object<'_>> = match element.get::<Array<'_>>("K") {
            Some(kids) => kids.iter::<Object<'_>>().collect(),
            None => element.get::<Object<'_>>("K").into_iter().collect(),
        };
        for kid in kids {
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
                        self.hold(dict, &own, depth + 1);
                    }
                    (page, dict.get::<Number>("MCID").map(|mcid| mcid.as_i64()))
                }
                _ => continue,
            };
            self.said.extend(page.zip(mcid));
        }
    }

    fn figure(&mut self, element: &Dict<'_>, context: &Context) {
        let alt = element
            .get::<object::String<'_>>("Alt")
            .map(|text| strings::text(&text));
        let place = self.place();
        let scribe = self.scribe(context.is_note);
        scribe.open(Role::Alternative, context.depth, place);
        scribe.say(&alt.unwrap_or_default(), &Look::default(), String::new);
        scribe.close();
        self.hold(element, context, 0);
    }

    /// The rows of a table with their places, whatever groups they stand in.
    fn table(&mut self, table: &Dict<'_>, context: &Context, depth: usize) {
        let mut row = 0;
        self.rows(table, context, depth + 1, &mut row);
    }

    fn rows(&mut self, group: &Dict<'_>, context: &Context, depth: usize, row: &mut usize) {
        if depth > DEEPEST {
            return;
        }
        for kid in elements(group) {
            let name = kid
                .get::<Name<'_>>("S")
                .map(|name| name.as_str().to_owned());
            match self.standard(&name.unwrap_or_default()).as_str() {
                "THead" | "TBody" | "TFoot" => {
                    let own = Context {
                        element: kid.obj_id(),
                        ..context.clone()
                    };
                    self.rows(&kid, &own, depth + 1, row);
                }
                "TR" => {
                    for (column, cell) in elements(&kid).into_iter().enumerate() {
                        let own = Context {
                            cell: (*row, column),
                            element: kid.obj_id(),
                            ..context.clone()
                        };
                        self.element(&cell, &own, depth + 1);
                    }
                    *row += 1;
                }
                _ => self.element(&kid, context, depth + 1),
            }
        }
    }

    /// The standard role of a role.
    fn standard(&self, name: &str) -> String {
        let mut name = name;
        for _ in 0..self.roles.len().min(16) {
            match self.roles.get(name) {
                Some(to) if to != name && !is_standard(name) => name = to,
                _ => break,
            }
        }
        name.to_owned()
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
            "BlockQuote" => context.is_quote = true,
            "TH" => context.scope = scope(element),
            "Link" => {
                if let Some(link) = self.target(element) {
                    context.look.link = Some(match context.look.link {
                        Some(Link::Note(_)) => Link::Note(String::new()),
                        _ if self.speaks_of_note(element) => Link::Note(String::new()),
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

    /// Whether an element refers to a note (ISO 14289-2, 8.2.5.14): PDF 2.0 has no links inside references.
    fn speaks_of_note(&self, element: &Dict<'_>) -> bool {
        let all = element.get::<Array<'_>>("Ref");
        let mut all = all.iter().flat_map(|all| all.iter::<Dict<'_>>());
        all.any(|other| {
            let name = other.get::<Name<'_>>("S");
            name.is_some_and(|name| matches!(&*self.standard(name.as_str()), "Note" | "FENote"))
        })
    }

    /// Where the annotation of a link leads (12.5.6.5).
    fn target(&self, element: &Dict<'_>) -> Option<Link> {
        let kids: Vec<Dict<'_>> = match element.get::<Array<'_>>("K") {
            Some(kids) => kids
                .iter::<Object<'_>>()
                .filter_map(Object::into_dict)
                .collect(),
            None => element.get::<Dict<'_>>("K").into_iter().collect(),
        };
        let reference = kids.iter().find_map(|kid| kid.get_ref("Obj"))?;
        let annotation: Dict<'_> = self.pdf.xref().get(reference.into())?;
        let action = annotation.get::<Dict<'_>>("A");
        let address = action
            .as_ref()
            .and_then(|action| action.get::<object::String<'_>>("URI"));
        if let Some(address) = address {
            return Some(Link::Outside(strings::text(&address)));
        }
        let action = action.unwrap_or_default();
        let names = ["Dest", "D"].into_iter().zip([&annotation, &action]);
        names.into_iter().find_map(|(key, dict)| {
            let named = dict
                .get::<object::String<'_>>(key)
                .map(|text| strings::text(&text));
            let named = named.or_else(|| {
                dict.get::<Name<'_>>(key)
                    .map(|name| name.as_str().to_owned())
            });
            named.map(Link::Inside)
        })
    }
}

/// The elements right below one.
fn elements<'a>(parent: &Dict<'a>) -> Vec<Dict<'a>> {
    let kids = match parent.get::<Array<'a>>("K") {
        Some(kids) => kids
            .iter::<Object<'a>>()
            .filter_map(Object::into_dict)
            .collect(),
        None => parent.get::<Dict<'a>>("K").into_iter().collect::<Vec<_>>(),
    };
    kids.into_iter()
        .filter(|kid| kid.contains_key("S"))
        .collect()
}

fn is_standard(name: &str) -> bool {
    !matches!(part(name, &Context::default()), Part::Group)
}

fn part(standard: &str, context: &Context) -> Part {
    let (row, column) = context.cell;
    let paragraph = match context.is_quote {
        true => Role::Quote,
        false => Role::Paragraph,
    };
    match standard {
        "H" => Part::Block(Role::Heading(1)),
        "H1" | "H2" | "H3" | "H4" | "H5" | "H6" => {
            Part::Block(Role::Heading(standard.as_bytes()[1] - b'0'))
        }
        "P" | "Caption" | "LBody" | "LI" | "BlockQuote" | "Title" | "BibEntry" | "Index" => {
            Part::Block(paragraph)
        }
        "TH" => Part::Block(Role::Cell {
            head: match context.scope {
                Some(head) => head,
                None if row > 0 => Head::Row,
                None => Head::Column,
            },
            row,
            column,
        }),
        "TD" => Part::Block(Role::Cell {
            head: Head::None,
            row,
            column,
        }),
        "Note" | "FENote" => Part::Block(Role::Note),
        "Figure" | "Formula" => Part::Block(Role::Alternative),
        "Lbl" | "Artifact" | "TOC" | "TOCI" => Part::Silent,
        "Span" | "Link" | "Reference" | "Em" | "Strong" | "Sub" | "Code" | "Quote" | "Annot"
        | "Ruby" | "Warichu" => Part::Inline,
        _ => Part::Group,
    }
}

/// The dictionaries of an element's attributes (14.7.5).
fn attributes<'a>(element: &Dict<'a>) -> Vec<Dict<'a>> {
    match element.get::<Array<'a>>("A") {
        Some(all) => all
            .iter::<Object<'a>>()
            .filter_map(Object::into_dict)
            .collect(),
        None => element.get::<Dict<'a>>("A").into_iter().collect(),
    }
}

/// What a head of a table says that it heads (table 349).
fn scope(element: &Dict<'_>) -> Option<Head> {
    attributes(element).iter().find_map(|attributes| {
        let scope = attributes.get::<Name<'_>>("Scope")?;
        match scope.as_str() {
            "Row" => Some(Head::Row),
            "Column" | "Both" => Some(Head::Column),
            _ => None,
        }
    })
}

/// Whether an element's attributes raise or lower its text: `TextPosition` of PDF 2.0, `BaselineShift` before it.
fn shift(element: &Dict<'_>) -> Option<Shift> {
    attributes(element).iter().find_map(|attributes| {
        let position = attributes.get::<Name<'_>>("TextPosition");
        match position.as_ref().map(|name| name.as_str()) {
            Some("Sup") => return Some(Shift::Superscript),
            Some("Sub") => return Some(Shift::Subscript),
            _ => {}
        }
        let shift = attributes.get::<Number>("BaselineShift")?.as_f64();
        match shift {
            shift if shift > 0.0 => Some(Shift::Superscript),
            shift if shift < 0.0 => Some(Shift::Subscript),
            _ => None,
        }
    })
}
