//! Wordfast's memories as text (TXT): a unit a line, fields between tabs.
//!
//! The first line says `%Wordfast TM` and the languages. A unit has a date, a user, a count, a language and its text,
//! the other language and its text, and perhaps attributes. Characters that have no place in a field are written
//! `&'0A;`, inline codes `&tA;`: these are left out. Lines of fewer fields are counted.

use super::table::lines;
use super::told::LeftOut;
use super::{FormatError, Multilingual, Several, Text, Unit};
use crate::bitext::Side;

/// The mark by which the first line is known.
pub const MARK: &str = "%Wordfast TM";

/// Reads a memory.
pub fn read(text: &str) -> Result<Multilingual, FormatError> {
    let mut lines = lines(text.trim_start_matches('\u{feff}'));
    let Some(first) = lines.next().filter(|line| line.contains(MARK)) else {
        let found = "its first line does not say so".to_owned();
        return Err(FormatError::Other { expected: "a Wordfast memory", found });
    };
    let mut file = Multilingual::default();
    let fields: Vec<&str> = first.split('\t').map(|f| f.trim().trim_start_matches('%')).collect();
    file.source = fields.get(3).map(|code| (*code).to_owned());
    for line in lines.filter(|line| !line.trim().is_empty()) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [_, _, _, source_code, source, target_code, target, ..] = fields[..] else {
            file.told.leave_out(LeftOut::Misplaced);
            continue;
        };
        let text = |side, code: &str, text| {
            let code = code.trim().trim_start_matches('%').to_owned();
            Text { code, side: Some(side), text: unescaped(text) }
        };
        let texts = vec![text(Side::Source, source_code, source), text(Side::Target, target_code, target)];
        file.units.push(Several { unit: Unit::default(), texts });
    }
    if file.units.is_empty() { Err(FormatError::Nothing("unit")) } else { Ok(file) }
}

/// The text of a field: `&'0A;` is the character, `&tA;` a code.
fn unescaped(field: &str) -> String {
    let mut out = String::with_capacity(field.len());
    let mut rest = field;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let hex = after.strip_prefix('\'').and_then(|hex| hex.split_once(';'));
        let hex =
            hex.and_then(|(hex, rest)| Some((char::from_u32(u32::from_str_radix(hex, 16).ok()?)?, rest)));
        let code = after.strip_prefix('t').and_then(|code| code.split_once(';'));
        let code = code.filter(|(name, _)| {
            (1..=2).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_uppercase())
        });
        match (hex, code) {
            (Some((c, after)), _) => {
                out.push(c);
                rest = after;
            }
            (None, Some((_, after))) => rest = after,
            (None, None) => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_unit() {
        let file = "\u{feff}%20240101~101010\t%User ID,A,A B\t%TU=00000002\t%EN-GB\t%Wordfast TM v.5.51w/00\t%AR-01\t%-- .\r\n\
            20240101~101011\tA\t0\tEN-GB\tTea &'26; &tA;coffee&tB;&'0A;now & then&t\tAR-01\tشاي\tx\r\n\n20240101\tbroken\n";
        let read = read(file).unwrap();
        assert_eq!(read.source.as_deref(), Some("EN-GB"));
        let unit = &read.units[0];
        assert_eq!((unit.text(Side::Source), unit.text(Side::Target)), ("Tea & coffee\nnow & then&t", "شاي"));
        assert_eq!(
            (&*unit.texts[1].code, read.units.len(), read.told.count(&LeftOut::Misplaced)),
            ("AR-01", 1, 1)
        );
        assert!(super::read("a\tb\n").is_err());
    }
}
