//! Arabic number words: gender polarity, duals, case endings, compounds with «و», ordinals.
//!
//! In: tokens. Out: the exact number a run of words says, and how. Guarantee: total; a run never reads
//! further than the words that add up («خمسة وستة» are two numbers, «خمسة وستون» is one).

use rust_decimal::Decimal;

use super::number::{Form, Spelled, half_of};
use super::senses::NumberWord;
use super::token::{Reader, TokenKind};
use super::value::Strength;

const ONES: [(u8, &[&str]); 11] = [
    (0, &["صفر"]),
    (1, &["واحد", "واحده", "واحدا", "احد", "احدي"]),
    (2, &["اثنان", "اثنين", "اثنتان", "اثنتين", "اثنا", "اثني", "اثنتا", "اثنتي"]),
    (3, &["ثلاثه", "ثلاث", "ثلاثا"]),
    (4, &["اربعه", "اربع", "اربعا"]),
    (5, &["خمسه", "خمس", "خمسا"]),
    (6, &["سته", "ست", "ستا"]),
    (7, &["سبعه", "سبع", "سبعا"]),
    (8, &["ثمانيه", "ثماني", "ثمان", "ثمانيا"]),
    (9, &["تسعه", "تسع", "تسعا"]),
    (10, &["عشره", "عشر", "عشرا"]),
];

/// The tens without their ending ون or ين.
const TENS: [(u8, &str); 8] =
    [(20, "عشر"), (30, "ثلاث"), (40, "اربع"), (50, "خمس"), (60, "ست"), (70, "سبع"), (80, "ثمان"), (90, "تسع")];

/// The two folded spellings of a hundred, مئة and مائة, without ة.
const HUNDRED: [&str; 2] = ["مي", "ماي"];

const JOINED_HUNDREDS: [(u16, &[&str]); 7] = [
    (300, &["ثلاث", "ثلاثه"]),
    (400, &["اربع", "اربعه"]),
    (500, &["خمس", "خمسه"]),
    (600, &["ست", "سته"]),
    (700, &["سبع", "سبعه"]),
    (800, &["ثماني", "ثمان", "ثمانيه"]),
    (900, &["تسع", "تسعه"]),
];

