//! What only those learners come to who bring certificates along: rules, revocation, and what cannot
//! be verified here.

use padlock_pki::explain::Problem;
use padlock_pki::key::KeyError;
use padlock_pki::signature::{SignatureError, identifier_name};
use padlock_pki::time::UnixSeconds;
use padlock_pki::verify::revocation::{Status, Unusable};
use padlock_pki::verify::{Reason, Rule};

use super::{day, short};
use crate::study::fault;
use crate::text::{Argument, Text, say};

/// The words for a reason that the handshakes of the story have not.
pub(super) fn reason(reason: &Reason) -> Option<Text> {
    Some(match reason {
        Reason::Malformed { problems } => malformed(problems.first()?),
        Reason::Algorithm(error) => algorithm(error),
        Reason::Key(error) => key(error),
        Reason::BreaksRule { subject, rule } => {
            say::reason_breaks_rule(self::rule(*rule), short(subject))
        }
        Reason::Revocation(status) => self::status(status),
        Reason::IssuerUnknown {
            issuer,
            is_own: true,
        } => say::reason_issuer_unknown_own(short(issuer)),
        Reason::NotYetValid { not_before, now } if is_same_day(*not_before, *now) => {
            say::reason_not_yet_valid_today(day(*not_before), time(*not_before), time(*now))
        }
        Reason::Expired { not_after, now } if is_same_day(*not_after, *now) => {
            say::reason_expired_today(day(*not_after), time(*not_after), time(*now))
        }
        _ => return None,
    })
}

fn is_same_day(one: UnixSeconds, other: UnixSeconds) -> bool {
    day(one) == day(other)
}

/// The time of day, of UTC.
fn time(moment: UnixSeconds) -> Argument {
    let date = moment.date();
    let time = format!("{:02}:{:02}:{:02}", date.hour, date.minute, date.second);
    Argument::Date(time)
}

fn malformed(problem: &Problem) -> Text {
    say::reason_malformed_at(problem.at, fault::of_bytes(problem))
}

fn algorithm(error: &SignatureError) -> Text {
    use SignatureError as Error;
    let (Error::Unsupported { identifier }
    | Error::Parameters { identifier }
    | Error::OtherParameters { identifier, .. }
    | Error::OtherKey { identifier, .. }
    | Error::WrongKey { identifier, .. }) = error
    else {
        return say::reason_algorithm_malformed();
    };
    let named = || identifier_name(*identifier).map(str::to_owned);
    let name = named().unwrap_or_else(|| identifier.to_string());
    match error {
        Error::Parameters { .. } => say::reason_algorithm_parameters(name),
        Error::OtherParameters { .. } => say::reason_algorithm_other_parameters(name),
        Error::OtherKey { key, .. } => say::reason_algorithm_other_key(name, key.to_string()),
        Error::WrongKey { key, .. } => say::reason_algorithm_wrong_key(name, key.to_string()),
        Error::Malformed | Error::Unsupported { .. } => say::reason_algorithm(name),
    }
}

fn key(error: &KeyError) -> Text {
    match error {
        KeyError::Malformed { .. } => say::reason_key_malformed(),
        KeyError::UnnamedCurve => say::reason_key_unnamed_curve(),
        KeyError::RsaSize { bits } | KeyError::RsaTooShort { bits, .. } => {
            say::reason_key_size(bits.to_string())
        }
        KeyError::Curve(_) => say::reason_key_off_curve(),
        KeyError::UnsupportedKind(kind) => say::reason_key_kind(kind.to_string()),
        _ => say::reason_key(),
    }
}

