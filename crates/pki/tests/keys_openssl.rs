//! Keys and signatures against OpenSSL, both ways.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test, of which OpenSSL reads and writes files"
)]

#[path = "keys/openssl.rs"]
mod openssl;

use openssl::OpenSsl;
use padlock_pki::demo::{Holder, KeyChoice};
use padlock_pki::key::{KeyKind, PrivateKey, PublicKey};
use padlock_pki::pem;
use padlock_pki::random::Random;
use padlock_pki::signature::SignatureAlgorithm;

fn text(openssl: &OpenSsl, file: &str) -> String {
    String::from_utf8(openssl.read(file)).unwrap()
}

/// The public key that OpenSSL finds in a private key's file.
fn public_key_of(openssl: &OpenSsl, file: &str) -> PublicKey {
    openssl.run(&format!(
        "pkey -in {file} -pubout -outform DER -out public.der"
    ));
    PublicKey::from_spki_der(&openssl.read("public.der")).unwrap()
}

#[test]
fn every_format_that_openssl_writes_is_read() {
    #[track_caller]
    fn check(generate: &str, convert: &str, label: &str, kind: KeyKind) {
        let openssl = OpenSsl::new();
        openssl.run(&format!("genpkey {generate} -out key.pem"));
        openssl.run(&format!("{convert} -in key.pem -out converted.pem"));
        let text = text(&openssl, "converted.pem");
        assert!(text.contains(&format!("-----BEGIN {label}-----")), "{text}");
        let key = PrivateKey::from_pem(&text).unwrap();
        assert_eq!(key.kind(), kind);
        assert_eq!(*key.public_key(), public_key_of(&openssl, "key.pem"));

        // And back: OpenSSL reads what we write, as the same key.
        openssl.write("ours.pem", key.to_pkcs8_pem().unwrap());
        openssl.run("pkey -in ours.pem -check -noout");
        assert_eq!(*key.public_key(), public_key_of(&openssl, "ours.pem"));
    }
    let pkcs8 = "pkcs8 -topk8 -nocrypt";
    for bits in [1024, 2048, 2056, 3072] {
        let rsa = format!("-algorithm RSA -pkeyopt rsa_keygen_bits:{bits}");
        check(&rsa, pkcs8, "PRIVATE KEY", KeyKind::Rsa { bits });
    }
    check(
        "-algorithm RSA",
        "rsa -traditional",
        "RSA PRIVATE KEY",
        KeyKind::Rsa { bits: 2048 },
    );
    for (curve, kind) in [("P-256", KeyKind::P256), ("P-384", KeyKind::P384)] {
        let ec = format!("-algorithm EC -pkeyopt ec_paramgen_curve:{curve}");
        check(&ec, pkcs8, "PRIVATE KEY", kind);
        check(&ec, "ec", "EC PRIVATE KEY", kind);
        check(&ec, "ec -conv_form compressed", "EC PRIVATE KEY", kind);
        check(&ec, "ec -no_public", "EC PRIVATE KEY", kind);
        check(&ec, "pkey -ec_conv_form compressed", "PRIVATE KEY", kind);
    }
    check("-algorithm ED25519", pkcs8, "PRIVATE KEY", KeyKind::Ed25519);
}

#[test]
fn a_key_is_found_among_other_text_and_blocks() {
    let openssl = OpenSsl::new();
    // `ecparam -genkey` writes a block EC PARAMETERS first; `-text` writes the numbers above it.
    openssl.run("ecparam -name prime256v1 -genkey -out key.pem");
    openssl.run("req -x509 -key key.pem -subj /CN=test -out certificate.pem -text");
    let text = text(&openssl, "certificate.pem") + &text(&openssl, "key.pem").replace('\n', "\r\n");
    assert!(text.contains("EC PARAMETERS"));
    assert_eq!(PrivateKey::from_pem(&text).unwrap().kind(), KeyKind::P256);
    assert_eq!(pem::certificates(&text).unwrap().len(), 1);
    openssl.run("x509 -in certificate.pem -outform DER -out certificate.der");
    assert_eq!(
        pem::certificates(&text).unwrap(),
        [openssl.read("certificate.der")]
    );
}

