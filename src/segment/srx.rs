//! SRX 2.0, the exchange format of segmentation rules.
//!
//! In: the text of an SRX file, or rules of ours. Out: rules, or an SRX file. Guarantee: what [`write_srx`] writes,
//! [`read_srx`] reads as rules that cut the same and are written the same.
//!
//! SRX means the regular expressions of ICU, tools use Java's; `dialect.rs` translates. The file is taken as
//! it is: entities are never fetched, elements that are not SRX's are passed over.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};

use crate::xml::{Allowance, Entities};

use super::dialect::{DialectError, Place, from_icu, to_fancy, to_icu};
use super::guards::guarded;
use super::options::SegmentOptions;
use super::rule::{Engine, GuardSide, Rule, RuleAction, Wanted};
use super::rules::{
    Cascade, LanguageMap, LanguageRules, RulesError, SegmentationRules, compiles, guard_compiles, look_aheads,
};

/// Why `write!` into a string is sure to succeed.
const INTO_STRING: &str = "a string takes all that is written";

/// What to do with rules that have no counterpart here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnUntranslatable {
    /// Refuse the file: without those rules it would cut elsewhere than in the tool it came from.
    #[default]
    Refuse,
    /// Leave them out, and list them in [`SrxImport::left_out`].
    LeaveOut,
}

/// What was read from an SRX file.
#[derive(Debug)]
pub struct SrxImport {
    /// The rules.
    pub rules: SegmentationRules,
    /// Rules that have no counterpart here; empty unless they were to be left out.
    pub left_out: Vec<UntranslatedRule>,
}

/// A rule of an SRX file that cannot be used here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("rule {number} of `{list}`: {reason} in `{pattern}`")]
pub struct UntranslatedRule {
    /// Name of the language rule.
    pub list: String,
    /// Number of the rule in it, from 1.
    pub number: usize,
    /// The pattern, as it stands in the file.
    pub pattern: String,
    /// What has no counterpart.
    pub reason: DialectError,
}

/// An SRX file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SrxError {
    /// It is no well-formed XML.
    #[error("not well-formed XML at byte {at}: {reason}")]
    Xml {
        /// Where the reader stopped, in bytes.
        at: u64,
        /// What is wrong.
        reason: String,
    },
    /// Its root is not `srx`.
    #[error("the root element is `{0}`, not `srx`: this is no SRX file")]
    NotSrx(String),
    /// It says nothing about any language.
    #[error("the file has no `languagemap`, so its rules are for no language")]
    NoMaps,
    /// An attribute has a value that SRX does not know.
    #[error("`{attribute}` is `{value}` at byte {at}: `yes` or `no` is expected")]
    Value {
        /// Name of the attribute.
        attribute: &'static str,
        /// Its value.
        value: String,
        /// Where it stands, in bytes.
        at: u64,
    },
    /// An attribute that SRX requires is missing.
    #[error("`{element}` has no `{attribute}` at byte {at}")]
    Missing {
        /// Name of the element.
        element: &'static str,
        /// Name of the attribute.
        attribute: &'static str,
        /// Where the element stands, in bytes.
        at: u64,
    },
    /// Patterns use what has no counterpart here.
    #[error("{} cannot be used here; the first is {first}", if *count == 1 { "one rule".to_owned() } else { format!("{count} rules") })]
    Untranslatable {
        /// How many rules.
        count: usize,
        /// The first of them.
        first: Box<UntranslatedRule>,
    },
    /// A language pattern uses what has no counterpart here.
    #[error("the language pattern `{pattern}`: {reason}")]
    LanguagePattern {
        /// The pattern, as it stands in the file.
        pattern: String,
        /// What has no counterpart.
        reason: DialectError,
    },
    /// The rules do not compile, or a map names none.
    #[error(transparent)]
    Rules(#[from] RulesError),
}

