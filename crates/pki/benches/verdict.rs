//! What it costs to read and judge a chain of three certificates: `cargo bench -p padlock-pki
//! --bench verdict`.
//!
//! rustls-webpki judges the same in the same run, as the yardstick: parse, path, signatures, dates,
//! purposes and the name. It reports the first thing that is wrong and keeps nothing to show.

use divan::Bencher;
use padlock_pki::demo::{Authority, Holder, KeyChoice, Spec};
use padlock_pki::explain::explain;
use padlock_pki::time::UnixSeconds;
use padlock_pki::verify::{
    Demands, KeyUse, Policy, Purpose, Request, Verdict, verify, verify_with,
};
use rustls_pki_types::{CertificateDer, ServerName, UnixTime};
use webpki::{EndEntityCert, KeyUsage};

fn main() {
    divan::main();
}

const NOW: i64 = 1_795_000_000;
const NAME: &str = "shop.example";
const ALL: [KeyChoice; 2] = [KeyChoice::Rsa, KeyChoice::P256];

/// The end-entity's, the authority's, the root's.
fn chain(keys: KeyChoice) -> Vec<Vec<u8>> {
    let authority = Authority::with_keys(keys, NOW).expect("it can be issued");
    let mut spec = Spec::new(Holder::Shop);
    spec.key = keys;
    let mut chain = authority.identity(spec).expect("it can be issued").chain;
    chain.push(authority.root().to_vec());
    chain
}

fn judge(chain: &[Vec<u8>], judge: impl FnOnce(&Request<'_>) -> Verdict) -> Verdict {
    let all: Vec<&[u8]> = chain.iter().map(Vec::as_slice).collect();
    let verdict = judge(&Request {
        chain: &all[..2],
        anchors: &all[2..],
        name: Some(NAME),
        now: UnixSeconds(NOW),
        purpose: Purpose::Server,
        key_use: KeyUse::Signature,
    });
    assert!(verdict.is_accepted(), "{:?}", verdict.failure());
    verdict
}

/// All of it: the tree of every field of the three, and the verdict.
#[divan::bench(args = ALL.map(KeyChoice::name))]
fn tree_and_verdict(bencher: Bencher<'_, '_>, keys: &str) {
    let chain = chain(named(keys));
    bencher.bench_local(|| {
        let trees: Vec<_> = chain.iter().map(|der| explain(der)).collect();
        (trees, judge(&chain, verify))
    });
}

#[divan::bench(args = ALL.map(KeyChoice::name))]
fn verdict(bencher: Bencher<'_, '_>, keys: &str) {
    let chain = chain(named(keys));
    bencher.bench_local(|| judge(&chain, verify));
}

#[divan::bench(args = ALL.map(KeyChoice::name))]
fn verdict_by_the_policy_of_the_web(bencher: Bencher<'_, '_>, keys: &str) {
    let chain = chain(named(keys));
    let demands = Demands {
        policy: Policy::WebPki,
        ..Demands::default()
    };
    bencher.bench_local(|| judge(&chain, |request| verify_with(request, &demands)));
}

#[divan::bench(args = ALL.map(KeyChoice::name))]
fn webpki_verdict(bencher: Bencher<'_, '_>, keys: &str) {
    let chain = chain(named(keys));
    bencher.bench_local(|| {
        let ders: Vec<_> = chain
            .iter()
            .map(|der| CertificateDer::from(der.as_slice()))
            .collect();
        let anchors = [webpki::anchor_from_trusted_cert(&ders[2]).expect("it is one")];
        let end_entity = EndEntityCert::try_from(&ders[0]).expect("it is one");
        let now = std::time::Duration::from_secs(NOW.unsigned_abs());
        end_entity
            .verify_for_usage(
                webpki::ALL_VERIFICATION_ALGS,
                &anchors,
                &ders[1..2],
                UnixTime::since_unix_epoch(now),
                KeyUsage::server_auth(),
                None,
                None,
            )
            .expect("the chain is good");
        let name = ServerName::try_from(NAME).expect("it is a name");
        end_entity
            .verify_is_valid_for_subject_name(&name)
            .expect("the name is right");
    });
}

fn named(keys: &str) -> KeyChoice {
    let found = ALL.into_iter().find(|one| one.name() == keys);
    found.expect("one of all")
}
