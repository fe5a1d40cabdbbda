//! Lists.

use std::ops::Range;

use padlock_pki::explain::{Kind, explain_as};
use padlock_pki::pem;
use padlock_pki::verify::Demands;
use padlock_pki::verify::revocation::Unusable;
use padlock_wire::Node;
use proptest::prelude::*;

use crate::der::{
    List, NUMBER, SERIAL, extension, generalized_time, sequence, signed, tlv, utc_time,
};
use crate::openssl::OpenSsl;
use crate::world::{Case, DAY, NOW, World};
use crate::{Said, case, said};

fn told(case: &Case, place: usize, list: &[u8]) -> Said {
    let demands = Demands {
        crls: &[list],
        ..Demands::default()
    };
    said(case, place, &demands)
}

/// RFC 5280 §5.2.5, §6.3.3 (b) (2): a list counts for the certificates that it is about.
#[test]
fn scopes() {
    let world = World::new();
    let uri = |text: &str| tlv(0x86, &[text.as_bytes()]);
    let (here, there) = (uri("http://shop.example/a"), uri("http://shop.example/b"));
    let directory = tlv(0xa4, &[&sequence(&[])]);
    // DistributionPointName: fullName, nameRelativeToCRLIssuer.
    let full = |names: &[&[u8]]| tlv(0xa0, &[&tlv(0xa0, names)]);
    let relative = tlv(
        0xa0,
        &[&tlv(
            0xa1,
            &[&sequence(&[&[6, 3, 0x55, 4, 3], &[0x0c, 1, 0x41]])],
        )],
    );
    let published = sequence(&[&sequence(&[&full(&[&here])])]);
    let plain = case(&world, None);
    let placed = case(&world, Some(&published));
    let folder = OpenSsl::new();
    let pem = |name: &str, label: &str, der: &[u8]| folder.write(name, pem::encode(label, der));
    pem("root.pem", "CERTIFICATE", &plain.anchors[0]);
    pem("issuing.pem", "CERTIFICATE", &plain.chain[1]);
    // The number of OpenSSL's error, 0 for none.
    let theirs = |case: &Case, list: &[u8]| {
        pem("shop.pem", "CERTIFICATE", &case.chain[0]);
        pem("list.pem", "X509 CRL", list);
        let printed = folder.try_run(&format!(
            "verify -no-CApath -no-CAstore -CAfile root.pem -untrusted issuing.pem -attime {NOW} \
             -crl_check -CRLfile list.pem shop.pem"
        ));
        let error = |printed: String| {
            let number = printed.split("error ").nth(1).expect("it says which error");
            number.split(' ').next().unwrap().parse::<u32>().unwrap()
        };
        printed.map_or_else(error, |_| 0)
    };
    let other = || Said::Unusable(Unusable::OtherScope);
    let (users, authorities) = ([0x81, 1, 0xff], [0x82, 1, 0xff]);
    // OpenSSL takes what it passes over for no list at all: 3.
    for (what, scope, case, of_shop, of_authority, openssl) in [
        ("nothing said", vec![], &plain, Said::Good, Said::Good, 0),
        ("of users", users.to_vec(), &plain, Said::Good, other(), 0),
        (
            "of authorities",
            authorities.to_vec(),
            &plain,
            other(),
            Said::Good,
            44,
        ),
        (
            "of attributes",
            vec![0x85, 1, 0xff],
            &plain,
            other(),
            other(),
            44,
        ),
        (
            "of some reasons",
            vec![0x83, 2, 6, 0x40],
            &plain,
            other(),
            other(),
            3,
        ),
        (
            "of several issuers",
            vec![0x84, 1, 0xff],
            &plain,
            other(),
            other(),
            3,
        ),
        (
            "of its own place",
            full(&[&here]),
            &placed,
            Said::Good,
            other(),
            0,
        ),
        (
            "of two places",
            full(&[&there, &here]),
            &placed,
            Said::Good,
            other(),
            0,
        ),
        (
            "of another place",
            full(&[&there]),
            &placed,
            other(),
            other(),
            44,
        ),
        (
            "of a directory",
            full(&[&directory]),
            &placed,
            other(),
            other(),
            44,
        ),
        (
            "of a relative place",
            relative,
            &placed,
            other(),
            other(),
            44,
        ),
        (
            "of a place that no certificate names",
            full(&[&here]),
            &plain,
            other(),
            other(),
            44,
        ),
        (
            "of users at another place",
            [full(&[&there]), users.to_vec()].concat(),
            &placed,
            other(),
            other(),
            44,
        ),
    ] {
        let empty = List::about(&sequence(&[&scope]));
        let revoking = empty.clone().revoking(&SERIAL, &[]);
        let list = empty.by(&world.issuing);
        assert_eq!(told(case, 0, &list), of_shop, "{what}");
        assert_eq!(theirs(case, &list), openssl, "{what}");
        // What does not speak of it cannot revoke it either.
        let expected = match of_shop {
            Said::Good => Said::Revoked,
            no => no,
        };
        let list = revoking.by(&world.issuing);
        assert_eq!(told(case, 0, &list), expected, "{what}");
        let list = empty.by(&world.root);
        assert_eq!(
            told(case, 1, &list),
            of_authority,
            "{what}, of the authority"
        );
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

/// An extension that nobody knows, with this value.
fn unknown(value: &[u8]) -> Vec<u8> {
    sequence(&[&[6, 3, 0x2a, 3, 4], &tlv(4, &[value])])
}

/// Where the first fault is that counts, as explaining the list shows it.
fn fault(list: &[u8]) -> Option<usize> {
    let (tree, problems) = explain_as(Kind::CertificateList, list);
    let mut identifiers = Vec::new();
    labelled(&tree, "extnID", &mut identifiers);
    let mut values = Vec::new();
    labelled(&tree, "extnValue", &mut values);
    // What lists are judged by; whoever knows the others may judge them.
    let judged = ["(2.5.29.20)", "(2.5.29.21)", "(2.5.29.28)"];
    let is_unknown = |node: &Node| {
        let name = node.value.to_string();
        !judged.iter().any(|identifier| name.ends_with(identifier))
    };
    let mut unknown = Vec::new();
    for (identifier, value) in identifiers.iter().zip(&values) {
        if is_unknown(identifier) {
            unknown.push(*value);
        }
    }
    let inside = |value: &Node| {
        let length = value.children.get(1);
        length.map_or(value.range.end, |length| length.range.end)..value.range.end
    };
    let unknown: Vec<Range<usize>> = unknown.into_iter().map(inside).collect();
    let signature = tree.find("signatureValue").map(inside);
    let mut faults = problems.iter().filter(|problem| {
        let is_foreign = unknown.iter().any(|part| part.contains(&problem.at))
            || signature.iter().any(|part| part.contains(&problem.at));
        !problem.kind.is_tolerable() && !is_foreign
    });
    faults.next().map(|problem| problem.at)
}

/// A list is believed if explaining it shows no fault, and only then.
#[test]
fn faults() {
    let world = World::new();
    let case = case(&world, None);
    let with = |extensions: Vec<Vec<u8>>| List {
        extensions,
        ..List::new()
    };
    let entry = |extensions: &[u8]| List::new().revoking(&SERIAL, &sequence(&[extensions]));
    let reason = |value: &[u8]| extension(21, &[], value);
    let number = || extension(20, &[], &NUMBER);
    for (what, list, is_sound) in [
        ("as it should be", List::new(), true),
        ("with a reason", entry(&reason(&[0x0a, 1, 1])), true),
        // Odd, and read all the same.
        (
            "a default written out",
            List::about(&sequence(&[&[0x81, 1, 0]])),
            true,
        ),
        (
            "times of the wrong type",
            List {
                this_update: generalized_time(NOW - DAY),
                ..List::new()
            },
            true,
        ),
        (
            "a serial number that is not positive",
            List::new().revoking(&[0x80], &[]),
            true,
        ),
        // Whoever knows it may judge it.
        (
            "an unknown extension",
            with(vec![number(), unknown(&[0x30, 9])]),
            true,
        ),
        ("an unknown one of an entry", entry(&unknown(&[5, 1])), true),
        // BER, or nothing at all.
        (
            "TRUE as 01",
            List::about(&sequence(&[&[0x81, 1, 1]])),
            false,
        ),
        (
            "critical as 01",
            with(vec![extension(20, &[1, 1, 1], &NUMBER)]),
            false,
        ),
        (
            "a number with a needless zero",
            with(vec![extension(20, &[], &[2, 2, 0, 7])]),
            false,
        ),
        (
            "a negative number",
            with(vec![extension(20, &[], &[2, 1, 0xff])]),
            false,
        ),
        (
            "a number and more",
            with(vec![extension(20, &[], &[2, 1, 7, 5, 0])]),
            false,
        ),
        ("no extensions", with(vec![vec![]]), false),
        (
            "the same extension twice",
            with(vec![number(), number()]),
            false,
        ),
        (
            "a serial number with a needless zero",
            List::new().revoking(&[0, 1], &[]),
            false,
        ),
        ("no serial number", List::new().revoking(&[], &[]), false),
        (
            "a reason in two bytes",
            entry(&reason(&[0x0a, 2, 0, 1])),
            false,
        ),
        (
            "a reason of another type",
            entry(&reason(&[2, 1, 1])),
            false,
        ),
        ("an entry with no extensions", entry(&[]), false),
        (
            "an entry with more",
            List::new().revoking(&SERIAL, &[5, 0]),
            false,
        ),
        (
            "a scope with a field too many",
            List::about(&sequence(&[&[0x86, 1, 0xff]])),
            false,
        ),
        (
            "a scope out of order",
            List::about(&sequence(&[&[0x82, 1, 0xff, 0x81, 1, 0xff]])),
            false,
        ),
        (
            "version 3",
            List {
                version: vec![2, 1, 2],
                ..List::new()
            },
            false,
        ),
        (
            "extensions without a version",
            List {
                version: vec![],
                ..List::new()
            },
            false,
        ),
        (
            "a third time",
            List {
                next_update: [utc_time(NOW + DAY), utc_time(NOW + DAY)].concat(),
                ..List::new()
            },
            false,
        ),
        (
            "no such day",
            List {
                next_update: tlv(0x17, &[b"270230000000Z"]),
                ..List::new()
            },
            false,
        ),
    ] {
        let list = list.by(&world.issuing);
        let found = told(&case, 0, &list);
        let at = fault(&list);
        match is_sound {
            true => assert!(
                matches!(found, Said::Good | Said::Revoked),
                "{what}: {found:?}"
            ),
            false => {
                let expected = Said::Unusable(Unusable::Malformed { at });
                assert_eq!(found, expected, "{what}");
            }
        }
        // What only the whole shows, an extension that stands twice, has no place.
        assert_eq!(
            at.is_none(),
            is_sound || what == "the same extension twice",
            "{what}"
        );
    }
}

/// A list in which `TBSCertList` and its signature are not all that there is, or cut off.
#[test]
fn frames() {
    let world = World::new();
    let case = case(&world, None);
    let content = List::new().content(&world.issuing);
    let list = signed(&content, &world.issuing, &[]);
    for (what, list) in [
        (
            "more behind the signature",
            signed(&content, &world.issuing, &[5, 0]),
        ),
        ("more behind the list", [&list[..], &[0]].concat()),
        ("cut off", list[..list.len() - 1].to_vec()),
    ] {
        let expected = Said::Unusable(Unusable::Malformed { at: fault(&list) });
        assert_eq!(told(&case, 0, &list), expected, "{what}");
        assert!(fault(&list).is_some(), "{what}");
    }
}

/// A list of many thousands of certificates is read, to its last entry.
#[test]
fn long_lists() {
    let world = World::new();
    let case = case(&world, None);
    let entry = |serial: u32| {
        let serial = [&[1], &serial.to_be_bytes()[..]].concat();
        sequence(&[
            &tlv(2, &[&serial]),
            &utc_time(NOW - DAY),
            &sequence(&[&extension(21, &[], &[0x0a, 1, 4])]),
        ])
    };
    let entries: Vec<u8> = (0..1_500).flat_map(entry).collect();
    let mut list = List::new();
    list.entries.push(entries);
    let without = list.by(&world.issuing);
    assert_eq!(told(&case, 0, &without), Said::Good);
    let with = list.revoking(&SERIAL, &[]).by(&world.issuing);
    assert_eq!(told(&case, 0, &with), Said::Revoked);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// Whatever its issuer signs: what is believed has no fault.
    #[test]
    fn what_is_believed_has_no_fault(
        changes in proptest::collection::vec(
            (any::<prop::sample::Index>(), prop_oneof![Just(0_u8), Just(0xff), 0_u8..0x40, any::<u8>()]),
            1..3,
        ),
    ) {
        let world = World::new();
        let case = case(&world, None);
        let mut list = List::about(&sequence(&[&[0x81, 1, 0xff]]));
        list.extensions.push(unknown(&[0x30, 3, 2, 1, 5]));
        let list = list.revoking(&SERIAL, &sequence(&[&extension(21, &[], &[0x0a, 1, 1])]));
        let mut content = list.content(&world.issuing);
        for (index, byte) in changes {
            let index = index.index(content.len());
            content[index] = byte;
        }
        let list = signed(&content, &world.issuing, &[]);
        let (_, problems) = explain_as(Kind::CertificateList, &list);
        match told(&case, 0, &list) {
            Said::Unusable(Unusable::Malformed { at: Some(at) }) => {
                prop_assert!(problems.iter().any(|one| one.at == at), "{at}: {problems:?}");
            }
            Said::Unusable(Unusable::Malformed { at: None }) => {
                // An extension twice, or a name without a meaning.
                prop_assert!(fault(&list).is_none(), "{problems:?}");
            }
            said => prop_assert!(fault(&list).is_none(), "{said:?}, {problems:?}"),
        }
    }
}
