//! The workshop, with what learners may make in it.

use std::rc::Rc;

use padlock::pages::read::state::{Action as Look, State as Reader};
use padlock::pages::workshop::staged::{Staged, staged};
use padlock::pages::workshop::state::{Action, State};
use padlock_lesson::play::Own;
use padlock_lesson::scenario::{CertificateChoice, ClientCertificateChoice, KeyExchange, Scenario};
use padlock_lesson::study::example::Example;
use padlock_lesson::text::{Catalogue, English};
use padlock_lesson::workshop::{Design, KeyChoice, Kind, Mischief, Workshop};
use padlock_pki::key::RsaProgress;
use padlock_pki::time::UnixSeconds;
use yew::Reducible;

use crate::markup::{check_sound, count, says, text};
use crate::stage::{app, read, scenario, workshop};

const NOW: i64 = 1_795_285_800;

/// The page after these actions.
fn after(actions: impl 'static + Send + FnOnce() -> Vec<Action>) -> String {
    let html = workshop(move || {
        let state = Rc::new(State::new([5; 16], NOW));
        let reduce = |state: Rc<State>, action| state.reduce(action);
        (*actions().into_iter().fold(state, reduce)).clone()
    });
    check_sound(&html, "workshop");
    html
}

#[test]
fn begins_with_a_form_for_a_root() {
    let html = after(Vec::new);
    says(
        &html,
        &[
            "Make your own certificates",
            "Everything is made here",
            "Start with an example",
            "Make a certificate",
            "Issue it",
        ],
    );
    assert!(html.contains("value=\"My Root CA\"") && html.contains("value=\"2026-11-20T18:30\""));
    assert_eq!(count(&html, "class=\"found__item\""), 0);
    assert!(!text(&html).contains("openssl"));
}

/// The page of makers is long enough without what they look at seldom; the page that reads shows it.
#[test]
fn what_is_looked_at_seldom_is_folded_away() {
    let html = after(|| vec![Action::Example]);
    let folds = |html: &str| count(html, "class=\"exhibit__part\"");
    assert_eq!(folds(&html), 3);
    says(
        &html,
        &[
            "What else is known of it",
            "Compare with another",
            "Every field and every byte",
        ],
    );
    assert!(!html.contains("class=\"exhibit__part\" open"));
    let pem = || Example::Chain.pem(UnixSeconds(NOW));
    let read = read(move || {
        let typed = Look::Type(pem());
        (*Rc::new(Reader::new(NOW)).reduce(typed)).clone()
    });
    assert_eq!(folds(&read), 0);
}

#[test]
fn the_example_is_listed_judged_and_can_be_used_and_taken_along() {
    let html = after(|| vec![Action::Example]);
    says(
        &html,
        &[
            "My Root CA",
            "ECDSA P-256, signed by itself",
            "ECDSA P-256, signed by My Issuing CA",
            "Certificate: shop.example",
            "Every check passes",
            "openssl s_server",
            "-accept 127.0.0.1:8443",
            "-servername shop.example",
            "-verify_hostname shop.example",
            "server-chain.pem",
            "A private key is for its owner alone",
        ],
    );
    assert_eq!(count(&html, "class=\"found__item\""), 4);
    assert!(
        html.contains("href=\"#/handshake?kx=ecdhe&amp;cert=own&amp;client=none\""),
        "{html}"
    );
    assert!(
        !html.contains("Save server.key"),
        "keys are shown when asked for"
    );
    let shown = after(|| vec![Action::Example, Action::ShowKeys(true)]);
    says(
        &shown,
        &[
            "Save server.key",
            "Copy server.key",
            "Hide the private keys",
        ],
    );
    // A key is copied and saved; it does not stand on the page.
    assert!(!shown.contains("BEGIN PRIVATE KEY"));
}

#[test]
fn what_is_broken_is_refused_by_the_verdict() {
    for (mischief, alert) in [
        (Mischief::Expired, "certificate_expired (45)"),
        (Mischief::BrokenSignature, "bad_certificate (42)"),
        (Mischief::NoAlternativeNames, "bad_certificate (42)"),
    ] {
        let html = after(move || {
            vec![
                Action::Example,
                Action::Change(2),
                Action::Spoil(mischief),
                Action::Issue,
            ]
        });
        says(
            &html,
            &[
                "“shop.example” is issued",
                "would refuse it",
                "Refused",
                alert,
            ],
        );
    }
}

