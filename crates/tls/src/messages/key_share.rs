//! The public keys of key_share.

use std::ops::Range;

use padlock_wire::{Coder, Error, Node, Prefix, Section, Structure, Value};

use crate::codes::NamedGroup;
#[cfg(feature = "tls13")]
use crate::crypto::kx::Group;

/// A public key for the key exchange (RFC 9846 §4.3.8).
///
/// ```text
/// struct { NamedGroup group; opaque key_exchange<1..2^16-1>; } KeyShareEntry;
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct KeyShareEntry {
    /// The group.
    pub group: NamedGroup,
    /// The public key: 32 bytes for x25519, an uncompressed point for the NIST curves; in a hybrid
    /// group that and, from a client, an encapsulation key of ML-KEM, from a server a ciphertext.
    pub key_exchange: Vec<u8>,
}

impl Structure for KeyShareEntry {
    const NAME: &'static str = "KeyShareEntry";
    const SECTION: Section = Section::new(9846, "4.3.8");

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
        coder.code("group", &mut self.group)?;
        let (group, key) = (self.group, &mut self.key_exchange);
        coder.vector("key_exchange", Prefix::U16, 1..=0xffff, |coder| {
            coder.rest("bytes", key)?;
            if let (Some(node), Some(parts)) = (coder.last_mut(), parts(group, key)) {
                let start = node.range.start;
                let leaf = |(label, range): (&'static str, Range<usize>)| {
                    Node::leaf(label, start + range.start..start + range.end, Value::Opaque)
                };
                node.value = Value::Group;
                node.children = parts.into_iter().map(leaf).collect();
            }
            Ok(())
        })
    }
}

/// What a share in a hybrid group is made of, if it has the length of a client's or of a server's.
#[cfg(feature = "tls13")]
fn parts(group: NamedGroup, share: &[u8]) -> Option<[(&'static str, Range<usize>); 2]> {
    let hybrid = group.hybrid()?;
    let (label, parts) = match (hybrid.client_parts(share), hybrid.server_parts(share)) {
        (Ok(parts), _) => ("encapsulation_key", parts),
        (_, Ok(parts)) => ("ciphertext", parts),
        _ => return None,
    };
    let curve = match hybrid.group() {
        Group::X25519 => "x25519",
        Group::Secp256r1 | Group::Secp384r1 => "point",
    };
    Some(hybrid.ordered((label, parts.ml_kem), (curve, parts.curve)))
}

/// Without TLS 1.3 nobody looks into a share.
#[cfg(not(feature = "tls13"))]
fn parts(_: NamedGroup, _: &[u8]) -> Option<[(&'static str, Range<usize>); 2]> {
    None
}
