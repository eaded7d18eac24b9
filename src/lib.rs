//! Flashpoint turns one structured source of a piece into its PDF, DOCX, EPUB and HTML editions.
//!
//! ```
//! let piece = flashpoint::open("source/flash-point.yaml")?;
//! let pdf = piece.edition("pdf")?;
//! # assert!(pdf.starts_with(b"%PDF-"));
//! # Ok::<(), flashpoint::Error>(())
//! ```
//!
//! [`OpenOptions`] says which theme and paper, [`Manuscript::findings`] what an editor should look at, and an [`Error`] says
//! everything that is wrong with a piece, with its place. Nothing is written to a disk, and neither clock nor environment is read.
//!
//! The phases behind this door (load, check, compose, lay out, write) are modules that the program, its tests and its benches
//! use. They change with every version and are not shown here; `ARCHITECTURE.md` tells of them.

mod open;

pub use diagnostic::{Code, Diagnostic, Severity};
pub use open::{Error, Manuscript, OpenOptions, formats, open};
pub use theme::{PageSize, PdfStandard, ThemeError};

// The rooms of the house: public for the program, tests and benches, hidden because they are no promise.
#[doc(hidden)]
pub mod batch;
#[doc(hidden)]
pub mod check;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod compose;
#[doc(hidden)]
pub mod cover;
#[doc(hidden)]
pub mod diagnostic;
#[doc(hidden)]
pub mod digest;
#[doc(hidden)]
pub mod distribute;
#[cfg(feature = "svg")]
#[doc(hidden)]
pub mod drawing;
#[cfg(not(feature = "svg"))]
#[doc(hidden)]
#[path = "drawing/absent.rs"]
pub mod drawing;
#[doc(hidden)]
pub mod editions;
#[doc(hidden)]
pub mod fonts;
#[doc(hidden)]
pub mod import;
#[doc(hidden)]
pub mod load;
#[doc(hidden)]
pub mod measure;
#[doc(hidden)]
pub mod piece;
#[doc(hidden)]
pub mod pipeline;
mod platform;
#[cfg(feature = "preview")]
#[doc(hidden)]
pub mod preview;
#[doc(hidden)]
pub mod project;
#[doc(hidden)]
pub mod read;
mod shape;
#[doc(hidden)]
pub mod store;
#[doc(hidden)]
pub mod theme;
#[doc(hidden)]
pub mod typeset;
#[doc(hidden)]
pub mod verify;
pub(crate) mod yaml;
