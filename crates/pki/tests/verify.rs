//! Verdicts: a good chain, spoilt in one way after another, judged by us, OpenSSL and
//! rustls-webpki. Where the three differ the row says why.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test; OpenSSL reads files"
)]

#[path = "verify/constraints.rs"]
mod constraints;
#[path = "verify/judges.rs"]
mod judges;
#[path = "keys/openssl.rs"]
mod openssl;
#[path = "verify/world.rs"]
mod world;

use padlock_pki::demo::{Holder, KeyChoice};
use padlock_pki::explain::explain;
use padlock_pki::issue::{
    AlternativeName, ExtendedKeyUsage, FurtherExtension, KeyUsage, NameConstraints, Template,
};
use padlock_pki::key::PrivateKey;
use padlock_pki::signature::SignatureAlgorithm;
use padlock_pki::verify::{CheckKind, Failure, KeyUse, Outcome, Purpose, Reason, Source};
use padlock_wire::hex;
use world::{
    Case, DAY, ENCIPHERS, NOW, Party, World, authority, constraints, names, party, server,
};

/// Judges by all three. `openssl`: 0 or the number of its error; `webpki`: nothing or its error.
#[track_caller]
fn check(what: &str, case: &Case, expected: Option<Failure>, openssl: u32, webpki: &str) {
    let verdict = case.verdict();
    let found = verdict.failure().map(|check| check.reason.to_string());
    assert_eq!(verdict.failure_kind(), expected, "{what}: {found:?}");
    let theirs = case.ask(judges::openssl).err().unwrap_or(0);
    assert_eq!(theirs, openssl, "{what}: OpenSSL");
    let called = verdict.failure().and_then(|check| check.called()?.openssl);
    if let (Some((name, number)), true) = (called, openssl > 0) {
        assert_eq!(u32::from(number), openssl, "{what}: {name}");
    }
    let theirs = case.ask(judges::webpki).err().unwrap_or_default();
    assert_eq!(theirs, webpki, "{what}: webpki");
}

#[test]
fn good_chains() {
    let world = World::new();
    let good = world.good();
    check("good", &good, None, 0, "");
    let case = Case {
        name: None,
        ..good.clone()
    };
    check("no name asked for", &case, None, 0, "");
    let mut case = good.clone();
    case.chain.insert(1, world.root.root());
    check("the root before the intermediate", &case, None, 0, "");
    let mut case = good.clone();
    let other = party("Other", "other");
    case.chain
        .splice(1..1, [other.root(), case.chain[0].clone()]);
    check(
        "unrelated and repeated certificates between",
        &case,
        None,
        0,
        "",
    );
    let mut case = good.clone();
    case.anchors
        .splice(0..0, [other.root(), b"not a certificate".to_vec()]);
    assert!(
        case.verdict().is_accepted(),
        "an anchor that is none is passed over"
    );
    let case = world.shop(|shop| shop.key_usage.clear());
    check("no key usage", &case, None, 0, "");
    let case = world.shop(|shop| shop.extended_key_usage.clear());
    check("no extended key usage", &case, None, 0, "");
    let case = world.shop(|shop| shop.basic_constraints = None);
    check(
        "no basic constraints in the end entity's",
        &case,
        None,
        0,
        "",
    );
    let case = world.issuing(|issuing| issuing.key_usage.clear());
    check("no key usage in the issuer's", &case, None, 0, "");
    let case =
        world.issuing(|issuing| issuing.extended_key_usage = vec![ExtendedKeyUsage::ServerAuth]);
    check("the issuer's restricted to the purpose", &case, None, 0, "");
}

