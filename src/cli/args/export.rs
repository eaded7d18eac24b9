//! Making editions: `export`, `plan` and `merge`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use super::common::{Appearance, Messages, ProjectChoice, formats};
use crate::batch::Shard;

/// `flashpoint export`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  flashpoint export                           every piece in source/, in every format, into dist/
  flashpoint export piece.yaml -f pdf,epub    one piece, in two formats
  flashpoint export essays/ -d out/ -j 4      a folder, into another folder, four pieces at once
  flashpoint export --theme my-theme.yaml     with colours and measures of your own
  flashpoint export --shard 3/16              a sixteenth of the pieces, on one of many machines
  flashpoint export s3://bucket/source -d s3://bucket/editions

A piece that has not changed since the last run is skipped; --force makes it again.
SOURCE_DATE_EPOCH, where set, is the time of the last change that the editions tell.

Exit codes: 0 all done; 1 some piece failed, the others are made; 2 wrong usage, nothing written; 130 interrupted.")]
pub(in crate::cli) struct Export {
    /// YAML files, or folders in which every .yaml and .yml file is a piece; or one s3://bucket/prefix
    #[arg(value_name = "PATH", default_value = "source/")]
    pub(in crate::cli) paths: Vec<PathBuf>,

    /// What to make, repeatable or comma-separated [default: what the project says, else all]
    #[arg(
        short,
        long = "format",
        value_name = "FORMAT",
        value_delimiter = ',',
        value_parser = formats()
    )]
    pub(in crate::cli) formats: Vec<String>,

    /// The output folder, or s3://bucket/prefix; a piece's files are DIR/<slug>.<format> [default: what the project says, else dist/]
    #[arg(short, long, value_name = "DIR")]
    pub(in crate::cli) dist: Option<PathBuf>,

    /// How many pieces to work on at once, at most four a core [default: one a core]
    #[arg(short, long, value_name = "N")]
    pub(in crate::cli) jobs: Option<NonZeroUsize>,

    /// Make everything again, changed or not, and keep aside files of others that stand in an edition's place
    #[arg(long)]
    pub(in crate::cli) force: bool,

    /// Read every edition to see whether it is whole, rather than trust size and time
    #[arg(long)]
    pub(in crate::cli) recheck: bool,

    /// Prove each edition before it takes its place: read it back and hold it against its source
    #[arg(long)]
    pub(in crate::cli) verify: bool,

    /// Remove the editions of pieces whose source is gone from the folders named, and older sources kept for `update`
    #[arg(long)]
    pub(in crate::cli) clean: bool,

    /// Write what was done to FILE: a line of JSON for each piece, and one for the whole
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) report: Option<PathBuf>,

    /// Write each piece's cover as an image too, DIR/<slug>.cover.png
    #[arg(long)]
    pub(in crate::cli) cover_files: bool,

    /// Take one shard of the pieces, the Ith of N, by the hashes of their paths; `flashpoint merge` joins them
    #[arg(long, value_name = "I/N", conflicts_with_all = ["shard_list", "clean"])]
    pub(in crate::cli) shard: Option<Shard>,

    /// Take the pieces of a list that `flashpoint plan` wrote
    #[arg(long, value_name = "FILE", conflicts_with = "clean")]
    pub(in crate::cli) shard_list: Option<PathBuf>,

    #[command(flatten)]
    pub(in crate::cli) appearance: Appearance,

    #[command(flatten)]
    pub(in crate::cli) project: ProjectChoice,

    #[command(flatten)]
    pub(in crate::cli) messages: Messages,
}

/// `flashpoint plan`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  flashpoint plan --shards 16 -o shards/ source/
  flashpoint export source/ --shard-list shards/shard-00003-of-00016.jsonl

Nothing is opened: the lists follow from names and sizes. `flashpoint export --shard 3/16` needs no lists, and cuts by number alone.

Exit codes: 0 all written; 2 wrong usage.")]
pub(in crate::cli) struct Plan {
    /// The folder of the pieces, or s3://bucket/prefix
    #[arg(value_name = "PATH", default_value = "source/")]
    pub(in crate::cli) path: PathBuf,

    /// How many shards
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=65_536))]
    pub(in crate::cli) shards: u32,

    /// The folder for the lists, one a shard
    #[arg(short, long, value_name = "DIR")]
    pub(in crate::cli) output: PathBuf,

    #[command(flatten)]
    pub(in crate::cli) messages: Messages,
}

/// `flashpoint merge`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  flashpoint merge                                          join what shards recorded in dist/
  flashpoint merge -d out/ --report all.jsonl shard-*.jsonl their reports too

Each attempt of `flashpoint export --shard` records apart; here one record is made of all. A slug that pieces of two shards have
was seen by neither: their editions are removed, and both pieces failed. A shard that is missing, ended early, left something
undone or worked with another version of program, theme or options is told; run it again, and merge again.

Exit codes: 0 all whole; 1 a shard or a piece failed, or a denied warning; 2 wrong usage.")]
pub(in crate::cli) struct Merge {
    /// The reports of the shards, of every attempt that wrote one
    #[arg(value_name = "REPORT")]
    pub(in crate::cli) reports: Vec<PathBuf>,

    /// The output folder of the shards, or s3://bucket/prefix [default: what the project says, else dist/]
    #[arg(short, long, value_name = "DIR")]
    pub(in crate::cli) dist: Option<PathBuf>,

    /// Write one report of all to FILE: each piece once, in the order of the paths
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) report: Option<PathBuf>,

    #[command(flatten)]
    pub(in crate::cli) project: ProjectChoice,

    #[command(flatten)]
    pub(in crate::cli) messages: Messages,
}
