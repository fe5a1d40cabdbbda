//! What can be broken on purpose.

use padlock_pki::issue::{ExtendedKeyUsage, KeyUsage};

use super::design::{Design, Kind, moment, moment_of};
use crate::text::{Text, say};

/// One thing that can be wrong.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Mischief {
    /// Its last day is over.
    Expired,
    /// Its first day is to come.
    NotYetValid,
    /// Its last day lies before its first.
    Backwards,
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
                Self::Backwards,
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
                Self::Backwards,
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
                Self::Backwards,
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
            Self::Backwards => say::workshop_break_backwards(),
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

    /// Whether the design has it, as of `now`: because it was broken so, or filled in so.
    #[must_use]
    pub fn is_in(self, design: &Design, now: i64) -> bool {
        let at = |text: &str| moment(text).ok();
        let lacks = |usages: &[KeyUsage]| {
            let has = |usage| design.key_usage.contains(usage);
            !design.key_usage.is_empty() && !usages.iter().any(has)
        };
        match self {
            Self::Backwards => design.is_backwards(),
            Self::Expired => {
                at(&design.last).is_some_and(|last| last < now) && !design.is_backwards()
            }
            Self::NotYetValid => {
                at(&design.first).is_some_and(|first| first > now) && !design.is_backwards()
            }
            Self::NoAlternativeNames => design.names.trim().is_empty(),
            // Any name is right for somebody: this one is wrong where there was another.
            Self::WrongName => {
                let other = design.before.as_ref();
                design.names == OTHER && other.is_some_and(|before| before.names != OTHER)
            }
            Self::WrongPurpose => {
                !design.purposes.is_empty() && !design.purposes.contains(&purpose(design.kind))
            }
            Self::WrongKeyUsage => lacks(match design.kind.is_authority() {
                true => &[KeyUsage::KeyCertSign],
                false => &[KeyUsage::DigitalSignature, KeyUsage::KeyEncipherment],
            }),
            Self::NoAuthority => !design.authority,
            Self::NameNotPermitted => design.permitted.trim() == COMPANY,
            Self::WeakHash => design.weak_hash,
            Self::BrokenSignature => design.broken_signature,
            Self::UnknownCritical => design.unknown_critical,
        }
    }

    /// The design with it, as of `now`. What it was before is kept in it.
    #[must_use]
    pub fn done_to(self, design: Design, now: i64) -> Design {
        if self.is_in(&design, now) {
            return design;
        }
        // Nothing can be broken in two ways at once.
        let others = design.broken(now).into_iter();
        let others = others.filter(|other| *other != self && other.part() == self.part());
        let mut design = others.fold(design, |design, other| other.undone(design, now));
        let before = design.before.take();
        let mut before = before.unwrap_or_else(|| Box::new(design.clone()));
        self.copy(&design, &mut before);
        design.before = Some(before);
        let days = |count: i64| moment_of(now.saturating_add(count * 86_400));
        match self {
            Self::Expired => (design.first, design.last) = (days(-97), days(-7)),
            Self::NotYetValid => (design.first, design.last) = (days(7), days(97)),
            Self::Backwards => (design.first, design.last) = (days(7), days(-7)),
            Self::NoAlternativeNames => design.names.clear(),
            Self::WrongName => {
                design.common_name = OTHER.to_owned();
                design.names = OTHER.to_owned();
            }
            Self::WrongPurpose => {
                design.purposes = vec![match purpose(design.kind) {
                    ExtendedKeyUsage::ClientAuth => ExtendedKeyUsage::ServerAuth,
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
            Self::NameNotPermitted => design.permitted = COMPANY.to_owned(),
            Self::WeakHash => design.weak_hash = true,
            Self::BrokenSignature => design.broken_signature = true,
            Self::UnknownCritical => design.unknown_critical = true,
        }
        design
    }

    /// The design without it: what it changed is as it was before, or where that is not known, as in a
    /// good one. All else stays.
    #[must_use]
    pub fn undone(self, mut design: Design, now: i64) -> Design {
        let before = design.before.take();
        if let Some(before) = &before {
            self.copy(before, &mut design);
        }
        if before.is_none() || self.is_in(&design, now) {
            self.copy(&Design::new(design.kind, None, now), &mut design);
        }
        // What else is broken may still be undone.
        design.before = before;
        if design.broken(now).is_empty() {
            design.before = None;
        }
        design
    }

    /// Takes over what it changes.
    fn copy(self, from: &Design, to: &mut Design) {
        match self.part() {
            Part::Dates => {
                to.first.clone_from(&from.first);
                to.last.clone_from(&from.last);
            }
            Part::Names => {
                to.common_name.clone_from(&from.common_name);
                to.names.clone_from(&from.names);
            }
            Part::Purposes => to.purposes.clone_from(&from.purposes),
            Part::KeyUsage => to.key_usage.clone_from(&from.key_usage),
            Part::Authority => {
                to.authority = from.authority;
                to.path_length.clone_from(&from.path_length);
            }
            Part::Constraints => to.permitted.clone_from(&from.permitted),
            Part::Hash => to.weak_hash = from.weak_hash,
            Part::Signature => to.broken_signature = from.broken_signature,
            Part::Extension => to.unknown_critical = from.unknown_critical,
        }
    }

    /// What it changes.
    const fn part(self) -> Part {
        match self {
            Self::Expired | Self::NotYetValid | Self::Backwards => Part::Dates,
            Self::NoAlternativeNames | Self::WrongName => Part::Names,
            Self::WrongPurpose => Part::Purposes,
            Self::WrongKeyUsage => Part::KeyUsage,
            Self::NoAuthority => Part::Authority,
            Self::NameNotPermitted => Part::Constraints,
            Self::WeakHash => Part::Hash,
            Self::BrokenSignature => Part::Signature,
            Self::UnknownCritical => Part::Extension,
        }
    }
}

/// A part of a design.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Part {
    Dates,
    Names,
    Purposes,
    KeyUsage,
    Authority,
    Constraints,
    Hash,
    Signature,
    Extension,
}

/// A name that nobody here asks for.
const OTHER: &str = "other.example";
/// A name below which nobody here has one.
const COMPANY: &str = "company.example";

/// For what a party of this kind needs its certificate.
const fn purpose(kind: Kind) -> ExtendedKeyUsage {
    match kind {
        Kind::Client => ExtendedKeyUsage::ClientAuth,
        _ => ExtendedKeyUsage::ServerAuth,
    }
}
