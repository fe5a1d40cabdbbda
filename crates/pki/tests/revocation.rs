//! Lists of revoked certificates and responses by OCSP, made by OpenSSL and judged by it too.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests read and write files, and panic where something is wrong"
)]

#[path = "keys/openssl.rs"]
mod openssl;
#[path = "verify/world.rs"]
#[expect(dead_code, reason = "other tests use more of it")]
mod world;

use openssl::OpenSsl;
use padlock_pki::issue::{ExtendedKeyUsage, FurtherExtension, KeyUsage, Template};
use padlock_pki::pem;
use padlock_pki::random::Random;
use padlock_pki::time::UnixSeconds;
use padlock_pki::verify::revocation::{Evidence, Status, Unusable};
use padlock_pki::verify::{
    CheckKind, Demands, Failure, Outcome, Policy, Reason, Verdict, verify_with,
};
use world::{Case, DAY, NOW, Party, World, authority, party, server};

const SERIAL: &str = "0A0B0C";

/// An authority that keeps books by `openssl ca`, and a shop that it issued a certificate for.
struct Books {
    world: World,
    folder: OpenSsl,
    case: Case,
}

impl Books {
    fn new() -> Self {
        Self::with(|_| ())
    }

    /// `change` is done to the template of the authority.
    fn with(change: impl FnOnce(&mut Template)) -> Self {
        let world = World::new();
        let mut shop = server(&world.shop);
        shop.serial_number = Some(vec![0x0a, 0x0b, 0x0c]);
        let mut issuing = authority(&world.issuing);
        change(&mut issuing);
        let mut case = world.good();
        case.chain = vec![
            world.issuing.issues(&shop, &world.shop),
            world.root.issues(&issuing, &world.issuing),
        ];
        let folder = OpenSsl::new();
        for (name, der) in [("shop", &case.chain[0]), ("issuing", &case.chain[1])] {
            folder.write(&format!("{name}.pem"), pem::encode("CERTIFICATE", der));
        }
        for party in [&world.issuing, &world.root] {
            folder.write(
                &format!("{}.key", party.name.to_lowercase()),
                party.key.to_pkcs8_pem().unwrap(),
            );
        }
        folder.write("root.pem", pem::encode("CERTIFICATE", &case.anchors[0]));
        folder.write("number", "01\n");
        folder.write("index.txt", "");
        Self {
            world,
            folder,
            case,
        }
    }

    /// Writes down the state of the shop's certificate: `V` for valid, or `R` with when and why.
    fn enter(&self, state: &str, revoked: &str) {
        let entry = format!("{state}\t270101000000Z\t{revoked}\t{SERIAL}\tunknown\t/CN=shop\n");
        self.folder.write("index.txt", entry);
    }

    /// A list of `issuer`, valid from `from` to `to` (days from now); `lines` are its extensions.
    fn list(&self, issuer: &str, from: i64, to: i64, lines: &str) -> Vec<u8> {
        let configuration = format!(
            "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ncrlnumber=number\ndefault_md=sha256\n\
             crl_extensions=x\nunique_subject=no\n[x]\n{lines}\n"
        );
        self.folder.write("ca.cnf", configuration);
        let [from, to] = [from, to].map(|days| stamp(NOW + days * DAY));
        self.folder.run(&format!(
            "ca -config ca.cnf -gencrl -keyfile {issuer}.key -cert {issuer}.pem -out list.pem \
             -crl_lastupdate {from} -crl_nextupdate {to}"
        ));
        let text = String::from_utf8(self.folder.read("list.pem")).unwrap();
        pem::blocks(&text).unwrap().remove(0).contents
    }

    fn verdict(&self, crls: &[&[u8]], ocsp_responses: &[&[u8]], policy: Policy) -> Verdict {
        let demands = Demands {
            policy,
            crls,
            ocsp_responses,
            asks_for_status: false,
            max_intermediates: None,
        };
        self.case.ask(|request| verify_with(request, &demands))
    }

