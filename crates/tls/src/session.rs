//! What both sides know of a handshake under way.

use padlock_pki::certificate;
use padlock_pki::key::{KeyError, KeyKind, PublicKey};
use padlock_pki::signature::SignatureAlgorithm;
#[cfg(not(feature = "study"))]
use padlock_pki::verify::verify;
#[cfg(feature = "study")]
use padlock_pki::verify::{Demands, verify_with};
use padlock_pki::verify::{KeyUse, Request, Verdict};
use padlock_wire::{Section, Structure};

use crate::codes::{ExtensionType, NamedGroup, SignatureScheme};
use crate::config::{Identity, Preferences};
use crate::crypto;
use crate::error::{Error, ErrorKind, IllegalParameter};
use crate::messages::{EcdhParameters, Extension, ExtensionBody};
use crate::report::Reporter;
use crate::schedule::Randoms;
use crate::suite::Suite;
use crate::trace::{Check, CheckKind, EventKind, Party};
use crate::value::{Formula, ValueName};

/// What the hellos settled.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) suite: Suite,
    pub(crate) randoms: Randoms,
    pub(crate) extended_master_secret: bool,
}

impl Session {
    /// What ServerKeyExchange signs (RFC 8422 §5.4):
    ///
    /// ```text
    /// ClientHello.random + ServerHello.random + ServerKeyExchange.params
    /// ```
    pub(crate) fn signed_parameters(
        &self,
        parameters: &EcdhParameters,
        reporter: &mut Reporter,
    ) -> Result<Vec<u8>, Error> {
        let encoded = parameters.to_bytes()?;
        let signed = [&self.randoms.client[..], &self.randoms.server, &encoded].concat();
        reporter.value(
            ValueName::SignedParameters,
            Formula::Join,
            &[
                (ValueName::Random(Party::Client), &self.randoms.client),
                (ValueName::Random(Party::Server), &self.randoms.server),
                (ValueName::KeyExchangeParameters, &encoded),
            ],
            &signed,
            Section::new(8422, "5.4"),
        );
        Ok(signed)
    }
}

/// Whether the certificate lets its key be used so. Without one there is nothing to show.
pub(crate) fn may(identity: &Identity, key_use: KeyUse) -> bool {
    let certificate = identity.chain.first();
    certificate.is_some_and(|certificate| certificate::allows(certificate, key_use))
}

/// The best signature algorithm of one's own that the peer accepts and that `means` something with
/// the key: in TLS 1.2 [`SignatureScheme::algorithm`], in 1.3 [`SignatureScheme::algorithm13`].
pub(crate) fn common_scheme(
    preferences: &Preferences,
    accepted: &[SignatureScheme],
    key: &KeyKind,
    means: fn(SignatureScheme, &KeyKind) -> Option<SignatureAlgorithm>,
) -> Option<SignatureScheme> {
    let mut own = preferences.schemes.iter().copied();
    own.find(|scheme| accepted.contains(scheme) && means(*scheme, key).is_some())
}

/// The verdict on a peer's certificates, by what these lists say of revoked ones too.
#[cfg(feature = "study")]
pub(crate) fn verdict(request: &Request<'_>, crls: &[Vec<u8>], asks_for_status: bool) -> Verdict {
    let crls: Vec<_> = crls.iter().map(Vec::as_slice).collect();
    let demands = Demands {
        crls: &crls,
        asks_for_status,
        ..Demands::default()
    };
    verify_with(request, &demands)
}

#[cfg(not(feature = "study"))]
pub(crate) fn verdict(request: &Request<'_>, _crls: &[Vec<u8>], _asks_for_status: bool) -> Verdict {
    verify(request)
}

/// Verifies a signature of the handshake and reports it.
pub(crate) fn verify_signature(
    key: &PublicKey,
    scheme: SignatureScheme,
    message: &[u8],
    signature: &[u8],
    kind: CheckKind,
    section: Section,
    reporter: &mut Reporter,
) -> Result<(), Error> {
    let algorithm = scheme
        .algorithm(&key.kind())
        .ok_or(IllegalParameter::Signature)?;
    let passed = match key.verify(algorithm, message, signature) {
        Ok(()) => true,
        Err(KeyError::SignatureInvalid) => false,
        // Nothing was found out about the signature: there is no check to report.
        Err(_) => return Err(ErrorKind::UnusableKey.into()),
    };
    reporter.report(|| {
        let (expected, found) = (message.to_vec(), signature.to_vec());
        EventKind::Check(Check {
            kind,
            passed,
            expected,
            found,
            section,
        })
    });
    match passed {
        true => Ok(()),
        false => Err(ErrorKind::Signature.into()),
    }
}

