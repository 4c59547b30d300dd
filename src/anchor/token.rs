//! Tokens: words, digit runs and signs, with what each word may mean.
//!
//! In: a segment's text and its language. Out: a [`Reader`] over the tokens, which the readers of
//! numbers, dates and symbols share. Guarantee: one pass; tokens are in order, do not overlap, lie on
//! character boundaries, and cover all that is neither white space nor an invisible mark.

use crate::language::{Cue, NumberWord, Script, Senses, Words};
use crate::normalize::{
    digit, is_arabic_letter, is_combining, is_hangul, is_inside_words, is_invisible, is_unspaced, script_of,
};

use super::lookup;

pub(super) use super::lookup::{Clitics, Letters};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A word of Arabic letters.
    Arabic,
    /// A word of Latin letters.
    Latin,
    /// A word of any other letters; of a script without blanks, a word that is known or a single letter.
    Letters,
    /// Digits of one run.
    Digits,
    /// One other visible character.
    Sign(char),
}

/// A token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether white space stands before it.
    pub(super) spaced: bool,
    pub(super) letters: Letters,
    pub(super) clitics: Clitics,
    pub(super) senses: Option<Senses>,
}

/// A text cut into tokens.
#[derive(Debug)]
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    pub(super) words: &'static Words,
    pub(super) tokens: Vec<Token>,
    /// Whether the text is written in capitals throughout, as a heading may be.
    pub(super) shouting: bool,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str, words: &'static Words) -> Self {
        let mut reader =
            Self { text, words, tokens: Vec::with_capacity(text.len() / 5 + 2), shouting: false };
        let mut folded = String::with_capacity(48);
        let (mut spaced, mut lower, mut upper) = (false, 0usize, 0usize);
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            if c.is_whitespace() || is_invisible(c) {
                spaced |= c.is_whitespace();
                at += c.len_utf8();
                continue;
            }
            let mut token = Token {
                kind: TokenKind::Sign(half_width(c)),
                start: at,
                end: at + c.len_utf8(),
                spaced,
                letters: Letters::Lower,
                clitics: Clitics::default(),
                senses: None,
            };
            spaced = false;
            if digit(c).is_some() {
                token.kind = TokenKind::Digits;
                token.end = end_of_run(text, at, |c| digit(c).is_some(), |_| false);
            } else if is_arabic_letter(c) {
                token.kind = TokenKind::Arabic;
                token.end = end_of_run(text, at, is_arabic_letter, is_inside_words);
                let slice = &text[at..token.end];
                lookup::fold_arabic_word(slice, &mut folded);
                match lookup::arabic(words, slice, &folded) {
                    Some((senses, clitics)) => (token.senses, token.clitics) = (Some(*senses), clitics),
                    None => token.senses = words.made(&folded),
                }
            } else if is_unspaced(c) && c.is_alphabetic() {
                token.kind = TokenKind::Letters;
                // 十分 is "very", and ten minutes in 五十分.
                let numbered = !token.spaced
                    && reader
                        .tokens
                        .last()
                        .is_some_and(|t| t.end == at && t.senses.is_some_and(|s| s.number.is_some()));
                let first = at + c.len_utf8();
                let known = lookup::longest(words, &text[at..]);
                let known = match known {
                    Some((senses, _)) if numbered && senses.is_other_word() => {
                        lookup::longest(words, &text[at..first])
                    }
                    known => known,
                };
                if let Some((senses, length)) = known
                    && !is_cut_from_syllable(text, at, at + length)
                {
                    (token.senses, token.end) = (Some(*senses), at + length);
                }
            } else if c.is_alphabetic() {
                let latin = is_latin(c);
                token.kind = if latin { TokenKind::Latin } else { TokenKind::Letters };
                let continues = |c: char| {
                    (c.is_alphabetic() && !is_arabic_letter(c) && !is_unspaced(c) && is_latin(c) == latin)
                        || is_combining(c)
                };
                token.end = end_of_run(text, at, continues, is_inside_words);
                let slice = &text[at..token.end];
                token.letters = lookup::fold_word(slice, &mut folded);
                if is_hangul(c) {
                    // Particles stand behind the word: what is known at its beginning is parted from them.
                    if let Some((senses, length)) = lookup::hangul(words, slice) {
                        (token.senses, token.end) = (Some(*senses), at + length);
                    }
                } else {
                    match lookup::letters(words, &folded) {
                        Some((senses, clitics)) => (token.senses, token.clitics) = (Some(*senses), clitics),
                        None => token.senses = words.made(&folded),
                    }
                }
                lower +=
                    usize::from(matches!(token.letters, Letters::Lower | Letters::Title | Letters::Mixed));
                upper += usize::from(token.letters == Letters::Upper);
            }
            at = token.end;
            reader.tokens.push(token);
        }
        reader.shouting = lower == 0 && upper > 1;
        reader
    }

    pub(super) fn get(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    /// The token before `at`.
    pub(super) fn before(&self, at: usize) -> Option<&Token> {
        at.checked_sub(1).and_then(|i| self.tokens.get(i))
    }

    pub(super) fn slice(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |t| &self.text[t.start..t.end])
    }

    /// The sign at `at`, if it is one.
    pub(super) fn sign(&self, at: usize) -> Option<char> {
        match self.tokens.get(at)?.kind {
            TokenKind::Sign(c) => Some(c),
            _ => None,
        }
    }

    /// The sign at `at`, if no white space stands before it.
    pub(super) fn glued_sign(&self, at: usize) -> Option<char> {
        if self.is_glued(at) { self.sign(at) } else { None }
    }

    /// Whether the token `at` exists and follows the one before without white space.
    pub(super) fn is_glued(&self, at: usize) -> bool {
        at > 0 && self.tokens.get(at).is_some_and(|t| !t.spaced)
    }

    /// Whether the token `at` is a digit run.
    pub(super) fn is_digits(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Digits)
    }

    /// Whether the token `at` is a word.
    pub(super) fn is_word(&self, at: usize) -> bool {
        self.tokens
            .get(at)
            .is_some_and(|t| matches!(t.kind, TokenKind::Arabic | TokenKind::Latin | TokenKind::Letters))
    }

    pub(super) fn number(&self, at: usize) -> Option<NumberWord> {
        self.tokens.get(at)?.senses?.number
    }

    pub(super) fn cue(&self, at: usize) -> Option<Cue> {
        self.tokens.get(at)?.senses?.cue
    }

    pub(super) fn cue_before(&self, at: usize) -> Option<Cue> {
        at.checked_sub(1).and_then(|i| self.cue(i))
    }

    /// The value of the digit run at `at`, if it has at most nine digits.
    pub(super) fn small(&self, at: usize) -> Option<u32> {
        let token = self.tokens.get(at).filter(|t| t.kind == TokenKind::Digits)?;
        let mut value = 0u32;
        for (i, c) in self.text[token.start..token.end].chars().enumerate() {
            if i >= 9 {
                return None;
            }
            value = value * 10 + u32::from(digit(c)?.0);
        }
        Some(value)
    }

    /// How many digits the digit run at `at` has; 0 for other tokens.
    pub(super) fn digit_count(&self, at: usize) -> usize {
        match self.tokens.get(at) {
            Some(t) if t.kind == TokenKind::Digits => self.text[t.start..t.end].chars().count(),
            _ => 0,
        }
    }

    /// The folded spelling of the word at `at`.
    pub(super) fn folded(&self, at: usize) -> String {
        let mut folded = String::new();
        let slice = self.slice(at);
        if slice.chars().next().is_some_and(is_arabic_letter) {
            lookup::fold_arabic_word(slice, &mut folded);
        } else {
            lookup::fold_word(slice, &mut folded);
        }
        folded
    }
}

