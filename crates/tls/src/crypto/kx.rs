//! Ephemeral Diffie-Hellman on elliptic curves
//! ([RFC 8422 §5.10, §5.11](https://www.rfc-editor.org/rfc/rfc8422#section-5.10)).
//!
//! Private values can be set and read. A lesson needs both: the first to give the same run for the
//! same seed, the second to show what each side computed. A real library allows neither.

use std::{error, fmt};

use padlock_curves::{self as curves, Curve, Fault};
use padlock_pki::random::Random;

/// The groups that [`EphemeralKey`] can work in.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Group {
    /// Curve25519 by its u-coordinate (RFC 7748 §5).
    X25519,
    /// NIST P-256 (FIPS 186; SEC 2 names it secp256r1).
    Secp256r1,
    /// NIST P-384 (FIPS 186; SEC 2 names it secp384r1).
    Secp384r1,
}

impl Group {
    /// The length of a private value in bytes.
    #[must_use]
    pub const fn private_length(self) -> usize {
        self.curve().private_length()
    }

    /// The length of a public value in bytes: a u-coordinate, or an uncompressed point.
    #[must_use]
    pub const fn public_length(self) -> usize {
        self.curve().public_length()
    }

    /// The length of the shared secret in bytes: one coordinate, leading zeros kept
    /// (RFC 8422 §5.10).
    #[must_use]
    pub const fn secret_length(self) -> usize {
        self.curve().private_length()
    }

    const fn curve(self) -> Curve {
        match self {
            Self::X25519 => Curve::X25519,
            Self::Secp256r1 => Curve::P256,
            Self::Secp384r1 => Curve::P384,
        }
    }
}

/// One side's key pair for one handshake.
#[derive(Clone)]
pub struct EphemeralKey {
    group: Group,
    private: Vec<u8>,
    public: Vec<u8>,
}

impl EphemeralKey {
    /// Draws a private value.
    ///
    /// On the P- curves a draw of zero, or of the group's order or more, is thrown away and
    /// repeated ("testing candidates", FIPS 186-5 A.2.2).
    ///
    /// # Errors
    /// [`KxError::NotBuiltIn`] in a program without curves.
    pub fn generate(group: Group, random: &mut Random) -> Result<Self, KxError> {
        let mut bytes = vec![0; group.private_length()];
        loop {
            random.fill(&mut bytes);
            match Self::from_private_bytes(group, &bytes) {
                Err(KxError::Scalar) => {}
                key => return key,
            }
        }
    }

    /// Takes a private value: 32 bytes for X25519, which clamps them when it uses them
    /// (RFC 7748 §5), or a big-endian scalar as long as the group's order.
    ///
    /// # Errors
    /// [`KxError::Length`], or [`KxError::Scalar`] for a scalar that is zero or not below the order;
    /// [`KxError::NotBuiltIn`].
    pub fn from_private_bytes(group: Group, bytes: &[u8]) -> Result<Self, KxError> {
        let (expected, given) = (group.private_length(), bytes.len());
        if given != expected {
            return Err(KxError::Length { expected, given });
        }
        let public = curves::public_value(group.curve(), bytes)
            .map_err(|fault| KxError::from_fault(fault, KxError::Scalar))?;
        Ok(Self {
            group,
            private: bytes.to_vec(),
            public,
        })
    }

    /// The group of the key.
    #[must_use]
    pub fn group(&self) -> Group {
        self.group
    }

    /// The private value. It is for showing and for reproducing; see SECURITY.md.
    #[must_use]
    pub fn private_bytes(&self) -> &[u8] {
        &self.private
    }

    /// The public value as it travels: the u-coordinate, or `0x04 || X || Y` (SEC 1 §2.3.3).
    #[must_use]
    pub fn public_bytes(&self) -> &[u8] {
        &self.public
    }

    /// The shared secret with the peer whose public value is `peer`. In TLS 1.2 it is the
    /// pre-master secret as it stands.
    ///
    /// # Errors
    /// [`KxError::Length`] or [`KxError::Compressed`] for a value that is not in the form TLS
    /// allows, [`KxError::Point`] for one that is not on the curve, and [`KxError::ZeroSecret`] if
    /// the peer's choice forces the all-zero result (RFC 8422 §5.11); [`KxError::NotBuiltIn`].
    pub fn agree(&self, peer: &[u8]) -> Result<Vec<u8>, KxError> {
        if self.group != Group::X25519 && matches!(peer, [0x02 | 0x03, ..]) {
            return Err(KxError::Compressed);
        }
        let (expected, given) = (self.group.public_length(), peer.len());
        if given != expected {
            return Err(KxError::Length { expected, given });
        }
        let secret = curves::agree(self.group.curve(), &self.private, peer)
            .map_err(|fault| KxError::from_fault(fault, KxError::Point))?;
        let is_zero = secret.iter().fold(0, |all, byte| all | byte) == 0;
        if self.group == Group::X25519 && is_zero {
            return Err(KxError::ZeroSecret);
        }
        Ok(secret)
    }
}

/// Shows the public value only, so that a stray `{:?}` does not decide what a lesson reveals.
impl fmt::Debug for EphemeralKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EphemeralKey")
            .field("group", &self.group)
            .field("public", &self.public)
            .finish_non_exhaustive()
    }
}

