//! What a party shows of itself, and the key that proves it.

use crate::key::PrivateKey;

/// A certificate with what leads to its anchor, and its private key.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The end-entity certificate first, each then certified by the next; DER. The root is left
    /// out, as it is on the wire: who trusts it has it.
    pub chain: Vec<Vec<u8>>,
    /// The private half of the key in the first certificate.
    pub key: PrivateKey,
}
