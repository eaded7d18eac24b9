//! What sheets say, written in one of the ways that mean the same: programs that pack sheets take out spaces and change letters, and
//! that changes nothing (CSS Syntax 3; CSS Color 4, 5; CSS Values 4, 6).

use super::super::contrast::of_digits;

/// A value, as sheets of editions write it.
pub(super) fn value(property: &str, text: &str) -> String {
    let text = spaced(text, &[]);
    // Words and addresses stand as they are.
    if text.contains(['"', '\'']) || text.contains("url(") {
        return text;
    }
    let text = with_digits(text);
    let words: Vec<String> = text.split(' ').map(|own| word(property, own)).collect();
    let sides = ["margin", "padding"];
    let is_of_sides = sides.iter().any(|own| property.eq_ignore_ascii_case(own));
    match words.as_slice() {
        // A theme may take away both sides that two values are of.
        [top, end, bottom, start] if is_of_sides && end == start => {
            match top == end && top == bottom {
                true => top.clone(),
                false => [top, end, bottom].map(String::as_str).join(" "),
            }
        }
        _ => words.join(" "),
    }
}

/// A selector, as sheets of editions write it.
pub(super) fn selector(text: &str) -> String {
    let text = spaced(text, &['>', '+', '~']);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    // The value of an attribute stands in quotation marks.
    while let Some((before, inside)) = rest.split_once('[') {
        let (inside, after) = inside.split_once(']').unwrap_or((inside, ""));
        out.push_str(before);
        out.push('[');
        match inside.split_once('=') {
            Some((name, value)) if !value.starts_with(['"', '\'']) => {
                out.push_str(&format!("{name}=\"{value}\""));
            }
            Some((name, value)) => {
                out.push_str(&format!("{name}=\"{}\"", value.trim_matches(['"', '\''])));
            }
            None => out.push_str(inside),
        }
        out.push(']');
        rest = after;
    }
    out + rest
}

/// The head of a rule for some readers.
pub(super) fn condition(text: &str) -> String {
    let text = spaced(text, &[]);
    let mut out = String::with_capacity(text.len() + 2);
    let mut letters = text.chars().peekable();
    let mut is_name = text.starts_with('@');
    while let Some(c) = letters.next() {
        if is_name && !matches!(c, '@' | '-') && !c.is_alphanumeric() {
            is_name = false;
            if c == '(' {
                out.push(' ');
            }
        }
        out.push(c);
        if c == ':' {
            while letters.next_if(|next| *next == ' ').is_some() {}
            out.push(' ');
        }
    }
    out
}

/// A text with one space where it has white space, one behind each comma, and some around these signs; none of that in words and
/// addresses, and signs in brackets are no signs.
fn spaced(text: &str, signs: &[char]) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut depth, mut quote, mut address) = (0_usize, None, false);
    // A space waits until it is known what stands behind it.
    let mut waits = false;
    for c in text.trim().chars() {
        if let Some(open) = quote {
            out.push(c);
            quote = (c != open).then_some(open);
            continue;
        }
        if address {
            out.push(c);
            address = c != ')';
            continue;
        }
        let is_sign = depth == 0 && signs.contains(&c);
        match c {
            _ if c.is_whitespace() => {
                waits = true;
                continue;
            }
            ',' => {
                out.push(c);
                waits = true;
                continue;
            }
            _ if is_sign => {
                out.push(' ');
                out.push(c);
                waits = true;
                continue;
            }
            _ => {}
        }
        if std::mem::take(&mut waits) && !out.is_empty() {
            out.push(' ');
        }
        match c {
            '"' | '\'' => quote = Some(c),
            '(' => {
                address = out.ends_with("url");
                depth += usize::from(!address);
            }
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        out.push(c);
    }
    out
}

/// A text whose colours are in hexadecimal digits.
fn with_digits(text: String) -> String {
    let Some((before, inside)) = text.split_once("rgb(") else {
        return text;
    };
    let Some((inside, after)) = inside.split_once(')') else {
        return text;
    };
    let parts: Vec<u8> = inside
        .split(',')
        .filter_map(|part| part.trim().parse().ok())
        .collect();
    match parts.as_slice() {
        [red, green, blue] if inside.split(',').count() == 3 => {
            format!("{before}#{red:02X}{green:02X}{blue:02X}{after}")
        }
        _ => text,
    }
}

/// A word of a value.
fn word(property: &str, own: &str) -> String {
    const UNITS: &[&str] = &["em", "rem", "ex", "ch", "px", "pt", "vh", "vw", "%"];
    match own {
        "normal" if property.eq_ignore_ascii_case("font-weight") => return "400".to_owned(),
        "bold" if property.eq_ignore_ascii_case("font-weight") => return "700".to_owned(),
        _ => {}
    }
    if let Some(digits) = own.strip_prefix('#') {
        let digits = match of_digits(digits) {
            Some(_) if digits.len() == 3 => digits.chars().flat_map(|c| [c, c]).collect(),
            _ => digits.to_owned(),
        };
        return format!("#{}", digits.to_uppercase());
    }
    let number = UNITS.iter().find_map(|unit| own.strip_suffix(unit));
    let is_nothing = number.is_some_and(|number| number.parse() == Ok(0.0));
    if is_nothing {
        "0".to_owned()
    } else {
        own.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_the_same_is_written_alike() {
        for (property, one, other) in [
            ("color", "#8c1c13", "#8C1C13"),
            ("color", "rgb(140, 28, 19)", "#8C1C13"),
            ("color", "#fff", "#FFFFFF"),
            ("font-weight", "normal", "400"),
            ("text-indent", "0em", "0"),
            ("margin", "0 0 0 0", "0"),
            ("margin", "0 5% 0 5%", "0 5% 0"),
            ("padding", "0px 0", "0 0"),
            ("font-family", "\"A  b\",serif", "\"A  b\", serif"),
            (
                "border",
                "1em  solid rgba(1,2,3,.8)",
                "1em solid rgba(1, 2, 3, .8)",
            ),
        ] {
            assert_eq!(value(property, one), value(property, other));
        }
        assert_eq!(value("content", "\"a,b\""), "\"a,b\"");
        assert_eq!(value("src", "url(data:a,b)"), "url(data:a,b)");
        assert_eq!(condition("@media(a:b)"), "@media (a: b)");
        assert_eq!(condition("@supports not (a: b)"), "@supports not (a: b)");
        assert_eq!(selector("h2+.a"), "h2 + .a");
        assert_eq!(selector(".a>b:not(.c~d)"), ".a > b:not(.c~d)");
        assert_eq!(selector("a[role=doc-x]  b"), "a[role=\"doc-x\"] b");
        assert_eq!(selector(":is(p,.q):lang(zh)"), ":is(p, .q):lang(zh)");
    }
}