/// What should be.
fn rule(rule: Rule) -> Text {
    match rule {
        Rule::Version => say::rule_version(),
        Rule::SerialNumber => say::rule_serial_number(),
        Rule::IssuerNamed => say::rule_issuer_named(),
        Rule::AuthorityNamed => say::rule_authority_named(),
        Rule::AuthorityKeyNotCritical => say::rule_authority_key_not_critical(),
        Rule::AuthorityKeyPresent => say::rule_authority_key_present(),
        Rule::AuthorityKeyAlone => say::rule_authority_key_alone(),
        Rule::AuthorityKeyOwn => say::rule_authority_key_own(),
        Rule::SubjectKeyNotCritical => say::rule_subject_key_not_critical(),
        Rule::SubjectKeyPresent => say::rule_subject_key_present(),
        Rule::ConstraintsCritical => say::rule_constraints_critical(),
        Rule::EndEntityNoAuthority => say::rule_end_entity_no_authority(),
        Rule::SignerIsAuthority => say::rule_signer_is_authority(),
        Rule::NameConstraintsOfAuthority => say::rule_name_constraints_of_authority(),
        Rule::NameConstraintsSome => say::rule_name_constraints_some(),
        Rule::NameConstraintsSound => say::rule_name_constraints_sound(),
        Rule::PolicyConstraintsCritical => say::rule_policy_constraints_critical(),
        Rule::PurposePresent => say::rule_purpose_present(),
        Rule::PurposeNotCritical => say::rule_purpose_not_critical(),
        Rule::PurposeDefinite => say::rule_purpose_definite(),
        Rule::PurposeSeparate => say::rule_purpose_separate(),
        Rule::RootWithoutPurpose => say::rule_root_without_purpose(),
        Rule::NamesPresent => say::rule_names_present(),
        Rule::NamesCritical => say::rule_names_critical(),
        Rule::NamesSound => say::rule_names_sound(),
        Rule::CommonNameCopied => say::rule_common_name_copied(),
        Rule::AccessNotCritical => say::rule_access_not_critical(),
        Rule::FeaturesKept => say::rule_features_kept(),
        Rule::UsagePresent => say::rule_usage_present(),
        Rule::KeyKind => say::rule_key_kind(),
        Rule::KeyLength => say::rule_key_length(),
    }
}

fn status(status: &Status) -> Text {
    match status {
        Status::Good { .. } => say::reason_not_revoked(),
        Status::Revoked { date, .. } => say::reason_revoked(day(*date)),
        Status::NotStapled => say::reason_not_stapled(),
        Status::Unknown { .. } => say::reason_status_unknown(),
        Status::NotCovered => say::reason_status_not_covered(),
        Status::Unusable { why, .. } => say::reason_revocation_unknown(unusable(why)),
    }
}

