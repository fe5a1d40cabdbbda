//! A TLS server for the command line: echoes what it receives, or answers with a small page.
//! By it others can test Padlock's server.

#[path = "shared/arguments.rs"]
mod arguments;
#[path = "shared/keylog.rs"]
mod keylog;
#[path = "shared/outcome.rs"]
mod outcome;
#[path = "shared/outlet.rs"]
mod outlet;
#[path = "server/page.rs"]
mod page;
#[path = "shared/setup.rs"]
mod setup;

use std::io::Read;
use std::net::{TcpListener, TcpStream};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use arguments::{Arguments, Parameter, Program};
use keylog::{KeyLog, Secrets};
use outlet::Outlet;
use padlock_pki::certificate;
use padlock_pki::name::DistinguishedName;
use padlock_tls::Status;
use padlock_tls::codes::ProtocolVersion;
use padlock_tls::config::{ClientAuthentication, Preferences, ServerConfig, ServerTls13};
use padlock_tls::error::Error;
use padlock_tls::psk::ReplayGuard;
use padlock_tls::resumption::SessionCache;
use padlock_tls::server::Server;
use padlock_tls::trace::Agreement;

const PROGRAM: Program = Program {
    name: "server",
    purpose: "\
A server of TLS 1.2 and 1.3: echoes what it receives, or with --http answers each request with a small page.

For each connection it prints a line: version, suite, group, whether it was resumed and by what, and
the client certificate; or
`alert: NAME (NUMBER) sent|received: why` if an alert ended it. When it can be reached it prints
`listening on ADDRESS`.

Exit status, with --once: 0 if both sides closed as they should, else 1; 2 for a wrong use.
",
    options: &[
        LISTEN,
        CERTIFICATE,
        KEY,
        AUTHORITIES,
        arguments::SUITES,
        arguments::GROUPS,
        arguments::ALPN,
        arguments::MINIMUM,
        arguments::MAXIMUM,
        arguments::KEYLOG,
        REQUEST,
        TICKETS,
        EARLY_DATA,
        arguments::PSK,
        arguments::PSK_IDENTITY,
        arguments::KEY_UPDATE,
        HTTP,
        ONCE,
        arguments::HELP,
    ],
};

const LISTEN: Parameter = arguments::required(
    "listen",
    "HOST:PORT",
    "where to wait for clients (port 0: any free one)",
);
const CERTIFICATE: Parameter = arguments::required(
    "cert",
    "FILE",
    "the server's certificate, then its chain (PEM); may be given again, with its key",
);
const KEY: Parameter = arguments::required(
    "key",
    "FILE",
    "its private key (PEM: PKCS#8, PKCS#1 or SEC1)",
);
const AUTHORITIES: Parameter = arguments::optional(
    "client-ca",
    "FILE",
    "ask for the client's certificate, and want one that these authorities vouch for (PEM)",
);
const REQUEST: Parameter = arguments::switch(
    "request-client-cert",
    "with --client-ca: let clients without certificate in too",
);
const TICKETS: Parameter = arguments::optional(
    "tickets",
    "N",
    "how many tickets to send after the handshake, to resume with (TLS 1.2: one at most, or an ID) [2]",
);
const EARLY_DATA: Parameter = arguments::optional(
    "max-early-data",
    "N",
    "how many bytes of early data to take, each only once [0]",
);
const HTTP: Parameter = arguments::switch("http", "answer each request with a small page");
const ONCE: Parameter = arguments::switch("once", "end after one connection");

fn main() -> ExitCode {
    let arguments = match PROGRAM.arguments() {
        Ok(Some(arguments)) => arguments,
        Ok(None) => return ExitCode::SUCCESS,
        Err(error) => return complain(2, &error),
    };
    match Service::new(&arguments) {
        Err(error) => complain(2, &error),
        Ok((service, listener)) => match service.run(&listener) {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::FAILURE,
            Err(error) => complain(1, &error),
        },
    }
}

fn complain(status: u8, error: &str) -> ExitCode {
    eprintln!("{}", error.trim_end());
    ExitCode::from(status)
}

/// What all connections share.
struct Service {
    config: Arc<ServerConfig>,
    log: KeyLog,
    key_update: bool,
    http: bool,
    once: bool,
}

