//! Dates as TMX has them: `YYYYMMDDThhmmssZ`, in UTC.

use std::fmt;
use std::str::FromStr;

/// A moment in UTC, to the second, in the years 0 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp {
    year: u16,
    month: u8,
    day: u8,
    second: u32,
}

/// A text that is no moment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date such as 20240723T120000Z, 2024-07-23 or 2024-07-23T12:00:00Z (UTC)")]
pub struct TimestampError(pub String);

impl Timestamp {
    /// The moment `seconds` after 1970-01-01T00:00:00Z; `None` beyond the year 9999.
    pub fn from_unix(seconds: u64) -> Option<Self> {
        let (days, second) = (seconds / 86_400, (seconds % 86_400) as u32);
        // Days to a civil date, after Howard Hinnant's algorithm: years begin in March.
        let days = days + 719_468;
        let era = days / 146_097;
        let day_of_era = days % 146_097;
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = (day_of_year - (153 * month_from_march + 2) / 5 + 1) as u8;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 } as u8;
        let year = year_of_era + era * 400 + u64::from(month <= 2);
        (year <= 9999).then_some(Self { year: year as u16, month, day, second })
    }
}

impl Timestamp {
    /// Reads what [`FromStr`] reads, and also fractions of a second, which are cut off, and an offset from UTC such as
    /// `+03:00`, which is taken off: `2024-07-23T14:30:00.5+03:00` is `20240723T113000Z`. `None` for other texts, and
    /// for years before 1970 with an offset.
    pub fn from_text(text: &str) -> Option<Self> {
        if let Ok(moment) = text.parse() {
            return Some(moment);
        }
        let (day, time) = text.split_once(['T', 't', ' '])?;
        let time = time.trim();
        let at = time.find(['+', '-', '\u{2212}']).unwrap_or(time.len());
        let (clock, offset) = time.split_at(at);
        let whole = clock.split_once(['.', ',']).map_or(clock, |(whole, fraction)| {
            let fraction = fraction.strip_suffix(['Z', 'z']).unwrap_or(fraction).trim_end();
            let digits = !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit());
            if digits { whole } else { clock }
        });
        let local: Self = format!("{day}T{}", whole.trim_end()).parse().ok()?;
        if offset.is_empty() {
            return Some(local);
        }
        let later = offset.starts_with('+');
        let plain: String = offset.chars().skip(1).filter(|c| *c != ':').collect();
        if !plain.bytes().all(|b| b.is_ascii_digit()) || !matches!(plain.len(), 2 | 4) {
            return None;
        }
        let hours: u64 = plain[..2].parse().ok()?;
        let minutes: u64 = plain.get(2..).filter(|m| !m.is_empty()).map_or(Some(0), |m| m.parse().ok())?;
        if hours > 15 || minutes > 59 {
            return None;
        }
        let shift = (hours * 60 + minutes) * 60;
        let seconds = local.unix()?;
        Self::from_unix(if later { seconds.checked_sub(shift)? } else { seconds + shift })
    }

    /// Seconds since 1970; `None` before.
    fn unix(self) -> Option<u64> {
        // A civil date to days, after Howard Hinnant's algorithm: years begin in March.
        let year = u64::from(self.year) - u64::from(self.month <= 2 && self.year > 0);
        let (era, year_of_era) = (year / 400, year % 400);
        let month_from_march = (u64::from(self.month) + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5 + u64::from(self.day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        let days = (era * 146_097 + day_of_era).checked_sub(719_468)?;
        Some(days * 86_400 + u64::from(self.second))
    }
}

impl FromStr for Timestamp {
    type Err = TimestampError;

    /// Reads `YYYYMMDDThhmmssZ`, the same with `-` and `:` between, or a day alone.
    fn from_str(text: &str) -> Result<Self, TimestampError> {
        let wrong = || TimestampError(text.to_owned());
        let (day, time) = text.split_once(['T', 't', ' ']).unwrap_or((text, "000000Z"));
        let time = time.strip_suffix(['Z', 'z']).unwrap_or(time);
        let digits = |part: &str, separator: char, groups: &[usize]| {
            let plain: String = part.chars().filter(|&c| c != separator).collect();
            let separators = part.len() - plain.len();
            let expected: usize = groups.iter().sum();
            let well_formed = plain.len() == expected
                && plain.bytes().all(|b| b.is_ascii_digit())
                && (separators == 0 || separators == groups.len() - 1);
            well_formed.then_some(plain)
        };
        let day = digits(day, '-', &[4, 2, 2]).ok_or_else(wrong)?;
        let time = digits(time, ':', &[2, 2, 2]).ok_or_else(wrong)?;
        let number = |s: &str| s.parse::<u32>().map_err(|_| wrong());
        let (year, month, date) = (number(&day[..4])?, number(&day[4..6])?, number(&day[6..])?);
        let (hour, minute, second) = (number(&time[..2])?, number(&time[2..4])?, number(&time[4..])?);
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let length = match month {
            2 => 28 + u32::from(leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return Err(wrong()),
        };
        if !(1..=length).contains(&date) || hour > 23 || minute > 59 || second > 59 {
            return Err(wrong());
        }
        Ok(Self {
            year: year as u16,
            month: month as u8,
            day: date as u8,
            second: hour * 3600 + minute * 60 + second,
        })
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute, second) = (self.second / 3600, self.second / 60 % 60, self.second % 60);
        write!(f, "{:04}{:02}{:02}T{hour:02}{minute:02}{second:02}Z", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_taken_off() {
        let shown = |text: &str| Timestamp::from_text(text).map(|t| t.to_string()).unwrap_or_default();
        assert_eq!(shown("2024-07-23T14:30:00+03:00"), "20240723T113000Z");
        assert_eq!(shown("20240723T223000-0200"), "20240724T003000Z");
        assert_eq!(shown("2024-03-01T00:15:00.123+00:30"), "20240229T234500Z");
        assert_eq!(shown("2024-07-23 14:30:00.25Z"), "20240723T143000Z");
        assert_eq!(shown("2024-07-23T14:30:00+05"), "20240723T093000Z");
        assert_eq!(shown("2024-07-23"), "20240723T000000Z");
        for wrong in [
            "2024-07-23T14:30:00+3",
            "2024-07-23T14:30:00+99:00",
            "1969-12-31T23:00:00+01:00",
            "x",
            "T+03:00",
        ] {
            assert_eq!(shown(wrong), "", "{wrong}");
        }
        for seconds in [0, 951_782_400, 1_721_779_199, 253_402_300_799] {
            assert_eq!(Timestamp::from_unix(seconds).unwrap().unix(), Some(seconds));
        }
    }

    #[test]
    fn seconds_since_1970_become_dates() {
        let shown = |s: u64| Timestamp::from_unix(s).unwrap().to_string();
        assert_eq!(shown(0), "19700101T000000Z");
        assert_eq!(shown(951_782_400), "20000229T000000Z");
        assert_eq!(shown(1_721_779_199), "20240723T235959Z");
        assert_eq!(shown(253_402_300_799), "99991231T235959Z");
        assert_eq!(Timestamp::from_unix(253_402_300_800), None);
    }

    #[test]
    fn the_usual_spellings_are_read_and_others_refused() {
        for text in ["20240723T120000Z", "2024-07-23T12:00:00Z", "2024-07-23 12:00:00"] {
            assert_eq!(text.parse::<Timestamp>().unwrap().to_string(), "20240723T120000Z");
        }
        assert_eq!("2024-07-23".parse::<Timestamp>().unwrap().to_string(), "20240723T000000Z");
        for text in
            ["", "2023-02-29", "20240723T250000Z", "2024-0723", "tomorrow", "٢٠٢٤-07-23", "2024-13-01"]
        {
            assert!(text.parse::<Timestamp>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_day_follows_the_day_before_as_in_the_calendar() {
        let (mut year, mut month, mut day) = (1970, 1, 1);
        for days in 0..200_000 {
            let noon = Timestamp::from_unix(days * 86_400 + 43_200).unwrap();
            let shown = format!("{year:04}{month:02}{day:02}T120000Z");
            assert_eq!(noon.to_string(), shown);
            assert_eq!(shown.parse(), Ok(noon));
            let leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
            let length = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
            let after = format!("{year:04}-{month:02}-{:02}", length + 1);
            assert!(after.parse::<Timestamp>().is_err(), "{after}");
            (year, month, day) = match (month, day) {
                (12, 31) => (year + 1, 1, 1),
                (_, day) if day == length => (year, month + 1, 1),
                (_, day) => (year, month, day + 1),
            };
        }
    }

    #[test]
    fn a_time_has_so_many_hours_minutes_and_seconds() {
        for (time, seconds) in [("235959", 86_399), ("000100", 60), ("010203", 3_723)] {
            let text = format!("19700101T{time}Z");
            assert_eq!(text.parse(), Ok(Timestamp::from_unix(seconds).unwrap()));
            assert_eq!(Timestamp::from_unix(seconds).unwrap().to_string(), text);
        }
        for text in ["19700101T240000Z", "19700101T006000Z", "19700101T000060Z", "19700100", "19700001"] {
            assert!(text.parse::<Timestamp>().is_err(), "{text}");
        }
    }
}
