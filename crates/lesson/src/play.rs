//! A scenario, run and told.
//!
//! Everything is real: certificates are issued for the date of the scenario, a client and a server
//! talk over a wire, and the lesson is what they did. Everything comes from the scenario: the same
//! one gives the same bytes and the same lesson, on every machine.

mod cast;
mod choices;
#[cfg(feature = "study")]
mod flawed;
#[cfg(not(feature = "study"))]
#[path = "play/left_out.rs"]
mod flawed;
#[cfg(feature = "tls13")]
mod meddler;
#[cfg(feature = "tls13")]
mod modern;
mod outcome;
#[cfg(feature = "study")]
mod own;
#[cfg(not(feature = "study"))]
#[path = "play/own_left_out.rs"]
mod own;
mod recording;

use std::sync::Arc;

use padlock_pki::demo::{Authority, Condition, KeyChoice, Root, Spec};
use padlock_pki::digest::Hash;
use padlock_pki::identity::Identity;
use padlock_pki::issue::IssueError;
use padlock_pki::random::Random;
use padlock_tls::Status;
use padlock_tls::config::{
    Behaviour, ClientAuthentication, ClientConfig, Revocation, ServerConfig,
};
use padlock_tls::run::Run;
#[cfg(feature = "tls13")]
use padlock_tls::run::Transfer;
use padlock_tls::trace::Party;

use self::cast::cast;
use self::choices::{client_spec, holder, preferences, server_spec, shows_unknown};
use crate::lesson::Lesson;
use crate::scenario::{AuthorityKeys, ClientCertificateChoice, Scenario, Setting};
use crate::story::{self, Cast, Role};

#[cfg(feature = "tls13")]
pub(crate) use meddler::aim;
pub use outcome::Outcome;
pub use own::Own;
pub use recording::Recording;

/// A scenario that is being run, in steps short enough for a page to draw in between.
#[derive(Debug)]
pub struct Play {
    scenario: Scenario,
    own: Option<Arc<Own>>,
    state: State,
}

/// How far a play has come.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Progress {
    /// Certificates are issued.
    Issuing,
    /// The two sides talk.
    Talking,
    /// All is done; the lesson is there.
    Told,
}

#[derive(Debug)]
enum State {
    Start,
    /// The root that the clients trust.
    Root(Root),
    Authority(Authority),
    /// The root of an authority that nobody trusts, if somebody shows a certificate of it.
    UnknownRoot(Authority, Root),
    Authorities(Authorities),
    Server(Authorities, Presented),
    Ready(Box<Stage>),
    /// The connection before, whose session is resumed.
    #[cfg(feature = "tls13")]
    Earlier(Box<Stage>, Box<Run>),
    Talking(Box<Talk>),
    Told(Box<Lesson>),
}

/// Those who issue certificates.
#[derive(Debug)]
struct Authorities {
    trusted: Authority,
    unknown: Option<Authority>,
}

/// What a server shows, and what its client has at hand.
#[derive(Debug)]
struct Presented {
    identity: Identity,
    /// The name that the client asks for.
    name: String,
    revocation: Revocation,
    /// Whether the server shows what it should rather keep.
    careless: bool,
    /// What the second certificate is, if it is not that of the authority that signed the first.
    second: Option<Role>,
    /// Which bit of a certificate was turned over, if one was.
    #[cfg(feature = "study")]
    flipped: Option<padlock_pki::demo::gallery::Flipped>,
}

/// Everything that is needed to begin.
#[derive(Debug)]
struct Stage {
    cast: Cast,
    client: ClientConfig,
    server: ServerConfig,
    /// The session of TLS 1.2 that the client resumes.
    #[cfg(feature = "tls13")]
    session: Option<padlock_tls::resumption::Session>,
}

/// A run, and what the applications do in it.
#[derive(Debug)]
struct Talk {
    cast: Cast,
    run: Run,
    /// What the server was set up with, its keys included.
    server: Arc<ServerConfig>,
    /// What the applications do next, once the wire is silent.
    next: Next,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Next {
    Sample,
    Answer,
    Close,
    Nothing,
}

/// Runs a scenario and tells it.
#[must_use]
pub fn tell(scenario: &Scenario) -> Lesson {
    Play::new(scenario).lesson()
}

/// Runs a scenario, and gives who took part and everything that happened.
#[must_use]
pub fn run(scenario: &Scenario) -> (Cast, padlock_tls::run::Trace) {
    let mut state = State::Start;
    loop {
        match state {
            State::Talking(talk) if talk.next == Next::Nothing => {
                return (talk.cast, talk.run.trace().clone());
            }
            other => state = other.step(scenario, None),
        }
    }
}

impl Play {
    /// Begins; nothing is computed yet.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        Self::with(scenario, None)
    }

