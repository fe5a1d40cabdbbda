//! A TLS client for the command line: standard input to the peer, what comes back to standard
//! output. By it others can test Padlock's client.

#[path = "shared/arguments.rs"]
mod arguments;
#[path = "shared/keylog.rs"]
mod keylog;
#[path = "shared/outcome.rs"]
mod outcome;
#[path = "shared/outlet.rs"]
mod outlet;
#[path = "shared/setup.rs"]
mod setup;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, SyncSender};

use arguments::{Arguments, Parameter, Program};
use keylog::{KeyLog, Secrets};
use outlet::Outlet;
use padlock_tls::Status;
use padlock_tls::client::Client;
use padlock_tls::codes::ProtocolVersion;
use padlock_tls::config::{ClientConfig, ClientTls13, Revocation};
use padlock_tls::error::Error;
use padlock_tls::psk::PreSharedKey;
use padlock_tls::resumption::Session;

const PROGRAM: Program = Program {
    name: "client",
    purpose: "\
A client of TLS 1.2 and 1.3: sends standard input to the peer, and what comes back to standard output.

At the end of its input it says close_notify, and still prints what the peer sends until the
peer says close_notify too. With --wait it leaves closing to the peer. With --resume it connects
twice, the second time with what the server gave it to resume with, and says `resumed: yes|no`.

Exit status: 0 if both sides closed as they should; 1 if not, with the reason on standard error,
`alert: NAME (NUMBER) sent|received: why` if an alert ended the connection; 2 for a wrong use.
",
    options: &[
        CONNECT,
        NAME,
        AUTHORITIES,
        CERTIFICATE,
        KEY,
        arguments::SUITES,
        arguments::GROUPS,
        arguments::ALPN,
        arguments::MINIMUM,
        arguments::MAXIMUM,
        arguments::KEYLOG,
        RESUME,
        EARLY_DATA,
        arguments::PSK,
        arguments::PSK_IDENTITY,
        arguments::KEY_UPDATE,
        WAIT,
        arguments::HELP,
    ],
};

const CONNECT: Parameter = arguments::required("connect", "HOST:PORT", "where the server is");
const NAME: Parameter = arguments::optional(
    "name",
    "NAME",
    "the name that the server's certificate must be for [HOST]",
);
const AUTHORITIES: Parameter = arguments::required(
    "ca",
    "FILE",
    "the certificates of the authorities to trust (PEM)",
);
const CERTIFICATE: Parameter = arguments::optional(
    "cert",
    "FILE",
    "the client's own certificate, then its chain (PEM)",
);
const KEY: Parameter = arguments::optional(
    "key",
    "FILE",
    "its private key (PEM: PKCS#8, PKCS#1 or SEC1)",
);
const RESUME: Parameter = arguments::switch(
    "resume",
    "connect twice, and resume the first session in the second connection",
);
const EARLY_DATA: Parameter = arguments::optional(
    "early-data",
    "FILE",
    "with --resume: send this at once, or later if it is refused, and say `early data: yes|no`",
);
const WAIT: Parameter =
    arguments::switch("wait", "let the peer close first, however long it takes");

fn main() -> ExitCode {
    let arguments = match PROGRAM.arguments() {
        Ok(Some(arguments)) => arguments,
        Ok(None) => return ExitCode::SUCCESS,
        Err(error) => return complain(2, &error),
    };
    let setup = match Setup::new(&arguments) {
        Ok(setup) => setup,
        Err(error) => return complain(2, &error),
    };
    match setup.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => complain(1, &error),
    }
}

fn complain(status: u8, error: &str) -> ExitCode {
    eprintln!("{}", error.trim_end());
    ExitCode::from(status)
}

struct Setup {
    address: String,
    config: ClientConfig,
    log: KeyLog,
    wait: bool,
    resume: bool,
    key_update: bool,
    early_data: Vec<u8>,
}

