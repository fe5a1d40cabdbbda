//! A structure of a standard, and what coding it yields.

use crate::{Coder, Error, Node, Section, Tree};

/// A structure with one definition, [`fields`](Structure::fields), for every use.
pub trait Structure: Clone {
    /// Its name in the standard.
    const NAME: &'static str;
    /// Where the standard defines it.
    const SECTION: Section;

    /// Visits each field in order. While encoding, the coder takes the fields' values; while
    /// decoding it sets them.
    ///
    /// # Errors
    /// What the bytes, or while encoding the values, break of the standard's rules.
    fn fields(&mut self, coder: &mut Coder<'_>) -> Result<(), Error>;

    /// The bytes, and the tree that explains them.
    ///
    /// # Errors
    /// If a vector is longer or shorter than the standard allows.
    fn encode(&self) -> Result<Encoded, Error> {
        self.encode_with(Tree::Build)
    }

    /// The bytes alone.
    ///
    /// # Errors
    /// Those of [`encode`](Structure::encode).
    fn to_bytes(&self) -> Result<Vec<u8>, Error> {
        self.encode_with(Tree::Skip).map(|encoded| encoded.bytes)
    }

    /// The bytes, and the tree if it is to be built.
    ///
    /// # Errors
    /// Those of [`encode`](Structure::encode).
    fn encode_with(&self, tree: Tree) -> Result<Encoded, Error> {
        let mut coder = Coder::writing(tree);
        let mut copy = self.clone();
        coder.structure(Self::NAME, Some(Self::SECTION), |coder| copy.fields(coder))?;
        Ok(coder.written())
    }

    /// Reads `bytes`, all of them.
    ///
    /// # Errors
    /// The first fault, with its offset.
    fn decode(bytes: &[u8]) -> Result<Self, Error>
    where
        Self: Default,
    {
        Self::default().decode_with(bytes, Tree::Skip).value
    }

    /// Reads `bytes` into a copy of `self`, which knows what the context tells (which key
    /// exchange, which version). Never fails: whatever the bytes, there is a tree that covers them.
    fn decode_into(self, bytes: &[u8]) -> Decoded<Self> {
        self.decode_with(bytes, Tree::Build)
    }

    /// Like [`decode_into`](Structure::decode_into), with the tree if it is to be built.
    fn decode_with(self, bytes: &[u8], tree: Tree) -> Decoded<Self> {
        let mut value = self;
        let mut coder = Coder::reading(bytes, tree);
        let outcome = coder.structure(Self::NAME, Some(Self::SECTION), |coder| {
            value.fields(coder)?;
            coder.end()
        });
        let tree = coder.read(Self::NAME);
        Decoded {
            value: outcome.map(|()| value),
            tree,
        }
    }
}

/// A structure as bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Encoded {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What each of them is, if that was asked for.
    pub tree: Node,
}

/// What reading bytes gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Decoded<T> {
    /// The structure, or the first fault.
    pub value: Result<T, Error>,
    /// What each byte is, if that was asked for; what lies beyond a fault is [`Value::Undecoded`](crate::Value::Undecoded).
    pub tree: Node,
}
