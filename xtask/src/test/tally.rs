//! How many tests passed, read from what the test runners say.

use std::fmt::{self, Display, Formatter};
use std::ops::AddAssign;

/// Tests that passed and that did not.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
}

impl Tally {
    /// A check that counts as one, and failed.
    pub(crate) const FAILED: Self = Self {
        passed: 0,
        failed: 1,
    };
    /// A check that counts as one, and passed.
    pub(crate) const PASSED: Self = Self {
        passed: 1,
        failed: 0,
    };

    /// One check.
    pub(crate) fn one(success: bool) -> Self {
        if success { Self::PASSED } else { Self::FAILED }
    }

    /// What nextest says: `Summary [ 1.2s] 5 tests run: 3 passed (1 slow), 2 failed, 0 skipped`.
    pub(crate) fn of_nextest(text: &str) -> Self {
        let mut tally = Self::default();
        for line in plain(text).lines() {
            let Some((_, counts)) = line.split_once(" run: ") else {
                continue;
            };
            if !line.trim_start().starts_with("Summary") {
                continue;
            }
            for (number, word) in without_parentheses(counts).split(", ").filter_map(numbered) {
                tally.count(number, word);
            }
        }
        tally
    }

    /// What libtest and wasm-bindgen's runner say, once for each program:
    /// `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
    pub(crate) fn of_libtest(text: &str) -> Self {
        let mut tally = Self::default();
        for line in plain(text).lines() {
            let Some((_, counts)) = line.split_once("test result: ") else {
                continue;
            };
            let counts = counts.split_once(". ").map_or(counts, |(_, counts)| counts);
            for (number, word) in counts.split("; ").filter_map(numbered) {
                tally.count(number, word);
            }
        }
        tally
    }

    /// What Playwright says at its end, a line for each: `2 failed`, `1 did not run`, `5 passed (3.2s)`.
    pub(crate) fn of_playwright(text: &str) -> Self {
        let mut tally = Self::default();
        for line in plain(text).lines() {
            if let Some((number, word)) = numbered(without_parentheses(line).trim()) {
                tally.count(number, word);
            }
        }
        tally
    }

    /// A runner that failed without a failed test could not even start some: that counts as one.
    pub(crate) fn judged(mut self, success: bool) -> Self {
        if !success && self.failed == 0 {
            self.failed = 1;
        }
        self
    }

    fn count(&mut self, number: usize, word: &str) {
        match word {
            "passed" => self.passed += number,
            "did not run" | "exec failed" | "failed" | "flaky" | "interrupted" | "timed out" => {
                self.failed += number
            }
            _ => {}
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl Display for Tally {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// `3 passed` as a number and the words after it.
fn numbered(words: &str) -> Option<(usize, &str)> {
    let (number, words) = words.trim().split_once(' ')?;
    Some((number.parse().ok()?, words.trim()))
}

fn without_parentheses(text: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::new();
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept.replace(" ,", ",")
}

/// Text without the escape sequences that colour it.
fn plain(text: &str) -> String {
    let mut kept = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c == '\x1b' {
            // `ESC [ … letter`
            chars.by_ref().skip(1).find(char::is_ascii_alphabetic);
        } else {
            kept.push(c);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[track_caller]
    fn check(tally: Tally, passed: usize, failed: usize) {
        assert_eq!(tally, Tally { passed, failed });
    }

    #[test]
    fn nextest_is_read() {
        let summary = |counts: &str| {
            Tally::of_nextest(&format!("noise\n     Summary [   0.005s] {counts}\n"))
        };
        check(summary("3 tests run: 3 passed, 0 skipped"), 3, 0);
        check(summary("1 test run: 1 passed (1 slow), 2 skipped"), 1, 0);
        check(
            summary(
                "9 tests run: 4 passed (1 slow, 1 flaky), 3 failed, 1 exec failed, 1 timed out, 0 skipped",
            ),
            4,
            5,
        );
        check(
            summary("2/9 tests run: 1 passed, 1 failed, 0 skipped"),
            1,
            1,
        );
        check(
            Tally::of_nextest(
                "\x1b[32;1m     Summary\x1b[0m [ 0.1s] \x1b[1m2\x1b[0m tests run: \x1b[1m2\x1b[0m \x1b[32;1mpassed\x1b[0m, \x1b[1m0\x1b[0m skipped",
            ),
            2,
            0,
        );
        check(
            Tally::of_nextest("a test printed: 3 tests run: 3 passed"),
            0,
            0,
        );
    }

    #[test]
    fn libtest_is_read_and_summed() {
        let text = "test a ... ok\n\
            test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            test result: \x1b[31mFAILED\x1b[0m. 1 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out\n";
        check(Tally::of_libtest(text), 4, 2);
        check(
            Tally::of_libtest(
                "test result: ok. 2 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.01s",
            ),
            2,
            0,
        );
        check(Tally::of_libtest("no tests"), 0, 0);
    }

    #[test]
    fn playwright_is_read() {
        check(
            Tally::of_playwright("  ✓  1 a.spec.ts › opens (1.2s)\n\n  5 passed (3.2s)\n"),
            5,
            0,
        );
        check(
            Tally::of_playwright(
                "  1 failed\n    [x] › a.spec.ts\n  1 flaky\n  2 skipped\n  3 did not run\n  5 passed (3.2s)\n",
            ),
            5,
            5,
        );
        check(Tally::of_playwright("Error: no tests found"), 0, 0);
    }

    #[test]
    fn a_runner_that_failed_has_a_failure() {
        check(Tally::default().judged(false), 0, 1);
        check(
            Tally {
                passed: 3,
                failed: 2,
            }
            .judged(false),
            3,
            2,
        );
        check(
            Tally {
                passed: 3,
                failed: 0,
            }
            .judged(true),
            3,
            0,
        );
    }

    #[test]
    fn the_last_line_is_the_one_that_is_read_by_others() {
        let mut total = Tally::one(true);
        total += Tally {
            passed: 11,
            failed: 0,
        };
        assert_eq!(total.to_string(), "12 passed, 0 failed");
    }
}
