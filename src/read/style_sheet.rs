//! Style sheets, as far as they hide text, show it otherwise, or write words of their own (CSS 2.2; Selectors 4).
//!
//! Only declarations of the properties in [`WATCHED`] are kept. Rules for other media than the screen, or under a condition, may
//! hide and may not colour: what is hidden for some readers is hidden.

use std::cell::Cell;

use super::dom::{Dom, NodeId};

/// The properties that are looked at.
const WATCHED: &[&str] = &[
    "background",
    "background-color",
    "bottom",
    "clip",
    "clip-path",
    "color",
    "content",
    "content-visibility",
    "display",
    "flex-direction",
    "font",
    "font-size",
    "height",
    "left",
    "list-style",
    "list-style-type",
    "margin-inline-start",
    "margin-left",
    "margin-top",
    "max-height",
    "max-width",
    "opacity",
    "overflow",
    "position",
    "right",
    "text-decoration",
    "text-decoration-line",
    "text-indent",
    "text-transform",
    "top",
    "transform",
    "unicode-bidi",
    "visibility",
    "width",
    "-webkit-text-fill-color",
    "-webkit-text-security",
];
/// Rules stand in each other at most so deep.
const DEEPEST: usize = 16;
/// So many tests are more than any honest document asks for.
const MOST_WORK: usize = 50_000_000;
/// So many rules are more than any honest sheet has.
const MOST: usize = 20_000;

/// The rules of all sheets of a document, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct StyleSheet {
    rules: Vec<Rule>,
    /// Custom properties, by their names.
    custom: Vec<(String, String)>,
    /// How many tests were made.
    work: Cell<usize>,
}

#[derive(Debug, Clone)]
struct Rule {
    selector: Selector,
    declarations: Vec<Declaration>,
    is_conditional: bool,
}

/// A declaration of a watched property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Declaration {
    pub(super) property: String,
    pub(super) value: String,
    is_important: bool,
}

/// What of an element a rule is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// All of it.
    Whole,
    /// Words before or behind its own.
    Generated,
    /// Its first letter or line.
    Part,
}

