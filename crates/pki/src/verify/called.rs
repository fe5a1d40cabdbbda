//! What others call a failure: the words under which a learner meets it elsewhere.
//!
//! Only names that are theirs: where somebody has no name of its own for a failure, or answers
//! differently from case to case, there is none here. Chrome's are those of Chromium's
//! `net_error_list.h`, Firefox's those of NSS and mozilla::pkix, Safari's the `OSStatus` names of
//! Apple's Security framework, OpenSSL's those of `x509_vfy.h` in 3.0.

use super::revocation::{Evidence, Status, Unusable};
use super::{Check, Failure, Outcome, Reason, Rule, Source};

/// The names of a failure.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct Called {
    /// As in `"ERR_CERT_DATE_INVALID"`.
    pub chrome: Option<&'static str>,
    /// As in `"SEC_ERROR_EXPIRED_CERTIFICATE"`.
    pub firefox: Option<&'static str>,
    /// As in `"errSecCertificateExpired"`.
    pub safari: Option<&'static str>,
    /// As in `("X509_V_ERR_CERT_HAS_EXPIRED", 10)`.
    pub openssl: Option<(&'static str, u8)>,
    /// As in `("CURLE_PEER_FAILED_VERIFICATION", 60)`: curl has one name for whatever its library
    /// finds wrong with a certificate.
    pub curl: Option<(&'static str, u8)>,
}

const CURL: (&str, u8) = ("CURLE_PEER_FAILED_VERIFICATION", 60);

impl Check {
    /// What others call it that this check failed; `None` if it did not fail.
    #[must_use]
    pub fn called(&self) -> Option<Called> {
        if self.outcome != Outcome::Failed {
            return None;
        }
        let failure = self.reason.failure()?;
        let reason = &self.reason;
        if is_ours_alone(failure, reason) {
            return Some(Called::default());
        }
        let is_issuer = self.source != Source::Chain(0);
        let is_refused_by_curl = !is_common_name(reason)
            && !matches!(failure, Failure::NotConforming | Failure::RevocationUnknown);
        Some(Called {
            chrome: chrome(failure, reason),
            firefox: firefox(failure, reason, is_issuer),
            safari: safari(failure, reason),
            openssl: openssl(failure, reason, is_issuer),
            curl: is_refused_by_curl.then_some(CURL),
        })
    }
}

/// What is only unsupported here, a bound of ours, or a key that only whoever issues certificates
/// must not certify: others may well accept it.
fn is_ours_alone(failure: Failure, reason: &Reason) -> bool {
    match failure {
        Failure::EmptyChain | Failure::TooMuchWork | Failure::UnsupportedSignature => true,
        Failure::WeakKey => matches!(reason, Reason::BreaksRule { .. }),
        Failure::UnknownCriticalExtension => is_known_to_openssl(reason),
        _ => false,
    }
}

/// The critical extensions that OpenSSL processes or passes (`X509_supported_extension`), besides
/// those that are understood here.
const OPENSSL_EXTENSIONS: [&str; 9] = [
    // cRLDistributionPoints, policyMappings, policyConstraints, inhibitAnyPolicy
    "2.5.29.31",
    "2.5.29.33",
    "2.5.29.36",
    "2.5.29.54",
    // ipAddrBlocks, autonomousSysIds (RFC 3779), proxyCertInfo (RFC 3820)
    "1.3.6.1.5.5.7.1.7",
    "1.3.6.1.5.5.7.1.8",
    "1.3.6.1.5.5.7.1.14",
    // id-pkix-ocsp-nocheck, netscape-cert-type
    "1.3.6.1.5.5.7.48.1.5",
    "2.16.840.1.113730.1.1",
];

fn is_known_to_openssl(reason: &Reason) -> bool {
    matches!(reason, Reason::ExtensionUnknown { oid, .. } if OPENSSL_EXTENSIONS.contains(&oid.as_str()))
}

/// Whether it is an extension with a name: of those each browser understands others.
fn is_known_extension(reason: &Reason) -> bool {
    matches!(reason, Reason::ExtensionUnknown { name: Some(_), .. })
}

/// Whether the common name is the name that was asked for. OpenSSL falls back on it where there are no
/// alternative names, and so does curl with it.
fn is_common_name(reason: &Reason) -> bool {
    let Reason::NoAlternativeNames { name, common_name } = reason else {
        return false;
    };
    common_name
        .as_ref()
        .is_some_and(|common| common.eq_ignore_ascii_case(name))
}

/// Whether a promise (RFC 7633) was not kept.
fn is_not_stapled(reason: &Reason) -> bool {
    matches!(reason, Reason::Revocation(Status::NotStapled))
}

fn chrome(failure: Failure, reason: &Reason) -> Option<&'static str> {
    Some(match failure {
        Failure::UnknownCriticalExtension if is_known_extension(reason) => return None,
        Failure::Malformed if matches!(reason, Reason::Malformed { .. }) => {
            "ERR_SSL_SERVER_CERT_BAD_FORMAT"
        }
        Failure::UnknownIssuer | Failure::BadSignature => "ERR_CERT_AUTHORITY_INVALID",
        Failure::WeakKey => "ERR_CERT_WEAK_KEY",
        Failure::WeakHash => "ERR_CERT_WEAK_SIGNATURE_ALGORITHM",
        Failure::NotYetValid | Failure::Expired => "ERR_CERT_DATE_INVALID",
        Failure::NameMismatch => "ERR_CERT_COMMON_NAME_INVALID",
        Failure::WrongKeyUsage => "ERR_SSL_KEY_USAGE_INCOMPATIBLE",
        Failure::Revoked => "ERR_CERT_REVOKED",
        // Chrome does not look at the promise.
        Failure::RevocationUnknown if is_not_stapled(reason) => return None,
        Failure::RevocationUnknown => "ERR_CERT_UNABLE_TO_CHECK_REVOCATION",
        Failure::EmptyChain
        | Failure::TooMuchWork
        | Failure::UnsupportedSignature
        | Failure::NotConforming => return None,
        Failure::Malformed
        | Failure::NotCa
        | Failure::PathTooLong
        | Failure::WrongExtendedKeyUsage
        | Failure::NameNotPermitted
        | Failure::UnknownCriticalExtension => "ERR_CERT_INVALID",
    })
}

