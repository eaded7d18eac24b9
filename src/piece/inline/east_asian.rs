//! Letters and marks of Chinese, Japanese and Korean, which stand beside others without a space.

/// Whether a character is an ideograph, kana, Bopomofo or Hangul.
pub(super) fn is_east_asian_letter(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{2FDF}' | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3031}'..='\u{3035}'
        | '\u{3041}'..='\u{3096}' | '\u{309D}'..='\u{309F}' | '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{31BF}' | '\u{31F0}'..='\u{31FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{A960}'..='\u{A97F}' | '\u{AC00}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF66}'..='\u{FF9D}' | '\u{FFA1}'..='\u{FFDC}' | '\u{20000}'..='\u{323AF}')
}

/// Whether a character is a stop, a bracket or a sign of these languages, or has the width of their letters.
pub(super) fn is_east_asian_mark(c: char) -> bool {
    let of_them = matches!(c, '\u{3001}'..='\u{303F}' | '\u{30FB}' | '\u{FE10}'..='\u{FE1F}' | '\u{FE30}'..='\u{FE6F}'
        | '\u{FF01}'..='\u{FF65}' | '\u{FFE0}'..='\u{FFE6}');
    of_them && !c.is_alphanumeric()
}
