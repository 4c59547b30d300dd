//! Tokens: words, digit runs and signs, with what each word may mean.
//!
//! In: a segment's text and its language. Out: a [`Reader`] over the tokens, which the readers of
//! numbers, dates and symbols share. Guarantee: one pass; tokens are in order, do not overlap, lie on
//! character boundaries, and cover all that is neither white space nor an invisible mark.

use unicode_normalization::char::decompose_compatible;

use crate::language::{Cue, NumberWord, Senses, Words};
use crate::normalize::{digit, fold_arabic, is_arabic_letter, is_invisible};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A word of Arabic letters.
    Arabic,
    /// A word of any other letters.
    Latin,
    /// Digits of one run.
    Digits,
    /// One other visible character.
    Sign(char),
}

/// How a word's capitals stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letters {
    /// No capital.
    Lower,
    /// The first letter only.
    Title,
    /// All of two or more letters.
    Upper,
    /// A single capital letter.
    Single,
    /// Capitals inside.
    Mixed,
}

/// Proclitics stripped from an Arabic word before it was found in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Clitics {
    /// The conjunction «و» or «ف».
    pub(super) and: bool,
    /// The preposition «ب», «ل» or «ك».
    pub(super) preposition: bool,
    /// The article «ال».
    pub(super) article: bool,
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
    pub(super) senses: Option<&'static Senses>,
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
        let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 5 + 2);
        let mut folded = String::with_capacity(48);
        let (mut spaced, mut lower, mut upper) = (false, 0usize, 0usize);
        let mut chars = text.char_indices().peekable();
        while let Some((start, c)) = chars.next() {
            if c.is_whitespace() {
                spaced = true;
                continue;
            }
            if is_invisible(c) {
                continue;
            }
            let mut token = Token {
                kind: TokenKind::Sign(c),
                start,
                end: start + c.len_utf8(),
                spaced,
                letters: Letters::Lower,
                clitics: Clitics::default(),
                senses: None,
            };
            spaced = false;
            if digit(c).is_some() {
                token.kind = TokenKind::Digits;
                while let Some((at, d)) = chars.next_if(|&(_, d)| digit(d).is_some()) {
                    token.end = at + d.len_utf8();
                }
            } else if is_arabic_letter(c) {
                token.kind = TokenKind::Arabic;
                folded.clear();
                push_folded(c, &mut folded);
                while let Some((at, d)) = chars.next_if(|&(_, d)| is_arabic_letter(d)) {
                    token.end = at + d.len_utf8();
                    push_folded(d, &mut folded);
                }
                if let Some((senses, clitics)) = look_up_arabic(words, &folded) {
                    (token.senses, token.clitics) = (Some(senses), clitics);
                }
            } else if c.is_alphabetic() {
                token.kind = TokenKind::Latin;
                folded.clear();
                let (mut letters, mut capitals) = (0usize, 0usize);
                let mut push = |c: char| {
                    letters += 1;
                    if c.is_ascii() {
                        capitals += usize::from(c.is_ascii_uppercase());
                        folded.push(c.to_ascii_lowercase());
                    } else {
                        capitals += usize::from(c.is_uppercase());
                        folded.extend(c.to_lowercase());
                    }
                };
                push(c);
                while let Some((at, d)) = chars.next_if(|&(_, d)| continues_word(d)) {
                    token.end = at + d.len_utf8();
                    push(d);
                }
                token.letters = match (capitals, c.is_uppercase()) {
                    (0, _) => Letters::Lower,
                    (1, true) if letters == 1 => Letters::Single,
                    (1, true) => Letters::Title,
                    (n, _) if n == letters => Letters::Upper,
                    _ => Letters::Mixed,
                };
                lower +=
                    usize::from(matches!(token.letters, Letters::Lower | Letters::Title | Letters::Mixed));
                upper += usize::from(token.letters == Letters::Upper);
                token.senses = words.get(&folded);
            }
            tokens.push(token);
        }
        Self { text, words, tokens, shouting: lower == 0 && upper > 1 }
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
        self.tokens.get(at).is_some_and(|t| matches!(t.kind, TokenKind::Arabic | TokenKind::Latin))
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
        for c in self.slice(at).chars() {
            if is_arabic_letter(c) {
                push_folded(c, &mut folded);
            } else {
                folded.extend(c.to_lowercase());
            }
        }
        folded
    }
}

/// Whether `c` goes on a word of letters other than Arabic.
fn continues_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    (c.is_alphabetic() && !is_arabic_letter(c)) || matches!(c, '\u{0300}'..='\u{036F}')
}

fn push_folded(c: char, folded: &mut String) {
    if matches!(c, '\u{FB50}'..='\u{FEFF}') {
        decompose_compatible(c, |d| folded.extend(fold_arabic(d).filter(|&d| d != ' ')));
    } else {
        folded.extend(fold_arabic(c));
    }
}

/// Words that only look like a clitic and a number: «لست» ("I am not").
const NO_CLITIC: [&str; 2] = ["لست", "لسته"];

/// Finds a folded word, whole first, then without its proclitics, outermost first.
fn look_up_arabic(words: &'static Words, folded: &str) -> Option<(&'static Senses, Clitics)> {
    let mut clitics = Clitics::default();
    if let Some(senses) = words.get(folded) {
        return Some((senses, clitics));
    }
    if NO_CLITIC.contains(&folded) {
        return None;
    }
    let mut rest = folded;
    let find = |rest: &str| if rest.len() >= 4 { words.get(rest) } else { None };
    if let Some(bare) = rest.strip_prefix(['و', 'ف']) {
        clitics.and = true;
        rest = bare;
        if let Some(senses) = find(rest) {
            return Some((senses, clitics));
        }
    }
    if let Some(bare) = rest.strip_prefix("لل") {
        (clitics.preposition, clitics.article) = (true, true);
        return find(bare).map(|senses| (senses, clitics));
    }
    if let Some(bare) = rest.strip_prefix(['ب', 'ل', 'ك']) {
        clitics.preposition = true;
        rest = bare;
        if let Some(senses) = find(rest) {
            return Some((senses, clitics));
        }
    }
    let bare = rest.strip_prefix("ال")?;
    clitics.article = true;
    find(bare).map(|senses| (senses, clitics))
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