impl Setup {
    fn new(arguments: &Arguments) -> Result<Self, String> {
        let address = arguments.required(&CONNECT)?.to_owned();
        let host = address
            .rsplit_once(':')
            .map_or(address.as_str(), |(host, _)| host);
        let identity = match (arguments.value(&CERTIFICATE), arguments.value(&KEY)) {
            (None, None) => None,
            (Some(chain), Some(key)) => Some(setup::identity(chain, key)?),
            _ => return Err("--cert and --key go together".to_owned()),
        };
        let config = ClientConfig {
            server_name: arguments
                .value(&NAME)
                .unwrap_or(host.trim_matches(['[', ']']))
                .to_owned(),
            anchors: setup::certificates(arguments.required(&AUTHORITIES)?)?,
            identities: identity.into_iter().collect(),
            now: setup::now(),
            preferences: setup::preferences(arguments)?,
            behaviour: setup::behaviour(arguments),
            revocation: Revocation::default(),
            tls13: ClientTls13 {
                psks: setup::external_psk(arguments)?.into_iter().collect(),
                session_tickets: arguments.has(&RESUME),
                ..ClientTls13::default()
            },
        };
        Ok(Self {
            address,
            config,
            log: KeyLog::open(arguments)?,
            wait: arguments.has(&WAIT),
            resume: arguments.has(&RESUME),
            key_update: arguments.has(&arguments::KEY_UPDATE),
            early_data: match arguments.value(&EARLY_DATA) {
                None => Vec::new(),
                Some(file) => read(file)?,
            },
        })
    }

    fn run(mut self) -> Result<(), String> {
        let mut older = None;
        if self.resume {
            let first = Talk {
                input: false,
                wait: false,
                key_update: false,
                resume: false,
            };
            let Kept { tickets, session } = self.connect(first, None)?;
            self.config.tls13.psks.splice(..0, tickets);
            older = session;
            self.config.tls13.early_data.clone_from(&self.early_data);
        }
        let talk = Talk {
            input: true,
            wait: self.wait,
            key_update: self.key_update,
            resume: self.resume,
        };
        self.connect(talk, older).map(|_kept| ())
    }

    /// Holds one connection, which may resume a session of TLS 1.2; gives what can be resumed.
    fn connect(&self, talk: Talk, older: Option<Session>) -> Result<Kept, String> {
        let address = &self.address;
        let config = Arc::new(self.config.clone());
        let early_data = config.tls13.early_data.clone();
        let random = setup::random()?;
        let client = match older {
            None => Client::new(config, random),
            Some(session) => Client::resuming(config, session, random),
        };
        let client = client.map_err(|error| error.to_string())?;
        let unreachable = |error| format!("{address}: {error}");
        let stream = TcpStream::connect(address).map_err(unreachable)?;
        stream.set_nodelay(true).map_err(unreachable)?;
        let outlet = Outlet::new(&stream).map_err(unreachable)?;
        let (events, arrivals) = mpsc::sync_channel(8);
        let network = stream.try_clone().map_err(unreachable)?;
        let sender = events.clone();
        spawn(move || pump(network, &sender, Event::Network));
        let mut conversation = Conversation {
            client,
            secrets: Secrets::default(),
            log: self.log.clone(),
            connected: false,
            talk,
            early_data,
        };
        let outcome = conversation.hold(&outlet, &events, &arrivals);
        outlet.finish();
        let client = &mut conversation.client;
        outcome.map(|()| Kept {
            tickets: client.take_tickets(),
            session: client.session().cloned(),
        })
    }
}

/// What a connection leaves that can be resumed.
struct Kept {
    /// Of TLS 1.3.
    tickets: Vec<PreSharedKey>,
    /// Of TLS 1.2.
    session: Option<Session>,
}

/// How a connection goes.
#[derive(Clone, Copy)]
struct Talk {
    /// Whether standard input is sent; if not, it is as if there was none.
    input: bool,
    wait: bool,
    key_update: bool,
    /// Whether it should resume an earlier one, and has to say so.
    resume: bool,
}

/// What the client has to deal with; nothing in it means the end.
enum Event {
    Input(Vec<u8>),
    Network(Vec<u8>),
}

struct Conversation {
    client: Client,
    secrets: Secrets,
    log: KeyLog,
    connected: bool,
    talk: Talk,
    early_data: Vec<u8>,
}

