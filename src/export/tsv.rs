//! Tab-separated values, for spreadsheets and scripts: a header line, then a bead a line.
//!
//! The format cannot hold tabs and line ends inside a text: each run of them becomes one space.

use std::io::{self, Write};

use super::view::BeadView;
use crate::formats::on_one_line;

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
