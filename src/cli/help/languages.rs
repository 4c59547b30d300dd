//! `languages`: what is known of each language.

use std::io::Write;

use anyhow::Result;
use muqabala::bitext::{Lang, Sides};
use muqabala::language::{Detection, Profile, Stemming};
use muqabala::lexicon;
use muqabala::segment::known_rules;

use crate::cli::args::first::LanguagesCommand;
use crate::cli::terminal::Terminal;
use crate::cli::terminal::exit::Exit;

/// A language, and what is known of it.
struct Row {
    code: &'static str,
    name: &'static str,
    scripts: Vec<&'static str>,
    detected: &'static str,
    cut_by: Vec<&'static str>,
    rules: usize,
    abbreviations: usize,
    number_words: usize,
    months: usize,
    weekdays: usize,
    units: usize,
    lexicon: Vec<&'static str>,
    stems: String,
}

pub(crate) fn execute(command: &LanguagesCommand) -> Result<Exit> {
    let rows: Vec<Row> = Profile::all().iter().filter_map(row).collect();
    Terminal::write_results(
        |out| if command.json { write_json(&rows, out) } else { write_table(&rows, out) },
    )?;
    Ok(Exit::Done)
}

fn row(profile: &'static Profile) -> Option<Row> {
    let language: Lang = profile.code().parse().ok()?;
    let (rules, known) = (known_rules(&language), profile.known());
    let has_lexicon = |other: &&Profile| {
        other
            .code()
            .parse()
            .is_ok_and(|other| lexicon::builtin(&Sides::new(language.clone(), other)).is_some())
    };
    Some(Row {
        code: profile.code(),
        name: profile.name(),
        scripts: profile.scripts().iter().map(|script| script.name()).collect(),
        detected: match profile.detection() {
            Some(Detection::Script) => "script",
            Some(Detection::Letters { .. }) => "letters",
            _ if profile.can_be_detected() => "words",
            _ => "",
        },
        cut_by: rules.from,
        rules: rules.rules,
        abbreviations: rules.abbreviations,
        number_words: known.number_words,
        months: known.months,
        weekdays: known.weekdays,
        units: known.units,
        lexicon: Profile::all().iter().filter(has_lexicon).map(Profile::code).collect(),
        stems: match (profile.stemming(), language.is("ar")) {
            (_, true) => "Arabic".to_owned(),
            (Stemming::Letters(count), _) => format!("{count} letters"),
            (other, _) => format!("{other:?}"),
        },
    })
}

fn write_json(rows: &[Row], out: &mut dyn Write) -> std::io::Result<()> {
    let list: Vec<serde_json::Value> = rows
        .iter()
        .map(|row| {
            serde_json::json!({
                "code": row.code, "name": row.name, "scripts": row.scripts, "detected_by": row.detected,
                "cut_by_rules_of": row.cut_by, "rules": row.rules, "abbreviations": row.abbreviations,
                "number_words": row.number_words, "months": row.months, "weekdays": row.weekdays,
                "units": row.units, "lexicon_with": row.lexicon, "stems": row.stems,
            })
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &list)?;
    writeln!(out)
}

const HEAD: [&str; 12] = [
    "code", "language", "script", "told by", "rules of", "rules", "abbrev.", "numbers", "months", "units",
    "lexicon", "stems",
];

fn write_table(rows: &[Row], out: &mut dyn Write) -> std::io::Result<()> {
    let cell = |text: String| if text.is_empty() || text == "0" { "-".to_owned() } else { text };
    let lines: Vec<[String; 12]> = rows
        .iter()
        .map(|row| {
            [
                row.code.to_owned(),
                row.name.to_owned(),
                row.scripts.join(", "),
                cell(row.detected.to_owned()),
                cell(row.cut_by.join(", ")),
                cell(row.rules.to_string()),
                cell(row.abbreviations.to_string()),
                cell(row.number_words.to_string()),
                cell(row.months.to_string()),
                cell(row.units.to_string()),
                cell(row.lexicon.join(", ")),
                row.stems.clone(),
            ]
        })
        .collect();
    let mut widths = HEAD.map(str::len);
    for line in &lines {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = (*width).max(cell.chars().count());
        }
    }
    for line in std::iter::once(&HEAD.map(str::to_owned)).chain(&lines) {
        let padded: Vec<String> =
            line.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        writeln!(out, "{}", padded.join("  ").trim_end())?;
    }
    Ok(())
}
