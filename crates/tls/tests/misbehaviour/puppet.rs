//! A peer on strings: it can make every message as it should be, and sends what it is told to.

use padlock_pki::certificate;
use padlock_pki::demo::KeyChoice;
use padlock_pki::random::Random;
use padlock_tls::codes::{
    CipherSuite, ClientCertificateType, CompressionMethod, ContentType, ExtensionType,
    HandshakeType, NamedGroup, PointFormat, ProtocolVersion, SignatureScheme,
};
use padlock_tls::config::Identity;
use padlock_tls::crypto::kx::{EphemeralKey, Group};
use padlock_tls::crypto::pkcs1;
use padlock_tls::messages::{
    Alert, Body, Certificate, CertificateRequest, CertificateVerify, ClientHello,
    ClientKeyExchange, DigitallySigned, EcdhParameters, Extension, ExtensionBody, Finished,
    Handshake, ServerHello, ServerHelloDone, ServerKeyExchange,
};
use padlock_tls::record::{Joiner, Protector, Receiver, Sender, WriteKeys};
use padlock_tls::report::Reporter;
use padlock_tls::schedule::{KeyBlock, MasterSecret, PreMasterSecret, Randoms};
use padlock_tls::suite::{KeyExchange, Suite};
use padlock_tls::trace::Party;
use padlock_tls::value::ValueName;
use padlock_wire::Structure;

use crate::certificates::{authority, hr, shop};

/// What a peer sends, one after the other.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Step {
    Hello,
    Certificate,
    KeyExchange,
    Request,
    Done,
    Verify,
    ChangeCipherSpec,
    Finished,
    Data,
}

/// Which handshake it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Setting {
    pub(crate) suite: CipherSuite,
    /// Whether the server asks for the client's certificate, and gets it.
    pub(crate) client_certificate: bool,
}

/// Settings that differ in their messages.
pub(crate) const SETTINGS: [Setting; 4] = [
    Setting {
        suite: RSA,
        client_certificate: false,
    },
    Setting {
        suite: RSA,
        client_certificate: true,
    },
    Setting {
        suite: ECDHE,
        client_certificate: false,
    },
    Setting {
        suite: ECDHE,
        client_certificate: true,
    },
];

pub(crate) const RSA: CipherSuite = CipherSuite::TLS_RSA_WITH_AES_128_CBC_SHA;
pub(crate) const ECDHE: CipherSuite = CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;

/// What it says at last.
pub(crate) const DATA: &[u8] = b"Can you read this?";

/// The peer.
pub(crate) struct Puppet {
    pub(crate) setting: Setting,
    pub(crate) party: Party,
    pub(crate) random: Random,
    /// The encryption block that goes to an RSA server instead of a good one.
    pub(crate) block: Option<Vec<u8>>,
    /// The alerts that came, and the data.
    pub(crate) alerts: Vec<Alert>,
    pub(crate) data: Vec<u8>,
    suite: Suite,
    identity: Identity,
    ephemeral: EphemeralKey,
    randoms: Randoms,
    transcript: Vec<u8>,
    /// The ephemeral key of the other side.
    peer_public: Vec<u8>,
    master: Option<MasterSecret>,
    sender: Sender,
    receiver: Receiver,
    joiner: Joiner,
}

impl Puppet {
    /// A peer that plays this party.
    pub(crate) fn new(party: Party, setting: Setting) -> Self {
        let random = Random::new([9; 32]);
        Self {
            setting,
            party,
            block: None,
            alerts: Vec::new(),
            data: Vec::new(),
            suite: Suite::of(setting.suite).unwrap(),
            identity: match party {
                Party::Client => hr(KeyChoice::P256),
                Party::Server => shop(KeyChoice::Rsa),
            },
            ephemeral: EphemeralKey::generate(Group::X25519, &mut random.fork("ephemeral"))
                .unwrap(),
            randoms: Randoms::default(),
            transcript: Vec::new(),
            peer_public: Vec::new(),
            master: None,
            sender: Sender::new(random.fork("records"), false),
            receiver: Receiver::new(false),
            joiner: Joiner::default(),
            random,
        }
    }

    /// What it sends, in order.
    pub(crate) fn steps(&self) -> Vec<Step> {
        let certificate = self.setting.client_certificate;
        let all = match self.party {
            Party::Client => &[
                (Step::Hello, true),
                (Step::Certificate, certificate),
                (Step::KeyExchange, true),
                (Step::Verify, certificate),
                (Step::ChangeCipherSpec, true),
                (Step::Finished, true),
                (Step::Data, true),
            ][..],
            Party::Server => &[
                (Step::Hello, true),
                (Step::Certificate, true),
                (Step::KeyExchange, self.suite.key_exchange.is_ephemeral()),
                (Step::Request, certificate),
                (Step::Done, true),
                (Step::ChangeCipherSpec, true),
                (Step::Finished, true),
                (Step::Data, true),
            ],
        };
        all.iter()
            .filter(|(_, due)| *due)
            .map(|(step, _)| *step)
            .collect()
    }

