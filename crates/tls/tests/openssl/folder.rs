//! Certificates as files for OpenSSL.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use padlock_pki::demo::Authority;
use padlock_pki::pem;
use padlock_tls::config::Identity;

use crate::certificates::{NOW, authority};

/// A temporary folder, removed at the end.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("padlock-tls-{}-{count}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        let folder = Self(folder);
        folder.anchor("root", &authority());
        folder.anchor("unknown", &Authority::unknown(NOW).unwrap());
        folder
    }

    /// Writes NAME.pem, the root's certificate.
    pub(crate) fn anchor(&self, name: &str, authority: &Authority) {
        self.write(
            &format!("{name}.pem"),
            &pem::encode("CERTIFICATE", authority.root()),
        );
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Writes the files NAME.pem (the chain), NAME.leaf.pem, NAME.issuing.pem and NAME.key.
    pub(crate) fn identity(&self, name: &str, identity: &Identity) {
        let blocks = identity
            .chain
            .iter()
            .map(|der| pem::encode("CERTIFICATE", der));
        let blocks: Vec<_> = blocks.collect();
        self.write(&format!("{name}.leaf.pem"), &blocks[0]);
        self.write(&format!("{name}.issuing.pem"), &blocks[1]);
        self.write(&format!("{name}.pem"), &blocks.concat());
        self.write(
            &format!("{name}.key"),
            &identity.key.to_pkcs8_pem().unwrap(),
        );
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.join(name), text).unwrap();
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The words that give OpenSSL the files of [`Folder::identity`].
pub(crate) fn identity_options(name: &str) -> String {
    format!("-cert {name}.leaf.pem -cert_chain {name}.issuing.pem -key {name}.key")
}
