//! Images as they come out of loading: whole, upright, within limits, the same every time.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};

use flashpoint::diagnostic::{Code, FieldPath};
use flashpoint::load::{Loaded, load, scaled};
use flashpoint::piece::{Image, ImageFormat};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/valid/{name}"))
}

fn figure(loaded: &Loaded, index: usize) -> &Image {
    let root = FieldPath::root();
    let statement = root.key("contributors").index(0).key("statement");
    &loaded.images[&statement.index(index).key("figure").key("image")]
}

#[test]
fn every_kind_of_png_and_jpeg_is_read_with_its_size() {
    let loaded = load(&fixture("figures.yaml"));
    assert_eq!(loaded.diagnostics, []);
    let sizes: Vec<_> = (0..9)
        .map(|index| figure(&loaded, index))
        .map(|image| (image.format, image.width, image.height))
        .collect();
    use ImageFormat::{Jpeg, Png};
    assert_eq!(
        sizes,
        [
            (Png, 240, 160),
            (Png, 240, 160),
            (Png, 240, 160),
            (Png, 240, 160),
            (Png, 64, 48),
            (Jpeg, 240, 160),
            (Jpeg, 240, 160),
            (Jpeg, 240, 160),
            (Jpeg, 240, 160),
        ]
    );
    let fields: Vec<_> = loaded.images.keys().map(FieldPath::as_str).collect();
    for field in [
        "cover.image",
        "introduction[0].figure.image",
        "contributors[0].portrait.image",
        "contributors[0].statement[9].list[0][1].figure.image",
    ] {
        assert!(fields.contains(&field), "{field}: {fields:?}");
    }
}

#[test]
fn drawings_and_webp_are_read_as_what_editions_take() {
    use ImageFormat::{Jpeg, Png, Svg};
    let loaded = load(&fixture("drawings.yaml"));
    assert_eq!(loaded.diagnostics, []);
    let found: Vec<_> = [1, 3, 5, 6]
        .map(|index| figure(&loaded, index))
        .map(|image| (image.format, image.width, image.height))
        .into();
    // 480 pixels of the page are 600 of a picture; what says no size is large.
    assert_eq!(
        found,
        [
            (Svg, 600, 350),
            (Svg, 2000, 800),
            (Jpeg, 240, 160),
            (Png, 240, 160)
        ]
    );
    let transparent = image::load_from_memory(&figure(&loaded, 6).bytes).unwrap();
    assert!(transparent.color().has_alpha());
    assert_eq!(transparent.to_rgba8().get_pixel(0, 0).0[3], 0);
    let drawing = std::str::from_utf8(&figure(&loaded, 1).bytes).unwrap();
    assert!(drawing.starts_with("<svg viewBox=\"0 0 480 280\"") && !drawing.contains("<!--"));
}

#[test]
fn a_smaller_copy_keeps_colour_transparency_and_credit_and_is_the_same_every_time() {
    let mut pixels = image::RgbaImage::from_fn(900, 600, |x, y| {
        let noise = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)) >> 7;
        image::Rgba([200, noise as u8, 40, 255])
    });
    for (x, y) in (0..300).flat_map(|x| (0..600).map(move |y| (x, y))) {
        // What is not seen must not shine through at the edge.
        pixels.put_pixel(x, y, image::Rgba([0, 255, 0, 0]));
    }
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 900, 600);
    encoder.set_color(png::ColorType::Rgba);
    encoder
        .add_itxt_chunk("XML:com.adobe.xmp".to_owned(), "<x:xmpmeta xmlns:x='adobe:ns:meta/'><r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><r:Description xmlns:p='http://ns.adobe.com/photoshop/1.0/' p:Credit='Amina Khan'/></r:RDF></x:xmpmeta>".to_owned())
        .unwrap();
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&pixels).unwrap();
    drop(writer);
    let loaded = with_figure(&bytes);
    let whole = figure(&loaded, 0);
    let small = scaled(whole, 300, 200).unwrap();
    assert_eq!(
        (small.width, small.height, small.natural),
        (300, 200, (900, 600))
    );
    assert!(
        small
            .bytes
            .windows(10)
            .any(|window| window == b"Amina Khan")
    );
    assert_eq!(small, scaled(whole, 300, 200).unwrap());
    let decoded = image::load_from_memory(&small.bytes).unwrap().to_rgba8();
    assert_eq!(decoded.get_pixel(50, 100).0[3], 0);
    for x in 98..102 {
        let [red, green, _, alpha] = decoded.get_pixel(x, 100).0;
        assert!(
            alpha < 16 || green < red,
            "{x}: {:?}",
            decoded.get_pixel(x, 100)
        );
    }
    assert_eq!(scaled(whole, 900, 600), None);
    assert_eq!(scaled(whole, 0, 0), None);
}

#[test]
fn an_image_that_needs_no_turning_keeps_its_bytes() {
    let loaded = load(&fixture("figures.yaml"));
    let bytes = fs::read(fixture("images/photo.jpg")).unwrap();
    assert_eq!(&*figure(&loaded, 5).bytes, bytes);
}

