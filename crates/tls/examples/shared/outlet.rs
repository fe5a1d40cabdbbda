//! A thread that writes, so that reading never waits for it.

use std::io::Write;
use std::net::{Shutdown, TcpStream};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender};
use std::time::Duration;

/// The way out to the peer.
pub(crate) struct Outlet {
    chunks: SyncSender<Chunk>,
    finished: Receiver<()>,
}

/// Bytes to be written, and who wants to know that they are.
struct Chunk {
    bytes: Vec<u8>,
    written: Option<Sender<()>>,
}

impl Outlet {
    /// How many chunks may wait; then [`send`](Self::send) does.
    const WAITING: usize = 4096;

    /// How long [`finish`](Self::finish) waits for a peer that does not read.
    const PATIENCE: Duration = Duration::from_secs(10);

    /// The way out of this connection.
    #[expect(
        clippy::disallowed_methods,
        reason = "a program outside the page may have threads"
    )]
    pub(crate) fn new(stream: &TcpStream) -> std::io::Result<Self> {
        let (chunks, waiting) = mpsc::sync_channel::<Chunk>(Self::WAITING);
        let (done, finished) = mpsc::channel();
        let mut stream = stream.try_clone()?;
        std::thread::spawn(move || {
            let mut broken = false;
            for Chunk { bytes, written } in waiting {
                // Whether the peer is gone, the reading side learns too.
                broken = broken || stream.write_all(&bytes).is_err();
                if let Some(written) = written {
                    let _nobody_asks = written.send(());
                }
            }
            let _gone = stream.shutdown(Shutdown::Write);
            drop(done);
        });
        Ok(Self { chunks, finished })
    }

    /// Has bytes written after all others, and `written` told when they are.
    pub(crate) fn send(&self, bytes: Vec<u8>, written: Option<Sender<()>>) {
        if !bytes.is_empty() || written.is_some() {
            let _ended = self.chunks.send(Chunk { bytes, written });
        }
    }

    /// Waits until everything is written, and ends the stream in this direction.
    pub(crate) fn finish(self) {
        drop(self.chunks);
        if let Err(RecvTimeoutError::Timeout) = self.finished.recv_timeout(Self::PATIENCE) {
            eprintln!("the peer does not read what it is sent");
        }
    }
}
