//! What identifiers mean by themselves (X.680 §8.6).

use super::characters;
use super::der::{
    BIT_STRING, BOOLEAN, ENUMERATED, GENERALIZED_TIME, INTEGER, OBJECT_IDENTIFIER, SEQUENCE, SET,
    UTC_TIME,
};
use super::schema::{Bits, Integer, Type};

/// The type of a value by its identifier alone.
pub(super) fn universal(identifier: u8) -> Type {
    match identifier {
        BOOLEAN => Type::Boolean,
        INTEGER | ENUMERATED => Type::Integer(Integer::Any),
        BIT_STRING => Type::BitString(Bits::Opaque),
        OBJECT_IDENTIFIER => Type::ObjectIdentifier,
        UTC_TIME | GENERALIZED_TIME => Type::Moment,
        _ if characters::is_string(identifier) => Type::Characters(0),
        _ => Type::Any,
    }
}

/// Whether values of the universal type that the identifier names are primitive or constructed as
/// this one is, in DER (X.690 §8, §10.2); those of other classes may be either.
pub(super) fn is_form_of_its_type(identifier: u8) -> bool {
    match identifier {
        // SEQUENCE, SET, and what is defined as a SEQUENCE: EXTERNAL, EMBEDDED PDV, CHARACTER STRING.
        0x08 | 0x0b | 0x10 | 0x11 | 0x1d => false,
        0x28 | 0x2b | SEQUENCE | SET | 0x3d => true,
        // End-of-contents is no value, and 15 no type.
        0x00 | 0x0f => false,
        _ => !matches!(identifier, 0x20..=0x3f),
    }
}

/// What X.680 calls the identifier octet.
pub(super) fn identifier_name(identifier: u8) -> &'static str {
    const CONTEXT: [&str; 32] = [
        "[0]",
        "[1]",
        "[2]",
        "[3]",
        "[4]",
        "[5]",
        "[6]",
        "[7]",
        "[8]",
        "[9]",
        "[10]",
        "[11]",
        "[12]",
        "[13]",
        "[14]",
        "[15]",
        "[16]",
        "[17]",
        "[18]",
        "[19]",
        "[20]",
        "[21]",
        "[22]",
        "[23]",
        "[24]",
        "[25]",
        "[26]",
        "[27]",
        "[28]",
        "[29]",
        "[30]",
        "[31 or more]",
    ];
    const UNIVERSAL: [&str; 32] = [
        "end-of-contents",
        "BOOLEAN",
        "INTEGER",
        "BIT STRING",
        "OCTET STRING",
        "NULL",
        "OBJECT IDENTIFIER",
        "ObjectDescriptor",
        "EXTERNAL",
        "REAL",
        "ENUMERATED",
        "EMBEDDED PDV",
        "UTF8String",
        "RELATIVE-OID",
        "TIME",
        "universal 15",
        "SEQUENCE",
        "SET",
        "NumericString",
        "PrintableString",
        "TeletexString",
        "VideotexString",
        "IA5String",
        "UTCTime",
        "GeneralizedTime",
        "GraphicString",
        "VisibleString",
        "GeneralString",
        "UniversalString",
        "CHARACTER STRING",
        "BMPString",
        "universal 31 or more",
    ];
    let number = usize::from(identifier & 0x1f);
    match identifier >> 6 {
        0 => UNIVERSAL[number],
        1 => "[APPLICATION]",
        2 => CONTEXT[number],
        _ => "[PRIVATE]",
    }
}
