//! Names across scripts: consonant skeletons, and how alike two of them are.
//!
//! In: a word of Arabic or Latin letters. Out: its skeleton, a short ASCII string, and a similarity from
//! 0 to 1 between two skeletons. Guarantee: pure and total; skeletons are computed once per word, and
//! comparing two costs no look at the words again.
//!
//! The form was chosen on 187 true pairs, clitics and exonyms among them, against all wrong pairs of the
//! same names (34,781; the test `name_similarity_keeps_its_precision_and_recall`). At a threshold of 0.85
//! 166 true pairs pass (recall .89) and 11 wrong ones (.03 %, nearly all of them names of one sound:
//! Abbas and Abbasi, Khamenei and Khomeini), a precision of .94; at 0.75 recall is .93 and 66 wrong pairs pass.
//! The similarity is the mean of three of `strsim`'s: edit distance over consonants, edit distance over
//! coarse classes of consonants, and Jaro-Winkler; short skeletons count less, unless their vowels agree.

use strsim::{jaro_winkler, normalized_damerau_levenshtein};

use crate::normalize::{fold_arabic, is_arabic_letter};

use super::sound;

/// The consonant skeleton of an Arabic or Latin word: one lower-case ASCII letter per consonant sound,
/// `a` for a vowel at the start, nothing for `h` inside and doubled letters; then, after a point, the
/// vowels that are written, as `a`, `i` and `u`. A capital letter at the start is a consonant that may
/// be a proclitic («ل» in «لواشنطن»). Empty for words of other scripts and for words without consonants.
pub(crate) fn skeleton(word: &str) -> String {
    if word.chars().any(is_arabic_letter) {
        return arabic_skeleton(word);
    }
    match sound::sounds(word) {
        Some(sounds) => {
            let mut consonants = sounds.consonants;
            // The Hebrew letters that are written together with the word after them.
            if consonants.len() >= 5 && word.starts_with(['ו', 'ה', 'ב', 'כ', 'ל', 'מ', 'ש']) {
                consonants[..1].make_ascii_uppercase();
            }
            joined(consonants, &sounds.vowels)
        }
        None => latin_skeleton(word),
    }
}

/// How likely an Arabic and a Latin word are one name, from 0 to 1; 1 for two of four equal consonants or more, 0 for
/// two that share fewer than three in five.
///
/// ```
/// use muqabala::anchor::name_similarity;
/// assert!(name_similarity("واشنطن", "Washington") > 0.85);
/// assert!(name_similarity("واشنطن", "Baghdad") < 0.5);
/// ```
pub fn name_similarity(arabic: &str, latin: &str) -> f64 {
    skeleton_similarity(&skeleton(arabic), &skeleton(latin))
}

/// How alike two skeletons are, from 0 to 1, symmetric; two equal ones of four consonants or more give 1,
/// two that share fewer than three in five consonants 0.
///
/// O(nm) in the skeletons' lengths, and O(n + m) for most wrong pairs.
pub(crate) fn skeleton_similarity(a: &str, b: &str) -> f64 {
    let vague = |s: &str| s.bytes().any(|b| matches!(b, b'j' | b'o'));
    if !vague(a) && !vague(b) {
        return exact_similarity(a, b);
    }
    // One of the languages has one sound for `l` and `r`, and leaves out an `r` behind vowels.
    let liquids = |s: &str| s.replace(['l', 'r'], "j").replace("jj", "j");
    let (a, b) = (liquids(a), liquids(b));
    let read = |r: &str| exact_similarity(&a.replace('o', r), &b.replace('o', r));
    read("").max(if a.contains('o') || b.contains('o') { read("j") } else { 0.0 })
}

/// The similarity of two skeletons whose sounds are all distinct.
fn exact_similarity(a: &str, b: &str) -> f64 {
    let ((a, a_vowels), (b, b_vowels)) = (parts(a), parts(b));
    let (shorter, longer) = (a.len().min(b.len()), a.len().max(b.len()));
    if shorter == 0 || shorter * 2 < longer {
        return 0.0;
    }
    if shared(a, b) * 5 < longer * 3 {
        return 0.0;
    }
    let vowels = is_subsequence(a_vowels, b_vowels) || is_subsequence(b_vowels, a_vowels);
    let agreement = if vowels { Vowels::Agree } else { Vowels::Differ };
    let (lower_a, lower_b) = (a.to_ascii_lowercase(), b.to_ascii_lowercase());
    let mut best = consonant_similarity(&lower_a, &lower_b, agreement);
    // A consonant that may be a proclitic is taken off, if three others are left.
    if a.len() >= 4 && a.as_bytes()[0].is_ascii_uppercase() {
        best = best.max(CLITIC * consonant_similarity(&lower_a[1..], &lower_b, agreement));
    }
    if b.len() >= 4 && b.as_bytes()[0].is_ascii_uppercase() {
        best = best.max(CLITIC * consonant_similarity(&lower_a, &lower_b[1..], agreement));
    }
    best
}