#[test]
fn an_image_turned_by_exif_is_set_upright_and_the_same_every_time() {
    let turned = |loaded: &Loaded| image::load_from_memory(&figure(loaded, 8).bytes).unwrap();
    let (first, second) = (
        load(&fixture("figures.yaml")),
        load(&fixture("figures.yaml")),
    );
    assert_eq!(figure(&first, 8).bytes, figure(&second, 8).bytes);
    let pixels = turned(&first).to_rgb8();
    assert_eq!((pixels.width(), pixels.height()), (240, 160));
    // The red disc is on the left, the blue bar below, as in the drawing that was turned.
    let [red, green, blue] = pixels.get_pixel(70, 70).0;
    assert!(red > 140 && green < 90 && blue < 90, "{red} {green} {blue}");
    let [red, _, blue] = pixels.get_pixel(120, 139).0;
    assert!(blue > 90 && red < 80, "{red} {blue}");
}

#[test]
fn each_file_is_read_once_and_listed_by_path() {
    let loaded = load(&fixture("figures.yaml"));
    let paths: Vec<_> = loaded.files.iter().map(|file| file.path.as_str()).collect();
    assert!(paths.is_sorted_by(|a, b| a < b), "{paths:?}");
    assert_eq!(paths.len(), 11);
    assert!(
        loaded
            .files
            .iter()
            .all(|file| file.hash.to_string().len() == 64)
    );
}

#[test]
fn a_camera_s_metadata_go_and_the_compressed_picture_stays_as_it_is() {
    let plain = fs::read(fixture("images/photo.jpg")).unwrap();
    // Behind the first 20 bytes, which say that this is JFIF; a film follows the picture.
    let exif = b"\xff\xe1\0\x22Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0SECRETPLACE.";
    let shot = [&plain[..20], exif, &plain[20..], b"a film"].concat();
    let loaded = with_figure(&shot);
    assert_eq!(loaded.diagnostics, []);
    assert_eq!(&*figure(&loaded, 0).bytes, plain);
}

/// A piece whose only figure is this image.
fn with_figure(image: &[u8]) -> Loaded {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("shot"), image).unwrap();
    let piece = fs::read_to_string(fixture("minimal.yaml")).unwrap();
    let piece = piece.replace("[One paragraph.]", "[figure: {image: shot, alt: A shot}]");
    fs::write(folder.path().join("piece.yaml"), piece).unwrap();
    load(&folder.path().join("piece.yaml"))
}

/// A PNG of two pixels in colour, with this profile.
fn profiled_png(profile: Vec<u8>, colour: png::ColorType, data: &[u8]) -> Vec<u8> {
    let mut info = png::Info::with_size(2, 1);
    info.color_type = colour;
    info.bit_depth = png::BitDepth::Eight;
    info.icc_profile = Some(profile.into());
    if colour == png::ColorType::Indexed {
        info.palette = Some(vec![200, 100, 50, 128, 128, 128].into());
    }
    let mut file = Vec::new();
    let mut writer = png::Encoder::with_info(&mut file, info)
        .unwrap()
        .write_header()
        .unwrap();
    writer.write_image_data(data).unwrap();
    drop(writer);
    file
}

#[test]
fn colours_of_a_wide_space_are_those_of_srgb_in_what_editions_get() {
    let p3 = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let pixels = [200, 100, 50, 128, 128, 128];
    let mut jpeg = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 100);
    let mut encoder = encoder;
    image::ImageEncoder::set_icc_profile(&mut encoder, p3.clone()).unwrap();
    image::ImageEncoder::write_image(
        encoder,
        &[200, 100, 50].repeat(64),
        8,
        8,
        image::ExtendedColorType::Rgb8,
    )
    .unwrap();
    for file in [
        profiled_png(p3.clone(), png::ColorType::Rgb, &pixels),
        profiled_png(p3.clone(), png::ColorType::Indexed, &[0, 1]),
        jpeg,
    ] {
        let loaded = with_figure(&file);
        assert_eq!(loaded.diagnostics, []);
        let bytes = &figure(&loaded, 0).bytes;
        for mark in [&b"iCCP"[..], b"ICC_PROFILE"] {
            assert!(!bytes.windows(mark.len()).any(|window| window == mark));
        }
        let found = image::load_from_memory(bytes)
            .unwrap()
            .to_rgb8()
            .get_pixel(0, 0)
            .0;
        let near = found
            .iter()
            .zip([215_u8, 93, 31])
            .all(|(a, b)| a.abs_diff(b) <= 3);
        assert!(near, "{found:?}");
    }
}

#[test]
fn a_profile_that_swells_without_end_stops_its_piece_and_is_not_read_to_it() {
    let bomb = profiled_png(vec![0; 64 << 20], png::ColorType::Rgb, &[0; 6]);
    assert!(bomb.len() < 1 << 20);
    let loaded = with_figure(&bomb);
    let codes: Vec<_> = loaded
        .diagnostics
        .iter()
        .map(|problem| problem.code)
        .collect();
    assert_eq!(codes, [Code::ImageTooLarge]);
}

#[test]
fn a_png_that_moves_is_told_and_one_of_a_single_frame_is_read() {
    for frames in [1, 2] {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, 300, 200);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_animated(frames, 0).unwrap();
        let mut writer = encoder.write_header().unwrap();
        for frame in 0..frames {
            let grey = 60 * (frame as u8 + 1);
            writer.write_image_data(&[grey; 300 * 200]).unwrap();
        }
        drop(writer);
        let loaded = with_figure(&bytes);
        let codes: Vec<_> = loaded.diagnostics.iter().map(|d| d.code).collect();
        let told = codes.contains(&Code::ImageFormat);
        assert_eq!(told, frames > 1, "{frames} frames: {codes:?}");
    }
}
