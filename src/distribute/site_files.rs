//! The files of a whole site: pages, catalogues and what all pages share, as files to put and the manifest that names them.

use std::sync::Arc;

use rayon::prelude::*;
use url::Url;

use super::build_piece::{PieceFiles, SitePiece};
use super::build_site::SiteBuild;
use super::faces::faces;
use super::headers::CachePolicy;
use super::manifest::{Manifest, PieceEntry, Shared};
use super::pages::{PageText, PageWriter};
use super::planned_file::{CSS, FileKind, HTML, PlannedFile, SVG, TEXT, XML};
use super::publication::Publication;
use super::site_view::SiteView;
use super::spool::{Spool, Spooled};
use super::{DeploySettings, DistributeError, feeds};
use crate::digest::Sha256;
use crate::editions::html;
use crate::editions::markup::{Element, Markup};
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
/// [`DistributeError`] when a template or a face is at fault, or the pack cannot be written.
pub(super) fn assemble(
    site: SiteBuild,
    settings: &DeploySettings<'_>,
    before: &Manifest,
    spool: &Spool,
) -> Result<SiteFiles, DistributeError> {
    let mut files = SiteFiles {
        files: Vec::new(),
        after: Manifest::new(site.frame),
    };
    let style = files.shared(&settings.theme, before)?;
    let base = settings.site.base_url.as_ref();
    let pages = PageWriter::new(&site.view, base, &style)?;
    let publications = site
        .pieces
        .iter()
        .map(|piece| Arc::clone(&piece.publication));
    let publications: Vec<Arc<Publication>> = publications.collect();
    files.pieces(site.pieces, before, &pages, spool)?;
    let publications: Vec<&Publication> = publications.iter().map(Arc::as_ref).collect();
    let lists = pages.lists(&publications)?;
    if let Some(base) = base {
        files.feeds(&site.view, base, &lists, &publications, spool)?;
    }
    for (path, bytes) in lists {
        files.catalogue(path, HTML, bytes, spool)?;
    }
    for (path, media_type, bytes) in feeds::catalogue(&site.view, &publications) {
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

    /// Adds the files of every piece.
    fn pieces(
        &mut self,
        pieces: Vec<SitePiece>,
        before: &Manifest,
        pages: &PageWriter<'_>,
        spool: &Spool,
    ) -> Result<(), DistributeError> {
        let written: Vec<CompletePiece> = pieces
            .into_par_iter()
            .map(|piece| write(piece, pages, spool))
            .collect::<Result<_, _>>()?;
        for CompletePiece {
            publication,
            inputs,
            files,
        } in written
        {
            let slug = publication.record.slug.to_string();
            let count = match files {
                Some(files) => {
                    let count = files.len();
                    files.into_iter().for_each(|file| self.add(file));
                    count
                }
                None => {
                    let standing = before.files_of(&slug);
                    let standing = standing.map(|(path, file)| (path.clone(), file.clone()));
                    let known = self.after.files.len();
                    self.after.files.extend(standing);
                    self.after.files.len() - known
                }
            };
            let entry = PieceEntry {
                inputs,
                files: count,
                publication: Shared(publication),
            };
            self.after.pieces.insert(slug, entry);
        }
        Ok(())
    }

    /// Adds what needs absolute addresses.
    fn feeds(
        &mut self,
        view: &SiteView,
        base: &Url,
        lists: &[(String, Vec<u8>)],
        publications: &[&Publication],
        spool: &Spool,
    ) -> Result<(), DistributeError> {
        let feed = feeds::atom(view, base, publications);
        self.catalogue(feeds::FEED.to_owned(), feeds::ATOM, feed, spool)?;
        let pieces = publications
            .iter()
            .map(|piece| (piece.page.clone(), Some(piece.record.modified.to_string())));
        let lists = lists.iter().map(|(path, _)| (path.clone(), None));
        let mapped: Vec<_> = lists.chain(pieces).collect();
        for (path, bytes) in feeds::sitemaps(base, &mapped) {
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

/// A piece with its page.
struct CompletePiece {
    publication: Arc<Publication>,
    inputs: Sha256,
    /// None where those at the target are still right.
    files: Option<Vec<PlannedFile>>,
}

fn write(
    piece: SitePiece,
    pages: &PageWriter<'_>,
    spool: &Spool,
) -> Result<CompletePiece, DistributeError> {
    let SitePiece {
        publication,
        inputs,
        fresh,
    } = piece;
    let fresh = fresh.map(|fresh| with_page(fresh, &publication, pages, spool));
    Ok(CompletePiece {
        files: fresh.transpose()?,
        publication,
        inputs,
    })
}

fn with_page(
    fresh: PieceFiles,
    publication: &Publication,
    pages: &PageWriter<'_>,
    spool: &Spool,
) -> Result<Vec<PlannedFile>, DistributeError> {
    let PieceFiles { mut files, text } = fresh;
    let (title_block, sections) = (markup(&text.title_block)?, markup(&text.sections)?);
    let text = PageText {
        title_block: &title_block,
        sections: &sections,
    };
    let (path, bytes) = pages.piece(publication, text)?;
    let mut page = PlannedFile::of_bytes(path, HTML, bytes, CachePolicy::Minutes, FileKind::Page);
    page.wait_in(spool).map_err(DistributeError::Spool)?;
    files.push(page);
    Ok(files)
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
