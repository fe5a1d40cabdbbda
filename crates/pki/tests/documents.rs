//! The field trees of requests, revocation lists, messages, answers of OCSP, and of extensions that
//! few certificates have: that they say what stands there, and tell what is wrong.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "the samples are files; this is a test"
)]

#[expect(dead_code, reason = "the tests of opening use more of it")]
#[path = "open/samples.rs"]
mod samples;

use padlock_pki::card::{
    Answered, BundleCard, CertificateStatus, ListCard, RequestCard, Responder, ResponseCard,
    SubjectName,
};
use padlock_pki::explain::{Kind, Problem, ProblemKind, explain, explain_as, oid};
use padlock_pki::key::KeyError;
use padlock_pki::time::UnixSeconds;
use padlock_wire::{ErrorKind, Node, Section, Value, hex};
use samples::sample;

/// The tree of a sample in which nothing is wrong, and all is decoded.
#[track_caller]
fn sound(kind: Kind, name: &str) -> Node {
    let (tree, problems) = explain_as(kind, &sample(name));
    assert_eq!(problems, [], "{name}");
    assert_eq!(tree.gap(), None, "{name}");
    let undecoded = tree.leaves().find(|leaf| leaf.value == Value::Undecoded);
    assert_eq!(undecoded, None, "{name}");
    tree
}

/// What the nodes of this label say, in order.
fn said(tree: &Node, label: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut stack = vec![tree];
    while let Some(node) = stack.pop() {
        if node.label == label {
            found.push(node.value.to_string());
        }
        stack.extend(node.children.iter().rev());
    }
    found
}

#[track_caller]
fn check(tree: &Node, expected: &[(&str, &[&str])]) {
    for (label, texts) in expected {
        assert_eq!(said(tree, label), *texts, "{label}");
    }
}

#[test]
fn a_certificate_with_every_extension() {
    let tree = sound(Kind::Certificate, "certificate/rich.der");
    check(
        &tree,
        &[
            (
                "SubjectAltName",
                &["a.example, 10.0.0.1, a@b.example, https://x.example/, \
                CN=dir name, 1.2.3.4, userPrincipalName, user@x.example"],
            ),
            ("IssuerAltName", &["i.example"]),
            ("otherName", &["userPrincipalName, user@x.example"]),
            ("registeredID", &["1.2.3.4"]),
            ("certificatePolicies", &["domain-validated, 1.3.5.8"]),
            ("CPSuri", &["http://cps/"]),
            ("UserNotice", &["Org, 1, 2, explicit"]),
            ("noticeNumbers", &["1, 2"]),
            ("Features", &["status_request (5)"]),
            ("PolicyMapping", &["1.2.3, 1.2.4"]),
            (
                "SubjectInfoAccessSyntax",
                &["id-ad-caRepository, http://x/"],
            ),
            ("AuthorityInfoAccessSyntax", &["id-ad-ocsp, http://ocsp/"]),
            ("CRLDistributionPoints", &["http://x/crl"]),
            ("FreshestCRL", &["http://x/delta"]),
            ("permittedSubtrees", &["example"]),
            ("excludedSubtrees", &["10.0.0.0/255.0.0.0"]),
            ("QCStatements", &["QcCompliance, QcType, qct-web"]),
            ("CertificateTemplate", &["1.3.6.1.4.1.311.21.8.1"]),
            ("templateMajorVersion", &["100"]),
            ("netscape-cert-type", &["SSL client, SSL server"]),
            ("KeyUsage", &["digitalSignature, keyAgreement"]),
            ("ExtKeyUsageSyntax", &["id-kp-serverAuth, id-kp-clientAuth"]),
            ("BasicConstraints", &["cA TRUE, pathLenConstraint 1"]),
            ("requireExplicitPolicy", &["0"]),
            ("inhibitPolicyMapping", &["1"]),
            ("InhibitAnyPolicy", &["2"]),
            ("SubjectDirectoryAttributes", &["countryOfCitizenship, DE"]),
            (
                "PrivateKeyUsagePeriod",
                &["2026-01-01 00:00:00 UTC, 2027-01-01 00:00:00 UTC"],
            ),
            ("CABFOrganizationIdentifier", &["NTR, DE, HRB1"]),
        ],
    );
    let extensions = said(&tree, "Extension");
    assert_eq!(extensions.len(), 26);
    for named in [
        "netscape-comment",
        "id-pkix-ocsp-nocheck",
        "precertificatePoison, critical",
        "SignedCertificateTimestampList",
        "certificateTemplate",
        "subjectKeyIdentifier",
    ] {
        assert!(
            extensions.iter().any(|one| one == named),
            "{named}: {extensions:?}"
        );
    }
    for (label, section) in [
        ("CPSuri", Section::new(5280, "4.2.1.4")),
        ("PolicyMappings", Section::new(5280, "4.2.1.5")),
        ("FreshestCRL", Section::new(5280, "4.2.1.15")),
        ("SignedCertificateTimestamp", Section::new(6962, "3.2")),
        ("QCStatements", Section::new(3739, "3.2.6")),
    ] {
        assert_eq!(tree.find(label).unwrap().section, Some(section), "{label}");
    }
}