    /// The number of the first error of `openssl verify -crl_check` with this list, or 0.
    fn theirs(&self, list: &[u8]) -> u32 {
        self.folder.write("list.pem", pem::encode("X509 CRL", list));
        let printed = self.folder.try_run(&format!(
            "verify -no-CApath -no-CAstore -CAfile root.pem -untrusted issuing.pem -attime {NOW} \
             -crl_check -CRLfile list.pem shop.pem"
        ));
        match printed {
            Ok(_) => 0,
            Err(printed) => {
                let number = printed.split("error ").nth(1).expect("it says which error");
                number.split(' ').next().unwrap().parse().unwrap()
            }
        }
    }

    /// A response about the shop's certificate; `signer` names a certificate and a key.
    fn response(&self, signer: &str, more: &str) -> Vec<u8> {
        self.folder.run(&format!(
            "ocsp -index index.txt -CA issuing.pem -rsigner {signer}.pem -rkey {signer}.key \
             -issuer issuing.pem -cert shop.pem -respout response.der -noverify {more}"
        ));
        self.folder.read("response.der")
    }
}

/// `YYYYMMDDHHMMSSZ`.
fn stamp(seconds: i64) -> String {
    let text = UnixSeconds(seconds).to_rfc3339();
    text.chars().filter(|c| !"-:T".contains(*c)).collect()
}

/// What was found about the end-entity.
#[track_caller]
fn status(verdict: &Verdict) -> &Status {
    let mut checks = verdict.checks.iter();
    let check = checks
        .find(|check| check.kind == CheckKind::Revocation && check.certificate == 0)
        .expect("revocation is checked");
    match &check.reason {
        Reason::Revocation(status) => status,
        other => panic!("{other:?}"),
    }
}

const NUMBERED: &str = "authorityKeyIdentifier=keyid";

#[test]
fn lists() {
    let books = Books::new();
    let list = books.list("issuing", -1, 30, NUMBERED);
    let good = books.verdict(&[&list], &[], Policy::WebPki);
    assert!(
        matches!(
            status(&good),
            Status::Good {
                evidence: Evidence::Crl(0),
                this_update: UnixSeconds(from),
                next_update: Some(UnixSeconds(to)),
            } if (*from, *to) == (NOW - DAY, NOW + 30 * DAY)
        ),
        "{:?}",
        status(&good)
    );
    assert!(good.is_accepted(), "{:?}", good.failure());
    assert_eq!(books.theirs(&list), 0);

    books.enter("R", "260901000000Z,keyCompromise");
    let list = books.list("issuing", -1, 30, NUMBERED);
    let revoked = books.verdict(&[&list], &[], Policy::Rfc5280);
    assert_eq!(revoked.failure_kind(), Some(Failure::Revoked));
    let Status::Revoked { date, reason, .. } = status(&revoked) else {
        panic!("{:?}", status(&revoked));
    };
    assert_eq!(date.to_rfc3339(), "2026-09-01T00:00:00Z");
    assert_eq!(*reason, Some("keyCompromise"));
    assert_eq!(books.theirs(&list), 23);
    // What others say does not make it good again.
    let older = {
        books.folder.write("index.txt", "");
        books.list("issuing", -20, 20, NUMBERED)
    };
    let both = books.verdict(&[&older, &list], &[], Policy::Rfc5280);
    assert_eq!(both.failure_kind(), Some(Failure::Revoked));
}

