//! Sessions of TLS 1.2 that are resumed: by an ID under which the server remembers them (RFC 5246
//! §7.3), or by a ticket that the client keeps for it (RFC 5077). Those of TLS 1.3 are pre-shared
//! keys, see [`crate::psk`].

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use padlock_pki::time::UnixSeconds;
use padlock_wire::{Coder, Prefix, Section, Structure};

use crate::codes::CipherSuite;
use crate::schedule::{MASTER_SECRET_LENGTH, MasterSecret};

/// What a client keeps of a session of TLS 1.2.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Session {
    /// The ID under which the server remembers it; empty if it does not.
    pub id: Vec<u8>,
    /// What the server gave the client to keep; empty if nothing.
    pub ticket: Vec<u8>,
    /// Its master secret.
    pub master: MasterSecret,
    /// Its cipher suite.
    pub suite: CipherSuite,
    /// Whether the master secret is bound to the whole handshake (RFC 7627).
    pub extended_master_secret: bool,
    /// The name that the server's certificate is for.
    pub server_name: String,
    /// When it began.
    pub began: UnixSeconds,
    /// For how many seconds the ticket is good, as the server reckons; 0 if it does not say.
    pub lifetime: u32,
}

impl Session {
    /// The longest that a session should be kept, in seconds: a day (RFC 5246 §F.1.4).
    pub const LONGEST: u32 = 24 * 60 * 60;

    /// Whether it is still good.
    #[must_use]
    pub fn is_fresh(&self, now: UnixSeconds) -> bool {
        let lifetime = match self.lifetime {
            0 => Self::LONGEST,
            said => said.min(Self::LONGEST),
        };
        (0..=i64::from(lifetime)).contains(&now.since(self.began))
    }
}

/// What a server has to remember of a session of TLS 1.2, in its memory or in a ticket.
#[derive(Clone, Default)]
pub(crate) struct Remembered {
    pub(crate) suite: CipherSuite,
    /// When it began.
    pub(crate) began: UnixSeconds,
    /// 1 if the master secret is bound to the whole handshake, else 0.
    pub(crate) extended_master_secret: u8,
    /// The name that the client wanted; empty if none.
    pub(crate) server_name: Vec<u8>,
    /// The certificates that the client proved to be its own; none if it showed none.
    pub(crate) client_chain: Vec<Vec<u8>>,
    pub(crate) master: Vec<u8>,
}

impl Structure for Remembered {
    const NAME: &'static str = "SessionState";
    const SECTION: Section = Section::new(5077, "4");

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), padlock_wire::Error> {
        coder.code("suite", &mut self.suite)?;
        date(coder, "began", &mut self.began)?;
        coder.u8("extended_master_secret", &mut self.extended_master_secret)?;
        let name = &mut self.server_name;
        coder.opaque("server_name", Prefix::U16, 0..=0xffff, name)?;
        let (label, chain) = ("client_chain", &mut self.client_chain);
        coder.list(label, Prefix::U24, 0..=0xff_ffff, chain, |coder, one| {
            coder.opaque("certificate", Prefix::U24, 1..=0xff_ffff, one)
        })?;
        let length = MASTER_SECRET_LENGTH;
        coder.opaque(
            "master_secret",
            Prefix::U8,
            length..=length,
            &mut self.master,
        )
    }
}

/// For how many seconds a server resumes a session, of whatever version.
pub(crate) const SERVER_LIFETIME: u32 = 2 * 60 * 60;

impl Remembered {
    pub(crate) fn is_fresh(&self, now: UnixSeconds) -> bool {
        is_fresh(self.began, now)
    }
}

/// Whether a server still resumes a session that began then.
pub(crate) fn is_fresh(began: UnixSeconds, now: UnixSeconds) -> bool {
    let age = now.since(began);
    (0..=i64::from(SERVER_LIFETIME)).contains(&age)
}

/// For how many seconds more a server resumes a session that began then.
pub(crate) fn left(began: UnixSeconds, now: UnixSeconds) -> u32 {
    let age = u32::try_from(now.since(began).max(0)).unwrap_or(u32::MAX);
    SERVER_LIFETIME.saturating_sub(age)
}

/// A date in what a server remembers: eight bytes, so that it is any that there can be.
pub(crate) fn date(
    coder: &mut Coder<'_>,
    label: &'static str,
    date: &mut UnixSeconds,
) -> Result<(), padlock_wire::Error> {
    let mut seconds = date.0.cast_unsigned();
    coder.u64(label, &mut seconds)?;
    date.0 = seconds.cast_signed();
    Ok(())
}

/// The sessions of TLS 1.2 that a server remembers by their IDs. All connections of a server share
/// one.
///
/// It holds so many and no more: the oldest goes when another comes.
#[derive(Clone)]
pub struct SessionCache {
    sessions: Arc<Mutex<BTreeMap<Vec<u8>, Remembered>>>,
    capacity: usize,
}

impl SessionCache {
    /// Remembers at most so many.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        Self {
            sessions: Arc::default(),
            capacity,
        }
    }

    /// How many it remembers.
    #[must_use]
    pub fn len(&self) -> usize {
        self.with(|sessions| sessions.len())
    }

    /// Whether it remembers none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(crate) fn put(&self, id: Vec<u8>, session: Remembered) {
        self.with(|sessions| {
            while sessions.len() >= self.capacity {
                let oldest = sessions.iter().min_by_key(|(_, session)| session.began);
                let Some(oldest) = oldest.map(|(id, _)| id.clone()) else {
                    return;
                };
                sessions.remove(&oldest);
            }
            sessions.insert(id, session);
        });
    }

    pub(crate) fn get(&self, id: &[u8]) -> Option<Remembered> {
        self.with(|sessions| sessions.get(id).cloned())
    }

    /// A connection of the session failed: it is not resumed again (RFC 5246 §7.2.2).
    pub(crate) fn forget(&self, id: &[u8]) {
        self.with(|sessions| sessions.remove(id));
    }

    fn with<T>(&self, act: impl FnOnce(&mut BTreeMap<Vec<u8>, Remembered>) -> T) -> T {
        act(&mut self.sessions.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl fmt::Debug for SessionCache {
    /// Without the secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionCache")
            .field("capacity", &self.capacity)
            .finish_non_exhaustive()
    }
}

/// What a connection of TLS 1.2 knows of sessions.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    /// The ID that the server gave this session; empty if none.
    pub(crate) id: Vec<u8>,
    /// The session that the client offers.
    pub(crate) offered: Option<Session>,
    /// What the client will have of this one, once the handshake is complete.
    pub(crate) draft: Option<Session>,
    /// What it has.
    pub(crate) complete: Option<Session>,
    /// Whether the server has promised a ticket.
    pub(crate) ticket_promised: bool,
    /// What the server will remember the session by, once the handshake is complete.
    pub(crate) issue: Option<crate::server::Issue>,
    /// Where the server remembers it.
    pub(crate) remembered: Option<(SessionCache, Vec<u8>)>,
}

impl Sessions {
    /// The client's handshake is complete: what can be resumed may be.
    pub(crate) fn finish(&mut self) {
        let named = |session: &Session| !session.id.is_empty() || !session.ticket.is_empty();
        self.complete = self.draft.take().filter(named);
    }

    /// The connection failed: nothing is left to be resumed (RFC 5246 §7.2.2).
    pub(crate) fn forget(&mut self) {
        self.draft = None;
        self.complete = None;
        if let Some((cache, id)) = self.remembered.take() {
            cache.forget(&id);
        }
    }
}
