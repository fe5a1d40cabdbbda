//! What is read against what OpenSSL reads.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test, of which OpenSSL reads and writes files"
)]

#[path = "keys/openssl.rs"]
mod openssl;
#[expect(dead_code, reason = "the tests of opening use more of it")]
#[path = "open/samples.rs"]
mod samples;
#[path = "explain/vectors.rs"]
mod vectors;

use openssl::OpenSsl;
use padlock_pki::card::{ListCard, RequestCard, SubjectName};
use padlock_pki::digest::Hash;
use padlock_pki::explain::{Kind, explain, explain_as};
use padlock_pki::fingerprint::{Fingerprint, serial_number};
use padlock_pki::name::DistinguishedName;
use padlock_pki::pem;
use padlock_pki::read::{self, Item};
use padlock_pki::time::UnixSeconds;
use padlock_wire::{Node, Value};
use samples::sample;

/// What stands behind `title=` in what OpenSSL printed.
#[track_caller]
fn after<'t>(printed: &'t str, title: &str) -> &'t str {
    let mut lines = printed.lines().filter_map(|line| line.split_once('='));
    let found = lines.find(|(before, _)| before.trim() == title);
    found.unwrap_or_else(|| panic!("{title} in {printed}")).1
}

#[test]
fn fingerprints_serial_numbers_and_names() {
    let openssl = OpenSsl::new();
    let odd = odd_names(&openssl);
    let mut all = vectors::certificates();
    all.push(("odd names".to_owned(), odd));
    for name in ["negative-serial", "rich", "ed25519", "rsa-pss"] {
        all.push((name.to_owned(), sample(&format!("certificate/{name}.der"))));
    }
    for (name, der) in all {
        openssl.write("c.der", &der);
        let printed = openssl.run(
            "x509 -inform DER -in c.der -noout -serial -subject -issuer -pubkey -fingerprint \
             -sha256 -nameopt RFC2253,-esc_msb,utf8",
        );
        let of = |hash| Fingerprint::of(hash, &der).to_string();
        assert_eq!(
            of(Hash::Sha256),
            after(&printed, "sha256 Fingerprint"),
            "{name}"
        );
        let sha1 = openssl.run("x509 -inform DER -in c.der -noout -fingerprint -sha1");
        assert_eq!(of(Hash::Sha1), after(&sha1, "sha1 Fingerprint"), "{name}");

        let (tree, _) = explain(&der);
        let part = |label: &str| &der[tree.find(label).unwrap().range.clone()];
        let serial = serial_number(&part("serialNumber")[2..]);
        assert_eq!(serial.replace(':', ""), after(&printed, "serial"), "{name}");
        for label in ["subject", "issuer"] {
            let ours = DistinguishedName::from_der(part(label))
                .unwrap()
                .to_string();
            assert_eq!(ours, after(&printed, label), "{name}");
        }
        let key = pem::blocks(&printed).unwrap().remove(0).contents;
        let pin = Fingerprint::of_key(&der).unwrap();
        assert_eq!(pin, Fingerprint::of(Hash::Sha256, &key), "{name}");
    }
    let der = sample("certificate/rich.der");
    openssl.write("c.der", &der);
    openssl.write(
        "key.pem",
        openssl.run("x509 -inform DER -in c.der -noout -pubkey"),
    );
    openssl.run("pkey -pubin -in key.pem -pubout -outform DER -out key.der");
    openssl.run("dgst -sha256 -binary -out digest key.der");
    let pin = Fingerprint::of_key(&der).unwrap().to_base64();
    assert_eq!(pin, openssl.run("base64 -in digest").trim());
}

/// A certificate whose names have all that RFC 4514 escapes, and kinds of strings.
fn odd_names(openssl: &OpenSsl) -> Vec<u8> {
    openssl.write(
        "odd.cnf",
        "[req]\nprompt=no\nstring_mask=default\nutf8=yes\ndistinguished_name=dn\n\
         [dn]\nC=DE\n0.O=Com, ma + plus\n1.O=\" around \"\nOU='<less>; \"quoted\" \\ = '\n\
         CN=\"#hash\"\nL=Zürich\nST=日本\nserialNumber=A1\nemailAddress=a@b.example\n\
         DC=example\nUID=u1\npostalCode=1\ntitle=Dr\nSN=S\nx.1.2.3.4.5=345\n",
    );
    openssl.run("genpkey -algorithm ED25519 -out k.pem");
    openssl.run("req -x509 -new -key k.pem -config odd.cnf -out odd.der -outform DER");
    openssl.read("odd.der")
}

