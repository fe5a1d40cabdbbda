//! Bytes with names: one definition encodes, decodes and explains.
