//! Memories: what is wrong with one, and another that is made of it, to download.
//!
//! In: a TMX that a page sent, and what to do with it. Out: findings by kind with the texts around them; a new file.
//! Guarantee: what a page sent stays as it was; what is left out is told; memory does not grow with the file.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufReader, Write};

use serde::Deserialize;
use serde_json::{Value, json};

use crate::memory::{self, CheckOptions, CleanOptions, Finding, FixOptions, Kind, MemoryError, ShownUnit};
use crate::review::Refusal;

use super::jobs::{Halt, Job};
use super::trouble::{self, bad, inner};
use super::uploads::{Upload, Uploads};

/// How many findings of a kind are shown.
const SHOWN: usize = 12;
/// How many characters of a text are shown.
const LONGEST: usize = 400;

/// Finds out what is wrong with a memory, and what it holds.
pub(super) fn check(job: &Job, upload: &Upload) -> Result<Value, Halt> {
    job.say(json!({ "step": "checking" }))?;
    let mut kept: BTreeMap<Kind, Vec<Finding>> = BTreeMap::new();
    let summary = memory::check(open(upload)?, &CheckOptions::default(), |finding| {
        if job.is_stopped() {
            return Err(std::io::ErrorKind::Interrupted.into());
        }
        let of_kind = kept.entry(finding.kind).or_default();
        if of_kind.len() < SHOWN {
            of_kind.push(finding.clone());
        }
        Ok(())
    });
    let summary =
        summary.map_err(|error| if job.is_stopped() { Halt::Stopped } else { Halt::Failed(inner(error)) })?;
    job.say(json!({ "step": "looking" }))?;
    let wanted: BTreeSet<u64> = kept.values().flatten().filter_map(|finding| finding.unit).collect();
    let units = memory::units(open(upload)?, None, &wanted).map_err(|error| Halt::Failed(inner(error)))?;
    let units: BTreeMap<u64, ShownUnit> = units.into_iter().map(|unit| (unit.number, unit)).collect();
    let kinds = summary.counts.iter().map(|(kind, count)| {
        let findings = kept.get(kind).map(Vec::as_slice).unwrap_or_default();
        json!({
            "code": kind.code(), "severity": kind.severity().name(), "mend": kind.mend().name(),
            "text": kind.text(), "count": count,
            "dropped": CleanOptions::DEFAULT_DROP.contains(kind),
            "findings": findings.iter().map(|finding| shown(finding, &units)).collect::<Vec<_>>(),
        })
    });
    let kinds: Vec<Value> = kinds.collect();
    job.say(json!({ "step": "counting" }))?;
    // Of a file whose head is broken nothing can be counted; its findings say so.
    let stats = memory::stats(open(upload)?, |_| {}).unwrap_or_default();
    let pairs: Vec<(&String, &u64)> = stats.pairs.iter().collect();
    Ok(json!({
        "units": summary.units, "bytes": summary.bytes, "kinds": kinds, "pairs": pairs,
        "languages": stats.languages.keys().collect::<Vec<_>>(), "tool": stats.tool,
    }))
}

fn shown(finding: &Finding, units: &BTreeMap<u64, ShownUnit>) -> Value {
    let unit = finding.unit.and_then(|number| units.get(&number));
    let cut = |text: &str| text.chars().take(LONGEST).collect::<String>();
    let texts =
        unit.map(|unit| unit.texts.iter().map(|(lang, text)| [lang.clone(), cut(text)]).collect::<Vec<_>>());
    json!({
        "line": finding.place.line, "unit": finding.unit, "lang": finding.lang,
        "detail": finding.detail, "texts": texts.unwrap_or_default(),
    })
}

fn open(upload: &Upload) -> Result<BufReader<std::fs::File>, Refusal> {
    upload.open().map(BufReader::new).map_err(inner)
}

/// What is to be made of a memory.
#[derive(Debug, Deserialize)]
#[serde(tag = "what", rename_all = "lowercase", deny_unknown_fields)]
pub(super) enum Making {
    /// It is mended.
    Fix,
    /// Units with one of these findings are left out.
    Clean {
        /// The codes of the kinds.
        drop: Vec<String>,
    },
    /// It is mended, and then units with one of these findings are left out.
    Both {
        /// The codes of the kinds.
        drop: Vec<String>,
    },
    /// One pair of its languages is taken out.
    Extract {
        /// The language of the source.
        source: String,
        /// The other language.
        target: String,
    },
}

impl Making {
    /// What the new file is called after.
    const fn suffix(&self) -> &'static str {
        match self {
            Self::Fix => "mended",
            Self::Clean { .. } | Self::Both { .. } => "clean",
            Self::Extract { .. } => "pair",
        }
    }
}

