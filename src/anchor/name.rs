//! Names across scripts: consonant skeletons, and how alike two of them are.
//!
//! In: a word of Arabic or Latin letters. Out: its skeleton, a short ASCII string, and a similarity from
//! 0 to 1 between two skeletons. Guarantee: pure and total; skeletons are computed once per word, and
//! comparing two costs no look at the words again.

use strsim::normalized_damerau_levenshtein;

use crate::normalize::fold_arabic;

use super::token::is_arabic_letter;

/// The consonant skeleton of an Arabic or Latin word: one lower-case ASCII letter per consonant sound,
/// `a` for a vowel at the start, nothing for other vowels, `h` inside and doubled letters. A capital
/// letter at the start is a consonant that may be a proclitic («ل» in «لواشنطن»). Empty for words of
/// other scripts and for words without consonants.
///
/// ```
/// use muqabala::anchor::skeleton;
/// assert_eq!(skeleton("أوباما"), skeleton("Obama"));
/// ```
pub fn skeleton(word: &str) -> String {
    if word.chars().any(is_arabic_letter) { arabic_skeleton(word) } else { latin_skeleton(word) }
}

/// How likely an Arabic and a Latin word are one name, from 0 to 1; see [`skeleton_similarity`].
///
/// ```
/// use muqabala::anchor::name_similarity;
/// assert!(name_similarity("واشنطن", "Washington") > 0.85);
/// assert!(name_similarity("واشنطن", "Baghdad") < 0.5);
/// ```
pub fn name_similarity(arabic: &str, latin: &str) -> f64 {
    skeleton_similarity(&skeleton(arabic), &skeleton(latin))
}

/// How alike two skeletons are, from 0 to 1, symmetric; two equal ones of four consonants or more give 1.
pub fn skeleton_similarity(a: &str, b: &str) -> f64 {
    let with = plain_similarity(&lower(a), &lower(b));
    let without = [without_clitic(a), without_clitic(b)];
    let alternatives = [
        without[0].map(|a| plain_similarity(a, &lower(b))),
        without[1].map(|b| plain_similarity(&lower(a), b)),
    ];
    alternatives.into_iter().flatten().map(|s| s * CLITIC).fold(with, f64::max)
}

/// A name with a proclitic taken off counts slightly less than one as it stands.
const CLITIC: f64 = 0.98;

fn lower(skeleton: &str) -> String {
    skeleton.to_ascii_lowercase()
}

/// The skeleton without an initial consonant that may be a proclitic, if three are left.
fn without_clitic(skeleton: &str) -> Option<&str> {
    let first = skeleton.bytes().next()?;
    (first.is_ascii_uppercase() && skeleton.len() >= 4).then(|| &skeleton[1..])
}

fn plain_similarity(a: &str, b: &str) -> f64 {
    let (shorter, longer) = (a.len().min(b.len()), a.len().max(b.len()));
    if shorter == 0 || shorter * 2 < longer {
        return 0.0;
    }
    let coarse = |s: &str| s.bytes().map(|b| char::from(coarse(b))).collect::<String>();
    let fine = normalized_damerau_levenshtein(a, b);
    let rough = normalized_damerau_levenshtein(&coarse(a), &coarse(b));
    let trust = match shorter {
        1 => 0.5,
        2 => 0.8,
        3 => 0.95,
        _ => 1.0,
    };
    trust * (fine + rough) / 2.0
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
    let mut clitic = false;
    for prefix in
        [&['و', 'ا', 'ل'][..], &['ف', 'ا', 'ل'], &['ب', 'ا', 'ل'], &['ك', 'ا', 'ل'], &['ا', 'ل'], &['ل', 'ل']]
    {
        if rest.len() >= prefix.len() + 3 && rest.starts_with(prefix) {
            rest = &rest[prefix.len()..];
            clitic = true;
            break;
        }
    }
    let may_have_clitic = !clitic && rest.len() >= 5 && matches!(rest[0], 'و' | 'ف' | 'ب' | 'ل' | 'ك');
    let mut out = String::with_capacity(rest.len());
    for (i, &c) in rest.iter().enumerate() {
        let class = match c {
            'ب' | 'پ' => 'b',
            'ت' if rest.get(i + 1) == Some(&'ش') => continue,
            'د' if rest.get(i + 1) == Some(&'ج') => continue,
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
            _ => continue,
        };
        out.push(class);
    }
    if may_have_clitic && let Some(first) = out.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    out
}

fn latin_skeleton(word: &str) -> String {
    let mut letters: Vec<char> = Vec::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        unicode_normalization::char::decompose_compatible(c, |d| {
            if d.is_alphabetic() {
                letters.push(d);
            }
        });
    }
    let mut out = String::with_capacity(letters.len());
    let at = |i: usize| letters.get(i).copied().unwrap_or(' ');
    let mut last = ' ';
    let mut i = 0;
    while i < letters.len() {
        let (class, used) = match (at(i), at(i + 1), at(i + 2)) {
            ('t', 'c', 'h') | ('s', 'c', 'h') => ('x', 3),
            ('g', 'h', 't') => (' ', 2),
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
            _ => (' ', 1),
        };
        if class != ' ' && class != last {
            out.push(class);
        }
        last = class;
        i += used;
    }
    out
}