#[test]
fn every_kind_of_signature() {
    let world = World::new();
    let keys = [
        (KeyChoice::Rsa, SignatureAlgorithm::RsaPkcs1Sha256),
        (KeyChoice::Rsa, SignatureAlgorithm::RsaPkcs1Sha384),
        (KeyChoice::Rsa, SignatureAlgorithm::RsaPkcs1Sha512),
        (KeyChoice::Rsa, SignatureAlgorithm::RsaPssSha256),
        (KeyChoice::Rsa, SignatureAlgorithm::RsaPssSha384),
        (KeyChoice::Rsa, SignatureAlgorithm::RsaPssSha512),
        (KeyChoice::P256, SignatureAlgorithm::EcdsaP256Sha256),
        (KeyChoice::P256, SignatureAlgorithm::EcdsaP256Sha384),
        (KeyChoice::P384, SignatureAlgorithm::EcdsaP384Sha256),
        (KeyChoice::P384, SignatureAlgorithm::EcdsaP384Sha384),
        (KeyChoice::Ed25519, SignatureAlgorithm::Ed25519),
    ];
    for (key, algorithm) in keys {
        let root = Party {
            name: "Root",
            key: Holder::Shop.key(key).clone(),
            algorithm,
        };
        let world = World {
            root,
            ..World::new()
        };
        let case = world.good();
        check(algorithm.name(), &case, None, 0, "");
        let mut case = case;
        *case.chain[1].last_mut().unwrap() ^= 1;
        let spoilt = case.verdict();
        assert_eq!(
            spoilt.failure_kind(),
            Some(Failure::BadSignature),
            "{algorithm}"
        );
    }
    drop(world);
}

/// OpenSSL's command asks for no strength unless it is told to; rustls-webpki judges the keys that
/// sign, which to it are of no kind that it knows.
#[test]
fn short_keys() {
    let openssl = openssl::OpenSsl::new();
    openssl.run("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out key.pem");
    let text = String::from_utf8(openssl.read("key.pem")).unwrap();
    let short = |name| Party {
        name,
        key: PrivateKey::from_pem(&text).unwrap(),
        algorithm: SignatureAlgorithm::RsaPkcs1Sha256,
    };
    let weak = Some(Failure::WeakKey);
    let refused = "InvalidSignatureForPublicKey";
    let ([shop, issuing, root], world) =
        (["shop.example", "Issuing", "Root"].map(short), World::new());
    let of_shop = World {
        shop,
        ..World::new()
    };
    let of_issuing = World {
        issuing,
        ..World::new()
    };
    let of_root = World { root, ..world };
    for (world, certificate, webpki) in [
        (of_shop, 0, ""),
        (of_issuing, 1, refused),
        (of_root, 1, refused),
    ] {
        let case = world.good();
        check("1024 bits", &case, weak, 0, webpki);
        let verdict = case.verdict();
        let failed: Vec<_> = verdict
            .checks
            .iter()
            .filter(|check| check.outcome == Outcome::Failed)
            .collect();
        let [only] = failed[..] else {
            panic!("{failed:?}");
        };
        assert_eq!(only.kind, CheckKind::KeyStrength);
        assert_eq!(only.certificate, certificate);
        assert!(matches!(
            &only.reason,
            Reason::KeyTooShort { bits: 1024, .. }
        ));
    }
}

