//! Running other programs, always showing what is run.

use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, thread};

/// The root of the checkout.
pub(crate) fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest
        .parent()
        .expect("xtask is a folder of the checkout")
        .to_owned()
}

/// A command that runs in the root of the checkout.
pub(crate) fn command(program: impl AsRef<Path>) -> Command {
    let mut command = Command::new(program.as_ref());
    command.current_dir(root());
    // What the cargo that runs this says about *this* package. ring's build looks at it, and would
    // be built anew whenever a chore follows a plain `cargo` or `trunk`.
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(|name| {
            name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
        }) {
            command.env_remove(name);
        }
    }
    // Trunk wants `true` where the convention is any value.
    if env::var_os("NO_COLOR").is_some() {
        command.env("NO_COLOR", "true");
    }
    command
}

/// The cargo that runs this program.
pub(crate) fn cargo() -> Command {
    command(env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from))
}

/// Says a line of our own, to be told from what the programs say.
pub(crate) fn say(words: impl AsRef<str>) {
    let words = words.as_ref();
    if std::io::stdout().is_terminal() {
        println!("\x1b[1m{words}\x1b[0m");
    } else {
        println!("{words}");
    }
}

/// Shows and runs a command.
///
/// # Errors
/// If it cannot be started or does not succeed.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    show(command);
    let status = command.status().with_context(|| not_started(command))?;
    if !status.success() {
        bail!("`{}` failed ({status})", words(command));
    }
    Ok(())
}

/// What a command did and said.
pub(crate) struct Outcome {
    pub(crate) success: bool,
    pub(crate) text: String,
}

/// Shows and runs a command, passes on what it says while it says it, and keeps it.
///
/// # Errors
/// If it cannot be started.
pub(crate) fn tee(command: &mut Command) -> Result<Outcome> {
    show(command);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    if std::io::stdout().is_terminal() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    let mut child = command.spawn().with_context(|| not_started(command))?;
    let stdout = child.stdout.take().expect("stdout is piped");
    let stderr = child.stderr.take().expect("stderr is piped");
    let errors = thread::spawn(move || pass_on(stderr, std::io::stderr()));
    let mut text = pass_on(stdout, std::io::stdout());
    text.push_str(&errors.join().unwrap_or_default());
    let success = child.wait()?.success();
    Ok(Outcome { success, text })
}

/// What a command prints, where it succeeds; quiet otherwise.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Where a program stands on PATH.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// A command as one would type it.
pub(crate) fn words(command: &Command) -> String {
    let program = Path::new(command.get_program());
    // The cargo that runs this is named by its whole path, which nobody types.
    let is_cargo = program.file_name().is_some_and(|name| name == "cargo");
    let program = if is_cargo {
        Path::new("cargo")
    } else {
        program
    };
    let mut words = vec![quoted(&program.to_string_lossy())];
    words.extend(
        command
            .get_args()
            .map(|word| quoted(&word.to_string_lossy())),
    );
    words.join(" ")
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./=:,@+".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{word}'")
    }
}

/// Shows a command as one would type it.
pub(crate) fn show(command: &Command) {
    say(format!("$ {}", words(command)));
}

fn not_started(command: &Command) -> String {
    format!("could not start `{}`", words(command))
}

fn pass_on(from: impl Read, mut to: impl Write) -> String {
    let mut text = String::new();
    let mut reader = BufReader::new(from);
    let mut line = Vec::new();
    while reader
        .read_until(b'\n', &mut line)
        .is_ok_and(|read| read > 0)
    {
        // Whoever reads our output may have gone; the chore goes on all the same.
        let _ = to.write_all(&line);
        let _ = to.flush();
        text.push_str(&String::from_utf8_lossy(&line));
        line.clear();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{command, words};

    #[test]
    fn commands_are_shown_as_typed() {
        let mut command = command("cargo");
        command.args(["test", "--test", "*", ""]);
        assert_eq!(words(&command), "cargo test --test '*' ''");
    }
}
