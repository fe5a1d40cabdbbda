//! Dates without a clock: seconds since 1970, calendar dates in UTC, and their texts.
//!
//! Everything that depends on the date takes it as an argument, so that a run can be reproduced.
//! The calendar is the proleptic Gregorian one, and as in POSIX each day has 86,400 seconds.

use std::fmt;
use std::str::FromStr;

const SECONDS_PER_DAY: i64 = 86_400;

/// A moment, in seconds since 1970-01-01 00:00:00 UTC.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct UnixSeconds(pub i64);

/// A moment as a calendar shows it in UTC.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Date {
    /// The year, as in 2026.
    pub year: i64,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
}

/// A text that is no date of the calendar.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct DateError;

impl UnixSeconds {
    /// The moment `seconds` later, or earlier if negative; at the ends of time it stays there.
    #[must_use]
    pub const fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// The seconds since a moment, negative if that is still to come; as many as there can be at most.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The moment `days` later, or earlier if negative.
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        self.plus(days.saturating_mul(SECONDS_PER_DAY))
    }

    /// As a calendar shows it.
    #[must_use]
    pub fn date(self) -> Date {
        Date::from(self)
    }

    /// As in `2026-11-21T17:24:36Z` (RFC 3339 §5.6).
    #[must_use]
    pub fn to_rfc3339(self) -> String {
        self.date().to_rfc3339()
    }

    /// Reads a date of RFC 3339 §5.6, with `Z` or an offset. Fractions of a second are dropped.
    ///
    /// # Errors
    /// If it is no date of that form, or none of the calendar.
    pub fn from_rfc3339(text: &str) -> Result<Self, DateError> {
        let bytes = text.as_bytes();
        if bytes.len() < 20 || !matches!(bytes[10], b'T' | b't' | b' ') {
            return Err(DateError);
        }
        let separators = [(4, b'-'), (7, b'-'), (13, b':'), (16, b':')];
        if separators.iter().any(|&(at, byte)| bytes[at] != byte) {
            return Err(DateError);
        }
        let date = Date {
            year: digits(bytes, 0, 4)?,
            month: two_digits(bytes, 5)?,
            day: two_digits(bytes, 8)?,
            hour: two_digits(bytes, 11)?,
            minute: two_digits(bytes, 14)?,
            second: two_digits(bytes, 17)?,
        };
        let mut rest = &bytes[19..];
        if let Some(fraction) = rest.strip_prefix(b".") {
            let count = fraction.iter().take_while(|b| b.is_ascii_digit()).count();
            if count == 0 {
                return Err(DateError);
            }
            rest = &fraction[count..];
        }
        let offset = match rest {
            b"Z" | b"z" => 0,
            [sign @ (b'+' | b'-'), _, _, b':', _, _] => {
                let (hours, minutes) = (digits(rest, 1, 2)?, digits(rest, 4, 2)?);
                if hours > 23 || minutes > 59 {
                    return Err(DateError);
                }
                let seconds = hours * 3600 + minutes * 60;
                if *sign == b'-' { -seconds } else { seconds }
            }
            _ => return Err(DateError),
        };
        Ok(date.unix_seconds()?.plus(-offset))
    }
}

impl Date {
    /// The moment this is.
    ///
    /// # Errors
    /// If the calendar has no such day or the day no such time (leap seconds are none: POSIX).
    pub fn unix_seconds(self) -> Result<UnixSeconds, DateError> {
        let month = usize::from(self.month);
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let length = *lengths.get(month.wrapping_sub(1)).ok_or(DateError)?;
        let length = length + u8::from(self.month == 2 && is_leap(self.year));
        if !(1..=length).contains(&self.day)
            || self.hour > 23
            || self.minute > 59
            || self.second > 59
        {
            return Err(DateError);
        }
        let time =
            i64::from(self.hour) * 3600 + i64::from(self.minute) * 60 + i64::from(self.second);
        let days = days_before(self.year, self.month).ok_or(DateError)? + i64::from(self.day) - 1;
        let seconds = i128::from(days) * i128::from(SECONDS_PER_DAY) + i128::from(time);
        i64::try_from(seconds)
            .map(UnixSeconds)
            .map_err(|_| DateError)
    }

