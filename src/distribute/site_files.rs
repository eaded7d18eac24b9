//! The files of a whole site: pages, catalogues and what all pages share, as files to put and the manifest that names them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use url::Url;

use super::around::{Around, Related, around, former_slugs};
use super::build_piece::SitePiece;
use super::build_site::SiteBuild;
use super::feeds::{Channel, FeedEntry, Texts, Translations};
use super::headers::CachePolicy;
use super::manifest::Manifest;
use super::media_type::{HTML, JSON, TEXT, XML};
use super::page_texts::PageTexts;
use super::pages::{PageAssets, PageWriter};
use super::piece_desk::{CompletePiece, PieceDesk};
use super::planned_file::{Content, FileKind, PlannedFile};
use super::publication::Publication;
use super::search::{self, Searched};
use super::site_view::SiteView;
use super::spool::Spool;
use super::{DeploySettings, DistributeError, feeds, json_feed, media_type};
use crate::digest::Sha256;
use crate::piece::{Slug, Withdrawal};
use crate::store::Store;

/// Everything of a site that does not stand at the target as it should be, and the manifest that will stand there.
pub(super) struct SiteFiles {
    /// Files that were built; some may stand there with the same bytes.
    pub(super) files: Vec<PlannedFile>,
    /// Every file of the site.
    pub(super) after: Manifest,
}

/// Where catalogues wait until they are put. Those that stand at the target as they are wait nowhere: of a large site they are
/// most of what is written, and one changed piece changes few of them.
#[derive(Clone, Copy)]
struct Waiting<'a> {
    before: &'a Manifest,
    spool: &'a Spool,
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
    let waiting = Waiting { before, spool };
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
        faces: files.stand_ins(
            &site.view,
            &publications,
            &withdrawn,
            &settings.theme,
            before,
        )?,
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
        files.catalogue(path.to_owned(), TEXT, text.into_bytes(), waiting)?;
    }
    let publications: Vec<&Publication> = publications.iter().map(Arc::as_ref).collect();
    for (path, bytes) in pages.same_people()? {
        files.catalogue(path, HTML, bytes, waiting)?;
    }
    let mut paths = Vec::new();
    pages.lists(&publications, &mut |(path, bytes)| {
        paths.push(path.clone());
        files.catalogue(path, HTML, bytes, waiting)
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
        files.catalogue(path, JSON, bytes, waiting)?;
        let (path, bytes) = pages.search()?;
        paths.push(path.clone());
        files.catalogue(path, HTML, bytes, waiting)?;
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
        files.feeds(&site.view, base, &entries, (whole, &translations), waiting)?;
        files.sitemaps(base, paths, &publications, waiting)?;
    }
    for (path, media_type, bytes) in feeds::catalogue(&site.view, &publications, &translations) {
        files.catalogue(path, media_type, bytes, waiting)?;
    }
    for (path, sums) in files.after.sums() {
        files.catalogue(path, TEXT, sums, waiting)?;
    }
    Ok(files)
}

impl SiteFiles {
    /// Adds a file, and names it in the manifest.
    pub(super) fn add(&mut self, file: PlannedFile) {
        let entry = file.entry.clone();
        self.after.files.insert(file.path.clone(), entry);
        self.files.push(file);
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

    /// Adds the feeds: of the site, and where it has several series of each of them.
    fn feeds(
        &mut self,
        view: &SiteView,
        base: &Url,
        entries: &[FeedEntry<'_>],
        (texts, translations): (&Texts<'_>, &Translations<'_>),
        waiting: Waiting<'_>,
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
        self.catalogue(feeds::FEED.to_owned(), media_type::ATOM, feed, waiting)?;
        channel.path = feeds::JSON_FEED;
        let feed = json_feed::json_feed(view, base, &channel, &latest, texts)?;
        let media_type = media_type::JSON_FEED;
        self.catalogue(feeds::JSON_FEED.to_owned(), media_type, feed, waiting)?;
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
            self.catalogue(path, media_type::ATOM, feed, waiting)?;
        }
        Ok(())
    }

    /// Adds the maps of all pages.
    fn sitemaps(
        &mut self,
        base: &Url,
        lists: Vec<String>,
        publications: &[&Publication],
        waiting: Waiting<'_>,
    ) -> Result<(), DistributeError> {
        let pieces = publications
            .iter()
            .map(|piece| (piece.page.clone(), Some(piece.record.modified.to_string())));
        let lists = lists.into_iter().map(|path| (path, None));
        let (lists, pieces): (Vec<_>, Vec<_>) = (lists.collect(), pieces.collect());
        for (path, bytes) in feeds::sitemaps(base, &lists, &pieces) {
            self.catalogue(path, XML, bytes, waiting)?;
        }
        Ok(())
    }

    fn catalogue(
        &mut self,
        path: String,
        media_type: &'static str,
        bytes: Vec<u8>,
        waiting: Waiting<'_>,
    ) -> Result<(), DistributeError> {
        let kind = FileKind::Catalogue;
        let mut file = PlannedFile::of_bytes(path, media_type, bytes, CachePolicy::Minutes, kind);
        if waiting.before.files.get(&file.path) == Some(&file.entry) {
            self.after.files.insert(file.path, file.entry);
            return Ok(());
        }
        file.wait_in(waiting.spool)
            .map_err(DistributeError::Spool)?;
        self.add(file);
        Ok(())
    }
}
