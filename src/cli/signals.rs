//! Signals: an interrupted run ends in order, and a file-size limit is an error like any other.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGXFSZ};
use signal_hook::flag::{register, register_conditional_shutdown};

/// Sets a flag when the user or the system asks to end; asked a second time, the program ends at once.
pub(super) fn stop_flag() -> std::io::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        // In this order: the first signal finds the flag unset and sets it, the second finds it set.
        register_conditional_shutdown(signal, 130, Arc::clone(&stop))?;
        register(signal, Arc::clone(&stop))?;
    }
    // Past the limit of a file's size (`ulimit -f`) the system ends a program that does not handle this; handled, the
    // write fails with a reason.
    register(SIGXFSZ, Arc::new(AtomicBool::new(false)))?;
    Ok(stop)
}
