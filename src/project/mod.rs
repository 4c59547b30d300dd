//! Stage 6: an alignment under review, in memory and in one file.
//!
//! In: a bitext and its alignment, then the edits of a reviewer. Out: a [`Project`] to show and to export, and the
//! file `NAME.muq` that holds all of it ([`store`]). Guarantee: beads partition both sides whatever is edited; the
//! texts of the documents are never changed; every edit can be undone, also after the file was closed; an edit that
//! was acknowledged is on the disk.
//!
//! ```
//! use muqabala::project::Project;
//!
//! let aligned = muqabala::align_texts("وصل الوفد. وغادر في المساء.", "The delegation arrived. It left in the evening.", &Default::default())?;
//! let names = muqabala::bitext::Sides::new("ar.txt".to_owned(), "en.txt".to_owned());
//! let project = Project::new(&aligned.bitext, aligned.alignment, names);
//! assert_eq!(project.counts().pending, project.len());
//! // What a project holds is again an alignment, and whole.
//! assert_eq!(project.alignment().beads().len(), project.len());
//! assert!(project.check().is_ok());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#[cfg(feature = "review")]
mod adopt;
#[cfg(feature = "review")]
mod aligning;
#[cfg(feature = "review")]
mod carve;
#[cfg(feature = "review")]
pub mod change;
#[cfg(feature = "review")]
mod compare;
mod decision;
#[cfg(feature = "review")]
pub mod edit;
#[cfg(feature = "review")]
mod edit_column;
#[cfg(feature = "review")]
mod edit_kind;
#[cfg(feature = "review")]
mod edit_segments;
#[cfg(feature = "review")]
mod error;
#[cfg(feature = "review")]
mod holding;
#[cfg(feature = "review")]
mod journal;
#[cfg(feature = "review")]
mod lexicon_rows;
#[cfg(feature = "review")]
mod lock;
#[cfg(feature = "review")]
pub mod migrate;
#[cfg(feature = "review")]
mod model;
#[cfg(feature = "review")]
mod place;
#[cfg(feature = "review")]
mod realign;
#[cfg(feature = "review")]
mod records;
#[cfg(feature = "review")]
mod regions;
#[cfg(feature = "review")]
mod replace;
#[cfg(feature = "review")]
mod resumed;
#[cfg(feature = "review")]
mod row_error;
#[cfg(feature = "review")]
mod rows;
#[cfg(feature = "review")]
mod schema;
#[cfg(feature = "review")]
mod score;
#[cfg(feature = "review")]
mod settings;
#[cfg(feature = "review")]
pub mod store;

#[cfg(feature = "review")]
pub use adopt::{AdoptError, Adopted};
#[cfg(feature = "review")]
pub use aligning::{Aligning, LexiconPair, SavedDictionary};
#[cfg(feature = "review")]
pub use change::{Change, SegmentRecord, SideName, Step};
#[cfg(feature = "review")]
pub use compare::{Agreement, Comparison, Difference, compare};
pub use decision::{Attributes, Decision, DecisionError};
#[cfg(feature = "review")]
pub use edit_column::Doubtful;
#[cfg(feature = "review")]
pub use edit_kind::{Direction, Edit, EditKind, EditName, EditPlace, Effect};
#[cfg(feature = "review")]
pub use error::{CompareError, EditError, ProjectError};
#[cfg(feature = "review")]
pub use journal::{Action, Entry, Journal, Stamp};
#[cfg(feature = "review")]
pub use model::{BeadId, Counts, Project, ReviewBead, ReviewSegment, State};
#[cfg(feature = "review")]
pub(crate) use place::with_suffix;
#[cfg(feature = "review")]
pub use realign::{Realigner, WINDOW};
#[cfg(feature = "review")]
pub use regions::Region;
#[cfg(feature = "review")]
pub(crate) use replace::replacements;
#[cfg(feature = "review")]
pub use replace::{Replace, Replaced, Replacements};
#[cfg(feature = "review")]
pub use score::{Places, Score, ScoreRival};
#[cfg(feature = "review")]
pub use settings::{AutoRealign, Bookmark, InterfaceLanguage, MOST_BOOKMARKS, Settings};
#[cfg(feature = "review")]
pub use store::ProjectFile;
