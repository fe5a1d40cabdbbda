use padlock_wire::CodePoint;

use super::layout::Layout;
use super::protector::Content;
use super::queue::Queue;
use super::{Fault, Header, MAXIMUM_CONTENT, Protector, explain};
use crate::codes::{ContentType, ProtocolVersion};
use crate::suite::Cipher;
use crate::trace::{Direction, Record};

/// Cuts a stream of bytes into records and opens them.
///
/// ```
/// use padlock_tls::codes::ContentType;
/// use padlock_tls::record::Receiver;
///
/// let mut receiver = Receiver::new(false);
/// receiver.push(b"\x15\x03\x03\x00\x02");
/// assert_eq!(receiver.next_record()?, None); // the fragment is still to come
/// receiver.push(b"\x01\x00");
/// let opened = receiver.next_record()?.expect("the record is complete");
/// assert_eq!((opened.content_type, opened.content), (ContentType::ALERT, vec![1, 0]));
/// # Ok::<(), padlock_tls::record::Fault>(())
/// ```
///
/// Records are opened one at a time, when asked for: what ChangeCipherSpec changes holds from the
/// very next one, even if that has already arrived. After a fault there is only that fault.
///
/// Memory: what was pushed since [`Receiver::next_record`] last returned `None`, and less than one record.
#[derive(Clone, Debug)]
pub struct Receiver {
    queue: Queue,
    protection: Reading,
    /// The agreed version.
    version: Option<ProtocolVersion>,
    tracing: bool,
    /// How many records without content, and how many alerts, came since anything else.
    empty: usize,
    alerts: usize,
    /// How many more bytes of early data are passed over; `None` if there is none to come.
    skipping: Option<usize>,
    /// The most plaintext of a protected record.
    limit: usize,
    fault: Option<Fault>,
}

/// An opened record.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// What it carries: what its header says or, of a protected record of TLS 1.3, what stands
    /// inside.
    pub content_type: ContentType,
    /// What it carries. Nothing if it could not be read.
    pub content: Vec<u8>,
    /// Whether it is protected by a key that was not given
    /// ([`Receiver::set_unreadable`]) or is passed over ([`Receiver::skip_early_data`]).
    pub unreadable: bool,
    /// Whether it was protected, and opened.
    pub protected: bool,
    /// The same for the trace; `None` if the receiver does not trace.
    pub event: Option<Record>,
}

#[derive(Clone, Debug)]
enum Reading {
    Plain,
    Protected(Protector),
    Unreadable(Layout),
}

impl Receiver {
    /// How many records without content may follow one another.
    pub const MAXIMUM_EMPTY: usize = 32;
    /// How many alerts may follow one another.
    pub const MAXIMUM_ALERTS: usize = 4;

    /// A receiver of records in clear. If `tracing`, each yields an event.
    #[must_use]
    pub fn new(tracing: bool) -> Self {
        Self {
            queue: Queue::default(),
            protection: Reading::Plain,
            version: None,
            tracing,
            empty: 0,
            alerts: 0,
            skipping: None,
            limit: MAXIMUM_CONTENT + 1,
            fault: None,
        }
    }

    /// Says which version is agreed: all later records must carry it. Before, any 0x03XX will do,
    /// as the first ClientHello may come in a record of 0x0301 (RFC 5246 §E.1).
    pub fn set_version(&mut self, version: ProtocolVersion) {
        self.version = Some(version);
    }

    /// Opens the records that follow by `protector`: the peer sent ChangeCipherSpec.
    pub fn set_protection(&mut self, protector: Protector) {
        self.version = Some(Protector::VERSION);
        self.protection = Reading::Protected(protector.limited_to(self.limit));
    }

    /// The most plaintext that a protected record may carry (RFC 8449 §4; see
    /// [`Protector::limited_to`]). It holds for all records of the present keys, which the peer uses
    /// only since it knows the limit, and of all later ones; but not for early data, which a client
    /// protects before the two have told each other anything.
    ///
    /// # Errors
    /// [`Fault::Overflow`] if the present keys have already opened a record with more.
    pub fn limit(&mut self, limit: usize) -> Result<(), Fault> {
        self.limit = limit.min(MAXIMUM_CONTENT + 1);
        match &mut self.protection {
            Reading::Protected(protector) if !protector.is_early() => {
                let outcome = protector.limit_opened(self.limit);
                outcome.inspect_err(|&fault| self.fault = Some(fault))
            }
            _ => Ok(()),
        }
    }

    /// The records that follow are protected by keys that the reader does not have: an observer's
    /// lot. They are cut and come with their visible fields, but without content.
    pub fn set_unreadable(&mut self, cipher: Cipher, encrypt_then_mac: bool) {
        self.version = Some(Protector::VERSION);
        self.protection = Reading::Unreadable(Layout::new(cipher, encrypt_then_mac));
    }

    /// The same under a cipher that is not known here: nothing of them can be told apart.
    pub fn set_unreadable_unknown(&mut self) {
        self.version = Some(Protector::VERSION);
        self.protection = Reading::Unreadable(Layout::unknown());
    }

    /// The records that follow are in clear again, of whatever version.
    pub fn set_clear(&mut self) {
        self.version = None;
        self.protection = Reading::Plain;
    }

    /// The records that follow are protected by keys of TLS 1.3 that the reader does not have.
    pub fn set_unreadable13(&mut self) {
        self.protection = Reading::Unreadable(Layout::tls13());
    }

    /// Passes over early data that was refused, up to so many bytes: records that do not open
    /// or, as long as nothing is protected, those of application data (RFC 9846 §4.3.10). The first
    /// record that can be read ends that.
    pub fn skip_early_data(&mut self, maximum: usize) {
        self.skipping = Some(maximum);
    }

