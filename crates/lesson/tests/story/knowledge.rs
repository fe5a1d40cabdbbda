//! Who knows what, and what a thief of keys learns later.

use padlock_tls::value::Epoch;

use super::*;

#[test]
fn only_who_has_the_key_knows_what_the_applications_say() {
    for &kx in KeyExchange::ALL {
        let lesson = tell(&scenario(Setting::Shop, kx));
        let sample = match kx {
            KeyExchange::EarlyData => "early-data",
            _ => "sample",
        };
        for (id, from) in [(sample, 0), ("answer", 1)] {
            let rows = &step(&lesson, id).knowledge;
            let row = rows
                .iter()
                .find(|row| row.name.is_none() && row.new)
                .unwrap();
            assert_eq!(
                row.bytes,
                b"Here is a sample. If you can read it, send it back."
            );
            let mut expected = [Knows::Computed, Knows::Computed, Knows::Sealed];
            expected[from] = Knows::Made;
            if id == "early-data" {
                // The server opens it once it has taken the hello before it apart.
                expected[1] = Knows::Sealed;
                let at = lesson.steps.iter().position(|one| one.id == id).unwrap();
                let mut later = lesson.steps[at + 1].knowledge.iter();
                let later = later.find(|one| one.bytes == row.bytes).unwrap();
                assert_eq!(later.server, Knows::Computed);
            }
            assert_eq!([row.client, row.server, row.eavesdropper], expected, "{id}");
        }
    }
}

#[test]
fn whoever_only_listens_learns_no_secret() {
    for scenario in every_scenario() {
        let lesson = tell(&scenario);
        for step in &lesson.steps {
            for row in step.knowledge.iter().filter(|row| row.secret) {
                assert!(!row.eavesdropper.has_it(), "{:?} in {}", row.title, step.id);
            }
        }
    }
}

#[test]
fn the_tables_of_who_knows_what() {
    use Knows::{Computed, Made, No, Read, Sealed};
    let rsa = tell(&scenario(Setting::Shop, KeyExchange::Rsa));
    let ecdhe = tell(&scenario(Setting::Payroll, KeyExchange::Ecdhe));
    let pre_master = ValueName::PreMasterSecret;
    let client_write = ValueName::WriteKey(Client);
    for (lesson, id, name, expected) in [
        (
            &rsa,
            "client-hello",
            ValueName::Random(Client),
            [Made, Read, Read],
        ),
        (
            &rsa,
            "server-hello",
            ValueName::CertifiedPrivateKey(Server),
            [No, Made, No],
        ),
        (
            &rsa,
            "server-hello",
            ValueName::CertifiedPublicKey(Server),
            [Read, Made, Read],
        ),
        (&rsa, "key-exchange", pre_master, [Made, No, Sealed]),
        (&rsa, "shared-secret", pre_master, [Made, Computed, Sealed]),
        (
            &rsa,
            "keys",
            ValueName::MasterSecret,
            [Computed, Computed, No],
        ),
        (&rsa, "keys", client_write, [Computed, Computed, No]),
        (
            &rsa,
            "client-finished",
            ValueName::VerifyData(Client),
            [Computed, Computed, Sealed],
        ),
        (
            &ecdhe,
            "server-hello",
            ValueName::EphemeralPublicKey(Server),
            [Read, Made, Read],
        ),
        (
            &ecdhe,
            "key-exchange",
            ValueName::EphemeralPrivateKey(Client),
            [Made, No, No],
        ),
        (
            &ecdhe,
            "certificate-verify",
            ValueName::CertifiedPrivateKey(Client),
            [Made, No, No],
        ),
        (
            &ecdhe,
            "client-check",
            ValueName::CertifiedPublicKey(Client),
            [Made, Read, Read],
        ),
        (
            &ecdhe,
            "shared-secret",
            pre_master,
            [Computed, Computed, No],
        ),
        (
            &ecdhe,
            "closed",
            ValueName::MasterSecret,
            [Computed, Computed, No],
        ),
    ] {
        let rows: Vec<_> = step(lesson, id)
            .knowledge
            .iter()
            .filter(|row| row.name == Some(name))
            .collect();
        assert_eq!(rows.len(), 1, "{name} in {id}");
        let row = rows[0];
        assert_eq!(
            [row.client, row.server, row.eavesdropper],
            expected,
            "{name} in {id}"
        );
    }
}

/// What somebody has who recorded a run and then stole these keys.
fn thief(key_exchange: KeyExchange, stolen: &[ValueName], name: ValueName) -> Knows {
    let (_, trace) = play::run(&scenario(Setting::Payroll, key_exchange));
    let mut knowledge = Knowledge::with_stolen(stolen);
    knowledge.observe(&trace.events);
    knowledge
        .values()
        .iter()
        .find(|known| known.name == name)
        .unwrap()
        .eavesdropper
}

