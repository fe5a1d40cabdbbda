//! What makes a lesson as text, for snapshots.

use padlock_lesson::lesson::{Block, LaneItem, Lesson, Outcome, Step};
use padlock_lesson::text::{Catalogue, English, Text};

pub(crate) fn plain(text: &Text) -> String {
    Catalogue::english().plain(text, &English)
}

/// A lesson as text: every word of it, and no bytes.
pub(crate) fn script(lesson: &Lesson) -> String {
    let mut lines = Vec::new();
    for actor in [&lesson.client, &lesson.server] {
        lines.push(format!("{}: {}", plain(&actor.name), plain(&actor.brings)));
    }
    for (index, step) in lesson.steps.iter().enumerate() {
        let (stage, title) = (plain(&step.stage), plain(&step.title));
        lines.push(format!("\n{}. {stage}: {title} [{}]", index + 1, step.id));
        lines.push(format!("{:?}: “{}”", step.speaker, plain(&step.line)));
        lines.push(format!("   {}", lane(&step.lane)));
        for block in &step.words {
            lines.extend(
                self::block(block)
                    .into_iter()
                    .map(|line| format!("   {line}")),
            );
        }
        lines.extend(rest(step).into_iter().map(|line| format!("   {line}")));
    }
    lines.push(format!("\n{:?}", lesson.ending));
    for exhibit in &lesson.certificates {
        let domain = exhibit.card.domain.as_deref().unwrap_or("?");
        lines.push(format!("{}: {domain}", plain(&exhibit.title)));
        lines.push(format!("   {}", plain(&exhibit.place)));
    }
    lines.join("\n") + "\n"
}

fn lane(lane: &LaneItem) -> String {
    match lane {
        LaneItem::Arrow {
            from,
            labels,
            alert,
            ..
        } => {
            let label = |label: &padlock_lesson::lesson::LaneLabel| {
                let lock = if label.encrypted { "🔒 " } else { "" };
                format!("{lock}{}", plain(&label.label))
            };
            let labels: Vec<_> = labels.iter().map(label).collect();
            format!(
                "{from:?} → {}{}",
                labels.join(", "),
                if *alert { " ✗" } else { "" }
            )
        }
        LaneItem::Inside {
            party,
            label,
            failed,
        } => {
            format!(
                "{party:?}: {}{}",
                plain(label),
                if *failed { " ✗" } else { "" }
            )
        }
        LaneItem::Both { label } => format!("both: {}", plain(label)),
    }
}

fn block(block: &Block) -> Vec<String> {
    match block {
        Block::Paragraph(text) => vec![plain(text)],
        Block::Note(text) => vec![format!("! {}", plain(text))],
        Block::Detail { title, text } => vec![format!("? {} {}", plain(title), plain(text))],
        Block::Checks(rows) => rows
            .iter()
            .map(|row| {
                let mark = match row.outcome {
                    Outcome::Passed => "✓",
                    Outcome::Failed => "✗",
                    Outcome::NotReached => "–",
                };
                let (title, reason) = (plain(&row.title), plain(&row.reason));
                format!("{mark} {title}: {reason} ({})", row.section)
            })
            .collect(),
        Block::Card { title, card } => {
            vec![format!("[{}: issued by {}]", plain(title), card.issuing_ca)]
        }
        Block::Quote { from, text } => vec![format!("{from:?} wrote: {text}")],
    }
}

fn rest(step: &Step) -> Vec<String> {
    let mut lines = Vec::new();
    for artefact in &step.bytes {
        let wire = if artefact.on_wire {
            "on the wire"
        } else {
            "not on the wire"
        };
        lines.push(format!("# {} ({wire})", plain(&artefact.title)));
    }
    for computation in &step.computed {
        let title = plain(&computation.title);
        lines.push(format!(
            "= {:?}: {title} = {}",
            computation.by, computation.formula
        ));
        lines.push(format!("    {}", plain(&computation.purpose)));
    }
    for row in step.knowledge.iter().filter(|row| row.new) {
        let knows = format!("{:?} {:?} {:?}", row.client, row.server, row.eavesdropper);
        lines.push(format!("? {}: {knows}", plain(&row.title)));
    }
    let new: Vec<_> = step
        .overheard
        .iter()
        .filter(|heard| heard.new)
        .map(|heard| plain(&heard.what))
        .collect();
    if !new.is_empty() {
        lines.push(format!("~ {}", new.join(" · ")));
    }
    let sections: Vec<_> = step
        .truth
        .sections
        .iter()
        .map(ToString::to_string)
        .collect();
    let note = step
        .truth
        .note
        .as_ref()
        .map(|note| format!("{} ", plain(note)));
    let note = note.unwrap_or_default();
    lines.push(format!(
        "{:?}: {note}({})",
        step.truth.kind,
        sections.join(", ")
    ));
    lines
}
