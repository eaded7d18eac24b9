//! Why a site was not put.

use std::path::PathBuf;

use crate::batch::BatchError;
use crate::fonts::web::WebFaceError;
use crate::pipeline::PoolError;
use crate::store::StoreError;

/// Why a site was not put whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PutError {
    /// The store did not do as asked.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file could not be read again.
    #[error("cannot read {path} again: {reason}")]
    File {
        /// The file's path in the site.
        path: String,
        /// Why.
        reason: String,
    },
    /// Another run put its manifest meanwhile.
    #[error("another run is at work at the target and has taken over")]
    Overtaken,
    /// The person at the keyboard ended it.
    #[error("interrupted")]
    Interrupted,
}

/// Why a page could not be written; a fault of a template.
#[derive(Debug, thiserror::Error)]
#[error("a page could not be written: {0:#}")]
pub struct PageError(#[from] minijinja::Error);

/// Why a site was not put.
#[derive(Debug, thiserror::Error)]
pub enum DistributeError {
    /// The sources cannot be found, or two would have the same page.
    #[error(transparent)]
    Sources(#[from] BatchError),
    /// The store cannot be reached or read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something stands at the target that this program did not put there.
    #[error("the target is no site of ours: {reason}")]
    Foreign {
        /// What stands there.
        reason: String,
    },
    /// Files stand where the site's would be put, are none of ours, and have other bytes.
    #[error(
        "the target is no site of ours: {} there and would be replaced",
        named(paths)
    )]
    Occupied {
        /// Their paths.
        paths: Vec<String>,
    },
    /// Nothing was ever exported to the folder.
    #[error("there are no editions in {}; run {export} first", folder.display())]
    NoEditions {
        /// The folder.
        folder: PathBuf,
        /// The command that makes them.
        export: String,
    },
    /// Files cannot be made ready beside the editions.
    #[error("cannot make the site ready beside the editions: {0}")]
    Spool(#[source] std::io::Error),
    /// The threads cannot be started.
    #[error(transparent)]
    Jobs(#[from] PoolError),
    /// No source gave a page.
    #[error("no piece can be put on the site; nothing was changed")]
    NoPiece,
    /// Nothing that this version can read is said of pieces that stand at the target, and no source of the run is theirs.
    #[error(
        "{} at the target, and what the manifest there says of them cannot be read; nothing was changed",
        named(slugs)
    )]
    Unread {
        /// Their slugs.
        slugs: Vec<String>,
    },
    /// A face cannot be made ready.
    #[error(transparent)]
    Face(#[from] WebFaceError),
    /// A template is at fault.
    #[error(transparent)]
    Page(#[from] PageError),
    /// A site for readers would get drafts, or one with drafts would lose them.
    #[error("{}", match staff {
        true => "the target shows drafts, and this run would put a site for readers there",
        false => "the target is a site for readers, and `--drafts` would put there what nobody may see yet",
    })]
    Audience {
        /// Whether drafts stand at the target.
        staff: bool,
    },
    /// The service puts a file that must be new in the place of another.
    #[error(
        "the service ignores conditions (If-None-Match), so that two runs at once could write over each other"
    )]
    Unguarded,
    /// Another run changed the site meanwhile.
    #[error("the site at the target changed while this run was at work; nothing was put")]
    Changed,
    /// Staging stopped half-way.
    #[error(
        "{error}; {done} of {total} files were sent, and the site that stood there is as it was"
    )]
    Stage {
        /// What happened.
        error: PutError,
        /// Files sent.
        done: usize,
        /// Files to send.
        total: usize,
    },
    /// Promoting stopped half-way.
    #[error(
        "{error}; {done} of {total} files are in their places, and no page that a reader can come to names a missing file"
    )]
    Promote {
        /// What happened.
        error: PutError,
        /// Files in their places.
        done: usize,
        /// Files to put.
        total: usize,
    },
}

/// So many paths are named in a message.
const NAMED: usize = 5;

/// `a, b and 7 more stand`.
fn named(paths: &[String]) -> String {
    let shown: Vec<String> = paths.iter().take(NAMED).map(|p| format!("`{p}`")).collect();
    let more = match paths.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let verb = if paths.len() == 1 { "stands" } else { "stand" };
    format!("{}{more} {verb}", shown.join(", "))
}
