//! Somebody on the way, who changes what the two say to each other.

use padlock_tls::codes::{ContentType, ProtocolVersion};
use padlock_tls::messages::{Body, ClientHello, ExtensionBody, Form, Handshake};
use padlock_tls::record::Header;
use padlock_tls::run::Transfer;
use padlock_tls::trace::Party;
use padlock_wire::Structure;

use crate::scenario::Meddling;
use crate::story::Changed;

/// A version that means nothing and never will (RFC 8701 §2): whoever reads it passes over it.
const NOBODYS: ProtocolVersion = ProtocolVersion(0x7a7a);

/// Where in its random a server leaves the sign that it speaks a newer version (RFC 9846 §4.2.3).
const SIGN: std::ops::Range<usize> = 24..32;

/// Changes the record if it is one that this sort of meddling is about; `sample` says whether the
/// client's application has spoken. No change makes a record longer or shorter.
pub(super) fn meddle(meddling: Meddling, sample: bool, record: &mut Transfer) -> Option<Changed> {
    let bytes = &record.bytes;
    let arrives = match (meddling, record.from) {
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
        (Meddling::AskForTls10, Party::Client) => message(bytes, |body| match body {
            Body::ClientHello(hello) => {
                hello.client_version = ProtocolVersion::TLS_1_0;
                let newest = replace(hello, ProtocolVersion::TLS_1_3, ProtocolVersion::TLS_1_1);
                let older = replace(hello, ProtocolVersion::TLS_1_2, ProtocolVersion::TLS_1_0);
                let _no_such_list_before_tls13 = newest.or(older);
                Some(())
            }
            _ => None,
        }),
        (Meddling::ChangeData, Party::Client) if sample => flipped(bytes),
        _ => None,
    }?;
    Some(Changed {
        meddling,
        from: record.from,
        sent: std::mem::replace(&mut record.bytes, arrives.clone()),
        arrives,
    })
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

/// A record of data with its last bit turned over.
fn flipped(record: &[u8]) -> Option<Vec<u8>> {
    if record.first() != Some(&ContentType::APPLICATION_DATA.0) {
        return None;
    }
    let mut changed = record.to_vec();
    *changed.last_mut()? ^= 1;
    Some(changed)
}
