//! Lines of journals: a checksum and a value in JSON, so that a line that is torn or altered is known.

use serde::Serialize;

use crate::digest::Sha256;

/// A line of a journal: a checksum and a value in JSON.
pub(super) fn line(value: &impl Serialize) -> Vec<u8> {
    let json = serde_json::to_string(value).expect("what is recorded has only text keys");
    format!("{} {json}\n", checksum(json.as_bytes())).into_bytes()
}

/// Sixteen digits are enough against accidents; the record is no defence against forgery.
pub(super) fn checksum(json: &[u8]) -> String {
    Sha256::of(json).prefix(16)
}

/// The JSON of a line; none where it is torn or altered.
pub(super) fn json(line: &[u8]) -> Option<&[u8]> {
    let (sum, json) = (line.get(..16)?, line.get(17..)?);
    (line[16] == b' ' && sum == checksum(json).as_bytes()).then_some(json)
}
