//! The files of a whole site: pages, catalogues and what all pages share, as files to put and the manifest that names them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use url::Url;

use super::around::{Around, Related, around, former_slugs};
use super::build_piece::{PieceFiles, SitePiece};
use super::build_site::SiteBuild;
use super::faces::faces;
use super::feeds::{Channel, FeedEntry, Texts, Translations};
use super::headers::CachePolicy;
use super::manifest::{Manifest, PieceEntry, Retired, Shared};
use super::media_type::{CSS, HTML, JSON, SCRIPT, SVG, TEXT, XML};
use super::page_texts::PageTexts;
use super::pages::{PageAssets, PageText, PageWriter, SheetPaths, SiteLogo, halves_of};
use super::planned_file::{Content, FileKind, PlannedFile};
use super::publication::{Publication, page_path};
use super::search::{self, Searched};
use super::shelves::{ShelfKind, places};
use super::site_view::SiteView;
use super::spool::{Spool, Spooled};
use super::{
    DeploySettings, DistributeError, feeds, icons, json_feed, media_type, page_texts, stand_ins,
};
use crate::compose::Logo;
use crate::digest::Sha256;
use crate::editions::html;
use crate::load::scaled;
use crate::piece::{Slug, Withdrawal};
use crate::store::Store;
use crate::theme::Theme;

/// Everything of a site that does not stand at the target as it should be, and the manifest that will stand there.
pub(super) struct SiteFiles {
    /// Files that were built; some may stand there with the same bytes.
    pub(super) files: Vec<PlannedFile>,
    /// Every file of the site.
    pub(super) after: Manifest,
}

