//! Signals: an interrupted run ends in order, and a file-size limit is an error like any other.

use std::ffi::c_int;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGXFSZ};
use signal_hook::flag::{register, register_conditional_shutdown};

/// Sets a flag when the user or the system asks to end; asked a second time, the program ends at once.
///
/// A signal that was ignored when the program started stays ignored: so `nohup` and a script's `&` ask for it.
pub(super) fn stop_flag() -> std::io::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let ignored = Ignored::at_start();
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        if ignored.contains(signal) {
            continue;
        }
        // In this order: the first signal finds the flag unset and sets it, the second finds it set.
        register_conditional_shutdown(signal, 130, Arc::clone(&stop))?;
        register(signal, Arc::clone(&stop))?;
    }
    // Past the limit of a file's size (`ulimit -f`) the system ends a program that does not handle this; handled, the
    // write fails with a reason.
    register(SIGXFSZ, Arc::new(AtomicBool::new(false)))?;
    Ok(stop)
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
