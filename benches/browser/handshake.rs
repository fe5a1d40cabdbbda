//! Whole handshakes, both ends: ours with and without its trace, and the yardstick.

use wasm_bindgen_test::{Criterion, wasm_bindgen_bench, wasm_bindgen_test_configure};

use super::cases::{CASES, Case, begin, check};
use super::measure::{Times, compare, number, rounds, table, time};
use super::yardstick::Yardstick;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_bench]
fn handshakes(_: &mut Criterion) {
    let head = [
        "",
        "with trace",
        "without",
        "rustls",
        "ratio",
        "ratio with trace",
        "longest step",
    ];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    rows.extend(CASES.iter().map(row));
    table(
        "Whole handshake, both ends, in milliseconds: median (least)",
        &rows,
    );
}

fn row(case: &Case) -> Vec<String> {
    let configurations = [true, false].map(|trace| case.configurations(trace));
    let [traced, bare] = &configurations;
    let ours = |configurations| {
        let mut run = begin(configurations);
        while run.step() {}
        check(&run);
    };
    let longest = longest_step(|| begin(traced));
    let mut cells = vec![case.name.to_owned()];
    if case.has_yardstick {
        let yardstick = Yardstick::new(case);
        let [traced, bare, yardstick] = compare([
            Box::new(|| ours(traced)),
            Box::new(|| ours(bare)),
            Box::new(|| drop(yardstick.handshake())),
        ]);
        let ratio = |ours: &Times| number(ours.median() / yardstick.median());
        cells.extend([&traced, &bare, &yardstick].map(Times::cell));
        cells.extend([&bare, &traced].map(ratio));
    } else {
        let times = compare([Box::new(|| ours(traced)), Box::new(|| ours(bare))]);
        cells.extend(times.each_ref().map(Times::cell));
        cells.extend(["–", "–", "–"].map(str::to_owned));
    }
    cells.push(longest.cell());
    cells
}

/// The longest that a page is not asked in between.
fn longest_step(begin: impl Fn() -> padlock_tls::run::Run) -> Times {
    let mut times = Times::new();
    rounds(|_| {
        let mut run = begin();
        let mut longest = 0.0_f64;
        let mut more = true;
        while more {
            longest = longest.max(time(|| more = run.step()));
        }
        check(&run);
        times.push(longest);
    });
    times
}
