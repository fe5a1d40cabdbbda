//! What the values are called, and what each is for.

#[cfg(feature = "tls13")]
pub(super) mod tls13;

use padlock_tls::trace::Party::{Client, Server};
use padlock_tls::value::ValueName;

use crate::text::{Text, say};

/// A value's name in words, and its purpose.
pub(crate) fn words(name: ValueName) -> (Text, Text) {
    match name {
        ValueName::Random(Client) => (say::value_client_random(), say::value_client_random_for()),
        ValueName::Random(Server) => (say::value_server_random(), say::value_server_random_for()),
        ValueName::CertifiedPublicKey(Client) => (
            say::value_client_public_key(),
            say::value_client_public_key_for(),
        ),
        ValueName::CertifiedPublicKey(Server) => (
            say::value_server_public_key(),
            say::value_server_public_key_for(),
        ),
        ValueName::CertifiedPrivateKey(Client) => (
            say::value_client_private_key(),
            say::value_client_private_key_for(),
        ),
        ValueName::CertifiedPrivateKey(Server) => (
            say::value_server_private_key(),
            say::value_server_private_key_for(),
        ),
        ValueName::PreMasterRandom => (
            say::value_pre_master_random(),
            say::value_pre_master_random_for(),
        ),
        ValueName::PaddingRandom => (say::value_padding(), say::value_padding_for()),
        ValueName::PreMasterSecret => (
            say::value_pre_master_secret(),
            say::value_pre_master_secret_for(),
        ),
        ValueName::EncryptionBlock => (
            say::value_encryption_block(),
            say::value_encryption_block_for(),
        ),
        ValueName::EncryptedPreMasterSecret => (
            say::value_encrypted_pre_master_secret(),
            say::value_encrypted_pre_master_secret_for(),
        ),
        ValueName::EphemeralPrivateKey(Client) => (
            say::value_client_ephemeral_private(),
            say::value_client_ephemeral_private_for(),
        ),
        ValueName::EphemeralPrivateKey(Server) => (
            say::value_server_ephemeral_private(),
            say::value_server_ephemeral_private_for(),
        ),
        ValueName::EphemeralPublicKey(Client) => (
            say::value_client_ephemeral_public(),
            say::value_client_ephemeral_public_for(),
        ),
        ValueName::EphemeralPublicKey(Server) => (
            say::value_server_ephemeral_public(),
            say::value_server_ephemeral_public_for(),
        ),
        ValueName::KeyExchangeParameters => (
            say::value_key_exchange_parameters(),
            say::value_key_exchange_parameters_for(),
        ),
        ValueName::SignedParameters => (
            say::value_signed_parameters(),
            say::value_signed_parameters_for(),
        ),
        ValueName::KeyExchangeSignature => (
            say::value_key_exchange_signature(),
            say::value_key_exchange_signature_for(),
        ),
        ValueName::HandshakeMessages => (
            say::value_handshake_messages(),
            say::value_handshake_messages_for(),
        ),
        ValueName::SessionHash => (say::value_session_hash(), say::value_session_hash_for()),
        ValueName::TranscriptHash(Client) => (
            say::value_client_transcript_hash(),
            say::value_client_transcript_hash_for(),
        ),
        ValueName::TranscriptHash(Server) => (
            say::value_server_transcript_hash(),
            say::value_server_transcript_hash_for(),
        ),
        ValueName::CertificateVerifySignature => (
            say::value_certificate_verify_signature(),
            say::value_certificate_verify_signature_for(),
        ),
        ValueName::MasterSecret => (say::value_master_secret(), say::value_master_secret_for()),
        ValueName::KeyBlock => (say::value_key_block(), say::value_key_block_for()),
        ValueName::WriteMacKey(Client) => (
            say::value_client_write_mac_key(),
            say::value_client_write_mac_key_for(),
        ),
        ValueName::WriteMacKey(Server) => (
            say::value_server_write_mac_key(),
            say::value_server_write_mac_key_for(),
        ),
        ValueName::WriteKey(Client) => (
            say::value_client_write_key(),
            say::value_client_write_key_for(),
        ),
        ValueName::WriteKey(Server) => (
            say::value_server_write_key(),
            say::value_server_write_key_for(),
        ),
        ValueName::WriteIv(Client) => (
            say::value_client_write_iv(),
            say::value_client_write_iv_for(),
        ),
        ValueName::WriteIv(Server) => (
            say::value_server_write_iv(),
            say::value_server_write_iv_for(),
        ),
        ValueName::VerifyData(Client) => (
            say::value_client_verify_data(),
            say::value_client_verify_data_for(),
        ),
        ValueName::VerifyData(Server) => (
            say::value_server_verify_data(),
            say::value_server_verify_data_for(),
        ),
        #[cfg(feature = "tls13")]
        newer => tls13::words(newer),
        #[cfg(not(feature = "tls13"))]
        newer => other(newer),
    }
}

/// A value that the story has no words for.
fn other(name: ValueName) -> (Text, Text) {
    (say::value_other(name.to_string()), say::value_other_for())
}
