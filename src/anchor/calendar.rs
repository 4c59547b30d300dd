//! Dates as values: what a text gives of one, how people read it, and dates of other calendars in the Gregorian one.
//!
//! In: date values. Out: their display, and conversions. Guarantee: conversions are ICU4X's (Hijri by Umm al-Qura) and
//! are total.

use std::fmt::Write as _;

use icu_calendar::Date;
use icu_calendar::cal::{Hijri, Iso};
use icu_calendar::types::Month;

use crate::language::Calendar;

/// The parts of a date that a text gives; at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartialDate {
    /// Its calendar.
    pub calendar: Calendar,
    /// The year, if given; −570 for 570 BC.
    pub year: Option<i32>,
    /// The month, 1 to 12, if given.
    pub month: Option<u8>,
    /// The day of the month, 1 to 31, if given.
    pub day: Option<u8>,
}

const GREGORIAN_NAMES: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const HIJRI_NAMES: [&str; 12] = [
    "Muharram",
    "Safar",
    "Rabi I",
    "Rabi II",
    "Jumada I",
    "Jumada II",
    "Rajab",
    "Shaaban",
    "Ramadan",
    "Shawwal",
    "Dhu al-Qada",
    "Dhu al-Hijja",
];

const SOLAR_HIJRI_NAMES: [&str; 12] = [
    "Farvardin",
    "Ordibehesht",
    "Khordad",
    "Tir",
    "Mordad",
    "Shahrivar",
    "Mehr",
    "Aban",
    "Azar",
    "Dey",
    "Bahman",
    "Esfand",
];

const HEBREW_NAMES: [&str; 12] = [
    "Tishri", "Cheshvan", "Kislev", "Tevet", "Shevat", "Adar", "Nisan", "Iyar", "Sivan", "Tammuz", "Av",
    "Elul",
];

impl PartialDate {
    /// A Gregorian date.
    pub const fn gregorian(year: Option<i32>, month: Option<u8>, day: Option<u8>) -> Self {
        Self { calendar: Calendar::Gregorian, year, month, day }
    }

    /// A full date as Gregorian year, month and day; `None` for Gregorian dates, dates with a part
    /// missing, and days that do not exist.
    pub fn to_gregorian(self) -> Option<(i32, u8, u8)> {
        let (Some(year), Some(month), Some(day)) = (self.year, self.month, self.day) else { return None };
        let iso = match self.calendar {
            Calendar::Gregorian => return None,
            Calendar::Hijri => Date::try_new_hijri_with_calendar(year, month, day, Hijri::new_umm_al_qura())
                .ok()?
                .to_calendar(Iso),
            Calendar::SolarHijri => Date::try_new_persian(year, month, day).ok()?.to_calendar(Iso),
            Calendar::Hebrew => Date::try_new_hebrew_v2(year, Month::new(month), day).ok()?.to_calendar(Iso),
        };
        Some((iso.era_year().year, iso.month().number(), iso.day_of_month().0))
    }

    /// The Gregorian year in which most of a year of another calendar falls.
    pub(super) fn gregorian_year(self) -> Option<i32> {
        let middle = Self { month: Some(6), day: Some(1), ..self };
        middle.to_gregorian().map(|(year, _, _)| year)
    }

    /// The date for people: `2024-07-22`, `22 July`, `July 2024`, `July`, `2024`, `1 Ramadan 1445 AH`.
    pub fn display(self) -> String {
        let names = match self.calendar {
            Calendar::Gregorian => GREGORIAN_NAMES,
            Calendar::Hijri => HIJRI_NAMES,
            Calendar::SolarHijri => SOLAR_HIJRI_NAMES,
            Calendar::Hebrew => HEBREW_NAMES,
        };
        let name = self.month.and_then(|m| names.get(usize::from(m).wrapping_sub(1)));
        let mut out = String::new();
        if let (Calendar::Gregorian, Some(y), Some(m), Some(d)) =
            (self.calendar, self.year, self.month, self.day)
            && y >= 0
        {
            write!(out, "{y}-{m:02}-{d:02}").expect("writing to a string cannot fail");
            return out;
        }
        if let Some(day) = self.day {
            write!(out, "{day} ").expect("writing to a string cannot fail");
        }
        out.push_str(name.copied().unwrap_or_default());
        if let Some(year) = self.year {
            let era = match self.calendar {
                Calendar::Gregorian if year < 0 => " BC",
                Calendar::Gregorian => "",
                Calendar::Hijri => " AH",
                Calendar::SolarHijri => " SH",
                Calendar::Hebrew => " AM",
            };
            write!(out, " {}{era}", year.abs()).expect("writing to a string cannot fail");
        }
        out.trim().to_owned()
    }
}

/// The English name of a day of the week, 1 for Monday to 7 for Sunday.
pub(super) fn weekday_name(day: u8) -> &'static str {
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][usize::from((day + 6) % 7)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hijri_dates_have_their_umm_al_qura_day() {
        let hijri =
            |y, m, d| PartialDate { calendar: Calendar::Hijri, year: Some(y), month: Some(m), day: Some(d) };
        assert_eq!(hijri(1445, 9, 1).to_gregorian(), Some((2024, 3, 11)));
        assert_eq!(hijri(1446, 1, 1).to_gregorian(), Some((2024, 7, 7)));
        assert_eq!(hijri(1445, 9, 31).to_gregorian(), None);
        assert_eq!(PartialDate::gregorian(Some(2024), Some(7), Some(22)).to_gregorian(), None);
    }

    #[test]
    fn days_of_other_calendars_have_their_gregorian_day() {
        let of = |calendar, y, m, d| {
            PartialDate { calendar, year: Some(y), month: Some(m), day: Some(d) }.to_gregorian()
        };
        assert_eq!(of(Calendar::SolarHijri, 1403, 1, 1), Some((2024, 3, 20)));
        assert_eq!(of(Calendar::Hebrew, 5785, 1, 1), Some((2024, 10, 3)));
        assert_eq!(of(Calendar::SolarHijri, 1403, 13, 1), None);
        let year =
            |calendar, y| PartialDate { calendar, year: Some(y), month: None, day: None }.gregorian_year();
        assert_eq!(year(Calendar::SolarHijri, 1403), Some(2024));
        assert_eq!(year(Calendar::Gregorian, 2024), None);
    }

    #[test]
    fn dates_are_shown_as_far_as_they_go() {
        let date = PartialDate::gregorian;
        assert_eq!(date(Some(2024), Some(7), Some(2)).display(), "2024-07-02");
        assert_eq!(date(None, Some(7), Some(22)).display(), "22 July");
        assert_eq!(date(Some(2024), Some(7), None).display(), "July 2024");
        assert_eq!(date(Some(2024), None, None).display(), "2024");
        assert_eq!(date(Some(-570), None, None).display(), "570 BC");
        assert_eq!(weekday_name(1), "Monday");
        assert_eq!(weekday_name(7), "Sunday");
    }
}
