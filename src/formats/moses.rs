//! A pair of files with a text a line, as Moses and most training programs take them.
//!
//! Units with one text are left out. A run of tabs and line ends in a text becomes one space, and a text that is
//! nothing else is left out. Nothing but the texts is kept.

use std::io::{self, Write};

use super::unit::on_one_line;
use super::{FormatError, Multilingual, Several, Unit};
use crate::bitext::{Side, Sides};

/// Writes the file of `side`. Called for both sides with the same units it writes the same number of lines.
pub fn write<'a>(
    units: impl IntoIterator<Item = Unit<'a>>,
    side: Side,
    out: &mut dyn Write,
) -> io::Result<usize> {
    let mut lines = 0;
    for unit in units {
        let texts = Sides::new(on_one_line(&unit.texts.source), on_one_line(&unit.texts.target));
        if texts.source.trim().is_empty() || texts.target.trim().is_empty() {
            continue;
        }
        writeln!(out, "{}", texts.get(side))?;
        lines += 1;
    }
    Ok(lines)
}

/// Reads a pair of files.
pub fn read(files: Sides<&str>) -> Result<Multilingual, FormatError> {
    let lines = files.map(|f| f.split_terminator('\n').collect::<Vec<_>>());
    let (source, target) = (lines.source.len(), lines.target.len());
    if source != target {
        let message = format!("the source has {source} lines, the target {target}");
        return Err(FormatError::at(source.min(target) + 1, message));
    }
    let one = |(source, target): (&str, &str)| {
        let texts = Sides::new(Some(source.to_owned()), Some(target.to_owned()));
        Several::of_sides(Unit::default(), Sides::new("", ""), texts)
    };
    let units = lines.source.into_iter().zip(lines.target).map(one).collect();
    Ok(Multilingual { units, ..Multilingual::default() })
}
