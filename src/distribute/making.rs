//! A site in the making: its pieces, then its pages and catalogues, all before anything is put.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::faces::faces;
use super::files::{Phase, Planned};
use super::headers::Keep;
use super::make::{Made, Maker, Outcome};
use super::manifest::{Manifest, PieceEntry};
use super::pack::{Pack, Packed};
use super::pages::{Pages, Text};
use super::publication::Publication;
use super::view::SiteView;
use super::{DistributeError, Observer, Settings, Summary, feeds};
use crate::batch::{Record, RunError, hash as digest};
use crate::editions::html;
use crate::editions::xhtml::{Element, Markup};
use crate::piece::diagnostic::Severity;
use crate::theme::{Colour, Theme};

/// A site in the making.
pub(super) struct Making {
    /// What became of the sources, in their order; the pieces taken out.
    outcomes: Vec<Outcome>,
    /// The pieces, the newest first.
    pub(super) made: Vec<Made>,
    view: SiteView,
    /// The hash of what every page shows of the site.
    frame: String,
}

/// Makes every piece of a site.
pub(super) fn make_site(
    settings: &Settings<'_>,
    sources: &[PathBuf],
    before: &Manifest,
    pack: &Pack,
) -> Result<Making, DistributeError> {
    let record = Record::of_folder(settings.dist);
    let common = digest::fields([
        env!("FLASHPOINT_BUILD"),
        &format!("{:?}", settings.site),
        &format!("{:?}", settings.theme),
        &format!("{:?}", settings.epoch),
    ]);
    let make = |reuse| {
        let maker = Maker {
            settings,
            record: &record,
            before,
            reuse,
            pack,
            common: &common,
        };
        let mut outcomes: Vec<Outcome> = sources.par_iter().map(|path| maker.make(path)).collect();
        let mut made: Vec<(PathBuf, Made)> = outcomes
            .iter_mut()
            .filter_map(|outcome| Some((outcome.source.path.clone(), outcome.made.take()?)))
            .collect();
        refuse_same_slugs(&made)?;
        made.sort_by(|(_, a), (_, b)| newest_first(&a.publication, &b.publication));
        let made: Vec<Made> = made.into_iter().map(|(_, made)| made).collect();
        let publications: Vec<&Publication> = made.iter().map(|made| &made.publication).collect();
        let view = SiteView::of(settings.site, &publications);
        let frame = view.frame();
        Ok::<_, DistributeError>(Making {
            outcomes,
            made,
            view,
            frame,
        })
    };
    let site = make(true)?;
    // A page shows the site's name and language; where these follow from the pieces, a new piece may change every page.
    if site.frame != before.frame && site.made.iter().any(|made| made.text.is_none()) {
        return make(false);
    }
    Ok(site)
}

fn newest_first(a: &Publication, b: &Publication) -> std::cmp::Ordering {
    b.date.cmp(&a.date).then_with(|| a.slug.cmp(&b.slug))
}

fn refuse_same_slugs(made: &[(PathBuf, Made)]) -> Result<(), DistributeError> {
    let mut by_slug: BTreeMap<&str, &Path> = BTreeMap::new();
    for (path, piece) in made {
        if let Some(first) = by_slug.insert(&piece.publication.slug, path) {
            let slug = crate::piece::Slug::parse(&piece.publication.slug);
            let pieces = slug
                .into_iter()
                .map(|slug| (slug, first.to_owned(), path.clone()))
                .collect();
            return Err(RunError::SameSlug { pieces }.into());
        }
    }
    Ok(())
}

impl Making {
    /// Tells of what is wrong, in the order of the sources.
    pub(super) fn tell(&self, observer: &dyn Observer, summary: &mut Summary) {
        for outcome in &self.outcomes {
            for diagnostic in &outcome.diagnostics {
                observer.diagnostic(&outcome.source, diagnostic);
                match diagnostic.severity {
                    Severity::Error => summary.errors += 1,
                    Severity::Warning => summary.warnings += 1,
                }
            }
        }
        summary.failed = self.outcomes.len() - self.made.len();
    }

