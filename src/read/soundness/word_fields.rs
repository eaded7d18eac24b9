//! The fields of Word editions (ISO/IEC 29500-1, 17.16): contents, and references to a note that was met before. Each is whole, has one
//! instruction, and holds no other.

use super::super::dom::{Dom, Node, ROOT, below};
use super::faults::Faults;

/// The fields of the text, with the style of their runs.
const FIELDS: &[(&str, Option<&str>)] = &[("TOC", None), ("NOTEREF", Some("FootnoteReference"))];

/// Where a field stands (17.16.18).
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Outside,
    Begun,
    Told,
    Result,
}

/// Tells where words follow from fields of other kinds or forms.
pub(super) fn judge(dom: &Dom, place: &str, faults: &mut Faults) {
    let mut at = At::Outside;
    let mut is_whole = true;
    let mut looks = true;
    // The styles of the runs of the field, until its instruction says what they should be.
    let mut begun: Option<&str> = None;
    let mut style: Option<&str> = None;
    for id in dom.descendants(ROOT) {
        let node = dom.node(id);
        let step = match node.name.as_str() {
            "fldChar" => node.attribute("fldCharType").unwrap_or_default(),
            "instrText" => "instruction",
            "t" if at == At::Result => "result",
            _ => continue,
        };
        let run = dom.parent(id).map(|id| dom.node(id));
        let own = run.and_then(|run| style_of(dom, run));
        let instruction = match step {
            "instruction" => dom.words_of(node),
            _ => String::new(),
        };
        let field = instruction.split_whitespace().next().unwrap_or_default();
        let known = FIELDS.iter().find(|(name, _)| *name == field);
        if step == "instruction" && known.is_none() {
            faults.add(place, format!("words of it follow from a field `{field}`"));
        }
        let next = match (at, step) {
            (At::Outside, "begin") => {
                begun = own;
                At::Begun
            }
            (At::Begun, "instruction") => {
                style = known.and_then(|(_, style)| *style);
                looks &= begun == style && own == style;
                At::Told
            }
            (At::Told, "separate") => {
                looks &= own == style;
                At::Result
            }
            (At::Result, "result" | "end") => {
                // Contents show words of any kind.
                looks &= style.is_none() || own == style;
                match step {
                    "end" => At::Outside,
                    _ => At::Result,
                }
            }
            (at, _) => {
                is_whole = false;
                match step {
                    "begin" => At::Begun,
                    "end" => At::Outside,
                    _ => at,
                }
            }
        };
        at = next;
    }
    if !is_whole || at != At::Outside {
        faults.add(
            place,
            "a field begins or ends alone, or has more than one instruction",
        );
    }
    if !looks {
        faults.add(
            place,
            "a reference to a note looks otherwise than its style",
        );
    }
}

fn style_of<'a>(dom: &'a Dom, run: &'a Node) -> Option<&'a str> {
    below(dom, run, &["rPr", "rStyle"])?.attribute("val")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_field_has_one_instruction_and_ends() {
        const BEGIN: &str = "<w:r><w:fldChar w:fldCharType='begin'/></w:r>";
        const TOC: &str = "<w:r><w:instrText>TOC</w:instrText></w:r>";
        const REST: &str = "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>a</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>";
        for (parts, count) in [
            (vec![BEGIN, TOC, REST], 0),
            (vec![BEGIN, TOC, TOC, REST], 1),
            (vec![BEGIN, TOC], 1),
            (vec![BEGIN, REST], 1),
            (
                vec![
                    BEGIN,
                    "<w:r><w:instrText>NOTEREF a</w:instrText></w:r>",
                    REST,
                ],
                1,
            ),
        ] {
            let text = format!("<w:p xmlns:w='w'>{}</w:p>", parts.concat());
            let dom = Dom::of_xml(&text, "document.xml").unwrap();
            let mut faults = Faults::default();
            judge(&dom, "", &mut faults);
            assert_eq!(faults.finish().len(), count, "{text}");
        }
    }
}
