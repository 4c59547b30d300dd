//! Times of day: `10:30`, "half past ten", «العاشرة والنصف», "10 a.m.".
//!
//! In: tokens. Out: an anchor of an hour and a minute. Guarantee: total; words say a time only beside a word that does:
//! «الساعة», "past", "o'clock", "a.m.".

use super::count::{currency, percent, unit};
use super::spelled::Form;
use super::spelled_number;
use super::token::{Reader, TokenKind};
use super::value::{Anchor, AnchorKind, AnchorValue};
use crate::language::{Cue, Habit, NumberWord, Unit, UnitWord};

/// An hour and minutes, and the token after them.
#[derive(Debug, Clone, Copy)]
struct Clock {
    hour: u32,
    minute: u32,
    next: usize,
}

/// Reads the time that starts at token `at`, if one does: pushes its anchor, gives the next token.
pub(super) fn read(reader: &Reader<'_>, at: usize, out: &mut Vec<Anchor>) -> Option<usize> {
    let mut found = match reader.get(at)?.kind {
        TokenKind::Sign(_) => return None,
        TokenKind::Digits => with_colon(reader, at)
            .or_else(|| with_point(reader, at))
            .or_else(|| with_hour_word(reader, at))
            .or_else(|| before_half_of_day(reader, at)),
        _ => after_clock(reader, at)
            .or_else(|| ordinal_hour(reader, at))
            .or_else(|| half_before_hour(reader, at))
            .or_else(|| past(reader, at))
            .or_else(|| before_half_of_day(reader, at)),
    }?;
    if let Some((afternoon, next)) = half_of_day(reader, found.next) {
        found.next = next;
        if found.hour <= 12 {
            found.hour = found.hour % 12 + 12 * u32::from(afternoon);
        }
    }
    let value = AnchorValue::Time { hour: found.hour as u8, minute: found.minute as u8 };
    let end = reader.tokens[found.next - 1].end;
    out.push(Anchor::new(AnchorKind::Time, value, reader.tokens[at].start, end));
    Some(found.next)
}

/// `10:30`, `10:30:15`.
fn with_colon(reader: &Reader<'_>, at: usize) -> Option<Clock> {
    let applies = reader.glued_sign(at + 1) == Some(':')
        && reader.is_glued(at + 2)
        && reader.digit_count(at + 2) == 2
        && reader.digit_count(at) <= 2;
    let (hour, minute) = (reader.small(at).filter(|_| applies)?, reader.small(at + 2)?);
    let mut next = at + 3;
    // "1:25,000" is a scale.
    let grouped = matches!(reader.glued_sign(next), Some(',' | '٬'))
        && reader.is_glued(next + 1)
        && reader.digit_count(next + 1) == 3;
    if hour > 24 || minute > 59 || grouped {
        return None;
    }
    if reader.glued_sign(next) == Some(':') && reader.is_glued(next + 1) && reader.digit_count(next + 1) == 2
    {
        next += 2;
    }
    Some(Clock { hour, minute, next })
}

/// «halb elf», the half hour before eleven.
fn half_before_hour(reader: &Reader<'_>, at: usize) -> Option<Clock> {
    let half = reader.words.has(Habit::HalfBeforeHour)
        && reader.number(at)? == NumberWord::Fraction(1, 2)
        && matches!(reader.slice(at), "halb" | "half");
    let (hour, next) = hour(reader, at + 1).filter(|(hour, _)| half && (1..=12).contains(hour))?;
    let counts =
        currency(reader, next).is_some() || unit(reader, next).is_some() || reader.number(next).is_some();
    (!counts).then_some(Clock { hour: (hour + 10) % 12 + 1, minute: 30, next })
}

/// Hour and minutes in digits, the minutes two, with one token between them.
fn hour_and_minutes(reader: &Reader<'_>, at: usize) -> Option<Clock> {
    let two = reader.digit_count(at) <= 2 && reader.digit_count(at + 2) == 2;
    let (hour, minute) = (reader.small(at).filter(|h| two && *h <= 24)?, reader.small(at + 2)?);
    (minute <= 59).then_some(Clock { hour, minute, next: at + 3 })
}

/// `8.30 pm`, «10.30 Uhr», «godz. 10.30», «ore 10.30»: a point, beside a word that says the time.
fn with_point(reader: &Reader<'_>, at: usize) -> Option<Clock> {
    if reader.glued_sign(at + 1) != Some('.') || !reader.is_glued(at + 2) || reader.is_glued(at) && at > 0 {
        return None;
    }
    let mut found = hour_and_minutes(reader, at)?;
    if reader.cue(found.next) == Some(Cue::OClock) {
        found.next += 1;
        return Some(found);
    }
    let point = usize::from(at > 0 && reader.sign(at - 1) == Some('.'));
    let named = at > point && reader.cue(at - 1 - point) == Some(Cue::Clock);
    (named || found.hour <= 12 && half_of_day(reader, found.next).is_some()).then_some(found)
}

