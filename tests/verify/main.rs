//! `verify`, `text`, `diff` and `export --verify`: every change to an edition is found and named, every harmless one is accepted.
//!
//! Editions are changed here by code that did not write them: parts of packages are replaced, objects of PDFs edited.
#![allow(clippy::unwrap_used, reason = "tests")]

mod alarms;
mod alone;
mod change;
#[cfg(unix)]
mod checkers;
mod faces;
mod flowing;
mod forms;
mod frames;
mod harmless;
mod hypertext;
mod kinds_of_change;
mod lists;
mod looks;
mod navigation;
mod needed;
mod packages;
mod pdf;
mod pictures;
#[path = "../support/program.rs"]
mod program;
mod proofs;
mod quiet;
mod random;
mod sheets;
mod silent;
mod themes;
mod word;
