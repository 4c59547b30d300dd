//! An alignment as a translation memory.
//!
//! One unit a bead that has both sides; null beads are left out, since a unit with an empty side makes some
//! tools erase text. What is known of a bead stands in properties `x-bead-type`, `x-confidence`, `x-evidence`.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::view::{BeadView, EvidenceView};
use crate::bitext::{EvidenceKind, Lang, Sides};
use crate::tmx::{Header, Prop, Timestamp, TmxWriter, Unit, Variant, Written};

/// How to write a translation memory.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TmxOptions {
    /// The codes of the languages, exactly as they are to stand in the file.
    pub languages: Sides<Lang>,
    /// The date of the memory and of all units; without one none is written.
    pub creation_date: Option<Timestamp>,
}

impl TmxOptions {
    /// Options for `languages`, without a date.
    pub const fn new(languages: Sides<Lang>) -> Self {
        Self { languages, creation_date: None }
    }
}

/// Writes the linked beads as TMX.
pub fn write<'a>(
    beads: impl IntoIterator<Item = BeadView<'a>>,
    options: &TmxOptions,
    out: impl Write,
) -> io::Result<Written> {
    let mut header = Header::new(options.languages.source.as_str());
    header.creation_date = options.creation_date;
    let mut writer = TmxWriter::new(out, &header)?;
    for bead in beads {
        if !bead.is_null() {
            writer.unit(&unit(&bead, options))?;
        }
    }
    writer.finish()
}

fn unit<'b>(bead: &'b BeadView<'_>, options: &'b TmxOptions) -> Unit<'b> {
    let mut props = vec![Prop::new("x-bead-type", bead.bead_type().to_string())];
    if let Some(confidence) = bead.confidence {
        props.push(Prop::new("x-confidence", format!("{confidence:.4}")));
    }
    if !bead.evidence.is_empty() {
        props.push(Prop::new("x-evidence", evidence_summary(&bead.evidence)));
    }
    if bead.crossing {
        props.push(Prop::new("x-crossing", "yes"));
    }
    Unit {
        creation_date: options.creation_date,
        props,
        variants: vec![
            Variant::new(options.languages.source.as_str(), &*bead.texts.source),
            Variant::new(options.languages.target.as_str(), &*bead.texts.target),
        ],
        ..Unit::default()
    }
}

/// The evidence on one line: kind, cost in nats, and what was found; of words, how many.
pub(super) fn evidence_summary(evidence: &[EvidenceView<'_>]) -> String {
    let mut summary = String::new();
    for item in evidence {
        if !summary.is_empty() {
            summary.push_str("; ");
        }
        // Writing to a string does not fail.
        let _ = write!(summary, "{} {}", item.kind, item.cost);
        if item.matches.is_empty() {
            continue;
        }
        if item.kind == EvidenceKind::Words {
            let _ = write!(summary, " ({})", item.matches.len());
        } else {
            let values: Vec<_> = item.matches.iter().map(|m| &*m.value).collect();
            let _ = write!(summary, ": {}", values.join(", "));
        }
    }
    summary
}
