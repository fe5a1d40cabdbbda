//! Who knows what, for the learner: the values that matter, in the order in which they are met.

use padlock_tls::knowledge::Known;
use padlock_tls::trace::Party::{Client, Server};
use padlock_tls::value::ValueName;

use super::values;
use crate::lesson::KnowledgeRow;

/// The values of the table, and whether each must stay secret. What leads from one to the next
/// (padding, hashes, what is signed) is left to the computations.
const SHOWN: [(ValueName, bool); 19] = [
    (ValueName::Random(Client), false),
    (ValueName::Random(Server), false),
    (ValueName::CertifiedPublicKey(Server), false),
    (ValueName::CertifiedPrivateKey(Server), true),
    (ValueName::CertifiedPublicKey(Client), false),
    (ValueName::CertifiedPrivateKey(Client), true),
    (ValueName::EphemeralPublicKey(Server), false),
    (ValueName::EphemeralPrivateKey(Server), true),
    (ValueName::EphemeralPublicKey(Client), false),
    (ValueName::EphemeralPrivateKey(Client), true),
    (ValueName::EncryptedPreMasterSecret, false),
    (ValueName::PreMasterSecret, true),
    (ValueName::MasterSecret, true),
    (ValueName::WriteKey(Client), true),
    (ValueName::WriteKey(Server), true),
    (ValueName::WriteMacKey(Client), true),
    (ValueName::WriteMacKey(Server), true),
    (ValueName::VerifyData(Client), false),
    (ValueName::VerifyData(Server), false),
];

/// The table; of `known`, the first `before` were there before this step.
pub(super) fn rows(known: &[Known], before: usize) -> Vec<KnowledgeRow> {
    let mut rows = Vec::new();
    for (name, secret) in SHOWN {
        for (index, value) in known
            .iter()
            .enumerate()
            .filter(|(_, value)| value.name == name)
        {
            let (title, _) = values::words(name);
            rows.push(KnowledgeRow {
                name,
                title,
                bytes: value.bytes.clone(),
                new: index >= before,
                secret,
                client: value.client,
                server: value.server,
                eavesdropper: value.eavesdropper,
            });
        }
    }
    rows
}