#[test]
fn timestamps_of_logs() {
    let tree = sound(Kind::Certificate, "certificate/rich.der");
    check(
        &tree,
        &[
            (
                "SignedCertificateTimestampList",
                &["2 timestamps", "2 timestamps"],
            ),
            ("SerializedSCT", &["2026-11-22 00:00:00 UTC", ""]),
            ("sct_version", &["v1", "0x9"]),
            ("timestamp", &["2026-11-22 00:00:00 UTC, 123 ms"]),
            ("hash", &["sha256"]),
            ("another version", &[""]),
        ],
    );
    let algorithm = tree.find("sct_list").unwrap().find("algorithm").unwrap();
    check(algorithm, &[("signature", &["ecdsa"])]);
    let der = sample("certificate/rich.der");
    let id = tree.find("sct_list").unwrap().find("id").unwrap();
    assert_eq!(der[id.range.clone()], (0..32).collect::<Vec<u8>>());
    // A list that is cut off within says so, and the certificate is read all the same.
    let list = tree.find("sct_list").unwrap().range.clone();
    let mut broken = der.clone();
    broken[list.start + 3] += 60;
    let (tree, problems) = explain(&broken);
    assert_eq!(tree.gap(), None);
    let [
        Problem {
            kind: ProblemKind::Structure(ErrorKind::Truncated { .. }),
            at,
        },
    ] = problems[..]
    else {
        panic!("{problems:?}");
    };
    assert!(list.contains(&at));
    assert!(padlock_pki::card::Card::read(&broken).is_ok());
}

/// What is wrong in a policy's qualifier is told, and no reason to refuse the certificate.
#[test]
fn a_broken_qualifier() {
    let der = sample("certificate/rich.der");
    let tree = sound(Kind::Certificate, "certificate/rich.der");
    let notice = tree.find("noticeRef").unwrap().range.clone();
    let mut broken = der;
    broken[notice.start + 2] = 0x02;
    let (_, problems) = explain(&broken);
    assert_ne!(problems, []);
    assert!(problems.iter().all(|problem| notice.contains(&problem.at)));
    assert!(padlock_pki::card::Card::read(&broken).is_ok());
}

