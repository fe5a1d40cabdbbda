//! What can be broken on purpose.

use padlock_pki::issue::{ExtendedKeyUsage, KeyUsage};

use super::design::{Design, Kind, moment_of};
use crate::text::{Text, say};

/// One thing that can be wrong.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Mischief {
    /// Its last day is over.
    Expired,
    /// Its first day is to come.
    NotYetValid,
    /// It has no alternative names.
    NoAlternativeNames,
    /// It is for another name.
    WrongName,
    /// It is for the other side of a connection.
    WrongPurpose,
    /// Its key is for something else.
    WrongKeyUsage,
    /// An authority that does not say that it is one.
    NoAuthority,
    /// An authority that may issue for other names only.
    NameNotPermitted,
    /// Its signature is over SHA-1.
    WeakHash,
    /// A bit of its signature is turned over.
    BrokenSignature,
    /// It has a critical extension that nobody knows.
    UnknownCritical,
}

impl Mischief {
    /// Those that make a difference to a certificate of this kind, in the order in which they are
    /// offered. Little does to that of a trusted root: it is believed for being trusted (RFC 5280
    /// §6.1.1).
    #[must_use]
    pub const fn offered(kind: Kind) -> &'static [Self] {
        match kind {
            Kind::Root => &[Self::NameNotPermitted],
            Kind::Intermediate => &[
                Self::Expired,
                Self::NotYetValid,
                Self::NoAuthority,
                Self::WrongKeyUsage,
                Self::NameNotPermitted,
                Self::WeakHash,
                Self::BrokenSignature,
                Self::UnknownCritical,
            ],
            Kind::Server => &[
                Self::Expired,
                Self::NotYetValid,
                Self::NoAlternativeNames,
                Self::WrongName,
                Self::WrongPurpose,
                Self::WrongKeyUsage,
                Self::WeakHash,
                Self::BrokenSignature,
                Self::UnknownCritical,
            ],
            Kind::Client => &[
                Self::Expired,
                Self::NotYetValid,
                Self::WrongPurpose,
                Self::WrongKeyUsage,
                Self::WeakHash,
                Self::BrokenSignature,
                Self::UnknownCritical,
            ],
        }
    }

    /// What it is called.
    #[must_use]
    pub fn title(self) -> Text {
        match self {
            Self::Expired => say::workshop_break_expired(),
            Self::NotYetValid => say::workshop_break_not_yet_valid(),
            Self::NoAlternativeNames => say::workshop_break_no_names(),
            Self::WrongName => say::workshop_break_wrong_name(),
            Self::WrongPurpose => say::workshop_break_purpose(),
            Self::WrongKeyUsage => say::workshop_break_key_usage(),
            Self::NoAuthority => say::workshop_break_no_authority(),
            Self::NameNotPermitted => say::workshop_break_constraint(),
            Self::WeakHash => say::workshop_break_weak_hash(),
            Self::BrokenSignature => say::workshop_break_signature(),
            Self::UnknownCritical => say::workshop_break_unknown(),
        }
    }

    /// The design with it, as of `now`.
    #[must_use]
    pub fn done_to(self, mut design: Design, now: i64) -> Design {
        let days = |count: i64| moment_of(now.saturating_add(count * 86_400));
        match self {
            Self::Expired => (design.first, design.last) = (days(-97), days(-7)),
            Self::NotYetValid => (design.first, design.last) = (days(7), days(97)),
            Self::NoAlternativeNames => design.names.clear(),
            Self::WrongName => {
                design.common_name = "other.example".to_owned();
                design.names.clone_from(&design.common_name);
            }
            Self::WrongPurpose => {
                design.purposes = vec![match design.kind {
                    Kind::Client => ExtendedKeyUsage::ServerAuth,
                    _ => ExtendedKeyUsage::ClientAuth,
                }];
            }
            Self::WrongKeyUsage => {
                design.key_usage = vec![match design.kind.is_authority() {
                    true => KeyUsage::DigitalSignature,
                    false => KeyUsage::NonRepudiation,
                }];
            }
            Self::NoAuthority => {
                design.authority = false;
                design.path_length.clear();
            }
            Self::NameNotPermitted => design.permitted = "company.example".to_owned(),
            Self::WeakHash => design.weak_hash = true,
            Self::BrokenSignature => design.broken_signature = true,
            Self::UnknownCritical => design.unknown_critical = true,
        }
        design
    }
}
