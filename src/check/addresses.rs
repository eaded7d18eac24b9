//! Addresses that cannot be linked to.

use crate::diagnostic::{Code, Diagnostic};
use crate::piece::{Address, AddressError, Allowed};

/// What is wrong with an address.
pub(super) fn no_address(text: &str, fault: &AddressError) -> Diagnostic {
    let message = format!("`{text}` is not an address that can be linked to");
    let hint = match with_scheme(text) {
        Some(address) => format!("write its beginning too: {address}"),
        None => fault.to_string(),
    };
    Diagnostic::error(Code::Address, message).hint(hint)
}

/// An address whose `https://` or `mailto:` was left out.
fn with_scheme(text: &str) -> Option<String> {
    let text = text.trim();
    let host = text.split(['/', '?', '#']).next().unwrap_or_default();
    let (_, last) = host.rsplit_once('.')?;
    let is_host = last.len() >= 2 && last.chars().all(char::is_alphabetic) && !host.contains(':');
    let scheme = match (is_host, host.contains('@')) {
        (false, _) => return None,
        (true, true) => "mailto:",
        (true, false) => "https://",
    };
    let address = format!("{scheme}{text}");
    Address::parse(&address, Allowed::WebAndMail)
        .is_ok()
        .then_some(address)
}
