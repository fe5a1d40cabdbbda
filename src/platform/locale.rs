//! How the reader's language writes numbers.

use js_sys::{Array, Function, Intl, Object};
use padlock_lesson::text::{English, Locale, PluralCategory};
use wasm_bindgen::JsValue;

/// The browser's `Intl`; English where it has none.
#[derive(Debug)]
pub struct BrowserLocale {
    plurals: Intl::PluralRules,
    format: Function,
}

impl BrowserLocale {
    /// The rules of a language, by its tag.
    #[must_use]
    pub fn new(language: &str) -> Self {
        let languages = Array::of1(&JsValue::from_str(language));
        let options = Object::new();
        let numbers = Intl::NumberFormat::new(&languages, &options);
        Self {
            plurals: Intl::PluralRules::new(&languages, &options),
            format: numbers.format(),
        }
    }
}

impl Locale for BrowserLocale {
    fn plural(&self, number: i64) -> PluralCategory {
        PluralCategory::from_name(&String::from(self.plurals.select(as_float(number))))
    }

    fn number(&self, number: i64) -> String {
        let written = self
            .format
            .call1(&JsValue::UNDEFINED, &as_float(number).into());
        written
            .ok()
            .and_then(|text| text.as_string())
            .unwrap_or_else(|| English.number(number))
    }
}

/// Exact for all numbers that a page shows (below 2^53).
#[expect(clippy::cast_precision_loss, reason = "shown numbers are small")]
fn as_float(number: i64) -> f64 {
    number as f64
}
