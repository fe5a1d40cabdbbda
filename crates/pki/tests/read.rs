//! Reading a certificate: what is read here the crate `x509-cert` reads too, and alike; what it
//! refuses is refused here, at a place.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "the vectors are files; this is a test"
)]

#[path = "read/times.rs"]
mod times;
#[path = "explain/vectors.rs"]
mod vectors;

use std::ops::Range;
use std::sync::LazyLock;

use der::oid::ObjectIdentifier;
use der::{Decode, Encode, ErrorKind};
use padlock_pki::card::Card;
use padlock_pki::explain::{Problem, ProblemKind, explain};
use padlock_pki::issue::{
    AlternativeName, BasicConstraints, ExtendedKeyUsage, Issuer, KeyUsage, NameConstraints,
    Subject, Template, issue,
};
use padlock_pki::random::Random;
use padlock_pki::signature::SignatureAlgorithm;
use padlock_pki::time::UnixSeconds;
use padlock_pki::verify::{CheckKind, KeyUse, Purpose, Reason, Request, verify};
use padlock_pki::{certificate, demo, explain::oid};
use padlock_wire::{Node, hex};
use proptest::prelude::*;
use x509_cert::ext::pkix::{
    self, AuthorityKeyIdentifier, SubjectAltName, SubjectKeyIdentifier, name::GeneralName,
};

/// Whether a verifier can read it; if not, where it has to stop.
#[track_caller]
fn read(der: &[u8]) -> Result<(), Range<usize>> {
    let verdict = verify(&Request {
        chain: &[der],
        anchors: &[],
        name: None,
        now: UnixSeconds(vectors::NOW),
        purpose: Purpose::Server,
        key_use: KeyUse::Signature,
    });
    let check = &verdict.checks[0];
    assert_eq!(check.kind, CheckKind::Readable);
    match &check.reason {
        Reason::Readable { .. } => Ok(()),
        Reason::DuplicateExtension { .. } => Err(check.at.clone().unwrap()),
        Reason::Malformed { problems } => {
            assert!(!problems.is_empty());
            assert!(certificate::subject(der).is_err());
            // What is missing at the end has no byte.
            Err(check.at.clone().unwrap_or(der.len()..der.len()))
        }
        reason => panic!("{reason:?}"),
    }
}

/// What x509-cert refuses though RFC 5280 has it: see the rows below.
fn is_excepted(der: &[u8], error: &der::Error) -> bool {
    let (tree, _) = explain(der);
    let is_early = |label| {
        let date = tree.find(label).unwrap().value.to_string();
        date.as_str() < "1970"
    };
    match error.kind() {
        ErrorKind::OidMalformed | ErrorKind::TagUnknown { .. } => true,
        ErrorKind::DateTime | ErrorKind::Value { .. } => {
            is_early("notBefore") || is_early("notAfter")
        }
        _ => false,
    }
}

/// Whether RFC 5280 or DER forbids what x509-cert lets pass at this place: one of the rules that it
/// leaves out, see the rows below.
fn is_stricter(der: &[u8], place: usize) -> bool {
    let (tree, problems) = explain(der);
    let mut extensions = Vec::new();
    labelled(&tree, "extnID", &mut extensions);
    let mut extensions: Vec<_> = extensions.iter().map(|id| id.value.to_string()).collect();
    let count = extensions.len();
    extensions.sort();
    extensions.dedup();
    // What is missing is missing at the end.
    let is_within = |label: &str, skipped: usize| {
        let mut nodes = Vec::new();
        labelled(&tree, label, &mut nodes);
        let part = |node: &&Node| {
            let parts = node.children.get(skipped).map(|part| part.range.start);
            parts.is_some_and(|start| (start..=node.range.end).contains(&place))
        };
        nodes.iter().any(part)
    };
    // It looks into extensions, values of attributes and parameters of algorithms when it is asked.
    let is_unread = is_within("extnValue", 0)
        || [
            "AttributeTypeAndValue",
            "signature",
            "algorithm",
            "signatureAlgorithm",
        ]
        .iter()
        .any(|label| is_within(label, 3));
    let at_place = |problem: &&Problem| problem.at == place && !problem.kind.is_tolerable();
    let Some(problem) = problems.iter().find(at_place) else {
        // RFC 5280 §4.2: an extension stands once. More than 64 there are not.
        return extensions.len() < count;
    };
    match problem.kind {
        _ if is_unread => true,
        ProblemKind::SerialNumberTooLong | ProblemKind::NotInVersion { .. } => true,
        ProblemKind::Invalid { type_name } => type_name == "OBJECT IDENTIFIER",
        ProblemKind::NotDer { type_name } => {
            ["SET OF", "BIT STRING of whole octets"].contains(&type_name)
        }
        ProblemKind::Missing { field } => ["Extension", "AttributeTypeAndValue"].contains(&field),
        _ => false,
    }
}

