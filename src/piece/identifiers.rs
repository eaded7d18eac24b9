//! Identifiers that carry a check digit or have a fixed form, each in its own type that only its parser makes.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Address;

/// Why a text is no identifier of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct IdentifierError(&'static str);

/// Writes an identifier's type around the form that its parser gives it.
macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The identifier, bare.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdentifierError;

            fn try_from(text: String) -> Result<Self, IdentifierError> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(identifier: $name) -> Self {
                identifier.0
            }
        }
    };
}

identifier! {
    /// An ISBN-13 without its hyphens (ISO 2108).
    Isbn
}

identifier! {
    /// An ORCID of a person, in groups of four (ISO 27729).
    Orcid
}

identifier! {
    /// What a publication claims to conform to, as EPUB Accessibility 1.1 has it said (2.2.2).
    Conformance
}

identifier! {
    /// A DOI, starting with `10.` (ISO 26324).
    Doi
}

identifier! {
    /// A ROR identifier of an organisation, of nine characters.
    Ror
}

impl Conformance {
    /// Reads a claim: the specification, and the version and the level of WCAG.
    ///
    /// # Errors
    /// [`IdentifierError`] when it is said in other words.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        const VERSIONS: [&str; 3] = ["2.0", "2.1", "2.2"];
        const LEVELS: [&str; 3] = ["A", "AA", "AAA"];
        let claim = text.strip_prefix("EPUB Accessibility 1.1 - WCAG ");
        let claim = claim.and_then(|claim| claim.split_once(" Level "));
        match claim {
            Some((version, level)) if VERSIONS.contains(&version) && LEVELS.contains(&level) => {
                Ok(Self(text.to_owned()))
            }
            _ => Err(IdentifierError(
                "a claim is written `EPUB Accessibility 1.1 - WCAG 2.2 Level AA`, with the version (2.0, 2.1, 2.2) and the level (A, AA, AAA) that are met",
            )),
        }
    }
}

impl Isbn {
    /// Reads an ISBN-13, with or without hyphens or spaces (ISO 2108, annex C).
    ///
    /// # Errors
    /// [`IdentifierError`] when the form or the check digit is wrong.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let written: String = text.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
        let digits: Option<Vec<u32>> = written.chars().map(|c| c.to_digit(10)).collect();
        let digits = digits.unwrap_or_default();
        if digits.len() != 13 || !matches!(digits[..3], [9, 7, 8 | 9]) {
            return Err(IdentifierError(
                "an ISBN has 13 digits and begins with 978 or 979",
            ));
        }
        let weighted = |(index, digit): (usize, &u32)| digit * if index % 2 == 0 { 1 } else { 3 };
        let sum: u32 = digits.iter().enumerate().map(weighted).sum();
        if !sum.is_multiple_of(10) {
            return Err(IdentifierError(
                "the check digit, its last, does not fit the others",
            ));
        }
        Ok(Self(written))
    }

    /// Its URN (RFC 8254).
    #[must_use]
    pub fn uri(&self) -> String {
        format!("urn:isbn:{}", self.0)
    }
}

impl Orcid {
    const REGISTRY: &str = "https://orcid.org/";

    /// Reads an ORCID, with or without its registry's address (ISO 27729; ISO/IEC 7064, MOD 11-2).
    ///
    /// # Errors
    /// [`IdentifierError`] when the form or the check character is wrong.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        const FORM: IdentifierError = IdentifierError("an ORCID has the form 0000-0002-1825-0097");
        let id = text.strip_prefix(Self::REGISTRY).unwrap_or(text);
        let groups: Vec<&str> = id.split('-').collect();
        if groups.len() != 4 || groups.iter().any(|group| group.len() != 4) {
            return Err(FORM);
        }
        let joined = groups.concat();
        let (body, check) = joined.split_at_checked(15).ok_or(FORM)?;
        if !body.bytes().all(|b| b.is_ascii_digit())
            || !matches!(check.as_bytes(), [b'0'..=b'9' | b'X'])
        {
            return Err(FORM);
        }
        let total = body
            .bytes()
            .fold(0, |total, b| (total + u32::from(b - b'0')) * 2 % 11);
        let expected = match (12 - total % 11) % 11 {
            10 => "X".to_owned(),
            digit => digit.to_string(),
        };
        if check != expected {
            return Err(IdentifierError(
                "the check character, its last, does not fit the others",
            ));
        }
        Ok(Self(id.to_owned()))
    }

    /// The address of the person's entry in the registry.
    #[must_use]
    pub fn address(&self) -> Address {
        Address::registered(Self::REGISTRY, &self.0)
    }
}

