//! Signals: an interrupted run ends in order, and a file-size limit is an error like any other.

use std::ffi::c_int;
use std::fs;
use std::io::Read;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread;
use std::time::Duration;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGXFSZ};
use signal_hook::flag::{register, register_conditional_shutdown};
use signal_hook::low_level;

/// The exit code of an interrupted run.
const INTERRUPTED: c_int = 130;

/// How long a run that was asked to end may take to end in order. Hardly a piece takes as long; one that does is left where
/// it is: what stands in folders and buckets is whole at every moment.
const PATIENCE: Duration = Duration::from_secs(2);

/// Sets a flag when the user or the system asks to end; asked a second time, or when a piece takes too long to come to its
/// end, the program ends at once.
///
/// A signal that was ignored when the program started stays ignored: so `nohup` and a script's `&` ask for it.
pub(crate) fn stop_flag() -> std::io::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let ignored = Ignored::at_start();
    let (asked, asking) = UnixStream::pair()?;
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        if ignored.contains(signal) {
            continue;
        }
        // In this order: the first signal finds the flag unset and sets it, the second finds it set.
        register_conditional_shutdown(signal, INTERRUPTED, Arc::clone(&stop))?;
        register(signal, Arc::clone(&stop))?;
        low_level::pipe::register(signal, asking.try_clone()?)?;
    }
    drop(asking);
    thread::Builder::new()
        .name("signals".to_owned())
        .spawn(|| end_after_patience(asked))?;
    // Past the limit of a file's size (`ulimit -f`) the system ends a program that does not handle this; handled, the
    // write fails with a reason.
    register(SIGXFSZ, Arc::new(AtomicBool::new(false)))?;
    Ok(stop)
}

/// Calls something when the user or the system asks to end, for commands that nothing but that ends.
///
/// A signal that was ignored when the program started stays ignored.
#[cfg(feature = "preview")]
pub(crate) fn on_end(call: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    let ignored = Ignored::at_start();
    let (mut asked, asking) = UnixStream::pair()?;
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        if !ignored.contains(signal) {
            low_level::pipe::register(signal, asking.try_clone()?)?;
        }
    }
    let wait = move || {
        // Kept: without it, and with every signal ignored, the end would seem to be asked for.
        let _asking = asking;
        if matches!(asked.read(&mut [0]), Ok(1)) {
            call();
        }
    };
    thread::Builder::new()
        .name("signals".to_owned())
        .spawn(wait)?;
    Ok(())
}

/// Waits for the first signal, and ends the program if that has not ended by itself in time.
fn end_after_patience(mut asked: UnixStream) {
    // Without a signal to listen to there is nobody at the other end.
    if !matches!(asked.read(&mut [0]), Ok(1)) {
        return;
    }
    thread::sleep(PATIENCE);
    eprintln!("interrupted inside a piece, which is left; run the same command again to go on");
    low_level::exit(INTERRUPTED);
}

/// The signals that are ignored, a bit for each.
struct Ignored(u64);

impl Ignored {
    /// What the system says (proc(5), `SigIgn`); nothing where it has no such file, as then nobody can tell without unsafe code.
    fn at_start() -> Self {
        Self::parse(&fs::read_to_string("/proc/self/status").unwrap_or_default())
    }

    fn parse(status: &str) -> Self {
        let mask = status
            .lines()
            .find_map(|line| line.strip_prefix("SigIgn:"))
            .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
        Self(mask.unwrap_or_default())
    }

    fn contains(&self, signal: c_int) -> bool {
        u32::try_from(signal - 1)
            .is_ok_and(|bit| self.0.checked_shr(bit).is_some_and(|m| m & 1 == 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ignored_signals_are_read_from_what_the_system_says() {
        let ignored = Ignored::parse("Name:\tflashpoint\nSigIgn:\t0000000000001003\nSigCgt:\tff\n");
        let held = [SIGHUP, SIGINT, SIGTERM].map(|signal| ignored.contains(signal));
        assert_eq!(held, [true, true, false]);
        assert!(!Ignored::parse("").contains(SIGINT));
    }
}
