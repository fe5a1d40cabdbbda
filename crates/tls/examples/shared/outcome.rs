//! A connection in a line: what was agreed, or how it ended.

use padlock_tls::error::{Error, ErrorKind};
use padlock_tls::trace::{Agreement, PskUse, Resumed};

/// Version, suite, group and what else was agreed.
pub(crate) fn agreed(agreement: &Agreement) -> String {
    let Agreement {
        version,
        suite,
        group,
        protocol,
        extended_master_secret,
        encrypt_then_mac,
        psk,
        resumed,
    } = agreement;
    let mut parts = vec![version.to_string(), suite.to_string()];
    parts.extend(group.map(|group| group.to_string()));
    parts.extend(
        protocol
            .as_deref()
            .map(|name| format!("ALPN {}", name.escape_ascii())),
    );
    parts.extend(extended_master_secret.then(|| "extended master secret".to_owned()));
    parts.extend(encrypt_then_mac.then(|| "encrypt-then-MAC".to_owned()));
    if let Some(PskUse {
        resumption,
        mode,
        early_data,
    }) = psk
    {
        let what = if *resumption { "resumed" } else { "PSK" };
        parts.push(format!("{what} ({mode})"));
        parts.extend(early_data.then(|| "early data".to_owned()));
    }
    parts.extend(resumed.map(|resumed| match resumed {
        Resumed::SessionId => "resumed (session ID)".to_owned(),
        Resumed::Ticket => "resumed (ticket)".to_owned(),
    }));
    parts.join(", ")
}

/// The alert and its reason, as `alert: NAME (NUMBER) sent: why`; if there was none, the fault.
pub(crate) fn failed(error: &Error) -> String {
    match (&error.kind, error.alert()) {
        (ErrorKind::PeerAlert(alert), _) => {
            format!(
                "alert: {alert} ({}) received: the peer ended the connection",
                alert.0
            )
        }
        (_, Some(alert)) => format!("alert: {alert} ({}) sent: {error}", alert.0),
        (_, None) => format!("error: {error}"),
    }
}
