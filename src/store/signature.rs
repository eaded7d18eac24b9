//! The hashes with which requests to a bucket are signed (AWS Signature Version 4), from RustCrypto's `sha2` and `hmac`.

use hmac::{Hmac, KeyInit, Mac};
use object_store::client::{
    CryptoProvider, DigestAlgorithm, DigestContext, HmacContext, Signer, SigningAlgorithm,
};
use object_store::{Error, Result};
use sha2::{Digest, Sha256};

/// SHA-256 and its HMAC; nothing that a bucket is asked for needs more.
#[derive(Debug)]
pub(super) struct Signatures;

impl CryptoProvider for Signatures {
    fn digest(&self, algorithm: DigestAlgorithm) -> Result<Box<dyn DigestContext>> {
        match algorithm {
            DigestAlgorithm::Sha256 => Ok(Box::new(Running::<Sha256>::default())),
            other => Err(unsupported(&other)),
        }
    }

    fn hmac(&self, algorithm: DigestAlgorithm, secret: &[u8]) -> Result<Box<dyn HmacContext>> {
        match algorithm {
            DigestAlgorithm::Sha256 => Ok(Box::new(Running {
                state: Hmac::<Sha256>::new_from_slice(secret)
                    .expect("HMAC takes keys of any length"),
                finished: [0; 32],
            })),
            other => Err(unsupported(&other)),
        }
    }

    fn sign(&self, algorithm: SigningAlgorithm, _: &[u8]) -> Result<Box<dyn Signer>> {
        Err(unsupported(&algorithm))
    }
}

fn unsupported(algorithm: &dyn std::fmt::Debug) -> Error {
    Error::NotSupported {
        source: format!("{algorithm:?} is not used for buckets").into(),
    }
}

/// A hash that is fed, and what came out of it.
#[derive(Default)]
struct Running<State> {
    state: State,
    finished: [u8; 32],
}

impl DigestContext for Running<Sha256> {
    fn update(&mut self, data: &[u8]) {
        Digest::update(&mut self.state, data);
    }

    fn finish(&mut self) -> Result<&[u8]> {
        self.finished = self.state.finalize_reset().into();
        Ok(&self.finished)
    }
}

impl HmacContext for Running<Hmac<Sha256>> {
    fn update(&mut self, data: &[u8]) {
        Mac::update(&mut self.state, data);
    }

    fn finish(&mut self) -> Result<&[u8]> {
        self.finished = self.state.clone().finalize().into_bytes().into();
        Ok(&self.finished)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// RFC 4231, 4.3 (test case 2), and FIPS 180-4's `abc`.
    #[test]
    fn hashes_are_those_of_the_standards() {
        let mut digest = Signatures.digest(DigestAlgorithm::Sha256).expect("SHA-256");
        digest.update(b"a");
        digest.update(b"bc");
        assert_eq!(
            hex(digest.finish().expect("a hash")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        let mut hmac = Signatures
            .hmac(DigestAlgorithm::Sha256, b"Jefe")
            .expect("HMAC");
        hmac.update(b"what do ya want for nothing?");
        assert_eq!(
            hex(hmac.finish().expect("a code")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }
}
