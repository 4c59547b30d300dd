//! A finding: something wrong in a translation memory, and where.

use std::fmt;

use super::kind::{Kind, Mend, Severity};
use super::place::{Place, advanced};

/// Something wrong in a translation memory.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// What kind of thing is wrong.
    pub kind: Kind,
    /// Where.
    pub place: Place,
    /// In which unit, from 1 in the order of the file; `None` in the header or where the file as a whole is
    /// meant.
    pub unit: Option<u64>,
    /// That unit's `tuid`.
    pub id: Option<String>,
    /// The language of the variant, as the file spells it.
    pub lang: Option<String>,
    /// What was found, in words; may quote the file, at most about a hundred characters at a time.
    pub detail: String,
}

impl Finding {
    /// How bad it is.
    pub const fn severity(&self) -> Severity {
        self.kind.severity()
    }

    /// Who can mend it.
    pub const fn mend(&self) -> Mend {
        self.kind.mend()
    }
}

/// `line:column: severity[code]: unit N (id, language): detail`.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}[{}]: ", self.place, self.severity().name(), self.kind.code())?;
        if let Some(unit) = self.unit {
            write!(f, "unit {unit}")?;
            match (&self.id, &self.lang) {
                (Some(id), Some(lang)) => write!(f, " ({id}, {lang})")?,
                (Some(one), None) | (None, Some(one)) => write!(f, " ({one})")?,
                (None, None) => {}
            }
            f.write_str(": ")?;
        }
        f.write_str(&self.detail)
    }
}

/// Gives each finding the place of its byte in `text`, which begins at `start`. One walk through the text, whatever
/// the number of findings: for each its own would take forever in a long line.
pub(super) fn put_in_place(findings: &mut [(usize, Finding)], text: &str, start: Place) {
    let mut order: Vec<usize> = (0..findings.len()).collect();
    order.sort_by_key(|&index| findings[index].0);
    let (mut reached, mut place) = (0, start);
    for index in order {
        let at = findings[index].0.clamp(reached, text.len());
        place = advanced(place, &text[reached..at]);
        reached = at;
        findings[index].1.place = place;
    }
}

/// How many characters of a text a message quotes.
const QUOTED: usize = 60;

/// `text` as a message quotes it: cut short, what cannot be seen or would turn the line around escaped.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("`");
    for (index, c) in text.chars().enumerate() {
        if index == QUOTED {
            out.push('…');
            break;
        }
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{0}'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}'
            | '\u{fffe}'
            | '\u{ffff}' => out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('`');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_short_and_show_what_cannot_be_seen() {
        assert_eq!(quoted("a\u{202e}b\n"), "`a\\u{202e}b\\n`");
        assert_eq!(quoted(&"x".repeat(100)), format!("`{}…`", "x".repeat(60)));
    }
}
