//! What style sheets of editions say: their selectors, and of each its properties with the forms of their values. Whatever else a
//! sheet says, somebody put there. The table is data: `known.txt`.
//!
//! Themes decide lengths, colours, faces and the words of the edges of pages, so that values are held by their form: `#em` for a
//! length, `C` for a colour, `S` for words, `U` for a file, `F` for faces. Where a length may stand, nothing may stand too: themes
//! take spaces and rules away. What a sheet says twice of the same texts is told, and lengths that no shipped theme has are told with
//! what a theme needs for them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use super::super::memo::{LOOKS, Memo};
use super::super::need::Need;
use super::super::spelled::Spelled;
use super::canonical;
use super::forms::{form, general, named_faces};
use super::lengths::{is_one, needed};
use super::paper::pale;
use super::syntax::{block_end, parts, without_comments};

/// The forms of values, by selectors and properties.
type Table = BTreeMap<&'static str, BTreeMap<&'static str, BTreeSet<&'static str>>>;

/// Rules stand in each other at most so deep.
const DEEPEST: usize = 4;
/// So many declarations are more than any edition has.
const MOST: usize = 20_000;
/// So much is told of a sheet.
const MOST_TOLD: usize = 20;
/// What sheets say of several kinds at once and then of one.
const TWICE: &[&str] = &["font-weight", "font-style"];

/// The weights that faces have.
const WEIGHTS: &[&str] = &["400", "600"];
/// What is said of every face.
const OF_FACES: &[&str] = &["font-family", "font-weight", "font-style", "src"];

/// Something that a style sheet says and those of editions do not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StrangeStyle {
    /// The declaration where it stands.
    pub said: String,
    /// What a theme has whose sheets say it.
    pub unless: Option<Need>,
}

/// What sheets say that those of editions do not; the texts are those of one document, in their order.
pub(crate) fn strange(sheets: &[&str]) -> Vec<StrangeStyle> {
    judged(sheets).strange.clone()
}

/// All that a sheet says of texts.
pub(crate) fn spelled(sheet: &str) -> Arc<Vec<Spelled>> {
    Arc::clone(&judged(&[sheet]).spelled)
}

/// What became of the sheets of one document.
#[derive(Debug)]
pub(in crate::read) struct Judged {
    /// What they say that those of editions do not.
    pub(in crate::read) strange: Vec<StrangeStyle>,
    /// All that they say of texts.
    pub(in crate::read) spelled: Arc<Vec<Spelled>>,
}

/// Reads sheets and judges them; the texts are those of one document, in their order.
pub(in crate::read) fn judged(sheets: &[&str]) -> Arc<Judged> {
    static FOUND: Memo<Judged> = Memo::new(LOOKS);
    FOUND.of(sheets, || {
        let mut walk = Walk::default();
        for sheet in sheets {
            walk.block(&without_comments(sheet), &[String::new()], 0);
        }
        let texts = walk.said.iter().filter(|own| own.path != "@font-face");
        let spelled = texts.map(|own| Spelled {
            of: own.path.clone(),
            what: own.property.clone(),
            value: own.value.clone(),
        });
        Judged {
            spelled: Arc::new(spelled.collect()),
            strange: walk.finish(),
        }
    })
}

/// A face as a sheet names it.
#[derive(Debug, Clone, Default)]
pub(in crate::read) struct NamedFace {
    /// The address of its file.
    pub(in crate::read) address: String,
    /// Its family.
    pub(in crate::read) family: String,
    pub(in crate::read) is_bold: bool,
    pub(in crate::read) is_italic: bool,
}

/// The faces that a sheet names, each with its first file.
pub(in crate::read) fn faces(sheet: &str) -> Vec<NamedFace> {
    static FOUND: Memo<Vec<NamedFace>> = Memo::new(LOOKS);
    FOUND.of(&[sheet], || faces_of(sheet)).to_vec()
}

