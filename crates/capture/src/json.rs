//! A run as JSON, for programs of the learner's own.
//!
//! One object: `format` is `"padlock-trace"`, `version` is 1, `scenario` is the query of the address
//! that gives this run again, `wire` what each side put on the wire, and `events` all that happened, in
//! order. Bytes are hexadecimal digits. An event has `party`, `event`, and what its kind has:
//!
//! | `event` | besides |
//! |---|---|
//! | `record` | `direction`, `content_type`, `bytes`, `fields`, `content` (of a protected record the plaintext), `protection` or null |
//! | `message` | `direction`, `message`, `bytes` (the header included), `fields` |
//! | `value` | `name`, `formula` (with the names of its inputs), `inputs` (each `name`, `bytes`), `output`, `section` |
//! | `certificates` | `accepted`, `path` (the certificates, DER), `checks` (each `check`, `certificate`, `outcome`, `section`) |
//! | `check` | `check`, `passed`, `expected`, `found`, `section` |
//! | `agreed` | `version`, `suite`, `group`, `protocol`, `extended_master_secret`, `encrypt_then_mac`, `psk`, `resumed` |
//! | `alert` | `direction`, `level`, `description`, `cause` (at the side that sent it) |
//! | `data` | `direction`, `bytes` |
//! | `state` | `state`: what the party waits for, `connected`, `closed`, or `failed` |
//!
//! `fields` is a tree: each node has its `label`, its `range` in the bytes (from, and the first byte
//! after it), its `kind` (`group`, `number`, `length`, `code`, `opaque`, `text`, `undecoded`), its `value` (a
//! number or a text, if it has one), for a code point that is known its `name`, its `section` or null, and
//! its `children`.

mod value;

use padlock_pki::verify::{self, Verdict};
use padlock_tls::run::{Trace, Transfer};
use padlock_tls::trace::{
    Agreement, Alert, Check, CheckKind, Direction, Event, EventKind, Message, MessageKind, Party,
    Protection, ProtectionScheme, Record, Resumed, State, Value,
};
use padlock_tls::value::ValueName;
use padlock_wire::{Node, Section, Value as Meaning, hex};

use value::Json;

/// A trace as JSON. `scenario` is the query of the address that gives the run again. A record of `wire` that
/// was changed on its way has `arrives` beside `bytes`.
#[must_use]
pub fn json(trace: &Trace, scenario: &str) -> String {
    let transfer = |transfer: &Transfer| {
        let arrives = transfer.arrives.iter();
        let members = [
            ("from", party(transfer.from)),
            ("bytes", digits(&transfer.bytes)),
        ];
        let arrives = arrives.map(|bytes| ("arrives", digits(bytes)));
        Json::Object(members.into_iter().chain(arrives).collect())
    };
    let all = Json::Object(vec![
        ("format", Json::text("padlock-trace")),
        ("version", Json::Number(1)),
        ("scenario", Json::text(scenario)),
        ("wire", Json::array(&trace.wire, transfer)),
        ("events", Json::array(&trace.events, event)),
    ]);
    format!("{all}\n")
}

fn event(event: &Event) -> Json {
    let (kind, members) = match &event.kind {
        EventKind::Record(known) => ("record", record(known)),
        EventKind::Message(known) => ("message", message(known)),
        EventKind::Value(known) => ("value", value(known)),
        EventKind::Certificates(known) => ("certificates", certificates(known)),
        EventKind::Check(known) => ("check", check(known)),
        EventKind::Agreed(known) => ("agreed", agreed(known)),
        EventKind::Alert(known) => ("alert", alert(known)),
        EventKind::Data {
            direction: way,
            bytes,
        } => (
            "data",
            vec![("direction", direction(*way)), ("bytes", digits(bytes))],
        ),
        EventKind::State(known) => ("state", vec![("state", Json::Text(state(*known)))]),
    };
    let head = [("party", party(event.party)), ("event", Json::text(kind))];
    Json::Object(head.into_iter().chain(members).collect())
}

