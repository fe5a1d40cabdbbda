//! Why a connection ends, and what the peer is told of it.

use std::fmt;

use padlock_pki::verify::Failure;

use crate::codes::{AlertDescription, ExtensionType, HandshakeType, ProtocolVersion};
use crate::crypto::kx::KxError;
use crate::record::Fault;

/// A fault that ends a connection.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Error {
    /// What is wrong.
    pub kind: ErrorKind,
    /// Where, in bytes from the start of the message or record concerned, if it has a place.
    pub at: Option<usize>,
}

/// The kinds of fault.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ErrorKind {
    /// The record layer refuses.
    Record(Fault),
    /// A message does not have the form that the standard gives it.
    Decode(padlock_wire::ErrorKind),
    /// Something came that may not come now.
    Unexpected {
        /// What came.
        found: Arrival,
        /// What may come.
        expected: Arrival,
    },
    /// The peer speaks no version that this side speaks.
    Version(ProtocolVersion),
    /// No cipher suite, with the certificates and groups at hand, suits both sides.
    NoCommonSuite,
    /// No signature algorithm suits both sides.
    NoCommonSignature,
    /// No application protocol suits both sides.
    NoCommonProtocol,
    /// A choice that was not offered, or a value that makes no sense.
    Illegal(IllegalParameter),
    /// An answer to an extension that was not sent.
    Unsolicited(ExtensionType),
    /// renegotiation_info speaks of an earlier handshake where there was none (RFC 5746 §3.4).
    Renegotiation,
    /// The peer sent no certificate where one is needed.
    NoCertificate,
    /// The peer's certificates do not check out.
    Certificate(Failure),
    /// A signature of the handshake does not verify.
    Signature,
    /// The key in the peer's certificate cannot verify signatures by the algorithm that was used:
    /// it is too short for it, say.
    UnusableKey,
    /// The peer's verify_data is not what it must be.
    Finished,
    /// An extension is missing that this message must have.
    Missing(ExtensionType),
    /// The server says that it speaks TLS 1.3, and yet chose less: somebody changed what was offered
    /// (RFC 9846 §4.2.3).
    Downgrade,
    /// The client says that it tries an older version for want of success, and need not
    /// (RFC 7507 §3).
    Fallback,
    /// The client showed no certificate, and TLS 1.3 has an alert for that.
    CertificateRequired,
    /// The binder of the chosen pre-shared key is wrong (RFC 9846 §4.3.11).
    Binder,
    /// A session is resumed with the extended master secret and had none, or without and had it
    /// (RFC 7627 §5.3).
    ExtendedMasterSecret,
    /// The public key of the peer cannot be used.
    KeyExchange(KxError),
    /// The peer ended the connection by this alert.
    PeerAlert(AlertDescription),
    /// The connection ended without close_notify: data may be missing.
    Truncated,
    /// This side cannot do what it was configured for (a key that does not fit its certificate).
    Internal(&'static str),
    /// The connection is not open for data.
    NotConnected,
}

/// What can arrive at a party.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Arrival {
    /// A handshake message.
    Handshake(HandshakeType),
    /// ChangeCipherSpec.
    ChangeCipherSpec,
    /// Data of the application.
    ApplicationData,
}

/// Values that must not be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum IllegalParameter {
    /// A cipher suite that was not offered.
    Suite,
    /// A cipher suite that is not for the key in the certificate.
    CertificateKey,
    /// A compression method other than null, or null missing from the offer.
    Compression,
    /// A group that was not offered.
    Group,
    /// A signature algorithm that was not offered or does not fit the key.
    Signature,
    /// Uncompressed points missing from ec_point_formats (RFC 8422 §5.1.2).
    PointFormats,
    /// An application protocol that was not offered, or several.
    Protocol,
    /// A server name that is none, or several.
    ServerName,
    /// Encrypt-then-MAC with a suite that has no MAC (RFC 7366 §3).
    EncryptThenMac,
    /// An extension whose form is not that of this message, or that must not stand in it.
    Extension(ExtensionType),
    /// A version that was not offered, or is told in the wrong place.
    Version,
    /// A legacy_session_id_echo that is none.
    SessionId,
    /// A public key in a group that was not asked for, or none where one was.
    KeyShare,
    /// A request for another ClientHello that would be the same.
    Retry,
    /// A second ClientHello that is not what was asked for.
    SecondHello,
    /// A pre-shared key that was not offered, or does not go with the cipher suite.
    PreSharedKey,
    /// The context of a certificate request, which is empty in a handshake.
    RequestContext,
    /// A KeyUpdate that neither asks nor does not.
    KeyUpdate,
    /// A record_size_limit below 64 (RFC 8449 §4).
    RecordSizeLimit,
    /// A cipher suite other than that of the session that is resumed (RFC 5246 §7.4.1.3).
    ResumedSuite,
}

