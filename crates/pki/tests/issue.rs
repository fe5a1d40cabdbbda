//! Issued certificates: what OpenSSL reads in them and thinks of them.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test, of which OpenSSL reads and writes files"
)]

#[path = "keys/openssl.rs"]
mod openssl;

use der::oid::AssociatedOid;
use der::referenced::OwnedToRef;
use der::{Decode, Encode};
use openssl::OpenSsl;
use padlock_pki::demo::{Authority, Condition, Holder, KeyChoice, Spec};
use padlock_pki::digest::Hash;
use padlock_pki::issue::{
    AlternativeName, BasicConstraints, ExtendedKeyUsage, FurtherExtension, IssueError, Issuer,
    KeyUsage, NameConstraints, Subject, Template, issue,
};
use padlock_pki::key::{KeyError, PublicKey};
use padlock_pki::pem;
use padlock_pki::random::Random;
use padlock_pki::signature::SignatureAlgorithm;
use padlock_wire::hex;
use x509_cert::ext::{Criticality, pkix};

/// 2026-11-21 12:00:00 UTC.
const NOW: i64 = 1_795_262_400;

fn certificate(der: &[u8]) -> String {
    pem::encode("CERTIFICATE", der)
}

/// A self-signed certificate after `template`, for a key of the demonstration.
fn self_signed(
    template: &Template,
    choice: KeyChoice,
    algorithm: SignatureAlgorithm,
) -> Result<Vec<u8>, IssueError> {
    let key = Holder::Shop.key(choice);
    let issuer = Issuer {
        subject: &template.subject,
        key,
        algorithm,
    };
    let mut random = Random::new([11; 32]);
    issue(template, key.public_key(), &issuer, &mut random)
}

/// What `openssl x509 -text` prints of the certificate, without the figures of key and signature.
fn text_of(openssl: &OpenSsl, der: &[u8]) -> String {
    openssl.write("certificate.pem", certificate(der));
    openssl.run("x509 -in certificate.pem -noout -text -certopt no_pubkey,no_sigdump")
}

#[test]
fn every_demonstration_certificate_is_judged_as_meant() {
    for authority in KeyChoice::ALL.map(|keys| Authority::with_keys(keys, NOW).unwrap()) {
        every_certificate_of_it_is_judged_as_meant(&authority);
    }
}

fn every_certificate_of_it_is_judged_as_meant(authority: &Authority) {
    for holder in Holder::ALL {
        for key in KeyChoice::ALL {
            for condition in Condition::ALL {
                if key != KeyChoice::Rsa && condition != Condition::Good {
                    continue;
                }
                let spec = Spec {
                    holder,
                    key,
                    condition,
                };
                let identity = authority.identity(spec).unwrap();
                assert_eq!(identity.chain.len(), 2);
                let openssl = OpenSsl::new();
                openssl.write("root.pem", certificate(authority.root()));
                openssl.write("leaf.pem", certificate(&identity.chain[0]));
                openssl.write("issuing.pem", certificate(&identity.chain[1]));
                let purpose = match holder {
                    Holder::Shop | Holder::Payroll => "sslserver",
                    Holder::Hr => "sslclient",
                };
                let judged = openssl.try_run(&format!(
                    "verify -x509_strict -attime {NOW} -purpose {purpose} -verify_hostname {} \
                     -CAfile root.pem -untrusted issuing.pem leaf.pem",
                    holder.name()
                ));
                let expected = match condition {
                    Condition::Good => "leaf.pem: OK",
                    Condition::Expired => "certificate has expired",
                    Condition::NotYetValid => "certificate is not yet valid",
                    Condition::WrongName => "hostname mismatch",
                    Condition::UnknownAuthority => "unable to get local issuer certificate",
                };
                assert_eq!(judged.is_ok(), condition == Condition::Good, "{spec}");
                let printed = judged.unwrap_or_else(|printed| printed);
                assert!(printed.contains(expected), "{spec}: {printed}");

                // The key belongs to the certificate.
                openssl.run("x509 -in leaf.pem -noout -pubkey -out public.pem");
                openssl.run("pkey -pubin -in public.pem -outform DER -out public.der");
                let public = PublicKey::from_spki_der(&openssl.read("public.der"));
                assert_eq!(public.as_ref(), Ok(identity.key.public_key()), "{spec}");
            }
        }
    }
}

