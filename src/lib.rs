//! Flashpoint turns one structured source of a piece into its PDF, DOCX and EPUB editions.
//!
//! The phases are functions from values to values: [`load`], [`check`], [`compose`], [`typeset`], [`editions`], then [`batch`].

pub mod batch;
pub mod check;
pub mod cli;
pub mod compose;
pub mod cover;
pub mod editions;
pub mod fonts;
pub mod load;
pub mod piece;
pub mod theme;
pub mod typeset;
