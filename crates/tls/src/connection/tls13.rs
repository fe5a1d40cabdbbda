//! What client and server have in common in TLS 1.3: keys by epoch, and what comes after the
//! handshake.

use padlock_pki::key::{PrivateKey, PublicKey};
use padlock_wire::{Section, Structure};

use super::{Connection, Incoming};
use crate::codes::{
    ContentType, ExtensionType, HandshakeType, KeyUpdateRequest, ProtocolVersion, SignatureScheme,
};
use crate::config::Preferences;
use crate::error::{Arrival, Error, ErrorKind, IllegalParameter};
use crate::messages::tls13::KeyUpdate;
use crate::messages::{
    Body, CertificateVerify, ChangeCipherSpec, ClientHello, DigitallySigned, Extension,
    ExtensionBody, Finished, Form, Handshake,
};
use crate::psk::PreSharedKey;
use crate::record::{Fault, Protector, WriteKeys};
use crate::schedule::tls13::{ExporterSecret, TrafficSecret, TranscriptHash};
use crate::session;
use crate::suite::Suite13;
use crate::trace::{CheckKind, Direction, MessageKind, Party};
use crate::value::{Formula, Point, ValueName};

/// What protects the connection, and what it has beside.
#[derive(Debug, Default)]
pub(crate) struct Traffic {
    pub(crate) suite: Option<Suite13>,
    /// What the plaintext of each record is padded to a multiple of.
    pub(crate) padding: usize,
    /// How much early data may still come.
    pub(crate) early_data_left: Option<usize>,
    /// What of it came, and nobody asked for yet.
    pub(crate) early_data: Vec<u8>,
    /// The tickets that came.
    pub(crate) tickets: Vec<PreSharedKey>,
    /// Whether what is sent answers a request for a certificate that came after the handshake.
    authenticating: bool,
    reading: Option<TrafficSecret>,
    writing: Option<TrafficSecret>,
    exporter: Option<ExporterSecret>,
    compatible: bool,
    /// How many KeyUpdates came since any data.
    updates: usize,
    /// Whether a client offered TLS 1.3.
    pub(crate) offered: bool,
    /// Whether a KeyUpdate that answers the peer's is the last that waits to be taken.
    answered: bool,
    /// Whether the peer was asked for new keys and has not taken any since.
    asked: bool,
}

impl Traffic {
    /// Data of the application came.
    pub(super) fn count_data(&mut self, data: &[u8]) {
        if !data.is_empty() {
            self.updates = 0;
        }
    }

    /// What was to be sent is sent, or something else comes behind it: the peer's next request is
    /// answered anew.
    pub(super) fn forget_answer(&mut self) {
        self.answered = false;
    }
}

/// How many KeyUpdates may follow one another without data between them.
const MAXIMUM_UPDATES: usize = 32;

/// After so many records keys are worn: those of AES-GCM after 2^24.5 full-size ones (RFC 9846 §5.5),
/// those of AES-CCM after 2^23 (RFC 9147 §4.5.3).
const WORN: u64 = 1 << 23;

/// How many tickets are kept for whoever asks.
const TICKETS: usize = 16;

impl Connection {
    /// The hash of all messages so far.
    pub(crate) fn transcript_hash(&mut self, suite: Suite13, point: Point) -> TranscriptHash {
        TranscriptHash::new(suite.hash, point, &self.transcript, &mut self.reporter)
    }

    /// From here on the peer's records are protected with this secret's keys. No message may begin
    /// before and end after (RFC 9846 §5.1).
    pub(crate) fn read_with(&mut self, suite: Suite13, secret: TrafficSecret) -> Result<(), Error> {
        self.joiner.boundary()?;
        let protector = self.protector13(suite, &secret)?;
        self.receiver.set_protection(protector);
        self.tls13.reading = Some(secret);
        Ok(())
    }

