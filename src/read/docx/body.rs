//! The text of a document and of its notes.

mod leads;

use std::collections::BTreeSet;

use super::super::dom::{Dom, Node, NodeId, ROOT, below};
use super::super::paper::Return;
use super::super::reading::{Block, Link, Listed, Look, Picture, Unseen};
use super::super::scribe::Scribe;
use super::super::sign::Sign;
use super::numbering::Numbering;
use super::pages::{Pictures, drawn, measure, turned};
use super::parts::Links;
use super::references::Found;
use super::sight::Sight;
use super::styles::{Styles, depth, is_on};
use crate::compose::{Head, Role, Shift};

/// Elements whose contents nobody reads: properties, instructions of fields, what was deleted.
const SILENT: &[&str] = &[
    "pPr",
    "rPr",
    "tblPr",
    "tblGrid",
    "trPr",
    "tcPr",
    "sectPr",
    "sdtPr",
    "sdtEndPr",
    "instrText",
    "del",
    "moveFrom",
    "delText",
    "delInstrText",
    "fldData",
    "proofErr",
    "oMathParaPr",
    "Fallback",
];

/// Which story of the document is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Story<'a> {
    /// The body.
    Text,
    /// The note of this id, which stands at this node.
    Note(&'a str, NodeId),
}

/// What was read.
pub(super) struct Body<'s> {
    styles: &'s Styles,
    numbering: Numbering,
    language: Option<&'s str>,
    text: Scribe,
    notes: Scribe,
    paragraphs: usize,
    /// The notes in the order of their references; whether they are endnotes.
    order: Vec<(String, bool)>,
    seen: BTreeSet<(String, bool)>,
    unseen: Vec<Unseen>,
    listed: Vec<Listed>,
    /// The files of pictures by their relationships.
    files: &'s Pictures,
    /// The width of the text on upright pages, in English Metric Units.
    measure: Option<f64>,
    /// The picture that is drawn next.
    drawn: Option<Picture>,
    /// The bookmark that was met last.
    bookmark: String,
    /// The references to notes, and the ways back from each note.
    references: Vec<Found>,
    returns: Vec<Vec<Return>>,
    /// The instruction of a field that refers to a note, and what it shows so far, once it is told apart from that.
    field: Option<(String, Option<String>)>,
}

/// What a document says.
pub(super) struct Said {
    pub(super) blocks: Vec<Block>,
    pub(super) notes: Vec<Block>,
    pub(super) unseen: Vec<Unseen>,
    pub(super) listed: Vec<Listed>,
    pub(super) references: Vec<Found>,
    pub(super) returns: Vec<Vec<Return>>,
}

/// What holds while an element is open.
#[derive(Debug, Clone, Default)]
struct Context {
    look: Look,
    cell: Option<(Head, usize, usize)>,
    is_note: bool,
    /// Whether the style of its paragraph is slanted: emphasis in it is upright.
    is_slanted: bool,
    /// How its text is seen.
    sight: Sight,
}

enum Step {
    Enter(NodeId, Context),
    Close { is_note: bool },
}

impl<'s> Body<'s> {
    pub(super) fn new(
        styles: &'s Styles,
        numbering: Numbering,
        language: Option<&'s str>,
        files: &'s Pictures,
    ) -> Self {
        Self {
            styles,
            numbering,
            language,
            text: Scribe::default(),
            notes: Scribe::default(),
            paragraphs: 0,
            order: Vec::new(),
            seen: BTreeSet::new(),
            unseen: Vec::new(),
            listed: Vec::new(),
            files,
            drawn: None,
            measure: None,
            bookmark: String::new(),
            references: Vec::new(),
            returns: Vec::new(),
            field: None,
        }
    }

    /// Reads a story of a part.
    pub(super) fn read(&mut self, dom: &Dom, links: &Links, story: Story<'_>) {
        if story == Story::Text {
            self.measure = measure(dom);
        }
        let mut waiting = match story {
            Story::Text => vec![Step::Enter(
                dom.first("body").unwrap_or(ROOT),
                Context::default(),
            )],
            Story::Note(id, at) => self.note(id, at),
        };
        while let Some(step) = waiting.pop() {
            match step {
                Step::Close { is_note } => self.scribe(is_note).close(),
                Step::Enter(id, context) => {
                    self.element(dom, links, dom.node(id), context, &mut waiting)
                }
            }
        }
    }

