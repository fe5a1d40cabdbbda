//! Signed certificate timestamps (RFC 6962 §3.2, §3.3), in the presentation language of TLS.

use padlock_wire::{CodePoint, Coder, Error, Node, Prefix, Section, Structure, Value};

use crate::time::UnixSeconds;

/// The tree of a `SignedCertificateTimestampList`, which says how many there are, and the first
/// fault.
pub(super) fn explain(octets: &[u8]) -> (Node, Option<Error>) {
    let mut decoded = TimestampList::default().decode_into(octets);
    if let Ok(list) = &decoded.value {
        let count = list.0.len();
        decoded.tree.value = Value::Text(match count {
            1 => "1 timestamp".to_owned(),
            _ => format!("{count} timestamps"),
        });
    }
    (decoded.tree, decoded.value.err())
}

/// ```text
/// opaque SerializedSCT<1..2^16-1>;
/// struct {
///     SerializedSCT sct_list <1..2^16-1>;
/// } SignedCertificateTimestampList;
/// ```
#[derive(Clone, Default)]
struct TimestampList(Vec<Timestamp>);

impl Structure for TimestampList {
    const NAME: &'static str = "SignedCertificateTimestampList";
    const SECTION: Section = Section::new(6962, "3.3");

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
        let bounds = 1..=0xffff;
        coder.list(
            "sct_list",
            Prefix::U16,
            bounds.clone(),
            &mut self.0,
            |coder, timestamp| {
                coder.vector("SerializedSCT", Prefix::U16, bounds.clone(), |coder| {
                    coder.nested(Timestamp::NAME, timestamp)
                })?;
                let at = i64::try_from(timestamp.milliseconds() / 1000).unwrap_or(i64::MAX);
                if let Some(node) = coder.last_mut().filter(|_| timestamp.version.0 == 0) {
                    node.value = Value::Text(UnixSeconds(at).to_string());
                }
                Ok(())
            },
        )
    }
}

/// ```text
/// struct {
///     Version sct_version;
///     LogID id;
///     uint64 timestamp;
///     CtExtensions extensions;
///     digitally-signed struct { … };
/// } SignedCertificateTimestamp;
/// ```
#[derive(Clone, Default)]
struct Timestamp {
    version: Version,
    log: [u8; 32],
    time: [u8; 8],
    extensions: Vec<u8>,
    hash: HashAlgorithm,
    algorithm: SignatureAlgorithm,
    signature: Vec<u8>,
    /// Of another version.
    unknown: Vec<u8>,
}

impl Timestamp {
    fn milliseconds(&self) -> u64 {
        u64::from_be_bytes(self.time)
    }
}

impl Structure for Timestamp {
    const NAME: &'static str = "SignedCertificateTimestamp";
    const SECTION: Section = Section::new(6962, "3.2");

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
        coder.code("sct_version", &mut self.version)?;
        if self.version.0 != 0 {
            return coder.rest("another version", &mut self.unknown);
        }
        coder.array("id", &mut self.log)?;
        coder.array("timestamp", &mut self.time)?;
        let time = self.milliseconds();
        let seconds = i64::try_from(time / 1000).unwrap_or(i64::MAX);
        if let Some(node) = coder.last_mut() {
            let (date, rest) = (UnixSeconds(seconds), time % 1000);
            node.value = Value::Text(format!("{date}, {rest} ms"));
        }
        coder.opaque("extensions", Prefix::U16, 0..=0xffff, &mut self.extensions)?;
        coder.structure(
            "algorithm",
            Some(Section::new(5246, "7.4.1.4.1")),
            |coder| {
                coder.code("hash", &mut self.hash)?;
                coder.code("signature", &mut self.algorithm)
            },
        )?;
        coder.opaque("signature", Prefix::U16, 0..=0xffff, &mut self.signature)
    }
}

/// Defines a registry of one byte.
macro_rules! registry {
    ($name:ident, $names:expr) => {
        #[derive(Clone, Copy, Default)]
        struct $name(u8);

        impl CodePoint for $name {
            const WIDTH: usize = 1;

            fn from_number(number: u32) -> Self {
                Self(u8::try_from(number & 0xff).unwrap_or(u8::MAX))
            }

            fn number(self) -> u32 {
                u32::from(self.0)
            }

            fn name(self) -> Option<&'static str> {
                const NAMES: &[&str] = &$names;
                NAMES.get(usize::from(self.0)).copied()
            }
        }
    };
}

registry!(Version, ["v1"]);
registry!(
    HashAlgorithm,
    [
        "none", "md5", "sha1", "sha224", "sha256", "sha384", "sha512"
    ]
);
registry!(SignatureAlgorithm, ["anonymous", "rsa", "dsa", "ecdsa"]);
