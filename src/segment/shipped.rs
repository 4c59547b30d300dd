//! The rules that come with the program.
//!
//! In: the rules in the profiles of languages, and those for all languages in `rules/general.toml`.
//! Out: one set of [`SegmentationRules`], or what cuts one language. Guarantee: they are read once, and to cut a
//! language no more than its own; a test reads them all, so they cannot be wrong at run time.
//!
//! Rules have lists of literal words, and stand in order. In a pattern, `{NAME}` stands for a fragment of
//! `fragments.toml` or of the profile, `{name}` for any word of a list.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use serde::Deserialize;

use super::cutter::Cutter;
use super::rule::{AtMark, Condition, Mark, Rule, RuleAction};
use super::rules::{Cascade, LanguageMap, LanguageRules, SegmentationRules};
use crate::bitext::Lang;
use crate::language::Profile;

const GENERAL: &str = include_str!("rules/general.toml");

static FRAGMENTS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let file: Fragments =
        toml::from_str(include_str!("rules/fragments.toml")).expect("fragments.toml is tested");
    file.fragments
});

/// The shipped rules: those of each language that has some, Arabic and English first, and general rules that follow
/// them all.
///
/// ```
/// use muqabala::segment::shipped_rules;
/// assert_eq!(shipped_rules().lists()[0].name, "Arabic");
/// ```
pub fn shipped_rules() -> &'static SegmentationRules {
    static RULES: LazyLock<SegmentationRules> = LazyLock::new(|| {
        let (mut lists, mut maps) = (Vec::new(), Vec::new());
        for profile in Profile::all() {
            let Some(rules) = rules_of(profile) else { continue };
            maps.push(LanguageMap { languages: languages_of(profile), name: profile.name().to_owned() });
            lists.push(LanguageRules { name: profile.name().to_owned(), rules });
        }
        maps.push(LanguageMap { languages: ".*".to_owned(), name: "General".to_owned() });
        lists.push(LanguageRules { name: "General".to_owned(), rules: general_rules() });
        SegmentationRules::unchecked(Cascade::All, lists, maps).expect("the shipped rules are tested")
    });
    &RULES
}

/// What cuts `language` by the shipped rules, as their [`SegmentationRules::cutter`] would: made once.
pub(super) fn cutter(language: &Lang) -> Arc<Cutter> {
    type Place = Arc<OnceLock<Arc<Cutter>>>;
    static CUTTERS: Mutex<BTreeMap<Vec<&str>, Place>> = Mutex::new(BTreeMap::new());
    let cutting = profiles_for(language);
    // Two languages are made ready at the same time, so the table is not held meanwhile.
    let place = {
        let mut cutters = CUTTERS.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(cutters.entry(cutting.iter().map(|profile| profile.code()).collect()).or_default())
    };
    let cutter = place.get_or_init(|| {
        let own = cutting.into_iter().filter_map(rules_of).flatten();
        Arc::new(Cutter::new(own.chain(general_rules())))
    });
    Arc::clone(cutter)
}

/// The profiles by whose rules `language` is cut, in the order of the registry: its own, and those that are also for it.
pub(super) fn profiles_for(language: &Lang) -> Vec<&'static Profile> {
    let code = language.primary();
    let serves = |profile: &&Profile| {
        profile.rules().is_some()
            && (profile.code() == code || profile.rules_also_for().iter().any(|also| also == code))
    };
    Profile::all().iter().filter(serves).collect()
}

/// The pattern of the codes of the languages that are cut by a profile's rules.
fn languages_of(profile: &Profile) -> String {
    let code = profile.code();
    match profile.rules_also_for() {
        [] => format!("{code}(-.*)?"),
        also => format!("({code}|{})(-.*)?", also.join("|")),
    }
}

fn rules_of(profile: &Profile) -> Option<Vec<Rule>> {
    Some(file_of(profile)?.into_rules())
}

fn file_of(profile: &Profile) -> Option<RulesFile> {
    let part: RulesPart =
        toml::from_str(profile.rules()?).unwrap_or_else(|e| panic!("{} is tested, yet: {e}", profile.code()));
    Some(part.segmentation)
}

/// How many rules a profile has, and the words after which they keep a sentence together.
pub(super) fn lists_of(profile: &Profile) -> (usize, Vec<String>) {
    let Some(RulesFile { words, rule, .. }) = file_of(profile) else { return (0, Vec::new()) };
    let keeps = |name: &str| {
        let named = format!("{{{name}}}");
        rule.iter().any(|r| matches!(r.action, ActionEntry::Keep) && r.before.contains(&named))
    };
    (rule.len(), words.iter().filter(|(name, _)| keeps(name)).flat_map(|(_, list)| list.clone()).collect())
}

fn general_rules() -> Vec<Rule> {
    let file: RulesFile = toml::from_str(GENERAL).expect("general.toml is tested");
    file.into_rules()
}