#[test]
fn paths() {
    let world = World::new();
    let unknown = Some(Failure::UnknownIssuer);
    let other_root = party("Other Root", "root");
    let case = Case {
        anchors: vec![other_root.root()],
        ..world.good()
    };
    check("another root", &case, unknown, 20, "UnknownIssuer");
    let namesake = party("Root", "another root");
    let case = Case {
        anchors: vec![namesake.root()],
        ..world.good()
    };
    // webpki does not look at key identifiers.
    check(
        "a namesake of the root",
        &case,
        unknown,
        20,
        "InvalidSignatureForPublicKey",
    );
    let case = Case {
        anchors: vec![namesake.root()],
        ..world.issuing(|issuing| issuing.authority_key_identifier = false)
    };
    let bad = Some(Failure::BadSignature);
    check(
        "a namesake, no identifier",
        &case,
        bad,
        7,
        "InvalidSignatureForPublicKey",
    );
    let mut case = world.good();
    case.anchors.insert(0, namesake.root());
    check("a namesake and the root", &case, None, 0, "");
    let mut case = world.good();
    case.chain.pop();
    check("no intermediate", &case, unknown, 20, "UnknownIssuer");
    let case = Case {
        anchors: vec![],
        ..world.good()
    };
    assert_eq!(case.verdict().failure_kind(), unknown, "no anchor at all");
    let mut case = world.good();
    case.chain.push(world.root.root());
    case.anchors = vec![other_root.root()];
    check(
        "a root that nobody trusts",
        &case,
        unknown,
        19,
        "UnknownIssuer",
    );
    let verdict = case.verdict();
    assert!(matches!(
        verdict.failure().unwrap().reason,
        Reason::SelfSigned { .. }
    ));

    let alone = world.shop.issues(&server(&world.shop), &world.shop);
    let case = Case {
        chain: vec![alone.clone()],
        ..world.good()
    };
    check("signed by itself", &case, unknown, 18, "UnknownIssuer");
    let case = Case {
        anchors: vec![alone.clone()],
        ..case
    };
    check("signed by itself, and trusted", &case, None, 0, "");

    // Its last letter was changed: nobody trusts it, as before, and its signature is seen to fail.
    let mut changed = alone;
    *changed.last_mut().unwrap() ^= 1;
    let verdict = Case {
        chain: vec![changed],
        ..world.good()
    }
    .verdict();
    assert_eq!(verdict.failure_kind(), unknown);
    let failed = verdict.checks.iter();
    let failed: Vec<_> = failed
        .filter(|check| check.outcome == Outcome::Failed)
        .map(|check| &check.reason)
        .collect();
    assert!(
        matches!(
            failed[..],
            [
                Reason::IssuerUnknown { is_own: true, .. },
                Reason::SignatureDoesNotVerify { .. }
            ]
        ),
        "{failed:?}"
    );

    // The issuing authority has two certificates: one has expired, the other comes from elsewhere.
    let mut case = world.issuing(|issuing| issuing.not_after = NOW - DAY);
    case.anchors.push(other_root.root());
    let cross = Party {
        name: "Other Root",
        ..world.root.clone()
    };
    case.chain
        .push(cross.issues(&authority(&world.issuing), &world.issuing));
    assert_eq!(
        case.verdict().sources,
        [Source::Chain(0), Source::Chain(2), Source::Anchor(1)]
    );
    // OpenSSL prefers certificates that are valid as well.
    check("cross-signed", &case, None, 0, "");
}

#[test]
fn signatures() {
    let world = World::new();
    let bad = Some(Failure::BadSignature);
    let mut case = world.good();
    *case.chain[0].last_mut().unwrap() ^= 1;
    check(
        "a bit of the signature",
        &case,
        bad,
        7,
        "InvalidSignatureForPublicKey",
    );
    let mut case = world.good();
    let place = case.chain[0]
        .windows(4)
        .rposition(|window| window == b"shop")
        .unwrap();
    case.chain[0][place] = b'S';
    check(
        "a letter of the name",
        &case,
        bad,
        7,
        "InvalidSignatureForPublicKey",
    );
    // The algorithm outside says SHA-384, the one that is signed SHA-256.
    let mut case = world.good();
    let sha256 = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
    let place = case.chain[0]
        .windows(8)
        .rposition(|window| window == sha256)
        .unwrap();
    case.chain[0][place + 7] = 0x03;
    check(
        "algorithms that differ",
        &case,
        bad,
        7,
        "SignatureAlgorithmMismatch",
    );
    let reason = case.verdict().failure().unwrap().reason.clone();
    assert_eq!(reason, Reason::AlgorithmsDiffer);
}

#[test]
fn dates() {
    let world = World::new();
    let (expired, early) = (Some(Failure::Expired), Some(Failure::NotYetValid));
    for (what, days, seconds, expected, openssl, webpki) in [
        ("the first second", -10, 0, None, 0, ""),
        ("the second before", -10, -1, early, 9, "CertNotValidYet"),
        // notAfter itself is included (RFC 5280 §4.1.2.5); OpenSSL takes it for the end.
        ("the last second", 80, 0, None, 10, ""),
        ("the second before", 80, -1, None, 0, ""),
        ("the second after", 80, 1, expired, 10, "CertExpired"),
    ] {
        let now = NOW + days * DAY + seconds;
        check(
            what,
            &Case {
                now,
                ..world.good()
            },
            expected,
            openssl,
            webpki,
        );
    }
    let case = world.issuing(|issuing| issuing.not_after = NOW - DAY);
    check(
        "an intermediate that expired",
        &case,
        expired,
        10,
        "CertExpired",
    );
    let case = world.issuing(|issuing| issuing.not_before = NOW + DAY);
    check(
        "an intermediate too early",
        &case,
        early,
        9,
        "CertNotValidYet",
    );
    let mut root = authority(&world.root);
    root.not_after = NOW - DAY;
    let case = Case {
        anchors: vec![world.root.issues(&root, &world.root)],
        ..world.good()
    };
    // RFC 5280 §6.1.1 (d): an anchor is a name and a key. OpenSSL checks its dates all the same.
    check("an anchor that expired", &case, None, 10, "");
}

