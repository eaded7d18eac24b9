//! Scalars: their text, how they are written, and what an unquoted one means (YAML 1.2.2, 10.3.2, the core schema).

use std::borrow::Cow;

use serde_yaml::{Number, Value};

use crate::diagnostic::ValueStyle;

/// A scalar.
#[derive(Debug)]
pub(super) struct Scalar<'a> {
    /// Its text.
    pub(super) text: Cow<'a, str>,
    /// What it means; whatever is quoted or a block is text.
    pub(super) plain: Plain,
    /// How it is written.
    pub(super) style: ValueStyle,
    /// Whether it was read only because a fault was mended: nothing more is said of its form.
    pub(super) is_mended: bool,
}

impl Scalar<'_> {
    /// The value that `serde_yaml` reads of it.
    pub(super) fn value(&self) -> Value {
        let number = match self.plain {
            Plain::Null => return Value::Null,
            Plain::Boolean => return Value::Bool(self.text.starts_with(['t', 'T'])),
            Plain::Integer => integer(&self.text),
            Plain::Float => float(&self.text),
            Plain::Text => None,
        };
        match number {
            Some(number) => Value::Number(number),
            None => Value::String(self.text.clone().into_owned()),
        }
    }
}

/// A whole number; one past 64 bits is told as a fraction.
fn integer(text: &str) -> Option<Number> {
    let digits = text.trim_start_matches(['+', '-']);
    let radix = match digits.get(..2) {
        Some("0x") => 16,
        Some("0o") => 8,
        Some("0b") => 2,
        _ => 10,
    };
    let digits = if radix == 10 { digits } else { &digits[2..] };
    let size = u64::from_str_radix(digits, radix).ok();
    match (size, text.starts_with('-')) {
        (Some(size), false) => Some(size.into()),
        (Some(size), true) => Some(0i64.checked_sub_unsigned(size)?.into()),
        (None, _) => text.parse::<f64>().ok().map(Number::from),
    }
}

fn float(text: &str) -> Option<Number> {
    let number = match text.trim_start_matches(['+', '-']) {
        ".inf" | ".Inf" | ".INF" if text.starts_with('-') => f64::NEG_INFINITY,
        ".inf" | ".Inf" | ".INF" => f64::INFINITY,
        ".nan" | ".NaN" | ".NAN" => f64::NAN,
        _ => text.parse().ok()?,
    };
    Some(number.into())
}

/// What a plain scalar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plain {
    Null,
    Boolean,
    Integer,
    Float,
    Text,
}

/// Reads a plain scalar's kind.
pub(super) fn kind(text: &str) -> Plain {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Plain::Null,
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => Plain::Boolean,
        ".nan" | ".NaN" | ".NAN" => Plain::Float,
        _ => number(text),
    }
}

fn number(text: &str) -> Plain {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(digits, ".inf" | ".Inf" | ".INF") {
        return Plain::Float;
    }
    let radix = |prefix: &str, valid: fn(u8) -> bool| {
        digits
            .strip_prefix(prefix)
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(valid))
    };
    if radix("0x", |b| b.is_ascii_hexdigit())
        || radix("0o", |b| matches!(b, b'0'..=b'7'))
        || radix("0b", |b| matches!(b, b'0' | b'1'))
    {
        return Plain::Integer;
    }
    if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) {
        // A leading zero makes a text of it: a code, not a count.
        let code = digits.len() > 1 && digits.starts_with('0');
        return if code { Plain::Text } else { Plain::Integer };
    }
    let number = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && digits.bytes().any(|b| b.is_ascii_digit())
        && digits
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'))
        && text.parse::<f64>().is_ok();
    if number { Plain::Float } else { Plain::Text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_are_read_as_serde_yaml_reads_them() {
        for text in [
            "~",
            "null",
            "Null",
            "nULL",
            "true",
            "True",
            "yes",
            "No",
            "on",
            "1",
            "-1",
            "+1",
            "0",
            "007",
            "0x1F",
            "0o17",
            "0b11",
            "1.5",
            "1.",
            ".5",
            "1e3",
            "1E-3",
            "1_000",
            "1,000",
            ".inf",
            "-.inf",
            ".nan",
            "2025-11-04",
            "12:30",
            "1.2.3",
            "e3",
            "+",
            "1e",
            "1984",
            "978-3",
            "inf",
            "nan",
            "0x",
            "-0x1F",
            "1914.",
            "+.5",
            "00",
            "-0",
            "1e+5",
            "1-5",
            "18446744073709551615",
            "-9223372036854775808",
        ] {
            let scalar = Scalar {
                text: text.into(),
                plain: kind(text),
                style: ValueStyle::Plain,
                is_mended: false,
            };
            let theirs: Value = serde_yaml::from_str(text).unwrap_or_default();
            assert_eq!(
                format!("{:?}", scalar.value()),
                format!("{theirs:?}"),
                "{text}"
            );
        }
    }
}
