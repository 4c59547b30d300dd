//! Glued words: tokens in which blanks are missing, as extraction from PDF leaves them (طلابجامعةهارفارد).
//!
//! In: the word forms of a document, and dictionaries. Out: for forms that nothing is known of, that are
//! unusually long and that split into known words, the places where they split. Guarantee: deterministic;
//! only keys for comparison are made of the parts, the text stays. Time O(letters of such forms), of which
//! at most [`MOST_LETTERS`] are looked at in a document.
//!
//! The cheapest split is found by dynamic programming over unigram costs (Viterbi 1967), as segmenters of
//! unspaced scripts do: in nats, roughly −ln of how usual such a piece is.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::dictionary::Dictionary;
use crate::bitext::Lang;
use crate::tuned::glued as tuned;

/// Letters of forms that are looked at in a document, at most: bounds the time.
const MOST_LETTERS: usize = 200_000;

/// The places where a form splits: byte ranges of its parts, in order, of which it consists.
pub(super) type Parts = Vec<Range<usize>>;

/// Finds the forms that are glued words. `forms` are folded words of one document in `language`, with how
/// often each occurs.
pub(super) fn split<'a>(
    forms: impl Iterator<Item = (&'a str, u32)> + Clone,
    language: &Lang,
    dictionaries: &[&Dictionary],
) -> Vec<(usize, Parts)> {
    let known = |form: &str| dictionaries.iter().find_map(|d| d.kept(form, language));
    let arabic = |form: &str| form.chars().next().is_some_and(|c| ('\u{0620}'..='\u{064A}').contains(&c));
    let mut own: FxHashMap<&str, u32> = FxHashMap::default();
    let mut long: Vec<(usize, &str, usize, u32)> = Vec::new();
    let mut total = 0;
    for (index, (form, count)) in forms.enumerate() {
        let letters = form.chars().count();
        if letters >= tuned::LEAST_LETTERS && arabic(form) && known(form).is_none() {
            long.push((index, form, letters, count));
        } else if letters >= 3 {
            own.insert(form, count);
        }
        total += count;
    }
    let mut pieces = Pieces { own, total, joint: 0.0, cache: FxHashMap::default(), language, dictionaries };
    let mut looked_at = 0;
    long.retain(|(_, form, letters, _)| {
        looked_at += letters;
        looked_at <= MOST_LETTERS && !form.contains(' ')
    });
    // How often a blank is missing, as forms say that are too long for any word.
    let mut missing = 0.0;
    for &(_, form, letters, count) in long.iter().filter(|(_, _, letters, _)| *letters > tuned::LONGEST_WORD)
    {
        let joints = pieces.split(form, letters).map_or(0, |parts| parts.len() - 1);
        missing += joints as f32 * count as f32;
    }
    pieces.joint = ((total as f32 + missing + tuned::SELDOM) / (missing + 0.5)).ln();
    let split = |(index, form, letters, _)| Some((index, pieces.split(form, letters)?));
    long.into_iter().filter_map(split).collect()
}

/// What pieces of forms cost.
struct Pieces<'a> {
    /// The document's own words.
    own: FxHashMap<&'a str, u32>,
    total: u32,
    /// Cost of a missing blank.
    joint: f32,
    cache: FxHashMap<&'a str, Option<f32>>,
    language: &'a Lang,
    dictionaries: &'a [&'a Dictionary],
}

impl<'a> Pieces<'a> {
    /// What a piece costs as a word, if it is one.
    fn cost(&mut self, piece: &'a str, letters: usize) -> Option<f32> {
        if let Some(known) = self.cache.get(piece) {
            return *known;
        }
        let own = self.own.get(piece).map(|&count| (self.total as f32 / count as f32).ln().clamp(3.0, 8.0));
        let found = self
            .dictionaries
            .iter()
            .filter_map(|d| d.kept(piece, self.language))
            .map(|kept| {
                let affixes = letters.saturating_sub(kept) as f32;
                let cost =
                    if affixes == 0.0 { tuned::LITERAL } else { tuned::INFLECTED + tuned::AFFIX * affixes };
                // Of two ways to share out an alef the one that makes an article.
                if piece.starts_with("ال") { cost - tuned::AFFIX } else { cost }
            })
            .chain(own)
            .min_by(f32::total_cmp);
        self.cache.insert(piece, found);
        found
    }