fn kinds(codes: &[String]) -> Result<Vec<Kind>, Refusal> {
    let kind = |code: &String| Kind::ALL.iter().copied().find(|kind| kind.code() == code);
    codes
        .iter()
        .map(|code| kind(code).ok_or_else(|| bad(format!("`{code}` is no kind of finding"))))
        .collect()
}

/// Makes a new memory of `upload`; gives its number and what was done.
pub(super) fn make(job: &Job, upload: &Upload, making: &Making, uploads: &Uploads) -> Result<Value, Halt> {
    job.say(json!({ "step": "making" }))?;
    let wrong = |error: &MemoryError| Halt::Failed(trouble::memory(&upload.name, error));
    let stem = upload.name.rsplit_once('.').map_or(&*upload.name, |(stem, _)| stem);
    let name = format!("{stem}.{}.tmx", making.suffix());
    let mut out = uploads.begin(name.clone(), None)?;
    let mut left_out: Vec<Value> = Vec::new();
    let mut told = |finding: &Finding| {
        if left_out.len() < SHOWN {
            left_out.push(
                json!({ "line": finding.place.line, "code": finding.kind.code(), "detail": finding.detail }),
            );
        }
    };
    let report = match making {
        Making::Fix => fixed(
            &memory::fix(open(upload)?, &mut out, &FixOptions::default(), &mut told)
                .map_err(|e| wrong(&e))?,
        ),
        Making::Clean { drop } => {
            cleaned(open(upload)?, &mut out, kinds(drop)?, &mut told).map_err(|e| wrong(&e))?
        }
        Making::Both { drop } => {
            let drop = kinds(drop)?;
            let mut between = uploads.begin(upload.name.clone(), None)?;
            let fixed = fixed(
                &memory::fix(open(upload)?, &mut between, &FixOptions::default(), &mut told)
                    .map_err(|e| wrong(&e))?,
            );
            job.say(json!({ "step": "making" }))?;
            let between = uploads.keep(between);
            let mended = uploads.get(between)?;
            uploads.discard(&[between]);
            let mut report = cleaned(open(&mended)?, &mut out, drop, &mut told).map_err(|e| wrong(&e))?;
            report["mended"] = fixed["mended"].clone();
            report["lost"] = fixed["lost"].clone();
            report["unreadable"] = (fixed["unreadable"].as_u64().unwrap_or(0)
                + report["unreadable"].as_u64().unwrap_or(0))
            .into();
            report
        }
        Making::Extract { source, target } => {
            let report = memory::extract(open(upload)?, &mut out, (source, target), &mut told)
                .map_err(|e| wrong(&e))?;
            json!({
                "units": report.units, "without": report.without, "unreadable": report.unreadable + report.strays,
                "repeated": report.repeated,
            })
        }
    };
    out.flush().map_err(|error| Halt::Failed(inner(error)))?;
    if job.is_stopped() {
        return Err(Halt::Stopped);
    }
    let number = uploads.keep(out);
    Ok(json!({ "upload": number, "name": name, "report": report, "told": left_out }))
}

fn counts(list: &[(Kind, u64)]) -> Vec<Value> {
    list.iter().map(|(kind, count)| json!([kind.code(), kind.text(), count])).collect()
}

fn fixed(report: &memory::FixReport) -> Value {
    json!({
        "units": report.units, "mended": counts(&report.mended), "lost": counts(&report.lost),
        "unreadable": report.left_out + report.strays,
    })
}

fn cleaned(
    input: impl std::io::Read,
    out: &mut impl Write,
    drop: Vec<Kind>,
    told: &mut dyn FnMut(&Finding),
) -> Result<Value, MemoryError> {
    let options = CleanOptions { drop, ..CleanOptions::default() };
    // What it is asked to leave out is counted; only what could not be read is told one by one.
    let asked = options.drop.clone();
    let report = memory::clean(input, out, &options, |finding| {
        if finding.unit.is_none() || !asked.contains(&finding.kind) {
            told(finding);
        }
    })?;
    Ok(json!({
        "units": report.units, "leftOut": counts(&report.left_out), "unreadable": report.unreadable + report.strays,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_says_every_kind_of_finding_in_arabic() {
        let words = include_str!("assets/kinds.js");
        for kind in Kind::ALL {
            assert!(words.contains(&format!("\n  \"{}\": \"", kind.code())), "{}", kind.code());
        }
        assert_eq!(words.matches("\n  \"").count(), Kind::ALL.len(), "the page knows a kind that is none");
    }
}
