//! Who is on the other side of a resumed session.

use padlock_pki::demo::{Authority, Holder, KeyChoice};
use padlock_pki::issue::{self, ExtendedKeyUsage, Issuer, Subject, Template};
use padlock_pki::key::PrivateKey;
use padlock_pki::random::Random;
use padlock_pki::signature::SignatureAlgorithm;
use padlock_tls::codes::{AlertDescription, ExtensionType, HandshakeType};
use padlock_tls::config::{ClientAuthentication, ClientConfig, Identity, ServerConfig};
use padlock_tls::error::ErrorKind;
use padlock_tls::messages::{Body, ExtensionBody, Form, Handshake};
use padlock_tls::psk::PreSharedKey;
use padlock_tls::trace::{Direction, EventKind, MessageKind};
use padlock_wire::Structure;

use crate::certificates::{NOW, authority, hr, shop};
use crate::pair::Pair;
use crate::resumption::{tickets, with_tickets};

/// Asks every client for a certificate of this authority.
fn ask(server: &mut ServerConfig, authority: &Authority, required: bool) {
    let anchors = vec![authority.root().to_vec()];
    server.client_authentication = Some(ClientAuthentication::new(anchors, required));
}

/// Both, and a client with certificate.
fn named() -> (ClientConfig, ServerConfig) {
    let (mut client, mut server) = with_tickets();
    client.identities = vec![hr(KeyChoice::P256)];
    ask(&mut server, &authority(), true);
    (client, server)
}

#[test]
fn a_resumed_client_is_who_it_was() {
    let (mut client, server) = named();
    // A session that is resumed can be resumed in its turn.
    for _ in 0..3 {
        client.tls13.psks = tickets(&client, &server);
    }
    // The certificate itself is no longer needed.
    let shown = client.identities.remove(0).chain;
    let mut pair = Pair::connected(client, server);
    assert!(pair.agreement().psk.unwrap().resumption);
    assert_eq!(pair.server.client_certificates(), shown);
    // It was judged again.
    let judged = |event: &padlock_tls::trace::Event| matches!(&event.kind, EventKind::Certificates(verdict) if verdict.failure_kind().is_none());
    assert!(pair.server.take_events().iter().any(judged));
}

#[test]
fn a_ticket_is_no_way_around_a_certificate() {
    let (mut client, mut server) = with_tickets();
    client.tls13.psks = tickets(&client, &server);
    client.tls13.early_data = b"let me in".to_vec();
    ask(&mut server, &authority(), false);
    let pair = Pair::connected(client.clone(), server.clone());
    assert!(pair.agreement().psk.is_some());
    assert_eq!(pair.server.client_certificates().len(), 0);
    // From now on certificates are required.
    ask(&mut server, &authority(), true);
    let mut pair = Pair::new(client.clone(), server.clone());
    let error = pair.outcome.1.clone().unwrap_err();
    assert_eq!(error.kind, ErrorKind::CertificateRequired);
    assert_eq!(pair.server.early_data(), b"");
    // Who has one shows it.
    client.identities = vec![hr(KeyChoice::P256)];
    let pair = Pair::connected(client, server);
    assert_eq!(pair.agreement().psk, None);
    assert_ne!(pair.server.client_certificates().len(), 0);
}

/// A client's certificate that expires before a ticket does, and its authority's.
fn short_lived() -> (Vec<u8>, Identity) {
    let root = Subject::new().common_name("Root");
    let root_key = Holder::Shop.key(KeyChoice::P256);
    let issuer = Issuer {
        subject: &root,
        key: root_key,
        algorithm: SignatureAlgorithm::EcdsaP256Sha256,
    };
    let (from, until) = (NOW - 1000, NOW + 1000);
    let issue = |template: &Template, key: &PrivateKey| {
        let random = &mut Random::new([5; 32]);
        issue::issue(template, key.public_key(), &issuer, random).unwrap()
    };
    let anchor = issue(
        &Template::authority(root.clone(), from, until + 10_000),
        root_key,
    );
    let subject = Subject::new().common_name("Guest");
    let mut template = Template::end_entity(subject, &["guest.example"], from, until);
    template.extended_key_usage = vec![ExtendedKeyUsage::ClientAuth];
    let key = Holder::Hr.key(KeyChoice::P256).clone();
    let chain = vec![issue(&template, &key)];
    (anchor, Identity { chain, key })
}

