//! The fields of a query.

use padlock_pki::time::UnixSeconds;
use padlock_tls::codes::CipherSuite;
use padlock_wire::{CodePoint, hex};

use super::{FIRST_DATE, KeyExchange, LAST_DATE};
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
        let value = self.value(name)?;
        let named = |suite: &CipherSuite| suite.name() == Some(value.as_str());
        match CipherSuite::KNOWN.iter().copied().find(named) {
            Some(suite) if key_exchange.suites().any(|fitting| fitting == suite) => {
                return Some(suite);
            }
            Some(suite) => self.problems.push(Problem::Suite {
                suite,
                key_exchange,
            }),
            None => self.problems.push(Problem::Unknown { name, value }),
        }
        None
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
