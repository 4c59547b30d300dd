//! The script of a letter, and the scripts a language is written in.
//!
//! In: a character, or a language. Out: scripts. Guarantee: pure and total; a language this table does not know has
//! no script, so that nobody is held to a guess.

use crate::bitext::Lang;

/// The script of a letter, as far as it tells languages apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Script {
    /// Latin.
    Latin,
    /// Cyrillic.
    Cyrillic,
    /// Greek.
    Greek,
    /// Arabic.
    Arabic,
    /// Hebrew.
    Hebrew,
    /// Han.
    Han,
    /// Kana.
    Kana,
    /// Hangul.
    Hangul,
    /// Thai.
    Thai,
    /// Devanagari.
    Devanagari,
    /// Bengali.
    Bengali,
    /// Armenian.
    Armenian,
    /// Georgian.
    Georgian,
    /// Ethiopic.
    Ethiopic,
    /// Any other.
    Other,
}

impl Script {
    /// How many scripts there are: the length of a table indexed by `script as usize`.
    pub const COUNT: usize = Self::Other as usize + 1;

    /// Its name, for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Latin => "Latin",
            Self::Cyrillic => "Cyrillic",
            Self::Greek => "Greek",
            Self::Arabic => "Arabic",
            Self::Hebrew => "Hebrew",
            Self::Han => "Han",
            Self::Kana => "Kana",
            Self::Hangul => "Hangul",
            Self::Thai => "Thai",
            Self::Devanagari => "Devanagari",
            Self::Bengali => "Bengali",
            Self::Armenian => "Armenian",
            Self::Georgian => "Georgian",
            Self::Ethiopic => "Ethiopic",
            Self::Other => "another script",
        }
    }

    /// The scripts in which `language` is usually written; none where that is not known. A script subtag
    /// (`sr-Latn`) decides.
    ///
    /// ```
    /// use muqabala::segment::Script;
    /// assert_eq!(Script::of_language(&"ar-IQ".parse()?), [Script::Arabic]);
    /// assert_eq!(Script::of_language(&"sr-Latn".parse()?), [Script::Latin]);
    /// # Ok::<(), muqabala::bitext::LangError>(())
    /// ```
    pub fn of_language(language: &Lang) -> &'static [Self] {
        if let Some(subtag) = language.as_str().split('-').skip(1).find(|s| s.len() == 4) {
            return match &*subtag.to_ascii_lowercase() {
                "latn" => &[Self::Latin],
                "cyrl" => &[Self::Cyrillic],
                "arab" => &[Self::Arabic],
                "hebr" => &[Self::Hebrew],
                "grek" => &[Self::Greek],
                "hans" | "hant" => &[Self::Han],
                "deva" => &[Self::Devanagari],
                _ => &[],
            };
        }
        match language.primary() {
            "ar" | "ara" | "fa" | "fas" | "ur" | "ps" | "ckb" | "ug" | "sd" | "arz" | "prs" => {
                &[Self::Arabic]
            }
            "he" | "heb" | "yi" => &[Self::Hebrew],
            "en" | "eng" | "fr" | "de" | "es" | "it" | "pt" | "nl" | "hu" | "pl" | "cs" | "sk" | "sl"
            | "hr" | "ro" | "tr" | "sv" | "da" | "nb" | "nn" | "no" | "fi" | "et" | "lv" | "lt" | "vi"
            | "id" | "ms" | "ca" | "eu" | "gl" | "ga" | "cy" | "mt" | "sq" | "is" | "sw" | "so" | "fil"
            | "tl" | "af" => &[Self::Latin],
            "ru" | "uk" | "be" | "bg" | "mk" | "kk" | "ky" | "tg" | "mn" => &[Self::Cyrillic],
            "el" => &[Self::Greek],
            "hy" => &[Self::Armenian],
            "ka" => &[Self::Georgian],
            "am" | "ti" => &[Self::Ethiopic],
            "hi" | "mr" | "ne" => &[Self::Devanagari],
            "bn" => &[Self::Bengali],
            "th" => &[Self::Thai],
            "ko" => &[Self::Hangul, Self::Han],
            "ja" => &[Self::Kana, Self::Han],
            "zh" | "yue" => &[Self::Han],
            _ => &[],
        }
    }
}

/// The script of the letter `c`; `None` for what is no letter.
pub fn script_of(c: char) -> Option<Script> {
    // The most frequent ones without the tables.
    if ('\u{0620}'..='\u{064A}').contains(&c) {
        return Some(Script::Arabic);
    }
    if !c.is_alphabetic() {
        return None;
    }
    Some(match c {
        'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => Script::Latin,
        '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => Script::Greek,
        '\u{400}'..='\u{52F}' => Script::Cyrillic,
        '\u{531}'..='\u{58A}' => Script::Armenian,
        '\u{591}'..='\u{5F4}' => Script::Hebrew,
        '\u{600}'..='\u{6FF}'
        | '\u{750}'..='\u{77F}'
        | '\u{8A0}'..='\u{8FF}'
        | '\u{FB50}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFC}' => Script::Arabic,
        '\u{900}'..='\u{97F}' => Script::Devanagari,
        '\u{980}'..='\u{9FF}' => Script::Bengali,
        '\u{E00}'..='\u{E7F}' => Script::Thai,
        '\u{10A0}'..='\u{10FF}' => Script::Georgian,
        '\u{1200}'..='\u{139F}' => Script::Ethiopic,
        '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7AF}' | '\u{3130}'..='\u{318F}' => Script::Hangul,
        '\u{3041}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9F}' => Script::Kana,
        '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' => Script::Han,
        _ => Script::Other,
    })
}
