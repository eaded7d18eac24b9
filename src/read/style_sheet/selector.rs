//! Selectors: which elements a rule is for (Selectors 4).

use std::cell::Cell;

use super::super::dom::{Dom, NodeId, ROOT};
use super::syntax::{closing, parts};

/// So many tests are more than any honest document asks for.
pub(super) const MOST_WORK: usize = 50_000_000;

/// What of an element a rule is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum Target {
    /// All of it.
    Whole,
    /// Words before or behind its own.
    Generated,
    /// The label of an item of a list.
    Marker,
    /// Its first letter or line.
    Part,
}

/// What an element must have for a rule to be for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key<'a> {
    Class(&'a str),
    /// A name, in lower case.
    Element(&'a str),
    Any,
}

/// Compound selectors, the last first, each with how the one before it in this list stands to it.
#[derive(Debug, Clone)]
pub(super) struct Selector {
    compounds: Vec<(Compound, Combinator)>,
    pub(super) target: Target,
    pub(super) specificity: (u32, u32, u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Combinator {
    Descendant,
    Child,
    Next,
    Later,
}

#[derive(Debug, Clone, Default)]
struct Compound {
    tests: Vec<Test>,
}

#[derive(Debug, Clone)]
enum Test {
    Element(String),
    Id(String),
    Class(String),
    Attribute(String, Match, String),
    First,
    Last,
    Root,
    /// Languages, one of which is that of the element (Selectors 4, 11.2).
    Language(Vec<String>),
    Not(Vec<Compound>),
    Is(Vec<Compound>),
    /// A state that a page has not when it is opened, such as `:hover`.
    Never,
}

#[derive(Debug, Clone, Copy)]
enum Match {
    Has,
    Is,
    Word,
    Prefix,
    Suffix,
    Part,
    Dash,
}
impl Selector {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut compounds: Vec<(Compound, Combinator)> = Vec::new();
        let mut specificity = (0, 0, 0);
        let mut target = Target::Whole;
        let mut combinator = Combinator::Descendant;
        let mut rest = text.trim();
        while !rest.is_empty() {
            let sign = rest.chars().next()?;
            let known = match sign {
                '>' => Some(Combinator::Child),
                '+' => Some(Combinator::Next),
                '~' => Some(Combinator::Later),
                _ => None,
            };
            if let Some(known) = known {
                combinator = known;
                rest = rest[1..].trim_start();
                continue;
            }
            let (compound, left, of) = Compound::parse(rest, &mut specificity)?;
            if of != Target::Whole {
                target = of;
            }
            compounds.push((compound, combinator));
            combinator = Combinator::Descendant;
            rest = left.trim_start();
        }
        compounds.reverse();
        (!compounds.is_empty()).then_some(Self {
            compounds,
            target,
            specificity,
        })
    }

    /// What every element has that it is for: the most telling that its last compound asks for.
    pub(super) fn key(&self) -> Key<'_> {
        let tests = || self.compounds[0].0.tests.iter();
        let class = tests().find_map(|test| match test {
            Test::Class(name) => Some(Key::Class(name)),
            _ => None,
        });
        let element = || {
            tests().find_map(|test| match test {
                Test::Element(name) => Some(Key::Element(name)),
                _ => None,
            })
        };
        class.or_else(element).unwrap_or(Key::Any)
    }

    pub(super) fn matches(&self, dom: &Dom, id: NodeId, work: &Cell<usize>) -> bool {
        work.set(work.get() + 1);
        self.compounds[0].0.matches(dom, id) && self.before(dom, id, 0, work)
    }

    /// Whether what stands before a compound in the selector holds for an element that matched it.
    fn before(&self, dom: &Dom, id: NodeId, at: usize, work: &Cell<usize>) -> bool {
        let Some((compound, _)) = self.compounds.get(at + 1) else {
            return true;
        };
        let on = |id: NodeId| {
            work.set(work.get() + 1);
            work.get() >= MOST_WORK
                || compound.matches(dom, id) && self.before(dom, id, at + 1, work)
        };
        match self.compounds[at].1 {
            Combinator::Child => dom.parent(id).is_some_and(on),
            Combinator::Descendant => {
                let mut up = std::iter::successors(dom.parent(id), |id| dom.parent(*id));
                up.any(on)
            }
            Combinator::Next => dom.siblings_before(id).next().is_some_and(on),
            Combinator::Later => dom.siblings_before(id).any(on),
        }
    }
}

impl Compound {
    /// Reads a compound; gives it with what follows.
    fn parse<'t>(text: &'t str, weight: &mut (u32, u32, u32)) -> Option<(Self, &'t str, Target)> {
        let mut tests = Vec::new();
        let mut target = Target::Whole;
        let mut rest = text;
        while let Some(sign) = rest.chars().next() {
            match sign {
                c if c.is_whitespace() || matches!(c, '>' | '+' | '~') => break,
                '*' => rest = &rest[1..],
                '#' => {
                    let (name, left) = identifier(&rest[1..])?;
                    weight.0 += 1;
                    tests.push(Test::Id(name));
                    rest = left;
                }
                '.' => {
                    let (name, left) = identifier(&rest[1..])?;
                    weight.1 += 1;
                    tests.push(Test::Class(name));
                    rest = left;
                }
                '[' => {
                    let end = rest.find(']')?;
                    weight.1 += 1;
                    tests.push(attribute(&rest[1..end])?);
                    rest = &rest[end + 1..];
                }
                ':' => {
                    let is_element = rest.starts_with("::");
                    let (name, left) = identifier(rest.trim_start_matches(':'))?;
                    let (argument, left) = match left.strip_prefix('(') {
                        Some(inside) => {
                            let end = closing(inside)?;
                            (&inside[..end], &inside[end + 1..])
                        }
                        None => ("", left),
                    };
                    rest = left;
                    let name = name.to_ascii_lowercase();
                    match name.as_str() {
                        "before" | "after" => target = Target::Generated,
                        "marker" => target = Target::Marker,
                        "first-letter" | "first-line" => target = Target::Part,
                        // Parts that no text of the document is in.
                        _ if is_element => tests.push(Test::Never),
                        _ => {
                            weight.1 += 1;
                            tests.extend(pseudo(&name, argument)?);
                        }
                    }
                }
                '|' => rest = &rest[1..],
                _ => {
                    let (name, left) = identifier(rest)?;
                    weight.2 += 1;
                    // A prefix of a namespace is no name.
                    match left.strip_prefix('|') {
                        Some(left) => rest = left,
                        None => {
                            tests.push(Test::Element(name.to_ascii_lowercase()));
                            rest = left;
                        }
                    }
                }
            }
        }
        Some((Self { tests }, rest, target))
    }

    fn matches(&self, dom: &Dom, id: NodeId) -> bool {
        let node = dom.node(id);
        if node.name.is_empty() {
            return false;
        }
        let any = |all: &[Self]| all.iter().any(|one| one.matches(dom, id));
        self.tests.iter().all(|test| match test {
            Test::Element(name) => node.name.eq_ignore_ascii_case(name),
            Test::Id(own) => node.attribute("id") == Some(own),
            Test::Class(own) => node.says("class", own),
            Test::Attribute(name, how, value) => {
                let found = node.attribute(name);
                found.is_some_and(|own| how.holds(own, value))
            }
            Test::First => dom.siblings_before(id).next().is_none(),
            Test::Last => dom.siblings_after(id).next().is_none(),
            Test::Root => dom.parent(id) == Some(ROOT),
            Test::Language(all) => {
                // No edition stands elements deeper in each other.
                let around = std::iter::successors(Some(id), |id| dom.parent(*id));
                let mut around = around.take(64);
                let own = around.find_map(|id| {
                    let node = dom.node(id);
                    node.attribute("lang").or(node.attribute("xml:lang"))
                });
                let own = own.unwrap_or_default().to_ascii_lowercase();
                all.iter().any(|language| Match::Dash.holds(&own, language))
            }
            Test::Not(all) => !any(all),
            Test::Is(all) => any(all),
            Test::Never => false,
        })
    }
}

