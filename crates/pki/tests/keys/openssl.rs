//! OpenSSL as a judge: its command as a process, on files in a folder of the test's own.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A temporary folder in which `openssl` runs; removed at the end.
pub(crate) struct OpenSsl(PathBuf);

impl OpenSsl {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder =
            std::env::temp_dir().join(format!("padlock-pki-{}-{count}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub(crate) fn write(&self, name: &str, contents: impl AsRef<[u8]>) {
        std::fs::write(self.0.join(name), contents).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.0.join(name)).unwrap()
    }

    /// Where a file of this name is.
    #[allow(dead_code, reason = "not every test needs it")]
    pub(crate) fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }

    /// Runs `openssl` with the words of `command`; gives what it printed, or fails the test with
    /// it.
    #[track_caller]
    pub(crate) fn run(&self, command: &str) -> String {
        match self.try_run(command) {
            Ok(printed) => printed,
            Err(printed) => panic!("openssl {command}\n{printed}"),
        }
    }

    /// The same; `Err` with what it printed where it did not succeed.
    pub(crate) fn try_run(&self, command: &str) -> Result<String, String> {
        run_in(&self.0, command)
    }
}

impl Drop for OpenSsl {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn run_in(folder: &Path, command: &str) -> Result<String, String> {
    let output = Command::new("openssl")
        .args(command.split_whitespace())
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("openssl is installed");
    let printed = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    if output.status.success() {
        Ok(printed)
    } else {
        Err(printed)
    }
}
