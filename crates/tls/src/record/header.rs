use padlock_wire::{Coder, Decoded, Error, Node, Section, Structure, Value};

use crate::codes::{ContentType, ProtocolVersion};

/// What stands before each fragment
/// ([RFC 5246 §6.2.1](https://www.rfc-editor.org/rfc/rfc5246#section-6.2.1)).
///
/// ```text
/// struct {
///     ContentType type;
///     ProtocolVersion version;
///     uint16 length;
///     opaque fragment[TLSPlaintext.length];
/// } TLSPlaintext;
/// ```
/// `TLSCompressed` and `TLSCiphertext` begin with the same three fields. The fragment is not part
/// of this structure: what it is made of depends on the protection.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Header {
    /// What the fragment carries.
    pub content_type: ContentType,
    /// The version of the protocol.
    pub version: ProtocolVersion,
    /// The length of the fragment in bytes.
    pub length: u16,
}

impl Header {
    /// Its length in bytes.
    pub const LENGTH: usize = 5;

    /// Reads a header; every five bytes are one.
    pub(super) fn read(bytes: &[u8; Self::LENGTH]) -> (Self, Node) {
        let Decoded { value, tree } = Self::default().decode_into(bytes);
        (value.expect("five bytes are three numbers"), tree)
    }

    /// Appends the header to `output`.
    pub(super) fn write(self, output: &mut Vec<u8>) -> Node {
        let encoded = self.encode().expect("three numbers always fit");
        output.extend_from_slice(&encoded.bytes);
        encoded.tree
    }
}

impl Structure for Header {
    const NAME: &'static str = "TLSPlaintext";
    const SECTION: Section = Section::new(5246, "6.2.1");

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
        coder.code("type", &mut self.content_type)?;
        coder.code("version", &mut self.version)?;
        coder.u16("length", &mut self.length)?;
        if let Some(node) = coder.last_mut() {
            node.value = Value::Length(u64::from(self.length));
        }
        Ok(())
    }
}
