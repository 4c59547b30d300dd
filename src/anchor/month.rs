//! Months by name, in all systems, alone or as a slash pair.
//!
//! In: tokens. Out: which month is named, in which calendar, and how sure that is. Guarantee: total; a
//! word with other senses («مارس», "May") is a month only by its neighbours.

use super::token::{Letters, Reader, TokenKind};
use super::value::Strength;
use crate::language::{Calendar, Cue, Habit, MonthWord};

/// A month by name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Month {
    pub(super) calendar: Calendar,
    pub(super) number: u8,
    /// The token after it.
    pub(super) next: usize,
    pub(super) strength: Strength,
}

/// Whether a day stands beside a month word: then it names a month, whatever other senses it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beside {
    Day,
    Nothing,
}

/// The month named at `at`, with the same month in another system behind a slash or in parentheses.
pub(super) fn month(reader: &Reader<'_>, at: usize, beside: Beside) -> Option<Month> {
    let first = month_name(reader, at, beside)?;
    let slash = reader.sign(first.next);
    // The names of two systems side by side: «فبراير شباط».
    if slash.is_none()
        && let Some(second) = month_name(reader, first.next, Beside::Day)
        && (second.calendar, second.number) == (first.calendar, first.number)
    {
        return Some(Month { next: second.next, strength: Strength::Strong, ..first });
    }
    if !matches!(slash, Some('/' | '(' | '-')) {
        return Some(first);
    }
    match month_name(reader, first.next + 1, Beside::Day) {
        Some(second) if (second.calendar, second.number) == (first.calendar, first.number) => {
            let closing = slash == Some('(');
            if closing && reader.sign(second.next) != Some(')') {
                return Some(first);
            }
            Some(Month { next: second.next + usize::from(closing), strength: Strength::Strong, ..first })
        }
        _ => Some(first),
    }
}

fn month_name(reader: &Reader<'_>, at: usize, beside: Beside) -> Option<Month> {
    let token = reader.get(at)?;
    let word = token.senses?.month?;
    let sure =
        |calendar, month| Some(Month { calendar, number: month, next: at + 1, strength: Strength::Strong });
    if token.letters == Letters::Lower && reader.words.has(Habit::CapitalMonths) {
        return None;
    }
    match word {
        MonthWord::Sure(calendar, m) => sure(calendar, m),
        MonthWord::Doubtful(Calendar::Gregorian, m) => {
            // «آب» is a month, «أب» is a father: folded they are one.
            let father = m == 8 && reader.slice(at).ends_with('ب') && !reader.slice(at).contains('آ');
            let strength = doubtful(reader, at, beside)?;
            if father && (beside == Beside::Nothing || strength == Strength::Weak) {
                return None;
            }
            let mut next = at + 1;
            // "Jan. 5"
            if token.kind == TokenKind::Latin
                && reader.glued_sign(next) == Some('.')
                && token.end - token.start <= 6
                && reader.is_digits(next + 1)
            {
                next += 1;
            }
            Some(Month { calendar: Calendar::Gregorian, number: m, next, strength })
        }
        MonthWord::Doubtful(calendar, m) => {
            let strength = doubtful(reader, at, beside)?;
            (strength == Strength::Strong).then_some(Month { calendar, number: m, next: at + 1, strength })
        }
        MonthWord::First(index) => second_word(reader, at, index),
    }
}

/// How sure a doubtful month word is, from its neighbours; `None` when it is none.
fn doubtful(reader: &Reader<'_>, at: usize, beside: Beside) -> Option<Strength> {
    let token = reader.tokens[at];
    let mut after = at + 1;
    after += usize::from(matches!(reader.glued_sign(after), Some('.' | ',')));
    let slash = matches!(reader.sign(at + 1), Some('/' | '('))
        && reader.get(at + 2).and_then(|t| t.senses).is_some_and(|s| s.month.is_some());
    let year = reader.is_digits(after) && (after == at + 1 || reader.digit_count(after) <= 4);
    let arabic = token.kind == TokenKind::Arabic;
    let year = year && (!arabic || reader.digit_count(after) == 4);
    if beside == Beside::Day || slash || year {
        return Some(Strength::Strong);
    }
    // A bare abbreviation is no month without a day or year.
    if !arabic && token.end - token.start <= 4 && !matches!(reader.slice(at), "May" | "MAY") {
        return None;
    }
    let hijri = matches!(token.senses?.month, Some(MonthWord::Doubtful(Calendar::Hijri, _)));
    match reader.cue_before(at) {
        Some(Cue::Month) => Some(Strength::Strong),
        Some(Cue::Before | Cue::Of | Cue::To) if !hijri => Some(Strength::Strong),
        _ if !hijri && beside_month(reader, at) => Some(Strength::Strong),
        _ if hijri => None,
        _ if arabic => Some(Strength::Weak),
        // A capital inside a sentence says more than one at its start.
        _ if reader.before(at).is_some_and(|t| matches!(t.kind, TokenKind::Latin | TokenKind::Letters)) => {
            Some(Strength::Weak)
        }
        _ => None,
    }
}

/// Whether a word that is a month and nothing else is joined to the one at `at`: "between February and May".
fn beside_month(reader: &Reader<'_>, at: usize) -> bool {
    let joins = |at: usize| {
        matches!(reader.cue(at), Some(Cue::And | Cue::To)) || matches!(reader.sign(at), Some('-' | '–' | ','))
    };
    let and = |at: usize| reader.get(at).is_some_and(|t| t.clitics.and);
    let sure = |at: usize| {
        let month = reader.get(at).and_then(|t| t.senses).and_then(|s| s.month);
        matches!(month, Some(MonthWord::Sure(Calendar::Gregorian, _)))
    };
    at >= 2 && joins(at - 1) && sure(at - 2)
        || at >= 1 && and(at) && sure(at - 1)
        || joins(at + 1) && sure(at + 2)
        || and(at + 1) && sure(at + 1)
}

/// The month of two words that begins at `at`: «تشرين الثاني», "Rabi al-Awwal".
fn second_word(reader: &Reader<'_>, at: usize, index: u8) -> Option<Month> {
    let mut second = at + 1;
    if reader.get(at)?.kind == TokenKind::Latin {
        // Rabi' al-Awwal, Dhu'l-Hijja, Sha'ban.
        while matches!(reader.sign(second), Some('-' | '\'' | '’' | '‘' | '`'))
            || matches!(reader.slice(second), "al" | "ul" | "el" | "ath" | "Al" | "l")
        {
            second += 1;
        }
    }
    let word = reader.folded(second);
    let word = word.strip_prefix("ال").unwrap_or(&word);
    let (calendar, number) = reader.words.month_of_two_words(index, word)?;
    let mut next = second + 1;
    // Dhu al-Qi'dah.
    if matches!(reader.glued_sign(next), Some('\'' | '’' | '‘' | '`'))
        && reader.is_glued(next + 1)
        && reader.get(next + 1).is_some_and(|t| t.kind == TokenKind::Latin)
    {
        next += 2;
    }
    Some(Month { calendar, number, next, strength: Strength::Strong })
}