impl Error {
    /// The alert that tells the peer; `None` if there is nobody to tell.
    #[must_use]
    pub fn alert(&self) -> Option<AlertDescription> {
        Some(match &self.kind {
            ErrorKind::Record(fault) => fault.alert(),
            ErrorKind::Decode(
                padlock_wire::ErrorKind::Value { .. } | padlock_wire::ErrorKind::Duplicate { .. },
            ) => AlertDescription::ILLEGAL_PARAMETER,
            ErrorKind::Decode(_) => AlertDescription::DECODE_ERROR,
            ErrorKind::Unexpected { .. } => AlertDescription::UNEXPECTED_MESSAGE,
            ErrorKind::Version(_) => AlertDescription::PROTOCOL_VERSION,
            ErrorKind::NoCommonSuite
            | ErrorKind::NoCommonSignature
            | ErrorKind::NoCertificate
            | ErrorKind::ExtendedMasterSecret
            | ErrorKind::Renegotiation => AlertDescription::HANDSHAKE_FAILURE,
            ErrorKind::Missing(_) => AlertDescription::MISSING_EXTENSION,
            ErrorKind::Fallback => AlertDescription::INAPPROPRIATE_FALLBACK,
            ErrorKind::CertificateRequired => AlertDescription::CERTIFICATE_REQUIRED,
            ErrorKind::NoCommonProtocol => AlertDescription::NO_APPLICATION_PROTOCOL,
            ErrorKind::Unsolicited(_) => AlertDescription::UNSUPPORTED_EXTENSION,
            ErrorKind::Certificate(failure) => certificate_alert(*failure),
            ErrorKind::UnusableKey => AlertDescription::UNSUPPORTED_CERTIFICATE,
            ErrorKind::Signature | ErrorKind::Finished | ErrorKind::Binder => {
                AlertDescription::DECRYPT_ERROR
            }
            ErrorKind::Internal(_) | ErrorKind::KeyExchange(KxError::NotBuiltIn) => {
                AlertDescription::INTERNAL_ERROR
            }
            ErrorKind::Illegal(_) | ErrorKind::KeyExchange(_) | ErrorKind::Downgrade => {
                AlertDescription::ILLEGAL_PARAMETER
            }
            ErrorKind::PeerAlert(_) | ErrorKind::Truncated | ErrorKind::NotConnected => {
                return None;
            }
        })
    }
}

/// The alert for certificates that do not check out (RFC 5246 §7.2.2). There is none for a wrong
/// name: clients pick one, and Padlock picks bad_certificate, as OpenSSL and rustls do.
fn certificate_alert(failure: Failure) -> AlertDescription {
    match failure {
        Failure::UnknownIssuer => AlertDescription::UNKNOWN_CA,
        Failure::Expired | Failure::NotYetValid => AlertDescription::CERTIFICATE_EXPIRED,
        Failure::WrongKeyUsage
        | Failure::WrongExtendedKeyUsage
        | Failure::UnknownCriticalExtension => AlertDescription::UNSUPPORTED_CERTIFICATE,
        Failure::Revoked => AlertDescription::CERTIFICATE_REVOKED,
        Failure::RevocationUnknown => AlertDescription::CERTIFICATE_UNKNOWN,
        _ => AlertDescription::BAD_CERTIFICATE,
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self { kind, at: None }
    }
}

impl From<padlock_wire::Error> for Error {
    fn from(error: padlock_wire::Error) -> Self {
        Self {
            kind: ErrorKind::Decode(error.kind),
            at: Some(error.at),
        }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self {
            kind: ErrorKind::Record(fault),
            at: fault.at(),
        }
    }
}

