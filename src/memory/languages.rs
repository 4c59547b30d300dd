//! Language codes as tools spell them, and which variant of a unit a code means.
//!
//! In: a code. Out: the one that all its spellings lead to. Guarantee: regions are kept apart, but for the world.

use std::collections::BTreeMap;

use crate::bitext::Lang;
use crate::language::Profile;

/// What all spellings of a language lead to: `ar` of `ara`, `AR-01`, `ar-001`; `ar-SA` of `ar_sa` and `ARA-SA`.
///
/// `None` where it is no code.
pub(super) fn canonical(spelling: &str) -> Option<String> {
    let lang: Lang = spelling.trim().replace('_', "-").parse().ok()?;
    let mut out = base(&lang);
    for part in lang.as_str().split('-').skip(1) {
        // Some tools count the regions of a language; the first is none. 001 is the world.
        if matches!(part, "01" | "001") {
            continue;
        }
        out.push('-');
        match part.len() {
            2 => out.push_str(&part.to_ascii_uppercase()),
            4 if part.bytes().all(|b| b.is_ascii_alphabetic()) => {
                out.push_str(&part[..1].to_ascii_uppercase());
                out.push_str(&part[1..].to_ascii_lowercase());
            }
            _ => out.push_str(&part.to_ascii_lowercase()),
        }
    }
    Some(out)
}

/// The language without its region, by its shortest code.
fn base(lang: &Lang) -> String {
    let code = lang.primary();
    if code.len() == 3
        && let Some(profile) = Profile::of_code(code)
    {
        return profile.code().to_owned();
    }
    code.to_owned()
}

/// How a code is to be spelt that only some tools know, such as `ar` for `ara`, `AR-01` and `ar_001`; `None` where it
/// is as good as any.
pub(super) fn usual(spelling: &str) -> Option<String> {
    let lang: Lang = spelling.trim().replace('_', "-").parse().ok()?;
    let mut parts = lang.as_str().split('-').skip(1);
    let counted = parts.any(|part| part == "01");
    let long = base(&lang) != lang.primary();
    (counted || long).then(|| canonical(spelling)).flatten()
}

/// Which of `languages` is meant by `asked`: the same tag, else another spelling of it, else the language without a
/// region, else with any. Never the one at `not`.
pub(super) fn meant(languages: &[&str], asked: &str, not: Option<usize>) -> Option<usize> {
    let wanted = canonical(asked);
    let by = |same: &dyn Fn(&str) -> bool| {
        (0..languages.len()).find(|&index| Some(index) != not && same(languages[index]))
    };
    by(&|lang| lang.eq_ignore_ascii_case(asked))
        .or_else(|| by(&|lang| wanted.is_some() && canonical(lang) == wanted))
        .or_else(|| {
            by(&|lang| is_same_language(lang, asked) && canonical(lang).is_some_and(|c| !c.contains('-')))
        })
        .or_else(|| by(&|lang| is_same_language(lang, asked)))
}

/// Whether two codes are of one language, whatever their regions and spellings.
pub(super) fn is_same_language(one: &str, other: &str) -> bool {
    let bare = |code: &str| canonical(code).and_then(|c| c.split('-').next().map(str::to_owned));
    one.eq_ignore_ascii_case(other) || bare(one).is_some_and(|one| Some(one) == bare(other))
}

/// How languages are spelt in a file: each as it was first.
#[derive(Debug, Default)]
pub(super) struct Spellings {
    known: BTreeMap<String, String>,
}

/// Languages that are remembered, at most.
const MOST: usize = 256;

impl Spellings {
    /// From now on the language is spelt so, unless it was met before.
    pub(super) fn know(&mut self, spelling: &str) {
        if let Some(meant) = canonical(spelling)
            && self.known.len() < MOST
        {
            self.known.entry(meant).or_insert_with(|| spelling.to_owned());
        }
    }

    /// How the language is spelt in this file.
    pub(super) fn of(&self, spelling: &str) -> Option<&str> {
        self.known.get(&canonical(spelling)?).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_language_meet() {
        for spelling in ["ar", "AR", "ara", "ARA", "AR-01", "ar-001", "ar_001", " ar "] {
            assert_eq!(canonical(spelling).as_deref(), Some("ar"), "{spelling}");
        }
        for (spelling, meant) in
            [("ar_sa", "ar-SA"), ("fra-ca", "fr-CA"), ("zh-hant-tw", "zh-Hant-TW"), ("es-419", "es-419")]
        {
            assert_eq!(canonical(spelling).as_deref(), Some(meant), "{spelling}");
        }
        assert_eq!(canonical("Arabic text"), None);
        assert_eq!((usual("ara").as_deref(), usual("AR-01").as_deref()), (Some("ar"), Some("ar")));
        assert!(is_same_language("ara", "ar-SA") && !is_same_language("ara", "fa"));
        assert_eq!(meant(&["en", "ar-EG", "ar_SA"], "ar-SA", None), Some(2));
        assert_eq!(meant(&["en", "ar-EG", "ar_SA"], "ara", None), Some(1));
        assert_eq!(meant(&["en", "ar-EG", "ara"], "ar-SA", None), Some(2));
        assert_eq!(meant(&["en-US", "ar"], "en-GB", Some(0)), None);
        assert_eq!((usual("ar-001"), usual("ar-SA"), usual("AR")), (None, None, None));
    }
}
