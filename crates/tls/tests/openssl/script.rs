//! Peers that are scripts.

use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use padlock_pki::random::Random;
use padlock_tls::client::Client;
use padlock_tls::config::{ClientConfig, ServerConfig};
use padlock_tls::server::Server;
use padlock_tls::trace::Agreement;

use crate::line::{Line, accept};
use crate::process::Process;

/// Our client, connected with a peer that prints where it listens.
#[track_caller]
pub(crate) fn connect(peer: &Process, config: ClientConfig) -> (Line<Client>, Agreement) {
    let printed = peer.output.wait_for("\n", 0);
    let port = printed.trim().strip_prefix("listening on ").unwrap();
    let client = Client::new(Arc::new(config), Random::new([1; 32])).unwrap();
    let stream = TcpStream::connect(format!("127.0.0.1:{port}")).unwrap();
    let mut line = Line::new(client, stream);
    let agreement = line.shake_hands();
    let agreement = agreement.unwrap_or_else(|error| panic!("{error}: {}", peer.printed()));
    (line, agreement)
}

/// Our server, connected with a peer that was told where it listens.
#[track_caller]
pub(crate) fn serve(
    peer: &Process,
    listener: TcpListener,
    config: ServerConfig,
) -> (Line<Server>, Agreement) {
    let server = Server::new(Arc::new(config), Random::new([2; 32]));
    let mut line = Line::new(server, accept(listener));
    let agreement = line.shake_hands();
    let agreement = agreement.unwrap_or_else(|error| panic!("{error}: {}", peer.printed()));
    (line, agreement)
}
