//! The traces of RFC 8448: every message decodes and encodes back to itself; every secret, key,
//! nonce, binder and Finished is computed again, and every record opened and made again.

use std::collections::HashMap;
use std::path::Path;

use padlock_pki::certificate;
use padlock_pki::digest::Hash;
use padlock_pki::key::KeyKind;
use padlock_pki::random::Random;
use padlock_tls::codes::{ContentType, HandshakeType};
use padlock_tls::crypto::aead::Aead;
use padlock_tls::crypto::hkdf;
use padlock_tls::crypto::kx::{EphemeralKey, Group};
use padlock_tls::messages::{Body, Form, Handshake};
use padlock_tls::record::{Joiner, Protector, Receiver, Sender, WriteKeys};
use padlock_tls::trace::Party;
use padlock_tls::value::{Epoch, ValueName};
use padlock_wire::{Structure, hex};

/// A step of a trace.
struct Step {
    section: String,
    actor: String,
    action: String,
    fields: HashMap<String, String>,
}

impl Step {
    /// A field in bytes; "(empty)" and "0 (…)" are how the RFC writes nothing and zeros.
    fn bytes(&self, name: &str) -> Vec<u8> {
        let text = &self.fields[name];
        if text.starts_with("(empty") || text.starts_with('0') && text.contains("zero") {
            return Vec::new();
        }
        hex::decode(text).unwrap_or_else(|_| panic!("{name}: {text}"))
    }
}

fn steps() -> Vec<Step> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors/rfc8448.json");
    #[expect(clippy::disallowed_methods, reason = "a test may read its vectors")]
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is not there", path.display());
        return Vec::new();
    };
    let data: serde_json::Value = serde_json::from_str(&text).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let step = |step: &serde_json::Value| Step {
        section: text(&step["section"]),
        actor: text(&step["actor"]),
        action: text(&step["action"]),
        fields: step["fields"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, value)| (name.clone(), text(value)))
            .collect(),
    };
    data["steps"].as_array().unwrap().iter().map(step).collect()
}

/// The info of HKDF-Expand-Label with this context: label and length are read out of the RFC's own.
fn expand(prk: &[u8], info: &[u8], context: &[u8]) -> Vec<u8> {
    let length = usize::from(u16::from_be_bytes([info[0], info[1]]));
    let label = std::str::from_utf8(&info[3 + 6..3 + usize::from(info[2])]).unwrap();
    assert_eq!(
        hkdf::hkdf_label(label, context, length).unwrap(),
        info,
        "{label}"
    );
    hkdf::expand_label(Hash::Sha256, prk, label, context, length)
}

#[test]
fn messages_encode_back_to_themselves() {
    let mut count = 0;
    for step in steps() {
        for (name, text) in &step.fields {
            if !step.action.starts_with("construct a") || !text.starts_with(char::is_numeric) {
                continue;
            }
            let bytes = hex::decode(text).unwrap();
            let decoded = Handshake::expecting(Form::Tls13).decode_into(&bytes);
            // A ClientHello that is shown before its binders are made ends too early.
            if name == "ClientHello" && decoded.value.is_err() {
                assert_eq!(step.section, "Resumed 0-RTT Handshake");
                continue;
            }
            let message = decoded
                .value
                .unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_ne!(message.body.kind(), HandshakeType::MESSAGE_HASH);
            assert!(!matches!(message.body, Body::Unknown(_)), "{name}");
            let encoded = message.encode().unwrap();
            assert_eq!(encoded.bytes, bytes, "{name} in {}", step.section);
            assert_eq!(encoded.tree, decoded.tree);
            count += 1;
        }
    }
    println!("{count} messages");
    assert!(count == 0 || count > 30);
}

#[test]
fn what_records_carry_encodes_back_to_itself() {
    let mut count = 0;
    for step in steps() {
        if !step.action.starts_with("send handshake record") {
            continue;
        }
        let mut joiner = Joiner::default();
        joiner.push(&step.bytes("payload"));
        while let Some(bytes) = joiner.next_message().unwrap() {
            let decoded = Handshake::expecting(Form::Tls13).decode_into(&bytes);
            assert_eq!(decoded.tree.gap(), None);
            assert_eq!(decoded.value.unwrap().encode().unwrap().bytes, bytes);
            count += 1;
        }
        assert!(joiner.is_empty());
    }
    println!("{count} messages");
    assert!(count == 0 || count > 30);
}

