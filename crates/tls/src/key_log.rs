//! What secrets are called in a key log (RFC 9850).

use crate::trace::Party;
use crate::value::{Epoch, ValueName};

/// What a secret is called in a key log (RFC 9850 §2); `None` for what is not written there.
#[must_use]
pub fn label(name: ValueName) -> Option<String> {
    Some(match name {
        ValueName::MasterSecret => "CLIENT_RANDOM".to_owned(),
        ValueName::ExporterSecret => "EXPORTER_SECRET".to_owned(),
        ValueName::EarlyExporterSecret => "EARLY_EXPORTER_SECRET".to_owned(),
        ValueName::TrafficSecret(party, epoch) => {
            let party = match party {
                Party::Client => "CLIENT",
                Party::Server => "SERVER",
            };
            match epoch {
                Epoch::Early => format!("{party}_EARLY_TRAFFIC_SECRET"),
                Epoch::Handshake => format!("{party}_HANDSHAKE_TRAFFIC_SECRET"),
                Epoch::Application(number) => format!("{party}_TRAFFIC_SECRET_{number}"),
            }
        }
        _ => return None,
    })
}
