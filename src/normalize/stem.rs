//! Light stems: the part of a folded word that its inflected forms share.
//!
//! In: folded words (see [`super::words`]). Out: a default stem, and for lexicon look-ups an ordered list
//! of candidate stems, most literal first. Guarantee: pure; stems of words of two letters or more are
//! never empty. The Arabic rules follow the light10 stemmer's idea (Larkey, Ballesteros and Connell 2002).

use super::chars::is_arabic_word;
use super::irregular;
use crate::bitext::Lang;
use crate::language::{Profile, Stemming};

/// Longest English stem kept as a key, in characters: what follows is inflection more often than meaning.
const KEY_LENGTH: usize = 6;

/// The default key of a folded word.
pub(crate) fn stem(folded: &str, language: &Lang) -> String {
    if folded.bytes().any(|b| b.is_ascii_digit()) {
        return folded.to_owned();
    }
    if is_arabic_word(folded) {
        return prefix(strip_arabic_suffix(strip_arabic_prefix(folded)), 5).to_owned();
    }
    match stemming(language) {
        Stemming::English => prefix(&english_stem(folded), KEY_LENGTH).to_owned(),
        Stemming::Korean => prefix(strip_korean_ending(folded), 4).to_owned(),
        Stemming::Letters(count) => prefix(folded, usize::from(count)).to_owned(),
    }
}

/// Calls `f` with each candidate stem of a folded word, the word itself first, most literal first;
/// one that is reached in several ways comes again. A lexicon takes those it knows.
pub(crate) fn stem_candidates(folded: &str, language: &Lang, mut f: impl FnMut(&str)) {
    f(folded);
    if is_arabic_word(folded) {
        arabic_candidates(folded, &mut f);
    } else if stemming(language) == Stemming::English {
        english_candidates(folded, &mut f);
    }
}

fn stemming(language: &Lang) -> Stemming {
    Profile::of(language).map_or_else(Stemming::default, Profile::stemming)
}

fn prefix(word: &str, chars: usize) -> &str {
    word.char_indices().nth(chars).map_or(word, |(at, _)| &word[..at])
}

/// Particles and endings behind Korean nouns and verbs, longest first.
const KOREAN_ENDINGS: [&str; 68] = [
    "이었습니다",
    "하였습니다",
    "으로부터",
    "이라고는",
    "에서부터",
    "했습니다",
    "입니다",
    "합니다",
    "됩니다",
    "습니다",
    "에게서",
    "으로서",
    "으로써",
    "에서는",
    "에서도",
    "까지는",
    "이라고",
    "라고는",
    "하기로",
    "하면서",
    "했다고",
    "한다고",
    "이라는",
    "하였다",
    "되었다",
    "으로",
    "에서",
    "에게",
    "까지",
    "부터",
    "보다",
    "처럼",
    "마다",
    "조차",
    "하고",
    "하며",
    "하는",
    "했다",
    "한다",
    "된다",
    "됐다",
    "되는",
    "이다",
    "라고",
    "라는",
    "들은",
    "들이",
    "들을",
    "들의",
    "에는",
    "에도",
    "와의",
    "과의",
    "로서",
    "로써",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "로",
    "와",
    "과",
    "도",
    "만",
];

/// A Korean word without its particle or ending, if a syllable or more is left: two before a particle of one.
fn strip_korean_ending(word: &str) -> &str {
    let ending = KOREAN_ENDINGS.iter().find_map(|ending| Some((word.strip_suffix(ending)?, ending)));
    match ending {
        Some((rest, ending)) if letters(rest) >= if letters(ending) == 1 { 2 } else { 1 } => rest,
        _ => word,
    }
}

/// Proclitics, longest first: conjunction + preposition + article.
const ARABIC_PREFIXES: [&str; 22] = [
    "وبال", "وكال", "فبال", "ولل", "فلل", "وال", "فال", "بال", "كال", "لل", "ال", "وس", "فس", "وب", "ول",
    "وك", "فب", "فل", "و", "ف", "ب", "ل",
];

