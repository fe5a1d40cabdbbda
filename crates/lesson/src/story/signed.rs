//! How the signatures of certificates were verified: the hash, and what RSA makes of the signature.

use padlock_pki::certificate;
use padlock_pki::signature::SignatureAlgorithm;
use padlock_pki::verify::{CheckKind, Reason, Source, Verdict};
use padlock_tls::trace::{EventKind, Party};
use padlock_wire::Section;

use super::{Moment, checks, computed::given};
use crate::lesson::Computation;
use crate::text::say;

/// The computations of a step's verdict on certificates, from the end-entity's upwards.
pub(super) fn computations(moment: &Moment<'_>) -> Vec<Computation> {
    let mut all = Vec::new();
    for event in moment.events {
        let EventKind::Certificates(verdict) = &event.kind else {
            continue;
        };
        let signatures = verdict.checks.iter();
        for check in signatures.filter(|check| check.kind == CheckKind::Signature) {
            // Whoever could not verify a signature computed nothing.
            if let Reason::SignatureVerifies { algorithm, .. } = &check.reason
                && let Some((certificate, issuer)) = place(verdict, check.certificate)
            {
                all.extend(hash(event.party, *algorithm, certificate, issuer));
                all.extend(block(event.party, *algorithm, certificate, issuer));
            }
        }
    }
    all
}

/// The hash that is signed.
fn hash(
    by: Party,
    algorithm: SignatureAlgorithm,
    certificate: &[u8],
    issuer: &[u8],
) -> Option<Computation> {
    let hash = algorithm.hash()?;
    let signed = certificate::signed(certificate).ok()?;
    Some(Computation {
        by: vec![by],
        name: None,
        title: say::story_signed_hash(checks::subject(certificate)?),
        purpose: say::story_signed_hash_for(checks::subject(issuer)?, hash.length()),
        inputs: vec![given(
            say::story_input_signed(),
            "tbsCertificate",
            signed.part,
        )],
        formula: format!("{}(tbsCertificate)", hash.name()),
        output: hash.of(signed.part),
        section: Section::new(5280, "4.1.1.3"),
    })
}

/// What RSA makes of a signature (RFC 8017 §8.2.2): with other algorithms there is no block that
/// ends with the hash.
fn block(
    by: Party,
    algorithm: SignatureAlgorithm,
    certificate: &[u8],
    issuer: &[u8],
) -> Option<Computation> {
    use SignatureAlgorithm::{RsaPkcs1Sha256, RsaPkcs1Sha384, RsaPkcs1Sha512};
    if !matches!(algorithm, RsaPkcs1Sha256 | RsaPkcs1Sha384 | RsaPkcs1Sha512) {
        return None;
    }
    let signed = certificate::signed(certificate).ok()?;
    let key = certificate::public_key(issuer).ok()?;
    let issuer = checks::subject(issuer)?;
    Some(Computation {
        by: vec![by],
        name: None,
        title: say::story_signed_block(&issuer),
        purpose: say::story_signed_block_for(&issuer, checks::subject(certificate)?),
        inputs: vec![
            given(
                say::story_input_issuer_key(issuer),
                "(n, e)",
                key.key_bytes(),
            ),
            given(
                say::story_input_signature(),
                "signatureValue",
                signed.signature,
            ),
        ],
        formula: "RSAVP1((n, e), signatureValue) = signatureValue^e mod n".to_owned(),
        output: key.encrypt_raw(signed.signature).ok()?,
        section: Section::new(8017, "8.2.2"),
    })
}

/// The certificate at this place of the chain, and its issuer's, as the path has them.
fn place(verdict: &Verdict, index: usize) -> Option<(&[u8], &[u8])> {
    let sources = verdict.sources.iter();
    let at = sources.take_while(|source| **source != Source::Chain(index));
    let mut from = verdict.path.iter().skip(at.count());
    Some((from.next()?, from.next()?))
}
