//! The client's answer: certificate, key exchange, proof, and the switch to the new keys.

use padlock_pki::key::PublicKey;
use padlock_wire::Section;

use super::State;
use super::server_finished::ExpectChangeCipherSpec;
use super::server_flight::{Exchange, ExpectServerHelloDone, own};
use crate::codes::{NamedGroup, ProtocolVersion, SignatureScheme};
use crate::config::Identity;
use crate::connection::{CURVES, Connection};
use crate::crypto::kx::{EphemeralKey, Group};
use crate::crypto::pkcs1;
use crate::error::{Error, ErrorKind};
use crate::messages::{
    Certificate, CertificateVerify, ClientKeyExchange, DigitallySigned, Finished, Handshake,
};
use crate::schedule::PreMasterSecret;
use crate::trace::Party;
use crate::value::{Formula, ValueName};

/// Sends the client's second flight.
pub(super) fn answer(
    state: ExpectServerHelloDone,
    connection: &mut Connection,
) -> Result<State, Error> {
    let ExpectServerHelloDone {
        config,
        session,
        exchange,
        request,
    } = state;
    let own = request.as_ref().and_then(|request| own(&config, request));
    if request.is_some() {
        let certificate_list = own.map(|(own, _)| own.chain.clone()).unwrap_or_default();
        connection.send_flight(vec![Handshake::new(Certificate { certificate_list })])?;
    }
    let (message, pre_master) = match exchange {
        Exchange::Rsa(key) => encrypt_pre_master(&key, connection)?,
        Exchange::Ecdhe {
            code,
            group,
            public_key,
        } => agree(code, group, &public_key, connection)?,
    };
    connection.send_flight(vec![Handshake::new(message)])?;
    let reporter = &mut connection.reporter;
    let hash = session.suite.hash;
    let master = match session.extended_master_secret {
        true => pre_master.extended_master(hash, &connection.transcript, reporter),
        false => pre_master.master(hash, &session.randoms, reporter),
    };
    if let Some((identity, scheme)) = own {
        prove(identity, scheme, connection)?;
    }
    let keys = master.key_block(session.suite, &session.randoms, &mut connection.reporter);
    let writing = connection.protector(session.suite, &keys, Party::Client)?;
    let reading = connection.protector(session.suite, &keys, Party::Server)?;
    connection.send_change_cipher_spec(writing)?;
    let transcript = &connection.transcript;
    let reporter = &mut connection.reporter;
    let verify_data = master.verify_data(hash, Party::Client, transcript, reporter);
    connection.send_flight(vec![Handshake::new(Finished { verify_data })])?;
    #[cfg(feature = "tls13")]
    super::resumption::note(&config, &session, &master, connection);
    let next = ExpectChangeCipherSpec {
        session,
        master,
        reading,
        answer: None,
    };
    #[cfg(feature = "tls13")]
    return Ok(super::resumption::await_ticket(next, connection));
    #[cfg(not(feature = "tls13"))]
    Ok(State::ChangeCipherSpec(next))
}

/// Makes a pre-master secret and encrypts it (RFC 5246 §7.4.7.1):
///
/// ```text
/// struct { ProtocolVersion client_version; opaque random[46]; } PreMasterSecret;
/// ```
fn encrypt_pre_master(
    key: &PublicKey,
    connection: &mut Connection,
) -> Result<(ClientKeyExchange, PreMasterSecret), Error> {
    let section = Section::new(5246, "7.4.7.1");
    let mut random = connection.random.fork("pre-master secret");
    let reporter = &mut connection.reporter;
    let drawn: [u8; 46] = random.bytes();
    let name = ValueName::PreMasterRandom;
    reporter.value(name, Formula::Drawn, &[], &drawn, section);

    let version = ProtocolVersion::TLS_1_2.0.to_be_bytes();
    let secret = [&version[..], &drawn].concat();
    let inputs = [(ValueName::PreMasterRandom, &drawn[..])];
    reporter.value(
        ValueName::PreMasterSecret,
        Formula::PreMaster,
        &inputs,
        &secret,
        section,
    );

    let (modulus, _) = key
        .rsa_parts()
        .ok_or(ErrorKind::Internal("the key is not RSA"))?;
    let block = pkcs1::pad(&mut random, &secret, modulus.len())
        .map_err(|_short| ErrorKind::Internal("the server's RSA key is too short"))?;
    let padding = &block[2..block.len() - secret.len() - 1];
    let pkcs1 = Section::new(8017, "7.2.1");
    reporter.value(
        ValueName::PaddingRandom,
        Formula::Drawn,
        &[],
        padding,
        pkcs1,
    );
    let inputs = [
        (ValueName::PaddingRandom, padding),
        (ValueName::PreMasterSecret, &secret),
    ];
    reporter.value(
        ValueName::EncryptionBlock,
        Formula::Pkcs1Pad,
        &inputs,
        &block,
        pkcs1,
    );

    let encrypted = key
        .encrypt_raw(&block)
        .map_err(|_range| ErrorKind::Internal("the server's RSA key cannot encrypt"))?;
    let public_key = ValueName::CertifiedPublicKey(Party::Server);
    reporter.value(
        ValueName::EncryptedPreMasterSecret,
        Formula::RsaEncrypt,
        &[
            (ValueName::EncryptionBlock, &block),
            (public_key, key.spki_der()),
        ],
        &encrypted,
        section,
    );
    Ok((
        ClientKeyExchange::Rsa(encrypted),
        PreMasterSecret::new(secret),
    ))
}

/// Makes an ephemeral key and agrees with the server's (RFC 8422 §5.7, §5.10).
fn agree(
    code: NamedGroup,
    group: Group,
    peer: &[u8],
    connection: &mut Connection,
) -> Result<(ClientKeyExchange, PreMasterSecret), Error> {
    let key = EphemeralKey::generate(group, &mut connection.random.fork("ephemeral key"))?;
    connection.report_ephemeral(code, &key, CURVES);
    let secret = connection.agree(ValueName::PreMasterSecret, code, &key, peer, CURVES)?;
    let public_key = key.public_bytes().to_vec();
    let message = ClientKeyExchange::Ecdhe(public_key);
    Ok((message, PreMasterSecret::new(secret)))
}

/// Signs all handshake messages so far (RFC 5246 §7.4.8).
fn prove(
    identity: &Identity,
    scheme: SignatureScheme,
    connection: &mut Connection,
) -> Result<(), Error> {
    let transcript = connection.transcript.clone();
    let signature = connection.sign(
        ValueName::CertificateVerifySignature,
        scheme,
        &identity.key,
        (ValueName::HandshakeMessages, &transcript),
        Section::new(5246, "7.4.8"),
    )?;
    let signed = DigitallySigned {
        algorithm: scheme,
        signature,
    };
    connection.send_flight(vec![Handshake::new(CertificateVerify { signed })])
}
