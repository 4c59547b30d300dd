//! Judging a text by itself, and a pair of texts.

use crate::bitext::Lang;
use crate::language::Script;

use super::finding::quoted;
use super::kind::Kind;
use super::measure::{Bidi, Measure};
use super::mojibake::mojibake;
use super::numbers;
use super::placeholders;
use crate::xml::{Reference, references};

/// Characters of a segment, where some services stop.
const LONGEST: usize = 2000;

/// Letters that a text must have before its script is judged.
const FEWEST_LETTERS: u32 = 10;

/// What is known of a language.
#[derive(Debug, Clone)]
pub(super) struct Language {
    /// As the file spells it.
    pub(super) spelling: String,
    /// `und` where the spelling is no code.
    pub(super) lang: Lang,
    pub(super) scripts: &'static [Script],
}

impl Language {
    pub(super) fn new(spelling: &str) -> Self {
        let lang: Lang = spelling.replace('_', "-").parse().unwrap_or_else(|_| Lang::undetermined());
        Self { spelling: spelling.to_owned(), scripts: Script::of_language(&lang), lang }
    }
}

/// One side of a unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct SideText<'u> {
    pub(super) text: &'u str,
    pub(super) measure: &'u Measure,
    pub(super) language: &'u Language,
}

/// The references in a text that should not be there.
pub(super) fn check_references(text: &str, found: &mut impl FnMut(Kind, usize, String)) {
    if let Some(at) = memchr::memmem::find(text.as_bytes(), b"]]>") {
        found(Kind::Unescaped, at, "]]> in a text".to_owned());
    }
    for (range, reference) in references(text) {
        match reference {
            Reference::Char(_) => {}
            Reference::Pair(c) => {
                let detail = format!("U+{:04X} as references to two halves", u32::from(c));
                found(Kind::IllegalCharacter, range.start, detail);
            }
            Reference::Bare => {
                let end = text.ceil_char_boundary((range.start + 20).min(text.len()));
                found(
                    Kind::Unescaped,
                    range.start,
                    format!("a bare & before {}", quoted(&text[range.end..end])),
                );
            }
            Reference::Unknown(name) => {
                found(Kind::UnknownEntity, range.start, format!("the entity {}", quoted(name)));
            }
            Reference::Illegal(code) => {
                found(Kind::IllegalCharacter, range.start, format!("a reference to U+{code:04X}"));
            }
        }
    }
}

/// What to say of the illegal character with which `text` begins.
pub(super) fn illegal_detail(text: &str) -> String {
    format!("the character U+{:04X}", text.chars().next().map_or(0, u32::from))
}

/// What is wrong with a text by itself.
pub(super) fn check_one(side: SideText<'_>, found: &mut impl FnMut(Kind, String)) {
    let m = side.measure;
    if let Some(damage) = mojibake(side.text, m, side.language.scripts) {
        let detail = format!("{}: {} was {}", damage.how, quoted(side.text), quoted(&damage.meant));
        found(Kind::Mojibake, detail);
    }
    let non_latin = !side.language.scripts.is_empty() && !side.language.scripts.contains(&Script::Latin);
    if m.replacements > 0 {
        found(Kind::LostCharacters, format!("U+FFFD × {}: {}", m.replacements, quoted(side.text)));
    } else if non_latin && m.question_marks >= 4 && m.all_letters == 0 {
        found(Kind::LostCharacters, format!("question marks in place of letters: {}", quoted(side.text)));
    }
    if let Some(c) = m.first_override {
        found(Kind::BidiOverride, format!("U+{:04X} in {}", u32::from(c), quoted(side.text)));
    }
    if m.bidi == Bidi::Unbalanced {
        found(Kind::BidiUnbalanced, format!("marks of direction do not pair: {}", quoted(side.text)));
    }
    if m.presentation > 0 {
        found(
            Kind::PresentationForms,
            format!("{} presentation forms: {}", m.presentation, quoted(side.text)),
        );
    }
    if m.soft_hyphens > 0 {
        found(Kind::SoftHyphen, format!("soft hyphens × {}: {}", m.soft_hyphens, quoted(side.text)));
    }
    if m.ampersand && is_double_escaped(side.text) {
        found(Kind::DoubleEscaped, format!("an escaped escape: {}", quoted(side.text)));
    }
    if m.chars > LONGEST {
        found(Kind::LongSegment, format!("{} characters", m.chars));
    }
}

