//! Whether a certificate that somebody brought along would be believed, and what a refusal becomes.

use std::ops::Range;

use padlock_pki::certificate;
use padlock_pki::explain::explain;
use padlock_pki::time::UnixSeconds;
use padlock_pki::verify::{
    Called, Check, CheckKind, Demands, KeyUse, Outcome, Policy, Purpose, Reason, Request, Source,
    Verdict, verify_with,
};
use padlock_tls::codes::AlertDescription;
use padlock_tls::error::{Error, ErrorKind};

use crate::lesson::CheckRow;
use crate::story::{alerts, checks};
use crate::text::Text;

/// What is asked.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Question {
    /// The certificates in DER: first the one that is judged.
    pub chain: Vec<Vec<u8>>,
    /// Those that are trusted.
    pub anchors: Vec<Vec<u8>>,
    /// The name that was to be reached, if one is expected.
    pub name: Option<String>,
    /// The moment.
    pub now: UnixSeconds,
    /// Whose certificate it is.
    pub purpose: Purpose,
    /// What certificates should be like.
    pub policy: Policy,
    /// Lists of revoked certificates.
    pub crls: Vec<Vec<u8>>,
    /// Responses about revocation.
    pub ocsp_responses: Vec<Vec<u8>>,
}

/// The answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Every check, in the order in which they decide.
    pub checks: Vec<CheckRow>,
    /// The bytes that each of them is about, where it is about some.
    pub places: Vec<Option<Place>>,
    /// What decides, if the certificate is refused.
    pub refusal: Option<Refusal>,
    /// The name of the trusted root that its path leads to, if it leads to one.
    pub anchor: Option<String>,
}

/// The bytes that a check is about.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Place {
    /// The certificate's place in [`Question::chain`].
    pub certificate: usize,
    /// What the check says of its bytes.
    at: At,
}

#[derive(Clone, Debug, Eq, PartialEq)]
enum At {
    /// These are the ones.
    These(Range<usize>),
    /// An extension that is not there, or all of them.
    Extensions,
    /// All of the certificate.
    All,
}

impl Place {
    fn of(check: &Check) -> Option<Self> {
        let at = match (check.at.clone(), check.kind) {
            (Some(range), _) => At::These(range),
            (None, _) if check.outcome == Outcome::NotReached => return None,
            // An anchor's certificate need not be one of those at hand.
            (None, _) if matches!(check.source, Source::Anchor(_)) => return None,
            (
                None,
                CheckKind::CertificationAuthority
                | CheckKind::PathLength
                | CheckKind::KeyCertSign
                | CheckKind::KeyUsage
                | CheckKind::ExtendedKeyUsage
                | CheckKind::Name
                | CheckKind::NameConstraints
                | CheckKind::CriticalExtensions,
            ) => At::Extensions,
            (None, _) => At::All,
        };
        let certificate = check.certificate;
        Some(Self { certificate, at })
    }

    /// Where they are in that certificate, whose DER this is.
    #[must_use]
    pub fn range(&self, der: &[u8]) -> Range<usize> {
        let whole = 0..der.len();
        match &self.at {
            At::These(range) => range.clone(),
            At::Extensions => {
                let (tree, _) = explain(der);
                tree.find("extensions")
                    .map_or(whole, |node| node.range.clone())
            }
            At::All => whole,
        }
    }
}

/// A refusal.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// The check that decides.
    pub check: CheckRow,
    /// The alert that ends a handshake over it.
    pub alert: Option<Alert>,
    /// What others call it.
    pub called: Option<Called>,
}

/// An alert of TLS.
#[derive(Clone, Debug, PartialEq)]
pub struct Alert {
    /// Its name in the standard.
    pub name: String,
    /// Its number.
    pub number: u8,
    /// What it means.
    pub meaning: Text,
}

/// The checks of a verdict in words; `chain` are the certificates that it is about.
#[must_use]
pub fn rows(verdict: &Verdict, chain: &[Vec<u8>]) -> Vec<CheckRow> {
    checks::of_certificates(verdict, chain)
}

impl Question {
    /// Makes every check.
    #[must_use]
    pub fn judge(&self) -> Judgement {
        let [chain, anchors, crls, ocsp_responses] =
            [&self.chain, &self.anchors, &self.crls, &self.ocsp_responses]
                .map(|all| all.iter().map(Vec::as_slice).collect::<Vec<_>>());
        let request = Request {
            chain: &chain,
            anchors: &anchors,
            name: self.name.as_deref(),
            now: self.now,
            purpose: self.purpose,
            key_use: key_use(chain.first().copied().unwrap_or_default()),
        };
        let demands = Demands {
            policy: self.policy,
            crls: &crls,
            ocsp_responses: &ocsp_responses,
            // No handshake took place in which a response could have come along.
            asks_for_status: false,
            max_intermediates: None,
        };
        let verdict = verify_with(&request, &demands);
        let rows = rows(&verdict, &self.chain);
        let places = verdict.checks.iter().map(Place::of).collect();
        let decides = verdict
            .failure()
            .and_then(|failed| verdict.checks.iter().position(|check| check == failed));
        let refusal = decides.and_then(|at| {
            let check = verdict.checks.get(at)?;
            Some(Refusal {
                check: rows.get(at)?.clone(),
                alert: alert(check),
                called: check.called(),
            })
        });
        let anchor = verdict.checks.iter().find_map(|check| match &check.reason {
            Reason::ReachesAnchor { anchor, .. } => Some(checks::short(anchor)),
            _ => None,
        });
        Judgement {
            checks: rows,
            places,
            refusal,
            anchor,
        }
    }
}

/// What the key is to do depends on the handshake; a certificate whose key may only encipher is for
/// those of the old kind.
fn key_use(end_entity: &[u8]) -> KeyUse {
    let allows = |key_use| certificate::allows(end_entity, key_use);
    match !allows(KeyUse::Signature) && allows(KeyUse::Encipherment) {
        true => KeyUse::Encipherment,
        false => KeyUse::Signature,
    }
}

/// The alert by which Padlock's own parties end a handshake over this check.
fn alert(check: &Check) -> Option<Alert> {
    let kind = ErrorKind::Certificate(check.reason.failure()?);
    let alert: AlertDescription = Error { kind, at: None }.alert()?;
    Some(Alert {
        name: alert.to_string(),
        number: alert.0,
        meaning: alerts::meaning(alert),
    })
}
