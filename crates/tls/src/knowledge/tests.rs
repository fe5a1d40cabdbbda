//! Who knows what in runs made up for the purpose.

use padlock_pki::digest::Hash;
use padlock_wire::{Node, Section, Value as Meaning};

use super::*;
use crate::codes::NamedGroup;
use crate::trace::{Protection, ProtectionScheme};

use Party::{Client, Server};
use ValueName as Name;

/// Any bytes, the same for the same name.
fn bytes(name: Name) -> Vec<u8> {
    let name = name.to_string();
    name.bytes().cycle().take(16 + name.len()).collect()
}

fn value(party: Party, name: Name, formula: Formula, inputs: &[Name]) -> Event {
    let input = |name: &Name| crate::trace::Input {
        name: *name,
        bytes: bytes(*name),
    };
    let inputs = inputs.iter().map(input).collect();
    let section = Section::new(5246, "");
    let kind = EventKind::Value(Value {
        name,
        formula,
        inputs,
        output: bytes(name),
        section,
    });
    Event { party, kind }
}

/// A handshake record with these values in it, sent and received.
fn record(from: Party, values: &[Name], key: Option<Name>) -> Vec<Event> {
    let content: Vec<u8> = values.iter().flat_map(|name| bytes(*name)).collect();
    let protection = key.map(|key| Protection {
        sequence: 0,
        key,
        nonce: Vec::new(),
        additional_data: Vec::new(),
        plaintext: content.clone(),
        ciphertext: vec![0; content.len()],
        tag: vec![0; 16],
        scheme: ProtectionScheme::Aead,
    });
    let event = |party, direction| {
        let record = Record {
            direction,
            content_type: ContentType::HANDSHAKE,
            bytes: Vec::new(),
            tree: Node::leaf("record", 0..0, Meaning::Opaque),
            content: content.clone(),
            protection: protection.clone(),
        };
        Event {
            party,
            kind: EventKind::Record(record),
        }
    };
    vec![
        event(from, Direction::Sent),
        event(from.peer(), Direction::Received),
    ]
}

fn prf() -> Formula {
    Formula::Prf {
        hash: Hash::Sha256,
        label: "label",
        length: 48,
    }
}

fn hellos() -> Vec<Event> {
    let mut events = vec![
        value(Client, Name::Random(Client), Formula::Drawn, &[]),
        value(
            Server,
            Name::CertifiedPrivateKey(Server),
            Formula::Held,
            &[],
        ),
        value(Server, Name::CertifiedPublicKey(Server), Formula::Held, &[]),
        value(Server, Name::Random(Server), Formula::Drawn, &[]),
    ];
    events.extend(record(Client, &[Name::Random(Client)], None));
    events.extend(record(
        Server,
        &[Name::Random(Server), Name::CertifiedPublicKey(Server)],
        None,
    ));
    events
}

fn keys(party: Party) -> Vec<Event> {
    let randoms = [Name::Random(Client), Name::Random(Server)];
    let [client, server] = randoms;
    let master = Name::MasterSecret;
    vec![
        value(
            party,
            master,
            prf(),
            &[Name::PreMasterSecret, client, server],
        ),
        value(party, Name::KeyBlock, prf(), &[master, server, client]),
        value(
            party,
            Name::WriteKey(Client),
            Formula::Cut { start: 0, end: 16 },
            &[Name::KeyBlock],
        ),
        value(
            party,
            Name::VerifyData(Client),
            prf(),
            &[master, Name::TranscriptHash(Client)],
        ),
    ]
}

fn finish(mut events: Vec<Event>) -> Vec<Event> {
    events.extend(keys(Client));
    events.extend(keys(Server));
    events.extend(record(
        Client,
        &[Name::VerifyData(Client)],
        Some(Name::WriteKey(Client)),
    ));
    events
}

fn rsa() -> Vec<Event> {
    let [block, pre_master] = [Name::EncryptionBlock, Name::PreMasterSecret];
    let [sealed, public] = [
        Name::EncryptedPreMasterSecret,
        Name::CertifiedPublicKey(Server),
    ];
    let mut events = hellos();
    events.extend([
        value(Client, Name::PreMasterRandom, Formula::Drawn, &[]),
        value(
            Client,
            pre_master,
            Formula::PreMaster,
            &[Name::PreMasterRandom],
        ),
        value(Client, Name::PaddingRandom, Formula::Drawn, &[]),
        value(
            Client,
            block,
            Formula::Pkcs1Pad,
            &[Name::PaddingRandom, pre_master],
        ),
        value(Client, sealed, Formula::RsaEncrypt, &[block, public]),
    ]);
    events.extend(record(Client, &[sealed], None));
    events.extend([
        value(Server, sealed, Formula::ReadFrom("ClientKeyExchange"), &[]),
        value(Server, block, Formula::RsaDecrypt, &[sealed]),
        value(Server, pre_master, Formula::Pkcs1Unpad, &[block]),
    ]);
    finish(events)
}

