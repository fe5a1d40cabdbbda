//! A chain, anchors, lists and responses from anywhere, judged.
//!
//! The first byte of an input says what is asked; what follows are pieces: a byte for what it is,
//! two for its length, and the piece. As signatures end most paths early, the pieces may be signed
//! anew, by the key that all parties of the corpus' own world have.

use padlock_pki::demo::{Holder, KeyChoice};
use padlock_pki::key::PrivateKey;
use padlock_pki::random::Random;
use padlock_pki::signature::SignatureAlgorithm;
use padlock_pki::signed::Signed;
use padlock_pki::time::UnixSeconds;
use padlock_pki::verify::revocation::Status;
use padlock_pki::verify::{
    Check, CheckKind, Demands, KeyUse, Outcome, Policy, Purpose, Reason, Request, Source, Verdict,
    verify_with,
};

#[path = "../support/tlv.rs"]
mod tlv;

pub(crate) use tlv::{sequence, tlv};

/// The moment of the corpus: 2026-11-21 12:00:00 UTC.
pub(crate) const NOW: i64 = 1_795_262_400;
pub(crate) const NAME: &str = "shop.example";

/// The bits of the first byte.
pub(crate) const WEB: u8 = 1;
pub(crate) const CLIENT: u8 = 2;
pub(crate) const ENCIPHERS: u8 = 4;
pub(crate) const ASKS_FOR_STATUS: u8 = 8;
pub(crate) const NAMELESS: u8 = 16;
pub(crate) const SIGNED_ANEW: u8 = 32;

/// What a piece is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Piece {
    Chain,
    Anchor,
    List,
    Response,
}

const PIECES: [Piece; 4] = [Piece::Chain, Piece::Anchor, Piece::List, Piece::Response];

/// An input.
pub(crate) fn written(asked: u8, pieces: &[(Piece, &[u8])]) -> Vec<u8> {
    let mut input = vec![asked];
    for (piece, der) in pieces {
        let kind = PIECES.iter().position(|one| one == piece);
        input.extend(kind.and_then(|kind| u8::try_from(kind).ok()));
        let length = u16::try_from(der.len()).unwrap_or(u16::MAX);
        input.extend(length.to_be_bytes());
        input.extend(*der);
    }
    input
}

/// The key of everybody in the corpus' own world.
pub(crate) fn key() -> &'static PrivateKey {
    Holder::Shop.key(KeyChoice::Ed25519)
}

/// This content, signed by that key.
pub(crate) fn signed(content: &[u8], more: &[u8]) -> Vec<u8> {
    let algorithm = SignatureAlgorithm::Ed25519;
    let signature = key().sign(algorithm, content, &mut Random::new([1; 32]));
    let bits = tlv(3, &[&[0], &signature.unwrap_or_default()]);
    sequence(&[content, &algorithm.to_algorithm_identifier(), &bits, more])
}

/// Signed anew, if it is signed at all; a response within what holds it.
fn anew(piece: Piece, der: &[u8]) -> Vec<u8> {
    let resigned = |der: &[u8]| Signed::read(der).map(|old| signed(old.message, &[]));
    let new = match piece {
        Piece::Response => answer(der).and_then(resigned).map(|new| response(&new)),
        _ => resigned(der),
    };
    new.unwrap_or_else(|| der.to_vec())
}

/// What precedes a `BasicOCSPResponse`, the lengths left out.
const BASIC: [u8; 11] = [6, 9, 0x2b, 6, 1, 5, 5, 7, 0x30, 1, 1];

/// An `OCSPResponse` that holds this `BasicOCSPResponse`.
pub(crate) fn response(basic: &[u8]) -> Vec<u8> {
    let bytes = sequence(&[&BASIC, &tlv(4, &[basic])]);
    sequence(&[&[0x0a, 1, 0], &tlv(0xa0, &[&bytes])])
}

