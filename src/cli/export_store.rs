//! Exports whose sources or editions are in a bucket.

use std::path::{Path, PathBuf};

use super::args;
use super::console::Console;
use super::export_plan::{ExportPlan, refuse_run};
use super::export_summary::report;
use super::project::Chosen;
use super::{Exit, Refusal};
use crate::batch::{self, BucketTree, Place, RemoteError, RemoteSettings};
use crate::store::{StoreAddress, StoreError};

/// Where sources are and editions go, where one of both is no plain folder.
pub(super) struct Places {
    source: Place,
    dist: Place,
}

/// A place as it was written; none for what is no Unicode, which only a folder can be.
pub(super) fn place(written: &Path) -> Result<Place, Refusal> {
    let Some(text) = written.to_str() else {
        return Ok(Place {
            address: StoreAddress::Folder(written.to_owned()),
            shown: written.display().to_string(),
        });
    };
    let address = StoreAddress::parse(text).map_err(Refusal::because)?;
    Ok(Place::new(address, text))
}

/// Whether a path is the address of a store.
pub(super) fn is_address(path: &Path) -> bool {
    path.to_str().is_some_and(|path| path.contains("://"))
}

impl Places {
    /// The places of an export; none where both are folders.
    pub(super) fn of(arguments: &args::Export) -> Result<Option<Self>, Refusal> {
        let dist = arguments.dist.as_deref();
        let is_remote = arguments.paths.iter().any(|path| is_address(path));
        if !is_remote && !dist.is_some_and(is_address) {
            return Ok(None);
        }
        let refusal = |message: &str, hint: &'static str| Refusal::Reason {
            message: message.to_owned(),
            hint: Some(hint),
        };
        let [source] = arguments.paths.as_slice() else {
            let message = "sources or editions in a store go with one PATH";
            return Err(refusal(
                message,
                "name the folder or the address above all sources",
            ));
        };
        let Some(dist) = dist else {
            let message = "sources in a store need --dist: there is no folder beside them";
            return Err(refusal(
                message,
                "add `--dist s3://bucket/path`, or a folder",
            ));
        };
        let (source, dist) = (place(source)?, place(dist)?);
        if source.folder().is_some_and(|folder| !folder.is_dir()) {
            let message = format!("{} is no folder", source.shown);
            return Err(refusal(
                &message,
                "with editions in a store the PATH is a folder or an address",
            ));
        }
        if !source.is_bucket() && !dist.is_bucket() {
            let message = "neither PATH nor --dist is in a bucket";
            return Err(refusal(
                message,
                "write folders as paths, without `file://`",
            ));
        }
        if arguments.clean || arguments.appearance.faces.system_fonts {
            let message = "--clean and --system-fonts are for folders, not for stores";
            return Err(refusal(message, "leave them out"));
        }
        Ok(Some(Self { source, dist }))
    }
}

pub(super) fn run(arguments: &args::Export, places: &Places, console: &Console) -> Exit {
    export(arguments, places, console)
        .unwrap_or_else(|refusal| refuse_run(console, &refusal, arguments))
}

fn export(arguments: &args::Export, places: &Places, console: &Console) -> Result<Exit, Refusal> {
    let tree = match places.source.is_bucket() {
        true => BucketTree::new(&places.source),
        false => BucketTree::empty(),
    };
    let tree = match tree {
        Ok(tree) => tree,
        Err(error) => return ended(error, console),
    };
    let (root, chosen) = match places.source.folder() {
        Some(folder) => {
            let root = folder.to_owned();
            let chosen = Chosen::new(&arguments.project, std::slice::from_ref(&root), console)?;
            (root, chosen)
        }
        None => {
            let root = tree.root().to_owned();
            console.show_as(&root, &places.source.shown);
            let chosen = Chosen::within(&arguments.project, &root, console)?;
            (root, chosen)
        }
    };
    let paths: Vec<PathBuf> = vec![root];
    let dist = PathBuf::from(&places.dist.shown);
    let plan = ExportPlan::new(arguments, &paths, chosen, Some(dist), console)?;
    let settings = RemoteSettings {
        source: &places.source,
        dist: &places.dist,
        tree: &tree,
        batch: &plan.settings(arguments, &paths),
    };
    let result = batch::run_remote(&settings, console);
    console.end_progress();
    match result {
        Ok(summary) => {
            report(console, &summary);
            Ok(plan.exit(&summary, arguments.messages.deny_warnings))
        }
        Err(error) => ended(error, console),
    }
}

/// What is wrong with settings refuses a run; a store that does not do as asked fails it.
pub(super) fn ended(error: RemoteError, console: &Console) -> Result<Exit, Refusal> {
    match error {
        RemoteError::Store(StoreError::Failed { .. }) | RemoteError::Local(_) => {
            console.error(error);
            Ok(Exit::Failed)
        }
        error => Err(Refusal::because(error)),
    }
}
