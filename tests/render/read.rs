//! The page that reads any certificate, with what learners may bring along.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use padlock::pages::read::opening::timed;
use padlock::pages::read::state::{Action, Asked, State, Trust};
use padlock::platform::clock::Clock;
use padlock::platform::files::{File, Unopened};
use padlock_lesson::study::example::Example;
use padlock_lesson::workshop::{Design, Kind as DesignKind, Workshop};
use padlock_pki::pem;
use padlock_pki::time::UnixSeconds;
use yew::{Callback, Reducible};

use crate::markup::{check_sound, count, says, text};
use crate::stage::read;

const NOW: i64 = 1_795_285_800;

/// The page after these actions.
fn after(actions: impl 'static + Send + FnOnce() -> Vec<Action>) -> String {
    let html = read(move || {
        let state = Rc::new(State::new(NOW));
        let reduce = |state: Rc<State>, action| state.reduce(action);
        (*actions().into_iter().fold(state, reduce)).clone()
    });
    check_sound(&html, "read");
    html
}

fn example(example: Example) -> String {
    example.pem(UnixSeconds(NOW))
}

#[test]
fn begins_with_nothing() {
    let html = after(Vec::new);
    says(&html, &["Nothing leaves this page", "drop files anywhere"]);
    assert_eq!(count(&html, "class=\"found__item\""), 0);
}

#[test]
fn a_chain_is_read_judged_and_believed() {
    let html = after(|| vec![Action::Type(example(Example::Chain))]);
    says(
        &html,
        &[
            "3 items",
            // As the sentences below speak of them.
            "2. Certificate",
            "Certificate: shop.example",
            "line 1, byte 0 of the text",
            "7 days ago",
            "in 2 months",
            "was made with the key of item 2 (Demo Issuing CA)",
            "Fingerprint (SHA-256)",
            "Every check passes",
            "All of it is well-formed DER.",
        ],
    );
    assert_eq!(count(&html, "class=\"found__item\""), 3);
    assert!(html.contains("value=\"shop.example\"") && html.contains("value=\"2026-11-21T18:30\""));
    assert!(!text(&html).contains("ERR_"));
}

#[test]
fn a_flipped_bit_breaks_the_signature_and_nothing_else_of_it() {
    let html = after(|| vec![Action::Type(example(Example::Flipped))]);
    says(
        &html,
        &[
            "does not fit",
            "Refused",
            "bad_certificate (42)",
            "ERR_CERT_AUTHORITY_INVALID",
            "X509_V_ERR_CERT_SIGNATURE_FAILURE (7)",
            "CURLE_PEER_FAILED_VERIFICATION (60)",
        ],
    );
}

/// What an authority's certificate is refused for, as a server's own, is no fault of it.
#[test]
fn an_authority_is_judged_with_a_word_on_what_it_is() {
    let shown = |chosen| {
        after(move || {
            vec![
                Action::Type(example(Example::Chain)),
                Action::Choose(chosen),
            ]
        })
    };
    for (chosen, is_authority) in [(0, false), (1, true), (2, true)] {
        let told = text(&shown(chosen)).contains("seldom shows it as its own");
        assert_eq!(told, is_authority, "item {chosen}");
    }
}

/// The page says which place was changed where it knows the certificate as it was.
#[test]
fn a_changed_place_is_led_to() {
    let sound = || example(Example::Chain);
    let edited = || example(Example::Flipped);
    let marks = |html: &str| count(html, "hex__run--changed");
    for (actions, leads) in [
        (vec![Action::Try(Example::Flipped)], true),
        (vec![Action::Type(sound()), Action::Type(edited())], true),
        (vec![Action::Type(edited())], false),
        (vec![Action::Try(Example::Chain)], false),
        (
            vec![Action::Type(edited()), Action::Type(edited() + "\n")],
            false,
        ),
        // What was forgotten is not compared to.
        (
            vec![Action::Type(sound()), Action::Clear, Action::Type(edited())],
            false,
        ),
    ] {
        let told = format!("{actions:?}");
        let told = &told[..told.len().min(40)];
        let html = after(move || actions);
        assert_eq!(
            text(&html).contains("One place was changed"),
            leads,
            "{told}"
        );
        assert_eq!(marks(&html), usize::from(leads), "{told}");
        if leads {
            // The e of shop.example.
            says(&html, &["64 stands where 65 stood", "Show it: byte"]);
        }
    }
}

#[test]
fn what_is_cut_off_still_shows_what_can_be_read() {
    let html = after(|| vec![Action::Type(example(Example::CutOff))]);
    says(
        &html,
        &[
            "damaged",
            "There is no card of it",
            "byte 0",
            "not a sound certificate",
        ],
    );
    assert!(
        html.contains("Show the bytes: byte"),
        "problems lead to bytes"
    );
    assert!(html.contains("role=\"tree\""));
}

