//! Cases in the format of x509-limbo, and how Padlock judges them.

use std::collections::BTreeMap;

use padlock_pki::pem;
use padlock_pki::time::UnixSeconds;
use padlock_pki::verify::{
    Demands, KeyUse, Policy, Purpose, Reference, Request, Verdict, verify_with,
};
use serde_json::Value;

/// The features that Padlock has not, and why.
const LEFT_OUT: [(&str, &str); 2] = [
    (
        "pedantic-public-suffix-wildcard",
        "no list of public suffixes",
    ),
    ("has-mldsa", "ML-DSA is not verified"),
];

/// How a case went.
pub(crate) enum Outcome {
    Agree,
    Disagree(String),
    Skipped(String),
}

/// The cases of a file.
///
/// Errors: what is wrong with it.
pub(crate) fn read(text: &str) -> Result<Vec<Value>, String> {
    let mut file: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    match file.get_mut("testcases").map(Value::take) {
        Some(Value::Array(cases)) => Ok(cases),
        _ => Err("there is no list \"testcases\"".to_owned()),
    }
}

pub(crate) fn id(case: &Value) -> &str {
    case["id"].as_str().unwrap_or("(no id)")
}

/// Judges a case by this policy. `today` is the moment for cases without one.
pub(crate) fn run(case: &Value, policy: Policy, today: UnixSeconds) -> Outcome {
    match judge(case, policy, today) {
        Ok((expected, verdict)) => {
            let is_accepted = verdict.is_accepted();
            let ours = match verdict.failure() {
                None => "accept".to_owned(),
                Some(check) => format!("refuse ({:?}: {})", check.kind, check.reason),
            };
            if is_accepted == expected {
                return Outcome::Agree;
            }
            let expected = if expected { "accept" } else { "refuse" };
            Outcome::Disagree(format!("expected {expected}, ours {ours}"))
        }
        Err(why) => Outcome::Skipped(why),
    }
}

/// The policy of the suite that a case is from. That of BetterTLS is about paths and names; its
/// certificates are not made by the Baseline Requirements and do not claim to be.
pub(crate) fn own_policy(case: &Value) -> Policy {
    match id(case).starts_with("bettertls::") {
        true => Policy::Rfc5280,
        false => Policy::WebPki,
    }
}

/// Whether it should be accepted, and what Padlock says; or why it is skipped.
pub(crate) fn judge(
    case: &Value,
    policy: Policy,
    today: UnixSeconds,
) -> Result<(bool, Verdict), String> {
    for feature in list(case, "features")? {
        let left_out = LEFT_OUT.iter().find(|(name, _)| *name == feature);
        if let Some((name, why)) = left_out {
            return Err(format!("{name}: {why}"));
        }
    }
    // Where the profiles contradict each other, ours is the web's.
    let conflicts = list(case, "conflicts_with")?;
    let id = id(case);
    if !id.starts_with("webpki::") && conflicts.iter().any(|one| one.starts_with("webpki::")) {
        return Err("in conflict with a case of the web's profile".to_owned());
    }
    let purpose = match case["validation_kind"].as_str() {
        Some("SERVER") => Purpose::Server,
        Some("CLIENT") => Purpose::Client,
        Some(other) => return Err(format!("the unknown validation_kind {other}")),
        None => return Err("no validation_kind".to_owned()),
    };
    let wanted = match purpose {
        Purpose::Server => "serverAuth",
        Purpose::Client => "clientAuth",
    };
    let purposes = list(case, "extended_key_usage")?;
    if purposes.iter().any(|one| *one != wanted) {
        return Err("another purpose than TLS".to_owned());
    }
    let name = match &case["expected_peer_name"] {
        Value::Null => None,
        name => {
            let name = name["value"].as_str().ok_or("a peer without a name")?;
            if Reference::read(name).is_none() {
                return Err("the peer's name is neither a host's nor an address".to_owned());
            }
            Some(name)
        }
    };
    if !list(case, "signature_algorithms")?.is_empty() {
        return Err("restricted signature algorithms".to_owned());
    }
    let now = match case["validation_time"].as_str() {
        Some(time) => UnixSeconds::from_rfc3339(time).map_err(|_| "a time that is none")?,
        None => today,
    };
    let mut chain = certificates(case["peer_certificate"].as_str())?;
    for text in list(case, "untrusted_intermediates")? {
        chain.extend(certificates(Some(text))?);
    }
    let mut anchors = Vec::new();
    for text in list(case, "trusted_certs")? {
        anchors.extend(certificates(Some(text))?);
    }
    let mut crls = Vec::new();
    for text in list(case, "crls")? {
        let blocks = pem::blocks(text).map_err(|error| error.to_string())?;
        crls.extend(blocks.into_iter().map(|block| block.contents));
    }
    let [chain, anchors, crls] = [&chain, &anchors, &crls].map(|all| slices(all));
    let request = Request {
        chain: &chain,
        anchors: &anchors,
        name,
        now,
        purpose,
        key_use: KeyUse::Signature,
    };
    let demands = Demands {
        policy,
        crls: &crls,
        max_intermediates: case["max_chain_depth"].as_u64(),
        ..Demands::default()
    };
    let expected = match case["expected_result"].as_str() {
        Some("SUCCESS") => true,
        Some("FAILURE") => false,
        Some(other) => return Err(format!("the unknown expected_result {other}")),
        None => return Err("no expected_result".to_owned()),
    };
    Ok((expected, verify_with(&request, &demands)))
}

/// How many were skipped, by why.
pub(crate) fn counted(skipped: impl IntoIterator<Item = String>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for why in skipped {
        *counts.entry(why).or_default() += 1;
    }
    counts
}

fn list<'c>(case: &'c Value, key: &str) -> Result<Vec<&'c str>, String> {
    match &case[key] {
        Value::Null => Ok(Vec::new()),
        Value::Array(items) => {
            let items = items.iter().map(Value::as_str).collect();
            Option::ok_or_else(items, || format!("{key} has something else than text"))
        }
        _ => Err(format!("{key} is no list")),
    }
}

fn certificates(text: Option<&str>) -> Result<Vec<Vec<u8>>, String> {
    let text = text.ok_or("a certificate that is no text")?;
    pem::certificates(text).map_err(|error| error.to_string())
}

fn slices(all: &[Vec<u8>]) -> Vec<&[u8]> {
    all.iter().map(Vec::as_slice).collect()
}
