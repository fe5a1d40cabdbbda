//! TLS records, messages, key schedules and parties that report everything they do.

pub mod crypto;