/// Why a list or a response cannot be used.
fn unusable(why: &Unusable) -> Text {
    match why {
        Unusable::Malformed { at: None } => say::unusable_malformed(),
        Unusable::Malformed { at: Some(at) } => say::unusable_malformed_at(*at),
        Unusable::NoAnswer { status } => say::unusable_no_answer(status.to_string()),
        Unusable::Signature => say::unusable_signature(),
        Unusable::Algorithm => say::unusable_algorithm(),
        Unusable::TooManySignatures => say::unusable_too_many_signatures(),
        Unusable::KeyUsage => say::unusable_key_usage(),
        Unusable::Responder => say::unusable_responder(),
        Unusable::NotYet { this_update, .. } => say::unusable_not_yet(day(*this_update)),
        Unusable::Stale { next_update, .. } => say::unusable_stale(day(*next_update)),
        Unusable::NoNextUpdate => say::unusable_no_next_update(),
        Unusable::OtherScope => say::unusable_other_scope(),
        Unusable::Delta => say::unusable_delta(),
        Unusable::CriticalExtension { oid } => say::unusable_critical_extension(oid),
        Unusable::Number => say::unusable_number(),
        Unusable::SerialTwice => say::unusable_serial_twice(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use padlock_pki::explain::ProblemKind;
    use padlock_pki::verify::revocation::Evidence;

    use super::*;
    use crate::text::{Catalogue, English};

    fn told(reason: &Reason) -> String {
        let text = super::reason(reason).unwrap();
        Catalogue::english().plain(&text, &English)
    }

    /// Whoever reads it knows which rule, and why a list cannot be used: no two sound the same.
    #[test]
    fn each_reason_has_its_own_words() {
        let rules = [
            Rule::Version,
            Rule::SerialNumber,
            Rule::IssuerNamed,
            Rule::AuthorityNamed,
            Rule::AuthorityKeyNotCritical,
            Rule::AuthorityKeyPresent,
            Rule::AuthorityKeyAlone,
            Rule::AuthorityKeyOwn,
            Rule::SubjectKeyNotCritical,
            Rule::SubjectKeyPresent,
            Rule::ConstraintsCritical,
            Rule::EndEntityNoAuthority,
            Rule::SignerIsAuthority,
            Rule::NameConstraintsOfAuthority,
            Rule::NameConstraintsSome,
            Rule::NameConstraintsSound,
            Rule::PolicyConstraintsCritical,
            Rule::PurposePresent,
            Rule::PurposeNotCritical,
            Rule::PurposeDefinite,
            Rule::PurposeSeparate,
            Rule::RootWithoutPurpose,
            Rule::NamesPresent,
            Rule::NamesCritical,
            Rule::NamesSound,
            Rule::CommonNameCopied,
            Rule::AccessNotCritical,
            Rule::FeaturesKept,
            Rule::UsagePresent,
            Rule::KeyKind,
            Rule::KeyLength,
        ];
        let moment = UnixSeconds(0);
        let unusable = [
            Unusable::Malformed { at: None },
            Unusable::Malformed { at: Some(7) },
            Unusable::NoAnswer { status: 3 },
            Unusable::Signature,
            Unusable::Algorithm,
            Unusable::TooManySignatures,
            Unusable::KeyUsage,
            Unusable::Responder,
            Unusable::NotYet {
                this_update: moment,
                now: moment,
            },
            Unusable::Stale {
                next_update: moment,
                now: moment,
            },
            Unusable::NoNextUpdate,
            Unusable::OtherScope,
            Unusable::Delta,
            Unusable::CriticalExtension {
                oid: "1.2.3".to_owned(),
            },
            Unusable::Number,
            Unusable::SerialTwice,
        ];
        let subject = "CN=Shop,O=Padlock".to_owned();
        let rules = rules.map(|rule| Reason::BreaksRule {
            rule,
            subject: subject.clone(),
        });
        let evidence = Evidence::Crl(0);
        let unusable = unusable.map(|why| Reason::Revocation(Status::Unusable { evidence, why }));
        let others = [
            Reason::Revocation(Status::NotCovered),
            Reason::Revocation(Status::Unknown { evidence }),
            Reason::Revocation(Status::NotStapled),
            Reason::Malformed {
                problems: vec![Problem {
                    kind: ProblemKind::IndefiniteLength,
                    at: 7,
                }],
            },
            Reason::Algorithm(SignatureError::Malformed),
            Reason::Key(KeyError::UnnamedCurve),
            Reason::Key(KeyError::RsaSize { bits: 512 }),
        ];
        let count = rules.len() + unusable.len() + others.len();
        let all = rules.iter().chain(&unusable).chain(&others);
        let all: BTreeSet<String> = all.map(told).collect();
        assert_eq!(all.len(), count, "{all:#?}");
    }

    /// Days that are the same say nothing of what is between them.
    #[test]
    fn within_a_day_the_time_is_told() {
        // 2026-11-21, half past six in the evening.
        let now = UnixSeconds(1_795_285_800);
        let early = |ahead| Reason::NotYetValid {
            not_before: now.plus(ahead),
            now,
        };
        let late = |ago: i64| Reason::Expired {
            not_after: now.plus(-ago),
            now,
        };
        for (reason, expected) in [
            (
                early(65),
                "Not valid before 18:31:05 UTC on 2026-11-21; the time is 18:30:00 UTC.",
            ),
            (
                early(86_400),
                "Not valid before 2026-11-22; today is 2026-11-21.",
            ),
            (
                late(1),
                "Expired at 18:29:59 UTC on 2026-11-21; the time is 18:30:00 UTC.",
            ),
            (late(86_400), "Expired on 2026-11-20; today is 2026-11-21."),
        ] {
            let text = super::super::reason(&reason);
            assert_eq!(Catalogue::english().plain(&text, &English), expected);
        }
    }

    #[test]
    fn what_is_at_hand_is_told() {
        let rule = Reason::BreaksRule {
            rule: Rule::Version,
            subject: "CN=Shop,O=Padlock".to_owned(),
        };
        assert_eq!(
            told(&rule),
            "The certificate of Shop breaks a rule: it must be of version 3."
        );
        let broken = Reason::Malformed {
            problems: vec![Problem {
                kind: ProblemKind::SerialNumber,
                at: 12,
            }],
        };
        assert!(told(&broken).contains("byte 12"), "{}", told(&broken));
    }
}
