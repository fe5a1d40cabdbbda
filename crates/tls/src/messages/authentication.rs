//! The messages that say and prove who a party is.

use padlock_wire::{Coder, Error, Prefix, Section, Structure};

use crate::codes::{ClientCertificateType, SignatureScheme};

/// A party's certificate and those that lead from it to a trust anchor (RFC 5246 §7.4.2).
///
/// ```text
/// opaque ASN.1Cert<1..2^24-1>;
/// struct { ASN.1Cert certificate_list<0..2^24-1>; } Certificate;
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Certificate {
    /// The end-entity certificate first, each then certified by the next; DER.
    pub certificate_list: Vec<Vec<u8>>,
}

impl Structure for Certificate {
    const NAME: &'static str = "Certificate";
    const SECTION: Section = Section::new(5246, "7.4.2");

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
        let (bounds, list) = (0..=0xff_ffff, &mut self.certificate_list);
        coder.list(
            "certificate_list",
            Prefix::U24,
            bounds,
            list,
            |coder, certificate| coder.opaque("ASN.1Cert", Prefix::U24, 1..=0xff_ffff, certificate),
        )
    }
}

/// Asks the client for a certificate (RFC 5246 §7.4.4).
///
/// ```text
/// struct {
///     ClientCertificateType certificate_types<1..2^8-1>;
///     SignatureAndHashAlgorithm supported_signature_algorithms<2..2^16-2>;
///     DistinguishedName certificate_authorities<0..2^16-1>;
/// } CertificateRequest;
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct CertificateRequest {
    /// Which kinds of certificate may answer.
    pub certificate_types: Vec<ClientCertificateType>,
    /// Which signatures the server can verify.
    pub supported_signature_algorithms: Vec<SignatureScheme>,
    /// The names, in DER, of the authorities that the server trusts; none means any.
    pub certificate_authorities: Vec<Vec<u8>>,
}

impl Structure for CertificateRequest {
    const NAME: &'static str = "CertificateRequest";
    const SECTION: Section = Section::new(5246, "7.4.4");

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
        let types = &mut self.certificate_types;
        coder.codes(
            "certificate_types",
            "certificate_type",
            Prefix::U8,
            1..=0xff,
            types,
        )?;
        let schemes = &mut self.supported_signature_algorithms;
        let label = "supported_signature_algorithms";
        coder.codes(label, "algorithm", Prefix::U16, 2..=0xfffe, schemes)?;
        let names = &mut self.certificate_authorities;
        let label = "certificate_authorities";
        coder.list(label, Prefix::U16, 0..=0xffff, names, |coder, name| {
            coder.opaque("DistinguishedName", Prefix::U16, 1..=0xffff, name)
        })
    }
}

/// A signature and the algorithm that made it (RFC 5246 §4.7).
///
/// ```text
/// struct { SignatureAndHashAlgorithm algorithm; opaque signature<0..2^16-1>; } DigitallySigned;
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct DigitallySigned {
    /// The algorithm; RFC 8446 made one code point of what were two bytes, with the same values.
    pub algorithm: SignatureScheme,
    /// The signature.
    pub signature: Vec<u8>,
}

impl Structure for DigitallySigned {
    const NAME: &'static str = "DigitallySigned";
    const SECTION: Section = Section::new(5246, "4.7");

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
        coder.code("algorithm", &mut self.algorithm)?;
        coder.opaque("signature", Prefix::U16, 0..=0xffff, &mut self.signature)
    }
}

/// Proves that the client holds the private key of its certificate: a signature over all
/// handshake messages so far (RFC 5246 §7.4.8).
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct CertificateVerify {
    /// The signature.
    pub signed: DigitallySigned,
}

impl Structure for CertificateVerify {
    const NAME: &'static str = "CertificateVerify";
    const SECTION: Section = Section::new(5246, "7.4.8");

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
        coder.nested("digitally_signed", &mut self.signed)
    }
}

/// Proves that both sides hold the same master secret and saw the same messages
/// (RFC 5246 §7.4.9).
///
/// ```text
/// struct { opaque verify_data[verify_data_length]; } Finished;
/// verify_data = PRF(master_secret, finished_label, Hash(handshake_messages))[0..11];
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Finished {
    /// 12 bytes with every suite that Padlock uses.
    pub verify_data: Vec<u8>,
}

impl Structure for Finished {
    const NAME: &'static str = "Finished";
    const SECTION: Section = Section::new(5246, "7.4.9");

    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
        coder.rest("verify_data", &mut self.verify_data)
    }
}
