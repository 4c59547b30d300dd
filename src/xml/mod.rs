//! References in XML: characters, and the entities that a file itself declares.
//!
//! In: the text of a DOCTYPE, and references as they stand in a file. Out: what they mean. Guarantee: nothing is
//! fetched; what entities add to a file is bounded ([`Allowance`]); a reference without a meaning says why.

mod entities;
mod refs;

pub(crate) use entities::{Allowance, Entities, NoMeaning};
pub(crate) use refs::{Reference, is_xml, named, references};