    /// From here on this side's records are protected with this secret's keys.
    pub(crate) fn write_with(
        &mut self,
        suite: Suite13,
        secret: TrafficSecret,
    ) -> Result<(), Error> {
        let protector = self.protector13(suite, &secret)?;
        let protector = protector.padded_to(self.tls13.padding);
        self.sender.set_protection(protector);
        self.tls13.writing = Some(secret);
        Ok(())
    }

    /// Early data was refused before anything was agreed: what follows is in clear again.
    pub(crate) fn write_in_clear(&mut self) {
        self.sender.set_clear();
        self.tls13.writing = None;
    }

    /// The version in the header of the records in clear that follow.
    pub(crate) fn set_record_version(&mut self, version: ProtocolVersion) {
        self.sender.set_version(version);
    }

    /// Puts a message with the hash of the first `ClientHello` in its place, and HelloRetryRequest
    /// behind it (RFC 9846 §4.1):
    ///
    /// ```text
    /// Transcript-Hash(ClientHello1, HelloRetryRequest, ... Mn) =
    ///     Hash(message_hash ||        /* Handshake type */
    ///          00 00 Hash.length ||   /* Handshake message length (bytes) */
    ///          Hash(ClientHello1) ||  /* Hash of ClientHello1 */
    ///          HelloRetryRequest || ... || Mn)
    /// ```
    pub(crate) fn restart_transcript(&mut self, suite: Suite13, retry_request: &[u8]) {
        let hello = std::mem::take(&mut self.transcript);
        let digest = suite.hash.of(&hello);
        self.reporter.value(
            ValueName::FirstHelloHash,
            Formula::Hash(suite.hash),
            &[(ValueName::HandshakeMessages, &hello)],
            &digest,
            Section::new(9846, "4.1"),
        );
        self.transcript = [message_hash(&digest), retry_request.to_vec()].concat();
    }

    /// Passes over early data that is refused.
    pub(crate) fn skip_early_data(&mut self, maximum: usize) {
        self.receiver.skip_early_data(maximum);
    }

    fn protector13(&mut self, suite: Suite13, secret: &TrafficSecret) -> Result<Protector, Error> {
        let keys = secret.keys(suite.aead, &mut self.reporter);
        let name = ValueName::TrafficKey(secret.party(), secret.epoch());
        let keys = WriteKeys::of(name, &keys);
        Protector::tls13(suite.aead, keys)
            .map_err(|_length| ErrorKind::Internal("a traffic key has another length").into())
    }

    /// Takes application data that comes before the handshake is complete, if it may
    /// (RFC 9846 §4.3.10).
    pub(super) fn take_early_data(&mut self, data: &[u8]) -> Result<bool, Error> {
        let Some(left) = &mut self.tls13.early_data_left else {
            return Ok(false);
        };
        let after = left.checked_sub(data.len());
        *left = after.ok_or(Fault::EarlyDataOverflow)?;
        self.tls13.early_data.extend_from_slice(data);
        Ok(true)
    }

    /// A server's answer to a client that tells how much plaintext a record to it may carry
    /// (RFC 8449 §4): what a record to the server may, at most as much as the version allows.
    pub(crate) fn answer_limit(
        &mut self,
        hello: &ClientHello,
        own: Option<u16>,
    ) -> Result<Option<Extension>, Error> {
        let kind = ExtensionType::RECORD_SIZE_LIMIT;
        let Some(ExtensionBody::RecordSizeLimit(peer)) = hello.extension(kind) else {
            return Ok(None);
        };
        // 2¹⁴ bytes of content, and in TLS 1.3 its type.
        let largest = (1 << 14) + u16::from(self.is_tls13());
        let own = own.map_or(largest, |own| own.min(largest));
        self.limit_records(*peer, Some(own))?;
        let body = ExtensionBody::RecordSizeLimit(own);
        Ok(Some(Extension::new(kind, body)))
    }

