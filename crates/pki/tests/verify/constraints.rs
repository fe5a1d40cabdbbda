//! Name constraints (RFC 5280 §4.2.1.10), against OpenSSL and webpki.

use super::*;

/// The extension with this DER, with blanks between.
fn constrained(der: &str, critical: bool) -> impl FnOnce(&mut Template) {
    let value = hex::decode(der).unwrap();
    move |template| {
        template.further_extensions = vec![FurtherExtension {
            identifier: "2.5.29.30".parse().unwrap(),
            critical,
            value,
        }];
    }
}

#[test]
fn name_constraints() {
    let world = World::new();
    let refused = Some(Failure::NameNotPermitted);
    let violation = "NameConstraintViolation";
    let case = |der: &str, critical, presented: &[&str]| {
        let change = constrained(der, critical);
        world.case(change, |shop| shop.alternative_names = names(presented))
    };
    // permittedSubtrees is a0, excludedSubtrees a1; in it a SEQUENCE with the base, here a dNSName.
    let shop = "30 12 a0 10 300e 820c 73686f702e6578616d706c65";
    let not_shop = "30 12 a1 10 300e 820c 73686f702e6578616d706c65";
    let host = &["shop.example"][..];
    for critical in [true, false] {
        check("permitted", &case(shop, critical, host), None, 0, "");
        let excluded = case(not_shop, critical, host);
        check("excluded", &excluded, refused, 48, violation);
        let other = &["shop.example", "evil.test"];
        check(
            "one of two",
            &case(shop, critical, other),
            refused,
            47,
            violation,
        );
    }
    // 192.0.2.0/24, and the mask with a hole in it.
    let network = "30 0e a0 0c 300a 8708 c0000200 ffffff00";
    for (presented, expected, openssl, webpki) in [
        (&["shop.example", "192.0.2.7"][..], None, 0, ""),
        (&["shop.example", "192.0.3.7"], refused, 47, violation),
        (&["shop.example", "2001:db8::1"], refused, 47, violation),
        (&["shop.example"], None, 0, ""),
    ] {
        let what = format!("{presented:?}");
        check(
            &what,
            &case(network, true, presented),
            expected,
            openssl,
            webpki,
        );
    }
    let with_hole = "30 0e a0 0c 300a 8708 c0000200 ff00ff00";
    let presented = &["shop.example", "192.0.2.7"];
    let with_hole = case(with_hole, true, presented);
    check(
        "a mask with a hole",
        &with_hole,
        refused,
        0,
        "InvalidNetworkMaskConstraint",
    );
    // The subject's organisation is Test.
    let of_test = "30 17 a0 15 3013 a411 300f 310d 300b 0603 55040a 0c04 54657374";
    let of_rest = "30 17 a0 15 3013 a411 300f 310d 300b 0603 55040a 0c04 52657374";
    assert!(case(of_test, true, host).verdict().is_accepted());
    assert_eq!(case(of_test, true, host).ask(judges::openssl), Ok(()));
    let rest = case(of_rest, true, host);
    assert_eq!(rest.verdict().failure_kind(), refused);
    assert_eq!(rest.ask(judges::openssl), Err(47));
    // Mailboxes and URIs, which cannot be compared here.
    let mail = "30 12 a0 10 300e 810c 73686f702e6578616d706c65";
    let uri = "30 12 a0 10 300e 860c 73686f702e6578616d706c65";
    let email = |text: &str| AlternativeName::Email(text.to_owned());
    for (der, further, expected, openssl) in [
        (mail, email("a@shop.example"), None, 0),
        (mail, email("a@evil.test"), refused, 47),
        (uri, email("a@evil.test"), None, 0),
        (
            uri,
            AlternativeName::Uri("https://shop.example/".to_owned()),
            refused,
            0,
        ),
    ] {
        let case = world.case(constrained(der, true), |shop| {
            shop.alternative_names.push(further.clone());
        });
        assert_eq!(case.verdict().failure_kind(), expected, "{further:?}");
        let theirs = case.ask(judges::openssl).err().unwrap_or(0);
        assert_eq!(theirs, openssl, "{further:?}");
    }
    // A subtree with a maximum, which RFC 5280 does not have.
    let with_maximum = "30 15 a0 13 3011 820c 73686f702e6578616d706c65 810105";
    let with_maximum = case(with_maximum, true, host);
    assert_eq!(with_maximum.verdict().failure_kind(), refused);
}

