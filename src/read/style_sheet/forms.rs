//! The forms of what sheets say: paths and values in which all that themes say in their own ways is alike.

use crate::compose::Kind;

/// Properties whose words are signs that every edition shows alike.
const SIGNS: &[&str] = &["content", "list-style-type"];

/// Elements and classes of kinds of text: themes say the same of all of them.
pub(crate) const SELECTORS: &[(Kind, &[&str])] = &[
    (Kind::Series, &[".series"]),
    (Kind::Title, &["h1"]),
    (Kind::Subtitle, &[".subtitle"]),
    (Kind::Byline, &[".byline"]),
    (Kind::Credit, &[".credit"]),
    (Kind::Date, &[".date"]),
    (Kind::Heading2, &["h2"]),
    (Kind::Heading3, &["h3"]),
    (Kind::Heading4, &["h4"]),
    (Kind::EndHeading, &["h2.end"]),
    (Kind::EndSubheading, &["h3.end"]),
    (Kind::Affiliation, &[".affiliation"]),
    (Kind::Paragraph, &["p"]),
    (Kind::Quote, &[".quote"]),
    (Kind::QuoteSource, &[".source"]),
    (Kind::Pull, &[".pull"]),
    (Kind::ListText, &["li", ".item"]),
    (Kind::Caption, &["caption", ".caption"]),
    (Kind::FigureCredit, &[".image-credit"]),
    (Kind::HeadCell, &["th"]),
    (Kind::RowHead, &[".row-head"]),
    (Kind::Cell, &["td"]),
    (Kind::Note, &[".note"]),
    (Kind::EndMatter, &[".end-matter"]),
];
/// What stands for them in the table.
const ROW: &str = "ROW";

/// Whether a selector is one of a kind of text.
fn is_row_of(selector: &str) -> bool {
    let mut all = SELECTORS.iter();
    all.any(|(_, own)| own.contains(&selector))
}

/// A path as the table has it.
pub(super) fn general(path: &str) -> String {
    let path = masked(path);
    let (around, last) = match path.rsplit_once(" > ") {
        Some((around, last)) => (format!("{around} > "), last),
        None => (String::new(), path.as_str()),
    };
    let ends = [
        " span:lang(*)",
        ":lang(*) em",
        ":lang(*)",
        " em.heavy",
        " em.dotted",
        " em",
        " .acronym",
    ];
    let end = ends.iter().find(|end| last.ends_with(**end));
    let base = end.map_or(last, |end| &last[..last.len() - end.len()]);
    let lists: Vec<&str> = last.split(":is(").collect();
    let is_row = |list: &str| {
        let list = list.trim_end_matches(')');
        list.split(", ")
            .all(|own| is_row_of(own) || own == ":lang(*)" || own == ":lang(*")
    };
    match lists.as_slice() {
        ["", lists @ ..] if lists.iter().all(|list| is_row(list)) => {
            format!("{around}{}", ":is(ROW)".repeat(lists.len()))
        }
        _ if is_row_of(base) => format!("{around}{ROW}{}", end.unwrap_or(&"")),
        _ => path,
    }
}

/// The faces that a value names, one after the other, where it is one that names some by themselves.
pub(super) fn named_faces<'a>(property: &str, value: &'a str) -> Option<&'a str> {
    let is_family =
        property == "font-family" || property.starts_with("--") && property.ends_with("-face");
    match property {
        _ if is_family => (!value.starts_with("var(")).then_some(value),
        // The size stands before them.
        "font" => value.split_once(' ').map(|(_, faces)| faces),
        _ => None,
    }
}

/// The form of a value.
pub(super) fn form(property: &str, value: &str) -> String {
    if let Some(faces) = named_faces(property, value) {
        // A theme may name any face, and a text may need any number.
        let before = &value[..value.len() - faces.len()];
        return masked(before) + "F";
    }
    match SIGNS.contains(&property) {
        true => value.to_owned(),
        false => masked(value),
    }
}

/// A text with its numbers, colours, words and files made alike.
fn masked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '#');
        // A sign stands before a number, and a dash in a name.
        let is_inside = out.strip_suffix('-').unwrap_or(&out).ends_with(is_name);
        let taken = match c {
            '"' | '\'' => {
                let end = rest[1..].find(c).map_or(rest.len(), |at| at + 2);
                out.push('S');
                end
            }
            '#' if !is_inside => {
                let digits = rest[1..].bytes().take_while(u8::is_ascii_hexdigit).count();
                let is_colour = matches!(digits, 3 | 4 | 6 | 8);
                out.push(if is_colour { 'C' } else { '#' });
                if is_colour { digits + 1 } else { 1 }
            }
            _ if rest.starts_with("url(")
                || rest.starts_with("rgba(")
                || rest.starts_with(":lang(") =>
            {
                let end = rest.find(')').map_or(rest.len(), |at| at + 1);
                out.push_str(match c {
                    'u' => "U",
                    'r' => "C",
                    _ => ":lang(*)",
                });
                end
            }
            '0'..='9' | '.' if !is_inside => {
                let length = rest
                    .bytes()
                    .take_while(|byte| byte.is_ascii_digit() || *byte == b'.')
                    .count();
                match rest[..length].parse::<f64>() {
                    Ok(number) if number != 0.0 => out.push('#'),
                    _ => out.push_str(&rest[..length]),
                }
                length
            }
            c => {
                out.push(c);
                c.len_utf8()
            }
        };
        rest = &rest[taken..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_held_by_their_forms() {
        for (value, form) in [
            ("0.3em 0 1.0227em", "#em 0 #em"),
            ("-0.25em", "-#em"),
            ("#8C1C13", "C"),
            ("0.06em solid rgba(128, 128, 128, 0.8)", "#em solid C"),
            ("url(\"fonts/a.ttf\")", "U"),
            ("calc(30.7273em + 2.5rem)", "calc(#em + #rem)"),
            ("\"onum\" 1, \"pnum\" 1", "S #, S #"),
            ("h2.end + h3", "h2.end + h3"),
            ("p:lang(ur)", "p:lang(*)"),
        ] {
            assert_eq!(masked(value), form);
        }
    }
}
