//! The files of a whole site: pages, catalogues and what all pages share, as files to put and the manifest that names them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::sync::Arc;

use rayon::prelude::*;
use url::Url;

use super::around::{Around, Related, around, former_slugs};
use super::build_piece::{PieceFiles, SitePiece};
use super::build_site::SiteBuild;
use super::faces::faces;
use super::feeds::{FeedEntry, Translations};
use super::headers::CachePolicy;
use super::manifest::{Manifest, PieceEntry, Retired, Shared};
use super::media_type::{CSS, HTML, SVG, TEXT, XML};
use super::pages::{PageText, PageWriter, SheetPaths, SiteLogo, halves_of};
use super::planned_file::{FileKind, PlannedFile};
use super::publication::{Publication, page_path};
use super::site_view::SiteView;
use super::spool::{Spool, Spooled};
use super::{DeploySettings, DistributeError, feeds, stand_ins};
use crate::compose::Logo;
use crate::digest::Sha256;
use crate::editions::html;
use crate::editions::markup::{Element, Markup};
use crate::load::scaled;
use crate::piece::{Slug, Withdrawal};
use crate::store::Store;
use crate::theme::{Colour, Theme};

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
    let faces = files.stand_ins(&site.view, &publications, &settings.theme, before)?;
    let pages = PageWriter::new(&site.view, base, &style, settings.audience, logo, faces)?;
    let desk = PieceDesk {
        before,
        pages: &pages,
        spool,
        store,
        frame: files.after.frame.clone(),
        style: style.clone(),
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
    let lists = pages.lists(&publications)?;
    if let Some(base) = base {
        let withdrawn = withdrawn.iter();
        let withdrawn = withdrawn.map(|(piece, withdrawal)| (&**piece, Some(withdrawal)));
        let entries = publications.iter().map(|piece| (*piece, None));
        let entries: Vec<FeedEntry<'_>> = entries.chain(withdrawn).collect();
        let feed = feeds::atom(&site.view, base, &entries, &translations);
        files.catalogue(feeds::FEED.to_owned(), feeds::ATOM, feed, spool)?;
        files.sitemaps(base, &lists, &publications, spool)?;
    }
    for (path, bytes) in lists {
        files.catalogue(path, HTML, bytes, spool)?;
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
        let icon = icon(theme);
        let path_of_icon = "icon.svg".to_owned();
        self.add(PlannedFile::of_bytes(
            path_of_icon,
            SVG,
            icon,
            CachePolicy::Hour,
            FileKind::Asset,
        ));
        Ok(path)
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
            // A page that could not be written anew names the sheet and the faces that it was made with.
            let shared = desk.before.files.iter();
            let shared =
                shared.filter(|(path, _)| path.starts_with("style-") || path.starts_with("fonts/"));
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

    fn sitemaps(
        &mut self,
        base: &Url,
        lists: &[(String, Vec<u8>)],
        publications: &[&Publication],
        spool: &Spool,
    ) -> Result<(), DistributeError> {
        let pieces = publications
            .iter()
            .map(|piece| (piece.page.clone(), Some(piece.record.modified.to_string())));
        let lists = lists.iter().map(|(path, _)| (path.clone(), None));
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
    style: String,
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
        let mut entry = PieceEntry {
            inputs,
            files: 0,
            around: around.hash(&self.frame, &self.style),
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
        if standing == around.hash(&self.frame, &self.style) {
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

    /// The text of a piece from its page at the target, where that is as the manifest says.
    fn halves(&self, publication: &Publication) -> Result<Option<[String; 2]>, DistributeError> {
        let Some(known) = self.before.files.get(&publication.page) else {
            return Ok(None);
        };
        let Some(mut file) = self.store.read(&publication.page)? else {
            return Ok(None);
        };
        let mut page = Vec::new();
        let read = file.read_to_end(&mut page);
        let is_ours = read.is_ok() && Sha256::of(&page) == known.sha256;
        let page = String::from_utf8(page).ok().filter(|_| is_ours);
        Ok(page.and_then(|page| halves_of(&page)))
    }
}

fn markup(spooled: &Spooled) -> Result<String, DistributeError> {
    let bytes = spooled.bytes().map_err(DistributeError::Spool)?;
    Ok(String::from_utf8(bytes).expect("markup went in as text"))
}

/// The sign of the site in a browser's tab: the disc of the covers on their ground. Without one browsers ask for another.
fn icon(theme: &Theme) -> Vec<u8> {
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
        .with("r", "5");
    svg.empty(disc.with("fill", &fill(theme.colours.cover_accent)));
    svg.finish()
}