/// More proclitics that only a lexicon may strip, as they are often part of the word.
const ARABIC_VERB_PREFIXES: [&str; 12] = ["سي", "ست", "سن", "سا", "وي", "وت", "ون", "في", "ي", "ت", "ن", "ك"];

/// Enclitics and endings, longest first.
const ARABIC_SUFFIXES: [&str; 27] = [
    "تهما", "كما", "هما", "تهم", "تها", "ونه", "ناه", "وها", "وهم", "ات", "ون", "ين", "ان", "ها", "هم", "هن",
    "كم", "كن", "نا", "ني", "وا", "تم", "ته", "يه", "ه", "ي", "ت",
];

/// Single letters that end a word as a suffix.
const ARABIC_SHORT_SUFFIXES: [&str; 5] = ["ه", "ي", "ا", "ت", "ك"];

fn letters(word: &str) -> usize {
    word.chars().count()
}

fn strip_arabic_prefix(word: &str) -> &str {
    for p in ARABIC_PREFIXES {
        // Single letters stay: they are often the word's own (a vocabulary can tell, see `Vocabulary`).
        if let Some(rest) = word.strip_prefix(p)
            && letters(rest) >= 3
            && (p.contains("ال") || p.contains("لل"))
        {
            return rest;
        }
    }
    word
}

fn strip_arabic_suffix(word: &str) -> &str {
    for s in ARABIC_SUFFIXES {
        let least = if matches!(s, "ون" | "ين" | "ان") { 4 } else { 3 };
        if let Some(rest) = word.strip_suffix(s)
            && letters(rest) >= least
        {
            return rest;
        }
    }
    word
}

fn arabic_candidates(word: &str, f: &mut impl FnMut(&str)) {
    let mut bases: Vec<&str> = vec![word];
    for p in ARABIC_PREFIXES.iter().chain(&ARABIC_VERB_PREFIXES) {
        if let Some(rest) = word.strip_prefix(p)
            && letters(rest) >= 2
        {
            f(rest);
            bases.push(rest);
        }
    }
    let mut form = String::new();
    for base in bases {
        for s in ARABIC_SUFFIXES.iter().chain(&ARABIC_SHORT_SUFFIXES) {
            if let Some(rest) = base.strip_suffix(s)
                && letters(rest) >= 2
            {
                f(rest);
                // زيارتهم → زيارة, كتبوا → كتب, أقوى ← أقوا: the tied teh and the weak ending come back.
                joined(&[rest.strip_suffix('ت').unwrap_or(rest), "ه"], &mut form, f);
            }
        }
        if letters(base) >= 3 {
            for end in ["ه", "ي"] {
                joined(&[base, end], &mut form, f);
            }
        }
    }
    arabic_verb_candidates(word, f);
}

/// Persons of the imperfect: ستحتاج is يحتاج in another person, and in the future.
const ARABIC_PERSONS: [char; 4] = ['ي', 'ت', 'ن', 'ا'];

/// Endings of the imperfect: numbers, moods and objects.
const ARABIC_IMPERFECT_SUFFIXES: [&str; 12] =
    ["ونها", "ونه", "ون", "ين", "ان", "وا", "هم", "ها", "نا", "ه", "ك", "ن"];

/// Endings of the perfect before which the vowel of a hollow verb falls out: قلت of قال.
const ARABIC_PERFECT_SUFFIXES: [&str; 5] = ["نا", "تم", "ت", "ن", "تها"];

