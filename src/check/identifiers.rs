//! Identifiers that carry a check digit or a fixed form.

/// Why a text is no ISBN-13, if it is none (ISO 2108, annex C).
pub(super) fn isbn_fault(text: &str) -> Option<&'static str> {
    let digits: Vec<u32> = text
        .chars()
        .filter(|c| !matches!(c, '-' | ' '))
        .map(|c| c.to_digit(10))
        .collect::<Option<_>>()
        .unwrap_or_default();
    if digits.len() != 13 || !matches!(digits[..3], [9, 7, 8 | 9]) {
        return Some("an ISBN has 13 digits and begins with 978 or 979");
    }
    let weighted = |(index, digit): (usize, &u32)| digit * if index % 2 == 0 { 1 } else { 3 };
    let sum: u32 = digits.iter().enumerate().map(weighted).sum();
    (!sum.is_multiple_of(10)).then_some("the check digit, its last, does not fit the others")
}

/// Why a text is no ORCID, if it is none (ISO 27729; ISO/IEC 7064, MOD 11-2).
pub(super) fn orcid_fault(text: &str) -> Option<&'static str> {
    const FORM: &str = "an ORCID has the form 0000-0002-1825-0097";
    let id = text.strip_prefix("https://orcid.org/").unwrap_or(text);
    let groups: Vec<&str> = id.split('-').collect();
    if groups.len() != 4 || groups.iter().any(|group| group.len() != 4) {
        return Some(FORM);
    }
    let joined = groups.concat();
    let (Some(body), Some(check)) = (joined.get(..15), joined.get(15..)) else {
        return Some(FORM);
    };
    if !body.bytes().all(|b| b.is_ascii_digit())
        || !matches!(check.as_bytes(), [b'0'..=b'9' | b'X'])
    {
        return Some(FORM);
    }
    let total = body
        .bytes()
        .fold(0, |total, b| (total + u32::from(b - b'0')) * 2 % 11);
    let expected = match (12 - total % 11) % 11 {
        10 => "X".to_owned(),
        digit => digit.to_string(),
    };
    (check != expected).then_some("the check character, its last, does not fit the others")
}

/// Why a text is no DOI, if it is none (ISO 26324): `10.`, a registrant of four to nine digits, `/`, and a name.
pub(super) fn doi_fault(text: &str) -> Option<&'static str> {
    let name = text
        .strip_prefix("10.")
        .and_then(|rest| rest.split_once('/'));
    match name {
        Some((registrant, name))
            if (4..=9).contains(&registrant.len())
                && registrant.bytes().all(|b| b.is_ascii_digit())
                && !name.is_empty()
                && !name.contains(char::is_whitespace) =>
        {
            None
        }
        _ if text.contains("10.") && !text.starts_with("10.") => {
            Some("a DOI is written without `https://doi.org/` or `doi:` before it")
        }
        _ => Some("a DOI has the form 10.1234/name"),
    }
}

/// Why a text is no ROR identifier, if it is none: `0`, six characters of Crockford's base 32, two digits.
pub(super) fn ror_fault(text: &str) -> Option<&'static str> {
    let id = text.strip_prefix("https://ror.org/").unwrap_or(text);
    let bytes = id.as_bytes();
    let base32 = |b: &u8| b.is_ascii_digit() || (b.is_ascii_lowercase() && !b"ilou".contains(b));
    let fits = bytes.len() == 9
        && bytes[0] == b'0'
        && bytes[1..7].iter().all(base32)
        && bytes[7..].iter().all(u8::is_ascii_digit);
    (!fits).then_some("a ROR identifier has the form https://ror.org/02mhbdp94")
}

/// Why an address cannot be linked to, if it cannot.
pub(super) fn address_fault(text: &str, mail: bool) -> Option<String> {
    if text.contains(char::is_whitespace) {
        return Some("an address has no white space; write `%20`".to_owned());
    }
    let lower = text.to_ascii_lowercase();
    if let Some(to) = lower.strip_prefix("mailto:").filter(|_| mail) {
        let fits = matches!(to.split('?').next().and_then(|to| to.split_once('@')),
            Some((name, host)) if !name.is_empty() && !host.is_empty());
        return (!fits).then(|| "a mail address has the form mailto:name@example.org".to_owned());
    }
    let rest = lower
        .strip_prefix("https://")
        .or_else(|| lower.strip_prefix("http://"));
    let Some(rest) = rest else {
        let schemes = if mail {
            "`https://`, `http://` or `mailto:`"
        } else {
            "`https://` or `http://`"
        };
        return Some(format!("an address begins with {schemes}"));
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    let name = host.split(':').next().unwrap_or_default();
    let fits = host.starts_with('[')
        || (!name.is_empty()
            && !name.starts_with('.')
            && name.chars().all(|c| {
                c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | '%') || !c.is_ascii()
            }));
    (!fits).then(|| "the address names no host".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_reckoned() {
        assert_eq!(isbn_fault("978-3-16-148410-0"), None);
        assert!(isbn_fault("978-3-16-148410-1").is_some_and(|f| f.contains("check digit")));
        assert!(isbn_fault("3-16-148410-X").is_some());
        assert!(isbn_fault("9783161484é00").is_some());
        for orcid in [
            "0000-0002-1825-0097",
            "0000-0001-5109-3700",
            "0000-0002-1694-233X",
            "https://orcid.org/0000-0002-1825-0097",
        ] {
            assert_eq!(orcid_fault(orcid), None, "{orcid}");
        }
        assert!(orcid_fault("0000-0002-1825-0098").is_some_and(|f| f.contains("check")));
        for wrong in [
            "0000-0002-1825",
            "0000000218250097",
            "é000-0002-1825-009",
            "",
        ] {
            assert!(orcid_fault(wrong).is_some(), "{wrong}");
        }
    }

    #[test]
    fn forms_are_told_apart() {
        assert_eq!(doi_fault("10.1234/fp.2024.42"), None);
        assert!(doi_fault("https://doi.org/10.1234/x").is_some_and(|f| f.contains("without")));
        assert!(doi_fault("10.1/x").is_some());
        assert_eq!(ror_fault("https://ror.org/02mhbdp94"), None);
        assert_eq!(ror_fault("02mhbdp94"), None);
        assert!(ror_fault("https://ror.org/12mhbdp94").is_some());
    }

    #[test]
    fn addresses_are_of_three_schemes() {
        for address in [
            "https://example.org",
            "http://user@example.org:80/a?b#c",
            "HTTPS://Example.org/",
            "https://пример.рф/",
            "https://[::1]/",
        ] {
            assert_eq!(address_fault(address, false), None, "{address}");
        }
        assert_eq!(address_fault("mailto:a@b.c?subject=x", true), None);
        for address in [
            "mailto:a@b.c",
            "ftp://example.org",
            "javascript:alert(1)",
            "example.org",
            "https://",
            "https:///a",
            "#a",
            "",
            "https://a b",
            "file:///etc/passwd",
            "data:text/html,x",
        ] {
            assert!(address_fault(address, false).is_some(), "{address}");
        }
        assert!(address_fault("mailto:nobody", true).is_some());
    }
}
