//! Responses of OCSP.

use padlock_pki::explain::{Kind, explain_as};
use padlock_pki::issue::{ExtendedKeyUsage, Template};
use padlock_pki::pem;
use padlock_pki::time::UnixSeconds;
use padlock_pki::verify::Demands;
use padlock_pki::verify::revocation::Unusable;

use crate::der::{
    CRITICAL, GOOD, Single, UNKNOWN, by_key, by_name, extension, generalized_time, response,
    revoked, sequence, tlv, wrapped,
};
use crate::openssl::OpenSsl;
use crate::world::{Case, DAY, NOW, Party, World, authority, party};
use crate::{Said, case, said};

fn told(case: &Case, response: &[u8]) -> Said {
    let demands = Demands {
        ocsp_responses: &[response],
        ..Demands::default()
    };
    said(case, 0, &demands)
}

/// RFC 6960 §4.2.2.2: the issuer itself, or whom it entrusts with that directly.
#[test]
fn who_may_answer() {
    let world = World::new();
    let case = case(&world, None);
    let (issuing, root) = (&world.issuing, &world.root);
    let responder = party("Responder", "responder");
    let branch = party("Branch", "branch");
    let impostor = party("Issuing", "impostor");
    let certified = |by: &Party, change: &dyn Fn(&mut Template)| {
        let mut template = Template::bare(responder.subject(), NOW - 40 * DAY, NOW + 40 * DAY);
        template.extended_key_usage = vec![ExtendedKeyUsage::OcspSigning];
        change(&mut template);
        by.issues(&template, &responder)
    };
    let purposes = |purposes: &[ExtendedKeyUsage]| {
        let purposes = purposes.to_vec();
        move |template: &mut Template| template.extended_key_usage.clone_from(&purposes)
    };
    let answer = |identifier: &[u8], by: &Party, certificates: &[Vec<u8>]| {
        response(identifier, &[Single::new(issuing, &GOOD)], by, certificates)
    };
    let delegated =
        |certificates: &[Vec<u8>]| answer(&by_name(&responder), &responder, certificates);
    let own = certified(issuing, &|_| ());
    let of_branch = certified(&branch, &|_| ());
    let branch_itself = issuing.issues(&authority(&branch), &branch);
    let no = || Said::Unusable(Unusable::Responder);
    let forged = || Said::Unusable(Unusable::Signature);
    let folder = OpenSsl::new();
    for (name, der) in [
        ("root.pem", &case.anchors[0]),
        ("issuing.pem", &case.chain[1]),
        ("shop.pem", &case.chain[0]),
    ] {
        folder.write(name, pem::encode("CERTIFICATE", der));
    }
    for (what, response, expected, openssl) in [
        (
            "the issuer",
            answer(&by_name(issuing), issuing, &[]),
            Said::Good,
            true,
        ),
        (
            "the issuer by its key",
            answer(&by_key(issuing), issuing, &[]),
            Said::Good,
            true,
        ),
        (
            "a delegate",
            delegated(std::slice::from_ref(&own)),
            Said::Good,
            true,
        ),
        (
            "a delegate by its key",
            answer(&by_key(&responder), &responder, std::slice::from_ref(&own)),
            Said::Good,
            true,
        ),
        // OpenSSL tries the first of that name alone.
        (
            "one of two certificates",
            delegated(&[of_branch.clone(), own.clone()]),
            Said::Good,
            false,
        ),
        (
            "a delegate without its certificate",
            delegated(&[]),
            no(),
            false,
        ),
        (
            "the root",
            answer(&by_name(root), root, &[root.root()]),
            no(),
            false,
        ),
        (
            "a delegate of the root",
            delegated(&[certified(root, &|_| ())]),
            no(),
            false,
        ),
        (
            "a delegate of an authority below",
            delegated(&[of_branch.clone(), branch_itself.clone()]),
            no(),
            false,
        ),
        (
            "a delegate of one with the issuer's name",
            delegated(&[certified(&impostor, &|_| ())]),
            no(),
            false,
        ),
        (
            "a delegate by itself",
            delegated(&[certified(&responder, &|_| ())]),
            no(),
            false,
        ),
        (
            "one for servers",
            delegated(&[certified(
                issuing,
                &purposes(&[ExtendedKeyUsage::ServerAuth]),
            )]),
            no(),
            false,
        ),
        (
            "one for any purpose",
            delegated(&[certified(issuing, &purposes(&[ExtendedKeyUsage::Any]))]),
            no(),
            false,
        ),
        (
            "one for nothing",
            delegated(&[certified(issuing, &purposes(&[]))]),
            no(),
            false,
        ),
        (
            "the holder of the certificate",
            answer(&by_name(&world.shop), &world.shop, &[case.chain[0].clone()]),
            no(),
            false,
        ),
        (
            "another in the issuer's name",
            answer(&by_name(issuing), &impostor, &[]),
            forged(),
            false,
        ),
        (
            "another in the delegate's name",
            answer(&by_name(&responder), &branch, &[own]),
            forged(),
            false,
        ),
    ] {
        assert_eq!(told(&case, &response), expected, "{what}");
        folder.write("response.der", &response);
        let printed = folder.try_run(&format!(
            "ocsp -respin response.der -issuer issuing.pem -cert shop.pem -CAfile root.pem \
             -no-CApath -no-CAstore -attime {NOW} -no_nonce"
        ));
        let printed = printed.unwrap_or_else(|printed| printed);
        assert_eq!(
            printed.contains("Response verify OK"),
            openssl,
            "{what}: {printed}"
        );
    }
}