#[test]
fn a_request() {
    let der = sample("csr/ec.der");
    let tree = sound(Kind::CertificationRequest, "csr/ec.der");
    check(
        &tree,
        &[
            ("version", &["v1"]),
            ("subject", &["CN=csr.example"]),
            ("subjectPublicKeyInfo", &["id-ecPublicKey, secp256r1"]),
            ("Attribute", &["extensionRequest"]),
            ("SubjectAltName", &["csr.example, ::1"]),
            ("signatureAlgorithm", &["ecdsa-with-SHA256"]),
        ],
    );
    let card = RequestCard::read(&der).unwrap();
    assert_eq!(card.subject.to_string(), "CN=csr.example");
    let names = [
        SubjectName::Dns("csr.example".to_owned()),
        SubjectName::Ip("::1".parse().unwrap()),
    ];
    assert_eq!(card.alternative_names, names);
    assert_eq!(card.public_key.unwrap().to_string(), "ECDSA P-256");
    assert_eq!(card.signature.algorithm, Some("ecdsa-with-SHA256"));
    assert_eq!(RequestCard::read(&der[..der.len() - 1]), None);
    sound(Kind::CertificationRequest, "csr/ed25519.der");
}

#[test]
fn a_request_is_signed_with_its_own_key() {
    for name in ["csr/ec.der", "csr/ed25519.der"] {
        let mut der = sample(name);
        assert_eq!(RequestCard::verify(&der), Ok(()), "{name}");
        // Another name asked for.
        let (tree, _) = explain_as(Kind::CertificationRequest, &der);
        der[tree.find("subject").unwrap().range.end - 1] ^= 1;
        assert!(RequestCard::read(&der).is_some());
        assert_eq!(RequestCard::verify(&der), Err(KeyError::SignatureInvalid));
    }
    assert_eq!(RequestCard::verify(b"0"), Err(KeyError::UnknownFormat));
}

#[test]
fn a_revocation_list() {
    let der = sample("crl/rich.der");
    let tree = sound(Kind::CertificateList, "crl/rich.der");
    check(
        &tree,
        &[
            ("version", &["v2"]),
            ("issuer", &["CN=rich.example,O=Example,C=DE"]),
            ("userCertificate", &["0x77", "0x1234", "0x00de01"]),
            ("CRLReason", &["cACompromise", "keyCompromise"]),
            ("InvalidityDate", &["2026-10-01 00:00:00 UTC"]),
            ("fullName", &["http://x/crl"]),
            ("onlyContainsUserCerts", &["TRUE"]),
            ("onlySomeReasons", &["keyCompromise, cACompromise"]),
            ("CRLNumber", &["511"]),
        ],
    );
    let card = ListCard::read(&der).unwrap();
    assert_eq!(card.issuer.to_string(), "CN=rich.example,O=Example,C=DE");
    assert_eq!(card.number.as_deref(), Some(&[0x01, 0xff][..]));
    let revoked: Vec<_> = card
        .revoked
        .iter()
        .map(|one| (&one.serial_number[..], one.reason))
        .collect();
    let expected: [(&[u8], _); 3] = [
        (&[0x77], Some("cACompromise")),
        (&[0x12, 0x34], Some("keyCompromise")),
        (&[0x00, 0xde, 0x01], None),
    ];
    assert_eq!(revoked, expected);
    assert_eq!(ListCard::read(&der[..der.len() - 1]), None);
    // Extensions without the version that has them, twice; and a version that there is not.
    let version = tree.find("version").unwrap().range.clone();
    let mut other = der.clone();
    other[version.end - 1] = 2;
    let (_, problems) = explain_as(Kind::CertificateList, &other);
    let kind = ProblemKind::Invalid {
        type_name: "Version",
    };
    assert_eq!(
        problems,
        [Problem {
            kind,
            at: version.start
        }]
    );
    let mut without = der;
    without.drain(version);
    for length in [3, 7] {
        without[length] -= 3;
    }
    let (tree, problems) = explain_as(Kind::CertificateList, &without);
    let kind = ProblemKind::NotInVersion {
        field: "extensions",
    };
    let at = |label| tree.find(label).unwrap().range.start;
    let places = [at("crlExtensions"), at("revokedCertificate")];
    assert_eq!(
        problems,
        places.map(|at| Problem {
            kind: kind.clone(),
            at
        })
    );
}

