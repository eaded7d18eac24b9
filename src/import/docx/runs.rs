//! What stands in a paragraph: runs, links, fields, changes, pictures (ISO/IEC 29500-1, 17.3.2 and 17.16).

use super::super::Changes;
use super::Related;
use super::fields::Field;
use super::story::{DEEPEST, Open, Pictures, Story};
use super::symbols::{self, Faces};
use crate::compose::Shift;
use crate::read::docx::styles::is_on;
use crate::read::dom::{Dom, Node, NodeId, below};
use crate::read::{Link, Look, Span};

impl Story<'_> {
    /// Reads what stands below a node in a paragraph.
    #[expect(clippy::too_many_arguments, reason = "the state of one walk")]
    pub(super) fn inline(
        &mut self,
        dom: &Dom,
        from: NodeId,
        links: &Related,
        pictures: Pictures<'_>,
        look: &Look,
        open: &mut Open,
        depth: usize,
    ) {
        if depth > DEEPEST {
            let words = super::words::of_node(dom, from, self.changes).join(" ");
            return self.say(&words, look, open);
        }
        for child in &dom.node(from).children {
            let node = dom.node(*child);
            match node.name.as_str() {
                "pPr" | "rPr" | "sdtPr" | "sdtEndPr" | "proofErr" | "smartTagPr"
                | "customXmlPr" => {}
                "r" => self.run(dom, *child, links, pictures, look, open, depth + 1),
                "hyperlink" => {
                    let outside = node.attribute("id").and_then(|id| links.outside.get(id));
                    let inside = node.attribute("anchor").map(str::to_owned);
                    let look = Look {
                        link: outside
                            .map(|to| Link::Outside(to.clone()))
                            .or(inside.map(Link::Inside))
                            .or_else(|| look.link.clone()),
                        ..look.clone()
                    };
                    self.inline(dom, *child, links, pictures, &look, open, depth + 1);
                }
                "fldSimple" => {
                    let field = Field {
                        instruction: node.attribute("instr").unwrap_or_default().to_owned(),
                        shows: true,
                    };
                    self.fields.push(field);
                    self.inline(dom, *child, links, pictures, look, open, depth + 1);
                    self.fields.pop();
                }
                "ins" | "moveTo" if self.changes == Changes::Reject => self.leave_out(dom, *child),
                "del" | "moveFrom" if self.changes == Changes::Accept => {
                    self.leave_out(dom, *child)
                }
                "commentRangeStart" => {
                    let id = node.attribute("id").unwrap_or_default().to_owned();
                    self.ranges.insert(id, String::new());
                }
                "commentRangeEnd" => self.remark(node.attribute("id").unwrap_or_default(), open),
                "bookmarkStart" | "bookmarkEnd" => self.bookmark(node),
                "oMath" | "oMathPara" => {
                    let words = super::words::of_node(dom, *child, self.changes).join(" ");
                    self.tell("an equation is plain text here", "");
                    self.say(&words, look, open);
                }
                "AlternateContent" => {
                    self.alternative(dom, node, links, pictures, look, open, depth)
                }
                _ => self.inline(dom, *child, links, pictures, look, open, depth + 1),
            }
        }
    }

    /// The first of several forms of one thing.
    #[expect(clippy::too_many_arguments, reason = "the state of one walk")]
    fn alternative(
        &mut self,
        dom: &Dom,
        node: &Node,
        links: &Related,
        pictures: Pictures<'_>,
        look: &Look,
        open: &mut Open,
        depth: usize,
    ) {
        let named = |name: &str| node.children.iter().find(|id| dom.node(**id).name == name);
        if let Some(choice) = named("Choice").or_else(|| named("Fallback")) {
            self.content(dom, *choice, links, pictures, look, open, depth + 1);
        }
    }

    /// Words of changes that do not hold.
    fn leave_out(&mut self, dom: &Dom, id: NodeId) {
        let words = super::words::of_node(dom, id, self.changes).join(" ");
        if !words.trim().is_empty() {
            self.changed.push(words);
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the state of one walk")]
    fn run(
        &mut self,
        dom: &Dom,
        id: NodeId,
        links: &Related,
        pictures: Pictures<'_>,
        look: &Look,
        open: &mut Open,
        depth: usize,
    ) {
        let node = dom.node(id);
        let mut look = look.clone();
        let is_underlined =
            below(dom, node, &["rPr", "u"]).is_some_and(|u| u.attribute("val") != Some("none"));
        self.properties(dom, node, open.is_bold, &mut look);
        open.is_underlined = is_underlined && look.link.is_none();
        if self.is_between_notes(dom, id) {
            let words = super::words::of_node(dom, id, self.changes).join(" ");
            let message = "signs between notes are left out: editions make them";
            return self.dropped.push((message, words));
        }
        let is_hidden = is_on(dom, node, "vanish") == Some(true)
            && is_on(dom, node, "specVanish") != Some(true);
        if is_hidden {
            let words = super::words::of_node(dom, id, self.changes).join(" ");
            if !words.trim().is_empty() {
                self.dropped.push(("hidden text is left out", words));
            }
            return;
        }
        let around = std::mem::replace(&mut self.faces, Faces::of(dom, node));
        self.content(dom, id, links, pictures, &look, open, depth);
        self.faces = around;
    }

    /// What a run holds.
    #[expect(clippy::too_many_arguments, reason = "the state of one walk")]
    fn content(
        &mut self,
        dom: &Dom,
        id: NodeId,
        links: &Related,
        pictures: Pictures<'_>,
        look: &Look,
        open: &mut Open,
        depth: usize,
    ) {
        if depth > DEEPEST {
            let words = super::words::of_node(dom, id, self.changes).join(" ");
            return self.say(&words, look, open);
        }
        for child in &dom.node(id).children {
            let node = dom.node(*child);
            match node.name.as_str() {
                "rPr" => {}
                "t" | "delText" => {
                    let (text, lost) = self.faces.seen(&dom.words_of(node));
                    if lost > 0 {
                        self.tell(
                            &format!("{lost} signs of a symbol face may be none elsewhere"),
                            "",
                        );
                    }
                    self.say(&text, look, open);
                }
                "cr" => self.say("\n", look, open),
                "br" => {
                    let is_line = node
                        .attribute("type")
                        .is_none_or(|kind| kind == "textWrapping");
                    self.say(if is_line { "\n" } else { " " }, look, open);
                }
                "tab" | "ptab" => self.say(" ", look, open),
                "noBreakHyphen" => self.say("\u{2011}", look, open),
                "softHyphen" => self.say("\u{AD}", look, open),
                "sym" => self.symbol(node, look, open),
                "instrText" => {
                    if let Some(field) = self.fields.last_mut() {
                        field.instruction.push_str(&dom.words_of(node));
                    }
                }
                "fldChar" => self.field(node, open),
                "footnoteReference" | "endnoteReference" => {
                    if let Some(id) = node.attribute("id") {
                        let kind = if node.name.starts_with('e') { 'e' } else { 'f' };
                        self.refer(format!("{kind}{id}"), open);
                    }
                }
                "commentReference" => self.remark(node.attribute("id").unwrap_or_default(), open),
                "drawing" => self.drawing(dom, *child, links, pictures, open),
                "pict" | "object" => self.drawn(dom, *child, links, pictures, open),
                "AlternateContent" => {
                    self.alternative(dom, node, links, pictures, look, open, depth)
                }
                "ruby" => {
                    for part in &node.children {
                        match dom.node(*part).name.as_str() {
                            "rubyBase" => {
                                self.inline(dom, *part, links, pictures, look, open, depth + 1)
                            }
                            "rt" => {
                                let words =
                                    super::words::of_node(dom, *part, self.changes).join(" ");
                                self.dropped
                                    .push(("readings above letters are left out", words));
                            }
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// Whether a run is what our editions set between the marks of two notes.
    fn is_between_notes(&self, dom: &Dom, id: NodeId) -> bool {
        let style = below(dom, dom.node(id), &["rPr", "rStyle"]);
        let style = style.and_then(|style| style.attribute("val"));
        let words = super::words::of_node(dom, id, self.changes).join("");
        self.styles.is_ours()
            && style.is_some_and(|id| self.styles.is_note_mark(id))
            && !words.is_empty()
            && !words.contains(char::is_alphanumeric)
    }

    /// What the properties of a run say of its text (17.3.2).
    fn properties(&self, dom: &Dom, node: &Node, paragraph_is_bold: bool, look: &mut Look) {
        let property = |name: &str| below(dom, node, &["rPr", name]);
        let style = property("rStyle")
            .and_then(|style| style.attribute("val"))
            .unwrap_or_default();
        look.emphasis |= is_on(dom, node, "i").unwrap_or_else(|| self.styles.is_italic(style))
            || (self.styles.is_italic(style) && self.styles.is_ours());
        let bold = is_on(dom, node, "b").unwrap_or_else(|| self.styles.is_bold(style));
        // A bold run in a bold paragraph is as its neighbours are.
        look.strong |= bold && !paragraph_is_bold;
        if let Some(shift) = property("vertAlign").and_then(|node| node.attribute("val")) {
            look.shift = match shift {
                "superscript" => Shift::Superscript,
                "subscript" => Shift::Subscript,
                _ => Shift::None,
            };
        }
        let language = property("lang").and_then(|lang| match is_on(dom, node, "rtl") {
            Some(true) => lang.attribute("bidi"),
            _ => lang.attribute("val").or_else(|| lang.attribute("eastAsia")),
        });
        if let Some(own) = language.filter(|own| Some(*own) != self.styles.language.as_deref()) {
            look.language = Some(own.to_owned());
        }
    }

    /// Text, where no field says otherwise.
    fn say(&mut self, text: &str, look: &Look, open: &mut Open) {
        if text.is_empty() {
            return;
        }
        let (text, lost) = super::super::text::cleaned(text);
        if lost > 0 {
            self.tell(&format!("{lost} control characters are left out"), "");
        }
        // An instruction is no text; nor is the number of a note that is told in another way.
        if self.fields.iter().any(|field| !field.shows) {
            return;
        }
        if let Some(field) = self
            .fields
            .iter()
            .rev()
            .find(|field| field.noted().is_some())
        {
            let key = field.noted().and_then(|bookmark| self.noted.get(bookmark));
            const REASON: &str = "numbers of notes are left out: editions count them";
            if key.is_some() || field.noted().is_some_and(|name| self.is_lost(name)) {
                return self.dropped.push((REASON, text));
            }
            // Where a program moved the bookmark, the number itself says which note is meant.
            let number = text.trim().parse::<usize>().ok();
            let nth = number.and_then(|number| self.order.get(number.checked_sub(1)?).cloned());
            if let Some(key) = nth {
                self.dropped.push((REASON, text));
                return self.refer(key, open);
            }
        }
        let mut look = look.clone();
        if let Some(link) = self.fields.iter().rev().find_map(Field::link) {
            look.link = Some(link);
        }
        for words in self.ranges.values_mut() {
            words.push_str(&text);
        }
        let letters = text.chars().filter(|c| !c.is_whitespace()).count();
        open.said += letters;
        if look.strong || open.is_bold || open.is_underlined {
            open.heavy += letters;
        }
        match open.paragraph.spans.last_mut() {
            Some(last) if last.look == look => last.text.push_str(&text),
            _ => open.paragraph.spans.push(Span { text, look }),
        }
    }

    /// A sign of a symbol face: what it shows where that is known, else the private character that Word means.
    fn symbol(&mut self, node: &Node, look: &Look, open: &mut Open) {
        if let Some((sign, is_certain)) = symbols::sym(node) {
            if !is_certain {
                let face = node.attribute("font").unwrap_or("?");
                self.tell(
                    &format!("a sign of the face {face} may be none elsewhere"),
                    "",
                );
            }
            self.say(&sign.to_string(), look, open);
        }
    }

    fn field(&mut self, node: &Node, open: &mut Open) {
        match node.attribute("fldCharType") {
            Some("begin") => self.fields.push(Field::default()),
            Some("separate") => {
                let noted = self.fields.last_mut().and_then(|field| {
                    field.shows = true;
                    field.noted().map(str::to_owned)
                });
                let Some(bookmark) = noted else { return };
                match self.noted.get(&bookmark).cloned() {
                    Some(key) => self.refer(key, open),
                    None if self.is_lost(&bookmark) => self.refer_to_lost(&bookmark, open),
                    None => {}
                }
            }
            Some("end") => drop(self.fields.pop()),
            _ => {}
        }
    }

    /// A drawing: a picture, a text box, or what cannot be taken over.
    fn drawing(
        &mut self,
        dom: &Dom,
        id: NodeId,
        links: &Related,
        pictures: Pictures<'_>,
        open: &mut Open,
    ) {
        let mut alt = String::new();
        let mut found = false;
        let mut boxes = Vec::new();
        let mut waiting = vec![id];
        while let Some(id) = waiting.pop() {
            let node = dom.node(id);
            match node.name.as_str() {
                "docPr" if alt.is_empty() => {
                    let said = node
                        .attribute("descr")
                        .filter(|said| !said.trim().is_empty());
                    alt = said
                        .or_else(|| node.attribute("title"))
                        .unwrap_or_default()
                        .to_owned();
                }
                "blip" => {
                    let target = node.attribute("embed").and_then(|id| links.inside.get(id));
                    found = true;
                    self.picture(target.map(String::as_str), alt.clone(), open, pictures);
                }
                "txbxContent" => {
                    boxes.push(id);
                    continue;
                }
                "chart" | "relIds" => {
                    found = true;
                    self.tell("a chart or a diagram cannot be taken over", alt.clone());
                    open.behind.push(question(
                        "A chart or a diagram stood here.",
                        &alt,
                        self.place(),
                    ));
                }
                _ => {}
            }
            waiting.extend(node.children.iter().rev());
        }
        self.boxes(dom, &boxes, links, pictures, open);
        if !found && boxes.is_empty() {
            self.tell("a drawing cannot be taken over", "");
        }
    }

    /// A drawing of an older form (VML).
    fn drawn(
        &mut self,
        dom: &Dom,
        id: NodeId,
        links: &Related,
        pictures: Pictures<'_>,
        open: &mut Open,
    ) {
        let mut boxes = Vec::new();
        let mut alt = String::new();
        let mut waiting = vec![id];
        while let Some(id) = waiting.pop() {
            let node = dom.node(id);
            match node.name.as_str() {
                "shape" | "rect" => alt = node.attribute("alt").unwrap_or_default().to_owned(),
                "imagedata" => {
                    let target = node.attribute("id").and_then(|id| links.inside.get(id));
                    self.picture(target.map(String::as_str), alt.clone(), open, pictures);
                }
                "textbox" | "txbxContent" if node.name == "txbxContent" => {
                    boxes.push(id);
                    continue;
                }
                _ => {}
            }
            waiting.extend(node.children.iter().rev());
        }
        self.boxes(dom, &boxes, links, pictures, open);
    }

    /// Text boxes stand behind the paragraph that holds them.
    fn boxes(
        &mut self,
        dom: &Dom,
        boxes: &[NodeId],
        links: &Related,
        pictures: Pictures<'_>,
        open: &mut Open,
    ) {
        for id in boxes {
            if self.box_depth >= 8 {
                let words = super::words::of_node(dom, *id, self.changes).join(" ");
                self.tell("text boxes in text boxes in text boxes are left out", words);
                continue;
            }
            self.tell(
                "the text of a box stands behind the paragraph that the box stood at",
                "",
            );
            self.box_depth += 1;
            let fields = std::mem::take(&mut self.fields);
            let blocks = self.blocks(dom, *id, links, &mut *pictures);
            self.fields = fields;
            self.box_depth -= 1;
            open.behind.extend(blocks);
        }
    }
}

/// A question to the editor in the place of something.
fn question(what: &str, alt: &str, place: String) -> super::super::document::Block {
    let text = match alt {
        "" => what.to_owned(),
        alt => format!("{what} {alt}"),
    };
    super::super::document::Block::Paragraph(super::super::document::Paragraph {
        comments: vec![super::super::document::Comment {
            text,
            ..super::super::document::Comment::default()
        }],
        place,
        ..super::super::document::Paragraph::default()
    })
}
