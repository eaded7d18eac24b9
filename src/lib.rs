//! Flashpoint turns one structured source of a piece into its PDF, DOCX and EPUB editions.
//!
//! The phases are functions from values to values: [`load`], [`check`], [`compose`], [`typeset`], [`editions`], then [`batch`].
//!
//! ```
//! use flashpoint::compose::compose;
//! use flashpoint::editions::{FORMATS, Options, Writer};
//! use flashpoint::theme::{PageSize, Theme};
//! use flashpoint::{check::check, load::load, typeset::{PageList, layout}};
//!
//! let loaded = load("source/flash-point.yaml".as_ref());
//! let checked = check(&loaded);
//! for problem in loaded.diagnostics.iter().chain(&checked.diagnostics) {
//!     println!("{}", problem.message);
//! }
//! let piece = checked.piece.expect("a piece without errors");
//! let composition = compose(&piece, None);
//! let options = Options { theme: Theme::classic(), page_size: PageSize::A4 };
//! let pages = layout(&composition, &options.theme, options.page_size)?;
//! let list = PageList::of(&pages);
//! for format in FORMATS {
//!     let bytes = match format.writer {
//!         Writer::Paged(write) => write(&composition, &pages, &options),
//!         Writer::Reflowable(write) => write(&composition, Some(&list), &options),
//!     }?;
//!     println!("{}.{}: {} bytes", composition.record.slug, format.extension, bytes.len());
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod batch;
pub mod check;
pub mod cli;
pub mod compose;
pub mod cover;
pub mod diagnostic;
pub mod distribute;
pub mod editions;
pub mod fonts;
pub mod load;
pub mod piece;
pub mod pipeline;
mod shape;
pub(crate) mod store;
pub mod theme;
pub mod typeset;
