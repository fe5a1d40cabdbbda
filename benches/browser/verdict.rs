//! What it costs to read and judge a chain of three certificates, with rustls-webpki beside it; the
//! same natively is `cargo bench -p padlock-pki --bench verdict`.

use padlock_pki::demo::{Authority, Holder, KeyChoice, Spec};
use padlock_pki::explain::explain;
use padlock_pki::time::UnixSeconds;
use padlock_pki::verify::{Demands, KeyUse, Policy, Purpose, Request, verify_with};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use wasm_bindgen_test::{Criterion, wasm_bindgen_bench};
use webpki::{EndEntityCert, KeyUsage};

use super::cases::NOW;
use super::measure::{Times, compare, number, table};

#[wasm_bindgen_bench]
fn verdicts(_: &mut Criterion) {
    let head = [
        "",
        "every field's tree",
        "verdict",
        "by the web's policy",
        "rustls-webpki",
        "ratio",
    ];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    rows.extend([KeyChoice::Rsa, KeyChoice::P256].map(row));
    table(
        "A chain of three certificates, in milliseconds: median (least)",
        &rows,
    );
}

fn row(keys: KeyChoice) -> Vec<String> {
    let chain = chain(keys);
    let times = compare([
        Box::new(|| chain.iter().for_each(|der| drop(explain(der)))),
        Box::new(|| judge(&chain, Policy::Rfc5280)),
        Box::new(|| judge(&chain, Policy::WebPki)),
        Box::new(|| judge_by_webpki(&chain)),
    ]);
    let [_, ours, _, theirs] = &times;
    let ratio = number(ours.median() / theirs.median());
    let mut cells = vec![keys.name().to_owned()];
    cells.extend(times.iter().map(Times::cell));
    cells.push(ratio);
    cells
}

/// The end-entity's, the authority's, the root's.
fn chain(keys: KeyChoice) -> Vec<Vec<u8>> {
    let authority = Authority::with_keys(keys, NOW).expect("the date has room around it");
    let spec = Spec {
        key: keys,
        ..Spec::new(Holder::Shop)
    };
    let identity = authority.identity(spec).expect("the authority can issue");
    let mut chain = identity.chain;
    chain.push(authority.root().to_vec());
    chain
}

fn judge(chain: &[Vec<u8>], policy: Policy) {
    let all: Vec<&[u8]> = chain.iter().map(Vec::as_slice).collect();
    let request = Request {
        chain: &all[..2],
        anchors: &all[2..],
        name: Some(Holder::Shop.name()),
        now: UnixSeconds(NOW),
        purpose: Purpose::Server,
        key_use: KeyUse::Signature,
    };
    let demands = Demands {
        policy,
        ..Demands::default()
    };
    let verdict = verify_with(&request, &demands);
    assert!(verdict.is_accepted(), "{:?}", verdict.failure());
}

fn judge_by_webpki(chain: &[Vec<u8>]) {
    let [end_entity, issuing, root] = [0, 1, 2].map(|at| CertificateDer::from(&*chain[at]));
    let anchor = webpki::anchor_from_trusted_cert(&root).expect("it is a root");
    let end_entity = EndEntityCert::try_from(&end_entity).expect("it is a certificate");
    let now = std::time::Duration::from_secs(NOW.unsigned_abs());
    end_entity
        .verify_for_usage(
            webpki::ALL_VERIFICATION_ALGS,
            &[anchor],
            &[issuing],
            UnixTime::since_unix_epoch(now),
            KeyUsage::server_auth(),
            None,
            None,
        )
        .expect("the chain is good");
    let name = ServerName::try_from(Holder::Shop.name()).expect("a name of DNS");
    end_entity
        .verify_is_valid_for_subject_name(&name)
        .expect("it is the name");
}