impl Match {
    fn holds(self, own: &str, value: &str) -> bool {
        match self {
            Self::Has => true,
            Self::Is => own == value,
            Self::Word => own.split_ascii_whitespace().any(|word| word == value),
            Self::Prefix => !value.is_empty() && own.starts_with(value),
            Self::Suffix => !value.is_empty() && own.ends_with(value),
            Self::Part => !value.is_empty() && own.contains(value),
            Self::Dash => {
                own == value
                    || own
                        .strip_prefix(value)
                        .is_some_and(|rest| rest.starts_with('-'))
            }
        }
    }
}

fn attribute(text: &str) -> Option<Test> {
    let Some(at) = text.find('=') else {
        let name = text.trim().replace(['|', '\\'], ":").replace("::", ":");
        return Some(Test::Attribute(name, Match::Has, String::new()));
    };
    let (name, how) = match text[..at].chars().last()? {
        '~' => (&text[..at - 1], Match::Word),
        '^' => (&text[..at - 1], Match::Prefix),
        '$' => (&text[..at - 1], Match::Suffix),
        '*' => (&text[..at - 1], Match::Part),
        '|' => (&text[..at - 1], Match::Dash),
        _ => (&text[..at], Match::Is),
    };
    let value = text[at + 1..].trim();
    // A flag may stand behind the quotation marks.
    let value = match value.strip_prefix(['"', '\'']) {
        Some(quoted) => quoted.split(['"', '\'']).next().unwrap_or_default(),
        None => value,
    };
    let name = name.trim().replace(['|', '\\'], ":").replace("::", ":");
    Some(Test::Attribute(name, how, value.to_owned()))
}

