//! What time it is.

use std::cell::Cell;

/// Tells the time.
pub trait Clock {
    /// Seconds since the beginning of 1970.
    fn unix_seconds(&self) -> i64;

    /// Milliseconds since some moment, for measuring how long something takes.
    fn milliseconds(&self) -> f64;
}

/// The browser's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserClock;

impl Clock for BrowserClock {
    fn unix_seconds(&self) -> i64 {
        // Far within both types for the next millennia.
        #[expect(clippy::cast_possible_truncation, reason = "a number of seconds fits")]
        let seconds = (js_sys::Date::now() / 1000.0) as i64;
        seconds
    }

    fn milliseconds(&self) -> f64 {
        web_sys::window()
            .and_then(|window| window.performance())
            .map_or_else(js_sys::Date::now, |performance| performance.now())
    }
}

/// A clock that always shows the same date; each look at its stopwatch takes a millisecond.
#[derive(Clone, Debug)]
pub struct FixedClock {
    seconds: i64,
    milliseconds: Cell<f64>,
}

impl Default for FixedClock {
    /// 2026-11-21, half past six in the evening (UTC).
    fn default() -> Self {
        Self {
            seconds: 1_795_285_800,
            milliseconds: Cell::new(0.0),
        }
    }
}

impl Clock for FixedClock {
    fn unix_seconds(&self) -> i64 {
        self.seconds
    }

    fn milliseconds(&self) -> f64 {
        let now = self.milliseconds.get() + 1.0;
        self.milliseconds.set(now);
        now
    }
}
