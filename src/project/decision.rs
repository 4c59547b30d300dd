//! What a reviewer decided about a bead.
//!
//! In: nothing. Out: the closed set of decisions and the attributes a person gives a bead. Guarantee: every
//! decision has one name, used in files, on the page and on the command line.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What was decided about a bead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Decision {
    /// Nothing yet.
    #[default]
    Pending,
    /// It is right.
    Accepted,
    /// Somebody should look again.
    Flagged,
    /// It is no translation, or not one to keep; it is never exported as accepted.
    Rejected,
}

impl Decision {
    /// All decisions, in the order in which they are counted.
    pub const ALL: [Self; 4] = [Self::Pending, Self::Accepted, Self::Flagged, Self::Rejected];

    /// Its name in files and options.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Accepted => "accepted",
            Self::Flagged => "flagged",
            Self::Rejected => "rejected",
        }
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A text that names no decision.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a decision: one of pending, accepted, flagged, rejected")]
pub struct DecisionError(pub String);

impl FromStr for Decision {
    type Err = DecisionError;

    fn from_str(name: &str) -> Result<Self, DecisionError> {
        Self::ALL.into_iter().find(|d| d.name() == name).ok_or_else(|| DecisionError(name.to_owned()))
    }
}

/// What people, not the aligner, say of a bead.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attributes {
    /// What was decided.
    #[serde(default)]
    pub decision: Decision,
    /// Whether its shape was fixed by a person, so that re-alignment leaves it alone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pinned: bool,
    /// A comment; empty where there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub comment: String,
    /// Who decided or commented last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<String>,
}

impl Attributes {
    /// Whether re-alignment must leave the bead as it is: it was decided on, pinned or commented.
    pub fn is_fixed(&self) -> bool {
        self.pinned || self.decision != Decision::Pending || !self.comment.is_empty()
    }
}
