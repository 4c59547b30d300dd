//! Number words that a language writes together, where listing them would be no data but their grammar.
//!
//! In: nothing. Out: every compound word with its number. Guarantee: words lower case.

use super::word::NumberWord;
use super::words_file::Compounds;

const GERMAN: [&str; 20] = [
    "null",
    "eins",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
    "dreizehn",
    "vierzehn",
    "fünfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
];
const GERMAN_TENS: [&str; 8] =
    ["zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"];

/// The German word for 1 to 99, as it stands inside compounds.
fn german_below_hundred(n: u16) -> String {
    match n {
        1 => "ein".to_owned(),
        2..=19 => GERMAN[usize::from(n)].to_owned(),
        _ => {
            let tens = GERMAN_TENS[usize::from(n / 10 - 2)];
            match n % 10 {
                0 => tens.to_owned(),
                ones => format!("{}und{tens}", german_below_hundred(ones)),
            }
        }
    }
}

/// The largest number that "and a half" is written together with.
const MOST_AND_A_HALF: u16 = 12;

/// German: «einundzwanzig», «zweihundertfünf», «dreißigste».
pub(super) fn german(add: &mut dyn FnMut(&str, NumberWord)) {
    for n in 20..100 {
        let word = german_below_hundred(n);
        add(&word, NumberWord::Small(n));
        add(&word.replace("dreißig", "dreissig"), NumberWord::Small(n));
        for ending in ["ste", "sten", "ster", "stes", "stem"] {
            add(&format!("{word}{ending}"), NumberWord::Ordinal(n));
        }
    }
    for n in 11..20 {
        for ending in ["te", "ten", "ter", "tes", "tem"] {
            add(&format!("{}{ending}", german_below_hundred(n)), NumberWord::Ordinal(n));
        }
    }
    for n in 1..=MOST_AND_A_HALF {
        add(&format!("{}einhalb", german_below_hundred(n)), NumberWord::Quarters(4 * n as u8 + 2));
    }
    for hundreds in 1..10 {
        let stem = german_below_hundred(hundreds);
        add(&format!("{stem}hundert"), NumberWord::Small(hundreds * 100));
        for n in 1..100 {
            let word = if n == 1 { "eins".to_owned() } else { german_below_hundred(n) };
            add(&format!("{stem}hundert{word}"), NumberWord::Small(hundreds * 100 + n));
        }
    }
}

const ITALIAN: [&str; 20] = [
    "zero",
    "uno",
    "due",
    "tre",
    "quattro",
    "cinque",
    "sei",
    "sette",
    "otto",
    "nove",
    "dieci",
    "undici",
    "dodici",
    "tredici",
    "quattordici",
    "quindici",
    "sedici",
    "diciassette",
    "diciotto",
    "diciannove",
];
const ITALIAN_TENS: [&str; 8] =
    ["venti", "trenta", "quaranta", "cinquanta", "sessanta", "settanta", "ottanta", "novanta"];

/// The Italian word for 1 to 99.
fn italian_below_hundred(n: u16) -> String {
    if n < 20 {
        return ITALIAN[usize::from(n)].to_owned();
    }
    let tens = ITALIAN_TENS[usize::from(n / 10 - 2)];
    match n % 10 {
        0 => tens.to_owned(),
        // The vowel of the tens goes before another: ventuno, trentotto.
        ones @ (1 | 8) => format!("{}{}", &tens[..tens.len() - 1], ITALIAN[usize::from(ones)]),
        ones => format!("{tens}{}", ITALIAN[usize::from(ones)]),
    }
}

