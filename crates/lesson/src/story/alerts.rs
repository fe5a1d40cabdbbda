//! What alerts mean, and what lies behind those that our parties send.

use padlock_pki::verify::Failure;
use padlock_tls::codes::AlertDescription as Alert;
#[cfg(feature = "tls13")]
use padlock_tls::codes::ProtocolVersion;
use padlock_tls::error::ErrorKind;
#[cfg(feature = "tls13")]
use padlock_tls::record::Fault;

use crate::text::{Text, say};

/// What an alert means.
pub(crate) fn meaning(alert: Alert) -> Text {
    match alert {
        Alert::CLOSE_NOTIFY => say::alert_close_notify(),
        Alert::UNEXPECTED_MESSAGE => say::alert_unexpected_message(),
        Alert::BAD_RECORD_MAC => say::alert_bad_record_mac(),
        Alert::DECRYPTION_FAILED => say::alert_decryption_failed(),
        Alert::RECORD_OVERFLOW => say::alert_record_overflow(),
        Alert::DECOMPRESSION_FAILURE => say::alert_decompression_failure(),
        Alert::HANDSHAKE_FAILURE => say::alert_handshake_failure(),
        Alert::NO_CERTIFICATE => say::alert_no_certificate(),
        Alert::BAD_CERTIFICATE => say::alert_bad_certificate(),
        Alert::UNSUPPORTED_CERTIFICATE => say::alert_unsupported_certificate(),
        Alert::CERTIFICATE_REVOKED => say::alert_certificate_revoked(),
        Alert::CERTIFICATE_EXPIRED => say::alert_certificate_expired(),
        Alert::CERTIFICATE_UNKNOWN => say::alert_certificate_unknown(),
        Alert::ILLEGAL_PARAMETER => say::alert_illegal_parameter(),
        Alert::UNKNOWN_CA => say::alert_unknown_ca(),
        Alert::ACCESS_DENIED => say::alert_access_denied(),
        Alert::DECODE_ERROR => say::alert_decode_error(),
        Alert::DECRYPT_ERROR => say::alert_decrypt_error(),
        Alert::EXPORT_RESTRICTION => say::alert_export_restriction(),
        Alert::PROTOCOL_VERSION => say::alert_protocol_version(),
        Alert::INSUFFICIENT_SECURITY => say::alert_insufficient_security(),
        Alert::INTERNAL_ERROR => say::alert_internal_error(),
        Alert::INAPPROPRIATE_FALLBACK => say::alert_inappropriate_fallback(),
        Alert::USER_CANCELED => say::alert_user_canceled(),
        Alert::NO_RENEGOTIATION => say::alert_no_renegotiation(),
        Alert::MISSING_EXTENSION => say::alert_missing_extension(),
        Alert::UNSUPPORTED_EXTENSION => say::alert_unsupported_extension(),
        Alert::UNRECOGNIZED_NAME => say::alert_unrecognized_name(),
        Alert::BAD_CERTIFICATE_STATUS_RESPONSE => say::alert_bad_certificate_status_response(),
        Alert::UNKNOWN_PSK_IDENTITY => say::alert_unknown_psk_identity(),
        Alert::CERTIFICATE_REQUIRED => say::alert_certificate_required(),
        Alert::GENERAL_ERROR => say::alert_general_error(),
        Alert::NO_APPLICATION_PROTOCOL => say::alert_no_application_protocol(),
        Alert::ECH_REQUIRED => say::alert_ech_required(),
        _ => say::alert_unknown(),
    }
}

/// Why a side goes no further, as it would say it; `name` is the one that was asked for.
pub(super) fn why(cause: Option<&ErrorKind>, name: &str) -> Text {
    match cause {
        Some(ErrorKind::Certificate(failure)) => match failure {
            Failure::Expired => say::story_why_expired(),
            Failure::NotYetValid => say::story_why_not_yet_valid(),
            Failure::NameMismatch => say::story_why_name(name),
            Failure::UnknownIssuer => say::story_why_unknown_issuer(),
            Failure::WeakKey => say::story_why_weak_key(),
            Failure::WeakHash => say::story_why_weak_hash(),
            Failure::BadSignature => say::story_why_bad_signature(),
            Failure::NotCa => say::story_why_not_authority(),
            Failure::PathTooLong => say::story_why_path_too_long(),
            Failure::WrongKeyUsage => say::story_why_key_usage(),
            Failure::WrongExtendedKeyUsage => say::story_why_purpose(),
            Failure::NameNotPermitted => say::story_why_not_permitted(name),
            Failure::UnknownCriticalExtension => say::story_why_critical_extension(),
            Failure::Revoked => say::story_why_revoked(),
            Failure::RevocationUnknown => say::story_why_no_status(),
            _ => say::story_why_certificate(),
        },
        Some(ErrorKind::NoCertificate | ErrorKind::CertificateRequired) => {
            say::story_why_no_certificate()
        }
        Some(ErrorKind::NoCommonSuite) => say::story_why_no_suite(),
        Some(ErrorKind::Signature) => say::story_why_signature(),
        Some(ErrorKind::Finished) => say::story_why_finished(),
        #[cfg(feature = "tls13")]
        Some(ErrorKind::Downgrade) => say::story_why_downgrade(),
        #[cfg(feature = "tls13")]
        Some(ErrorKind::Version(version)) if version.0 < ProtocolVersion::TLS_1_2.0 => {
            say::story_why_version()
        }
        #[cfg(feature = "tls13")]
        Some(ErrorKind::Record(Fault::BadRecordMac)) => say::story_why_record(),
        _ => say::story_why_other(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_alert_with_a_name_has_a_meaning() {
        for alert in Alert::KNOWN {
            assert_ne!(meaning(*alert), say::alert_unknown(), "{alert}");
        }
        assert_eq!(meaning(Alert(200)), say::alert_unknown());
    }
}
