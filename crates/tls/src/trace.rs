//! Everything that happens in a run, as plain data.
//!
//! Parties report [`Event`]s; words, drawings and tests are pure functions of them. Nothing here
//! is a log line: each event carries the bytes it speaks of and where the standard defines them.

use std::fmt;

use padlock_pki::verify::Verdict;
use padlock_wire::{Node, Section};

use crate::codes::{
    AlertDescription, AlertLevel, CipherSuite, ContentType, HandshakeType, NamedGroup,
    ProtocolVersion, PskKeyExchangeMode, SignatureScheme,
};
use crate::error::Error;
use crate::value::{Formula, ValueName};

/// A side of the connection.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Party {
    /// The side that opens the connection.
    Client,
    /// The side that answers.
    Server,
}

impl Party {
    /// The other side.
    #[must_use]
    pub const fn peer(self) -> Self {
        match self {
            Self::Client => Self::Server,
            Self::Server => Self::Client,
        }
    }
}

/// Whether a party sent something or received it.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Direction {
    /// The party made it.
    Sent,
    /// The party was given it.
    Received,
}

/// Something that happened at a party.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Where.
    pub party: Party,
    /// What.
    pub kind: EventKind,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq)]
pub enum EventKind {
    /// A record went out or came in.
    Record(Record),
    /// A message was made or understood.
    Message(Message),
    /// A value was drawn, computed or read.
    Value(Value),
    /// The peer's certificates were judged.
    Certificates(Verdict),
    /// Something was compared or verified.
    Check(Check),
    /// The parameters of the connection are agreed.
    Agreed(Agreement),
    /// An alert went out or came in.
    Alert(Alert),
    /// Data of the application went out or came in.
    Data {
        /// Which way.
        direction: Direction,
        /// The data.
        bytes: Vec<u8>,
    },
    /// The party waits for something else now.
    State(State),
}

/// A record, as it is on the wire and as what it protects.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Which way.
    pub direction: Direction,
    /// What it carries. A protected record of TLS 1.3 says so inside; outside always stands
    /// application_data.
    pub content_type: ContentType,
    /// Header and fragment.
    pub bytes: Vec<u8>,
    /// Their fields.
    pub tree: Node,
    /// What it carries: of a protected record the plaintext.
    pub content: Vec<u8>,
    /// How it is protected; `None` in the clear.
    pub protection: Option<Protection>,
}

/// What went into protecting one record.
#[derive(Clone, Debug, PartialEq)]
pub struct Protection {
    /// The record's sequence number, which is never sent (RFC 5246 §6.1).
    pub sequence: u64,
    /// The key that encrypts.
    pub key: ValueName,
    /// The nonce of an AEAD, or the initialization vector of CBC.
    pub nonce: Vec<u8>,
    /// What is authenticated beside the content: sequence number, type, version, length; in
    /// TLS 1.3 the record's header.
    pub additional_data: Vec<u8>,
    /// Content, MAC and padding as they are encrypted; for an AEAD the content alone, in TLS 1.3
    /// with its type and padding.
    pub plaintext: Vec<u8>,
    /// The encrypted bytes, without explicit nonce and tag.
    pub ciphertext: Vec<u8>,
    /// The tag of an AEAD or the MAC.
    pub tag: Vec<u8>,
    /// How the pieces are put together.
    pub scheme: ProtectionScheme,
}

/// How records are protected.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ProtectionScheme {
    /// Encrypted and authenticated in one (RFC 5246 §6.2.3.3).
    Aead,
    /// MAC over the content, then padding, then CBC (RFC 5246 §6.2.3.2).
    MacThenEncrypt,
    /// CBC, then MAC over the ciphertext (RFC 7366).
    EncryptThenMac,
    /// Content, its type and zeros, encrypted and authenticated in one (RFC 9846 §5.2).
    AeadInner,
}

/// A message of the handshake, or ChangeCipherSpec, which is none but stands in its row.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// Which way.
    pub direction: Direction,
    /// Which.
    pub kind: MessageKind,
    /// The whole message, with its header.
    pub bytes: Vec<u8>,
    /// Its fields.
    pub tree: Node,
}

/// Which message.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum MessageKind {
    /// A handshake message; counted into the transcript.
    Handshake(HandshakeType),
    /// A record type of its own; not in the transcript (RFC 5246 §7.1).
    ChangeCipherSpec,
}

