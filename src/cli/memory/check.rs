//! `tmx check`: findings for people or programs.

use std::io::{self, Write};
use std::path::Path;

use anyhow::Result;
use muqabala::export::counted;
use muqabala::memory::{self, CheckOptions, Finding, Kind, Severity, Summary};
use serde_json::json;

use super::input::{name_of, open_input};
use crate::cli::args::tmx::TmxCheck;
use crate::cli::terminal::Terminal;
use crate::cli::terminal::exit::Exit;

pub(crate) fn execute(command: &TmxCheck) -> Result<Exit> {
    let mut clean = true;
    for path in &command.files {
        let input = open_input(path)?;
        let mut options = CheckOptions::default();
        options.encoding = command.encoding;
        let name = name_of(path);
        let shown = Terminal::write_results(|out| check(command, &name, input, &options, out))?;
        clean &= shown == 0;
    }
    Ok(if clean { Exit::Done } else { Exit::Below })
}

/// Checks one file; gives how many findings counted.
fn check(
    command: &TmxCheck,
    name: &str,
    input: Box<dyn io::Read>,
    options: &CheckOptions,
    out: &mut dyn Write,
) -> io::Result<u64> {
    let mut told: Vec<(Kind, u64)> = Vec::new();
    let summary = memory::check(input, options, |finding| {
        if !counts(command, finding.kind) {
            return Ok(());
        }
        let count = if let Some((_, count)) = told.iter_mut().find(|(kind, _)| *kind == finding.kind) {
            *count += 1;
            *count
        } else {
            told.push((finding.kind, 1));
            1
        };
        if command.most > 0 && count > command.most {
            return Ok(());
        }
        if command.json { write_json(name, finding, out) } else { writeln!(out, "{name}:{finding}") }
    })?;
    if command.json {
        summary_json(name, &summary, command, out)
    } else {
        write_summary(name, &summary, command, out)
    }
}

fn counts(command: &TmxCheck, kind: Kind) -> bool {
    kind.severity() >= command.least.into()
        && command.tool.is_none_or(|tool| kind.matters_to(tool))
        && !command.without.contains(&kind)
}

fn tools(kind: Kind) -> Vec<&'static str> {
    kind.tools().iter().map(|t| t.name()).collect()
}

fn write_json(name: &str, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let value = json!({
        "file": name,
        "line": finding.place.line,
        "column": finding.place.column,
        "unit": finding.unit,
        "id": finding.id,
        "lang": finding.lang,
        "code": finding.kind.code(),
        "severity": finding.severity().name(),
        "detail": finding.detail,
        "text": finding.kind.text(),
        "tools": tools(finding.kind),
        "mend": finding.mend().name(),
        "remedy": finding.kind.remedy(),
    });
    writeln!(out, "{value}")
}

fn kept(summary: &Summary, command: &TmxCheck) -> Vec<(Kind, u64)> {
    summary.counts.iter().filter(|(kind, _)| counts(command, *kind)).copied().collect()
}

fn summary_json(name: &str, summary: &Summary, command: &TmxCheck, out: &mut dyn Write) -> io::Result<u64> {
    let kept = kept(summary, command);
    let counts: serde_json::Map<_, _> = kept.iter().map(|(k, n)| (k.code().to_owned(), json!(n))).collect();
    let total = kept.iter().map(|(_, n)| n).sum();
    let value = json!({
        "file": name,
        "summary": { "units": summary.units, "bytes": summary.bytes, "findings": total, "counts": counts },
    });
    writeln!(out, "{value}")?;
    Ok(total)
}

fn write_summary(name: &str, summary: &Summary, command: &TmxCheck, out: &mut dyn Write) -> io::Result<u64> {
    let kept = kept(summary, command);
    if !kept.is_empty() {
        writeln!(out)?;
    }
    for (kind, count) in &kept {
        let more = if command.most > 0 && *count > command.most {
            format!(", {} shown (--most 0 shows all)", command.most)
        } else {
            String::new()
        };
        writeln!(out, "{} × {count}{more}: {}", kind.code(), kind.text())?;
        writeln!(out, "    matters to {}", tools(*kind).join(", "))?;
        writeln!(out, "    mend: {}", kind.remedy())?;
    }
    let of = |severity| kept.iter().filter(|(k, _)| k.severity() == severity).map(|(_, n)| n).sum::<u64>();
    let (errors, warnings, notes) = (of(Severity::Error), of(Severity::Warning), of(Severity::Note));
    if summary.untold > 0 {
        writeln!(
            out,
            "{name}: repetitions were not looked for among the last {}",
            counted(summary.untold, "unit")
        )?;
    }
    writeln!(
        out,
        "{name}: {}, {}, {}, {}",
        counted(summary.units, "unit"),
        counted(errors, "error"),
        counted(warnings, "warning"),
        counted(notes, "note")
    )?;
    Ok(errors + warnings + notes)
}

/// What was left out of a file that was written.
pub(crate) fn describe_left_out(path: &Path, finding: &Finding, terminal: Terminal) {
    terminal.warn(format_args!("{}:{finding}", name_of(path)), None);
}