    /// Every file of the site, and the manifest that will stand at the target.
    pub(super) fn files(
        &self,
        settings: &Settings<'_>,
        before: &Manifest,
        pack: &Pack,
    ) -> Result<(Vec<Planned>, Manifest), DistributeError> {
        let (faces, mut files) = faces(&settings.theme, before)?;
        let style = [
            &faces,
            html::sheet(&settings.theme).as_str(),
            include_str!("templates/site.css"),
        ]
        .concat();
        let style_path = format!("style-{}.css", &digest::bytes(style.as_bytes())[..8]);
        files.push(Planned::of_bytes(
            style_path.clone(),
            "text/css; charset=utf-8",
            style.into_bytes(),
            Keep::Forever,
            Phase::Edition,
        ));
        files.push(Planned::of_bytes(
            "icon.svg".to_owned(),
            "image/svg+xml",
            icon(&settings.theme),
            Keep::Hour,
            Phase::Edition,
        ));
        let base = settings.site.base_url.as_ref();
        let pages = Pages::new(&self.view, base, &style_path)?;
        let mut after = Manifest::new(self.frame.clone());
        let written: Vec<Vec<Planned>> = self
            .made
            .par_iter()
            .map(|made| piece_files(made, &pages, pack))
            .collect::<Result<_, _>>()?;
        for (made, written) in self.made.iter().zip(written) {
            let entry = PieceEntry {
                inputs: made.inputs.clone(),
                files: written.iter().map(|file| file.path.clone()).collect(),
                publication: made.publication.clone(),
            };
            after.pieces.insert(made.publication.slug.clone(), entry);
            files.extend(written);
        }
        self.catalogues(settings, &pages, &mut files)?;
        after.files = files
            .iter()
            .map(|file| (file.path.clone(), file.entry.clone()))
            .collect();
        let sums = Manifest::sums(&after.files).into_bytes();
        let sums = Planned::of_bytes(
            "SHA256SUMS".to_owned(),
            "text/plain; charset=utf-8",
            sums,
            Keep::Minutes,
            Phase::Catalogue,
        );
        after.files.insert(sums.path.clone(), sums.entry.clone());
        files.push(sums);
        Ok((files, after))
    }

    fn catalogues(
        &self,
        settings: &Settings<'_>,
        pages: &Pages<'_>,
        files: &mut Vec<Planned>,
    ) -> Result<(), DistributeError> {
        let pieces: Vec<&Publication> = self.made.iter().map(|made| &made.publication).collect();
        let mut add = |path: String, media_type: &str, bytes| {
            files.push(Planned::of_bytes(
                path,
                media_type,
                bytes,
                Keep::Minutes,
                Phase::Catalogue,
            ));
        };
        let lists = pages.lists(&pieces)?;
        let mut mapped: Vec<_> = lists.iter().map(|(path, _)| (path.clone(), None)).collect();
        mapped.extend(
            pieces
                .iter()
                .map(|piece| (piece.page.clone(), Some(piece.modified.clone()))),
        );
        for (path, bytes) in lists {
            add(path, HTML, bytes);
        }
        for (path, media_type, bytes) in feeds::catalogue(&self.view, &pieces) {
            add(path, media_type, bytes);
        }
        if let Some(base) = &settings.site.base_url {
            add(
                feeds::FEED.to_owned(),
                feeds::ATOM,
                feeds::atom(&self.view, base, &pieces),
            );
            for (path, bytes) in feeds::sitemaps(base, &mapped) {
                add(path, "application/xml", bytes);
            }
        }
        Ok(())
    }
}

const HTML: &str = "text/html; charset=utf-8";

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

/// The files of a piece with its page; a page that stands at the target is not written again.
fn piece_files(
    made: &Made,
    pages: &Pages<'_>,
    pack: &Pack,
) -> Result<Vec<Planned>, DistributeError> {
    let mut files: Vec<Planned> = made.files.clone();
    let Some(text) = &made.text else {
        files.extend(made.page.clone());
        return Ok(files);
    };
    let (title_block, sections) = (markup(&text.title_block)?, markup(&text.sections)?);
    let text = Text {
        title_block: &title_block,
        sections: &sections,
    };
    let (path, bytes) = pages.piece(&made.publication, text)?;
    let mut page = Planned::of_bytes(path, HTML, bytes, Keep::Minutes, Phase::Page);
    page.wait_in(pack).map_err(DistributeError::Pack)?;
    files.push(page);
    Ok(files)
}

fn markup(packed: &Packed) -> Result<String, DistributeError> {
    let bytes = packed.bytes().map_err(DistributeError::Pack)?;
    Ok(String::from_utf8(bytes).expect("markup went in as text"))
}
