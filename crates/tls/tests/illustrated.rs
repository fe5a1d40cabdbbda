//! The recorded connection of "The Illustrated TLS 1.2 Connection": TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA
//! over x25519. Every message decodes and encodes back to itself; from the private keys and the
//! randoms every secret, key, signature, verify_data and record is computed again.

#![expect(
    clippy::unwrap_used,
    reason = "what a test needs and does not get fails it"
)]

use std::path::PathBuf;

use padlock_pki::key::PrivateKey;
use padlock_pki::pem;
use padlock_pki::random::Random;
use padlock_pki::signature::SignatureAlgorithm;
use padlock_tls::codes::{AlertDescription, CipherSuite, ContentType, NamedGroup, SignatureScheme};
use padlock_tls::crypto::RecordHeader;
use padlock_tls::crypto::cbc_hmac::{CbcHmacKey, Order};
use padlock_tls::crypto::kx::{EphemeralKey, Group};
use padlock_tls::crypto::mac::Mac;
use padlock_tls::messages::{
    Alert, Body, ChangeCipherSpec, ClientKeyExchange, Finished, Handshake,
};
use padlock_tls::observer::{Observer, Secret, SightingKind};
use padlock_tls::report::Reporter;
use padlock_tls::schedule::{MasterSecret, PreMasterSecret, Randoms, TrafficKeys};
use padlock_tls::suite::{KeyExchange, Suite};
use padlock_tls::trace::Party;
use padlock_wire::{Structure, hex};

/// The folder of the recording; `None`, said aloud, where it is not at hand.
fn folder() -> Option<PathBuf> {
    let folder =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors/illustrated-tls12");
    if !folder.is_dir() {
        println!("skipped: the recording is not at hand");
        return None;
    }
    Some(folder)
}

struct Recording {
    folder: PathBuf,
}

impl Recording {
    #[expect(
        clippy::disallowed_methods,
        reason = "the recording is a folder of files"
    )]
    fn file(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.folder.join(name)).unwrap()
    }

    fn text(&self, name: &str) -> String {
        String::from_utf8(self.file(name)).unwrap()
    }

    /// A record, with its header.
    fn record(&self, name: &str) -> Vec<u8> {
        self.file(&format!("captures/caps/{name}"))
    }

    /// The handshake message in a record in clear.
    fn message(&self, name: &str) -> Vec<u8> {
        self.record(name)[5..].to_vec()
    }

    /// An ephemeral key: the 32 bytes at the end of its PKCS#8 (RFC 8410 §7).
    fn ephemeral(&self, name: &str) -> EphemeralKey {
        let blocks = pem::blocks(&self.text(name)).unwrap();
        let der = &blocks[0].contents;
        EphemeralKey::from_private_bytes(Group::X25519, &der[der.len() - 32..]).unwrap()
    }

    fn randoms(&self) -> Randoms {
        let part = |name| <[u8; 32]>::try_from(&self.message(name)[6..38]).unwrap();
        Randoms {
            client: part("clienthello"),
            server: part("serverhello"),
        }
    }

    /// All handshake messages up to the client's Finished.
    fn transcript(&self) -> Vec<u8> {
        let names = [
            "clienthello",
            "serverhello",
            "servercert",
            "serverkeyexchange",
            "serverhellodone",
            "clientkeyexchange",
        ];
        names.iter().flat_map(|name| self.message(name)).collect()
    }

    fn logged_master(&self) -> Vec<u8> {
        let log = self.text("captures/keylog.txt");
        hex::decode(log.split_whitespace().last().unwrap()).unwrap()
    }
}

fn suite() -> Suite {
    Suite::of(CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA).unwrap()
}

fn unheard() -> Reporter {
    Reporter::new(Party::Client, false)
}

#[test]
fn every_message_decodes_and_encodes_back_to_itself() {
    let Some(folder) = folder() else { return };
    let recording = Recording { folder };
    for name in [
        "clienthello",
        "serverhello",
        "servercert",
        "serverkeyexchange",
        "serverhellodone",
        "clientkeyexchange",
    ] {
        let bytes = recording.message(name);
        let decoded = Handshake::expecting(Some(KeyExchange::EcdheRsa)).decode_into(&bytes);
        let message = decoded.value.unwrap();
        assert!(!matches!(message.body, Body::Unknown(_)), "{name}");
        let encoded = message.encode().unwrap();
        assert_eq!(encoded.bytes, bytes, "{name}");
        assert_eq!(encoded.tree, decoded.tree, "{name}");
        assert_eq!(decoded.tree.gap(), None, "{name}");
    }
    for name in ["clientfinishedplain", "serverfinishedplain"] {
        let bytes = &recording.record(name)[..16];
        let message = Handshake::expecting(None).decode_into(bytes).value.unwrap();
        assert!(matches!(message.body, Body::Finished(_)));
        assert_eq!(message.encode().unwrap().bytes, bytes, "{name}");
    }
    for name in ["clientccs", "serverccs"] {
        let bytes = recording.message(name);
        let message = ChangeCipherSpec::decode(&bytes).unwrap();
        assert_eq!(message.encode().unwrap().bytes, bytes, "{name}");
    }
    let bytes = &recording.record("clientalertplain")[..2];
    let alert = Alert::decode(bytes).unwrap();
    assert_eq!(alert.description, AlertDescription::CLOSE_NOTIFY);
    assert_eq!(alert.encode().unwrap().bytes, bytes);
}

