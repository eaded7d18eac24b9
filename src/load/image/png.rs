//! What a PNG file holds besides its pixels, held to its limit before a decoder unpacks it.

use std::io::{self, Read};

use flate2::read::ZlibDecoder;

use super::Fault;
use crate::diagnostic::Code;

/// The largest colour profile, unpacked: those of printers have 2 MB.
const MAX_PROFILE: u64 = 4 << 20;

/// Refuses a colour profile that unpacks to more than any has (ISO/IEC 15948, 11.3.2.3).
pub(super) fn within_limits(bytes: &[u8]) -> Result<(), Fault> {
    let Some(profile) = chunk(bytes, b"iCCP") else {
        return Ok(());
    };
    // Its name, ended by a zero, and the method of compression, of which there is one.
    let packed = profile.iter().position(|byte| *byte == 0);
    let packed = packed.and_then(|end| profile.get(end + 2..));
    let mut unpacked = ZlibDecoder::new(packed.unwrap_or_default()).take(MAX_PROFILE + 1);
    // One that is damaged is left out by the decoder.
    match io::copy(&mut unpacked, &mut io::sink()) {
        Ok(size) if size > MAX_PROFILE => {
            let message = format!(
                "its colour profile is larger than {} MiB",
                MAX_PROFILE >> 20
            );
            let fault = Fault::new(Code::ImageTooLarge, message);
            Err(fault.hint("save it with the profile sRGB, or without one"))
        }
        _ => Ok(()),
    }
}

/// The data of the first chunk of a kind before the pixels.
fn chunk<'a>(bytes: &'a [u8], kind: &[u8; 4]) -> Option<&'a [u8]> {
    let mut rest = bytes.get(8..)?;
    loop {
        let length: [u8; 4] = rest.get(..4)?.try_into().ok()?;
        let length = usize::try_from(u32::from_be_bytes(length)).ok()?;
        let found = rest.get(4..8)?;
        if found == b"IDAT" {
            return None;
        }
        let data = rest.get(8..)?.get(..length)?;
        if found == kind {
            return Some(data);
        }
        rest = rest.get(8..)?.get(length.checked_add(4)?..)?;
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    fn with_profile(size: usize) -> Vec<u8> {
        let mut packed = ZlibEncoder::new(b"name\0\0".to_vec(), Compression::fast());
        let zeros = vec![0; 1 << 20];
        let mut left = size;
        while left > 0 {
            let part = left.min(zeros.len());
            packed.write_all(&zeros[..part]).unwrap();
            left -= part;
        }
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        for (kind, data) in [(b"gAMA", vec![0; 4]), (b"iCCP", packed.finish().unwrap())] {
            png.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
            png.extend(kind);
            png.extend(data);
            png.extend([0; 4]);
        }
        png
    }

    #[test]
    fn a_profile_that_unpacks_to_more_than_any_has_is_refused() {
        assert!(within_limits(&with_profile(3 << 20)).is_ok());
        let fault = within_limits(&with_profile(64 << 20)).unwrap_err();
        assert!(fault.message.contains("profile"), "{}", fault.message);
        for cut in [0, 7, 9, 30, 50] {
            assert!(within_limits(&with_profile(9)[..cut]).is_ok(), "{cut}");
        }
    }
}
