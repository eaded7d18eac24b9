//! SVG drawings: read within limits, written anew, shown as pixels. No file, face or address outside the drawing is ever asked for.
//!
//! What a drawing is made of is for whoever shows it as vectors; where it stands is for nobody here.

mod expansion;
mod labour;
mod lexer;
mod numbers;
mod outlines;
mod paths;
mod pixels;
mod reach;
mod references;
mod shapes;

pub(crate) use paths::{cap_and_join, covered, only_path, ways};
pub use pixels::PixelGate;
pub use shapes::{Mark, Shape, Step, bytes};

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use usvg::roxmltree::{self, Document, ParsingOptions};
use usvg::{Indent, Options, Tree, WriteOptions};

use crate::diagnostic::Code;
use pixels::Images;

/// The largest drawing, in bytes of its file.
pub(crate) const MAX_BYTES: usize = 16 << 20;
/// The largest drawing without the images in it, in bytes of its file.
const MAX_DRAWN: usize = 4 << 20;
/// The most nodes of its text: elements, texts, comments.
const MAX_NODES: u32 = 200_000;
/// How long a side may be in the shape of a drawing, as a multiple of the other.
const MAX_RATIO: f32 = 1000.0;
/// The smallest size of a drawing, the longer of its sides, in its own units.
const MIN_SIDE: f32 = 0.001;
/// The greatest side in pixels of a drawing shown as pixels.
const MAX_SIDE: f32 = 4000.0;
/// The most pixels of a drawing shown as pixels.
const MAX_PIXELS: f32 = 4_000_000.0;
/// The pixels of its own to the inch (CSS Values 4, 6.2), and those of pictures.
const TO_PIXELS: f32 = 120.0 / 96.0;
/// The width or height of a drawing that says none.
const UNSAID: f32 = 2000.0;

/// A drawing that can be shown.
#[derive(Debug, Clone)]
pub struct Drawing {
    tree: Arc<Tree>,
    /// Width and height in pixels, as pictures are measured.
    natural: (u32, u32),
}

/// Why a drawing cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DrawingError {
    /// Not XML, or not SVG.
    #[error("the drawing cannot be read: {0}")]
    Damaged(String),
    /// Letters, which would be set in whatever face there is.
    #[error(
        "the drawing has text in it (`{0}`), which would look otherwise wherever its face is missing"
    )]
    Text(String),
    /// An image inside that cannot be shown.
    #[error("the drawing has an image made of pixels in it, which cannot be shown: {0}")]
    Pixels(String),
    /// Something that stands elsewhere.
    #[error("the drawing refers to `{0}`, which is outside of it")]
    Outside(String),
    /// A number that nobody draws in.
    #[error(
        "the drawing has a number beyond {limit} in it ({number}, in `{attribute}` of `{element}`)"
    )]
    LargeNumber {
        /// The largest that stands there.
        limit: &'static str,
        /// The number, in units of the drawing.
        number: String,
        /// The attribute that it comes of.
        attribute: String,
        /// The element of that.
        element: String,
    },
    /// More of something than is read.
    #[error("the drawing {0}")]
    TooMuch(&'static str),
}

impl DrawingError {
    /// What it is about.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::Damaged(_) => Code::DamagedImage,
            Self::Text(_) | Self::Pixels(_) => Code::SvgImage,
            Self::Outside(_) => Code::ImageOutside,
            Self::LargeNumber { .. } | Self::TooMuch(_) => Code::ImageTooLarge,
        }
    }

    /// The way out.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Damaged(_) => "export the file again as plain SVG",
            Self::Text(_) => {
                "turn the text into paths in the program that made the drawing (Inkscape: Path, Object to Path), and save a copy"
            }
            Self::Pixels(_) => {
                "put a PNG or JPEG into the drawing in its place, or give that image itself"
            }
            Self::Outside(_) => "put everything into the drawing itself",
            Self::LargeNumber { .. } => {
                "scale it down and move it to the corner of its page in the program that made it, or export it as PNG"
            }
            Self::TooMuch(_) => "simplify it, or export it as PNG",
        }
    }
}

impl Drawing {
    /// Reads a drawing that was written anew.
    ///
    /// # Errors
    /// [`DrawingError`] where that is not so.
    pub fn again(bytes: &[u8]) -> Result<Self, DrawingError> {
        Self::read(bytes, &pixels::again)
    }