#[test]
fn lists_that_cannot_be_used() {
    let books = Books::new();
    let scope = format!(
        "{NUMBERED}\nissuingDistributionPoint=critical,@p\n[p]\nfullname=URI:http://shop.example/a"
    );
    let authorities = format!("{NUMBERED}\nissuingDistributionPoint=critical,@p\n[p]\nonlyCA=TRUE");
    let odd = format!("{NUMBERED}\n1.2.3.4=critical,DER:0500");
    for (what, list, expected, openssl) in [
        (
            "to come",
            books.list("issuing", 1, 30, NUMBERED),
            Unusable::NotYet {
                this_update: UnixSeconds(NOW + DAY),
                now: UnixSeconds(NOW),
            },
            11,
        ),
        (
            "past",
            books.list("issuing", -30, -1, NUMBERED),
            Unusable::Stale {
                next_update: UnixSeconds(NOW - DAY),
                now: UnixSeconds(NOW),
            },
            12,
        ),
        (
            "of another place",
            books.list("issuing", -1, 30, &scope),
            Unusable::OtherScope,
            44,
        ),
        (
            "of authorities",
            books.list("issuing", -1, 30, &authorities),
            Unusable::OtherScope,
            44,
        ),
        (
            "with an unknown extension",
            books.list("issuing", -1, 30, &odd),
            Unusable::CriticalExtension {
                oid: "1.2.3.4".to_owned(),
            },
            36,
        ),
        (
            "with another signature",
            {
                let mut list = books.list("issuing", -1, 30, NUMBERED);
                *list.last_mut().unwrap() ^= 1;
                list
            },
            Unusable::Signature,
            8,
        ),
    ] {
        let verdict = books.verdict(&[&list], &[], Policy::Rfc5280);
        let Status::Unusable { evidence, why } = status(&verdict) else {
            panic!("{what}: {:?}", status(&verdict));
        };
        assert_eq!((evidence, why), (&Evidence::Crl(0), &expected), "{what}");
        assert_eq!(
            verdict.failure_kind(),
            Some(Failure::RevocationUnknown),
            "{what}"
        );
        assert_eq!(books.theirs(&list), openssl, "{what}");
        let called = verdict.failure().unwrap().called().unwrap();
        assert_eq!(
            called.openssl.map(|(_, number)| u32::from(number)),
            Some(openssl),
            "{what}"
        );
    }
    // Another issuer's list says nothing; nor does one that is none.
    let other = books.list("root", -1, 30, NUMBERED);
    let verdict = books.verdict(&[&other], &[], Policy::Rfc5280);
    assert_eq!(status(&verdict), &Status::NotCovered);
    assert_eq!(books.theirs(&other), 3);
    let issuing = verdict.checks.iter().find(|check| {
        check.kind == CheckKind::Revocation
            && check.certificate == 1
            && check.outcome == Outcome::Passed
    });
    assert!(issuing.is_some(), "the root's list is about its authority");
    let mut cut = other.clone();
    cut.pop();
    for (what, bytes) in [("cut", &cut[..]), ("empty", &[]), ("text", b"no list")] {
        let verdict = books.verdict(&[bytes], &[], Policy::Rfc5280);
        assert!(
            matches!(
                status(&verdict),
                Status::Unusable {
                    why: Unusable::Malformed { .. },
                    ..
                }
            ),
            "{what}: {:?}",
            status(&verdict)
        );
    }
    // An authority whose key may sign certificates and no lists.
    let books = Books::with(|issuing| issuing.key_usage = vec![KeyUsage::KeyCertSign]);
    let list = books.list("issuing", -1, 30, NUMBERED);
    let verdict = books.verdict(&[&list], &[], Policy::Rfc5280);
    assert!(matches!(
        status(&verdict),
        Status::Unusable {
            why: Unusable::KeyUsage,
            ..
        }
    ));
    assert_eq!(books.theirs(&list), 35);
}

#[test]
fn the_web_wants_more_of_lists() {
    let books = Books::new();
    let entry = |serial| format!("R\t270101000000Z\t260901000000Z\t{serial}\tunknown\t/CN=a\n");
    books
        .folder
        .write("index.txt", format!("{}{}", entry("1111"), entry("2222")));
    let list = books.list("issuing", -1, 30, NUMBERED);
    let number = |byte| [6, 3, 0x55, 0x1d, byte];
    for (what, from, to, expected) in [
        (
            "a serial number twice",
            &[2, 2, 0x22, 0x22][..],
            &[2, 2, 0x11, 0x11][..],
            Unusable::SerialTwice,
        ),
        ("no number", &number(20), &number(99), Unusable::Number),
    ] {
        let changed = resigned(&list, from, to, &books.world.issuing);
        let verdict = books.verdict(&[&changed], &[], Policy::WebPki);
        let Status::Unusable { why, .. } = status(&verdict) else {
            panic!("{what}: {:?}", status(&verdict));
        };
        assert_eq!(*why, expected, "{what}");
        // Others do not mind, and neither does the other policy.
        let verdict = books.verdict(&[&changed], &[], Policy::Rfc5280);
        assert!(verdict.is_accepted(), "{what}");
        assert_eq!(books.theirs(&changed), 0, "{what}");
    }
}

