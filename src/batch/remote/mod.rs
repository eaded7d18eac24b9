//! Runs whose sources or editions are in a bucket.
//!
//! A run goes through its sources in windows: while one is built, the next is fetched and the one before is put. A window is built
//! by an ordinary run, from files of this machine into a folder of this machine, so that bytes and messages are those of any
//! other run; what is told names the addresses that the user named. The record lives in the store ([`ledger`]), with the tags
//! that the store gives to what it holds, so that a source that has not changed is not fetched.

mod bucket_tree;
mod keys;
mod ledger;
mod merge;
mod place;
mod plan_bucket;
mod put;
mod put_window;
mod run;
mod settle;
mod sources;
mod standing;
mod stored;
mod window;

pub use bucket_tree::BucketTree;
pub use ledger::is_store;
pub use merge::merge_store;
pub use place::{Place, RemoteError};
pub use plan_bucket::plan_bucket;
pub use run::{RemoteSettings, run_remote};
pub(super) use stored::{StoredClaim, StoredPiece};

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::lock::lock;

/// So many requests are under way at once.
const AT_ONCE: usize = 16;

/// Does the same with each of several things, many at once; the results stand in the order of the things.
fn in_parallel<T: Sync, R: Send>(things: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, R)>> = Mutex::default();
    let take = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(thing) = things.get(at) else { return };
            let result = work(thing);
            lock(&done).push((at, result));
        }
    };
    thread::scope(|scope| {
        for _ in 1..AT_ONCE.min(things.len()) {
            scope.spawn(take);
        }
        take();
    });
    let mut done = done
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_the_order_of_the_things() {
        let things: Vec<usize> = (0..100).collect();
        let doubled: Vec<usize> = things.iter().map(|thing| thing * 2).collect();
        assert_eq!(in_parallel(&things, |thing| thing * 2), doubled);
        assert!(in_parallel(&[] as &[usize], |thing| *thing).is_empty());
    }
}
