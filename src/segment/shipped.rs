//! The rules that come with the program.
//!
//! In: the files `rules/*.toml`, compiled in. Out: one set of [`SegmentationRules`]. Guarantee: they are read once;
//! a test reads them, so they cannot be wrong at run time.
//!
//! A file has `name` and `languages` (see [`LanguageMap`]), lists of literal words, and rules in order. In a
//! pattern, `{NAME}` stands for a fragment of `fragments.toml` or of the file, `{name}` for any word of a list.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::rules::{Cascade, Condition, LanguageMap, LanguageRules, Rule, RuleAction, SegmentationRules};
use super::{AtMark, Mark};

/// The files, special languages first: their rules are asked before the general ones.
const FILES: [(&str, &str); 9] = [
    ("ar.toml", include_str!("rules/ar.toml")),
    ("en.toml", include_str!("rules/en.toml")),
    ("de.toml", include_str!("rules/de.toml")),
    ("fr.toml", include_str!("rules/fr.toml")),
    ("es.toml", include_str!("rules/es.toml")),
    ("it.toml", include_str!("rules/it.toml")),
    ("hu.toml", include_str!("rules/hu.toml")),
    ("ru.toml", include_str!("rules/ru.toml")),
    ("general.toml", include_str!("rules/general.toml")),
];

const FRAGMENTS: &str = include_str!("rules/fragments.toml");

/// The shipped rules: Arabic, English, a few other languages, and general rules that follow them all.
///
/// ```
/// use muqabala::segment::shipped_rules;
/// assert_eq!(shipped_rules().lists()[0].name, "Arabic");
/// ```
pub fn shipped_rules() -> &'static SegmentationRules {
    static RULES: LazyLock<SegmentationRules> = LazyLock::new(|| {
        let shared: Fragments = toml::from_str(FRAGMENTS).expect("fragments.toml is tested");
        let (mut lists, mut maps) = (Vec::new(), Vec::new());
        for (file, text) in FILES {
            let file: RulesFile =
                toml::from_str(text).unwrap_or_else(|e| panic!("{file} is tested, yet: {e}"));
            maps.push(LanguageMap { languages: file.languages.clone(), name: file.name.clone() });
            lists.push(file.into_rules(&shared.fragments));
        }
        SegmentationRules::unchecked(Cascade::All, lists, maps).expect("the shipped rules are tested")
    });
    &RULES
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fragments {
    fragments: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RulesFile {
    name: String,
    languages: String,
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

impl RulesFile {
    fn into_rules(self, shared: &BTreeMap<String, String>) -> LanguageRules {
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        for (name, pattern) in shared.iter().chain(&self.fragments) {
            names.insert(format!("{{{name}}}"), pattern.clone());
        }
        for (name, words) in &self.words {
            let words: Vec<String> = words.iter().map(|word| regex::escape(word)).collect();
            names.insert(format!("{{{name}}}"), format!("(?:{})", words.join("|")));
        }
        let rules = self.rule.into_iter().map(|entry| Rule {
            action: match entry.action {
                ActionEntry::Break => RuleAction::Break,
                ActionEntry::Keep => RuleAction::Keep,
            },
            before: expanded(&entry.before, &names),
            after: expanded(&entry.after, &names),
            condition: (entry.when_breaking_at.map(|mark| (mark, AtMark::Break)))
                .or(entry.when_keeping_at.map(|mark| (mark, AtMark::Keep)))
                .map(|(mark, then)| Condition { mark: mark.into(), then }),
        });
        LanguageRules { rules: rules.collect(), name: self.name }
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
        assert_eq!(rules.lists().len(), FILES.len());
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
}
