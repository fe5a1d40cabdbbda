use padlock_pki::random::Random;

use super::{Fault, Header, MAXIMUM_CONTENT, Protector, explain};
use crate::codes::{ContentType, ProtocolVersion};
use crate::trace::{Direction, Record};

/// Cuts content into records and protects them.
///
/// ```
/// use padlock_pki::random::Random;
/// use padlock_tls::codes::ContentType;
/// use padlock_tls::record::Sender;
///
/// let mut sender = Sender::new(Random::new([1; 32]), false);
/// sender.send(ContentType::ALERT, &[1, 0])?;
/// assert_eq!(sender.take_output(), b"\x15\x03\x03\x00\x02\x01\x00");
/// # Ok::<(), padlock_tls::record::Fault>(())
/// ```
#[derive(Clone, Debug)]
pub struct Sender {
    output: Vec<u8>,
    protector: Option<Protector>,
    /// The version of records in clear.
    version: ProtocolVersion,
    maximum: usize,
    /// The most plaintext of a protected record.
    limit: usize,
    /// Draws the initialization vectors of CBC.
    random: Random,
    tracing: bool,
}

impl Sender {
    /// A sender of records in clear, which will draw initialization vectors from `random`. If
    /// `tracing`, each record yields an event.
    #[must_use]
    pub fn new(random: Random, tracing: bool) -> Self {
        Self {
            output: Vec::new(),
            protector: None,
            version: ProtocolVersion::TLS_1_2,
            maximum: MAXIMUM_CONTENT,
            limit: MAXIMUM_CONTENT + 1,
            random,
            tracing,
        }
    }

    /// The version in the header of the records in clear that follow: 0x0303 unless set, where a
    /// first ClientHello may say 0x0301 (RFC 5246 §E.1).
    pub fn set_version(&mut self, version: ProtocolVersion) {
        self.version = version;
    }

    /// The most content that goes into one record, from 1 to 2¹⁴ bytes: what lies outside is
    /// brought inside.
    pub fn set_maximum(&mut self, maximum: usize) {
        self.maximum = maximum.clamp(1, MAXIMUM_CONTENT);
    }

    /// Protects the records that follow by `protector`: ChangeCipherSpec was sent.
    pub fn set_protection(&mut self, protector: Protector) {
        self.protector = Some(protector.limited_to(self.limit));
    }

    /// The most plaintext that goes into one protected record (RFC 8449 §4): see
    /// [`Protector::limited_to`].
    pub fn limit(&mut self, limit: usize) {
        self.limit = limit.clamp(2, MAXIMUM_CONTENT + 1);
        self.protector = self
            .protector
            .take()
            .map(|protector| protector.limited_to(self.limit));
    }

    /// Sends the records that follow in clear again: early data was refused, and the handshake
    /// begins anew (RFC 9846 §4.2.4).
    pub fn set_clear(&mut self) {
        self.protector = None;
    }

    /// How many records the present key has protected; 0 in clear.
    #[must_use]
    pub fn protected_records(&self) -> u64 {
        let next = self.protector.as_ref().map(Protector::sequence);
        next.map_or(0, |next| next.unwrap_or(u64::MAX))
    }

    /// Sends ChangeCipherSpec in clear, whatever the protection: in TLS 1.3 it is for middleboxes
    /// only (RFC 9846 §E.4).
    ///
    /// # Errors
    /// None that can happen; the signature is that of [`Sender::send`].
    pub fn send_in_clear(
        &mut self,
        content_type: ContentType,
        content: &[u8],
    ) -> Result<Vec<Record>, Fault> {
        let protector = self.protector.take();
        let outcome = self.send(content_type, content);
        self.protector = protector;
        outcome
    }

    /// Sends `content` in as many records as it takes. What they are, for the trace, is returned;
    /// nothing if the sender does not trace.
    ///
    /// Application data without content makes one empty record.
    ///
    /// # Errors
    /// [`Fault::Empty`] without content of another type; [`Fault::SequenceOverflow`] if the key has
    /// no number left, which may be after some of the records.
    pub fn send(
        &mut self,
        content_type: ContentType,
        content: &[u8],
    ) -> Result<Vec<Record>, Fault> {
        if content.is_empty() {
            if content_type != ContentType::APPLICATION_DATA {
                return Err(Fault::Empty(content_type));
            }
            return Ok(self.record(content_type, content)?.into_iter().collect());
        }
        let mut records = Vec::new();
        let room = self.protector.as_ref().map(Protector::room);
        for fragment in content.chunks(self.maximum.min(room.unwrap_or(MAXIMUM_CONTENT))) {
            records.extend(self.record(content_type, fragment)?);
        }
        Ok(records)
    }

    /// The bytes for the wire, which are then no longer here.
    #[must_use]
    pub fn take_output(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.output)
    }

    /// Makes one record of `content`, which fits.
    fn record(
        &mut self,
        content_type: ContentType,
        content: &[u8],
    ) -> Result<Option<Record>, Fault> {
        let start = self.output.len();
        let (header, layout, protection) = match &mut self.protector {
            None => {
                let length = u16::try_from(content.len()).expect("content is at most 2^14 bytes");
                let header = Header {
                    content_type,
                    version: self.version,
                    length,
                };
                let header = header.write(&mut self.output);
                self.output.extend_from_slice(content);
                (header, None, None)
            }
            Some(protector) => {
                let (header, protection) = protector.seal(
                    content_type,
                    content,
                    &mut self.random,
                    &mut self.output,
                    self.tracing,
                )?;
                (header, Some(protector.layout()), protection)
            }
        };
        if !self.tracing {
            return Ok(None);
        }
        let bytes = self.output[start..].to_vec();
        let tree = match layout {
            None => explain::plain(header, bytes.len()),
            Some(layout) => explain::protected(header, layout, bytes.len()),
        };
        let content = content.to_vec();
        let direction = Direction::Sent;
        Ok(Some(Record {
            direction,
            content_type,
            bytes,
            tree,
            content,
            protection,
        }))
    }
}