    /// The notes referred to since the last time.
    pub(super) fn take_notes(&mut self) -> Vec<(String, bool)> {
        std::mem::take(&mut self.order)
    }

    pub(super) fn finish(self) -> Said {
        Said {
            blocks: self.text.finish(),
            notes: self.notes.finish(),
            unseen: self.unseen,
            listed: self.listed,
            references: self.references,
            returns: self.returns,
        }
    }

    fn scribe(&mut self, is_note: bool) -> &mut Scribe {
        match is_note {
            true => &mut self.notes,
            false => &mut self.text,
        }
    }

    /// Begins the block of a note, whose paragraphs are one text.
    fn note(&mut self, id: &str, at: NodeId) -> Vec<Step> {
        self.notes.open(Role::Note, 0, format!("note {id}"));
        self.returns.push(Vec::new());
        let context = Context {
            is_note: true,
            ..Context::default()
        };
        vec![Step::Close { is_note: true }, Step::Enter(at, context)]
    }

    fn element(
        &mut self,
        dom: &Dom,
        links: &Links,
        node: &Node,
        mut context: Context,
        waiting: &mut Vec<Step>,
    ) {
        let name = node.name.as_str();
        if name == "instrText" {
            self.field = Some((dom.words_of(node), None)).filter(|(own, _)| own.contains("REF"));
        }
        if SILENT.contains(&name) {
            return;
        }
        match name {
            "fldChar" => return self.field(node, &context),
            "p" => {
                if !self.paragraph(dom, node, &context, waiting) {
                    return;
                }
                context.sight = self.paragraph_sight(dom, node, &context.sight);
                self.number(dom, node, &mut context);
                let style = below(dom, node, &["pPr", "pStyle"]);
                let style = style.and_then(|style| style.attribute("val"));
                context.is_slanted = self.styles.is_italic(style.unwrap_or_default());
            }
            "tc" => context.sight = context.sight.on(dom, node, "tcPr"),
            "r" => {
                self.run(dom, node, context.is_slanted, &mut context.look);
                let style = below(dom, node, &["rPr", "rStyle"]);
                let style = style.and_then(|style| style.attribute("val"));
                let style = self.styles.sight(style.unwrap_or_default());
                context.sight = Sight::of(dom, node).or(&style).or(&context.sight);
            }
            "hyperlink" => {
                let outside = node.attribute("id").and_then(|id| links.get(id));
                let inside = node
                    .attribute("anchor")
                    .map(|anchor| Link::Inside(anchor.to_owned()));
                context.look.link = outside.map(|to| Link::Outside(to.clone())).or(inside);
                self.returns(dom, node, &context);
            }
            "t" => {
                let text = dom.words_of(node);
                // Word leaves out white space at the ends where nobody asks it to keep that.
                let text = match node.attribute("xml:space") {
                    Some("preserve") => text,
                    _ => text.trim_matches([' ', '\t', '\n', '\r']).to_owned(),
                };
                if let Some((_, Some(shown))) = &mut self.field {
                    shown.push_str(&text);
                }
                self.see(&text, &context);
                return self.say(&text, &context);
            }
            "tab" => return self.say("\t", &context),
            "br" | "cr" => return self.say(" ", &context),
            "noBreakHyphen" => return self.say("\u{2011}", &context),
            "softHyphen" => return self.say("\u{AD}", &context),
            "sym" => return self.symbol(node, &context),
            "footnoteReference" | "endnoteReference" => return self.reference(node, &context),
            "drawing" => self.drawn = drawn(dom, node, self.files, self.measure),
            "bookmarkStart" => {
                if let Some(name) = node.attribute("name") {
                    name.clone_into(&mut self.bookmark);
                    self.scribe(context.is_note).name(name);
                }
            }
            "docPr" => return self.picture(node, &context),
            "sdt" if is_contents(dom, node) => return,
            "tbl" => return self.table(dom, node, &context, waiting),
            _ => {}
        }
        let children = node.children.iter().rev();
        waiting.extend(children.map(|child| Step::Enter(*child, context.clone())));
    }

    /// How the text of a paragraph is seen, which stands on what `around` says.
    fn paragraph_sight(&self, dom: &Dom, node: &Node, around: &Sight) -> Sight {
        let style = below(dom, node, &["pPr", "pStyle"]);
        let style = style
            .and_then(|style| style.attribute("val"))
            .unwrap_or_default();
        let own = self.styles.sight(style).on(dom, node, "pPr");
        own.or(around).or(self.styles.usual_sight())
    }

