//! The corpus of the target `judge`: the failure gallery, and a small world whose parties all have
//! one key, with a list and a response.

use std::path::PathBuf;

use padlock_pki::certificate;
use padlock_pki::demo::gallery::Flaw;
use padlock_pki::demo::{Authority, Holder, KeyChoice};
use padlock_pki::digest::Hash;
use padlock_pki::issue::{
    ExtendedKeyUsage, FurtherExtension, Issuer, RevocationList, Subject, Template, issue,
    issue_list,
};
use padlock_pki::random::Random;
use padlock_pki::signature::SignatureAlgorithm;
use padlock_pki::time::UnixSeconds;

use crate::targets::judge::{
    ASKS_FOR_STATUS, CLIENT, NAME, NOW, Piece, SIGNED_ANEW, WEB, key, response, sequence, signed,
    tlv, written,
};

const DAY: i64 = 86_400;
const SERIAL: [u8; 3] = [0x0a, 0x0b, 0x0c];

/// The seeds, by their files' names.
pub(crate) fn seeds() -> Vec<(String, Vec<u8>)> {
    let mut seeds = Vec::new();
    for flaw in Flaw::ALL {
        let keys = flaw.authority_keys(KeyChoice::Ed25519);
        let authority = Authority::with_keys(keys, NOW).unwrap();
        let staged = authority.staged(*flaw, Holder::Shop, KeyChoice::Ed25519);
        let staged = staged.unwrap();
        let mut pieces: Vec<(Piece, &[u8])> = Vec::new();
        pieces.extend(
            staged
                .identity
                .chain
                .iter()
                .map(|der| (Piece::Chain, &der[..])),
        );
        pieces.extend(staged.anchors.iter().map(|der| (Piece::Anchor, &der[..])));
        pieces.extend(staged.crls.iter().map(|der| (Piece::List, &der[..])));
        let asked = if staged.asks_for_status {
            ASKS_FOR_STATUS
        } else {
            0
        };
        seeds.push((flaw.name().to_owned(), written(asked, &pieces)));
    }
    let own = own();
    for (name, asked, of_client, with) in [
        ("own", SIGNED_ANEW, false, &[][..]),
        ("own-web", SIGNED_ANEW | WEB, false, &[Piece::List]),
        ("own-client", SIGNED_ANEW | CLIENT, true, &[]),
        ("own-list", SIGNED_ANEW, false, &[Piece::List]),
        (
            "own-response",
            SIGNED_ANEW | ASKS_FOR_STATUS,
            false,
            &[Piece::Response],
        ),
        (
            "own-both",
            SIGNED_ANEW,
            false,
            &[Piece::List, Piece::Response],
        ),
    ] {
        let [server, client, issuing, root, list, response] = own.each_ref().map(Vec::as_slice);
        let leaf = if of_client { client } else { server };
        let mut pieces = vec![
            (Piece::Chain, leaf),
            (Piece::Chain, issuing),
            (Piece::Anchor, root),
        ];
        for piece in with {
            pieces.push((
                *piece,
                if *piece == Piece::List {
                    list
                } else {
                    response
                },
            ));
        }
        seeds.push((name.to_owned(), written(asked, &pieces)));
    }
    seeds
}

/// A server's and a client's certificate, their authority's, the root's; a list and a response.
fn own() -> [Vec<u8>; 6] {
    let named = |name: &str| Subject::new().organization("Test").common_name(name);
    let (root, issuing) = (named("Root"), named("Issuing"));
    let by = |issuer: &Subject, template: &Template| {
        let issuer = Issuer {
            subject: issuer,
            key: key(),
            algorithm: SignatureAlgorithm::Ed25519,
        };
        let mut random = Random::new([9; 32]);
        issue(template, key().public_key(), &issuer, &mut random).unwrap()
    };
    let authority =
        |subject: &Subject| Template::authority(subject.clone(), NOW - 300 * DAY, NOW + 300 * DAY);
    let end_entity = |purpose| {
        let (from, to) = (NOW - 10 * DAY, NOW + 80 * DAY);
        let mut template = Template::end_entity(named(NAME), &[NAME], from, to);
        template.serial_number = Some(SERIAL.to_vec());
        template.extended_key_usage = vec![purpose];
        template
    };
    let mut server = end_entity(ExtendedKeyUsage::ServerAuth);
    server.further_extensions.push(FurtherExtension {
        identifier: der::oid::ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.1.24"),
        critical: false,
        value: vec![0x30, 3, 2, 1, 5],
    });
    let issuing_itself = by(&root, &authority(&issuing));
    let name = certificate::subject(&issuing_itself).unwrap();
    let list = RevocationList {
        this_update: NOW - DAY,
        next_update: NOW + 6 * DAY,
        number: 1,
        revoked: vec![padlock_pki::issue::Revoked {
            serial_number: vec![1],
            date: NOW - 2 * DAY,
            reason: 1,
        }],
    };
    let issuer = Issuer {
        subject: &issuing,
        key: key(),
        algorithm: SignatureAlgorithm::Ed25519,
    };
    [
        by(&issuing, &server),
        by(&issuing, &end_entity(ExtendedKeyUsage::ClientAuth)),
        issuing_itself,
        by(&root, &authority(&root)),
        issue_list(&list, &issuer, &mut Random::new([2; 32])).unwrap(),
        good(&name),
    ]
}

/// A response by the authority of this name that the server's certificate is good.
fn good(name: &[u8]) -> Vec<u8> {
    let moment = |days: i64| {
        let text = UnixSeconds(NOW + days * DAY).to_rfc3339();
        let text: String = text.chars().filter(|c| !"-:T".contains(*c)).collect();
        tlv(0x18, &[text.as_bytes()])
    };
    let sha1 = sequence(&[&[6, 5, 0x2b, 0x0e, 3, 2, 0x1a]]);
    let digest = |octets: &[u8]| tlv(4, &[&Hash::Sha1.of(octets)]);
    let identifier = sequence(&[
        &sha1,
        &digest(name),
        &digest(key().public_key().key_bytes()),
        &tlv(2, &[&SERIAL]),
    ]);
    let until = tlv(0xa0, &[&moment(1)]);
    let single = sequence(&[&identifier, &[0x80, 0], &moment(-1), &until]);
    let data = sequence(&[&tlv(0xa1, &[name]), &moment(0), &sequence(&[&single])]);
    response(&signed(&data, &[]))
}

/// The files are these seeds. `PADLOCK_SNAPSHOTS=write` writes them anew.
#[test]
fn the_corpus_is_made_of_these() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/judge");
    let is_written = std::env::var_os("PADLOCK_SNAPSHOTS").is_some_and(|value| value == "write");
    for (name, seed) in seeds() {
        let path = folder.join(name);
        if is_written {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, &seed).unwrap();
        }
        let file = std::fs::read(&path).unwrap_or_default();
        assert!(file == seed, "{}: PADLOCK_SNAPSHOTS=write", path.display());
    }
}

/// In its own world everything is believed: what is changed is changed in something good.
#[test]
fn what_is_signed_anew_is_good() {
    use crate::targets::judge::is_accepted;
    for (name, seed) in seeds() {
        if name.starts_with("own") {
            assert_eq!(is_accepted(&seed), name != "own-web", "{name}");
        }
    }
}
