//! Noncharacters in the places of characters that YAML would obey: put in where a text is mended, taken out of the values again.

/// Noncharacters, which no source may hold, in the places of characters that YAML would obey.
const STAND_INS: &[(char, char)] = &[
    (':', '\u{fdd0}'),
    ('*', '\u{fdd1}'),
    ('&', '\u{fdd2}'),
    ('[', '\u{fdd3}'),
    (']', '\u{fdd4}'),
    ('{', '\u{fdd5}'),
    ('}', '\u{fdd6}'),
    ('!', '\u{fdd7}'),
    ('|', '\u{fdd8}'),
    ('>', '\u{fdd9}'),
    ('%', '\u{fdda}'),
    ('@', '\u{fddb}'),
    ('`', '\u{fddc}'),
    ('\'', '\u{fddd}'),
    ('"', '\u{fdde}'),
    ('?', '\u{fddf}'),
    ('#', '\u{fde0}'),
    ('-', '\u{fde1}'),
    (',', '\u{fde2}'),
    ('\\', '\u{fde3}'),
];

/// The noncharacter that stands in for a character of YAML's.
pub(super) fn stand_in(c: char) -> Option<char> {
    let mut rows = STAND_INS.iter();
    rows.find(|(meant, _)| *meant == c).map(|(_, mark)| *mark)
}

/// A text with the characters of YAML's own again; none where it holds no stand-in.
pub(super) fn restored(text: &str) -> Option<String> {
    let is_mark = |c: char| ('\u{fdd0}'..='\u{fdef}').contains(&c);
    text.contains(is_mark).then(|| {
        let meant = |c| STAND_INS.iter().find(|(_, mark)| *mark == c);
        let chars = text.chars();
        chars
            .map(|c| meant(c).map_or(c, |(meant, _)| *meant))
            .collect()
    })
}
