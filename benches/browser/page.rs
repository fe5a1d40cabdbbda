//! What the page waits for: certificates, the conversation with its trace, the story.

use padlock_lesson::play::{Play, Progress};
use padlock_lesson::scenario::Scenario;
use wasm_bindgen_test::{Criterion, wasm_bindgen_bench};

use super::cases::NOW;
use super::measure::{Times, rounds, table, time};

/// The scenarios by their address, as the page has them.
const SCENARIOS: [&str; 8] = [
    "setting=shop&kx=rsa",
    "setting=shop&kx=ecdhe",
    "setting=shop&kx=ecdhe&suite=TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "setting=payroll&kx=rsa",
    "setting=payroll&kx=ecdhe",
    "setting=shop&kx=tls13",
    "setting=shop&kx=tls13-resumed",
    "setting=payroll&kx=tls13",
];

#[wasm_bindgen_bench]
fn scenarios(_: &mut Criterion) {
    let head = [
        "",
        "all",
        "certificates",
        "conversation",
        "story",
        "longest step",
    ];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    rows.extend(SCENARIOS.map(row));
    table(
        "What the page waits for, in milliseconds: median (least)",
        &rows,
    );
}

fn row(query: &str) -> Vec<String> {
    let (parts, problems) = Scenario::from_query(query);
    assert_eq!(problems, []);
    let scenario = parts.complete([7; 16], NOW);
    let mut columns = [const { Times::new() }; 5];
    // One more than is counted, to warm up.
    play(&scenario);
    rounds(|_| {
        for (column, milliseconds) in columns.iter_mut().zip(play(&scenario)) {
            column.push(milliseconds);
        }
    });
    let mut cells = vec![query.to_owned()];
    cells.extend(columns.iter().map(Times::cell));
    cells
}

/// All, certificates, conversation, story, longest step.
fn play(scenario: &Scenario) -> [f64; 5] {
    let mut play = Play::new(scenario);
    let [mut certificates, mut conversation, mut story, mut longest] = [0.0_f64; 4];
    let mut progress = play.progress();
    while progress != Progress::Told {
        let before = progress;
        let milliseconds = time(|| progress = play.step());
        longest = longest.max(milliseconds);
        match (before, progress) {
            (_, Progress::Told) => story += milliseconds,
            (Progress::Issuing, _) => certificates += milliseconds,
            _ => conversation += milliseconds,
        }
    }
    [
        certificates + conversation + story,
        certificates,
        conversation,
        story,
        longest,
    ]
}