#[test]
fn a_signed_message() {
    let tree = sound(Kind::ContentInfo, "pkcs7/signed.der");
    check(
        &tree,
        &[
            ("contentType", &["id-signedData (1.2.840.113549.1.7.2)"]),
            ("digestAlgorithm", &["id-sha256"]),
            ("signatureAlgorithm", &["ecdsa-with-SHA256"]),
            ("SigningTime", &["2026-11-22 02:07:50 UTC"]),
            ("ContentType", &["id-data (1.2.840.113549.1.7.1)"]),
        ],
    );
    let sid = tree.find("issuerAndSerialNumber").unwrap();
    check(sid, &[("issuer", &["CN=rich.example,O=Example,C=DE"])]);
    let bundle = sound(Kind::ContentInfo, "pkcs7/bundle.der");
    let labels = |label| {
        let list: &Node = bundle.find(label).unwrap();
        list.children[2..]
            .iter()
            .map(|node| node.label.to_string())
            .collect::<Vec<_>>()
    };
    let card = |name: &str| BundleCard::read(&sample(name)).unwrap();
    let bundled = card("pkcs7/bundle.der");
    assert_eq!((bundled.certificates.len(), bundled.lists.len()), (1, 1));
    let der = sample("pkcs7/bundle.der");
    let certificate = &der[bundled.certificates[0].clone()];
    assert!(padlock_pki::card::Card::read(certificate).is_ok());
    assert!(ListCard::read(&der[bundled.lists[0].clone()]).is_some());
    assert_eq!((bundled.signers, bundled.has_content), (0, false));
    assert_eq!(card("pkcs7/signed.der").signers, 1);
    assert_eq!(BundleCard::read(&sample("csr/ec.der")), None);
    assert_eq!(labels("certificates"), ["Certificate"]);
    assert_eq!(labels("crls"), ["CertificateList"]);
    // In BER it is read alike, and told to be BER.
    let (tree, problems) = explain_as(Kind::ContentInfo, &sample("pkcs7/ber.der"));
    assert!(
        problems
            .iter()
            .any(|one| one.kind == ProblemKind::IndefiniteLength)
    );
    check(&tree, &[("digestAlgorithm", &["id-sha256"])]);
}

#[test]
fn an_answer_of_ocsp() {
    let tree = sound(Kind::OcspResponse, "pkcs7/ocsp.der");
    check(
        &tree,
        &[
            ("responseStatus", &["successful"]),
            (
                "responseType",
                &["id-pkix-ocsp-basic (1.3.6.1.5.5.7.48.1.1)"],
            ),
            ("byName", &["CN=rich.example,O=Example,C=DE"]),
            ("serialNumber", &["0x01", "0x02"]),
            ("good", &[""]),
            ("revoked", &["2026-11-01 00:00:00 UTC, keyCompromise"]),
            ("producedAt", &["2026-11-22 02:07:50 UTC"]),
            ("hashAlgorithm", &["id-sha1", "id-sha1"]),
        ],
    );
    assert!(tree.find("Nonce").is_some());
    let der = sample("pkcs7/ocsp.der");
    let Some(ResponseCard::Answer(card)) = ResponseCard::read(&der) else {
        panic!("an answer");
    };
    let Responder::Name(name) = &card.responder else {
        panic!("a name, not {:?}", card.responder);
    };
    assert_eq!(name.to_string(), "CN=rich.example,O=Example,C=DE");
    assert_eq!(card.produced.to_string(), "2026-11-22 02:07:50 UTC");
    let said = |about: &Answered| (about.serial_number.clone(), about.status);
    let revoked = CertificateStatus::Revoked {
        date: UnixSeconds::from_rfc3339("2026-11-01T00:00:00Z").unwrap(),
        reason: Some("keyCompromise"),
    };
    let said: Vec<_> = card.about.iter().map(said).collect();
    let expected = [(vec![1], CertificateStatus::Good), (vec![2], revoked)];
    assert_eq!(said, expected);
    assert_eq!(card.signature.algorithm, Some("ecdsa-with-SHA256"));
    assert_eq!(ResponseCard::read(&der[..der.len() - 1]), None);
    let refusal = ResponseCard::read(&sample("pkcs7/ocsp-unauthorized.der"));
    assert_eq!(
        refusal,
        Some(ResponseCard::Refusal {
            status: 6,
            name: Some("unauthorized")
        })
    );
    let tree = sound(Kind::OcspResponse, "pkcs7/ocsp-unauthorized.der");
    check(&tree, &[("responseStatus", &["unauthorized"])]);
}

