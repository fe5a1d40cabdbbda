//! What certificates of the web should be like, beyond what RFC 5280 §6 has clients check.

use std::fmt;

use padlock_wire::Section;

use super::Failure;

/// A rule of RFC 5280's profile (§4) or of the CA/Browser Forum's Baseline Requirements for TLS
/// server certificates, for those who issue certificates. [`Policy::WebPki`](super::Policy) has
/// them checked.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Rule {
    /// Version 3.
    Version,
    /// A serial number that is positive and takes at most 20 octets.
    SerialNumber,
    /// An issuer with a name.
    IssuerNamed,
    /// An authority with a name.
    AuthorityNamed,
    /// `authorityKeyIdentifier` is not critical.
    AuthorityKeyNotCritical,
    /// Every certificate but a self-signed one says by which key it is signed.
    AuthorityKeyPresent,
    /// `authorityKeyIdentifier` has a key identifier, and neither issuer nor serial number.
    AuthorityKeyAlone,
    /// A self-signed certificate names its own key as its issuer's.
    AuthorityKeyOwn,
    /// `subjectKeyIdentifier` is not critical.
    SubjectKeyNotCritical,
    /// An authority identifies its key.
    SubjectKeyPresent,
    /// An authority's `basicConstraints` are critical.
    ConstraintsCritical,
    /// The end-entity is no authority.
    EndEntityNoAuthority,
    /// Whoever may sign certificates is an authority.
    SignerIsAuthority,
    /// Only authorities have name constraints.
    NameConstraintsOfAuthority,
    /// Name constraints have at least one subtree.
    NameConstraintsSome,
    /// Each subtree is a sound name of its form.
    NameConstraintsSound,
    /// `policyConstraints` are critical.
    PolicyConstraintsCritical,
    /// The end-entity says what it is for.
    PurposePresent,
    /// `extKeyUsage` is not critical.
    PurposeNotCritical,
    /// It does not say that it is for any purpose.
    PurposeDefinite,
    /// A server's certificate is not for signing code, mail, moments, statuses or precertificates too.
    PurposeSeparate,
    /// A root does not restrict purposes.
    RootWithoutPurpose,
    /// A server has alternative names.
    NamesPresent,
    /// Alternative names are critical where the subject is empty, and only there.
    NamesCritical,
    /// Each DNS name is one of hosts, a wildcard only as its first label.
    NamesSound,
    /// A common name that stands for an alternative name is a copy of it, letter for letter.
    CommonNameCopied,
    /// `authorityInfoAccess` is not critical.
    AccessNotCritical,
    /// Whoever is certified promises the features of TLS that its issuer's certificate promises.
    FeaturesKept,
    /// Where the key may be used at all is not left empty.
    UsagePresent,
    /// The key is an RSA key or one on P-256, P-384 or P-521, its curve given by name.
    KeyKind,
    /// The length of an RSA key is a multiple of eight bits.
    KeyLength,
}

impl Rule {
    /// Where it stands: in RFC 5280, in the section that it refines, or in RFC 7633.
    #[must_use]
    pub const fn section(self) -> Section {
        Section::new(
            match self {
                Self::FeaturesKept => 7633,
                _ => 5280,
            },
            match self {
                Self::FeaturesKept => "4.2.2",
                Self::Version => "4.1.2.1",
                Self::SerialNumber => "4.1.2.2",
                Self::IssuerNamed => "4.1.2.4",
                Self::AuthorityNamed | Self::CommonNameCopied => "4.1.2.6",
                Self::KeyKind | Self::KeyLength => "4.1.2.7",
                Self::AuthorityKeyNotCritical
                | Self::AuthorityKeyPresent
                | Self::AuthorityKeyAlone
                | Self::AuthorityKeyOwn => "4.2.1.1",
                Self::SubjectKeyNotCritical | Self::SubjectKeyPresent => "4.2.1.2",
                Self::UsagePresent => "4.2.1.3",
                Self::NamesPresent | Self::NamesCritical | Self::NamesSound => "4.2.1.6",
                Self::ConstraintsCritical
                | Self::EndEntityNoAuthority
                | Self::SignerIsAuthority => "4.2.1.9",
                Self::NameConstraintsOfAuthority
                | Self::NameConstraintsSome
                | Self::NameConstraintsSound => "4.2.1.10",
                Self::PolicyConstraintsCritical => "4.2.1.11",
                Self::PurposePresent
                | Self::PurposeNotCritical
                | Self::PurposeDefinite
                | Self::PurposeSeparate
                | Self::RootWithoutPurpose => "4.2.1.12",
                Self::AccessNotCritical => "4.2.2.1",
            },
        )
    }

