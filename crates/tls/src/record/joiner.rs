use super::Fault;
use super::queue::Queue;

/// Makes handshake messages of the contents of handshake records
/// ([RFC 5246 §6.2.1](https://www.rfc-editor.org/rfc/rfc5246#section-6.2.1)): several may share a
/// record, one may span several.
#[derive(Clone, Debug)]
pub struct Joiner {
    queue: Queue,
    maximum: usize,
}

/// The length of `msg_type` and `length` (RFC 5246 §7.4).
const HEADER_LENGTH: usize = 4;

impl Joiner {
    /// The longest message that is collected unless [`Joiner::new`] says otherwise; its header is
    /// not counted. Long certificate chains stay below 64 KiB.
    pub const MAXIMUM: usize = 1 << 17;

    /// A joiner that refuses messages whose body is longer than `maximum` bytes.
    #[must_use]
    pub fn new(maximum: usize) -> Self {
        Self {
            queue: Queue::default(),
            maximum,
        }
    }

    /// Takes the content of the next handshake record.
    pub fn push(&mut self, content: &[u8]) {
        self.queue.push(content);
    }

    /// The next whole message with its header, if it is there.
    ///
    /// # Errors
    /// [`Fault::MessageOverflow`] as soon as a header announces too long a message.
    pub fn next_message(&mut self) -> Result<Option<Vec<u8>>, Fault> {
        let Some([_, a, b, c]) = self.queue.bytes().first_chunk::<HEADER_LENGTH>() else {
            return Ok(None);
        };
        let length = usize::from(*a) << 16 | usize::from(*b) << 8 | usize::from(*c);
        if length > self.maximum {
            return Err(Fault::MessageOverflow {
                length,
                maximum: self.maximum,
            });
        }
        let Some(message) = self.queue.bytes().get(..HEADER_LENGTH + length) else {
            return Ok(None);
        };
        let message = message.to_vec();
        self.queue.take(message.len());
        Ok(Some(message))
    }

    /// Whether nothing is left over: neither a part of a message nor a message not yet taken.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.queue.bytes().is_empty()
    }

    /// Says that a record of another type, or the end of the handshake, comes now. Messages must
    /// not be interrupted, and above all must not begin before ChangeCipherSpec and end after it.
    ///
    /// # Errors
    /// [`Fault::MessageInterrupted`] if something is left over.
    pub fn boundary(&self) -> Result<(), Fault> {
        if self.is_empty() {
            Ok(())
        } else {
            Err(Fault::MessageInterrupted)
        }
    }
}

impl Default for Joiner {
    fn default() -> Self {
        Self::new(Self::MAXIMUM)
    }
}