type Members = Vec<(&'static str, Json)>;

fn record(record: &Record) -> Members {
    vec![
        ("direction", direction(record.direction)),
        ("content_type", Json::shown(record.content_type)),
        ("bytes", digits(&record.bytes)),
        ("fields", field(&record.tree)),
        ("content", digits(&record.content)),
        (
            "protection",
            Json::perhaps(record.protection.as_ref(), protection),
        ),
    ]
}

fn protection(protection: &Protection) -> Json {
    let scheme = match protection.scheme {
        ProtectionScheme::Aead => "aead",
        ProtectionScheme::MacThenEncrypt => "mac_then_encrypt",
        ProtectionScheme::EncryptThenMac => "encrypt_then_mac",
        ProtectionScheme::AeadInner => "aead_inner",
    };
    Json::Object(vec![
        ("scheme", Json::text(scheme)),
        ("sequence", Json::Number(protection.sequence)),
        ("key", Json::shown(protection.key)),
        ("nonce", digits(&protection.nonce)),
        ("additional_data", digits(&protection.additional_data)),
        ("plaintext", digits(&protection.plaintext)),
        ("ciphertext", digits(&protection.ciphertext)),
        ("tag", digits(&protection.tag)),
    ])
}

fn message(message: &Message) -> Members {
    let kind = match message.kind {
        MessageKind::Handshake(kind) => Json::shown(kind),
        MessageKind::ChangeCipherSpec => Json::text("change_cipher_spec"),
    };
    vec![
        ("direction", direction(message.direction)),
        ("message", kind),
        ("bytes", digits(&message.bytes)),
        ("fields", field(&message.tree)),
    ]
}

fn value(value: &Value) -> Members {
    let names: Vec<ValueName> = value.inputs.iter().map(|input| input.name).collect();
    let inputs = Json::array(&value.inputs, |input| {
        Json::Object(vec![
            ("name", Json::shown(input.name)),
            ("bytes", digits(&input.bytes)),
        ])
    });
    vec![
        ("name", Json::shown(value.name)),
        ("formula", Json::Text(value.formula.notation(&names))),
        ("inputs", inputs),
        ("output", digits(&value.output)),
        ("section", section(value.section)),
    ]
}

fn certificates(verdict: &Verdict) -> Members {
    let check = |check: &verify::Check| {
        let outcome = match check.outcome {
            verify::Outcome::Passed => "passed",
            verify::Outcome::Failed => "failed",
            verify::Outcome::Noted => "noted",
            verify::Outcome::NotReached => "not_reached",
        };
        Json::Object(vec![
            ("check", Json::text(of_certificate(check.kind))),
            ("certificate", Json::count(check.certificate)),
            ("outcome", Json::text(outcome)),
            ("section", section(check.section)),
        ])
    };
    vec![
        ("accepted", Json::Bool(verdict.is_accepted())),
        ("path", Json::array(&verdict.path, |der| digits(der))),
        ("checks", Json::array(&verdict.checks, check)),
    ]
}

const fn of_certificate(kind: verify::CheckKind) -> &'static str {
    use verify::CheckKind as Kind;
    match kind {
        Kind::Readable => "readable",
        Kind::PathToAnchor => "path_to_anchor",
        Kind::KeyStrength => "key_strength",
        Kind::Signature => "signature",
        Kind::Validity => "validity",
        Kind::CertificationAuthority => "certification_authority",
        Kind::PathLength => "path_length",
        Kind::KeyCertSign => "key_cert_sign",
        Kind::KeyUsage => "key_usage",
        Kind::ExtendedKeyUsage => "extended_key_usage",
        Kind::Name => "name",
        Kind::NameConstraints => "name_constraints",
        Kind::CriticalExtensions => "critical_extensions",
        Kind::Profile => "profile",
        Kind::Revocation => "revocation",
    }
}

