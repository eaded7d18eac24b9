//! Texts: words, marks, and every kind of character that asks something of a setter or a writer.

use super::random::Random;

/// Plain words; most of a text.
const WORDS: &[&str] = &[
    "the",
    "border",
    "Pakistan-Afghanistan",
    "a",
    "Istanbul",
    "relations",
    "of",
    "responsibility",
    "12 km",
    "J. R. Tolkien",
    "No. 5",
    "COVID-19",
    "“quoted”",
    "it's",
    "1,204",
    "z. B.",
    "e.g.",
    "—",
    "–",
    "…",
    "and/or",
    "Straße",
    "naïve",
    "ﬁne",
];

/// Marks, whole and broken.
const MARKS: &[&str] = &[
    "*a*",
    "**b**",
    "***c***",
    "*a **b** c*",
    "*",
    "**",
    "_a_",
    "[a](https://example.org/)",
    "[a](",
    "[a] (b)",
    "[a](lang:ur)",
    "[سلام](lang:ar)",
    "[字](lang:zh-Hant)",
    "[*a*](https://e.org/*b*)",
    "[a [b](https://c.de)](https://f.gh)",
    "[a](mailto:a@b.cd)",
    "[^n1]",
    "[^n2]",
    "[^n 1]",
    "^2^",
    "~x~",
    "^a ~b~ c^",
    "~^",
    "H~2~O",
    "^[^n1]^",
    "`code`",
    "![i](j.png)",
    "<b>",
    "</w:t>",
    "&amp;",
    "&#0;",
    "&lt",
    "\\*",
    "\\",
    "https://example.org/~a/*b*_c_",
    "a*b*c",
    "5,000~6,000~",
    "# a",
    "> b",
    "1. c",
    "- d",
    "| a | b |",
    "```",
    "<!--",
    "]]>",
    "%PDF",
    "(\\)",
];

/// Characters and scripts that are hard to set, to find or to write.
const CHARACTERS: &[&str] = &[
    "\u{ad}",
    "\u{200b}",
    "\u{200c}",
    "\u{200d}",
    "\u{2060}",
    "\u{a0}",
    "\u{202f}",
    "\u{2003}",
    "\u{3000}",
    "\u{301}",
    "e\u{301}\u{302}\u{303}",
    "\u{34f}",
    "\u{fe0f}",
    "👩‍👩‍👧",
    "🇵🇰🇦🇫",
    "👍🏽",
    "字",
    "日本語。",
    "ภาษาไทย",
    "क्षि",
    "বাংলা",
    "தமிழ்",
    "한국어",
    "Ελλάς",
    "Україна",
    "ქართული",
    "հայ",
    "ƙƴḓ",
    "ˈfəʊnɪm",
    "∑∞√",
    "𝒜",
    "\u{1d173}",
    "\u{e0041}",
    "\u{3164}",
    "\u{115f}",
    "□",
    "\u{fffd}",
    "½",
    "№",
    "€",
    "①",
    "ꙮ",
    "ꜳ",
    "ℵ",
    "‽",
    "سلام",
    "שלום",
    "\u{200f}",
    "\u{200e}",
    "\u{2066}a\u{2069}",
    "\u{2028}",
    "\u{2029}",
    "\t",
    "\n",
    "\n\n",
    "  ",
];

/// What makes a refusal, and must make nothing worse.
const FORBIDDEN: &[&str] = &[
    "[](https://e.org)",
    "[a](lang:x)",
    "[a](javascript:alert(1))",
    "[a](https://e.org/ü?q=%zz#a#b)",
    "[a](//e.org)",
    "[^gone]",
    "\0",
    "\u{1}",
    "\u{b}",
    "\u{1b}[31m",
    "\u{7f}",
    "\u{85}",
    "\u{feff}",
    "\u{fffe}",
    "\u{ffff}",
    "\u{202e}",
    "\u{e000}",
    "\u{f8ff}",
    "\u{10fffd}",
    "\u{1fffe}",
];

/// Whether a piece shall have what is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    Sound,
    Hostile,
}

/// A text of a paragraph.
pub(crate) fn text(random: &mut Random, manner: Manner) -> String {
    let mut text = String::new();
    let parts = if random.chance(3) {
        random.below(400)
    } else {
        1 + random.below(24)
    };
    for _ in 0..parts {
        let part = match random.below(200) {
            0 if manner == Manner::Hostile => random.pick(FORBIDDEN),
            1..=24 => random.pick(MARKS),
            25..=49 => random.pick(CHARACTERS),
            _ => random.pick(WORDS),
        };
        let times = if random.chance(1) {
            1 + random.below(300)
        } else {
            1
        };
        for _ in 0..times {
            text.push_str(part);
        }
        if random.chance(85) {
            text.push(' ');
        }
    }
    text
}

/// A line: of a heading, a name, a caption.
pub(crate) fn line(random: &mut Random) -> String {
    let parts = 1 + random.below(6);
    let part = |random: &mut Random| match random.below(40) {
        0 => random.pick(MARKS),
        1 | 2 => random.pick(CHARACTERS),
        _ => random.pick(WORDS),
    };
    let parts: Vec<&str> = (0..parts).map(|_| part(random)).collect();
    parts.join(" ")
}

/// A text as YAML writes it, in one of its styles, at an indent.
pub(crate) fn scalar(random: &mut Random, text: &str, indent: usize) -> String {
    let margin = " ".repeat(indent + 2);
    match random.below(20) {
        0 if text.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ') => text.to_owned(),
        1 => format!("'{}'", text.replace('\'', "''")),
        2 => format!("|\n{margin}{}", text.replace('\n', &format!("\n{margin}"))),
        3 => format!(
            ">-\n{margin}{}",
            text.replace('\n', &format!("\n\n{margin}"))
        ),
        _ => quoted(text),
    }
}

/// A text in double quotation marks.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = "\"".to_owned();
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() || ('\u{fe00}'..='\u{ffff}').contains(&c) => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