#[test]
fn a_command_is_printed_in_short_lines_that_a_shell_joins() {
    let html = after(|| vec![Action::Example]);
    let commands = html.split("class=\"workshop__command\"").skip(1);
    let mut count = 0;
    for command in commands {
        count += 1;
        let command = command.split("<code>").nth(1).unwrap();
        let command = command.split("</code>").next().unwrap();
        let lines: Vec<_> = command.lines().collect();
        assert!(lines.len() > 3, "{command}");
        let (last, others) = lines.split_last().unwrap();
        assert!(!last.ends_with('\\'), "{command}");
        for line in others {
            assert!(line.ends_with(" \\") && line.len() < 36, "{line}");
        }
    }
    assert_eq!(count, 2);
}

#[test]
fn the_example_is_offered_where_nothing_is_lost() {
    let offer = "Start with an example";
    assert!(text(&after(Vec::new)).contains(offer));
    let html = after(|| vec![Action::Issue]);
    assert!(!text(&html).contains(offer));
    says(&html, &["Start over"]);
    let html = after(|| vec![Action::Issue, Action::StartOver]);
    says(
        &html,
        &[
            offer,
            "One certificate is put aside",
            "Bring back what you made",
        ],
    );
    let html = after(|| vec![Action::Issue, Action::StartOver, Action::BringBack]);
    assert_eq!(count(&html, "class=\"found__item\""), 1);
    assert!(!text(&html).contains("Bring back"));
}

#[test]
fn dates_the_wrong_way_round_are_told_at_the_field() {
    let told = "valid at no time at all";
    let html = after(|| {
        let mut form = State::new([5; 16], NOW).form;
        std::mem::swap(&mut form.first, &mut form.last);
        vec![Action::Fill(form)]
    });
    says(&html, &[told]);
    assert!(html.contains("aria-invalid=\"true\" aria-describedby=\"workshop-backwards\""));
    let sound = after(Vec::new);
    assert!(!text(&sound).contains(told) && !sound.contains("aria-invalid"));
}

#[test]
fn what_is_broken_on_purpose_is_marked_ticked_and_mended() {
    let spoilt = || {
        vec![
            Action::Example,
            Action::Change(2),
            Action::Spoil(Mischief::Expired),
            Action::Spoil(Mischief::BrokenSignature),
            Action::Issue,
        ]
    };
    let mark = "Broken: expired, one bit of the signature flipped";
    let html = after(spoilt);
    says(&html, &[mark, "Mend it and issue it again"]);
    assert_eq!(count(&html, "class=\"workshop__broken\""), 1);
    let ticks = |html: &str| {
        let group = html.split("class=\"workshop__ticks\"").nth(1).unwrap();
        count(group.split("</fieldset>").next().unwrap(), " checked")
    };
    assert_eq!(ticks(&html), 2, "the form stays at the certificate");
    let html = after(move || [spoilt(), vec![Action::Mend(2)]].concat());
    assert!(!text(&html).contains("Broken: "));
    assert_eq!(ticks(&html), 0);
    says(&html, &["would believe it", "Every check passes"]);
}

#[test]
fn a_change_is_in_the_form_and_says_what_stays() {
    let html = after(|| vec![Action::Example, Action::Change(1)]);
    says(
        &html,
        &[
            "Change “My Issuing CA” and issue it again",
            "It keeps its place",
            "Leave it as it is",
            "not marked as an authority",
        ],
    );
}

#[test]
fn obstacles_are_told() {
    let html = after(|| {
        let mut state = Rc::new(State::new([5; 16], NOW))
            .reduce(Action::Example)
            .form
            .clone();
        state.weak_hash = true;
        vec![Action::Example, Action::Fill(state), Action::Issue]
    });
    says(&html, &["only RSA keys sign over SHA-1"]);
}