#[test]
fn the_key_exchange_is_computed_again() {
    let Some(folder) = folder() else { return };
    let recording = Recording { folder };
    let client = recording.ephemeral("client-ephemeral-private.key");
    let server = recording.ephemeral("server-ephemeral-private.key");
    let parse = |name| {
        let bytes = recording.message(name);
        Handshake::expecting(Some(KeyExchange::EcdheRsa))
            .decode_into(&bytes)
            .value
            .unwrap()
            .body
    };
    let Body::ServerKeyExchange(offer) = parse("serverkeyexchange") else {
        panic!()
    };
    assert_eq!(offer.parameters.group, NamedGroup::X25519);
    assert_eq!(offer.parameters.public_key, server.public_bytes());
    let answer = ClientKeyExchange::Ecdhe(client.public_bytes().to_vec());
    assert_eq!(parse("clientkeyexchange"), Body::ClientKeyExchange(answer));

    let Randoms {
        client: first,
        server: second,
    } = recording.randoms();
    let parameters = offer.parameters.encode().unwrap().bytes;
    let signed = [&first[..], &second, &parameters].concat();
    let key = PrivateKey::from_pem(&recording.text("server.key")).unwrap();
    assert_eq!(offer.signed.algorithm, SignatureScheme::RSA_PKCS1_SHA256);
    let signature = key
        .sign(
            SignatureAlgorithm::RsaPkcs1Sha256,
            &signed,
            &mut Random::new([0; 32]),
        )
        .unwrap();
    assert_eq!(offer.signed.signature, signature);

    let secret = client.agree(server.public_bytes()).unwrap();
    assert_eq!(secret, server.agree(client.public_bytes()).unwrap());
    let master =
        PreMasterSecret::new(secret).master(suite().hash, &recording.randoms(), &mut unheard());
    assert_eq!(master.as_bytes(), recording.logged_master());
}

#[test]
fn every_protected_record_is_sealed_again() {
    let Some(folder) = folder() else { return };
    let recording = Recording { folder };
    let master = MasterSecret::new(recording.logged_master());
    let keys = master.key_block(suite(), &recording.randoms(), &mut unheard());
    let sealer = |keys: &TrafficKeys| {
        CbcHmacKey::new(
            Order::MacThenEncrypt,
            Mac::HmacSha1,
            &keys.mac_key,
            &keys.key,
        )
        .unwrap()
    };
    let mut transcript = recording.transcript();
    let mut finished = |party| {
        let hash = suite().hash;
        let verify_data = master.verify_data(hash, party, &transcript, &mut unheard());
        let bytes = Handshake::new(Finished { verify_data })
            .encode()
            .unwrap()
            .bytes;
        transcript.extend_from_slice(&bytes);
        bytes
    };
    let client_finished = finished(Party::Client);
    let server_finished = finished(Party::Server);
    let close = vec![1, 0];
    for (name, keys, sequence, content_type, content) in [
        (
            "clientfinished",
            &keys.client,
            0,
            ContentType::HANDSHAKE,
            client_finished,
        ),
        (
            "serverfinished",
            &keys.server,
            0,
            ContentType::HANDSHAKE,
            server_finished,
        ),
        (
            "clientdata",
            &keys.client,
            1,
            ContentType::APPLICATION_DATA,
            b"ping".to_vec(),
        ),
        (
            "serverdata",
            &keys.server,
            1,
            ContentType::APPLICATION_DATA,
            b"pong".to_vec(),
        ),
        ("clientalert", &keys.client, 2, ContentType::ALERT, close),
    ] {
        let recorded = recording.record(name);
        let iv = <[u8; 16]>::try_from(&recorded[5..21]).unwrap();
        let header = RecordHeader {
            sequence,
            content_type: content_type.0,
            version: [3, 3],
        };
        let sealed = sealer(keys).seal(header, iv, &content);
        assert_eq!(sealed.fragment, recorded[5..], "{name}");
        let plain = recording.record(&format!("{name}plain"));
        assert!(plain.starts_with(&content), "{name}");
    }
}

#[test]
fn an_observer_with_the_key_log_reads_the_conversation() {
    let Some(folder) = folder() else { return };
    let recording = Recording { folder };
    let master = MasterSecret::new(recording.logged_master());
    let mut observer = Observer::new(Secret::MasterSecret(master));
    let mut data = Vec::new();
    for (party, name) in [
        (Party::Client, "clienthello"),
        (Party::Server, "serverhello"),
        (Party::Server, "servercert"),
        (Party::Server, "serverkeyexchange"),
        (Party::Server, "serverhellodone"),
        (Party::Client, "clientkeyexchange"),
        (Party::Client, "clientccs"),
        (Party::Client, "clientfinished"),
        (Party::Server, "serverccs"),
        (Party::Server, "serverfinished"),
        (Party::Client, "clientdata"),
        (Party::Server, "serverdata"),
        (Party::Client, "clientalert"),
    ] {
        for sighting in observer.observe(party, &recording.record(name)) {
            match sighting.kind {
                SightingKind::Fault(error) => panic!("{name}: {error}"),
                SightingKind::Record { unreadable, .. } => assert!(!unreadable, "{name}"),
                SightingKind::Data(bytes) => data.push(bytes),
                SightingKind::Message(_) | SightingKind::Alert(_) => {}
            }
        }
    }
    assert_eq!(data, [b"ping".to_vec(), b"pong".to_vec()]);
}
