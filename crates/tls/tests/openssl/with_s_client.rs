//! Our server against `openssl s_client`.

use std::net::TcpListener;
use std::sync::Arc;

use padlock_pki::demo::KeyChoice;
use padlock_pki::random::Random;
use padlock_tls::codes::{NamedGroup, SignatureScheme as Scheme};
use padlock_tls::config::{ClientAuthentication, ServerConfig};
use padlock_tls::server::Server;
use padlock_tls::suite::{KeyExchange, Suite};
use padlock_tls::trace::Agreement;

use crate::certificates::{NOW, authority, hr, server_config, shop};
use crate::folder::{Folder, identity_options};
use crate::line::{Line, accept, lines};
use crate::process::Process;
use crate::with_s_server::{SIGNATURES, has_mac};

/// Runs s_client with these options against our server, lets the server echo data of these
/// sizes and close; what s_client reports must contain `expected`.
#[track_caller]
fn check(
    config: ServerConfig,
    folder: &Folder,
    options: &str,
    sizes: &[usize],
    expected: &[&str],
) -> Agreement {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let options = format!("{} {options}", s_client(&listener));
    let mut client = Process::openssl(folder.path(), &options);
    let stream = accept(listener);
    let shows_certificate = options.contains("-cert ");
    let server = Server::new(Arc::new(config), Random::new([2; 32]));
    let mut line = Line::new(server, stream);
    let agreement = match line.shake_hands() {
        Ok(agreement) => agreement,
        Err(error) => {
            client.finish();
            panic!("{error}\n{options}\n{}", client.printed())
        }
    };
    assert_eq!(
        !line.party.client_certificates().is_empty(),
        shows_certificate
    );
    let mut input = client.take_input();
    for &size in sizes {
        let data = lines(size);
        std::thread::scope(|scope| {
            scope.spawn(|| std::io::Write::write_all(&mut input, &data).unwrap());
            assert!(line.receive(size) == data, "{size} bytes with {options}");
        });
        line.send(&data);
    }
    line.close();
    assert_eq!(client.finish(), 0, "{options}\n{}", client.printed());
    let printed = client.output.bytes();
    let echoed = sizes.iter().flat_map(|&size| lines(size));
    let ending: Vec<u8> = echoed.chain(*b"closed\n").collect();
    assert!(
        printed.ends_with(&ending),
        "the echo with {options}\n{}",
        client.errors.after(0)
    );
    let report = client.output.after(0);
    for text in expected
        .iter()
        .chain(&["Verification: OK", "Verified peername: shop.example"])
    {
        assert!(report.contains(text), "{text:?} is not in\n{report}");
    }
    agreement
}

/// The options that every s_client gets.
pub(crate) fn s_client(listener: &TcpListener) -> String {
    format!(
        "s_client -connect {} -servername shop.example -verify_hostname shop.example \
         -verify_return_error -attime {NOW} -nocommands",
        listener.local_addr().unwrap()
    )
}

const ROOT: &str = "-CAfile root.pem -verifyCAfile root.pem";
const BOTH: &[usize] = &[1, 1 << 20];
const SHORT: &[usize] = &[1, 100];

/// The name that OpenSSL gives to each suite, as it says itself.
pub(crate) fn openssl_name(folder: &Folder, suite: Suite) -> String {
    let mut list = Process::openssl(folder.path(), "ciphers -stdname ALL:@SECLEVEL=0");
    assert_eq!(list.finish(), 0);
    let list = list.output.after(0);
    let standard = suite.code.to_string();
    let line = list
        .lines()
        .find(|line| line.split_whitespace().next() == Some(&standard));
    line.and_then(|line| line.split_whitespace().nth(2))
        .expect("a known suite")
        .to_owned()
}

fn key_for(exchange: KeyExchange) -> KeyChoice {
    match exchange {
        KeyExchange::Rsa | KeyExchange::EcdheRsa => KeyChoice::Rsa,
        KeyExchange::EcdheEcdsa => KeyChoice::P256,
    }
}