/// A name with a proclitic taken off counts slightly less than one as it stands.
const CLITIC: f64 = 0.98;

/// Whether the vowels that both sides write can be the same ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Vowels {
    Agree,
    Differ,
}

/// The consonants and the vowels of a skeleton.
fn parts(skeleton: &str) -> (&str, &str) {
    // A skeleton is too short for a search of its own to be worth its beginning.
    let end = skeleton.bytes().position(|b| b == b'.').unwrap_or(skeleton.len());
    (&skeleton[..end], skeleton.get(end + 1..).unwrap_or(""))
}

/// How many consonants two skeletons share in any order, by their coarse classes: no alignment of the two
/// can match more.
fn shared(a: &str, b: &str) -> usize {
    /// The coarse class of each ASCII letter, as one of 32; skeletons hold no others.
    const CLASSES: [u8; 128] = {
        let mut classes = [0; 128];
        let mut c = 0u8;
        while c < 128 {
            classes[c as usize] = coarse(c.to_ascii_lowercase()) & 31;
            c += 1;
        }
        classes
    };
    let class = |c: u8| usize::from(CLASSES[usize::from(c & 127)]);
    let mut counts = [0i32; 32];
    for c in a.bytes() {
        counts[class(c)] += 1;
    }
    let mut shared = 0;
    for c in b.bytes() {
        let count = &mut counts[class(c)];
        shared += usize::from(*count > 0);
        *count -= 1;
    }
    shared
}

/// Whether the characters of `short` stand in `long` in the same order.
fn is_subsequence(short: &str, long: &str) -> bool {
    let mut rest = long.bytes();
    short.bytes().all(|v| rest.any(|w| w == v))
}

fn consonant_similarity(a: &str, b: &str, vowels: Vowels) -> f64 {
    let coarse = |s: &str| s.bytes().map(|b| char::from(coarse(b))).collect::<String>();
    let fine = normalized_damerau_levenshtein(a, b);
    if fine < 0.3 {
        return fine;
    }
    let rough = normalized_damerau_levenshtein(&coarse(a), &coarse(b));
    let winkler = jaro_winkler(a, b);
    // The fewer consonants, the more names share them; then the vowels must speak for the pair.
    let trust = match (a.len().min(b.len()), vowels) {
        (1, Vowels::Differ) => 0.4,
        (2, Vowels::Agree) => 0.88,
        (1, Vowels::Agree) | (2, Vowels::Differ) => 0.7,
        (3, Vowels::Agree) => 0.98,
        (3, Vowels::Differ) => 0.87,
        (_, Vowels::Agree) => 1.0,
        (_, Vowels::Differ) => 0.97,
    };
    trust * (fine + rough + winkler) / 3.0
}

/// Consonants that transcriptions exchange.
const fn coarse(class: u8) -> u8 {
    match class {
        b'g' => b'k',
        b'z' | b'x' => b's',
        b'd' => b't',
        b'f' | b'w' => b'b',
        b'm' => b'n',
        other => other,
    }
}

