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