/// The nodes with this label.
fn labelled<'n>(node: &'n Node, label: &str, into: &mut Vec<&'n Node>) {
    if node.label == label {
        into.push(node);
    }
    for child in &node.children {
        labelled(child, label, into);
    }
}

/// Reads it both ways; says whether it could be read here.
#[track_caller]
fn compare(der: &[u8]) -> bool {
    let (ours, theirs) = (read(der), x509_cert::Certificate::from_der(der));
    match (ours, theirs) {
        (Err(_), Err(_)) => false,
        (Err(place), Ok(_)) => {
            let (_, problems) = explain(der);
            let what = format!("{problems:?}");
            let is_stricter = is_stricter(der, place.start);
            assert!(is_stricter, "at {place:?}: {what}: {}", hex::encode(der));
            false
        }
        (Ok(()), Err(error)) => {
            assert!(is_excepted(der, &error), "{error}: {}", hex::encode(der));
            true
        }
        (Ok(()), Ok(theirs)) => {
            compare_fields(der, &theirs);
            true
        }
    }
}

#[track_caller]
fn compare_fields(der: &[u8], theirs: &x509_cert::Certificate) {
    let tbs = theirs.tbs_certificate();
    let subject = certificate::subject(der).unwrap();
    // SET OF and defaults are as x509-cert writes them only where they are DER.
    assert_eq!(subject, tbs.subject().to_der().unwrap());
    let (tree, _) = explain(der);
    let part = |label: &str| der[tree.find(label).unwrap().range.clone()].to_vec();
    assert_eq!(
        part("subjectPublicKeyInfo"),
        tbs.subject_public_key_info().to_der().unwrap()
    );
    let Ok(card) = Card::read(der) else {
        // The key is none.
        assert!(certificate::public_key(der).is_err());
        return;
    };
    let issuer = tbs.issuer().to_der().unwrap();
    assert_eq!(der[card.places.issuer.clone()], issuer);
    assert_eq!(card.serial_number, tbs.serial_number().as_bytes());
    let seconds = |time: x509_cert::time::Time| {
        UnixSeconds(i64::try_from(time.to_unix_duration().as_secs()).unwrap())
    };
    assert_eq!(card.issued, seconds(tbs.validity().not_before));
    assert_eq!(card.expires, seconds(tbs.validity().not_after));
    let algorithm = theirs.signature_algorithm();
    assert_eq!(card.signature.oid, dotted(&algorithm.oid));
    assert_eq!(card.signature.value, theirs.signature().raw_bytes());

    let usages = tbs.get_extension::<pkix::KeyUsage>().unwrap();
    let usages = usages.map(|(_, usages)| usages.0.into_iter().count());
    assert_eq!(card.key_usage.as_ref().map(Vec::len), usages);
    let purposes = tbs.get_extension::<pkix::ExtendedKeyUsage>();
    match purposes {
        Ok(purposes) => {
            let named = |oid: &ObjectIdentifier| {
                let oid = dotted(oid);
                oid::name(&oid).map_or(oid, str::to_owned)
            };
            let purposes = purposes.map(|(_, list)| list.0.iter().map(named).collect::<Vec<_>>());
            assert_eq!(card.extended_key_usage, purposes);
        }
        Err(error) => assert!(is_excepted(der, &error), "{error}"),
    }
    let key_identifier = tbs.get_extension::<SubjectKeyIdentifier>();
    assert!(key_identifier.is_ok());
    let issuer_key = tbs.get_extension::<AuthorityKeyIdentifier>();
    assert!(issuer_key.is_ok());
    // It knows no path length beyond 255.
    if let Ok(constraints) = tbs.get_extension::<pkix::BasicConstraints>() {
        let authority = constraints.is_some_and(|(_, constraints)| constraints.ca);
        assert_eq!(card.is_authority, authority);
    }
    if let Ok(names) = tbs.get_extension::<SubjectAltName>() {
        let dns = |name: &GeneralName| match name {
            // What would break a line is shown in figures.
            GeneralName::DnsName(name) => Some(in_figures(name.as_str())),
            _ => None,
        };
        let names = names.iter().flat_map(|(_, names)| names.0.iter());
        let theirs: Vec<_> = names.filter_map(dns).collect();
        let ours = card.alternative_names.iter().filter_map(|name| match name {
            padlock_pki::card::SubjectName::Dns(name) => Some(name.clone()),
            _ => None,
        });
        assert_eq!(ours.collect::<Vec<_>>(), theirs);
    }
}

