//! The languages, a line each, and how one is found.
//!
//! Guarantee: finding a language by a code of two letters parses nothing.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use super::names::{folded, names};
use super::profile::Profile;
use super::script::Script;
use super::words::Words;
use crate::bitext::Lang;

macro_rules! profiles {
    ($($code:literal),* $(,)?) => {
        const COUNT: usize = [$($code),*].len() + cfg!(test) as usize;

        static PROFILES: [Profile; COUNT] = [
            $(Profile::new($code, include_str!(concat!("profiles/", $code, ".toml"))),)*
            // The example is a language in tests alone.
            #[cfg(test)]
            Profile::new("qaa", include_str!("example.toml")),
        ];
    };
}

// Segmentation rules are asked in this order, languages of Arabic script are told apart in it (Uyghur and Central
// Kurdish share a letter), and of names that are equally near to a mistyped one the first is meant.
profiles! {
    "ar", // Arabic
    "en", // English
    "de", // German
    "fr", // French
    "es", // Spanish
    "it", // Italian
    "hu", // Hungarian
    "ru", // Russian
    "ug", // Uyghur
    "ckb", // Central Kurdish
    "ps", // Pashto
    "sd", // Sindhi
    "ur", // Urdu
    "fa", // Persian
    "prs", // Dari
    "arz", // Egyptian Arabic
    "ku", // Kurdish
    "he", // Hebrew
    "yi", // Yiddish
    "pt", // Portuguese
    "nl", // Dutch
    "pl", // Polish
    "cs", // Czech
    "sk", // Slovak
    "sl", // Slovenian
    "hr", // Croatian
    "ro", // Romanian
    "tr", // Turkish
    "sv", // Swedish
    "da", // Danish
    "no", // Norwegian
    "nb", // Norwegian Bokmål
    "nn", // Norwegian Nynorsk
    "fi", // Finnish
    "et", // Estonian
    "lv", // Latvian
    "lt", // Lithuanian
    "vi", // Vietnamese
    "id", // Indonesian
    "ms", // Malay
    "ca", // Catalan
    "az", // Azerbaijani
    "uz", // Uzbek
    "eu", // Basque
    "gl", // Galician
    "ga", // Irish
    "cy", // Welsh
    "mt", // Maltese
    "sq", // Albanian
    "is", // Icelandic
    "sw", // Swahili
    "so", // Somali
    "fil", // Filipino
    "tl", // Tagalog
    "af", // Afrikaans
    "uk", // Ukrainian
    "be", // Belarusian
    "bg", // Bulgarian
    "sr", // Serbian
    "mk", // Macedonian
    "kk", // Kazakh
    "ky", // Kyrgyz
    "tg", // Tajik
    "mn", // Mongolian
    "el", // Greek
    "hy", // Armenian
    "ka", // Georgian
    "am", // Amharic
    "ti", // Tigrinya
    "hi", // Hindi
    "mr", // Marathi
    "ne", // Nepali
    "as", // Assamese
    "bn", // Bengali
    "pa", // Punjabi
    "gu", // Gujarati
    "or", // Odia
    "ta", // Tamil
    "te", // Telugu
    "kn", // Kannada
    "ml", // Malayalam
    "si", // Sinhala
    "dv", // Maldivian
    "th", // Thai
    "lo", // Lao
    "my", // Burmese
    "km", // Khmer
    "bo", // Tibetan
    "yue", // Cantonese
    "zh", // Chinese
    "ja", // Japanese
    "ko", // Korean
}

/// Where the language of each code of two letters stands.
static OF_TWO_LETTERS: LazyLock<[u8; 26 * 26]> = LazyLock::new(|| {
    let mut table = [u8::MAX; 26 * 26];
    for (index, profile) in (0..u8::MAX).zip(&PROFILES) {
        if let Some(place) = place(profile.code()) {
            table[place] = index;
        }
    }
    table
});

/// Where the language of each other code stands.
static OF_OTHER_CODES: LazyLock<BTreeMap<&str, &Profile>> = LazyLock::new(|| {
    let own = PROFILES.iter().map(|profile| (profile.code(), profile));
    let others = PROFILES.iter().flat_map(|p| p.other_codes().map(move |code| (code, p)));
    others.chain(own).collect()
});

/// The language of each name, as names are compared: those that profiles name, then those that languages have in each
/// other. `None` is a name of two.
static BY_NAME: LazyLock<HashMap<String, Option<&Profile>>> = LazyLock::new(|| {
    let mut found: HashMap<String, Option<&Profile>> = HashMap::new();
    for profile in &PROFILES {
        for name in profile.names() {
            found.entry(folded(name)).or_insert(Some(profile));
        }
    }
    let mut others: BTreeMap<String, Option<&Profile>> = BTreeMap::new();
    for (code, name) in names() {
        let Some(profile) = Profile::of_code(code) else { continue };
        let known = others.entry(folded(name)).or_insert(Some(profile));
        if known.is_some_and(|known| known.code() != code) {
            *known = None;
        }
    }
    for (name, profile) in others {
        found.entry(name).or_insert(profile);
    }
    found
});

fn place(code: &str) -> Option<usize> {
    match code.as_bytes() {
        [a @ b'a'..=b'z', b @ b'a'..=b'z'] => Some(usize::from(a - b'a') * 26 + usize::from(b - b'a')),
        _ => None,
    }
}

impl Profile {
    /// The profiles, in the order of the registry.
    pub fn all() -> &'static [Self] {
        &PROFILES
    }

    /// The profile of a language; `None` where there is none. Regions and scripts make no difference.
    pub fn of(language: &Lang) -> Option<&'static Self> {
        Self::of_code(language.primary())
    }

    /// The profile for a code in lower case, of two letters or of three.
    pub fn of_code(code: &str) -> Option<&'static Self> {
        if let Some(place) = place(code)
            && let Some(profile) = PROFILES.get(usize::from(OF_TWO_LETTERS[place]))
        {
            return Some(profile);
        }
        if code == "und" { None } else { OF_OTHER_CODES.get(code).copied() }
    }

    /// The profile of the language that is called `name`, in English, in itself or in another language that is known,
    /// in whatever case.
    ///
    /// ```
    /// use muqabala::language::Profile;
    /// assert_eq!(Profile::named("FRENCH").map(|p| p.code()), Some("fr"));
    /// assert_eq!(Profile::named("فارسی").map(|p| p.code()), Some("fa"));
    /// assert_eq!(Profile::named("İngilizce").map(|p| p.code()), Some("en"));
    /// ```
    pub fn named(name: &str) -> Option<&'static Self> {
        BY_NAME.get(&folded(name)).copied().flatten()
    }
}

impl Words {
    /// The words of a language; those of every language where no others are known.
    pub(crate) fn of(language: &Lang) -> &'static Self {
        static COMMON: LazyLock<Words> = LazyLock::new(Words::common);
        Profile::of(language).map_or_else(|| &*COMMON, Profile::words)
    }
}

impl Script {
    /// The scripts in which `language` is usually written; none where that is not known. A script subtag
    /// (`sr-Latn`) decides.
    ///
    /// ```
    /// use muqabala::language::Script;
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
        Profile::of(language).map_or(&[], Profile::scripts)
    }
}