/// Reads the rules of an SRX file (2.0, or 1.0, in which only the first matching map counts).
///
/// ```
/// use muqabala::segment::{OnUntranslatable, SegmentOptions, read_srx, shipped_rules, write_srx};
/// let file = write_srx(shipped_rules(), &SegmentOptions::default());
/// let import = read_srx(&file, OnUntranslatable::Refuse).unwrap();
/// assert_eq!(import.rules.maps(), shipped_rules().maps());
/// ```
pub fn read_srx(xml: &str, on_untranslatable: OnUntranslatable) -> Result<SrxImport, SrxError> {
    let file = parse(xml)?;
    if file.maps.is_empty() {
        return Err(SrxError::NoMaps);
    }
    let (mut lists, mut left_out): (_, Vec<UntranslatedRule>) = (Vec::new(), Vec::new());
    let mut switched_off = Vec::new();
    for (place, list) in file.lists.into_iter().enumerate() {
        let mut rules = Vec::new();
        for (index, rule) in list.rules.into_iter().enumerate() {
            if file.off.contains(&(place, index)) {
                switched_off.push(list.name.clone());
                continue;
            }
            let translated = |pattern: &str, place| {
                let refused = |reason| UntranslatedRule {
                    list: list.name.clone(),
                    number: index + 1,
                    pattern: pattern.to_owned(),
                    reason,
                };
                let (text, guards) = guarded(pattern, place).map_err(refused)?;
                // Where the file is refused for it, the reason is told by the check of all rules.
                if on_untranslatable == OnUntranslatable::LeaveOut {
                    let all = guards.iter().try_for_each(guard_compiles);
                    compiles(&text).and(all).map_err(|reason| {
                        refused(DialectError {
                            construct: format!("what does not compile ({reason})"),
                            at: 1,
                        })
                    })?;
                }
                Ok((text, guards))
            };
            let both = translated(&rule.before, Place::Before)
                .and_then(|before| Ok((before, translated(&rule.after, Place::After)?)));
            match both {
                Ok(((before, mut guards), (after, more))) => {
                    guards.extend(more);
                    rules.push(Rule { action: rule.action, before, after, guards, condition: None });
                }
                Err(untranslated) => left_out.push(untranslated),
            }
        }
        lists.push(LanguageRules { name: list.name, rules });
    }
    if on_untranslatable == OnUntranslatable::Refuse
        && let Some(first) = left_out.first()
    {
        return Err(SrxError::Untranslatable { count: left_out.len(), first: Box::new(first.clone()) });
    }
    let mut told: Vec<(Option<String>, String)> =
        left_out.iter().map(|rule| (Some(rule.list.clone()), rule.to_string())).collect();
    let mut maps = Vec::new();
    for map in file.maps {
        match language_pattern(&map.languages) {
            Ok(languages) => maps.push(LanguageMap { languages, name: map.name }),
            Err(reason) => {
                let refused = SrxError::LanguagePattern { pattern: map.languages, reason };
                if on_untranslatable == OnUntranslatable::Refuse {
                    return Err(refused);
                }
                // It may be for any language.
                told.push((None, refused.to_string()));
            }
        }
    }
    let rules = SegmentationRules::new(file.cascade, lists, maps)?.without(told, switched_off);
    Ok(SrxImport { rules, left_out })
}

/// A language pattern, translated; look-aheads at its start stay what they are.
fn language_pattern(pattern: &str) -> Result<String, DialectError> {
    let (ahead, rest) = look_aheads(pattern);
    let mut out = String::new();
    for (wanted, inner) in ahead {
        let Ok(inner) = from_icu(inner, Place::Whole) else { return to_fancy(pattern) };
        out.push_str(&format!("(?{}{inner})", if wanted { '=' } else { '!' }));
    }
    match from_icu(rest, Place::Whole) {
        Ok(rest) => Ok(out + &rest),
        Err(_) => to_fancy(pattern),
    }
}

/// The pattern of a rule on one side: what is looked for with backtracking stands in place of the one that fits no less.
fn pattern_of(rule: &Rule, side: GuardSide) -> String {
    let whole = rule.guards.iter().find(|guard| guard.side == side && guard.engine == Engine::Backtracking);
    match (whole, side) {
        (Some(whole), _) => to_icu(&whole.pattern, Place::Whole),
        (None, GuardSide::Before) => to_icu(&rule.before, Place::Before),
        (None, GuardSide::After) => to_icu(&rule.after, Place::After),
    }
}

