//! Stage 8: an alignment → files.
//!
//! In: beads as [`BeadView`]s, of a fresh alignment ([`views`]) or of a saved one ([`saved`]). Out: TMX, XLIFF,
//! tables, PO, a report or the readable text, into any [`std::io::Write`]; [`write()`] writes any of them,
//! [`write_files`] those that are several files. Guarantee: texts are exactly those of the documents (each format
//! says what it cannot hold); the same beads always give the same bytes; a file is written whole or not at all
//! ([`file::write_whole`]).

pub mod beads;
mod count;
mod display;
pub mod file;
pub mod html;
pub mod jsonl;
pub mod readable;
mod reviewed;
pub mod saved;
pub mod tmx;
pub mod tsv;
mod unit;
mod view;
mod write;

pub use count::counted;
pub use reviewed::{Only, Selection, reviewed};
pub use unit::units;
pub use view::{
    BeadView, DoubtView, EvidenceView, MatchView, ReviewView, UnmatchedView, left_out, sure_views, text_of,
    views,
};

pub use write::{WriteOptions, write, write_files};

use std::path::Path;

/// A format that an alignment can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Translation Memory eXchange 1.4.
    Tmx,
    /// XLIFF 1.2.
    Xliff,
    /// XLIFF 2.1.
    Xliff2,
    /// PO of GNU gettext.
    Po,
    /// Tab-separated values with a header line.
    Tsv,
    /// Comma-separated values for spreadsheets.
    Csv,
    /// A workbook of Excel.
    Xlsx,
    /// A document with a table of two columns.
    Docx,
    /// A report for people.
    Html,
    /// A pair of files, a text a line.
    Moses,
    /// Two documents and a file of links, as in OPUS.
    Ces,
    /// JSON lines: a bead a line, with all that is known of it.
    Jsonl,
    /// Bare beads: source indices, tab, target indices; the format of gold files.
    Beads,
    /// Source and target side by side, for people.
    Text,
}

/// A format's name in options, the extensions of its files, and what it is, in a few words.
const NAMES: [(Format, &str, &[&str], &str); 14] = [
    (Format::Tmx, "tmx", &["tmx"], "Translation Memory eXchange 1.4, for translators' tools"),
    (Format::Xliff, "xliff", &["xlf", "xliff"], "XLIFF 1.2, for translators' tools"),
    (Format::Xliff2, "xliff2", &["xlf2", "xliff2"], "XLIFF 2.1"),
    (Format::Po, "po", &["po"], "PO of GNU gettext"),
    (Format::Tsv, "tsv", &["tsv", "tab"], "Tab-separated values, for scripts"),
    (Format::Csv, "csv", &["csv"], "Comma-separated values, for spreadsheets"),
    (Format::Xlsx, "xlsx", &["xlsx"], "A workbook of Excel"),
    (Format::Docx, "docx", &["docx"], "A document with a table of two columns, for people"),
    (Format::Html, "html", &["html", "htm"], "A report with the alignment as a picture, for people"),
    (Format::Moses, "moses", &["moses"], "A pair of files with a text a line: NAME.ar and NAME.en"),
    (
        Format::Ces,
        "cesalign",
        &["ces", "xces", "cesalign"],
        "cesAlign: the links, and two documents beside them, as in OPUS",
    ),
    (Format::Jsonl, "jsonl", &["jsonl", "ndjson"], "A bead a line in JSON, with its evidence"),
    (Format::Beads, "beads", &["beads", "ladder"], "Bare segment indices, the format of gold files"),
    (Format::Text, "text", &["txt", "text"], "Source and target side by side, for people"),
];

impl Format {
    /// All formats.
    pub const ALL: [Self; NAMES.len()] = {
        let mut all = [Self::Tmx; NAMES.len()];
        let mut at = 0;
        while at < NAMES.len() {
            all[at] = NAMES[at].0;
            at += 1;
        }
        all
    };

    /// Its row in the table.
    fn row(self) -> &'static (Self, &'static str, &'static [&'static str], &'static str) {
        NAMES.iter().find(|row| row.0 == self).expect("every format has a row")
    }

    /// Its name in options.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// What it is, in a few words.
    pub fn about(self) -> &'static str {
        self.row().3
    }

    /// The format that the extension of `path` stands for.
    pub fn from_path(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_lowercase();
        NAMES
            .iter()
            .find(|(_, _, extensions, _)| extensions.contains(&&*extension))
            .map(|(format, ..)| *format)
    }

    /// Whether it is several files, so that it cannot go to standard output.
    pub const fn is_several_files(self) -> bool {
        matches!(self, Self::Moses | Self::Ces)
    }

    /// Whether it shows why beads stand: their evidence, or what is doubtful in them.
    pub const fn shows_evidence(self) -> bool {
        matches!(self, Self::Tmx | Self::Html | Self::Jsonl | Self::Text)
    }

    /// Whether it is made for a program and not for a terminal.
    pub const fn is_binary(self) -> bool {
        matches!(self, Self::Xlsx | Self::Docx)
    }

    /// Whether a file in it names the languages.
    pub const fn names_languages(self) -> bool {
        !matches!(self, Self::Tsv | Self::Csv | Self::Jsonl | Self::Beads | Self::Text | Self::Html)
    }

    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Tmx => "application/x-tmx+xml",
            Self::Xliff | Self::Xliff2 => "application/xliff+xml",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Html => "text/html; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8",
            _ => "text/plain; charset=utf-8",
        }
    }
}

#[cfg(test)]
mod tests;
