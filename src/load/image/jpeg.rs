//! The segments of a JPEG file (ISO/IEC 10918-1, B.1), as far as a file must be judged before it is decoded.

/// What the segments tell.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Segments {
    /// Width and height in pixels, and the number of components, from the frame header.
    pub(super) frame: Option<(u32, u32, u8)>,
    /// Whether the file goes on to its end marker; a decoder shows grey where it does not.
    pub(super) whole: bool,
}

const SOS: u8 = 0xda;
const EOI: u8 = 0xd9;

/// Walks the segments.
pub(super) fn segments(bytes: &[u8]) -> Segments {
    let mut found = Segments::default();
    let mut at = 2;
    while let Some(marker) = next_marker(bytes, &mut at) {
        match marker {
            EOI => {
                found.whole = true;
                break;
            }
            // Markers that stand alone.
            0x01 | 0xd0..=0xd8 => continue,
            _ => {}
        }
        let Some(&[high, low]) = bytes.get(at..at + 2) else {
            break;
        };
        let length = usize::from(u16::from_be_bytes([high, low]));
        let frame = matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
        if let (true, Some(&[_, h1, h0, w1, w0, components])) = (frame, bytes.get(at + 2..at + 8)) {
            let height = u32::from(u16::from_be_bytes([h1, h0]));
            let width = u32::from(u16::from_be_bytes([w1, w0]));
            found.frame.get_or_insert((width, height, components));
        }
        at += length.max(2);
        if marker == SOS {
            at = after_scan(bytes, at);
        }
    }
    found
}

/// The marker at or after a place, and the place after it; fill bytes are passed over.
fn next_marker(bytes: &[u8], at: &mut usize) -> Option<u8> {
    loop {
        if *bytes.get(*at)? != 0xff {
            // Rubbish between segments: decoders pass over it, so does this.
            *at += 1;
            continue;
        }
        let marker = *bytes.get(*at + 1)?;
        *at += 1;
        if marker != 0xff && marker != 0 {
            *at += 1;
            return Some(marker);
        }
    }
}

/// The place of the first marker after entropy-coded data: not a stuffed byte, not a restart.
fn after_scan(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(&byte) = bytes.get(at) {
        if byte == 0xff && !matches!(bytes.get(at + 1), Some(0 | 0xd0..=0xd7)) {
            return at;
        }
        at += 1;
    }
    at
}
