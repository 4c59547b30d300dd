//! What a text says, without what readers do not see in it.
//!
//! In: text, piece by piece. Out: a [`Seen`]: a key, and the vowel signs left out of it; [`SeenPlaces`]. Guarantee: pure and total; texts
//! of one key differ at most in their runs of blanks, in invisible marks, in the encoding of the same letters, in tatweel
//! and in vowel signs.
//!
//! What is left alone, for readers see it and it may change what is said: letter case, letters with other accents or
//! hamzas, digits of another script, punctuation, superscripts (10² is not 102) and fractions.

use unicode_normalization::char::{canonical_combining_class, decompose_canonical, decompose_compatible};

use crate::bitext::TextSpan;

use super::chars::{is_invisible, is_presentation_form, is_vowel_sign};

/// A vowel sign behind the length of the key up to and with the letter that has it.
type Sign = (usize, char);

/// A text as it is seen.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    key: String,
    signs: Vec<Sign>,
    /// Marks on the last letter, not yet in the order in which marks of one letter are the same however they were typed.
    waiting: Vec<char>,
    /// Their length, in bytes.
    waiting_length: usize,
    after_blank: bool,
}

impl Seen {
    pub(crate) fn new() -> Self {
        Self { after_blank: true, ..Self::default() }
    }

    /// Adds a piece of the text; a run of blanks is one also where two pieces meet.
    pub(crate) fn push(&mut self, text: &str) {
        text.chars().for_each(|c| self.add(c));
        self.settle();
    }

    /// The length of the key so far, in bytes.
    pub(crate) fn len(&self) -> usize {
        self.key.len() + self.waiting_length
    }

    /// The key.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    /// Whether a part of this text and one of another say the same: the same key, and no letter with a vowel sign that it
    /// lacks there while it has another. Signs may come and go; كَتَبَ and كُتِبَ are two words.
    pub(crate) fn agrees(&self, part: TextSpan, other: &Self, others: TextSpan) -> bool {
        if self.key[part.range()] != other.key[others.range()] {
            return false;
        }
        let (mut own, mut theirs) = (self.signs_in(part), other.signs_in(others));
        while let (Some(&(at, _)), Some(&(there, _))) = (own.first(), theirs.first()) {
            let (at, there) = (at - part.start, there - others.start);
            let (signs, rest) = signs_of_one(own);
            let (others, others_rest) = signs_of_one(theirs);
            if at == there {
                let within = |few: &[Sign], many: &[Sign]| {
                    few.iter().all(|(_, sign)| many.iter().any(|(_, other)| other == sign))
                };
                if !within(signs, others) && !within(others, signs) {
                    return false;
                }
            }
            if at <= there {
                own = rest;
            }
            if there <= at {
                theirs = others_rest;
            }
        }
        true
    }

    fn signs_in(&self, part: TextSpan) -> &[Sign] {
        let from = self.signs.partition_point(|(at, _)| *at <= part.start);
        let to = self.signs.partition_point(|(at, _)| *at <= part.end);
        &self.signs[from..to]
    }

    fn add(&mut self, c: char) {
        if c.is_ascii() && !c.is_ascii_whitespace() {
            self.settle();
            self.key.push(c);
            self.after_blank = false;
        } else if c.is_whitespace() {
            self.settle();
            if !self.after_blank {
                self.key.push(' ');
            }
            self.after_blank = true;
        } else if is_presentation_form(c) || is_form_by_width(c) {
            // Forms of vowel signs that stand alone are a blank with the sign.
            decompose_compatible(c, |part| {
                if part != ' ' || !is_sign_alone(c) {
                    self.add_part(part);
                }
            });
        } else if !is_unseen(c) {
            decompose_canonical(c, |part| self.add_part(part));
        }
    }

