//! Threads: how many pieces are worked on at once, and how deep each may go.

use std::num::NonZeroUsize;
use std::thread;

use rayon::{ThreadPool, ThreadPoolBuilder};

/// More threads a core than this help nobody, each takes the memory of a piece, and thousands stall a machine.
const JOBS_A_CORE: usize = 4;
/// So many are started even on a small machine, where they wait for its disk.
const FEW_JOBS: usize = 16;
/// Deep nesting in hostile pieces must not exhaust a thread's stack.
const STACK: usize = 8 << 20;

/// The threads cannot be started.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot start {jobs} jobs: {reason}")]
pub struct PoolError {
    /// How many.
    jobs: usize,
    /// What the system said.
    reason: String,
}

/// Starts the threads of a run: as many as asked for up to four a core, else one a core. The environment has no say here.
///
/// # Errors
/// [`PoolError`] when the system does not give them.
pub fn pool(jobs: Option<NonZeroUsize>) -> Result<ThreadPool, PoolError> {
    let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let jobs = jobs.map_or(cores, |jobs| jobs.get().min(most(cores)));
    let pool = ThreadPoolBuilder::new().num_threads(jobs).stack_size(STACK);
    pool.build().map_err(|error| PoolError {
        jobs,
        reason: error.to_string(),
    })
}

/// The most threads on a machine of so many cores.
fn most(cores: usize) -> usize {
    (cores * JOBS_A_CORE).max(FEW_JOBS)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn more_jobs_than_help_are_not_started() {
        let threads = |jobs| pool(NonZeroUsize::new(jobs)).unwrap().current_num_threads();
        assert_eq!(threads(3), 3);
        let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
        assert_eq!(threads(100_000), most(cores));
        assert_eq!((most(2), most(64)), (16, 256));
        assert!(pool(None).unwrap().current_num_threads() >= 1);
    }
}
