//! Small tables of German and French number words, units and currencies.
//!
//! In: nothing. Out: words for [`super::senses`]; [`super::number_words_en`] composes them. Guarantee:
//! words lower case.

use super::senses::NumberWord;
use super::unit::{Currency, Unit, UnitWord};

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

/// Calls `add` with every German word and what it says.
pub(super) fn each_german_word(add: &mut dyn FnMut(&str, NumberWord)) {
    for (n, word) in (0..).zip(GERMAN) {
        add(word, if n < 10 { NumberWord::Ones(n) } else { NumberWord::Teen(n) });
    }
    for n in 20..100 {
        let word = german_below_hundred(n);
        add(&word, if n % 10 == 0 { NumberWord::Tens(n as u8) } else { NumberWord::Small(n) });
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
    add("hundert", NumberWord::Hundred);
    add("tausend", NumberWord::Scale(1000));
    add("tausende", NumberWord::ScalePlural(1000));
    add("dutzend", NumberWord::Dozen);
    add("dutzende", NumberWord::Rough(10));
    add("hunderte", NumberWord::Rough(100));
    for (stem, n) in [("million", 1_000_000), ("milliarde", 1_000_000_000), ("billion", 1_000_000_000_000u64)]
    {
        add(stem, NumberWord::Scale(n));
        add(&format!("{}en", stem.trim_end_matches('e')), NumberWord::ScalePlural(n));
    }
    add("mio", NumberWord::Scale(1_000_000));
    add("mrd", NumberWord::Scale(1_000_000_000));
    let stems = ["erst", "zweit", "dritt", "viert", "fünft", "sechst", "siebt", "acht", "neunt", "zehnt"];
    for (n, stem) in (1..).zip(stems) {
        for ending in ["e", "en", "er", "es"] {
            add(&format!("{stem}{ending}"), NumberWord::Ordinal(n));
        }
    }
    add("hälfte", NumberWord::Fraction(1, 2));
    add("drittel", NumberWord::Parts(3));
    add("viertel", NumberWord::Parts(4));
}

const FRENCH: [&str; 17] = [
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
    "treize", "quatorze", "quinze", "seize",
];

/// Calls `add` with every French word and what it says.
pub(super) fn each_french_word(add: &mut dyn FnMut(&str, NumberWord)) {
    // «un» and «une» are articles far more often than numbers.
    for (n, word) in (0..).zip(FRENCH).filter(|&(n, _)| n != 1) {
        add(word, if n < 10 { NumberWord::Ones(n) } else { NumberWord::Teen(n) });
    }
    for (n, word) in [(20, "vingt"), (30, "trente"), (40, "quarante"), (50, "cinquante"), (60, "soixante")] {
        add(word, NumberWord::Tens(n));
    }
    for (n, word) in [(20, "vingts"), (70, "septante"), (80, "huitante"), (90, "nonante")] {
        add(word, NumberWord::Tens(n));
    }
    add("cent", NumberWord::Hundred);
    add("cents", NumberWord::Hundred);
    add("centaines", NumberWord::Rough(100));
    add("dizaines", NumberWord::Rough(10));
    add("mille", NumberWord::Scale(1000));
    add("milliers", NumberWord::ScalePlural(1000));
    for (stem, n) in [("million", 1_000_000), ("milliard", 1_000_000_000), ("billion", 1_000_000_000_000u64)]
    {
        add(stem, NumberWord::Scale(n));
        add(&format!("{stem}s"), NumberWord::ScalePlural(n));
    }
    let ordinals = [
        "premier",
        "deuxième",
        "troisième",
        "quatrième",
        "cinquième",
        "sixième",
        "septième",
        "huitième",
        "neuvième",
        "dixième",
        "onzième",
        "douzième",
    ];
    for (n, word) in (1..).zip(ordinals) {
        add(word, NumberWord::Ordinal(n));
    }
    add("première", NumberWord::Ordinal(1));
    add("vingtième", NumberWord::Ordinal(20));
    add("moitié", NumberWord::Fraction(1, 2));
    add("tiers", NumberWord::Parts(3));
    add("quarts", NumberWord::Parts(4));
}

/// Words for units in German.
pub(super) const UNITS_DE: &[(&[&str], UnitWord)] = &[
    (&["meter", "metern"], UnitWord::Plain(Unit::Metre)),
    (&["kilometer", "kilometern"], UnitWord::Plain(Unit::Kilometre)),
    (&["gramm"], UnitWord::Plain(Unit::Gram)),
    (&["kilogramm", "kilo"], UnitWord::Plain(Unit::Kilogram)),
    (&["tonne", "tonnen"], UnitWord::Plain(Unit::Tonne)),
    (&["liter", "litern"], UnitWord::Plain(Unit::Litre)),
    (&["hektar"], UnitWord::Plain(Unit::Hectare)),
    (&["grad"], UnitWord::Plain(Unit::Degree)),
    (&["sekunde", "sekunden"], UnitWord::Plain(Unit::Second)),
    (&["minute", "minuten"], UnitWord::Plain(Unit::Minute)),
    (&["stunde", "stunden"], UnitWord::Plain(Unit::Hour)),
    (&["tag", "tage", "tagen"], UnitWord::Plain(Unit::Day)),
    (&["woche", "wochen"], UnitWord::Plain(Unit::Week)),
    (&["monat", "monate", "monaten"], UnitWord::Plain(Unit::Month)),
    (&["jahr", "jahre", "jahren"], UnitWord::Plain(Unit::Year)),
    (&["jahrzehnt", "jahrzehnte", "jahrzehnten"], UnitWord::Years(10)),
    (&["jahrhundert", "jahrhunderte"], UnitWord::Plain(Unit::Century)),
];

/// Words for currencies in German.
pub(super) const CURRENCIES_DE: &[(&[&str], Currency)] = &[
    (&["dollar"], Currency::Dollar),
    (&["euro"], Currency::Euro),
    (&["pfund"], Currency::Pound),
    (&["dinar"], Currency::Dinar),
    (&["dirham"], Currency::Dirham),
    (&["rial", "riyal"], Currency::Riyal),
    (&["franken"], Currency::Franc),
    (&["rubel"], Currency::Rouble),
];

/// Words for units in French.
pub(super) const UNITS_FR: &[(&[&str], UnitWord)] = &[
    (&["mètre", "mètres"], UnitWord::Plain(Unit::Metre)),
    (&["kilomètre", "kilomètres"], UnitWord::Plain(Unit::Kilometre)),
    (&["gramme", "grammes"], UnitWord::Plain(Unit::Gram)),
    (&["kilogramme", "kilogrammes", "kilos"], UnitWord::Plain(Unit::Kilogram)),
    (&["tonne", "tonnes"], UnitWord::Plain(Unit::Tonne)),
    (&["litre", "litres"], UnitWord::Plain(Unit::Litre)),
    (&["hectare", "hectares"], UnitWord::Plain(Unit::Hectare)),
    (&["degré", "degrés"], UnitWord::Plain(Unit::Degree)),
    (&["seconde", "secondes"], UnitWord::Plain(Unit::Second)),
    (&["minute", "minutes"], UnitWord::Plain(Unit::Minute)),
    (&["heure", "heures"], UnitWord::Plain(Unit::Hour)),
    (&["jour", "jours"], UnitWord::Plain(Unit::Day)),
    (&["semaine", "semaines"], UnitWord::Plain(Unit::Week)),
    (&["mois"], UnitWord::Plain(Unit::Month)),
    (&["an", "ans", "année", "années"], UnitWord::Plain(Unit::Year)),
    (&["décennie", "décennies"], UnitWord::Years(10)),
    (&["siècle", "siècles"], UnitWord::Plain(Unit::Century)),
];

/// Words for currencies in French.
pub(super) const CURRENCIES_FR: &[(&[&str], Currency)] = &[
    (&["dollar", "dollars"], Currency::Dollar),
    (&["euro", "euros"], Currency::Euro),
    (&["livre", "livres"], Currency::Pound),
    (&["dinar", "dinars"], Currency::Dinar),
    (&["dirham", "dirhams"], Currency::Dirham),
    (&["rial", "riyal", "riyals"], Currency::Riyal),
    (&["franc", "francs"], Currency::Franc),
    (&["rouble", "roubles"], Currency::Rouble),
];
