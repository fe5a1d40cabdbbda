//! Who could know which value: computed from what happened, not told.
//!
//! A party knows what it holds, draws, computes and is sent. The eavesdropper starts from what stands
//! in the clear on the wire. From there the rule is the same for all three: whoever knows every
//! input of a computation could know its output, and whoever has a concatenation has its pieces. So
//! an answer of [`Knows::No`] is no opinion: there is no way from what was heard to the value.
//!
//! The one thing that is taken on trust is that encryption, signatures and Diffie-Hellman cannot be
//! undone without the key. A computation whose private key is not among its inputs, as RSA
//! decryption is written in the standard, is given it here.

use crate::codes::ContentType;
use crate::trace::{Direction, Event, EventKind, Party, Record, Value};
use crate::value::{Formula, MlKem, ValueName};

#[cfg(test)]
mod tests;

/// How somebody stands to a value.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Knows {
    /// Brought it along, drew it, or made it of such things alone.
    Made,
    /// Can compute it from what they know.
    Computed,
    /// Reads it in a message.
    Read,
    /// Has seen it only encrypted.
    Sealed,
    /// Cannot know it.
    No,
}

impl Knows {
    /// Whether they have the value itself.
    #[must_use]
    pub const fn has_it(self) -> bool {
        matches!(self, Self::Made | Self::Computed | Self::Read)
    }
}

/// Somebody who could know a value.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Viewer {
    /// A side of the connection.
    Party(Party),
    /// Whoever reads the wire, and holds what was stolen.
    Eavesdropper,
}

/// A value, and who could know it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Known {
    /// Its name.
    pub name: ValueName,
    /// The value.
    pub bytes: Vec<u8>,
    /// The client.
    pub client: Knows,
    /// The server.
    pub server: Knows,
    /// Whoever reads the wire.
    pub eavesdropper: Knows,
}

impl Known {
    /// How somebody stands to it.
    #[must_use]
    pub const fn by(&self, viewer: Viewer) -> Knows {
        match viewer {
            Viewer::Party(Party::Client) => self.client,
            Viewer::Party(Party::Server) => self.server,
            Viewer::Eavesdropper => self.eavesdropper,
        }
    }

    fn by_mut(&mut self, viewer: Viewer) -> &mut Knows {
        match viewer {
            Viewer::Party(Party::Client) => &mut self.client,
            Viewer::Party(Party::Server) => &mut self.server,
            Viewer::Eavesdropper => &mut self.eavesdropper,
        }
    }
}

/// Who could know what after these events.
#[must_use]
pub fn knowledge<'e>(events: impl IntoIterator<Item = &'e Event>) -> Vec<Known> {
    let mut knowledge = Knowledge::default();
    knowledge.observe(events);
    knowledge.values
}

/// Who could know what, so far.
#[derive(Clone, Debug, Default)]
pub struct Knowledge {
    values: Vec<Known>,
    derivations: Vec<Derivation>,
    client: Heard,
    server: Heard,
    eavesdropper: Heard,
    sealed: Vec<Sealed>,
    stolen: Vec<ValueName>,
    /// What a party computed with.
    used: Vec<(usize, Viewer)>,
}

/// A computation, by the places of its values.
#[derive(Clone, Debug, PartialEq)]
struct Derivation {
    inputs: Vec<usize>,
    output: usize,
    kind: Kind,
}

/// What a computation tells about its values.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    /// One way: the inputs give the output.
    OneWay,
    /// The output is the inputs in a row: either gives the other.
    Row,
    /// The output is the first input, encrypted.
    Encryption,
}

/// The handshake messages that somebody has read, in a row, so that a transcript is found in them;
/// and how far each value was looked for.
#[derive(Clone, Debug, Default)]
struct Heard {
    bytes: Vec<u8>,
    searched: Vec<usize>,
}

/// A protected handshake record on the wire.
#[derive(Clone, Debug)]
struct Sealed {
    key: ValueName,
    content: Vec<u8>,
}

const VIEWERS: [Viewer; 3] = [
    Viewer::Party(Party::Client),
    Viewer::Party(Party::Server),
    Viewer::Eavesdropper,
];

/// Shorter values are not looked for in messages: they could stand there by chance.
const SHORTEST: usize = 8;

impl Knowledge {
    /// With an eavesdropper who has these values too, from the moment they exist.
    #[must_use]
    pub fn with_stolen(stolen: &[ValueName]) -> Self {
        Self {
            stolen: stolen.to_vec(),
            ..Self::default()
        }
    }

