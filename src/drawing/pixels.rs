//! Pixels inside a drawing: each goes through a gate that whoever reads the drawing keeps, and all of them together are bounded.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use usvg::{ImageHrefResolver, ImageKind};

use super::DrawingError;
use crate::digest::Sha256;
use crate::piece::{Image, ImageFormat};

/// Lets the bytes of an image into a drawing as a PNG or JPEG, or says why not.
pub type PixelGate<'a> = dyn Fn(&[u8]) -> Result<Image, String> + Send + Sync + 'a;

/// The most pixels that a drawing shows of its images, each as often as it is shown.
const MAX_PIXELS: u64 = 40_000_000;

/// Lets in what was let in before.
pub(super) fn again(bytes: &[u8]) -> Result<Image, String> {
    let format = match bytes.starts_with(b"\xff\xd8") {
        true => ImageFormat::Jpeg,
        false => ImageFormat::Png,
    };
    // How many there are was counted then.
    Ok(Image::new(bytes.to_vec(), format, 1, 1))
}

/// The bytes of an image that stands in the address of it (RFC 2397).
pub(super) fn within(address: &str) -> Result<Vec<u8>, DrawingError> {
    let damaged = || DrawingError::Pixels("it is not written in Base64".to_owned());
    let (head, data) = address.split_once(',').ok_or_else(damaged)?;
    if !head.trim_end().to_ascii_lowercase().ends_with(";base64") {
        return Err(damaged());
    }
    let data: String = data.split_ascii_whitespace().collect();
    STANDARD.decode(data).map_err(|_| damaged())
}

/// The images of a drawing, as they are met.
pub(super) struct Images<'a> {
    gate: &'a PixelGate<'a>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    known: BTreeMap<Sha256, (ImageKind, u64)>,
    pixels: u64,
    fault: Option<DrawingError>,
}

impl<'a> Images<'a> {
    pub(super) fn new(gate: &'a PixelGate<'a>) -> Self {
        Self {
            gate,
            state: Mutex::default(),
        }
    }

    /// Asks for nothing outside the drawing.
    pub(super) fn resolver<'b>(&'b self) -> ImageHrefResolver<'b>
    where
        'a: 'b,
    {
        ImageHrefResolver {
            resolve_data: Box::new(move |_, bytes, _| self.admit(&bytes)),
            resolve_string: Box::new(|_, _| None),
        }
    }

    /// What was wrong with one of them.
    pub(super) fn fault(&self) -> Option<DrawingError> {
        self.state().fault.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn admit(&self, bytes: &[u8]) -> Option<ImageKind> {
        let mut state = self.state();
        if state.fault.is_some() {
            return None;
        }
        let hash = Sha256::of(bytes);
        let known = state.known.get(&hash).cloned();
        let (kind, pixels) = match known.map_or_else(|| self.ask(bytes), Ok) {
            Ok(admitted) => admitted,
            Err(reason) => {
                state.fault = Some(DrawingError::Pixels(reason));
                return None;
            }
        };
        state.known.insert(hash, (kind.clone(), pixels));
        state.pixels += pixels;
        if state.pixels > MAX_PIXELS {
            state.fault = Some(DrawingError::TooMuch(
                "shows more than 40 million pixels of images",
            ));
            return None;
        }
        Some(kind)
    }

    /// What the gate makes of an image, and how many pixels it has.
    fn ask(&self, bytes: &[u8]) -> Result<(ImageKind, u64), String> {
        let image = (self.gate)(bytes)?;
        let pixels = u64::from(image.width) * u64::from(image.height);
        let bytes = Arc::new(image.bytes.to_vec());
        let kind = match image.format {
            ImageFormat::Jpeg => ImageKind::JPEG(bytes),
            _ => ImageKind::PNG(bytes),
        };
        Ok((kind, pixels))
    }
}