    /// Begins, with what the learner made. Where the scenario is about that and there is none, the
    /// server shows what the demonstration has, and the client nothing.
    #[must_use]
    pub fn with(scenario: &Scenario, own: Option<Arc<Own>>) -> Self {
        Self {
            scenario: scenario.clone(),
            own,
            state: State::Start,
        }
    }

    /// Goes one step on: at most one certificate, one record, or the telling.
    pub fn step(&mut self) -> Progress {
        let state = std::mem::replace(&mut self.state, State::Start);
        self.state = state.step(&self.scenario, self.own.as_deref());
        self.progress()
    }

    /// How far it has come.
    #[must_use]
    pub const fn progress(&self) -> Progress {
        match self.state {
            State::Ready(_) | State::Talking(_) => Progress::Talking,
            #[cfg(feature = "tls13")]
            State::Earlier(..) => Progress::Talking,
            State::Told(_) => Progress::Told,
            _ => Progress::Issuing,
        }
    }

    /// The lesson; what is left to do is done now.
    #[must_use]
    pub fn lesson(self) -> Lesson {
        let mut state = self.state;
        loop {
            match state {
                State::Told(lesson) => return *lesson,
                other => state = other.step(&self.scenario, self.own.as_deref()),
            }
        }
    }
}

impl State {
    fn step(self, scenario: &Scenario, own: Option<&Own>) -> Self {
        match self {
            Self::Start => Self::Root(root(Root::trusted, scenario)),
            Self::Root(root) => Self::Authority(authority(root)),
            Self::Authority(trusted) if shows_unknown(scenario) => {
                Self::UnknownRoot(trusted, root(Root::unknown, scenario))
            }
            Self::Authority(trusted) => Self::Authorities(Authorities {
                trusted,
                unknown: None,
            }),
            Self::UnknownRoot(trusted, root) => Self::Authorities(Authorities {
                trusted,
                unknown: Some(authority(root)),
            }),
            Self::Authorities(authorities) => {
                let presented = own::server(own, scenario)
                    .or_else(|| flawed::server(&authorities.trusted, scenario));
                let presented = presented.unwrap_or_else(|| Presented {
                    identity: authorities.issue(server_spec(scenario)),
                    name: holder(scenario).name().to_owned(),
                    revocation: Revocation::default(),
                    careless: false,
                    second: None,
                    #[cfg(feature = "study")]
                    flipped: None,
                });
                Self::Server(authorities, presented)
            }
            Self::Server(authorities, server) => {
                Self::Ready(Box::new(Stage::new(scenario, own, &authorities, server)))
            }
            #[cfg(feature = "tls13")]
            Self::Ready(stage) if scenario.key_exchange.is_resumed() => {
                let run = stage.earlier(scenario);
                Self::Earlier(stage, Box::new(run))
            }
            #[cfg(feature = "tls13")]
            Self::Earlier(mut stage, mut run) => {
                if run.step() {
                    return Self::Earlier(stage, run);
                }
                stage.resume(scenario, &mut run);
                Self::Talking(Box::new(stage.begin(scenario)))
            }
            Self::Ready(stage) => Self::Talking(Box::new(stage.begin(scenario))),
            Self::Talking(mut talk) if talk.next != Next::Nothing => {
                talk.step(scenario);
                Self::Talking(talk)
            }
            Self::Talking(talk) => {
                Self::Told(Box::new(story::tell(&talk.cast, &talk.run.trace().events)))
            }
            Self::Told(lesson) => Self::Told(lesson),
        }
    }
}

impl Authorities {
    fn issue(&self, spec: Spec) -> Identity {
        let issued = match (&self.unknown, spec.condition) {
            (Some(unknown), Condition::UnknownAuthority) => unknown.identity(Spec {
                condition: Condition::Good,
                ..spec
            }),
            _ => self.trusted.identity(spec),
        };
        issued.expect("an authority that could be made can issue")
    }
}

