//! Pictures, as far as one can be told from another: by their bytes, else by the colours of their parts.

use std::io::Cursor;

use image::{ImageReader, Limits};

/// A picture is at most so wide and high, and takes at most so much memory.
const MOST_SIDE: u32 = 20_000;
const MOST_MEMORY: u64 = 1 << 30;
/// A picture is looked at in so many rows and columns.
const PARTS: usize = 12;
/// Parts of the same picture differ at most by this, each and on the average: it may have been scaled and packed again.
const MOST_APART: f64 = 40.0;
const USUALLY_APART: f64 = 10.0;

/// A picture that a file shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Picture {
    /// The bytes of a file of its own.
    File(Vec<u8>),
    /// What is left of its samples.
    Print(Print),
    /// It cannot be read here.
    Unread,
}

/// The colours of the parts of a picture on white: rows of red, green and blue.
#[derive(Debug, Clone, PartialEq)]
pub struct Print(Vec<[f64; 3]>);

impl Print {
    /// That of a picture of this size, by the colour at each place: red, green, blue and how much of it is seen, from 0 to 255.
    pub(super) fn of_samples(
        (width, height): (usize, usize),
        at: impl Fn(usize, usize) -> [u8; 4],
    ) -> Option<Self> {
        if width == 0 || height == 0 {
            return None;
        }
        let mut parts = vec![([0.0; 3], 0.0_f64); PARTS * PARTS];
        for y in 0..height {
            let row = y * PARTS / height;
            for x in 0..width {
                let [red, green, blue, seen] = at(x, y).map(f64::from);
                let part = &mut parts[row * PARTS + x * PARTS / width];
                for (sum, own) in part.0.iter_mut().zip([red, green, blue]) {
                    *sum += (own * seen + 255.0 * (255.0 - seen)) / 255.0;
                }
                part.1 += 1.0;
            }
        }
        let mut last = [255.0; 3];
        // A picture of fewer samples than parts has empty ones.
        let whole = parts.into_iter().map(|(sums, count)| {
            if count > 0.0 {
                last = sums.map(|sum| sum / count);
            }
            last
        });
        Some(Self(whole.collect()))
    }

    /// That of the bytes of a file; none where they are no picture that is read here.
    #[must_use]
    pub fn of_file(bytes: &[u8]) -> Option<Self> {
        let mut reader = ImageReader::new(Cursor::new(bytes))
            .with_guessed_format()
            .ok()?;
        let mut limits = Limits::default();
        limits.max_image_width = Some(MOST_SIDE);
        limits.max_image_height = Some(MOST_SIDE);
        limits.max_alloc = Some(MOST_MEMORY);
        reader.limits(limits);
        let picture = reader.decode().ok()?.into_rgba8();
        let (width, height) = picture.dimensions();
        Self::of_samples((width as usize, height as usize), |x, y| {
            picture.get_pixel(x as u32, y as u32).0
        })
    }

    /// Whether two are of the same picture.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        let pairs = self.0.iter().zip(&other.0);
        let apart: Vec<f64> = pairs
            .flat_map(|(a, b)| (0..3).map(|part| (a[part] - b[part]).abs()))
            .collect();
        let all: f64 = apart.iter().sum();
        apart.iter().all(|apart| *apart < MOST_APART)
            && all / (apart.len().max(1) as f64) < USUALLY_APART
    }
}

/// The bytes of a `data:` address in base 64 (RFC 2397; RFC 4648, 4).
pub(super) fn of_address(address: &str) -> Option<Vec<u8>> {
    let rest = address.strip_prefix("data:")?;
    let (_, digits) = rest.split_once(";base64,")?;
    let mut bytes = Vec::with_capacity(digits.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for digit in digits.bytes() {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            digit if digit.is_ascii_whitespace() => continue,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xFF) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_told_apart_and_scaled_ones_are_not() {
        let print = |size: usize, split: usize| {
            Print::of_samples((size, size), |x, _| match x * 100 / size < split {
                true => [200, 30, 30, 255],
                false => [250, 250, 250, 0],
            })
            .unwrap()
        };
        assert!(print(120, 50).is_like(&print(60, 50)));
        assert!(!print(120, 50).is_like(&print(120, 75)));
        assert!(!print(120, 50).is_like(&print(120, 0)));
        assert_eq!(Print::of_samples((0, 4), |_, _| [0; 4]), None);
        assert_eq!(Print::of_file(b"no picture"), None);
        assert_eq!(
            of_address("data:image/png;base64,TWFu"),
            Some(b"Man".to_vec())
        );
        assert_eq!(of_address("data:,x"), None);
    }
}
