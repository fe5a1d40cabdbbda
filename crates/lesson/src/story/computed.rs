//! What was computed in a step: values, and how records were protected.

use padlock_tls::crypto::aead::Aead;
use padlock_tls::crypto::mac::Mac;
use padlock_tls::suite::Cipher;
use padlock_tls::trace::{Party, Protection, ProtectionScheme, Record, Value};
use padlock_tls::value::{Formula, ValueName};
use padlock_wire::Section;

use super::{Moment, Run, signed, values, wire};
use crate::lesson::{Computation, Given};
use crate::text::{Text, say};

/// The computations of a step, each once: where both sides made the same one, it is both's.
pub(super) fn computations(moment: &Moment<'_>) -> Vec<Computation> {
    let mut all: Vec<Computation> = signed::computations(moment);
    for (party, value) in moment.values() {
        if matches!(value.formula, Formula::ReadFrom(_) | Formula::Held) {
            continue;
        }
        let names: Vec<ValueName> = value.inputs.iter().map(|input| input.name).collect();
        let (title, purpose) = values::words(value.name);
        #[cfg(feature = "tls13")]
        let purpose = match moment.is_of_tls13() {
            true => values::tls13::purpose(value, moment.run.hybrid().is_some()).unwrap_or(purpose),
            false if moment.run.is_abbreviated() => {
                values::tls13::purpose_resumed(value).unwrap_or(purpose)
            }
            false => purpose,
        };
        let computation = Computation {
            by: vec![party],
            name: Some(value.name),
            title,
            purpose,
            inputs: value
                .inputs
                .iter()
                .map(|input| named(input.name, &input.bytes))
                .collect(),
            formula: value.formula.notation(&names),
            output: value.output.clone(),
            section: section(moment, value),
        };
        let same = |other: &&mut Computation| {
            (other.name, &other.output, &other.inputs, &other.formula)
                == (
                    computation.name,
                    &computation.output,
                    &computation.inputs,
                    &computation.formula,
                )
        };
        match all.iter_mut().find(same) {
            Some(other) if other.by.contains(&party) => {}
            Some(other) => {
                other.by = vec![Party::Client, Party::Server];
            }
            None => all.push(computation),
        }
    }
    for (from, record) in moment.sent_records() {
        if let Some(protection) = &record.protection {
            all.extend(protected(moment.run, from, record, protection));
        }
    }
    all
}

/// Where the standard of the version that is spoken defines a value. Before the versions are settled, a
/// party names the place in that of TLS 1.2.
fn section(moment: &Moment<'_>, value: &Value) -> Section {
    #[cfg(feature = "tls13")]
    if moment.is_of_tls13() {
        return values::tls13::section(value.name).unwrap_or(value.section);
    }
    let _version = moment;
    value.section
}

/// How a record was protected.
fn protected(
    run: &Run<'_>,
    from: Party,
    record: &Record,
    protection: &Protection,
) -> Option<Computation> {
    let key = |name| run.value(name).map(|bytes| named(name, bytes));
    let mut inputs: Vec<Given> = key(protection.key).into_iter().collect();
    let write_key = protection.key;
    let mac_key = ValueName::WriteMacKey(from);
    let additional = given(
        say::story_input_additional_data(),
        "additional_data",
        &protection.additional_data,
    );
    let cipher = run.cipher()?;
    let name = cipher_name(cipher);
    let mut output = fragment(record).to_vec();
    let (formula, section) = match protection.scheme {
        ProtectionScheme::Aead | ProtectionScheme::AeadInner => {
            output = [&protection.ciphertext[..], &protection.tag].concat();
            inputs.push(given(say::story_input_nonce(), "nonce", &protection.nonce));
            inputs.push(additional);
            inputs.push(given(
                say::story_input_plaintext(),
                "plaintext",
                &protection.plaintext,
            ));
            let formula = format!("{name}({write_key}, nonce, additional_data, plaintext)");
            let section = match protection.scheme {
                ProtectionScheme::AeadInner => Section::new(9846, "5.2"),
                _ => Section::new(5246, "6.2.3.3"),
            };
            (formula, section)
        }
        ProtectionScheme::MacThenEncrypt => {
            inputs.extend(key(mac_key));
            inputs.push(given(say::story_input_iv(), "IV", &protection.nonce));
            inputs.push(additional);
            inputs.push(given(
                say::story_input_padded(),
                "plaintext",
                &protection.plaintext,
            ));
            let mac = mac_name(cipher)?;
            let formula = format!(
                "IV + {name}-CBC({write_key}, IV, plaintext), plaintext = content + \
                 {mac}({mac_key}, additional_data + content) + padding"
            );
            (formula, Section::new(5246, "6.2.3.2"))
        }
        ProtectionScheme::EncryptThenMac => {
            inputs.extend(key(mac_key));
            inputs.push(given(say::story_input_iv(), "IV", &protection.nonce));
            inputs.push(additional);
            inputs.push(given(
                say::story_input_padded_only(),
                "plaintext",
                &protection.plaintext,
            ));
            let mac = mac_name(cipher)?;
            let formula = format!(
                "c + {mac}({mac_key}, additional_data + c), \
                 c = IV + {name}-CBC({write_key}, IV, plaintext)"
            );
            (formula, Section::new(7366, "3"))
        }
    };
    let contents = wire::artefact_contents(run, from, record);
    Some(Computation {
        by: vec![from],
        name: None,
        title: say::story_protected_title(contents),
        purpose: say::story_protected_purpose(),
        inputs,
        formula,
        output,
        section,
    })
}

/// The cipher's name: with CBC, of the block cipher.
pub(super) fn cipher_name(cipher: Cipher) -> &'static str {
    match cipher {
        Cipher::Aead(Aead::Aes128Gcm) => "AES-128-GCM",
        Cipher::Aead(Aead::Aes256Gcm) => "AES-256-GCM",
        Cipher::Aead(Aead::ChaCha20Poly1305) => "ChaCha20-Poly1305",
        #[cfg(feature = "tls13")]
        Cipher::Aead(Aead::Aes128Ccm) => "AES-128-CCM",
        Cipher::Cbc { key_length: 16, .. } => "AES-128",
        Cipher::Cbc { .. } => "AES-256",
    }
}

/// The name of the MAC, with CBC.
pub(super) fn mac_name(cipher: Cipher) -> Option<&'static str> {
    match cipher {
        Cipher::Aead(_) => None,
        Cipher::Cbc {
            mac: Mac::HmacSha1, ..
        } => Some("HMAC-SHA-1"),
        Cipher::Cbc {
            mac: Mac::HmacSha256,
            ..
        } => Some("HMAC-SHA-256"),
        Cipher::Cbc {
            mac: Mac::HmacSha384,
            ..
        } => Some("HMAC-SHA-384"),
    }
}

fn named(name: ValueName, bytes: &[u8]) -> Given {
    let (title, _) = values::words(name);
    given(title, &name.to_string(), bytes)
}

pub(super) fn given(title: Text, notation: &str, bytes: &[u8]) -> Given {
    Given {
        title,
        notation: notation.to_owned(),
        bytes: bytes.to_vec(),
    }
}

/// A record without its header of five bytes.
fn fragment(record: &Record) -> &[u8] {
    record
        .bytes
        .get(padlock_tls::record::Header::LENGTH..)
        .unwrap_or_default()
}