fn check(check: &Check) -> Members {
    let kind = match check.kind {
        CheckKind::KeyExchangeSignature(_) => "key_exchange_signature",
        CheckKind::CertificateVerifySignature(_) => "certificate_verify_signature",
        CheckKind::Finished => "finished",
        CheckKind::RenegotiationInfo => "renegotiation_info",
        CheckKind::DowngradeSign => "downgrade_sign",
        CheckKind::Binder => "binder",
        CheckKind::EncapsulationKey => "encapsulation_key",
    };
    vec![
        ("check", Json::text(kind)),
        ("passed", Json::Bool(check.passed)),
        ("expected", digits(&check.expected)),
        ("found", digits(&check.found)),
        ("section", section(check.section)),
    ]
}

fn agreed(agreement: &Agreement) -> Members {
    let psk = Json::perhaps(agreement.psk.as_ref(), |psk| {
        Json::Object(vec![
            ("resumption", Json::Bool(psk.resumption)),
            ("mode", Json::shown(psk.mode)),
            ("early_data", Json::Bool(psk.early_data)),
        ])
    });
    let resumed = Json::perhaps(agreement.resumed, |resumed| {
        Json::text(match resumed {
            Resumed::SessionId => "session_id",
            Resumed::Ticket => "ticket",
        })
    });
    let protocol = Json::perhaps(agreement.protocol.as_ref(), |name| digits(name));
    vec![
        ("version", Json::shown(agreement.version)),
        ("suite", Json::shown(agreement.suite)),
        ("group", Json::perhaps(agreement.group, Json::shown)),
        ("protocol", protocol),
        (
            "extended_master_secret",
            Json::Bool(agreement.extended_master_secret),
        ),
        ("encrypt_then_mac", Json::Bool(agreement.encrypt_then_mac)),
        ("psk", psk),
        ("resumed", resumed),
    ]
}

fn alert(alert: &Alert) -> Members {
    vec![
        ("direction", direction(alert.direction)),
        ("level", Json::shown(alert.level)),
        ("description", Json::shown(alert.description)),
        ("cause", Json::perhaps(alert.cause.as_ref(), Json::shown)),
    ]
}

fn state(state: State) -> String {
    match state {
        State::Expect(kind) => kind.to_string(),
        State::ExpectChangeCipherSpec => "change_cipher_spec".to_owned(),
        State::Connected => "connected".to_owned(),
        State::Closed => "closed".to_owned(),
        State::Failed => "failed".to_owned(),
    }
}

fn field(node: &Node) -> Json {
    let (kind, value) = match &node.value {
        Meaning::Group => ("group", Json::Null),
        Meaning::Number(number) => ("number", Json::Number(*number)),
        Meaning::Length(number) => ("length", Json::Number(*number)),
        Meaning::Code { number, .. } => ("code", Json::Number(u64::from(*number))),
        Meaning::Opaque => ("opaque", Json::Null),
        Meaning::Text(text) => ("text", Json::text(text)),
        Meaning::Undecoded => ("undecoded", Json::Null),
    };
    let mut members = vec![
        ("label", Json::text(&node.label)),
        (
            "range",
            Json::Array(vec![
                Json::count(node.range.start),
                Json::count(node.range.end),
            ]),
        ),
        ("kind", Json::text(kind)),
        ("value", value),
    ];
    if let Meaning::Code {
        name: Some(name), ..
    } = &node.value
    {
        members.push(("name", Json::text(name)));
    }
    members.push(("section", Json::perhaps(node.section, section)));
    members.push(("children", Json::array(&node.children, field)));
    Json::Object(members)
}

fn party(party: Party) -> Json {
    Json::text(match party {
        Party::Client => "client",
        Party::Server => "server",
    })
}

fn direction(direction: Direction) -> Json {
    Json::text(match direction {
        Direction::Sent => "sent",
        Direction::Received => "received",
    })
}

fn section(section: Section) -> Json {
    Json::shown(section)
}

fn digits(bytes: &[u8]) -> Json {
    Json::Text(hex::encode(bytes))
}