#[test]
fn requests() {
    let openssl = OpenSsl::new();
    openssl.write(
        "r.cnf",
        "[req]\nprompt=no\ndistinguished_name=dn\nreq_extensions=e\nattributes=at\n[dn]\nO=A, B\n\
         CN=r.example\n[at]\nchallengePassword=secret\nunstructuredName=un\n[e]\n\
         subjectAltName=DNS:r.example,DNS:*.r.example,IP:10.1.2.3\nkeyUsage=digitalSignature\n",
    );
    for (algorithm, kind) in [
        ("RSA -pkeyopt rsa_keygen_bits:2048", "RSA, 2048 bits"),
        ("EC -pkeyopt ec_paramgen_curve:P-256", "ECDSA P-256"),
        ("EC -pkeyopt ec_paramgen_curve:P-384", "ECDSA P-384"),
        ("ED25519", "Ed25519"),
    ] {
        openssl.run(&format!("genpkey -algorithm {algorithm} -out k.pem"));
        openssl.run("req -new -key k.pem -config r.cnf -out r.pem");
        let opened = read::open(&openssl.read("r.pem"));
        assert_eq!(opened.faults, []);
        let item = &opened.items[0];
        assert_eq!(item.kind(), Some(Kind::CertificationRequest));
        let (tree, problems) = item.explain().unwrap();
        assert_eq!(problems, [], "{algorithm}");
        check_offsets(&openssl, item.der(), &tree);
        let card = RequestCard::read(item.der()).unwrap();
        let printed = openssl.run("req -in r.pem -noout -subject -nameopt RFC2253,-esc_msb,utf8");
        assert_eq!(card.subject.to_string(), after(&printed, "subject"));
        assert_eq!(card.public_key.unwrap().to_string(), kind);
        let names: Vec<_> = card
            .alternative_names
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(names, ["r.example", "*.r.example", "10.1.2.3"]);
        assert!(matches!(card.alternative_names[2], SubjectName::Ip(_)));
    }
}

#[test]
fn revocation_lists() {
    let openssl = OpenSsl::new();
    openssl.write("index.txt", "R\t271231000000Z\t261101000000Z,keyCompromise\t1234\tx\t/CN=x\n\
        R\t271231000000Z\t261102000000Z\tDE01\tx\t/CN=y\nR\t271231000000Z\t261103000000Z,superseded\t\
        7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF\tx\t/CN=z\nV\t271231000000Z\t\t55\tx\t/CN=v\n");
    openssl.write("crlnumber", "02FF\n");
    openssl.write(
        "ca.cnf",
        "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ncrlnumber=crlnumber\n\
        default_md=sha256\ncrl_extensions=e\n[e]\nauthorityKeyIdentifier=keyid\n",
    );
    openssl.run("req -x509 -newkey rsa:2048 -nodes -keyout k.pem -out ca.pem -subj /O=CA/CN=crl");
    openssl.run("ca -config ca.cnf -gencrl -cert ca.pem -keyfile k.pem -crldays 7 -out crl.pem");
    let opened = read::open(&openssl.read("crl.pem"));
    assert_eq!(opened.faults, []);
    let item = &opened.items[0];
    let (tree, problems) = item.explain().unwrap();
    assert_eq!(problems, []);
    check_offsets(&openssl, item.der(), &tree);
    let card = ListCard::read(item.der()).unwrap();
    let printed = openssl.run("crl -in crl.pem -noout -issuer -crlnumber -nameopt RFC2253");
    assert_eq!(card.issuer.to_string(), after(&printed, "issuer"));
    let number = serial_number(card.number.as_deref().unwrap()).replace(':', "");
    let theirs = after(&printed, "crlNumber").trim_start_matches("0x");
    assert_eq!(
        number.trim_start_matches('0'),
        theirs.trim_start_matches('0')
    );
    let printed = openssl.run("crl -in crl.pem -noout -text");
    let lines = |title: &str| -> Vec<&str> {
        let found = printed
            .lines()
            .filter_map(|line| line.trim().strip_prefix(title));
        found.map(str::trim).collect()
    };
    let ours = card
        .revoked
        .iter()
        .map(|one| serial_number(&one.serial_number).replace(':', ""));
    assert_eq!(ours.collect::<Vec<_>>(), lines("Serial Number:"));
    let dates = |time: &UnixSeconds| {
        const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
        let date = time.date();
        let month = usize::from(date.month) * 3;
        let (month, day, year) = (&MONTHS[month - 3..month], date.day, date.year);
        let (hour, minute, second) = (date.hour, date.minute, date.second);
        format!("{month} {day:2} {hour:02}:{minute:02}:{second:02} {year} GMT")
    };
    let ours = card.revoked.iter().map(|one| dates(&one.date));
    assert_eq!(ours.collect::<Vec<_>>(), lines("Revocation Date:"));
    assert_eq!(vec![dates(&card.this_update)], lines("Last Update:"));
    assert_eq!(
        vec![dates(&card.next_update.unwrap())],
        lines("Next Update:")
    );
    let mut reasons: Vec<_> = card.revoked.iter().filter_map(|one| one.reason).collect();
    reasons.sort_unstable();
    assert_eq!(reasons, ["keyCompromise", "superseded"]);
    assert_eq!(card.revoked.len(), 3);
}