#[test]
fn what_stands_beside_an_unreadable_certificate_is_not_its_authority() {
    let html = after(|| vec![Action::Type(example(Example::CutOff))]);
    says(&html, &["2 checks on other certificates"]);
    assert!(!text(&html).contains("on the authority"), "{}", text(&html));
    let html = after(|| vec![Action::Type(example(Example::Chain))]);
    says(&html, &["8 more checks on the authority, all passed"]);
}

/// What failed is on view: of an authority too.
#[test]
fn a_failed_check_is_never_folded_away() {
    let asked = |date: &str| Asked {
        date: Some(date.to_owned()),
        ..Asked::default()
    };
    for date in ["2026-11-21T18:30", "2031-01-01T00:00", "2050-01-01T00:00"] {
        let html = after(move || {
            vec![
                Action::Type(example(Example::Chain)),
                Action::Ask(asked(date)),
            ]
        });
        let folds = html.split("class=\"checks__fold\"").skip(1);
        let folded: String = folds
            .map(|fold| fold.split("</details>").next().unwrap())
            .collect();
        assert!(folded.contains("checks__row--passed"), "{date}");
        assert!(!folded.contains("checks__row--failed"), "{date}");
        let failed = count(&html, "checks__row--failed");
        assert_eq!(failed > 0, date != "2026-11-21T18:30", "{date}");
        if date == "2050-01-01T00:00" {
            says(&html, &["Dates · Demo Issuing CA"]);
        }
    }
}

#[test]
fn a_root_at_hand_that_is_not_trusted_can_be() {
    let strange = || {
        let workshop = Workshop::example([5; 16], NOW).unwrap();
        Action::Type(workshop.pem())
    };
    let trusting = |trust| {
        Action::Ask(Asked {
            trust,
            ..Asked::default()
        })
    };
    let offer = "Trust this root and see";
    let html = after(move || vec![strange(), Action::Choose(2)]);
    says(&html, &["Refused", "The path ends in “My Root CA”", offer]);
    let html = after(move || vec![strange(), Action::Choose(2), trusting(Trust::Given)]);
    says(&html, &["Believed"]);
    assert!(!text(&html).contains(offer));
    // Where it is trusted already, or is not at hand, there is nothing to offer.
    for actions in [
        (|| vec![Action::Type(example(Example::Chain))]) as fn() -> Vec<Action>,
        || {
            let workshop = Workshop::example([5; 16], NOW).unwrap();
            let shop = pem::encode("CERTIFICATE", &workshop.made()[2].certificate);
            vec![Action::Type(shop)]
        },
    ] {
        assert!(!text(&after(actions)).contains(offer));
    }
}

#[test]
fn a_private_key_is_told_and_not_shown() {
    let secret = "MIIEvSECRETSECRETSECRET";
    let html = after(move || {
        let key = format!("-----BEGIN PRIVATE KEY-----\n{secret}\n-----END PRIVATE KEY-----\n");
        vec![Action::Type(key)]
    });
    assert!(!html.contains("SECRET"), "{html}");
    says(
        &html,
        &[
            "Private key",
            "is not for showing",
            "have the old certificate revoked",
        ],
    );
    assert!(!html.contains("role=\"tree\""));
}

/// Every place says the same of a certificate that signed itself and was changed since: what fails is the signature.
#[test]
fn what_signed_itself_and_was_changed_is_said_to_be_that() {
    let root = || {
        let workshop = Workshop::example([5; 16], NOW).unwrap();
        workshop.made()[0].certificate.clone()
    };
    let changed = move || {
        let mut der = root();
        *der.last_mut().unwrap() ^= 1;
        pem::encode("CERTIFICATE", &der)
    };
    let html = after(move || vec![Action::Type(changed())]);
    says(
        &html,
        &[
            "does not fit: the certificate names itself as its issuer, but its own key did not sign these bytes.",
            "It names itself as its issuer, but its own key did not sign these bytes. Nobody else known here has the \
             name My Root CA.",
            "Not made by My Root CA over these bytes.",
        ],
    );
    let said = text(&html);
    for wrong in ["somebody of the issuer’s name", "nobody known here has"] {
        assert!(!said.contains(wrong), "{wrong}: {said}");
    }
    assert_eq!(count(&said, "because something before it failed"), 0);
    // With the one that it was, there is somebody else of that name.
    let html = after(move || {
        let sound = pem::encode("CERTIFICATE", &root());
        vec![Action::Type(sound + &changed())]
    });
    says(&html, &["does not fit: somebody of the issuer’s name"]);
}

/// A clock that somebody sets.
struct SetClock(Rc<Cell<i64>>);

