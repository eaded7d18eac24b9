//! Figures: an image at its true ratio, its caption and its credit.

use docx_rs::{Pic, Run};

use super::body::Body;
use super::sheet::paragraph as styles;
use crate::compose::Figure;
use crate::piece::Image;
use crate::theme::{Pt, Theme};

/// English metric units in a point (ISO/IEC 29500-1, 20.1.10.16).
const EMU: f32 = 12_700.0;

/// The most that a portrait takes, in width and in height.
const PORTRAIT: (Pt, Pt) = (Pt(96.0), Pt(128.0));

/// The most height that a figure takes: its caption and some text fit on the page too.
const HEIGHT: Pt = Pt(480.0);

/// A pixel of an image that is smaller than the measure, at 144 to the inch.
const PIXEL: Pt = Pt(0.5);

impl<'a> Body<'a> {
    /// A figure.
    pub(super) fn figure(&mut self, figure: &'a Figure) {
        let rid = self.image(figure.image);
        let (width, height) = size(
            &self.composition[figure.image],
            figure.portrait,
            &self.options.theme,
        );
        // `docx-rs` makes images of equal bytes one, and keeps what it is given. The true bytes go into the package as they
        // are; here the mark stands for them, so that every figure keeps its own.
        let mark = self.ledger.figure(rid, &figure.alt);
        let mut pic = Pic::new_with_dimensions(mark.clone().into_bytes(), 1, 1);
        pic.id = mark;
        let pic = pic.size(width, height);
        let image = self
            .empty(styles::FIGURE)
            .add_run(Run::new().add_image(pic));
        self.push(image);
        if let Some(caption) = figure.caption {
            self.text(styles::CAPTION, caption);
        }
        if let Some(credit) = figure.credit {
            self.text(styles::CREDIT, credit);
        }
    }
}

/// Width and height in English metric units, at least one each.
fn size(image: &Image, portrait: bool, theme: &Theme) -> (u32, u32) {
    let (width, height) = (image.width.max(1) as f32, image.height.max(1) as f32);
    let (most_width, most_height) = match portrait {
        true => PORTRAIT,
        false => (theme.measures.measure, HEIGHT),
    };
    let scale = PIXEL
        .0
        .min(most_width.0 / width)
        .min(most_height.0 / height);
    let units = |pixels: f32| ((pixels * scale * EMU).round() as u32).max(1);
    (units(width), units(height))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::piece::ImageFormat;

    fn image(width: u32, height: u32) -> Image {
        Image {
            bytes: Vec::new().into(),
            format: ImageFormat::Png,
            width,
            height,
        }
    }

    #[test]
    fn an_image_keeps_its_ratio_and_fits_the_page() {
        let theme = Theme::classic();
        for (width, height) in [(1200, 800), (800, 1200), (10_000, 1), (1, 10_000), (20, 10)] {
            for portrait in [false, true] {
                let (w, h) = size(&image(width, height), portrait, &theme);
                assert!(w as f32 <= theme.measures.measure.0 * EMU + 1.0);
                assert!(h as f32 <= HEIGHT.0 * EMU + 1.0);
                let (exact, shown) = (
                    f64::from(width) / f64::from(height),
                    f64::from(w) / f64::from(h),
                );
                if width.max(height) < 10_000 {
                    assert!((exact / shown - 1.0).abs() < 0.001, "{width}x{height}");
                }
            }
        }
    }
}
