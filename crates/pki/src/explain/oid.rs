//! The names of object identifiers: here those that ordinary certificates use.

#[cfg(feature = "study")]
mod study;

/// An object identifier with a name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Known {
    /// As in `"2.5.4.3"`.
    pub oid: &'static str,
    /// Its name in the standard that defines it.
    pub name: &'static str,
    /// For attribute types, how a distinguished name is written with it (RFC 4514 §3).
    pub short: Option<&'static str>,
}

/// What is known of this object identifier.
#[must_use]
pub fn known(oid: &str) -> Option<&'static Known> {
    let mut all = KNOWN.iter().chain(MORE);
    all.find(|known| known.oid == oid)
}

#[cfg(feature = "study")]
use study::KNOWN as MORE;
#[cfg(not(feature = "study"))]
static MORE: &[Known] = &[];

/// The name of this object identifier.
#[must_use]
pub fn name(oid: &str) -> Option<&'static str> {
    known(oid).map(|known| known.name)
}

/// The contents octets of an `OBJECT IDENTIFIER` in the dotted form; `None` if they are none, or
/// one of its numbers takes more than 64 octets.
#[must_use]
pub fn dotted(contents: &[u8]) -> Option<String> {
    let (last, first) = (contents.last()?, contents.first()?);
    if last & 0x80 != 0 {
        return None;
    }
    // The first number holds two (X.690 §8.19.4): the root times 40, and what is below it.
    let root = match first {
        0x80.. => 2,
        first => (first / 40).min(2),
    };
    let mut text = root.to_string();
    let mut offset = i32::from(root) * 40;
    for number in contents.split_inclusive(|octet| octet & 0x80 == 0) {
        if number.len() > NUMBER || number[0] == 0x80 {
            return None;
        }
        text.push('.');
        if number.len() <= SMALL {
            let fold = |sum: i64, octet: &u8| sum << 7 | i64::from(octet & 0x7f);
            text.push_str(&(number.iter().fold(0, fold) - i64::from(offset)).to_string());
        } else {
            text.extend(decimal(number, offset));
        }
        offset = 0;
    }
    Some(text)
}

/// The most octets of a number in an object identifier: those made of a UUID have 19.
const NUMBER: usize = 64;
/// As many octets of seven bits as 63 bits hold.
const SMALL: usize = 9;

/// The decimal digits of the number that these octets have seven bits each of, less `offset`.
fn decimal(octets: &[u8], offset: i32) -> impl Iterator<Item = char> {
    let mut digits = Vec::new();
    for (index, octet) in octets.iter().enumerate() {
        let mut carry = i32::from(octet & 0x7f);
        if index == octets.len() - 1 {
            carry -= offset;
        }
        for digit in &mut digits {
            carry += *digit * 128;
            *digit = carry.rem_euclid(10);
            carry = carry.div_euclid(10);
        }
        while carry > 0 {
            digits.push(carry % 10);
            carry /= 10;
        }
    }
    if digits.is_empty() {
        digits.push(0);
    }
    let digits = digits.into_iter().rev();
    digits.filter_map(|digit| char::from_digit(u32::try_from(digit).ok()?, 10))
}

const fn named(oid: &'static str, name: &'static str) -> Known {
    Known {
        oid,
        name,
        short: None,
    }
}

const fn attribute(oid: &'static str, name: &'static str, short: &'static str) -> Known {
    Known {
        oid,
        name,
        short: Some(short),
    }
}

