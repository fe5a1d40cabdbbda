//! Bytes with names.
//!
//! One definition of each structure, its [`Structure::fields`], both encodes and decodes it, and
//! either way yields the [`Node`] tree that explains it: label, byte range, value, standard. The
//! decoder that runs is the decoder that explains; there is no second, decorative parser.
//!
//! ```
//! use padlock_wire::{Coder, Error, Prefix, Section, Structure};
//!
//! /// A protocol name of ALPN (RFC 7301 §3.1).
//! #[derive(Clone, Debug, Default, PartialEq)]
//! struct ProtocolName(Vec<u8>);
//!
//! impl Structure for ProtocolName {
//!     const NAME: &'static str = "ProtocolName";
//!     const SECTION: Section = Section::new(7301, "3.1");
//!
//!     fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error> {
//!         coder.opaque("name", Prefix::U8, 1..=255, &mut self.0)
//!     }
//! }
//!
//! let encoded = ProtocolName(b"h2".to_vec()).encode()?;
//! assert_eq!(encoded.bytes, b"\x02h2");
//! assert_eq!(ProtocolName::decode(&encoded.bytes)?, ProtocolName(b"h2".to_vec()));
//! assert_eq!(encoded.tree.leaves().count(), 2); // the length, and the name
//! # Ok::<(), Error>(())
//! ```

mod coder;
mod error;
pub mod hex;
mod node;
mod section;
mod structure;

pub use coder::{CodePoint, Coder, Prefix, Tree};
pub use error::{Error, ErrorKind};
pub use node::{Gap, Leaves, Node, Value};
pub use section::Section;
pub use structure::{Decoded, Encoded, Structure};