/// The look-around that the guards of a rule are, on one side of the position.
fn look_around(rule: &Rule, side: GuardSide) -> String {
    let guards = rule.guards.iter().filter(|guard| guard.side == side && guard.engine == Engine::Linear);
    let written = guards.map(|guard| {
        let opening = match (side, guard.wanted) {
            (GuardSide::Before, Wanted::Yes) => "(?<=",
            (GuardSide::Before, Wanted::No) => "(?<!",
            (GuardSide::After, Wanted::Yes) => "(?=",
            (GuardSide::After, Wanted::No) => "(?!",
        };
        format!("{opening}{})", to_icu(&guard.pattern, Place::Whole))
    });
    written.collect()
}

/// An SRX file as it stands, patterns untranslated.
struct File {
    cascade: Cascade,
    lists: Vec<LanguageRules>,
    maps: Vec<LanguageMap>,
    /// The rules that are switched off, by the places of their lists and in them.
    off: BTreeSet<(usize, usize)>,
}

/// The pattern that is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Before,
    After,
}

fn parse(xml: &str) -> Result<File, SrxError> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut file =
        File { cascade: Cascade::First, lists: Vec::new(), maps: Vec::new(), off: BTreeSet::new() };
    let mut rule: Option<Rule> = None;
    let mut field: Option<Field> = None;
    let mut root_seen = false;
    let (mut entities, mut allowance) = (Entities::default(), Allowance::default());
    loop {
        let at = reader.buffer_position();
        let broken = |reason: String| SrxError::Xml { at, reason };
        let event = reader
            .read_event()
            .map_err(|e| SrxError::Xml { at: reader.error_position(), reason: e.to_string() })?;
        let text = match event {
            Event::Start(element) => {
                let name = element.local_name();
                let name: &str = name.as_ref();
                if !root_seen && name != "srx" {
                    return Err(SrxError::NotSrx(name.to_owned()));
                }
                root_seen = true;
                match name {
                    "header" => {
                        let cascade = yes_or_no(&element, "cascade", at)?.unwrap_or(Answer::No);
                        file.cascade = if cascade == Answer::Yes { Cascade::All } else { Cascade::First };
                    }
                    "languagerule" => {
                        let name = required(&element, "languagerule", "languagerulename", at)?;
                        file.lists.push(LanguageRules { name, rules: Vec::new() });
                    }
                    "languagemap" => file.maps.push(LanguageMap {
                        languages: required(&element, "languagemap", "languagepattern", at)?,
                        name: required(&element, "languagemap", "languagerulename", at)?,
                    }),
                    "rule" => {
                        if is_switched_off(&element)
                            && let Some((at, list)) = file.lists.iter().enumerate().next_back()
                        {
                            file.off.insert((at, list.rules.len()));
                        }
                        let breaks = yes_or_no(&element, "break", at)?.unwrap_or(Answer::Yes);
                        rule = Some(Rule {
                            action: if breaks == Answer::Yes { RuleAction::Break } else { RuleAction::Keep },
                            before: String::new(),
                            after: String::new(),
                            guards: Vec::new(),
                            condition: None,
                        });
                    }
                    "beforebreak" => field = Some(Field::Before),
                    "afterbreak" => field = Some(Field::After),
                    _ => {}
                }
                continue;
            }
            Event::End(element) => {
                match element.local_name().as_ref() {
                    "rule" => {
                        if let (Some(rule), Some(list)) = (rule.take(), file.lists.last_mut()) {
                            list.rules.push(rule);
                        }
                    }
                    "beforebreak" | "afterbreak" => field = None,
                    _ => {}
                }
                continue;
            }
            Event::Text(text) => text.xml10_content().into_owned(),
            Event::CData(text) => text.xml10_content().into_owned(),
            Event::GeneralRef(reference) => {
                let place = (reader.buffer_position() as usize).min(xml.len());
                match entities.resolve(&reference, &xml[place..], &mut allowance) {
                    Ok((text, more)) => {
                        let text = text.into_owned();
                        if more > 0 {
                            // The other half of the character, which is a reference of its own.
                            reader.read_event().map_err(|e| broken(e.to_string()))?;
                        }
                        text
                    }
                    Err(why) => return Err(broken(why.to_string())),
                }
            }
            Event::DocType(declared) => {
                entities = Entities::of(&declared);
                continue;
            }
            Event::Eof if root_seen => return Ok(file),
            Event::Eof => return Err(broken("the file is empty".to_owned())),
            _ => continue,
        };
        match (&mut rule, field) {
            (Some(rule), Some(Field::Before)) => rule.before.push_str(&text),
            (Some(rule), Some(Field::After)) => rule.after.push_str(&text),
            _ => {}
        }
    }
}

