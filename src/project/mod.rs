//! Stage 6: an alignment under review, in memory and in one file.
//!
//! In: a bitext and its alignment, then the edits of a reviewer. Out: a [`Project`] to show and to export, and the
//! file `NAME.muq` that holds all of it ([`store`]). Guarantee: beads partition both sides whatever is edited; the
//! texts of the documents are never changed; every edit can be undone, also after the file was closed; an edit that
//! was acknowledged is on the disk.

mod aligning;
mod carve;
pub mod change;
mod decision;
pub mod edit;
mod edit_column;
mod edit_kind;
mod edit_segments;
mod error;
mod holding;
mod journal;
mod lexicon_rows;
mod lock;
pub mod migrate;
mod model;
mod place;
mod realign;
mod records;
mod row_error;
mod rows;
mod schema;
mod score;
mod settings;
pub mod store;

pub use aligning::{Aligning, LexiconPair, SavedDictionary};
pub use change::{Change, SegmentRecord, SideName, Step};
pub use decision::{Attributes, Decision, DecisionError};
pub use edit_column::Doubtful;
pub use edit_kind::{Direction, Edit, EditKind, EditName, EditPlace, Effect};
pub use error::{EditError, ProjectError};
pub use journal::{Action, Entry, Journal, Stamp};
pub use model::{BeadId, Counts, Project, ReviewBead, ReviewSegment, State};
pub use realign::{Realigner, WINDOW};
pub use score::{Places, Score, ScoreRival};
pub use settings::{AutoRealign, Bookmark, InterfaceLanguage, Settings};
pub use store::ProjectFile;
