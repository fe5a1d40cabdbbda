use padlock_wire::{Node, Section, Value};

use super::Header;
use super::layout::Layout;

/// The field tree of a record in clear, given that of its header.
pub(super) fn plain(header: Node, end: usize) -> Node {
    let fragment = Node::leaf("fragment", Header::LENGTH..end, Value::Opaque);
    with_fragment(header, fragment)
}

/// The field tree of a protected record, given that of its header.
///
/// ```text
/// struct {
///     ContentType type;
///     ProtocolVersion version;
///     uint16 length;
///     select (SecurityParameters.cipher_type) {
///         case stream: GenericStreamCipher;
///         case block:  GenericBlockCipher;
///         case aead:   GenericAEADCipher;
///     } fragment;
/// } TLSCiphertext;
///
/// struct {
///     ContentType opaque_type = application_data; /* 23 */
///     ProtocolVersion legacy_record_version = 0x0303;
///     uint16 length;
///     opaque encrypted_record[TLSCiphertext.length];
/// } TLSCiphertext;   // of TLS 1.3
/// ```
pub(super) fn protected(mut header: Node, layout: Layout, end: usize) -> Node {
    header.label = "TLSCiphertext".into();
    header.section = Some(Section::new(5246, "6.2.3"));
    if layout.hides_type() {
        header.section = Some(Section::new(9846, "5.2"));
        for (node, label) in header
            .children
            .iter_mut()
            .zip(["opaque_type", "legacy_record_version"])
        {
            node.label = label.into();
        }
    }
    with_fragment(header, layout.fragment(end))
}

fn with_fragment(mut record: Node, fragment: Node) -> Node {
    if !fragment.range.is_empty() {
        record.range.end = fragment.range.end;
        record.children.push(fragment);
    }
    record
}
