//! The address of a preview, which lets in whoever has it: others who work at this machine can knock at its port, and have not.
//!
//! All that is served stands below a word of this run. A browser that is started is given another, which leads there once: the
//! arguments of a program are seen by everybody at a machine.

use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};

use crate::digest::Sha256;
use crate::store::unpredictable;

/// What lets in.
#[derive(Debug)]
pub struct Door {
    host: SocketAddr,
    word: String,
    /// Leads in once.
    ticket: Mutex<Option<String>>,
}

/// Where a path leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Way<'a> {
    /// Inside, to what follows the word.
    In(&'a str),
    /// To this address, which is inside.
    To(String),
    /// Nowhere.
    Shut,
}

impl Door {
    /// The door of what is served there.
    #[must_use]
    pub fn new(host: SocketAddr) -> Self {
        Self {
            host,
            word: unpredictable(),
            ticket: Mutex::new(Some(unpredictable())),
        }
    }

    /// The address of the page, as long as the preview runs.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://{}/{}/", self.host, self.word)
    }

    /// An address that leads to the page once; that of the page where it has led there.
    #[must_use]
    pub fn once(&self) -> String {
        match &*self.ticket.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(ticket) => format!("http://{}/{ticket}", self.host),
            None => self.address(),
        }
    }

    pub(super) fn port(&self) -> u16 {
        self.host.port()
    }

    /// Where the path of a request leads.
    pub(super) fn way<'a>(&self, path: &'a str) -> Way<'a> {
        let path = path.strip_prefix('/').unwrap_or(path);
        if let Some((word, inside)) = path.split_once('/') {
            return match same(word, &self.word) {
                true => Way::In(inside),
                false => Way::Shut,
            };
        }
        // Typed without its last stroke it is the same address.
        let mut ticket = self.ticket.lock().unwrap_or_else(PoisonError::into_inner);
        let has_ticket = ticket.take_if(|ticket| same(path, ticket)).is_some();
        match has_ticket || same(path, &self.word) {
            true => Way::To(format!("/{}/", self.word)),
            false => Way::Shut,
        }
    }
}

/// Whether two words are the same: by their digests, so that how long it takes tells nothing of how much of them is.
fn same(one: &str, other: &str) -> bool {
    Sha256::of(one.as_bytes()) == Sha256::of(other.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_leads_in_always_the_ticket_once_and_nothing_else() {
        let door = Door::new(SocketAddr::from(([127, 0, 0, 1], 4040)));
        let path = |address: String| {
            let path = address.strip_prefix("http://127.0.0.1:4040");
            path.expect("an address of this machine").to_owned()
        };
        let (page, once) = (path(door.address()), path(door.once()));
        assert!(page.len() > 20 && once.len() > 20 && !page.starts_with(&once));
        for _ in 0..2 {
            assert_eq!(door.way(&page), Way::In(""));
            assert_eq!(door.way(&format!("{page}pages/a/b")), Way::In("pages/a/b"));
            assert_eq!(door.way(page.trim_end_matches('/')), Way::To(page.clone()));
        }
        for other in [
            "",
            "/",
            "//",
            "/desk.js",
            "/events/a",
            "/token/",
            &page[..page.len() - 2],
            &format!("/{page}"),
            &format!("{once}/"),
        ] {
            assert_eq!(door.way(other), Way::Shut, "{other}");
        }
        assert_eq!(door.way(&once), Way::To(page.clone()));
        assert_eq!(door.way(&once), Way::Shut);
        assert_eq!(path(door.once()), page);
    }
}