/// The tests of a pseudo-class; none where this one cannot be told, and its rule is passed over as browsers pass over what they
/// do not know.
fn pseudo(name: &str, argument: &str) -> Option<Vec<Test>> {
    let compounds = || -> Vec<Compound> {
        let all = parts(argument, ',');
        let all = all.iter();
        let all = all.filter_map(|one| Compound::parse(one.trim(), &mut (0, 0, 0)));
        all.map(|(compound, ..)| compound).collect()
    };
    Some(vec![match name {
        "first-child" => Test::First,
        "last-child" => Test::Last,
        "only-child" => return Some(vec![Test::First, Test::Last]),
        "root" | "scope" => Test::Root,
        "lang" => {
            let languages = argument.split(',');
            let languages = languages.map(|one| one.trim().trim_matches(['"', '\'']));
            Test::Language(languages.map(str::to_ascii_lowercase).collect())
        }
        "not" => Test::Not(compounds()),
        "is" | "where" | "matches" | "-webkit-any" => Test::Is(compounds()),
        "link" | "any-link" => Test::Attribute("href".to_owned(), Match::Has, String::new()),
        "hover" | "focus" | "focus-visible" | "focus-within" | "active" | "visited" | "target"
        | "checked" | "disabled" | "empty" => Test::Never,
        // Of what is counted, any element may be meant.
        _ => return Some(Vec::new()),
    }])
}

fn identifier(text: &str) -> Option<(String, &str)> {
    let mut name = String::new();
    let mut characters = text.char_indices();
    let mut end = text.len();
    while let Some((at, c)) = characters.next() {
        match c {
            '\\' => name.push(characters.next()?.1),
            c if c.is_alphanumeric() || c == '-' || c == '_' => name.push(c),
            _ => {
                end = at;
                break;
            }
        }
    }
    (!name.is_empty()).then(|| (name, &text[end..]))
}
