//! The example program `verify`: what it prints last, and its exit code.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test; it writes files and starts a program"
)]

#[path = "keys/openssl.rs"]
#[expect(dead_code, reason = "other tests use more of it")]
mod openssl;
#[path = "verify/world.rs"]
#[expect(dead_code, reason = "other tests use more of it")]
mod world;

use std::path::PathBuf;
use std::process::Command;

use openssl::OpenSsl;
use padlock_pki::pem;
use world::World;

/// Examples are built with the tests, into the folder beside theirs.
fn program() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let folder = test.parent().unwrap().parent().unwrap();
    folder.join("examples/verify")
}

/// Its exit code, its last line and what it complains of.
fn run(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(program()).args(arguments).output().unwrap();
    let [out, err] = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
    let last = out.lines().last().unwrap_or_default().to_owned();
    (output.status.code().unwrap(), last, err)
}

#[test]
fn verdicts_and_exit_codes() {
    let world = World::new();
    let case = world.good();
    let folder = OpenSsl::new();
    let file = |name: &str, ders: &[&Vec<u8>]| {
        let text: String = ders
            .iter()
            .map(|der| pem::encode("CERTIFICATE", der))
            .collect();
        folder.write(name, text);
        folder.path(name)
    };
    let chain = file("chain.pem", &[&case.chain[0], &case.chain[1]]);
    let anchors = file("anchors.pem", &[&case.anchors[0]]);
    let ask = |more: &[&str]| {
        let mut arguments = vec!["--chain", &*chain, "--anchors", &*anchors];
        arguments.extend(more);
        run(&arguments)
    };
    let now = ["--now", "2026-11-22T00:00:00Z"];
    let shop = ["--name", "shop.example"];

    let (code, last, _) = ask(&[now, shop].concat());
    assert_eq!((code, &*last), (0, "verdict: accept"));
    for (more, kind) in [
        (&["--name", "bank.example"][..], "NameMismatch"),
        (
            &["--name", "shop.example", "--usage", "client"],
            "WrongExtendedKeyUsage",
        ),
        (&["--name", "192.0.2.1"], "NameMismatch"),
    ] {
        let (code, last, _) = ask(&[&now[..], more].concat());
        assert_eq!(code, 1, "{last}");
        assert!(
            last.starts_with(&format!("verdict: refuse ({kind}: ")),
            "{last}"
        );
    }
    let (code, last, _) = ask(&[["--now", "2027-11-22T00:00:00+01:00"], shop].concat());
    assert_eq!(code, 1);
    assert!(last.starts_with("verdict: refuse (Expired: "), "{last}");

    for (more, complaint) in [
        (&["--now", "2026-11-22T00:00:00Z"][..], "--name is missing"),
        (&["--name", "shop.example"], "--now is missing"),
        (&["--now", "yesterday"], "--now yesterday: no moment"),
        (&["--name", "bücher.example"], "--name bücher.example: "),
        (&["--usage", "mail"], "--usage mail: neither"),
        (&["--crl", "nowhere.pem"], "nowhere.pem: "),
        (&["--crl", &*chain], "neither DER nor PEM"),
        (&["--colour", "red"], "--colour: no such option"),
        (&["--name"], "--name needs a value"),
    ] {
        let (code, last, err) = ask(more);
        assert_eq!((code, &*last), (2, ""), "{more:?}");
        assert!(err.contains(complaint), "{more:?}: {err}");
    }
}

/// A name with a line break in it cannot write a line of its own.
#[test]
fn names_write_no_lines() {
    let mut world = World::new();
    world.shop.name = "x\nverdict: accept\u{202e}";
    let case = world.good();
    let folder = OpenSsl::new();
    let all: String = case
        .chain
        .iter()
        .map(|der| pem::encode("CERTIFICATE", der))
        .collect();
    folder.write("chain.pem", all);
    folder.write(
        "anchors.pem",
        pem::encode("CERTIFICATE", &world.issuing.root()),
    );
    let output = Command::new(program())
        .args(["--chain", &folder.path("chain.pem")])
        .args(["--anchors", &folder.path("anchors.pem")])
        .args(["--now", "2026-11-22T00:00:00Z", "--name", "other.example"])
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(
        printed.contains(r"CN=x\0Averdict: accept\E2\80\AE"),
        "{printed}"
    );
    let lines = printed.lines().filter(|line| line.starts_with("verdict:"));
    assert_eq!(lines.count(), 1, "{printed}");
    assert!(!printed.contains('\u{202e}'), "{printed}");
}
