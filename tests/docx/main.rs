//! The DOCX edition as other programs read it: unpacked, parsed, and held against goldens and against the standard.
#![allow(clippy::unwrap_used, reason = "tests")]

mod faces;
mod fixtures;
mod goldens;
mod hostile;
mod integrity;
mod package;
mod sample;
mod sequences;
mod turned;
mod words;