/// The list with other bytes in one place, signed anew.
fn resigned(list: &[u8], from: &[u8], to: &[u8], issuer: &Party) -> Vec<u8> {
    let place = list.windows(from.len()).position(|window| window == from);
    let mut list = list.to_vec();
    let place = place.expect("it is there");
    list[place..place + to.len()].copy_from_slice(to);
    // Two sequences, each with its length in the long form.
    let header = |at: usize| 2 + usize::from(list[at + 1] & 0x7f);
    let start = header(0);
    let digits = &list[start + 2..start + header(start)];
    let length = digits
        .iter()
        .fold(0, |length, digit| length << 8 | usize::from(*digit));
    let signed = &list[start..start + header(start) + length];
    let algorithm = issuer.algorithm.to_algorithm_identifier();
    let mut random = Random::new([5; 32]);
    let signature = issuer
        .key
        .sign(issuer.algorithm, signed, &mut random)
        .unwrap();
    let bits = u8::try_from(signature.len() + 1).unwrap();
    let body = [signed, &algorithm, &[3, bits, 0], &signature].concat();
    let [high, low] = u16::try_from(body.len()).unwrap().to_be_bytes();
    [&[0x30, 0x82, high, low], &body[..]].concat()
}

#[test]
fn no_byte_of_a_list_can_be_changed_unnoticed() {
    let books = Books::new();
    books.enter("R", "260901000000Z,keyCompromise");
    let list = books.list("issuing", -1, 30, NUMBERED);
    for at in 0..list.len() {
        let mut changed = list.clone();
        changed[at] ^= 0x40;
        let verdict = books.verdict(&[&changed], &[], Policy::Rfc5280);
        assert!(!verdict.is_accepted(), "byte {at}");
    }
}

#[test]
fn responses() {
    let books = Books::new();
    books.enter("V", "");
    let good = books.response("issuing", "-ndays 3");
    // OpenSSL's command answers at the present moment, whatever ours is.
    let now = moment_of(&books, &good);
    let at = |seconds: i64| Case {
        now: now + seconds,
        ..books.case.clone()
    };
    let judge = |case: &Case, response: &[u8]| {
        let responses = [response];
        let demands = Demands {
            ocsp_responses: &responses,
            ..Demands::default()
        };
        let verdict = case.ask(|request| verify_with(request, &demands));
        status(&verdict).clone()
    };
    let is_good = |status: &Status| matches!(status, Status::Good { .. });
    assert!(is_good(&judge(&at(0), &good)));
    assert!(is_good(&judge(&at(3 * DAY), &good)));
    let why = |status| match status {
        Status::Unusable {
            evidence: Evidence::Ocsp(0),
            why,
        } => why,
        other => panic!("{other:?}"),
    };
    let stale = why(judge(&at(3 * DAY + 1), &good));
    assert!(matches!(stale, Unusable::Stale { .. }), "{stale:?}");
    let early = why(judge(&at(-1), &good));
    assert!(matches!(early, Unusable::NotYet { .. }), "{early:?}");
    // Without an end it holds for a day.
    let endless = books.response("issuing", "");
    let late = moment_of(&books, &endless) - now;
    assert!(is_good(&judge(&at(late + DAY), &endless)));
    let stale = why(judge(&at(late + DAY + 1), &endless));
    assert!(matches!(stale, Unusable::Stale { .. }), "{stale:?}");

    books.enter("R", "260901000000Z,superseded");
    let response = books.response("issuing", "-ndays 3");
    let revoked = judge(&at(moment_of(&books, &response) - now), &response);
    assert!(
        matches!(
            revoked,
            Status::Revoked {
                reason: Some("superseded"),
                ..
            }
        ),
        "{revoked:?}"
    );
    books.folder.write("index.txt", "");
    let unknown = judge(&at(60), &books.response("issuing", "-ndays 3"));
    assert!(matches!(unknown, Status::Unknown { .. }), "{unknown:?}");

    // Every byte counts, but for those of certificates that nobody needs.
    for place in 0..good.len() {
        let mut changed = good.clone();
        changed[place] ^= 0x40;
        let issuing = &books.case.chain[1];
        let copy = good
            .windows(issuing.len())
            .position(|window| window == issuing);
        let is_copy = copy.is_some_and(|start| (start..start + issuing.len()).contains(&place));
        if !is_copy {
            assert!(!is_good(&judge(&at(0), &changed)), "byte {place}");
        }
    }
    let no_answer = [0x30, 3, 0x0a, 1, 3];
    assert_eq!(
        why(judge(&at(0), &no_answer)),
        Unusable::NoAnswer { status: 3 }
    );
    for bytes in [&good[..good.len() - 1], &[], b"text"] {
        let cut = why(judge(&at(0), bytes));
        assert!(
            matches!(cut, Unusable::Malformed { at: Some(_) }),
            "{cut:?}"
        );
    }
}

