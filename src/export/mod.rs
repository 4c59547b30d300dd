//! Stage 8: an alignment → files.
//!
//! In: beads as [`BeadView`]s, of a fresh alignment ([`views`]) or of a saved one ([`saved`]). Out: TMX, XLIFF,
//! tables, PO, a report or the readable text, into any [`std::io::Write`]; [`write()`] writes any of them,
//! [`write_files`] those that are several files. Guarantee: texts are exactly those of the documents (each format
//! says what it cannot hold); the same beads always give the same bytes; a file is written whole or not at all
//! ([`file::write_whole`]).
//!
//! ```
//! use muqabala::export::{Format, WriteOptions, views, write};
//!
//! let aligned = muqabala::align_texts("وصل الوفد في 14 تموز.", "The delegation arrived on July 14.", &Default::default())?;
//! let options = WriteOptions::new(aligned.bitext.languages.clone());
//! let mut file = Vec::new();
//! write(Format::Tsv, views(&aligned.bitext, &aligned.alignment), &options, &mut file)?;
//! let text = String::from_utf8(file)?;
//! assert!(text.lines().nth(1).is_some_and(|pair| pair.starts_with("وصل الوفد في 14 تموز.\tThe delegation")));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod beads;
mod beads_again;
#[cfg(feature = "review")]
pub mod comparison;
mod count;
mod display;
pub mod file;
mod format;
pub mod html;
pub mod jsonl;
mod markup;
mod options;
pub mod readable;
mod report_words;
#[cfg(feature = "review")]
mod reviewed;
pub mod saved;
mod several;
pub mod tmx;
pub mod tsv;
mod unit;
mod view;
mod write;

pub use beads_again::Beads;
pub use count::counted;
pub use format::{Format, Trait, WRITERS, WriteAs, Writer};
pub use options::WriteOptions;
pub(crate) use report_words::arabic_count;
pub use report_words::{ReportLanguage, ReportOptions};
#[cfg(feature = "review")]
pub use reviewed::{Only, Selection, reviewed};
pub use several::Place;
pub use unit::units;
pub use view::{
    BeadView, DoubtView, EvidenceView, MatchView, ReviewView, UnmatchedView, left_out, sure_views, text_of,
    views,
};
pub use write::{file_names, write, write_files};

#[cfg(test)]
mod tests;
