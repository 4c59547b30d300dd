//! A segment's tokens: its words, anchors and marks, each with the span it has in the segment.
//!
//! In: a segment's text and its vocabulary. Out: [`Token`]s with spans. Guarantee: the same text gives the
//! same tokens, whether for scoring or for explaining.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::anchor::{self, Anchor, AnchorKey, AnchorKind, AnchorValue, Strength};
use crate::bitext::{Bitext, BlockKind, Lang, Side, Sides, TextSpan};
use crate::lexicon::Vocabulary;
use crate::normalize::{digit, measured_length};
use crate::tuned::model as tuned;

use super::model::AnchorRatios;
use super::side_data::{Class, SideData, Token};

/// A token where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) token: Token,
    pub(super) span: TextSpan,
    /// How an anchor's value reads, for people.
    pub(super) display: Option<String>,
}

/// What of a text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// Its tokens, and how long it is.
    Tokens,
    /// How long it is, as no token counts; and digits, which tell the search where to look first.
    Lengths,
}

/// Numbers the anchors of both sides alike.
pub(super) struct AnchorIndex {
    /// By whether it is the key of a mark, and the key: a value is one whatever its kind, a year or a number.
    ids: FxHashMap<(bool, u64), u32>,
    counts: Vec<(Class, Sides<u32>)>,
    totals: [Sides<u32>; Class::COUNT],
    /// Keys that stand on both sides.
    shared: FxHashSet<AnchorKey>,
    reading: Reading,
}

const fn class_of(kind: AnchorKind) -> Class {
    match kind {
        AnchorKind::Date | AnchorKind::Weekday => Class::Date,
        AnchorKind::Address | AnchorKind::FileName | AnchorKind::LatinWord | AnchorKind::ListMarker => {
            Class::Symbol
        }
        _ => Class::Number,
    }
}

/// Kinds of marks that are kept in translation.
const MARKS: usize = 6;

/// Which kind of mark a character is, if it is one.
const fn mark_of(c: char) -> Option<usize> {
    match c {
        '?' | '؟' => Some(0),
        '!' => Some(1),
        '"' | '«' | '»' | '\u{201C}' | '\u{201D}' => Some(2),
        ':' => Some(3),
        '(' | ')' => Some(4),
        ';' | '؛' => Some(5),
        _ => None,
    }
}

/// Calls `f` with every run of digits, as a number that is the same in all scripts.
fn each_number(text: &str, mut f: impl FnMut(u64)) {
    let mut value: Option<u64> = None;
    for c in text.chars() {
        match digit(c) {
            // Leading zeros count: what comes before is never nothing.
            Some((digit, _)) => {
                value = Some(value.unwrap_or(1).wrapping_mul(10).wrapping_add(u64::from(digit)));
            }
            None => value.take().into_iter().for_each(&mut f),
        }
    }
    value.into_iter().for_each(f);
}

impl AnchorIndex {
    /// Reads the anchors of both sides, and the sides' tokens.
    pub(super) fn new(
        bitext: &Bitext,
        vocabularies: &Sides<Vocabulary>,
        reading: Reading,
    ) -> (Self, Sides<SideData>) {
        let read = |side: Side| -> Vec<Vec<Anchor>> {
            let (document, language) = (bitext.documents.get(side), bitext.languages.get(side));
            match reading {
                Reading::Tokens => document.texts().map(|text| anchor::anchors(text, language)).collect(),
                Reading::Lengths => vec![Vec::new(); document.len()],
            }
        };
        let (source, target) = rayon::join(|| read(Side::Source), || read(Side::Target));
        let anchors = Sides::new(source, target);
        let keys = |side: &[Vec<Anchor>]| -> FxHashSet<AnchorKey> {
            side.iter().flatten().flat_map(Anchor::keys).collect()
        };
        let shared: FxHashSet<AnchorKey> =
            keys(&anchors.source).intersection(&keys(&anchors.target)).copied().collect();
        let mut index = Self {
            ids: FxHashMap::default(),
            counts: Vec::new(),
            totals: [Sides::default(); Class::COUNT],
            shared,
            reading,
        };
        let mut data = Sides::new(SideData::new(), SideData::new());
        let languages = &bitext.languages;
        for side in Side::BOTH {
            let vocabulary = vocabularies.get(side);
            for (segment, text) in bitext.documents.get(side).texts().enumerate() {
                let tokens: Vec<Token> = match reading {
                    Reading::Tokens => index
                        .number(&anchors.get(side)[segment], segment, text, vocabulary, side, languages)
                        .into_iter()
                        .map(|placed| placed.token)
                        .collect(),
                    Reading::Lengths => index.digits(text, side),
                };
                let document = bitext.documents.get(side);
                // A presegmented line is no paragraph: its ends say nothing.
                let breaks =
                    document.starts_block(segment) && document.kind(segment) != BlockKind::Presegmented;
                data.get_mut(side).push(tokens, measured_length(text), u32::from(breaks));
                let heading = matches!(document.kind(segment), BlockKind::Heading { .. });
                data.get_mut(side).mark_heading(u32::from(heading));
            }
        }
        (index, data)
    }

