//! Figures as people read them: counts, sizes and times.

use std::time::Duration;

/// A number with its digits in groups of three: `10,000`.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number of things: `1 piece`, `2,000 pieces`.
pub(super) fn count(number: usize, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {thing}{plural}", grouped(number))
}

/// A size in decimal units: `118 KB`, `1.4 MB`.
pub(super) fn size(bytes: u64) -> String {
    let scaled = |unit: f64| bytes as f64 / unit;
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..999_500 => format!("{:.0} KB", scaled(1e3)),
        999_500..999_950_000 => format!("{:.1} MB", scaled(1e6)),
        _ => format!("{:.1} GB", scaled(1e9)),
    }
}

/// A time: `0.04 s`, `12 s`, `3 min 5 s`.
pub(super) fn time(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    match seconds {
        s if s < 9.995 => format!("{s:.2} s"),
        s if s < 119.5 => format!("{s:.0} s"),
        s => {
            let whole = s.round() as u64;
            format!("{} min {} s", whole / 60, whole % 60)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_as_people_write_them() {
        assert_eq!(
            [grouped(7), grouped(999), grouped(10_000)],
            ["7", "999", "10,000"]
        );
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(
            [count(1, "piece"), count(0, "file")],
            ["1 piece", "0 files"]
        );
        assert_eq!(
            [size(999), size(118_200), size(999_700)],
            ["999 B", "118 KB", "1.0 MB"]
        );
        assert_eq!(size(3_250_000_000), "3.2 GB");
        let seconds = |s| time(Duration::from_secs_f64(s));
        assert_eq!(
            [seconds(0.042), seconds(9.999), seconds(185.2)],
            ["0.04 s", "10 s", "3 min 5 s"]
        );
    }
}
