//! The files of a piece but its page, as they are built: editions, covers, share image, images, citation files.

use std::collections::BTreeSet;

use super::DeploySettings;
use super::headers::{CachePolicy, attachment};
use super::manifest::FileEntry;
use super::media_type::MediaType;
use super::planned_file::{Content, FileKind, PlannedFile};
use super::publication::{Download, SitePicture, file_path, page_path};
use super::shippable::ShippableEdition;
use super::spool::Spool;
use crate::compose::{Composition, ImageId};
use crate::cover::{self, CoverError, Size};
use crate::editions::html::ImageSource;
use crate::load::scaled;
use crate::piece::{Image, ImageFormat};

/// The files of a piece, waiting in the spool.
pub(super) struct FileCollector<'a> {
    settings: &'a DeploySettings<'a>,
    spool: &'a Spool,
    slug: &'a str,
    files: Vec<PlannedFile>,
}

impl<'a> FileCollector<'a> {
    /// No files yet of the piece of this slug.
    pub(super) fn new(settings: &'a DeploySettings<'a>, spool: &'a Spool, slug: &'a str) -> Self {
        Self {
            settings,
            spool,
            slug,
            files: Vec::new(),
        }
    }

    /// The files.
    pub(super) fn finish(self) -> Vec<PlannedFile> {
        self.files
    }

    /// Adds files that are whole but for their place in the spool.
    pub(super) fn prepared(&mut self, files: Vec<PlannedFile>) -> Result<(), String> {
        for mut file in files {
            file.wait_in(self.spool)
                .map_err(|error| error.to_string())?;
            self.files.push(file);
        }
        Ok(())
    }

    /// Adds a file, and gives its path.
    pub(super) fn add(
        &mut self,
        name: &str,
        media_type: &'static str,
        bytes: Vec<u8>,
        cache: CachePolicy,
        disposition: Option<String>,
    ) -> Result<String, String> {
        let path = file_path(self.slug, name);
        let mut file =
            PlannedFile::of_bytes(path.clone(), media_type, bytes, cache, FileKind::Asset);
        file.disposition = disposition;
        file.wait_in(self.spool)
            .map_err(|error| error.to_string())?;
        self.files.push(file);
        Ok(path)
    }

    /// The cover as it stands on pages and in reading apps, and a small one for lists.
    pub(super) fn covers(&mut self, composition: &Composition) -> Result<[SitePicture; 2], String> {
        let said = |error: CoverError| error.to_string();
        let Some((id, alt)) = &composition.cover else {
            let mut drawn = |name: &str, size: Size| {
                let bytes = cover::draw(composition, &self.settings.theme, size).map_err(said)?;
                self.drawn(name, composition, bytes, size.pixels())
            };
            return Ok([
                drawn("cover.png", Size::Screen)?,
                drawn("thumbnail.png", Size::Thumbnail)?,
            ]);
        };
        let image = &composition[*id];
        let own = self.own("cover", image, alt)?;
        let small = match cover::thumbnail(image).map_err(said)? {
            Some(small) => self.own("thumbnail", &small, alt)?,
            None => own.clone(),
        };
        Ok([own, small])
    }

    fn own(&mut self, name: &str, image: &Image, alt: &str) -> Result<SitePicture, String> {
        let media_type = image.format.media_type();
        let name = format!("{name}.{}", image.format.extension());
        let path = self.add(
            &name,
            media_type,
            image.bytes.to_vec(),
            CachePolicy::Hour,
            None,
        )?;
        Ok(SitePicture {
            path,
            media_type: media_type.to_owned(),
            alt: alt.to_owned(),
            width: image.width,
            height: image.height,
        })
    }

    /// The share image.
    pub(super) fn share(&mut self, composition: &Composition) -> Result<SitePicture, String> {
        let bytes =
            cover::share(composition, &self.settings.theme).map_err(|error| error.to_string())?;
        self.drawn("share.png", composition, bytes, cover::SHARE_SIZE)
    }