/// «10 h 30», «10h30», «10 Uhr 30», «10 Uhr»: a word for the hour between hour and minutes, or behind the hour where it
/// says nothing else.
fn with_hour_word(reader: &Reader<'_>, at: usize) -> Option<Clock> {
    const EARLIEST: u32 = 6;
    if reader.cue(at + 1) != Some(Cue::OClock) || at > 0 && reader.is_glued(at) {
        return None;
    }
    let is_minute = |at: usize| {
        let unit = reader.get(at).and_then(|t| t.senses).and_then(|s| s.unit);
        unit == Some(UnitWord::Plain(Unit::Minute)) || matches!(reader.slice(at), "min" | "mn")
    };
    // «2 h 30» may last as long; what is later or follows "at" is a time.
    let only = reader.tokens[at + 1].senses.is_some_and(|s| s.unit.is_none() && s.cue == Some(Cue::OClock))
        && !reader.slice(at + 1).eq_ignore_ascii_case("h");
    let at_it = matches!(reader.cue_before(at), Some(Cue::To | Cue::Clock | Cue::Before));
    let is_time = |hour: u32| only || at_it || hour >= EARLIEST;
    let alike = reader.is_glued(at + 1) == reader.is_glued(at + 2);
    if let Some(found) =
        hour_and_minutes(reader, at).filter(|found| alike && is_time(found.hour) && !is_minute(found.next))
    {
        return Some(found);
    }
    let (hour, next) = hour(reader, at)?;
    (only && !reader.is_digits(at + 2)).then_some(Clock { hour, minute: 0, next: next + 1 })
}

/// «السادسة والنصف صباحا», «الثامنة مساء»: an ordinal with the article that a half of the day follows.
fn ordinal_hour(reader: &Reader<'_>, at: usize) -> Option<Clock> {
    let token = reader.get(at)?;
    let feminine = token.kind == TokenKind::Arabic && reader.slice(at).ends_with('ة');
    if !feminine || !token.clitics.article || token.clitics.and {
        return None;
    }
    matches!(reader.number(at)?, NumberWord::Ordinal(_) | NumberWord::OrdinalOneOfMore).then_some(())?;
    said_hour(reader, at).filter(|found| found.hour <= 12 && half_of_day(reader, found.next).is_some())
}

/// "10 a.m.", "ten o'clock".
fn before_half_of_day(reader: &Reader<'_>, at: usize) -> Option<Clock> {
    let (hour, next) = hour(reader, at)?;
    if reader.slice(next).eq_ignore_ascii_case("o")
        && matches!(reader.glued_sign(next + 1), Some('\'' | '’'))
        && reader.slice(next + 2).eq_ignore_ascii_case("clock")
    {
        return Some(Clock { hour, minute: 0, next: next + 3 });
    }
    // A half of the day in one word alone may be another word.
    let latin = reader.get(next).is_some_and(|t| t.kind == TokenKind::Latin);
    (hour <= 12 && latin && half_of_day(reader, next).is_some()).then_some(Clock { hour, minute: 0, next })
}

/// «الساعة العاشرة والنصف», «الساعة الخامسة إلا ربعا», «الساعة 10 و20 دقيقة».
fn after_clock(reader: &Reader<'_>, at: usize) -> Option<Clock> {
    if reader.cue(at) != Some(Cue::Clock) || !reader.tokens[at].clitics.article {
        return None;
    }
    said_hour(reader, at + 1)
}

/// «العاشرة والنصف», «الخامسة إلا ربعا», «10 و20 دقيقة».
fn said_hour(reader: &Reader<'_>, at: usize) -> Option<Clock> {
    let number = reader.get(at)?;
    let timed = number.kind == TokenKind::Digits || number.clitics.article && !number.clitics.and;
    let (hour, next) = hour(reader, at).filter(|_| timed)?;
    let less = reader.cue(next) == Some(Cue::Less);
    let joined = reader.get(next).is_some_and(|t| t.clitics.and && !t.clitics.preposition);
    let and = reader.cue(next) == Some(Cue::And);
    let found = |minute: u32, next| {
        let (hour, minute) = if less { ((hour + 22) % 12 + 1, 60 - minute) } else { (hour, minute) };
        Some(Clock { hour, minute, next })
    };
    if (less || joined || and)
        && let Some((minute, next)) = minutes(reader, next + usize::from(less || and))
    {
        let (clock, half) =
            (found(minute, next), reader.number(next - 1) == Some(NumberWord::Fraction(1, 2)));
        return if half && !less { clock.map(|clock| beside_half(reader, clock)) } else { clock };
    }
    // «الساعة 10:30» is read from its digits on.
    let digital = number.kind == TokenKind::Digits && reader.glued_sign(next) == Some(':');
    (!digital).then_some(Clock { hour, minute: 0, next })
}