    /// As in `2026-11-21T17:24:36Z` (RFC 3339 §5.6).
    #[must_use]
    pub fn to_rfc3339(self) -> String {
        let Self {
            year,
            month,
            day,
            hour,
            minute,
            second,
        } = self;
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }

    /// Reads the contents of a `UTCTime` in the one form RFC 5280 §4.1.2.5.1 allows, `YYMMDDHHMMSSZ`:
    /// years from 50 on are of the twentieth century.
    ///
    /// # Errors
    /// If it has another form or is no date.
    pub fn from_utc_time(contents: &[u8]) -> Result<Self, DateError> {
        if contents.len() != 13 {
            return Err(DateError);
        }
        let year = digits(contents, 0, 2)?;
        let century = if year >= 50 { 1900 } else { 2000 };
        Self::from_asn1(century + year, &contents[2..])
    }

    /// Reads the contents of a `GeneralizedTime` in the one form RFC 5280 §4.1.2.5.2 allows,
    /// `YYYYMMDDHHMMSSZ`.
    ///
    /// # Errors
    /// If it has another form or is no date.
    pub fn from_generalized_time(contents: &[u8]) -> Result<Self, DateError> {
        if contents.len() != 15 {
            return Err(DateError);
        }
        Self::from_asn1(digits(contents, 0, 4)?, &contents[4..])
    }

    /// `rest` is `MMDDHHMMSSZ`.
    fn from_asn1(year: i64, rest: &[u8]) -> Result<Self, DateError> {
        if rest.last() != Some(&b'Z') {
            return Err(DateError);
        }
        let date = Self {
            year,
            month: two_digits(rest, 0)?,
            day: two_digits(rest, 2)?,
            hour: two_digits(rest, 4)?,
            minute: two_digits(rest, 6)?,
            second: two_digits(rest, 8)?,
        };
        date.unix_seconds().map(|_| date)
    }
}

impl From<UnixSeconds> for Date {
    fn from(UnixSeconds(seconds): UnixSeconds) -> Self {
        let days = seconds.div_euclid(SECONDS_PER_DAY);
        let time = seconds.rem_euclid(SECONDS_PER_DAY);
        // Count in years that begin in March, so that the leap day is the last of its year, and in
        // eras of 400 such years, which are all alike.
        let since = days + DAYS_TO_1970;
        let era = since.div_euclid(DAYS_PER_ERA);
        let day_of_era = since.rem_euclid(DAYS_PER_ERA);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let (month, carry) = match month_from_march {
            0..=9 => (month_from_march + 3, 0),
            _ => (month_from_march - 9, 1),
        };
        let small = |number: i64| u8::try_from(number).expect("a part of a date is below 60");
        Self {
            year: era * 400 + year_of_era + carry,
            month: small(month),
            day: small(day),
            hour: small(time / 3600),
            minute: small(time / 60 % 60),
            second: small(time % 60),
        }
    }
}

impl fmt::Display for Date {
    /// As in `2026-11-21 17:24:36 UTC`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            year,
            month,
            day,
            hour,
            minute,
            second,
        } = self;
        write!(
            f,
            "{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02} UTC"
        )
    }
}

impl fmt::Display for UnixSeconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.date().fmt(f)
    }
}

impl FromStr for UnixSeconds {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        Self::from_rfc3339(text)
    }
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a date")
    }
}

impl std::error::Error for DateError {}

/// Days in 400 years.
const DAYS_PER_ERA: i64 = 146_097;
/// Days from 0000-03-01 to 1970-01-01.
const DAYS_TO_1970: i64 = 719_468;

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Days from 1970-01-01 to the first of the month; `None` where they cannot be counted.
fn days_before(year: i64, month: u8) -> Option<i64> {
    let year = if month <= 2 {
        year.checked_sub(1)?
    } else {
        year
    };
    let month_from_march = i64::from((month + 9) % 12);
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * month_from_march + 2) / 5;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era.checked_mul(DAYS_PER_ERA)?
        .checked_add(day_of_era - DAYS_TO_1970)
        .filter(|days| *days < i64::MAX - 31)
}