/// A text of ASCII with its controls written as RFC 4514 writes octets.
fn in_figures(text: &str) -> String {
    let shown = |character: char| match character.is_ascii_control() {
        true => format!("\\{:02X}", u32::from(character)),
        false => character.to_string(),
    };
    text.chars().map(shown).collect()
}

/// The dotted form. The crate const-oid takes numbers of up to 35 bits, but shows 32 of them: there
/// only the bytes are its.
#[track_caller]
fn dotted(identifier: &ObjectIdentifier) -> String {
    let ours = oid::dotted(identifier.as_bytes()).unwrap();
    if ours.split('.').all(|number| number.parse::<u32>().is_ok()) {
        assert_eq!(ours, identifier.to_string());
    }
    ours
}

/// A certificate with every field that can be issued.
fn rich() -> Vec<u8> {
    let subject = Subject::new()
        .country("DE")
        .organization("Example")
        .common_name("a.example");
    let key = demo::Holder::Shop.key(demo::KeyChoice::P256);
    let template = Template {
        alternative_names: vec![
            AlternativeName::Dns("a.example".to_owned()),
            AlternativeName::Ip([192, 0, 2, 1].into()),
            AlternativeName::Email("a@a.example".to_owned()),
            AlternativeName::Uri("https://a.example/".to_owned()),
        ],
        basic_constraints: Some(BasicConstraints {
            authority: true,
            path_length: Some(3),
        }),
        key_usage: vec![KeyUsage::DigitalSignature, KeyUsage::DecipherOnly],
        extended_key_usage: vec![ExtendedKeyUsage::ServerAuth, ExtendedKeyUsage::Any],
        name_constraints: Some(NameConstraints {
            permitted: vec!["example".to_owned()],
            excluded: vec!["b.example".to_owned()],
        }),
        ..Template::bare(subject.clone(), vectors::NOW, 4_102_444_800)
    };
    let issuer = Issuer {
        subject: &subject,
        key,
        algorithm: SignatureAlgorithm::EcdsaP256Sha256,
    };
    issue(
        &template,
        key.public_key(),
        &issuer,
        &mut Random::new([7; 32]),
    )
    .unwrap()
}

/// The certificate with `target` replaced, and the lengths around it as they then must be.
fn replaced(der: &[u8], node: &Node, target: &Range<usize>, by: &[u8]) -> Vec<u8> {
    if node.range == *target {
        return by.to_vec();
    }
    let inside = |children: &[Node]| -> Vec<u8> {
        let parts = children
            .iter()
            .map(|child| replaced(der, child, target, by));
        parts.collect::<Vec<_>>().concat()
    };
    match &node.children[..] {
        [] => der[node.range.clone()].to_vec(),
        [identifier, length, rest @ ..] if length.label == "length" => {
            let contents = inside(rest);
            let mut value = der[identifier.range.clone()].to_vec();
            match contents.len() {
                short @ 0..=0x7f => value.push(u8::try_from(short).unwrap()),
                long => {
                    let octets = u16::try_from(long).unwrap().to_be_bytes();
                    let octets = &octets[usize::from(octets[0] == 0)..];
                    value.push(0x80 | u8::try_from(octets.len()).unwrap());
                    value.extend(octets);
                }
            }
            value.extend(contents);
            value
        }
        children => inside(children),
    }
}

