//! The order in which elements stand in parts of Word editions, and what none lacks (ISO/IEC 29500-1, 17): a word processor that keeps to
//! its schemas refuses a file in which they stand otherwise, or twice. The table is data: `word_order.txt`.

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use super::super::dom::{Dom, ROOT};
use super::faults::Faults;

/// A child that an element may have.
struct Child {
    name: &'static str,
    is_needed: bool,
    is_repeated: bool,
    /// Whether it stands anywhere among others of which that is said.
    is_free: bool,
}

/// What stands in an element.
struct Sequence {
    children: Vec<Child>,
    /// Whether what is not named may follow these.
    is_open: bool,
}

/// What stands in elements of a name: in those with a parent of a name, and in all others.
#[derive(Default)]
struct Named {
    within: Vec<(&'static str, Sequence)>,
    anywhere: Option<Sequence>,
}

type Table = HashMap<&'static str, Named>;

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let lines = include_str!("word_order.txt").lines();
        let lines = lines.filter(|line| !line.starts_with('#') && !line.is_empty());
        let mut table = Table::new();
        for line in lines {
            let mut words = line.split(' ');
            let element = words.next().unwrap_or_default();
            let is_open = line.ends_with('?');
            let children = words.map(|word| Child {
                name: word.trim_matches(['!', '+', '?', '*']),
                is_needed: word.starts_with('!'),
                is_repeated: word.ends_with('+') || word.starts_with('*'),
                is_free: word.starts_with('*'),
            });
            let children = children.collect();
            let sequence = Sequence { children, is_open };
            match element.split_once('/') {
                Some((parent, element)) => {
                    let own = table.entry(element).or_default();
                    own.within.push((parent, sequence));
                }
                None => table.entry(element).or_default().anywhere = Some(sequence),
            }
        }
        table
    })
}

/// Tells what stands in a part in another order, twice, or not at all.
pub(super) fn judge(part: &Dom, place: &str, faults: &mut Faults) {
    let table = table();
    let mut seen = BTreeSet::new();
    for id in part.descendants(ROOT) {
        let node = part.node(id);
        let Some(own) = table.get(node.name.as_str()) else {
            continue;
        };
        let parent = part.parent(id).map_or("", |id| part.node(id).name.as_str());
        let within = own.within.iter().find(|(of, _)| *of == parent);
        let Some(sequence) = within.map(|(_, own)| own).or(own.anywhere.as_ref()) else {
            continue;
        };
        let children = node.children.iter().map(|id| part.node(*id).name.as_str());
        if let Some(what) = sequence.other(children.filter(|name| !name.is_empty()))
            && seen.insert((node.name.clone(), what.clone()))
        {
            faults.add(place, format!("`{}` {what}", node.name));
        }
    }
}

impl Sequence {
    /// What is other about some children.
    fn other<'a>(&self, children: impl Iterator<Item = &'a str>) -> Option<String> {
        let mut at = 0;
        let mut met = vec![false; self.children.len()];
        for name in children {
            let Some(place) = self.children.iter().position(|own| own.name == name) else {
                match self.is_open {
                    // Nothing that is named follows what is not.
                    true => at = self.children.len(),
                    false => return Some(format!("holds `{name}`, as in no edition")),
                }
                continue;
            };
            if met[place] && !self.children[place].is_repeated {
                return Some(format!("holds `{name}` twice"));
            }
            let is_among = self.children[place].is_free
                && self.children.get(at).is_some_and(|own| own.is_free);
            if place < at && !is_among {
                return Some(format!("holds `{name}` behind what follows it"));
            }
            met[place] = true;
            at = place;
        }
        let mut missing = self.children.iter().zip(&met);
        let missing = missing.find(|(own, met)| own.is_needed && !**met);
        missing.map(|(own, _)| format!("has no `{}`", own.name))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn elements_stand_in_their_order_and_once() {
        for (text, count) in [
            (
                "<w:p><w:pPr><w:pStyle/><w:jc/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t/></w:r></w:p>",
                0,
            ),
            ("<w:p><w:pPr><w:jc/><w:pStyle/></w:pPr></w:p>", 1),
            ("<w:p><w:pPr><w:jc/><w:jc/></w:pPr></w:p>", 1),
            ("<w:p><w:r/><w:pPr/></w:p>", 1),
            ("<w:tr><w:trPr><w:cantSplit/></w:trPr></w:tr>", 1),
            ("<w:body><w:p/><w:tbl/><w:p/><w:sectPr/></w:body>", 2),
            ("<w:body><w:p/><w:sectPr/><w:p/></w:body>", 2),
            ("<w:tbl><w:tblPr/><w:tblGrid/></w:tbl>", 2),
        ] {
            let text = format!("<w:any xmlns:w='w'>{text}</w:any>");
            let dom = Dom::of_xml(&text, "document.xml").unwrap();
            let mut faults = Faults::default();
            judge(&dom, "", &mut faults);
            assert_eq!(faults.finish().len(), count, "{text}");
        }
    }
}
