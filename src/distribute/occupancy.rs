//! Who is at work at a target that several machines may write to.
//!
//! What keeps two runs apart is the conditional put of the manifest, tested again before files take their places. The lock is
//! advice: it names who is at work, and since when by the store's own clock. A service that ignores conditions would let two
//! runs write over each other, so that it is found out first.

use serde::{Deserialize, Serialize};

use super::headers::CachePolicy;
use super::{DeployObserver, DeploySettings, DistributeError};
use crate::diagnostic::Severity;
use crate::store::{Guard, Headers, Store, StoreError, unpredictable};

/// The name of the lock.
const LOCK: &str = ".flashpoint-lock";
/// What the name of a probe begins with. It is removed with what is staged, however the run ends.
const PROBE: &str = ".flashpoint-new/probe-";

const HEADERS: Headers<'static> = Headers {
    media_type: "application/json",
    disposition: None,
    cache: CachePolicy::Never.value(),
};

/// A run that is at work at a target; it ends with this value.
pub(super) struct Occupancy<'a> {
    store: &'a dyn Store,
    /// What this run wrote into the lock; none where it needed none.
    written: Option<Vec<u8>>,
}

/// What stands in the lock.
#[derive(Serialize, Deserialize)]
struct Lock {
    /// Who.
    holder: String,
    /// Tells two runs of one holder apart.
    run: String,
}

impl<'a> Occupancy<'a> {
    /// Says that this run is at work, and tells who else says so.
    ///
    /// # Errors
    /// [`DistributeError::Unguarded`] where the service ignores conditions and this run is not said to be alone;
    /// [`DistributeError::Store`].
    pub(super) fn enter(
        store: &'a dyn Store,
        settings: &DeploySettings<'_>,
        observer: &dyn DeployObserver,
    ) -> Result<Self, DistributeError> {
        if store.guard() == Guard::Lock || settings.alone {
            return Ok(Self {
                store,
                written: None,
            });
        }
        let now = probe(store)?;
        let lock = Lock {
            holder: settings.holder.to_owned(),
            run: unpredictable(),
        };
        let written = serde_json::to_vec(&lock).expect("a lock has only texts");
        if store
            .put_if(LOCK, written.clone(), &HEADERS, None)?
            .is_none()
        {
            observer.note(Severity::Warning, &told(store, now)?);
            store.put(LOCK, written.clone(), &HEADERS)?;
        }
        Ok(Self {
            store,
            written: Some(written),
        })
    }
}

impl Drop for Occupancy<'_> {
    fn drop(&mut self) {
        let Some(written) = &self.written else {
            return;
        };
        // It is advice: one that cannot be removed tells the next run of this one, and nothing else.
        if let Ok(Some(mut lock)) = self.store.read(LOCK) {
            let mut found = Vec::new();
            if lock.read_to_end(&mut found).is_ok() && found == *written {
                let _ = self.store.remove(&[LOCK]);
            }
        }
    }
}

/// Puts a file that must be new twice: the second put must be refused. Gives the store's time.
fn probe(store: &dyn Store) -> Result<u64, DistributeError> {
    let path = format!("{PROBE}{}", unpredictable());
    let put = |bytes: &[u8]| store.put_if(&path, bytes.to_vec(), &HEADERS, None);
    let probed = put(b"1").and_then(|first| Ok((first, put(b"2")?)));
    let probed = probed?;
    match probed {
        (Some(_), None) => Ok(store.written_at(&path)?.unwrap_or(0)),
        _ => {
            store.remove(&[&path])?;
            Err(DistributeError::Unguarded)
        }
    }
}

/// Who holds the lock, and for how long.
fn told(store: &dyn Store, now: u64) -> Result<String, StoreError> {
    let mut json = Vec::new();
    let read = store
        .read(LOCK)?
        .map(|mut lock| lock.read_to_end(&mut json));
    let lock: Option<Lock> = match read {
        Some(Ok(_)) => serde_json::from_slice(&json).ok(),
        _ => None,
    };
    let holder = lock.map_or_else(|| "somebody".to_owned(), |lock| lock.holder);
    let holder: String = holder
        .chars()
        .filter(|c| !c.is_control())
        .take(120)
        .collect();
    let since = store.written_at(LOCK)?.unwrap_or(now);
    let minutes = now.saturating_sub(since) / 60;
    let ago = match minutes {
        0 => "less than a minute ago".to_owned(),
        1 => "a minute ago".to_owned(),
        minutes => format!("{minutes} minutes ago"),
    };
    Ok(format!(
        "{holder} began a run at this target {ago}, by the store's clock, and has not said that it ended; of two runs at once the later one wins"
    ))
}
