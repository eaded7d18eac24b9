//! The faces of a site: shared by all its pages and fetched from the site itself, the parts that a page needs.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::headers::CachePolicy;
use super::manifest::{FileEntry, Manifest};
use super::media_type::{TEXT, WOFF2};
use super::planned_file::{FileKind, PlannedFile};
use crate::digest::Sha256;
use crate::fonts::web::{WebFaceError, file_stem};
use crate::fonts::woff::{Characters, FORM, SETS, woff2};
use crate::fonts::{Face, Family, FamilyRecord, STYLES, Use, likeness};
use crate::theme::{Slant, Theme, Weight};

/// A part of a face: the characters of one set.
struct FaceSubset<'f> {
    family: &'f FamilyRecord,
    face: &'f Face,
    weight: Weight,
    slant: Slant,
    set: &'static Characters,
}

/// The faces of a theme.
pub(super) struct SiteFaces {
    /// The `@font-face` rules.
    pub(super) rules: String,
    /// Files that were built.
    pub(super) fresh: Vec<PlannedFile>,
    /// Files that stand at the target.
    pub(super) standing: Vec<(String, FileEntry)>,
}

/// The faces of a theme; files that stand at the target are not made again.
///
/// # Errors
/// [`WebFaceError`] when a face is damaged.
pub(super) fn faces(theme: &Theme, before: &Manifest) -> Result<SiteFaces, WebFaceError> {
    let parts = parts(theme);
    let there = |part: &FaceSubset<'_>| before.files.get_key_value(&part.path());
    let standing = parts.iter().filter_map(there);
    let standing = standing.map(|(path, file)| (path.clone(), file.clone()));
    let missing: Vec<&FaceSubset<'_>> = parts.iter().filter(|part| there(part).is_none()).collect();
    let fresh: Result<Vec<_>, _> = missing.par_iter().map(|part| part.file()).collect();
    let licences = parts.iter().filter_map(|part| part.family.licence_file());
    let licences: BTreeMap<_, _> = licences.collect();
    let licences = licences.into_iter().map(|(path, text)| {
        let bytes = text.to_vec();
        PlannedFile::of_bytes(path, TEXT, bytes, CachePolicy::Hour, FileKind::Asset)
    });
    Ok(SiteFaces {
        rules: parts
            .iter()
            .map(FaceSubset::rule)
            .chain([alike(theme)])
            .collect(),
        fresh: fresh?.into_iter().flatten().chain(licences).collect(),
        standing: standing.collect(),
    })
}

/// The rules of what is shown until the faces have come.
fn alike(theme: &Theme) -> String {
    let families = families(theme).into_iter();
    let families = families.filter(|family| theme.fonts.family(*family).uses.allow(Use::Web));
    let styles = families.flat_map(|family| {
        let styles = STYLES.iter().enumerate();
        styles.map(move |(style, (weight, slant))| (family, style, *weight, *slant))
    });
    let rules = styles.map(|(family, style, weight, slant)| {
        let face = &theme.fonts[theme.fonts.of(family, weight, slant)];
        likeness::rules(theme.fonts.family(family), face, style)
    });
    rules.collect()
}

fn families(theme: &Theme) -> BTreeSet<Family> {
    let faces = &theme.faces;
    BTreeSet::from([faces.text, faces.headings, faces.apparatus])
}

fn parts(theme: &Theme) -> Vec<FaceSubset<'_>> {
    let mut parts = Vec::new();
    for family in families(theme) {
        for (weight, slant) in STYLES {
            let face = &theme.fonts[theme.fonts.of(family, weight, slant)];
            if !face.uses.allow(Use::Web) {
                continue;
            }
            let sets = SETS.iter().filter(|set| set.are_in(face));
            parts.extend(sets.map(|set| FaceSubset {
                family: theme.fonts.family(family),
                face,
                weight,
                slant,
                set,
            }));
        }
    }
    parts
}

impl FaceSubset<'_> {
    fn path(&self) -> String {
        let stem = file_stem(self.family, self.weight, self.slant);
        let name = &self.face.name;
        let own = self.face.digest.map(|digest| digest.to_string());
        let fields = [name, self.set.name, FORM].into_iter();
        let hash = Sha256::of_fields(fields.chain(own.as_deref()));
        format!("fonts/{stem}-{}-{}.woff2", self.set.name, hash.prefix(8))
    }

    /// How the style sheet, at the site's root, names it (CSS Fonts 4, 4).
    fn rule(&self) -> String {
        format!(
            "@font-face {{ font-family: \"{}\"; font-weight: {}; font-style: {}; font-display: swap; src: url(\"{}\") format(\"woff2\"); unicode-range: {}; }}\n",
            self.family.subset,
            self.weight.css(),
            self.slant.css(),
            self.path(),
            self.set.css(),
        )
    }

    fn file(&self) -> Result<Option<PlannedFile>, WebFaceError> {
        let file = |bytes| {
            PlannedFile::of_bytes(
                self.path(),
                WOFF2,
                bytes,
                CachePolicy::Forever,
                FileKind::Asset,
            )
        };
        Ok(woff2(self.face, self.family, self.set)?.map(file))
    }
}