/// Italian: «ventitré», «duecentocinquanta», «tremila».
pub(super) fn italian(add: &mut dyn FnMut(&str, NumberWord)) {
    // A final «tre» of a compound has an accent, which not everyone writes.
    let mut accented = |word: &str, number| {
        add(word, number);
        if let Some(stem) = word.strip_suffix("tre") {
            add(&format!("{stem}tré"), number);
        }
    };
    for n in 21..100 {
        accented(&italian_below_hundred(n), NumberWord::cardinal(n.into()));
    }
    for hundreds in 1..10 {
        let stem = if hundreds == 1 {
            "cento".to_owned()
        } else {
            format!("{}cento", ITALIAN[usize::from(hundreds)])
        };
        for n in u16::from(hundreds == 1)..100 {
            let rest = if n == 0 { String::new() } else { italian_below_hundred(n) };
            let number = NumberWord::Small(hundreds * 100 + n);
            accented(&format!("{stem}{rest}"), number);
            // Before another vowel the o may go: novecentottanta.
            if rest.starts_with(['o', 'u']) {
                accented(&format!("{}{rest}", &stem[..stem.len() - 1]), number);
            }
        }
    }
    for thousands in 2..100 {
        let word = format!("{}mila", italian_below_hundred(thousands));
        add(&word, NumberWord::Scale(u64::from(thousands) * 1000));
    }
}

const DUTCH: [&str; 20] = [
    "nul",
    "een",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
    "dertien",
    "veertien",
    "vijftien",
    "zestien",
    "zeventien",
    "achttien",
    "negentien",
];
const DUTCH_TENS: [&str; 8] =
    ["twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"];

/// The Dutch word for 1 to 99.
fn dutch_below_hundred(n: u16) -> String {
    if n < 20 {
        return DUTCH[usize::from(n)].to_owned();
    }
    let tens = DUTCH_TENS[usize::from(n / 10 - 2)];
    match n % 10 {
        0 => tens.to_owned(),
        // A vowel before "en" parts it by a diaeresis: tweeëntwintig.
        ones @ (2 | 3) => format!("{}ën{tens}", DUTCH[usize::from(ones)]),
        ones => format!("{}en{tens}", DUTCH[usize::from(ones)]),
    }
}

/// Dutch: «drieëntwintig», «tweehonderdvijftig», «tienduizend».
pub(super) fn dutch(add: &mut dyn FnMut(&str, NumberWord)) {
    for n in 21..100 {
        let word = dutch_below_hundred(n);
        add(&word, NumberWord::cardinal(n.into()));
        for ending in ["ste", "de"] {
            add(&format!("{word}{ending}"), NumberWord::Ordinal(n));
        }
    }
    for n in 11..20 {
        add(&format!("{}de", DUTCH[usize::from(n)]), NumberWord::Ordinal(n));
    }
    for (tens, n) in DUTCH_TENS.iter().zip((20..100).step_by(10)) {
        add(&format!("{tens}ste"), NumberWord::Ordinal(n));
    }
    for n in 2..=MOST_AND_A_HALF {
        let and = if matches!(n, 2 | 3) { "ën" } else { "en" };
        for half in ["half", "halve"] {
            add(&format!("{}{and}{half}", DUTCH[usize::from(n)]), NumberWord::Quarters(4 * n as u8 + 2));
        }
    }
    for hundreds in 1..10 {
        let stem = if hundreds == 1 {
            "honderd".to_owned()
        } else {
            format!("{}honderd", DUTCH[usize::from(hundreds)])
        };
        for n in u16::from(hundreds == 1)..100 {
            let rest = if n == 0 { String::new() } else { dutch_below_hundred(n) };
            add(&format!("{stem}{rest}"), NumberWord::Small(hundreds * 100 + n));
        }
    }
    for thousands in 2..100 {
        let word = format!("{}duizend", dutch_below_hundred(thousands));
        add(&word, NumberWord::Scale(u64::from(thousands) * 1000));
    }
}

/// What the words of a table say.
type Known<'k> = &'k dyn Fn(&str) -> Option<NumberWord>;

/// How thousands and hundreds are written into one word.
struct Joints {
    thousand: &'static str,
    hundred: &'static str,
    and: &'static str,
    one: &'static str,
    ordinal_endings: &'static [&'static str],
}

const GERMAN_JOINTS: Joints = Joints {
    thousand: "tausend",
    hundred: "hundert",
    and: "und",
    one: "ein",
    ordinal_endings: &["ste", "sten", "ster", "stes", "stem"],
};

