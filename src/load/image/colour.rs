//! What the numbers of an image mean, and the same colours as sRGB.
//!
//! Every edition gets sRGB and no profile: Word and most reading systems heed none, a page would need one beside that of its
//! output intent, and only numbers that mean the same everywhere look alike in all editions. Colours beyond sRGB become its
//! nearest. A file whose numbers mean sRGB already, to within what nobody sees, is not touched.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use image::DynamicImage;
use moxcms::{
    Chromaticity, CicpColorPrimaries, CicpProfile, ColorPrimaries, ColorProfile, DataColorSpace,
    Layout, Matrix3d, MatrixCoefficients, ProfileClass, RenderingIntent, ToneReprCurve,
    TransferCharacteristics, TransformOptions,
};

/// The largest profile, in bytes: a few MB hold the largest tables in use, and a compressed one can claim to be of any size.
pub(super) const MAX_PROFILE: usize = 4 << 20;

/// What a file says of its numbers.
#[derive(Debug, PartialEq)]
pub(super) enum Space<'a> {
    /// A profile (ISO 15076-1).
    Profile(Cow<'a, [u8]>),
    /// Primaries and transfer by their numbers (ITU-T H.273).
    Coded { primaries: u8, transfer: u8 },
    /// The exponent of the light that a number stands for, with white, red, green and blue where they are told.
    Measured {
        exponent: f32,
        points: Option<[(f32, f32); 4]>,
    },
}

/// Whether an image has colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hue {
    Grey,
    Colour,
}

/// The light that each of 65,536 numbers stands for.
type Curve = Box<[f32; 65_536]>;

/// How numbers become those of sRGB.
pub(super) enum Conversion {
    Grey(Curve),
    Matrix([Curve; 3], Matrix3d),
    /// A device that only tables describe.
    Tables(Box<ColorProfile>),
}

impl Conversion {
    /// How the numbers of an image become sRGB; none where they are so already, or where nothing that holds is said of them,
    /// which viewers take for sRGB too.
    pub(super) fn of(space: &Space<'_>, hue: Hue) -> Option<Self> {
        let profile = match space {
            Space::Profile(bytes) => ColorProfile::new_from_slice(bytes).ok()?,
            Space::Coded {
                primaries,
                transfer,
            } => coded(*primaries, *transfer)?,
            Space::Measured { exponent, points } => measured(*exponent, points.as_ref())?,
        };
        let conversion = Self::from_profile(profile, hue)?;
        conversion.changes_what_is_seen().then_some(conversion)
    }

    fn from_profile(mut profile: ColorProfile, hue: Hue) -> Option<Self> {
        use ProfileClass::{ColorSpace, DisplayDevice, InputDevice, OutputDevice};
        if !matches!(
            profile.profile_class,
            InputDevice | DisplayDevice | OutputDevice | ColorSpace
        ) {
            return None;
        }
        match (hue, profile.color_space) {
            (Hue::Grey, DataColorSpace::Gray) => {
                let curve = profile.build_gray_linearize_table::<u16, 65_536, 16>();
                Some(Self::Grey(curve.ok()?))
            }
            (Hue::Colour, DataColorSpace::Rgb) => {
                let matrix = profile.transform_matrix(&ColorProfile::new_srgb());
                let curves = [
                    profile.build_r_linearize_table::<u16, 65_536, 16>(false),
                    profile.build_g_linearize_table::<u16, 65_536, 16>(false),
                    profile.build_b_linearize_table::<u16, 65_536, 16>(false),
                ];
                // Where a profile has both, primaries are taken before tables: they give the same on every machine.
                if let [Ok(red), Ok(green), Ok(blue)] = curves {
                    let holds = matrix.v.iter().flatten().all(|number| number.is_finite());
                    return holds.then_some(Self::Matrix([red, green, blue], matrix));
                }
                profile.cicp = None;
                let srgb = ColorProfile::new_srgb();
                let tables =
                    profile.create_transform_8bit(Layout::Rgb, &srgb, Layout::Rgb, options());
                tables.ok()?;
                Some(Self::Tables(Box::new(profile)))
            }
            _ => None,
        }
    }

