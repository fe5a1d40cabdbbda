//! Values that mean nothing, offered so that servers keep tolerating what they do not know
//! (RFC 8701), and a sham Encrypted Client Hello, so that a real one does not stand out
//! (RFC 9849 §6.2).

use padlock_pki::random::Random;
use padlock_wire::{Coder, Prefix, Tree};

use crate::codes::{CipherSuite, ExtensionType, NamedGroup, ProtocolVersion, SignatureScheme};
use crate::connection::Connection;
use crate::error::Error;
use crate::messages::{ClientHello, Extension, ExtensionBody, KeyShareEntry, Place};

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

/// Checks the form of what a server says to the sham, and that is all that is done with it
/// (RFC 9849 §5, §6.2.1). A HelloRetryRequest has eight bytes:
///
/// ```text
/// struct { opaque confirmation[8]; } ECHHelloRetryRequest;
/// struct { ECHConfigList retry_configs; } ECHEncryptedExtensions;
/// ```
pub(super) fn check_answer(body: Option<&ExtensionBody>, place: Place) -> Result<(), Error> {
    let Some(ExtensionBody::Unknown(bytes)) = body else {
        return Ok(());
    };
    let mut coder = Coder::reading(bytes, Tree::Skip);
    match place {
        Place::HelloRetryRequest => coder.array("confirmation", &mut [0; 8])?,
        _ => coder.list(
            "ECHConfigList",
            Prefix::U16,
            4..=0xffff,
            &mut Vec::<()>::new(),
            |coder, ()| config(coder),
        )?,
    }
    Ok(coder.end()?)
}

/// RFC 9849 §4:
///
/// ```text
/// struct {
///     uint16 version;
///     uint16 length;
///     select (ECHConfig.version) { case 0xfe0d: ECHConfigContents contents; }
/// } ECHConfig;
/// struct {
///     HpkeKeyConfig key_config;
///     uint8 maximum_name_length;
///     opaque public_name<1..255>;
///     ECHConfigExtension extensions<0..2^16-1>;
/// } ECHConfigContents;
/// struct {
///     uint8 config_id;
///     HpkeKemId kem_id;
///     HpkePublicKey public_key;                          // opaque <1..2^16-1>
///     HpkeSymmetricCipherSuite cipher_suites<4..2^16-4>; // of four bytes each
/// } HpkeKeyConfig;
/// ```
fn config(coder: &mut Coder<'_>) -> Result<(), padlock_wire::Error> {
    let (mut version, mut bytes) = (0, Vec::new());
    coder.u16("version", &mut version)?;
    coder.vector("contents", Prefix::U16, 0..=0xffff, |coder| {
        if version != ExtensionType::ENCRYPTED_CLIENT_HELLO.0 {
            return coder.rest("contents", &mut bytes);
        }
        coder.u8("config_id", &mut 0)?;
        coder.u16("kem_id", &mut 0)?;
        coder.opaque("public_key", Prefix::U16, 1..=0xffff, &mut bytes)?;
        let suites = &mut Vec::<u32>::new();
        coder.list(
            "cipher_suites",
            Prefix::U16,
            4..=0xfffc,
            suites,
            |coder, suite| coder.u32("cipher_suite", suite),
        )?;
        coder.u8("maximum_name_length", &mut 0)?;
        coder.opaque("public_name", Prefix::U8, 1..=0xff, &mut bytes)?;
        let extensions = &mut Vec::<u16>::new();
        coder.list(
            "extensions",
            Prefix::U16,
            0..=0xffff,
            extensions,
            |coder, kind| {
                coder.u16("type", kind)?;
                coder.opaque("data", Prefix::U16, 0..=0xffff, &mut bytes)
            },
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::AlertDescription as Alert;

    #[test]
    fn answers_to_the_sham_have_their_form() {
        let known =
            "fe0d 001d 05 0020 0002 abcd 0008 0001 0001 0001 0003 40 03 612e62 0005 1234 0001 00";
        let list = |configs: &str| {
            let configs = padlock_wire::hex::decode(configs).unwrap();
            let length = u16::try_from(configs.len()).unwrap().to_be_bytes();
            [&length[..], &configs].concat()
        };
        let wrong = Some(Alert::DECODE_ERROR);
        for (answer, expected) in [
            (list(known), None),
            (list("1234 0003 aabbcc"), None),
            (list(&format!("{known} 1234 0000")), None),
            (list(""), wrong),
            (list("1234 0004 aabbcc"), wrong),
            // An empty key, half a suite, an empty name.
            (
                list("fe0d 0010 05 0020 0000 0004 00010001 40 01 61 0000"),
                wrong,
            ),
            (
                list("fe0d 0013 05 0020 0001 ab 0006 000100010001 40 01 61 0000"),
                wrong,
            ),
            (
                list("fe0d 0010 05 0020 0001 ab 0004 00010001 40 00 0000"),
                wrong,
            ),
            ([&list(known)[..], &[0]].concat(), wrong),
        ] {
            let body = ExtensionBody::Unknown(answer);
            let outcome = check_answer(Some(&body), Place::EncryptedExtensions);
            let found = outcome.err().and_then(|error| error.alert());
            assert_eq!(found, expected, "{body:02x?}");
        }
    }
}