fn firefox(failure: Failure, reason: &Reason, is_issuer: bool) -> Option<&'static str> {
    Some(match failure {
        Failure::EmptyChain | Failure::TooMuchWork | Failure::UnsupportedSignature => return None,
        Failure::UnknownCriticalExtension if is_known_extension(reason) => return None,
        Failure::Malformed => "SEC_ERROR_BAD_DER",
        Failure::UnknownIssuer => match reason {
            Reason::SelfSigned { .. } if !is_issuer => "MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT",
            _ => "SEC_ERROR_UNKNOWN_ISSUER",
        },
        Failure::BadSignature => match reason {
            Reason::AlgorithmsDiffer => "MOZILLA_PKIX_ERROR_SIGNATURE_ALGORITHM_MISMATCH",
            _ => "SEC_ERROR_BAD_SIGNATURE",
        },
        Failure::WeakHash => "SEC_ERROR_CERT_SIGNATURE_ALGORITHM_DISABLED",
        Failure::WeakKey => "MOZILLA_PKIX_ERROR_INADEQUATE_KEY_SIZE",
        Failure::NotYetValid if is_issuer => "MOZILLA_PKIX_ERROR_NOT_YET_VALID_ISSUER_CERTIFICATE",
        Failure::NotYetValid => "MOZILLA_PKIX_ERROR_NOT_YET_VALID_CERTIFICATE",
        Failure::Expired if is_issuer => "SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE",
        Failure::Expired => "SEC_ERROR_EXPIRED_CERTIFICATE",
        Failure::NotCa => match reason {
            Reason::KeyUsageForbids { .. } => "SEC_ERROR_INADEQUATE_KEY_USAGE",
            _ => "SEC_ERROR_CA_CERT_INVALID",
        },
        Failure::PathTooLong => "SEC_ERROR_PATH_LEN_CONSTRAINT_INVALID",
        Failure::WrongKeyUsage => "SEC_ERROR_INADEQUATE_KEY_USAGE",
        Failure::WrongExtendedKeyUsage => "SEC_ERROR_INADEQUATE_CERT_TYPE",
        Failure::NameMismatch => "SSL_ERROR_BAD_CERT_DOMAIN",
        Failure::NameNotPermitted => "SEC_ERROR_CERT_NOT_IN_NAME_SPACE",
        Failure::UnknownCriticalExtension => "SEC_ERROR_UNKNOWN_CRITICAL_EXTENSION",
        Failure::Revoked => "SEC_ERROR_REVOKED_CERTIFICATE",
        Failure::RevocationUnknown => return firefox_status(reason),
        Failure::NotConforming => match reason {
            Reason::BreaksRule {
                rule: Rule::IssuerNamed,
                ..
            } => "MOZILLA_PKIX_ERROR_EMPTY_ISSUER_NAME",
            Reason::BreaksRule {
                rule: Rule::EndEntityNoAuthority,
                ..
            } => "MOZILLA_PKIX_ERROR_CA_CERT_USED_AS_END_ENTITY",
            _ => return None,
        },
    })
}

