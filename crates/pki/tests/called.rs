//! What others call a failure, on certificates that OpenSSL makes and judges: no name for what they
//! accept, and the name that they give to what they refuse.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test; OpenSSL reads files"
)]

#[path = "keys/openssl.rs"]
mod openssl;

use openssl::OpenSsl;
use padlock_pki::pem;
use padlock_pki::time::UnixSeconds;
use padlock_pki::verify::{Called, Failure, KeyUse, Purpose, Request, Source, Verdict, verify};

/// A root with a key that these words make, and a server's certificate that it signs.
struct Chain<'a> {
    key: &'a str,
    /// What the root's signature needs.
    sign: &'a str,
    /// Further extensions of the end-entity, as lines of OpenSSL's configuration.
    extensions: &'a str,
    /// What OpenSSL's `verify` is to mind.
    judge: &'a str,
}

impl Chain<'_> {
    /// What we say, and what OpenSSL says: its number, or nothing where it accepts.
    fn judge(&self) -> (Verdict, Option<u8>) {
        let openssl = OpenSsl::new();
        let extensions = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n";
        openssl.write(
            "root.ext",
            format!("[x]\nsubjectKeyIdentifier=hash\n{extensions}"),
        );
        let extensions = format!("[x]\nsubjectAltName=DNS:a.example\n{}\n", self.extensions);
        openssl.write("leaf.ext", extensions);
        openssl.run(&format!("genpkey {} -out root.key", self.key));
        openssl.run("req -new -key root.key -subj /CN=Root -out root.csr");
        let sign = self.sign;
        openssl.run(
            "x509 -req -in root.csr -signkey root.key -days 30 -extfile root.ext -extensions x \
             -out root.pem",
        );
        openssl.run("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out leaf.key");
        openssl.run("req -new -key leaf.key -subj /CN=Leaf -out leaf.csr");
        openssl.run(&format!(
            "x509 -req -in leaf.csr -CA root.pem -CAkey root.key -days 30 -set_serial 7 {sign} \
             -extfile leaf.ext -extensions x -out leaf.pem"
        ));
        let theirs = openssl.try_run(&format!(
            "verify {} -no-CApath -no-CAstore -CAfile root.pem leaf.pem",
            self.judge
        ));
        let number = theirs.err().map(|printed| {
            let after = printed
                .split("error ")
                .nth(1)
                .unwrap_or_else(|| panic!("{printed}"));
            after.split(' ').next().unwrap().parse().unwrap()
        });
        let der = |name: &str| {
            let text = String::from_utf8(openssl.read(name)).unwrap();
            pem::certificates(&text).unwrap().remove(0)
        };
        let now = std::time::SystemTime::UNIX_EPOCH
            .elapsed()
            .unwrap()
            .as_secs();
        let verdict = verify(&Request {
            chain: &[&der("leaf.pem")],
            anchors: &[&der("root.pem")],
            name: Some("a.example"),
            now: UnixSeconds(i64::try_from(now).unwrap()),
            purpose: Purpose::Server,
            key_use: KeyUse::Signature,
        });
        (verdict, number)
    }
}

const P256: &str = "-algorithm EC -pkeyopt ec_paramgen_curve:P-256";
const P521: &str = "-algorithm EC -pkeyopt ec_paramgen_curve:P-521";
const RSA: &str = "-algorithm RSA -pkeyopt rsa_keygen_bits:2048";
const SHORT: &str = "-algorithm RSA -pkeyopt rsa_keygen_bits:1024";
const PSS: &str = "-sigopt rsa_padding_mode:pss -sigopt rsa_mgf1_md:sha256 -sigopt";

#[test]
fn what_is_only_unsupported_here_has_no_name() {
    let salt = format!("-sha256 {PSS} rsa_pss_saltlen:20");
    for (key, sign, extensions, failure) in [
        (P521, "-sha512", "", Failure::UnsupportedSignature),
        (P521, "-sha256", "", Failure::UnsupportedSignature),
        (RSA, &*salt, "", Failure::UnsupportedSignature),
        (
            P256,
            "-sha256",
            "policyConstraints=critical,requireExplicitPolicy:9",
            Failure::UnknownCriticalExtension,
        ),
    ] {
        let chain = Chain {
            key,
            sign,
            extensions,
            judge: "",
        };
        let (verdict, theirs) = chain.judge();
        assert_eq!(theirs, None, "{key} {sign} {extensions}");
        assert_eq!(verdict.failure_kind(), Some(failure), "{key} {sign}");
        let called = verdict.failure().unwrap().called();
        assert_eq!(called, Some(Called::default()), "{key} {sign} {extensions}");
    }
}

#[test]
fn what_openssl_does_not_know_has_its_number() {
    for (extension, is_known) in [
        ("1.2.3.4=critical,ASN1:NULL", false),
        (
            "authorityInfoAccess=critical,OCSP;URI:http://a.example",
            true,
        ),
    ] {
        let chain = Chain {
            key: P256,
            sign: "-sha256",
            extensions: extension,
            judge: "",
        };
        let (verdict, theirs) = chain.judge();
        let called = verdict.failure().unwrap().called().unwrap();
        assert_eq!(theirs, Some(34), "{extension}");
        assert_eq!(
            called.openssl.map(|(_, number)| number),
            theirs,
            "{extension}"
        );
        assert!(called.curl.is_some(), "{extension}");
        // Of an extension with a name a browser may know more.
        let browsers = [called.chrome, called.firefox, called.safari];
        assert!(
            browsers.iter().all(|name| name.is_none() == is_known),
            "{called:?}"
        );
    }
}

#[test]
fn a_weak_root_right_above_the_end_entity_is_no_end_entity() {
    let chain = Chain {
        key: SHORT,
        sign: "-sha256",
        extensions: "",
        judge: "-auth_level 2",
    };
    let (verdict, theirs) = chain.judge();
    let failed = verdict.failure().unwrap();
    assert_eq!(verdict.failure_kind(), Some(Failure::WeakKey));
    assert_eq!((failed.certificate, failed.source), (0, Source::Anchor(0)));
    let called = failed.called().unwrap();
    assert_eq!(theirs, Some(67));
    assert_eq!(called.openssl, Some(("X509_V_ERR_CA_KEY_TOO_SMALL", 67)));
}