#[test]
fn bundles() {
    let openssl = OpenSsl::new();
    let demo = vectors::demo();
    let all: String = demo
        .iter()
        .map(|(_, der)| pem::encode("CERTIFICATE", der))
        .collect();
    openssl.write("all.pem", &all);
    for form in ["PEM", "DER"] {
        openssl.run(&format!(
            "crl2pkcs7 -nocrl -certfile all.pem -outform {form} -out p7"
        ));
        let opened = read::open(&openssl.read("p7"));
        assert_eq!(opened.faults, []);
        let (tree, problems) = opened.items[0].explain().unwrap();
        assert_eq!(problems, []);
        check_offsets(&openssl, opened.items[0].der(), &tree);
        let printed = openssl.run(&format!("pkcs7 -inform {form} -in p7 -print_certs"));
        let theirs = pem::certificates(&printed).unwrap();
        let ours: Vec<_> = opened.items[1..].iter().map(Item::der).collect();
        assert_eq!(ours, theirs);
        assert_eq!(ours.len(), demo.len());
    }
}

#[test]
fn every_value_stands_where_openssl_sees_it() {
    let openssl = OpenSsl::new();
    for (name, kind) in [
        ("certificate/rich.der", Kind::Certificate),
        ("certificate/rsa-pss.der", Kind::Certificate),
        ("certificate/negative-serial.der", Kind::Certificate),
        ("certificate/ber.der", Kind::Certificate),
        ("certificate/long-length.der", Kind::Certificate),
        ("crl/rich.der", Kind::CertificateList),
        ("csr/ec.der", Kind::CertificationRequest),
        ("pkcs7/bundle.der", Kind::ContentInfo),
        ("pkcs7/signed.der", Kind::ContentInfo),
        ("pkcs7/ber.der", Kind::ContentInfo),
        ("pkcs7/ocsp.der", Kind::OcspResponse),
    ] {
        let der = sample(name);
        let (tree, _) = explain_as(kind, &der);
        check_offsets(&openssl, &der, &tree);
    }
}

/// Holds each value that `openssl asn1parse` lists against the tree: its start, the length of its
/// header and, where that is definite, of its contents.
#[track_caller]
fn check_offsets(openssl: &OpenSsl, der: &[u8], tree: &Node) {
    openssl.write("any.der", der);
    let printed = openssl.run("asn1parse -inform DER -in any.der");
    let mut count = 0;
    for line in printed.lines() {
        let number = |from: &str, to: &str| {
            let after = line.split_once(from)?.1;
            after.split_once(to)?.0.trim().parse::<usize>().ok()
        };
        let start: usize = line.split_once(':').unwrap().0.trim().parse().unwrap();
        let header = number("hl=", " l=").unwrap();
        let length = number(" l=", " prim").or(number(" l=", " cons"));
        // The two octets that end a value of indefinite length are no value of their own here.
        if line.trim_end().ends_with(": EOC") {
            continue;
        }
        let node = value_at(tree, start).unwrap_or_else(|| panic!("{line}\n{tree}"));
        assert_eq!(node.children[1].range.end, start + header, "{line}");
        if let Some(length) = length {
            assert_eq!(node.range.end, start + header + length, "{line}");
        }
        count += 1;
    }
    assert!(count >= 1, "{printed}");
}

/// The node of the value that starts there.
fn value_at(tree: &Node, start: usize) -> Option<&Node> {
    let path = tree.path_to(start);
    let is_value = |node: &&&Node| {
        node.range.start == start
            && node
                .children
                .first()
                .is_some_and(|first| first.label == "identifier")
    };
    path.iter().filter(is_value).map(|node| &**node).next_back()
}

/// What the crate `x509-cert` reads, we read: no panic, a sound tree, and a card where they have
/// no doubt; over all certificates of x509-limbo.
#[test]
fn all_of_limbo() {
    use der::Decode;
    let mut read_by_them = 0;
    for (name, der) in vectors::limbo("") {
        let opened = read::open(&der);
        assert_eq!(opened.items.len(), 1, "{name}");
        assert_eq!(opened.items[0].kind(), Some(Kind::Certificate), "{name}");
        let (tree, problems) = opened.items[0].explain().unwrap();
        assert_eq!(
            (tree.range.clone(), tree.gap()),
            (0..der.len(), None),
            "{name}"
        );
        if x509_cert::Certificate::from_der(&der).is_ok() {
            read_by_them += 1;
            let undecoded = tree.leaves().find(|leaf| leaf.value == Value::Undecoded);
            assert_eq!(undecoded.filter(|_| problems.is_empty()), None, "{name}");
            let tbs = tree.find("tbsCertificate").unwrap();
            for field in [
                "serialNumber",
                "issuer",
                "validity",
                "subject",
                "subjectPublicKeyInfo",
            ] {
                assert!(
                    tbs.children.iter().any(|node| node.label == field),
                    "{name}: {field}"
                );
            }
            assert!(Fingerprint::of_key(&der).is_some(), "{name}");
        }
    }
    println!("{read_by_them} certificates of x509-limbo");
}
