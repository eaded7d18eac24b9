//! The files that all pages of a site share: sheet, scripts, faces, icons, the house's logo.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::DistributeError;
use super::faces::faces;
use super::headers::CachePolicy;
use super::manifest::Manifest;
use super::media_type::{CSS, SCRIPT, SVG};
use super::pages::{SheetPaths, SiteLogo};
use super::planned_file::{FileKind, PlannedFile};
use super::publication::Publication;
use super::site_files::SiteFiles;
use super::site_view::SiteView;
use super::{icons, media_type, stand_ins};
use crate::compose::{Logo, Words};
use crate::digest::Sha256;
use crate::editions::html;
use crate::load::scaled;
use crate::piece::Withdrawal;
use crate::theme::Theme;

impl SiteFiles {
    /// Adds what all pages share; gives the path of the style sheet.
    pub(super) fn shared(
        &mut self,
        theme: &Theme,
        before: &Manifest,
    ) -> Result<String, DistributeError> {
        let faces = faces(theme, before)?;
        let style = [
            &faces.rules,
            html::sheet(theme).as_str(),
            include_str!("templates/site.css"),
        ]
        .concat();
        for file in faces.fresh {
            self.add(file);
        }
        self.after.files.extend(faces.standing);
        let path = format!("style-{}.css", Sha256::of(style.as_bytes()).prefix(8));
        let style = style.into_bytes();
        let file = PlannedFile::of_bytes(
            path.clone(),
            CSS,
            style,
            CachePolicy::Forever,
            FileKind::Asset,
        );
        self.add(file);
        Ok(path)
    }

    /// Adds a script; gives its path.
    pub(super) fn script(&mut self, name: &str, text: &str) -> String {
        let path = format!("{name}-{}.js", Sha256::of(text.as_bytes()).prefix(8));
        let (bytes, cache) = (text.as_bytes().to_vec(), CachePolicy::Forever);
        let kind = FileKind::Asset;
        self.add(PlannedFile::of_bytes(
            path.clone(),
            SCRIPT,
            bytes,
            cache,
            kind,
        ));
        path
    }

    /// Adds the site's sign, and the manifest that names it.
    pub(super) fn icons(&mut self, view: &SiteView, theme: &Theme) -> Result<(), DistributeError> {
        let mut files = vec![
            (icons::DRAWING, SVG, icons::drawing(theme)),
            (
                icons::MANIFEST,
                media_type::WEB_MANIFEST,
                icons::manifest(view, theme),
            ),
        ];
        for (side, path) in icons::PICTURES {
            let picture = icons::picture(theme, side).map_err(DistributeError::Spool)?;
            files.push((path, "image/png", picture));
        }
        for (path, media_type, bytes) in files {
            let (cache, kind) = (CachePolicy::Hour, FileKind::Asset);
            self.add(PlannedFile::of_bytes(
                path.to_owned(),
                media_type,
                bytes,
                cache,
                kind,
            ));
        }
        Ok(())
    }

    /// Adds the house's logo, as large as the head of a page shows it on any screen.
    pub(super) fn logo(&mut self, theme: &Theme) -> Option<SiteLogo> {
        const HEIGHT: u32 = 160;
        let Logo { image, alt, .. } = theme.logo.as_ref()?;
        let width = u64::from(image.width) * u64::from(HEIGHT) / u64::from(image.height.max(1));
        let width = u32::try_from(width).unwrap_or(u32::MAX).max(1);
        let shown = scaled(image, width, HEIGHT).unwrap_or_else(|| image.clone());
        let hash = Sha256::of(&shown.bytes);
        let path = format!("logo-{}.{}", hash.prefix(8), shown.format.extension());
        self.add(PlannedFile::of_bytes(
            path.clone(),
            shown.format.media_type(),
            shown.bytes.to_vec(),
            CachePolicy::Forever,
            FileKind::Asset,
        ));
        Some(SiteLogo {
            path,
            alt: alt.clone(),
            width: shown.width,
            height: shown.height,
        })
    }

    /// Adds the fallback faces that pages share, and the sheets of those that are no piece's, notices among them; gives their paths.
    pub(super) fn stand_ins(
        &mut self,
        view: &SiteView,
        publications: &[Arc<Publication>],
        withdrawn: &[(Arc<Publication>, Withdrawal)],
        theme: &Theme,
        before: &Manifest,
    ) -> Result<SheetPaths, DistributeError> {
        let folder = "fonts/";
        let shell = view.shell();
        let shell = || shell.iter().map(|(language, text)| (language, *text));
        let frame = stand_ins::of_texts(shell(), theme, folder)?;
        let listed = publications.iter().flat_map(|piece| piece.listed());
        let listed: Vec<_> = listed.collect();
        let listed = listed.iter().map(|(language, text)| (*language, &**text));
        let notices = withdrawn.iter().flat_map(|(piece, withdrawal)| {
            let record = &piece.record;
            let words = Words::of(&record.language).map(|words| words.site.withdrawn.as_str());
            let said = [&record.full_title, &withdrawal.reason].map(String::as_str);
            let said = said.into_iter().chain(words);
            said.map(|text| (&record.language, text))
        });
        let texts = shell().chain(listed).chain(notices);
        let lists = stand_ins::of_texts(texts, theme, folder)?;
        let paths = SheetPaths {
            frame: frame.path,
            lists: lists.path,
        };
        let mut shared: BTreeSet<String> = frame.shared.into_iter().chain(lists.shared).collect();
        for piece in publications {
            shared.extend(piece.shared_faces.iter().cloned());
        }
        let (fresh, standing) = stand_ins::shared(&shared, theme, before)?;
        // Both sheets may be one and the same.
        let others = lists.files.into_iter();
        let others = others.filter(|file| frame.files.iter().all(|known| known.path != file.path));
        for file in others
            .collect::<Vec<_>>()
            .into_iter()
            .chain(frame.files)
            .chain(fresh)
        {
            self.add(file);
        }
        self.after.files.extend(standing);
        Ok(paths)
    }
}
