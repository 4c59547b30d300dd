//! Number words that a language writes together, where listing them would be no data but their grammar.
//!
//! In: nothing. Out: every compound word with its number. Guarantee: words lower case.

use super::word::NumberWord;

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

/// German: «einundzwanzig», «zweihundertfünf», «dreißigste».
pub(super) fn german(add: &mut dyn FnMut(&str, NumberWord)) {
    for n in 20..100 {
        let word = german_below_hundred(n);
        add(&word, NumberWord::Small(n));
        add(&word.replace("dreißig", "dreissig"), NumberWord::Small(n));
        for ending in ["ste", "sten", "ster", "stes"] {
            add(&format!("{word}{ending}"), NumberWord::Ordinal(n));
        }
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
            accented(&format!("{stem}{rest}"), NumberWord::Small(hundreds * 100 + n));
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
