//! The fallback faces of a site's pages: whole alphabets are shared by all pages, other faces are cut for the page that needs them.
//!
//! The sheet that all pages share names their families, and none of their files: what a new piece needs changes no page but its own.

use std::collections::BTreeSet;

use super::file_size::autonym;
use super::headers::CachePolicy;
use super::manifest::{FileEntry, Manifest};
use super::media_type::{CSS, TEXT, WOFF2};
use super::planned_file::{FileKind, PlannedFile};
use super::publication::file_path;
use crate::compose::Composition;
use crate::digest::Sha256;
use crate::editions::html::{self, PageFaces};
use crate::fonts::web::{self, WebFaceError, file_stem};
use crate::fonts::woff::{self, FORM};
use crate::fonts::{FaceId, Use};
use crate::piece::LanguageTag;
use crate::theme::Theme;

/// The sheet of a page's faces, the files it names, and those that it shares with other pages.
#[derive(Default)]
pub(super) struct PageSheet {
    /// The path of the sheet; none for a page that needs none.
    pub(super) path: Option<String>,
    /// The files of the page alone.
    pub(super) files: Vec<PlannedFile>,
    /// The paths of the others.
    pub(super) shared: BTreeSet<String>,
}

/// The sheet of a piece's page.
///
/// # Errors
/// [`WebFaceError`] when a face is damaged.
pub(super) fn of_piece(
    composition: &Composition,
    theme: &Theme,
) -> Result<PageSheet, WebFaceError> {
    let record = &composition.record;
    // The downloads name its language, and its topics are printed nowhere.
    let mut beside = vec![autonym(&record.language)];
    beside.extend(record.topics());
    let faces = html::page_faces(composition, theme, &beside);
    let folder = file_path(record.slug.as_str(), "");
    sheet(&faces, theme, &folder, "../../")
}

/// The sheet of pages made of texts in some languages, in a folder of the site's root.
///
/// # Errors
/// [`WebFaceError`] when a face is damaged.
pub(super) fn of_texts<'a>(
    texts: impl IntoIterator<Item = (&'a LanguageTag, &'a str)>,
    theme: &Theme,
    folder: &str,
) -> Result<PageSheet, WebFaceError> {
    sheet(&html::faces_of_texts(texts, theme), theme, folder, "../")
}

/// `root` leads from the folder to the site's root.
fn sheet(
    faces: &PageFaces<'_>,
    theme: &Theme,
    folder: &str,
    root: &str,
) -> Result<PageSheet, WebFaceError> {
    let mut page = PageSheet::default();
    let mut rules = String::new();
    for id in faces.stand_ins() {
        if !theme.fonts[id].uses.allow(Use::Web) {
            continue;
        }
        match shared_path(theme, id) {
            Some(path) => {
                rules += &rule(theme, id, &[root, &path].concat());
                page.shared.insert(path);
            }
            None => {
                if let Some(bytes) = faces.packed(id)? {
                    let (face, record) = (&theme.fonts[id], theme.fonts.record(id));
                    let stem = file_stem(record, face.weight, face.slant);
                    let hash = Sha256::of(&bytes);
                    let name = format!("{stem}-{}.woff2", hash.prefix(8));
                    rules += &rule(theme, id, &name);
                    let (path, cache) = ([folder, &name].concat(), CachePolicy::Forever);
                    let kind = FileKind::Asset;
                    page.files
                        .push(PlannedFile::of_bytes(path, WOFF2, bytes, cache, kind));
                    if let Some(text) = &record.licence {
                        let path = format!("{folder}{}-licence.txt", record.file);
                        let (bytes, cache) = (text.to_vec(), CachePolicy::Hour);
                        page.files
                            .push(PlannedFile::of_bytes(path, TEXT, bytes, cache, kind));
                    }
                }
            }
        }
    }
    rules += faces.rules();
    if !rules.is_empty() {
        let hash = Sha256::of(rules.as_bytes());
        let path = format!("{folder}faces-{}.css", hash.prefix(8));
        let (bytes, cache) = (rules.into_bytes(), CachePolicy::Forever);
        let kind = FileKind::Asset;
        page.files
            .push(PlannedFile::of_bytes(path.clone(), CSS, bytes, cache, kind));
        page.path = Some(path);
    }
    Ok(page)
}

/// Where the whole face stands that pages share; none for one that is cut for each page.
fn shared_path(theme: &Theme, id: FaceId) -> Option<String> {
    let (face, record) = (&theme.fonts[id], theme.fonts.record(id));
    face.alphabet()?;
    let stem = file_stem(record, face.weight, face.slant);
    let hash = Sha256::of_fields([face.name.as_ref(), "alphabet", FORM]);
    Some(format!("fonts/{stem}-{}.woff2", hash.prefix(8)))
}

/// How a sheet finds a face at an address (CSS Fonts 4, 4). A browser fetches an alphabet for its letters alone.
fn rule(theme: &Theme, id: FaceId, address: &str) -> String {
    let (face, record) = (&theme.fonts[id], theme.fonts.record(id));
    let range = face.alphabet().map(|runs| {
        let run = |(first, last): &(u32, u32)| match first == last {
            true => format!("U+{first:X}"),
            false => format!("U+{first:X}-{last:X}"),
        };
        let beyond = runs.iter().filter(|(_, last)| *last > 0x7E);
        let runs: Vec<String> = beyond.map(run).collect();
        format!(" unicode-range: {};", runs.join(","))
    });
    format!(
        "@font-face {{ font-family: \"{}\"; font-weight: {}; font-style: {}; font-display: swap; src: url(\"{address}\") format(\"woff2\");{} }}\n",
        record.subset,
        face.weight.css(),
        face.slant.css(),
        range.unwrap_or_default(),
    )
}

/// Files that are made, and those that stand at the target.
type FreshAndStanding = (Vec<PlannedFile>, Vec<(String, FileEntry)>);

/// The shared faces at these paths.
///
/// # Errors
/// [`WebFaceError`] when a face is damaged.
pub(super) fn shared(
    paths: &BTreeSet<String>,
    theme: &Theme,
    before: &Manifest,
) -> Result<FreshAndStanding, WebFaceError> {
    let (mut fresh, mut standing) = (Vec::new(), Vec::new());
    for id in theme.fonts.ids() {
        let Some(path) = shared_path(theme, id).filter(|path| paths.contains(path)) else {
            continue;
        };
        if let Some((path, entry)) = before.files.get_key_value(&path) {
            standing.push((path.clone(), entry.clone()));
            continue;
        }
        let (face, record) = (&theme.fonts[id], theme.fonts.record(id));
        let runs = face.alphabet().unwrap_or_default();
        let characters = runs.iter().flat_map(|(first, last)| *first..=*last);
        let characters = characters.filter_map(char::from_u32);
        if let Some(font) = web::subset(face, record, characters, false)? {
            let bytes = woff::pack(face, &font)?;
            let (cache, kind) = (CachePolicy::Forever, FileKind::Asset);
            fresh.push(PlannedFile::of_bytes(path, WOFF2, bytes, cache, kind));
        }
    }
    Ok((fresh, standing))
}
