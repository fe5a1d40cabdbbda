//! Which of several chains a peer is shown: one that it can verify, by authorities that it trusts
//! (RFC 9846 §4.5.1.2). What it says about that guides the choice; where no chain fits, one is shown
//! all the same.

use padlock_pki::certificate;
use padlock_pki::key::KeyKind;
use padlock_pki::name::DistinguishedName;
use padlock_pki::signature::SignatureAlgorithm;
use padlock_pki::signed::Signed;

use crate::codes::{ExtensionType, SignatureScheme};
use crate::config::Identity;
use crate::messages::{CertificateRequest, ClientHello, ExtensionBody, tls13};

/// What the peer says about the certificates that it can use.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Wanted<'a> {
    /// What they may be signed with: `signature_algorithms_cert` or, without that,
    /// `signature_algorithms` (RFC 9846 §4.3.3).
    schemes: Option<&'a [SignatureScheme]>,
    /// By whom: the names in `certificate_authorities` (RFC 9846 §4.3.4), DER. None means anybody.
    authorities: &'a [Vec<u8>],
}

impl<'a> Wanted<'a> {
    /// What a client says.
    pub(crate) fn by_client(hello: &'a ClientHello) -> Self {
        Self::by_extensions(|kind| hello.extension(kind))
    }

    /// What a server says in TLS 1.3.
    pub(crate) fn by_server13(request: &'a tls13::CertificateRequest) -> Self {
        Self::by_extensions(|kind| request.extension(kind))
    }

    /// What a server says in TLS 1.2 (RFC 5246 §7.4.4).
    pub(crate) fn by_server(request: &'a CertificateRequest) -> Self {
        Self {
            schemes: Some(&request.supported_signature_algorithms),
            authorities: &request.certificate_authorities,
        }
    }

    fn by_extensions(extension: impl Fn(ExtensionType) -> Option<&'a ExtensionBody>) -> Self {
        let schemes = |kind| match extension(kind) {
            Some(ExtensionBody::SignatureSchemes(schemes)) => Some(schemes.as_slice()),
            _ => None,
        };
        let authorities = match extension(ExtensionType::CERTIFICATE_AUTHORITIES) {
            Some(ExtensionBody::Authorities(names)) => names.as_slice(),
            _ => &[],
        };
        Self {
            schemes: schemes(ExtensionType::SIGNATURE_ALGORITHMS_CERT)
                .or_else(|| schemes(ExtensionType::SIGNATURE_ALGORITHMS)),
            authorities,
        }
    }

    /// Puts those that suit the peer before the others, and leaves the order as it is otherwise.
    pub(crate) fn sort(self, identities: &mut [&Identity]) {
        if identities.len() > 1 {
            let names: Vec<_> = self.authorities.iter().map(|der| name(der)).collect();
            identities.sort_by_cached_key(|identity| {
                (
                    !is_vouched_for(identity, &names),
                    !self.is_verifiable(identity),
                )
            });
        }
    }

    /// Whether the peer can verify every signature in the chain. One by its own key vouches for
    /// nothing, and who trusts it does not look at the signature.
    fn is_verifiable(self, identity: &Identity) -> bool {
        let Some(schemes) = self.schemes else {
            return true;
        };
        identity.chain.iter().all(|der| {
            let names = (certificate::subject(der), certificate::issuer(der));
            let is_self_issued = matches!(&names, (Ok(subject), Ok(issuer)) if subject == issuer);
            is_self_issued || is_signed_by(der, schemes)
        })
    }
}

/// Whether one of these authorities issued a certificate of the chain.
fn is_vouched_for(identity: &Identity, names: &[Option<DistinguishedName>]) -> bool {
    let is_by = |der: &Vec<u8>| {
        let issuer = certificate::issuer(der).ok().and_then(|der| name(&der));
        issuer.is_some_and(|issuer| names.iter().flatten().any(|name| name.matches(&issuer)))
    };
    names.is_empty() || identity.chain.iter().any(is_by)
}

fn name(der: &[u8]) -> Option<DistinguishedName> {
    DistinguishedName::from_der(der)
}

/// Whether the certificate's signature is by one of these algorithms. Which curve an ECDSA key is on
/// is not asked: the certificate does not say, and TLS 1.2 means any.
fn is_signed_by(der: &[u8], schemes: &[SignatureScheme]) -> bool {
    const SIGNERS: [KeyKind; 4] = [
        KeyKind::Rsa { bits: 2048 },
        KeyKind::P256,
        KeyKind::P384,
        KeyKind::Ed25519,
    ];
    let Some(signed) = Signed::read(der) else {
        return false;
    };
    SIGNERS.iter().any(|signer| {
        let algorithm = SignatureAlgorithm::from_algorithm_identifier(signed.algorithm, *signer);
        algorithm.is_ok_and(|algorithm| {
            let mut schemes = schemes.iter();
            schemes.any(|scheme| scheme.algorithm(signer) == Some(algorithm))
        })
    })
}

#[cfg(test)]
mod tests {
    use padlock_pki::demo::{Authority, Holder, KeyChoice, Spec};

