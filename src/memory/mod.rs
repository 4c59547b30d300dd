//! Checking and mending translation memories: what is wrong with a TMX file, for whom it matters, and mending it.
//!
//! In: a TMX file of version 1.1 to 1.4 in any encoding. Out: [`Finding`]s, or another TMX. Guarantee: a file is
//! read as a stream, a unit at a time, so that memory does not grow with it; damage is named with line and column
//! and the next unit is gone on with; nothing is fetched, and no entity expands but those that the file itself declares; what is not changed on purpose
//! passes through byte for byte, but that UTF-8 is written.
//!
//! [`check`] finds, [`fix`](fix()) mends, [`clean`](clean()) leaves units out, [`merge`](merge()),
//! [`Splitter`], [`reverse`](reverse()), [`extract`](extract()) and [`diff`](diff()) work on whole units, [`stats`](stats())
//! counts. Whatever they are given, what they write is well-formed XML, and what they leave out they tell.
//!
//! ```
//! use muqabala::memory::{CheckOptions, check, stats};
//!
//! let file = r#"<tmx version="1.4"><header srclang="ar"/><body>
//! <tu><tuv xml:lang="ar"><seg>وصل 12 وفدا</seg></tuv><tuv xml:lang="en"><seg>13 delegations arrived</seg></tuv></tu>
//! </body></tmx>"#;
//! assert_eq!(stats(file.as_bytes(), |_| {})?.units, 1);
//! let mut found = Vec::new();
//! check(file.as_bytes(), &CheckOptions::default(), |finding| {
//!     found.push(finding.kind.code());
//!     Ok(())
//! })?;
//! assert!(found.contains(&"number-mismatch"), "{found:?}");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod check;
mod check_head;
mod check_text;
mod check_unit;
mod clean;
mod diff;
mod edits;
mod ends;
mod extract;
mod finding;
mod fix;
mod fix_head;
mod fix_report;
mod fix_unit;
mod frames;
mod gap;
mod head;
mod judge;
mod kind;
mod languages;
mod maker;
mod measure;
mod merge;
mod mojibake;
mod numbers;
mod output;
mod pairs;
mod place;
mod placeholders;
mod prefixes;
mod refs;
mod repeat;
mod reverse;
mod scan;
mod shown;
mod sound;
mod source;
mod stats;
mod unit;

pub use check::{CheckOptions, Summary, check};
pub use clean::{CleanOptions, CleanReport, clean};
pub use diff::{DiffReport, Difference, diff};
pub use extract::{ExtractReport, extract};
pub use finding::Finding;
pub use fix::fix;
pub use fix_report::{FixOptions, FixReport};
pub use frames::MAX_HELD;
pub use judge::Judge;
pub use kind::{Kind, Mend, Severity, Tool};
pub use maker::{holds_all, maker};
pub use merge::{MergeReport, Repeated, Splitter, merge};
pub use output::MemoryError;
pub use pairs::Context;
pub use place::Place;
pub use reverse::{ReverseReport, reverse};
pub use shown::{ShownUnit, units};
pub use stats::{LanguageStats, Stats, stats};