impl Service {
    fn new(arguments: &Arguments) -> Result<(Self, TcpListener), String> {
        let (chains, keys) = (arguments.values(&CERTIFICATE), arguments.values(&KEY));
        if chains.len() != keys.len() {
            return Err("--cert and --key go together".to_owned());
        }
        let identities = chains
            .iter()
            .zip(keys)
            .map(|(chain, key)| setup::identity(chain, key));
        let client_authentication = match arguments.value(&AUTHORITIES) {
            None => None,
            Some(file) => {
                let anchors = setup::certificates(file)?;
                Some(ClientAuthentication::new(anchors, !arguments.has(&REQUEST)))
            }
        };
        let config = ServerConfig {
            identities: identities.collect::<Result<_, _>>()?,
            client_authentication,
            now: setup::now(),
            preferences: preferences(arguments)?,
            behaviour: setup::behaviour(arguments),
            tls13: tls13(arguments)?,
        };
        let address = arguments.required(&LISTEN)?;
        let listener = TcpListener::bind(address).map_err(|error| format!("{address}: {error}"))?;
        let (http, once) = (arguments.has(&HTTP), arguments.has(&ONCE));
        Ok((
            Self {
                key_update: arguments.has(&arguments::KEY_UPDATE),
                config: Arc::new(config),
                log: KeyLog::open(arguments)?,
                http,
                once,
            },
            listener,
        ))
    }

    /// Serves; says whether a single connection went well.
    #[expect(
        clippy::disallowed_methods,
        reason = "a program outside the page may have threads"
    )]
    fn run(self, listener: &TcpListener) -> Result<bool, String> {
        let address = listener.local_addr().map_err(|error| error.to_string())?;
        println!("listening on {address}");
        let service = Arc::new(self);
        loop {
            let (stream, peer) = match listener.accept() {
                Ok(accepted) => accepted,
                Err(error) => {
                    eprintln!("a client got away: {error}");
                    continue;
                }
            };
            let service = Arc::clone(&service);
            let once = service.once;
            let serve = move || match service.serve(&stream, &peer.to_string()) {
                Ok(()) => true,
                Err(error) => {
                    println!("{peer}: {error}");
                    false
                }
            };
            if once {
                return Ok(serve());
            }
            std::thread::spawn(serve);
        }
    }

    /// Serves one client to the end of its connection.
    fn serve(&self, stream: &TcpStream, peer: &str) -> Result<(), String> {
        let broken = |error: std::io::Error| format!("error: {error}");
        stream.set_nodelay(true).map_err(broken)?;
        let outlet = Outlet::new(stream).map_err(broken)?;
        let connection = Connection {
            server: Server::new(Arc::clone(&self.config), setup::random()?),
            service: self,
            peer,
            secrets: Secrets::default(),
            request: self.http.then(page::Request::default),
            connected: false,
        };
        let outcome = connection.hold(stream, &outlet);
        outlet.finish();
        linger(stream);
        outcome
    }
}

struct Connection<'a> {
    server: Server,
    service: &'a Service,
    peer: &'a str,
    secrets: Secrets,
    /// What the client asked so far; `None` if the server echoes.
    request: Option<page::Request>,
    connected: bool,
}

