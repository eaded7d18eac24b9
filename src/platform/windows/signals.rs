//! Ctrl-C, Ctrl-Break and the closing of the window: an interrupted run ends in order.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// The exit code of an interrupted run.
const INTERRUPTED: i32 = 130;

/// How long a run that was asked to end may take to end in order. What stands in folders and buckets is whole at every moment.
const PATIENCE: Duration = Duration::from_secs(2);

/// Sets a flag when the user or the system asks to end; asked a second time, or when a piece takes too long to come to its
/// end, the program ends at once.
///
/// # Errors
/// What the system gave.
pub(crate) fn stop_flag() -> io::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    let set = move || {
        if asked.swap(true, Ordering::SeqCst) {
            std::process::exit(INTERRUPTED);
        }
        // The system waits for this thread when the window is closed, and for others it does not.
        thread::spawn(|| {
            thread::sleep(PATIENCE);
            eprintln!(
                "interrupted inside a piece, which is left; run the same command again to go on"
            );
            std::process::exit(INTERRUPTED);
        });
    };
    ctrlc::set_handler(set).map_err(io::Error::other)?;
    Ok(stop)
}

/// Calls something when the user or the system asks to end, for commands that nothing but that ends.
///
/// # Errors
/// What the system gave.
#[cfg(feature = "preview")]
pub(crate) fn on_end(call: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let mut call = Some(call);
    let once = move || {
        if let Some(call) = call.take() {
            call();
        }
    };
    ctrlc::set_handler(once).map_err(io::Error::other)
}