#[test]
fn parameters_of_pss() {
    let tree = sound(Kind::Certificate, "certificate/rsa-pss.der");
    let algorithm = tree
        .children
        .iter()
        .find(|node| node.label == "signatureAlgorithm")
        .unwrap();
    check(
        algorithm,
        &[
            ("signatureAlgorithm", &["id-RSASSA-PSS"]),
            ("hashAlgorithm", &["id-sha256"]),
            ("maskGenAlgorithm", &["id-mgf1, id-sha256"]),
            ("saltLength", &["32", "32"]),
        ],
    );
}

/// The kinds of `GeneralName` that OpenSSL does not write, and extensions of revocation lists by
/// themselves.
#[test]
fn values_of_extensions() {
    /// The tree of an extension with this value, as the only one of a certificate's list.
    #[track_caller]
    fn check(oid: &str, value: &str, label: &str, expected: &str) {
        let tlv = |tag: u8, contents: &[u8]| {
            let length = u8::try_from(contents.len()).unwrap();
            assert!(length < 128);
            [&[tag, length], contents].concat()
        };
        let value = tlv(0x04, &hex::decode(value).unwrap());
        let extension = tlv(
            0x30,
            &[tlv(0x06, &hex::decode(oid).unwrap()), value].concat(),
        );
        let request = tlv(
            0x30,
            &[
                hex::decode("0609 2a864886f70d01090e").unwrap(),
                tlv(0x31, &tlv(0x30, &extension)),
            ]
            .concat(),
        );
        let (tree, _) = explain_as(
            Kind::CertificationRequest,
            &tlv(
                0x30,
                &tlv(
                    0x30,
                    &[
                        hex::decode("020100 3000 3000").unwrap(),
                        tlv(0xa0, &request),
                    ]
                    .concat(),
                ),
            ),
        );
        let found = said(&tree, label);
        assert_eq!(found, [expected], "{tree}");
    }
    let san = "551d11";
    check(
        san,
        "3015 a513 a004 0c024341 a10b 0c09416e2045786d706c65",
        "ediPartyName",
        "CA, An Exmple",
    );
    check(san, "3004 a302 0500", "x400Address", "");
    check("551d1d", "3006 8204 612e6465", "CertificateIssuer", "a.de");
    check("551d1b", "020105", "BaseCRLNumber", "5");
    check(
        "551d14",
        "020900ffffffffffffffff",
        "CRLNumber",
        "18446744073709551615",
    );
    check(
        "551d14",
        "020a 00ffffffffffffffffff",
        "CRLNumber",
        "0x00ffffffffffffffffff",
    );
    check("551d15", "0a0107", "CRLReason", "(not used)");
    check(
        "551d17",
        "0607 2a8648ce380203",
        "HoldInstructionCode",
        "1.2.840.10040.2.3",
    );
    check(
        "2b0601050507300106",
        "180f 32303236303130313030303030305a",
        "ArchiveCutoff",
        "2026-01-01 00:00:00 UTC",
    );
    check(
        "2b060104018237140 2".replace(' ', "").as_str(),
        "1e08 0055007300650072",
        "EnrollCertType",
        "User",
    );
    check("2b0601050507011f", "0402abcd", "Authorization", "");
    check(
        "2b06010505070103",
        "3017 3015 0606 04008e460102 300b 1303455552 02010a 020100",
        "QcEuLimitValue",
        "EUR, 10, 0",
    );
}