/// In TLS 1.3 the certificates travel encrypted; names and shares do not.
#[test]
fn what_tls13_hides() {
    for (kx, certificate) in [
        (KeyExchange::Ecdhe, Knows::Read),
        (KeyExchange::Tls13, Knows::Sealed),
    ] {
        let lesson = tell(&scenario(Setting::Payroll, kx));
        let last = lesson.steps.last().unwrap();
        for party in [Client, Server] {
            for (name, expected) in [
                (ValueName::CertifiedPublicKey(party), certificate),
                (ValueName::EphemeralPublicKey(party), Knows::Read),
                (ValueName::VerifyData(party), Knows::Sealed),
            ] {
                let mut rows = last.knowledge.iter();
                let row = rows.find(|row| row.name == Some(name)).unwrap();
                assert_eq!(row.eavesdropper, expected, "{name} by {kx:?}");
            }
        }
        let heard = last.overheard.iter().map(|heard| plain(&heard.what));
        let certificates = heard.filter(|heard| heard.contains("certificate")).count();
        assert_eq!(certificates == 0, kx == KeyExchange::Tls13);
    }
}

#[test]
fn a_stolen_ticket_key_opens_early_data_and_nothing_after() {
    let early = ValueName::TrafficKey(Client, Epoch::Early);
    let later = ValueName::TrafficKey(Client, Epoch::Application(0));
    for (stolen, opens) in [
        (vec![], [false, false]),
        (vec![ValueName::CertifiedPrivateKey(Server)], [false, false]),
        (vec![ValueName::TicketKey], [true, false]),
        (
            vec![ValueName::TicketKey, ValueName::EphemeralPrivateKey(Client)],
            [true, true],
        ),
    ] {
        let found = [early, later].map(|name| thief(KeyExchange::EarlyData, &stolen, name));
        assert_eq!(found.map(Knows::has_it), opens, "{stolen:?}");
    }
}

/// Who breaks X25519 has its private keys. In the hybrid that is half of the way, and half is nothing.
#[test]
fn who_breaks_the_curve_still_lacks_ml_kem() {
    let private = [Client, Server].map(ValueName::EphemeralPrivateKey);
    let seed = [ValueName::MlKemSeed];
    let secrets = [
        ValueName::SharedSecret,
        ValueName::HandshakeSecret,
        ValueName::MainSecret,
        ValueName::TrafficKey(Client, Epoch::Application(0)),
        ValueName::TrafficKey(Server, Epoch::Application(0)),
    ];
    for (kx, stolen, opens) in [
        (KeyExchange::Tls13, vec![], false),
        (KeyExchange::Tls13, private.to_vec(), true),
        (KeyExchange::Hybrid, private.to_vec(), false),
        (KeyExchange::Hybrid, seed.to_vec(), false),
        (KeyExchange::Hybrid, [&private[..], &seed].concat(), true),
    ] {
        for name in secrets {
            let has = thief(kx, &stolen, name).has_it();
            assert_eq!(has, opens, "{kx:?}, {stolen:?}: {name}");
        }
    }
    let curve = thief(KeyExchange::Hybrid, &private, ValueName::CurveSecret);
    assert!(curve.has_it(), "the curve's part is known");
    let other = thief(KeyExchange::Hybrid, &private, ValueName::MlKemSecret);
    assert!(!other.has_it(), "and the other is not");
}

#[test]
fn a_stolen_key_opens_rsa_key_transport_and_not_ecdhe() {
    let certified = [
        ValueName::CertifiedPrivateKey(Server),
        ValueName::CertifiedPrivateKey(Client),
    ];
    for name in [
        ValueName::PreMasterSecret,
        ValueName::MasterSecret,
        ValueName::WriteKey(Client),
        ValueName::WriteKey(Server),
        ValueName::VerifyData(Client),
        ValueName::VerifyData(Server),
    ] {
        assert!(!thief(KeyExchange::Rsa, &[], name).has_it(), "{name}");
        assert!(
            thief(KeyExchange::Rsa, &certified[..1], name).has_it(),
            "{name}"
        );
        assert!(
            !thief(KeyExchange::Ecdhe, &certified, name).has_it(),
            "{name}"
        );
        let ephemeral = [ValueName::EphemeralPrivateKey(Server)];
        assert!(
            thief(KeyExchange::Ecdhe, &ephemeral, name).has_it(),
            "{name}"
        );
    }
}