    /// Whether any colour of a grid changes by more than two of 255 steps.
    fn changes_what_is_seen(&self) -> bool {
        const STEPS: usize = 17;
        let level = |step: usize| (step * 255 / (STEPS - 1)) as u8;
        let grid = (0..STEPS.pow(3)).flat_map(|at| {
            let [red, green, blue] = [at / STEPS / STEPS, at / STEPS % STEPS, at % STEPS];
            match self {
                Self::Grey(_) => [level(red); 3],
                _ => [level(red), level(green), level(blue)],
            }
        });
        let before: Vec<u8> = grid.collect();
        let mut after = before.clone();
        self.eight(&mut after, 3);
        before.iter().zip(&after).any(|(a, b)| a.abs_diff(*b) > 2)
    }

    /// Converts three bytes for each colour of a palette.
    pub(super) fn palette(&self, colours: &mut [u8]) {
        let whole = colours.len() / 3 * 3;
        self.eight(&mut colours[..whole], 3);
    }

    /// Converts the pixels; how much of each shows stays.
    pub(super) fn apply(&self, pixels: &mut DynamicImage) {
        let channels = usize::from(pixels.color().channel_count());
        match pixels {
            DynamicImage::ImageLuma8(image) => self.eight(image, channels),
            DynamicImage::ImageLumaA8(image) => self.eight(image, channels),
            DynamicImage::ImageRgb8(image) => self.eight(image, channels),
            DynamicImage::ImageRgba8(image) => self.eight(image, channels),
            DynamicImage::ImageLuma16(image) => self.sixteen(image, channels),
            DynamicImage::ImageLumaA16(image) => self.sixteen(image, channels),
            DynamicImage::ImageRgb16(image) => self.sixteen(image, channels),
            DynamicImage::ImageRgba16(image) => self.sixteen(image, channels),
            // Neither format has pixels of another kind.
            _ => {}
        }
    }

    fn eight(&self, samples: &mut [u8], channels: usize) {
        match self {
            Self::Tables(profile) => {
                let (layout, srgb) = (layout(channels), ColorProfile::new_srgb());
                let converter = profile.create_transform_8bit(layout, &srgb, layout, options());
                through(converter.ok(), samples, |by, from, to| {
                    by.transform(from, to)
                });
            }
            _ => self.each(samples, channels),
        }
    }

    fn sixteen(&self, samples: &mut [u16], channels: usize) {
        match self {
            Self::Tables(profile) => {
                let (layout, srgb) = (layout(channels), ColorProfile::new_srgb());
                let converter = profile.create_transform_16bit(layout, &srgb, layout, options());
                through(converter.ok(), samples, |by, from, to| {
                    by.transform(from, to)
                });
            }
            _ => self.each(samples, channels),
        }
    }

    fn each<S: Sample>(&self, samples: &mut [S], channels: usize) {
        for pixel in samples.chunks_exact_mut(channels) {
            match self {
                Self::Grey(curve) => {
                    let colours = if channels < 3 { 1 } else { 3 };
                    for sample in &mut pixel[..colours] {
                        *sample = S::of_share(encoded(curve[sample.index()]));
                    }
                }
                Self::Matrix(curves, matrix) if channels >= 3 => {
                    let light: [f64; 3] =
                        std::array::from_fn(|i| f64::from(curves[i][pixel[i].index()]));
                    for (sample, row) in pixel.iter_mut().zip(&matrix.v) {
                        let sum = row[0] * light[0] + row[1] * light[1] + row[2] * light[2];
                        *sample = S::of_share(encoded(sum as f32));
                    }
                }
                _ => {}
            }
        }
    }
}

