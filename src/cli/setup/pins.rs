//! Pin files: beads and boundaries that the alignment must keep, one a line.
//!
//! A bead is written as in a gold file: `source indices<TAB>target indices`, from 0, separated by commas.
//! A boundary is `N|M` or `rung<TAB>N<TAB>M`: it lies before source segment N and
//! target segment M. Empty lines and lines that begin with `#` are passed over.

use std::path::Path;

use anyhow::Result;
use muqabala::align::PinError;
use muqabala::bitext::{Bead, Pin, Rung};

use super::evidence;
use crate::cli::terminal::failure::Failure;

const HINT: &str = "a line is a pair `3,4<TAB>5` or a boundary `3|5`; indices count from 0, as `muqabala segment \
                    --numbered FILE` does from 1";

/// Reads the pins in `path`.
pub(crate) fn load(path: &Path) -> Result<Vec<Pin>> {
    let bytes = evidence::read_bytes(path)?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::new(format!("{}: it is not UTF-8 text", path.display()), HINT))?;
    parse(&text).map_err(|message| Failure::new(format!("{}: {message}", path.display()), HINT).into())
}

/// The message for pins that no alignment can keep.
pub(crate) fn refused(path: &Path, error: &PinError) -> anyhow::Error {
    Failure::new(format!("{}: {error}", path.display()), "correct the pins, or leave out --pins").into()
}

fn parse(text: &str) -> Result<Vec<Pin>, String> {
    let mut pins = Vec::new();
    for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        pins.push(parse_line(line).map_err(|message| format!("line {number}: {message}"))?);
    }
    Ok(pins)
}

fn parse_line(line: &str) -> Result<Pin, String> {
    let fields: Vec<&str> = line.split('\t').collect();
    match fields[..] {
        ["rung", source, target] => Ok(Pin::Rung(Rung { source: index(source)?, target: index(target)? })),
        [source, target] => {
            let (source, target) = (range(source)?, range(target)?);
            // A range without segments has no place of its own, so such a bead would say too little.
            if source.0 == source.1 || target.0 == target.1 {
                return Err(
                    "an unaligned segment is pinned by two boundaries, such as `3|5` and `4|5`".to_owned()
                );
            }
            Ok(Pin::Bead(Bead::new(source, target)))
        }
        _ => match line.split_once('|') {
            Some((source, target)) => Ok(Pin::Rung(Rung { source: index(source)?, target: index(target)? })),
            None => Err("expected a pair or a boundary".to_owned()),
        },
    }
}

fn index(text: &str) -> Result<u32, String> {
    let wrong = || format!("`{}` is not a segment index (a whole number from 0)", text.trim());
    text.trim().parse::<u32>().ok().filter(|i| *i < u32::MAX).ok_or_else(wrong)
}

fn range(text: &str) -> Result<(u32, u32), String> {
    if text.trim().is_empty() {
        return Ok((0, 0));
    }
    let indices = text.split(',').map(index).collect::<Result<Vec<u32>, String>>()?;
    let first = indices[0];
    if indices.iter().zip(first..).any(|(&i, expected)| i != expected) {
        return Err("the segments of a pair must follow each other".to_owned());
    }
    Ok((first, first + indices.len() as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beads_and_boundaries() {
        let pins = parse("# mine\n0,1\t2\n\n3|4\nrung\t5\t6\r\n").unwrap();
        assert_eq!(
            pins,
            [
                Pin::Bead(Bead::new((0, 2), (2, 3))),
                Pin::Rung(Rung { source: 3, target: 4 }),
                Pin::Rung(Rung { source: 5, target: 6 }),
            ]
        );
    }

    #[test]
    fn a_malformed_line_is_an_error_with_its_number() {
        for (text, message) in [
            ("0\t0\nx\t1", "line 2: `x` is not a segment index (a whole number from 0)"),
            ("0,2\t1", "line 1: the segments of a pair must follow each other"),
            ("5\t", "line 1: an unaligned segment is pinned by two boundaries, such as `3|5` and `4|5`"),
            ("5", "line 1: expected a pair or a boundary"),
            ("4294967295|1", "line 1: `4294967295` is not a segment index (a whole number from 0)"),
        ] {
            assert_eq!(parse(text).unwrap_err(), message);
        }
    }
}
