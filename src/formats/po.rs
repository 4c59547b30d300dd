//! PO, the format of GNU gettext.
//!
//! Written: an entry a unit with a source text. A source text that recurs with another target gets a `msgctxt`,
//! since an entry must be unique; a pair that recurs is written once. Bead type and confidence stand in an
//! extracted comment, comments in translator's comments; flagged units are `fuzzy`. Lost: the status `accepted`,
//! and line ends in comments. Read: entries in their order, obsolete ones (`#~`) passed over; of plural forms the
//! singular. The crate `polib` was tried: it panics on broken files.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::io::{self, Write};

use super::unit::{Head, bead_type, on_one_line, share};
use super::{Bilingual, FormatError, Status, Unit};
use crate::tmx::Written;

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
    // Target texts by source text, to tell entries apart; only looked up, never walked through.
    let mut seen: HashMap<String, HashSet<String>> = HashMap::new();
    for unit in units.into_iter().filter(|u| !u.texts.source.is_empty()) {
        let targets = seen.entry(unit.texts.source.to_string()).or_default();
        if !targets.insert(unit.texts.target.to_string()) {
            continue;
        }
        writeln!(out)?;
        if !unit.comment.is_empty() {
            writeln!(out, "# {}", on_one_line(&unit.comment))?;
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
        if targets.len() > 1 {
            writeln!(out, "msgctxt \"{}\"", targets.len())?;
        }
        entry("msgid", &unit.texts.source, out)?;
        entry("msgstr", &unit.texts.target, out)?;
        written.units += 1;
    }
    Ok(written)
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

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('t') => out.push('\t'),
            Some('a') => out.push('\u{7}'),
            Some('b') => out.push('\u{8}'),
            Some('v') => out.push('\u{b}'),
            Some('f') => out.push('\u{c}'),
            Some('x') => {
                let digits: String = chars.clone().take(2).take_while(char::is_ascii_hexdigit).collect();
                chars.by_ref().take(digits.len()).for_each(drop);
                out.extend(u8::from_str_radix(&digits, 16).ok().map(char::from));
            }
            Some(digit @ '0'..='7') => {
                let mut value = digit.to_digit(8).unwrap_or_default();
                while let Some(more) = chars.peek().and_then(|c| c.to_digit(8)).filter(|_| value < 32) {
                    value = value * 8 + more;
                    chars.next();
                }
                out.extend(char::from_u32(value));
            }
            Some(other) => out.push(other),
            None => out.push('\\'),
        }
    }
    out
}

/// Where text is collected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Context,
    Id,
    Plural,
    Text,
    OtherText,
}

#[derive(Debug, Default)]
struct Entry {
    unit: Unit<'static>,
    id: String,
    text: String,
    /// Whether a `msgid` was met, so that a further one begins a new entry.
    begun: bool,
}

/// Reads PO.
pub fn read(text: &str) -> Result<Bilingual, FormatError> {
    let mut file = Bilingual::default();
    let mut entry = Entry::default();
    let mut field: Option<Field> = None;
    for (index, line) in text.trim_start_matches('\u{feff}').split('\n').enumerate() {
        let (number, line) = (index + 1, line.trim());
        if line.is_empty() {
            continue;
        }
        if let Some(comment) = line.strip_prefix('#') {
            // A comment after the texts belongs to the next entry.
            if entry.begun {
                finish(std::mem::take(&mut entry), &mut file);
            }
            field = None;
            note(comment, &mut entry.unit);
            continue;
        }
        let (keyword, quoted) = match line.find(['"', ' ', '\t']) {
            Some(at) => (&line[..at], line[at..].trim_start()),
            None => (line, ""),
        };
        let next = match keyword {
            "" => field,
            "msgctxt" => Some(Field::Context),
            "msgid" => Some(Field::Id),
            "msgid_plural" => Some(Field::Plural),
            "msgstr" | "msgstr[0]" => Some(Field::Text),
            _ if keyword.starts_with("msgstr[") => Some(Field::OtherText),
            _ => return Err(FormatError::at(number, format!("`{keyword}` is no keyword of PO"))),
        };
        let Some(next) = next else {
            return Err(FormatError::at(number, "a text without `msgid` or `msgstr` before it"));
        };
        if entry.begun && (keyword == "msgctxt" || keyword == "msgid" && field != Some(Field::Context)) {
            finish(std::mem::take(&mut entry), &mut file);
        }
        entry.begun = true;
        field = Some(next);
        let inner = quoted.strip_prefix('"').and_then(|q| q.strip_suffix('"'));
        let inner = inner.ok_or_else(|| FormatError::at(number, "a text must stand in double quotes"))?;
        match next {
            Field::Id => entry.id.push_str(&unescaped(inner)),
            Field::Text => entry.text.push_str(&unescaped(inner)),
            Field::Context | Field::Plural | Field::OtherText => {}
        }
    }
    finish(entry, &mut file);
    if file.units.is_empty() { Err(FormatError::Nothing("entry")) } else { Ok(file) }
}

