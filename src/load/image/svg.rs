//! SVG drawings as pictures: never the file, but what is drawn in it, written anew.

use super::Fault;
use super::format::unpacked;
use crate::drawing::{Drawing, DrawingError, MAX_BYTES};
use crate::piece::{Image, ImageFormat};

/// Reads a drawing.
pub(super) fn image(bytes: &[u8]) -> Result<Image, Fault> {
    let drawing = Drawing::read(bytes).map_err(refused)?;
    let (width, height) = drawing.natural();
    let bytes = drawing.anew().map_err(refused)?.into_bytes();
    Ok(Image::new(bytes, ImageFormat::Svg, width, height))
}

/// Reads a packed drawing: no more of it is unpacked than a drawing may have.
pub(super) fn packed(bytes: &[u8]) -> Result<Image, Fault> {
    image(&unpacked(bytes, MAX_BYTES as u64 + 1))
}

fn refused(error: DrawingError) -> Fault {
    Fault::new(error.code(), error.to_string()).hint(error.hint())
}

#[cfg(all(test, feature = "svg"))]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use crate::diagnostic::Code;
    use crate::load::image::decode;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    }

    #[test]
    fn a_packed_drawing_is_the_drawing_and_unpacks_to_no_more_than_one_may_have() {
        let svg = b"<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10'><path d='M0 0h9v9z'/></svg>";
        let read = |bytes: &[u8]| decode::image(bytes).map_err(|fault| fault.code);
        assert_eq!(read(&gzip(svg)).unwrap(), read(svg).unwrap());
        assert_eq!(read(&gzip(svg)[..60]).unwrap_err(), Code::DamagedImage);
        let mut large = svg.to_vec();
        large.resize(40 << 20, b' ');
        assert_eq!(read(&gzip(&large)).unwrap_err(), Code::ImageTooLarge);
        assert_eq!(read(&gzip(b"no drawing")).unwrap_err(), Code::ImageFormat);
    }
}