fn digits(bytes: &[u8], at: usize, count: usize) -> Result<i64, DateError> {
    let digits = bytes.get(at..at + count).ok_or(DateError)?;
    digits.iter().try_fold(0, |number, digit| {
        digit
            .is_ascii_digit()
            .then(|| number * 10 + i64::from(digit - b'0'))
            .ok_or(DateError)
    })
}

fn two_digits(bytes: &[u8], at: usize) -> Result<u8, DateError> {
    u8::try_from(digits(bytes, at, 2)?).map_err(|_| DateError)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_moments() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (-1, "1969-12-31T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
            (1_538_703_497, "2018-10-05T01:38:17Z"),
            (2_524_607_999, "2049-12-31T23:59:59Z"),
            (253_402_300_799, "9999-12-31T23:59:59Z"),
            (-62_167_219_200, "0000-01-01T00:00:00Z"),
        ] {
            assert_eq!(UnixSeconds(seconds).to_rfc3339(), text);
            assert_eq!(UnixSeconds::from_rfc3339(text), Ok(UnixSeconds(seconds)));
        }
        assert_eq!(
            UnixSeconds(1_538_703_497).to_string(),
            "2018-10-05 01:38:17 UTC"
        );
    }

    #[test]
    fn every_day_of_two_eras_follows_the_one_before() {
        let mut before = UnixSeconds(-30_000 * SECONDS_PER_DAY).date();
        for day in -29_999..2 * DAYS_PER_ERA {
            let seconds = UnixSeconds(day * SECONDS_PER_DAY);
            let date = seconds.date();
            assert_eq!(date.unix_seconds(), Ok(seconds));
            let follows = (date.year, date.month, date.day)
                == (before.year, before.month, before.day + 1)
                || (date.month, date.day) == (before.month + 1, 1) && date.year == before.year
                || (date.year, date.month, date.day) == (before.year + 1, 1, 1);
            assert!(follows, "{before} then {date}");
            before = date;
        }
    }

    #[test]
    fn the_ends_of_time_have_dates() {
        for seconds in [i64::MIN, i64::MAX] {
            let date = UnixSeconds(seconds).date();
            assert_eq!(date.unix_seconds(), Ok(UnixSeconds(seconds)), "{date}");
        }
    }

    #[test]
    fn offsets_and_fractions() {
        for (text, expected) in [
            ("2024-01-01T00:00:00+00:00", Some(1_704_067_200)),
            ("2024-01-01T01:30:00+01:30", Some(1_704_067_200)),
            ("2023-12-31t19:00:00.123-05:00", Some(1_704_067_200)),
            ("2024-01-01 00:00:00Z", Some(1_704_067_200)),
            ("2023-02-29T00:00:00Z", None),
            ("2024-01-01T24:00:00Z", None),
            ("2024-01-01T00:00:60Z", None),
            ("2024-01-01T00:00:00", None),
            ("2024-01-01T00:00:00.Z", None),
            ("2024-01-01T00:00:00+1:00", None),
            ("2024-13-01T00:00:00Z", None),
            ("2024-00-01T00:00:00Z", None),
            ("+024-01-01T00:00:00Z", None),
            ("", None),
        ] {
            let read = UnixSeconds::from_rfc3339(text);
            assert_eq!(read.ok(), expected.map(UnixSeconds), "{text}");
        }
    }

    #[test]
    fn asn1_times() {
        for (contents, expected) in [
            ("181005013817Z", Some("2018-10-05T01:38:17Z")),
            ("491231235959Z", Some("2049-12-31T23:59:59Z")),
            ("500101000000Z", Some("1950-01-01T00:00:00Z")),
            ("20500101000000Z", Some("2050-01-01T00:00:00Z")),
            ("99991231235959Z", Some("9999-12-31T23:59:59Z")),
            ("1810050138Z", None),
            ("181005013817+0000", None),
            ("20500101000000.5Z", None),
            ("181305013817Z", None),
            ("1810050138x7Z", None),
        ] {
            let read = match contents.len() {
                13 => Date::from_utc_time(contents.as_bytes()),
                _ => Date::from_generalized_time(contents.as_bytes()),
            };
            assert_eq!(
                read.map(Date::to_rfc3339).ok().as_deref(),
                expected,
                "{contents}"
            );
        }
    }
}
