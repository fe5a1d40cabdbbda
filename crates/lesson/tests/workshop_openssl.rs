//! The commands that the workshop prints, run as they are printed, on the files that it saves.

#![expect(
    clippy::disallowed_methods,
    reason = "it writes the files that a learner would save"
)]
#![expect(clippy::unwrap_used, reason = "these are tests")]

use std::fs;
use std::io::Read;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use padlock_lesson::workshop::{Design, Export, KeyChoice, Kind, Mischief, Workshop, export};
use padlock_pki::key::{PrivateKey, RsaGeneration};
use padlock_pki::random::Random;

/// These are judged by OpenSSL's own clock, so they are issued for today.
fn today() -> i64 {
    let output = Command::new("date").arg("+%s").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.trim().parse().unwrap()
}

/// A root, an intermediate, a server and a client, all with keys of this sort.
fn workshop(choice: KeyChoice, names: &str, spoil: Option<Mischief>) -> Workshop {
    let now = today();
    let mut workshop = Workshop::new([8; 16]);
    for (kind, issuer) in [
        (Kind::Root, None),
        (Kind::Intermediate, Some(0)),
        (Kind::Server, Some(1)),
        (Kind::Client, Some(1)),
    ] {
        let mut design = Design::new(kind, issuer, now);
        design.key = choice;
        if kind == Kind::Server {
            design.names = names.to_owned();
            if let Some(mischief) = spoil {
                design = mischief.done_to(design, now);
            }
        }
        let key = key(&workshop, choice);
        workshop.issue(design, key, None).unwrap();
    }
    workshop
}

fn key(workshop: &Workshop, choice: KeyChoice) -> PrivateKey {
    workshop.key(choice).unwrap_or_else(|| {
        let random = Random::new(workshop.randomness());
        let mut making = RsaGeneration::new(choice.rsa_bits().unwrap(), &random).unwrap();
        loop {
            if let Some(key) = making.step() {
                return key.clone();
            }
        }
    })
}

/// A folder that goes with the test, and a server that does.
struct Place {
    folder: PathBuf,
    server: Option<Child>,
}

impl Place {
    fn new(name: &str, export: &Export) -> Self {
        let folder = format!("padlock-workshop-{}-{name}", std::process::id());
        let folder = std::env::temp_dir().join(folder);
        fs::create_dir_all(&folder).unwrap();
        for file in &export.files {
            fs::write(folder.join(file.name), &file.text).unwrap();
        }
        Self {
            folder,
            server: None,
        }
    }

    /// Starts the server, and waits until it says that it is there.
    fn serve(&mut self, command: &str) {
        // `exec` makes the shell the program, which then ends with the test.
        let mut child = Command::new("sh")
            .args(["-c", &format!("exec {command}")])
            .current_dir(&self.folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = Vec::new();
        let mut output = child.stdout.take().unwrap();
        while !said.ends_with(b"ACCEPT\n") {
            let mut byte = [0];
            if output.read(&mut byte).unwrap() == 0 {
                let mut why = String::new();
                let mut errors = child.stderr.take().unwrap();
                errors.read_to_string(&mut why).unwrap();
                panic!("{command}\n{why}");
            }
            said.push(byte[0]);
        }
        // What it says from here on must not fill a pipe that nobody empties.
        std::thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
        self.server = Some(child);
    }

    /// Runs the client to its end; gives its exit code and what it printed.
    fn call(&self, command: &str) -> (i32, String) {
        let output = Command::new("sh")
            .args(["-c", command])
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let printed = [output.stdout, output.stderr].concat();
        (
            output.status.code().unwrap(),
            String::from_utf8_lossy(&printed).into_owned(),
        )
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(server) = &mut self.server {
            let _ = server.kill();
            let _ = server.wait();
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A port that nobody listens to.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

#[track_caller]
fn check(name: &str, workshop: &Workshop, with_client: bool, expected: Result<(), &str>) {
    let mut choice = workshop.usual();
    if !with_client {
        choice.client = None;
    }
    if choice.name == "other.example" {
        choice.name = "shop.example".to_owned();
    }
    let own = workshop.own(&choice).unwrap();
    let export = export(&own, free_port());
    let mut place = Place::new(name, &export);
    place.serve(export.server.as_ref().unwrap());
    let client = export.client.as_ref().unwrap();
    let (code, printed) = place.call(client);
    match expected {
        Ok(()) => {
            assert_eq!(code, 0, "{client}\n{printed}");
            assert!(printed.contains("Verify return code: 0 (ok)"), "{printed}");
            assert!(printed.contains("Verification: OK"), "{printed}");
            assert_eq!(
                printed.contains("Client Certificate Types")
                    || printed.contains("Acceptable client certificate CA names"),
                with_client,
                "{printed}"
            );
        }
        Err(why) => {
            assert_ne!(code, 0, "{client}\n{printed}");
            assert!(printed.contains(why), "{why}: {printed}");
        }
    }
}

const SHOP: &str = "shop.example www.shop.example";

#[test]
fn the_commands_work_as_printed_with_every_kind_of_key() {
    for choice in KeyChoice::ALL {
        let workshop = workshop(choice, SHOP, None);
        let name = choice.name().replace(' ', "-");
        check(&name, &workshop, true, Ok(()));
        check(&name, &workshop, false, Ok(()));
    }
}

#[test]
fn an_address_is_verified_as_one() {
    let workshop = workshop(KeyChoice::P256, "127.0.0.1", None);
    check("address", &workshop, false, Ok(()));
}

#[test]
fn what_is_broken_is_refused_there_too() {
    for (mischief, why) in [
        (Mischief::Expired, "certificate has expired"),
        (Mischief::NotYetValid, "certificate is not yet valid"),
        (Mischief::WrongName, "hostname mismatch"),
        (Mischief::BrokenSignature, "certificate signature failure"),
        (Mischief::WrongPurpose, "unsuitable certificate purpose"),
    ] {
        let workshop = workshop(KeyChoice::P256, SHOP, Some(mischief));
        check(&format!("{mischief:?}"), &workshop, false, Err(why));
    }
}

#[test]
fn a_server_that_the_client_does_not_trust_is_refused() {
    let workshop = workshop(KeyChoice::P256, SHOP, None);
    let mut choice = workshop.usual();
    choice.distrusted = vec![0];
    let export = export(&workshop.own(&choice).unwrap(), free_port());
    assert!(export.files.iter().all(|file| file.name != "roots.pem"));
    let mut place = Place::new("distrusted", &export);
    place.serve(export.server.as_ref().unwrap());
    let (code, printed) = place.call(export.client.as_ref().unwrap());
    assert_ne!(code, 0, "{printed}");
    assert!(printed.contains("verify error:num=20"), "{printed}");
}

#[test]
fn only_keys_are_marked_as_secret() {
    let workshop = workshop(KeyChoice::Ed25519, SHOP, None);
    let export = export(&workshop.own(&workshop.usual()).unwrap(), 8443);
    let names: Vec<_> = export.files.iter().map(|file| file.name).collect();
    assert_eq!(
        names,
        [
            "server.pem",
            "server-chain.pem",
            "server.key",
            "client.pem",
            "client-chain.pem",
            "client.key",
            "roots.pem"
        ]
    );
    for file in &export.files {
        assert_eq!(
            file.is_secret,
            file.text.contains("PRIVATE KEY"),
            "{}",
            file.name
        );
        assert_eq!(file.is_secret, file.name.ends_with(".key"));
    }
}
