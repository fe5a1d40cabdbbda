//! Processes that are watched, and end with the test.

use std::io::{Read, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

/// A peer that does nothing for so long hangs.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// A running program.
pub(crate) struct Process {
    child: Child,
    input: Option<ChildStdin>,
    /// Its standard output and its standard error, as far as they have come.
    pub(crate) output: Text,
    pub(crate) errors: Text,
}

/// What a program printed so far.
#[derive(Clone)]
pub(crate) struct Text(Arc<(Mutex<Printed>, Condvar)>);

#[derive(Default)]
struct Printed {
    bytes: Vec<u8>,
    ended: bool,
}

impl Process {
    /// Starts `openssl` with the words of `options` in `folder`.
    pub(crate) fn openssl(folder: &Path, options: &str) -> Self {
        let mut command = Command::new("openssl");
        command.args(options.split_whitespace()).current_dir(folder);
        Self::start(command)
    }

    pub(crate) fn start(mut command: Command) -> Self {
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let output = Text::follow(child.stdout.take().unwrap());
        let errors = Text::follow(child.stderr.take().unwrap());
        let input = child.stdin.take();
        Self {
            child,
            input,
            output,
            errors,
        }
    }

    /// Writes to its standard input, which stays open.
    pub(crate) fn write(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("the input is open");
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    /// Takes its standard input, to write in another thread; dropping it closes it.
    pub(crate) fn take_input(&mut self) -> ChildStdin {
        self.input.take().expect("the input is open")
    }

    /// Waits for it to end; gives its exit code.
    #[track_caller]
    pub(crate) fn finish(&mut self) -> i32 {
        self.output.wait_for_end();
        self.errors.wait_for_end();
        self.child
            .wait()
            .unwrap()
            .code()
            .expect("no signal ended it")
    }

    /// Everything it printed.
    pub(crate) fn printed(&self) -> String {
        format!("{}\n{}", self.output.after(0), self.errors.after(0))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Text {
    fn follow(mut source: impl Read + Send + 'static) -> Self {
        let text = Self(Arc::default());
        let follower = text.clone();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            loop {
                let length = source.read(&mut buffer).unwrap_or(0);
                let (printed, changed) = &*follower.0;
                let mut printed = printed.lock().unwrap();
                printed.bytes.extend_from_slice(&buffer[..length]);
                printed.ended = length == 0;
                changed.notify_all();
                if length == 0 {
                    return;
                }
            }
        });
        text
    }

    /// How much there is.
    pub(crate) fn len(&self) -> usize {
        self.0.0.lock().unwrap().bytes.len()
    }

    /// What stands after this place.
    pub(crate) fn after(&self, start: usize) -> String {
        String::from_utf8_lossy(&self.0.0.lock().unwrap().bytes[start..]).into_owned()
    }

    /// All of it.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.0.0.lock().unwrap().bytes.clone()
    }

    /// Waits until `wanted` stands somewhere after `start`; gives what stands there.
    #[track_caller]
    pub(crate) fn wait_for(&self, wanted: &str, start: usize) -> String {
        let found = self.wait(|printed| {
            printed.bytes[start..]
                .windows(wanted.len())
                .any(|window| window == wanted.as_bytes())
        });
        let text = self.after(start);
        assert!(found, "{wanted:?} does not come; there is:\n{text}");
        text
    }

    #[track_caller]
    fn wait_for_end(&self) {
        assert!(
            self.wait(|printed| printed.ended),
            "it does not end; there is:\n{}",
            self.after(0)
        );
    }

    fn wait(&self, enough: impl Fn(&Printed) -> bool) -> bool {
        let (printed, changed) = &*self.0;
        let waiting = |printed: &mut Printed| !enough(printed) && !printed.ended;
        let printed = printed.lock().unwrap();
        let (printed, _) = changed
            .wait_timeout_while(printed, PATIENCE, waiting)
            .unwrap();
        enough(&printed)
    }
}

/// `openssl s_server`.
pub(crate) struct SServer {
    pub(crate) process: Process,
    pub(crate) address: SocketAddr,
}

impl SServer {
    /// Starts one that reverses each line that it receives.
    #[track_caller]
    pub(crate) fn start(folder: &Path, options: &str) -> Self {
        Self::start_as(folder, &format!("-rev {options}"))
    }

    /// Starts it and waits until it accepts connections.
    #[track_caller]
    pub(crate) fn start_as(folder: &Path, options: &str) -> Self {
        let options = format!("s_server -accept 127.0.0.1:0 {options}");
        let process = Process::openssl(folder, &options);
        process.output.wait_for("ACCEPT 127.0.0.1:", 0);
        let printed = process.output.wait_for("\n", 0);
        let port = printed
            .split("ACCEPT 127.0.0.1:")
            .nth(1)
            .and_then(|rest| rest.split_whitespace().next()?.parse().ok());
        let port: u16 = port.unwrap_or_else(|| panic!("no port in {printed:?}"));
        Self {
            process,
            address: SocketAddr::from(([127, 0, 0, 1], port)),
        }
    }

    /// What it prints of one connection, from `start` on.
    #[track_caller]
    pub(crate) fn report(&self, start: usize) -> String {
        self.process.errors.wait_for("CONNECTION CLOSED\n", start)
    }
}