/// Firefox takes responses from servers; it has lists only in a form of its own.
fn firefox_status(reason: &Reason) -> Option<&'static str> {
    let Reason::Revocation(status) = reason else {
        return None;
    };
    let why = match status {
        Status::Unknown { .. } => return Some("SEC_ERROR_OCSP_UNKNOWN_CERT"),
        Status::NotStapled => return Some("MOZILLA_PKIX_ERROR_REQUIRED_TLS_FEATURE_MISSING"),
        Status::Unusable {
            evidence: Evidence::Ocsp(_),
            why,
        } => why,
        _ => return None,
    };
    Some(match why {
        Unusable::Malformed { .. } => "SEC_ERROR_OCSP_MALFORMED_RESPONSE",
        Unusable::Signature => "SEC_ERROR_OCSP_BAD_SIGNATURE",
        Unusable::Responder => "SEC_ERROR_OCSP_INVALID_SIGNING_CERT",
        Unusable::NotYet { .. } => "SEC_ERROR_OCSP_FUTURE_RESPONSE",
        Unusable::Stale { .. } => "SEC_ERROR_OCSP_OLD_RESPONSE",
        Unusable::NoAnswer { status: 1 } => "SEC_ERROR_OCSP_MALFORMED_REQUEST",
        Unusable::NoAnswer { status: 2 } => "SEC_ERROR_OCSP_SERVER_ERROR",
        Unusable::NoAnswer { status: 3 } => "SEC_ERROR_OCSP_TRY_SERVER_LATER",
        Unusable::NoAnswer { status: 6 } => "SEC_ERROR_OCSP_UNAUTHORIZED_REQUEST",
        _ => return None,
    })
}

fn safari(failure: Failure, reason: &Reason) -> Option<&'static str> {
    Some(match failure {
        Failure::UnknownIssuer => "errSecNotTrusted",
        Failure::WeakKey => "errSecUnsupportedKeySize",
        Failure::WeakHash => "errSecInvalidDigestAlgorithm",
        Failure::Expired => "errSecCertificateExpired",
        Failure::NotCa => match reason {
            Reason::KeyUsageForbids { .. } => return None,
            _ => "errSecNoBasicConstraintsCA",
        },
        Failure::PathTooLong => "errSecPathLengthConstraintExceeded",
        Failure::WrongKeyUsage => "errSecInvalidKeyUsageForPolicy",
        Failure::WrongExtendedKeyUsage => "errSecInvalidExtendedKeyUsage",
        Failure::NameMismatch => "errSecHostNameMismatch",
        Failure::NameNotPermitted => "errSecInvalidName",
        Failure::UnknownCriticalExtension if is_known_extension(reason) => return None,
        Failure::UnknownCriticalExtension => "errSecUnknownCriticalExtensionFlag",
        Failure::Revoked => "errSecCertificateRevoked",
        Failure::RevocationUnknown if is_not_stapled(reason) => return None,
        Failure::RevocationUnknown => "errSecIncompleteCertRevocationCheck",
        Failure::Malformed if matches!(reason, Reason::DuplicateExtension { .. }) => {
            "errSecCertificateDuplicateExtension"
        }
        Failure::EmptyChain
        | Failure::Malformed
        | Failure::TooMuchWork
        | Failure::BadSignature
        | Failure::UnsupportedSignature
        | Failure::NotYetValid
        | Failure::NotConforming => return None,
    })
}

