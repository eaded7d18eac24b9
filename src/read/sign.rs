//! Signs before a block's words: labels of lists as they are shown, and breaks between two thoughts. They are no words of the text.

/// A sign that stands before the words of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sign {
    /// The label of an item of a list.
    Label {
        /// Its characters as they are shown, without white space at their ends.
        text: String,
        /// Which item it is of how many in its list, from one, where the file says so.
        place: Option<(usize, usize)>,
    },
    /// A break between two thoughts.
    Break,
}

/// Numbers as style sheets and word processors write them: the name of a style, or of a format, and its zero. Digits follow each
/// other in Unicode (CSS Counter Styles 3, 6.1; ISO/IEC 29500-1, 17.18.59).
const DIGITS: &[(&str, char)] = &[
    ("decimal", '0'),
    ("arabic-indic", '\u{0660}'),
    ("persian", '\u{06F0}'),
    ("devanagari", '\u{0966}'),
    ("hindiNumbers", '\u{0966}'),
    ("bengali", '\u{09E6}'),
    ("gurmukhi", '\u{0A66}'),
    ("gujarati", '\u{0AE6}'),
    ("oriya", '\u{0B66}'),
    ("tamil", '\u{0BE6}'),
    ("telugu", '\u{0C66}'),
    ("kannada", '\u{0CE6}'),
    ("malayalam", '\u{0D66}'),
    ("thai", '\u{0E50}'),
    ("thaiNumbers", '\u{0E50}'),
    ("lao", '\u{0ED0}'),
    ("tibetan", '\u{0F20}'),
    ("myanmar", '\u{1040}'),
    ("cambodian", '\u{17E0}'),
    ("khmer", '\u{17E0}'),
    ("mongolian", '\u{1810}'),
    ("decimalFullWidth", '\u{FF10}'),
];

/// The digits of Chinese numbers that are written as they are read, one by one.
const IDEOGRAPHS: &str = "〇一二三四五六七八九";

/// A number in a style of counting; one that is not known here is named.
pub(super) fn counted(style: &str, value: i64) -> String {
    let digits = |digit: &dyn Fn(u32) -> Option<char>| -> String {
        let sign = if value < 0 { "-" } else { "" };
        let plain = value.unsigned_abs().to_string();
        let written = plain.chars().map(|c| {
            c.to_digit(10)
                .and_then(digit)
                .unwrap_or(char::REPLACEMENT_CHARACTER)
        });
        sign.chars().chain(written).collect()
    };
    if let Some((_, zero)) = DIGITS.iter().find(|(name, _)| *name == style) {
        return digits(&|digit| char::from_u32(u32::from(*zero) + digit));
    }
    match style {
        "cjk-decimal" => digits(&|digit| IDEOGRAPHS.chars().nth(usize::try_from(digit).ok()?)),
        "lower-alpha" | "lower-latin" | "lowerLetter" => letters(value).to_lowercase(),
        "upper-alpha" | "upper-latin" | "upperLetter" => letters(value),
        "lower-roman" | "lowerRoman" => roman(value).to_lowercase(),
        "upper-roman" | "upperRoman" => roman(value),
        _ => format!("{value} ({style})"),
    }
}

/// A, B … Z, AA: letters as style sheets count.
fn letters(value: i64) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::try_from(value).unwrap_or(0);
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    letters.into_iter().rev().collect()
}

fn roman(value: i64) -> String {
    const PARTS: [(i64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    // Longer ones are written otherwise.
    if !(1..4000).contains(&value) {
        return value.to_string();
    }
    let mut rest = value;
    let mut written = String::new();
    for (part, sign) in PARTS {
        while rest >= part {
            written.push_str(sign);
            rest -= part;
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_their_style_counts() {
        for (style, value, written) in [
            ("decimal", 12, "12"),
            ("decimal", -3, "-3"),
            ("persian", 12, "۱۲"),
            ("hindiNumbers", 7, "७"),
            ("cjk-decimal", 10, "一〇"),
            ("lower-alpha", 28, "ab"),
            ("upperRoman", 1994, "MCMXCIV"),
            ("ordinal", 2, "2 (ordinal)"),
        ] {
            assert_eq!(counted(style, value), written);
        }
    }
}
