//! `data:` addresses (RFC 2397), which hold what they name, in base64 (RFC 4648, 4).

/// The bytes of an address behind its scheme; none where it is not in base64.
pub(in crate::read) fn bytes(address: &str) -> Option<Vec<u8>> {
    let (kind, data) = address.split_once(',')?;
    if !kind.ends_with(";base64") {
        return None;
    }
    let mut bytes = Vec::with_capacity(data.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in data.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            let [.., byte] = (bits >> count).to_be_bytes();
            bytes.push(byte);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_address_holds_is_read() {
        for (address, held) in [
            ("image/png;base64,AAEC", Some(vec![0, 1, 2])),
            ("a/b;base64,/+8=", Some(vec![255, 239])),
            ("a/b;base64,Zg==", Some(b"f".to_vec())),
            ("a/b,plain", None),
            ("a/b;base64,!", None),
        ] {
            assert_eq!(bytes(address), held, "{address}");
        }
    }
}