    /// Counts a paragraph of a list, and says the label that is shown before it.
    fn number(&mut self, dom: &Dom, node: &Node, context: &mut Context) {
        let value = |name: &str| below(dom, node, &["pPr", "numPr", name])?.attribute("val");
        let style = below(dom, node, &["pPr", "pStyle"]).and_then(|style| style.attribute("val"));
        let of_style = self.styles.numbering(style.unwrap_or_default());
        let (id, level) = of_style.unzip();
        let Some(id) = value("numId").map(str::to_owned).or(id) else {
            return;
        };
        let level = value("ilvl").and_then(|level| level.parse().ok()).or(level);
        let Some(shown) = self.numbering.count(&id, level.unwrap_or(0)) else {
            return;
        };
        context.sight = context.sight.or(&shown.sight.only_away());
        // Where the mark of a paragraph is hidden, so is its label (17.9.24).
        let is_hidden = below(dom, node, &["pPr", "rPr", "vanish"]).is_some();
        if shown.label.is_empty() || is_hidden {
            return;
        }
        // What stands alone and counts nothing is a break.
        let is_break = shown.is_bare
            && !shown.label.chars().any(char::is_alphanumeric)
            && words(dom, node).trim().is_empty();
        self.scribe(context.is_note).sign(match is_break {
            true => Sign::Break,
            false => Sign::Label {
                text: shown.label,
                place: None,
            },
        });
    }

    /// Tells text that is not seen as it is written.
    fn see(&mut self, text: &str, context: &Context) {
        let is_mark = matches!(context.look.link, Some(Link::Note(_)));
        if text.trim().is_empty() || is_mark {
            return;
        }
        if let Some(reason) = context.sight.reason(text) {
            self.unseen.push(Unseen {
                place: format!("paragraph {}", self.paragraphs),
                text: text.trim().to_owned(),
                reason: reason.to_owned(),
            });
        }
    }

    fn say(&mut self, text: &str, context: &Context) {
        let place = format!("paragraph {}", self.paragraphs);
        self.scribe(context.is_note)
            .say(text, &context.look, || place);
    }

    /// Begins a paragraph; false where it is one of the contents, which repeat the headings.
    fn paragraph(
        &mut self,
        dom: &Dom,
        node: &Node,
        context: &Context,
        waiting: &mut Vec<Step>,
    ) -> bool {
        self.paragraphs += 1;
        let style = below(dom, node, &["pPr", "pStyle"]).and_then(|style| style.attribute("val"));
        let style = style.unwrap_or_default();
        if context.is_note {
            self.notes.say(" ", &context.look, String::new);
            self.notes.dress(style.to_owned());
            return true;
        }
        let name = self
            .styles
            .get(style)
            .map_or("", |style| style.name.as_str());
        if let Some(level) = name.strip_prefix("toc ") {
            if level.bytes().all(|byte| byte.is_ascii_digit()) {
                self.listed.push(Listed {
                    text: words(dom, node),
                    place: format!("paragraph {}, contents", self.paragraphs),
                });
            }
            return false;
        }
        let outline =
            below(dom, node, &["pPr", "outlineLvl"]).and_then(|level| level.attribute("val"));
        let outline = outline
            .and_then(|level| level.parse::<u8>().ok())
            .filter(|level| *level < 9);
        let level = self.styles.level(style).or(outline.map(|level| level + 1));
        let role = match (context.cell, level, name) {
            // Word knows rows that head columns; what heads a row is told by its style.
            (Some((Head::None, row, column)), _, "table row head") => Role::Cell {
                head: Head::Row,
                row,
                column,
            },
            (Some((head, row, column)), ..) => Role::Cell { head, row, column },
            (None, Some(level), _) => Role::Heading(level.min(6)),
            (None, None, "intense quote") => Role::Pull,
            (None, None, "quote") => Role::Quote,
            _ => Role::Paragraph,
        };
        let depth = below(dom, node, &["pPr", "numPr"]).map_or_else(
            || self.styles.depth(style),
            |numbering| depth(dom, numbering),
        );
        let place = format!("paragraph {}", self.paragraphs);
        self.text.open(role, depth, place);
        self.text.dress(style.to_owned());
        self.text.turn(turned(dom, node));
        waiting.push(Step::Close { is_note: false });
        true
    }