    fn drawn(
        &mut self,
        name: &str,
        composition: &Composition,
        bytes: Vec<u8>,
        (width, height): (u32, u32),
    ) -> Result<SitePicture, String> {
        let path = self.add(name, cover::MEDIA_TYPE, bytes, CachePolicy::Hour, None)?;
        let media_type = cover::MEDIA_TYPE.to_owned();
        Ok(SitePicture {
            path,
            media_type,
            alt: cover::alt_text(composition, &self.settings.theme),
            width,
            height,
        })
    }

    /// The images of the text, each with smaller copies for narrow screens.
    pub(super) fn images(&mut self, composition: &Composition) -> Result<(), String> {
        let figures = composition.walk().figures();
        let shown: BTreeSet<ImageId> = figures.map(|(_, figure)| figure.image).collect();
        for id in shown {
            let image = &composition[id];
            self.image(&image_name(composition, id), image)?;
            for width in smaller_widths(image) {
                let height = (u64::from(image.height) * u64::from(width)
                    + u64::from(image.width) / 2)
                    / u64::from(image.width);
                let height = u32::try_from(height).unwrap_or(u32::MAX).max(1);
                // A copy that would be no smaller in bytes is the image itself: pages name it in any case.
                let copy = scaled(image, width, height).unwrap_or_else(|| image.clone());
                self.image(&copy_name(composition, id, width), &copy)?;
            }
        }
        Ok(())
    }

    fn image(&mut self, name: &str, image: &Image) -> Result<String, String> {
        let media_type = image.format.media_type();
        let bytes = image.bytes.to_vec();
        self.add(name, media_type, bytes, CachePolicy::Hour, None)
    }

    /// An edition.
    pub(super) fn edition(
        &mut self,
        composition: &Composition,
        edition: ShippableEdition,
    ) -> Download {
        let ShippableEdition {
            format,
            sha256,
            size,
            file,
        } = edition;
        let path = file_path(self.slug, &format!("{}.{}", self.slug, format.extension));
        let title = &composition.record.full_title;
        let planned = PlannedFile {
            path: path.clone(),
            entry: FileEntry {
                media_type: MediaType(format.media_type),
                size,
                sha256,
            },
            content: Content::File(file),
            cache: CachePolicy::Hour,
            disposition: Some(attachment(self.slug, title, format.extension)),
            kind: FileKind::Asset,
        };
        self.files.push(planned);
        Download {
            format: format.name.to_owned(),
            path,
            media_type: format.media_type.to_owned(),
            size,
        }
    }
}

/// The widths in pixels of the copies that narrow screens take.
const WIDTHS: [u32; 2] = [480, 960];

/// The widths of the smaller copies of an image; one that is nearly as wide as the image is of no use.
fn smaller_widths(image: &Image) -> impl Iterator<Item = u32> {
    let is_drawing = image.format == ImageFormat::Svg;
    let widest = image.width / 4 * 3;
    let widths = WIDTHS.into_iter();
    widths.filter(move |width| !is_drawing && *width <= widest)
}

/// Where an image stands, as the piece's page says it.
pub(super) fn image_source(composition: &Composition, id: ImageId) -> ImageSource {
    let slug = composition.record.slug.as_str();
    let page = page_path(slug);
    let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let address = |name: &str| {
        let path = file_path(slug, name);
        let below = path.strip_prefix(folder).unwrap_or(&path);
        below.trim_start_matches('/').to_owned()
    };
    let smaller = smaller_widths(&composition[id]);
    let smaller = smaller.map(|width| (address(&copy_name(composition, id, width)), width));
    ImageSource {
        address: address(&image_name(composition, id)),
        smaller: smaller.collect(),
    }
}

fn copy_name(composition: &Composition, id: ImageId, width: u32) -> String {
    let extension = composition[id].format.extension();
    format!("image-{}-{width}.{extension}", id.0 + 1)
}

fn image_name(composition: &Composition, id: ImageId) -> String {
    format!("image-{}.{}", id.0 + 1, composition[id].format.extension())
}
