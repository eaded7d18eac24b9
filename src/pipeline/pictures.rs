//! Pictures as the editions carry them: no more pixels than their places have room for, told once a piece.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::compose::{Composition, ImageId};
use crate::diagnostic::{Code, Diagnostic, FieldPath, Finding};
use crate::editions::Options;
use crate::load::{rasterised, scaled};
use crate::measure::picture;
use crate::piece::{Image, ImageFormat};

/// The fewest pixels to the inch of print at which they are not seen.
const COARSE: f32 = 100.0;
/// The longest side of an image in pixels.
const MAX_SIDE: u32 = 10_000;
/// The points of an inch.
const INCH: f32 = 72.0;
/// The greatest sides of a cover in inches at the limit: 1,600 by 2,560 pixels where it is the usual one, as shops for books ask.
const COVER: (f32, f32) = (16.0 / 3.0, 25.6 / 3.0);

/// A composition with its pictures fitted, and what there is to say of them.
pub(crate) struct Fitted<'a> {
    /// The composition; the same where nothing had to be changed.
    pub(crate) composition: Cow<'a, Composition>,
    /// What was noticed.
    pub(crate) findings: Vec<Finding>,
}

/// How large a picture is shown at most, in points, and how few of its pixels come to an inch there.
#[derive(Clone, Copy, Default)]
struct Shown {
    width: f32,
    fewest: Option<f32>,
}

/// Fits the pictures of a composition.
pub(crate) fn fit<'a>(composition: &'a Composition, options: &Options) -> Fitted<'a> {
    let shown = shown(composition, options);
    let mut fitted = Fitted {
        composition: Cow::Borrowed(composition),
        findings: Vec::new(),
    };
    let mut smaller = Vec::new();
    for (id, shown) in &shown {
        let image = &composition[*id];
        let field = composition.image_fields.get(id.0 as usize);
        if let Some(dots) = shown.fewest.filter(|dots| *dots < COARSE) {
            fitted
                .findings
                .extend(field.map(|field| coarse(field, dots)));
        }
        let inches = shown.width / INCH;
        if image.format == ImageFormat::Svg {
            // Where it must be shown as pixels, it has as many as a photograph would.
            let width = pixels(inches, composition.max_dpi).min(MAX_SIDE);
            let height = height(image, width).min(MAX_SIDE);
            let image = image.clone();
            fitted.replace(
                *id,
                Image {
                    width,
                    height,
                    ..image
                },
            );
            continue;
        }
        let wanted = pixels(inches, composition.max_dpi).min(image.width);
        if let Some(small) = scaled(image, wanted, height(image, wanted)) {
            // A logo is the theme's, which no piece is told of.
            smaller.extend(field.filter(|field| **field != FieldPath::root()));
            fitted.replace(*id, small);
        }
    }
    if let Some(first) = smaller.first() {
        let (number, dots) = (smaller.len(), composition.max_dpi);
        fitted.findings.push(told(first, number, dots));
    }
    fitted.cover();
    fitted
}

/// How large every picture of the text is shown.
fn shown(composition: &Composition, options: &Options) -> BTreeMap<ImageId, Shown> {
    let frame = options.frame();
    let mut all: BTreeMap<ImageId, Shown> = BTreeMap::new();
    for (_, figure) in composition.walk().figures() {
        let image = &composition[figure.image];
        let (width, _) = picture(figure, image, frame).size(frame.measure);
        let shown = all.entry(figure.image).or_default();
        shown.width = shown.width.max(width.0);
        // A drawing has no pixels to be seen.
        if image.format != ImageFormat::Svg {
            let dots = image.natural.0 as f32 / (width.0 / INCH);
            shown.fewest = Some(shown.fewest.map_or(dots, |fewest| fewest.min(dots)));
        }
    }
    all
}

fn pixels(inches: f32, dots: u16) -> u32 {
    ((inches * f32::from(dots)).ceil() as u32).max(1)
}

/// The height that belongs to a width.
fn height(image: &Image, width: u32) -> u32 {
    let height = f64::from(image.height) * f64::from(width) / f64::from(image.width.max(1));
    (height.round() as u32).max(1)
}

impl Fitted<'_> {
    fn replace(&mut self, id: ImageId, image: Image) {
        self.composition.to_mut().images[id.0 as usize] = image;
    }

    /// A cover that no reading system shows, or larger than any asks for, becomes a picture of its own.
    fn cover(&mut self) {
        let Some((id, alt)) = &self.composition.cover else {
            return;
        };
        let (image, alt) = (&self.composition[*id], alt.clone());
        let dots = self.composition.max_dpi;
        let (wide, high) = (pixels(COVER.0, dots), pixels(COVER.1, dots));
        let ratio = (f64::from(wide) / f64::from(image.width.max(1)))
            .min(f64::from(high) / f64::from(image.height.max(1)));
        let width = ((f64::from(image.width) * ratio).round() as u32).max(1);
        let changed = match image.format {
            ImageFormat::Svg => rasterised(image, width, height(image, width)).ok(),
            _ => scaled(image, width.min(image.width), height(image, width)),
        };
        let Some(cover) = changed else { return };
        let field = self.composition.image_fields[id.0 as usize].clone();
        let composition = self.composition.to_mut();
        let id = ImageId(u32::try_from(composition.images.len()).unwrap_or(u32::MAX));
        composition.images.push(cover);
        composition.image_fields.push(field);
        composition.cover = Some((id, alt));
    }
}

fn coarse(field: &FieldPath, dots: f32) -> Finding {
    let message = format!(
        "the picture is printed with {} dots an inch: they will be seen",
        dots.floor()
    );
    let diagnostic = Diagnostic::warning(Code::ImageResolution, message)
        .hint("take a larger file of it, or a smaller `width`");
    Finding {
        path: field.clone(),
        diagnostic,
    }
}

fn told(field: &FieldPath, number: usize, dots: u16) -> Finding {
    let message = match number {
        1 => format!(
            "the picture has more than {dots} dots an inch where it is printed: the editions carry a smaller copy"
        ),
        _ => format!(
            "{number} pictures have more than {dots} dots an inch where they are printed: the editions carry smaller copies"
        ),
    };
    Finding {
        path: field.clone(),
        diagnostic: Diagnostic::note(Code::ImageScaled, message),
    }
}
