//! Calendars: the names of months and weekdays in all systems, and Hijri dates in the Gregorian calendar.
//!
//! In: nothing; date values. Out: tables for [`super::senses`], and conversions. Guarantee: one month
//! number for all names of a month; conversions follow Umm al-Qura and are total.

use std::fmt::Write as _;

use icu_calendar::Date;
use icu_calendar::cal::{Hijri, Iso};

/// The calendar a date is given in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Calendar {
    /// January to December.
    Gregorian,
    /// Muharram to Dhu al-Hijja, by Umm al-Qura.
    Hijri,
}

/// The parts of a date that a text gives; at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartialDate {
    /// Its calendar.
    pub calendar: Calendar,
    /// The year, if given.
    pub year: Option<u16>,
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

impl PartialDate {
    /// A Gregorian date.
    pub const fn gregorian(year: Option<u16>, month: Option<u8>, day: Option<u8>) -> Self {
        Self { calendar: Calendar::Gregorian, year, month, day }
    }

    /// A full date as Gregorian year, month and day; `None` for Gregorian dates, dates with a part
    /// missing, and days that do not exist.
    pub fn to_gregorian(self) -> Option<(i32, u8, u8)> {
        let (Calendar::Hijri, Some(year), Some(month), Some(day)) =
            (self.calendar, self.year, self.month, self.day)
        else {
            return None;
        };
        let hijri =
            Date::try_new_hijri_with_calendar(i32::from(year), month, day, Hijri::new_umm_al_qura()).ok()?;
        let iso = hijri.to_calendar(Iso);
        Some((iso.era_year().year, iso.month().number(), iso.day_of_month().0))
    }

    /// The date for people: `2024-07-22`, `22 July`, `July 2024`, `July`, `2024`, `1 Ramadan 1445 AH`.
    pub fn display(self) -> String {
        let names = match self.calendar {
            Calendar::Gregorian => GREGORIAN_NAMES,
            Calendar::Hijri => HIJRI_NAMES,
        };
        let name = self.month.and_then(|m| names.get(usize::from(m).wrapping_sub(1)));
        let mut out = String::new();
        if let (Calendar::Gregorian, Some(y), Some(m), Some(d)) =
            (self.calendar, self.year, self.month, self.day)
        {
            write!(out, "{y}-{m:02}-{d:02}").expect("writing to a string cannot fail");
            return out;
        }
        if let Some(day) = self.day {
            write!(out, "{day} ").expect("writing to a string cannot fail");
        }
        out.push_str(name.copied().unwrap_or_default());
        if let Some(year) = self.year {
            let era = if self.calendar == Calendar::Hijri { " AH" } else { "" };
            write!(out, " {year}{era}").expect("writing to a string cannot fail");
        }
        out.trim().to_owned()
    }
}

/// The English name of a day of the week, 1 for Monday to 7 for Sunday.
pub(super) fn weekday_name(day: u8) -> &'static str {
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][usize::from((day + 6) % 7)]
}

/// A word that names a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MonthWord {
    /// A Gregorian month, by a word with no other sense.
    Sure(u8),
    /// A Gregorian month, by a word that has other senses: "May", «مارس», "Dec".
    Doubtful(u8),
    /// A Hijri month, by a word with no other sense.
    SureHijri(u8),
    /// A Hijri month, by a word that has other senses: «صفر» is zero too.
    DoubtfulHijri(u8),
    /// The first word of two: the months are the given one and the given other.
    First(PairWord),
}

/// The first words of months of two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PairWord {
    /// «تشرين»: October and November.
    Tishrin,
    /// «كانون»: December and January.
    Kanun,
    /// «ربيع»: the third and fourth month; also "spring".
    Rabi,
    /// «جمادى»: the fifth and sixth month.
    Jumada,
    /// «ذو»: the eleventh and twelfth month.
    Dhu,
}

use MonthWord::{Doubtful, DoubtfulHijri, First, Sure, SureHijri};

/// Arabic names, folded: Levant and Iraq, Egypt and Gulf, Morocco, Algeria and Tunisia, Hijri.
pub(super) const MONTHS_AR: &[(&[&str], MonthWord)] = &[
    (&["يناير", "جانفي"], Sure(1)),
    (&["شباط", "فبراير", "فيفري"], Sure(2)),
    (&["اذار"], Sure(3)),
    (&["مارس"], Doubtful(3)),
    (&["نيسان", "ابريل", "افريل"], Sure(4)),
    (&["ايار", "مايو"], Sure(5)),
    (&["ماي"], Doubtful(5)),
    (&["حزيران", "يونيو", "يونيه"], Sure(6)),
    (&["جوان"], Doubtful(6)),
    (&["تموز", "يوليو", "يوليه", "يوليوز", "جويليه"], Sure(7)),
    (&["اغسطس", "غشت"], Sure(8)),
    (&["اب", "اوت"], Doubtful(8)),
    (&["ايلول", "سبتمبر", "شتنبر"], Sure(9)),
    (&["اكتوبر"], Sure(10)),
    (&["نوفمبر", "نونبر"], Sure(11)),
    (&["ديسمبر", "دجنبر"], Sure(12)),
    (&["تشرين"], First(PairWord::Tishrin)),
    (&["كانون"], First(PairWord::Kanun)),
    (&["ربيع"], First(PairWord::Rabi)),
    (&["جمادي"], First(PairWord::Jumada)),
    (&["ذو", "ذي", "ذا"], First(PairWord::Dhu)),
    (&["محرم"], DoubtfulHijri(1)),
    (&["صفر"], DoubtfulHijri(2)),
    (&["رجب"], DoubtfulHijri(7)),
    (&["شعبان"], DoubtfulHijri(8)),
    (&["رمضان"], SureHijri(9)),
    (&["شوال"], DoubtfulHijri(10)),
];