#[test]
fn secrets_are_computed_again() {
    let (mut extracted, mut derived, mut keys, mut finished) = (0, 0, 0, 0);
    for step in steps() {
        let has = |name: &str| step.fields.contains_key(name);
        let field = |name: &str| step.bytes(name);
        let place = format!("{}: {}", step.section, step.action);
        if has("IKM") {
            let zeros = vec![0; 32];
            let or_zeros = |bytes: Vec<u8>| {
                if bytes.is_empty() {
                    zeros.clone()
                } else {
                    bytes
                }
            };
            let salt = or_zeros(field("salt"));
            let secret = hkdf::extract(Hash::Sha256, &salt, &or_zeros(field("IKM")));
            assert_eq!(secret, field("secret"), "{place}");
            extracted += 1;
        } else if has("finished") {
            let key = expand(&field("PRK"), &field("info"), b"");
            assert_eq!(key, field("expanded"), "{place}");
            finished += 1;
        } else if has("hash") && has("expanded") {
            let expanded = expand(&field("PRK"), &field("info"), &field("hash"));
            assert_eq!(expanded, field("expanded"), "{place}");
            derived += 1;
        } else if has("key expanded") {
            for part in ["key", "iv"] {
                let info = field(&format!("{part} info"));
                let expanded = expand(&field("PRK"), &info, b"");
                assert_eq!(expanded, field(&format!("{part} expanded")), "{place}");
            }
            keys += 1;
        }
        if has("private key") {
            let group = match step.action.contains("P-256") {
                true => Group::Secp256r1,
                false => Group::X25519,
            };
            if step.action.contains("ephemeral") {
                let key = EphemeralKey::from_private_bytes(group, &field("private key")).unwrap();
                assert_eq!(key.public_bytes(), field("public key"));
            }
        }
        if has("binder hash") {
            let data =
                padlock_tls::crypto::hmac(Hash::Sha256, &field("expanded"), &field("binder hash"));
            assert_eq!(data, field("finished"));
            let truncated = Hash::Sha256.of(&field("ClientHello prefix"));
            assert_eq!(truncated, field("binder hash"));
        }
    }
    assert!(extracted == 0 || derived > 20 && keys > 20 && finished > 10);
    println!("{extracted} extracted, {derived} derived, {keys} keys, {finished} finished");
}

/// The signatures were made with fresh randomness: they are taken from the traces, and verified over
/// the transcript up to their certificate (RFC 9846 §4.5.2).
#[test]
fn signatures_are_verified() {
    // All messages of a trace so far, by its section; and the certificate that came last.
    let mut transcripts: HashMap<String, Vec<u8>> = HashMap::new();
    let mut certified = None;
    let mut count = 0;
    for step in steps() {
        let transcript = transcripts.entry(step.section.clone()).or_default();
        if !step.action.starts_with("construct a") {
            continue;
        }
        let mut messages = step.fields.values().filter_map(|text| {
            let is_message = text.starts_with(char::is_numeric);
            is_message.then(|| hex::decode(text).unwrap())
        });
        let Some(bytes) = messages.next() else {
            continue;
        };
        let decoded = Handshake::expecting(Form::Tls13).decode_into(&bytes);
        match decoded.value.map(|message| message.body) {
            Ok(Body::ServerHello(hello)) if hello.is_retry_request() => {
                let hash = Hash::Sha256.of(transcript);
                *transcript = [&[254, 0, 0, 32], &hash[..]].concat();
            }
            Ok(Body::Certificate13(message)) => {
                let first = &message.certificate_list[0].cert_data;
                certified = Some(certificate::public_key(first).unwrap());
            }
            Ok(Body::CertificateVerify(message)) => {
                let key = certified.take().unwrap();
                let context: &[u8] = match step.actor.as_str() {
                    "server" => b"TLS 1.3, server CertificateVerify\0",
                    _ => b"TLS 1.3, client CertificateVerify\0",
                };
                let hash = Hash::Sha256.of(transcript);
                let content = [&[0x20; 64], context, &hash].concat();
                let signed = message.signed;
                let algorithm = signed.algorithm.algorithm(&key.kind()).unwrap();
                // The RFC's RSA keys have 1024 bits, which ring does not take for PSS: it is
                // undone here.
                let verified = match key.kind() {
                    KeyKind::Rsa { .. } => {
                        let encoded = key.encrypt_raw(&signed.signature).unwrap();
                        is_pss(&encoded, &content)
                    }
                    _ => key.verify(algorithm, &content, &signed.signature).is_ok(),
                };
                assert!(verified, "{}: {}", step.section, step.action);
                count += 1;
            }
            _ => {}
        }
        transcript.extend_from_slice(&bytes);
    }
    println!("{count} signatures");
    assert!(count == 0 || count == 5, "{count} signatures");
}

