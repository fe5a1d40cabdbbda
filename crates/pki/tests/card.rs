//! The card: that it says what the certificate says, and where.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test; the vectors are files"
)]

#[expect(dead_code, reason = "the tests of the tree use more of it")]
#[path = "explain/vectors.rs"]
mod vectors;

use padlock_pki::card::{Card, CardError, SubjectName};
use padlock_pki::explain::explain;
use padlock_pki::issue::Template;
use padlock_pki::key::KeyKind;
use padlock_pki::{demo, issue, random};
use padlock_wire::Value;

/// A certificate among those to test with; `None` where its folder is absent.
fn named(name: &str) -> Option<Vec<u8>> {
    let mut all = vectors::certificates().into_iter();
    all.find(|(found, _)| found == name).map(|(_, der)| der)
}

#[test]
fn the_eight_things_of_a_shop() {
    let card = Card::read(&named("shop, Rsa").unwrap()).unwrap();
    assert_eq!(card.domain.as_deref(), Some("shop.example"));
    assert_eq!(card.organization.as_deref(), Some("Example Shop"));
    assert_eq!(card.issuing_ca, "Demo Issuing CA");
    let names = ["shop.example", "www.shop.example"];
    let names = names.map(|name| SubjectName::Dns(name.to_owned()));
    assert_eq!(card.alternative_names, names);
    assert_eq!(card.issued.to_string(), "2026-11-15 00:00:00 UTC");
    assert_eq!(card.expires.to_string(), "2027-02-13 00:00:00 UTC");
    assert_eq!(card.public_key, KeyKind::Rsa { bits: 2048 });
    assert_eq!(card.signature.algorithm, Some("ecdsa-with-SHA256"));
    assert_eq!(card.signature.oid, "1.2.840.10045.4.3.2");
    assert!(!card.is_authority);
    let usages = ["digitalSignature", "keyEncipherment"];
    assert_eq!(card.key_usage.as_deref(), Some(&usages[..]));
    let purposes = ["id-kp-serverAuth".to_owned()];
    assert_eq!(card.extended_key_usage.as_deref(), Some(&purposes[..]));
}

#[test]
fn an_authority_and_foreign_certificates() {
    let root = Card::read(&named("root").unwrap()).unwrap();
    assert!(root.is_authority);
    assert_eq!(root.domain.as_deref(), Some("Demo Root CA"));
    assert_eq!(root.issuer, root.subject);
    let Some(der) = named("illustrated-tls12/server.crt") else {
        return;
    };
    let card = Card::read(&der).unwrap();
    // No alternative names: the common name is all there is to show.
    assert_eq!(card.domain.as_deref(), Some("example.ulfheim.net"));
    assert_eq!(card.alternative_names, []);
    assert_eq!(card.organization, None);
    assert_eq!(card.issuing_ca, "Example CA");
    assert_eq!(card.serial_number, 0x155a_92ad_c204_8f90_u64.to_be_bytes());
    assert_eq!(card.signature.value.len(), 256);
    assert_eq!(card.places.alternative_names, None);
    let Some(der) = named("captures-openssl35/ed.pem") else {
        return;
    };
    let card = Card::read(&der).unwrap();
    assert_eq!(card.public_key, KeyKind::Ed25519);
    // The common name is an alternative name too, so it comes before `localhost`.
    assert_eq!(card.domain.as_deref(), Some("ed.test"));
    let address = SubjectName::Ip([127, 0, 0, 1].into());
    assert!(card.alternative_names.contains(&address));
}

#[test]
fn what_is_on_the_card_stands_where_it_says() {
    for (name, der) in vectors::certificates() {
        let card = Card::read(&der).unwrap();
        let (tree, _) = explain(&der);
        let places = &card.places;
        let text = |value: &str| Value::Text(value.to_owned());
        for (place, label, value) in [
            (&places.subject, "subject", text(&card.subject.to_string())),
            (&places.issuer, "issuer", text(&card.issuer.to_string())),
            (&places.issued, "notBefore", text(&card.issued.to_string())),
            (&places.expires, "notAfter", text(&card.expires.to_string())),
            (
                &places.signature_algorithm,
                "signatureAlgorithm",
                text(card.signature.algorithm.unwrap()),
            ),
        ] {
            let path = tree.path_to(place.start);
            let node = path.iter().find(|node| node.label == label).unwrap();
            assert_eq!(node.range, *place, "{name}: {label}");
            assert_eq!(node.value, value, "{name}: {label}");
        }
        let key = tree.find("subjectPublicKeyInfo").unwrap();
        assert_eq!(key.range, places.public_key, "{name}");
        let signature = tree.find("signatureValue").unwrap();
        assert_eq!(signature.range, places.signature, "{name}");
        assert!(der.ends_with(&card.signature.value), "{name}");
    }
}

#[test]
fn a_subject_without_a_domain() {
    let key = demo::Holder::Shop.key(demo::KeyChoice::P256);
    let subject = issue::Subject::new().organization("Nobody in particular");
    let mut template = Template::bare(subject.clone(), vectors::NOW, vectors::NOW + 1);
    template.alternative_names = vec![
        issue::AlternativeName::Email("a@shop.example".to_owned()),
        issue::AlternativeName::Uri("https://shop.example/".to_owned()),
    ];
    let issuer = issue::Issuer {
        subject: &subject,
        key,
        algorithm: padlock_pki::signature::SignatureAlgorithm::EcdsaP256Sha256,
    };
    let mut random = random::Random::new([1; 32]);
    let der = issue::issue(&template, key.public_key(), &issuer, &mut random).unwrap();
    let card = Card::read(&der).unwrap();
    assert_eq!(card.domain, None);
    assert_eq!(card.issuing_ca, "Nobody in particular");
    let names: Vec<_> = card
        .alternative_names
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(names, ["a@shop.example", "https://shop.example/"]);
    assert_eq!(card.key_usage, None);
    assert_eq!(card.extended_key_usage, None);
}

#[test]
fn broken_certificates_have_no_card_but_a_reason() {
    let der = named("shop, P256").unwrap();
    for length in 0..der.len() {
        let error = Card::read(&der[..length]).unwrap_err();
        let CardError::Malformed { problems } = error else {
            panic!("{error}");
        };
        assert!(!problems.is_empty(), "{length}");
    }
    let mut changed = der;
    for index in 0..changed.len() {
        changed[index] ^= 0xff;
        // Whatever it says, it does not panic.
        let _ = Card::read(&changed).map_err(|error| error.to_string());
        changed[index] ^= 0xff;
    }
}