impl Stage {
    fn new(
        scenario: &Scenario,
        own: Option<&Own>,
        authorities: &Authorities,
        server: Presented,
    ) -> Self {
        let asks = scenario.client_certificate != ClientCertificateChoice::NotAsked;
        let (client, crls) = flawed::client(&authorities.trusted, scenario).unzip();
        let client = own::client(own, scenario).or(client);
        let client = client.or_else(|| client_spec(scenario).map(|spec| authorities.issue(spec)));
        let root = || vec![authorities.trusted.root().to_vec()];
        let client_trusts = own::client_anchors(own, scenario).unwrap_or_else(root);
        let server_trusts = own::server_anchors(own, scenario).unwrap_or_else(root);
        let (client_preferences, server_preferences) = preferences(scenario);
        #[cfg(feature = "tls13")]
        let (client_tls13, server_tls13) = (modern::client(scenario), modern::server(scenario));
        #[cfg(not(feature = "tls13"))]
        let (client_tls13, server_tls13) = Default::default();
        let now = scenario.date();
        let behaviour = Behaviour {
            trace: true,
            ..Behaviour::default()
        };
        Self {
            cast: cast(
                scenario,
                [&client_trusts, &server_trusts],
                &server,
                client.as_ref(),
            ),
            client: ClientConfig {
                server_name: server.name,
                anchors: client_trusts,
                identities: client.map(party_identity).into_iter().collect(),
                now,
                preferences: client_preferences,
                behaviour,
                revocation: server.revocation,
                tls13: client_tls13,
            },
            server: ServerConfig {
                identities: vec![party_identity(server.identity)],
                client_authentication: asks.then(|| ClientAuthentication {
                    crls: crls.unwrap_or_default(),
                    ..ClientAuthentication::new(server_trusts, true)
                }),
                now,
                preferences: server_preferences,
                behaviour: Behaviour {
                    careless: server.careless,
                    ..behaviour
                },
                tls13: server_tls13,
            },
            #[cfg(feature = "tls13")]
            session: None,
        }
    }

    fn begin(self, scenario: &Scenario) -> Talk {
        let random = random(scenario);
        let (client, server) = (Arc::new(self.client), Arc::new(self.server));
        #[cfg(feature = "tls13")]
        let run = match self.session {
            Some(session) => Run::resuming(client, server.clone(), session, &random),
            None => Run::new(client, server.clone(), &random),
        };
        #[cfg(not(feature = "tls13"))]
        let run = Run::new(client, server.clone(), &random);
        let run = run.expect("the configuration has suites, and makes a ClientHello");
        Talk {
            cast: self.cast,
            run,
            server,
            next: Next::Sample,
        }
    }
}

impl Talk {
    /// Carries one record, or lets an application act.
    fn step(&mut self, scenario: &Scenario) {
        #[cfg(feature = "tls13")]
        {
            let sample = self.next == Next::Answer;
            let change = |record: &Transfer| meddler::meddle(scenario, sample, record);
            let changed = self.run.change_next(change).cloned();
            self.cast.changed.extend(changed);
        }
        if self.run.step() {
            return;
        }
        let connected = *self.run.status(Party::Client) == Status::Connected
            && *self.run.status(Party::Server) == Status::Connected;
        self.next = match self.next {
            Next::Sample | Next::Answer if connected => {
                let received = self.asked();
                // What came as early data is not sent again.
                match received.is_empty() && self.next == Next::Sample {
                    true => {
                        self.send(Party::Client, sample(scenario.setting).as_bytes());
                        Next::Answer
                    }
                    false => {
                        self.send(Party::Server, &received);
                        Next::Close
                    }
                }
            }
            Next::Close if connected => {
                self.run.close(Party::Client);
                // Nothing follows but the answer to it.
                while self.run.step() {}
                // In TLS 1.3 each direction is closed for itself (RFC 9846 §6.1).
                if scenario.key_exchange.is_tls13() {
                    self.run.close(Party::Server);
                    while self.run.step() {}
                }
                Next::Nothing
            }
            _ => Next::Nothing,
        };
    }

    /// What the client has asked, with its first message or later: all that is asked here is harmless
    /// even if somebody should send it again.
    fn asked(&mut self) -> Vec<u8> {
        let received = self.run.received(Party::Server);
        #[cfg(feature = "tls13")]
        let received = [self.run.early_data(), received].concat();
        received
    }