/// RFC 6960 §3.2, §4.2.2.1: of several answers, those count that are about the certificate and hold
/// now.
#[test]
fn several_answers() {
    let world = World::new();
    let case = case(&world, None);
    let issuing = &world.issuing;
    let single = |status: &[u8]| Single::new(issuing, status);
    let (good, bad, unknown) = (single(&GOOD), single(&revoked()), single(&UNKNOWN));
    let old = |one: &[u8]| single(one).during(-9, -5);
    let to_come = |one: &[u8]| single(one).during(2, 5);
    let of = |serial: u8, status: &[u8]| Single {
        serial: vec![serial],
        ..single(status)
    };
    // The same serial number by another issuer.
    let others = |status: &[u8]| Single::new(&world.root, status);
    let endless = |from: i64| Single {
        from,
        to: None,
        ..single(&GOOD)
    };
    let stale = |days: i64| {
        Said::Unusable(Unusable::Stale {
            next_update: UnixSeconds(NOW + days * DAY),
            now: UnixSeconds(NOW),
        })
    };
    let early = Said::Unusable(Unusable::NotYet {
        this_update: UnixSeconds(NOW + 2 * DAY),
        now: UnixSeconds(NOW),
    });
    for (what, singles, expected) in [
        ("good", vec![good.clone()], Said::Good),
        ("none", vec![], Said::NotCovered),
        ("of another", vec![of(1, &revoked())], Said::NotCovered),
        (
            "of another first",
            vec![of(1, &revoked()), good.clone()],
            Said::Good,
        ),
        (
            "of another last",
            vec![bad.clone(), of(1, &GOOD)],
            Said::Revoked,
        ),
        (
            "by another issuer",
            vec![others(&revoked())],
            Said::NotCovered,
        ),
        (
            "by another issuer too",
            vec![others(&revoked()), good.clone()],
            Said::Good,
        ),
        (
            "an old good one first",
            vec![old(&GOOD), bad.clone()],
            Said::Revoked,
        ),
        (
            "an old good one last",
            vec![bad.clone(), old(&GOOD)],
            Said::Revoked,
        ),
        (
            "an old bad one first",
            vec![old(&revoked()), good.clone()],
            Said::Good,
        ),
        (
            "an old bad one last",
            vec![good.clone(), old(&revoked())],
            Said::Good,
        ),
        (
            "one to come",
            vec![to_come(&revoked()), good.clone()],
            Said::Good,
        ),
        (
            "both at once",
            vec![good.clone(), bad.clone()],
            Said::Revoked,
        ),
        (
            "both at once, the other way",
            vec![bad, good.clone()],
            Said::Revoked,
        ),
        ("unknown", vec![unknown.clone()], Said::Unknown),
        ("unknown and known", vec![unknown, good], Said::Good),
        ("old ones only", vec![old(&GOOD), old(&GOOD)], stale(-5)),
        ("one to come only", vec![to_come(&GOOD)], early),
        ("without an end", vec![endless(-1)], Said::Good),
        ("without an end, and old", vec![endless(-2)], stale(-1)),
    ] {
        let response = response(&by_name(issuing), &singles, issuing, &[]);
        assert_eq!(told(&case, &response), expected, "{what}");
    }
}