/// The ASCII sign for a full-width one; other characters come back as they are.
fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Where the run of characters that begins at `start` ends: it goes on with those that `continues` it, across those that
/// are `inside` it where it goes on after them.
fn end_of_run(
    text: &str,
    start: usize,
    continues: impl Fn(char) -> bool,
    inside: impl Fn(char) -> bool,
) -> usize {
    let mut end = start;
    for (at, c) in text[start..].char_indices() {
        if at == 0 || continues(c) {
            end = start + at + c.len_utf8();
        } else if !inside(c) {
            break;
        }
    }
    end
}

/// Whether a piece of a script without blanks lacks a vowel sign that is written before or behind it: «สาม» in «สามี».
fn is_cut_from_syllable(text: &str, start: usize, end: usize) -> bool {
    let leads = |c: char| matches!(c, '\u{0E40}'..='\u{0E44}' | '\u{0EC0}'..='\u{0EC4}');
    text[..start].chars().next_back().is_some_and(leads)
        || text[end..].chars().next().is_some_and(|c| is_combining(c) && !is_invisible(c))
}

/// Whether `c` is a Latin letter, or one that transliterations add to them, such as ʿ.
fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{02B0}'..='\u{02FF}') || script_of(c) == Some(Script::Latin)
}

#[cfg(test)]
use crate::bitext::Lang;

/// Renders the tokens for tests.
#[cfg(test)]
fn render(text: &str, language: &Lang) -> String {
    use std::fmt::Write as _;
    let reader = Reader::new(text, Words::of(language));
    let mut out = String::new();
    for i in 0..reader.tokens.len() {
        let t = &reader.tokens[i];
        let gap = if t.spaced { "_" } else { "" };
        let kind = match t.kind {
            TokenKind::Arabic => "A",
            TokenKind::Latin => "L",
            TokenKind::Letters => "O",
            TokenKind::Digits => "D",
            TokenKind::Sign(_) => "S",
        };
        write!(out, "{gap}{kind}[{}]", reader.slice(i)).unwrap();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_digits_and_signs_part() {
        insta::assert_snapshot!(render("U.S. 10-year, 2.5km €5", &Lang::english()),
            @"L[U]S[.]L[S]S[.]_D[10]S[-]L[year]S[,]_D[2]S[.]D[5]L[km]_S[€]D[5]");
        insta::assert_snapshot!(render("و23 تموز", &Lang::arabic()), @"A[و]D[23]_A[تموز]");
        insta::assert_snapshot!(render("22\u{200F}/7", &Lang::arabic()), @"D[22]S[/]D[7]");
        insta::assert_snapshot!(render("第3章 AI는 क्षेत्र ५०", &"ja".parse().unwrap()), @"O[第]D[3]O[章]_L[AI]O[는]_O[क्षेत्र]_D[५०]");
    }

    #[test]
    fn clitics_are_stripped_only_before_known_words() {
        let reader = Reader::new("وبالعشرين للألف ولست", Words::of(&Lang::arabic()));
        let clitics = |i: usize| reader.tokens[i].clitics;
        assert_eq!(clitics(0), Clitics { and: true, preposition: true, article: true });
        assert_eq!(clitics(1), Clitics { and: false, preposition: true, article: true });
        assert_eq!(reader.number(0), Some(NumberWord::Tens(20)));
        assert_eq!(reader.number(1), Some(NumberWord::Scale(1000)));
    }

    #[test]
    fn presentation_forms_fold_to_letters() {
        let reader = Reader::new("\u{FE97}\u{FEE4}\u{FEEE}\u{FEAF}", Words::of(&Lang::arabic()));
        assert_eq!(reader.folded(0), "تموز");
    }
}