/// Compound selectors, the last first, each with how the one before it in this list stands to it.
#[derive(Debug, Clone)]
struct Selector {
    compounds: Vec<(Compound, Combinator)>,
    target: Target,
    specificity: (u32, u32, u32),
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

/// What the rules say of an element, the strongest last.
#[derive(Debug, Clone, Default)]
pub(super) struct Matched<'a> {
    /// Of rules that always hold.
    pub(super) always: Vec<(Target, &'a Declaration)>,
    /// Of rules that hold for some readers.
    pub(super) sometimes: Vec<(Target, &'a Declaration)>,
}

impl StyleSheet {
    /// Reads a sheet behind those before it.
    pub(super) fn add(&mut self, text: &str) {
        let text = without_comments(text);
        self.rules_of(&text, false, 0);
    }

    /// Whether it says nothing that is looked at.
    pub(super) fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Whether so much was asked of it that it was followed no longer.
    pub(super) fn is_exhausted(&self) -> bool {
        self.work.get() >= MOST_WORK
    }

    /// The declarations of a `style` attribute.
    pub(super) fn inline(text: &str) -> Vec<Declaration> {
        declarations(&without_comments(text)).0
    }

    /// A value with its custom properties put in.
    pub(super) fn resolved(&self, value: &str) -> String {
        let mut value = value.to_owned();
        for _ in 0..8 {
            let Some(at) = value.find("var(") else {
                break;
            };
            let rest = &value[at + 4..];
            let Some(end) = closing(rest) else {
                break;
            };
            let (name, other) = rest[..end].split_once(',').unwrap_or((&rest[..end], ""));
            let custom = self.custom.iter().rev().find(|(own, _)| own == name.trim());
            let put = custom
                .map_or(other.trim(), |(_, value)| value.as_str())
                .to_owned();
            value.replace_range(at..at + 4 + end + 1, &put);
            if value.len() > 4096 {
                break;
            }
        }
        value
    }

    /// What the rules say of an element.
    pub(super) fn matched(&self, dom: &Dom, id: NodeId) -> Matched<'_> {
        let is_meant =
            |rule: &&Rule| !self.is_exhausted() && rule.selector.matches(dom, id, &self.work);
        let matching = self.rules.iter().filter(is_meant);
        let mut rules: Vec<&Rule> = matching.collect();
        rules.sort_by_key(|rule| rule.selector.specificity);
        let mut matched = Matched::default();
        for important in [false, true] {
            for rule in &rules {
                let own = rule.declarations.iter();
                let own = own.filter(|declaration| declaration.is_important == important);
                let own = own.map(|declaration| (rule.selector.target, declaration));
                match rule.is_conditional {
                    true => matched.sometimes.extend(own),
                    false => matched.always.extend(own),
                }
            }
        }
        matched
    }

    fn rules_of(&mut self, text: &str, is_conditional: bool, depth: usize) {
        let mut rest = text;
        while let Some(open) = rest.find(['{', ';']) {
            let prelude = rest[..open].trim();
            if rest.as_bytes()[open] == b';' {
                rest = &rest[open + 1..];
                continue;
            }
            let inside = &rest[open + 1..];
            let end = block_end(inside);
            let block = &inside[..end];
            rest = inside.get(end + 1..).unwrap_or_default();
            if depth > DEEPEST || self.rules.len() > MOST {
                return;
            }
            if let Some(at) = prelude.strip_prefix('@') {
                let name = at
                    .split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
                    .next();
                let name = name.unwrap_or_default().to_ascii_lowercase();
                if matches!(
                    name.as_str(),
                    "media" | "supports" | "layer" | "container" | "scope"
                ) {
                    let plain = ["@media screen", "@media all", "@layer"];
                    let always = plain.iter().any(|own| prelude.eq_ignore_ascii_case(own))
                        || name == "layer";
                    self.rules_of(block, is_conditional || !always, depth + 1);
                }
                continue;
            }
            let (own, custom) = declarations(block);
            if !is_conditional {
                self.custom.extend(custom);
            }
            if own.is_empty() {
                continue;
            }
            for selector in parts(prelude, ',')
                .iter()
                .filter_map(|one| Selector::parse(one))
            {
                self.rules.push(Rule {
                    selector,
                    declarations: own.clone(),
                    is_conditional,
                });
            }
        }
    }
}

/// Where a block ends that begins here.
fn block_end(text: &str) -> usize {
    let mut depth = 0;
    let mut quote = None;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            _ if escaped => escaped = false,
            (_, b'\\') => escaped = true,
            (Some(open), byte) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'{') => depth += 1,
            (None, b'}') if depth == 0 => return at,
            (None, b'}') => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

/// Where the bracket closes that was opened before this.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(at),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}

fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find("/*") {
        out.push_str(&rest[..open]);
        out.push(' ');
        let inside = &rest[open + 2..];
        rest = inside.find("*/").map_or("", |end| &inside[end + 2..]);
    }
    out.push_str(rest);
    out
}

