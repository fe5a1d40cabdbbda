//! A response of OCSP as TLS carries it: stapled to the certificates (RFC 6066 §8).

use crate::explain::der::SEQUENCE;

/// The content type of records with messages of the handshake (RFC 8446 §5.1).
const HANDSHAKE: u8 = 22;
/// The type of the message `certificate_status` (RFC 6066 §8).
const CERTIFICATE_STATUS: u8 = 22;
/// The one `CertificateStatusType`.
const OCSP: u8 = 1;

/// Where the response starts, if `bytes` are nothing but one in a `CertificateStatus`, with or
/// without the header of the message and that of the record around it:
///
/// ```text
/// struct {
///     CertificateStatusType status_type;
///     select (status_type) {
///         case ocsp: OCSPResponse;
///     } response;
/// } CertificateStatus;
/// opaque OCSPResponse<1..2^24-1>;
/// ```
pub(super) fn response(bytes: &[u8]) -> Option<usize> {
    let record = match bytes {
        [HANDSHAKE, 3, _, high, low, message @ ..] => {
            let length = usize::from(u16::from_be_bytes([*high, *low]));
            (length == message.len()).then_some((message, 5))
        }
        _ => None,
    };
    let (message, record) = record.unwrap_or((bytes, 0));
    let (status, message) = match message {
        [CERTIFICATE_STATUS, status @ ..] => (counted(status)?, 4),
        status if record == 0 => (status, 0),
        _ => return None,
    };
    let [OCSP, response @ ..] = status else {
        return None;
    };
    let is_value = counted(response)?.first() == Some(&SEQUENCE);
    is_value.then_some(record + message + 4)
}

/// What follows a length of three octets, if it is of that length.
fn counted(bytes: &[u8]) -> Option<&[u8]> {
    let [high, middle, low, rest @ ..] = bytes else {
        return None;
    };
    let length = u32::from_be_bytes([0, *high, *middle, *low]);
    (usize::try_from(length) == Ok(rest.len())).then_some(rest)
}
