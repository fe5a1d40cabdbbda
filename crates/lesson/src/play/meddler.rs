//! Somebody on the way, who changes what the two say to each other.

use padlock_tls::codes::{ContentType, ProtocolVersion};
use padlock_tls::messages::{Body, ClientHello, ExtensionBody, Form, Handshake};
use padlock_tls::record::Header;
use padlock_tls::run::Transfer;
use padlock_tls::trace::Party;
use padlock_wire::Structure;

use super::sample;
use crate::scenario::{Meddling, Scenario, Setting};

/// A version that means nothing and never will (RFC 8701 §2): whoever reads it passes over it.
const NOBODYS: ProtocolVersion = ProtocolVersion(0x7a7a);

/// Where in its random a server leaves the sign that it speaks a newer version (RFC 9846 §4.2.3).
const SIGN: std::ops::Range<usize> = 24..32;

/// How many bytes an AEAD adds behind what it encrypts: the tag.
const TAG: usize = 16;

/// What arrives instead of this record, if it is one that is meddled with; `spoken` says whether the
/// client's application has spoken. It is as long as the record.
pub(super) fn meddle(scenario: &Scenario, spoken: bool, record: &Transfer) -> Option<Vec<u8>> {
    let bytes = &record.bytes;
    match (scenario.meddling, record.from) {
        (Meddling::HideTls13 | Meddling::HideTls13AndSign, Party::Client) => {
            message(bytes, |body| match body {
                Body::ClientHello(hello) => replace(hello, ProtocolVersion::TLS_1_3, NOBODYS),
                _ => None,
            })
        }
        (Meddling::HideTls13AndSign, Party::Server) => message(bytes, |body| match body {
            Body::ServerHello(hello) => {
                hello.random[SIGN].iter_mut().for_each(|byte| *byte ^= 0xff);
                Some(())
            }
            _ => None,
        }),
        (Meddling::AskForTls11, Party::Client) => message(bytes, |body| match body {
            Body::ClientHello(hello) => {
                hello.client_version = ProtocolVersion::TLS_1_1;
                // Only a client that speaks TLS 1.3 has a list of versions besides.
                replace(hello, ProtocolVersion::TLS_1_3, ProtocolVersion::TLS_1_1);
                replace(hello, ProtocolVersion::TLS_1_2, ProtocolVersion::TLS_1_0);
                Some(())
            }
            _ => None,
        }),
        (Meddling::ChangeData, Party::Client) if spoken => flipped(bytes, scenario),
        _ => None,
    }
}

/// A record that carries one handshake message in clear, with this change in it.
fn message(record: &[u8], change: impl FnOnce(&mut Body) -> Option<()>) -> Option<Vec<u8>> {
    let (header, content) = record.split_at_checked(Header::LENGTH)?;
    if header.first() != Some(&ContentType::HANDSHAKE.0) {
        return None;
    }
    let decoded = Handshake::expecting(Form::Open).decode_into(content);
    let mut message = decoded.value.ok()?;
    change(&mut message.body)?;
    let changed = message.encode().ok()?.bytes;
    (changed.len() == content.len() && changed != content).then(|| [header, &changed].concat())
}

/// Puts another version where a client offers this one.
fn replace(hello: &mut ClientHello, old: ProtocolVersion, new: ProtocolVersion) -> Option<()> {
    let mut extensions = hello.extensions.iter_mut().flatten();
    let versions = extensions.find_map(|extension| match &mut extension.body {
        ExtensionBody::Versions(versions) => Some(versions),
        _ => None,
    })?;
    *versions.iter_mut().find(|version| **version == old)? = new;
    Some(())
}

/// The word of the sample that is aimed at, what it would become, and the bit of its first letter that
/// makes the difference.
pub(crate) const fn aim(setting: Setting) -> (&'static str, &'static str, u8) {
    match setting {
        Setting::Shop => ("read", "bead", b'r' ^ b'b'),
        Setting::Payroll => ("2850.00", "6850.00", b'2' ^ b'6'),
    }
}

/// The record of the sample with one bit of what is encrypted turned over. An AEAD encrypts by a stream
/// of bits, so that it is the same bit of the text.
fn flipped(record: &[u8], scenario: &Scenario) -> Option<Vec<u8>> {
    if record.first() != Some(&ContentType::APPLICATION_DATA.0) {
        return None;
    }
    let text = sample(scenario.setting);
    let (word, _, bit) = aim(scenario.setting);
    // In TLS 1.3 the type of the content stands behind it (RFC 9846 §5.2).
    let behind = TAG + usize::from(scenario.key_exchange.is_tls13());
    let from_end = behind + text.len() - text.find(word)?;
    let mut changed = record.to_vec();
    let at = changed.len().checked_sub(from_end)?;
    *changed.get_mut(at).filter(|_| at >= Header::LENGTH)? ^= bit;
    Some(changed)
}