#[test]
fn authorities() {
    let world = World::new();
    let not_ca = Some(Failure::NotCa);
    let case = world.issuing(|issuing| issuing.basic_constraints = constraints(false, None));
    check(
        "an issuer that is no authority",
        &case,
        not_ca,
        79,
        "EndEntityUsedAsCa",
    );
    let case = world.issuing(|issuing| issuing.basic_constraints = None);
    check(
        "an issuer that does not say",
        &case,
        not_ca,
        79,
        "EndEntityUsedAsCa",
    );
    let case = world.issuing(|issuing| issuing.key_usage = vec![KeyUsage::DigitalSignature]);
    // webpki does not look at key usages.
    check("an issuer that may not sign", &case, not_ca, 79, "");

    // The shop uses its own certificate to issue one for somebody else.
    let mut case = world.good();
    let victim = party("bank.example", "bank");
    let mut forged = server(&victim);
    forged.alternative_names = names(&["bank.example"]);
    case.chain.insert(0, world.shop.issues(&forged, &victim));
    case.name = Some("bank.example");
    check(
        "a leaf used as an authority",
        &case,
        not_ca,
        79,
        "EndEntityUsedAsCa",
    );

    let case = world.issuing(|issuing| issuing.basic_constraints = constraints(true, Some(0)));
    check("path length 0, none follows", &case, None, 0, "");
    // Root → Issuing (path length 0) → Second → shop
    let second = party("Second", "second");
    let mut case = world.issuing(|issuing| issuing.basic_constraints = constraints(true, Some(0)));
    case.chain[0] = second.issues(&server(&world.shop), &world.shop);
    case.chain
        .push(world.issuing.issues(&authority(&second), &second));
    let too_long = Some(Failure::PathTooLong);
    check(
        "path length 0, one follows",
        &case,
        too_long,
        25,
        "PathLenConstraintViolated",
    );
    // Root → Issuing (path length 0) → Issuing with a new key → shop: self-issued ones do not count.
    let renewed = party("Issuing", "renewed");
    let mut case = world.issuing(|issuing| issuing.basic_constraints = constraints(true, Some(0)));
    case.chain[0] = renewed.issues(&server(&world.shop), &world.shop);
    case.chain
        .push(world.issuing.issues(&authority(&renewed), &renewed));
    // webpki counts them, and of the two authorities with that name it reports the other one.
    let webpki = "InvalidSignatureForPublicKey";
    check("one follows with the same name", &case, None, 0, webpki);
}

#[test]
fn usages() {
    let world = World::new();
    let wrong = Some(Failure::WrongKeyUsage);
    let rsa = Party {
        name: "shop.example",
        key: Holder::Shop.key(KeyChoice::Rsa).clone(),
        algorithm: SignatureAlgorithm::RsaPkcs1Sha256,
    };
    let rsa = World {
        shop: rsa,
        ..World::new()
    };
    let enciphers = |case| Case {
        key_use: KeyUse::Encipherment,
        ..case
    };
    // Neither OpenSSL's command nor webpki knows what the key is to do.
    let case = rsa.shop(|shop| shop.key_usage = ENCIPHERS.to_vec());
    check("encipherment, to sign", &case, wrong, 0, "");
    check("encipherment, to encipher", &enciphers(case), None, 0, "");
    check(
        "a signature, to encipher",
        &enciphers(rsa.good()),
        wrong,
        0,
        "",
    );
    let case = rsa.shop(|shop| shop.key_usage.clear());
    check("anything, to encipher", &enciphers(case), None, 0, "");
    let case = world.shop(|shop| shop.key_usage.clear());
    check("an ECDSA key, to encipher", &enciphers(case), wrong, 0, "");
    let case = world.shop(|shop| shop.key_usage = vec![KeyUsage::KeyCertSign]);
    check("neither", &case, wrong, 26, "");

    let wrong = Some(Failure::WrongExtendedKeyUsage);
    let required = "RequiredEkuNotFoundContext";
    let client = |case| Case {
        purpose: Purpose::Client,
        name: None,
        ..case
    };
    let purposes = |purposes: &[ExtendedKeyUsage]| {
        world.shop(|shop| shop.extended_key_usage = purposes.to_vec())
    };
    let case = purposes(&[ExtendedKeyUsage::ClientAuth]);
    check("a client's, as a server's", &case, wrong, 26, required);
    check("a client's, as a client's", &client(case), None, 0, "");
    check(
        "a server's, as a client's",
        &client(world.good()),
        wrong,
        26,
        required,
    );
    let both = [ExtendedKeyUsage::ClientAuth, ExtendedKeyUsage::ServerAuth];
    check("both", &client(purposes(&both)), None, 0, "");
    check(
        "any",
        &purposes(&[ExtendedKeyUsage::Any]),
        wrong,
        26,
        required,
    );
    let case =
        world.issuing(|issuing| issuing.extended_key_usage = vec![ExtendedKeyUsage::CodeSigning]);
    check("an issuer for code", &case, wrong, 26, required);
}

