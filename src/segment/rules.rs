//! The model of segmentation rules, the same as SRX 2.0's: what comes in are rules and the languages they are
//! for; what goes out is a checked set of rules that cuts documents of any language.
//!
//! Guarantee: every pattern of a [`SegmentationRules`] value compiles, so cutting cannot fail.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use regex::{Regex, RegexBuilder};

use super::backtracking::{Backtracking, WholeText};
use super::cutter::Cutter;
use super::rule::{Engine, Guard, Rule};
use crate::bitext::Lang;

/// Bytes that a single compiled pattern may take.
const PATTERN_SIZE_LIMIT: usize = 8 << 20;

/// A named, ordered list of rules.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LanguageRules {
    /// Its name, which the maps use.
    pub name: String,
    /// The rules; the first that fits a position decides.
    pub rules: Vec<Rule>,
}

/// Which languages a list of rules is for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LanguageMap {
    /// Pattern that the whole language code must match, in any case of letters, such as `ar(-.*)?`. It may hold
    /// look-around, as `(?!ar|en).*` does, and references to groups.
    pub languages: String,
    /// Name of the [`LanguageRules`].
    pub name: String,
}

/// What happens when several maps match a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cascade {
    /// Their rules follow one another in the order of the maps.
    All,
    /// The first map alone counts.
    First,
}

/// Checked segmentation rules for any number of languages.
pub struct SegmentationRules {
    cascade: Cascade,
    lists: Vec<LanguageRules>,
    maps: Vec<LanguageMap>,
    patterns: Vec<LanguagePattern>,
    /// Rules of the file that they come from which have no counterpart here: the list each stands in, and why.
    left_out: Vec<(Option<String>, String)>,
    /// The lists of the rules that the file itself switches off, one a rule.
    switched_off: Vec<String>,
    cutters: Mutex<BTreeMap<Vec<usize>, Arc<Cutter>>>,
}

