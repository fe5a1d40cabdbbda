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
use padlock_tls::codes::{CipherSuite, NamedGroup, ProtocolVersion};
use padlock_tls::config::{Behaviour, Identity, Preferences};
use padlock_tls::psk::PreSharedKey;
use padlock_tls::suite::Suite13;
use padlock_wire::hex;
use ring::rand::{SecureRandom, SystemRandom};

use crate::arguments::{self, Arguments, Parameter};

/// The groups that a curve and ML-KEM have in common, TLS 1.3's alone.
pub(crate) const HYBRIDS: [NamedGroup; 2] =
    [NamedGroup::X25519_MLKEM768, NamedGroup::SECP256R1_MLKEM768];

/// What the options for suites, groups, protocols and versions ask for.
pub(crate) fn preferences(arguments: &Arguments) -> Result<Preferences, String> {
    let mut preferences = Preferences::modern();
    let minimum = version(arguments, &arguments::MINIMUM, ProtocolVersion::TLS_1_2)?;
    let maximum = version(arguments, &arguments::MAXIMUM, ProtocolVersion::TLS_1_3)?;
    preferences
        .versions
        .retain(|version| (minimum..=maximum).contains(version));
    if let Some(names) = arguments.list(&arguments::SUITES) {
        let asked_for = [Suite13::AES_128_CCM.code];
        let known = [&preferences.suites[..], &asked_for].concat();
        preferences.suites = choose("cipher suite", &names, &known, CipherSuite::to_string)?;
    }
    // A version without suites cannot be spoken, nor a suite without its version.
    let version_of = |code: &CipherSuite| match Suite13::of(*code) {
        Some(_) => ProtocolVersion::TLS_1_3,
        None => ProtocolVersion::TLS_1_2,
    };
    let versions = preferences.versions.clone();
    preferences
        .suites
        .retain(|code| versions.contains(&version_of(code)));
    let suites = &preferences.suites;
    preferences
        .versions
        .retain(|version| suites.iter().any(|code| version_of(code) == *version));
    if preferences.versions.is_empty() {
        return Err("no version is left that one of the cipher suites is for".to_owned());
    }
    if let Some(names) = arguments.list(&arguments::GROUPS) {
        let known = [&preferences.groups[..], &HYBRIDS].concat();
        preferences.groups = choose("group", &names, &known, NamedGroup::to_string)?;
    }
    if let Some(names) = arguments.list(&arguments::ALPN) {
        preferences.protocols = names.iter().map(|name| name.as_bytes().to_vec()).collect();
        if preferences.protocols.iter().any(|name| name.len() > 255) {
            return Err("the name of an application protocol has at most 255 bytes".to_owned());
        }
    }
    Ok(preferences)
}

fn version(
    arguments: &Arguments,
    parameter: &Parameter,
    default: ProtocolVersion,
) -> Result<ProtocolVersion, String> {
    match arguments.value(parameter) {
        None => Ok(default),
        Some("1.2") => Ok(ProtocolVersion::TLS_1_2),
        Some("1.3") => Ok(ProtocolVersion::TLS_1_3),
        Some(other) => Err(format!(
            "--{} {other}: the versions known here are: 1.2, 1.3",
            parameter.name
        )),
    }
}

/// The key that the other side has too, if one is given.
pub(crate) fn external_psk(arguments: &Arguments) -> Result<Option<PreSharedKey>, String> {
    let name = arguments.value(&arguments::PSK_IDENTITY);
    match (arguments.value(&arguments::PSK), name) {
        (None, None) => Ok(None),
        (Some(key), Some(name)) if !name.is_empty() => {
            let key = hex::decode(key).map_err(|error| format!("--psk: {error}"))?;
            Ok(Some(PreSharedKey::external(name.as_bytes().to_vec(), key)))
        }
        _ => Err("--psk and --psk-identity go together".to_owned()),
    }
}

/// How a party behaves: it reports what it does if keys are to be logged.
pub(crate) fn behaviour(arguments: &Arguments) -> Behaviour {
    Behaviour {
        trace: arguments.has(&arguments::KEYLOG),
        coalesce: true,
        ..Behaviour::default()
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
