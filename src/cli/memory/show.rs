//! What `tmx diff` and `tmx stats` show, for people or programs.

use std::io::{self, Write};

use muqabala::export::counted;
use muqabala::memory::{Difference, ShownUnit, Stats};
use serde_json::json;

pub(super) fn show_difference(difference: &Difference, out: &mut dyn Write) -> io::Result<()> {
    let lines = |out: &mut dyn Write, sign: char, unit: &ShownUnit, other: Option<&ShownUnit>| {
        for text in &unit.texts {
            let both = other.is_some_and(|o| o.texts.contains(text));
            if !both {
                writeln!(out, "{sign} {}: {}", text.0, text.1)?;
            } else if sign == '-' {
                writeln!(out, "  {}: {}", text.0, text.1)?;
            }
        }
        Ok::<_, io::Error>(())
    };
    match difference {
        Difference::First(unit) => {
            writeln!(out, "@ unit {} (line {}) only in the first", unit.number, unit.place.line)?;
            lines(out, '-', unit, None)
        }
        Difference::Second(unit) => {
            writeln!(out, "@ unit {} (line {}) only in the second", unit.number, unit.place.line)?;
            lines(out, '+', unit, None)
        }
        Difference::Changed(before, after) => {
            writeln!(
                out,
                "@ unit {} (line {}), unit {} (line {})",
                before.number, before.place.line, after.number, after.place.line
            )?;
            lines(out, '-', before, Some(after))?;
            lines(out, '+', after, Some(before))
        }
    }
}

pub(super) fn difference_json(difference: &Difference, out: &mut dyn Write) -> io::Result<()> {
    let unit = |unit: &ShownUnit| {
        let texts: Vec<_> =
            unit.texts.iter().map(|(lang, text)| json!({ "lang": lang, "text": text })).collect();
        json!({ "unit": unit.number, "line": unit.place.line, "texts": texts })
    };
    let value = match difference {
        Difference::First(first) => json!({ "what": "first", "first": unit(first) }),
        Difference::Second(second) => json!({ "what": "second", "second": unit(second) }),
        Difference::Changed(first, second) => {
            json!({ "what": "changed", "first": unit(first), "second": unit(second) })
        }
    };
    writeln!(out, "{value}")
}

pub(super) fn stats_json(stats: &Stats, out: &mut dyn Write) -> io::Result<()> {
    let languages: serde_json::Map<_, _> = stats
        .languages
        .iter()
        .map(|(lang, l)| {
            let value = json!({
                "texts": l.texts, "empty": l.empty, "words": l.words,
                "characters": l.characters, "longest": l.longest,
            });
            (lang.clone(), value)
        })
        .collect();
    let value = json!({
        "version": stats.version, "source_lang": stats.source_lang, "segtype": stats.segtype,
        "tool": stats.tool, "encoding": stats.encoding, "bytes": stats.bytes, "units": stats.units,
        "unreadable": stats.unreadable, "repeated": stats.repeated, "contradicting": stats.contradicting,
        "with_codes": stats.with_codes, "notes": stats.notes, "props": stats.props,
        "languages": languages, "sets": stats.sets, "pairs": stats.pairs, "strays": stats.strays, "earliest": stats.earliest, "latest": stats.latest,
    });
    writeln!(out, "{value}")
}

pub(super) fn show_stats(stats: &Stats, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "TMX {}, {}, {} bytes, source language {}, segtype {}, by {}",
        stats.version, stats.encoding, stats.bytes, stats.source_lang, stats.segtype, stats.tool
    )?;
    writeln!(
        out,
        "{}, {} unreadable, {} repeated, {} with another translation of an earlier source",
        counted(stats.units, "unit"),
        stats.unreadable,
        stats.repeated,
        stats.contradicting
    )?;
    for (set, units) in &stats.sets {
        writeln!(out, "{set}: {}", counted(*units, "unit"))?;
    }
    for (pair, units) in &stats.pairs {
        writeln!(out, "pair {pair}: {}", counted(*units, "unit"))?;
    }
    for (lang, l) in &stats.languages {
        writeln!(
            out,
            "{lang}: {}, {} empty, {}, {}, the longest {}",
            counted(l.texts, "text"),
            l.empty,
            counted(l.words, "word"),
            counted(l.characters, "character"),
            l.longest
        )?;
    }
    writeln!(
        out,
        "{} with inline codes, {}",
        counted(stats.with_codes, "text"),
        counted(stats.notes, "note")
    )?;
    for (kind, count) in &stats.props {
        writeln!(out, "property {kind}: {count}")?;
    }
    if let (Some(earliest), Some(latest)) = (&stats.earliest, &stats.latest) {
        writeln!(out, "dates from {earliest} to {latest}")?;
    }
    Ok(())
}
