//! What ends in a signature over all before it: certificates, requests, lists of revoked certificates,
//! answers of OCSP.

use crate::explain::der::{BIT_STRING, SEQUENCE};
use crate::key::{KeyError, PublicKey};
use crate::signature::SignatureAlgorithm;
use crate::verify::certificate::whole;

/// The three parts of a signed structure (`SIGNED` in X.509 §6.2.1).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Signed<'a> {
    /// What was signed, in DER.
    pub message: &'a [u8],
    /// An `AlgorithmIdentifier`, in DER.
    pub algorithm: &'a [u8],
    /// The octets of the signature.
    pub signature: &'a [u8],
}

impl<'a> Signed<'a> {
    /// The parts of the structure in `der`, also where more follows them within; `None` if it is no
    /// such structure.
    #[must_use]
    pub fn read(der: &'a [u8]) -> Option<Self> {
        let mut parts = whole(der, SEQUENCE)?.values();
        let message = parts.next_if(SEQUENCE)?.der();
        let algorithm = parts.next_if(SEQUENCE)?.der();
        let (unused, signature) = parts.next_if(BIT_STRING)?.octets().split_first()?;
        (*unused == 0).then_some(Self {
            message,
            algorithm,
            signature,
        })
    }

    /// Checks that the signature was made by this key.
    ///
    /// # Errors
    /// [`KeyError::SignatureInvalid`] if it was not; [`KeyError::UnknownFormat`] and others where
    /// that cannot be said: the algorithm is not known here, or not one of such keys.
    pub fn verify(&self, key: &PublicKey) -> Result<(), KeyError> {
        let algorithm = SignatureAlgorithm::from_algorithm_identifier(self.algorithm, key.kind());
        let algorithm = algorithm.map_err(|_| KeyError::UnknownFormat)?;
        key.verify(algorithm, self.message, self.signature)
    }
}
