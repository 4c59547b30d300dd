//! What the heading of a column says of it: `Source text`, `ar-SA`, `Arabic (Egypt)`, `notes`.

use super::heading_words::{COMMENT, CONTEXT, FILLING, IDENTIFIER, OTHER, SOURCE, STATUS, TARGET};

/// What a column holds, as its heading says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The source text, with its language where that is named.
    Source(Option<String>),
    /// The target text, likewise.
    Target(Option<String>),
    /// Texts in a language.
    Language(String),
    /// Texts, of which nothing more is said.
    Text,
    /// What tells a row from others.
    Context,
    /// Remarks.
    Comment,
    /// The type of a bead.
    BeadType,
    /// How sure a pair is.
    Confidence,
    /// What a reviewer decided, or how far the translation is.
    Status,
    /// Whether the translation is a mere proposal.
    Fuzzy,
    /// Something else that headings are known to say.
    Other,
    /// The heading is no usual one.
    Unknown,
}

/// What the heading `field` says; `named` gives the code of a language for its code or name.
pub(super) fn meaning(field: &str, named: &dyn Fn(&str) -> Option<String>) -> Meaning {
    let field = field.trim();
    let lower = lower(field);
    let is = |words: &[&str]| words.contains(&lower.trim_end_matches(['.', ':', '#']).trim());
    match &*lower {
        "" => return Meaning::Unknown,
        "#" => return Meaning::Context,
        "type" => return Meaning::BeadType,
        "confidence" => return Meaning::Confidence,
        "fuzzy" => return Meaning::Fuzzy,
        _ if is(STATUS) => return Meaning::Status,
        _ if is(COMMENT) => return Meaning::Comment,
        _ if is(CONTEXT) => return Meaning::Context,
        _ if is(OTHER) => return Meaning::Other,
        _ => {}
    }
    if let Some(code) = named(field) {
        return Meaning::Language(code);
    }
    let mut found = Found::default();
    for word in field.split_inclusive(is_mark) {
        let bare = word.trim_matches(is_mark);
        if is_dash(bare) {
            found.behind |= found.language.is_some();
        } else {
            for piece in words(bare, named) {
                found.take(&piece, named);
            }
        }
        if word.contains(['(', '[']) {
            found.in_brackets = true;
        } else if word.contains([')', ']']) {
            found.in_brackets = false;
        }
    }
    found.meaning()
}

/// The marks between the words of a heading.
fn is_mark(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | ':' | '/' | '|')
}

/// Whether `word` parts a language from its country: `English - US`.
fn is_dash(word: &str) -> bool {
    matches!(word, "-" | "–" | "—")
}

/// `text` in lower case, without what is left of İ.
fn lower(text: &str) -> String {
    text.to_lowercase().replace('\u{307}', "")
}

/// What a word of a heading says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    Source,
    Target,
    Status,
    Identifier,
    /// A language, by its name.
    Name,
    /// A language, by a code that may be a word as well.
    Code,
    /// Nothing beside other words.
    Filled,
    Unknown,
}

/// What was found in a heading so far.
#[derive(Default)]
struct Found {
    said: Vec<Says>,
    language: Option<String>,
    country: Option<String>,
    in_brackets: bool,
    /// Behind a language and a dash: its country, or another remark on it.
    behind: bool,
}

impl Found {
    fn take(&mut self, piece: &str, named: &dyn Fn(&str) -> Option<String>) {
        let lower = lower(piece);
        let is = |words: &[&str]| words.contains(&&*lower);
        if self.country.is_none()
            && let Some(country) = self.country_in(piece)
        {
            self.country = Some(country);
        } else if !self.behind {
            let code = named(piece);
            let says = match code {
                _ if is(SOURCE) => Says::Source,
                _ if is(TARGET) => Says::Target,
                _ if is(STATUS) => Says::Status,
                _ if is(IDENTIFIER) => Says::Identifier,
                Some(code) => {
                    self.language.get_or_insert(code);
                    if is_bare_code(piece) { Says::Code } else { Says::Name }
                }
                None if is(FILLING) => Says::Filled,
                None => Says::Unknown,
            };
            // A remark in brackets may be any, and a code there is no word.
            if !(self.in_brackets && matches!(says, Says::Unknown | Says::Code)) {
                self.said.push(says);
            }
        }
    }

    /// The country that `piece` names behind a language.
    fn country_in(&self, piece: &str) -> Option<String> {
        let language = self.language.as_ref().filter(|code| !code.contains('-'))?;
        let code = piece.len() == 2 && piece.bytes().all(|b| b.is_ascii_uppercase());
        (code && !piece.eq_ignore_ascii_case(language)).then(|| match piece {
            "UK" => "GB".to_owned(),
            country => country.to_owned(),
        })
    }

