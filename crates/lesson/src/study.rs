//! What a learner asks of certificates that they bring along: what they say, whether they are
//! believed, and in what two of them differ.
//!
//! Nothing here is part of a handshake; it takes the feature `study`.

pub mod compare;
pub mod example;
pub mod fact;
pub mod fault;
pub mod judge;