impl Clock for SetClock {
    fn unix_seconds(&self) -> i64 {
        self.0.get()
    }

    fn milliseconds(&self) -> f64 {
        0.0
    }
}

/// The page after these actions of its reader, each at its time.
fn after_a_while(actions: impl 'static + Send + FnOnce() -> Vec<(i64, Action)>) -> String {
    read(move || {
        let time = Rc::new(Cell::new(NOW));
        let state = Rc::new(RefCell::new(Rc::new(State::new(NOW))));
        let kept = state.clone();
        let act = Callback::from(move |action| {
            let next = kept.borrow().clone().reduce(action);
            kept.replace(next);
        });
        let clock: Rc<dyn Clock> = Rc::new(SetClock(time.clone()));
        let act = timed(&act, &clock);
        for (at, action) in actions() {
            time.set(at);
            act.emit(action);
        }
        (**state.borrow()).clone()
    })
}

/// Whoever makes a certificate after the page was opened is not told that its day is still to come.
#[test]
fn what_is_opened_is_judged_as_of_then() {
    // As `openssl req -x509` makes it: valid from that moment on.
    let made = |at: i64| {
        let mut workshop = Workshop::new([5; 16]);
        let mut design = Design::new(DesignKind::Root, None, at);
        UnixSeconds(at).to_rfc3339()[..16].clone_into(&mut design.first);
        let key = workshop.key(design.key).unwrap();
        workshop.issue(design, key, None).unwrap();
        workshop.pem()
    };
    let trusting = |date: Option<&str>| {
        Action::Ask(Asked {
            trust: Trust::Given,
            date: date.map(str::to_owned),
            ..Asked::default()
        })
    };
    for (date, told) in [
        (None, "Valid from 2026-11-21"),
        // A date that was asked for stays.
        (
            Some("2026-11-21T18:45"),
            "Not valid before 19:30:00 UTC on 2026-11-21; the time is 18:45:00 UTC.",
        ),
    ] {
        let html = after_a_while(move || {
            let later = NOW + 3600;
            vec![
                (NOW, trusting(date)),
                (later, Action::Type(made(later))),
                // Looking at what is open opens nothing.
                (later + 7200, Action::Point(0..1)),
            ]
        });
        says(&html, &["just now", told]);
    }
}

#[test]
fn trust_and_date_are_asked() {
    let asked = |trust, date: &str| Asked {
        trust,
        date: Some(date.to_owned()),
        ..Asked::default()
    };
    let late = after(move || {
        let asked = asked(Trust::Given, "2031-01-01T00:00");
        vec![Action::Type(example(Example::Chain)), Action::Ask(asked)]
    });
    says(
        &late,
        &[
            "Refused",
            "certificate_expired (45)",
            "To trust one of these",
        ],
    );
    let odd = after(move || {
        let asked = asked(Trust::Given, "someday");
        vec![Action::Type(example(Example::Chain)), Action::Ask(asked)]
    });
    says(&odd, &["not a date that can be used", "Believed"]);
}

#[test]
fn roots_that_are_not_here_yet_are_waited_for() {
    let asked = || Asked {
        trust: Trust::Mozilla,
        ..Asked::default()
    };
    let chain = move || vec![Action::Type(example(Example::Chain)), Action::Ask(asked())];
    let html = after(chain);
    says(&html, &["are on their way"]);
    let html = after(move || [chain(), vec![Action::Fetched(None)]].concat());
    says(&html, &["could not be fetched", "Try again"]);
    assert!(!html.contains("answer__verdict"), "no roots, no verdict");
    // The demonstration's root in the place of Mozilla's.
    let html = after(move || {
        let blocks = pem::blocks(&example(Example::Chain)).unwrap();
        let roots = blocks.into_iter().skip(1).flat_map(|block| block.contents);
        [chain(), vec![Action::Fetched(Some(roots.collect()))]].concat()
    });
    says(
        &html,
        &[
            "These are the 2 roots",
            "Certificate Transparency",
            "Believed",
        ],
    );
}

#[test]
fn each_check_leads_to_its_bytes() {
    let html = after(|| vec![Action::Type(example(Example::Chain))]);
    let checks = count(&html, "checks__title");
    assert_eq!(count(&html, "Show the bytes for the check: "), checks);
    assert!(
        html.contains("Show the bytes for the check: Dates"),
        "{html}"
    );
}

#[test]
fn two_certificates_stand_side_by_side() {
    let html = after(|| {
        vec![
            Action::Type(example(Example::Chain)),
            Action::Compare(Some(1)),
        ]
    });
    assert_eq!(count(&html, "<caption"), 1);
    says(
        &html,
        &[
            "They differ in",
            "basicConstraints",
            "not there",
            "The other: Demo Issuing CA",
        ],
    );
    let differ = count(&html, "compare__row--differs");
    assert!(
        differ > 5 && count(&html, "class=\"compare__row\"") > 1,
        "{differ}"
    );
    // Not by colour alone.
    assert!(count(&text(&html), "differs") >= differ);
}