    /// Both sides have told how much plaintext a record to them may carry: `peer`'s holds for what
    /// this side sends, its own for what comes (RFC 8449 §4).
    pub(crate) fn limit_records(&mut self, peer: u16, own: Option<u16>) -> Result<(), Error> {
        if peer < 64 {
            return Err(IllegalParameter::RecordSizeLimit.into());
        }
        self.sender.limit(usize::from(peer));
        if let Some(own) = own {
            self.receiver.limit(usize::from(own))?;
        }
        Ok(())
    }

    /// Keeps what secrets for the application are made of.
    pub(crate) fn keep_exporter(&mut self, secret: ExporterSecret) {
        self.tls13.exporter = Some(secret);
    }

    /// Sends, once, the ChangeCipherSpec that makes the handshake look like one of TLS 1.2 to
    /// middleboxes (RFC 9846 §E.4).
    pub(crate) fn send_compatible_change_cipher_spec(&mut self) -> Result<(), Error> {
        if std::mem::replace(&mut self.tls13.compatible, true) {
            return Ok(());
        }
        let encoded = ChangeCipherSpec.encode_with(self.reporter.tree())?;
        let kind = MessageKind::ChangeCipherSpec;
        self.report_message(Direction::Sent, kind, &encoded.bytes, encoded.tree);
        let content_type = ContentType::CHANGE_CIPHER_SPEC;
        for record in self.sender.send_in_clear(content_type, &encoded.bytes)? {
            let record = crate::trace::EventKind::Record(record);
            self.reporter.report(|| record);
        }
        Ok(())
    }

    /// Sends early data, which is no use to anybody but the server's application.
    pub(crate) fn send_early_data(&mut self, data: &[u8]) -> Result<(), Error> {
        self.reporter.report(|| crate::trace::EventKind::Data {
            direction: Direction::Sent,
            bytes: data.to_vec(),
        });
        self.send_record(ContentType::APPLICATION_DATA, data)
    }

    /// Signs the transcript (RFC 9846 §4.5.2).
    pub(crate) fn prove(
        &mut self,
        suite: Suite13,
        scheme: SignatureScheme,
        key: &PrivateKey,
    ) -> Result<(), Error> {
        let party = self.party();
        let content = self.signed_content(suite, party);
        let signature = self.sign(
            ValueName::ContentSignature(party),
            scheme,
            key,
            (ValueName::SignedContent(party), &content),
            CERTIFICATE_VERIFY,
        )?;
        let signed = DigitallySigned {
            algorithm: scheme,
            signature,
        };
        self.send_flight(vec![Handshake::new(CertificateVerify { signed })])
    }

    /// Verifies the peer's signature over the transcript, which ends before this message
    /// (RFC 9846 §4.5.2).
    pub(crate) fn verify_proof(
        &mut self,
        suite: Suite13,
        key: &PublicKey,
        preferences: &Preferences,
        message: &CertificateVerify,
    ) -> Result<(), Error> {
        let DigitallySigned {
            algorithm: scheme,
            signature,
        } = &message.signed;
        let offered = preferences.schemes.contains(scheme);
        if !offered || scheme.algorithm13(&key.kind()).is_none() {
            return Err(IllegalParameter::Signature.into());
        }
        let party = self.party().peer();
        let name = ValueName::ContentSignature(party);
        let formula = Formula::ReadFrom(CertificateVerify::NAME);
        self.reporter
            .value(name, formula, &[], signature, CERTIFICATE_VERIFY);
        let content = self.signed_content(suite, party);
        session::verify_signature(
            key,
            *scheme,
            &content,
            signature,
            CheckKind::CertificateVerifySignature(*scheme),
            CERTIFICATE_VERIFY,
            &mut self.reporter,
        )
    }

