//! Words of a text, folded for comparison.
//!
//! In: a segment's text. Out: its words in order, each with the folded spelling and the span it has in
//! the text. Guarantee: spans lie on character boundaries, in order, without overlap.

use crate::bitext::TextSpan;

use super::chars::{
    fold_arabic, is_alphanumeric, is_basic_arabic, is_combining, is_han_or_kana, is_hangul, is_inside_words,
    is_invisible, is_mark, is_presentation_form, is_unspaced,
};
use super::digits::digit;

/// A word as it is compared: lower case, without harakat, accents and tatweel, letters unified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// The folded spelling.
    pub folded: String,
    /// Where the word stands in the text.
    pub span: TextSpan,
    /// Whether the spelling begins with a capital letter (scripts that have them).
    pub capital: bool,
}

/// The words of `text`; digits count as words, punctuation does not.
///
/// Chinese, Japanese, Thai, Lao, Khmer and Burmese text, which puts no spaces between words, is cut by the
/// dictionaries and models of ICU4X. Where Arabic and Latin letters meet a word ends: وLinux is و and Linux.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::with_capacity(text.len() / 6 + 1);
    each_word(text, |folded, span, capital| out.push(Word { folded: folded.to_owned(), span, capital }));
    out
}

/// Calls `f` with each word's folded spelling, span and whether it begins with a capital: [`words`]
/// without allocating for each.
pub(crate) fn each_word(text: &str, mut f: impl FnMut(&str, TextSpan, bool)) {
    let mut folded = String::with_capacity(32);
    let mut chars = text.char_indices().peekable();
    while let Some(&(start, c)) = chars.peek() {
        if is_unspaced(c) {
            let mut end = start;
            while let Some(&(at, c)) = chars.peek()
                && (is_unspaced(c) || is_mark(c) || is_joiner(c))
            {
                end = at + c.len_utf8();
                chars.next();
            }
            each_unspaced(&text[start..end], &mut folded, |folded, span| {
                f(folded, span.shifted(start), false);
            });
            continue;
        }
        if !is_alphanumeric(c) {
            chars.next();
            continue;
        }
        folded.clear();
        let mut end = start;
        let mut before = c;
        while let Some(&(at, c)) = chars.peek() {
            if scripts_meet(before, c) {
                break;
            }
            if !is_inside_words(c) {
                before = c;
            }
            let continues = (is_alphanumeric(c) && !is_unspaced(c)) || is_mark(c) || is_combining(c);
            if continues {
                push_folded(c, &mut folded);
            } else if is_inside_words(c) {
                // An invisible mark belongs to the word if the word goes on after it.
                let mut ahead = chars.clone();
                while ahead.next_if(|&(_, c)| is_inside_words(c)).is_some() {}
                if !ahead.peek().is_some_and(|&(_, n)| is_alphanumeric(n) && !is_unspaced(n)) {
                    break;
                }
            } else if is_apostrophe(c) {
                // An apostrophe inside a word belongs to it: don't, l'eau, Iraq's.
                let mut ahead = chars.clone();
                ahead.next();
                if !ahead.peek().is_some_and(|&(_, n)| n.is_alphabetic()) {
                    break;
                }
                folded.push('\'');
            } else {
                break;
            }
            end = at + c.len_utf8();
            chars.next();
        }
        let word = strip_possessive(&folded);
        if !word.is_empty() {
            f(word, TextSpan::new(start, end), c.is_uppercase());
        }
    }
}

/// For each character of a word's span where it stands in `text`, and where its folded spelling ends in the
/// word's: to find the place of a part of the folded word.
pub(crate) fn folded_places(text: &str, span: TextSpan) -> Vec<(usize, usize)> {
    let mut folded = String::new();
    text[span.range()]
        .char_indices()
        .map(|(at, c)| {
            push_folded(c, &mut folded);
            (span.start + at, folded.len())
        })
        .collect()
}

/// Calls `f` with the words of a run of a script written without blanks, as dictionaries and models of ICU4X
/// cut it.
fn each_unspaced(run: &str, folded: &mut String, mut f: impl FnMut(&str, TextSpan)) {
    let mut from = 0;
    for to in SEGMENTER.segment_str(run) {
        if to > from {
            folded.clear();
            run[from..to].chars().for_each(|c| push_folded(c, folded));
            if !folded.is_empty() {
                f(folded, TextSpan::new(from, to));
            }
        }
        from = to;
    }
}

static SEGMENTER: std::sync::LazyLock<icu_segmenter::WordSegmenterBorrowed<'static>> =
    std::sync::LazyLock::new(|| {
        icu_segmenter::WordSegmenter::new_auto(icu_segmenter::options::WordBreakInvariantOptions::default())
    });

/// Marks that join or part the letters beside them, and are no letters.
const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{00AD}')
}

/// Whether a word ends between two letters: one is Arabic and the other one of A to Z, or one is Hangul and the other
/// a digit or one of A to Z.
const fn scripts_meet(before: char, after: char) -> bool {
    after.is_ascii_alphabetic() && is_basic_arabic(before)
        || before.is_ascii_alphabetic() && is_basic_arabic(after)
        || after.is_ascii_alphanumeric() && is_hangul(before)
        || before.is_ascii_alphanumeric() && is_hangul(after)
}