/// The last part of a profile.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RulesPart {
    segmentation: RulesFile,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fragments {
    fragments: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RulesFile {
    #[serde(default)]
    fragments: BTreeMap<String, String>,
    #[serde(default)]
    words: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    rule: Vec<RuleEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleEntry {
    action: ActionEntry,
    #[serde(default)]
    before: String,
    #[serde(default)]
    after: String,
    /// The rule counts only if the options break at this mark.
    when_breaking_at: Option<MarkEntry>,
    /// The rule counts only if the options keep at this mark.
    when_keeping_at: Option<MarkEntry>,
    /// Said for the reader of the file.
    #[serde(rename = "why")]
    _why: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum ActionEntry {
    Break,
    Keep,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum MarkEntry {
    Semicolon,
    Colon,
    TwoDots,
}

/// Lists of shortened words, any of which may begin a sentence, with a capital: «Vgl. S. 15», «Ул. Ленина».
const SHORTENED: [&str; 4] = ["abbreviations", "before_number", "common_before_number", "common_inner"];

/// A word that begins with a small letter, with a capital in its place.
fn with_capital(word: &str) -> Option<String> {
    let mut chars = word.chars();
    let first = chars.next().filter(|c| c.is_lowercase())?;
    let mut capital = first.to_uppercase();
    // ß has two.
    let one = capital.next().filter(|_| capital.next().is_none())?;
    Some(one.to_string() + chars.as_str())
}

impl RulesFile {
    fn into_rules(self) -> Vec<Rule> {
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        for (name, pattern) in FRAGMENTS.iter().chain(&self.fragments) {
            names.insert(format!("{{{name}}}"), pattern.clone());
        }
        for (name, words) in &self.words {
            let mut words: Vec<String> = words.iter().map(|word| regex::escape(word)).collect();
            if SHORTENED.contains(&name.as_str()) {
                let small = words.iter().filter_map(|word| with_capital(word));
                let begin: Vec<String> = small.filter(|word| !words.contains(word)).collect();
                words.extend(begin);
            }
            names.insert(format!("{{{name}}}"), format!("(?:{})", words.join("|")));
        }
        let rules = self.rule.into_iter().map(|entry| Rule {
            action: match entry.action {
                ActionEntry::Break => RuleAction::Break,
                ActionEntry::Keep => RuleAction::Keep,
            },
            before: expanded(&entry.before, &names),
            after: expanded(&entry.after, &names),
            guards: Vec::new(),
            condition: (entry.when_breaking_at.map(|mark| (mark, AtMark::Break)))
                .or(entry.when_keeping_at.map(|mark| (mark, AtMark::Keep)))
                .map(|(mark, then)| Condition { mark: mark.into(), then }),
        });
        rules.collect()
    }
}

impl From<MarkEntry> for Mark {
    fn from(entry: MarkEntry) -> Self {
        match entry {
            MarkEntry::Semicolon => Self::Semicolon,
            MarkEntry::Colon => Self::Colon,
            MarkEntry::TwoDots => Self::TwoDots,
        }
    }
}

/// `pattern` with every name replaced by what it stands for, fragments in fragments too.
fn expanded(pattern: &str, names: &BTreeMap<String, String>) -> String {
    /// How deep fragments may stand in one another.
    const DEPTH: usize = 6;
    let mut out = String::with_capacity(4 * pattern.len());
    expand(pattern, names, DEPTH, &mut out);
    out
}

fn expand(mut pattern: &str, names: &BTreeMap<String, String>, depth: usize, out: &mut String) {
    while let Some(at) = pattern.find('{') {
        out.push_str(&pattern[..at]);
        // Braces are also counts, and parts of classes.
        let end = pattern[at..].find('}').map_or(pattern.len(), |end| at + end + 1);
        match names.get(&pattern[at..end]) {
            Some(meaning) if depth > 0 => expand(meaning, names, depth - 1, out),
            _ => out.push_str(&pattern[at..end]),
        }
        pattern = &pattern[end..];
    }
    out.push_str(pattern);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_file_is_read_and_no_name_is_left_over() {
        let rules = shipped_rules();
        let checked = SegmentationRules::new(rules.cascade(), rules.lists().to_vec(), rules.maps().to_vec());
        assert_eq!(checked.as_ref(), Ok(rules));
        let with_rules = Profile::all().iter().filter(|profile| profile.rules().is_some()).count();
        assert_eq!(rules.lists().len(), with_rules + 1);
        let left_over = regex::Regex::new(r"\{[A-Za-z_]+\}").unwrap();
        let braced = regex::Regex::new(r"\\[pPx]\{[^}]*\}").unwrap();
        for list in rules.lists() {
            assert!(!list.rules.is_empty(), "{} has no rule", list.name);
            for rule in &list.rules {
                for pattern in [&rule.before, &rule.after] {
                    let plain = braced.replace_all(pattern, "");
                    assert!(!left_over.is_match(&plain), "{}: a name without meaning in {plain}", list.name);
                }
            }
        }
    }

    /// [`cutter`] reads no more than it needs; [`shipped_rules`] asks the patterns of all maps.
    #[test]
    fn a_language_is_cut_by_the_rules_that_the_whole_set_has_for_it() {
        let others = ["arz", "ary-MA", "uk", "be-Latn", "und", "xx", "ar-IQ", "en-GB"];
        for code in Profile::all().iter().map(Profile::code).chain(others) {
            let language: Lang = code.parse().unwrap();
            let own = profiles_for(&language).into_iter().filter_map(rules_of).flatten();
            let rules: Vec<Rule> = own.chain(general_rules()).collect();
            assert_eq!(rules.iter().collect::<Vec<_>>(), shipped_rules().rules_for(&language), "{code}");
        }
    }
}
