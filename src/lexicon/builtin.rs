//! The lexicon that ships: English headwords with their Arabic equivalents, compiled in.
//!
//! In: `lexicons/en-ar.tsv`. Out: a [`Dictionary`]. Guarantee: the file's form is checked by a test:
//! sorted, no headword twice, both scripts right, every term normalises to something.

use std::sync::LazyLock;

use crate::bitext::{Lang, Sides};

use super::dictionary::Dictionary;

/// The file, a headword a line: `headword<TAB>equivalent; equivalent`.
pub const BUILTIN_TSV: &str = include_str!("../../lexicons/en-ar.tsv");

static BUILTIN: LazyLock<Dictionary> = LazyLock::new(|| {
    /// A few more than there are.
    const WORDS: (usize, usize) = (12_000, 18_000);
    let languages = Some((Lang::english(), Lang::arabic()));
    let mut dictionary = Dictionary::with_capacity(languages, WORDS.0, WORDS.1);
    for line in BUILTIN_TSV.lines() {
        if let Some((headword, equivalents)) = line.split_once('\t') {
            dictionary.add_entry(headword, equivalents.split("; "), 1.0);
        }
    }
    dictionary
});

/// Makes the built-in lexicon ready, which is else done when it is first asked for.
pub fn prepare_builtin() {
    LazyLock::force(&BUILTIN);
}

/// The built-in lexicon for a pair of languages, if there is one.
pub fn builtin(languages: &Sides<Lang>) -> Option<&'static Dictionary> {
    let (a, b) = (languages.source.primary(), languages.target.primary());
    matches!((a, b), ("ar", "en") | ("en", "ar")).then(|| &*BUILTIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::words;

    #[test]
    fn the_file_is_well_formed() {
        let mut last = "";
        let mut headwords = 0;
        for (number, line) in (1..).zip(BUILTIN_TSV.lines()) {
            let (headword, equivalents) =
                line.split_once('\t').unwrap_or_else(|| panic!("line {number}: no tab"));
            assert!(headword > last, "line {number}: {headword} is out of order or repeated");
            assert!(
                headword.bytes().all(|b| b.is_ascii_lowercase() || b == b'\'' || b == b'-'),
                "line {number}: {headword}"
            );
            let mut seen = std::collections::BTreeSet::new();
            for equivalent in equivalents.split("; ") {
                assert!(seen.insert(equivalent), "line {number}: {equivalent} twice");
                assert!(
                    equivalent
                        .chars()
                        .all(|c| c == ' ' || ('\u{0621}'..='\u{064A}').contains(&c) && c != '\u{0640}'),
                    "line {number}: {equivalent} is not plain Arabic"
                );
                assert!((1..=3).contains(&words(equivalent).len()), "line {number}: {equivalent}");
            }
            last = headword;
            headwords += 1;
        }
        assert!(headwords >= 6000, "{headwords} headwords");
    }
}