/// The page with one of the samples of `padlock-pki`.
fn with_sample(der: &'static [u8]) -> String {
    after(move || {
        let file = File {
            name: "sample".to_owned(),
            contents: Ok(der.to_vec()),
        };
        vec![Action::Give(vec![file])]
    })
}

#[test]
fn a_request_is_signed_by_its_own_key() {
    let der: &[u8] = include_bytes!("../../crates/pki/fuzz/corpus/csr/ec.der");
    let html = with_sample(der);
    says(
        &html,
        &[
            "CN=csr.example",
            "csr.example, ::1",
            "was made with the key in the request",
            "ecdsa-with-SHA256",
        ],
    );
    let html = after(move || {
        let mut der = der.to_vec();
        let at = der.windows(3).position(|part| part == b"csr").unwrap();
        der[at] ^= 1;
        vec![Action::Type(pem::encode("CERTIFICATE REQUEST", &der))]
    });
    says(&html, &["does not fit the key in the request"]);
}

#[test]
fn an_answer_about_revocation_says_what_it_answers() {
    let html = with_sample(include_bytes!(
        "../../crates/pki/fuzz/corpus/pkcs7/ocsp.der"
    ));
    says(
        &html,
        &[
            "What the answer says",
            "CN=rich.example,O=Example,C=DE",
            "22 November 2026",
            "01: not revoked, as of",
            "02: revoked since 1 November 2026, 00:00 UTC, keyCompromise",
        ],
    );
    let der = include_bytes!("../../crates/pki/fuzz/corpus/pkcs7/ocsp-unauthorized.der");
    says(&with_sample(der), &["it has no answer: unauthorized"]);
}

#[test]
fn a_bundle_says_what_it_holds() {
    let html = with_sample(include_bytes!(
        "../../crates/pki/fuzz/corpus/pkcs7/bundle.der"
    ));
    says(
        &html,
        &[
            "What the bundle holds",
            "rich.example",
            "by nobody",
            "3 items",
        ],
    );
    let html = with_sample(include_bytes!(
        "../../crates/pki/fuzz/corpus/pkcs7/signed.der"
    ));
    says(&html, &["by one signer, whom Padlock does not check"]);
}

#[test]
fn the_signature_of_a_list_is_checked() {
    let html = with_sample(include_bytes!("../../crates/pki/fuzz/corpus/crl/rich.der"));
    says(
        &html,
        &["the certificate of the list’s issuer is not at hand"],
    );
    let html = with_sample(include_bytes!(
        "../../crates/pki/fuzz/corpus/pkcs7/bundle.der"
    ));
    assert!(!html.contains("list’s issuer is not"));
}

#[test]
fn obstacles_are_told_with_their_place() {
    let html = after(|| {
        let broken = "-----BEGIN CERTIFICATE-----\nMAMC!QA=\n-----END CERTIFICATE-----\n";
        let large = File {
            name: "film.mkv".to_owned(),
            contents: Err(Unopened::TooLarge(1 << 30)),
        };
        let list = File {
            name: "notes.txt".to_owned(),
            contents: Ok(b"nothing of the kind".to_vec()),
        };
        vec![
            Action::Type(broken.to_owned()),
            Action::Give(vec![large, list]),
        ]
    });
    says(
        &html,
        &[
            "“!” is no digit of base64",
            "line 2, byte 32 of the text",
            "film.mkv has 1,073,741,824 bytes",
            "nothing here that Padlock knows",
            "of notes.txt",
        ],
    );
}

#[test]
fn what_is_large_is_drawn_in_parts() {
    // A SEQUENCE of 300,000 NULLs, and a text with 500 of something.
    let html = after(|| {
        let mut der = vec![0x30, 0x83, 0x09, 0x27, 0xc0];
        der.resize(5 + 600_000, 0);
        for value in der[5..].chunks_mut(2) {
            value[0] = 5;
        }
        let file = File {
            name: "large.der".to_owned(),
            contents: Ok(der),
        };
        vec![Action::Give(vec![file])]
    });
    says(&html, &["Bytes 0–4,095 of 600,005 are drawn", "Later"]);
    assert!(html.len() < 500_000, "{}", html.len());
    let html = after(|| {
        let one = pem::encode("X509 CRL", &[0x30, 0x00]);
        vec![Action::Type(one.repeat(500))]
    });
    assert_eq!(count(&html, "class=\"found__item\""), 50);
    says(&html, &["500 items", "Show 50 more"]);
}
