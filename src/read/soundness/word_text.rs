//! What stands in the text of Word editions beside words, as their program writes it: directions of runs, languages, fields, pictures,
//! tables (ISO/IEC 29500-1, 17.3, 17.4, 17.16 and 20.4). Of a document that another program saved nothing is known.

use std::collections::BTreeSet;

use super::super::contrast::{contrast, luminance, of_digits};
use super::super::dom::{Dom, Node, NodeId, below};
use super::beginning;
use super::faults::Faults;
use super::word_fields;
use crate::piece::{Direction, LanguageTag};

/// Columns narrower than this have no room for a letter, in twentieths of a point.
const NARROW: i64 = 30;
/// Text paler than this on white paper is hardly seen: the ratio of their luminances (WCAG 2.2, 1.4.3).
const PALE: f64 = 2.0;
/// Scripts from left to right that word processors call complex (ISO 15924).
const COMPLEX: &[&str] = &[
    "Beng", "Deva", "Gujr", "Guru", "Khmr", "Knda", "Laoo", "Mlym", "Mong", "Mymr", "Orya", "Sinh",
    "Taml", "Telu", "Thai", "Tibt",
];
/// How light white paper is.
const PAPER: f64 = 1.0;

/// The parts of an edition that say something.
pub(super) struct Parts<'a> {
    pub(super) document: &'a Dom,
    pub(super) notes: &'a Dom,
    pub(super) styles: &'a Dom,
    pub(super) settings: &'a Dom,
    pub(super) core: &'a Dom,
}

impl Parts<'_> {
    /// Tells what is said otherwise than in any edition.
    pub(super) fn judge(&self, faults: &mut Faults) {
        self.languages(faults);
        self.settings(faults);
        pale(self.styles, faults);
        let language = self.core.first("language");
        let language = language.map(|id| self.core.words(id).trim().to_owned());
        for (dom, place) in [(self.document, "the text"), (self.notes, "the notes")] {
            runs(dom, place, faults);
            flows(dom, language.as_deref().unwrap_or_default(), place, faults);
            word_fields::judge(dom, place, faults);
        }
        paragraphs(self.document, faults);
        pictures(self.document, faults);
        tables(self.document, faults);
        for section in self.document.all("sectPr") {
            let page = below(self.document, section, &["pgSz"]);
            let side = |name: &str| page?.attribute(name)?.parse::<i64>().ok();
            let is_turned = page.and_then(|page| page.attribute("orient")) == Some("landscape");
            if side("w")
                .zip(side("h"))
                .is_some_and(|(wide, high)| wide != high && (wide > high) != is_turned)
            {
                faults.add("the pages", "they lie otherwise than they say");
            }
        }
    }

    /// The language that holds unasked is that of the metadata.
    fn languages(&self, faults: &mut Faults) {
        let own = self
            .core
            .first("language")
            .map(|id| self.core.words(id).trim().to_owned());
        let Some(own) = own.filter(|own| !own.is_empty()) else {
            return;
        };
        let usual = self.styles.all("rPrDefault").next();
        let usual = usual.and_then(|node| below(self.styles, node, &["rPr", "lang"]));
        let of_theme = self.settings.all("themeFontLang").next();
        let scripts = |node: Option<&Node>| {
            ["bidi", "eastAsia"].map(|of| node?.attribute(of).map(str::to_owned))
        };
        let (in_styles, in_settings) = (scripts(usual), scripts(of_theme));
        let mut others = in_styles.iter().flatten();
        if in_styles != in_settings || others.any(|said| *said != own) {
            faults.add(
                "the styles",
                "letters of other scripts are in another language than the text",
            );
        }
        for (node, place) in [(usual, "the styles"), (of_theme, "the settings")] {
            let said = node
                .and_then(|node| node.attribute("val"))
                .unwrap_or("none");
            if said != own {
                faults.add(
                    place,
                    format!("the language of the text is {said}, and that of the metadata {own}"),
                );
            }
        }
        let of_styles = self.styles.all("style").filter_map(|style| {
            let lang = below(self.styles, style, &["rPr", "lang"])?;
            Some((style.attribute("styleId")?, lang))
        });
        for (style, _) in of_styles {
            faults.add("the styles", format!("`{style}` has a language of its own"));
        }
    }

    fn settings(&self, faults: &mut Faults) {
        for name in ["evenAndOddHeaders", "mirrorMargins"] {
            if self.settings.all(name).next().is_some() {
                faults.add(
                    "the settings",
                    format!("they have `{name}`, as in no edition"),
                );
            }
        }
    }
}

