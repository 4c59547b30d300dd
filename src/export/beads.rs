//! Bare beads, the format of gold files: `source indices<TAB>target indices`, from 0, separated by commas.

use std::io::{self, Write};
use std::ops::Range;

use super::view::BeadView;

/// Writes one line a bead, null beads too.
pub fn write<'a>(beads: impl IntoIterator<Item = BeadView<'a>>, out: &mut impl Write) -> io::Result<()> {
    for bead in beads {
        write_indices(bead.segments.source, out)?;
        out.write_all(b"\t")?;
        write_indices(bead.segments.target, out)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn write_indices(indices: Range<usize>, out: &mut impl Write) -> io::Result<()> {
    for i in indices.clone() {
        if i > indices.start {
            out.write_all(b",")?;
        }
        write!(out, "{i}")?;
    }
    Ok(())
}