/// A response is believed if explaining it shows no fault, and only then.
#[test]
fn faults() {
    let world = World::new();
    let case = case(&world, None);
    let issuing = &world.issuing;
    let good = Single::new(issuing, &GOOD);
    let with = |more: &[u8]| Single {
        more: tlv(0xa1, &[&sequence(&[more])]),
        ..good.clone()
    };
    let status = |status: &[u8]| Single::new(issuing, status);
    let date = tlv(0x18, &[b"20260901000000Z"]);
    let reason = |reason: &[u8]| tlv(0xa1, &[&date, &tlv(0xa0, &[reason])]);
    let unknown = |critical: &[u8], value: &[u8]| {
        sequence(&[&[6, 3, 0x2a, 3, 4], critical, &tlv(4, &[value])])
    };
    let critical = Said::Unusable(Unusable::CriticalExtension {
        oid: "1.2.3.4".to_owned(),
    });
    // `None` where it is as broken as explaining says.
    for (what, single, expected) in [
        ("as it should be", good.clone(), Some(Said::Good)),
        (
            "unknown and broken within",
            with(&unknown(&[], &[0x30, 9])),
            Some(Said::Good),
        ),
        (
            "unknown and critical",
            with(&unknown(CRITICAL, &[5, 0])),
            Some(critical),
        ),
        (
            "with a reason",
            status(&reason(&[0x0a, 1, 1])),
            Some(Said::Revoked),
        ),
        ("no extensions", with(&[]), None),
        ("critical as 01", with(&unknown(&[1, 1, 1], &[5, 0])), None),
        (
            "a cutoff that is none",
            with(&extension(20, &[], &[2, 2, 0, 7])),
            None,
        ),
        (
            "a reason of another type",
            status(&reason(&[2, 1, 1])),
            None,
        ),
        (
            "a reason in two bytes",
            status(&reason(&[0x0a, 2, 0, 1])),
            None,
        ),
        ("a fourth status", status(&[0x83, 0]), None),
        (
            "a serial number with a needless zero",
            Single {
                serial: vec![0, 1],
                ..good.clone()
            },
            None,
        ),
        (
            "a field too many",
            Single {
                more: vec![5, 0],
                ..good.clone()
            },
            None,
        ),
    ] {
        let response = response(&by_name(issuing), &[single], issuing, &[]);
        check(&case, &response, expected, what);
    }
    let data = |version: &[u8], produced: &[u8], more: &[u8]| {
        let data = [version, &by_name(issuing), produced, &sequence(&[]), more];
        wrapped(&sequence(&data), issuing, &[])
    };
    let now = generalized_time(NOW);
    for (what, response, expected) in [
        ("about nobody", data(&[], &now, &[]), Some(Said::NotCovered)),
        (
            "version 1 by name",
            data(&[0xa0, 3, 2, 1, 0], &now, &[]),
            Some(Said::NotCovered),
        ),
        ("version 2", data(&[0xa0, 3, 2, 1, 1], &now, &[]), None),
        (
            "no such day",
            data(&[], &tlv(0x18, &[b"20260230000000Z"]), &[]),
            None,
        ),
        ("a field too many", data(&[], &now, &[5, 0]), None),
    ] {
        check(&case, &response, expected, what);
    }
}

#[track_caller]
fn check(case: &Case, response: &[u8], expected: Option<Said>, what: &str) {
    let (_, problems) = explain_as(Kind::OcspResponse, response);
    let fault = problems.iter().find(|one| !one.kind.is_tolerable());
    let expected = expected.unwrap_or_else(|| {
        let at = Some(fault.expect(what).at);
        Said::Unusable(Unusable::Malformed { at })
    });
    assert_eq!(told(case, response), expected, "{what}");
}
