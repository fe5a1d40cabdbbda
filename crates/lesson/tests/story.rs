//! The stories that are told of real runs.

use padlock_lesson::lesson::{
    Artefact, Block, Ending, Knows, LaneItem, Lesson, Outcome, TruthKind,
};
use padlock_lesson::play::{self, tell};
use padlock_lesson::scenario::{
    CertificateChoice, ClientCertificateChoice, KeyExchange, Scenario, Setting,
};
use padlock_lesson::text::{Argument, Catalogue, English, Text};
use padlock_tls::trace::Party;
use padlock_tls::value::ValueName;

/// 2026-11-21T18:30:00Z
const NOW: i64 = 1_795_285_800;

fn scenario(setting: Setting, key_exchange: KeyExchange) -> Scenario {
    Scenario {
        setting,
        key_exchange,
        suite: None,
        certificate: CertificateChoice::Good,
        client_certificate: setting.client_certificate(),
        seed: *b"sixteen bytes ok",
        now: NOW,
    }
}

/// Every combination of choices, each with every suite it can have.
fn every_scenario() -> Vec<Scenario> {
    let mut all = Vec::new();
    for &setting in Setting::ALL {
        for &key_exchange in KeyExchange::ALL {
            for &certificate in CertificateChoice::ALL {
                for &client_certificate in ClientCertificateChoice::ALL {
                    let base = scenario(setting, key_exchange);
                    all.push(Scenario { certificate, client_certificate, ..base });
                }
            }
            for suite in key_exchange.suites() {
                all.push(Scenario { suite: Some(suite), ..scenario(setting, key_exchange) });
            }
        }
    }
    all
}

fn plain(text: &Text) -> String {
    Catalogue::english().plain(text, &English)
}

/// A lesson as text, as far as it is words.
fn script(lesson: &Lesson) -> String {
    let mut out = String::new();
    let mut line = |text: String| {
        out += &text;
        out.push('\n');
    };
    for actor in [&lesson.client, &lesson.server] {
        line(format!("{}: {}", plain(&actor.name), plain(&actor.brings)));
    }
    for (index, step) in lesson.steps.iter().enumerate() {
        line(format!("\n{}. [{}] {}: {}", index + 1, step.id, plain(&step.stage), plain(&step.title)));
        line(format!("{:?}: “{}”", step.speaker, plain(&step.line)));
        match &step.lane {
            LaneItem::Arrow { from, labels, alert, .. } => {
                let labels: Vec<_> = labels
                    .iter()
                    .map(|label| {
                        let lock = if label.encrypted { "🔒 " } else { "" };
                        format!("{lock}{}", plain(&label.label))
                    })
                    .collect();
                let end = if *alert { " ✗" } else { "" };
                line(format!("  {from:?} → {}{end}", labels.join(", ")));
            }
            LaneItem::Inside { party, label, failed } => {
                line(format!("  {party:?} ({}){}", plain(label), if *failed { " ✗" } else { "" }));
            }
            LaneItem::Both { label } => line(format!("  both ({})", plain(label))),
        }
        for block in &step.words {
            match block {
                Block::Paragraph(text) => line(format!("  {}", plain(text))),
                Block::Note(text) => line(format!("  ! {}", plain(text))),
                Block::Checks(rows) => {
                    for row in rows {
                        let mark = match row.outcome {
                            Outcome::Passed => "✓",
                            Outcome::Failed => "✗",
                            Outcome::NotReached => "–",
                        };
                        let (title, reason) = (plain(&row.title), plain(&row.reason));
                        line(format!("  {mark} {title}: {reason} ({})", row.section));
                    }
                }
                Block::Card { title, card } => {
                    line(format!("  [{}: issued by {}]", plain(title), card.issuing_ca));
                }
                Block::Quote { from, text } => line(format!("  {from:?} wrote: {text}")),
            }
        }
        for artefact in &step.bytes {
            let wire = if artefact.on_wire { "on the wire" } else { "not on the wire" };
            line(format!("  # {} ({wire})", plain(&artefact.title)));
        }
        for computation in &step.computed {
            let (title, purpose) = (plain(&computation.title), plain(&computation.purpose));
            line(format!("  = {:?} {title} = {}  | {purpose}", computation.by, computation.formula));
        }
        for row in &step.knowledge {
            let new = if row.new { " (new)" } else { "" };
            let knows = [row.client, row.server, row.eavesdropper];
            line(format!("  ? {}{new}: {knows:?}", plain(&row.title)));
        }
        let overheard: Vec<_> = step
            .overheard
            .iter()
            .map(|heard| format!("{}{}", plain(&heard.what), if heard.new { "*" } else { "" }))
            .collect();
        line(format!("  ~ {}", overheard.join(" · ")));
        let sections: Vec<_> = step.truth.sections.iter().map(ToString::to_string).collect();
        let note = step.truth.note.as_ref().map(plain).unwrap_or_default();
        line(format!("  {:?} {note} {}", step.truth.kind, sections.join(", ")));
    }
    line(format!("\n{:?}", lesson.ending));
    for exhibit in &lesson.certificates {
        let domain = exhibit.card.domain.as_deref().unwrap_or("?");
        line(format!("certificate: {}: {domain} (sent: {})", plain(&exhibit.title), exhibit.sent));
    }
    out
}

#[test]
fn print() {
    for (setting, kx) in [(Setting::Shop, KeyExchange::Rsa), (Setting::Payroll, KeyExchange::Ecdhe)] {
        println!("{}", script(&tell(&scenario(setting, kx))));
    }
}