    fn add_part(&mut self, c: char) {
        if is_vowel_sign(c) {
            let at = self.key.len();
            let mut own = self.signs.iter().rev().take_while(|(other, _)| *other == at);
            if !own.any(|(_, sign)| *sign == c) {
                self.signs.push((at, c));
            }
        } else if canonical_combining_class(c) != 0 {
            self.waiting.push(c);
            self.waiting_length += c.len_utf8();
        } else if c != TATWEEL {
            self.settle();
            // The hyphen at which no line breaks is to the hyphen what the no-break space is to the space.
            self.key.push(if matches!(c, '\u{2010}' | '\u{2011}') { '-' } else { c });
            self.after_blank = c == ' ';
        }
    }

    fn settle(&mut self) {
        self.waiting.sort_by_key(|c| canonical_combining_class(*c));
        self.key.extend(self.waiting.drain(..));
        self.waiting_length = 0;
    }
}

/// Where the parts of a text stand in another that has the same key.
#[derive(Debug)]
pub(crate) struct SeenPlaces {
    /// Where each character of the one text ends, and how long the key is there.
    one: Vec<(usize, usize)>,
    other: Vec<Spot>,
}

/// A character of the other text that has a place in the key.
#[derive(Debug)]
struct Spot {
    /// Where it begins, with the unseen marks right before it.
    start: usize,
    /// Where it ends, with what follows it right behind and has no place in the key.
    end: usize,
    /// The length of the key before it, and behind it.
    key: (usize, usize),
}

impl SeenPlaces {
    pub(crate) fn new(one: &str, other: &str) -> Self {
        let mut seen = Seen::new();
        let ends = one.char_indices().map(|(at, c)| {
            seen.add(c);
            (at + c.len_utf8(), seen.len())
        });
        let ends = ends.collect();
        let mut seen = Seen::new();
        let mut spots: Vec<Spot> = Vec::new();
        let mut unseen: Option<usize> = None;
        for (at, c) in other.char_indices() {
            let (before, end) = (seen.len(), at + c.len_utf8());
            seen.add(c);
            if seen.len() > before {
                spots.push(Spot { start: unseen.unwrap_or(at), end, key: (before, seen.len()) });
            } else if let Some(last) = spots.last_mut().filter(|last| last.end == at && !c.is_whitespace()) {
                last.end = end;
            }
            unseen = if is_unseen(c) { unseen.or(Some(at)) } else { None };
        }
        Self { one: ends, other: spots }
    }

    /// Where `span` of the one text stands in the other. Parts that touch in the one may share unseen marks in the other.
    pub(crate) fn place(&self, span: TextSpan) -> TextSpan {
        let key = |at: usize| match self.one.partition_point(|(end, _)| *end <= at).checked_sub(1) {
            Some(last) => self.one[last].1,
            None => 0,
        };
        let (from, to) = (key(span.start), key(span.end));
        let end = self.other.partition_point(|spot| spot.key.0 < to).checked_sub(1);
        let end = end.map_or(0, |last| self.other[last].end);
        let start = self.other.get(self.other.partition_point(|spot| spot.key.1 <= from));
        TextSpan::new(start.map_or(end, |spot| spot.start.min(end)), end)
    }
}

const TATWEEL: char = '\u{0640}';

/// Whether readers do not see `c`. The letters of which flags are made are unseen one by one and not together.
const fn is_unseen(c: char) -> bool {
    is_invisible(c) && !matches!(c, '\u{E0020}'..='\u{E007F}')
}

/// Whether `c` is a letter in a form for one width or joined to its neighbour, as fonts do it by themselves.
const fn is_form_by_width(c: char) -> bool {
    matches!(c, '\u{FB00}'..='\u{FB4F}' | '\u{FF01}'..='\u{FFEE}')
}

const fn is_sign_alone(c: char) -> bool {
    matches!(c, '\u{FC5E}'..='\u{FC63}' | '\u{FE70}'..='\u{FE7F}')
}