#[test]
fn algorithms_of_today_and_tomorrow_have_names() {
    let slh = [
        "sha2-128s",
        "sha2-128f",
        "sha2-192s",
        "sha2-192f",
        "sha2-256s",
        "sha2-256f",
        "shake-128s",
        "shake-128f",
        "shake-192s",
        "shake-192f",
        "shake-256s",
        "shake-256f",
    ];
    for (number, parameters) in (20..).zip(slh) {
        let identifier = format!("2.16.840.1.101.3.4.3.{number}");
        let name = format!("id-slh-dsa-{parameters}");
        assert_eq!(oid::name(&identifier), Some(&*name));
    }
    for (identifier, name) in [
        ("1.3.101.110", "id-X25519"),
        ("1.3.101.111", "id-X448"),
        ("1.3.101.112", "id-Ed25519"),
        ("1.3.101.113", "id-Ed448"),
        ("2.16.840.1.101.3.4.3.17", "id-ml-dsa-44"),
        ("2.16.840.1.101.3.4.3.18", "id-ml-dsa-65"),
        ("2.16.840.1.101.3.4.3.19", "id-ml-dsa-87"),
        ("2.23.140.1.1", "ev-guidelines"),
        ("2.23.140.1.2.1", "domain-validated"),
        ("2.23.140.1.2.2", "organization-validated"),
        ("2.23.140.1.2.3", "individual-validated"),
    ] {
        assert_eq!(oid::name(identifier), Some(name));
    }
}

/// As much as 1 MiB holds, taken for everything: work and trees stay within their bounds.
#[test]
fn large_inputs_are_explained() {
    const SIZE: usize = 1 << 20;
    let tlv = |tag: u8, contents: &[u8]| {
        let length = u32::try_from(contents.len()).unwrap().to_be_bytes();
        [&[tag, 0x84], &length[..], contents].concat()
    };
    let many = |piece: &[u8]| tlv(0x30, &piece.repeat(SIZE / piece.len()));
    let name = hex::decode("3105 3003 0603550403 0c0141").unwrap();
    let mut text = tlv(0x0c, &vec![b'a'; SIZE]);
    for _ in 0..40 {
        text = tlv(0x30, &text);
    }
    let timestamps = [&[0xff, 0xff][..], &[0x00, 0x01, 0x09].repeat(0x5555)].concat();
    let list = tlv(
        0x30,
        &[
            hex::decode("060a 2b06010401d679020402").unwrap(),
            tlv(0x04, &tlv(0x04, &timestamps)),
        ]
        .concat(),
    );
    let entries = hex::decode("3012 02010117 0d3236313132323030303030305a").unwrap();
    for input in [
        many(&hex::decode("0603550403").unwrap()),
        many(&[0x06, 0x01, 0x55]),
        many(&name),
        many(&entries),
        many(&list),
        tlv(0x06, &vec![0x81; SIZE]),
        tlv(0x06, &vec![0x55; SIZE]),
        tlv(0x02, &vec![0x7f; SIZE]),
        tlv(0x03, &vec![0xff; SIZE]),
        tlv(0x17, &vec![b'0'; SIZE]),
        text,
    ] {
        for kind in [
            Kind::Certificate,
            Kind::CertificationRequest,
            Kind::CertificateList,
            Kind::ContentInfo,
            Kind::OcspResponse,
            Kind::PublicKey,
            Kind::Other,
        ] {
            let (tree, _) = explain_as(kind, &input);
            assert_eq!((tree.range.clone(), tree.gap()), (0..input.len(), None));
            assert!(tree.leaves().count() < 700_000);
        }
    }
}
