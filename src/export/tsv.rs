//! Tab-separated values, for spreadsheets and scripts: a header line, then a bead a line.
//!
//! The format cannot hold tabs and line ends inside a text: each run of them becomes one space.

use std::borrow::Cow;
use std::io::{self, Write};

use super::view::BeadView;

/// The names of the columns.
pub const COLUMNS: [&str; 6] =
    ["source_text", "target_text", "type", "confidence", "source_segments", "target_segments"];

/// Writes the beads, null beads too (one text is then empty).
pub fn write<'a>(beads: impl IntoIterator<Item = BeadView<'a>>, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}", COLUMNS.join("\t"))?;
    for bead in beads {
        let confidence = bead.confidence.map(|c| format!("{c:.4}")).unwrap_or_default();
        let indices =
            |range: std::ops::Range<usize>| range.map(|i| i.to_string()).collect::<Vec<_>>().join(",");
        writeln!(
            out,
            "{}\t{}\t{}\t{confidence}\t{}\t{}",
            on_one_line(&bead.texts.source),
            on_one_line(&bead.texts.target),
            bead.bead_type(),
            indices(bead.segments.source),
            indices(bead.segments.target),
        )?;
    }
    Ok(())
}

fn on_one_line(text: &str) -> Cow<'_, str> {
    const SEPARATORS: [char; 7] = ['\t', '\n', '\r', '\u{b}', '\u{c}', '\u{2028}', '\u{2029}'];
    if !text.contains(SEPARATORS) {
        return Cow::Borrowed(text);
    }
    let pieces: Vec<&str> = text.split(SEPARATORS).filter(|p| !p.is_empty()).collect();
    Cow::Owned(pieces.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_and_line_ends_become_a_space() {
        assert_eq!(on_one_line("a\r\n\tb\u{a0}c"), "a b\u{a0}c");
        assert_eq!(on_one_line("a  b"), "a  b");
    }
}
