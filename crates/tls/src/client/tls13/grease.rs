//! Values that mean nothing, offered so that servers keep tolerating what they do not know
//! (RFC 8701), and a sham Encrypted Client Hello, so that a real one does not stand out
//! (RFC 9849 §6.2).

use padlock_pki::random::Random;

use crate::codes::{CipherSuite, ExtensionType, NamedGroup, ProtocolVersion, SignatureScheme};
use crate::connection::Connection;
use crate::messages::{ClientHello, Extension, ExtensionBody, KeyShareEntry};

/// Adds them to each list of a `ClientHello`, at its front.
pub(super) fn add(hello: &mut ClientHello, connection: &mut Connection) {
    let mut random = connection.random.fork("GREASE");
    hello
        .cipher_suites
        .insert(0, CipherSuite(value(&mut random)));
    let group = NamedGroup(value(&mut random));
    let extensions = hello.extensions.get_or_insert_default();
    for extension in extensions.iter_mut() {
        match &mut extension.body {
            ExtensionBody::Groups(groups) => groups.insert(0, group),
            ExtensionBody::KeyShares(shares) => shares.insert(
                0,
                KeyShareEntry {
                    group,
                    key_exchange: vec![0],
                },
            ),
            ExtensionBody::Versions(versions) => {
                versions.insert(0, ProtocolVersion(value(&mut random)));
            }
            ExtensionBody::SignatureSchemes(schemes) => {
                schemes.insert(0, SignatureScheme(value(&mut random)));
            }
            _ => {}
        }
    }
    let kind = ExtensionType(value(&mut random));
    let nothing = ExtensionBody::Unknown(Vec::new());
    extensions.insert(0, Extension::new(kind, nothing));
    let sham = ExtensionBody::Unknown(encrypted_client_hello(&mut random));
    extensions.push(Extension::new(ExtensionType::ENCRYPTED_CLIENT_HELLO, sham));
}

/// One of 0x0a0a, 0x1a1a … 0xfafa (RFC 8701 §2).
fn value(random: &mut Random) -> u16 {
    let [byte] = random.bytes::<1>();
    u16::from_be_bytes([byte & 0xf0 | 0x0a; 2])
}

/// What looks like an encrypted `ClientHello` and is random (RFC 9849 §5, §6.2.1):
///
/// ```text
/// struct {
///     ECHClientHelloType type = outer;   // 0
///     HpkeSymmetricCipherSuite cipher_suite;
///     uint8 config_id;
///     opaque enc<0..2^16-1>;
///     opaque payload<1..2^16-1>;
/// } ECHClientHello;
/// ```
fn encrypted_client_hello(random: &mut Random) -> Vec<u8> {
    const ENC: [u8; 2] = [0, 32];
    const PAYLOAD: [u8; 2] = [0, 144];
    let [config_id] = random.bytes();
    let (enc, payload) = (random.bytes::<32>(), random.bytes::<144>());
    // HKDF-SHA256 and AES-128-GCM.
    let head = [0, 0, 1, 0, 1, config_id];
    [&head[..], &ENC, &enc, &PAYLOAD, &payload].concat()
}