    /// What `party`'s CertificateVerify signs (RFC 9846 §4.5.2):
    ///
    /// ```text
    /// 64 × 0x20 + "TLS 1.3, server CertificateVerify" + 0x00
    ///           + Transcript-Hash(Handshake Context, Certificate)
    /// ```
    fn signed_content(&mut self, suite: Suite13, party: Party) -> Vec<u8> {
        let context = match party {
            Party::Client => "TLS 1.3, client CertificateVerify",
            Party::Server => "TLS 1.3, server CertificateVerify",
        };
        let messages = self.transcript_hash(suite, Point::Certificate(party));
        let content = [&[0x20; 64], context.as_bytes(), &[0], messages.as_bytes()].concat();
        self.reporter.value(
            ValueName::SignedContent(party),
            Formula::SignedContent(context),
            &[messages.named()],
            &content,
            CERTIFICATE_VERIFY,
        );
        content
    }

    /// Sends this side's Finished (RFC 9846 §4.5.3).
    pub(crate) fn finish(&mut self, suite: Suite13, secret: &TrafficSecret) -> Result<(), Error> {
        let messages = self.transcript_hash(suite, Point::BeforeFinished(secret.party()));
        let verify_data = secret.verify_data(&messages, &mut self.reporter);
        self.send_flight(vec![Handshake::new(Finished { verify_data })])
    }

    /// Checks the peer's Finished and counts it into the transcript (RFC 9846 §4.5.3).
    pub(crate) fn verify_finish(
        &mut self,
        suite: Suite13,
        secret: &TrafficSecret,
        message: &Finished,
        bytes: &[u8],
    ) -> Result<(), Error> {
        let messages = self.transcript_hash(suite, Point::BeforeFinished(secret.party()));
        let expected = secret.verify_data(&messages, &mut self.reporter);
        let section = Section::new(9846, "4.5.3");
        session::verify_finished(expected, &message.verify_data, section, &mut self.reporter)?;
        self.transcript.extend_from_slice(bytes);
        Ok(())
    }

    /// Whether what is sent is part of a transcript though the handshake is complete.
    pub(super) fn authenticates(&self) -> bool {
        self.tls13.authenticating
    }

    /// Sends what proves, after the handshake, who this side is: what `prove` sends, then Finished,
    /// over the handshake's messages and the request (RFC 9846 §4.7.2).
    pub(crate) fn authenticate(
        &mut self,
        suite: Suite13,
        messages: Vec<u8>,
        prove: impl FnOnce(&mut Self) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let (_, secret) = self.secret(self.tls13.writing.clone())?;
        self.transcript = messages;
        self.tls13.authenticating = true;
        let outcome = prove(self).and_then(|()| self.finish(suite, &secret));
        self.tls13.authenticating = false;
        self.transcript = Vec::new();
        outcome
    }

    /// What the peer's records are protected with.
    pub(crate) fn reading_secret(&self) -> Result<TrafficSecret, Error> {
        Ok(self.secret(self.tls13.reading.clone())?.1)
    }

    /// Whether both sides use a key that was given to them.
    pub(crate) fn uses_external_psk(&self) -> bool {
        let psk = self.agreement.as_ref().and_then(|agreement| agreement.psk);
        psk.is_some_and(|psk| !psk.resumption)
    }

    /// The peer has proved to be whom it showed, if it showed anybody.
    pub(crate) fn accept_shown(&mut self) {
        if !self.shown_certificates.is_empty() {
            self.accept_peer();
        }
    }

    /// Whether a client that offers TLS 1.3 waits to hear whether it is spoken.
    pub(super) fn offers_tls13(&self) -> bool {
        self.tls13.offered && self.form == Form::Open
    }

    /// Whether this side may still send.
    pub(crate) fn is_open(&self) -> bool {
        self.may_send()
    }

