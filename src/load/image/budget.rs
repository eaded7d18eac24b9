//! The memory that decoding takes over all threads: a picture waits until there is room for it.

use std::sync::{Condvar, Mutex, PoisonError};

/// So many bytes are decoded into at once; the largest picture that is read needs less.
const BYTES: u64 = 512 << 20;

static USED: Mutex<u64> = Mutex::new(0);
static FREED: Condvar = Condvar::new();

/// Room for one picture, given back when dropped.
pub(super) struct Room(u64);

/// Waits for room. A thread has one picture at a time, so that no two wait for each other.
pub(super) fn room_for(bytes: u64) -> Room {
    let bytes = bytes.min(BYTES);
    let mut used = USED.lock().unwrap_or_else(PoisonError::into_inner);
    while *used + bytes > BYTES {
        used = FREED.wait(used).unwrap_or_else(PoisonError::into_inner);
    }
    *used += bytes;
    Room(bytes)
}

impl Drop for Room {
    fn drop(&mut self) {
        *USED.lock().unwrap_or_else(PoisonError::into_inner) -= self.0;
        FREED.notify_all();
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    #[test]
    fn pictures_that_need_half_the_room_each_are_decoded_two_at_a_time() {
        let (now, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let _room = room_for(BYTES / 2);
                    most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    thread::yield_now();
                    now.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        // Other tests of this process decode small pictures meanwhile, which leaves less room and never more.
        assert!(matches!(most.into_inner(), 1 | 2));
        drop(room_for(u64::MAX));
    }
}