/// Rules that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RulesError {
    /// A pattern of a rule does not compile.
    #[error("rule {number} of `{list}`: the pattern `{pattern}` does not compile: {reason}")]
    Pattern {
        /// Name of the list of rules.
        list: String,
        /// Number of the rule in it, from 1.
        number: usize,
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The pattern of a language map does not compile.
    #[error("the language pattern `{pattern}` for `{list}` does not compile: {reason}")]
    LanguagePattern {
        /// Name of the list of rules.
        list: String,
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A map names a list of rules that does not exist.
    #[error("the language pattern `{pattern}` names the rules `{list}`, which do not exist")]
    MissingList {
        /// Name of the list of rules.
        list: String,
        /// The pattern.
        pattern: String,
    },
}

impl SegmentationRules {
    /// Rules from their lists and the maps from languages to lists.
    pub fn new(
        cascade: Cascade,
        lists: Vec<LanguageRules>,
        maps: Vec<LanguageMap>,
    ) -> Result<Self, RulesError> {
        let rules = Self::unchecked(cascade, lists, maps)?;
        for list in &rules.lists {
            for (index, rule) in list.rules.iter().enumerate() {
                let refused = |pattern: &str, reason| RulesError::Pattern {
                    list: list.name.clone(),
                    number: index + 1,
                    pattern: pattern.to_owned(),
                    reason,
                };
                for pattern in [&rule.before, &rule.after] {
                    compiles(pattern).map_err(|reason| refused(pattern, reason))?;
                }
                for guard in &rule.guards {
                    guard_compiles(guard).map_err(|reason| refused(&guard.pattern, reason))?;
                }
            }
        }
        Ok(rules)
    }

    /// The same for rules whose patterns are known to compile, as tests have compiled them: it saves the time.
    pub(super) fn unchecked(
        cascade: Cascade,
        lists: Vec<LanguageRules>,
        maps: Vec<LanguageMap>,
    ) -> Result<Self, RulesError> {
        let mut patterns = Vec::with_capacity(maps.len());
        for map in &maps {
            if !lists.iter().any(|list| list.name == map.name) {
                return Err(RulesError::MissingList {
                    list: map.name.clone(),
                    pattern: map.languages.clone(),
                });
            }
            patterns.push(LanguagePattern::new(&map.languages).map_err(|reason| {
                RulesError::LanguagePattern { list: map.name.clone(), pattern: map.languages.clone(), reason }
            })?);
        }
        Ok(Self {
            cascade,
            lists,
            maps,
            patterns,
            left_out: Vec::new(),
            switched_off: Vec::new(),
            cutters: Mutex::default(),
        })
    }

    /// The same, of a file whose rules are not all here: which are not, by their list (or for whatever language), and why;
    /// and the lists of those that the file switches off.
    pub(super) fn without(
        mut self,
        left_out: Vec<(Option<String>, String)>,
        switched_off: Vec<String>,
    ) -> Self {
        (self.left_out, self.switched_off) = (left_out, switched_off);
        self
    }

    /// How many rules for `language` are not here since the file that they come from switches them off.
    pub fn switched_off_for(&self, language: &Lang) -> usize {
        let lists = self.lists_for(language);
        let counts = |name: &&String| lists.iter().any(|&list| self.lists[list].name == **name);
        self.switched_off.iter().filter(counts).count()
    }

    /// How many rules are not here since the file that they come from switches them off.
    pub fn switched_off(&self) -> usize {
        self.switched_off.len()
    }

    /// Why rules are not here that would count for `language`, one by one, and how many others are not.
    pub fn left_out_for(&self, language: &Lang) -> (Vec<&str>, usize) {
        let lists = self.lists_for(language);
        let counts = |list: &Option<String>| match list {
            None => true,
            Some(name) => lists.iter().any(|&list| self.lists[list].name == *name),
        };
        let (own, others): (Vec<_>, Vec<_>) = self.left_out.iter().partition(|(list, _)| counts(list));
        (own.into_iter().map(|(_, why)| &**why).collect(), others.len())
    }

    /// Why rules are not here, whatever language they are for.
    pub fn left_out(&self) -> impl ExactSizeIterator<Item = &str> {
        self.left_out.iter().map(|(_, why)| &**why)
    }

    /// Whether several matching maps add up.
    pub fn cascade(&self) -> Cascade {
        self.cascade
    }

    /// The lists of rules.
    pub fn lists(&self) -> &[LanguageRules] {
        &self.lists
    }

    /// The maps from languages to lists, in order.
    pub fn maps(&self) -> &[LanguageMap] {
        &self.maps
    }

    /// The rules for `language` in the order in which they are asked; none where no map matches.
    pub fn rules_for(&self, language: &Lang) -> Vec<&Rule> {
        self.lists_for(language).into_iter().flat_map(|list| &self.lists[list].rules).collect()
    }

    /// Indices of the lists for `language`.
    fn lists_for(&self, language: &Lang) -> Vec<usize> {
        let matching = self.maps.iter().zip(&self.patterns).filter(|(_, p)| p.is_match(language.as_str()));
        let mut lists = Vec::new();
        for (map, _) in matching {
            let list = self.lists.iter().position(|l| l.name == map.name).expect("checked by `new`");
            if !lists.contains(&list) {
                lists.push(list);
            }
            if self.cascade == Cascade::First {
                break;
            }
        }
        lists
    }

    /// The compiled rules for `language`, compiled once.
    pub(super) fn cutter(&self, language: &Lang) -> Arc<Cutter> {
        let lists = self.lists_for(language);
        let mut cutters = self.cutters.lock().unwrap_or_else(PoisonError::into_inner);
        let cutter = cutters.entry(lists).or_insert_with_key(|lists| {
            Arc::new(Cutter::new(lists.iter().flat_map(|&list| self.lists[list].rules.iter().cloned())))
        });
        Arc::clone(cutter)
    }
}

/// The pattern of a language map.
enum LanguagePattern {
    /// Look-aheads at its start, each with whether it must fit, and the rest.
    Linear { ahead: Vec<(bool, Regex)>, whole: Regex },
    /// One with look-around elsewhere, or references to groups.
    Backtracking(WholeText),
}

impl LanguagePattern {
    fn new(pattern: &str) -> Result<Self, String> {
        Self::linear(pattern)
            .or_else(|reason| WholeText::new(pattern).map(Self::Backtracking).map_err(|_| reason))
    }

    fn linear(pattern: &str) -> Result<Self, String> {
        let (ahead, rest) = look_aheads(pattern);
        let ahead =
            ahead.into_iter().map(|(wanted, inner)| Ok((wanted, compile(&format!("(?i)^(?:{inner})"))?)));
        Ok(Self::Linear {
            ahead: ahead.collect::<Result<_, String>>()?,
            whole: compile(&format!("(?i)^(?:{rest})$"))?,
        })
    }

    fn is_match(&self, language: &str) -> bool {
        match self {
            Self::Linear { ahead, whole } => {
                whole.is_match(language)
                    && ahead.iter().all(|(wanted, regex)| regex.is_match(language) == *wanted)
            }
            Self::Backtracking(pattern) => pattern.fits(language),
        }
    }
}

/// The look-aheads with which a language pattern begins, each with whether it must fit, and the rest.
pub(super) fn look_aheads(pattern: &str) -> (Vec<(bool, &str)>, &str) {
    let (mut found, mut rest) = (Vec::new(), pattern.strip_prefix('^').unwrap_or(pattern));
    loop {
        let (wanted, inner) = match (rest.strip_prefix("(?="), rest.strip_prefix("(?!")) {
            (Some(inner), _) => (true, inner),
            (_, Some(inner)) => (false, inner),
            _ => break,
        };
        let mut open = 1;
        let close = inner.char_indices().find(|(_, c)| {
            open += match c {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            open == 0
        });
        let Some((close, _)) = close else { break };
        found.push((wanted, &inner[..close]));
        rest = &inner[close + 1..];
    }
    if found.is_empty() { (found, pattern) } else { (found, rest) }
}

/// Whether a pattern compiles within bounds, and if not, why.
pub(super) fn compiles(pattern: &str) -> Result<(), String> {
    compile(&format!("(?:{pattern})")).map(drop)
}

/// The same for the pattern of a guard.
pub(super) fn guard_compiles(guard: &Guard) -> Result<(), String> {
    match guard.engine {
        Engine::Linear => compiles(&guard.pattern),
        Engine::Backtracking => Backtracking::new(&guard.pattern, guard.side).map(drop),
    }
}

/// Compiles one pattern, within bounds.
fn compile(pattern: &str) -> Result<Regex, String> {
    RegexBuilder::new(pattern).size_limit(PATTERN_SIZE_LIMIT).build().map_err(|e| {
        // The crate's message spans lines and ends with the reason.
        e.to_string().lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
    })
}

impl PartialEq for SegmentationRules {
    fn eq(&self, other: &Self) -> bool {
        (self.cascade, &self.lists, &self.maps) == (other.cascade, &other.lists, &other.maps)
    }
}

impl Eq for SegmentationRules {}

impl fmt::Debug for SegmentationRules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SegmentationRules")
            .field("cascade", &self.cascade)
            .field("lists", &self.lists)
            .field("maps", &self.maps)
            .finish_non_exhaustive()
    }
}
