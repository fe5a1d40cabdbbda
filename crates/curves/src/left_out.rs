//! The answers of a program that was built without curves.

use crate::{Curve, Fault, Scheme};

pub(crate) fn public_value(_: Curve, _private: &[u8]) -> Result<Vec<u8>, Fault> {
    Err(Fault::NotBuiltIn)
}

pub(crate) fn point(_: Curve, _point: &[u8]) -> Result<Vec<u8>, Fault> {
    Err(Fault::NotBuiltIn)
}

pub(crate) fn agree(_: Curve, _private: &[u8], _public: &[u8]) -> Result<Vec<u8>, Fault> {
    Err(Fault::NotBuiltIn)
}

pub(crate) fn sign_digest(_: Curve, _private: &[u8], _digest: &[u8]) -> Result<Vec<u8>, Fault> {
    Err(Fault::NotBuiltIn)
}

pub(crate) fn sign_message(_private: &[u8], _message: &[u8]) -> Result<Vec<u8>, Fault> {
    Err(Fault::NotBuiltIn)
}

pub(crate) fn verify(_: Scheme, _: &[u8], _message: &[u8], _signature: &[u8]) -> Result<(), Fault> {
    Err(Fault::NotBuiltIn)
}