/// Adds the minutes said from the half hour on: «الخامسة والنصف إلا خمس دقائق», «والنصف وخمس دقائق».
fn beside_half(reader: &Reader<'_>, half: Clock) -> Clock {
    let less = reader.cue(half.next) == Some(Cue::Less);
    let joined = reader.get(half.next).is_some_and(|t| t.clitics.and && !t.clitics.preposition);
    match minutes(reader, half.next + usize::from(less))
        .filter(|(minute, _)| (less || joined) && *minute < 30)
    {
        Some((minute, next)) => {
            Clock { minute: if less { half.minute - minute } else { half.minute + minute }, next, ..half }
        }
        None => half,
    }
}

/// "Half past ten", "a quarter to five", "ten past six", "at ten to four".
fn past(reader: &Reader<'_>, at: usize) -> Option<Clock> {
    let number = reader.number(at)?;
    // A number before "to" is more often the begin of a range: "from ten to four".
    let before = at > 0 && reader.slice(at - 1).eq_ignore_ascii_case("at");
    let counted = |next: usize| before && reader.cue(next) == Some(Cue::To);
    let (minute, next) = minutes(reader, at)
        .or_else(|| small_number(reader, at).filter(|(minute, next)| *minute <= 25 && counted(*next)))?;
    let quarter = matches!(number, NumberWord::Fraction(1, 4));
    let less = match reader.cue(next)? {
        Cue::Past => false,
        Cue::To if quarter || before => true,
        _ => return None,
    };
    let (hour, next) = hour(reader, next + 1).filter(|(hour, _)| *hour <= 12)?;
    // "At ten to twelve dollars".
    let counts = || {
        currency(reader, next).is_some() || unit(reader, next).is_some() || percent(reader, next).is_some()
    };
    if less && !quarter && counts() {
        return None;
    }
    let (hour, minute) = if less { ((hour + 22) % 12 + 1, 60 - minute) } else { (hour, minute) };
    Some(Clock { hour, minute, next })
}

/// An hour in digits or words, and the token after it.
fn hour(reader: &Reader<'_>, at: usize) -> Option<(u32, usize)> {
    if reader.is_digits(at) {
        return reader.small(at).filter(|h| *h <= 24 && reader.digit_count(at) <= 2).map(|h| (h, at + 1));
    }
    small_number(reader, at).filter(|(hour, _)| (1..=12).contains(hour))
}

/// Minutes as a part of the hour or by their number, and the token after them.
fn minutes(reader: &Reader<'_>, at: usize) -> Option<(u32, usize)> {
    if let Some(NumberWord::Fraction(1, d @ 2..=4)) = reader.number(at) {
        return Some((60 / u32::from(d), at + 1));
    }
    // «إلا ثلثا» is a third in the accusative, and no dual.
    let third = reader.slice(at).starts_with("ثلث") && reader.cue_before(at) == Some(Cue::Less);
    if third && reader.number(at) == Some(NumberWord::Fraction(2, 3)) {
        return Some((20, at + 1));
    }
    let (minute, next) = match reader.small(at) {
        Some(minute) => (minute, at + 1),
        None => small_number(reader, at)?,
    };
    let unit = reader.get(next).and_then(|t| t.senses).and_then(|s| s.unit);
    let named = unit == Some(UnitWord::Plain(Unit::Minute));
    let counted = named || reader.cue(next) == Some(Cue::Past);
    ((1..60).contains(&minute) && counted).then_some((minute, next + usize::from(named)))
}

/// A whole number below 60 in words, and the token after it.
fn small_number(reader: &Reader<'_>, at: usize) -> Option<(u32, usize)> {
    reader.number(at)?;
    let spelled = spelled_number::spelled(reader, at)?;
    let whole = matches!(spelled.form, Form::Cardinal | Form::Ordinal) && spelled.value.fract().is_zero();
    let value = u32::try_from(spelled.value).ok().filter(|v| whole && *v < 60)?;
    Some((value, spelled.next))
}

/// Whether a time is after noon, and the token after the word that says so: "p.m.", «مساءً», «من صباح».
fn half_of_day(reader: &Reader<'_>, at: usize) -> Option<(bool, usize)> {
    let said = |at: usize| match reader.cue(at) {
        Some(Cue::Morning) => Some((false, at + 1)),
        Some(Cue::Afternoon) => Some((true, at + 1)),
        _ => None,
    };
    if matches!(reader.slice(at), "a" | "A" | "p" | "P")
        && reader.glued_sign(at + 1) == Some('.')
        && matches!(reader.slice(at + 2), "m" | "M")
    {
        return Some((matches!(reader.slice(at), "p" | "P"), at + 3));
    }
    match reader.slice(at) {
        "pm" | "PM" => return Some((true, at + 1)),
        "AM" => return Some((false, at + 1)),
        _ => {}
    }
    said(at).or_else(|| match reader.cue(at) {
        Some(Cue::Of | Cue::Before) if reader.get(at)?.kind == TokenKind::Arabic => said(at + 1),
        _ => None,
    })
}