/// A number of an image.
trait Sample: Copy {
    /// Its place among 65,536.
    fn index(self) -> usize;
    /// The number nearest to a share of the highest.
    fn of_share(share: f32) -> Self;
}

impl Sample for u8 {
    fn index(self) -> usize {
        usize::from(self) * 257
    }

    fn of_share(share: f32) -> Self {
        (share * 255.0 + 0.5) as Self
    }
}

impl Sample for u16 {
    fn index(self) -> usize {
        usize::from(self)
    }

    fn of_share(share: f32) -> Self {
        (share * 65_535.0 + 0.5) as Self
    }
}

/// The share of the highest number that stands for this light in sRGB (IEC 61966-2-1).
fn encoded(light: f32) -> f32 {
    const LAST: usize = 65_535;
    static SHARES: LazyLock<Vec<f32>> = LazyLock::new(|| {
        let share = |light: f64| match light {
            light if light <= 0.003_130_8 => light * 12.92,
            light => 1.055 * light.powf(1.0 / 2.4) - 0.055,
        };
        (0..=LAST)
            .map(|at| share(at as f64 / LAST as f64) as f32)
            .collect()
    });
    let place = light.clamp(0.0, 1.0) * LAST as f32;
    let below = (place as usize).min(LAST - 1);
    let (low, high) = (SHARES[below], SHARES[below + 1]);
    low + (high - low) * (place - below as f32)
}

fn layout(channels: usize) -> Layout {
    match channels {
        4 => Layout::Rgba,
        _ => Layout::Rgb,
    }
}

/// How a profile's tables are gone through.
fn options() -> TransformOptions {
    TransformOptions {
        rendering_intent: RenderingIntent::Perceptual,
        // Whole numbers: the same whatever the machine's own instructions are.
        prefer_fixed_point: true,
        ..TransformOptions::default()
    }
}

/// Puts samples through a converter; one that fails leaves them as they are.
fn through<C: ?Sized, S: Copy, E>(
    converter: Option<Arc<C>>,
    samples: &mut [S],
    convert: impl FnOnce(&C, &[S], &mut [S]) -> Result<(), E>,
) {
    let Some(converter) = converter else { return };
    let before = samples.to_vec();
    if convert(&converter, &before, samples).is_err() {
        samples.copy_from_slice(&before);
    }
}

/// The profile of code points. Those of films for bright screens are not read: their white is no white of paper.
fn coded(primaries: u8, transfer: u8) -> Option<ColorProfile> {
    const PQ: u8 = 16;
    const HLG: u8 = 18;
    if matches!(transfer, PQ | HLG) {
        return None;
    }
    let color_primaries = CicpColorPrimaries::try_from(primaries).ok()?;
    let transfer_characteristics = TransferCharacteristics::try_from(transfer).ok()?;
    let mut profile = ColorProfile::new_from_cicp(CicpProfile {
        color_primaries,
        transfer_characteristics,
        matrix_coefficients: MatrixCoefficients::Identity,
        full_range: true,
    });
    profile.gray_trc = profile.red_trc.clone();
    Some(profile)
}