/// Whether a rule says, in a namespace of its tool, that it is not to be used, as Okapi's `okpsrx:active="no"`.
fn is_switched_off(element: &BytesStart<'_>) -> bool {
    element.attributes().flatten().any(|attribute| {
        let named = attribute.key.0.rsplit_once(':').is_some_and(|(_, local)| local == "active");
        named && matches!(attribute.value.trim(), "no" | "false" | "0")
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    Yes,
    No,
}

fn attribute(element: &BytesStart<'_>, name: &str, at: u64) -> Result<Option<String>, SrxError> {
    for attribute in element.attributes() {
        let attribute = attribute.map_err(|e| SrxError::Xml { at, reason: e.to_string() })?;
        let key: &str = attribute.key.as_ref();
        if key == name {
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
            let value = value.map_err(|e| SrxError::Xml { at, reason: e.to_string() })?;
            return Ok(Some(value.into_owned()));
        }
    }
    Ok(None)
}

fn required(
    element: &BytesStart<'_>,
    element_name: &'static str,
    name: &'static str,
    at: u64,
) -> Result<String, SrxError> {
    attribute(element, name, at)?.ok_or(SrxError::Missing { element: element_name, attribute: name, at })
}

fn yes_or_no(element: &BytesStart<'_>, name: &'static str, at: u64) -> Result<Option<Answer>, SrxError> {
    let Some(value) = attribute(element, name, at)? else { return Ok(None) };
    match value.as_str() {
        "yes" => Ok(Some(Answer::Yes)),
        "no" => Ok(Some(Answer::No)),
        _ => Err(SrxError::Value { attribute: name, value, at }),
    }
}

/// Writes rules as an SRX 2.0 file; SRX knows no options, so the rules are those that count with `options`.
///
/// A tool that reads it cuts as [`segment`](super::segment) does, up to white space at the ends of segments.
pub fn write_srx(rules: &SegmentationRules, options: &SegmentOptions) -> String {
    let cascade = if rules.cascade() == Cascade::All { "yes" } else { "no" };
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <srx xmlns=\"http://www.lisa.org/srx20\" version=\"2.0\">\n\
         \x20 <header segmentsubflows=\"yes\" cascade=\"{cascade}\">\n\
         \x20   <formathandle type=\"start\" include=\"no\"/>\n\
         \x20   <formathandle type=\"end\" include=\"yes\"/>\n\
         \x20   <formathandle type=\"isolated\" include=\"no\"/>\n\
         \x20 </header>\n\
         \x20 <body>\n\
         \x20   <languagerules>\n"
    );
    for list in rules.lists() {
        writeln!(out, "      <languagerule languagerulename=\"{}\">", escape(&list.name)).expect(INTO_STRING);
        for rule in list.rules.iter().filter(|rule| rule.counts(|mark| options.at(mark))) {
            let answer = if rule.action == RuleAction::Break { "yes" } else { "no" };
            writeln!(
                out,
                "        <rule break=\"{answer}\">\n          <beforebreak>{}{}</beforebreak>\n          \
                 <afterbreak>{}{}</afterbreak>\n        </rule>",
                escape(pattern_of(rule, GuardSide::Before)),
                escape(look_around(rule, GuardSide::Before)),
                escape(look_around(rule, GuardSide::After)),
                escape(pattern_of(rule, GuardSide::After)),
            )
            .expect(INTO_STRING);
        }
        out += "      </languagerule>\n";
    }
    out += "    </languagerules>\n    <maprules>\n";
    for map in rules.maps() {
        writeln!(
            out,
            "      <languagemap languagepattern=\"{}\" languagerulename=\"{}\"/>",
            escape(&map.languages),
            escape(&map.name)
        )
        .expect(INTO_STRING);
    }
    out += "    </maprules>\n  </body>\n</srx>\n";
    out
}

#[cfg(test)]
mod tests;
