//! What a language does with numbers.

/// What the catalogue asks a language: the browser answers by its `Intl`, tests by [`English`].
pub trait Locale {
    /// The plural that goes with a number.
    fn plural(&self, number: i64) -> PluralCategory;

    /// The number as it is written.
    fn number(&self, number: i64) -> String;
}

/// The plurals that languages have between them (Unicode CLDR); English has two.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum PluralCategory {
    /// For nothing, as in Arabic.
    Zero,
    /// As in "one record".
    One,
    /// For two, as in Slovene.
    Two,
    /// For a few, as in Polish.
    Few,
    /// For many, as in Polish.
    Many,
    /// All else.
    Other,
}

impl PluralCategory {
    /// Its name in Fluent, CLDR and the browser's `Intl.PluralRules`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Zero => "zero",
            Self::One => "one",
            Self::Two => "two",
            Self::Few => "few",
            Self::Many => "many",
            Self::Other => "other",
        }
    }

    /// The plural of that name; what is not known is [`Other`](Self::Other).
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        let all = [Self::Zero, Self::One, Self::Two, Self::Few, Self::Many];
        all.into_iter()
            .find(|category| category.name() == name)
            .unwrap_or(Self::Other)
    }
}

/// English: "1 record", "2 records", "1,842 bytes".
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct English;

impl Locale for English {
    fn plural(&self, number: i64) -> PluralCategory {
        if number.unsigned_abs() == 1 {
            PluralCategory::One
        } else {
            PluralCategory::Other
        }
    }

    fn number(&self, number: i64) -> String {
        let digits = number.unsigned_abs().to_string();
        let mut out = String::from(if number < 0 { "-" } else { "" });
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        out
    }
}
