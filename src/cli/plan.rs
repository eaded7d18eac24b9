//! `flashpoint plan`: lists of sources for shards.

use super::args;
use super::console::Console;
use super::export_store;
use super::figures::{count, size};
use super::{Exit, Refusal, refuse};
use crate::batch::{self, PlannedShard};

pub(super) fn run(arguments: &args::Plan) -> Exit {
    let console = Console::new(arguments.messages);
    match plan(arguments, &console) {
        Ok(exit) => exit,
        Err(refusal) => refuse(&console, &refusal),
    }
}

fn plan(arguments: &args::Plan, console: &Console) -> Result<Exit, Refusal> {
    let (path, shards, output) = (&arguments.path, arguments.shards, &arguments.output);
    let lists = if export_store::is_address(path) {
        match batch::plan_bucket(&export_store::place(path)?, shards, output) {
            Ok(lists) => lists,
            Err(error) => return export_store::ended(error, console),
        }
    } else {
        batch::plan_shards(path, shards, output).map_err(Refusal::because)?
    };
    console.summary(&summary_line(&lists));
    Ok(Exit::Done)
}

/// `16 shards, 1,000 pieces, 4.1 MB; the largest has 63 pieces, 257 KB`.
fn summary_line(lists: &[PlannedShard]) -> String {
    let pieces = lists.iter().map(|list| list.pieces).sum();
    let bytes = lists.iter().map(|list| list.bytes).sum();
    let mut line = format!(
        "{}, {}, {}",
        count(lists.len(), "shard"),
        count(pieces, "piece"),
        size(bytes)
    );
    if let Some(largest) = lists.iter().max_by_key(|list| list.bytes) {
        let (pieces, bytes) = (count(largest.pieces, "piece"), size(largest.bytes));
        line += &format!("; the largest has {pieces}, {bytes}");
    }
    line
}