    /// The section of the Baseline Requirements (2.x) that asks for it, where they do.
    #[must_use]
    pub const fn baseline(self) -> Option<&'static str> {
        Some(match self {
            Self::Version => "7.1.1",
            Self::SerialNumber => "7.1.2.7",
            Self::IssuerNamed | Self::AuthorityNamed => "7.1.4.1",
            Self::AuthorityKeyPresent | Self::AuthorityKeyAlone => "7.1.2.11.1",
            Self::AuthorityKeyOwn => "7.1.2.1.3",
            Self::ConstraintsCritical => "7.1.2.10.4",
            Self::EndEntityNoAuthority => "7.1.2.7.8",
            Self::SignerIsAuthority | Self::UsagePresent => "7.1.2.7.11",
            Self::NameConstraintsOfAuthority => "7.1.2.7.6",
            Self::NameConstraintsSome | Self::NameConstraintsSound => "7.1.2.5.2",
            Self::PurposePresent | Self::PurposeNotCritical => "7.1.2.7.6",
            Self::PurposeDefinite | Self::PurposeSeparate => "7.1.2.7.10",
            Self::RootWithoutPurpose => "7.1.2.1.2",
            Self::NamesPresent | Self::NamesCritical | Self::NamesSound => "7.1.2.7.12",
            Self::CommonNameCopied => "7.1.4.3",
            Self::AccessNotCritical => "7.1.2.7.7",
            Self::KeyKind | Self::KeyLength => "6.1.5",
            Self::AuthorityKeyNotCritical
            | Self::SubjectKeyNotCritical
            | Self::SubjectKeyPresent
            | Self::PolicyConstraintsCritical
            | Self::FeaturesKept => return None,
        })
    }

    /// What sort of failure it is to break it.
    #[must_use]
    pub const fn failure(self) -> Failure {
        match self {
            Self::KeyKind | Self::KeyLength => Failure::WeakKey,
            _ => Failure::NotConforming,
        }
    }
}

impl fmt::Display for Rule {
    /// What should be, in one line for command lines; the page has sentences of its own.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Version => "must be of version 3",
            Self::SerialNumber => "the serial number must be positive and take 20 octets at most",
            Self::IssuerNamed => "the issuer must have a name",
            Self::AuthorityNamed => "an authority must have a name",
            Self::AuthorityKeyNotCritical => "authorityKeyIdentifier must not be critical",
            Self::AuthorityKeyPresent => "authorityKeyIdentifier must be there",
            Self::AuthorityKeyAlone => {
                "authorityKeyIdentifier must have a key identifier and nothing else"
            }
            Self::AuthorityKeyOwn => "a root's authorityKeyIdentifier must be its own key's",
            Self::SubjectKeyNotCritical => "subjectKeyIdentifier must not be critical",
            Self::SubjectKeyPresent => "an authority must have a subjectKeyIdentifier",
            Self::ConstraintsCritical => "an authority's basicConstraints must be critical",
            Self::EndEntityNoAuthority => "an end-entity must be no authority",
            Self::SignerIsAuthority => "keyCertSign is for authorities only",
            Self::NameConstraintsOfAuthority => "nameConstraints are for authorities only",
            Self::NameConstraintsSome => "nameConstraints must not be empty",
            Self::NameConstraintsSound => "nameConstraints must hold sound names",
            Self::PolicyConstraintsCritical => "policyConstraints must be critical",
            Self::PurposePresent => "extKeyUsage must be there",
            Self::PurposeNotCritical => "extKeyUsage must not be critical",
            Self::PurposeDefinite => "extKeyUsage must not have anyExtendedKeyUsage",
            Self::PurposeSeparate => {
                "a server's extKeyUsage must not allow to sign code, mail, times or statuses"
            }
            Self::RootWithoutPurpose => "a root must not have extKeyUsage",
            Self::NamesPresent => "subjectAltName must be there",
            Self::NamesCritical => {
                "subjectAltName must be critical if the subject is empty, and only then"
            }
            Self::NamesSound => "each dNSName must be the name of a host",
            Self::CommonNameCopied => "the common name must be written as the alternative name is",
            Self::AccessNotCritical => "authorityInfoAccess must not be critical",
            Self::FeaturesKept => "it must promise every TLS feature that its issuer promises",
            Self::UsagePresent => "keyUsage must allow something",
            Self::KeyKind => "the key must be RSA, or on P-256, P-384 or P-521 by name",
            Self::KeyLength => "the length of an RSA key must be a multiple of eight bits",
        })
    }
}