impl Connection<'_> {
    fn hold(mut self, mut stream: &TcpStream, outlet: &Outlet) -> Result<(), String> {
        let mut buffer = vec![0; 1 << 16];
        let mut pieces = Pieces::default();
        loop {
            let length = stream.read(&mut buffer).unwrap_or(0);
            if length == 0 {
                let failed = |error: Error| outcome::failed(&error);
                return self.server.receive_end().map_err(failed);
            }
            // One record at a time: in TLS 1.2 nothing may be sent to a client that has closed, and
            // it may do so right behind its data.
            let mut arrived = &buffer[..length];
            self.server.set_now(setup::now());
            while let Some(piece) = pieces.next(&mut arrived) {
                let outcome = self.server.receive(piece);
                let events = self.server.take_events();
                self.service.log.record(&mut self.secrets, events);
                if outcome.is_ok() {
                    self.answer();
                }
                outlet.send(self.server.output(), None);
                outcome.map_err(|error| outcome::failed(&error))?;
                match self.server.status() {
                    Status::Closed if self.connected => return Ok(()),
                    // In TLS 1.3 it was answered first.
                    Status::PeerClosed => {
                        self.server.close();
                        outlet.send(self.server.output(), None);
                        return Ok(());
                    }
                    Status::Closed => {
                        return Err("the client closed during the handshake".to_owned());
                    }
                    _ => {}
                }
            }
        }
    }

    fn answer(&mut self) {
        if !matches!(self.server.status(), Status::Connected | Status::PeerClosed) {
            return;
        }
        if !self.connected {
            self.connected = true;
            println!("{}: {}", self.peer, self.summary());
            if self.service.key_update && is_tls13(self.server.agreement()) {
                let updated = self.server.update_keys(true);
                updated.unwrap_or_else(|error| println!("{}: error: {error}", self.peer));
            }
        }
        // A request for a page, or for an echo, may come twice: no harm is done.
        let data = [self.server.early_data(), self.server.received()].concat();
        if let Err(error) = self.answer_data(&data) {
            println!("{}: error: {error}", self.peer);
        }
    }

    fn answer_data(&mut self, data: &[u8]) -> Result<(), Error> {
        if data.is_empty() {
            return Ok(());
        }
        let summary = self.summary();
        let Some(request) = &mut self.request else {
            return self.server.send(data);
        };
        if request.push(data) {
            self.server.send(&request.answer(&summary))?;
            self.server.close();
        }
        Ok(())
    }

    fn summary(&self) -> String {
        let agreed = self
            .server
            .agreement()
            .map_or_else(String::new, outcome::agreed);
        let client = match self.server.client_certificates() {
            [] => "no client certificate".to_owned(),
            [own, ..] => {
                let subject = certificate::subject(own).ok();
                let name = subject.as_deref().and_then(DistinguishedName::from_der);
                let name = name.map_or_else(|| "(unreadable)".to_owned(), |name| name.to_string());
                format!("client certificate {name}")
            }
        };
        format!("{agreed}, {client}")
    }
}

/// What the options ask for. Whoever can have a hybrid group gets it: as a server answers, it
/// costs nobody else anything.
fn preferences(arguments: &Arguments) -> Result<Preferences, String> {
    let mut preferences = setup::preferences(arguments)?;
    if arguments.value(&arguments::GROUPS).is_none() {
        preferences.groups.splice(..0, setup::HYBRIDS);
    }
    Ok(preferences)
}

fn is_tls13(agreement: Option<&Agreement>) -> bool {
    agreement.is_some_and(|agreement| agreement.version == ProtocolVersion::TLS_1_3)
}

/// What the server does in TLS 1.3, and of sessions.
fn tls13(arguments: &Arguments) -> Result<ServerTls13, String> {
    let number = |parameter: &Parameter, default: u16| match arguments.value(parameter) {
        None => Ok(default),
        Some(text) => text
            .parse()
            .map_err(|_| format!("--{} {text}: a number is wanted", parameter.name)),
    };
    Ok(ServerTls13 {
        psks: setup::external_psk(arguments)?.into_iter().collect(),
        ticket_key: Some(setup::random()?.fork("ticket key").bytes()),
        tickets: usize::from(number(&TICKETS, 2)?),
        max_early_data: u32::from(number(&EARLY_DATA, 0)?),
        sessions: Some(SessionCache::new(10_000)),
        replay_guard: Some(ReplayGuard::new(100_000)),
        ..ServerTls13::default()
    })
}

/// Cuts what arrives so that no piece goes beyond the end of a record.
#[derive(Default)]
struct Pieces {
    header: Vec<u8>,
    /// How much of the record is still to come, once its header is there.
    rest: usize,
}

impl Pieces {
    const HEADER: usize = 5;

    /// The next piece, cut off `bytes`.
    fn next<'a>(&mut self, bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
        if bytes.is_empty() {
            return None;
        }
        let missing = Self::HEADER - self.header.len();
        let wanted = if missing > 0 { missing } else { self.rest };
        let (piece, after) = bytes.split_at(wanted.min(bytes.len()));
        *bytes = after;
        if missing > 0 {
            self.header.extend_from_slice(piece);
            if let &[_, _, _, high, low] = self.header.as_slice() {
                self.rest = usize::from(u16::from_be_bytes([high, low]));
            }
        } else {
            self.rest -= piece.len();
        }
        if self.header.len() == Self::HEADER && self.rest == 0 {
            self.header.clear();
        }
        Some(piece)
    }
}

/// Reads on until the client has closed too: else the system may throw the last bytes away
/// before the client has read them.
fn linger(mut stream: &TcpStream) {
    const PATIENCE: Duration = Duration::from_secs(2);
    if stream.set_read_timeout(Some(PATIENCE)).is_err() {
        return;
    }
    let mut buffer = [0; 4096];
    for _ in 0..256 {
        if !matches!(stream.read(&mut buffer), Ok(1..)) {
            return;
        }
    }
}
