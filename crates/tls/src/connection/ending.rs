//! Alerts, and how connections end.

use padlock_wire::Structure;

use super::{Connection, Status};
use crate::codes::{AlertDescription, AlertLevel, ContentType};
use crate::error::{Error, ErrorKind};
use crate::messages::Alert;
use crate::trace::{self, Direction, EventKind, State};

impl Connection {
    pub(super) fn take_alert(&mut self, content: &[u8]) -> Result<(), Error> {
        let Alert { level, description } = Alert::decode(content)?;
        self.reporter.report(|| {
            let (direction, cause) = (Direction::Received, None);
            EventKind::Alert(trace::Alert {
                direction,
                level,
                description,
                cause,
            })
        });
        let ends = match description {
            AlertDescription::CLOSE_NOTIFY => false,
            // RFC 9846 §6: of what is no closure, TLS 1.3 ignores the level.
            AlertDescription::USER_CANCELED if self.is_tls13() => false,
            _ => level != AlertLevel::WARNING || self.is_tls13(),
        };
        if ends {
            return Err(ErrorKind::PeerAlert(description).into());
        }
        self.joiner.boundary()?;
        if description == AlertDescription::CLOSE_NOTIFY {
            self.take_close();
        }
        Ok(())
    }

    /// In TLS 1.2 the peer's close_notify is answered in kind, and what was still to be written is
    /// discarded (RFC 5246 §7.2.1). In TLS 1.3 it ends only what the peer sends (RFC 9846 §6.1);
    /// but who closes in the handshake wants nothing more.
    fn take_close(&mut self) {
        if self.is_tls13() && self.status == Status::Connected {
            self.status = Status::PeerClosed;
            return;
        }
        if self.status != Status::Closing {
            let description = AlertDescription::CLOSE_NOTIFY;
            self.send_alert(AlertLevel::WARNING, description, None);
        }
        self.status = Status::Closed;
        self.enter(State::Closed);
    }

    /// The peer's stream has ended.
    pub(crate) fn receive_end(&mut self) -> Result<(), Error> {
        match &self.status {
            Status::Closed | Status::PeerClosed => Ok(()),
            Status::Failed(error) => Err(error.clone()),
            _ => {
                // RFC 5246 §7.2.1: the session can be resumed none the less.
                let error = Error::from(ErrorKind::Truncated);
                self.end(error.clone());
                Err(error)
            }
        }
    }

    pub(crate) fn close(&mut self) {
        let next = match self.status {
            Status::Handshaking | Status::PeerClosed => Status::Closed,
            Status::Connected => Status::Closing,
            Status::Closing | Status::Closed | Status::Failed(_) => return,
        };
        self.send_alert(AlertLevel::WARNING, AlertDescription::CLOSE_NOTIFY, None);
        if next == Status::Closed {
            self.enter(State::Closed);
        }
        self.status = next;
    }

    pub(super) fn send_alert(
        &mut self,
        level: AlertLevel,
        description: AlertDescription,
        cause: Option<Error>,
    ) {
        self.reporter.report(|| {
            let direction = Direction::Sent;
            EventKind::Alert(trace::Alert {
                direction,
                level,
                description,
                cause,
            })
        });
        // An alert that cannot be sent (the sequence numbers are used up) is not worth an error
        // of its own: the connection ends anyway.
        if let Ok(bytes) = (Alert { level, description }).to_bytes() {
            let _unsent = self.send_record(ContentType::ALERT, &bytes);
        }
    }

    pub(crate) fn fail(&mut self, error: Error) {
        // After close_notify nothing is sent any more (RFC 5246 §7.2.1), not even this.
        if let Some(description) = error.alert()
            && self.status != Status::Closing
        {
            self.send_alert(AlertLevel::FATAL, description, Some(error.clone()));
        }
        #[cfg(feature = "tls13")]
        self.sessions.forget();
        self.end(error);
    }

    /// Ends the connection without a word.
    fn end(&mut self, error: Error) {
        self.status = Status::Failed(error);
        self.enter(State::Failed);
    }
}
