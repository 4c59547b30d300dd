//! What one pass over a text finds: letters by script, digits, marks of direction, damage.

use crate::language::Script;
use crate::normalize::{digit, is_invisible, is_mark, script_of};

/// What was found in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Measure {
    pub(super) chars: usize,
    /// Letters by script.
    pub(super) letters: [u32; Script::COUNT],
    pub(super) all_letters: u32,
    /// Whether anything can be seen.
    pub(super) visible: bool,
    pub(super) digits: u32,
    pub(super) question_marks: u32,
    /// U+0080 to U+00FF, among which the bytes of a wrong encoding land.
    pub(super) high_latin: u32,
    /// The letters ط and ظ, the first bytes of Arabic in UTF-8 as windows-1256 shows them.
    pub(super) tah_zah: u32,
    pub(super) replacements: u32,
    pub(super) presentation: u32,
    /// Soft hyphens, but for those that are half of a letter in the wrong encoding.
    pub(super) soft_hyphens: u32,
    /// U+202A to U+202E.
    pub(super) first_override: Option<char>,
    pub(super) bidi: Bidi,
    pub(super) ampersand: bool,
    /// Width in letters of an alphabet: an ideograph counts as three.
    pub(super) width: usize,
}

/// Whether what turns the direction around is turned back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Bidi {
    #[default]
    Balanced,
    Unbalanced,
}

/// Whether `c` is a soft hyphen and nothing else: after a letter that the first byte of a letter looks like in the wrong
/// encoding it may be its second byte.
pub(super) const fn is_soft_hyphen(c: char, before: char) -> bool {
    c == '\u{ad}' && !matches!(before, '\u{80}'..='\u{ff}')
}

/// Whether a letter is written as a form of it. Ligatures of whole words and ornate brackets are written as such.
pub(super) const fn is_presentation(c: char) -> bool {
    matches!(c, '\u{fb50}'..='\u{fd3d}' | '\u{fd50}'..='\u{fdef}' | '\u{fe70}'..='\u{fefc}')
}

impl Measure {
    pub(super) fn of(text: &str) -> Self {
        let mut m = Self::default();
        let (mut embeddings, mut isolates) = (0_i32, 0_i32);
        let mut before = ' ';
        for c in text.chars() {
            m.soft_hyphens += u32::from(is_soft_hyphen(c, before));
            before = c;
            m.chars += 1;
            if c.is_ascii() {
                m.width += 1;
                m.visible |= c.is_ascii_graphic();
                if c.is_ascii_alphabetic() {
                    m.letters[Script::Latin as usize] += 1;
                } else if c.is_ascii_digit() {
                    m.digits += 1;
                } else {
                    m.question_marks += u32::from(c == '?');
                    m.ampersand |= c == '&';
                }
                continue;
            }
            match c {
                '\u{80}'..='\u{ff}' => m.high_latin += 1,
                'ط' | 'ظ' => m.tah_zah += 1,
                '\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}' => {
                    m.first_override.get_or_insert(c);
                    embeddings += 1;
                }
                '\u{202c}' => {
                    m.first_override.get_or_insert(c);
                    embeddings -= 1;
                }
                '\u{2066}'..='\u{2068}' => isolates += 1,
                '\u{2069}' => isolates -= 1,
                '\u{fffd}' => m.replacements += 1,
                c if is_presentation(c) => m.presentation += 1,
                _ => {}
            }
            if embeddings < 0 || isolates < 0 {
                m.bidi = Bidi::Unbalanced;
            }
            if let Some(script) = script_of(c) {
                m.letters[script as usize] += 1;
                m.visible = true;
                m.width += if matches!(script, Script::Han | Script::Kana | Script::Hangul) { 3 } else { 1 };
            } else if digit(c).is_some() {
                m.digits += 1;
                m.visible = true;
                m.width += 1;
            } else if !is_mark(c) && !is_invisible(c) {
                m.visible |= !c.is_whitespace() && !c.is_control();
                m.width += 1;
            }
        }
        if embeddings != 0 || isolates != 0 {
            m.bidi = Bidi::Unbalanced;
        }
        m.all_letters = m.letters.iter().sum();
        m
    }

    /// Letters in any of `scripts`.
    pub(super) fn letters_in(&self, scripts: &[Script]) -> u32 {
        scripts.iter().map(|s| self.letters[*s as usize]).sum()
    }

    /// The script of most letters.
    pub(super) fn main_script(&self) -> &'static str {
        let most = Script::ALL.into_iter().max_by_key(|s| self.letters[*s as usize]);
        most.unwrap_or(Script::Other).name()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_damage_are_counted() {
        let m = Measure::of("العراق Iraq ٢٢ \u{202e}a\u{202c}\u{fffd}");
        assert_eq!((m.letters_in(&[Script::Arabic]), m.letters_in(&[Script::Latin]), m.digits), (6, 5, 2));
        assert_eq!((m.first_override, m.bidi, m.replacements), (Some('\u{202e}'), Bidi::Balanced, 1));
        assert_eq!(Measure::of("a\u{2067}b").bidi, Bidi::Unbalanced);
        assert!(!Measure::of(" \u{200f}\u{feff}\u{a0}").visible);
        assert!(Measure::of("…").visible);
        assert_eq!(Measure::of("\u{fdfa}").presentation, 0);
        assert_eq!(Measure::of("\u{fee1}").presentation, 1);
    }
}