const DUTCH_JOINTS: Joints = Joints {
    thousand: "duizend",
    hundred: "honderd",
    and: "en",
    one: "een",
    ordinal_endings: &["ste", "de"],
};

/// The number of a compound that is in no table, by the words of the table that it is made of: «zwanzigtausend»,
/// «neunzehnhundertvierundachtzig», «millenovecentottantaquattro», «diciannovesimo».
pub(super) fn split(rule: Compounds, word: &str, known: Known<'_>) -> Option<NumberWord> {
    match rule {
        Compounds::German => by_joints(&GERMAN_JOINTS, word, known),
        Compounds::Dutch => by_joints(&DUTCH_JOINTS, word, known),
        Compounds::Italian => italian_split(word, known),
    }
}

fn by_joints(joints: &Joints, word: &str, known: Known<'_>) -> Option<NumberWord> {
    if !word.contains(joints.thousand) && !word.contains(joints.hundred) {
        return None;
    }
    let whole = |word: &str| {
        let Some((left, right)) = word.split_once(joints.thousand) else {
            return joints.below_ten_thousand(word, known);
        };
        let thousands = if left.is_empty() { 1 } else { joints.below_ten_thousand(left, known)? };
        let right = right.strip_prefix(joints.and).unwrap_or(right);
        let rest = if right.is_empty() { 0 } else { joints.below_ten_thousand(right, known)? };
        (thousands < 1000 && rest < 1000).then_some(thousands * 1000 + rest)
    };
    if let Some(n) = whole(word) {
        // «neunzehnhundert» is a year.
        let year = !word.contains(joints.thousand) && n > 1000;
        return Some(match u16::try_from(n) {
            Ok(n) if year => NumberWord::Year(n),
            Ok(n) if n < 1000 => NumberWord::cardinal(n.into()),
            _ => NumberWord::Large(n),
        });
    }
    let stem = joints.ordinal_endings.iter().find_map(|ending| word.strip_suffix(ending))?;
    u16::try_from(whole(stem)?).ok().map(NumberWord::Ordinal)
}

impl Joints {
    /// A number without thousands: below a thousand, or by its hundreds up to 19.
    fn below_ten_thousand(&self, word: &str, known: Known<'_>) -> Option<u32> {
        let below = |word: &str| {
            if word == self.one { Some(1) } else { known(word)?.below_thousand().map(u32::from) }
        };
        if let Some(n) = below(word) {
            return Some(n);
        }
        let (left, right) = word.split_once(self.hundred)?;
        let hundreds =
            if left.is_empty() { 1 } else { below(left).filter(|n| matches!(n, 1..=9 | 11..=19))? };
        let right = right.strip_prefix(self.and).unwrap_or(right);
        let rest = if right.is_empty() { 0 } else { below(right).filter(|n| *n < 100)? };
        Some(hundreds * 100 + rest)
    }
}

fn italian_split(word: &str, known: Known<'_>) -> Option<NumberWord> {
    let below = |word: &str| known(word)?.below_thousand().map(u32::from);
    let whole = |word: &str| {
        let (thousands, rest) = match word.strip_prefix("mille") {
            Some(rest) => (1, rest),
            None => word.split_once("mila").and_then(|(left, rest)| Some((below(left)?, rest)))?,
        };
        let rest = rest.strip_prefix('e').unwrap_or(rest);
        Some(thousands * 1000 + if rest.is_empty() { 0 } else { below(rest)? })
    };
    if let Some(n) = whole(word) {
        return Some(NumberWord::Large(n));
    }
    // The last vowel goes: undici, undicesimo; but ventitreesimo.
    let stem = ["esimo", "esima", "esimi", "esime"].iter().find_map(|ending| word.strip_suffix(ending))?;
    let number = |word: String| below(&word).or_else(|| whole(&word));
    let n = ["", "i", "o", "e", "a"].iter().find_map(|vowel| number(format!("{stem}{vowel}")))?;
    // «centesimo» and «millesimo» are parts and coins.
    u16::try_from(n).ok().filter(|n| *n > 10 && !matches!(n, 100 | 1000)).map(NumberWord::Ordinal)
}