/// A power of ten and its words: singular, plurals, duals, accusative.
type ScaleWords = (u64, &'static str, &'static [&'static str], &'static [&'static str], &'static str);

const SCALES: [ScaleWords; 5] = [
    (1_000, "الف", &["الاف", "الوف"], &["الفان", "الفين", "الفي"], "الفا"),
    (1_000_000, "مليون", &["ملايين", "مليونات"], &["مليونان", "مليونين", "مليوني"], "مليونا"),
    (1_000_000_000, "مليار", &["مليارات"], &["ملياران", "مليارين", "ملياري"], "مليارا"),
    (1_000_000_000, "بليون", &["بلايين"], &["بليونان", "بليونين", "بليوني"], "بليونا"),
    (1_000_000_000_000, "تريليون", &["تريليونات"], &["تريليونان", "تريليونين"], "تريليونا"),
];

const ORDINALS: [(u16, &[&str]); 10] = [
    (1, &["اول", "اولي", "اولا"]),
    (2, &["ثاني", "ثانيه", "ثان", "ثانيا"]),
    (3, &["ثالث", "ثالثه", "ثالثا"]),
    (4, &["رابع", "رابعه", "رابعا"]),
    (5, &["خامس", "خامسه", "خامسا"]),
    (6, &["سادس", "سادسه", "سادسا"]),
    (7, &["سابع", "سابعه", "سابعا"]),
    (8, &["ثامن", "ثامنه", "ثامنا"]),
    (9, &["تاسع", "تاسعه", "تاسعا"]),
    (10, &["عاشر", "عاشره", "عاشرا"]),
];

const FRACTIONS: [(u8, u8, &[&str]); 4] =
    [(1, 2, &["نصف"]), (1, 3, &["ثلث"]), (2, 3, &["ثلثا", "ثلثي", "ثلثان", "ثلثين"]), (1, 4, &["ربع"])];

/// Calls `add` with every folded word and what it says.
pub(super) fn each_word(add: &mut dyn FnMut(&str, NumberWord)) {
    for (n, words) in ONES {
        for word in words {
            add(word, if n == 10 { NumberWord::Teen(10) } else { NumberWord::Ones(n) });
        }
    }
    for (n, stem) in TENS {
        for ending in ["ون", "ين"] {
            add(&format!("{stem}{ending}"), NumberWord::Tens(n));
        }
        for ending in ["ينيات", "ينات"] {
            add(&format!("{stem}{ending}"), NumberWord::Decade(n));
        }
    }
    for hundred in HUNDRED {
        add(&format!("{hundred}ه"), NumberWord::Hundred);
        for ending in ["تان", "تين", "تا", "تي"] {
            add(&format!("{hundred}{ending}"), NumberWord::Small(200));
        }
        for (n, stems) in JOINED_HUNDREDS {
            for stem in stems {
                add(&format!("{stem}{hundred}ه"), NumberWord::Small(n));
            }
        }
        add(&format!("{hundred}ات"), NumberWord::Rough(100));
    }
    add("عشرات", NumberWord::Rough(10));
    for (n, one, many, two, accusative) in SCALES {
        add(one, NumberWord::Scale(n));
        for word in many {
            add(word, NumberWord::ScalePlural(n));
        }
        for word in two {
            add(word, NumberWord::ScaleDual(n));
        }
        add(accusative, NumberWord::ScaleAccusative(n));
    }
    add("ترليون", NumberWord::Scale(1_000_000_000_000));
    for (n, words) in ORDINALS {
        for word in words {
            add(word, NumberWord::Ordinal(n));
        }
    }
    add("حادي", NumberWord::OrdinalOneOfMore);
    add("حاديه", NumberWord::OrdinalOneOfMore);
    for (numerator, denominator, words) in FRACTIONS {
        for word in words {
            add(word, NumberWord::Fraction(numerator, denominator));
        }
    }
    add("ارباع", NumberWord::Parts(4));
    add("اخماس", NumberWord::Parts(5));
}

/// The number that the words from `at` on say.
pub(super) fn spelled(reader: &Reader<'_>, at: usize) -> Option<Spelled> {
    match reader.number(at)? {
        NumberWord::Ordinal(n) => Some(ordinal(reader, at, n)),
        NumberWord::OrdinalOneOfMore => Some(ordinal(reader, at, 1)).filter(|s| s.next > at + 1),
        NumberWord::Decade(n) => Some(Spelled::new(Decimal::from(n), Form::Decade, at + 1)),
        NumberWord::Rough(n) | NumberWord::ScalePlural(n) => Some(rough(reader, at, n)),
        NumberWord::Fraction(n, d) => Some(fraction(reader, at, n, d)),
        NumberWord::Parts(_) => None,
        _ => cardinal(reader, at),
    }
}

/// «العاشر», «الحادي عشر», «الثاني والعشرون».
fn ordinal(reader: &Reader<'_>, at: usize, n: u16) -> Spelled {
    if n < 10 {
        if is_ten(reader, at + 1) {
            return Spelled::new(Decimal::from(n + 10), Form::Ordinal, at + 2);
        }
        if let Some((tens, next)) = joined(reader, at + 1)
            && let Some(NumberWord::Tens(tens)) = reader.number(tens)
            && reader.tokens[next - 1].clitics.article == reader.tokens[at].clitics.article
        {
            return Spelled::new(Decimal::from(n + u16::from(tens)), Form::Ordinal, next);
        }
    }
    let mut out = Spelled::new(Decimal::from(n), Form::Ordinal, at + 1);
    if n <= 2 {
        out.strength = Strength::Weak;
    }
    out
}

fn is_ten(reader: &Reader<'_>, at: usize) -> bool {
    reader.number(at) == Some(NumberWord::Teen(10))
        && reader.tokens[at].clitics == super::token::Clitics::default()
}

/// The number word joined by «و» at `at`, written together or apart: its token and the one after it.
fn joined(reader: &Reader<'_>, at: usize) -> Option<(usize, usize)> {
    let token = reader.get(at)?;
    if token.kind == TokenKind::Arabic && token.clitics.and && !token.clitics.preposition {
        return reader.number(at).map(|_| (at, at + 1));
    }
    if reader.slice(at) == "و" && reader.get(at + 1)?.clitics.article == token.clitics.article {
        return reader.number(at + 1).map(|_| (at + 1, at + 2));
    }
    None
}

/// «مئات الآلاف», «عشرات», «ملايين».
fn rough(reader: &Reader<'_>, at: usize, n: u64) -> Spelled {
    if n < 1000
        && let Some(NumberWord::ScalePlural(scale)) = reader.number(at + 1)
        && !reader.tokens[at + 1].clitics.and
    {
        return Spelled::new(Decimal::from(n * scale), Form::Approximate, at + 2);
    }
    Spelled::new(Decimal::from(n), Form::Approximate, at + 1)
}

/// «نصف», «ثلثي», «نصف مليون».
fn fraction(reader: &Reader<'_>, at: usize, n: u8, d: u8) -> Spelled {
    if let Some(NumberWord::Scale(scale)) = reader.number(at + 1)
        && (u64::from(n) * scale).is_multiple_of(u64::from(d))
        && !reader.tokens[at + 1].clitics.and
    {
        return Spelled::new(Decimal::from(u64::from(n) * scale / u64::from(d)), Form::Cardinal, at + 2);
    }
    let mut out = Spelled::new(Decimal::from(n), Form::Fraction(u32::from(d)), at + 1);
    if d == 4 || d == 2 {
        out.strength = Strength::Weak;
    }
    out
}

/// A cardinal in words: closed scales, and the group below the next scale.
fn cardinal(reader: &Reader<'_>, at: usize) -> Option<Spelled> {
    let (mut total, mut group, mut last_scale) = (0u64, None::<u64>, u64::MAX);
    let mut next = at;
    let mut words = 0;
    while let Some((word, after)) = if words == 0 { Some((at, at + 1)) } else { step(reader, next) } {
        let linked = words == 0 || after > next + 1 || reader.tokens[word].clitics.and;
        let Some(sense) = reader.number(word) else { break };
        match sense {
            NumberWord::Ones(n) | NumberWord::Teen(n) | NumberWord::Tens(n) => {
                let n = u64::from(n);
                match group {
                    Some(g) if sense == NumberWord::Teen(10) && !linked && (1..=9).contains(&(g % 100)) => {
                        group = Some(g + 10);
                    }
                    Some(g) if linked && (g > 0 && g % 100 == 0) => group = Some(g + n),
                    Some(g) if linked && n >= 20 && (1..=9).contains(&(g % 100)) => group = Some(g + n),
                    None if linked && (n > 0 || words == 0) => group = Some(n),
                    _ => break,
                }
            }
            NumberWord::Hundred => match group {
                Some(g) if !linked && (3..=9).contains(&g) => group = Some(g * 100),
                None if linked && last_scale > 100 => group = Some(100),
                _ => break,
            },
            NumberWord::Small(n) => match group {
                None if linked => group = Some(u64::from(n)),
                _ => break,
            },
            NumberWord::Scale(n) | NumberWord::ScalePlural(n) | NumberWord::ScaleAccusative(n) => {
                let accusative = matches!(sense, NumberWord::ScaleAccusative(_));
                match group {
                    Some(g) if !linked && n < last_scale => {
                        let Some(sum) = g.checked_mul(n).and_then(|p| p.checked_add(total)) else { break };
                        (total, group, last_scale) = (sum, None, n);
                    }
                    None if linked && n < last_scale && !matches!(sense, NumberWord::ScalePlural(_)) => {
                        let dual = accusative && !reader.slice(word).contains('\u{064B}');
                        total += if dual { 2 * n } else { n };
                        last_scale = n;
                    }
                    None if !linked && total > 0 => {
                        let Some(product) = total.checked_mul(n).filter(|&p| p < 1 << 60) else { break };
                        total = product;
                    }
                    _ => break,
                }
            }
            NumberWord::ScaleDual(n) => match group {
                None if linked && n < last_scale => {
                    total += 2 * n;
                    last_scale = n;
                }
                _ => break,
            },
            _ => break,
        }
        next = after;
        words += 1;
    }
    if words == 0 {
        return None;
    }
    let value = total + group.unwrap_or(0);
    let mut out = Spelled::new(Decimal::from(value), Form::Cardinal, next);
    if words == 1 && value <= 2 {
        out.strength = Strength::Weak;
    }
    if words == 1
        && group.is_some()
        && (2..=9).contains(&value)
        && let Some(NumberWord::Parts(d)) = reader.number(next)
        && !reader.tokens[next].clitics.and
    {
        return Some(Spelled::new(Decimal::from(value), Form::Fraction(u32::from(d)), next + 1));
    }
    Some(half_of(reader, out, if group.is_none() { last_scale } else { 1 }))
}

/// The next word of a compound: joined by «و», or following bare.
fn step(reader: &Reader<'_>, at: usize) -> Option<(usize, usize)> {
    if let Some(joined) = joined(reader, at) {
        return Some(joined);
    }
    let token = reader.get(at)?;
    let bare = token.kind == TokenKind::Arabic && !token.clitics.preposition && !token.clitics.and;
    (bare && reader.number(at).is_some()).then_some((at, at + 1))
}
