//! PO, the format of GNU gettext.
//!
//! Written: an entry a unit with a source text. A source text that recurs with another target gets a `msgctxt`,
//! since an entry must be unique; a pair that recurs is written once. Bead type and confidence stand in an
//! extracted comment, comments in translator's comments; flagged units are `fuzzy`. Lost: the status `accepted`,
//! and line ends in comments. Read: see `po_read`. The crate `polib` was tried: it panics on broken files.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io::{self, Write};

use super::unit::{Head, on_one_line};
use super::{Status, Unit};
use crate::tmx::Written;

pub use super::po_read::{PluralsRead, read, read_with};

/// Writes PO. A text that is empty cannot be a `msgid`, which the header has.
pub fn write<'a>(
    units: impl IntoIterator<Item = Unit<'a>>,
    head: &Head,
    out: &mut dyn Write,
) -> io::Result<Written> {
    let mut written = Written::default();
    writeln!(
        out,
        "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\
         \"Content-Transfer-Encoding: 8bit\\n\"\n\"MIME-Version: 1.0\\n\"\n\"X-Generator: muqabala\\n\"\n\
         \"X-Source-Language: {}\\n\"\n\"Language: {}\\n\"",
        head.languages.source, head.languages.target
    )?;
    // How often a source text came; only looked up, never walked through.
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (unit, comments) in once(units) {
        let targets = seen.entry(unit.texts.source.to_string()).or_default();
        *targets += 1;
        writeln!(out)?;
        for comment in comments {
            writeln!(out, "# {}", on_one_line(&comment))?;
        }
        let bead_type = unit.bead_type.map(|t| format!("type {t}"));
        let confidence = unit.confidence_text().map(|c| format!("confidence {c}"));
        let known: Vec<String> = bead_type.into_iter().chain(confidence).collect();
        if !known.is_empty() {
            writeln!(out, "#. {}", known.join(", "))?;
        }
        if unit.status == Status::Flagged {
            writeln!(out, "#, fuzzy")?;
        }
        if *targets > 1 {
            writeln!(out, "msgctxt \"{targets}\"")?;
        }
        entry("msgid", &unit.texts.source, out)?;
        entry("msgstr", &unit.texts.target, out)?;
        written.units += 1;
    }
    Ok(written)
}

/// Each pair of texts once, where it comes first: as the unit that was accepted, or else flagged, or else the first; with what
/// was said of any of them.
fn once<'a>(units: impl IntoIterator<Item = Unit<'a>>) -> Vec<(Unit<'a>, Vec<String>)> {
    let rank = |unit: &Unit<'_>| match unit.status {
        Status::Pending => 0,
        Status::Flagged => 1,
        Status::Accepted => 2,
    };
    let mut at: HashMap<(String, String), usize> = HashMap::new();
    let mut out: Vec<(Unit<'a>, Vec<String>)> = Vec::new();
    for unit in units.into_iter().filter(|u| !u.texts.source.is_empty()) {
        let said = (!unit.comment.is_empty()).then(|| unit.comment.to_string());
        match at.entry((unit.texts.source.to_string(), unit.texts.target.to_string())) {
            Entry::Vacant(place) => {
                place.insert(out.len());
                out.push((unit, said.into_iter().collect()));
            }
            Entry::Occupied(place) => {
                let (kept, comments) = &mut out[*place.get()];
                comments.extend(said.filter(|said| !comments.contains(said)));
                if rank(&unit) > rank(kept) {
                    *kept = unit;
                }
            }
        }
    }
    out
}

fn entry(keyword: &str, text: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut lines = text.split_inclusive('\n').peekable();
    let first = lines.next().unwrap_or_default();
    if lines.peek().is_none() {
        return writeln!(out, "{keyword} \"{}\"", escaped(first));
    }
    writeln!(out, "{keyword} \"\"\n\"{}\"", escaped(first))?;
    lines.try_for_each(|line| writeln!(out, "\"{}\"", escaped(line)))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '"' => out.push_str("\\\""),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{7}' => out.push_str("\\a"),
            '\u{8}' => out.push_str("\\b"),
            '\u{b}' => out.push_str("\\v"),
            '\u{c}' => out.push_str("\\f"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::{Lang, Sides};

    /// Comparing each target with all before it would take a minute and more.
    #[test]
    fn one_source_with_thousands_of_targets_is_written_in_linear_time() {
        let targets: Vec<String> =
            (0..60_000).map(|n| format!("The committee met again, item {n:05}")).collect();
        let units = targets
            .iter()
            .map(|target| Unit { texts: Sides::new("البند".into(), target.into()), ..Unit::default() });
        let head = Head::new(Sides::new(Lang::arabic(), Lang::english()), Sides::default());
        let start = std::time::Instant::now();
        assert_eq!(write(units, &head, &mut io::sink()).unwrap().units, 60_000);
        assert!(start.elapsed() < std::time::Duration::from_secs(10), "{:?}", start.elapsed());
    }
}