#[test]
fn host_names() {
    let world = World::new();
    let mismatch = Some(Failure::NameMismatch);
    let other = "CertNotValidForName";
    for (presented, name, expected, openssl, webpki) in [
        (&["shop.example"][..], "shop.example", None, 0, ""),
        (&["Shop.EXAMPLE"], "sHop.example", None, 0, ""),
        (&["a.example", "shop.example"], "shop.example", None, 0, ""),
        (&["shop.example"], "www.shop.example", mismatch, 62, other),
        (&["www.shop.example"], "shop.example", mismatch, 62, other),
        (&["*.shop.example"], "www.shop.example", None, 0, ""),
        (&["*.shop.example"], "shop.example", mismatch, 62, other),
        (
            &["*.shop.example"],
            "a.www.shop.example",
            mismatch,
            62,
            other,
        ),
        // OpenSSL still takes a wildcard within a label, which RFC 9525 §6.3 no longer allows.
        (&["w*.shop.example"], "www.shop.example", mismatch, 0, other),
        (&["www.*.example"], "www.shop.example", mismatch, 62, other),
        (&["*.example"], "shop.example", mismatch, 62, other),
        (&["192.0.2.1"], "192.0.2.1", None, 0, ""),
        (&["2001:db8::1"], "2001:db8:0::1", None, 0, ""),
        (&["192.0.2.1"], "192.0.2.2", mismatch, 64, other),
        (&["shop.example"], "192.0.2.1", mismatch, 64, other),
    ] {
        let case = world.shop(|shop| shop.alternative_names = names(presented));
        let case = Case {
            name: Some(name),
            ..case
        };
        let what = format!("{presented:?} for {name}");
        check(&what, &case, expected, openssl, webpki);
    }
    let case = world.shop(|shop| shop.alternative_names.clear());
    // OpenSSL's command still looks at the common name where there is no alternative name.
    check("only a common name", &case, mismatch, 0, other);
    let reason = &case.verdict().failure().unwrap().reason.clone();
    let common_name = Some("shop.example".to_owned());
    assert!(
        matches!(reason, Reason::NoAlternativeNames { common_name: found, .. } if *found == common_name)
    );
    let case = Case {
        name: Some("shop example"),
        ..world.good()
    };
    assert_eq!(case.verdict().failure_kind(), mismatch, "what is no name");
}

#[test]
fn critical_extensions() {
    let world = World::new();
    let unknown = Some(Failure::UnknownCriticalExtension);
    let extension = |critical| FurtherExtension {
        identifier: "1.3.6.1.4.1.99999.1".parse().unwrap(),
        critical,
        value: vec![0x05, 0x00],
    };
    let case = world.shop(|shop| shop.further_extensions = vec![extension(false)]);
    check("not critical", &case, None, 0, "");
    let case = world.shop(|shop| shop.further_extensions = vec![extension(true)]);
    check(
        "critical",
        &case,
        unknown,
        34,
        "UnsupportedCriticalExtension",
    );
    let case = world.issuing(|issuing| issuing.further_extensions = vec![extension(true)]);
    check(
        "critical, the issuer's",
        &case,
        unknown,
        34,
        "UnsupportedCriticalExtension",
    );
}
