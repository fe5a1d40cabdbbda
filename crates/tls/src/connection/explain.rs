//! What certificates hold, within the tree of the message that carries them.

use padlock_wire::Value;

/// Lets the tree of a Certificate message go on into the certificates.
pub(crate) fn explain_certificates(
    mut tree: padlock_wire::Node,
    bytes: &[u8],
) -> padlock_wire::Node {
    fn visit(node: &mut padlock_wire::Node, bytes: &[u8]) {
        if !matches!(&*node.label, "ASN.1Cert" | "cert_data") {
            node.children
                .iter_mut()
                .for_each(|child| visit(child, bytes));
            return;
        }
        let Some(inner) = node
            .children
            .iter_mut()
            .find(|child| child.value == Value::Opaque)
        else {
            return;
        };
        let start = inner.range.start;
        let (explained, _problems) = padlock_pki::explain::explain(&bytes[inner.range.clone()]);
        *inner = explained.shifted(start);
    }
    visit(&mut tree, bytes);
    tree
}