/// A value that came to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// Its name.
    pub name: ValueName,
    /// How it came to be.
    pub formula: Formula,
    /// What it was made of.
    pub inputs: Vec<Input>,
    /// The value.
    pub output: Vec<u8>,
    /// Where the standard says so.
    pub section: Section,
}

/// Something a value is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// Its name.
    pub name: ValueName,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Something that must hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// What.
    pub kind: CheckKind,
    /// Whether it does.
    pub passed: bool,
    /// What the standard leads to expect, where two values are compared.
    pub expected: Vec<u8>,
    /// What came.
    pub found: Vec<u8>,
    /// Where the standard asks for it.
    pub section: Section,
}

/// The checks that a party makes, beside those of certificates.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CheckKind {
    /// The signature of ServerKeyExchange, by the key in the certificate.
    KeyExchangeSignature(SignatureScheme),
    /// The signature of the peer's CertificateVerify; in TLS 1.2 only clients have one.
    CertificateVerifySignature(SignatureScheme),
    /// The peer's verify_data.
    Finished,
    /// renegotiation_info is empty in a first handshake.
    RenegotiationInfo,
    /// The server's random does not end with the sign of a server that could do better than it
    /// chose (RFC 9846 §4.2.3).
    DowngradeSign,
    /// The binder of a pre-shared key (RFC 9846 §4.3.11.2).
    Binder,
    /// Each coefficient of an encapsulation key is below the modulus (FIPS 203 §7.2).
    EncapsulationKey,
}

/// What both sides will use.
#[derive(Clone, Eq, PartialEq)]
pub struct Agreement {
    /// The version.
    pub version: ProtocolVersion,
    /// The cipher suite.
    pub suite: CipherSuite,
    /// The group, with (EC)DHE.
    pub group: Option<NamedGroup>,
    /// The application protocol.
    pub protocol: Option<Vec<u8>>,
    /// Whether the master secret is bound to the whole handshake (RFC 7627).
    pub extended_master_secret: bool,
    /// Whether CBC records are encrypted first and authenticated after (RFC 7366).
    pub encrypt_then_mac: bool,
    /// The pre-shared key that authenticates both sides, if one does.
    pub psk: Option<PskUse>,
    /// What names the session of TLS 1.2 that is resumed, if one is: the handshake is abbreviated.
    pub resumed: Option<Resumed>,
}

/// What names a session of TLS 1.2.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Resumed {
    /// An ID, by which the server remembers it (RFC 5246 §7.3).
    SessionId,
    /// A ticket, which the client keeps for the server (RFC 5077).
    Ticket,
}

impl fmt::Debug for Agreement {
    /// As it would be derived, but that a pre-shared key or a resumed session is shown only where there
    /// is one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut all = f.debug_struct("Agreement");
        all.field("version", &self.version)
            .field("suite", &self.suite)
            .field("group", &self.group)
            .field("protocol", &self.protocol)
            .field("extended_master_secret", &self.extended_master_secret)
            .field("encrypt_then_mac", &self.encrypt_then_mac);
        if let Some(psk) = &self.psk {
            all.field("psk", psk);
        }
        if let Some(resumed) = &self.resumed {
            all.field("resumed", resumed);
        }
        all.finish()
    }
}

/// How a pre-shared key is used (RFC 9846 §2.2).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct PskUse {
    /// Whether it comes from an earlier connection; if not, it was given to both sides.
    pub resumption: bool,
    /// Whether (EC)DHE adds to it.
    pub mode: PskKeyExchangeMode,
    /// Whether the server took the client's early data; known from EncryptedExtensions on.
    pub early_data: bool,
}

/// An alert.
#[derive(Clone, Debug, PartialEq)]
pub struct Alert {
    /// Which way.
    pub direction: Direction,
    /// How bad.
    pub level: AlertLevel,
    /// What it says.
    pub description: AlertDescription,
    /// Why it was sent; the other side is never told.
    pub cause: Option<Error>,
}

/// What a party waits for.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum State {
    /// This handshake message, or one that may stand before it.
    Expect(HandshakeType),
    /// ChangeCipherSpec.
    ExpectChangeCipherSpec,
    /// The handshake is complete; data may flow.
    Connected,
    /// The connection ended as agreed.
    Closed,
    /// The connection ended with an error.
    Failed,
}
