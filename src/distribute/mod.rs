//! Distribution: a reader site of pieces and their finished editions, put on a store: plan, build, stage, promote, prune.
//!
//! The site is static: a page for each piece with its whole text, front pages, feeds and a catalogue for reading apps. Only
//! what changed is put, and the manifest at the target says what stands there. Nothing is printed here.

mod around;
mod build_piece;
mod build_site;
mod citation;
mod deploy;
mod deploy_plan;
mod error;
mod faces;
mod feeds;
mod file_size;
mod fold;
mod headers;
mod house;
mod icons;
mod json_feed;
mod judge;
mod line;
mod list_names;
mod list_pages;
mod manifest;
mod manifest_parts;
mod media_type;
mod notices;
mod occupancy;
mod page_text;
mod page_texts;
mod pages;
mod paging;
mod people;
mod piece_desk;
mod piece_files;
mod piece_page;
mod planned_file;
mod promotion;
mod prover;
mod publication;
mod publication_check;
mod relators;
mod search;
mod settings;
mod shared_files;
mod shelves;
mod shippable;
mod site;
mod site_files;
mod site_report;
mod site_view;
mod source_findings;
mod spool;
mod stand_ins;
mod structured;
mod target;

pub use crate::store::{StoreAddress, StoreAddressError, StoreError};
pub use error::{DistributeError, PageError, PutError};
pub use house::{HouseLink, NavigationLink, Network};
pub use manifest::Audience;
pub use settings::{DeployObserver, DeploySettings, DeployStage, DeploySummary};
pub use site::{Feeds, ReadSite, Search, Site, SiteFile, read as read_site, site_schema};

use std::collections::BTreeSet;

use crate::batch;
use crate::diagnostic::Severity;
use crate::pipeline;
use crate::store::Store;
use build_site::{SiteBuild, SiteBuilder};
use deploy::Deployment;
use deploy_plan::DeployPlan;
use site_files::SiteFiles;
use spool::Spool;
use target::TargetState;

/// Builds a site and puts it on its store.
///
/// # Errors
/// [`DistributeError`]; the site that stood at the target before still stands.
pub fn distribute(
    settings: &DeploySettings<'_>,
    observer: &dyn DeployObserver,
) -> Result<DeploySummary, DistributeError> {
    let store = settings.target.open()?;
    let pool = pipeline::pool(settings.jobs)?;
    pool.install(|| distribute_to(store.as_ref(), settings, observer))
}

/// The road of every site: plan, build, stage, promote, prune.
fn distribute_to(
    store: &dyn Store,
    settings: &DeploySettings<'_>,
    observer: &dyn DeployObserver,
) -> Result<DeploySummary, DistributeError> {
    let mut summary = DeploySummary::default();
    if let Some(caution) = store.caution() {
        summary.warnings += 1;
        observer.note(Severity::Warning, caution);
    }
    let mut sources = batch::find(settings.paths)?;
    for reason in &sources.unreadable {
        summary.errors += 1;
        observer.note(Severity::Error, &format!("cannot read {reason}"));
    }
    let target = TargetState::read(store, settings)?;
    if target.version.is_some() && target.manifest.audience != settings.audience {
        return Err(DistributeError::Audience {
            staff: target.manifest.audience == Audience::Staff,
        });
    }

    let recorded = target.manifest.pieces.values();
    let recorded = recorded.filter_map(|entry| entry.source.as_deref());
    sources.know(settings.dist, recorded);
    let spool = spool(settings)?;
    let builder = SiteBuilder {
        settings,
        sources: &sources,
        before: &target.manifest,
        spool: &spool,
        observer,
    };
    let site = builder.build()?;
    site.report(settings, observer, &mut summary);
    let SiteFiles { files, mut after } = assemble(
        site,
        settings,
        (&target, store),
        &spool,
        &mut summary,
        observer,
    )?;

    let plan = DeployPlan::of(&files, &target.manifest, &after);
    plan.refuse_foreign(&target, store)?;
    summarise(&plan, settings, &mut summary);
    after.stale.clone_from(&plan.stale);
    let mut deployment = Deployment {
        settings,
        store,
        plan: &plan,
        before: target.manifest,
        after,
        version: target.version,
        parts: target.parts,
        may_prune: settings.prune,
        observer,
        staged: BTreeSet::new(),
    };
    if settings.dry_run {
        deployment.rehearse();
    } else if deployment.is_due()? {
        let _occupancy = deployment.begin()?;
        deployment.stage()?;
        deployment.promote()?;
        deployment.prune()?;
    }
    Ok(summary)
}

fn assemble(
    site: SiteBuild,
    settings: &DeploySettings<'_>,
    (target, store): (&TargetState, &dyn Store),
    spool: &Spool,
    summary: &mut DeploySummary,
    observer: &dyn DeployObserver,
) -> Result<SiteFiles, DistributeError> {
    if site.is_empty() {
        return Err(DistributeError::NoPiece);
    }
    if settings.site.base_url.is_none() {
        summary.warnings += 1;
        observer.note(Severity::Warning, "without `base_url` in the site's file there is no feed, no sitemap and no share image in pages: they need absolute addresses");
    }
    site_files::assemble(site, settings, &target.manifest, spool, store)
}

/// Counts what the plan holds.
fn summarise(plan: &DeployPlan<'_>, settings: &DeploySettings<'_>, summary: &mut DeploySummary) {
    summary.same = plan.same;
    summary.stale = plan.stale.len();
    summary.put = plan.put.len();
    summary.bytes = plan.put.iter().map(|file| file.entry.size).sum();
    summary.removed = if settings.prune { plan.stale.len() } else { 0 };
}

/// A spool for what waits, beside the record of the editions.
fn spool(settings: &DeploySettings<'_>) -> Result<Spool, DistributeError> {
    let dist = settings.dist;
    let folder = dist.join(".flashpoint");
    if !folder.is_dir() {
        return Err(DistributeError::NoEditions {
            folder: dist.to_owned(),
            export: shippable::export(settings.site.formats.as_deref()),
        });
    }
    Spool::new(&folder).map_err(DistributeError::Spool)
}

#[cfg(test)]
mod tests;
