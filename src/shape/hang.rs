//! Hanging punctuation: marks at a line's ends that stand over the margin, so that the edge of the text looks straight.

/// How much of a character's advance may hang over the margin where a line ends.
pub(crate) fn hang_end(c: char) -> f32 {
    match c {
        '.' | ',' => 0.7,
        '-' | '\u{2010}' | '\u{2011}' | '\u{AD}' => 0.6,
        '’' | '”' | '\'' | '"' | '»' | '›' => 0.5,
        ':' | ';' => 0.4,
        '–' => 0.3,
        '—' | '!' | '?' => 0.2,
        // The empty half of a square.
        '、' | '。' | '，' | '．' | '」' | '』' | '）' | '】' | '》' | '〉' | '〕' | '］'
        | '｝' => 0.5,
        _ => 0.0,
    }
}

/// How much of a character's advance may hang over the margin where a line starts.
pub(crate) fn hang_start(c: char) -> f32 {
    match c {
        '“' | '‘' | '„' | '‚' | '"' | '\'' | '«' | '‹' => 0.6,
        '–' | '-' => 0.3,
        '—' => 0.2,
        '(' | '[' => 0.1,
        '「' | '『' | '（' | '【' | '《' | '〈' | '〔' | '［' | '｛' => 0.5,
        _ => 0.0,
    }
}
