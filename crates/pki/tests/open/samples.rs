//! What there is to be opened.

use std::path::PathBuf;

use padlock_pki::demo;
use padlock_pki::issue::{AlternativeName, Issuer, Subject, Template, issue};
use padlock_pki::random::Random;
use padlock_pki::read::PrivateKeyKind;
use padlock_pki::signature::SignatureAlgorithm;

/// The date of what is issued here: 2026-11-22.
const NOW: i64 = 1_795_305_600;

/// A file of the fuzz targets' corpus.
pub(crate) fn sample(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    std::fs::read(folder.join(name)).unwrap()
}

/// Private keys as OpenSSL, OpenSSH and PuTTY write them, made for these tests: public knowledge.
pub(crate) const KEYS: [(&str, PrivateKeyKind); 10] = [
    ("pkcs8", PrivateKeyKind::Pkcs8),
    ("pkcs8-encrypted", PrivateKeyKind::EncryptedPkcs8),
    ("pkcs1", PrivateKeyKind::Pkcs1),
    ("pkcs1-encrypted", PrivateKeyKind::EncryptedTraditional),
    ("sec1", PrivateKeyKind::Sec1),
    ("sec1-encrypted", PrivateKeyKind::EncryptedTraditional),
    ("dsa", PrivateKeyKind::Dsa),
    ("openssh", PrivateKeyKind::OpenSsh),
    ("putty", PrivateKeyKind::Putty),
    ("pkcs12", PrivateKeyKind::Pkcs12),
];

/// One of [`KEYS`].
pub(crate) fn key(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/open/keys");
    std::fs::read(folder.join(name)).unwrap()
}

/// A certificate for so many names, and these.
pub(crate) fn many_names(count: usize) -> (Vec<u8>, Vec<String>) {
    let identity = demo::Authority::new(NOW).unwrap();
    let identity = identity
        .identity(demo::Spec::new(demo::Holder::Shop))
        .unwrap();
    let subject = Subject::new().organization("Nobody in particular");
    let mut template = Template::bare(subject.clone(), NOW, NOW);
    let names: Vec<String> = (0..count).map(|n| format!("n{n}.example")).collect();
    let alternative = names.iter().cloned().map(AlternativeName::Dns);
    template.alternative_names = alternative.collect();
    let issuer = Issuer {
        subject: &subject,
        key: &identity.key,
        algorithm: SignatureAlgorithm::RsaPkcs1Sha256,
    };
    let mut random = Random::new([1; 32]);
    let key = identity.key.public_key();
    (issue(&template, key, &issuer, &mut random).unwrap(), names)
}