/// The profile of an exponent and of primaries; none of those that are meant to say sRGB.
fn measured(exponent: f32, points: Option<&[(f32, f32); 4]>) -> Option<ColorProfile> {
    const SRGB: [(f32, f32); 4] = [(0.3127, 0.329), (0.64, 0.33), (0.3, 0.6), (0.15, 0.06)];
    let near =
        |(a, b): (&(f32, f32), &(f32, f32))| (a.0 - b.0).abs() < 0.005 && (a.1 - b.1).abs() < 0.005;
    let points = points.unwrap_or(&SRGB);
    let of_srgb = points.iter().zip(&SRGB).all(near);
    if !exponent.is_finite() || of_srgb && (exponent - 2.2).abs() < 0.05 {
        return None;
    }
    let mut profile = ColorProfile::new_srgb();
    if !of_srgb {
        let [white, red, green, blue] = points.map(|(x, y)| Chromaticity::new(x, y));
        profile.update_rgb_colorimetry(white.to_xyyb(), ColorPrimaries { red, green, blue });
    }
    let curve = Some(ToneReprCurve::Parametric(vec![exponent]));
    profile.red_trc.clone_from(&curve);
    profile.green_trc.clone_from(&curve);
    profile.blue_trc.clone_from(&curve);
    profile.gray_trc = curve;
    Some(profile)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn converted(profile: &ColorProfile, colour: [u8; 3]) -> Option<[u8; 3]> {
        let space = Space::Profile(profile.encode().unwrap().into());
        let conversion = Conversion::of(&space, Hue::Colour)?;
        let mut colour = colour;
        conversion.palette(&mut colour);
        Some(colour)
    }

    #[test]
    fn a_wide_profile_becomes_srgb_as_published_conversions_have_it() {
        // Display P3 and Adobe RGB, by CSS Color 4's sample code.
        let near = |a: [u8; 3], b: [u8; 3]| a.iter().zip(&b).all(|(a, b)| a.abs_diff(*b) <= 1);
        let p3 = ColorProfile::new_display_p3();
        for (from, to) in [
            ([128, 128, 128], [128, 128, 128]),
            ([255, 255, 255], [255, 255, 255]),
            ([255, 0, 0], [255, 0, 0]),
            ([200, 100, 50], [215, 93, 31]),
            ([50, 150, 100], [0, 153, 95]),
        ] {
            let found = converted(&p3, from).unwrap();
            assert!(near(found, to), "{from:?}: {found:?}, not {to:?}");
        }
        let adobe = converted(&ColorProfile::new_adobe_rgb(), [200, 100, 50]).unwrap();
        assert!(near(adobe, [227, 100, 42]), "{adobe:?}");
    }

    #[test]
    fn what_means_srgb_is_not_touched() {
        assert_eq!(converted(&ColorProfile::new_srgb(), [1, 2, 3]), None);
        for space in [
            Space::Measured {
                exponent: 1.0 / 0.45455,
                points: None,
            },
            Space::Coded {
                primaries: 1,
                transfer: 13,
            },
            Space::Coded {
                primaries: 9,
                transfer: 16,
            },
            Space::Profile(Cow::Borrowed(b"no profile")),
            Space::Measured {
                exponent: f32::INFINITY,
                points: None,
            },
        ] {
            assert!(Conversion::of(&space, Hue::Colour).is_none(), "{space:?}");
        }
    }

    #[test]
    fn greys_follow_their_own_curve_in_both_depths() {
        let space = Space::Profile(
            ColorProfile::new_gray_with_gamma(1.0)
                .encode()
                .unwrap()
                .into(),
        );
        let conversion = Conversion::of(&space, Hue::Grey).unwrap();
        let (mut eight, mut sixteen) = ([0, 55, 255], [0, 0x3737, 65_535]);
        conversion.eight(&mut eight, 1);
        conversion.sixteen(&mut sixteen, 1);
        assert_eq!(eight, [0, 128, 255]);
        assert_eq!(sixteen.map(|sample| sample >> 8), [0, 128, 255]);
        assert!(Conversion::of(&space, Hue::Colour).is_none());
    }

    #[test]
    fn primaries_and_an_exponent_are_heeded_and_what_shows_stays() {
        let points = Some([(0.3127, 0.329), (0.68, 0.32), (0.265, 0.69), (0.15, 0.06)]);
        let space = Space::Measured {
            exponent: 2.2,
            points,
        };
        let conversion = Conversion::of(&space, Hue::Colour).unwrap();
        let mut pixel = [200, 100, 50, 77];
        conversion.eight(&mut pixel, 4);
        assert!(
            pixel[0] > 210 && pixel[2] < 40 && pixel[3] == 77,
            "{pixel:?}"
        );
    }
}
