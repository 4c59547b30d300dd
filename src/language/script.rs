//! Scripts, as far as they tell languages apart.

use serde::Deserialize;

/// The script of a letter, as far as it tells languages apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
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
    /// Gurmukhi.
    Gurmukhi,
    /// Gujarati.
    Gujarati,
    /// Odia.
    Oriya,
    /// Tamil.
    Tamil,
    /// Telugu.
    Telugu,
    /// Kannada.
    Kannada,
    /// Malayalam.
    Malayalam,
    /// Sinhala.
    Sinhala,
    /// Thaana.
    Thaana,
    /// Lao.
    Lao,
    /// Burmese.
    Myanmar,
    /// Khmer.
    Khmer,
    /// Tibetan.
    Tibetan,
    /// Any other.
    Other,
}

impl Script {
    /// How many scripts there are: the length of a table indexed by `script as usize`.
    pub const COUNT: usize = Self::Other as usize + 1;

    /// The scripts, in the order of `script as usize`.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Latin,
        Self::Cyrillic,
        Self::Greek,
        Self::Arabic,
        Self::Hebrew,
        Self::Han,
        Self::Kana,
        Self::Hangul,
        Self::Thai,
        Self::Devanagari,
        Self::Bengali,
        Self::Armenian,
        Self::Georgian,
        Self::Ethiopic,
        Self::Gurmukhi,
        Self::Gujarati,
        Self::Oriya,
        Self::Tamil,
        Self::Telugu,
        Self::Kannada,
        Self::Malayalam,
        Self::Sinhala,
        Self::Thaana,
        Self::Lao,
        Self::Myanmar,
        Self::Khmer,
        Self::Tibetan,
        Self::Other,
    ];

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
            Self::Gurmukhi => "Gurmukhi",
            Self::Gujarati => "Gujarati",
            Self::Oriya => "Odia",
            Self::Tamil => "Tamil",
            Self::Telugu => "Telugu",
            Self::Kannada => "Kannada",
            Self::Malayalam => "Malayalam",
            Self::Sinhala => "Sinhala",
            Self::Thaana => "Thaana",
            Self::Lao => "Lao",
            Self::Myanmar => "Burmese",
            Self::Khmer => "Khmer",
            Self::Tibetan => "Tibetan",
            Self::Other => "another script",
        }
    }

    /// Whether it has capital letters, and names begin with one.
    pub const fn has_capitals(self) -> bool {
        matches!(self, Self::Latin | Self::Cyrillic | Self::Greek | Self::Armenian)
    }

    /// Whether it is written from right to left.
    pub const fn is_right_to_left(self) -> bool {
        matches!(self, Self::Arabic | Self::Hebrew | Self::Thaana)
    }
}
