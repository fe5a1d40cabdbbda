//! Something to begin with: certificates of the demonstration, issued now, whole and broken.

use padlock_pki::demo::{Authority, Holder, KeyChoice, Root, Spec};
use padlock_pki::pem;
use padlock_pki::time::UnixSeconds;

use crate::scenario::{FIRST_DATE, LAST_DATE};

/// What there is to try.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Example {
    /// The shop's certificate, and those that lead from it to the root.
    Chain,
    /// The same, with one bit of the shop's certificate flipped.
    Flipped,
    /// The same, with the end of the shop's certificate cut off.
    CutOff,
}

impl Example {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Chain, Self::Flipped, Self::CutOff];

    /// The certificates in PEM, issued for this moment.
    ///
    /// # Panics
    /// Never: the moment is brought into a range that leaves room for the dates around it.
    #[must_use]
    pub fn pem(self, now: UnixSeconds) -> String {
        let authority = Authority::with_keys(KeyChoice::Rsa, date(now).0);
        let authority = authority.expect("the date leaves room around it");
        let identity = authority.identity(Spec::new(Holder::Shop));
        let mut chain = identity
            .expect("an authority that could be made can issue")
            .chain;
        chain.push(authority.root().to_vec());
        if let Some(shop) = chain.first_mut() {
            self.spoil(shop);
        }
        chain
            .iter()
            .map(|der| pem::encode("CERTIFICATE", der))
            .collect()
    }

    fn spoil(self, der: &mut Vec<u8>) {
        match self {
            Self::Chain => {}
            Self::Flipped => {
                // The last letter of the common name: shop.example becomes shop.exampld.
                let name = Holder::Shop.name().as_bytes();
                let at = der.windows(name.len()).position(|window| window == name);
                if let Some(letter) = at.and_then(|at| der.get_mut(at + name.len() - 1)) {
                    *letter ^= 1;
                }
            }
            Self::CutOff => der.truncate(der.len() * 2 / 3),
        }
    }
}

/// The roots that the demonstration's clients trust, as of this moment: one of each kind of key.
#[must_use]
pub fn roots(now: UnixSeconds) -> Vec<Vec<u8>> {
    let root = |keys: &KeyChoice| {
        let root = Root::trusted(*keys, date(now).0).ok()?;
        Some(root.certificate().to_vec())
    };
    [KeyChoice::Rsa, KeyChoice::P256]
        .iter()
        .filter_map(root)
        .collect()
}

fn date(now: UnixSeconds) -> UnixSeconds {
    UnixSeconds(now.0.clamp(FIRST_DATE, LAST_DATE))
}