#[test]
fn responders() {
    let books = Books::new();
    books.enter("V", "");
    // OpenSSL's command answers at the present moment, whatever ours is.
    let now = moment_of(&books, &books.response("issuing", "-ndays 3"));
    let responder = party("Responder", "responder");
    let delegate = |change: &dyn Fn(&mut Template), issuer: &Party| {
        let mut template = Template::bare(responder.subject(), now - 40 * DAY, now + 40 * DAY);
        template.extended_key_usage = vec![ExtendedKeyUsage::OcspSigning];
        change(&mut template);
        issuer.issues(&template, &responder)
    };
    books
        .folder
        .write("responder.key", responder.key.to_pkcs8_pem().unwrap());
    let (issuing, root) = (&books.world.issuing, &books.world.root);
    let purpose =
        |template: &mut Template| template.extended_key_usage = vec![ExtendedKeyUsage::ServerAuth];
    let usage = |template: &mut Template| template.key_usage = vec![KeyUsage::KeyEncipherment];
    let past = |template: &mut Template| template.not_after = now - 30 * DAY;
    let critical = |template: &mut Template| {
        template.further_extensions = vec![FurtherExtension {
            identifier: "1.2.3.4.5".parse().unwrap(),
            critical: true,
            value: vec![5, 0],
        }];
    };
    for (what, certificate, is_good) in [
        ("a delegate", delegate(&|_| (), issuing), true),
        ("for another purpose", delegate(&purpose, issuing), false),
        ("for enciphering", delegate(&usage, issuing), false),
        ("expired", delegate(&past, issuing), false),
        ("of another authority", delegate(&|_| (), root), false),
        (
            "something critical and unknown",
            delegate(&critical, issuing),
            false,
        ),
    ] {
        books
            .folder
            .write("responder.pem", pem::encode("CERTIFICATE", &certificate));
        let response = books.response("responder", "-ndays 3");
        let case = Case {
            now: moment_of(&books, &response),
            ..books.case.clone()
        };
        let responses = [&response[..]];
        let demands = Demands {
            ocsp_responses: &responses,
            ..Demands::default()
        };
        let verdict = case.ask(|request| verify_with(request, &demands));
        match status(&verdict) {
            Status::Good { .. } => assert!(is_good, "{what}"),
            Status::Unusable {
                why: Unusable::Responder,
                ..
            } => assert!(!is_good, "{what}"),
            other => panic!("{what}: {other:?}"),
        }
    }
}

/// `thisUpdate` of a response, as OpenSSL prints it.
fn moment_of(books: &Books, response: &[u8]) -> i64 {
    books.folder.write("asked.der", response);
    let printed = books
        .folder
        .run("ocsp -respin asked.der -resp_text -noverify");
    let text = printed.split("This Update: ").nth(1).unwrap();
    // As in `Nov 22 02:04:29 2026 GMT`.
    let fields: Vec<_> = text.split_whitespace().take(4).collect();
    let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let month = 1 + months.iter().position(|month| *month == fields[0]).unwrap();
    let (day, time, year) = (fields[1], fields[2], fields[3]);
    let moment = UnixSeconds::from_rfc3339(&format!("{year}-{month:02}-{day:0>2}T{time}Z"));
    moment.unwrap().0
}
