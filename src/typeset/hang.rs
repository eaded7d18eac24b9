//! Hanging punctuation: marks at a line's ends that stand over the margin, so that the edge of the text looks straight.

/// How much of a character's advance may hang over the right margin.
pub(super) fn hang_right(c: char) -> f32 {
    match c {
        '.' | ',' => 0.7,
        '-' | '\u{2010}' | '\u{2011}' | '\u{AD}' => 0.6,
        '’' | '”' | '\'' | '"' | '»' | '›' => 0.5,
        ':' | ';' => 0.4,
        '–' => 0.3,
        '—' | '!' | '?' => 0.2,
        '、' | '。' | '，' | '．' => 0.5,
        _ => 0.0,
    }
}

/// How much of a character's advance may hang over the left margin.
pub(super) fn hang_left(c: char) -> f32 {
    match c {
        '“' | '‘' | '„' | '‚' | '"' | '\'' | '«' | '‹' => 0.6,
        '–' | '-' => 0.3,
        '—' => 0.2,
        '(' | '[' => 0.1,
        _ => 0.0,
    }
}
