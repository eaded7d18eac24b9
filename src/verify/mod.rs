//! Verifying: editions held against their source and against each other.
//!
//! It reads what stands in a file and compares it with what the source composes to. It calls no writer, makes nothing again
//! and trusts no record: `tests/imports.rs` holds that.

mod alone;
mod anchors;
mod beside;
mod blocks;
mod claims;
mod compare;
mod diff;
mod difference;
mod expected;
mod follows;
mod house;
mod kinds;
mod listed;
mod loose;
mod metadata;
mod nests;
mod outlines;
mod pages;
mod parts;
mod pictures;
mod places;
mod returns;
mod ruled;
mod shipped;
mod signs;
mod silent;
mod spelling;
mod stands;
mod themed;
mod ties;
mod word_measures;
mod words;
mod written;

pub use alone::alone;
pub use blocks::named;
pub use compare::{Held, Tally, Verdict, hold, same_text};
pub use diff::{ChangedBlock, Stretch, Text, diff};
pub use difference::{Difference, Kind};
pub use expected::Expected;
pub use pages::pages;