/// The signs of the first letter that has any, and those behind.
fn signs_of_one(signs: &[Sign]) -> (&[Sign], &[Sign]) {
    let at = signs.first().map(|(at, _)| *at);
    signs.split_at(signs.partition_point(|(other, _)| Some(*other) == at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    fn seen(text: &str) -> Seen {
        let mut seen = Seen::new();
        seen.push(text);
        seen
    }

    fn agree(one: &str, other: &str) -> bool {
        let (one, other) = (seen(one), seen(other));
        one.agrees(TextSpan::new(0, one.len()), &other, TextSpan::new(0, other.len()))
    }

    #[test]
    fn what_nobody_sees_makes_no_difference() {
        for (one, other) in [
            ("the agreement with", "the\u{a0}agreement  with"),
            ("the agreement with", "the agreement\u{202f}\n\twith"),
            ("وقع الطرفان", "\u{200f}وقع\u{200e} الطرفان\u{200f}"),
            ("wo\u{ad}rd می\u{200c}شود", "word میشود"),
            ("Łódź élève أحمد مؤمن 정부", "Łódź élève أحمد مؤمن 정부"),
            ("وقّع العقد في بغداد", "وَقَّعَ الْعَقْدَ فِي بَغْدَادَ"),
            ("كتاب الله", "كتـــاب اللّه"),
            ("كتاباً", "كتابًا"),
            ("الاتفاق", "ﺍﻻﺗﻔﺎﻕ"),
            ("first A1", "ﬁrst Ａ１"),
            ("twenty-one", "twenty\u{2011}one"),
        ] {
            assert!(agree(one, other), "{one:?} {other:?}");
            assert!(agree(other, one), "{other:?} {one:?}");
        }
    }

    #[test]
    fn what_readers_see_makes_one() {
        for (one, other) in [
            ("كَتَبَ", "كُتِبَ"),
            ("علّمَ", "علِم"),
            ("10² km", "102 km"),
            ("½ kg", "1⁄2 kg"),
            ("Polish", "polish"),
            ("resume", "résumé"),
            ("ان", "أن"),
            ("١٤", "14"),
            ("non?", "non ?"),
            ("it is.", "it is"),
            ("\u{1F3F4}\u{E0067}\u{E0062}\u{E007F}", "\u{1F3F4}\u{E0065}\u{E007F}"),
        ] {
            assert!(!agree(one, other), "{one:?} {other:?}");
        }
    }

    #[test]
    fn parts_are_found_where_other_blanks_stand() {
        let at = |one: &str, part: &str, other: &str| {
            let from = one.find(part).unwrap();
            let place = SeenPlaces::new(one, other).place(TextSpan::new(from, from + part.len()));
            other[place.range()].to_owned()
        };
        assert_eq!(at("on July 14, 2019.", "14", "on\u{a0}July  14, 2019."), "14");
        assert_eq!(at("one. two.", "two.", "\u{200f}one.  \u{200f}two.\u{200f}"), "\u{200f}two.\u{200f}");
        assert_eq!(at("one. two.", "one.", "\u{200f}one.  \u{200f}two."), "\u{200f}one.");
        assert_eq!(at("في بغداد اليوم", "بغداد", "فِي بَغْدَادَ اليوم"), "بَغْدَادَ");
        assert_eq!(at("an élan", "é", "an e\u{301}lan"), "e\u{301}");
        assert_eq!(at("an e\u{301}lan", "lan", "an élan"), "lan");
    }

    proptest! {
        #[test]
        fn encodings_of_one_text_agree_and_parts_lie_on_characters(
            text in "[a-cé\u{301}ا-دأ\u{64b}-\u{655}\u{640}\u{200f}\u{a0} ﻻ가-각]{0,12}",
            from in 0..13_usize,
            to in 0..13_usize,
        ) {
            let (composed, decomposed) = (text.nfc().collect::<String>(), text.nfd().collect::<String>());
            prop_assert!(agree(&composed, &decomposed));
            prop_assert!(agree(&text, &composed));
            let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let (from, to) = (bounds[from.min(bounds.len() - 1)], bounds[to.min(bounds.len() - 1)]);
            let part = TextSpan::new(from.min(to), from.max(to));
            for other in [&composed, &decomposed] {
                let place = SeenPlaces::new(&text, other).place(part);
                prop_assert!(other.get(place.range()).is_some());
            }
        }
    }
}