/// A value that key agreement cannot use. The alert for a peer's value is `illegal_parameter`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum KxError {
    /// A public or private value that is not as long as the group wants it.
    Length {
        /// The length, in bytes, that the group wants.
        expected: usize,
        /// The length that was given.
        given: usize,
    },
    /// A private value that is zero or not below the group's order.
    Scalar,
    /// A compressed point; TLS uses the uncompressed form alone (RFC 8422 §5.1.2).
    Compressed,
    /// Bytes that are no point of the curve.
    Point,
    /// A peer's value of small order, which makes the result zero whatever our private value is.
    ZeroSecret,
    /// An encapsulation key of ML-KEM with a coefficient that is not below the modulus (FIPS 203
    /// §7.2).
    EncapsulationKey,
    /// This program was built without curves.
    NotBuiltIn,
}

impl KxError {
    fn from_fault(fault: Fault, refused: Self) -> Self {
        match fault {
            Fault::NotBuiltIn => Self::NotBuiltIn,
            Fault::Refused | Fault::WrongCurve => refused,
        }
    }
}

impl fmt::Display for KxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length { expected, given } => {
                write!(f, "a value of {expected} bytes is needed, not of {given}")
            }
            Self::Scalar => f.write_str("the private value is out of range"),
            Self::Compressed => f.write_str("the point is compressed"),
            Self::Point => f.write_str("the value is not a point of the curve"),
            Self::ZeroSecret => f.write_str("the shared secret is zero"),
            Self::EncapsulationKey => {
                f.write_str("the encapsulation key has a coefficient beyond the modulus")
            }
            Self::NotBuiltIn => Fault::NotBuiltIn.fmt(f),
        }
    }
}

impl error::Error for KxError {}

#[cfg(test)]
mod tests {
    use padlock_wire::hex;

    use super::*;

    const ALL: [Group; 3] = [Group::X25519, Group::Secp256r1, Group::Secp384r1];

    #[test]
    fn both_sides_get_the_same_secret() {
        for group in ALL {
            let ours = EphemeralKey::generate(group, &mut Random::new([1; 32])).unwrap();
            let theirs = EphemeralKey::generate(group, &mut Random::new([2; 32])).unwrap();
            let secret = ours.agree(theirs.public_bytes()).unwrap();
            assert_eq!(theirs.agree(ours.public_bytes()).unwrap(), secret);
            assert_eq!(secret.len(), group.secret_length());
            assert_eq!(ours.public_bytes().len(), group.public_length());
            assert_ne!(ours.public_bytes(), theirs.public_bytes());
        }
    }

    #[test]
    fn a_seed_and_a_private_value_give_the_key_again() {
        for group in ALL {
            let key = EphemeralKey::generate(group, &mut Random::new([3; 32])).unwrap();
            let again = EphemeralKey::generate(group, &mut Random::new([3; 32])).unwrap();
            assert_eq!(key.private_bytes(), again.private_bytes());
            let set = EphemeralKey::from_private_bytes(group, key.private_bytes()).unwrap();
            assert_eq!(set.public_bytes(), key.public_bytes());
            assert_eq!(set.group(), group);
        }
    }

    #[test]
    fn what_is_no_public_value_is_refused() {
        for group in ALL {
            let key = EphemeralKey::generate(group, &mut Random::new([4; 32])).unwrap();
            let expected = group.public_length();
            for given in [0, 1, expected - 1, expected + 1] {
                let error = key.agree(&vec![4; given]).unwrap_err();
                assert_eq!(error, KxError::Length { expected, given });
            }
        }
        for group in [Group::Secp256r1, Group::Secp384r1] {
            let key = EphemeralKey::generate(group, &mut Random::new([4; 32])).unwrap();
            let peer = EphemeralKey::generate(group, &mut Random::new([5; 32])).unwrap();
            let point = peer.public_bytes();
            let mut off_the_curve = point.to_vec();
            *off_the_curve.last_mut().unwrap() ^= 1;
            assert_eq!(key.agree(&off_the_curve), Err(KxError::Point));
            let compressed = [&[0x02], &point[1..=group.secret_length()]].concat();
            assert_eq!(key.agree(&compressed), Err(KxError::Compressed));
            for form in [0x00, 0x01, 0x05, 0x06, 0x07, 0xff] {
                let other = [&[form], &point[1..]].concat();
                assert_eq!(key.agree(&other), Err(KxError::Point), "form {form:#x}");
            }
        }
        let key = EphemeralKey::generate(Group::X25519, &mut Random::new([4; 32])).unwrap();
        assert_eq!(key.agree(&[0; 32]), Err(KxError::ZeroSecret));
    }

    #[test]
    fn what_is_no_private_value_is_refused() {
        for (group, order) in [
            (
                Group::Secp256r1,
                "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
            ),
            (
                Group::Secp384r1,
                "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
            ),
        ] {
            let mut bytes = hex::decode(order).unwrap();
            let try_private =
                |bytes: &[u8]| EphemeralKey::from_private_bytes(group, bytes).map(|_| ());
            assert_eq!(try_private(&bytes), Err(KxError::Scalar));
            *bytes.last_mut().unwrap() -= 1;
            assert_eq!(try_private(&bytes), Ok(()));
            let (expected, given) = (bytes.len(), bytes.len() - 1);
            assert_eq!(
                try_private(&bytes[1..]),
                Err(KxError::Length { expected, given })
            );
            bytes.fill(0);
            assert_eq!(try_private(&bytes), Err(KxError::Scalar));
        }
    }
}
