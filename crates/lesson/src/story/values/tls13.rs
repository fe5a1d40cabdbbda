//! The values of TLS 1.3 in words.

use padlock_tls::trace::{Input, Party, Value};
use padlock_tls::value::{Epoch, Formula, ValueName};
use padlock_wire::Section;

use crate::text::{Text, say};

/// A value's name in words, and its purpose.
pub(super) fn words(name: ValueName) -> (Text, Text) {
    match name {
        ValueName::Zeros => (say::value_zeros(), say::value_zeros_for()),
        ValueName::EmptyHash => (say::value_empty_hash(), say::value_empty_hash_for()),
        ValueName::EarlySecret => (say::value_early_secret(), say::value_early_secret_for()),
        ValueName::SharedSecret => (say::value_shared_secret(), say::value_shared_secret_for()),
        ValueName::DerivedSecret(_) => {
            (say::value_derived_secret(), say::value_derived_secret_for())
        }
        ValueName::HandshakeSecret => (
            say::value_handshake_secret(),
            say::value_handshake_secret_for(),
        ),
        ValueName::MainSecret => (say::value_main_secret(), say::value_main_secret_for()),
        ValueName::TranscriptHashTo(point) => (
            say::value_messages_hash(point.to_string()),
            say::value_messages_hash_for(),
        ),
        ValueName::FirstHelloHash => (
            say::value_first_hello_hash(),
            say::value_first_hello_hash_for(),
        ),
        ValueName::TrafficSecret(party, epoch) => match epoch {
            Epoch::Early => (
                say::value_early_traffic_secret(),
                say::value_early_traffic_secret_for(),
            ),
            Epoch::Handshake => (
                say::value_handshake_traffic_secret(side(party)),
                say::value_handshake_traffic_secret_for(),
            ),
            Epoch::Application(_) => (
                say::value_application_traffic_secret(side(party)),
                say::value_application_traffic_secret_for(),
            ),
        },
        ValueName::TrafficKey(party, epoch) => {
            let title = match epoch {
                Epoch::Early => say::value_early_key(),
                Epoch::Handshake => say::value_handshake_key(side(party)),
                Epoch::Application(_) => say::value_application_key(side(party)),
            };
            (title, say::value_traffic_key_for())
        }
        ValueName::TrafficIv(party, epoch) => {
            let title = match epoch {
                Epoch::Early => say::value_early_iv(),
                Epoch::Handshake => say::value_handshake_iv(side(party)),
                Epoch::Application(_) => say::value_application_iv(side(party)),
            };
            (title, say::value_traffic_iv_for())
        }
        ValueName::FinishedKey(party, _) => (
            say::value_finished_key(side(party)),
            say::value_finished_key_for(),
        ),
        ValueName::SignedContent(party) => (
            say::value_signed_content(side(party)),
            say::value_signed_content_for(),
        ),
        ValueName::ContentSignature(party) => (
            say::value_content_signature(side(party)),
            say::value_content_signature_for(side(party)),
        ),
        ValueName::ExporterSecret | ValueName::EarlyExporterSecret => (
            say::value_exporter_secret(),
            say::value_exporter_secret_for(),
        ),
        ValueName::ResumptionSecret => (
            say::value_resumption_secret(),
            say::value_resumption_secret_for(),
        ),
        ValueName::Psk => (say::value_psk(), say::value_psk_for()),
        ValueName::BinderKey => (say::value_binder_key(), say::value_binder_key_for()),
        ValueName::BinderFinishedKey => (
            say::value_binder_finished_key(),
            say::value_binder_finished_key_for(),
        ),
        ValueName::Binder => (say::value_binder(), say::value_binder_for()),
        // These are never computed, so nothing is said of what they are for.
        ValueName::TicketNonce => (say::value_ticket_nonce(), say::value_ticket_for()),
        ValueName::TicketKey => (say::value_ticket_key(), say::value_ticket_for()),
        ValueName::TicketContent => (say::value_ticket_content(), say::value_ticket_content_for()),
        ValueName::Ticket => (say::value_ticket(), say::value_ticket_for()),
        ValueName::MlKemSeed => (say::value_ml_kem_seed(), say::value_ml_kem_seed_for()),
        ValueName::EncapsulationKey => (
            say::value_encapsulation_key(),
            say::value_encapsulation_key_for(),
        ),
        ValueName::EncapsulationRandom => (
            say::value_encapsulation_random(),
            say::value_encapsulation_random_for(),
        ),
        ValueName::Ciphertext => (say::value_ciphertext(), say::value_ciphertext_for()),
        ValueName::MlKemSecret => (say::value_ml_kem_secret(), say::value_ml_kem_secret_for()),
        ValueName::CurveSecret => (say::value_curve_secret(), say::value_curve_secret_for()),
        ValueName::KeyShare(party) => (
            say::value_key_share(side(party)),
            say::value_key_share_both_for(side(party)),
        ),
        other => super::other(other),
    }
}

/// What a value is for, where that is not what it is for in TLS 1.2. In a hybrid group a public key is
/// a part of the key share.
pub(in crate::story) fn purpose(value: &Value, hybrid: bool) -> Option<Text> {
    match value.name {
        ValueName::EphemeralPublicKey(party) if hybrid => {
            Some(say::value_key_share_part_for(side(party)))
        }
        ValueName::SharedSecret if hybrid => Some(say::value_shared_secret_hybrid_for()),
        ValueName::EphemeralPublicKey(party) => Some(say::value_key_share_for(side(party))),
        ValueName::VerifyData(_) => Some(say::value_verify_data13_for()),
        ValueName::HandshakeSecret => {
            let fresh = |input: &Input| input.name == ValueName::SharedSecret;
            let lacks = !value.inputs.iter().any(fresh);
            lacks.then(say::value_handshake_secret_psk_alone_for)
        }
        ValueName::Psk if matches!(value.formula, Formula::ExpandLabel { .. }) => {
            Some(say::value_psk_next_for())
        }
        _ => None,
    }
}

/// Where RFC 9846 defines a value, where that of TLS 1.2 is named otherwise.
pub(in crate::story) fn section(name: ValueName) -> Option<Section> {
    let number = match name {
        ValueName::Random(Party::Client) => "4.2.2",
        ValueName::Random(Party::Server) => "4.2.3",
        ValueName::EphemeralPrivateKey(_) | ValueName::EphemeralPublicKey(_) => "4.3.8.2",
        _ => return None,
    };
    Some(Section::new(9846, number))
}

/// What a value is for where a session of TLS 1.2 is resumed, if that is something else.
pub(in crate::story) fn purpose_resumed(value: &Value) -> Option<Text> {
    match value.name {
        ValueName::TicketContent => Some(say::value_session_state_for()),
        // Nothing came before it but the hellos.
        ValueName::TranscriptHash(Party::Server) => Some(say::value_client_transcript_hash_for()),
        _ => None,
    }
}

fn side(party: Party) -> Text {
    match party {
        Party::Client => say::value_side_client(),
        Party::Server => say::value_side_server(),
    }
}