/// Puts the files of a site together.
///
/// # Errors
/// [`DistributeError`] when a template or a face is at fault, the spool cannot be written or the store not be read.
pub(super) fn assemble(
    site: SiteBuild,
    settings: &DeploySettings<'_>,
    before: &Manifest,
    spool: &Spool,
    store: &dyn Store,
) -> Result<SiteFiles, DistributeError> {
    let mut files = SiteFiles {
        files: Vec::new(),
        after: Manifest::new(site.frame),
    };
    files.after.audience = settings.audience;
    let style = files.shared(&settings.theme, before)?;
    let base = settings.site.base_url.as_ref();
    let logo = files.logo(&settings.theme);
    let publications = site
        .pieces
        .iter()
        .map(|piece| Arc::clone(&piece.publication));
    let publications: Vec<Arc<Publication>> = publications.collect();
    let withdrawn: Vec<(Arc<Publication>, Withdrawal)> = site
        .withdrawn
        .iter()
        .filter_map(|piece| Some((Arc::clone(&piece.publication), piece.withdrawn.clone()?)))
        .collect();
    let assets = PageAssets {
        style,
        piece_script: files.script("script", include_str!("templates/piece.js")),
        search_script: match site.view.search {
            true => files.script("search", include_str!("templates/search.js")),
            false => String::new(),
        },
        faces: files.stand_ins(&site.view, &publications, &settings.theme, before)?,
    };
    files.icons(&site.view, &settings.theme)?;
    let pages = PageWriter::new(&site.view, base, &assets, settings.audience, logo)?;
    let inputs: Vec<Sha256> = site.pieces.iter().map(|piece| piece.inputs).collect();
    let desk = PieceDesk {
        before,
        pages: &pages,
        spool,
        store,
        frame: files.after.frame.clone(),
        assets: [assets.style.as_str(), &assets.piece_script].concat(),
    };
    files.moved(&site.pieces, &site.withdrawn, &pages)?;
    let former = former_slugs(&site.pieces);
    let originals: Vec<Option<Slug>> = site
        .pieces
        .iter()
        .map(|piece| piece.translation_of.clone())
        .collect();
    let related = publications.iter().map(|piece| &**piece);
    let related: Vec<Related<'_>> = related.zip(originals.iter().map(Option::as_ref)).collect();
    let arounds = around(&site.view, &related, &former);
    let translations: Translations<'_> = publications
        .iter()
        .zip(&arounds)
        .filter(|(_, around)| !around.translations.is_empty())
        .map(|(piece, around)| (&piece.record.slug, around.translations.as_slice()))
        .collect();
    files.pieces(site.pieces, (&arounds, &former), &desk)?;
    files.withdrawn(site.withdrawn, &pages)?;
    files.retired(site.retired, &pages)?;
    let (path, bytes) = pages.missing()?;
    files.notice(path, bytes);
    for (path, text) in [
        ("_headers", PageWriter::headers()),
        ("robots.txt", pages.robots()),
    ] {
        files.catalogue(path.to_owned(), TEXT, text.into_bytes(), spool)?;
    }
    let publications: Vec<&Publication> = publications.iter().map(Arc::as_ref).collect();
    for (path, bytes) in pages.same_people()? {
        files.catalogue(path, HTML, bytes, spool)?;
    }
    let mut paths = Vec::new();
    pages.lists(&publications, &mut |(path, bytes)| {
        paths.push(path.clone());
        files.catalogue(path, HTML, bytes, spool)
    })?;
    let texts = files.texts(before, store);
    if site.view.search {
        let pieces = publications.iter().zip(&inputs);
        let pieces = pieces.map(|(publication, inputs)| Searched {
            publication,
            inputs: *inputs,
        });
        let pieces: Vec<Searched<'_>> = pieces.collect();
        let page = |piece: &Publication| texts.page(piece);
        let found = search::files(&pieces, &site.view.people, &page, before, store, spool)?;
        found.fresh.into_iter().for_each(|file| files.add(file));
        files.after.files.extend(found.standing);
        let (path, bytes) = found.index;
        files.catalogue(path, JSON, bytes, spool)?;
        let (path, bytes) = pages.search()?;
        paths.push(path.clone());
        files.catalogue(path, HTML, bytes, spool)?;
    }
    if let Some(base) = base {
        let withdrawn = withdrawn.iter();
        let withdrawn = withdrawn.map(|(piece, withdrawal)| (&**piece, Some(withdrawal)));
        let entries = publications.iter().map(|piece| (*piece, None));
        let entries: Vec<FeedEntry<'_>> = entries.chain(withdrawn).collect();
        let whole: &Texts<'_> = &|piece| match settings.site.feeds.full_text {
            true => texts.with_addresses(piece, base),
            false => Ok(None),
        };
        files.feeds(&site.view, base, &entries, (whole, &translations), spool)?;
        files.sitemaps(base, paths, &publications, spool)?;
    }
    for (path, media_type, bytes) in feeds::catalogue(&site.view, &publications, &translations) {
        files.catalogue(path, media_type, bytes, spool)?;
    }
    for (path, sums) in files.after.sums() {
        files.catalogue(path, TEXT, sums, spool)?;
    }
    Ok(files)
}

impl SiteFiles {
    fn add(&mut self, file: PlannedFile) {
        let entry = file.entry.clone();
        self.after.files.insert(file.path.clone(), entry);
        self.files.push(file);
    }

