//! Word pairs known by their looks: the same spelling, cognates, names across scripts.
//!
//! In: two vocabularies. Out: pairs of word forms with how alike they are. Guarantee: deterministic; time
//! grows with the number of rare forms that begin alike, not with the product of the vocabularies.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::vocabulary::Vocabulary;
use crate::language::Script;
use crate::normalize::{is_arabic_word, script_of};
use crate::tuned::learning as tuned;

/// Two word forms that look alike, and how much, in (0, 1].
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Lookalike {
    /// Form in the source vocabulary.
    pub source: u32,
    /// Form in the target vocabulary.
    pub target: u32,
    /// Likeness.
    pub likeness: f32,
}

/// Forms that begin alike are compared up to this many on each side.
const MOST_IN_BUCKET: usize = 400;

/// A name of which letters are taken for other words counts slightly less than one as it stands.
const BARE: f64 = 0.98;

/// Consonants that a name has at least where letters before it are taken for other words.
const FEWEST_BARE: usize = 3;

/// Forms spelt the same on both sides, of three letters or more.
pub(crate) fn same_spelling(source: &Vocabulary, target: &Vocabulary) -> Vec<Lookalike> {
    let forms: FxHashMap<&str, u32> = (0u32..).zip(target.forms()).map(|(i, f)| (&**f, i)).collect();
    (0u32..)
        .zip(source.forms())
        .filter(|(_, form)| form.chars().nth(2).is_some() && !has_digit(form))
        .filter_map(|(s, form)| {
            forms.get(&**form).map(|&t| Lookalike { source: s, target: t, likeness: 1.0 })
        })
        .collect()
}

/// Rare forms of one script that differ in a few letters: cognates, inflected names.
pub(crate) fn cognates(source: &Vocabulary, target: &Vocabulary) -> Vec<Lookalike> {
    let bucket = |v: &Vocabulary| {
        buckets(v, |form| {
            (form.chars().count() >= 5 && !has_digit(form)).then(|| form.chars().take(3).collect())
        })
    };
    compare(
        &bucket(source),
        &bucket(target),
        |s, t| {
            let (s, t) = (&*source.forms()[s as usize], &*target.forms()[t as usize]);
            if s == t { 0.0 } else { strsim::normalized_levenshtein(s, t) }
        },
        0.7,
    )
}

/// Names across scripts: `skeleton` gives a form's skeleton, `likeness` compares two. A form without
/// capital letters in a script that has them is no name; opposite katakana, which is of words from elsewhere, it counts.
pub(crate) fn names(
    source: &Vocabulary,
    target: &Vocabulary,
    skeleton: impl Fn(&str) -> String,
    likeness: impl Fn(&str, &str) -> f64,
    least: f64,
) -> Vec<Lookalike> {
    let kana = |v: &Vocabulary| v.forms().iter().any(|form| script(form) == Some(Script::Kana));
    let (with_small_source, with_small_target) = (kana(target), kana(source));
    let (source, target) = (
        Spoken::new(source, &skeleton, with_small_source),
        Spoken::new(target, &skeleton, with_small_target),
    );
    let compared = |a: u32, b: u32| {
        let (a, b) = (&source.heard[a as usize], &target.heard[b as usize]);
        let small = |one: &Heard, other: &Heard| one.small && other.script != Some(Script::Kana);
        if a.script == b.script || small(a, b) || small(b, a) {
            return 0.0;
        }
        let arabic = a.script == Some(Script::Arabic) || b.script == Some(Script::Arabic);
        // Vowels are written in Arabic only where they are long; the more consonants, the more of them are not.
        let too_long = if arabic {
            let fewest = consonants(&a.skeleton).min(consonants(&b.skeleton));
            let most = if fewest >= 4 { 3 } else { 2 };
            a.skeleton.len().abs_diff(b.skeleton.len()) > most
                || !a.skeleton[..1].eq_ignore_ascii_case(&b.skeleton[..1])
        } else {
            consonants(&a.skeleton).abs_diff(consonants(&b.skeleton)) > 2
        };
        if too_long { 0.0 } else { likeness(&a.skeleton, &b.skeleton) }
    };
    let without = |a: u32, b: u32| BARE * compared(a, b);
    let mut pairs = compare(&source.whole, &target.whole, compared, least);
    pairs.extend(compare(&source.bare, &target.whole, without, least));
    pairs.extend(compare(&source.whole, &target.bare, without, least));
    let mut places: FxHashMap<(u32, u32), usize> = FxHashMap::default();
    let mut out: Vec<Lookalike> = Vec::with_capacity(pairs.len());
    for pair in pairs {
        let source = source.heard[pair.source as usize].form;
        let target = target.heard[pair.target as usize].form;
        let place = *places.entry((source, target)).or_insert(out.len());
        if place == out.len() {
            out.push(Lookalike { source, target, likeness: pair.likeness });
        }
        out[place].likeness = out[place].likeness.max(pair.likeness);
    }
    out
}

