//! Putting a site: `distribute` and `publish`.

use std::path::PathBuf;

use clap::Args;

use super::common::{Appearance, Clock, Faces, Messages, ProjectChoice};

/// `flashpoint distribute`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  flashpoint distribute --to public/                        a site of every piece in source/, into a folder
  flashpoint distribute --to public/ --site site.yaml       with a name and an address, so with feed and sitemap
  flashpoint distribute --to s3://essays/site --dry-run     tell what would be put into a bucket

Editions come from the output folder as `flashpoint export` left them; one that is missing, altered or made from another
version of its source is told and not shipped. Only what changed is sent, and the site that stands there is not touched until
all of it has arrived. AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION and AWS_ENDPOINT_URL say how buckets are reached.

A piece under an embargo is put by the first run after its hour. What cannot be put as it is now (a broken source, a draft again,
no editions yet) leaves what was published last as it stands, and the run ends with 1; so does a source that is gone, until --prune
takes its piece off and leaves a notice at the address. A run over some of the sources leaves all other pieces as they are.

Exit codes: 0 all done; 1 something was not put or not shipped; 2 wrong usage or configuration, nothing put; 130 interrupted.")]
pub(in crate::cli) struct Distribute {
    #[command(flatten)]
    pub(in crate::cli) site: SiteTarget,

    /// Tell what would be done, and do nothing
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,

    /// Read every edition, and list the files at the target, rather than trust what is recorded of them
    #[arg(long)]
    pub(in crate::cli) recheck: bool,

    /// Ship editions without holding them against their sources first
    #[arg(long)]
    pub(in crate::cli) unproved: bool,

    #[command(flatten)]
    pub(in crate::cli) faces: Faces,

    #[command(flatten)]
    pub(in crate::cli) project: ProjectChoice,

    #[command(flatten)]
    pub(in crate::cli) messages: Messages,
}

/// `flashpoint publish`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  flashpoint publish --to public/ --site site.yaml
  flashpoint publish --to s3://essays/site --prune

What `flashpoint export --verify` and `flashpoint distribute` do one after the other: what was changed is checked, made and proved,
then the site is put. A piece that fails at a step goes no further, what was published of it last stays, and the run goes on.

Exit codes: 0 all done; 1 some piece was not put as it is; 2 wrong usage or configuration; 130 interrupted.")]
pub(in crate::cli) struct Publish {
    #[command(flatten)]
    pub(in crate::cli) site: SiteTarget,

    #[command(flatten)]
    pub(in crate::cli) appearance: Appearance,

    #[command(flatten)]
    pub(in crate::cli) project: ProjectChoice,

    #[command(flatten)]
    pub(in crate::cli) messages: Messages,
}

/// Which site, of what, and for whom.
#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct SiteTarget {
    /// YAML files, or folders in which every .yaml and .yml file is a piece: the whole site
    #[arg(value_name = "PATH", default_value = "source/")]
    pub(in crate::cli) paths: Vec<PathBuf>,

    /// The folder with the editions [default: what the project says, else dist/]
    #[arg(short, long, value_name = "DIR")]
    pub(in crate::cli) dist: Option<PathBuf>,

    /// Where the site is put: a folder, file:// or s3://bucket/path
    #[arg(short, long, value_name = "URL")]
    pub(in crate::cli) to: String,

    /// The site's file: base_url, title, description, publisher, contact, theme, language, and the formats that it offers
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) site: Option<PathBuf>,

    /// Take pieces off whose source is gone, and leave notices; remove files that the site names no more
    #[arg(long)]
    pub(in crate::cli) prune: bool,

    /// Show drafts and pieces under an embargo too, marked, on a target of their own that no reader comes to
    #[arg(long)]
    pub(in crate::cli) drafts: bool,

    #[command(flatten)]
    pub(in crate::cli) clock: Clock,

    /// No other run works on this target: do without the conditional puts that keep two runs apart, which some services ignore
    #[arg(long)]
    pub(in crate::cli) alone: bool,
}
