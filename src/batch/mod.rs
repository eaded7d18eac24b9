//! Batches: what to make, making it, and writing it so that no reader ever sees half a file.
//!
//! [`find`] names the sources, [`plan`] compares them with the record and refuses what would collide, [`run`] makes what
//! is due on all cores and puts it in place in groups. Everything that is said goes to an [`Observer`] in the order of
//! the paths; nothing is printed here.

mod disk;
mod find;
mod folder;
pub(crate) mod hash;
mod order;
mod plan;
mod record;
mod report;
mod run;
mod settings;
mod tell;
mod write;

pub use disk::{Disk, RealDisk};
pub use find::{Found, find};
pub use record::{Edition, Entry, Record, Stamp};
pub use run::run;
pub use settings::{File, Observer, Outcome, RunError, Settings, Status, Summary};
