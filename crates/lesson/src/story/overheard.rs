//! What an eavesdropper learns, in a few words.

use padlock_pki::card::Card;
use padlock_tls::codes::{AlertDescription, ExtensionType, HandshakeType};
use padlock_tls::messages::{Body, Certificate, ClientHello, ExtensionBody};
#[cfg(feature = "tls13")]
use padlock_tls::trace::Resumed;
use padlock_tls::trace::{Message, MessageKind, Party, Record};

use super::Moment;
use crate::lesson::Overheard;
use crate::text::{Text, say};

/// What was heard so far.
#[derive(Default)]
pub(super) struct Ears {
    /// What, and whether in the step that is told.
    heard: Vec<(Text, bool)>,
    protected: usize,
    protected_now: bool,
}

impl Ears {
    /// Listens to a step.
    pub(super) fn listen(&mut self, moment: &Moment<'_>) {
        self.heard.iter_mut().for_each(|(_, new)| *new = false);
        let protected = self.protected;
        for (from, record) in moment.sent_records() {
            if record.protection.is_some() {
                self.protected += 1;
            } else {
                self.alert(record);
            }
            for (message, range) in super::wire::messages_in(moment.run, from, record) {
                if record.protection.is_none() && range.is_end {
                    self.message(from, message, moment);
                }
            }
        }
        self.protected_now = self.protected != protected;
    }

    /// What was heard, the new last.
    pub(super) fn chips(&self) -> Vec<Overheard> {
        let mut all = self.heard.clone();
        if self.protected > 0 {
            all.push((
                say::story_overheard_records(self.protected),
                self.protected_now,
            ));
        }
        let known = all.iter().filter(|(_, new)| !new);
        let fresh = all.iter().filter(|(_, new)| *new);
        known
            .chain(fresh)
            .map(|(what, new)| Overheard {
                what: what.clone(),
                new: *new,
            })
            .collect()
    }

    fn hear(&mut self, what: Text) {
        if self.heard.iter().all(|(known, _)| *known != what) {
            self.heard.push((what, true));
        }
    }

    /// An alert in clear, of two bytes.
    fn alert(&mut self, record: &Record) {
        if record.content_type == padlock_tls::codes::ContentType::ALERT
            && let [_, description] = record.content[..]
        {
            self.hear(say::story_overheard_alert(
                AlertDescription(description).to_string(),
            ));
        }
    }

    fn message(&mut self, from: Party, message: &Message, moment: &Moment<'_>) {
        let MessageKind::Handshake(kind) = message.kind else {
            // In TLS 1.3 it means nothing.
            if !moment.run.is_tls13() {
                self.hear(say::story_overheard_encryption());
            }
            return;
        };
        match (kind, moment.run.decoded(message)) {
            (_, Some(Body::ClientHello(hello))) => {
                if let Some(name) = server_name(&hello) {
                    self.hear(say::story_overheard_name(name));
                }
                self.hear(say::story_overheard_suites());
                self.hear(say::story_overheard_client_random());
                #[cfg(feature = "tls13")]
                if moment.run.offers_tls13() {
                    self.offers(&hello, moment.run.is_external());
                }
                #[cfg(feature = "tls13")]
                match moment.run.session() {
                    Some(Resumed::SessionId) => self.hear(say::story_overheard_session()),
                    Some(Resumed::Ticket) => self.hear(say::story_overheard_ticket()),
                    None => {}
                }
            }
            #[cfg(feature = "tls13")]
            (_, Some(Body::ServerHello(hello))) if hello.is_retry_request() => {
                self.hear(say::story_overheard_retry());
            }
            (_, Some(Body::ServerHello(hello))) => {
                if moment.run.is_tls13() && hello.extension(ExtensionType::KEY_SHARE).is_some() {
                    self.hear(say::story_overheard_server_key());
                }
                self.hear(say::story_overheard_suite());
                self.hear(say::story_overheard_server_random());
            }
            (_, Some(Body::Certificate(certificate))) => self.certificate(from, &certificate),
            (_, Some(Body::CertificateRequest(_))) => self.hear(say::story_overheard_asked()),
            (HandshakeType::SERVER_KEY_EXCHANGE, _) => {
                self.hear(say::story_overheard_server_key());
            }
            (HandshakeType::CLIENT_KEY_EXCHANGE, _) => self.hear(match moment.run.is_ephemeral() {
                true => say::story_overheard_client_key(),
                false => say::story_overheard_sealed(),
            }),
            _ => {}
        }
    }

    /// What a client of TLS 1.3 offers besides.
    #[cfg(feature = "tls13")]
    fn offers(&mut self, hello: &ClientHello, external: bool) {
        self.hear(say::story_overheard_client_key());
        if hello.extension(ExtensionType::PRE_SHARED_KEY).is_some() {
            self.hear(match external {
                true => say::story_overheard_psk(),
                false => say::story_overheard_ticket(),
            });
        }
    }

    fn certificate(&mut self, from: Party, certificate: &Certificate) {
        let first = certificate.certificate_list.first();
        let name = first
            .and_then(|der| Card::read(der).ok())
            .and_then(|card| card.domain);
        self.hear(match (from, name) {
            (Party::Server, Some(name)) => say::story_overheard_certificate(name),
            (Party::Client, Some(name)) => say::story_overheard_client_certificate(name),
            (Party::Client, None) if first.is_none() => say::story_overheard_no_certificate(),
            _ => return,
        });
    }
}

fn server_name(hello: &ClientHello) -> Option<String> {
    match hello.extension(ExtensionType::SERVER_NAME)? {
        ExtensionBody::ServerNames(names) => {
            let name = names.first()?;
            Some(String::from_utf8_lossy(&name.name).into_owned())
        }
        _ => None,
    }
}