fn script(form: &str) -> Option<Script> {
    form.chars().next().and_then(script_of)
}

fn consonants(skeleton: &str) -> usize {
    skeleton.bytes().position(|b| b == b'.').unwrap_or(skeleton.len())
}

/// The forms of a vocabulary that may be names, by how they sound.
struct Spoken {
    heard: Vec<Heard>,
    /// What is heard of whole words, by a first sound.
    whole: BTreeMap<String, Vec<u32>>,
    /// The same of words without the letters at their beginning that may be words of their own.
    bare: BTreeMap<String, Vec<u32>>,
}

/// What is heard of a form.
struct Heard {
    form: u32,
    skeleton: String,
    script: Option<Script>,
    /// Written small in a script that has capitals.
    small: bool,
}

impl Spoken {
    /// `with_small`: whether words without a capital may be names.
    fn new(v: &Vocabulary, skeleton: impl Fn(&str) -> String, with_small: bool) -> Self {
        /// «ولواشنطن» has two words before the name.
        const MOST_CLITICS: usize = 2;
        let mut out = Self { heard: Vec::new(), whole: BTreeMap::new(), bare: BTreeMap::new() };
        for (i, form) in (0u32..).zip(v.forms()) {
            let script = script(form);
            let small = !v.always_capital(i) && script.is_some_and(Script::has_capitals);
            if v.form_count(i) > tuned::RARE_NAME || has_digit(form) || small && !with_small {
                continue;
            }
            // What stands behind a Hangul word is left out of its key.
            let mut rest: &str = if script == Some(Script::Hangul) { v.key(v.form_key(i)) } else { form };
            for clitics in 0..=MOST_CLITICS {
                let skeleton = skeleton(rest);
                if skeleton.len() < 3 || clitics > 0 && consonants(&skeleton) < FEWEST_BARE {
                    break;
                }
                let buckets = if clitics == 0 { &mut out.whole } else { &mut out.bare };
                buckets.entry(first_sound(&skeleton)).or_default().push(out.heard.len() as u32);
                let may_go_on = skeleton.starts_with(|c: char| c.is_ascii_uppercase());
                out.heard.push(Heard { form: i, skeleton, script, small });
                let mut letters = rest.chars();
                letters.next();
                rest = letters.as_str();
                if !may_go_on {
                    break;
                }
            }
        }
        out
    }
}

/// The first sound of a skeleton, as far as scripts tell it from others.
fn first_sound(skeleton: &str) -> String {
    let first = match skeleton.as_bytes()[0].to_ascii_lowercase() {
        b'l' | b'j' => 'r',
        b'f' | b'w' => 'b',
        b'g' => 'k',
        b'z' | b'x' => 's',
        b'd' => 't',
        other => char::from(other),
    };
    first.to_string()
}

fn compare(
    source: &BTreeMap<String, Vec<u32>>,
    target: &BTreeMap<String, Vec<u32>>,
    likeness: impl Fn(u32, u32) -> f64,
    least: f64,
) -> Vec<Lookalike> {
    let mut out = Vec::new();
    for (start, sources) in source {
        let Some(targets) = target.get(start) else { continue };
        for &s in sources.iter().take(MOST_IN_BUCKET) {
            for &t in targets.iter().take(MOST_IN_BUCKET) {
                let likeness = likeness(s, t);
                if likeness >= least {
                    out.push(Lookalike { source: s, target: t, likeness: likeness as f32 });
                }
            }
        }
    }
    out
}