    /// Takes in what happened next.
    pub fn observe<'e>(&mut self, events: impl IntoIterator<Item = &'e Event>) {
        for event in events {
            match &event.kind {
                EventKind::Record(record) => self.record(event.party, record),
                EventKind::Value(value) => self.value(event.party, value),
                _ => {}
            }
        }
        self.settle();
    }

    /// Every value that there is so far, in the order in which they came to be.
    #[must_use]
    pub fn values(&self) -> &[Known] {
        &self.values
    }

    /// Values travel in handshake messages only.
    fn record(&mut self, party: Party, record: &Record) {
        if record.content_type != ContentType::HANDSHAKE {
            return;
        }
        match party {
            Party::Client => self.client.bytes.extend_from_slice(&record.content),
            Party::Server => self.server.bytes.extend_from_slice(&record.content),
        }
        match &record.protection {
            _ if record.direction == Direction::Received => {}
            None => self.eavesdropper.bytes.extend_from_slice(&record.content),
            Some(protection) => {
                self.sealed.push(Sealed {
                    key: protection.key,
                    content: record.content.clone(),
                });
            }
        }
    }

    fn value(&mut self, party: Party, value: &Value) {
        let viewer = Viewer::Party(party);
        let mut inputs = Vec::new();
        for input in &value.inputs {
            let index = self.index(input.name, &input.bytes);
            // Who uses a value has it, even where nobody reported how it came to be.
            if input.name == ValueName::CertifiedPrivateKey(party) {
                self.learn(index, viewer, Knows::Made);
            } else {
                self.used.push((index, viewer));
            }
            inputs.push(index);
        }
        let output = self.index(value.name, &value.output);
        let alone = !inputs.is_empty()
            && inputs
                .iter()
                .all(|input| self.values[*input].by(viewer) == Knows::Made);
        // A stretch of what was read is read.
        let is_part = matches!(value.formula, Formula::Cut { .. })
            && inputs
                .iter()
                .all(|input| self.values[*input].by(viewer) == Knows::Read);
        let (kind, how) = match &value.formula {
            Formula::Cut { .. } if is_part => (Kind::OneWay, Knows::Read),
            Formula::Drawn | Formula::Held => return self.learn(output, viewer, Knows::Made),
            Formula::ReadFrom(_) => return self.learn(output, viewer, Knows::Read),
            // What is made of nothing, everybody can make.
            Formula::Zeros(_) | Formula::Hash(_) if inputs.is_empty() => {
                return VIEWERS
                    .into_iter()
                    .for_each(|viewer| self.learn(output, viewer, Knows::Computed));
            }
            Formula::Seal => {
                // Whoever has the key can undo it.
                if let [content, key] = inputs[..] {
                    self.derivations.push(Derivation {
                        inputs: vec![output, key],
                        output: content,
                        kind: Kind::OneWay,
                    });
                }
                (Kind::OneWay, Knows::Computed)
            }
            Formula::RsaEncrypt => (Kind::Encryption, Knows::Computed),
            Formula::PreMaster | Formula::Pkcs1Pad if alone => (Kind::Row, Knows::Made),
            Formula::PreMaster | Formula::Pkcs1Pad | Formula::Join => (Kind::Row, Knows::Computed),
            Formula::PublicKey(_) | Formula::MlKem(MlKem::KeyGen) if alone => {
                (Kind::OneWay, Knows::Made)
            }
            Formula::RsaDecrypt | Formula::Sign(_) => {
                let private = ValueName::CertifiedPrivateKey(party);
                if value.inputs.iter().all(|input| input.name != private) {
                    inputs.push(self.private_key(private));
                }
                (Kind::OneWay, Knows::Computed)
            }
            _ => (Kind::OneWay, Knows::Computed),
        };
        self.learn(output, viewer, how);
        let derivation = Derivation {
            inputs,
            output,
            kind,
        };
        if !self.derivations.contains(&derivation) {
            self.derivations.push(derivation);
        }
    }

    /// The place of a value.
    fn index(&mut self, name: ValueName, bytes: &[u8]) -> usize {
        let known = |known: &Known| known.name == name && known.bytes == bytes;
        if let Some(index) = self.values.iter().position(known) {
            return index;
        }
        self.values.push(Known {
            name,
            bytes: bytes.to_vec(),
            client: Knows::No,
            server: Knows::No,
            eavesdropper: if self.stolen.contains(&name) {
                Knows::Made
            } else {
                Knows::No
            },
        });
        self.values.len() - 1
    }

    /// The place of a private key, whose bytes may never be shown.
    fn private_key(&mut self, name: ValueName) -> usize {
        let known = self.values.iter().position(|known| known.name == name);
        known.unwrap_or_else(|| self.index(name, &[]))
    }

    fn learn(&mut self, index: usize, viewer: Viewer, how: Knows) {
        let knows = self.values[index].by_mut(viewer);
        if !knows.has_it() && (how.has_it() || *knows == Knows::No) {
            *knows = how;
        }
    }

    /// Draws every conclusion that can be drawn.
    fn settle(&mut self) {
        let parties = [Viewer::Party(Party::Client), Viewer::Party(Party::Server)];
        parties.into_iter().for_each(|viewer| self.read(viewer));
        for (index, viewer) in std::mem::take(&mut self.used) {
            self.learn(index, viewer, Knows::Computed);
        }
        for viewer in parties {
            while self.derive(viewer) {}
        }
        loop {
            self.read(Viewer::Eavesdropper);
            // Every key that can be known first: what it opens is a transcript in its order only.
            while self.derive(Viewer::Eavesdropper) {}
            if !self.open() {
                break;
            }
        }
        for index in 0..self.values.len() {
            let found = |sealed: &Sealed| contains(&sealed.content, &self.values[index].bytes);
            if self.sealed.iter().any(found) {
                self.learn(index, Viewer::Eavesdropper, Knows::Sealed);
            }
        }
        while self.seal() {}
    }

    /// Looks for the values in what somebody has heard.
    fn read(&mut self, viewer: Viewer) {
        let heard = match viewer {
            Viewer::Party(Party::Client) => &mut self.client,
            Viewer::Party(Party::Server) => &mut self.server,
            Viewer::Eavesdropper => &mut self.eavesdropper,
        };
        heard.searched.resize(self.values.len(), 0);
        for (known, searched) in self.values.iter_mut().zip(&mut heard.searched) {
            let from = searched.saturating_sub(known.bytes.len());
            *searched = heard.bytes.len();
            let knows = known.by_mut(viewer);
            if !knows.has_it() && contains(&heard.bytes[from..], &known.bytes) {
                // Its own certificate a party brought along.
                let own = |party| known.name == ValueName::CertifiedPublicKey(party);
                let brought = matches!(viewer, Viewer::Party(party) if own(party));
                *known.by_mut(viewer) = if brought { Knows::Made } else { Knows::Read };
            }
        }
    }

    /// Goes through the computations once; whether that told anything new.
    fn derive(&mut self, viewer: Viewer) -> bool {
        let mut news = Vec::new();
        let has = |index: &usize| self.values[*index].by(viewer).has_it();
        for Derivation {
            inputs,
            output,
            kind,
        } in &self.derivations
        {
            if !has(output) && !inputs.is_empty() && inputs.iter().all(has) {
                news.push(*output);
            }
            if *kind == Kind::Row && has(output) {
                news.extend(inputs.iter().filter(|input| !has(input)));
            }
        }
        for index in &news {
            self.learn(*index, viewer, Knows::Computed);
        }
        !news.is_empty()
    }

    /// Opens the records whose keys the eavesdropper has; whether there were any.
    fn open(&mut self) -> bool {
        let before = self.sealed.len();
        for sealed in std::mem::take(&mut self.sealed) {
            let has = |known: &Known| known.name == sealed.key && known.eavesdropper.has_it();
            if self.values.iter().any(has) {
                self.eavesdropper.bytes.extend_from_slice(&sealed.content);
            } else {
                self.sealed.push(sealed);
            }
        }
        self.sealed.len() != before
    }

    /// Goes through the encryptions once: what lies in something sealed is sealed.
    fn seal(&mut self) -> bool {
        let mut news = Vec::new();
        let knows = |index: &usize| self.values[*index].eavesdropper;
        for Derivation {
            inputs,
            output,
            kind,
        } in &self.derivations
        {
            let sealed = match kind {
                Kind::Encryption if knows(output) != Knows::No => inputs.get(..1),
                Kind::Row if knows(output) == Knows::Sealed => Some(inputs.as_slice()),
                _ => None,
            };
            news.extend(
                sealed
                    .into_iter()
                    .flatten()
                    .filter(|index| knows(index) == Knows::No),
            );
        }
        for index in &news {
            self.learn(*index, Viewer::Eavesdropper, Knows::Sealed);
        }
        !news.is_empty()
    }
}

fn contains(bytes: &[u8], value: &[u8]) -> bool {
    value.len() >= SHORTEST && bytes.windows(value.len()).any(|window| window == value)
}
