//! Headers and footers: what pages show beside the text (ISO/IEC 29500-1, 17.10).

use super::super::ReadError;
use super::super::dom::{Dom, Node, NodeId, ROOT, below};
use super::super::package::{Package, resolve};
use super::super::reading::{Furniture, PAGE, PAGES, ShownOn};
use super::super::soundness::Faults;
use super::parts::{dom, relationships};
use super::sight::Sight;
use super::styles::Styles;

/// Elements that show something that is no word.
const SHOWN: &[&str] = &[
    "drawing",
    "pict",
    "object",
    "tbl",
    "sdt",
    "AlternateContent",
];

/// Reads the lines of the headers and footers that sections name.
pub(super) fn read(
    package: &mut Package<'_>,
    main: &str,
    document: &Dom,
    styles: &Styles,
    faults: &mut Faults,
) -> Result<Vec<Furniture>, ReadError> {
    let known = relationships(package, main)?;
    let mut lines = Vec::new();
    let sections = || document.all("sectPr");
    let has_first = sections().any(|section| below(document, section, &["titlePg"]).is_some());
    for section in sections() {
        for child in &section.children {
            let node = document.node(*child);
            let name = node.name.as_str();
            if !matches!(name, "headerReference" | "footerReference") {
                continue;
            }
            let kind = node.attribute("type").unwrap_or("default");
            let pages = match kind {
                "first" => ShownOn::First,
                _ => ShownOn::Others,
            };
            let id = node.attribute("id");
            let target = known.iter().find(|known| Some(known.id.as_str()) == id);
            let Some(part) = target.and_then(|target| resolve(main, &target.target)) else {
                continue;
            };
            if kind == "first" && !has_first {
                faults.add(&part, "it is that of a first page, and no page shows it");
            }
            let Some(part_dom) = dom(package, &part)? else {
                continue;
            };
            judge(&part_dom, &part, styles, faults);
            for paragraph in part_dom.all("p") {
                lines.push(Furniture {
                    place: part.clone(),
                    text: line(&part_dom, paragraph),
                    pages,
                });
            }
        }
    }
    Ok(lines)
}

/// What a header shows besides lines of words, and lines that are not seen.
fn judge(dom: &Dom, part: &str, styles: &Styles, faults: &mut Faults) {
    for id in dom.descendants(ROOT) {
        let node = dom.node(id);
        if SHOWN.contains(&node.name.as_str()) {
            faults.add(
                part,
                format!("it shows something beside the text (`{}`)", node.name),
            );
        }
    }
    for paragraph in dom.all("p") {
        let style = below(dom, paragraph, &["pPr", "pStyle"]).and_then(|own| own.attribute("val"));
        let of_style = styles.sight(style.unwrap_or_default());
        for run in paragraph.children.iter().map(|id| dom.node(*id)) {
            let words = run.children.iter().map(|id| dom.node(*id));
            let words: String = words
                .filter(|node| node.name == "t")
                .map(|node| dom.words_of(node))
                .collect();
            let sight = Sight::of(dom, run).or(&of_style).or(styles.usual_sight());
            if let Some(reason) = sight.reason(&words).filter(|_| !words.trim().is_empty()) {
                faults.add(part, format!("“{}” is not seen: {reason}", words.trim()));
            }
        }
    }
}

/// The words of a paragraph, with signs for the numbers that fields show.
fn line(dom: &Dom, paragraph: &Node) -> String {
    let mut line = String::new();
    // The instruction of the field that is open, and whether what it shows has begun.
    let mut field: Option<(String, bool)> = None;
    let mut waiting: Vec<NodeId> = paragraph.children.iter().rev().copied().collect();
    while let Some(id) = waiting.pop() {
        let node = dom.node(id);
        match node.name.as_str() {
            "pPr" | "rPr" => {}
            "fldSimple" => {
                let instruction = node.attribute("instr").unwrap_or_default();
                line.push_str(&number(instruction));
            }
            "fldChar" => match node.attribute("fldCharType") {
                Some("begin") => field = Some((String::new(), false)),
                Some("separate") => {
                    if let Some((_, is_shown)) = &mut field {
                        *is_shown = true;
                    }
                }
                _ => {
                    if let Some((instruction, _)) = field.take() {
                        line.push_str(&number(&instruction));
                    }
                }
            },
            "instrText" => {
                if let Some((instruction, _)) = &mut field {
                    instruction.push_str(&dom.words_of(node));
                }
            }
            "t" if field.is_none() => line.push_str(&dom.words_of(node)),
            "t" => {}
            "tab" | "br" => line.push(' '),
            _ => waiting.extend(node.children.iter().rev()),
        }
    }
    line
}

/// What a field shows: the number of the page, or of all, else what it is.
fn number(instruction: &str) -> String {
    match instruction.split_whitespace().next() {
        Some("PAGE") => PAGE.to_string(),
        Some("NUMPAGES") => PAGES.to_string(),
        Some(other) => format!(" [{other}] "),
        None => String::new(),
    }
}