#[test]
fn an_rsa_key_on_its_way_says_how_far_it_is() {
    let html = after(|| {
        let mut form = State::new([5; 16], NOW).form;
        form.key = KeyChoice::Rsa4096;
        let progress = RsaProgress {
            drawn: 1_234,
            tested: 56,
            found: 1,
        };
        vec![
            Action::Fill(form),
            Action::Issue,
            Action::Progress(1, progress),
        ]
    });
    says(
        &html,
        &[
            "two large primes",
            "One of two primes found so far. 1,234 numbers drawn, 56 of them tested closely.",
            "Cancel",
        ],
    );
    assert_eq!(count(&html, "<progress"), 1);
    let failed = after(|| {
        let mut form = State::new([5; 16], NOW).form;
        form.key = KeyChoice::Rsa2048;
        vec![Action::Fill(form), Action::Issue, Action::Failed(1)]
    });
    says(&failed, &["No RSA key could be made"]);
}

#[test]
fn authorities_alone_are_not_used_in_a_handshake() {
    let html = after(|| vec![Action::Issue, Action::Issue, Action::Look(Look::Choose(0))]);
    says(&html, &["Make a server’s or a client’s certificate first"]);
    assert!(!text(&html).contains("openssl"));
    let html = after(|| {
        let client = Action::Begin(Kind::Client);
        vec![Action::Issue, client, Action::Issue]
    });
    assert!(html.contains("href=\"#/handshake?kx=ecdhe&amp;cert=good&amp;client=own\""));
}

#[test]
fn a_link_says_what_it_does_not_carry() {
    let own = Scenario {
        certificate: CertificateChoice::Own,
        key_exchange: KeyExchange::Ecdhe,
        ..scenario()
    };
    let plain = |staged: Staged| {
        assert_eq!(staged.advice, None);
        let text = staged.notice;
        let text = text.map(|text| Catalogue::english().plain(&text, &English));
        (staged.scenario.certificate, text.unwrap_or_default())
    };
    let made = made(KeyChoice::P256);
    let (run, said) = plain(staged(&own, Some(&made)));
    assert_eq!(run, CertificateChoice::Own);
    assert!(said.contains("your workshop"), "{said}");
    let (run, said) = plain(staged(&own, None));
    assert_eq!(run, CertificateChoice::Good);
    assert!(said.contains("An address does not carry them"), "{said}");
    assert_eq!(plain(staged(&scenario(), Some(&made))).1, "");
}

/// Whoever is told of the workshop is led there, on both pages that show such a run.
#[test]
fn a_run_that_speaks_of_the_workshop_leads_there() {
    let away = |html: &str| {
        let main = html.split("<main").nth(1).unwrap_or_default();
        main.contains("href=\"#/workshop\"")
    };
    for page in ["handshake", "certificate"] {
        let html = app(&format!("#/{page}?kx=ecdhe&cert=own"));
        check_sound(&html, page);
        says(&html, &["You can make your own", "Go to the workshop"]);
        assert!(away(&html), "{page}");
        assert!(!away(&app(&format!("#/{page}?kx=ecdhe"))), "{page}");
    }
}

/// What the example becomes with a server's key of this kind.
fn made(key: KeyChoice) -> Own {
    let mut workshop = Workshop::example([5; 16], NOW).expect("the date has room around it");
    let design = Design {
        key,
        ..Design::new(Kind::Server, Some(1), NOW)
    };
    let key = workshop.key(key).expect("it is made at once");
    let issued = workshop.issue(design, key, None);
    assert_eq!(issued, Ok(4));
    let own = workshop.own(&workshop.usual());
    own.expect("a server is among them")
}

#[test]
fn a_key_that_the_exchange_cannot_use_is_told_before_and_another_is_offered() {
    let own = |key_exchange| Scenario {
        certificate: CertificateChoice::Own,
        key_exchange,
        ..scenario()
    };
    for (key, name) in [
        (KeyChoice::P256, "ECDSA P-256"),
        (KeyChoice::Ed25519, "Ed25519"),
    ] {
        let made = made(key);
        let (text, other) = staged(&own(KeyExchange::Rsa), Some(&made)).advice.unwrap();
        let said = Catalogue::english().plain(&text, &English);
        assert!(said.contains(name), "{said}");
        assert_eq!(other, own(KeyExchange::Ecdhe));
        assert!(made.suits(other.key_exchange));
        assert_eq!(staged(&other, Some(&made)).advice, None);
        // Only the server's key is encrypted to.
        let client = Scenario {
            certificate: CertificateChoice::Good,
            client_certificate: ClientCertificateChoice::Own,
            ..own(KeyExchange::Rsa)
        };
        assert_eq!(staged(&client, Some(&made)).advice, None);
    }
}