static KNOWN: &[Known] = &[
    // Attribute types of names: RFC 5280 appendix A.1, RFC 4519, CA/Browser Forum EV guidelines.
    attribute("2.5.4.3", "commonName", "CN"),
    attribute("2.5.4.4", "surname", "SN"),
    attribute("2.5.4.5", "serialNumber", "serialNumber"),
    attribute("2.5.4.6", "countryName", "C"),
    attribute("2.5.4.7", "localityName", "L"),
    attribute("2.5.4.8", "stateOrProvinceName", "ST"),
    attribute("2.5.4.9", "streetAddress", "STREET"),
    attribute("2.5.4.10", "organizationName", "O"),
    attribute("2.5.4.11", "organizationalUnitName", "OU"),
    attribute("2.5.4.12", "title", "title"),
    attribute("2.5.4.15", "businessCategory", "businessCategory"),
    attribute("2.5.4.17", "postalCode", "postalCode"),
    attribute("2.5.4.41", "name", "name"),
    attribute("2.5.4.42", "givenName", "givenName"),
    attribute("2.5.4.43", "initials", "initials"),
    attribute("2.5.4.44", "generationQualifier", "generationQualifier"),
    attribute("2.5.4.46", "dnQualifier", "dnQualifier"),
    attribute("2.5.4.65", "pseudonym", "pseudonym"),
    attribute(
        "2.5.4.97",
        "organizationIdentifier",
        "organizationIdentifier",
    ),
    attribute("0.9.2342.19200300.100.1.1", "userId", "UID"),
    attribute("0.9.2342.19200300.100.1.25", "domainComponent", "DC"),
    attribute("1.2.840.113549.1.9.1", "emailAddress", "emailAddress"),
    named("1.3.6.1.4.1.311.60.2.1.1", "jurisdictionLocalityName"),
    named(
        "1.3.6.1.4.1.311.60.2.1.2",
        "jurisdictionStateOrProvinceName",
    ),
    named("1.3.6.1.4.1.311.60.2.1.3", "jurisdictionCountryName"),
    // Keys: RFC 3279, 5480, 8410.
    named("1.2.840.113549.1.1.1", "rsaEncryption"),
    named("1.2.840.10045.2.1", "id-ecPublicKey"),
    named("1.2.840.10045.3.1.1", "secp192r1"),
    named("1.2.840.10045.3.1.7", "secp256r1"),
    named("1.3.132.0.10", "secp256k1"),
    named("1.3.132.0.33", "secp224r1"),
    named("1.3.132.0.34", "secp384r1"),
    named("1.3.132.0.35", "secp521r1"),
    named("1.2.840.10040.4.1", "id-dsa"),
    named("1.2.840.10046.2.1", "dhpublicnumber"),
    named("1.3.101.110", "id-X25519"),
    named("1.3.101.111", "id-X448"),
    named("1.3.101.112", "id-Ed25519"),
    named("1.3.101.113", "id-Ed448"),
    // Signatures: RFC 3279, 4055, 5758.
    named("1.2.840.113549.1.1.2", "md2WithRSAEncryption"),
    named("1.2.840.113549.1.1.4", "md5WithRSAEncryption"),
    named("1.2.840.113549.1.1.5", "sha1WithRSAEncryption"),
    named("1.2.840.113549.1.1.8", "id-mgf1"),
    named("1.2.840.113549.1.1.10", "id-RSASSA-PSS"),
    named("1.2.840.113549.1.1.11", "sha256WithRSAEncryption"),
    named("1.2.840.113549.1.1.12", "sha384WithRSAEncryption"),
    named("1.2.840.113549.1.1.13", "sha512WithRSAEncryption"),
    named("1.2.840.113549.1.1.14", "sha224WithRSAEncryption"),
    named("1.2.840.10040.4.3", "id-dsa-with-sha1"),
    named("2.16.840.1.101.3.4.3.2", "id-dsa-with-sha256"),
    named("1.2.840.10045.4.1", "ecdsa-with-SHA1"),
    named("1.2.840.10045.4.3.1", "ecdsa-with-SHA224"),
    named("1.2.840.10045.4.3.2", "ecdsa-with-SHA256"),
    named("1.2.840.10045.4.3.3", "ecdsa-with-SHA384"),
    named("1.2.840.10045.4.3.4", "ecdsa-with-SHA512"),
    named("1.3.14.3.2.26", "id-sha1"),
    named("2.16.840.1.101.3.4.2.1", "id-sha256"),
    named("2.16.840.1.101.3.4.2.2", "id-sha384"),
    named("2.16.840.1.101.3.4.2.3", "id-sha512"),
    // Extensions: RFC 5280 §4.2, 6962, 7633.
    named("2.5.29.9", "subjectDirectoryAttributes"),
    named("2.5.29.14", "subjectKeyIdentifier"),
    named("2.5.29.15", "keyUsage"),
    named("2.5.29.16", "privateKeyUsagePeriod"),
    named("2.5.29.17", "subjectAltName"),
    named("2.5.29.18", "issuerAltName"),
    named("2.5.29.19", "basicConstraints"),
    named("2.5.29.30", "nameConstraints"),
    named("2.5.29.31", "cRLDistributionPoints"),
    named("2.5.29.32", "certificatePolicies"),
    named("2.5.29.33", "policyMappings"),
    named("2.5.29.35", "authorityKeyIdentifier"),
    named("2.5.29.36", "policyConstraints"),
    named("2.5.29.37", "extKeyUsage"),
    named("2.5.29.46", "freshestCRL"),
    named("2.5.29.54", "inhibitAnyPolicy"),
    named("1.3.6.1.5.5.7.1.1", "authorityInfoAccess"),
    named("1.3.6.1.5.5.7.1.3", "qcStatements"),
    named("1.3.6.1.5.5.7.1.11", "subjectInfoAccess"),
    named("1.3.6.1.5.5.7.1.24", "tlsfeature"),
    named("1.3.6.1.4.1.11129.2.4.2", "SignedCertificateTimestampList"),
    named("1.3.6.1.4.1.11129.2.4.3", "precertificatePoison"),
    named("2.16.840.1.113730.1.1", "netscape-cert-type"),
    named("2.16.840.1.113730.1.13", "netscape-comment"),
    named("1.3.6.1.4.1.311.20.2", "enrollCerttypeExtension"),
    named("1.3.6.1.4.1.311.21.1", "cAKeyCertIndexPair"),
    named("1.3.6.1.4.1.311.21.7", "certificateTemplate"),
    named("1.3.6.1.4.1.311.21.10", "applicationCertPolicies"),
    // Purposes of extKeyUsage: RFC 5280 §4.2.1.12.
    named("2.5.29.37.0", "anyExtendedKeyUsage"),
    named("1.3.6.1.5.5.7.3.1", "id-kp-serverAuth"),
    named("1.3.6.1.5.5.7.3.2", "id-kp-clientAuth"),
    named("1.3.6.1.5.5.7.3.3", "id-kp-codeSigning"),
    named("1.3.6.1.5.5.7.3.4", "id-kp-emailProtection"),
    named("1.3.6.1.5.5.7.3.8", "id-kp-timeStamping"),
    named("1.3.6.1.5.5.7.3.9", "id-kp-OCSPSigning"),
    // Policies and their qualifiers: RFC 5280 §4.2.1.4, CA/Browser Forum.
    named("2.5.29.32.0", "anyPolicy"),
    named("1.3.6.1.5.5.7.2.1", "id-qt-cps"),
    named("1.3.6.1.5.5.7.2.2", "id-qt-unotice"),
    named("2.23.140.1.1", "ev-guidelines"),
    named("2.23.140.1.2.1", "domain-validated"),
    named("2.23.140.1.2.2", "organization-validated"),
    named("2.23.140.1.2.3", "individual-validated"),
    // Access methods: RFC 5280 §4.2.2.
    named("1.3.6.1.5.5.7.48.1", "id-ad-ocsp"),
    named("1.3.6.1.5.5.7.48.2", "id-ad-caIssuers"),
    named("1.3.6.1.5.5.7.48.3", "id-ad-timeStamping"),
    named("1.3.6.1.5.5.7.48.5", "id-ad-caRepository"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_dotted_forms() {
        for (contents, expected) in [
            ("550403", Some("2.5.4.3")),
            ("2a864886f70d01010b", Some("1.2.840.113549.1.1.11")),
            ("2b6570", Some("1.3.101.112")),
            ("883703", Some("2.999.3")),
            ("00", Some("0.0")),
            ("", None),
            ("5504ff", None),
            ("55048003", None),
            ("7f", Some("2.47")),
            ("78", Some("2.40")),
            ("8100", Some("2.48")),
            ("8837", Some("2.999")),
            ("2a00", Some("1.2.0")),
            ("2a808000", None),
            // The greatest UUID, and more than 128 bits.
            (
                "6983ffffffffffffffffffffffffffffffffff7f",
                Some("2.25.340282366920938463463374607431768211455"),
            ),
            (
                "6984808080808080808080808080808080808000",
                Some("2.25.340282366920938463463374607431768211456"),
            ),
            (
                "84808080808080808080808080808080808000",
                Some("2.340282366920938463463374607431768211376"),
            ),
        ] {
            let contents = padlock_wire::hex::decode(contents).unwrap();
            assert_eq!(dotted(&contents).as_deref(), expected, "{contents:02x?}");
        }
        let mut long = vec![0xff; NUMBER];
        long.push(0x7f);
        assert_eq!(dotted(&long), None);
        assert!(dotted(&long[1..]).is_some());
    }

    #[test]
    fn no_identifier_has_two_names() {
        let all: Vec<_> = KNOWN.iter().chain(MORE).collect();
        for (index, one) in all.iter().enumerate() {
            assert!(
                all[..index].iter().all(|other| other.oid != one.oid),
                "{}",
                one.oid
            );
        }
    }
}