fn is_double_escaped(text: &str) -> bool {
    references(text).any(|(range, reference)| match reference {
        Reference::Char(_) | Reference::Pair(_) | Reference::Illegal(_) => true,
        Reference::Unknown(_) => &text[range] == "&nbsp;",
        Reference::Bare => false,
    })
}

/// What is wrong with a source and its translation.
pub(super) fn check_pair(
    source: SideText<'_>,
    target: SideText<'_>,
    runs: &mut [Vec<u64>; 2],
    found: &mut impl FnMut(Kind, String),
) {
    check_scripts(source, target, found);
    if let Some(detail) = placeholders::difference(
        (source.text, &source.language.spelling),
        (target.text, &target.language.spelling),
    ) {
        found(Kind::PlaceholderDiffers, detail);
    }
    if source.measure.digits + target.measure.digits > 0 {
        numbers::digit_runs(source.text, &mut runs[0]);
        numbers::digit_runs(target.text, &mut runs[1]);
        if runs[0] != runs[1] {
            check_numbers(source, target, found);
        }
    }
    let (short, long) =
        (source.measure.width.min(target.measure.width), source.measure.width.max(target.measure.width));
    if long >= 40 && long > short * 4 {
        found(Kind::LengthRatio, format!("{} and {} characters", source.measure.chars, target.measure.chars));
    }
}

fn check_numbers(source: SideText<'_>, target: SideText<'_>, found: &mut impl FnMut(Kind, String)) {
    let one = (source.text, &source.language.lang);
    let (of_source, of_target) = numbers::missing(one, (target.text, &target.language.lang));
    let told: Vec<_> = [(of_source, source), (of_target, target)]
        .into_iter()
        .filter(|(numbers, _)| !numbers.is_empty())
        .map(|(numbers, side)| format!("{} only in {}", numbers.join(", "), side.language.spelling))
        .collect();
    if !told.is_empty() {
        found(Kind::NumberMismatch, told.join("; "));
    }
}

fn check_scripts(source: SideText<'_>, target: SideText<'_>, found: &mut impl FnMut(Kind, String)) {
    let (of_source, of_target) = (source.language.scripts, target.language.scripts);
    let differ =
        !of_source.is_empty() && !of_target.is_empty() && !of_source.iter().any(|s| of_target.contains(s));
    if source.text == target.text && is_untranslated(source.text) {
        found(Kind::Untranslated, format!("both sides are {}", quoted(source.text)));
        return;
    }
    if differ {
        let mostly =
            |m: &Measure, scripts| m.all_letters >= 3 && m.letters_in(scripts) * 10 >= m.all_letters * 9;
        if mostly(source.measure, of_target) && mostly(target.measure, of_source) {
            let detail = format!(
                "the text marked {} is in {} script, the one marked {} in {} script",
                source.language.spelling,
                source.measure.main_script(),
                target.language.spelling,
                target.measure.main_script()
            );
            found(Kind::SwappedLanguages, detail);
            return;
        }
    }
    for side in [source, target] {
        let m = side.measure;
        let scripts = side.language.scripts;
        let foreign = !scripts.is_empty()
            && m.all_letters >= FEWEST_LETTERS
            && m.letters_in(scripts) * 10 < m.all_letters;
        // Latin names, addresses and mojibake stand in every language; the latter has its own finding.
        let words = side.text.split_whitespace().filter(|word| word.contains(char::is_alphabetic));
        let one_word = m.letters_in(&[Script::Latin]) == m.all_letters && words.count() < 2;
        if foreign && !one_word && mojibake(side.text, m, scripts).is_none() {
            let detail = format!(
                "marked {}, but in {} script: {}",
                side.language.spelling,
                m.main_script(),
                quoted(side.text)
            );
            found(Kind::WrongScript, detail);
        }
    }
}

/// Whether a text that stands on both sides should have been translated: it has two words.
fn is_untranslated(text: &str) -> bool {
    let is_word = |word: &&str| {
        word.chars().filter(|c| c.is_alphabetic()).count() >= 2 && !word.contains(['@', '/', '\\', '_'])
    };
    text.split_whitespace().filter(is_word).count() >= 2
}
