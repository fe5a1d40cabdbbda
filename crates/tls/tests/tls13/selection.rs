//! Which of several certificates a peer is shown.

use padlock_pki::demo::{Authority, Holder, KeyChoice, Spec};
use padlock_tls::codes::ProtocolVersion;
use padlock_tls::config::{ClientAuthentication, Identity};

use crate::certificates::{NOW, authority, hr};
use crate::pair::{Pair, configs};

fn other() -> Authority {
    Authority::unknown(NOW).unwrap()
}

fn by(authority: &Authority, key: KeyChoice) -> Identity {
    let spec = Spec {
        key,
        ..Spec::new(Holder::Hr)
    };
    authority.identity(spec).unwrap()
}

/// In both versions: the client's certificates, whom the server names, and which is shown.
#[test]
fn a_client_shows_what_the_server_trusts() {
    let (ours, theirs) = (hr(KeyChoice::P256), by(&other(), KeyChoice::P256));
    let on_25519 = by(&other(), KeyChoice::Ed25519);
    let (root, unknown) = (authority().root().to_vec(), other().root().to_vec());
    for version in [ProtocolVersion::TLS_1_2, ProtocolVersion::TLS_1_3] {
        for (has, trusted, expected) in [
            (vec![&ours], &root, Some(&ours)),
            (vec![&ours, &theirs], &root, Some(&ours)),
            (vec![&theirs, &ours], &root, Some(&ours)),
            (vec![&ours, &theirs], &unknown, Some(&theirs)),
            (vec![&theirs, &on_25519], &unknown, Some(&theirs)),
            (vec![&ours, &on_25519, &theirs], &unknown, Some(&on_25519)),
            (vec![], &root, None),
        ] {
            let (mut client, mut server) = configs();
            for preferences in [&mut client.preferences, &mut server.preferences] {
                preferences.versions = vec![version];
            }
            client.identities = has.into_iter().cloned().collect();
            let asked = ClientAuthentication::new(vec![trusted.clone()], false);
            server.client_authentication = Some(asked);
            let pair = Pair::connected(client, server);
            assert_eq!(pair.agreement().version, version);
            let expected = expected.map(|own| own.chain.clone()).unwrap_or_default();
            assert_eq!(pair.server.client_certificates(), expected);
        }
        // One that suits nobody is shown all the same, and the server says what is wrong with it.
        let (mut client, mut server) = configs();
        client.identities = vec![theirs.clone(), on_25519.clone()];
        server.client_authentication = Some(ClientAuthentication::new(vec![root.clone()], false));
        let pair = Pair::new(client, server);
        assert!(pair.outcome.1.is_err());
    }
}