/// The forms of a verb that lexicons give, for others: the third person of the imperfect (نحتاج → يحتاج), the perfect
/// with the alif of derived verbs (نحتاج → احتاج), the long vowel of hollow verbs (قلت → قال, يكن → يكون) and the
/// last letter of weak ones (دعت → دعا, ادت → ادي).
fn arabic_verb_candidates(word: &str, f: &mut impl FnMut(&str)) {
    // The first letter may be the word's own: both readings are tried.
    let bare = word.strip_prefix(['و', 'ف']).filter(|rest| letters(rest) >= 3);
    let (mut form, mut third) = (String::new(), String::new());
    for word in std::iter::once(word).chain(bare) {
        for stem in ARABIC_PERFECT_SUFFIXES.iter().filter_map(|ending| word.strip_suffix(ending)) {
            if letters(stem) >= 2 {
                lengthened(stem, "ا", &mut form, f);
            }
        }
        if let Some(stem) = word.strip_suffix("ت").or_else(|| word.strip_suffix("وا"))
            && letters(stem) >= 2
        {
            for last in ["ي", "ا"] {
                joined(&[stem, last], &mut form, f);
            }
        }
        let imperfect =
            word.strip_prefix(['س', 'ل']).filter(|rest| rest.starts_with(ARABIC_PERSONS)).unwrap_or(word);
        let Some(stem) = imperfect.strip_prefix(ARABIC_PERSONS) else { continue };
        let endings = ARABIC_IMPERFECT_SUFFIXES.iter().filter_map(|ending| stem.strip_suffix(ending));
        for stem in std::iter::once(stem).chain(endings).filter(|stem| letters(stem) >= 2) {
            third.clear();
            third.extend(["ي", stem]);
            if letters(stem) >= 3 {
                f(&third);
            }
            if letters(stem) >= 4 {
                joined(&["ا", stem], &mut form, f);
            }
            for vowel in ["و", "ي"] {
                lengthened(&third, vowel, &mut form, f);
            }
        }
    }
}

/// Calls `f` with the parts as one word.
fn joined(parts: &[&str], form: &mut String, f: &mut impl FnMut(&str)) {
    form.clear();
    form.extend(parts.iter().copied());
    f(form);
}

/// Calls `f` with a vowel before the last letter of `stem`.
fn lengthened(stem: &str, vowel: &str, form: &mut String, f: &mut impl FnMut(&str)) {
    if let Some((last, _)) = stem.char_indices().next_back() {
        joined(&[&stem[..last], vowel, &stem[last..]], form, f);
    }
}

fn english_stem(word: &str) -> String {
    let n = word.len();
    let cut = |k: usize| word[..n - k].to_owned();
    if !word.is_ascii() {
        return word.to_owned();
    }
    if n > 5 && word.ends_with("ies") {
        return cut(3) + "y";
    }
    if n > 5 && word.ends_with("ing") {
        return undouble(cut(3));
    }
    if n > 4 && word.ends_with("ed") {
        return undouble(cut(2));
    }
    if n > 5
        && (word.ends_with("sses")
            || word.ends_with("shes")
            || word.ends_with("ches")
            || word.ends_with("xes"))
    {
        return cut(2);
    }
    if n > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("is")
    {
        return strip_e(cut(1));
    }
    if n > 5 && word.ends_with("ly") {
        return cut(2);
    }
    strip_e(word.to_owned())
}

fn strip_e(word: String) -> String {
    match word.strip_suffix('e') {
        Some(rest) if rest.len() >= 3 => rest.to_owned(),
        _ => word,
    }
}

fn undouble(mut word: String) -> String {
    let b = word.as_bytes();
    if b.len() > 3 && b[b.len() - 1] == b[b.len() - 2] && !matches!(b[b.len() - 1], b'l' | b's' | b'e') {
        word.pop();
    }
    word
}