    /// What the properties of a run say of its text (17.3.2).
    fn run(&self, dom: &Dom, node: &Node, is_slanted: bool, look: &mut Look) {
        let property = |name: &str| below(dom, node, &["rPr", name]);
        let is_on = |name: &str| is_on(dom, node, name);
        let id = property("rStyle").and_then(|style| style.attribute("val"));
        let id = id.unwrap_or_default();
        // A second reference to a note shows its mark as text.
        if self.styles.is_note_mark(id) {
            look.link = Some(Link::Note(String::new()));
        }
        look.emphasis |= match is_on("i") {
            // Where the paragraph slants, what stands out is upright.
            Some(false) => is_slanted && self.styles.is_italic(id),
            Some(true) => true,
            None => self.styles.is_italic(id),
        };
        look.strong |= is_on("b").unwrap_or_else(|| self.styles.is_bold(id));
        look.shift = match property("vertAlign").and_then(|node| node.attribute("val")) {
            Some("superscript") => Shift::Superscript,
            Some("subscript") => Shift::Subscript,
            _ => Shift::None,
        };
        let complex = ["rtl", "cs"].map(|name| is_on(name) == Some(true));
        let language = property("lang").and_then(|lang| match complex {
            [false, false] => lang.attribute("val"),
            _ => lang.attribute("bidi"),
        });
        look.language = language
            .filter(|own| Some(*own) != self.language)
            .map(str::to_owned);
    }

    /// A sign of a symbol face: by its code where that is a letter, else as the private character that Word means.
    fn symbol(&mut self, node: &Node, context: &Context) {
        let code = node
            .attribute("char")
            .and_then(|code| u32::from_str_radix(code, 16).ok());
        if let Some(sign) = code.and_then(char::from_u32) {
            self.say(&sign.to_string(), context);
        }
    }

    fn picture(&mut self, node: &Node, context: &Context) {
        let words = node.attribute("descr").unwrap_or_default();
        let place = format!("paragraph {}", self.paragraphs);
        let drawn = self.drawn.take();
        let scribe = self.scribe(context.is_note);
        scribe.open(Role::Alternative, 0, place);
        scribe.show(drawn);
        scribe.say(words, &Look::default(), String::new);
        scribe.close();
    }

    fn table(&mut self, dom: &Dom, node: &Node, context: &Context, waiting: &mut Vec<Step>) {
        let mut steps = Vec::new();
        let named = |parent: &'_ Node, name: &'static str| -> Vec<NodeId> {
            let children = parent.children.iter().copied();
            children
                .filter(|child| dom.node(*child).name == name)
                .collect()
        };
        for (row, id) in named(node, "tr").into_iter().enumerate() {
            let tr = dom.node(id);
            let head = below(dom, tr, &["trPr", "tblHeader"]);
            let head = match head.map(|head| head.attribute("val")) {
                None | Some(Some("0" | "false" | "off")) => Head::None,
                Some(_) => Head::Column,
            };
            let mut column = 0;
            for id in named(tr, "tc") {
                let cell = Some((head, row, column));
                steps.push(Step::Enter(
                    id,
                    Context {
                        cell,
                        ..context.clone()
                    },
                ));
                let span = below(dom, dom.node(id), &["tcPr", "gridSpan"]);
                let span = span.and_then(|span| span.attribute("val")?.parse::<usize>().ok());
                column += span.unwrap_or(1).clamp(1, 1000);
            }
        }
        waiting.extend(steps.into_iter().rev());
    }
}

/// The words of a paragraph that is not read.
fn words(dom: &Dom, paragraph: &Node) -> String {
    let mut words = String::new();
    let mut waiting: Vec<NodeId> = paragraph.children.iter().rev().copied().collect();
    while let Some(id) = waiting.pop() {
        let node = dom.node(id);
        match node.name.as_str() {
            "t" => words.push_str(&dom.words_of(node)),
            "tab" | "br" | "cr" => words.push(' '),
            name if SILENT.contains(&name) => {}
            _ => waiting.extend(node.children.iter().rev()),
        }
    }
    words
}

/// Whether a content control holds the table of contents (17.5.2.12).
fn is_contents(dom: &Dom, node: &Node) -> bool {
    let gallery = below(dom, node, &["sdtPr", "docPartObj", "docPartGallery"]);
    gallery.is_some_and(|gallery| gallery.attribute("val") == Some("Table of Contents"))
}
