//! Our parties on a socket, read and written by blocking calls.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;

use padlock_tls::Status;
use padlock_tls::error::Error;
use padlock_tls::trace::Agreement;

use crate::party::Party;
use crate::process::PATIENCE;

/// The next connection to `listener`; fails the test if none comes.
#[track_caller]
pub(crate) fn accept(listener: TcpListener) -> TcpStream {
    let (sender, accepted) = mpsc::channel();
    std::thread::spawn(move || sender.send(listener.accept().unwrap().0));
    accepted.recv_timeout(PATIENCE).expect("a client connects")
}

/// A party and its socket.
pub(crate) struct Line<P> {
    pub(crate) party: P,
    stream: TcpStream,
    received: Vec<u8>,
}

impl<P: Party> Line<P> {
    pub(crate) fn new(party: P, stream: TcpStream) -> Self {
        stream.set_nodelay(true).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        Self {
            party,
            stream,
            received: Vec::new(),
        }
    }

    /// Shakes hands; an error has been told to the peer, or by it.
    pub(crate) fn shake_hands(&mut self) -> Result<Agreement, Error> {
        let outcome = self.serve(|line| *line.party.status() != Status::Handshaking);
        if outcome.is_err() {
            // The peer may have something to say to our alert, or just closes.
            let _ = self.stream.shutdown(std::net::Shutdown::Write);
            let _ = self.stream.read_to_end(&mut Vec::new());
        }
        outcome.map(|()| self.party.agreement().cloned().expect("connected"))
    }

    /// Sends `data` and receives as much; at the same time, for neither side may wait for the
    /// other to read.
    pub(crate) fn exchange(&mut self, data: &[u8]) -> Vec<u8> {
        self.party.send(data).unwrap();
        let output = self.party.output();
        let mut stream = self.stream.try_clone().unwrap();
        std::thread::scope(|scope| {
            scope.spawn(move || stream.write_all(&output).unwrap());
            self.receive(data.len())
        })
    }

    /// Receives so many bytes.
    pub(crate) fn receive(&mut self, length: usize) -> Vec<u8> {
        self.serve(|line| line.received.len() >= length).unwrap();
        self.received.drain(..length).collect()
    }

    /// Sends `data`.
    pub(crate) fn send(&mut self, data: &[u8]) {
        self.party.send(data).unwrap();
        self.flush();
    }

    /// Says close_notify and waits for the peer's, which must come before its stream ends.
    #[track_caller]
    pub(crate) fn close(mut self) {
        self.party.close();
        let outcome = self.serve(|line| *line.party.status() == Status::Closed);
        assert_eq!(outcome, Ok(()));
        assert_eq!(self.received, b"", "data beyond those awaited");
    }

    /// Waits for the peer's close_notify.
    #[track_caller]
    pub(crate) fn wait_for_close(mut self) {
        let outcome = self.serve(|line| *line.party.status() == Status::Closed);
        assert_eq!(outcome, Ok(()));
    }

    /// Waits for the error that ends the connection.
    #[track_caller]
    pub(crate) fn await_error(&mut self) -> Error {
        self.serve(|_| false).expect_err("an error comes")
    }

    /// Reads and writes until there is enough, or an error.
    fn serve(&mut self, enough: impl Fn(&Self) -> bool) -> Result<(), Error> {
        let mut buffer = vec![0; 1 << 16];
        loop {
            self.flush();
            if enough(self) {
                return Ok(());
            }
            let length = match self.stream.read(&mut buffer) {
                Ok(length) => length,
                Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => 0,
                Err(error) => panic!("{error}"),
            };
            let outcome = match length {
                0 => self.party.receive_end(),
                _ => self.party.receive(&buffer[..length]),
            };
            self.flush();
            self.received.append(&mut self.party.received());
            outcome?;
            // Nothing more will come: to go on reading would never end.
            assert!(length > 0 || enough(self), "the peer's stream has ended");
        }
    }

    fn flush(&mut self) {
        let output = self.party.output();
        // A peer that is gone shows when it is read from.
        let _ = self.stream.write_all(&output);
    }
}

/// `length` bytes in lines, none of which OpenSSL takes for a command.
pub(crate) fn lines(length: usize) -> Vec<u8> {
    let line = |number: usize| format!("{number:062}\n").into_bytes();
    let mut text: Vec<u8> = (0..length / 63 + 1).flat_map(line).collect();
    text.truncate(length);
    if let Some(last) = text.last_mut() {
        *last = b'\n';
    }
    text
}

/// What `openssl s_server -rev` makes of lines.
pub(crate) fn reversed(text: &[u8]) -> Vec<u8> {
    let reverse = |line: &[u8]| -> Vec<u8> {
        let content = line.strip_suffix(b"\n").unwrap_or(line);
        content.iter().rev().copied().chain(*b"\n").collect()
    };
    text.split_inclusive(|byte| *byte == b'\n')
        .flat_map(reverse)
        .collect()
}
