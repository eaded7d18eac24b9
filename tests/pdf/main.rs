//! The PDF edition, read back by libraries that did not write it.
#![allow(clippy::unwrap_used, reason = "tests")]

mod conformance;
mod edition;
mod faces;
mod furniture;
mod golden;
mod hostile;
mod images;
mod navigation;
mod objects;
mod reader;
mod tags;
mod types;
mod well_tagged;
mod words;
