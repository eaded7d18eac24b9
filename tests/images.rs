//! Images as they come out of loading: whole, upright, within limits, the same every time.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};

use flashpoint::diagnostic::FieldPath;
use flashpoint::load::{Loaded, load};
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