#[test]
fn a_server_certificate_says_what_it_should() {
    let identity = Authority::new(NOW)
        .unwrap()
        .identity(Spec::new(Holder::Shop))
        .unwrap();
    let text = text_of(&OpenSsl::new(), &identity.chain[0]);
    for expected in [
        "Version: 3 (0x2)",
        "Signature Algorithm: ecdsa-with-SHA256",
        "Issuer: O = Padlock Demonstration, CN = Demo Issuing CA",
        "Not Before: Nov 14 12:00:00 2026 GMT",
        "Not After : Feb 12 12:00:00 2027 GMT",
        "Subject: O = Example Shop, CN = shop.example",
        "X509v3 Key Usage: critical\n                Digital Signature, Key Encipherment\n",
        "X509v3 Extended Key Usage: \n                TLS Web Server Authentication\n",
        "X509v3 Basic Constraints: critical\n                CA:FALSE\n",
        "DNS:shop.example, DNS:www.shop.example\n",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
}

#[test]
fn the_authorities_say_what_they_should() {
    let authority = Authority::new(NOW).unwrap();
    let openssl = OpenSsl::new();
    let root = text_of(&openssl, authority.root());
    let issuing = text_of(&openssl, authority.issuing());
    for (text, expected) in [
        (
            &root,
            "Issuer: O = Padlock Demonstration, CN = Demo Root CA",
        ),
        (
            &root,
            "Subject: O = Padlock Demonstration, CN = Demo Root CA",
        ),
        (&root, "Not Before: Nov 21 12:00:00 2025 GMT"),
        (&root, "Not After : Nov 19 12:00:00 2035 GMT"),
        (&root, "CA:TRUE\n"),
        (
            &issuing,
            "Issuer: O = Padlock Demonstration, CN = Demo Root CA",
        ),
        (&issuing, "CN = Demo Issuing CA"),
        (&issuing, "CA:TRUE, pathlen:0\n"),
        (
            &issuing,
            "X509v3 Key Usage: critical\n                Certificate Sign, CRL Sign\n",
        ),
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    assert!(!root.contains("Authority Key Identifier"));
    let unknown = Authority::unknown(NOW).unwrap();
    assert!(text_of(&openssl, unknown.root()).contains("CN = Unknown Root CA"));
}

/// Shared links promise the same bytes; here they are pinned for one date, on every machine.
#[test]
fn demonstration_certificates_are_reproducible() {
    let fingerprints_by = |keys, now| {
        let authority = Authority::with_keys(keys, now).unwrap();
        let chain = authority.identity(Spec::new(Holder::Shop)).unwrap().chain;
        [authority.root(), &chain[1], &chain[0]].map(|der| hex::encode(&Hash::Sha256.of(der)[..8]))
    };
    let fingerprints = |now| fingerprints_by(KeyChoice::P256, now);
    assert_eq!(
        fingerprints(NOW),
        ["7cf3f133b2e46e45", "4645d30c6ac1119e", "95b61b02467f28b6"]
    );
    assert_eq!(
        fingerprints_by(KeyChoice::Rsa, NOW),
        ["a9ab77f0c50b58b5", "407c51ea0eb22163", "a507b8b38c0d590e"]
    );
    assert_eq!(fingerprints(NOW), fingerprints(NOW));
    assert_ne!(fingerprints(NOW), fingerprints(NOW + 1));
}

#[test]
fn dates_at_the_ends_of_time_are_refused_or_issued() {
    for now in [0, -1, i64::MIN, i64::MAX, 253_402_300_799] {
        assert!(matches!(Authority::new(now), Err(IssueError::Date { .. })));
    }
    // Across 2050, where UTCTime gives way to GeneralizedTime (RFC 5280 §4.1.2.5).
    let authority = Authority::new(2_500_000_000).unwrap();
    let openssl = OpenSsl::new();
    let text = text_of(&openssl, authority.root());
    assert!(
        text.contains("Not Before: Mar 22 04:26:40 2048 GMT"),
        "{text}"
    );
    let parsed = openssl.run("asn1parse -in certificate.pem");
    assert!(
        parsed.contains("UTCTIME           :480322042640Z"),
        "{parsed}"
    );
    assert!(
        parsed.contains("GENERALIZEDTIME   :20580320042640Z"),
        "{parsed}"
    );
}

#[test]
fn every_algorithm_issues() {
    let template = Template::authority(Subject::new().common_name("Self"), NOW, NOW + 86_400);
    let mut issued = 0;
    for algorithm in SignatureAlgorithm::ALL {
        for choice in KeyChoice::ALL {
            let kind = Holder::Shop.key(choice).kind();
            let result = self_signed(&template, choice, algorithm);
            if !algorithm.fits(kind) {
                let wrong = KeyError::WrongAlgorithm {
                    key: kind,
                    algorithm,
                };
                assert_eq!(result, Err(IssueError::Key(wrong)));
                continue;
            }
            let openssl = OpenSsl::new();
            openssl.write("self.pem", certificate(&result.unwrap()));
            openssl.run(&format!(
                "verify -check_ss_sig -attime {NOW} -CAfile self.pem self.pem"
            ));
            issued += 1;
        }
    }
    assert_eq!(issued, 11);
}

#[test]
fn every_field_can_be_set() {
    let mut template = Template::bare(
        Subject::new()
            .country("XX")
            .locality("Zürich")
            .organization("Comma, Equals= and + plus")
            .organizational_unit("Unit")
            .common_name("everything"),
        NOW + 10,
        NOW,
    );
    template.serial_number = Some(vec![0x80, 1, 2]);
    template.alternative_names = vec![
        AlternativeName::Dns("*.example".to_owned()),
        AlternativeName::Ip([192, 0, 2, 1].into()),
        AlternativeName::Ip([0x2001, 0xdb8, 0, 0, 0, 0, 0, 1].into()),
        AlternativeName::Email("mail@example".to_owned()),
        AlternativeName::Uri("https://example/".to_owned()),
    ];
    template.basic_constraints = Some(BasicConstraints {
        authority: true,
        path_length: Some(3),
    });
    template.key_usage = vec![
        KeyUsage::DigitalSignature,
        KeyUsage::NonRepudiation,
        KeyUsage::KeyEncipherment,
        KeyUsage::DataEncipherment,
        KeyUsage::KeyAgreement,
        KeyUsage::KeyCertSign,
        KeyUsage::CrlSign,
        KeyUsage::EncipherOnly,
        KeyUsage::DecipherOnly,
    ];
    template.extended_key_usage = vec![
        ExtendedKeyUsage::ServerAuth,
        ExtendedKeyUsage::ClientAuth,
        ExtendedKeyUsage::CodeSigning,
        ExtendedKeyUsage::EmailProtection,
        ExtendedKeyUsage::OcspSigning,
        ExtendedKeyUsage::Any,
        ExtendedKeyUsage::Other("1.2.3.4".parse().unwrap()),
    ];
    template.name_constraints = Some(NameConstraints {
        permitted: vec!["example".to_owned()],
        excluded: vec!["bad.example".to_owned()],
    });
    template.further_extensions = vec![FurtherExtension {
        identifier: "1.2.3.5".parse().unwrap(),
        critical: true,
        value: vec![5, 0],
    }];
    let der = self_signed(&template, KeyChoice::Ed25519, SignatureAlgorithm::Ed25519).unwrap();
    let openssl = OpenSsl::new();
    let text = text_of(&openssl, &der);
    for expected in [
        "Serial Number: 8388866 (0x800102)",
        "Signature Algorithm: ED25519",
        "Not Before: Nov 21 12:00:10 2026 GMT",
        "Not After : Nov 21 12:00:00 2026 GMT",
        "C = XX, L = Z\\C3\\BCrich, O = \"Comma, Equals= and + plus\", OU = Unit, CN = everything",
        "DNS:*.example, IP Address:192.0.2.1, IP Address:2001:DB8:0:0:0:0:0:1, \
         email:mail@example, URI:https://example/\n",
        "X509v3 Basic Constraints: critical\n                CA:TRUE, pathlen:3\n",
        "Digital Signature, Non Repudiation, Key Encipherment, Data Encipherment, Key Agreement, \
         Certificate Sign, CRL Sign, Encipher Only, Decipher Only\n",
        "TLS Web Server Authentication, TLS Web Client Authentication, Code Signing, \
         E-mail Protection, OCSP Signing, Any Extended Key Usage, 1.2.3.4\n",
        "Permitted:\n                  DNS:example\n                Excluded:\n                  \
         DNS:bad.example\n",
        "1.2.3.5: critical\n",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }

    // RFC 5280 §4.2.1.2 (1): both identifiers are the SHA-1 of the key.
    let key = Holder::Shop.key(KeyChoice::Ed25519).public_key();
    let identifier = hex::encode(&Hash::Sha1.of(key.key_bytes()));
    let plain = text.replace(':', "").to_lowercase();
    assert_eq!(plain.matches(&identifier).count(), 2, "{text}");
}

/// The values of extensions and whether they are critical, against the types of x509-cert.
#[test]
fn extensions_are_written_as_x509_cert_writes_them() {
    #[track_caller]
    fn check<E: AssociatedOid + Criticality + Decode<'static, Error = der::Error> + Encode>(
        certificate: &'static x509_cert::Certificate,
    ) {
        let tbs = certificate.tbs_certificate();
        let all = tbs.extensions().unwrap();
        let ours = all.iter().find(|one| one.extn_id == E::OID).unwrap();
        let read = E::from_der(ours.extn_value.as_bytes()).unwrap();
        assert_eq!(read.to_der().unwrap(), ours.extn_value.as_bytes());
        assert_eq!(ours.critical, read.criticality(tbs.subject(), &[]));
    }
    for (subject, usages) in [
        (
            Subject::new().common_name("test"),
            &[KeyUsage::DecipherOnly][..],
        ),
        (Subject::new(), &[KeyUsage::CrlSign, KeyUsage::KeyCertSign]),
        (Subject::new(), &[KeyUsage::EncipherOnly]),
    ] {
        for (authority, path_length) in [(true, Some(0)), (true, Some(200)), (false, None)] {
            let template = Template {
                key_usage: usages.to_vec(),
                extended_key_usage: vec![ExtendedKeyUsage::ServerAuth, ExtendedKeyUsage::Any],
                basic_constraints: Some(BasicConstraints {
                    authority,
                    path_length,
                }),
                alternative_names: vec![
                    AlternativeName::Dns("a.example".to_owned()),
                    AlternativeName::Ip([192, 0, 2, 1].into()),
                    AlternativeName::Ip([0x2001, 0xdb8, 0, 0, 0, 0, 0, 1].into()),
                    AlternativeName::Email("mail@example".to_owned()),
                    AlternativeName::Uri("https://example/".to_owned()),
                ],
                name_constraints: Some(NameConstraints {
                    permitted: vec!["a".to_owned(), "b".to_owned()],
                    excluded: vec!["c".to_owned()],
                }),
                ..Template::bare(subject.clone(), NOW, NOW)
            };
            let algorithm = SignatureAlgorithm::EcdsaP256Sha256;
            let der = self_signed(&template, KeyChoice::P256, algorithm).unwrap();
            let certificate = x509_cert::Certificate::from_der(&der).unwrap();
            assert_eq!(certificate.to_der().unwrap(), der);
            let certificate = Box::leak(Box::new(certificate));
            check::<pkix::KeyUsage>(certificate);
            check::<pkix::ExtendedKeyUsage>(certificate);
            check::<pkix::BasicConstraints>(certificate);
            check::<pkix::SubjectKeyIdentifier>(certificate);
            check::<pkix::AuthorityKeyIdentifier>(certificate);
            check::<pkix::SubjectAltName>(certificate);
            check::<pkix::NameConstraints>(certificate);
            let key = certificate.tbs_certificate().subject_public_key_info();
            let identifier = pkix::SubjectKeyIdentifier::try_from(key.owned_to_ref()).unwrap();
            let found = certificate
                .tbs_certificate()
                .get_extension::<pkix::SubjectKeyIdentifier>();
            assert_eq!(found.unwrap(), Some((false, identifier)));
        }
    }
}

#[test]
fn a_bare_certificate_has_no_extensions_at_all() {
    let mut template = Template::bare(Subject::new(), NOW, NOW);
    template.subject_key_identifier = false;
    template.authority_key_identifier = false;
    let der = self_signed(
        &template,
        KeyChoice::P384,
        SignatureAlgorithm::EcdsaP384Sha384,
    );
    let text = text_of(&OpenSsl::new(), &der.unwrap());
    assert!(!text.contains("X509v3"), "{text}");
}

#[test]
fn fields_without_an_encoding_are_refused_with_words() {
    #[track_caller]
    fn check(change: impl FnOnce(&mut Template), expected: &str) {
        let mut template = Template::bare(Subject::new().common_name("test"), NOW, NOW);
        change(&mut template);
        let refused = self_signed(
            &template,
            KeyChoice::P256,
            SignatureAlgorithm::EcdsaP256Sha256,
        );
        assert_eq!(refused.unwrap_err().to_string(), expected);
    }
    check(
        |template| template.not_before = -1,
        "a certificate's dates lie between 1970 and 9999, -1 s since 1970 do not",
    );
    check(
        |template| template.serial_number = Some(vec![1; 21]),
        "a serial number is a positive number of at most 20 bytes",
    );
    check(
        |template| template.alternative_names = vec![AlternativeName::Dns("zürich.example".into())],
        "the name \"zürich.example\" has characters that a certificate cannot hold there; \
         write international domain names in their ASCII form (xn--…)",
    );
    check(
        |template| {
            template.name_constraints = Some(NameConstraints {
                permitted: vec!["ö".into()],
                excluded: vec![],
            });
        },
        "the name \"ö\" has characters that a certificate cannot hold there; \
         write international domain names in their ASCII form (xn--…)",
    );
}