/// Colours of styles are seen on paper.
fn pale(styles: &Dom, faults: &mut Faults) {
    for style in styles.all("style") {
        let colour = below(styles, style, &["rPr", "color"]).and_then(|own| own.attribute("val"));
        let colour = colour.filter(|digits| digits.len() == 6);
        let Some(ink) = colour.and_then(of_digits).map(luminance) else {
            continue;
        };
        if contrast(ink, PAPER) < PALE {
            let id = style.attribute("styleId").unwrap_or_default();
            faults.add(
                "the styles",
                format!("text of `{id}` is hardly seen on paper"),
            );
        }
    }
}

/// The words that a run shows.
fn words_of_run(dom: &Dom, run: &Node) -> String {
    let texts = children(dom, run, "t");
    texts.map(|node| dom.words_of(node)).collect()
}

/// The words of a paragraph without the marks of notes.
fn unmarked(dom: &Dom, paragraph: NodeId) -> String {
    let within = dom.descendants(paragraph).map(|id| dom.node(id));
    let runs = within.filter(|node| node.name == "r").filter(|run| {
        let style = below(dom, run, &["rPr", "rStyle"]);
        style.and_then(|style| style.attribute("val")) != Some("FootnoteReference")
    });
    runs.map(|run| words_of_run(dom, run)).collect()
}

/// Letters that run from right to left stand in runs that do, and others do not.
fn runs(dom: &Dom, place: &str, faults: &mut Faults) {
    for run in dom.all("r") {
        let words = words_of_run(dom, run);
        let is_back = below(dom, run, &["rPr", "rtl"]).is_some();
        let should = match is_back {
            true => Direction::RightToLeft,
            false => Direction::LeftToRight,
        };
        let is_wrong = |c: char| Direction::of(c).is_some_and(|own| own != should);
        // Nearly all characters are ASCII, and none of these runs from right to left.
        let mut doubtful = words.chars().filter(|c| is_back || !c.is_ascii());
        if doubtful.any(is_wrong) {
            let how = if is_back {
                "from right to left"
            } else {
                "from left to right"
            };
            faults.add(
                place,
                format!("it runs {how}, against its letters: {}", beginning(&words)),
            );
        }
    }
}

/// Runs without letters that would say it run from right to left, or as a complex script does, where their language does alone.
fn flows(dom: &Dom, language: &str, place: &str, faults: &mut Faults) {
    let has = |run: &Node, name: &str| below(dom, run, &["rPr", name]).is_some();
    for run in dom.all("r") {
        let [is_back, is_complex] = ["rtl", "cs"].map(|name| has(run, name));
        // What stands in a face of its own goes with the letters before it.
        if !(is_back || is_complex) || has(run, "rFonts") {
            continue;
        }
        let words = words_of_run(dom, run);
        if words.chars().any(|c| Direction::of(c).is_some()) {
            continue;
        }
        let own = below(dom, run, &["rPr", "lang"]);
        let own = own.and_then(|own| ["bidi", "val"].iter().find_map(|of| own.attribute(of)));
        let does = LanguageTag::parse(own.unwrap_or(language)).is_ok_and(|tag| match is_back {
            true => tag.direction() == Direction::RightToLeft,
            false => COMPLEX.contains(&tag.script().as_str()),
        });
        if !does {
            let words = beginning(&words);
            faults.add(
                place,
                format!("it is set as a script that its language is not written in: {words}"),
            );
        }
    }
}

/// Every paragraph has a style, which says what it is.
fn paragraphs(document: &Dom, faults: &mut Faults) {
    let is_plain = |node: &&Node| below(document, node, &["pPr", "pStyle"]).is_none();
    if let Some(node) = document.all("p").find(is_plain) {
        let words = words(document, node);
        faults.add(
            "the text",
            format!("a paragraph has no style: {}", beginning(&words)),
        );
    }
}