fn buckets(v: &Vocabulary, start: impl Fn(&str) -> Option<String>) -> BTreeMap<String, Vec<u32>> {
    let mut out: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (i, form) in (0u32..).zip(v.forms()) {
        if v.form_count(i) <= tuned::RARE_NAME
            && !is_arabic_word(form)
            && let Some(start) = start(form)
        {
            out.entry(start).or_default().push(i);
        }
    }
    out
}

fn has_digit(form: &str) -> bool {
    form.bytes().any(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anchor::{skeleton, skeleton_similarity};
    use crate::bitext::SegmentedDocument;

    /// The pairs of names that two lines have.
    fn found(source: (&str, &str), target: (&str, &str)) -> String {
        let vocabulary = |(code, text): (&str, &str)| {
            Vocabulary::new(&SegmentedDocument::from_lines(&[text]), &code.parse().unwrap())
        };
        let (source, target) = (vocabulary(source), vocabulary(target));
        let pairs = names(&source, &target, skeleton, skeleton_similarity, 0.86);
        let shown = pairs.iter().map(|pair| {
            format!("{} {}", source.forms()[pair.source as usize], target.forms()[pair.target as usize])
        });
        shown.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn names_are_found_in_whatever_scripts_they_are_written() {
        let english = ("en", "In Berlin Merkel and Clinton talked about the project");
        insta::assert_snapshot!(found(("ja", "ベルリンでメルケルとクリントンはプロジェクトについて話した"), english), @"ベルリン berlin, プロジェクト project, クリントン clinton, メルケル merkel");
        insta::assert_snapshot!(found(("ko", "베를린에서 메르켈은 클린턴과 프로젝트를 논의했다"), english), @"베를린에서 berlin, 클린턴과 clinton, 메르켈은 merkel");
        insta::assert_snapshot!(found(("ru", "В Берлине Меркель и Клинтон обсудили проект"), english), @"берлине berlin, клинтон clinton, меркель merkel");
        insta::assert_snapshot!(found(("he", "בברלין דיברו מרקל וקלינטון על הפרויקט"), english), @"בברלין berlin, מרקל merkel, וקלינטון clinton");
        assert_eq!(found(("ru", "Трамп в Берлине"), ("ar", "ترامب هناك")), "трамп ترامب");
    }

    /// Letters that may be words of their own at the beginning of a name are read both as such and as part of it.
    #[test]
    fn names_begin_with_letters_that_are_words_too() {
        let english = ("en", "In Berlin, Bolivia, London, France, Korea, Washington, Beirut");
        let all = |arabic| {
            let mut found: Vec<String> =
                found(("ar", arabic), english).split(", ").map(str::to_owned).collect();
            found.sort();
            found.join(", ")
        };
        insta::assert_snapshot!(all("برلين بوليفيا لندن فرنسا كوريا واشنطن بيروت"), @"برلين berlin, بوليفيا bolivia, بيروت beirut, فرنسا france, كوريا korea, لندن london, واشنطن washington");
        insta::assert_snapshot!(all("وبرلين وبوليفيا بلندن لفرنسا فبيروت"), @"بلندن london, فبيروت beirut, لفرنسا france, وبرلين berlin, وبوليفيا bolivia");
        assert_eq!(found(("he", "וקלינטון בניו"), ("en", "Clinton")), "וקלינטון clinton");
    }

    #[test]
    fn words_without_a_capital_are_names_only_beside_katakana() {
        let small = ("en", "the project");
        assert_eq!(found(("ja", "プロジェクト"), small), "プロジェクト project");
        assert_eq!(found(("ru", "Проект"), small), "");
        assert_eq!(found(("ru", "проект"), ("en", "Project")), "");
    }
}
