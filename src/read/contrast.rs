//! How light colours are, and how well one is seen on another (WCAG 2.2, relative luminance and contrast ratio).

/// How light a colour is, from 0 to 1; its red, green and blue are from 0 to 1.
pub(super) fn luminance(colour: [f64; 3]) -> f64 {
    let [red, green, blue] = colour.map(|part| match part <= 0.040_45 {
        true => part / 12.92,
        false => ((part + 0.055) / 1.055).powf(2.4),
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// The contrast of two colours that are so light, from 1 to 21.
pub(super) fn contrast(one: f64, other: f64) -> f64 {
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// A colour in three or six hexadecimal digits.
pub(super) fn of_digits(digits: &str) -> Option<[f64; 3]> {
    let (length, most) = match digits.len() {
        3 => (1, 15.0),
        6 => (2, 255.0),
        _ => return None,
    };
    let part = |at: usize| {
        let digits = digits.get(at * length..(at + 1) * length)?;
        Some(f64::from(u8::from_str_radix(digits, 16).ok()?) / most)
    };
    Some([part(0)?, part(1)?, part(2)?])
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn white_is_light_and_colours_need_their_digits() {
        let light = |digits: &str| of_digits(digits).map(luminance);
        assert!(light("FFFFFF").unwrap() > 0.99);
        assert_eq!(light("fff"), light("ffffff"));
        assert!(light("5A5F66").unwrap() < 0.2);
        assert!((contrast(light("FFF").unwrap(), light("000").unwrap()) - 21.0).abs() < 1e-9);
        for digits in ["auto", "", "ééé", "12345"] {
            assert_eq!(light(digits), None, "{digits}");
        }
    }
}
