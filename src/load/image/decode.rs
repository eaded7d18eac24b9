//! What the bytes of a file show: pixels or a drawing.

use super::format::FileFormat;
use super::{Fault, format, raster, svg};
use crate::diagnostic::{Code, guard};
use crate::piece::Image;

/// The image of a file's bytes, upright and in sRGB, with nothing in it that tells of the camera, its owner, or where and when
/// the picture was taken; whom it is owed to stays.
pub(super) fn image(bytes: &[u8]) -> Result<Image, Fault> {
    // The decoders are other people's: one that panics over a damaged file has said that it is damaged.
    let made = guard("decoding an image", || made(bytes));
    made.unwrap_or_else(|_| {
        let message = "the image cannot be decoded: the file is damaged";
        Err(Fault::damaged(Code::DamagedImage, message))
    })
}

fn made(bytes: &[u8]) -> Result<Image, Fault> {
    match format::format(bytes)? {
        FileFormat::Pixels(format) => raster::image(bytes, format),
        FileFormat::Svg => svg::image(bytes),
        FileFormat::PackedSvg => svg::packed(bytes),
    }
}

#[cfg(all(test, feature = "svg"))]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    }

    #[test]
    fn a_packed_drawing_is_the_drawing_and_unpacks_to_no_more_than_one_may_have() {
        let svg = b"<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10'><path d='M0 0h9v9z'/></svg>";
        let read = |bytes: &[u8]| image(bytes).map_err(|fault| fault.code);
        assert_eq!(read(&gzip(svg)).unwrap(), read(svg).unwrap());
        assert_eq!(read(&gzip(svg)[..60]).unwrap_err(), Code::DamagedImage);
        let mut large = svg.to_vec();
        large.resize(40 << 20, b' ');
        assert_eq!(read(&gzip(&large)).unwrap_err(), Code::ImageTooLarge);
        assert_eq!(read(&gzip(b"no drawing")).unwrap_err(), Code::ImageFormat);
    }
}