fn asking(mut config: ServerConfig, required: bool) -> ServerConfig {
    let anchors = vec![authority().root().to_vec()];
    config.client_authentication = Some(ClientAuthentication::new(anchors, required));
    config
}

#[test]
fn every_suite() {
    let folder = Folder::new();
    for suite in Suite::ALL {
        let name = openssl_name(&folder, *suite);
        let config = server_config(shop(key_for(suite.key_exchange)));
        let options = format!("{ROOT} -cipher {name}:@SECLEVEL=0");
        let cipher = format!("Cipher is {name}\n");
        let expected = [
            &cipher[..],
            "Extended master secret: yes",
            "No client certificate CA",
        ];
        let agreement = check(config, &folder, &options, BOTH, &expected);
        assert_eq!(agreement.suite, suite.code);
        assert_eq!(agreement.encrypt_then_mac, has_mac(suite.code));
    }
}

#[test]
fn extended_master_secret_and_encrypt_then_mac_may_be_off() {
    let folder = Folder::new();
    for suite in Suite::ALL {
        let mut config = server_config(shop(key_for(suite.key_exchange)));
        config.preferences.suites = vec![suite.code];
        config.preferences.extended_master_secret = false;
        config.preferences.encrypt_then_mac = false;
        let options = format!("{ROOT} -cipher ALL:@SECLEVEL=0");
        let expected = ["Extended master secret: no"];
        let agreement = check(config, &folder, &options, &[1, 40_000], &expected);
        assert!(!agreement.encrypt_then_mac && !agreement.extended_master_secret);
    }
}

#[test]
fn every_group() {
    let folder = Folder::new();
    for (group, name, shown) in [
        (NamedGroup::X25519, "X25519", "X25519, 253 bits"),
        (NamedGroup::SECP256R1, "P-256", "ECDH, prime256v1, 256 bits"),
        (NamedGroup::SECP384R1, "P-384", "ECDH, secp384r1, 384 bits"),
    ] {
        let options = format!("{ROOT} -curves {name}");
        let expected = [&format!("Server Temp Key: {shown}")[..]];
        let config = server_config(shop(KeyChoice::Rsa));
        let agreement = check(config, &folder, &options, SHORT, &expected);
        assert_eq!(agreement.group, Some(group));
    }
}

#[test]
fn every_signature_of_the_server() {
    let folder = Folder::new();
    for (key, schemes) in SIGNATURES {
        for scheme in *schemes {
            let mut config = server_config(shop(*key));
            // What the client offers decides, and our server's certificate is signed with ECDSA.
            let options = format!("{ROOT} -sigalgs {}", openssl_signature(*scheme));
            config.preferences.suites.retain(|code| {
                Suite::of(*code).is_some_and(|suite| suite.key_exchange.is_ephemeral())
            });
            let expected = [peer_signature(*scheme)];
            check(config, &folder, &options, SHORT, &expected);
        }
    }
}

#[test]
fn every_client_certificate_and_its_signatures() {
    let folder = Folder::new();
    for (key, schemes) in SIGNATURES {
        folder.identity("hr", &hr(*key));
        for scheme in *schemes {
            for suites in ["AES128-GCM-SHA256", "ECDHE-RSA-AES256-GCM-SHA384"] {
                let mut config = asking(server_config(shop(KeyChoice::Rsa)), true);
                config.preferences.schemes = vec![Scheme::RSA_PSS_RSAE_SHA384, *scheme];
                let options = format!(
                    "{ROOT} -cipher {suites}:@SECLEVEL=0 {} -client_sigalgs {}",
                    identity_options("hr"),
                    openssl_signature(*scheme)
                );
                check(
                    config,
                    &folder,
                    &options,
                    SHORT,
                    &["Acceptable client certificate CA"],
                );
            }
        }
    }
}

#[test]
fn every_suite_with_and_without_client_certificate() {
    let folder = Folder::new();
    folder.identity("hr", &hr(KeyChoice::P384));
    for suite in Suite::ALL {
        let name = openssl_name(&folder, *suite);
        for identity in ["", &identity_options("hr")] {
            let config = asking(server_config(shop(key_for(suite.key_exchange))), false);
            let options = format!("{ROOT} -cipher {name}:@SECLEVEL=0 {identity}");
            check(
                config,
                &folder,
                &options,
                SHORT,
                &["Acceptable client certificate CA"],
            );
        }
    }
}

