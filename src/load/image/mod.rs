//! The images that a piece names: read, held to the limits, decoded once, turned upright and into sRGB, freed of what only
//! concerns the camera.
//!
//! No later phase opens a file or meets an image that cannot be decoded.

mod budget;
mod colour;
mod credit;
mod decode;
mod exif;
mod format;
mod jpeg;
mod likeness;
mod memo;
mod metadata;
mod pixels;
mod png;
mod raster;
mod scale;
mod svg;
mod webp;

pub use likeness::{APART, apart};
#[cfg(feature = "preview")]
pub(crate) use memo::keep_pictures;
pub use scale::{pixels_of, rasterised, scaled};

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use super::{ImageFile, Loaded, Pending};
use crate::diagnostic::{Code, Diagnostic, FieldPath};
use crate::digest::Sha256;
use crate::piece::{Block, Image, Item, ItemBlock, Piece};
use crate::store::open_plain;

/// The largest image file, in bytes.
const MAX_BYTES: u64 = 32 << 20;
/// The most that the image files of one piece may have together, in bytes.
const MAX_ALL: u64 = 256 << 20;

/// Why an image cannot be used: a code, a message without the path, and the way out.
pub(super) struct Fault {
    code: Code,
    message: String,
    hint: Option<Cow<'static, str>>,
}

impl Fault {
    fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            hint: None,
        }
    }

    fn damaged(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, message).hint("copy or export the file again")
    }

    fn unreadable(error: io::Error) -> Self {
        let message = format!("the file cannot be read: {error}");
        Self::new(Code::UnreadableImage, message).hint("see whether it is a file that you may read")
    }

    fn moving() -> Self {
        Self::new(Code::ImageFormat, "this is a moving picture")
            .hint("save the one frame that tells most as PNG or JPEG")
    }

    fn large_profile() -> Self {
        let message = format!(
            "its colour profile is larger than {} MiB",
            colour::MAX_PROFILE >> 20
        );
        Self::new(Code::ImageTooLarge, message)
            .hint("save it with the profile sRGB, or without one")
    }

    fn hint(self, hint: impl Into<Cow<'static, str>>) -> Self {
        Self {
            hint: Some(hint.into()),
            ..self
        }
    }
}

/// Reads the bytes of an image file that no piece names, as one that a piece names is read.
///
/// # Errors
/// What is wrong with it, without a place.
pub fn read_image(bytes: &[u8]) -> Result<Image, Diagnostic> {
    decode::image(bytes).map_err(|fault| {
        let problem = Diagnostic::error(fault.code, fault.message);
        match fault.hint {
            Some(hint) => problem.hint(hint),
            None => problem,
        }
    })
}

/// What stands at a path from the folder of a source.
#[derive(Debug)]
pub(crate) enum Standing {
    /// Nothing.
    Nothing,
    /// A file that can be read.
    File(Vec<u8>),
    /// What is no file, cannot be read, or may not be named.
    Other,
}

/// What stands at a path from the folder of a source.
pub(crate) fn standing(source: &Path, path: &str) -> Standing {
    match bytes(folder_of(source), path) {
        Ok(bytes) => Standing::File(bytes),
        Err(fault) if fault.code == Code::MissingImage => Standing::Nothing,
        Err(_) => Standing::Other,
    }
}

/// Reads every image that the piece names; each file once. Those that are to be written are as if they stood there.
pub(super) fn read_all(piece: &Piece, pending: &Pending, loaded: &mut Loaded) {
    let source = loaded.source.path.clone();
    let folder = folder_of(&source);
    let mut known: BTreeMap<&str, Result<Image, Fault>> = BTreeMap::new();
    let mut all = 0;
    let mut fields = Vec::new();
    named(piece, &mut fields);
    fields.retain(|(field, _)| !loaded.source.is_unread(field));
    for (field, path) in fields {
        let read = known.entry(path).or_insert_with(|| {
            let bytes = match pending.get(path) {
                Some(pending) => Cow::Borrowed(pending.as_slice()),
                None => Cow::Owned(bytes(folder, path)?),
            };
            all += bytes.len() as u64;
            if all > MAX_ALL {
                return Err(too_many());
            }
            let hash = Sha256::of(&bytes);
            loaded.files.push(ImageFile {
                path: path.to_owned(),
                hash,
            });
            memo::decoded(hash, || decode::image(&bytes))
        });
        match read {
            Ok(image) => {
                loaded.images.insert(field, image.clone());
            }
            Err(fault) => {
                let problem = Diagnostic::error(fault.code, format!("`{path}`: {}", fault.message));
                let problem = problem.at(loaded.source.place(&field));
                loaded.diagnostics.push(match fault.hint.clone() {
                    Some(hint) => problem.hint(hint),
                    None => problem,
                });
            }
        }
    }
    loaded.files.sort_by(|a, b| a.path.cmp(&b.path));
}

fn too_many() -> Fault {
    let message = format!(
        "the images of the piece are larger than {} MiB together",
        MAX_ALL >> 20
    );
    Fault::new(Code::ImageTooLarge, message).hint("scale them down; 300 pixels an inch are enough")
}