impl From<IllegalParameter> for Error {
    fn from(parameter: IllegalParameter) -> Self {
        ErrorKind::Illegal(parameter).into()
    }
}

impl From<KxError> for Error {
    fn from(error: KxError) -> Self {
        ErrorKind::KeyExchange(error).into()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind)?;
        match self.at {
            Some(at) => write!(f, " at byte {at}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Record(fault) => write!(f, "{fault}"),
            Self::Decode(kind) => write!(f, "{kind}"),
            Self::Unexpected { found, expected } => {
                write!(f, "{found} came where {expected} is due")
            }
            Self::Version(version) => write!(f, "the peer's version is {version}"),
            Self::NoCommonSuite => write!(f, "no cipher suite suits both sides"),
            Self::NoCommonSignature => write!(f, "no signature algorithm suits both sides"),
            Self::NoCommonProtocol => write!(f, "no application protocol suits both sides"),
            Self::Illegal(parameter) => write!(f, "{parameter}"),
            Self::Unsolicited(kind) => write!(f, "{kind} answers nothing that was asked"),
            Self::Renegotiation => write!(f, "renegotiation_info speaks of another handshake"),
            Self::NoCertificate => write!(f, "no certificate was sent"),
            Self::Certificate(failure) => write!(f, "{failure}"),
            Self::Signature => write!(f, "a signature of the handshake does not verify"),
            Self::UnusableKey => write!(f, "the certificate's key cannot verify by the algorithm"),
            Self::Finished => write!(f, "the verify_data of Finished is wrong"),
            Self::Missing(kind) => write!(f, "{kind} is missing"),
            Self::Downgrade => write!(f, "the server would speak a newer version than it chose"),
            Self::Fallback => write!(f, "the client falls back without need"),
            Self::CertificateRequired => write!(f, "no certificate was sent"),
            Self::Binder => write!(f, "the binder of the pre-shared key is wrong"),
            Self::ExtendedMasterSecret => {
                write!(f, "the session began with another sort of master secret")
            }
            Self::KeyExchange(error) => write!(f, "{error}"),
            Self::PeerAlert(alert) => write!(f, "the peer sent {alert} ({})", alert.0),
            Self::Truncated => write!(f, "the connection ended without close_notify"),
            Self::Internal(what) => write!(f, "{what}"),
            Self::NotConnected => write!(f, "the connection is not open"),
        }
    }
}

impl fmt::Display for Arrival {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Handshake(kind) => write!(f, "{kind}"),
            Self::ChangeCipherSpec => write!(f, "change_cipher_spec"),
            Self::ApplicationData => write!(f, "application_data"),
        }
    }
}

impl fmt::Display for IllegalParameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Suite => write!(f, "the chosen cipher suite was not offered"),
            Self::CertificateKey => write!(f, "the certificate's key is not for the cipher suite"),
            Self::Compression => write!(f, "compression is other than null"),
            Self::Group => write!(f, "the chosen group was not offered"),
            Self::Signature => write!(f, "the signature algorithm was not offered or does not fit"),
            Self::PointFormats => write!(f, "uncompressed points are not offered"),
            Self::Protocol => write!(f, "the chosen application protocol was not offered"),
            Self::ServerName => write!(f, "server_name holds no single host name"),
            Self::EncryptThenMac => write!(f, "encrypt_then_mac with a suite that has no MAC"),
            Self::Extension(kind) => write!(f, "{kind} has another form in this message"),
            Self::Version => write!(f, "the chosen version was not offered"),
            Self::SessionId => write!(f, "the session ID is not echoed"),
            Self::KeyShare => write!(f, "the key share is not in the group that is due"),
            Self::Retry => write!(f, "the second ClientHello would be as the first"),
            Self::SecondHello => write!(f, "the second ClientHello is not what was asked for"),
            Self::PreSharedKey => write!(f, "the chosen pre-shared key does not fit"),
            Self::RequestContext => write!(f, "the context of a certificate request is wrong"),
            Self::KeyUpdate => write!(f, "KeyUpdate with an unknown request"),
            Self::RecordSizeLimit => write!(f, "a record size limit below 64"),
            Self::ResumedSuite => write!(f, "the cipher suite is not that of the session"),
        }
    }
}

impl std::error::Error for Error {}
