//! muqabala (مقابلة): a bilingual translation-alignment workbench.
//!
//! It takes two documents that translate each other, segments them, aligns them sentence by sentence, says
//! how sure it is of each bead and why, and exports translation memories.
//!
//! The crate's tour in the order of the data's flow:
//! 1. [`bitext`]: the core types in which all others speak;
//! 2. [`read`]: bytes → a document of blocks;
//! 3. [`segment`]: a document → segments;
//! 4. [`language`], [`anchor`], [`lexicon`]: what is known about languages, comparison keys, values
//!    that recur, words that translate each other;
//! 5. [`score`]: evidence → the cost of a bead;
//! 6. [`align`]: costs → an alignment;
//! 7. [`project`], [`session`], [`serve`], [`review`]: an alignment under review, aligning parts of it anew, a page for
//!    this machine's user alone, and the one on which a person corrects the alignment;
//! 8. [`tmx`], [`formats`], [`export`]: an alignment → files; [`evaluate`]: how good it is;
//! 9. [`snapshot`]: alignments to read and to compare, so that a corpus is guarded against regressions;
//! 10. [`memory`]: what is wrong with a translation memory, and mending it;
//! 11. [`search`]: words in context over many projects and memories; [`settings`]: defaults from files;
//! 12. [`start`]: the start page, from which all of it is reached without a command line.
//!
//! With the feature `embeddings`, `embed` makes sentence vectors of a model folder, one more kind of evidence.
//!
//! [`pipeline`] is the front door, and names the stages in order:
//!
//! ```
//! let source = "وقع الطرفان الاتفاق في 14 تموز 2019. وعدل مرة واحدة.";
//! let target = "The two parties signed the agreement on July 14, 2019. It was amended once.";
//! let aligned = muqabala::align_texts(source, target, &Default::default())?;
//! aligned.write(muqabala::export::Format::Tsv, &mut std::io::stdout())?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The folder `examples/` has whole programs.
//!
//! # Features
//! All but the last are on by default; with `default-features = false` there is what reads plain text, subtitles and
//! memories in plain XML or plain text, segments, aligns and writes.
//! - `documents`: HTML, Markdown, office documents, EPUB, PDF, packed files, Trados memories.
//! - `web`: reading web addresses.
//! - `review`: projects, aligning parts of them anew, search, and the pages (`project`, `session`, `serve`, `review`,
//!   `search`, `start`).
//! - `cli`: the program, with the three above.
//! - `embeddings`: sentence vectors of a model folder.
//!
//! What is left out is refused by name when a document needs it.
//!
//! # What stays
//! Versions follow [semantic versioning](https://semver.org): before 1.0, 0.x.y changes nothing that compiled with
//! 0.x.0, and what 0.(x+1).0 breaks stands in `CHANGELOG.md`. The same holds for options of the program, its exit
//! statuses, and what it writes for other programs (TMX, TSV, JSON lines, projects, snapshots). Which beads are found,
//! and the texts for people, may get better in any version; `CHANGELOG.md` says when. Options structs are
//! `#[non_exhaustive]`: begin with `default()` and set the fields. Enums that may grow are so too.

pub mod align;
pub mod anchor;
pub mod batch;
pub mod bitext;
#[cfg(feature = "embeddings")]
pub mod embed;
pub mod evaluate;
pub mod export;
pub mod formats;
pub mod language;
pub mod lexicon;
pub mod memory;
mod normalize;
#[doc(hidden)]
pub mod outside;
mod part_file;
pub mod pipeline;
pub mod project;
pub mod read;
#[cfg(feature = "review")]
pub mod review;
pub mod score;
#[cfg(feature = "review")]
pub mod search;
pub mod segment;
#[cfg(feature = "review")]
pub mod serve;
#[cfg(feature = "review")]
pub mod session;
pub mod settings;
#[doc(hidden)]
#[cfg(feature = "review")]
pub mod signals;
pub mod snapshot;
#[cfg(feature = "review")]
pub mod start;
pub mod tmx;
mod tuned;
mod xml;

pub use pipeline::{Aligned, align_files, align_texts};
