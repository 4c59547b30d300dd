//! Stage 8: an alignment → files.
//!
//! What comes in: beads as [`BeadView`]s, of a fresh alignment ([`views`]) or of a saved one ([`saved`]).
//! What goes out: TMX, TSV, JSON lines, bare beads or the readable text, into any [`std::io::Write`]. What
//! it guarantees: texts are exactly those of the documents (each format says what it cannot hold); the same
//! beads always give the same bytes; a file is written whole or not at all ([`file::write_whole`]).

pub mod beads;
mod display;
pub mod file;
pub mod jsonl;
pub mod readable;
mod reviewed;
pub mod saved;
pub mod tmx;
pub mod tsv;
mod view;

pub use reviewed::{Only, Selection, reviewed};
pub use view::{BeadView, DoubtView, EvidenceView, MatchView, ReviewView, UnmatchedView, text_of, views};

use std::path::Path;

/// A format that an alignment can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Translation Memory eXchange 1.4.
    Tmx,
    /// Tab-separated values with a header line.
    Tsv,
    /// JSON lines: a bead a line, with all that is known of it.
    Jsonl,
    /// Bare beads: source indices, tab, target indices; the format of gold files.
    Beads,
    /// Source and target side by side, for people.
    Text,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 5] = [Self::Tmx, Self::Tsv, Self::Jsonl, Self::Beads, Self::Text];

    /// Its name in options.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tmx => "tmx",
            Self::Tsv => "tsv",
            Self::Jsonl => "jsonl",
            Self::Beads => "beads",
            Self::Text => "text",
        }
    }

    /// The format that the extension of `path` stands for.
    pub fn from_path(path: &Path) -> Option<Self> {
        Some(match &*path.extension()?.to_str()?.to_lowercase() {
            "tmx" => Self::Tmx,
            "tsv" | "tab" => Self::Tsv,
            "jsonl" | "ndjson" => Self::Jsonl,
            "beads" | "ladder" => Self::Beads,
            "txt" | "text" => Self::Text,
            _ => return None,
        })
    }
}
