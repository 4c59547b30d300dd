//! Two of a thing, said by the dual of its noun: «كتابين», «حبتان», «كتابا المؤلف».
//!
//! In: a token of an Arabic text that means nothing else. Out: an anchor of 2, which may help and never harms, as the
//! endings of the dual are those of plurals, names and verbs too. Guarantee: total; the ending of a masculine noun counts
//! only where the profile knows the noun, as one whose plural has another form.

use rust_decimal::Decimal;

use super::token::Reader;
use super::value::{Anchor, AnchorKind, AnchorValue, Strength};
use crate::language::Grammar;

/// Letters that a feminine dual has at least.
const SHORTEST: usize = 5;

/// Words that end as duals do: names, masculine words with a root in ت, plurals.
const OTHER_WORDS: [&str; 26] = [
    "بوتين",
    "الارجنتين",
    "ارجنتين",
    "فلاديميربوتين",
    "بروتين",
    "البروتين",
    "روتين",
    "الروتين",
    "مارتين",
    "كريستين",
    "بساتين",
    "البساتين",
    "فساتين",
    "الفساتين",
    "صامتين",
    "الصامتين",
    "ثابتين",
    "الثابتين",
    "ميتين",
    "موقتين",
    "الموقتين",
    "بهتان",
    "قبطان",
    "كانتا",
    "بلدان",
    "البلدان",
];

/// Reads the dual at token `at`, if it is one: pushes its anchor, gives the next token.
pub(super) fn read(reader: &Reader<'_>, at: usize, out: &mut Vec<Anchor>) -> Option<usize> {
    if reader.words.grammar() != Some(Grammar::Arabic) {
        return None;
    }
    // What a number counts does not count once more.
    if at > 0 && (reader.is_digits(at - 1) || reader.number(at - 1).is_some()) {
        return None;
    }
    let folded = reader.folded(at);
    let possessed = || {
        let next = reader.folded(at + 1);
        next.starts_with("ال") && !matches!(next.as_str(), "الي" | "الا" | "الان" | "الذي" | "التي" | "الذين")
    };
    let full = folded.strip_suffix("ان").or_else(|| folded.strip_suffix("ين"));
    let stem = match full {
        Some(stem) => stem,
        // Before what it belongs to, the ending loses its last letter. Verbs end as feminine duals do then: «أكدتا».
        None => folded.strip_suffix('ا').filter(|stem| possessed() && !stem.ends_with('ت'))?,
    };
    let feminine = stem.ends_with('ت') && folded.chars().count() >= SHORTEST && !stem.ends_with("ست");
    if OTHER_WORDS.contains(&folded.as_str()) || !feminine && !is_known(reader, stem) {
        return None;
    }
    let token = reader.tokens[at];
    let mut anchor =
        Anchor::new(AnchorKind::Number, AnchorValue::Number(Decimal::TWO), token.start, token.end);
    anchor.strength = Strength::Weak;
    out.push(anchor);
    Some(at + 1)
}

/// Whether the profile knows the noun, with or without what is written together with it.
fn is_known(reader: &Reader<'_>, stem: &str) -> bool {
    let and = stem.strip_prefix(['و', 'ف']);
    [Some(stem), and].into_iter().flatten().any(|stem| {
        let article = ["ال", "لل", "بال", "كال"].iter().find_map(|start| stem.strip_prefix(start));
        let preposition = stem.strip_prefix(['ب', 'ل', 'ك']);
        [Some(stem), article, preposition].into_iter().flatten().any(|noun| reader.words.has_dual(noun))
    })
}

#[cfg(test)]
mod tests {
    use super::super::{anchors, is_expected};
    use super::*;
    use crate::bitext::Lang;

    fn twos(text: &str) -> usize {
        let found = anchors(text, &Lang::arabic());
        found.iter().filter(|a| a.display() == "2" && a.strength == Strength::Weak).count()
    }

    #[test]
    fn duals_of_common_nouns_say_two() {
        for text in [
            "اشتريت كتابين",
            "في الغرفة كتابان",
            "خذ حبتين مع الماء",
            "حبتان",
            "كتابا المؤلف",
            "بين البلدين",
            "وبالطرفين",
            "للحزبين",
            "شارك فريقان",
            "قُتل جنديان",
            "الدولتان",
            "مرتين",
            "زار المدينتين",
        ] {
            assert_eq!(twos(text), 1, "{text}");
        }
    }

    #[test]
    fn other_words_with_such_endings_do_not() {
        for text in [
            "بوتين",
            "باكستان",
            "المسؤولين",
            "لبنان",
            "كان",
            "البرلمان",
            "فلسطين",
            "المهندسين",
            "كانتا",
            "الأرجنتين",
            "إنسان",
            "أكدتا التزامهما",
            "قرأت كتابا إلى الصباح",
            "كتابا جديدا",
            "بستان",
            "عنوان",
        ] {
            assert_eq!(twos(text), 0, "{text}");
        }
    }

    #[test]
    fn a_dual_is_the_two_opposite() {
        let arabic = anchors("كتابين", &Lang::arabic());
        let english = anchors("2 books", &Lang::english());
        assert_eq!(arabic[0].keys()[0], english[0].keys()[0]);
        let text = "كتابين";
        let (own, other) = (Lang::arabic(), Lang::english());
        assert!(is_expected(&arabic[0], text, &own, &other) && arabic[0].strength == Strength::Weak);
    }
}
