//! The roots that Mozilla trusts, in a file that the page fetches when a reader asks for them.
//!
//! They weigh more than half of a first visit, so no program holds them: they stand beside the
//! programs, as the crate `webpki-root-certs` has them, one certificate in DER after the other.
//! index.html names the file; Trunk runs this before each build (Trunk.toml), by `cargo roots`.

use crate::expect_no_more;
use crate::shell::root;
use anyhow::{Context, Result};
use pico_args::Arguments;
use std::fs;
use std::process::ExitCode;
use webpki_root_certs::TLS_SERVER_ROOT_CERTS;

/// Where index.html looks for it.
const FILE: &str = "target/roots.der";

/// `cargo xtask roots`.
pub(crate) fn run(arguments: Arguments) -> Result<ExitCode> {
    expect_no_more(arguments)?;
    write()?;
    Ok(ExitCode::SUCCESS)
}

/// Writes the file, unless it is there already: whoever watches it would build once more.
///
/// # Errors
/// If it cannot be written.
pub(crate) fn write() -> Result<()> {
    let file = root().join(FILE);
    let roots = concatenated();
    if fs::read(&file).is_ok_and(|written| written == roots) {
        return Ok(());
    }
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    }
    fs::write(&file, roots).with_context(|| format!("writing {FILE}"))
}

fn concatenated() -> Vec<u8> {
    let certificates = TLS_SERVER_ROOT_CERTS.iter();
    certificates.flat_map(|root| root.iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::{TLS_SERVER_ROOT_CERTS, concatenated};

    /// DER says where it ends, so the certificates need nothing between them.
    #[test]
    fn the_certificates_can_be_told_apart() {
        let all = concatenated();
        let mut rest = &all[..];
        for certificate in TLS_SERVER_ROOT_CERTS {
            // A SEQUENCE whose length takes two bytes, as of all certificates of such a size.
            assert_eq!(rest[..2], [0x30, 0x82]);
            let length = usize::from(u16::from_be_bytes([rest[2], rest[3]]));
            assert_eq!(&rest[..length + 4], certificate.as_ref());
            rest = &rest[length + 4..];
        }
        assert!(rest.is_empty() && TLS_SERVER_ROOT_CERTS.len() > 100);
    }
}
