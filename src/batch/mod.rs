//! Batches: plan, run, record, report.
//!
//! [`find`] names the sources, `plan` compares them with the record and refuses what would collide, [`run`] builds what
//! is due on all cores and promotes it in groups, so that no reader ever sees half a file. Everything that is said goes to a
//! [`BatchObserver`] in the order of the paths; nothing is printed here.
//!
//! An archive that is too large for one machine is run as shards, each a run of a part of the sources, and [`merge`] joins what
//! they recorded and reported.

mod altered;
mod aside;
mod disk;
mod entry;
mod error;
mod find;
mod gone;
mod group;
mod kept;
mod line;
mod lock;
mod merge;
mod merge_summary;
mod merged_report;
mod order;
mod other_kind;
mod outcome;
mod output_folder;
mod part;
mod part_line;
mod plan;
mod plan_shards;
mod promote;
mod proofs;
mod record;
mod record_line;
mod remote;
mod report;
mod reporter;
mod rivals;
mod run;
mod run_faults;
mod run_record;
mod selection;
mod settings;
mod shard;
mod shard_list;
mod sorter;
mod spans;
mod state;
mod suspects;
mod tidy;

pub use disk::{Disk, RealDisk};
pub use entry::{FileStamp, RecordedClaim, RecordedEdition, RecordedPiece};
pub use error::BatchError;
pub use find::{FoundSources, find, is_source};
pub(crate) use gone::{RecordedSource, Sources};
pub use merge::{MergeSettings, merge};
pub use merge_summary::{MergeSummary, ShardFault};
pub use outcome::{BatchSummary, OutputFile, PieceOutcome, PieceStatus};
pub use part::Part;
pub use part_line::{Attempt, PartEnd, PartHead, PartSource, PartState, PartVersion};
pub(crate) use plan::SourcePaths;
pub use plan_shards::plan_shards;
pub use proofs::{Proof, ProofBasis, Proofs, remember as remember_proofs};
pub use record::BatchRecord;
pub use remote::{
    BucketTree, Place, RemoteError, RemoteSettings, is_store, merge_store, plan_bucket, run_remote,
};
pub use report::{LineReport, report_refusal};
pub(crate) use rivals::diagnostic as duplicate_slug;
pub use run::run;
pub use selection::Selection;
pub use settings::{BatchObserver, BatchSettings};
pub use shard::{HashRange, PathHash, Shard, ShardError};
pub use shard_list::{PlannedShard, ShardList, ShardListError};
pub(crate) use state::{folder_that_keeps, kept_source};