#[test]
fn an_application_protocol_is_agreed() {
    let folder = Folder::new();
    for (offer, shown) in [
        ("-alpn http/1.1", "ALPN protocol: http/1.1"),
        ("-alpn http/1.1,h2", "ALPN protocol: h2"),
        ("", "No ALPN negotiated"),
    ] {
        let mut config = server_config(shop(KeyChoice::P256));
        config.preferences.protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        check(config, &folder, &format!("{ROOT} {offer}"), &[1], &[shown]);
    }
}

#[test]
fn flights_and_data_may_be_cut_into_small_records() {
    let folder = Folder::new();
    folder.identity("hr", &hr(KeyChoice::Rsa));
    for fragment in [2, 50, 1000] {
        for coalesce in [false, true] {
            let mut config = asking(server_config(shop(KeyChoice::Rsa)), true);
            config.behaviour.fragment = fragment;
            config.behaviour.coalesce = coalesce;
            let options = format!("{ROOT} {} -split_send_frag 512", identity_options("hr"));
            check(config, &folder, &options, &[1, 5000], &[]);
        }
    }
}

#[test]
fn a_client_that_closes_first_is_answered() {
    let folder = Folder::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut client = Process::openssl(folder.path(), &format!("{} {ROOT}", s_client(&listener)));
    let stream = accept(listener);
    let config = server_config(shop(KeyChoice::P256));
    let mut line = Line::new(Server::new(Arc::new(config), Random::new([2; 32])), stream);
    line.shake_hands().unwrap();
    drop(client.take_input());
    line.wait_for_close();
    assert_eq!(client.finish(), 0, "{}", client.printed());
}

/// The name of a signature algorithm for `-sigalgs`.
fn openssl_signature(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::ECDSA_SECP256R1_SHA256 => "ECDSA+SHA256",
        Scheme::ECDSA_SECP384R1_SHA384 => "ECDSA+SHA384",
        Scheme::ED25519 => "ed25519",
        Scheme::RSA_PKCS1_SHA256 => "RSA+SHA256",
        Scheme::RSA_PKCS1_SHA384 => "RSA+SHA384",
        Scheme::RSA_PKCS1_SHA512 => "RSA+SHA512",
        Scheme::RSA_PSS_RSAE_SHA256 => "rsa_pss_rsae_sha256",
        Scheme::RSA_PSS_RSAE_SHA384 => "rsa_pss_rsae_sha384",
        Scheme::RSA_PSS_RSAE_SHA512 => "rsa_pss_rsae_sha512",
        other => panic!("{other} is not in the table"),
    }
}

/// What s_client prints of the signature in ServerKeyExchange.
fn peer_signature(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::ECDSA_SECP256R1_SHA256 => "digest: SHA256\nPeer signature type: ECDSA\n",
        Scheme::ECDSA_SECP384R1_SHA384 => "digest: SHA384\nPeer signature type: ECDSA\n",
        Scheme::ED25519 => "Peer signature type: ed25519\n",
        Scheme::RSA_PKCS1_SHA256 => "digest: SHA256\nPeer signature type: RSA\n",
        Scheme::RSA_PKCS1_SHA384 => "digest: SHA384\nPeer signature type: RSA\n",
        Scheme::RSA_PKCS1_SHA512 => "digest: SHA512\nPeer signature type: RSA\n",
        Scheme::RSA_PSS_RSAE_SHA256 => "digest: SHA256\nPeer signature type: RSA-PSS\n",
        Scheme::RSA_PSS_RSAE_SHA384 => "digest: SHA384\nPeer signature type: RSA-PSS\n",
        Scheme::RSA_PSS_RSAE_SHA512 => "digest: SHA512\nPeer signature type: RSA-PSS\n",
        other => panic!("{other} is not in the table"),
    }
}