fn openssl(failure: Failure, reason: &Reason, is_issuer: bool) -> Option<(&'static str, u8)> {
    Some(match failure {
        Failure::UnknownIssuer => match reason {
            Reason::SelfSigned { .. } if !is_issuer => {
                ("X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT", 18)
            }
            Reason::SelfSigned { .. } => ("X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN", 19),
            _ => ("X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY", 20),
        },
        Failure::BadSignature => ("X509_V_ERR_CERT_SIGNATURE_FAILURE", 7),
        Failure::WeakKey if is_issuer => ("X509_V_ERR_CA_KEY_TOO_SMALL", 67),
        Failure::WeakKey => ("X509_V_ERR_EE_KEY_TOO_SMALL", 66),
        Failure::WeakHash => ("X509_V_ERR_CA_MD_TOO_WEAK", 68),
        Failure::NotYetValid => ("X509_V_ERR_CERT_NOT_YET_VALID", 9),
        Failure::Expired => ("X509_V_ERR_CERT_HAS_EXPIRED", 10),
        Failure::NotCa => ("X509_V_ERR_INVALID_CA", 79),
        Failure::PathTooLong => ("X509_V_ERR_PATH_LENGTH_EXCEEDED", 25),
        Failure::WrongKeyUsage | Failure::WrongExtendedKeyUsage => {
            ("X509_V_ERR_INVALID_PURPOSE", 26)
        }
        Failure::NameMismatch => match reason {
            _ if is_common_name(reason) => return None,
            Reason::NameDiffers { name, .. } | Reason::NoAlternativeNames { name, .. }
                if name.parse::<std::net::IpAddr>().is_ok() =>
            {
                ("X509_V_ERR_IP_ADDRESS_MISMATCH", 64)
            }
            _ => ("X509_V_ERR_HOSTNAME_MISMATCH", 62),
        },
        Failure::UnknownCriticalExtension => ("X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION", 34),
        Failure::Revoked => ("X509_V_ERR_CERT_REVOKED", 23),
        Failure::RevocationUnknown => return openssl_status(reason),
        Failure::NotConforming => return openssl_rule(reason),
        // Whether a name is excluded or just not permitted, it says too.
        Failure::NameNotPermitted
        | Failure::EmptyChain
        | Failure::Malformed
        | Failure::TooMuchWork
        | Failure::UnsupportedSignature => return None,
    })
}

/// With `-crl_check`; `openssl verify` takes no responses.
fn openssl_status(reason: &Reason) -> Option<(&'static str, u8)> {
    let Reason::Revocation(status) = reason else {
        return None;
    };
    let why = match status {
        Status::NotCovered => return Some(("X509_V_ERR_UNABLE_TO_GET_CRL", 3)),
        Status::Unusable {
            evidence: Evidence::Crl(_),
            why,
        } => why,
        _ => return None,
    };
    Some(match why {
        Unusable::Signature => ("X509_V_ERR_CRL_SIGNATURE_FAILURE", 8),
        Unusable::NotYet { .. } => ("X509_V_ERR_CRL_NOT_YET_VALID", 11),
        Unusable::Stale { .. } => ("X509_V_ERR_CRL_HAS_EXPIRED", 12),
        Unusable::KeyUsage => ("X509_V_ERR_KEYUSAGE_NO_CRL_SIGN", 35),
        Unusable::CriticalExtension { .. } => ("X509_V_ERR_UNHANDLED_CRITICAL_CRL_EXTENSION", 36),
        Unusable::OtherScope => ("X509_V_ERR_DIFFERENT_CRL_SCOPE", 44),
        _ => return None,
    })
}

/// With `-x509_strict`.
fn openssl_rule(reason: &Reason) -> Option<(&'static str, u8)> {
    let Reason::BreaksRule { rule, .. } = reason else {
        return None;
    };
    Some(match rule {
        Rule::SignerIsAuthority => ("X509_V_ERR_KU_KEY_CERT_SIGN_INVALID_FOR_NON_CA", 82),
        Rule::IssuerNamed => ("X509_V_ERR_ISSUER_NAME_EMPTY", 83),
        Rule::AuthorityNamed => ("X509_V_ERR_SUBJECT_NAME_EMPTY", 84),
        Rule::AuthorityKeyPresent => ("X509_V_ERR_MISSING_AUTHORITY_KEY_IDENTIFIER", 85),
        Rule::SubjectKeyPresent => ("X509_V_ERR_MISSING_SUBJECT_KEY_IDENTIFIER", 86),
        Rule::ConstraintsCritical => ("X509_V_ERR_CA_BCONS_NOT_CRITICAL", 89),
        Rule::AuthorityKeyNotCritical => ("X509_V_ERR_AUTHORITY_KEY_IDENTIFIER_CRITICAL", 90),
        Rule::SubjectKeyNotCritical => ("X509_V_ERR_SUBJECT_KEY_IDENTIFIER_CRITICAL", 91),
        _ => return None,
    })
}