/// EMSA-PSS-VERIFY with SHA-256 and a salt of as many bytes, for a modulus of a whole number of bytes
/// (RFC 8017 §9.1.2).
fn is_pss(encoded: &[u8], message: &[u8]) -> bool {
    const LENGTH: usize = 32;
    let (masked, rest) = encoded.split_at(encoded.len() - LENGTH - 1);
    let (hash, trailer) = rest.split_at(LENGTH);
    let mask = (0_u32..).flat_map(|counter| {
        let seeded = [hash, &counter.to_be_bytes()].concat();
        Hash::Sha256.of(&seeded)
    });
    let mut data: Vec<u8> = masked.iter().zip(mask).map(|(a, b)| a ^ b).collect();
    data[0] &= 0x7f;
    let (padding, salt) = data.split_at(data.len() - LENGTH);
    let hashed = [&[0; 8], &Hash::Sha256.of(message)[..], salt].concat();
    let (one, zeros) = padding.split_last().unwrap();
    trailer == [0xbc]
        && *one == 1
        && zeros.iter().all(|byte| *byte == 0)
        && Hash::Sha256.of(&hashed) == hash
}

/// A key and an IV that records are protected with.
#[derive(Clone)]
struct Keys {
    key: Vec<u8>,
    iv: Vec<u8>,
}

impl Keys {
    fn protector(&self) -> Protector {
        let keys = WriteKeys {
            name: ValueName::TrafficKey(Party::Client, Epoch::Application(0)),
            mac_key: &[],
            key: &self.key,
            iv: &self.iv,
        };
        Protector::tls13(Aead::Aes128Gcm, keys).unwrap()
    }
}

/// Both ends of one direction under one key.
#[derive(Clone)]
struct Direction {
    writer: Sender,
    reader: Receiver,
}

impl Direction {
    fn new(keys: &Keys) -> Self {
        let mut writer = Sender::new(Random::new([0; 32]), true);
        writer.set_protection(keys.protector());
        let mut reader = Receiver::new(true);
        reader.set_protection(keys.protector());
        Self { writer, reader }
    }
}

#[test]
fn records_are_opened_and_made_again() {
    // The keys that the trace has shown so far, and those in use by each side.
    let mut shown: HashMap<String, Vec<Keys>> = HashMap::new();
    let mut used: HashMap<(String, String), Direction> = HashMap::new();
    let mut count = 0;
    for step in steps() {
        let shown = shown.entry(step.section.clone()).or_default();
        if step.fields.contains_key("key expanded") {
            let (key, iv) = (step.bytes("key expanded"), step.bytes("iv expanded"));
            shown.push(Keys { key, iv });
            continue;
        }
        if !step.fields.contains_key("complete record") {
            continue;
        }
        let (payload, record) = (step.bytes("payload"), step.bytes("complete record"));
        let content_type = match &step.action {
            action if action.contains("handshake") => ContentType::HANDSHAKE,
            action if action.contains("alert") => ContentType::ALERT,
            action if action.contains("change_cipher_spec") => ContentType::CHANGE_CIPHER_SPEC,
            _ => ContentType::APPLICATION_DATA,
        };
        if record[0] != ContentType::APPLICATION_DATA.0 {
            assert_eq!(record[5..], payload);
            continue;
        }
        // Either the sender's present key opens the record, or one that was shown.
        let who = (step.section.clone(), step.actor.clone());
        let others = shown.iter().rev().map(Direction::new);
        let mut candidates = used.get(&who).cloned().into_iter().chain(others);
        let found = candidates.find_map(|mut direction| {
            direction.reader.push(&record);
            let opened = direction.reader.next_record().ok().flatten()?;
            Some((direction, opened))
        });
        let (mut direction, opened) = found.unwrap_or_else(|| panic!("{}", step.action));
        assert_eq!(
            (opened.content_type, &opened.content),
            (content_type, &payload)
        );
        let records = direction.writer.send(content_type, &payload).unwrap();
        assert_eq!(direction.writer.take_output(), record);
        assert_eq!(records[0].tree.gap(), None);
        used.insert(who, direction);
        count += 1;
    }
    println!("{count} records");
    assert!(count == 0 || count > 20);
}