    /// Reads a drawing; what it shows of pixels goes through a gate.
    ///
    /// # Errors
    /// [`DrawingError`] where it cannot be shown, or not at a bounded cost.
    pub fn read(bytes: &[u8], gate: &PixelGate<'_>) -> Result<Self, DrawingError> {
        if bytes.len() > MAX_BYTES {
            return Err(DrawingError::TooMuch("is larger than 16 MiB"));
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = std::str::from_utf8(bytes)
            .map_err(|_| DrawingError::Damaged("it is not in UTF-8".to_owned()))?;
        let options = ParsingOptions {
            // Some programs give names to namespaces there; how often they are put in is bounded by the parser.
            allow_dtd: true,
            nodes_limit: MAX_NODES,
            ..ParsingOptions::default()
        };
        let document =
            Document::parse_with_options(text, options).map_err(|error| match error {
                roxmltree::Error::NodesLimitReached => {
                    DrawingError::TooMuch("has more than 200,000 elements")
                }
                error => DrawingError::Damaged(error.to_string()),
            })?;
        let pixels = references::within(&document)?;
        if bytes.len().saturating_sub(pixels) > MAX_DRAWN {
            return Err(DrawingError::TooMuch(
                "is larger than 4 MiB without the images in it",
            ));
        }
        numbers::bounded(&document)?;
        expansion::bounded(&document)?;
        let natural = natural(&document);
        let images = Images::new(gate);
        let options = Options {
            image_href_resolver: images.resolver(),
            ..Options::default()
        };
        let tree = Tree::from_xmltree(&document, &options).map_err(|error| match error {
            usvg::Error::ElementsLimitReached => {
                DrawingError::TooMuch("has more elements than are read")
            }
            error => DrawingError::Damaged(error.to_string()),
        })?;
        if let Some(fault) = images.fault() {
            return Err(fault);
        }
        let (width, height) = (tree.size().width(), tree.size().height());
        if !(1.0 / MAX_RATIO..=MAX_RATIO).contains(&(width / height)) {
            return Err(DrawingError::TooMuch(
                "is a thousand times as long as it is wide",
            ));
        }
        if !(MIN_SIDE..=numbers::LARGEST as f32).contains(&width.max(height)) {
            return Err(DrawingError::TooMuch(
                "measures less than 0.001 of its own units, or more than 1,000,000",
            ));
        }
        labour::bounded(&tree)?;
        Ok(Self {
            natural: scaled((width, height), natural),
            tree: Arc::new(tree),
        })
    }

    /// Width and height in pixels as pictures are measured, 120 to the inch; what states no size is large.
    #[must_use]
    pub fn natural(&self) -> (u32, u32) {
        self.natural
    }

    /// What it is made of.
    #[must_use]
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The drawing written anew: nothing of its file is in it but what is seen.
    ///
    /// # Errors
    /// [`DrawingError`] where it grew so that it could not be read again.
    pub fn anew(&self) -> Result<String, DrawingError> {
        let svg = self.svg();
        Self::again(svg.as_bytes()).map(|_| svg)
    }

    #[must_use]
    fn svg(&self) -> String {
        let size = self.tree.size();
        // Decimals in units of the drawing, which may be as large as a poster or as small as a dot.
        let precision = match size.width().max(size.height()) {
            side if side >= 100.0 => 3,
            side if side >= 1.0 => 5,
            _ => 8,
        };
        let options = WriteOptions {
            coordinates_precision: precision,
            indent: Indent::None,
            ..WriteOptions::default()
        };
        // Without this no reader scales it.
        let view = format!("<svg viewBox=\"0 0 {} {}\" ", size.width(), size.height());
        let svg = self.tree.to_string(&options).replacen("<svg ", &view, 1);
        // The writer puts a space there, which no address has (RFC 3986, 2); no text of a drawing is in what it writes.
        svg.replace(";base64, ", ";base64,")
    }

    /// The drawing as a PNG, transparent where nothing is drawn: of so many pixels, or as many as are reasonable.
    ///
    /// # Errors
    /// What the encoder says.
    pub fn png(&self, width: u32, height: u32) -> Result<Raster, png::EncodingError> {
        let pixmap = self.painted(width, height);
        let (width, height) = (pixmap.width(), pixmap.height());
        let pixels = pixmap.pixels().iter();
        let pixels = pixels.flat_map(|pixel| {
            let pixel = pixel.demultiply();
            [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()]
        });
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_source_srgb(png::SrgbRenderingIntent::Perceptual);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&pixels.collect::<Vec<u8>>())?;
        writer.finish()?;
        Ok(Raster {
            bytes,
            width,
            height,
        })
    }

    fn painted(&self, width: u32, height: u32) -> Pixmap {
        let wanted = (width.max(1) as f32, height.max(1) as f32);
        let side = MAX_SIDE / wanted.0.max(wanted.1);
        let area = (MAX_PIXELS / (wanted.0 * wanted.1)).sqrt();
        let scale = side.min(area).min(1.0);
        let part = |length: f32| ((length * scale).floor() as u32).clamp(1, MAX_SIDE as u32);
        let pixmap = Pixmap::new(part(wanted.0), part(wanted.1));
        let mut pixmap = pixmap.expect("a few million pixels");
        let (wide, high) = (pixmap.width() as f32, pixmap.height() as f32);
        let size = self.tree.size();
        let transform = Transform::from_scale(wide / size.width(), high / size.height());
        resvg::render(&self.tree, transform, &mut pixmap.as_mut());
        pixmap
    }
}

/// A drawing as pixels.
#[derive(Debug)]
pub struct Raster {
    /// The bytes of a PNG.
    pub bytes: Vec<u8>,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

/// The factor from units of the drawing to pixels of pictures, where its size is a length.
fn natural(document: &Document<'_>) -> Option<f32> {
    let root = document.root_element();
    let is_length = |name| {
        root.attribute(name)
            .is_some_and(|value: &str| !value.trim_end().ends_with('%'))
    };
    (is_length("width") && is_length("height")).then_some(TO_PIXELS)
}

fn scaled((width, height): (f32, f32), factor: Option<f32>) -> (u32, u32) {
    let factor = factor.unwrap_or(UNSAID / width.max(height));
    let factor = factor.min(10_000.0 / width.max(height));
    let side = |length: f32| ((length * factor).round() as u32).max(1);
    (side(width), side(height))
}

#[cfg(test)]
mod tests;
