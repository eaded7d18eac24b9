//! The files that a run can make of a piece: the editions of the format table, and the cover.

use std::io::Cursor;

use crate::compose::Composition;
use crate::cover;
use crate::diagnostic::{Code, Diagnostic};
use crate::editions::{Format, Options, Writer};
use crate::load::rasterised;
use crate::piece::{ImageFormat, Life, Slug, Status};
use crate::typeset::{Layout, PageList};

/// The pages of the paper edition as writers take them.
#[derive(Debug)]
pub(super) struct Pages {
    pub(super) layout: Layout,
    pub(super) list: PageList,
}

/// A kind of file made of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Output {
    /// An edition.
    Edition(&'static Format),
    /// The edition of a piece that is not published yet, which says so.
    Review(&'static Format),
    /// The cover as an image of its own.
    Cover,
}

impl Output {
    /// Its name in records and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Edition(format) => format.name,
            Self::Review(format) => format.review,
            Self::Cover => "cover",
        }
    }

    /// The format that it is an edition of.
    #[must_use]
    pub fn format(self) -> Option<&'static Format> {
        match self {
            Self::Edition(format) | Self::Review(format) => Some(format),
            Self::Cover => None,
        }
    }

    /// Whether it is an edition in Word, which can come back edited.
    #[must_use]
    pub fn is_docx(self) -> bool {
        self.format().is_some_and(|format| format.name == "docx")
    }

    /// What is made of a piece where these are asked for: of one under an embargo review editions besides, of a draft these
    /// alone.
    #[must_use]
    pub fn of_life(asked: &[Self], life: &Life) -> Vec<Self> {
        let is_draft = life.status == Status::Draft;
        let mut outputs = Vec::with_capacity(asked.len());
        for output in asked {
            match output {
                Self::Review(_) => {}
                output if !is_draft => outputs.push(*output),
                _ => {}
            }
            if let (true, Some(format)) = (life.is_reviewed(), output.format())
                && !outputs.contains(&Self::Review(format))
            {
                outputs.push(Self::Review(format));
            }
        }
        outputs
    }

    /// The name of its file.
    #[must_use]
    pub fn file_name(self, slug: &Slug) -> String {
        match self {
            Self::Edition(format) => format!("{slug}.{}", format.extension),
            Self::Review(format) => format!("{slug}.review.{}", format.extension),
            Self::Cover => format!("{slug}.cover.png"),
        }
    }

    /// Whether it is the pages, and is not made without them.
    pub(super) fn is_paged(self) -> bool {
        self.format().is_some_and(Format::is_paged)
    }

    /// Whether it is the pages, or tells where they begin.
    pub(crate) fn needs_pages(self) -> bool {
        let format = self.format();
        format.is_some_and(|format| format.is_paged() || format.lists_pages)
    }

    /// Makes its bytes; none where it is the pages and they could not be set.
    pub(super) fn write(
        self,
        composition: &Composition,
        pages: Option<&Pages>,
        options: &Options,
    ) -> Option<Result<Vec<u8>, Diagnostic>> {
        let written = match self {
            Self::Edition(format) | Self::Review(format) => match format.writer {
                Writer::Paged(write) => write(composition, &pages?.layout, options),
                Writer::Reflowable(write) => {
                    write(composition, pages.map(|pages| &pages.list), options)
                }
            }
            .map_err(|error| error.to_string()),
            Self::Cover => cover_file(composition, options),
        };
        Some(written.map_err(|reason| Diagnostic::error(Code::Edition, reason)))
    }
}

/// The piece's own cover as PNG, else the drawn one.
fn cover_file(composition: &Composition, options: &Options) -> Result<Vec<u8>, String> {
    let Some((image, _)) = &composition.cover else {
        return cover::draw(composition, &options.theme, cover::Size::Full)
            .map_err(|error| error.to_string());
    };
    let image = &composition[*image];
    match image.format {
        ImageFormat::Png => Ok(image.bytes.to_vec()),
        ImageFormat::Jpeg => as_png(&image.bytes).map_err(|error| error.to_string()),
        // Pictures are fitted before anything is written, and a cover is then of pixels.
        ImageFormat::Svg => Ok(rasterised(image, image.width, image.height)?.bytes.to_vec()),
    }
}

fn as_png(bytes: &[u8]) -> image::ImageResult<Vec<u8>> {
    let mut png = Cursor::new(Vec::new());
    image::load_from_memory(bytes)?.write_to(&mut png, image::ImageFormat::Png)?;
    Ok(png.into_inner())
}