    fn meaning(self) -> Meaning {
        let has = |wanted: Says| self.said.contains(&wanted);
        // `He is`: words that are codes, too.
        let codes = self.said.iter().filter(|says| **says == Says::Code).count();
        let helped =
            [Says::Source, Says::Target, Says::Filled, Says::Name, Says::Status].into_iter().any(has);
        if has(Says::Unknown) || !helped && (codes > 1 || codes == 1 && has(Says::Identifier)) {
            return Meaning::Unknown;
        }
        let country = self.country.map(|country| format!("-{country}")).unwrap_or_default();
        let language = self.language.map(|code| code + &country);
        match (has(Says::Source), has(Says::Target), language) {
            _ if has(Says::Status) => Meaning::Status,
            _ if has(Says::Identifier) => Meaning::Context,
            (true, false, language) => Meaning::Source(language),
            (false, true, language) => Meaning::Target(language),
            (false, false, Some(code)) => Meaning::Language(code),
            (false, false, None) if has(Says::Filled) => Meaning::Text,
            _ => Meaning::Unknown,
        }
    }
}

/// A word of a heading, or the words that `_`, `-` and `.` join, unless they are one code: `text_ar`, `ar_SA`.
fn words(word: &str, named: &dyn Fn(&str) -> Option<String>) -> Vec<String> {
    if word.is_empty() || named(word).is_some() {
        return if word.is_empty() { Vec::new() } else { vec![word.to_owned()] };
    }
    for mark in ['_', '.', '-'] {
        // `text_ar_SA`: what follows the first mark may be a code.
        if let Some((first, rest)) = word.split_once(mark)
            && named(rest).is_some()
            && named(first).is_none()
        {
            return vec![first.to_owned(), rest.to_owned()];
        }
    }
    word.split(['_', '-', '.', '–']).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// Whether `field` is a code of two or three letters: it may be a word as well.
pub(super) fn is_bare_code(field: &str) -> bool {
    (2..=3).contains(&field.len()) && field.bytes().all(|b| b.is_ascii_alphabetic())
}

/// Whether `field` is written as a word is at the beginning of a sentence: `It`, `No`.
pub(super) fn is_capitalised(field: &str) -> bool {
    let mut letters = field.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase)
}

/// Whether `field` is a few words of which one is usual in headings: `Menu text`.
pub(super) fn is_partly_usual(field: &str) -> bool {
    const MOST: usize = 3;
    let words: Vec<String> = field.split_whitespace().map(lower).collect();
    words.len() <= MOST
        && words.iter().any(|word| [SOURCE, TARGET, FILLING].iter().any(|of| of.contains(&&**word)))
}

/// Whether `field` is a heading that is also the code of a language: `id` is Indonesian, `no` Norwegian.
pub(super) fn code_and_word(field: &str, named: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let field = field.trim();
    (field.len() == 2).then(|| named(field)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_understood() {
        let named = |name: &str| match name.to_lowercase().as_str() {
            "ar" | "arabic" | "العربية" => Some("ar".to_owned()),
            "ar-sa" | "ar_sa" => Some("ar-SA".to_owned()),
            "en" | "english" | "anglais" => Some("en".to_owned()),
            _ => None,
        };
        let language = |code: &str| Meaning::Language(code.to_owned());
        for (heading, expected) in [
            ("Source", Meaning::Source(None)),
            ("source_text", Meaning::Source(None)),
            ("source (ar)", Meaning::Source(Some("ar".to_owned()))),
            ("Source: English", Meaning::Source(Some("en".to_owned()))),
            ("Arabic translation", Meaning::Target(Some("ar".to_owned()))),
            ("النص الأصلي", Meaning::Source(None)),
            ("texte cible", Meaning::Target(None)),
            ("AR", language("ar")),
            ("Arabic (Egypt)", language("ar")),
            ("text_ar_SA", language("ar-SA")),
            ("EN text", language("en")),
            ("العربية", language("ar")),
            ("English - US", language("en-US")),
            ("Arabic – EG", language("ar-EG")),
            ("English – United Kingdom", language("en")),
            ("English (UK)", language("en-GB")),
            ("Arabic (AR)", language("ar")),
            ("Arabic-SA", language("ar-SA")),
            ("en / ar", Meaning::Unknown),
            ("Исходный текст", Meaning::Source(None)),
            ("Kaynak metin", Meaning::Source(None)),
            ("Hedef", Meaning::Target(None)),
            ("译文", Meaning::Target(None)),
            ("Segment status", Meaning::Status),
            ("Translation state", Meaning::Status),
            ("Segment ID", Meaning::Context),
            ("Term", Meaning::Text),
            ("Key", Meaning::Context),
            ("No.", Meaning::Context),
            ("ملاحظات", Meaning::Comment),
            ("English is hard", Meaning::Unknown),
            ("The source of the Nile", Meaning::Unknown),
            ("", Meaning::Unknown),
        ] {
            assert_eq!(meaning(heading, &named), expected, "{heading}");
        }
    }
}
