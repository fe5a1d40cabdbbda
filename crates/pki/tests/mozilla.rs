//! The roots that Mozilla trusts: of many authorities, made over many years.

use padlock_pki::card::Card;
use padlock_pki::explain::Kind;
use padlock_pki::read::open;
use padlock_pki::time::UnixSeconds;
use padlock_pki::verify::{CheckKind, KeyUse, Outcome, Purpose, Request, Source, verify};
use webpki_root_certs::TLS_SERVER_ROOT_CERTS;

const NOW: UnixSeconds = UnixSeconds(1_795_285_800);

/// As the page gets them: one after the other.
#[test]
fn are_read_from_one_file() {
    let roots = TLS_SERVER_ROOT_CERTS;
    let file: Vec<u8> = roots.iter().flat_map(|root| root.iter().copied()).collect();
    let opened = open(&file);
    assert_eq!(opened.faults, []);
    assert_eq!(opened.items.len(), roots.len());
    for (item, root) in opened.items.iter().zip(roots) {
        assert_eq!(item.kind(), Some(Kind::Certificate));
        assert_eq!(item.der(), root.as_ref());
        assert!(Card::read(item.der()).is_ok());
    }
}

/// As anchors, each vouches for itself; and nobody else does.
#[test]
fn are_anchors() {
    let anchors: Vec<&[u8]> = TLS_SERVER_ROOT_CERTS.iter().map(AsRef::as_ref).collect();
    for root in &anchors {
        let chain = [*root];
        let path = |anchors: &[&[u8]]| {
            let verdict = verify(&Request {
                chain: &chain,
                anchors,
                name: None,
                now: NOW,
                purpose: Purpose::Server,
                key_use: KeyUse::Signature,
            });
            let mut checks = verdict.checks.iter();
            let path = checks.find(|check| check.kind == CheckKind::PathToAnchor);
            (path.unwrap().outcome, verdict.sources.last().copied())
        };
        let (outcome, end) = path(&anchors);
        let Some(Source::Anchor(at)) = end else {
            panic!("{:?} leads to {end:?}", Card::read(root).unwrap().subject);
        };
        assert_eq!((outcome, anchors[at]), (Outcome::Passed, *root));
        let others: Vec<&[u8]> = anchors.iter().filter(|one| *one != root).copied().collect();
        let (outcome, end) = path(&others);
        assert_eq!((outcome, end), (Outcome::Failed, Some(Source::Chain(0))));
    }
}
