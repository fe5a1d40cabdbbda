/// What a record's MAC or AEAD covers besides its content.
///
/// ```text
/// additional_data = seq_num + TLSCompressed.type + TLSCompressed.version + TLSCompressed.length;
/// ```
/// [RFC 5246 §6.2.3.3](https://www.rfc-editor.org/rfc/rfc5246#section-6.2.3.3); the MAC of a CBC
/// record begins with the same 13 bytes (§6.2.3.1).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct RecordHeader {
    /// `seq_num`: how many records this key has protected before.
    pub sequence: u64,
    /// The record's `ContentType`.
    pub content_type: u8,
    /// The record's `ProtocolVersion`.
    pub version: [u8; 2],
}

impl RecordHeader {
    /// The 13 bytes, with the length that the cipher suite wants in them.
    #[must_use]
    pub fn additional_data(self, length: u16) -> [u8; 13] {
        let [s0, s1, s2, s3, s4, s5, s6, s7] = self.sequence.to_be_bytes();
        let [major, minor] = self.version;
        let [high, low] = length.to_be_bytes();
        [
            s0,
            s1,
            s2,
            s3,
            s4,
            s5,
            s6,
            s7,
            self.content_type,
            major,
            minor,
            high,
            low,
        ]
    }
}