    /// Adds what all pages share; gives the path of the style sheet.
    fn shared(&mut self, theme: &Theme, before: &Manifest) -> Result<String, DistributeError> {
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
    fn script(&mut self, name: &str, text: &str) -> String {
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
    fn icons(&mut self, view: &SiteView, theme: &Theme) -> Result<(), DistributeError> {
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

    /// The texts of the pieces' pages, as they were written now or stand at the target.
    fn texts<'s>(&self, before: &'s Manifest, store: &'s dyn Store) -> PageTexts<'s> {
        let pages = self.files.iter().filter(|file| file.kind == FileKind::Page);
        let pages = pages.filter_map(|file| match &file.content {
            Content::Spooled(spooled) => Some((file.path.clone(), spooled.clone())),
            Content::Bytes(_) | Content::File(_) => None,
        });
        PageTexts {
            fresh: pages.collect(),
            before,
            store,
        }
    }

    /// Adds the house's logo, as large as the head of a page shows it on any screen.
    fn logo(&mut self, theme: &Theme) -> Option<SiteLogo> {
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

    /// Adds the fallback faces that pages share, and the sheets of those that are no piece's; gives their paths.
    fn stand_ins(
        &mut self,
        view: &SiteView,
        publications: &[Arc<Publication>],
        theme: &Theme,
        before: &Manifest,
    ) -> Result<SheetPaths, DistributeError> {
        let folder = "fonts/";
        let shell = view.shell();
        let shell = || shell.iter().map(|(language, text)| (language, *text));
        let frame = stand_ins::of_texts(shell(), theme, folder)?;
        let listed = publications.iter().flat_map(|piece| piece.listed());
        let lists = stand_ins::of_texts(shell().chain(listed), theme, folder)?;
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

    /// Adds the files of every piece.
    fn pieces(
        &mut self,
        pieces: Vec<SitePiece>,
        (arounds, former): (&[Around<'_>], &BTreeMap<Slug, Slug>),
        desk: &PieceDesk<'_>,
    ) -> Result<(), DistributeError> {
        let published = pieces
            .iter()
            .map(|piece| piece.publication.record.slug.clone());
        let published: BTreeSet<Slug> = published.chain(former.keys().cloned()).collect();
        let written: Vec<CompletePiece> = pieces
            .into_par_iter()
            .zip(arounds)
            .map(|(piece, around)| desk.complete(piece, around))
            .collect::<Result<_, _>>()?;
        let mut is_aged = false;
        for mut complete in written {
            // Nothing is told of a piece that nobody can see yet.
            let translation = &mut complete.entry.translation_of;
            *translation = translation.take().filter(|slug| published.contains(slug));
            is_aged |= complete.is_aged;
            self.complete(complete, desk.before);
        }
        if is_aged {
            // A page that could not be written anew names the sheet, the script and the faces that it was made with.
            const KEPT: [&str; 3] = ["style-", "script-", "fonts/"];
            let shared = desk.before.files.iter();
            let shared = shared.filter(|(path, _)| KEPT.iter().any(|kept| path.starts_with(kept)));
            for (path, file) in shared {
                self.after
                    .files
                    .entry(path.clone())
                    .or_insert_with(|| file.clone());
            }
        }
        Ok(())
    }

    fn complete(&mut self, complete: CompletePiece, before: &Manifest) {
        let CompletePiece {
            mut entry, files, ..
        } = complete;
        let slug = entry.publication.0.record.slug.to_string();
        let built = files.len();
        match complete.is_built {
            true => {
                entry.files = built;
                files.into_iter().for_each(|file| self.add(file));
            }
            false => {
                let standing = before.files_of(&slug);
                let standing = standing.map(|(path, file)| (path.clone(), file.clone()));
                let known = self.after.files.len();
                self.after.files.extend(standing);
                entry.files = self.after.files.len() - known;
                files.into_iter().for_each(|file| self.add(file));
            }
        }
        self.after.pieces.insert(slug, entry);
    }

    /// Adds the notices of pieces that were withdrawn.
    fn withdrawn(
        &mut self,
        pieces: Vec<SitePiece>,
        pages: &PageWriter<'_>,
    ) -> Result<(), DistributeError> {
        for piece in pieces {
            let Some(withdrawal) = &piece.withdrawn else {
                continue;
            };
            let publication = &piece.publication;
            let (path, bytes) = pages.withdrawn(publication, withdrawal)?;
            self.notice(path, bytes);
            let entry = PieceEntry {
                inputs: piece.inputs,
                files: 1,
                around: Sha256::default(),
                source: piece.source,
                former: piece.former,
                withdrawn: piece.withdrawn,
                translation_of: None,
                publication: Shared(Arc::clone(&piece.publication)),
            };
            let slug = piece.publication.record.slug.to_string();
            self.after.pieces.insert(slug, entry);
        }
        Ok(())
    }

    /// Adds the notices of pieces that were taken off.
    fn retired(
        &mut self,
        retired: BTreeMap<String, Retired>,
        pages: &PageWriter<'_>,
    ) -> Result<(), DistributeError> {
        for (slug, piece) in &retired {
            let former = piece.former.iter().map(Slug::as_str);
            for slug in former.chain([slug.as_str()]) {
                let (path, bytes) = pages.gone(page_path(slug))?;
                self.notice(path, bytes);
            }
        }
        self.after.retired = retired;
        Ok(())
    }

    /// Adds what leads from earlier addresses of pieces to those that they have.
    fn moved(
        &mut self,
        pieces: &[SitePiece],
        withdrawn: &[SitePiece],
        pages: &PageWriter<'_>,
    ) -> Result<(), DistributeError> {
        let mut rules = String::new();
        for piece in pieces.iter().chain(withdrawn) {
            for old in &piece.former {
                let (path, bytes) = pages.moved(page_path(old.as_str()), &piece.publication)?;
                self.notice(path, bytes);
                rules += &pages.redirects(old, &piece.publication);
            }
        }
        if !rules.is_empty() {
            let bytes = rules.into_bytes();
            let (path, cache) = ("_redirects".to_owned(), CachePolicy::Minutes);
            self.add(PlannedFile::of_bytes(
                path,
                TEXT,
                bytes,
                cache,
                FileKind::Catalogue,
            ));
        }
        Ok(())
    }

    fn notice(&mut self, path: String, bytes: Vec<u8>) {
        let cache = CachePolicy::Minutes;
        self.add(PlannedFile::of_bytes(
            path,
            HTML,
            bytes,
            cache,
            FileKind::Page,
        ));
    }

    /// Adds the feeds: of the site, and where it has several series of each of them.
    fn feeds(
        &mut self,
        view: &SiteView,
        base: &Url,
        entries: &[FeedEntry<'_>],
        (texts, translations): (&Texts<'_>, &Translations<'_>),
        spool: &Spool,
    ) -> Result<(), DistributeError> {
        let latest = feeds::latest(entries);
        let id = format!("urn:uuid:{}", view.uuid);
        let mut channel = Channel {
            path: feeds::FEED,
            id,
            title: &view.title,
            page: "index.html",
        };
        let feed = feeds::atom(view, base, &channel, &latest, (texts, translations))?;
        self.catalogue(feeds::FEED.to_owned(), media_type::ATOM, feed, spool)?;
        channel.path = feeds::JSON_FEED;
        let feed = json_feed::json_feed(view, base, &channel, &latest, texts)?;
        let media_type = media_type::JSON_FEED;
        self.catalogue(feeds::JSON_FEED.to_owned(), media_type, feed, spool)?;
        if view.series.len() < 2 {
            return Ok(());
        }
        for series in &view.series {
            let of_it = entries.iter().filter(|(piece, _)| {
                let found = view.series_of(&piece.record.series);
                found.is_some_and(|found| found.slug == series.slug)
            });
            let latest = feeds::latest(&of_it.copied().collect::<Vec<_>>());
            let path = feeds::of_series(&series.slug);
            let channel = Channel {
                path: &path,
                id: format!("urn:uuid:{}:feed-{}", view.uuid, series.slug),
                title: &series.name,
                page: &format!("series/{}.html", series.slug),
            };
            let feed = feeds::atom(view, base, &channel, &latest, (texts, translations))?;
            self.catalogue(path, media_type::ATOM, feed, spool)?;
        }
        Ok(())
    }

    /// Adds the maps of all pages.
    fn sitemaps(
        &mut self,
        base: &Url,
        lists: Vec<String>,
        publications: &[&Publication],
        spool: &Spool,
    ) -> Result<(), DistributeError> {
        let pieces = publications
            .iter()
            .map(|piece| (piece.page.clone(), Some(piece.record.modified.to_string())));
        let lists = lists.into_iter().map(|path| (path, None));
        let (lists, pieces): (Vec<_>, Vec<_>) = (lists.collect(), pieces.collect());
        for (path, bytes) in feeds::sitemaps(base, &lists, &pieces) {
            self.catalogue(path, XML, bytes, spool)?;
        }
        Ok(())
    }

    fn catalogue(
        &mut self,
        path: String,
        media_type: &'static str,
        bytes: Vec<u8>,
        spool: &Spool,
    ) -> Result<(), DistributeError> {
        let kind = FileKind::Catalogue;
        let mut file = PlannedFile::of_bytes(path, media_type, bytes, CachePolicy::Minutes, kind);
        file.wait_in(spool).map_err(DistributeError::Spool)?;
        self.add(file);
        Ok(())
    }
}

/// A piece with its files.
struct CompletePiece {
    entry: PieceEntry,
    /// All of them where it was built, else those that changed.
    files: Vec<PlannedFile>,
    is_built: bool,
    /// Whether its page should be another and could not be written anew.
    is_aged: bool,
}

/// Where pieces get their pages.
struct PieceDesk<'a> {
    before: &'a Manifest,
    pages: &'a PageWriter<'a>,
    spool: &'a Spool,
    store: &'a dyn Store,
    frame: String,
    /// The sheet and the script that pages name.
    assets: String,
}

impl PieceDesk<'_> {
    fn complete(
        &self,
        piece: SitePiece,
        around: &Around<'_>,
    ) -> Result<CompletePiece, DistributeError> {
        let SitePiece {
            publication,
            inputs,
            fresh,
            source,
            former,
            withdrawn,
            translation_of,
        } = piece;
        let shown = self.shown(&publication);
        let mut entry = PieceEntry {
            inputs,
            files: 0,
            around: around.hash(&self.frame, &shown),
            source,
            former,
            withdrawn,
            translation_of,
            publication: Shared(Arc::clone(&publication)),
        };
        if let Some(PieceFiles { mut files, text }) = fresh {
            let halves = [markup(&text.title_block)?, markup(&text.sections)?];
            files.push(self.page(&publication, &halves, around)?);
            return Ok(CompletePiece {
                entry,
                files,
                is_built: true,
                is_aged: false,
            });
        }
        let known = self.before.pieces.get(publication.record.slug.as_str());
        let standing = known.map_or(Sha256::default(), |known| known.around);
        let mut complete = |files, is_aged| {
            if is_aged {
                entry.around = standing;
            }
            Ok(CompletePiece {
                entry: entry.clone(),
                files,
                is_built: false,
                is_aged,
            })
        };
        if standing == around.hash(&self.frame, &shown) {
            return complete(Vec::new(), false);
        }
        match self.halves(&publication)? {
            Some(halves) => complete(vec![self.page(&publication, &halves, around)?], false),
            None => complete(Vec::new(), true),
        }
    }

    fn page(
        &self,
        publication: &Publication,
        [title_block, sections]: &[String; 2],
        around: &Around<'_>,
    ) -> Result<PlannedFile, DistributeError> {
        let text = PageText {
            title_block,
            sections,
        };
        let (path, bytes) = self.pages.piece(publication, text, around)?;
        let mut page =
            PlannedFile::of_bytes(path, HTML, bytes, CachePolicy::Minutes, FileKind::Page);
        page.wait_in(self.spool).map_err(DistributeError::Spool)?;
        Ok(page)
    }

    /// What a page names besides the piece and what stands around it: sheet, script, and the pages of its people.
    fn shown(&self, publication: &Publication) -> String {
        let people = places(ShelfKind::Person, publication, &self.pages.site.people);
        let people = people.iter().map(|(_, page)| page.as_str());
        let shown: Vec<&str> = std::iter::once(self.assets.as_str())
            .chain(people)
            .collect();
        shown.join(" ")
    }

    /// The text of a piece from its page at the target, where that is as the manifest says.
    fn halves(&self, publication: &Publication) -> Result<Option<[String; 2]>, DistributeError> {
        let page = page_texts::standing(publication, self.before, self.store)?;
        Ok(page.and_then(|page| halves_of(&page)))
    }
}

fn markup(spooled: &Spooled) -> Result<String, DistributeError> {
    let bytes = spooled.bytes().map_err(DistributeError::Spool)?;
    Ok(String::from_utf8(bytes).expect("markup went in as text"))
}