/// A picture is drawn as large as its place is, and is called alike twice.
fn pictures(document: &Dom, faults: &mut Faults) {
    // A drawing is a few elements.
    const MOST: usize = 200;
    for (number, drawing) in (1_u32..).zip(document.all("drawing")) {
        let mut place = None;
        let mut own = None;
        let mut names: Vec<[Option<&str>; 3]> = Vec::new();
        let mut waiting: Vec<NodeId> = drawing.children.clone();
        for _ in 0..MOST {
            let Some(id) = waiting.pop() else {
                break;
            };
            let node = document.node(id);
            let sides = || ["cx", "cy"].map(|side| node.attribute(side));
            match node.name.as_str() {
                "extent" => place = Some(sides()),
                "ext" if node.attribute("cx").is_some() => own = Some(sides()),
                "docPr" | "cNvPr" => {
                    names.push(["name", "descr", "id"].map(|name| node.attribute(name)));
                }
                "posOffset" if document.words_of(node).trim() != "0" => {
                    faults.add("the text", "a picture stands off its place");
                }
                _ => {}
            }
            waiting.extend(&node.children);
        }
        let [name, _, id] = names.first().copied().unwrap_or_default();
        let name = name.unwrap_or_default();
        if place.is_some() && own.is_some() && place != own {
            faults.add(
                "the text",
                format!("the picture `{name}` is drawn in another size than its place has"),
            );
        }
        if names.iter().any(|own| *own != names[0]) {
            faults.add(
                "the text",
                format!("the picture `{name}` is called in two ways"),
            );
        }
        if name != format!("Figure {number}") || id != Some(number.to_string().as_str()) {
            faults.add(
                "the text",
                format!("a picture is called `{name}`, or numbered, as in no edition"),
            );
        }
    }
}

/// Tables are called as their captions say, say what heads them, and have columns with room.
fn tables(document: &Dom, faults: &mut Faults) {
    let mut caption = None;
    let Some(body) = document.first("body") else {
        return;
    };
    let runs_back = |words: &str| words.chars().find_map(Direction::of);
    let mut sections = document.all("sectPr");
    let is_back = sections.any(|section| below(document, section, &["bidi"]).is_some());
    for id in &document.node(body).children {
        let node = document.node(*id);
        if node.name == "p" {
            let style = below(document, node, &["pPr", "pStyle"]);
            let is_caption = style.and_then(|own| own.attribute("val")) == Some("TableCaption");
            caption = is_caption.then(|| letters(&unmarked(document, *id)));
        }
        if node.name != "tbl" {
            continue;
        }
        let mut say = |what: &str| {
            let words = beginning(&document.words(*id));
            faults.add("the text", format!("{what}: {words}"));
        };
        let of = |path: &[&str], name: &str| below(document, node, path)?.attribute(name);
        let own = of(&["tblPr", "tblCaption"], "val");
        if own.map(letters) != caption {
            say("a table is called otherwise than its caption says");
        }
        let columns: Vec<Option<i64>> = children(document, node, "tblGrid")
            .flat_map(|grid| children(document, grid, "gridCol"))
            .map(|column| column.attribute("w")?.parse().ok())
            .collect();
        let mut heads = false;
        let mut has_other = false;
        let mut directions: BTreeSet<bool> = BTreeSet::new();
        for row in children(document, node, "tr") {
            has_other |= children(document, row, "tc").count() != columns.len();
            for (at, cell) in children(document, row, "tc").enumerate() {
                let width = below(document, cell, &["tcPr", "tcW"]);
                let width = width.and_then(|own| own.attribute("w")?.parse::<i64>().ok());
                has_other |= width != columns.get(at).copied().flatten();
                for paragraph in children(document, cell, "p") {
                    let style = below(document, paragraph, &["pPr", "pStyle"]);
                    let style = style.and_then(|style| style.attribute("val"));
                    heads |= at == 0 && style == Some("TableRowHead");
                    let words = words(document, paragraph);
                    directions.extend(runs_back(&words).map(|own| own == Direction::RightToLeft));
                }
            }
        }
        // Of many columns one may be a quarter as wide as the others.
        let whole: i64 = columns.iter().flatten().sum();
        let least = NARROW.min(whole / (4 * columns.len().max(1) as i64));
        let is_narrow = columns.iter().any(|own| own.is_none_or(|own| own < least));
        if has_other || is_narrow {
            say("columns of a table have other widths than their cells, or no room");
        }
        let said = of(&["tblPr", "tblLook"], "firstColumn") == Some("1");
        if said != heads {
            say("a table says otherwise than its cells whether its first column heads its rows");
        }
        let is_turned = below(document, node, &["tblPr", "bidiVisual"]).is_some();
        // A table in one direction alone is of no other, unless the text around it runs so.
        let is_against = directions.len() == 1 && !directions.contains(&is_turned);
        if is_against && is_turned != is_back && !is_said(document, *id, is_turned) {
            say("the columns of a table run against its letters");
        }
    }
}

