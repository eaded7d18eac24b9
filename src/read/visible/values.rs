//! The values of style sheets that are worked out: lengths, proportions, colours, words (CSS Values 4; CSS Color 4).

/// Red, green, blue and how much of it is seen, from 0 to 1.
pub(super) type Colour = [f64; 4];
/// A length in pixels; per cents are of the size given.
pub(super) fn length(value: &str, size: f64) -> Option<f64> {
    let value = value.trim();
    if let Some(sum) = value
        .strip_prefix("calc(")
        .and_then(|sum| sum.strip_suffix(')'))
    {
        return calculated(sum, size);
    }
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

/// The sum of lengths; none of anything else.
fn calculated(sum: &str, size: f64) -> Option<f64> {
    let mut total = 0.0;
    let mut sign = 1.0;
    for word in sum.split_whitespace() {
        match word {
            "+" => sign = 1.0,
            "-" => sign = -1.0,
            word => total += sign * length(word, size)?,
        }
    }
    Some(total)
}

pub(super) fn proportion(value: &str) -> Option<f64> {
    match value.strip_suffix('%') {
        Some(value) => value.trim().parse::<f64>().ok().map(|own| own / 100.0),
        None => value.parse().ok(),
    }
}

/// The names of colours (CSS Color 4, 6.1), each with its red, green and blue.
const NAMED: &str = "\
    aliceblue f0f8ff antiquewhite faebd7 aqua 00ffff aquamarine 7fffd4 azure f0ffff beige f5f5dc bisque \
    ffe4c4 black 000000 blanchedalmond ffebcd blue 0000ff blueviolet 8a2be2 brown a52a2a burlywood deb887 \
    cadetblue 5f9ea0 chartreuse 7fff00 chocolate d2691e coral ff7f50 cornflowerblue 6495ed cornsilk fff8dc \
    crimson dc143c cyan 00ffff darkblue 00008b darkcyan 008b8b darkgoldenrod b8860b darkgray a9a9a9 \
    darkgreen 006400 darkgrey a9a9a9 darkkhaki bdb76b darkmagenta 8b008b darkolivegreen 556b2f darkorange \
    ff8c00 darkorchid 9932cc darkred 8b0000 darksalmon e9967a darkseagreen 8fbc8f darkslateblue 483d8b \
    darkslategray 2f4f4f darkslategrey 2f4f4f darkturquoise 00ced1 darkviolet 9400d3 deeppink ff1493 \
    deepskyblue 00bfff dimgray 696969 dimgrey 696969 dodgerblue 1e90ff firebrick b22222 floralwhite fffaf0 \
    forestgreen 228b22 fuchsia ff00ff gainsboro dcdcdc ghostwhite f8f8ff gold ffd700 goldenrod daa520 gray \
    808080 green 008000 greenyellow adff2f grey 808080 honeydew f0fff0 hotpink ff69b4 indianred cd5c5c \
    indigo 4b0082 ivory fffff0 khaki f0e68c lavender e6e6fa lavenderblush fff0f5 lawngreen 7cfc00 \
    lemonchiffon fffacd lightblue add8e6 lightcoral f08080 lightcyan e0ffff lightgoldenrodyellow fafad2 \
    lightgray d3d3d3 lightgreen 90ee90 lightgrey d3d3d3 lightpink ffb6c1 lightsalmon ffa07a lightseagreen \
    20b2aa lightskyblue 87cefa lightslategray 778899 lightslategrey 778899 lightsteelblue b0c4de lightyellow \
    ffffe0 lime 00ff00 limegreen 32cd32 linen faf0e6 magenta ff00ff maroon 800000 mediumaquamarine 66cdaa \
    mediumblue 0000cd mediumorchid ba55d3 mediumpurple 9370db mediumseagreen 3cb371 mediumslateblue 7b68ee \
    mediumspringgreen 00fa9a mediumturquoise 48d1cc mediumvioletred c71585 midnightblue 191970 mintcream \
    f5fffa mistyrose ffe4e1 moccasin ffe4b5 navajowhite ffdead navy 000080 oldlace fdf5e6 olive 808000 \
    olivedrab 6b8e23 orange ffa500 orangered ff4500 orchid da70d6 palegoldenrod eee8aa palegreen 98fb98 \
    paleturquoise afeeee palevioletred db7093 papayawhip ffefd5 peachpuff ffdab9 peru cd853f pink ffc0cb \
    plum dda0dd powderblue b0e0e6 purple 800080 rebeccapurple 663399 red ff0000 rosybrown bc8f8f royalblue \
    4169e1 saddlebrown 8b4513 salmon fa8072 sandybrown f4a460 seagreen 2e8b57 seashell fff5ee sienna a0522d \
    silver c0c0c0 skyblue 87ceeb slateblue 6a5acd slategray 708090 slategrey 708090 snow fffafa springgreen \
    00ff7f steelblue 4682b4 tan d2b48c teal 008080 thistle d8bfd8 tomato ff6347 turquoise 40e0d0 violet \
    ee82ee wheat f5deb3 white ffffff whitesmoke f5f5f5 yellow ffff00 yellowgreen 9acd32";

/// A colour; none for what is not known here.
pub(super) fn colour(value: &str) -> Option<Colour> {
    let value = value.trim();
    if value == "transparent" {
        return Some([0.0; 4]);
    }
    let of = |rgb: u32| {
        let part = |shift: u32| f64::from(rgb >> shift & 0xFF) / 255.0;
        [part(16), part(8), part(0), 1.0]
    };
    if value.bytes().all(|byte| byte.is_ascii_lowercase()) {
        let mut words = NAMED.split_whitespace();
        words.by_ref().find(|name| *name == value)?;
        return u32::from_str_radix(words.next()?, 16).ok().map(of);
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

/// What a value of `content` writes to the eye: the strings in it, or what it takes from elsewhere. Where signs may stand, words
/// alone.
pub(super) fn written(value: &str, may_be_signs: bool) -> String {
    let lower = value.to_ascii_lowercase();
    let from = [
        "attr(",
        "counter(",
        "counters(",
        "url(",
        "open-quote",
        "close-quote",
        "image(",
    ];
    let outside: String = lower.split(['"', '\'']).step_by(2).collect();
    if from.iter().any(|own| outside.contains(own)) {
        return value.to_owned();
    }
    match may_be_signs {
        true => words(value),
        false => strings(value).trim().to_owned(),
    }
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
pub(in crate::read) fn strings(value: &str) -> String {
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