fn faces_of(sheet: &str) -> Vec<NamedFace> {
    // A sheet that names more is none of an edition.
    const MOST_FACES: usize = 100;
    let mut walk = Walk::default();
    walk.block(&without_comments(sheet), &[String::new()], 0);
    let mut faces: BTreeMap<usize, NamedFace> = BTreeMap::new();
    for own in walk.said.iter().filter(|own| own.path == "@font-face") {
        let face = faces.entry(own.rule).or_default();
        match own.property.as_str() {
            "font-family" => unquoted(&own.value).clone_into(&mut face.family),
            "font-weight" => {
                face.is_bold = own.value.parse().is_ok_and(|weight: f64| weight >= 600.0);
            }
            "font-style" => face.is_italic = own.value != "normal",
            "src" => {
                let inside = own.value.split_once("url(").map_or("", |(_, rest)| rest);
                let address = inside.split(')').next().unwrap_or_default();
                unquoted(address).clone_into(&mut face.address);
            }
            _ => {}
        }
    }
    faces.into_values().take(MOST_FACES).collect()
}

/// A declaration where it stands.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    /// The rules around it, the innermost last.
    path: String,
    property: String,
    value: String,
    /// Which rule it stands in.
    rule: usize,
}

#[derive(Default)]
struct Walk {
    said: Vec<Said>,
    rules: usize,
    told: Vec<StrangeStyle>,
}

impl Walk {
    /// The declarations and the rules of a block, which hold under each of some paths.
    fn block(&mut self, text: &str, paths: &[String], depth: usize) {
        let mut rest = text;
        self.rules += 1;
        let rule = self.rules;
        while !rest.trim().is_empty() && self.said.len() < MOST {
            let (at, sign) = stop(rest);
            let piece = rest[..at].trim();
            if sign == Some('{') {
                let inside = &rest[at + 1..];
                let end = block_end(inside);
                self.rule(piece, &inside[..end], paths, depth);
                rest = inside.get(end + 1..).unwrap_or_default();
                continue;
            }
            rest = rest.get(at + 1..).unwrap_or_default();
            match piece.split_once(':') {
                _ if piece.is_empty() => {}
                Some((property, value)) if !piece.starts_with('@') => {
                    self.said.extend(paths.iter().map(|path| Said {
                        path: path.clone(),
                        property: property.trim().to_ascii_lowercase(),
                        value: canonical::value(property.trim(), value),
                        rule,
                    }));
                }
                // What every sheet is in that says nothing of it (CSS Syntax 3, 3.2).
                _ if depth == 0 && piece.eq_ignore_ascii_case("@charset \"utf-8\"") => {}
                _ => self.tell(piece.to_owned(), None),
            }
        }
    }

    fn rule(&mut self, prelude: &str, inside: &str, paths: &[String], depth: usize) {
        if depth >= DEEPEST || self.said.len() >= MOST {
            return self.tell(prelude.to_owned(), None);
        }
        let own: Vec<String> = match prelude.starts_with('@') {
            true => vec![canonical::condition(prelude)],
            false => parts(prelude, ',')
                .into_iter()
                .map(canonical::selector)
                .collect(),
        };
        let under = |path: &String| -> Vec<String> {
            let own = own.iter();
            own.map(|own| match path.as_str() {
                "" => own.clone(),
                path => format!("{path} > {own}"),
            })
            .collect()
        };
        let all: Vec<String> = paths.iter().flat_map(under).take(MOST).collect();
        self.block(inside, &all, depth + 1);
    }

    fn tell(&mut self, said: String, unless: Option<Need>) {
        let told = StrangeStyle { said, unless };
        let alike = self.told.iter();
        let alike = alike.filter(|own| own.unless.is_some() == unless.is_some());
        if alike.count() < MOST_TOLD && !self.told.contains(&told) {
            self.told.push(told);
        }
    }

    fn finish(mut self) -> Vec<StrangeStyle> {
        let faces = self.faces();
        let said = std::mem::take(&mut self.said);
        let all = said.iter();
        let all = all.map(|own| (own.rule, own.property.as_str(), own.value.as_str()));
        for (name, value) in pale(all) {
            let told = format!("{name}: {value}, which is hardly seen on its --paper");
            self.tell(told, None);
        }
        let mut before: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for own in &said {
            let form = form(&own.property, &own.value);
            let path = general(&own.path);
            let known = table()
                .get(path.as_str())
                .and_then(|of| of.get(own.property.as_str()));
            let shown = || {
                let value: String = own.value.chars().take(80).collect();
                format!("{} {{ {}: {value} }}", own.path, own.property)
            };
            let is_face = own.path == "@font-face";
            let is_weight =
                !is_face || own.property != "font-weight" || WEIGHTS.contains(&own.value.as_str());
            let is_plain = is_weight && !own.value.contains("!important");
            let is_known =
                is_plain && known.is_some_and(|forms| is_one(&own.property, &form, forms));
            let named = named_faces(&own.property, &own.value);
            let has_file = is_face || named.is_none_or(|named| is_of(named, &faces));
            let unless = needed(&own.property, &own.value);
            if !(is_known && has_file) {
                self.tell(shown(), None);
            } else if unless.is_some() {
                self.tell(shown(), unless);
            } else if !is_face && !TWICE.contains(&own.property.as_str()) {
                let key = (own.path.as_str(), own.property.as_str());
                match before.insert(key, own.rule) {
                    Some(rule) if rule != own.rule => {
                        self.tell(format!("{}, once more", shown()), None);
                    }
                    _ => {}
                }
            }
        }
        self.told
    }