#[test]
fn strictness() {
    let der = rich();
    let (tree, problems) = explain(&der);
    assert_eq!(problems, []);
    /// Who reads it.
    #[derive(Debug, PartialEq)]
    enum By {
        Both,
        Nobody,
        /// x509-cert is laxer.
        Them,
        /// x509-cert is stricter: an exception with a reason.
        Us,
    }
    let mut wrong = Vec::new();
    // The first node with this label becomes what is written, with `..` for what it was.
    let mut check = |label: &str, becomes: &str, expected: By| {
        let target = tree.find(label).unwrap().range.clone();
        let original = hex::encode(&der[target.clone()]);
        let bytes = hex::decode(&becomes.replace("..", &original)).unwrap();
        let changed = replaced(&der, &tree, &target, &bytes);
        let theirs = x509_cert::Certificate::from_der(&changed).is_ok();
        let ours = read(&changed);
        let found = match (&ours, theirs) {
            (Ok(()), true) => By::Both,
            (Err(_), false) => By::Nobody,
            (Err(_), true) => By::Them,
            (Ok(()), false) => By::Us,
        };
        let is_there = match ours {
            Ok(()) => true,
            Err(place) => place
                .start
                .checked_sub(target.start)
                .is_some_and(|place| place <= bytes.len()),
        };
        if found != expected || !is_there {
            wrong.push(format!(
                "{label}: {becomes} by {found:?}, at its place: {is_there}"
            ));
        }
        compare(&changed);
    };
    for (label, becomes, expected) in [
        ("version", "..", By::Both),
        // Version 2 has no extensions, and version 4 is none.
        ("tbsCertificate", "3000", By::Nobody),
        ("version", "a003020103", By::Nobody),
        ("version", "a00402020002", By::Nobody),
        ("version", "a0020200", By::Nobody),
        ("version", "a003040102", By::Nobody),
        // Twenty octets of serial number; not positive is put up with.
        (
            "serialNumber",
            "02147fffffffffffffffffffffffffffffffffffffff",
            By::Both,
        ),
        (
            "serialNumber",
            "021500ffffffffffffffffffffffffffffffffffffffff",
            By::Both,
        ),
        (
            "serialNumber",
            "02157fffffffffffffffffffffffffffffffffffffffff",
            By::Them,
        ),
        (
            "serialNumber",
            "02160100000000000000000000000000000000000000000000",
            By::Nobody,
        ),
        ("serialNumber", "020100", By::Both),
        ("serialNumber", "0201ff", By::Both),
        ("serialNumber", "02020001", By::Nobody),
        ("serialNumber", "0202ffff", By::Nobody),
        ("serialNumber", "0200", By::Nobody),
        ("serialNumber", "0a0101", By::Nobody),
        ("serialNumber", "02810101", By::Nobody),
        ("serialNumber", "02800000", By::Nobody),
        // Algorithms: an identifier, and at most one value.
        ("signature", "3000", By::Nobody),
        ("signature", "30020600", By::Nobody),
        ("signature", "300306012a", By::Both),
        ("signature", "300506012a0500", By::Both),
        ("signature", "300706012a05000500", By::Nobody),
        ("signature", "300506012a0501", By::Nobody),
        ("signature", "300406022a80", By::Nobody),
        ("signature", "300506032a8001", By::Them),
        ("signature", "300606012a9f1f00", By::Them),
        ("signature", "300606012a9f0100", By::Nobody),
        ("signature", "300506012a2400", By::Nobody),
        ("signature", "300506012a1000", By::Nobody),
        ("signature", "300506012a0000", By::Nobody),
        ("signature", "300506012a0f00", By::Nobody),
        ("signature", "310306012a", By::Nobody),
        // The crate const-oid has numbers of 32 bits and 2.0 to 2.39; X.660 knows no such bounds.
        ("signature", "3009060769ffffffffff7f", By::Us),
        ("signature", "30050603883701", By::Us),
        // Names: sets of attributes, in order, none empty.
        ("issuer", "3000", By::Both),
        ("issuer", "30023100", By::Them),
        ("issuer", "300d310b3009060355040313024141", By::Both),
        ("issuer", "300d310b300906035504031c024141", By::Us),
        ("issuer", "300d310b3009060355040319024141", By::Us),
        ("issuer", "300d310b300906035504032c024141", By::Nobody),
        ("issuer", "300b31093007060355040313", By::Nobody),
        ("issuer", "300931073005060355040305", By::Nobody),
        ("issuer", "300f310d300b0603550403130241410500", By::Nobody),
        (
            "issuer",
            "30163114300806035504031301413008060355040313 0142",
            By::Both,
        ),
        (
            "issuer",
            "30163114300806035504031301423008060355040313 0141",
            By::Them,
        ),
        (
            "issuer",
            "30163114300806035504031301413008060355040313 0141",
            By::Them,
        ),
        // Letters that the type has not are put up with.
        ("issuer", "300d310b300906035504031302412a", By::Both),
        ("issuer", "300d310b30090603550403 0c02ffff", By::Both),
        // Times: one form each, and days that the calendar has. Years before 1970 have them too.
        ("notBefore", "170d3236303232383233353935395a", By::Both),
        ("notBefore", "170d3236303232393233353935395a", By::Nobody),
        ("notBefore", "170d3236303232383234303030305a", By::Nobody),
        ("notBefore", "170d3236303232383233353936305a", By::Nobody),
        ("notBefore", "170d3236303232383233353935 392b", By::Nobody),
        ("notBefore", "170b323630323238323335395a", By::Nobody),
        ("notBefore", "180d3236303232383233353935395a", By::Nobody),
        ("notBefore", "180f32303236303232383233353935395a", By::Both),
        (
            "notBefore",
            "180f32303236303232383233353935 3930",
            By::Nobody,
        ),
        (
            "notBefore",
            "1811323032363032323832333539 35392e305a",
            By::Nobody,
        ),
        ("notBefore", "170d3530303232383233353935395a", By::Us),
        ("notBefore", "180f31393639303232383233353935395a", By::Us),
        ("notBefore", "04023030", By::Nobody),
        ("validity", "3000", By::Nobody),
        ("validity", "30..", By::Nobody),
        // The key's algorithm and a bit string, whatever is in it.
        ("subjectPublicKeyInfo", "3000", By::Nobody),
        (
            "subjectPublicKeyInfo",
            "3009300506032b6570 0300",
            By::Nobody,
        ),
        (
            "subjectPublicKeyInfo",
            "300b300506032b6570 03020055",
            By::Both,
        ),
        (
            "subjectPublicKeyInfo",
            "300b300506032b6570 03020850",
            By::Nobody,
        ),
        (
            "subjectPublicKeyInfo",
            "300b300506032b6570 03020450",
            By::Them,
        ),
        (
            "subjectPublicKeyInfo",
            "300d300506032b6570 030200550500",
            By::Nobody,
        ),
        // Unique identifiers and extensions.
        ("extensions", "81020055 82020055..", By::Both),
        ("extensions", "82020055 81020055..", By::Nobody),
        ("extensions", "81020955..", By::Nobody),
        ("extensions", "a1020055..", By::Nobody),
        ("extensions", "....", By::Nobody),
        ("extensions", "a3023000", By::Them),
        ("extensions", "a300", By::Nobody),
        ("extensions", "", By::Both),
        ("Extension", "3009060355040a0402 0500", By::Both),
        ("Extension", "300c060355040a0101000402 0500", By::Both),
        ("Extension", "300c060355040a0101ff0402 0500", By::Both),
        ("Extension", "300c060355040a0101010402 0500", By::Nobody),
        ("Extension", "300b060355040a01000402 0500", By::Nobody),
        ("Extension", "300b060355040a04020500 0500", By::Nobody),
        ("Extension", "3005060355040a", By::Nobody),
        // What nobody knows holds what it likes.
        ("Extension", "300a060355040a0403 300530", By::Both),
        // Known extensions: x509-cert looks into them later than we do.
        ("KeyUsage", "03020780", By::Both),
        ("KeyUsage", "03020680", By::Them),
        ("KeyUsage", "03020080", By::Them),
        ("KeyUsage", "0303070080", By::Both),
        ("KeyUsage", "0303078000", By::Them),
        ("KeyUsage", "03020781", By::Them),
        ("KeyUsage", "03020880", By::Them),
        ("KeyUsage", "0300", By::Them),
        ("KeyUsage", "03020780 0500", By::Them),
        ("ExtKeyUsageSyntax", "3000", By::Them),
        ("ExtKeyUsageSyntax", "30020500", By::Them),
        ("ExtKeyUsageSyntax", "300406022a80", By::Them),
        ("ExtKeyUsageSyntax", "300306012a", By::Both),
        ("BasicConstraints", "3000", By::Both),
        ("BasicConstraints", "3003010100", By::Both),
        ("BasicConstraints", "3003010101", By::Them),
        ("BasicConstraints", "30060101ff020100", By::Both),
        ("BasicConstraints", "30060101ff0201ff", By::Them),
        ("BasicConstraints", "30070101ff02020001", By::Them),
        ("BasicConstraints", "30060201000101ff", By::Them),
        ("SubjectAltName", "3000", By::Them),
        ("SubjectAltName", "30038201 41", By::Both),
        ("SubjectAltName", "30038701 41", By::Them),
        ("SubjectAltName", "30038202 41", By::Them),
        ("SubjectKeyIdentifier", "0400", By::Both),
        ("SubjectKeyIdentifier", "0500", By::Them),
        ("AuthorityKeyIdentifier", "3000", By::Both),
        ("AuthorityKeyIdentifier", "30028000", By::Both),
        ("AuthorityKeyIdentifier", "30028300", By::Them),
        ("AuthorityKeyIdentifier", "0400", By::Them),
        ("NameConstraints", "3002a000", By::Them),
        // The signature: octets, whatever is in them.
        ("signatureValue", "030100", By::Both),
        ("signatureValue", "0300", By::Nobody),
        ("signatureValue", "03020055", By::Both),
        ("signatureValue", "0303003000", By::Both),
        ("signatureValue", "03080030050201010200", By::Both),
        ("signatureValue", "03020450", By::Them),
        ("signatureValue", "230403020055", By::Nobody),
        ("signatureValue", "..0500", By::Nobody),
        ("signatureAlgorithm", "..0500", By::Nobody),
        ("Certificate", "..00", By::Nobody),
        ("Certificate", "", By::Nobody),
    ] {
        check(label, becomes, expected);
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn versions_have_their_fields() {
    let der = rich();
    let (tree, _) = explain(&der);
    let at = |label: &str| tree.find(label).unwrap().range.clone();
    for (version, extensions, expected) in [
        ("", "", true),
        ("", "..", false),
        ("", "81020055", false),
        ("a003020101", "81020055", true),
        ("a003020101", "81020055..", false),
        ("a003020102", "82020055..", true),
        ("a003020102", "", true),
        // What is the default is not written in DER, and is put up with.
        ("a003020100", "", true),
    ] {
        let original = hex::encode(&der[at("extensions")]);
        let extensions = hex::decode(&extensions.replace("..", &original)).unwrap();
        let changed = replaced(&der, &tree, &at("extensions"), &extensions);
        let (tree, _) = explain(&changed);
        let version = hex::decode(version).unwrap();
        let changed = replaced(&changed, &tree, &at("version"), &version);
        assert_eq!(compare(&changed), expected, "{}", hex::encode(&changed));
    }
}

#[test]
fn real_certificates() {
    let mut read = 0;
    let all = vectors::certificates().into_iter();
    for (name, der) in all.chain(vectors::limbo("")) {
        println!("{name}");
        read += usize::from(compare(&der));
    }
    assert!(read >= 6);
}

/// Where the values of DER are in it, from the whole to the smallest.
fn values<'n>(node: &'n Node, into: &mut Vec<&'n Node>) {
    if node
        .children
        .get(1)
        .is_some_and(|child| child.label == "length")
    {
        into.push(node);
    }
    for child in &node.children {
        values(child, into);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Some bytes are not what they were.
    #[test]
    fn changed_bytes(
        which in 0_usize..8,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut der = sample(which);
        for (index, byte) in changes {
            let index = index.index(der.len());
            der[index] = byte;
        }
        compare(&der);
    }

    /// A value is another, and all lengths around it are as they must be.
    #[test]
    fn changed_values(
        which in 0_usize..8,
        value in any::<prop::sample::Index>(),
        identifier in prop_oneof![
            4 => Just(None),
            1 => (0_u8..0x40).prop_map(Some),
            1 => any::<u8>().prop_map(Some),
        ],
        contents in proptest::collection::vec(
            prop_oneof![Just(0_u8), Just(1), Just(0x80), Just(0xff), 0_u8..0x40, any::<u8>()],
            0..24,
        ),
    ) {
        let der = sample(which);
        let (tree, _) = explain(&der);
        let mut all = Vec::new();
        values(&tree, &mut all);
        let target = &value.get(&all).range;
        let mut by = vec![identifier.unwrap_or(der[target.start])];
        by.push(u8::try_from(contents.len()).unwrap());
        by.extend(contents);
        compare(&replaced(&der, &tree, target, &by));
    }

    /// A value is one from another place, or twice there, or not at all.
    #[test]
    fn moved_values(
        which in 0_usize..8,
        from in any::<prop::sample::Index>(),
        to in any::<prop::sample::Index>(),
        times in 0_usize..3,
    ) {
        let der = sample(which);
        let (tree, _) = explain(&der);
        let mut all = Vec::new();
        values(&tree, &mut all);
        let (from, to) = (&from.get(&all).range, &to.get(&all).range);
        let by = match times {
            0 => Vec::new(),
            1 => der[from.clone()].to_vec(),
            _ => der[to.clone()].repeat(2),
        };
        compare(&replaced(&der, &tree, to, &by));
    }
}

/// One of the issued certificates.
fn sample(which: usize) -> Vec<u8> {
    static ALL: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
        let demo = vectors::demo().into_iter().map(|(_, der)| der);
        demo.chain([rich()]).collect()
    });
    ALL[which % ALL.len()].clone()
}
