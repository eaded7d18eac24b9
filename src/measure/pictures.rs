//! Pictures: by their pixels, at one density, and no larger than a page of text has room for.

use super::{Frame, Share, Side};
use crate::compose::Figure;
use crate::piece::Image;
use crate::theme::Pt;

/// A pixel where the picture is not scaled down: 120 to the inch.
const PIXEL: Pt = Pt(0.6);
/// The greatest width of a portrait, as a part of the measure.
const PORTRAIT: f32 = 0.27;
/// The greatest height of a picture, as a part of the height of a page's text.
const TALLEST: f32 = 0.62;

/// A picture that is as wide as this part of the measure is as good as the whole of it.
const WHOLE: f32 = 0.98;

/// How large a picture is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PictureSize {
    /// The measure's share that is its width.
    pub share: Share,
    /// Its height as a multiple of the measure.
    height: f32,
    /// Where it stands.
    side: Side,
}

impl PictureSize {
    /// Where it stands, and its words with it: in the middle, where it leaves room beside it and no biography stands there.
    #[must_use]
    pub fn side(self) -> Side {
        self.side
    }

    /// Width and height where the text is so wide.
    #[must_use]
    pub fn size(self, measure: Pt) -> (Pt, Pt) {
        (self.share.of(measure), measure * self.height)
    }
}

/// How large the picture of a figure is.
#[must_use]
pub fn picture(figure: &Figure, image: &Image, frame: Frame) -> PictureSize {
    let (wide, high) = image.natural;
    let (wide, high) = (wide.max(1) as f32, high.max(1) as f32);
    let widest = match figure.portrait {
        true => PORTRAIT,
        false => 1.0,
    };
    let tallest = frame.depth.0 * TALLEST / frame.measure.0;
    let natural = wide * PIXEL.0 / frame.measure.0;
    // The author's own width may make more of a picture than its pixels do.
    let wished = figure.width.map(|percent| f32::from(percent) / 100.0);
    let share = wished.unwrap_or(natural.min(widest));
    let share = Share::within(share.min(tallest * wide / high));
    // A thread of a picture is wider than it should be, never taller than a page.
    let height = (share.ratio() * high / wide).min(tallest);
    let side = match figure.portrait || share.ratio() > WHOLE {
        true => Side::Start,
        false => Side::Centre,
    };
    PictureSize {
        share,
        height,
        side,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::ImageId;
    use crate::piece::ImageFormat;
    use crate::theme::{PageSize, Theme};

    fn sized(width: u32, height: u32, portrait: bool) -> PictureSize {
        let image = Image::new([], ImageFormat::Png, width, height);
        let figure = Figure {
            image: ImageId(0),
            alt: String::new(),
            portrait,
            caption: None,
            credit: None,
            width: None,
        };
        picture(&figure, &image, Frame::new(&Theme::classic(), PageSize::A4))
    }

    #[test]
    fn a_small_picture_has_its_pixels_and_a_large_one_the_measure() {
        let shares = [(240, 160), (1200, 800), (400, 4000)]
            .map(|(width, height)| sized(width, height, false).share.to_string());
        assert_eq!(shares, ["42.6%", "100%", "12.1%"]);
        assert_eq!(sized(800, 1000, true).share.to_string(), "27%");
        assert_eq!(sized(60, 75, true).share.to_string(), "10.65%");
    }

    #[test]
    fn an_author_says_how_wide_a_picture_is() {
        let image = Image::new([], ImageFormat::Png, 240, 160);
        let figure = Figure {
            image: ImageId(0),
            alt: String::new(),
            portrait: false,
            caption: None,
            credit: None,
            width: Some(60),
        };
        let size = picture(&figure, &image, Frame::new(&Theme::classic(), PageSize::A4));
        assert_eq!(size.share.to_string(), "60%");
    }

    #[test]
    fn a_picture_keeps_its_ratio_and_fits_the_page() {
        let frame = Frame::new(&Theme::classic(), PageSize::A4);
        for (wide, high) in [
            (1200, 800),
            (800, 1200),
            (20, 10),
            (100_000, 1),
            (1, 100_000),
        ] {
            for portrait in [false, true] {
                let (width, height) = sized(wide, high, portrait).size(frame.measure);
                assert!(width <= frame.measure && height <= frame.depth);
                assert!(width.0 > 0.0 && height.0 > 0.0);
                if wide.max(high) < 10_000 {
                    let (exact, shown) = (wide as f32 / high as f32, width / height);
                    assert!((exact / shown - 1.0).abs() < 0.001, "{wide}x{high}");
                }
            }
        }
    }
}