/// Number of characters of `text` that count towards its length: letters, digits, punctuation and single
/// spaces; harakat, tatweel and invisible marks do not. Han and kana count as the three letters that they are worth.
pub(crate) fn measured_length(text: &str) -> usize {
    let mut length = 0;
    let mut white = true;
    for c in text.chars() {
        if c.is_ascii() {
            let space = c.is_ascii_whitespace();
            length += usize::from(!(space && white) && (!c.is_ascii_control() || space));
            white = space;
        } else if is_han_or_kana(c) {
            length += 3;
            white = false;
        } else if !is_mark(c) && !is_invisible(c) {
            let space = c.is_whitespace();
            length += usize::from(!(space && white));
            white = space;
        }
    }
    length
}

fn push_folded(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    if ('\u{0600}'..='\u{06FF}').contains(&c) {
        if let Some((value, _)) = digit(c) {
            out.push(char::from(b'0' + value));
        } else if let Some(folded) = fold_arabic(c) {
            out.push(folded);
        }
        return;
    }
    if is_mark(c) {
        return;
    }
    if is_presentation_form(c) {
        use unicode_normalization::UnicodeNormalization;
        for d in std::iter::once(c).nfkc() {
            if let Some(folded) = fold_arabic(d) {
                out.push(folded);
            }
        }
        return;
    }
    for lower in c.to_lowercase() {
        match lower {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' => out.push('d'),
            'ı' => out.push('i'),
            _ => push_letter(lower, out),
        }
    }
}

/// Adds a letter without the marks that comparison leaves out; what else it is made of (the parts of a Hangul syllable,
/// the voicing of kana, Indic vowel signs) stays with it, and is one with it however the text writes it.
fn push_letter(c: char, out: &mut String) {
    use unicode_normalization::char::{compose, decompose_canonical};
    if let Some((value, _)) = digit(c) {
        out.push(char::from(b'0' + value));
        return;
    }
    let (mut base, mut more) = (c, false);
    let mut parts = 0;
    decompose_canonical(c, |d| {
        parts += 1;
        match parts {
            1 => base = d,
            _ => more |= !is_mark(d),
        }
    });
    let letter = if more { c } else { base };
    if is_mark(letter) {
        return;
    }
    if (is_combining(letter) || matches!(letter, '\u{1160}'..='\u{11FF}'))
        && let Some(whole) = out.chars().next_back().and_then(|last| compose(last, letter))
    {
        out.pop();
        out.push(whole);
        return;
    }
    out.push(letter);
}

fn strip_possessive(word: &str) -> &str {
    word.strip_suffix("'s").unwrap_or(word).trim_matches('\'')
}

const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str) -> String {
        words(text).into_iter().map(|w| w.folded).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn folds_spelling_and_keeps_apostrophes_inside_words() {
        insta::assert_snapshot!(check("Iraq's Minister, l\u{2019}Été; don't 'stop'"), @"iraq minister l'ete don't stop");
        insta::assert_snapshot!(check("أكَّدَ الوَفْدانِ ٢٢ تمـــوز"), @"اكد الوفدان 22 تموز");
        insta::assert_snapshot!(check("Straße Łódź"), @"strasse lodz");
        insta::assert_snapshot!(check("وLinux والـAPI وPDFات"), @"و linux وال api و pdf ات");
        insta::assert_snapshot!(check("联合声明 2024 年"), @"联合 声明 2024 年");
    }

    #[test]
    fn words_of_every_script_stay_whole() {
        // The virama, vowel signs and joiners are inside words; the nukta is left out, as accents are.
        insta::assert_snapshot!(check("हिन्दी में लड़का ५०"), @"हिन्दी में लडका 50");
        insta::assert_snapshot!(check("ক্\u{200D}ষ বাংলা"), @"ক্ষ বাংলা");
        insta::assert_snapshot!(check("می\u{200C}شود کتاب\u{200C}ها"), @"ميشود كتابها");
        insta::assert_snapshot!(check("ex\u{AD}ample wo\u{2060}rd a\u{200F}b \u{200E}c\u{200E}, d"), @"example word ab c d");
        insta::assert_snapshot!(check("정부는 발표했다"), @"정부는 발표했다");
        insta::assert_snapshot!(check("ガンダム"), @"ガンダム");
    }

    #[test]
    fn composed_and_decomposed_spellings_are_alike() {
        use unicode_normalization::UnicodeNormalization;
        for text in [
            "정부는 23명이라고 발표했다",
            "ガンダムとパリ",
            "कोलकाता ऩ ड़",
            "কোলকাতা",
            "Łódź élève Ångström",
            "أحمد مؤمن",
        ] {
            let (composed, decomposed) = (text.nfc().collect::<String>(), text.nfd().collect::<String>());
            assert_eq!(check(&composed), check(&decomposed), "{text}");
        }
    }

    #[test]
    fn harakat_do_not_lengthen_a_text() {
        assert_eq!(measured_length("كِتَابٌ"), measured_length("كتاب"));
        assert_eq!(measured_length("a  b"), 3);
        // A Thai letter is a letter, a Chinese one a word.
        assert_eq!((measured_length("กฎหมาย"), measured_length("法律")), (6, 6));
    }

    proptest! {
        #[test]
        fn spans_hold_their_words(text in "\\PC{0,60}") {
            let mut from = 0;
            for word in words(&text) {
                prop_assert!(text.get(word.span.range()).is_some());
                prop_assert!(word.span.start >= from);
                prop_assert!(!word.folded.is_empty());
                from = word.span.start;
            }
        }
    }
}
