//! The EPUB edition, read back through a zip reader and an XML reader that did not write it.
#![allow(clippy::unwrap_used, reason = "tests")]

mod accessibility;
mod book;
mod goldens;
mod hostile;
mod pages;
mod soundness;

use std::collections::BTreeMap;
use std::path::PathBuf;

use flashpoint::check::check;
use flashpoint::compose::{Composition, compose};
use flashpoint::diagnostic::FieldPath;
use flashpoint::editions::{Options, epub};
use flashpoint::load::Loaded;
use flashpoint::piece::{Image, ImageFormat, Piece};
use flashpoint::theme::{PageSize, Theme};
use flashpoint::typeset::{Layout, PageList, layout};

fn goldens() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/goldens/epub")
}

fn options() -> Options {
    Options {
        theme: Theme::classic(),
        page_size: PageSize::A4,
    }
}

fn picture(name: &str, width: u32, height: u32) -> Image {
    let bytes = std::fs::read(goldens().join(name)).unwrap();
    Image::new(bytes, ImageFormat::Png, width, height)
}

/// Composes a piece; its images are the two beside the goldens.
fn composed(yaml: &str) -> Composition {
    let piece: Piece = serde_yaml::from_str(yaml).unwrap();
    compose_piece(piece).unwrap()
}

/// The composition, of a piece that `check` does not refuse.
fn compose_piece(piece: Piece) -> Option<Composition> {
    let images = BTreeMap::from([
        (
            FieldPath::root().key("contributors[0].statement[10].figure.image"),
            picture("chart.png", 240, 160),
        ),
        (
            FieldPath::root().key("contributors[0].portrait.image"),
            picture("portrait.png", 120, 150),
        ),
    ]);
    let loaded = Loaded {
        piece: Some(piece),
        images,
        hash: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".to_owned(),
        ..Loaded::default()
    };
    Some(compose(&check(&loaded).piece?, None))
}

fn every_block() -> Composition {
    composed(&std::fs::read_to_string(goldens().join("every-block.yaml")).unwrap())
}

/// The pages as they are set, unless the piece cannot be set on pages.
fn set(composition: &Composition) -> Option<Layout> {
    layout(composition, &Theme::classic(), PageSize::A4).ok()
}

fn written(composition: &Composition) -> Vec<u8> {
    epub::write(
        composition,
        set(composition).map(|pages| PageList::of(&pages)).as_ref(),
        &options(),
    )
    .unwrap()
}
