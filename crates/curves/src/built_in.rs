//! The calculations, by the crates that do them.

use p256::elliptic_curve::ecdh::diffie_hellman;
use p256::elliptic_curve::sec1::ToSec1Point;
use ring::hmac;
use ring::signature::{self, Ed25519KeyPair, KeyPair, UnparsedPublicKey, VerificationAlgorithm};
use x25519_dalek::{PublicKey, StaticSecret};

use crate::{Curve, Fault, Scheme, ecdsa};

pub(crate) fn public_value(curve: Curve, private: &[u8]) -> Result<Vec<u8>, Fault> {
    Ok(match curve {
        Curve::P256 => {
            let point = p256_secret(private)?.public_key().to_sec1_point(false);
            point.as_bytes().to_vec()
        }
        Curve::P384 => {
            let point = p384_secret(private)?.public_key().to_sec1_point(false);
            point.as_bytes().to_vec()
        }
        Curve::X25519 => PublicKey::from(&x25519_secret(private)?)
            .to_bytes()
            .to_vec(),
        Curve::Ed25519 => ed25519_pair(private)?.public_key().as_ref().to_vec(),
    })
}

pub(crate) fn point(curve: Curve, point: &[u8]) -> Result<Vec<u8>, Fault> {
    let refused = |_| Fault::Refused;
    Ok(match curve {
        Curve::P256 => {
            let key = p256::PublicKey::from_sec1_bytes(point).map_err(refused)?;
            key.to_sec1_point(false).as_bytes().to_vec()
        }
        Curve::P384 => {
            let key = p384::PublicKey::from_sec1_bytes(point).map_err(refused)?;
            key.to_sec1_point(false).as_bytes().to_vec()
        }
        Curve::X25519 | Curve::Ed25519 => return Err(Fault::WrongCurve),
    })
}

pub(crate) fn agree(curve: Curve, private: &[u8], public: &[u8]) -> Result<Vec<u8>, Fault> {
    let refused = |_| Fault::Refused;
    Ok(match curve {
        Curve::P256 => {
            let peer = p256::PublicKey::from_sec1_bytes(public).map_err(refused)?;
            let private = p256_secret(private)?.to_nonzero_scalar();
            let secret = diffie_hellman(private, peer.as_affine());
            secret.raw_secret_bytes().to_vec()
        }
        Curve::P384 => {
            let peer = p384::PublicKey::from_sec1_bytes(public).map_err(refused)?;
            let private = p384_secret(private)?.to_nonzero_scalar();
            let secret = diffie_hellman(private, peer.as_affine());
            secret.raw_secret_bytes().to_vec()
        }
        Curve::X25519 => {
            let peer = PublicKey::from(array(public)?);
            let secret = x25519_secret(private)?.diffie_hellman(&peer);
            secret.as_bytes().to_vec()
        }
        Curve::Ed25519 => return Err(Fault::WrongCurve),
    })
}

pub(crate) fn sign_digest(curve: Curve, private: &[u8], digest: &[u8]) -> Result<Vec<u8>, Fault> {
    match curve {
        Curve::P256 => Ok(ecdsa::sign(
            &p256_secret(private)?,
            digest,
            hmac::HMAC_SHA256,
        )),
        Curve::P384 => Ok(ecdsa::sign(
            &p384_secret(private)?,
            digest,
            hmac::HMAC_SHA384,
        )),
        Curve::X25519 | Curve::Ed25519 => Err(Fault::WrongCurve),
    }
}

pub(crate) fn sign_message(private: &[u8], message: &[u8]) -> Result<Vec<u8>, Fault> {
    Ok(ed25519_pair(private)?.sign(message).as_ref().to_vec())
}

pub(crate) fn verify(
    scheme: Scheme,
    public: &[u8],
    message: &[u8],
    signature: &[u8],
) -> Result<(), Fault> {
    let algorithm: &dyn VerificationAlgorithm = match scheme {
        Scheme::P256Sha256 => &signature::ECDSA_P256_SHA256_ASN1,
        Scheme::P256Sha384 => &signature::ECDSA_P256_SHA384_ASN1,
        Scheme::P384Sha256 => &signature::ECDSA_P384_SHA256_ASN1,
        Scheme::P384Sha384 => &signature::ECDSA_P384_SHA384_ASN1,
        Scheme::Ed25519 => &signature::ED25519,
    };
    UnparsedPublicKey::new(algorithm, public)
        .verify(message, signature)
        .map_err(|_| Fault::Refused)
}

fn p256_secret(private: &[u8]) -> Result<p256::SecretKey, Fault> {
    let private = array::<32>(private)?;
    p256::SecretKey::from_slice(&private).map_err(|_| Fault::Refused)
}

fn p384_secret(private: &[u8]) -> Result<p384::SecretKey, Fault> {
    let private = array::<48>(private)?;
    p384::SecretKey::from_slice(&private).map_err(|_| Fault::Refused)
}

/// It is clamped when it is used (RFC 7748 §5).
fn x25519_secret(private: &[u8]) -> Result<StaticSecret, Fault> {
    array(private).map(StaticSecret::from)
}

fn ed25519_pair(private: &[u8]) -> Result<Ed25519KeyPair, Fault> {
    Ed25519KeyPair::from_seed_unchecked(private).map_err(|_| Fault::Refused)
}

fn array<const N: usize>(bytes: &[u8]) -> Result<[u8; N], Fault> {
    bytes.try_into().map_err(|_| Fault::Refused)
}
