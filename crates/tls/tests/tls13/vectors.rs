//! OpenSSL's vectors for the key schedule of TLS 1.3.

use std::collections::HashMap;
use std::path::Path;

use padlock_pki::digest::Hash;
use padlock_tls::crypto::hkdf;
use padlock_wire::hex;

#[test]
fn openssl_kdf() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/vectors/openssl-kdf/evpkdf_tls13_kdf.txt");
    #[expect(clippy::disallowed_methods, reason = "a test may read its vectors")]
    let Ok(file) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is not there", path.display());
        return;
    };
    let (mut extracted, mut expanded) = (0, 0);
    for block in file.split("\n\n") {
        let lines = block.lines().filter_map(|line| line.split_once(" = "));
        let named: HashMap<&str, &str> = lines.collect();
        let control = |name: &str| {
            let text = named.get(format!("Ctrl.{name}").as_str())?;
            text.split_once(':').map(|(_, value)| value)
        };
        let value = |name: &str| control(name).map(|text| hex::decode(text).unwrap());
        let (Some(mode), Some(output)) = (control("mode"), named.get("Output")) else {
            continue;
        };
        let output = hex::decode(output).unwrap();
        let hash = match control("digest") {
            Some("SHA2-256" | "SHA256") => Hash::Sha256,
            Some("SHA2-384" | "SHA384") => Hash::Sha384,
            // Faulty on purpose.
            _ => continue,
        };
        let text = |name: &str| String::from_utf8(value(name).unwrap()).unwrap();
        match mode {
            "EXTRACT_ONLY" => {
                // With a label, the salt is first derived as the schedule does it.
                let zeros = vec![0; hash.length()];
                let salt = match (value("salt"), value("label")) {
                    (Some(secret), Some(_)) => {
                        let empty = hash.of(b"");
                        let label = text("label");
                        hkdf::expand_label(hash, &secret, &label, &empty, hash.length())
                    }
                    (Some(salt), None) => salt,
                    _ => zeros.clone(),
                };
                let key = value("key").unwrap_or(zeros);
                assert_eq!(hkdf::extract(hash, &salt, &key), output);
                extracted += 1;
            }
            _ => {
                assert_eq!(text("prefix"), "tls13 ");
                let context = value("data").unwrap_or_default();
                let secret = value("key").unwrap();
                let found =
                    hkdf::expand_label(hash, &secret, &text("label"), &context, output.len());
                assert_eq!(found, output);
                expanded += 1;
            }
        }
    }
    println!("{extracted} extracted, {expanded} expanded");
    assert!(extracted > 0 && expanded > 0);
}