    /// The message of this step as it should be; nothing if the step is no handshake message.
    pub(crate) fn message(&mut self, step: Step) -> Option<Body> {
        Some(match (step, self.party) {
            (Step::Hello, Party::Client) => self.client_hello().into(),
            (Step::Hello, Party::Server) => self.server_hello().into(),
            (Step::Certificate, _) => Certificate {
                certificate_list: self.identity.chain.clone(),
            }
            .into(),
            (Step::KeyExchange, Party::Client) => self.client_key_exchange().into(),
            (Step::KeyExchange, Party::Server) => self.server_key_exchange().into(),
            (Step::Request, _) => CertificateRequest {
                certificate_types: vec![ClientCertificateType::ECDSA_SIGN],
                supported_signature_algorithms: vec![SCHEME, OWN_SCHEME],
                certificate_authorities: vec![certificate::subject(authority().root()).unwrap()],
            }
            .into(),
            (Step::Done, _) => ServerHelloDone.into(),
            (Step::Verify, _) => {
                let message = self.transcript.clone();
                CertificateVerify {
                    signed: self.sign(OWN_SCHEME, &message),
                }
                .into()
            }
            (Step::Finished, _) => {
                let master = self.master.as_ref().expect("the keys are exchanged");
                let (hash, mut silent) = (self.suite.hash, Reporter::new(self.party, false));
                let transcript = &self.transcript;
                let verify_data = master.verify_data(hash, self.party, transcript, &mut silent);
                Finished { verify_data }.into()
            }
            (Step::ChangeCipherSpec | Step::Data, _) => return None,
        })
    }

    /// The content of a record that is no handshake message.
    pub(crate) fn content(step: Step) -> (ContentType, Vec<u8>) {
        match step {
            Step::ChangeCipherSpec => (ContentType::CHANGE_CIPHER_SPEC, vec![1]),
            Step::Data => (ContentType::APPLICATION_DATA, DATA.to_vec()),
            _ => panic!("{step:?} is a handshake message"),
        }
    }

    /// Takes a message that it sent as sent: into the transcript, and into the keys.
    pub(crate) fn note(&mut self, bytes: &[u8]) {
        self.transcript.extend_from_slice(bytes);
        if bytes.first() == Some(&HandshakeType::CLIENT_KEY_EXCHANGE.0) && self.master.is_none() {
            let pre_master = match self.suite.key_exchange {
                KeyExchange::Rsa => self.pre_master(),
                // Without the server's key there is none; nor will anything be read by it.
                _ => self.ephemeral.agree(&self.peer_public).unwrap_or_default(),
            };
            self.derive(pre_master);
        }
    }

    /// From here on it protects what it sends.
    pub(crate) fn protect(&mut self) {
        let protector = self.protector(self.party);
        self.sender.set_protection(protector);
    }

    /// A record, or as many as it takes, protected if it is time.
    pub(crate) fn records(&mut self, content_type: ContentType, content: &[u8]) -> Vec<u8> {
        self.sender.send(content_type, content).unwrap();
        self.sender.take_output()
    }

    /// Takes what our party sent.
    pub(crate) fn receive(&mut self, bytes: &[u8]) {
        self.receiver.push(bytes);
        while let Some(record) = self.receiver.next_record().unwrap() {
            match record.content_type {
                ContentType::ALERT => self.alerts.push(Alert::decode(&record.content).unwrap()),
                ContentType::APPLICATION_DATA => self.data.extend(record.content),
                ContentType::CHANGE_CIPHER_SPEC => {
                    let protector = self.protector(self.party.peer());
                    self.receiver.set_protection(protector);
                }
                _ => {
                    self.joiner.push(&record.content);
                    while let Some(message) = self.joiner.next_message().unwrap() {
                        self.read(&message);
                    }
                }
            }
        }
    }

    fn read(&mut self, bytes: &[u8]) {
        self.transcript.extend_from_slice(bytes);
        let expecting = Handshake::expecting(Some(self.suite.key_exchange));
        match expecting.decode_into(bytes).value.unwrap().body {
            Body::ClientHello(hello) => self.randoms.client = hello.random,
            Body::ServerHello(hello) => self.randoms.server = hello.random,
            Body::ServerKeyExchange(message) => self.peer_public = message.parameters.public_key,
            Body::ClientKeyExchange(ClientKeyExchange::Ecdhe(point)) => {
                self.derive(self.ephemeral.agree(&point).unwrap());
            }
            Body::ClientKeyExchange(ClientKeyExchange::Rsa(encrypted)) => {
                let block = self.identity.key.decrypt_raw(&encrypted).unwrap();
                self.derive(block[block.len() - pkcs1::PREMASTER_LENGTH..].to_vec());
            }
            _ => {}
        }
    }