fn arabic_skeleton(word: &str) -> String {
    let folded: Vec<char> = word.chars().filter_map(fold_arabic).collect();
    let mut rest = &folded[..];
    let mut article = false;
    // «إليزابيث» has no article: the article's alef is bare.
    if word.starts_with(['ا', 'و', 'ب', 'ل']) {
        for prefix in [&['و', 'ا', 'ل'][..], &['ب', 'ا', 'ل'], &['ا', 'ل'], &['ل', 'ل']] {
            if rest.len() >= prefix.len() + 3 && rest.starts_with(prefix) {
                rest = &rest[prefix.len()..];
                article = true;
                break;
            }
        }
    }
    let clitic = !article && rest.len() >= 5 && matches!(rest[0], 'و' | 'ف' | 'ب' | 'ل' | 'ك');
    let (mut out, mut vowels) = (String::with_capacity(rest.len() + 1), String::new());
    for (i, &c) in rest.iter().enumerate() {
        let next = rest.get(i + 1).copied();
        let class = match c {
            'ت' if next == Some('ش') => continue,
            'د' if next == Some('ج') => continue,
            'ل' if next == Some('ل') => continue,
            'ب' | 'پ' => 'b',
            'ت' | 'ط' | 'ث' => 't',
            'د' | 'ذ' | 'ض' => 'd',
            'ج' | 'غ' | 'گ' | 'ژ' => 'g',
            'ك' | 'ق' | 'خ' => 'k',
            'ح' | 'ه' if i == 0 => 'h',
            'ر' => 'r',
            'ز' | 'ظ' => 'z',
            'س' | 'ص' => 's',
            'ش' | 'چ' => 'x',
            'ف' | 'ڤ' => 'f',
            'ل' => 'l',
            'م' => 'm',
            'ن' => 'n',
            'و' if i == 0 => 'w',
            'ي' if i == 0 => 'y',
            'ا' | 'ع' if i == 0 => 'a',
            'و' | 'ي' | 'ا' => {
                vowels.push(match c {
                    'و' => 'u',
                    'ي' => 'i',
                    _ => 'a',
                });
                continue;
            }
            _ => continue,
        };
        out.push(class);
    }
    if clitic && let Some(first) = out.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    joined(out, &vowels)
}

fn joined(mut consonants: String, vowels: &str) -> String {
    if !vowels.is_empty() && !consonants.is_empty() {
        consonants.push('.');
        consonants.push_str(vowels);
    }
    consonants
}

#[expect(clippy::match_same_arms, reason = "the order of the arms is that of the spellings, longest first")]
fn latin_skeleton(word: &str) -> String {
    let mut letters: Vec<char> = Vec::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        let c = if c == 'ç' { 's' } else { c };
        unicode_normalization::char::decompose_compatible(c, |d| {
            if d.is_alphabetic() {
                letters.push(d);
            }
        });
    }
    let (mut out, mut vowels) = (String::with_capacity(letters.len() + 1), String::new());
    let at = |i: usize| letters.get(i).copied().unwrap_or(' ');
    let mut last = ' ';
    let mut i = 0;
    while i < letters.len() {
        let (class, used) = match (at(i), at(i + 1), at(i + 2)) {
            ('t' | 's', 'c', 'h') => ('x', 3),
            ('g', 'h', 't') => (' ', 2),
            ('c', 'h', 'r' | 'l') => ('k', 2),
            ('s' | 'c', 'h', _) => ('x', 2),
            ('p', 'h', _) => ('f', 2),
            ('t', 'h', _) => ('t', 2),
            ('k', 'h', _) => ('k', 2),
            ('g' | 'z', 'h', _) | ('d', 'j' | 'g', _) => ('g', 2),
            ('d', 'h', _) => ('d', 2),
            ('c', 'z', _) => ('x', 2),
            ('c', 'k' | 'q', _) => ('k', 2),
            ('s', 'c', 'e' | 'i' | 'y') => ('s', 2),
            ('c', 'e' | 'i' | 'y', _) => ('s', 1),
            ('c' | 'k' | 'q', ..) => ('k', 1),
            ('x', ..) if i > 0 => {
                out.push('k');
                ('s', 1)
            }
            ('x', ..) => ('z', 1),
            ('b' | 'p', ..) => ('b', 1),
            ('t', ..) => ('t', 1),
            ('d' | 'ð', ..) => ('d', 1),
            ('g' | 'j', ..) => ('g', 1),
            ('h', ..) if i == 0 => ('h', 1),
            ('r', ..) => ('r', 1),
            ('z', ..) => ('z', 1),
            ('s' | 'ß', ..) => ('s', 1),
            ('f' | 'v', ..) => ('f', 1),
            ('l', ..) => ('l', 1),
            ('m', ..) => ('m', 1),
            ('n', ..) => ('n', 1),
            ('w', ..) if i == 0 => ('w', 1),
            ('y', ..) if i == 0 => ('y', 1),
            ('a' | 'e' | 'i' | 'o' | 'u', ..) if i == 0 => ('a', 1),
            ('a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w', ..) => {
                // Arabic writes e as ي or not at all, o as و.
                vowels.push(match at(i) {
                    'a' => 'a',
                    'o' | 'u' | 'w' => 'u',
                    _ => 'i',
                });
                (' ', 1)
            }
            _ => (' ', 1),
        };
        if class != ' ' && class != last {
            out.push(class);
        }
        last = class;
        i += used;
    }
    joined(out, &vowels)
}