impl Doi {
    /// Reads a DOI (ISO 26324): `10.`, a registrant of four to nine digits, `/`, and a name.
    ///
    /// # Errors
    /// [`IdentifierError`] when the form is another.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let parts = text
            .strip_prefix("10.")
            .and_then(|rest| rest.split_once('/'));
        match parts {
            Some((registrant, name))
                if (4..=9).contains(&registrant.len())
                    && registrant.bytes().all(|b| b.is_ascii_digit())
                    && !name.is_empty()
                    && !name.contains(char::is_whitespace) =>
            {
                Ok(Self(text.to_owned()))
            }
            _ if text.contains("10.") && !text.starts_with("10.") => Err(IdentifierError(
                "a DOI is written without `https://doi.org/` or `doi:` before it",
            )),
            _ => Err(IdentifierError("a DOI has the form 10.1234/name")),
        }
    }

    /// The address that leads to what it names: how a DOI is written wherever identifiers of every kind stand.
    #[must_use]
    pub fn address(&self) -> Address {
        Address::registered("https://doi.org/", &self.0)
    }
}

impl Ror {
    const REGISTRY: &str = "https://ror.org/";

    /// Reads a ROR identifier, with or without its registry's address: `0`, six characters of Crockford's base 32, two digits.
    ///
    /// # Errors
    /// [`IdentifierError`] when the form is another.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let id = text.strip_prefix(Self::REGISTRY).unwrap_or(text);
        let bytes = id.as_bytes();
        let base32 =
            |b: &u8| b.is_ascii_digit() || (b.is_ascii_lowercase() && !b"ilou".contains(b));
        let fits = bytes.len() == 9
            && bytes[0] == b'0'
            && bytes[1..7].iter().all(base32)
            && bytes[7..].iter().all(u8::is_ascii_digit);
        if !fits {
            return Err(IdentifierError(
                "a ROR identifier has the form https://ror.org/02mhbdp94",
            ));
        }
        Ok(Self(id.to_owned()))
    }

    /// The address of the organisation's entry in the registry.
    #[must_use]
    pub fn address(&self) -> Address {
        Address::registered(Self::REGISTRY, &self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault<T>(read: Result<T, IdentifierError>) -> String {
        read.err()
            .map(|error| error.to_string())
            .unwrap_or_default()
    }

    #[test]
    fn check_digits_are_reckoned() {
        assert_eq!(
            Isbn::parse("978-3-16-148410-0").map(String::from),
            Ok("9783161484100".to_owned())
        );
        assert!(fault(Isbn::parse("978-3-16-148410-1")).contains("check digit"));
        assert!(Isbn::parse("3-16-148410-X").is_err());
        assert!(Isbn::parse("9783161484é00").is_err());
        for orcid in [
            "0000-0002-1825-0097",
            "0000-0001-5109-3700",
            "0000-0002-1694-233X",
        ] {
            let address = format!("https://orcid.org/{orcid}");
            assert_eq!(Orcid::parse(orcid), Orcid::parse(&address));
            assert_eq!(
                Orcid::parse(orcid).map(|id| id.address().to_string()),
                Ok(address)
            );
        }
        assert!(fault(Orcid::parse("0000-0002-1825-0098")).contains("check"));
        for wrong in [
            "0000-0002-1825",
            "0000000218250097",
            "é000-0002-1825-009",
            "",
        ] {
            assert!(Orcid::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn forms_are_told_apart() {
        assert!(Doi::parse("10.1234/fp.2024.42").is_ok());
        assert!(fault(Doi::parse("https://doi.org/10.1234/x")).contains("without"));
        assert!(Doi::parse("10.1/x").is_err());
        assert_eq!(
            Ror::parse("https://ror.org/02mhbdp94"),
            Ror::parse("02mhbdp94")
        );
        assert!(Ror::parse("https://ror.org/12mhbdp94").is_err());
    }

    #[test]
    fn no_character_of_a_doi_ends_its_address() {
        let doi = Doi::parse("10.1002/(SICI)1097<1::AID>3.0?#%2").expect("a DOI");
        assert_eq!(
            doi.address().as_str(),
            "https://doi.org/10.1002/(SICI)1097%3C1::AID%3E3.0%3F%23%252"
        );
    }
}