    fn client_hello(&mut self) -> ClientHello {
        self.randoms.client = self.random.fork("hello").bytes();
        let body = |kind, body| Extension::new(kind, body);
        ClientHello {
            client_version: ProtocolVersion::TLS_1_2,
            random: self.randoms.client,
            session_id: Vec::new(),
            cipher_suites: vec![self.suite.code],
            compression_methods: vec![CompressionMethod::NULL],
            extensions: Some(vec![
                body(
                    ExtensionType::RENEGOTIATION_INFO,
                    ExtensionBody::Renegotiation(Vec::new()),
                ),
                body(
                    ExtensionType::SUPPORTED_GROUPS,
                    ExtensionBody::Groups(vec![NamedGroup::X25519]),
                ),
                body(
                    ExtensionType::EC_POINT_FORMATS,
                    ExtensionBody::PointFormats(vec![PointFormat::UNCOMPRESSED]),
                ),
                body(
                    ExtensionType::SIGNATURE_ALGORITHMS,
                    ExtensionBody::SignatureSchemes(vec![SCHEME]),
                ),
            ]),
        }
    }

    fn server_hello(&mut self) -> ServerHello {
        self.randoms.server = self.random.fork("hello").bytes();
        let renegotiation = ExtensionBody::Renegotiation(Vec::new());
        ServerHello {
            server_version: ProtocolVersion::TLS_1_2,
            random: self.randoms.server,
            session_id: Vec::new(),
            cipher_suite: self.suite.code,
            compression_method: CompressionMethod::NULL,
            extensions: Some(vec![Extension::new(
                ExtensionType::RENEGOTIATION_INFO,
                renegotiation,
            )]),
        }
    }

    fn client_key_exchange(&mut self) -> ClientKeyExchange {
        if self.suite.key_exchange != KeyExchange::Rsa {
            return ClientKeyExchange::Ecdhe(self.ephemeral.public_bytes().to_vec());
        }
        let server = shop(KeyChoice::Rsa);
        let key = server.key.public_key();
        let good = || pkcs1::pad(&mut Random::new([3; 32]), &self.pre_master(), 256).unwrap();
        let block = self.block.clone().unwrap_or_else(good);
        ClientKeyExchange::Rsa(key.encrypt_raw(&block).unwrap())
    }

    fn server_key_exchange(&mut self) -> ServerKeyExchange {
        let public_key = self.ephemeral.public_bytes().to_vec();
        let parameters = EcdhParameters {
            group: NamedGroup::X25519,
            public_key,
        };
        let signed = self.sign_parameters(SCHEME, &parameters);
        ServerKeyExchange { parameters, signed }
    }

    /// Signs a server's parameters, whatever they are.
    pub(crate) fn sign_parameters(
        &self,
        scheme: SignatureScheme,
        parameters: &EcdhParameters,
    ) -> DigitallySigned {
        let Randoms { client, server } = self.randoms;
        let encoded = parameters.encode().unwrap().bytes;
        self.sign(scheme, &[&client[..], &server, &encoded].concat())
    }

    fn sign(&self, scheme: SignatureScheme, message: &[u8]) -> DigitallySigned {
        let key = &self.identity.key;
        let algorithm = scheme.algorithm(&key.kind()).unwrap();
        let signature = key
            .sign(algorithm, message, &mut self.random.fork("salt"))
            .unwrap();
        DigitallySigned {
            algorithm: scheme,
            signature,
        }
    }

    /// The pre-master secret that it encrypts.
    pub(crate) fn pre_master(&self) -> Vec<u8> {
        let mut secret = self
            .random
            .fork("pre-master")
            .bytes::<{ pkcs1::PREMASTER_LENGTH }>();
        secret[..2].copy_from_slice(&ProtocolVersion::TLS_1_2.0.to_be_bytes());
        secret.to_vec()
    }

    fn derive(&mut self, pre_master: Vec<u8>) {
        let mut silent = Reporter::new(self.party, false);
        let pre_master = PreMasterSecret::new(pre_master);
        self.master = Some(pre_master.master(self.suite.hash, &self.randoms, &mut silent));
    }

    fn keys(&self) -> KeyBlock {
        let master = self.master.as_ref().expect("the keys are exchanged");
        master.key_block(
            self.suite,
            &self.randoms,
            &mut Reporter::new(self.party, false),
        )
    }

    fn protector(&self, party: Party) -> Protector {
        let keys = self.keys();
        let keys = keys.of(party);
        let name = ValueName::WriteKey(party);
        let keys = WriteKeys {
            name,
            mac_key: &keys.mac_key,
            key: &keys.key,
            iv: &keys.iv,
        };
        Protector::new(self.suite.cipher, false, keys).unwrap()
    }
}

/// How the server signs, and how the client does.
pub(crate) const SCHEME: SignatureScheme = SignatureScheme::RSA_PKCS1_SHA256;
const OWN_SCHEME: SignatureScheme = SignatureScheme::ECDSA_SECP256R1_SHA256;