    use super::*;

    const NOW: i64 = 1_795_000_000;
    const P256: SignatureScheme = SignatureScheme::ECDSA_SECP256R1_SHA256;
    const P384: SignatureScheme = SignatureScheme::ECDSA_SECP384R1_SHA384;
    const RSA: SignatureScheme = SignatureScheme::RSA_PKCS1_SHA256;
    const PSS: SignatureScheme = SignatureScheme::RSA_PSS_RSAE_SHA256;
    const ED25519: SignatureScheme = SignatureScheme::ED25519;

    /// The shop, with a certificate of this authority.
    fn shop(authority: &Authority) -> Identity {
        authority.identity(Spec::new(Holder::Shop)).unwrap()
    }

    #[test]
    fn what_suits_the_peer_comes_first() {
        let with = |keys| Authority::with_keys(keys, NOW).unwrap();
        let (on_p256, on_rsa, on_25519) = (
            with(KeyChoice::P256),
            with(KeyChoice::Rsa),
            with(KeyChoice::Ed25519),
        );
        let unknown = Authority::unknown(NOW).unwrap();
        let identities = [&on_p256, &on_rsa, &on_25519, &unknown].map(shop);
        let subject = |der: &[u8]| certificate::subject(der).unwrap();
        let trusted = subject(on_p256.root());
        assert_eq!(trusted, subject(on_rsa.root()), "they differ by their keys");
        let issuing = subject(on_p256.issuing());
        let other = subject(unknown.root());
        let nobody = vec![0x30, 0];
        // `unknown` has keys on P-256 too.
        let all = [P256, RSA, ED25519];
        for (schemes, authorities, expected) in [
            (None, vec![], [0, 1, 2, 3]),
            (Some(&all[..]), vec![], [0, 1, 2, 3]),
            (Some(&[P256]), vec![], [0, 3, 1, 2]),
            (Some(&[RSA]), vec![], [1, 0, 2, 3]),
            (Some(&[ED25519]), vec![], [2, 0, 1, 3]),
            (Some(&[ED25519, RSA]), vec![], [1, 2, 0, 3]),
            // A hash is part of it; and PSS is not PKCS #1.
            (Some(&[P384]), vec![], [0, 1, 2, 3]),
            (Some(&[PSS]), vec![], [0, 1, 2, 3]),
            (Some(&[]), vec![], [0, 1, 2, 3]),
            (None, vec![&trusted], [0, 1, 2, 3]),
            (None, vec![&issuing], [0, 1, 2, 3]),
            (None, vec![&other], [3, 0, 1, 2]),
            (None, vec![&other, &trusted], [0, 1, 2, 3]),
            (None, vec![&nobody], [0, 1, 2, 3]),
            // Who is not trusted is refused, however it is signed.
            (Some(&[RSA]), vec![&other], [3, 1, 0, 2]),
            (Some(&[RSA]), vec![&trusted], [1, 0, 2, 3]),
        ] {
            let authorities: Vec<_> = authorities.into_iter().cloned().collect();
            let wanted = Wanted {
                schemes,
                authorities: &authorities,
            };
            let mut sorted: Vec<_> = identities.iter().collect();
            wanted.sort(&mut sorted);
            let place = |one: &&Identity| identities.iter().position(|own| own.chain == one.chain);
            let places: Vec<_> = sorted.iter().filter_map(place).collect();
            assert_eq!(places, expected, "{schemes:?} {}", authorities.len());
        }
    }

    #[test]
    fn a_root_that_comes_along_may_be_signed_anyhow() {
        let own = Authority::with_keys(KeyChoice::Rsa, NOW).unwrap();
        let on_p256 = shop(&Authority::with_keys(KeyChoice::P256, NOW).unwrap());
        let mut with_root = on_p256.clone();
        with_root.chain.push(own.root().to_vec());
        let mut with_other = on_p256;
        with_other.chain.push(own.issuing().to_vec());
        let wanted = Wanted {
            schemes: Some(&[P256]),
            authorities: &[],
        };
        assert!(wanted.is_verifiable(&with_root));
        assert!(!wanted.is_verifiable(&with_other));
    }

    #[test]
    fn what_is_said_of_certificates_goes_before_what_is_said_of_all() {
        use crate::messages::Extension;
        let schemes = |kind, schemes: &[SignatureScheme]| {
            Extension::new(kind, ExtensionBody::SignatureSchemes(schemes.to_vec()))
        };
        let signatures = schemes(ExtensionType::SIGNATURE_ALGORITHMS, &[PSS]);
        let certificates = schemes(ExtensionType::SIGNATURE_ALGORITHMS_CERT, &[RSA]);
        for (extensions, expected) in [
            (vec![], None),
            (vec![signatures.clone()], Some(&[PSS][..])),
            (vec![certificates.clone()], Some(&[RSA])),
            (vec![signatures, certificates], Some(&[RSA])),
        ] {
            let request = tls13::CertificateRequest {
                certificate_request_context: Vec::new(),
                extensions,
            };
            assert_eq!(Wanted::by_server13(&request).schemes, expected);
        }
    }
}
