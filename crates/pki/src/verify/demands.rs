//! What is demanded beyond what every client demands.

/// What is to be checked besides what [`verify`](super::verify()) checks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Demands<'a> {
    /// What certificates should be like.
    pub policy: Policy,
    /// Lists of revoked certificates, in DER (RFC 5280 §5). As soon as there is one, or a response,
    /// the end-entity must be found not revoked in one by its issuer, and each authority of whose
    /// issuer there is one, too.
    pub crls: &'a [&'a [u8]],
    /// Responses by OCSP, in DER: `OCSPResponse` (RFC 6960 §4.2.1).
    pub ocsp_responses: &'a [&'a [u8]],
    /// Whether a response was asked for, to come along with the certificates, so that
    /// `ocsp_responses` has what came: then a certificate that promises one (RFC 7633) is refused
    /// without.
    pub asks_for_status: bool,
    /// How many authorities may stand between the end-entity and the anchor, those that are
    /// self-issued not counted (the initial `max_path_length` of RFC 5280 §6.1.2 (k)).
    pub max_intermediates: Option<u64>,
}

/// What certificates should be like.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum Policy {
    /// What clients check in every handshake: RFC 5280 §6, names by RFC 9525, RSA keys of 2048 bits
    /// at least, no MD5 and no SHA-1.
    #[default]
    Rfc5280,
    /// Also what public authorities must keep to: every [`Rule`](super::Rule), in the anchor's
    /// certificate too, whose dates and critical extensions count as well.
    WebPki,
}