    fn send(&mut self, party: Party, data: &[u8]) {
        // Both sides are connected; were one not, its trace would say why.
        let _told_by_the_trace = self.run.send(party, data);
    }
}

/// What all random bytes of a run come from.
fn random(scenario: &Scenario) -> Random {
    let seed = Hash::Sha256.of(&scenario.seed);
    Random::new(<[u8; 32]>::try_from(seed).expect("SHA-256 gives 32 bytes"))
}

/// What the client's application sends.
const fn sample(setting: Setting) -> &'static str {
    match setting {
        Setting::Shop => "Here is a sample. If you can read it, send it back.",
        Setting::Payroll => "Sample: employee 4711, 2850.00. If you can read it, send it back.",
    }
}

fn root(make: impl Fn(KeyChoice, i64) -> Result<Root, IssueError>, scenario: &Scenario) -> Root {
    // The classic handshake knows RSA only, up to the root.
    let classic = !scenario.key_exchange.needs_curves();
    let keys = match classic || scenario.authority == AuthorityKeys::Rsa {
        true => KeyChoice::Rsa,
        false => flawed::authority_keys(KeyChoice::P256, scenario),
    };
    make(keys, scenario.date().0).expect("the date of a scenario has room around it")
}

fn authority(root: Root) -> Authority {
    root.authority()
        .expect("a root that could be made can issue")
}

fn party_identity(identity: Identity) -> padlock_tls::config::Identity {
    padlock_tls::config::Identity {
        chain: identity.chain,
        key: identity.key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::LaneItem;
    use crate::scenario::{CertificateChoice, ClientCertificateChoice as Client, KeyExchange};

    /// The story of a run whose parties lay messages into records like this.
    fn told(key_exchange: KeyExchange, client_certificate: Client, behaviour: Behaviour) -> Lesson {
        let scenario = Scenario {
            setting: Setting::Payroll,
            key_exchange,
            suite: None,
            group: None,
            certificate: CertificateChoice::Good,
            client_certificate,
            authority: AuthorityKeys::default(),
            meddling: crate::scenario::Meddling::Nothing,
            seed: [3; 16],
            now: 1_795_285_800,
        };
        let mut state = State::Start;
        loop {
            state = match state {
                State::Ready(mut stage) => {
                    stage.client.behaviour = behaviour;
                    stage.server.behaviour = behaviour;
                    State::Ready(stage).step(&scenario, None)
                }
                State::Told(lesson) => return *lesson,
                other => other.step(&scenario, None),
            };
        }
    }

    #[test]
    fn messages_and_records_are_two_layers() {
        let trace = true;
        for key_exchange in [KeyExchange::Rsa, KeyExchange::Ecdhe] {
            for client in [Client::Good, Client::Missing] {
                let plain = told(
                    key_exchange,
                    client,
                    Behaviour {
                        trace,
                        ..Behaviour::default()
                    },
                );
                for (coalesce, fragment) in [(true, 0), (false, 100), (true, 100), (true, 7)] {
                    let behaviour = Behaviour {
                        trace,
                        coalesce,
                        fragment,
                        ..Behaviour::default()
                    };
                    let lesson = told(key_exchange, client, behaviour);
                    assert_eq!(lesson.ending, plain.ending, "{behaviour:?}");
                    for step in &lesson.steps {
                        for artefact in &step.bytes {
                            assert_eq!(artefact.tree.gap(), None, "{behaviour:?}");
                            assert_eq!(artefact.tree.range, 0..artefact.bytes.len());
                        }
                    }
                    assert_eq!(
                        handshake_labels(&lesson),
                        handshake_labels(&plain),
                        "{behaviour:?}"
                    );
                }
            }
        }
    }

    /// What the arrows of the handshake say, each message once.
    fn handshake_labels(lesson: &Lesson) -> Vec<crate::text::Text> {
        let steps = lesson.steps.iter();
        let handshake = steps.take_while(|step| !matches!(step.id, "sample" | "refused"));
        let labels = handshake.flat_map(|step| match &step.lane {
            LaneItem::Arrow { labels, .. } => labels.clone(),
            _ => Vec::new(),
        });
        labels.map(|label| label.label).collect()
    }
}
