//! What was chosen under "More choices", as long as the page is open: whoever goes to another handshake
//! and comes back finds it again, if it fits there.

use padlock_lesson::scenario::{KeyExchange, Scenario};
use padlock_tls::codes::{CipherSuite, NamedGroup};

/// The suites and groups that were chosen, the last one at the end.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Wishes {
    suites: Vec<CipherSuite>,
    groups: Vec<NamedGroup>,
}

impl Wishes {
    /// Notes what is chosen now. It takes the place of all that could be chosen instead.
    pub(super) fn note(&mut self, scenario: &Scenario) {
        let exchange = scenario.key_exchange;
        let suites: Vec<_> = exchange.suites().collect();
        note(&mut self.suites, &suites, exchange.suite(), scenario.suite);
        let groups = exchange.groups();
        if let Some(usual) = groups.first() {
            note(&mut self.groups, groups, *usual, scenario.group);
        }
    }

    /// The same by another key exchange, with what was chosen of that which fits it.
    pub(super) fn with(&self, exchange: KeyExchange, scenario: &Scenario) -> Scenario {
        let mut suites = self.suites.iter().rev().copied();
        let mut groups = self.groups.iter().rev().copied();
        let fits = |suite: &CipherSuite| exchange.suites().any(|other| other == *suite);
        Scenario {
            key_exchange: exchange,
            // The usual one needs no word.
            suite: suites.find(fits).filter(|suite| *suite != exchange.suite()),
            group: groups
                .find(|group| exchange.groups().contains(group))
                .filter(|group| Some(group) != exchange.groups().first()),
            ..scenario.clone()
        }
    }
}

/// Puts what is chosen of these in the place of those that were. The usual one needs no word: where
/// nothing is said, and it was chosen before, it still is.
fn note<T: Copy + PartialEq>(wishes: &mut Vec<T>, choices: &[T], usual: T, chosen: Option<T>) {
    let mut before = wishes.iter().rev();
    let wished = before.find(|one| choices.contains(one)).copied();
    if chosen.is_none() && wished == Some(usual) {
        return;
    }
    wishes.retain(|one| !choices.contains(one));
    wishes.extend(chosen);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_is_there_when_one_comes_back() {
        use KeyExchange::{EarlyData, Ecdhe, External, Hybrid, Retried, Rsa, Tls13};
        let chosen = "kx=tls13&suite=TLS_CHACHA20_POLY1305_SHA256&group=secp384r1";
        let mut scenario = Scenario::from_query(chosen).0.complete([1; 16], 0);
        let (suite, group) = (scenario.suite, scenario.group);
        assert!(suite.is_some() && group.is_some());
        let mut wishes = Wishes::default();
        for (exchange, has_suite, has_group) in [
            (Ecdhe, false, true),
            (Rsa, false, false),
            (Tls13, true, true),
            (Hybrid, true, false),
            (External, true, true),
            (Retried, true, true),
            (EarlyData, true, true),
            (Tls13, true, true),
        ] {
            wishes.note(&scenario);
            scenario = wishes.with(exchange, &scenario);
            assert_eq!(scenario.key_exchange, exchange);
            let expected = (suite.filter(|_| has_suite), group.filter(|_| has_group));
            assert_eq!((scenario.suite, scenario.group), expected, "{exchange:?}");
            let found = Scenario::from_query(&scenario.to_query());
            assert_eq!(found.1, [], "{exchange:?}");
        }
        // What was chosen is the usual one elsewhere.
        for (group, other) in [
            (NamedGroup::SECP256R1, Retried),
            (NamedGroup::X25519_MLKEM768, Hybrid),
        ] {
            scenario = wishes.with(KeyExchange::Resumed, &scenario);
            scenario.group = Some(group);
            for (exchange, expected) in [(other, None), (KeyExchange::Resumed, Some(group))] {
                wishes.note(&scenario);
                scenario = wishes.with(exchange, &scenario);
                assert_eq!(scenario.group, expected, "{exchange:?}");
            }
        }
        // Whoever goes back to the usual ones has chosen that.
        scenario.suite = None;
        scenario.group = None;
        for exchange in [Rsa, Tls13] {
            wishes.note(&scenario);
            scenario = wishes.with(exchange, &scenario);
        }
        assert_eq!((scenario.suite, scenario.group), (None, None));
    }
}