    /// Whether the records that follow must be protected.
    #[must_use]
    pub fn is_protected(&self) -> bool {
        matches!(self.protection, Reading::Protected(_))
    }

    /// Takes bytes as they arrive, in any portions.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.fault.is_none() {
            self.queue.push(bytes);
        }
    }

    /// The bytes that no record was yet made of. At the end of the stream they are a cut-off
    /// record; after a fault they begin with the refused one.
    #[must_use]
    pub fn unread(&self) -> &[u8] {
        self.queue.bytes()
    }

    /// The next record, if it is complete.
    ///
    /// # Errors
    /// The record's [`Fault`], and the same on every later call.
    pub fn next_record(&mut self) -> Result<Option<Opened>, Fault> {
        match self.fault {
            Some(fault) => Err(fault),
            None => self
                .open_next()
                .inspect_err(|&fault| self.fault = Some(fault)),
        }
    }

    fn open_next(&mut self) -> Result<Option<Opened>, Fault> {
        let Some(header) = self.queue.bytes().first_chunk() else {
            return Ok(None);
        };
        let (header, tree) = Header::read(header);
        self.check(header)?;
        let end = Header::LENGTH + usize::from(header.length);
        let Some(record) = self.queue.bytes().get(..end) else {
            return Ok(None);
        };
        let fragment = &record[Header::LENGTH..];
        let layout = match &self.protection {
            Reading::Plain => None,
            Reading::Protected(protector) if protector.leaves_clear(header) => None,
            Reading::Protected(protector) => Some(protector.layout()),
            Reading::Unreadable(layout) if layout.leaves_clear(header.content_type) => None,
            Reading::Unreadable(layout) => Some(*layout),
        };
        let content = |bytes: &[u8]| Content {
            content_type: header.content_type,
            bytes: bytes.to_vec(),
            protection: None,
        };
        let mut unreadable = false;
        let content = match (&mut self.protection, layout) {
            (Reading::Protected(protector), Some(_)) => {
                match protector.open(header, fragment, self.tracing) {
                    Err(Fault::BadRecordMac) if self.skipping.is_some() => {
                        unreadable = true;
                        content(&[])
                    }
                    opened => opened?,
                }
            }
            (Reading::Unreadable(_), Some(_)) => {
                unreadable = true;
                content(&[])
            }
            (Reading::Plain, _)
                if self.skipping.is_some()
                    && header.content_type == ContentType::APPLICATION_DATA =>
            {
                unreadable = true;
                content(&[])
            }
            _ => content(fragment),
        };
        if let Some(left) = &mut self.skipping {
            match unreadable {
                true => {
                    let passed = left.checked_sub(fragment.len());
                    *left = passed.ok_or(Fault::EarlyDataOverflow)?;
                }
                false if header.content_type == ContentType::CHANGE_CIPHER_SPEC => {}
                false => self.skipping = None,
            }
        }
        let event = self.tracing.then(|| Record {
            direction: Direction::Received,
            content_type: content.content_type,
            bytes: record.to_vec(),
            tree: match layout {
                None => explain::plain(tree, end),
                Some(layout) => explain::protected(tree, layout, end),
            },
            content: content.bytes.clone(),
            protection: content.protection,
        });
        let opened = Opened {
            content_type: content.content_type,
            content: content.bytes,
            unreadable,
            protected: layout.is_some() && !unreadable,
            event,
        };
        self.count(&opened)?;
        self.queue.take(end);
        Ok(Some(opened))
    }

    /// What can be said from the header alone.
    fn check(&self, header: Header) -> Result<(), Fault> {
        let Header {
            content_type,
            version,
            length,
        } = header;
        if content_type.name().is_none() {
            return Err(Fault::ContentType(content_type));
        }
        let allowed = match self.version {
            Some(agreed) => version == agreed,
            None => version.0 >> 8 == 3,
        };
        if !allowed {
            return Err(Fault::Version(version));
        }
        let maximum = match &self.protection {
            // RFC 9846 §4.3.10: early data that is passed over is protected, if by other keys.
            Reading::Plain
                if self.skipping.is_some() && content_type == ContentType::APPLICATION_DATA =>
            {
                Layout::tls13().maximum()
            }
            Reading::Plain => MAXIMUM_CONTENT,
            Reading::Protected(protector) => protector.layout().maximum(),
            Reading::Unreadable(layout) => layout.maximum(),
        };
        let length = usize::from(length);
        if length > maximum {
            return Err(Fault::Overflow { length, maximum });
        }
        Ok(())
    }

    /// Refuses records that bring nothing, and keeps count of those that bring little.
    fn count(&mut self, opened: &Opened) -> Result<(), Fault> {
        let is_alert = opened.content_type == ContentType::ALERT;
        if opened.unreadable {
            return Ok(());
        }
        if opened.content_type.name().is_none() {
            return Err(Fault::ContentType(opened.content_type));
        }
        if opened.content.is_empty() {
            if opened.content_type != ContentType::APPLICATION_DATA {
                return Err(Fault::Empty(opened.content_type));
            }
            self.empty += 1;
        } else if is_alert {
            self.alerts += 1;
        } else {
            (self.empty, self.alerts) = (0, 0);
        }
        if self.empty > Self::MAXIMUM_EMPTY {
            return Err(Fault::TooManyEmpty);
        }
        if self.alerts > Self::MAXIMUM_ALERTS {
            return Err(Fault::TooManyAlerts);
        }
        Ok(())
    }
}