fn english_candidates(word: &str, f: &mut impl FnMut(&str)) {
    const RULES: [(&str, &[&str]); 25] = [
        ("'s", &[""]),
        ("n't", &[""]),
        ("ies", &["y", "ie"]),
        ("ied", &["y"]),
        ("ves", &["f", "fe", "ve"]),
        ("es", &["", "e"]),
        ("s", &[""]),
        ("ing", &["", "e"]),
        ("ed", &["", "e"]),
        ("ly", &["", "le"]),
        ("ily", &["y"]),
        ("er", &["", "e"]),
        ("est", &["", "e"]),
        ("ier", &["y"]),
        ("iest", &["y"]),
        ("ment", &["", "e"]),
        ("ness", &[""]),
        ("iness", &["y"]),
        ("ation", &["e", ""]),
        ("ion", &["e", ""]),
        ("or", &["", "e"]),
        ("able", &["", "e"]),
        ("ful", &[""]),
        ("less", &[""]),
        ("al", &["", "e"]),
    ];
    if !word.is_ascii() {
        return;
    }
    irregular::lemmas(word).for_each(&mut *f);
    let mut with = |stem: &str, ending: &str| f(&format!("{stem}{ending}"));
    for (ending, replacements) in RULES {
        let Some(stem) = word.strip_suffix(ending) else { continue };
        if stem.len() < 2 {
            continue;
        }
        for replacement in replacements {
            with(stem, replacement);
        }
        let b = stem.as_bytes();
        if b.len() > 2 && b[b.len() - 1] == b[b.len() - 2] {
            with(&stem[..stem.len() - 1], "");
        }
    }
    for start in ["un", "non", "re", "in", "dis", "co"] {
        if let Some(rest) = word.strip_prefix(start)
            && rest.len() >= 4
        {
            with(rest, "");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn korean_words_lose_their_particles_and_endings() {
        let korean: Lang = "ko".parse().unwrap();
        for forms in [
            ["정부는", "정부가", "정부에서는"],
            ["발표했다", "발표하는", "발표했습니다"],
            ["도시를", "도시의", "도시"],
        ] {
            let stems = forms.map(|form| stem(form, &korean));
            assert!(stems.iter().all(|s| *s == stems[0]), "{forms:?}: {stems:?}");
        }
        assert_eq!(stem("나는", &korean), "나는");
    }

    fn stems(words: &str, language: &Lang) -> String {
        words.split(' ').map(|w| stem(w, language)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn inflected_forms_share_a_stem() {
        insta::assert_snapshot!(stems("والعراقيين العراق عراقيه وزاره الوزارات بالتعاون", &Lang::arabic()), @"عراقي عراق عراق وزار وزار تعاون");
        insta::assert_snapshot!(stems("agreed agree agrees running stopped countries delegations", &Lang::english()), @"agre agre agre run stop countr delega");
    }

    #[test]
    fn candidates_reach_the_lemma() {
        let reach = |word: &str, lemma: &str, language: &Lang| {
            let mut found = false;
            stem_candidates(word, language, |c| found |= c == lemma);
            assert!(found, "{word} does not reach {lemma}");
        };
        for (word, lemma) in [
            ("وزيارتهم", "زياره"),
            ("سيكتبون", "كتب"),
            ("للكتاب", "كتاب"),
            ("قرارات", "قرار"),
            ("اليهم", "الي"),
            ("نحتاج", "يحتاج"),
            ("وسنحتاجه", "احتاج"),
            ("تستطيع", "يستطيع"),
            ("اكتبها", "يكتب"),
            ("قلت", "قال"),
            ("وارادت", "اراد"),
            ("استطعنا", "استطاع"),
            ("يكن", "يكون"),
            ("فلتقل", "يقول"),
            ("دعت", "دعا"),
            ("اعطوا", "اعطي"),
        ] {
            reach(word, lemma, &Lang::arabic());
        }
        for (word, lemma) in [
            ("stopped", "stop"),
            ("wives", "wife"),
            ("happily", "happy"),
            ("making", "make"),
            ("unhappy", "happy"),
            ("forgiven", "forgive"),
        ] {
            reach(word, lemma, &Lang::english());
        }
    }
}
