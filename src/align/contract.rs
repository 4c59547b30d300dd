//! What the search asks before it trusts a cost model or options that it does not know.
//!
//! In: a [`CostModel`], [`SearchOptions`]. Out: nothing, or what of the contract is broken. Guarantee: of what passes
//! every sum is a number, every path ends, and memory grows with the size that the model names, whatever its costs.

use crate::bitext::{BeadType, CostModel, OptionError, POSITIVE};

use super::forward::TYPE_BITS;
use super::options::SearchOptions;
use super::pins::PinError;

/// Segments of a side at most: no path through so many, each at the dearest, costs more than can be told from none.
const MOST_SEGMENTS: usize = (1 << 24) - 1;
/// Linked bead types at most.
pub(super) const MOST_TYPES: usize = 1 << TYPE_BITS;
/// The largest number of segments or cells that an option may name.
const MOST_CELLS: usize = 1 << 40;

/// A search that cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SearchError {
    /// No ladder honours the pins.
    #[error(transparent)]
    Pins(#[from] PinError),
    /// The cost model breaks its contract.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// An option cannot be used.
    #[error(transparent)]
    Options(#[from] OptionError),
}

/// A cost model that breaks its contract ([`CostModel`]).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// It names more segments than can be searched.
    #[error(
        "the bitext has {source_segments} source and {target_segments} target segments, and can have {MOST_SEGMENTS} a side; cut it"
    )]
    TooLong {
        /// Source segments.
        source_segments: usize,
        /// Target segments.
        target_segments: usize,
    },
    /// A linked bead type has no segment on a side.
    #[error("the cost model has the bead type {0}; a linked bead has a segment on either side")]
    EmptySide(BeadType),
    /// A linked bead type is named twice.
    #[error("the cost model names the bead type {0} twice")]
    Repeated(BeadType),
    /// There are more linked bead types than can be told apart.
    #[error("the cost model has {0} bead types, and can have {MOST_TYPES}")]
    TooManyTypes(usize),
    /// More types are usual than there are.
    #[error("of the cost model's {types} bead types {usual} are said to be usual")]
    Usual {
        /// How many are usual.
        usual: usize,
        /// How many there are.
        types: usize,
    },
    /// The draft is one of another bitext.
    #[error("the cost model's draft has another size")]
    OtherDraft,
}

/// Looks at what a model says of itself.
pub(super) fn check_model(model: &dyn CostModel) -> Result<(), ModelError> {
    let (source_segments, target_segments) = model.size();
    if source_segments.max(target_segments) > MOST_SEGMENTS {
        return Err(ModelError::TooLong { source_segments, target_segments });
    }
    let types = model.linked_types();
    if types.len() > MOST_TYPES {
        return Err(ModelError::TooManyTypes(types.len()));
    }
    for (index, of_type) in types.iter().enumerate() {
        if of_type.is_null() {
            return Err(ModelError::EmptySide(*of_type));
        }
        if types[..index].contains(of_type) {
            return Err(ModelError::Repeated(*of_type));
        }
    }
    let usual = model.usual_types();
    if usual > types.len() {
        return Err(ModelError::Usual { usual, types: types.len() });
    }
    Ok(())
}

/// The model's draft, if it has one; it is held to the contract too.
pub(super) fn checked_draft(model: &dyn CostModel) -> Result<Option<Box<dyn CostModel + '_>>, ModelError> {
    let Some(draft) = model.draft() else { return Ok(None) };
    if draft.size() != model.size() {
        return Err(ModelError::OtherDraft);
    }
    check_model(&*draft)?;
    Ok(Some(draft))
}

impl SearchOptions {
    /// Refuses numbers that cannot be meant: a temperature of nought, windows of nothing. Thresholds such as
    /// `whole_cells` are only compared with, and may be as large as a number can be.
    pub fn check(&self) -> Result<(), OptionError> {
        OptionError::number("temperature", self.temperature, POSITIVE)?;
        let (any, some) = ((0, "at most 2^40"), (1, "at least 1 and at most 2^40"));
        for (name, value, (least, wanted)) in [
            ("most_cells", self.most_cells, some),
            ("band", self.band, some),
            ("narrow", self.narrow, some),
            ("check", self.check, some),
            ("window", self.window, some),
            ("overlap", self.overlap, any),
            ("sample", self.sample, some),
        ] {
            OptionError::count(name, value, (least, MOST_CELLS), wanted)?;
        }
        Ok(())
    }
}