    /// The faces that the sheets have files for; telling two of one name, weight and slant.
    fn faces(&mut self) -> BTreeSet<String> {
        let mut faces: BTreeMap<usize, BTreeMap<&str, &str>> = BTreeMap::new();
        for own in self.said.iter().filter(|own| own.path == "@font-face") {
            let face = faces.entry(own.rule).or_default();
            face.insert(own.property.as_str(), own.value.as_str());
        }
        let mut seen = BTreeSet::new();
        let mut twice = Vec::new();
        for face in faces.values() {
            if let Some(unsaid) = OF_FACES.iter().find(|own| !face.contains_key(**own)) {
                let name = face.get("font-family").copied().unwrap_or_default();
                twice.push(format!(
                    "@font-face {{ font-family: {name} }} without its {unsaid}"
                ));
            }
            let key = ["font-family", "font-weight", "font-style"].map(|name| face.get(name));
            if !seen.insert(key) {
                let name = face.get("font-family").copied().unwrap_or_default();
                twice.push(format!("@font-face {{ font-family: {name} }}, once more"));
            }
        }
        let names = faces.values().filter_map(|face| face.get("font-family"));
        let names = names.map(|name| unquoted(name).to_owned()).collect();
        twice.into_iter().for_each(|told| self.tell(told, None));
        names
    }
}

/// Where the next declaration ends or the next rule begins, outside of words and brackets.
fn stop(text: &str) -> (usize, Option<char>) {
    let (mut depth, mut quote, mut is_escaped) = (0_usize, None, false);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            _ if is_escaped => is_escaped = false,
            (_, '\\') => is_escaped = true,
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(' | '[') => depth += 1,
            (None, ')' | ']') => depth = depth.saturating_sub(1),
            (None, '{' | ';') if depth == 0 => return (at, Some(c)),
            _ => {}
        }
    }
    (text.len(), None)
}

fn unquoted(name: &str) -> &str {
    name.trim().trim_matches(['"', '\''])
}

/// Whether one of some faces is one that the sheets have a file for, where they have any. Of a face that no letter needs there is no
/// file, and what stands in for it is serif or not.
fn is_of(value: &str, faces: &BTreeSet<String>) -> bool {
    let names: Vec<&str> = parts(value, ',').into_iter().map(str::trim).collect();
    let first = names.first().copied().unwrap_or_default();
    let is_generic =
        matches!(first, "inherit" | "serif" | "sans-serif") || first.starts_with("var(");
    let has_end = matches!(names.last(), Some(&("serif" | "sans-serif")));
    let is_unused = has_end && first.starts_with(['"', '\'']);
    let has_file = names.iter().any(|name| faces.contains(unquoted(name)));
    faces.is_empty() || is_generic || is_unused || has_file
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Table::new();
        let mut path = "";
        for line in include_str!("known.txt").lines() {
            match line.strip_prefix("  ") {
                _ if line.starts_with("//") || line.is_empty() => {}
                None => path = line,
                Some(declaration) => {
                    if let Some((property, form)) = declaration.split_once(": ") {
                        let of = table.entry(path).or_default();
                        of.entry(property).or_default().insert(form);
                    }
                }
            }
        }
        table
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn hostile_sheets_end() {
        for text in [
            "{",
            "}",
            "a{",
            "@media{{{{",
            "a[",
            "\\",
            "a{b:'",
            "x{y:z;;;}",
            "a,b{",
            "#",
            ".",
        ] {
            strange(&[&text.repeat(2000), text]);
        }
    }
}
