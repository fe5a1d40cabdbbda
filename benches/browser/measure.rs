//! Timing in a browser, whose clock is coarse on purpose.

use wasm_bindgen_test::{Instant, console_log};

/// A sample lasts this long at least: fifty ticks of the clock of a page that is not isolated.
const ENOUGH: f64 = 5.0;
/// What is compared is done in turn, this often, so that what else the machine does hits all alike.
const ROUNDS: usize = 31;

/// What is timed.
pub(crate) type Work<'a> = Box<dyn FnMut() + 'a>;

/// How long something took, in milliseconds.
#[derive(Clone, Debug)]
pub(crate) struct Times(Vec<f64>);

impl Times {
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    pub(crate) fn push(&mut self, milliseconds: f64) {
        self.0.push(milliseconds);
    }

    pub(crate) fn median(&self) -> f64 {
        let mut times = self.0.clone();
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    }

    pub(crate) fn least(&self) -> f64 {
        self.0.iter().copied().fold(f64::INFINITY, f64::min)
    }

    /// As the tables have it: the median, and the least in parentheses.
    pub(crate) fn cell(&self) -> String {
        format!("{} ({})", number(self.median()), number(self.least()))
    }
}

/// Milliseconds that `work` takes.
pub(crate) fn time(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64() * 1000.0
}

/// Times each of several works, in turn.
pub(crate) fn compare<const N: usize>(mut works: [Work<'_>; N]) -> [Times; N] {
    let counts = works.each_mut().map(|work| enough(work));
    let mut times = [const { Times::new() }; N];
    for _ in 0..ROUNDS {
        for ((work, count), times) in works.iter_mut().zip(counts).zip(&mut times) {
            let all = time(|| (0..count).for_each(|_| work()));
            times.push(all / f64::from(count));
        }
    }
    times
}

/// Does something some times.
pub(crate) fn rounds(work: impl FnMut(usize)) {
    (0..ROUNDS).for_each(work);
}

/// How often to do something so that the clock can tell how long it takes. Also warms it up.
fn enough(work: &mut Work<'_>) -> u32 {
    let mut count = 1;
    while time(|| (0..count).for_each(|_| work())) < ENOUGH {
        count *= 2;
    }
    count
}

/// Prints a table, its first line the head.
pub(crate) fn table(title: &str, rows: &[Vec<String>]) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<_> = (0..columns).map(width).collect();
    let mut text = format!("\n{title}\n");
    for row in rows {
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            match column {
                0 => text += &format!("{cell:<width$}"),
                _ => text += &format!("  {cell:>width$}"),
            }
        }
        text.push('\n');
    }
    console_log!("{text}");
}

/// Three digits that count, if there are so many.
pub(crate) fn number(value: f64) -> String {
    match value {
        value if value >= 100.0 => format!("{value:.0}"),
        value if value >= 10.0 => format!("{value:.1}"),
        value if value >= 1.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}
