//! What the fuzz targets do with their input; `fuzz/` and the test `fuzz` both run it.

#[path = "judge.rs"]
pub(crate) mod judge;

use padlock_pki::card::{BundleCard, Card, ListCard, RequestCard, ResponseCard};
use padlock_pki::digest::Hash;
use padlock_pki::explain::{Kind, explain_as};
use padlock_pki::fingerprint::{Fingerprint, serial_number};
use padlock_pki::read::{self, Content, Form};

pub(crate) fn certificate(input: &[u8]) {
    check(Kind::Certificate, input);
    if let Ok(card) = Card::read(input) {
        let _ = (card.subject.to_string(), serial_number(&card.serial_number));
        assert!(Fingerprint::of_key(input).is_some());
        assert_eq!(
            input[card.places.subject].first(),
            Some(&0x30),
            "a Name is a SEQUENCE"
        );
    }
    let _ = Fingerprint::of(Hash::Sha1, input).to_string();
}

pub(crate) fn crl(input: &[u8]) {
    check(Kind::CertificateList, input);
    if let Some(card) = ListCard::read(input) {
        let entry = |entry: &padlock_pki::card::Revoked| serial_number(&entry.serial_number);
        let _: Vec<String> = card.revoked.iter().map(entry).collect();
    }
}

pub(crate) fn csr(input: &[u8]) {
    check(Kind::CertificationRequest, input);
    if let Some(card) = RequestCard::read(input) {
        let _ = card.subject.to_string();
    }
    let _ = RequestCard::verify(input);
}

pub(crate) fn pkcs7(input: &[u8]) {
    check(Kind::ContentInfo, input);
    check(Kind::OcspResponse, input);
    let _ = ResponseCard::read(input);
    if let Some(card) = BundleCard::read(input) {
        let places = card.certificates.iter().chain(&card.lists);
        assert!(places.into_iter().all(|place| place.end <= input.len()));
    }
    open(input);
}

pub(crate) fn open(input: &[u8]) {
    let opened = read::open(input);
    assert!(!opened.items.is_empty() || !opened.faults.is_empty());
    for fault in &opened.faults {
        assert!(fault.at <= input.len(), "{fault}");
    }
    let mut end = 0;
    for item in &opened.items {
        assert!(item.range.end <= input.len(), "{:?}", item.range);
        match &item.form {
            Form::Within { item: outer, place } => {
                let bundle = opened.items[*outer].der();
                assert_eq!(item.der(), &bundle[place.clone()]);
            }
            form => {
                assert!(end <= item.range.start, "{:?}", item.range);
                end = item.range.end;
                if *form == Form::Binary && !matches!(item.content, Content::PrivateKey(_)) {
                    assert_eq!(item.der(), &input[item.range.clone()]);
                }
            }
        }
        match &item.content {
            Content::Document { kind, der } => check(*kind, der),
            Content::PrivateKey(_) => {
                assert_eq!((item.der(), item.explain()), (&[][..], None));
            }
        }
    }
}

/// The tree covers the input, and problems are in it.
fn check(kind: Kind, input: &[u8]) {
    let (tree, problems) = explain_as(kind, input);
    assert_eq!(tree.range, 0..input.len());
    assert_eq!(tree.gap(), None, "{tree}");
    for problem in &problems {
        assert!(problem.at <= input.len(), "{problem}");
    }
}
