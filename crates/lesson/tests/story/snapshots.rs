//! Whole stories, as they are told.

use super::*;

/// Compares with a file in `tests/story`; `PADLOCK_SNAPSHOTS=write` writes it anew.
#[track_caller]
fn snapshot(name: &str, scenario: &Scenario) {
    let path = format!("{}/tests/story/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    let found = script(&tell(scenario));
    if std::env::var("PADLOCK_SNAPSHOTS").is_ok_and(|wanted| wanted == "write") {
        #[expect(
            clippy::disallowed_methods,
            reason = "a test keeps its snapshots in files"
        )]
        std::fs::write(&path, &found).unwrap();
    }
    #[expect(
        clippy::disallowed_methods,
        reason = "a test keeps its snapshots in files"
    )]
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    for (line, (found, expected)) in found.lines().zip(expected.lines()).enumerate() {
        assert_eq!(found, expected, "{name}.txt, line {}", line + 1);
    }
    assert_eq!(found, expected, "{name}.txt");
}

#[test]
fn the_shop_by_rsa_key_transport() {
    snapshot("shop-rsa", &scenario(Setting::Shop, KeyExchange::Rsa));
}

#[test]
fn the_payroll_by_ecdhe() {
    snapshot(
        "payroll-ecdhe",
        &scenario(Setting::Payroll, KeyExchange::Ecdhe),
    );
}

#[test]
fn the_shop_whose_certificate_names_another() {
    let base = scenario(Setting::Shop, KeyExchange::Ecdhe);
    snapshot(
        "shop-wrong-name",
        &Scenario {
            certificate: CertificateChoice::WrongName,
            ..base
        },
    );
}

#[test]
fn the_caller_without_a_certificate() {
    let base = scenario(Setting::Payroll, KeyExchange::Rsa);
    let client_certificate = ClientCertificateChoice::Missing;
    snapshot(
        "payroll-missing",
        &Scenario {
            client_certificate,
            ..base
        },
    );
}

#[test]
fn the_shop_resumed_by_session_id() {
    let base = scenario(Setting::Shop, KeyExchange::SessionId);
    snapshot("shop-ecdhe-id", &base);
}

#[test]
fn the_payroll_resumed_by_ticket() {
    let base = scenario(Setting::Payroll, KeyExchange::SessionTicket);
    snapshot("payroll-ecdhe-ticket", &base);
}

#[test]
fn the_shop_by_tls13() {
    snapshot("shop-tls13", &scenario(Setting::Shop, KeyExchange::Tls13));
}

#[test]
fn the_shop_by_tls13_with_a_hybrid_group() {
    let base = scenario(Setting::Shop, KeyExchange::Hybrid);
    snapshot("shop-tls13-hybrid", &base);
}

#[test]
fn the_payroll_by_tls13_with_a_second_attempt() {
    let base = scenario(Setting::Payroll, KeyExchange::Retried);
    snapshot("payroll-tls13-retry", &base);
}

#[test]
fn the_shop_by_tls13_with_early_data() {
    let base = scenario(Setting::Shop, KeyExchange::EarlyData);
    snapshot("shop-tls13-early", &base);
}

#[test]
fn the_shop_by_tls13_with_early_data_that_are_refused() {
    let base = scenario(Setting::Shop, KeyExchange::EarlyRefused);
    snapshot("shop-tls13-early-refused", &base);
}

#[test]
fn the_shop_by_tls13_without_fresh_keys() {
    let base = scenario(Setting::Shop, KeyExchange::PskAlone);
    snapshot("shop-tls13-psk-ke", &base);
}

#[test]
fn the_payroll_by_tls13_with_a_key_given_beforehand() {
    let base = scenario(Setting::Payroll, KeyExchange::External);
    let group = Some(NamedGroup::SECP256R1_MLKEM768);
    snapshot("payroll-tls13-psk", &Scenario { group, ..base });
}

#[test]
fn the_shop_by_tls13_that_somebody_wants_to_turn_into_tls12() {
    let base = scenario(Setting::Shop, KeyExchange::Tls13);
    for (name, meddling) in [
        ("shop-tls13-hidden", Meddling::HideTls13),
        ("shop-tls13-hidden-well", Meddling::HideTls13AndSign),
        ("shop-tls13-changed", Meddling::ChangeData),
    ] {
        let base = base.clone();
        snapshot(name, &Scenario { meddling, ..base });
    }
}

#[test]
fn the_shop_by_tls13_whose_certificate_has_expired() {
    let base = scenario(Setting::Shop, KeyExchange::Tls13);
    snapshot(
        "shop-tls13-expired",
        &Scenario {
            certificate: CertificateChoice::Expired,
            ..base
        },
    );
}
