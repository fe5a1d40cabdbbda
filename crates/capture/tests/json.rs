//! A trace as JSON says what the trace says, as another program reads it.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use padlock_capture::json;
use padlock_lesson::play::Recording;
use padlock_lesson::scenario::{KeyExchange, Scenario};
use padlock_tls::trace::{Event, EventKind};
use padlock_wire::{Node, hex};
use serde_json::Value;

fn recording(query: &str) -> Recording {
    let (parts, problems) = Scenario::from_query(query);
    assert_eq!(problems, []);
    Recording::of(&parts.complete([3; 16], 1_795_285_800))
}

fn read(recording: &Recording) -> Value {
    let text = json(&recording.trace, &recording.scenario.to_query());
    serde_json::from_str(&text).unwrap()
}

fn bytes(json: &Value) -> Vec<u8> {
    hex::decode(json.as_str().unwrap()).unwrap()
}

/// The tree says the same, node by node.
fn check_fields(json: &Value, node: &Node) {
    assert_eq!(json["label"], node.label.as_ref());
    let range = serde_json::json!([node.range.start, node.range.end]);
    assert_eq!(json["range"], range, "{}", node.label);
    match &node.value {
        padlock_wire::Value::Number(number) | padlock_wire::Value::Length(number) => {
            assert_eq!(json["value"], *number);
        }
        padlock_wire::Value::Code { number, name } => {
            assert_eq!(json["value"], *number);
            assert_eq!(json["name"].as_str(), *name);
        }
        padlock_wire::Value::Text(text) => assert_eq!(json["value"], text.as_str()),
        _ => assert_eq!(json["value"], Value::Null),
    }
    let section = node.section.map(|section| section.to_string());
    assert_eq!(json["section"].as_str(), section.as_deref());
    let children = json["children"].as_array().unwrap();
    assert_eq!(children.len(), node.children.len());
    for (json, child) in children.iter().zip(&node.children) {
        check_fields(json, child);
    }
}

fn check_event(json: &Value, event: &Event) {
    match &event.kind {
        EventKind::Record(record) => {
            assert_eq!(json["event"], "record");
            assert_eq!(bytes(&json["bytes"]), record.bytes);
            assert_eq!(bytes(&json["content"]), record.content);
            check_fields(&json["fields"], &record.tree);
            match &record.protection {
                None => assert_eq!(json["protection"], Value::Null),
                Some(protection) => {
                    let json = &json["protection"];
                    assert_eq!(json["sequence"], protection.sequence);
                    assert_eq!(json["key"], protection.key.to_string());
                    assert_eq!(bytes(&json["nonce"]), protection.nonce);
                    assert_eq!(bytes(&json["plaintext"]), protection.plaintext);
                    assert_eq!(bytes(&json["tag"]), protection.tag);
                }
            }
        }
        EventKind::Message(message) => {
            assert_eq!(json["event"], "message");
            assert_eq!(bytes(&json["bytes"]), message.bytes);
            check_fields(&json["fields"], &message.tree);
        }
        EventKind::Value(value) => {
            assert_eq!(json["event"], "value");
            assert_eq!(json["name"], value.name.to_string());
            assert_eq!(bytes(&json["output"]), value.output);
            assert_eq!(json["section"], value.section.to_string());
            let inputs = json["inputs"].as_array().unwrap();
            assert_eq!(inputs.len(), value.inputs.len());
            for (json, input) in inputs.iter().zip(&value.inputs) {
                assert_eq!(json["name"], input.name.to_string());
                assert_eq!(bytes(&json["bytes"]), input.bytes);
            }
            let names: Vec<_> = value.inputs.iter().map(|input| input.name).collect();
            assert_eq!(json["formula"], value.formula.notation(&names));
        }
        EventKind::Certificates(verdict) => {
            assert_eq!(json["event"], "certificates");
            assert_eq!(json["accepted"], verdict.is_accepted());
            let checks = json["checks"].as_array().unwrap();
            assert_eq!(checks.len(), verdict.checks.len());
            let failed = checks.iter().any(|check| check["outcome"] == "failed");
            assert_eq!(failed, verdict.failure().is_some());
        }
        EventKind::Check(check) => {
            assert_eq!(json["event"], "check");
            assert_eq!(json["passed"], check.passed);
            assert_eq!(bytes(&json["expected"]), check.expected);
            assert_eq!(bytes(&json["found"]), check.found);
        }
        EventKind::Agreed(agreement) => {
            assert_eq!(json["event"], "agreed");
            assert_eq!(json["suite"], agreement.suite.to_string());
            assert_eq!(json["psk"].is_object(), agreement.psk.is_some());
        }
        EventKind::Alert(alert) => {
            assert_eq!(json["event"], "alert");
            assert_eq!(json["description"], alert.description.to_string());
            let cause = alert.cause.as_ref().map(ToString::to_string);
            assert_eq!(json["cause"].as_str(), cause.as_deref());
        }
        EventKind::Data { bytes: data, .. } => {
            assert_eq!(json["event"], "data");
            assert_eq!(bytes(&json["bytes"]), *data);
        }
        EventKind::State(_) => {
            assert_eq!(json["event"], "state");
            assert!(!json["state"].as_str().unwrap().is_empty());
        }
    }
}

#[test]
fn json_says_what_the_trace_says() {
    let exchanges = KeyExchange::ALL
        .iter()
        .map(|exchange| format!("kx={}", exchange.word()));
    let others = [
        "kx=rsa&setting=payroll",
        "kx=tls13&cert=expired",
        "kx=tls13&way=change-data",
    ];
    let others = others.map(str::to_owned);
    for query in exchanges.chain(others) {
        let recording = recording(&query);
        let json = read(&recording);
        assert_eq!(json["format"], "padlock-trace");
        assert_eq!(json["version"], 1);
        // The address gives the run again.
        let again = self::recording(json["scenario"].as_str().unwrap());
        assert_eq!(again.trace.wire, recording.trace.wire, "{query}");
        let wire = json["wire"].as_array().unwrap();
        let arrives = |sent: &Value| sent.get("arrives").map(bytes);
        let arrived: Vec<_> = wire.iter().map(arrives).collect();
        let expected: Vec<_> = again
            .trace
            .wire
            .iter()
            .map(|sent| sent.arrives.clone())
            .collect();
        assert_eq!(arrived, expected, "{query}");
        let changed = arrived.iter().filter(|one| one.is_some()).count();
        assert_eq!(changed, usize::from(query.contains("way=")), "{query}");
        let carried: Vec<Vec<u8>> = wire.iter().map(|sent| bytes(&sent["bytes"])).collect();
        let expected: Vec<Vec<u8>> = again
            .trace
            .wire
            .into_iter()
            .map(|sent| sent.bytes)
            .collect();
        assert_eq!(carried, expected, "{query}");
        let events = json["events"].as_array().unwrap();
        assert_eq!(events.len(), recording.trace.events.len(), "{query}");
        for (json, event) in events.iter().zip(&recording.trace.events) {
            let party = format!("{:?}", event.party).to_lowercase();
            assert_eq!(json["party"], party, "{query}");
            check_event(json, event);
        }
    }
}
