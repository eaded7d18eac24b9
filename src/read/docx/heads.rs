//! Heads and feet of pages: what the parts say that sections name (ISO/IEC 29500-1, 17.10).

use super::super::ReadError;
use super::super::dom::{Dom, NodeId, ROOT, below};
use super::super::package::{Package, resolve};
use super::super::paper::{PAGE, PAGES, WordHead};
use super::parts::{dom, relationships};

/// The formats in which fields may count pages: digits of a script.
const FORMATS: &[&str] = &["HINDIARABIC", "THAIARABIC"];
/// Sections with more than that are none of an edition.
const MOST: usize = 1_000;

/// What heads and feet say, each part once, and those of the first page where it has none.
pub(super) fn heads(
    package: &mut Package<'_>,
    main: &str,
    document: &Dom,
) -> Result<Vec<WordHead>, ReadError> {
    let relations = relationships(package, main)?;
    let mut heads: Vec<WordHead> = Vec::new();
    for (index, section) in document.all("sectPr").take(MOST).enumerate() {
        let is_apart = below(document, section, &["titlePg"]).is_some();
        let references = section.children.iter().map(|id| document.node(*id));
        let mut of_first = [false; 2];
        for node in references {
            let is_foot = match node.name.as_str() {
                "headerReference" => false,
                "footerReference" => true,
                _ => continue,
            };
            let kind = node.attribute("type").unwrap_or("default");
            let is_first = kind == "first";
            if kind == "even" || is_first && !is_apart {
                continue;
            }
            of_first[usize::from(is_foot)] |= is_first;
            let id = node.attribute("id");
            let found = relations.iter().find(|own| Some(own.id.as_str()) == id);
            let name = found.and_then(|own| resolve(main, &own.target));
            let part = match &name {
                Some(name) => dom(package, name)?,
                None => None,
            };
            let head = WordHead {
                is_foot,
                is_first,
                words: part.as_ref().map(words).unwrap_or_default(),
                tabs: part.as_ref().map(tabs),
                place: name.unwrap_or_else(|| "the pages".to_owned()),
            };
            if !heads.contains(&head) {
                heads.push(head);
            }
        }
        if index > 0 {
            continue;
        }
        for is_foot in [false, true] {
            let has = |is_first| {
                let mut own = heads.iter();
                own.any(|own| own.is_foot == is_foot && own.is_first == is_first)
            };
            let place = || "the first page".to_owned();
            // Without a page of its own, the first shows what the others show.
            let words = match is_apart {
                true if of_first[usize::from(is_foot)] => None,
                true => Some(String::new()),
                false => {
                    let mut own = heads.iter();
                    let own = own.find(|own| own.is_foot == is_foot && !own.is_first);
                    Some(own.map(|own| own.words.clone()).unwrap_or_default())
                }
            };
            let missing = (!has(false)).then(String::new);
            heads.extend(words.map(|words| WordHead {
                is_foot,
                is_first: true,
                words,
                tabs: None,
                place: place(),
            }));
            heads.extend(missing.map(|words| WordHead {
                is_foot,
                is_first: false,
                words,
                tabs: None,
                place: "the pages".to_owned(),
            }));
        }
    }
    Ok(heads)
}

/// Where a field stands (17.16.5): its instruction, or its result.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Outside,
    Instruction,
    Result,
}

/// The words of a part, a tab between those that one parts, a sign for each number that a word processor counts.
fn words(part: &Dom) -> String {
    let mut words = String::new();
    let mut instruction = String::new();
    let mut field = Field::Outside;
    let mut waiting: Vec<NodeId> = vec![ROOT];
    while let Some(id) = waiting.pop() {
        let node = part.node(id);
        match node.name.as_str() {
            "fldChar" => match node.attribute("fldCharType") {
                Some("begin") => {
                    instruction.clear();
                    field = Field::Instruction;
                }
                Some("separate") => field = Field::Result,
                _ => {
                    words.push_str(&counted(&instruction));
                    field = Field::Outside;
                }
            },
            "instrText" => instruction.push_str(&part.words_of(node)),
            // A field that nothing separates from its result has none.
            "t" if field == Field::Outside => words.push_str(&part.words_of(node)),
            "t" | "delText" => {}
            "tab" => words.push('\t'),
            "br" | "p" => {
                words.push(' ');
                waiting.extend(node.children.iter().rev());
            }
            "pPr" | "rPr" => {}
            _ => waiting.extend(node.children.iter().rev()),
        }
    }
    words
}

/// How many tabs part the words of a part. Those that a paragraph has places for are none.
fn tabs(part: &Dom) -> usize {
    let runs = part.all("r").flat_map(|run| &run.children);
    runs.filter(|id| part.node(**id).name == "tab").count()
}

/// What a field shows: a sign for the number of the page or of all pages, else its instruction.
fn counted(instruction: &str) -> String {
    let words: Vec<&str> = instruction.split_whitespace().collect();
    match words.as_slice() {
        [name, rest @ ..]
            if matches!(*name, "PAGE" | "NUMPAGES")
                && (rest.is_empty()
                    || matches!(rest, ["\\*", format] if FORMATS.contains(format))) =>
        {
            let sign = if *name == "PAGE" { PAGE } else { PAGES };
            sign.to_string()
        }
        _ => format!(" {{{}}} ", words.join(" ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_that_count_pages_are_signs_and_others_are_told() {
        assert_eq!(counted(" PAGE "), PAGE.to_string());
        assert_eq!(counted("NUMPAGES \\* HINDIARABIC"), PAGES.to_string());
        assert_eq!(counted("PAGE \\* ROMAN"), " {PAGE \\* ROMAN} ");
    }
}