/// Compares the peer's verify_data with what it must be, and reports it.
pub(crate) fn verify_finished(
    expected: Vec<u8>,
    found: &[u8],
    section: Section,
    reporter: &mut Reporter,
) -> Result<(), Error> {
    let passed = crypto::equal(&expected, found);
    let found = found.to_vec();
    reporter.report(|| {
        EventKind::Check(Check {
            kind: CheckKind::Finished,
            passed,
            expected,
            found,
            section,
        })
    });
    match passed {
        true => Ok(()),
        false => Err(ErrorKind::Finished.into()),
    }
}

/// Checks that renegotiation_info speaks of no earlier handshake (RFC 5746 §3.4, §3.6).
pub(crate) fn check_renegotiation(
    body: Option<&ExtensionBody>,
    reporter: &mut Reporter,
) -> Result<bool, Error> {
    let found = match body {
        None => return Ok(false),
        Some(ExtensionBody::Renegotiation(found)) => found.clone(),
        Some(_) => return Err(misformed(ExtensionType::RENEGOTIATION_INFO)),
    };
    let passed = found.is_empty();
    reporter.report(|| {
        let (kind, section) = (CheckKind::RenegotiationInfo, Section::new(5746, "3.4"));
        EventKind::Check(Check {
            kind,
            passed,
            expected: Vec::new(),
            found,
            section,
        })
    });
    match passed {
        true => Ok(true),
        false => Err(ErrorKind::Renegotiation.into()),
    }
}

/// Checks that every answer was asked for (RFC 5246 §7.4.1.4) and is one of those `allowed` in the
/// message: what was only told, or offered to mean nothing (RFC 8701 §3.1), has no answer.
pub(crate) fn check_answers(
    answers: &[Extension],
    asked: &[ExtensionType],
    allowed: &[ExtensionType],
) -> Result<(), Error> {
    let mut kinds = answers.iter().map(|answer| answer.kind);
    if let Some(kind) = kinds.clone().find(|kind| !asked.contains(kind)) {
        return Err(ErrorKind::Unsolicited(kind).into());
    }
    match kinds.find(|kind| !allowed.contains(kind)) {
        None => Ok(()),
        Some(kind) => Err(misformed(kind)),
    }
}

/// The error of an extension whose form is not that of the message it stands in.
pub(crate) fn misformed(kind: ExtensionType) -> Error {
    IllegalParameter::Extension(kind).into()
}

/// The fault of a group that is not known here.
pub(crate) fn computable(group: NamedGroup) -> Result<crate::crypto::kx::Group, Error> {
    group.group().ok_or_else(|| IllegalParameter::Group.into())
}

/// The certificates in a TLS 1.3 handshake's Certificate, whose context is empty (RFC 9846 §4.5.2).
#[cfg(feature = "tls13")]
pub(crate) fn chain_in_handshake(
    message: crate::messages::tls13::Certificate,
) -> Result<Vec<Vec<u8>>, Error> {
    if !message.certificate_request_context.is_empty() {
        return Err(IllegalParameter::RequestContext.into());
    }
    chain_of(message)
}

/// The certificates in a TLS 1.3 Certificate, whatever its context. No extension beside them was asked
/// for.
#[cfg(feature = "tls13")]
pub(crate) fn chain_of(
    message: crate::messages::tls13::Certificate,
) -> Result<Vec<Vec<u8>>, Error> {
    let mut extensions = message.certificate_list.iter();
    if let Some(answer) = extensions.find_map(|entry| entry.extensions.first()) {
        return Err(ErrorKind::Unsolicited(answer.kind).into());
    }
    let entries = message.certificate_list.into_iter();
    Ok(entries.map(|entry| entry.cert_data).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::AlertDescription;

    /// An RSA key of 1024 bits verifies no PSS here, which says nothing about the signature.
    #[test]
    fn a_key_that_cannot_verify_is_no_wrong_signature() {
        let mut spki = vec![0x30, 0x81, 0x9f];
        spki.extend(*b"\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00");
        spki.extend([0x03, 0x81, 0x8d, 0, 0x30, 0x81, 0x89, 0x02, 0x81, 0x81, 0]);
        spki.extend([0xc5; 128]);
        spki.extend([0x02, 0x03, 1, 0, 1]);
        let key = PublicKey::from_spki_der(&spki).unwrap();
        let mut reporter = Reporter::new(Party::Client, true);
        let scheme = SignatureScheme::RSA_PSS_RSAE_SHA256;
        let kind = CheckKind::KeyExchangeSignature(scheme);
        let section = Section::new(8422, "5.4");
        let outcome = verify_signature(&key, scheme, b"", &[0; 128], kind, section, &mut reporter);
        let error = outcome.unwrap_err();
        assert_eq!(error.kind, ErrorKind::UnusableKey);
        let alert = AlertDescription::UNSUPPORTED_CERTIFICATE;
        assert_eq!(error.alert(), Some(alert));
        assert_eq!(reporter.take(), []);
    }
}
