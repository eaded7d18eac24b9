//! Guarding: a fault in this program while it works on one piece is that piece's failure and no other's.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};

use super::{Code, Diagnostic};

thread_local! {
    /// How deep in guarded calls this thread is, and where the last panic in one began.
    static GUARD: RefCell<(usize, Option<String>)> = const { RefCell::new((0, None)) };
}

/// Makes panics inside [`guard`] silent, their place kept for the diagnostic; other panics print as before.
///
/// Changes a setting of the whole process, so the program calls it, not the library.
pub fn install_hook() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let guarded = GUARD.with_borrow_mut(|(depth, place)| {
            if *depth > 0 {
                *place = info.location().map(ToString::to_string);
            }
            *depth > 0
        });
        if !guarded {
            before(info);
        }
    }));
}

/// Runs a stage of the work on a piece; a panic in it becomes a diagnostic.
pub(crate) fn guard<T>(stage: &str, work: impl FnOnce() -> T) -> Result<T, Diagnostic> {
    GUARD.with_borrow_mut(|(depth, _)| *depth += 1);
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    let place = GUARD.with_borrow_mut(|(depth, place)| {
        *depth -= 1;
        place.take()
    });
    result.map_err(|payload| {
        let place = place.map_or_else(String::new, |place| format!(" at {place}"));
        let message = said(payload.as_ref());
        Diagnostic::error(
            Code::Internal,
            format!("a fault in flashpoint, not in the piece, while {stage}: {message}{place}"),
        )
        .hint("please report this with the source file; the other pieces are not affected")
    })
}

fn said(payload: &(dyn Any + Send)) -> &str {
    payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_diagnostic_that_asks_for_a_report() {
        let result = guard("composing", || -> () { panic!("index {}", 7) });
        let diagnostic = result.err();
        assert!(diagnostic.as_ref().is_some_and(|d| {
            d.message.contains("while composing: index 7")
                && d.hint.as_ref().is_some_and(|h| h.contains("please report"))
        }));
        assert_eq!(guard("composing", || 1).ok(), Some(1));
    }
}