#[test]
fn a_certificate_is_judged_by_the_rules_of_today() {
    let (mut client, mut server) = named();
    let (anchor, identity) = short_lived();
    client.identities = vec![identity];
    server.client_authentication = Some(ClientAuthentication::new(vec![anchor], false));
    client.tls13.psks = tickets(&client, &server);
    let resumed = Pair::connected(client.clone(), server.clone());
    assert!(resumed.agreement().psk.is_some());
    // The ticket would be good for longer than the certificate.
    let mut later = server.clone();
    later.now.0 += 1001;
    let mut elsewhere = server.clone();
    ask(&mut elsewhere, &Authority::unknown(NOW).unwrap(), false);
    for (server, alert) in [
        (later, AlertDescription::CERTIFICATE_EXPIRED),
        (elsewhere, AlertDescription::UNKNOWN_CA),
    ] {
        // A full handshake tells the client why.
        let pair = Pair::new(client.clone(), server);
        assert_eq!(pair.agreement().psk, None);
        assert_eq!(pair.outcome.1.unwrap_err().alert(), Some(alert));
    }
    // A server that asks nobody has nobody to name.
    server.client_authentication = None;
    let pair = Pair::connected(client, server);
    assert!(pair.agreement().psk.is_some());
    assert_eq!(pair.server.client_certificates().len(), 0);
}

#[test]
fn a_key_given_to_both_sides_stands_in_for_a_certificate() {
    let (mut client, mut server) = named();
    let psk = PreSharedKey::external(b"fridge".to_vec(), vec![9; 32]);
    client.identities.clear();
    client.tls13.psks = vec![psk.clone()];
    server.tls13.psks = vec![psk];
    let pair = Pair::connected(client, server);
    assert_eq!(pair.server.client_certificates().len(), 0);
}

/// Whether the server acknowledges the name.
fn acknowledges(pair: &mut Pair) -> bool {
    let kind = MessageKind::Handshake(HandshakeType::ENCRYPTED_EXTENSIONS);
    let events = pair.server.take_events().into_iter();
    let found = events.filter_map(|event| match event.kind {
        EventKind::Message(message)
            if message.kind == kind && message.direction == Direction::Sent =>
        {
            Handshake::expecting(Form::Tls13)
                .decode_into(&message.bytes)
                .value
                .ok()
        }
        _ => None,
    });
    let [
        Handshake {
            body: Body::EncryptedExtensions(message),
            ..
        },
    ] = &found.collect::<Vec<_>>()[..]
    else {
        panic!("there is one message");
    };
    message.extension(ExtensionType::SERVER_NAME) == Some(&ExtensionBody::Empty)
}

/// RFC 6066 §3
#[test]
fn only_the_name_of_the_session_is_acknowledged() {
    let (mut client, mut server) = with_tickets();
    client.tls13.psks = tickets(&client, &server);
    for (name, expected) in [("shop.example", true), ("other.example", false)] {
        client.server_name = name.to_owned();
        // A client of ours would not show it to another server.
        for psk in &mut client.tls13.psks {
            psk.session.as_mut().unwrap().server_name = name.to_owned();
        }
        let mut pair = Pair::connected(client.clone(), server.clone());
        assert!(pair.agreement().psk.is_some());
        assert_eq!(acknowledges(&mut pair), expected, "{name}");
    }
    // No name is known of a key that was given to both sides.
    client.server_name = "shop.example".to_owned();
    let psk = PreSharedKey::external(b"fridge".to_vec(), vec![9; 32]);
    client.tls13.psks = vec![psk.clone()];
    server.tls13.psks = vec![psk];
    server.identities = vec![shop(KeyChoice::P256)];
    let mut pair = Pair::connected(client, server);
    assert!(!acknowledges(&mut pair));
}