    /// Deals with what may come to either side once the handshake is complete.
    pub(crate) fn take_post_handshake(&mut self, incoming: &Incoming) -> Result<(), Error> {
        let Incoming::Message(Body::KeyUpdate(KeyUpdate { request_update }), _) = incoming else {
            return Err(incoming.unexpected(Arrival::ApplicationData));
        };
        let asks = match *request_update {
            KeyUpdateRequest::UPDATE_NOT_REQUESTED => false,
            KeyUpdateRequest::UPDATE_REQUESTED => true,
            _ => return Err(IllegalParameter::KeyUpdate.into()),
        };
        self.tls13.updates += 1;
        if self.tls13.updates > MAXIMUM_UPDATES {
            return Err(incoming.unexpected(Arrival::ApplicationData));
        }
        let (suite, next) = self.next_secret(self.tls13.reading.clone())?;
        self.read_with(suite, next)?;
        self.tls13.asked = false;
        // RFC 9846 §4.7.3: one answer will do for all requests before it is sent.
        if asks && self.may_send() && !self.tls13.answered {
            self.send_key_update(KeyUpdateRequest::UPDATE_NOT_REQUESTED)?;
            self.tls13.answered = true;
        }
        Ok(())
    }

    /// Takes the next keys for what this side sends, and may ask the peer to do the same, but not again
    /// before the peer has (RFC 9846 §4.7.3).
    pub(crate) fn update_keys(&mut self, ask: bool) -> Result<(), Error> {
        if !self.may_send() || !self.is_tls13() {
            return Err(ErrorKind::NotConnected.into());
        }
        self.send_key_update(match ask && !self.tls13.asked {
            true => KeyUpdateRequest::UPDATE_REQUESTED,
            false => KeyUpdateRequest::UPDATE_NOT_REQUESTED,
        })?;
        self.tls13.asked |= ask;
        Ok(())
    }

    fn send_key_update(&mut self, request_update: KeyUpdateRequest) -> Result<(), Error> {
        let (suite, next) = self.next_secret(self.tls13.writing.clone())?;
        self.send_flight(vec![Handshake::new(KeyUpdate { request_update })])?;
        self.write_with(suite, next)
    }

    fn next_secret(
        &mut self,
        secret: Option<TrafficSecret>,
    ) -> Result<(Suite13, TrafficSecret), Error> {
        let (suite, secret) = self.secret(secret)?;
        let next = secret.next(&mut self.reporter);
        Ok((
            suite,
            next.ok_or(ErrorKind::Internal("there are no more keys"))?,
        ))
    }

    fn secret(&self, secret: Option<TrafficSecret>) -> Result<(Suite13, TrafficSecret), Error> {
        let both = self.tls13.suite.zip(secret);
        both.ok_or_else(|| ErrorKind::NotConnected.into())
    }

    /// Updates keys that have protected as many records as they may (RFC 9846 §5.5).
    pub(super) fn update_worn_keys(&mut self) -> Result<(), Error> {
        match self.is_tls13() && self.sender.protected_records() >= WORN {
            true => self.send_key_update(KeyUpdateRequest::UPDATE_NOT_REQUESTED),
            false => Ok(()),
        }
    }

    /// A secret for the application (RFC 9846 §7.5).
    pub(crate) fn export(
        &mut self,
        label: &str,
        context: &[u8],
        length: usize,
    ) -> Result<Vec<u8>, Error> {
        let secret = self.tls13.exporter.as_ref();
        let secret = secret.ok_or(ErrorKind::NotConnected)?;
        let exported = secret.export(label, context, length, &mut self.reporter);
        exported.ok_or_else(|| ErrorKind::Internal("so much cannot be exported").into())
    }

    /// Keeps a ticket that came; the oldest goes if there are too many.
    pub(crate) fn keep_ticket(&mut self, ticket: PreSharedKey) {
        if self.tls13.tickets.len() >= TICKETS {
            self.tls13.tickets.remove(0);
        }
        self.tls13.tickets.push(ticket);
    }
}

const CERTIFICATE_VERIFY: Section = Section::new(9846, "4.5.2");

/// The message that stands for the first `ClientHello`, of which this is the hash.
pub(crate) fn message_hash(digest: &[u8]) -> Vec<u8> {
    let length = u8::try_from(digest.len()).unwrap_or_default();
    let header = [HandshakeType::MESSAGE_HASH.0, 0, 0, length];
    [&header, digest].concat()
}
