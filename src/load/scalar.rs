//! What an unquoted scalar means in YAML (YAML 1.2.2, 10.3.2, the core schema).

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

    /// How `serde_yaml`, which builds the piece, reads the same text.
    fn by_serde(text: &str) -> Plain {
        match serde_yaml::from_str::<serde_yaml::Value>(text) {
            Ok(serde_yaml::Value::Null) => Plain::Null,
            Ok(serde_yaml::Value::Bool(_)) => Plain::Boolean,
            Ok(serde_yaml::Value::Number(n)) if n.is_f64() => Plain::Float,
            Ok(serde_yaml::Value::Number(_)) => Plain::Integer,
            _ => Plain::Text,
        }
    }

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
            "-",
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
        ] {
            assert_eq!(kind(text), by_serde(text), "{text}");
        }
    }
}