/// The paths of the images that a piece names, each once.
pub(super) fn names(piece: &Piece) -> Vec<String> {
    let mut fields = Vec::new();
    named(piece, &mut fields);
    let names: BTreeSet<&str> = fields.into_iter().map(|(_, path)| path).collect();
    names.into_iter().map(str::to_owned).collect()
}

/// The fields that name images, in the order of the piece.
fn named<'a>(piece: &'a Piece, found: &mut Vec<(FieldPath, &'a str)>) {
    let root = FieldPath::root();
    if let Some(cover) = &piece.cover {
        found.push((root.key("cover").key("image"), &cover.image));
    }
    in_blocks(&piece.introduction, &root.key("introduction"), found);
    for (index, contributor) in piece.contributors.iter().enumerate() {
        let at = root.key("contributors").index(index);
        if let Some(portrait) = &contributor.portrait {
            found.push((at.key("portrait").key("image"), &portrait.image));
        }
        in_blocks(&contributor.statement, &at.key("statement"), found);
    }
}

fn in_blocks<'a>(blocks: &'a [Block], at: &FieldPath, found: &mut Vec<(FieldPath, &'a str)>) {
    for (index, block) in blocks.iter().enumerate() {
        let at = at.index(index);
        match block {
            Block::Figure(figure) => found.push((at.key("figure").key("image"), &figure.image)),
            Block::List(items) => in_items(items, &at.key("list"), found),
            Block::Numbered(items) => in_items(items, &at.key("numbered"), found),
            _ => {}
        }
    }
}

fn in_items<'a>(items: &'a [Item], at: &FieldPath, found: &mut Vec<(FieldPath, &'a str)>) {
    for (index, item) in items.iter().enumerate() {
        let Item::Blocks(blocks) = item else { continue };
        for (inner, block) in blocks.iter().enumerate() {
            let at = at.index(index).index(inner);
            match block {
                ItemBlock::Figure(figure) => {
                    found.push((at.key("figure").key("image"), &figure.image));
                }
                ItemBlock::List(items) => in_items(items, &at.key("list"), found),
                ItemBlock::Numbered(items) => in_items(items, &at.key("numbered"), found),
                _ => {}
            }
        }
    }
}

/// The folder that a source's images lie in or below.
pub(super) fn folder_of(source: &Path) -> &Path {
    match source.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// The bytes of an image file inside the source's folder.
pub(super) fn bytes(folder: &Path, path: &str) -> Result<Vec<u8>, Fault> {
    let file = inside(folder, path)?;
    // It is asked what it is once it is open: a name may stand for something else a moment later.
    let file = open_plain(&file).map_err(Fault::unreadable)?;
    let metadata = file.metadata().map_err(Fault::unreadable)?;
    let large = || {
        let message = format!("the file is larger than {} MiB", MAX_BYTES >> 20);
        Fault::new(Code::ImageTooLarge, message)
            .hint("scale it down; 300 pixels an inch are enough")
    };
    if metadata.len() > MAX_BYTES {
        return Err(large());
    }
    let mut bytes = Vec::with_capacity(metadata.len() as usize + 1);
    file.take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(Fault::unreadable)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(large());
    }
    Ok(bytes)
}

/// The file's true path, which must lie below the folder's: a link that leads out is refused as `..` is.
fn inside(folder: &Path, path: &str) -> Result<PathBuf, Fault> {
    let outside = || {
        Fault::new(
            Code::ImageOutside,
            "the path leaves the folder of the source",
        )
        .hint("put the image beside the source file or in a folder below it")
    };
    if path.contains("://") || path.starts_with("data:") {
        return Err(
            Fault::new(Code::ImageOutside, "an image is a file and not an address")
                .hint("save the image beside the source file"),
        );
    }
    if path.contains('\\') {
        let fault = Fault::new(Code::ImageOutside, "the path has a backslash in it");
        let name = path.rsplit('\\').next().unwrap_or_default();
        // A drive, a share, or the root of this one.
        let is_absolute = path.get(1..2) == Some(":") || path.starts_with('\\');
        return Err(fault.hint(match is_absolute {
            true => format!("copy the image beside the source file, and write `{name}`"),
            false => format!(
                "write `{}`: folders are parted with `/`, on every system",
                path.replace('\\', "/")
            ),
        }));
    }
    let relative = Path::new(path);
    let below = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    // A drive letter is an ordinary name outside Windows, but no other system has a use for it.
    if !relative.components().all(below) || path.get(1..2) == Some(":") {
        return Err(outside());
    }
    let missing = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => Fault::new(Code::MissingImage, "there is no such file")
            .hint("the path is relative to the folder of the source"),
        _ => Fault::unreadable(error),
    };
    let file = folder.join(relative).canonicalize().map_err(missing)?;
    let root = folder.canonicalize().map_err(missing)?;
    if file.starts_with(root) {
        Ok(file)
    } else {
        Err(outside())
    }
}
