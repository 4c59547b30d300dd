//! The one place that names the stages in order: where a newcomer starts.

use crate::bitext::{AlignedBead, Alignment, Bead, Bitext};

/// Options of an alignment.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct AlignOptions {}

/// Aligns a bitext.
pub fn align(bitext: &Bitext, _options: &AlignOptions) -> Alignment {
    let (n, m) = (bitext.documents.source.len(), bitext.documents.target.len());
    let both = n.min(m) as u32;
    let mut beads: Vec<_> = (0..both).map(|i| AlignedBead::bare(Bead::new((i, i + 1), (i, i + 1)))).collect();
    beads.extend((both..n as u32).map(|i| AlignedBead::bare(Bead::new((i, i + 1), (both, both)))));
    beads.extend((both..m as u32).map(|i| AlignedBead::bare(Bead::new((both, both), (i, i + 1)))));
    Alignment::new(beads, n, m).expect("the diagonal is a partition")
}