#[test]
fn keys_that_cannot_be_used_are_refused_with_words() {
    #[track_caller]
    fn check(commands: &[&str], expected: &str) {
        let openssl = OpenSsl::new();
        for command in commands {
            openssl.run(command);
        }
        let error = PrivateKey::from_pem(&text(&openssl, "key.pem")).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
    let genpkey = |rest: &str| format!("genpkey {rest} -out key.pem");
    let ec = |curve: &str| genpkey(&format!("-algorithm EC -pkeyopt ec_paramgen_curve:{curve}"));
    let plain = |rest: &str| format!("genpkey {rest} -out plain.pem");
    let encrypted = "the key is encrypted under a password; decrypt it first: \
                     openssl pkey -in FILE -out PLAIN";
    check(
        &[
            &plain("-algorithm RSA"),
            "pkcs8 -topk8 -in plain.pem -passout pass:secret -out key.pem",
        ],
        &format!("line 1, block ENCRYPTED PRIVATE KEY: {encrypted}"),
    );
    check(
        &[
            &plain("-algorithm RSA"),
            "rsa -traditional -aes128 -in plain.pem -passout pass:secret -out key.pem",
        ],
        &format!("line 1, block RSA PRIVATE KEY: {encrypted}"),
    );
    let unsupported = |kind: &str| {
        format!(
            "line 1, block PRIVATE KEY: a private key of this kind is not supported: {kind}; \
             RSA, P-256, P-384 and Ed25519 are"
        )
    };
    check(&[&ec("P-521")], &unsupported("ECDSA P-521"));
    check(&[&ec("secp256k1")], &unsupported("ECDSA secp256k1"));
    check(
        &[&ec("brainpoolP256r1")],
        &unsupported("unknown kind 1.3.36.3.3.2.8.1.1.7"),
    );
    check(&[&genpkey("-algorithm ED448")], &unsupported("Ed448"));
    check(&[&genpkey("-algorithm X25519")], &unsupported("X25519"));
    check(
        &[&genpkey("-algorithm RSA-PSS")],
        &unsupported("RSA for PSS only"),
    );
    check(
        &[&format!(
            "{} -pkeyopt ec_param_enc:explicit",
            ec("prime256v1")
        )],
        "line 1, block PRIVATE KEY: the curve is written out instead of named; \
         name it: openssl pkey -in FILE -ec_param_enc named_curve",
    );
    check(
        &[
            &plain("-algorithm EC -pkeyopt ec_paramgen_curve:prime256v1"),
            "ec -in plain.pem -param_enc explicit -out key.pem",
        ],
        "line 1, block EC PRIVATE KEY: the curve is written out instead of named; \
         name it: openssl pkey -in FILE -ec_param_enc named_curve",
    );
    check(
        &[&genpkey("-algorithm RSA -pkeyopt rsa_keygen_bits:512")],
        "line 1, block PRIVATE KEY: an RSA key of 512 bits is not supported; \
         1024 to 8192 bits are",
    );
    check(
        &[
            &plain("-algorithm ED25519"),
            "pkey -in plain.pem -pubout -out key.pem",
        ],
        "no private key; the blocks here are: PUBLIC KEY",
    );
    check(
        &[
            &plain("-algorithm ED25519"),
            "pkey -in plain.pem -outform DER -out key.der",
            "enc -base64 -in key.der -out key.pem",
        ],
        "no private key: PEM has a line -----BEGIN PRIVATE KEY-----, this text has none \
         (a DER file becomes PEM by: openssl pkey -inform der -in FILE)",
    );
    let openssh = pem::encode("OPENSSH PRIVATE KEY", b"openssh-key-v1\0");
    assert_eq!(
        PrivateKey::from_pem(&openssh).unwrap_err().to_string(),
        "line 1, block OPENSSH PRIVATE KEY: this format is not read; PKCS#8 (PRIVATE KEY), PKCS#1 \
         (RSA PRIVATE KEY) and SEC1 (EC PRIVATE KEY) are (for OpenSSH keys: \
         ssh-keygen -p -m PKCS8 -f FILE)"
    );
}

/// OpenSSL's options for an algorithm: sign or verify, what the others want to be said.
fn options(algorithm: SignatureAlgorithm) -> String {
    let hash = algorithm.hash().map_or(String::new(), |hash| {
        format!("-{}", hash.name().replace('-', "").to_lowercase())
    });
    if algorithm.name().starts_with("RSA-PSS") {
        format!("{hash} -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest")
    } else {
        hash
    }
}

#[test]
fn openssl_verifies_our_signatures_and_we_verify_its() {
    let message = b"a message of some length";
    for algorithm in SignatureAlgorithm::ALL {
        let keys = KeyChoice::ALL.map(|choice| Holder::Payroll.key(choice));
        for key in keys.into_iter().filter(|key| algorithm.fits(key.kind())) {
            let openssl = OpenSsl::new();
            openssl.write("key.pem", key.to_pkcs8_pem().unwrap());
            let public = pem::encode("PUBLIC KEY", key.public_key().spki_der());
            openssl.write("public.pem", public);
            openssl.write("message", message);
            let signature = key.sign(algorithm, message, &mut Random::new([9; 32]));
            openssl.write("ours", signature.unwrap());
            if algorithm == SignatureAlgorithm::Ed25519 {
                openssl.run(
                    "pkeyutl -verify -rawin -pubin -inkey public.pem -in message -sigfile ours",
                );
                openssl.run("pkeyutl -sign -rawin -inkey key.pem -in message -out theirs");
            } else {
                let options = options(algorithm);
                openssl.run(&format!(
                    "dgst {options} -verify public.pem -signature ours message"
                ));
                openssl.run(&format!("dgst {options} -sign key.pem -out theirs message"));
            }
            let verified = key
                .public_key()
                .verify(algorithm, message, &openssl.read("theirs"));
            assert_eq!(verified, Ok(()), "{algorithm}");
        }
    }
}

/// Keys that ring refuses still sign, by the other crate.
#[test]
fn rsa_keys_of_odd_sizes_sign() {
    for bits in [1024_u32, 1536, 2056] {
        let openssl = OpenSsl::new();
        openssl.run(&format!(
            "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:{bits} -out key.pem"
        ));
        openssl.run("pkey -in key.pem -pubout -out public.pem");
        openssl.write("message", b"message");
        let key = PrivateKey::from_pem(&text(&openssl, "key.pem")).unwrap();
        for algorithm in SignatureAlgorithm::ALL {
            if !algorithm.fits(key.kind()) {
                continue;
            }
            let signed = key.sign(algorithm, b"message", &mut Random::new([9; 32]));
            if bits == 1024 && algorithm == SignatureAlgorithm::RsaPssSha512 {
                assert_eq!(
                    signed.unwrap_err().to_string(),
                    "an RSA key of 1024 bits is too short for RSA-PSS with SHA-512"
                );
                continue;
            }
            openssl.write("ours", signed.unwrap());
            openssl.run(&format!(
                "dgst {} -verify public.pem -signature ours message",
                options(algorithm)
            ));
        }
    }
}

#[test]
fn raw_rsa_agrees_with_openssl() {
    let key = Holder::Hr.key(KeyChoice::Rsa);
    let openssl = OpenSsl::new();
    openssl.write("key.pem", key.to_pkcs8_pem().unwrap());
    let public = pem::encode("PUBLIC KEY", key.public_key().spki_der());
    openssl.write("public.pem", public);
    let none = "-pkeyopt rsa_padding_mode:none";
    let mut random = Random::new([8; 32]);
    for leading_zeros in [1, 2, 100, 255] {
        let mut block = vec![0; 256];
        random.fill(&mut block[leading_zeros..]);
        openssl.write("block", &block);
        openssl.run(&format!(
            "pkeyutl -encrypt -pubin -inkey public.pem {none} -in block -out encrypted"
        ));
        let encrypted = openssl.read("encrypted");
        assert_eq!(key.decrypt_raw(&encrypted), Ok(block.clone()));
        assert_eq!(key.public_key().encrypt_raw(&block), Ok(encrypted));
        openssl.run(&format!(
            "pkeyutl -decrypt -inkey key.pem {none} -in block -out decrypted"
        ));
        assert_eq!(key.decrypt_raw(&block), Ok(openssl.read("decrypted")));
    }
}