/// The `BasicOCSPResponse` in a response.
fn answer(der: &[u8]) -> Option<&[u8]> {
    let kind = der
        .windows(BASIC.len())
        .position(|window| window == BASIC)?;
    let string = der.get(kind + BASIC.len()..)?;
    match string {
        [4, 0..=0x7f, basic @ ..] | [4, 0x81, _, basic @ ..] | [4, 0x82, _, _, basic @ ..] => {
            Some(basic)
        }
        _ => None,
    }
}

pub(crate) fn judge(input: &[u8]) {
    is_accepted(input);
}

/// The same; says whether the chain was believed.
pub(crate) fn is_accepted(input: &[u8]) -> bool {
    let Some((&asked, mut rest)) = input.split_first() else {
        return false;
    };
    let is_asked = |bit: u8| asked & bit != 0;
    let mut pieces = PIECES.map(|_| Vec::new());
    while let [kind, high, low, after @ ..] = rest {
        let length = usize::from(u16::from_be_bytes([*high, *low])).min(after.len());
        let (der, next) = after.split_at(length);
        let kind = usize::from(kind % 4);
        pieces[kind].push(match is_asked(SIGNED_ANEW) {
            true => anew(PIECES[kind], der),
            false => der.to_vec(),
        });
        rest = next;
    }
    let [chain, anchors, lists, responses] = pieces
        .each_ref()
        .map(|all| all.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let request = Request {
        chain: &chain,
        anchors: &anchors,
        name: (!is_asked(NAMELESS)).then_some(NAME),
        now: UnixSeconds(NOW),
        purpose: match is_asked(CLIENT) {
            true => Purpose::Client,
            false => Purpose::Server,
        },
        key_use: match is_asked(ENCIPHERS) {
            true => KeyUse::Encipherment,
            false => KeyUse::Signature,
        },
    };
    let demands = Demands {
        policy: match is_asked(WEB) {
            true => Policy::WebPki,
            false => Policy::Rfc5280,
        },
        crls: &lists,
        ocsp_responses: &responses,
        asks_for_status: is_asked(ASKS_FOR_STATUS),
        max_intermediates: None,
    };
    let verdict = verify_with(&request, &demands);
    for check in &verdict.checks {
        sound(check, &request);
    }
    if verdict.is_accepted() {
        accepted(&verdict, &request, &demands);
    }
    verdict.is_accepted()
}

/// A check speaks of something that is there, and has words.
fn sound(check: &Check, request: &Request<'_>) {
    assert!(check.certificate < request.chain.len().max(1), "{check:?}");
    if let (Source::Chain(index), Some(at)) = (check.source, &check.at) {
        assert!(request.chain[index].get(at.clone()).is_some(), "{check:?}");
    }
    assert!(!check.reason.to_string().is_empty());
    let fails = check.reason.failure().is_some();
    match check.outcome {
        Outcome::Passed => assert!(!fails, "{check:?}"),
        Outcome::Failed => {
            assert!(fails, "{check:?}");
            let _ = check.called();
        }
        Outcome::Noted | Outcome::NotReached => {}
    }
}

/// Nobody is believed without an anchor, nor against what was asked.
fn accepted(verdict: &Verdict, request: &Request<'_>, demands: &Demands<'_>) {
    assert!(matches!(verdict.sources.first(), Some(Source::Chain(0))));
    assert!(matches!(verdict.sources.last(), Some(Source::Anchor(_))));
    for (source, der) in verdict.sources.iter().zip(&verdict.path) {
        let given = match source {
            Source::Chain(index) => request.chain[*index],
            Source::Anchor(index) => request.anchors[*index],
        };
        assert_eq!(given, der);
    }
    let evidence = demands.crls.len() + demands.ocsp_responses.len();
    let mut checks = verdict.checks.iter();
    let status = checks.find(|check| check.kind == CheckKind::Revocation && check.certificate == 0);
    if evidence > 0 {
        let reason = status.map(|check| &check.reason);
        assert!(matches!(
            reason,
            Some(Reason::Revocation(Status::Good { .. }))
        ));
    }
}
