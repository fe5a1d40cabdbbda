//! What both programs are set up with: files, names of suites, the clock, entropy.

#![expect(
    clippy::disallowed_methods,
    reason = "a program outside the page reads files and the clock"
)]

use std::fs;
use std::time::{SystemTime, UNIX_EPOCH};

use padlock_pki::key::PrivateKey;
use padlock_pki::random::Random;
use padlock_pki::time::UnixSeconds;
use padlock_pki::{certificate, pem};
use padlock_tls::codes::{CipherSuite, NamedGroup};
use padlock_tls::config::{Behaviour, Identity, Preferences};
use padlock_tls::suite::Suite;
use ring::rand::{SecureRandom, SystemRandom};

use crate::arguments::{self, Arguments};

/// What the options for suites, groups, protocols and versions ask for.
pub(crate) fn preferences(arguments: &Arguments) -> Result<Preferences, String> {
    let mut preferences = Preferences::default();
    if let Some(names) = arguments.list(&arguments::SUITES) {
        let known: Vec<_> = Suite::ALL.iter().map(|suite| suite.code).collect();
        preferences.suites = choose("cipher suite", &names, &known, CipherSuite::to_string)?;
    }
    if let Some(names) = arguments.list(&arguments::GROUPS) {
        preferences.groups = choose("group", &names, &preferences.groups, NamedGroup::to_string)?;
    }
    if let Some(names) = arguments.list(&arguments::ALPN) {
        preferences.protocols = names.iter().map(|name| name.as_bytes().to_vec()).collect();
        if preferences.protocols.iter().any(|name| name.len() > 255) {
            return Err("the name of an application protocol has at most 255 bytes".to_owned());
        }
    }
    for parameter in [arguments::MINIMUM, arguments::MAXIMUM] {
        match arguments.value(&parameter) {
            None | Some("1.2") => {}
            Some(other) => {
                let name = parameter.name;
                return Err(format!(
                    "--{name} {other}: the versions known here are: 1.2"
                ));
            }
        }
    }
    Ok(preferences)
}

/// How a party behaves: it reports what it does if keys are to be logged.
pub(crate) fn behaviour(arguments: &Arguments) -> Behaviour {
    Behaviour {
        trace: arguments.has(&arguments::KEYLOG),
        coalesce: true,
        fragment: 0,
    }
}

/// The certificates and the key in these two files.
pub(crate) fn identity(chain: &str, key: &str) -> Result<Identity, String> {
    let identity = Identity {
        chain: certificates(chain)?,
        key: PrivateKey::from_pem(&text(key)?).map_err(|error| format!("{key}: {error}"))?,
    };
    let certified = certificate::public_key(&identity.chain[0])
        .map_err(|error| format!("{chain}: the first certificate: {error}"))?;
    match certified == *identity.key.public_key() {
        true => Ok(identity),
        false => Err(format!(
            "the key in {key} is not that of the first certificate in {chain}, \
             which must be the party's own"
        )),
    }
}

/// The certificates in a file; there is at least one.
pub(crate) fn certificates(file: &str) -> Result<Vec<Vec<u8>>, String> {
    pem::certificates(&text(file)?).map_err(|error| format!("{file}: {error}"))
}

/// The present.
pub(crate) fn now() -> UnixSeconds {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    UnixSeconds(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}

/// Randomness that nobody can guess.
pub(crate) fn random() -> Result<Random, String> {
    let mut seed = [0; 32];
    let filled = SystemRandom::new().fill(&mut seed);
    filled.map_err(|_unspecified| "the system gives no randomness".to_owned())?;
    Ok(Random::new(seed))
}

fn text(file: &str) -> Result<String, String> {
    fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))
}

fn choose<T: Copy>(
    what: &str,
    names: &[&str],
    known: &[T],
    name: fn(&T) -> String,
) -> Result<Vec<T>, String> {
    let find = |wanted: &&str| {
        known
            .iter()
            .copied()
            .find(|code| name(code) == *wanted)
            .ok_or_else(|| {
                let known: Vec<_> = known.iter().map(name).collect();
                format!(
                    "{wanted} is no {what} known here; these are:\n  {}",
                    known.join("\n  ")
                )
            })
    };
    match names {
        [] => Err(format!("no {what} is named")),
        _ => names.iter().map(find).collect(),
    }
}