/// Parts of a text between signs that stand in no brackets or quotation marks.
fn parts(text: &str, sign: char) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut from, mut depth, mut quote) = (0, 0_i32, None);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(' | '[') => depth += 1,
            (None, ')' | ']') => depth -= 1,
            (None, c) if c == sign && depth == 0 => {
                found.push(&text[from..at]);
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    found.push(&text[from..]);
    found
}

/// The watched declarations of a block, and its custom properties.
fn declarations(block: &str) -> (Vec<Declaration>, Vec<(String, String)>) {
    let (mut own, mut custom) = (Vec::new(), Vec::new());
    for part in parts(block, ';') {
        let Some((property, value)) = part.split_once(':') else {
            continue;
        };
        let (property, value) = (property.trim().to_ascii_lowercase(), value.trim());
        if property.starts_with("--") {
            custom.push((property, value.to_owned()));
            continue;
        }
        let lower = value.to_ascii_lowercase();
        let plain = lower.strip_suffix("important").map(str::trim_end);
        let plain = plain.and_then(|value| value.strip_suffix('!'));
        if WATCHED.contains(&property.as_str()) {
            own.push(Declaration {
                property,
                value: match plain {
                    Some(plain) => value[..plain.len()].trim().to_owned(),
                    None => value.to_owned(),
                },
                is_important: plain.is_some(),
            });
        }
    }
    (own, custom)
}

impl Selector {
    fn parse(text: &str) -> Option<Self> {
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

    fn matches(&self, dom: &Dom, id: NodeId, work: &Cell<usize>) -> bool {
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
                        "before" | "after" | "marker" => target = Target::Generated,
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
            Test::Root => dom.parent(id) == Some(super::dom::ROOT),
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
        "not" => Test::Not(compounds()),
        "is" | "where" | "matches" | "-webkit-any" => Test::Is(compounds()),
        "link" | "any-link" => Test::Attribute("href".to_owned(), Match::Has, String::new()),
        "hover" | "focus" | "focus-visible" | "focus-within" | "active" | "visited" | "target"
        | "checked" | "disabled" | "empty" => Test::Never,
        // Of what is counted or asked of a language, any element may be meant.
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    const BODY: &str = "<body><div class='a b' id=x><p>one</p><p lang=fr>two <em>three</em></p></div><p>four</p></body>";

    fn hidden(sheet: &str) -> Vec<String> {
        let dom = Dom::of_html(BODY.as_bytes());
        let mut rules = StyleSheet::default();
        rules.add(sheet);
        let ids = dom.descendants(super::super::dom::ROOT);
        let hit = ids.filter(|id| {
            let matched = rules.matched(&dom, *id);
            matched.always.iter().any(|(of, _)| *of == Target::Whole)
        });
        hit.map(|id| dom.words(id).trim().to_owned()).collect()
    }

    #[test]
    fn selectors_find_what_they_mean() {
        for (selector, found) in [
            ("p", &["one", "two three", "four"][..]),
            ("div p:first-child", &["one"]),
            ("div > em", &[]),
            ("div em", &["three"]),
            ("#x.b > p + p", &["two three"]),
            ("[lang|=\"fr\"], h1", &["two three"]),
            ("p:not([lang])", &["one", "four"]),
            ("div ~ p", &["four"]),
            ("p:hover", &[]),
            (":is(em, h1)", &["three"]),
            ("body > :last-child", &["four"]),
        ] {
            assert_eq!(
                hidden(&format!("{selector} {{ display: none }}")),
                found,
                "{selector}"
            );
        }
        assert_eq!(
            hidden("p::before { content: 'x' } p { margin: 0 }"),
            [""; 0]
        );
        assert_eq!(
            hidden("/* p { display: none } */ @media print { p { display: none } }"),
            [""; 0]
        );
    }

    #[test]
    fn the_strongest_declaration_comes_last_and_custom_properties_are_put_in() {
        let dom = Dom::of_html(BODY.as_bytes());
        let mut rules = StyleSheet::default();
        rules.add(
            ":root{--ink:#111} #x p{color:red} p{color:blue!important} p{color:var(--ink, #222)}",
        );
        let id = dom.first("p").unwrap();
        let matched = rules.matched(&dom, id);
        let values: Vec<&str> = matched
            .always
            .iter()
            .map(|(_, d)| d.value.as_str())
            .collect();
        assert_eq!(values, ["var(--ink, #222)", "red", "blue"]);
        assert_eq!(rules.resolved(values[0]), "#111");
        assert_eq!(rules.resolved("var(--none, #222)"), "#222");
    }

    #[test]
    fn hostile_sheets_end() {
        for text in [
            "{",
            "}",
            "a{",
            "@media",
            "@media{{{{",
            "a[",
            "a:not(",
            "\\",
            "a{b:'",
            "x{y:z;;;}",
        ] {
            let mut rules = StyleSheet::default();
            rules.add(&text.repeat(2000));
            rules.add(text);
        }
    }
}
