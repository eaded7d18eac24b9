//! The marks of lists that were typed before a text: signs and numbers.

/// What was typed before the item of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TypedMark {
    /// A sign, and whether it is one that stands before nothing but items.
    Bullet {
        /// Whether it is no hyphen or asterisk.
        is_certain: bool,
    },
    /// A number.
    Number(u64),
}

/// The mark of a list that a text begins with, and the bytes of it.
pub(crate) fn typed_mark(text: &str) -> Option<(TypedMark, usize)> {
    let first = text.chars().next()?;
    let behind = |length: usize| {
        let rest = &text[length..];
        let spaces = rest.len() - rest.trim_start().len();
        (spaces > 0 && spaces < rest.len()).then_some(length + spaces)
    };
    if matches!(
        first,
        '•' | '◦' | '▪' | '●' | '‣' | '⁃' | '○' | '■' | '□' | '\u{f0b7}' | '·'
    ) {
        let end = behind(first.len_utf8())?;
        return Some((TypedMark::Bullet { is_certain: true }, end));
    }
    if matches!(first, '-' | '–' | '*' | '+') {
        let end = behind(first.len_utf8())?;
        return Some((TypedMark::Bullet { is_certain: false }, end));
    }
    let open = usize::from(first == '(');
    let digits = text[open..].bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=3).contains(&digits) {
        return None;
    }
    let number = text[open..open + digits].parse().ok()?;
    let sign = text[open + digits..].chars().next()?;
    // A number may be followed by any character, a combining one of several bytes too.
    if !(sign == ')' || (open == 0 && sign == '.')) {
        return None;
    }
    let end = behind(open + digits + sign.len_utf8())?;
    Some((TypedMark::Number(number), end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_marks_are_known() {
        let of = |text: &str| typed_mark(text).map(|(mark, end)| (mark, text[end..].to_owned()));
        assert_eq!(
            of("• One"),
            Some((TypedMark::Bullet { is_certain: true }, "One".to_owned()))
        );
        assert_eq!(of("2) Two"), Some((TypedMark::Number(2), "Two".to_owned())));
        assert_eq!(
            of("(3) Three"),
            Some((TypedMark::Number(3), "Three".to_owned()))
        );
        for text in [
            "1994. The",
            "-5 degrees",
            "2.5 million",
            "*word*",
            "1\u{301}. it",
            "1’ on",
            "(1. One",
            "1.",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