    /// The cheapest split of a form of so many `letters`, if it is a likely one.
    fn split(&mut self, form: &'a str, letters: usize) -> Option<Parts> {
        let bounds: Vec<usize> = form.char_indices().map(|(at, _)| at).chain([form.len()]).collect();
        // The cheapest way to each letter: its cost, where its last piece begins, whether that is known.
        let mut ways: Vec<(f32, usize, bool)> = vec![(f32::INFINITY, 0, false); letters + 1];
        ways[0] = (0.0, 0, true);
        for from in 0..letters {
            let (here, _, was_known) = ways[from];
            let joint = if from > 0 { self.joint } else { 0.0 };
            let open = if was_known { joint + tuned::UNKNOWN.0 } else { 0.0 };
            let further = here + open + tuned::UNKNOWN.1;
            if further < ways[from + 1].0 {
                ways[from + 1] = (further, from, false);
            }
            for to in from + 2..=letters.min(from + tuned::LONGEST_WORD) {
                let whole = to - from == letters;
                if !whole && let Some(cost) = self.cost(&form[bounds[from]..bounds[to]], to - from) {
                    let cost = here + joint + cost;
                    if cost < ways[to].0 {
                        ways[to] = (cost, from, true);
                    }
                }
            }
        }
        let mut parts: Vec<(Range<usize>, bool)> = Vec::new();
        let mut at = letters;
        while at > 0 {
            let (_, from, known) = ways[at];
            match parts.last_mut() {
                Some((part, false)) if !known => part.start = bounds[from],
                _ => parts.push((bounds[from]..bounds[at], known)),
            }
            at = from;
        }
        parts.reverse();
        let known: usize = parts.iter().filter(|(_, known)| *known).map(|(part, _)| part.len()).sum();
        let splits = if letters > tuned::LONGEST_WORD {
            known as f64 >= form.len() as f64 * tuned::LEAST_KNOWN
        } else {
            known == form.len() && ways[letters].0 < tuned::NEW_WORD.0 + tuned::NEW_WORD.1 * letters as f32
        };
        (parts.len() > 1 && splits).then(|| parts.into_iter().map(|(part, _)| part).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::Sides;
    use crate::lexicon;

    /// The parts of each glued word of `text`, with `+` between them.
    fn check(text: &str) -> String {
        let languages = Sides::new(Lang::arabic(), Lang::english());
        let dictionaries: Vec<&Dictionary> = lexicon::builtin(&languages).into_iter().collect();
        let forms: Vec<(&str, u32)> = text.split(' ').map(|form| (form, 1)).collect();
        let cut = split(forms.iter().copied(), &Lang::arabic(), &dictionaries);
        let shown = cut.iter().map(|(form, parts)| {
            parts.iter().map(|part| &forms[*form].0[part.clone()]).collect::<Vec<_>>().join("+")
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_without_blanks_between_them_are_cut() {
        insta::assert_snapshot!(check("وصلالوزيرالياجتماعالمجلس واعلناتفاقاجديدا بينالبلدين"), @"وصل+الوزير+الي+اجتماع+المجلس واعلن+اتفاقا+جديدا بين+البلدين");
    }

    #[test]
    fn where_no_blank_is_missing_a_word_that_no_lexicon_has_stays_whole() {
        let clean = "زار الوزير مدينه كازاخستان ثم عاد الي بغداد حيث التقي المستشرقين والمتنسخه الافلاك";
        assert_eq!(check(clean), "");
        // Nor is a number, or a form with blanks.
        assert_eq!(check("20242025202620272028"), "");
    }

    #[test]
    fn what_is_looked_at_is_bounded() {
        let languages = Sides::new(Lang::arabic(), Lang::english());
        let dictionaries: Vec<&Dictionary> = lexicon::builtin(&languages).into_iter().collect();
        let long = "وصلالوزير".repeat(MOST_LETTERS / 8);
        assert!(split([(&*long, 1)].into_iter(), &Lang::arabic(), &dictionaries).is_empty());
    }
}