/// Whether a language that words of a table are said to be in runs from right to left, or does not.
fn is_said(document: &Dom, table: NodeId, is_turned: bool) -> bool {
    let mut all = document.descendants(table).map(|id| document.node(id));
    all.any(|node| {
        let tags = ["val", "bidi"].map(|name| node.attribute(name));
        let mut tags = tags.into_iter().flatten().filter(|_| node.name == "lang");
        tags.any(|tag| {
            LanguageTag::parse(tag)
                .is_ok_and(|tag| (tag.direction() == Direction::RightToLeft) == is_turned)
        })
    })
}

fn children<'a>(dom: &'a Dom, node: &'a Node, name: &'a str) -> impl Iterator<Item = &'a Node> {
    let all = node.children.iter().map(|id| dom.node(*id));
    all.filter(move |child| child.name == name)
}

/// The words of all that stands in a node.
fn words(dom: &Dom, node: &Node) -> String {
    node.children.iter().map(|id| dom.words(*id)).collect()
}

fn letters(line: &str) -> String {
    line.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn letters_of_one_direction_stand_in_runs_of_it() {
        for (text, count) in [
            ("<w:r><w:t>abc 12</w:t></w:r>", 0),
            ("<w:r><w:rPr><w:rtl/></w:rPr><w:t>سلام 12</w:t></w:r>", 0),
            ("<w:r><w:t>سلام</w:t></w:r>", 1),
            ("<w:r><w:rPr><w:rtl/></w:rPr><w:t>abc</w:t></w:r>", 1),
        ] {
            let text =
                format!("<w:document xmlns:w='w'><w:body><w:p>{text}</w:p></w:body></w:document>");
            let dom = Dom::of_xml(&text, "document.xml").unwrap();
            let mut faults = Faults::default();
            runs(&dom, "", &mut faults);
            assert_eq!(faults.finish().len(), count, "{text}");
        }
    }

    #[test]
    fn tables_run_as_their_letters_or_as_the_text_around_them() {
        const TURNED: &str = "<w:bidiVisual/>";
        for (section, table, run, count) in [
            ("", "", "<w:t>abc</w:t>", 0),
            ("", "", "<w:t>سلام</w:t>", 0),
            ("", TURNED, "<w:t>abc</w:t>", 1),
            (
                "",
                TURNED,
                "<w:rPr><w:lang w:val='ur'/></w:rPr><w:t>abc</w:t>",
                0,
            ),
            ("<w:bidi/>", TURNED, "<w:t>abc</w:t>", 0),
            ("<w:bidi/>", "", "<w:t>سلام</w:t>", 1),
        ] {
            let text = format!(
                "<w:document xmlns:w='w'><w:body><w:tbl><w:tblPr>{table}</w:tblPr><w:tblGrid><w:gridCol w:w='900'/></w:tblGrid>\
                 <w:tr><w:tc><w:tcPr><w:tcW w:w='900'/></w:tcPr><w:p><w:r>{run}</w:r></w:p></w:tc></w:tr></w:tbl>\
                 <w:sectPr>{section}</w:sectPr></w:body></w:document>"
            );
            let dom = Dom::of_xml(&text, "document.xml").unwrap();
            let mut faults = Faults::default();
            tables(&dom, &mut faults);
            assert_eq!(faults.finish().len(), count, "{text}");
        }
    }
}