    fn number(
        &mut self,
        anchors: &[Anchor],
        segment: usize,
        text: &str,
        v: &Vocabulary,
        side: Side,
        languages: &Sides<Lang>,
    ) -> Vec<Placed> {
        let shared = std::mem::take(&mut self.shared);
        let languages = (languages.get(side), languages.get(side.opposite()));
        let placed =
            place(anchors, &shared, (segment, text), v, languages, |class, key| self.id(class, key, side));
        self.shared = shared;
        placed
    }

    /// The runs of digits in a text, as tokens.
    fn digits(&mut self, text: &str, side: Side) -> Vec<Token> {
        let class = Class::Number;
        let mut tokens = Vec::new();
        each_number(text, |value| tokens.push(Token { key: self.id(class, value, side), class }));
        tokens
    }

    fn id(&mut self, class: Class, key: u64, side: Side) -> u32 {
        let next = self.counts.len() as u32;
        let id = *self.ids.entry((class == Class::Mark, key)).or_insert(next);
        if id == next {
            self.counts.push((class.expected(), Sides::default()));
        }
        let (class, counts) = &mut self.counts[id as usize];
        *counts.get_mut(side) += 1;
        *self.totals[*class as usize].get_mut(side) += 1;
        id
    }

    /// How often an anchor stands on `side`.
    pub(super) fn count(&self, key: u32, side: Side) -> u32 {
        *self.counts[key as usize].1.get(side)
    }

    /// The tokens of a segment again, with their spans.
    pub(super) fn placed(&self, bitext: &Bitext, v: &Vocabulary, side: Side, segment: usize) -> Vec<Placed> {
        if self.reading == Reading::Lengths {
            return Vec::new();
        }
        let text = bitext.documents.get(side).segment_text(segment);
        let anchors = anchor::anchors(text, bitext.languages.get(side));
        let languages = (bitext.languages.get(side), bitext.languages.get(side.opposite()));
        place(&anchors, &self.shared, (segment, text), v, languages, |class, key| {
            self.ids.get(&(class == Class::Mark, key)).copied().expect("numbered when the sides were read")
        })
    }

    /// 1 / p(key) for every anchor key. A number is informative even in a text with few of them: the
    /// counts start from a prior of 30 other values.
    pub(super) fn ratios(&self) -> AnchorRatios {
        self.counts
            .iter()
            .map(|(class, counts)| {
                let totals = self.totals[*class as usize];
                Sides::new(
                    (totals.source as f32 + tuned::OTHER_VALUES) / (counts.source as f32 + 1.0),
                    (totals.target as f32 + tuned::OTHER_VALUES) / (counts.target as f32 + 1.0),
                )
            })
            .collect()
    }
}

/// Whether an anchor is a Latin word that is nothing special where Latin is written: opposite it stands as a
/// word, spelt the same or translated.
fn is_plain_word(anchor: &Anchor) -> bool {
    let AnchorValue::Text(text) = &anchor.value else { return false };
    anchor.kind == AnchorKind::LatinWord
        && text.chars().all(char::is_alphabetic)
        && text.chars().skip(1).all(char::is_lowercase)
}

