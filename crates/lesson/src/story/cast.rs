//! Who takes part, and what they bring along.

use padlock_tls::trace::Party;

use crate::lesson::Actor;
use crate::scenario::Setting;
use crate::text::{Text, say};

/// Who takes part in a run, as far as the trace does not tell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cast {
    /// Who talks to whom.
    pub setting: Setting,
    /// The name that the client asks for.
    pub server_name: String,
    /// The client's own name, if it has one.
    pub client_name: Option<String>,
    /// The authority that the client trusts.
    pub client_trusts: String,
    /// The authority that the server trusts, if it asks for the client's certificate.
    pub server_trusts: Option<String>,
    /// Whether the client holds a key and a certificate.
    pub client_is_certified: bool,
    /// The certificates of the run, in the order in which a page shows them; none where both were given
    /// a key instead.
    pub shown: Vec<Shown>,
    /// Which bit of one of them was turned over, if one was. They begin with those that the server
    /// sends.
    #[cfg(feature = "study")]
    pub flipped: Option<padlock_pki::demo::gallery::Flipped>,
    /// What somebody on the way does.
    #[cfg(feature = "tls13")]
    pub meddling: crate::scenario::Meddling,
    /// The records that were changed on the way, in order; each says what arrived in its place.
    #[cfg(feature = "tls13")]
    pub changed: Vec<padlock_tls::run::Transfer>,
}

/// A certificate of the run.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// What it is here.
    pub role: Role,
    /// Who shows it; of a root, who trusts it.
    pub holder: Party,
    /// The certificate.
    pub der: Vec<u8>,
}

/// What a certificate is in a run.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Role {
    /// That of a party itself.
    Own,
    /// One that vouches for another.
    Issuer,
    /// One that vouches for another, and must not.
    Signer,
    /// One that comes along and is not needed.
    Stray,
    /// One that a party trusts beforehand.
    Root,
}

impl Cast {
    /// A side of the connection, as the learner meets it.
    pub(super) fn actor(&self, party: Party) -> Actor {
        match party {
            Party::Client => Actor {
                name: match (&self.client_name, self.setting) {
                    (Some(name), Setting::Payroll) => say::story_actor_named(name),
                    _ => say::story_actor_browser(),
                },
                brings: self.brings(party),
            },
            Party::Server => Actor {
                name: say::story_actor_named(&self.server_name),
                brings: self.brings(party),
            },
        }
    }

    /// What a side has before the run.
    fn brings(&self, party: Party) -> Text {
        #[cfg(feature = "tls13")]
        if self.shown.is_empty() {
            return say::story_brings_given_key();
        }
        match (party, &self.server_trusts) {
            (Party::Client, _) if self.client_is_certified => {
                say::story_brings_trust_and_key(&self.client_trusts)
            }
            (Party::Client, _) => say::story_brings_trust(&self.client_trusts),
            (Party::Server, Some(root)) => say::story_brings_key_and_trust(root),
            (Party::Server, None) => say::story_brings_key(),
        }
    }

    /// What a side is called within a sentence.
    pub(super) fn noun(&self, party: Party) -> Text {
        match (self.setting, party) {
            (Setting::Shop, Party::Client) => say::story_noun_browser(),
            (Setting::Shop, Party::Server) => say::story_noun_shop(),
            (Setting::Payroll, Party::Client) => say::story_noun_hr(),
            (Setting::Payroll, Party::Server) => say::story_noun_payroll(),
        }
    }
}
