//! A site put together: pages, catalogues and what all pages share, as files to put and the manifest that names them.

use std::sync::Arc;

use rayon::prelude::*;
use url::Url;

use super::faces::faces;
use super::files::{CSS, HTML, Phase, Planned, SVG, TEXT, XML};
use super::headers::Keep;
use super::make::{Fresh, Made};
use super::making::Making;
use super::manifest::{Manifest, PieceEntry, Shared};
use super::pack::{Pack, Packed};
use super::pages::{Pages, Text};
use super::publication::Publication;
use super::view::SiteView;
use super::{DistributeError, Settings, feeds};
use crate::batch::hash as digest;
use crate::editions::html;
use crate::editions::markup::{Element, Markup};
use crate::theme::{Colour, Theme};

/// Everything of a site that does not stand at the target as it should be, and the manifest that will stand there.
pub(super) struct Assembly {
    /// Files that were made; some may stand there with the same bytes.
    pub(super) files: Vec<Planned>,
    /// Every file of the site.
    pub(super) after: Manifest,
}

/// Puts a site together.
///
/// # Errors
/// [`DistributeError`] when a template or a face is at fault, or the pack cannot be written.
pub(super) fn assemble(
    site: Making,
    settings: &Settings<'_>,
    before: &Manifest,
    pack: &Pack,
) -> Result<Assembly, DistributeError> {
    let mut assembly = Assembly {
        files: Vec::new(),
        after: Manifest::new(site.frame),
    };
    let style = assembly.shared(&settings.theme, before)?;
    let base = settings.site.base_url.as_ref();
    let pages = Pages::new(&site.view, base, &style)?;
    let publications = site.made.iter().map(|made| Arc::clone(&made.publication));
    let publications: Vec<Arc<Publication>> = publications.collect();
    assembly.pieces(site.made, before, &pages, pack)?;
    let publications: Vec<&Publication> = publications.iter().map(Arc::as_ref).collect();
    let lists = pages.lists(&publications)?;
    if let Some(base) = base {
        assembly.feeds(&site.view, base, &lists, &publications, pack)?;
    }
    for (path, bytes) in lists {
        assembly.catalogue(path, HTML, bytes, pack)?;
    }
    for (path, media_type, bytes) in feeds::catalogue(&site.view, &publications) {
        assembly.catalogue(path, media_type, bytes, pack)?;
    }
    let sums = assembly.after.sums();
    assembly.catalogue("SHA256SUMS".to_owned(), TEXT, sums, pack)?;
    Ok(assembly)
}

impl Assembly {
    fn add(&mut self, file: Planned) {
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
        let path = format!("style-{}.css", &digest::bytes(style.as_bytes())[..8]);
        let style = style.into_bytes();
        let file = Planned::of_bytes(path.clone(), CSS, style, Keep::Forever, Phase::Edition);
        self.add(file);
        let icon = icon(theme);
        let path_of_icon = "icon.svg".to_owned();
        self.add(Planned::of_bytes(
            path_of_icon,
            SVG,
            icon,
            Keep::Hour,
            Phase::Edition,
        ));
        Ok(path)
    }

    /// Adds the files of every piece.
    fn pieces(
        &mut self,
        made: Vec<Made>,
        before: &Manifest,
        pages: &Pages<'_>,
        pack: &Pack,
    ) -> Result<(), DistributeError> {
        let written: Vec<Written> = made
            .into_par_iter()
            .map(|made| write(made, pages, pack))
            .collect::<Result<_, _>>()?;
        for Written {
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
        pack: &Pack,
    ) -> Result<(), DistributeError> {
        let feed = feeds::atom(view, base, publications);
        self.catalogue(feeds::FEED.to_owned(), feeds::ATOM, feed, pack)?;
        let pieces = publications
            .iter()
            .map(|piece| (piece.page.clone(), Some(piece.record.modified.to_string())));
        let lists = lists.iter().map(|(path, _)| (path.clone(), None));
        let mapped: Vec<_> = lists.chain(pieces).collect();
        for (path, bytes) in feeds::sitemaps(base, &mapped) {
            self.catalogue(path, XML, bytes, pack)?;
        }
        Ok(())
    }

    fn catalogue(
        &mut self,
        path: String,
        media_type: &'static str,
        bytes: Vec<u8>,
        pack: &Pack,
    ) -> Result<(), DistributeError> {
        let phase = Phase::Catalogue;
        let mut file = Planned::of_bytes(path, media_type, bytes, Keep::Minutes, phase);
        file.wait_in(pack).map_err(DistributeError::Pack)?;
        self.add(file);
        Ok(())
    }
}

/// A piece with its page.
struct Written {
    publication: Arc<Publication>,
    inputs: String,
    /// None where those at the target are still right.
    files: Option<Vec<Planned>>,
}

fn write(made: Made, pages: &Pages<'_>, pack: &Pack) -> Result<Written, DistributeError> {
    let Made {
        publication,
        inputs,
        fresh,
    } = made;
    let fresh = fresh.map(|fresh| with_page(fresh, &publication, pages, pack));
    Ok(Written {
        files: fresh.transpose()?,
        publication,
        inputs,
    })
}

fn with_page(
    fresh: Fresh,
    publication: &Publication,
    pages: &Pages<'_>,
    pack: &Pack,
) -> Result<Vec<Planned>, DistributeError> {
    let Fresh { mut files, text } = fresh;
    let (title_block, sections) = (markup(&text.title_block)?, markup(&text.sections)?);
    let text = Text {
        title_block: &title_block,
        sections: &sections,
    };
    let (path, bytes) = pages.piece(publication, text)?;
    let mut page = Planned::of_bytes(path, HTML, bytes, Keep::Minutes, Phase::Page);
    page.wait_in(pack).map_err(DistributeError::Pack)?;
    files.push(page);
    Ok(files)
}

fn markup(packed: &Packed) -> Result<String, DistributeError> {
    let bytes = packed.bytes().map_err(DistributeError::Pack)?;
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