fn ecdhe() -> Vec<Event> {
    let mut events = hellos();
    let group = NamedGroup::X25519;
    for party in [Client, Server] {
        let [private, public] = [
            Name::EphemeralPrivateKey(party),
            Name::EphemeralPublicKey(party),
        ];
        events.push(value(party, private, Formula::Drawn, &[]));
        events.push(value(party, public, Formula::PublicKey(group), &[private]));
        events.extend(record(party, &[public], None));
    }
    for party in [Client, Server] {
        let [mine, theirs] = [
            Name::EphemeralPrivateKey(party),
            Name::EphemeralPublicKey(party.peer()),
        ];
        events.push(value(
            party,
            Name::PreMasterSecret,
            Formula::Agree(group),
            &[mine, theirs],
        ));
    }
    finish(events)
}

/// How client, server and eavesdropper stand to a value.
fn stand(events: &[Event], stolen: &[Name], name: Name) -> [Knows; 3] {
    let mut knowledge = Knowledge::with_stolen(stolen);
    knowledge.observe(events);
    let known: Vec<_> = knowledge
        .values()
        .iter()
        .filter(|known| known.name == name)
        .collect();
    assert_eq!(known.len(), 1, "{name}");
    [known[0].client, known[0].server, known[0].eavesdropper]
}

#[test]
fn rsa_is_sealed_until_the_private_key_is_stolen() {
    use Knows::{Computed, Made, No, Read, Sealed};
    let thief = [Name::CertifiedPrivateKey(Server)];
    for (name, expected, with_key) in [
        (Name::Random(Client), [Made, Read, Read], Read),
        (Name::CertifiedPublicKey(Server), [Read, Made, Read], Read),
        (Name::CertifiedPrivateKey(Server), [No, Made, No], Made),
        (Name::PreMasterRandom, [Made, Computed, Sealed], Computed),
        (Name::PaddingRandom, [Made, Computed, Sealed], Computed),
        (Name::PreMasterSecret, [Made, Computed, Sealed], Computed),
        (Name::EncryptionBlock, [Made, Computed, Sealed], Computed),
        (Name::EncryptedPreMasterSecret, [Computed, Read, Read], Read),
        (Name::MasterSecret, [Computed, Computed, No], Computed),
        (Name::WriteKey(Client), [Computed, Computed, No], Computed),
    ] {
        assert_eq!(stand(&rsa(), &[], name), expected, "{name}");
        assert_eq!(stand(&rsa(), &thief, name)[2], with_key, "{name}");
    }
    assert_eq!(stand(&rsa(), &[], Name::VerifyData(Client))[2], Sealed);
    assert!(stand(&rsa(), &thief, Name::VerifyData(Client))[2].has_it());
}

#[test]
fn ecdhe_keeps_its_secret_from_the_thief_of_the_certified_key() {
    for stolen in [
        &[][..],
        &[
            Name::CertifiedPrivateKey(Server),
            Name::CertifiedPrivateKey(Client),
        ],
    ] {
        for name in [
            Name::PreMasterSecret,
            Name::MasterSecret,
            Name::WriteKey(Client),
        ] {
            assert_eq!(
                stand(&ecdhe(), stolen, name),
                [Knows::Computed, Knows::Computed, Knows::No]
            );
        }
    }
    let one = [Name::EphemeralPrivateKey(Client)];
    assert_eq!(
        stand(&ecdhe(), &one, Name::MasterSecret)[2],
        Knows::Computed
    );
}

#[test]
fn nobody_knows_before_it_happens() {
    let events = rsa();
    let sent = |event: &Event| matches!(&event.kind, EventKind::Value(value) if value.name == Name::PreMasterRandom);
    let before = events.iter().position(sent).unwrap();
    assert!(
        knowledge(&events[..before])
            .iter()
            .all(|known| known.name != Name::PreMasterSecret)
    );
    let after = knowledge(&events[..before + 4]);
    let pre_master = after
        .iter()
        .find(|known| known.name == Name::PreMasterSecret)
        .unwrap();
    assert_eq!(
        (pre_master.client, pre_master.server),
        (Knows::Made, Knows::No)
    );
    assert_eq!(pre_master.eavesdropper, Knows::No, "nothing has been sent");
}

#[test]
fn short_values_are_never_found_by_chance() {
    assert!(!contains(&[0; 64], &[0; SHORTEST - 1]));
    assert!(contains(&[0; 64], &[0; SHORTEST]));
    assert!(!contains(&[0; 4], &[0; SHORTEST]));
}
