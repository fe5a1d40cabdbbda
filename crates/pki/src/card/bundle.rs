//! A bundle of certificates on one card.

use std::ops::Range;

use padlock_wire::Node;

use crate::explain::{Kind, explain_as};

/// What a signed message holds (PKCS #7, CMS: RFC 5652 §5): mostly certificates, and nothing signed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct BundleCard {
    /// The certificates: their places in the message.
    pub certificates: Vec<Range<usize>>,
    /// The lists of revoked certificates.
    pub lists: Vec<Range<usize>>,
    /// Whether there is a content that could be signed.
    pub has_content: bool,
    /// How many signed it.
    pub signers: usize,
}

impl BundleCard {
    /// Reads the message in `der`, as far as it can be read; `None` if it is no signed one.
    #[must_use]
    pub fn read(der: &[u8]) -> Option<Self> {
        let (tree, _) = explain_as(Kind::ContentInfo, der);
        let signed = tree.find("SignedData")?;
        let list = |name: &str| signed.children.iter().find(|node| node.label == name);
        let places = |name: &str, kind: &str| {
            let nodes = list(name).into_iter().flat_map(|list| &list.children);
            let those = nodes.filter(|node| node.label == kind);
            those.map(|node| node.range.clone()).collect()
        };
        let is_content = |node: &Node| node.label == "eContent";
        let enclosed = list("encapContentInfo");
        let signers = list("signerInfos")
            .into_iter()
            .flat_map(|list| &list.children);
        Some(Self {
            certificates: places("certificates", "Certificate"),
            lists: places("crls", "CertificateList"),
            has_content: enclosed.is_some_and(|node| node.children.iter().any(is_content)),
            signers: signers.filter(|node| node.label == "SignerInfo").count(),
        })
    }
}