fn place(
    anchors: &[Anchor],
    shared: &FxHashSet<AnchorKey>,
    (segment, text): (usize, &str),
    vocabulary: &Vocabulary,
    (own, other): (&Lang, &Lang),
    mut id: impl FnMut(Class, u64) -> u32,
) -> Vec<Placed> {
    let mut out: Vec<Placed> = Vec::new();
    let mut covered: Vec<TextSpan> = Vec::new();
    for anchor in anchors {
        let keys = anchor.keys();
        // The number of what is counted, as what it counts may be said otherwise or not be read; of other values the most
        // specific key that stands on the other side too; else the most specific.
        let mut numbers =
            std::iter::once(&anchor.value).chain(&anchor.also).filter_map(AnchorValue::number_key);
        let number = numbers.find(|key| shared.contains(key));
        let key = number.as_ref().or_else(|| keys.iter().find(|k| shared.contains(k)));
        let optional =
            anchor.kind == AnchorKind::ListMarker || is_plain_word(anchor) || anchor::is_part(anchor, text);
        if anchor.strength == Strength::Weak || (optional && key.is_none()) {
            continue;
        }
        let Some(key) = key.or(keys.first()) else { continue };
        let class = class_of(anchor.kind);
        let class = if anchor::is_expected(anchor, text, own, other) { class } else { class.maybe() };
        covered.push(anchor.span);
        out.push(Placed {
            token: Token { key: id(class, key.0), class },
            span: anchor.span,
            display: Some(anchor.display()),
        });
        // What it counts speaks for a bead besides.
        let specific = keys.iter().find(|k| number.is_some() && *k != key && shared.contains(k));
        if let Some(specific) = specific {
            let class = class.maybe();
            out.push(Placed {
                token: Token { key: id(class, specific.0), class },
                span: anchor.span,
                display: None,
            });
        }
    }
    let mut next = 0;
    vocabulary.each_word(segment, text, |form, span| {
        while next < covered.len() && covered[next].end <= span.start {
            next += 1;
        }
        let inside = covered.get(next).is_some_and(|c| c.start < span.end);
        let digits = vocabulary.forms()[form as usize].bytes().any(|b| b.is_ascii_digit());
        if !inside && !digits {
            let token = Token { key: vocabulary.form_key(form), class: Class::Word };
            out.push(Placed { token, span, display: None });
        }
    });
    let mut marks = [None; MARKS];
    for (at, c) in text.char_indices() {
        if let Some(mark) = mark_of(c) {
            marks[mark].get_or_insert(TextSpan::new(at, at + c.len_utf8()));
        }
    }
    for (mark, span) in (0u64..).zip(marks) {
        if let Some(span) = span {
            let token = Token { key: id(Class::Mark, mark + 1), class: Class::Mark };
            out.push(Placed { token, span, display: None });
        }
    }
    rarest(&mut out, vocabulary);
    out
}

/// Tokens of a segment that are looked at, at most: time grows with the square of their number.
const MOST_TOKENS: usize = 1_000;

/// Of very many tokens keeps those of the rarest words, which say most, in their order.
fn rarest(tokens: &mut Vec<Placed>, vocabulary: &Vocabulary) {
    if tokens.len() <= MOST_TOKENS {
        return;
    }
    let count = |t: &Token| if t.class == Class::Word { vocabulary.count(t.key) } else { 0 };
    let mut order: Vec<(u32, usize)> = tokens.iter().map(|p| count(&p.token)).zip(0..).collect();
    order.sort_unstable();
    let mut kept = vec![false; tokens.len()];
    order[..MOST_TOKENS].iter().for_each(|&(_, at)| kept[at] = true);
    let mut kept = kept.into_iter();
    tokens.retain(|_| kept.next().unwrap_or(false));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::{Bead, CostModel, Doubt, EvidenceKind, Hint, SegmentedDocument};
    use crate::score::{ScoreOptions, Scorer};

    fn numbers(text: &str) -> Vec<u64> {
        let mut numbers = Vec::new();
        each_number(text, |value| numbers.push(value));
        numbers
    }

    #[test]
    fn digits_are_the_same_in_all_scripts() {
        assert_eq!(numbers("2024، ٢٠٢٤, ۲۰۲۴"), [12024; 3]);
        assert_eq!(numbers("a7b07"), [17, 107]);
        assert_eq!(numbers("عشرون"), [0; 0]);
    }

    #[test]
    fn where_lengths_alone_count_no_words_are_read_and_digits_only_hint() {
        let lines = |lines: [&str; 3]| SegmentedDocument::from_lines(&lines.map(str::to_owned));
        let bitext = Bitext {
            documents: Sides::new(
                lines(["وصل الوزير", "عام ٢٠٢٤", "كتب رسالة"]),
                lines(["The minister arrived", "in 2024", "He wrote a letter"]),
            ),
            languages: Sides::new(Lang::arabic(), Lang::english()),
        };
        let counted = [EvidenceKind::Length, EvidenceKind::BeadType];
        let without = EvidenceKind::ALL.into_iter().filter(|k| !counted.contains(k)).collect();
        let scorer = Scorer::new(&bitext, &[], &ScoreOptions { without, ..ScoreOptions::default() });
        let model = scorer.model();
        assert!(scorer.vocabularies().source.is_empty() && scorer.vocabularies().target.is_empty());
        assert_eq!(model.hints(), [Hint { source: 1, target: 1, weight: 12 }]);
        assert!(model.linked_types().iter().all(|t| t.source + t.target <= 4));
        let explained = scorer.explain(&model, &bitext, Bead::new((0, 1), (0, 1)));
        let kinds: Vec<EvidenceKind> = explained.evidence.iter().map(|e| e.kind).collect();
        assert_eq!(kinds, [EvidenceKind::Length, EvidenceKind::BeadType]);
        assert!(!explained.doubts.contains(&Doubt::NoWordInCommon), "{:?}", explained.doubts);
        assert_eq!(explained.cost, model.bead(Bead::new((0, 1), (0, 1))));
    }
}
