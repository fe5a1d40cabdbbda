//! HKDF ([RFC 5869](https://www.rfc-editor.org/rfc/rfc5869)) and what TLS 1.3 makes of it
//! ([RFC 9846 §7.1](https://www.rfc-editor.org/rfc/rfc9846#section-7.1)).

use padlock_pki::digest::Hash;
use ring::hmac;

/// ```text
/// HKDF-Extract(salt, IKM) -> PRK
/// PRK = HMAC-Hash(salt, IKM)
/// ```
/// (RFC 5869 §2.2)
#[must_use]
pub fn extract(hash: Hash, salt: &[u8], ikm: &[u8]) -> Vec<u8> {
    super::hmac(hash, salt, ikm)
}

/// ```text
/// HKDF-Expand(PRK, info, L) -> OKM
/// T(0) = empty string
/// T(i) = HMAC-Hash(PRK, T(i-1) | info | i)
/// OKM = first L octets of T(1) | T(2) | …
/// ```
/// (RFC 5869 §2.3); `None` for a length of more than 255 blocks, which HKDF does not give.
#[must_use]
pub fn expand(hash: Hash, prk: &[u8], info: &[u8], length: usize) -> Option<Vec<u8>> {
    if length > 255 * hash.length() {
        return None;
    }
    let key = super::hmac_key(hash, prk);
    let mut output = Vec::with_capacity(length);
    let mut previous = Vec::new();
    for counter in 1..=u8::MAX {
        if output.len() >= length {
            break;
        }
        let mut context = hmac::Context::with_key(&key);
        context.update(&previous);
        context.update(info);
        context.update(&[counter]);
        previous = context.sign().as_ref().to_vec();
        output.extend_from_slice(&previous);
    }
    output.truncate(length);
    Some(output)
}

/// ```text
/// HKDF-Expand-Label(Secret, Label, Context, Length) =
///      HKDF-Expand(Secret, HkdfLabel, Length)
/// struct {
///     uint16 length = Length;
///     opaque label<7..255> = "tls13 " + Label;
///     opaque context<0..255> = Context;
/// } HkdfLabel;
/// ```
/// (RFC 9846 §7.1)
///
/// # Panics
/// For a length of more than 255 blocks of the hash, a label beyond 249 bytes, or a context beyond 255.
#[must_use]
pub fn expand_label(
    hash: Hash,
    secret: &[u8],
    label: &str,
    context: &[u8],
    length: usize,
) -> Vec<u8> {
    let info = hkdf_label(label, context, length).expect("label, context and length fit");
    expand(hash, secret, &info, length).expect("the length fits")
}

/// The bytes of HkdfLabel (RFC 9846 §7.1); `None` if a part is too long.
#[must_use]
pub fn hkdf_label(label: &str, context: &[u8], length: usize) -> Option<Vec<u8>> {
    const PREFIX: &str = "tls13 ";
    let length = u16::try_from(length).ok()?;
    let label_length = u8::try_from(PREFIX.len() + label.len()).ok()?;
    let context_length = u8::try_from(context.len()).ok()?;
    let mut info = length.to_be_bytes().to_vec();
    info.push(label_length);
    info.extend_from_slice(PREFIX.as_bytes());
    info.extend_from_slice(label.as_bytes());
    info.push(context_length);
    info.extend_from_slice(context);
    Some(info)
}
