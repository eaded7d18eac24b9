//! The values of style sheets that are worked out: lengths, proportions, colours, words (CSS Values 4; CSS Color 4).

/// Red, green, blue and how much of it is seen, from 0 to 1.
pub(super) type Colour = [f64; 4];
/// A length in pixels; per cents are of the size given.
pub(in crate::read) fn length(value: &str, size: f64) -> Option<f64> {
    let value = value.trim();
    let at = value
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+')))
        .unwrap_or(value.len());
    let number: f64 = value[..at].parse().ok()?;
    let unit = match &value[at..] {
        "px" => 1.0,
        "em" | "lh" => size,
        "ex" | "ch" => size / 2.0,
        "rem" | "rlh" => 16.0,
        "%" => size / 100.0,
        "pt" => 4.0 / 3.0,
        "pc" => 16.0,
        "in" => 96.0,
        "cm" => 37.8,
        "mm" => 3.78,
        "vw" | "vh" | "vmin" | "vmax" | "vi" | "vb" => 8.0,
        "" if number == 0.0 => 1.0,
        _ => return None,
    };
    Some(number * unit)
}

pub(super) fn proportion(value: &str) -> Option<f64> {
    match value.strip_suffix('%') {
        Some(value) => value.trim().parse::<f64>().ok().map(|own| own / 100.0),
        None => value.parse().ok(),
    }
}

/// A colour; none for what is not known here.
pub(super) fn colour(value: &str) -> Option<Colour> {
    const NAMED: [(&str, u32); 17] = [
        ("black", 0x000000),
        ("white", 0xFF_FFFF),
        ("ivory", 0xFF_FFF0),
        ("snow", 0xFF_FAFA),
        ("whitesmoke", 0xF5_F5F5),
        ("red", 0xFF_0000),
        ("green", 0x00_8000),
        ("blue", 0x00_00FF),
        ("gray", 0x80_8080),
        ("grey", 0x80_8080),
        ("silver", 0xC0_C0C0),
        ("yellow", 0xFF_FF00),
        ("navy", 0x00_0080),
        ("maroon", 0x80_0000),
        ("purple", 0x80_0080),
        ("teal", 0x00_8080),
        ("orange", 0xFF_A500),
    ];
    let value = value.trim();
    if value == "transparent" {
        return Some([0.0; 4]);
    }
    let of = |rgb: u32| {
        let part = |shift: u32| f64::from(rgb >> shift & 0xFF) / 255.0;
        [part(16), part(8), part(0), 1.0]
    };
    if let Some((_, rgb)) = NAMED.iter().find(|(name, _)| *name == value) {
        return Some(of(*rgb));
    }
    if let Some(digits) = value.strip_prefix('#') {
        let parts: Vec<f64> = digits
            .chars()
            .map(|digit| digit.to_digit(16).map(f64::from))
            .collect::<Option<_>>()?;
        let pair = |at: usize| (parts[at] * 16.0 + parts[at + 1]) / 255.0;
        return match parts.len() {
            3 => Some([parts[0] / 15.0, parts[1] / 15.0, parts[2] / 15.0, 1.0]),
            4 => Some([
                parts[0] / 15.0,
                parts[1] / 15.0,
                parts[2] / 15.0,
                parts[3] / 15.0,
            ]),
            6 => Some([pair(0), pair(2), pair(4), 1.0]),
            8 => Some([pair(0), pair(2), pair(4), pair(6)]),
            _ => None,
        };
    }
    let inside = value.strip_prefix("rgba(").or(value.strip_prefix("rgb("))?;
    let inside = inside.strip_suffix(')')?;
    let words = inside
        .split([',', ' ', '/'])
        .filter(|word| !word.is_empty());
    let numbers: Vec<&str> = words.collect();
    let part = |word: &str| match word.strip_suffix('%') {
        Some(word) => word.parse::<f64>().ok().map(|own| own / 100.0),
        None => word.parse::<f64>().ok().map(|own| own / 255.0),
    };
    let opacity = numbers.get(3).map_or(Some(1.0), |word| proportion(word))?;
    Some([
        part(numbers.first()?)?,
        part(numbers.get(1)?)?,
        part(numbers.get(2)?)?,
        opacity,
    ])
}

/// The words that a value of `content` writes: its strings, with letters or digits in them.
pub(super) fn words(value: &str) -> String {
    let words = strings(value);
    match words.chars().any(char::is_alphanumeric) {
        true => words,
        false => String::new(),
    }
}

/// The strings in a value.
pub(super) fn strings(value: &str) -> String {
    let mut words = String::new();
    let mut quote = None;
    let mut characters = value.chars();
    while let Some(c) = characters.next() {
        match quote {
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None => {}
            Some(open) if c == open => quote = None,
            Some(_) if c == '\\' => {
                let rest = characters.as_str();
                let digits: String = rest
                    .chars()
                    .take(6)
                    .take_while(char::is_ascii_hexdigit)
                    .collect();
                match u32::from_str_radix(&digits, 16)
                    .ok()
                    .and_then(char::from_u32)
                {
                    Some(sign) => {
                        words.push(sign);
                        characters = rest[digits.len()..].chars();
                    }
                    None => words.extend(characters.next()),
                }
            }
            Some(_) => words.push(c),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_a_style_writes_are_found_and_signs_are_not() {
        assert_eq!(words("\"not \" attr(x)"), "not ");
        assert_eq!(words("\"*\\2003*\\2003*\""), "");
        assert_eq!(words("'\\4e ot'"), "N ot");
    }
}
