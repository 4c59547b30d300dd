//! The lexicon that ships: English headwords with their Arabic equivalents, compiled in.
//!
//! In: `lexicons/en-ar.folded`, which is made of `lexicons/en-ar.tsv` beforehand, as folding 52,000 words takes longer
//! than a short document. Out: a [`Dictionary`]. Guarantee: tests check the form of the TSV file (sorted, no headword
//! twice, both scripts right, every term normalises to something), and that the other holds the same.

use std::sync::LazyLock;

use crate::bitext::{Lang, Sides};

use super::dictionary::Dictionary;

/// An English word a line, folded: `word<TAB>equivalent equivalent`, each followed by `/n` where it weighs 1/n.
const FOLDED: &str = include_str!("../../lexicons/en-ar.folded");

static BUILTIN: LazyLock<Dictionary> = LazyLock::new(|| read_folded(FOLDED));

fn languages() -> (Lang, Lang) {
    (Lang::english(), Lang::arabic())
}

/// Reads the file of folded words; what is not of its form is left out, and a test finds it.
fn read_folded(text: &'static str) -> Dictionary {
    /// A few more than there are.
    const WORDS: (usize, usize) = (19_000, 20_000);
    let mut dictionary =
        Dictionary::with_capacity(Some(languages()), WORDS.0, WORDS.1).named("built-in".to_owned());
    for line in text.lines() {
        let Some((word, equivalents)) = line.split_once('\t') else { continue };
        dictionary.put_row(
            word,
            equivalents.split(' ').map(|equivalent| match equivalent.split_once('/') {
                Some((equivalent, parts)) => (equivalent, 1.0 / parts.parse().unwrap_or(1.0)),
                None => (equivalent, 1.0),
            }),
        );
    }
    dictionary
}

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

    /// The file that people read and extend, a headword a line: `headword<TAB>equivalent; equivalent`.
    const TSV: &str = include_str!("../../lexicons/en-ar.tsv");

    /// The dictionary of the TSV file, folded as a user's would be.
    fn dictionary() -> Dictionary {
        let mut dictionary = Dictionary::new(Some(languages()));
        for line in TSV.lines() {
            let (headword, equivalents) = line.split_once('\t').expect("a headword and its equivalents");
            dictionary.add_entry(headword, equivalents.split("; "), 1.0);
        }
        dictionary
    }

    /// With MUQABALA_FOLD=1 the folded file is written anew.
    #[test]
    fn the_folded_file_holds_the_same() {
        let dictionary = dictionary();
        let mut folded = String::new();
        let mut last = "";
        for (first, second, weight) in dictionary.pairs() {
            let parts = (1.0 / weight).round() as u32;
            assert!((weight - 1.0 / parts as f32).abs() < 1e-6, "{first} {second} {weight}");
            if first == last {
                folded.push(' ');
            } else {
                folded.push_str(if last.is_empty() { "" } else { "\n" });
                folded.push_str(&format!("{first}\t"));
            }
            folded.push_str(second);
            if parts > 1 {
                folded.push_str(&format!("/{parts}"));
            }
            last = first;
        }
        folded.push('\n');
        if std::env::var_os("MUQABALA_FOLD").is_some() {
            std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/lexicons/en-ar.folded"), &folded)
                .expect("the folder of lexicons can be written");
        }
        assert!(
            folded == FOLDED || std::env::var_os("MUQABALA_FOLD").is_some(),
            "lexicons/en-ar.tsv has changed: run MUQABALA_FOLD=1 cargo test --lib lexicon::builtin, and commit both files"
        );
        assert_eq!(read_folded(FOLDED).pairs(), dictionary.pairs());
    }

    #[test]
    fn the_file_is_well_formed() {
        let mut last = "";
        let mut headwords = 0;
        for (number, line) in (1..).zip(TSV.lines()) {
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
