//! The fields of a query.

use padlock_pki::time::UnixSeconds;
use padlock_tls::codes::{CipherSuite, NamedGroup};
use padlock_wire::{CodePoint, hex};

use super::{FIRST_DATE, KeyExchange, LAST_DATE, Meddling};
use crate::address;
use crate::problem::Problem;

/// What a query says, and what is wrong with it.
pub(super) struct Fields {
    pairs: Vec<(String, String)>,
    pub(super) problems: Vec<Problem>,
}

impl Fields {
    pub(super) fn new(query: &str) -> Self {
        let query = query.strip_prefix('?').unwrap_or(query);
        Self {
            pairs: address::pairs(query).collect(),
            problems: Vec::new(),
        }
    }

    /// One of several words.
    pub(super) fn choice<T>(
        &mut self,
        name: &'static str,
        read: fn(&str) -> Option<T>,
        usual: T,
    ) -> T {
        let Some(value) = self.value(name) else {
            return usual;
        };
        read(&value).unwrap_or_else(|| {
            self.problems.push(Problem::Unknown { name, value });
            usual
        })
    }

    /// A cipher suite, which must go with the key exchange.
    pub(super) fn suite(
        &mut self,
        name: &'static str,
        key_exchange: KeyExchange,
    ) -> Option<CipherSuite> {
        let fits = |suite| key_exchange.suites().any(|fitting| fitting == suite);
        self.code(name, key_exchange, CipherSuite::KNOWN, fits)
    }

    /// A group, which must go with the key exchange.
    pub(super) fn group(
        &mut self,
        name: &'static str,
        key_exchange: KeyExchange,
    ) -> Option<NamedGroup> {
        let fits = |group| key_exchange.groups().contains(&group);
        self.code(name, key_exchange, NamedGroup::KNOWN, fits)
    }

    /// A code point by its name; `fits` says whether it goes with the key exchange.
    fn code<C: CodePoint>(
        &mut self,
        name: &'static str,
        key_exchange: KeyExchange,
        known: &[C],
        fits: impl Fn(C) -> bool,
    ) -> Option<C> {
        let value = self.value(name)?;
        let named = |code: &C| code.name() == Some(value.as_str());
        match known.iter().copied().find(named) {
            Some(code) if fits(code) => return Some(code),
            Some(_) => self.problems.push(Problem::DoesNotFit {
                value,
                key_exchange,
            }),
            None => self.problems.push(Problem::Unknown { name, value }),
        }
        None
    }

    /// What somebody on the way does, which must go with the key exchange.
    pub(super) fn meddling(&mut self, name: &'static str, key_exchange: KeyExchange) -> Meddling {
        let meddling = self.choice(name, Meddling::from_word, Meddling::Nothing);
        if meddling.fits(key_exchange) {
            return meddling;
        }
        self.problems.push(Problem::DoesNotFit {
            value: meddling.word().to_owned(),
            key_exchange,
        });
        Meddling::Nothing
    }

    /// 16 bytes in hexadecimal.
    pub(super) fn seed(&mut self, name: &'static str) -> Option<[u8; 16]> {
        let value = self.value(name)?;
        let seed = hex::decode(&value)
            .ok()
            .and_then(|bytes| <[u8; 16]>::try_from(bytes).ok());
        if seed.is_none() {
            self.problems.push(Problem::Seed { value });
        }
        seed
    }

    /// A date of RFC 3339.
    pub(super) fn date(&mut self, name: &'static str) -> Option<i64> {
        let value = self.value(name)?;
        let date = UnixSeconds::from_rfc3339(&value).ok();
        let date = date.filter(|date| (FIRST_DATE..=LAST_DATE).contains(&date.0));
        if date.is_none() {
            self.problems.push(Problem::Date { value });
        }
        date.map(|date| date.0)
    }

    /// The value of a field; of two, the first.
    fn value(&mut self, name: &'static str) -> Option<String> {
        let mut values = self.pairs.iter().filter(|(other, _)| other == name);
        let value = values.next()?.1.clone();
        if values.next().is_some() {
            self.problems.push(Problem::Repeated { name });
        }
        Some(value)
    }
}