fn note(comment: &str, unit: &mut Unit<'static>) {
    if let Some(flags) = comment.strip_prefix(',') {
        if flags.split(',').any(|f| f.trim() == "fuzzy") {
            unit.status = Status::Flagged;
        }
    } else if let Some(extracted) = comment.strip_prefix('.') {
        for part in extracted.split(',') {
            if let Some(value) = part.trim().strip_prefix("confidence ") {
                unit.confidence = share(value);
            } else if let Some(value) = part.trim().strip_prefix("type ") {
                unit.bead_type = bead_type(value);
            }
        }
    } else if let Some(comment) = comment.strip_prefix(' ') {
        let comment = comment.to_owned();
        unit.comment = if unit.comment.is_empty() {
            Cow::Owned(comment)
        } else {
            Cow::Owned(format!("{} {comment}", unit.comment))
        };
    }
}

fn finish(entry: Entry, file: &mut Bilingual) {
    if !entry.begun {
        return;
    }
    if entry.id.is_empty() {
        for line in entry.text.lines() {
            let Some((name, value)) = line.split_once(':') else { continue };
            let language = value.trim().replace('_', "-").parse().ok();
            match &*name.trim().to_ascii_lowercase() {
                "language" => file.languages.target = language,
                "x-source-language" => file.languages.source = language,
                _ => {}
            }
        }
        return;
    }
    let mut unit = entry.unit;
    unit.texts.source = Cow::Owned(entry.id);
    unit.texts.target = Cow::Owned(entry.text);
    file.units.push(unit);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::{Lang, Sides};

    #[test]
    fn other_tools_files_are_read() {
        let file = "# header\nmsgid \"\"\nmsgstr \"\"\n\"Language: ar_IQ\\n\"\n\n#: main.c:1\n#, fuzzy, c-format\n\
            msgid \"one\\t\\\"x\\\" \"\n\"more\"\nmsgstr \"واحد\"\nmsgctxt \"c\"\nmsgid \"two\"\nmsgid_plural \"twos\"\n\
            msgstr[0] \"اثنان\"\nmsgstr[1] \"كثير\"\n\n#~ msgid \"old\"\n#~ msgstr \"قديم\"\nmsgid \"three\\101\"\nmsgstr \"\"";
        let read = read(file).unwrap();
        let units: Vec<_> =
            read.units.iter().map(|u| (&*u.texts.source, &*u.texts.target, u.status)).collect();
        assert_eq!(
            units,
            [
                ("one\t\"x\" more", "واحد", Status::Flagged),
                ("two", "اثنان", Status::Pending),
                ("threeA", "", Status::Pending)
            ]
        );
        assert_eq!(read.languages.target.unwrap().as_str(), "ar-IQ");
    }

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

    #[test]
    fn mistakes_are_told_with_their_line() {
        let error = |text: &str| read(text).unwrap_err().to_string();
        insta::assert_snapshot!(error("msgid \"a\"\nmsgstr \"b"), @"line 2: a text must stand in double quotes");
        insta::assert_snapshot!(error("msgid"), @"line 1: a text must stand in double quotes");
        insta::assert_snapshot!(error("\"x\""), @"line 1: a text without `msgid` or `msgstr` before it");
        insta::assert_snapshot!(error("hello"), @"line 1: `hello` is no keyword of PO");
        insta::assert_snapshot!(error("# x"), @"it holds no entry");
    }
}
