//! Numbers, colours and dictionaries of drawings as PDF spells them.

use printpdf::DictItem;
use usvg::Color;

pub(super) fn parts(colour: Color) -> [f32; 3] {
    [colour.red, colour.green, colour.blue].map(|part| f32::from(part) / 255.0)
}

pub(super) fn dictionary<const N: usize>(entries: [(&str, DictItem); N]) -> DictItem {
    let entries = entries.into_iter();
    let map = entries
        .map(|(key, value)| (key.to_owned(), value))
        .collect();
    DictItem::Dict { map }
}

pub(super) fn numbers(values: &[f32]) -> DictItem {
    DictItem::Array(values.iter().map(|value| DictItem::Real(*value)).collect())
}

/// A number with as many decimals as its size asks for, and never with an exponent.
pub(super) fn number(value: f32) -> String {
    let digits = match value.abs() {
        size if size >= 1000.0 => 1,
        size if size >= 10.0 => 3,
        size if size >= 0.1 => 5,
        _ => 8,
    };
    let text = format!("{value:.digits$}");
    let text = match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.'),
        false => &text,
    };
    match text {
        "-0" | "" => "0".to_owned(),
        text => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_fine_as_they_are_small() {
        let written = [1234.567, 12.3456, 0.123_456_7, 0.000_001_23, -0.0, 100.0].map(number);
        assert_eq!(
            written,
            ["1234.6", "12.346", "0.12346", "0.00000123", "0", "100"]
        );
    }
}
