//! What of a file with two languages is read.

use crate::bitext::{Lang, Sides};
use crate::formats::LeftOut;
use crate::formats::columns::ColumnName;
use crate::formats::po::PluralsRead;

/// What of a file with two languages is read.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct BilingualOptions {
    /// The languages; `None` where the file is to say which.
    pub languages: Sides<Option<Lang>>,
    /// The columns of a table; `None` where the table is to say which.
    pub columns: Option<Sides<ColumnName>>,
    /// Which plural forms of a PO are read. Default: that for 1 and that for 100.
    pub plurals: PluralsRead,
    /// Which units are read that are no finished translations. Default: none.
    pub unfinished: UnfinishedRead,
    /// Whether each unit is one segment that nothing cuts. Default: units are cut as paragraphs are.
    pub units: UnitsRead,
}

/// Which units are read that are no finished translations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UnfinishedRead {
    /// None of them.
    #[default]
    LeftOut,
    /// Those that ask for review.
    ForReview,
    /// All of them: not translated yet, copies of the source, obsolete, not to be translated.
    All,
}

/// What a unit becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UnitsRead {
    /// A paragraph, which is cut into segments.
    #[default]
    Cut,
    /// A segment.
    Whole,
}

impl UnfinishedRead {
    /// Whether a unit is read that is unfinished for this reason.
    pub(super) fn takes(self, why: &LeftOut) -> bool {
        match self {
            Self::LeftOut => false,
            Self::ForReview => *why == LeftOut::ForReview,
            Self::All => true,
        }
    }
}