/// The anchor's constraints count, those of an authority bind every certificate below it, and an
/// intermediate that is issued to itself is passed over.
#[test]
fn whom_name_constraints_bind() {
    let world = World::new();
    let refused = Some(Failure::NameNotPermitted);
    let not_shop = "30 12 a1 10 300e 820c 73686f702e6578616d706c65";
    let constrained_root = |der: &str| {
        let mut root = authority(&world.root);
        constrained(der, true)(&mut root);
        world.root.issues(&root, &world.root)
    };
    let case = Case {
        anchors: vec![constrained_root(not_shop)],
        ..world.good()
    };
    check(
        "the anchor's",
        &case,
        refused,
        48,
        "NameConstraintViolation",
    );
    let failure = case.verdict().failure().unwrap().clone();
    assert_eq!(
        (failure.kind, failure.certificate),
        (CheckKind::NameConstraints, 0)
    );
    let (tree, _) = explain(&case.chain[0]);
    let range = failure.at.unwrap();
    let path = tree.path_to(range.start);
    assert!(
        path.iter()
            .any(|node| node.range == range && node.label == "dNSName")
    );

    // The anchor forbids the intermediate's own name, which is CN=Issuing,O=Test.
    let not_issuing = "30 29 a1 27 3025 a423 3021 310d 300b 0603 55040a 0c04 54657374 \
                       3110 300e 0603 550403 0c07 49737375696e67";
    let case = Case {
        anchors: vec![constrained_root(not_issuing)],
        ..world.good()
    };
    assert_eq!(case.verdict().failure_kind(), refused);
    assert_eq!(case.verdict().failure().unwrap().certificate, 1);
    assert_eq!(case.ask(judges::openssl), Err(48));
    // The same name twice: the second is issued to itself, and the first again says who it is.
    let renewed = Party {
        name: "Issuing",
        ..party("renewed", "renewed")
    };
    let not_below = "30 12 a1 10 300e 820c 6576696c2e6578616d706c65";
    let mut itself = authority(&renewed);
    itself.alternative_names = names(&["evil.example"]);
    let mut issuing = authority(&world.issuing);
    constrained(not_below, true)(&mut issuing);
    let case = Case {
        chain: vec![
            renewed.issues(&server(&world.shop), &world.shop),
            world.issuing.issues(&itself, &renewed),
            world.root.issues(&issuing, &world.issuing),
        ],
        ..world.good()
    };
    let verdict = case.verdict();
    assert_eq!(verdict.failure_kind(), None);
    assert_eq!(verdict.path.len(), 4);
    assert_eq!(case.ask(judges::openssl), Ok(()));
}

/// Thousands of names under thousands of constraints are too many, whoever vouches for them.
#[test]
fn comparisons_of_names_are_bounded() {
    let many: Vec<String> = (0..600)
        .map(|number| format!("a{number}.example"))
        .collect();
    let constraints = NameConstraints {
        permitted: vec![],
        excluded: many.clone(),
    };
    let case = World::new().case(
        |issuing| issuing.name_constraints = Some(constraints),
        |shop| {
            let own = std::iter::once("shop.example".to_owned());
            let all = own.chain(many.iter().map(|name| format!("b{name}")));
            shop.alternative_names = all.map(AlternativeName::Dns).collect();
        },
    );
    assert_eq!(case.verdict().failure_kind(), Some(Failure::TooMuchWork));
}