/// English names and abbreviations, lower case.
pub(super) const MONTHS_EN: &[(&[&str], MonthWord)] = &[
    (&["january"], Sure(1)),
    (&["jan"], Doubtful(1)),
    (&["february"], Sure(2)),
    (&["feb"], Doubtful(2)),
    (&["march", "mar"], Doubtful(3)),
    (&["april"], Sure(4)),
    (&["apr"], Doubtful(4)),
    (&["may"], Doubtful(5)),
    (&["june"], Sure(6)),
    (&["jun"], Doubtful(6)),
    (&["july"], Sure(7)),
    (&["jul"], Doubtful(7)),
    (&["august"], Sure(8)),
    (&["aug"], Doubtful(8)),
    (&["september"], Sure(9)),
    (&["sep", "sept"], Doubtful(9)),
    (&["october"], Sure(10)),
    (&["oct"], Doubtful(10)),
    (&["november"], Sure(11)),
    (&["nov"], Doubtful(11)),
    (&["december"], Sure(12)),
    (&["dec"], Doubtful(12)),
    (&["muharram"], SureHijri(1)),
    (&["safar"], DoubtfulHijri(2)),
    (&["rabi"], First(PairWord::Rabi)),
    (&["jumada"], First(PairWord::Jumada)),
    (&["rajab"], DoubtfulHijri(7)),
    (&["shaban", "shaaban"], DoubtfulHijri(8)),
    (&["ramadan", "ramadhan"], SureHijri(9)),
    (&["shawwal"], SureHijri(10)),
    (&["dhu", "dhul", "zul", "zu"], First(PairWord::Dhu)),
];

/// German names and abbreviations, lower case.
pub(super) const MONTHS_DE: &[(&[&str], MonthWord)] = &[
    (&["januar", "jänner"], Sure(1)),
    (&["jan"], Doubtful(1)),
    (&["februar", "feber"], Sure(2)),
    (&["feb"], Doubtful(2)),
    (&["märz"], Sure(3)),
    (&["april"], Sure(4)),
    (&["apr"], Doubtful(4)),
    (&["mai"], Sure(5)),
    (&["juni"], Sure(6)),
    (&["juli"], Sure(7)),
    (&["august"], Sure(8)),
    (&["aug"], Doubtful(8)),
    (&["september"], Sure(9)),
    (&["sept", "sep"], Doubtful(9)),
    (&["oktober"], Sure(10)),
    (&["okt"], Doubtful(10)),
    (&["november"], Sure(11)),
    (&["nov"], Doubtful(11)),
    (&["dezember"], Sure(12)),
    (&["dez"], Doubtful(12)),
    (&["ramadan"], SureHijri(9)),
];

/// French names and abbreviations, lower case.
pub(super) const MONTHS_FR: &[(&[&str], MonthWord)] = &[
    (&["janvier"], Sure(1)),
    (&["janv"], Doubtful(1)),
    (&["février"], Sure(2)),
    (&["févr"], Doubtful(2)),
    (&["mars"], Sure(3)),
    (&["avril"], Sure(4)),
    (&["avr"], Doubtful(4)),
    (&["mai"], Sure(5)),
    (&["juin"], Sure(6)),
    (&["juillet"], Sure(7)),
    (&["juil"], Doubtful(7)),
    (&["août"], Sure(8)),
    (&["septembre"], Sure(9)),
    (&["sept"], Doubtful(9)),
    (&["octobre"], Sure(10)),
    (&["oct"], Doubtful(10)),
    (&["novembre"], Sure(11)),
    (&["nov"], Doubtful(11)),
    (&["décembre"], Sure(12)),
    (&["déc"], Doubtful(12)),
    (&["ramadan"], SureHijri(9)),
];

/// Weekdays, Monday first.
pub(super) const WEEKDAYS_AR: [&[&str]; 7] =
    [&["اثنين"], &["ثلاثاء"], &["اربعاء"], &["خميس"], &["جمعه"], &["سبت"], &["احد"]];
/// Weekdays, Monday first.
pub(super) const WEEKDAYS_EN: [&[&str]; 7] = [
    &["monday", "mondays"],
    &["tuesday", "tuesdays"],
    &["wednesday", "wednesdays"],
    &["thursday", "thursdays"],
    &["friday", "fridays"],
    &["saturday", "saturdays"],
    &["sunday", "sundays"],
];
/// Weekdays, Monday first.
pub(super) const WEEKDAYS_DE: [&[&str]; 7] = [
    &["montag"],
    &["dienstag"],
    &["mittwoch"],
    &["donnerstag"],
    &["freitag"],
    &["samstag", "sonnabend"],
    &["sonntag"],
];
/// Weekdays, Monday first.
pub(super) const WEEKDAYS_FR: [&[&str]; 7] =
    [&["lundi"], &["mardi"], &["mercredi"], &["jeudi"], &["vendredi"], &["samedi"], &["dimanche"]];

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
    fn dates_are_shown_as_far_as_they_go() {
        let date = PartialDate::gregorian;
        assert_eq!(date(Some(2024), Some(7), Some(2)).display(), "2024-07-02");
        assert_eq!(date(None, Some(7), Some(22)).display(), "22 July");
        assert_eq!(date(Some(2024), Some(7), None).display(), "July 2024");
        assert_eq!(date(Some(2024), None, None).display(), "2024");
        assert_eq!(weekday_name(1), "Monday");
        assert_eq!(weekday_name(7), "Sunday");
    }
}