impl Conversation {
    /// Talks until both sides have said close_notify.
    fn hold(
        &mut self,
        outlet: &Outlet,
        events: &SyncSender<Event>,
        arrivals: &Receiver<Event>,
    ) -> Result<(), String> {
        // Input is read no faster than it is sent: each chunk takes a permit.
        let (permit, permits) = mpsc::channel();
        let mut permits = Some(permits);
        outlet.send(self.client.output(), None);
        loop {
            let event = arrivals
                .recv()
                .map_err(|_| "nothing more can come".to_owned())?;
            self.client.set_now(setup::now());
            let outcome = match event {
                Event::Network(bytes) if bytes.is_empty() => self.client.receive_end(),
                Event::Network(bytes) => self.client.receive(&bytes),
                Event::Input(bytes) if bytes.is_empty() => {
                    if !self.talk.wait {
                        self.client.close();
                    }
                    Ok(())
                }
                Event::Input(bytes) => {
                    let sent = self.client.send(&bytes);
                    outlet.send(self.client.output(), Some(permit.clone()));
                    sent
                }
            };
            self.log
                .record(&mut self.secrets, self.client.take_events());
            outlet.send(self.client.output(), None);
            print(&self.client.received())?;
            outcome.map_err(|error| outcome::failed(&error))?;
            match self.client.status() {
                Status::Connected | Status::PeerClosed if !self.connected => {
                    self.connected = true;
                    self.begin().map_err(|error| outcome::failed(&error))?;
                    outlet.send(self.client.output(), None);
                    if !self.talk.input {
                        self.client.close();
                        outlet.send(self.client.output(), None);
                    } else if let Some(permits) = permits.take() {
                        for _ in 0..PERMITS {
                            let _kept_here = permit.send(());
                        }
                        let input = Input { permits };
                        let sender = events.clone();
                        spawn(move || pump(input, &sender, Event::Input));
                    }
                }
                _ => {}
            }
            match self.client.status() {
                // Whoever has no more to say is not told more.
                Status::PeerClosed => {
                    self.client.close();
                    outlet.send(self.client.output(), None);
                    return Ok(());
                }
                Status::Closed if self.connected => return Ok(()),
                Status::Closed => return Err("the peer closed during the handshake".to_owned()),
                _ => {}
            }
        }
    }
}

impl Conversation {
    /// Says what was agreed, and does what is to be done first.
    fn begin(&mut self) -> Result<(), Error> {
        let Some(agreement) = self.client.agreement() else {
            return Ok(());
        };
        eprintln!("{}", outcome::agreed(agreement));
        let (psk, resumed) = (agreement.psk, agreement.resumed.is_some());
        let is_tls13 = agreement.version == ProtocolVersion::TLS_1_3;
        let yes_or_no = |yes| if yes { "yes" } else { "no" };
        if self.talk.resume {
            let resumed = resumed || psk.is_some_and(|psk| psk.resumption);
            eprintln!("resumed: {}", yes_or_no(resumed));
        }
        if self.talk.key_update && is_tls13 {
            self.client.update_keys(true)?;
        }
        if !self.early_data.is_empty() {
            let taken = psk.is_some_and(|psk| psk.early_data);
            eprintln!("early data: {}", yes_or_no(taken));
            if !taken {
                self.client.send(&self.early_data)?;
            }
        }
        Ok(())
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a program outside the page reads files"
)]
fn read(file: &str) -> Result<Vec<u8>, String> {
    std::fs::read(file).map_err(|error| format!("{file}: {error}"))
}

/// How many chunks of input may wait to be written.
const PERMITS: usize = 4;

/// Standard input, as far as there are permits.
struct Input {
    permits: Receiver<()>,
}

impl Read for Input {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self.permits.recv() {
            Ok(()) => std::io::stdin().lock().read(buffer),
            Err(_) => Ok(0),
        }
    }
}

/// Reads to the end, which an empty chunk tells.
fn pump(mut source: impl Read, events: &SyncSender<Event>, event: fn(Vec<u8>) -> Event) {
    let mut buffer = vec![0; 1 << 14];
    loop {
        let length = match source.read(&mut buffer) {
            Ok(length) => length,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(_) => 0,
        };
        if events.send(event(buffer[..length].to_vec())).is_err() || length == 0 {
            return;
        }
    }
}

fn print(bytes: &[u8]) -> Result<(), String> {
    let mut output = std::io::stdout().lock();
    let written = output.write_all(bytes).and_then(|()| output.flush());
    written.map_err(|error| format!("standard output: {error}"))
}

#[expect(
    clippy::disallowed_methods,
    reason = "a program outside the page may have threads"
)]
fn spawn(task: impl FnOnce() + Send + 'static) {
    std::thread::spawn(task);
}
