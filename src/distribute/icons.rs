//! The sign of a site: in a browser's tab, on a phone's screen, and in the manifest of a web application (W3C Application Manifest).
//!
//! It is the disc of the covers on their ground, drawn at each size that is asked for; nothing of it stands near an edge, so that
//! systems may cut it round.

use std::io::{self, Write};

use serde_json::json;

use super::site_view::SiteView;
use crate::editions::markup::{Element, Markup};
use crate::theme::{Colour, Theme};

/// The path of the drawing.
pub(super) const DRAWING: &str = "icon.svg";
/// The path of the manifest.
pub(super) const MANIFEST: &str = "site.webmanifest";
/// The sizes of the pictures, each with its path: tabs, Apple's screens, and those that the manifest must name.
pub(super) const PICTURES: [(u32, &str); 4] = [
    (32, "icon-32.png"),
    (180, "icon-180.png"),
    (192, "icon-192.png"),
    (512, "icon-512.png"),
];

/// So many sixteenths of the width are the radius of the disc.
const RADIUS: u32 = 5;

/// The icon as a drawing.
pub(super) fn drawing(theme: &Theme) -> Vec<u8> {
    let fill = |colour: Colour| format!("#{colour}");
    let mut svg = Markup::fragment();
    svg.open(
        Element::new("svg")
            .with("xmlns", "http://www.w3.org/2000/svg")
            .with("viewBox", "0 0 16 16"),
    );
    let ground = Element::new("path").with("d", "M0 0h16v16H0z");
    svg.empty(ground.with("fill", &fill(theme.colours.cover_paper)));
    let disc = Element::new("circle")
        .with("cx", "8")
        .with("cy", "8")
        .with("r", &RADIUS.to_string());
    svg.empty(disc.with("fill", &fill(theme.colours.cover_accent)));
    svg.finish()
}

/// The icon as a picture of so many pixels a side: palette of sixteen steps from the ground to the disc.
///
/// # Errors
/// What the library gave; writing into memory does not fail.
pub(super) fn picture(theme: &Theme, side: u32) -> io::Result<Vec<u8>> {
    const STEPS: u32 = 15;
    let (ground, disc) = (theme.colours.cover_paper, theme.colours.cover_accent);
    let mix = |from: u8, to: u8, step: u32| {
        let value = u32::from(from) * (STEPS - step) + u32::from(to) * step + STEPS / 2;
        u8::try_from(value / STEPS).unwrap_or(u8::MAX)
    };
    let palette: Vec<u8> = (0..=STEPS)
        .flat_map(|step| {
            [
                mix(ground.red, disc.red, step),
                mix(ground.green, disc.green, step),
                mix(ground.blue, disc.blue, step),
            ]
        })
        .collect();
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, side, side);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Four);
    encoder.set_palette(palette);
    let mut writer = encoder.write_header()?;
    let mut rows = writer.stream_writer()?;
    for y in 0..side {
        let row: Vec<u32> = (0..side)
            .map(|x| coverage(x, y, side) * STEPS / 16)
            .collect();
        let pairs = row.chunks(2).map(|pair| {
            let byte = pair[0] << 4 | pair.get(1).copied().unwrap_or_default();
            u8::try_from(byte).unwrap_or(u8::MAX)
        });
        rows.write_all(&pairs.collect::<Vec<_>>())?;
    }
    rows.finish()?;
    writer.finish()?;
    Ok(file)
}

/// How many of sixteen places in a pixel the disc covers.
fn coverage(x: u32, y: u32, side: u32) -> u32 {
    // In eighths of pixels, so that the places are whole numbers.
    let (centre, radius) = (
        i64::from(side) * 4,
        i64::from(side) * 8 * i64::from(RADIUS) / 16,
    );
    let covered = (0..16).filter(|place| {
        let at = |pixel: u32, part: i64| i64::from(pixel) * 8 + part * 2 + 1 - centre;
        let (dx, dy) = (at(x, place % 4), at(y, place / 4));
        dx * dx + dy * dy <= radius * radius
    });
    u32::try_from(covered.count()).unwrap_or_default()
}

/// The manifest.
pub(super) fn manifest(site: &SiteView, theme: &Theme) -> Vec<u8> {
    let pictures = PICTURES.iter().filter(|(side, _)| *side >= 192);
    let pictures = pictures.map(|(side, path)| {
        json!({"src": path, "sizes": format!("{side}x{side}"), "type": "image/png", "purpose": "any maskable"})
    });
    let drawing = json!({"src": DRAWING, "sizes": "any", "type": "image/svg+xml"});
    let manifest = json!({
        "name": site.title,
        "short_name": site.title,
        "description": site.description,
        "lang": site.language,
        "dir": site.dir,
        "start_url": "index.html",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": format!("#{}", theme.colours.paper),
        "theme_color": format!("#{}", theme.colours.paper),
        "icons": pictures.chain([drawing]).collect::<Vec<_>>(),
    });
    let mut text = serde_json::to_string_pretty(&manifest).expect("JSON has only text keys");
    text.push('\n');
    text.into_bytes()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_the_disc_in_its_middle_and_the_ground_at_its_edges() {
        let theme = Theme::classic();
        for (side, _) in PICTURES {
            let bytes = picture(&theme, side).unwrap();
            let mut decoder = png::Decoder::new(io::Cursor::new(bytes));
            decoder.set_transformations(png::Transformations::EXPAND);
            let mut reader = decoder.read_info().unwrap();
            let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
            reader.next_frame(&mut pixels).unwrap();
            let at = |x: u32, y: u32| {
                let from = ((y * side + x) * 3) as usize;
                pixels[from..from + 3].to_vec()
            };
            let of = |colour: Colour| colour.bytes().to_vec();
            assert_eq!(at(side / 2, side / 2), of(theme.colours.cover_accent));
            assert_eq!(at(0, 0), of(theme.colours.cover_paper));
            assert_eq!(at(side - 1, side / 10), of(theme.colours.cover_paper));
        }
    }
}
