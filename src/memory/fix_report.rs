//! What `fix` is asked to do, and what it did.

use encoding_rs::Encoding;

use super::kind::Kind;
use crate::xml::Allowance;

/// How to mend.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct FixOptions {
    /// The encoding of the file, where the file itself does not say it right.
    pub encoding: Option<&'static Encoding>,
    /// Languages to respell: what stands in the file, what is to stand there.
    pub languages: Vec<(String, String)>,
}

/// What was mended.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct FixReport {
    /// Units written.
    pub units: u64,
    /// Units left out because they cannot be read.
    pub left_out: u64,
    /// How often each kind was mended, in the order of [`Kind::ALL`].
    pub mended: Vec<(Kind, u64)>,
    /// Languages respelt as asked.
    pub respelt: u64,
    /// Characters that had to be left out, by kind: XML has no place for them.
    pub lost: Vec<(Kind, u64)>,
    /// Texts outside of units that were left out.
    pub strays: u64,
    /// What entities may still add to the file.
    pub(super) allowance: Allowance,
}

impl FixReport {
    pub(super) fn add(&mut self, kind: Kind) {
        count(&mut self.mended, kind);
    }

    pub(super) fn lose(&mut self, kind: Kind) {
        count(&mut self.lost, kind);
    }
}

fn count(list: &mut Vec<(Kind, u64)>, kind: Kind) {
    match list.binary_search_by_key(&kind, |(k, _)| *k) {
        Ok(index) => list[index].1 += 1,
        Err(index) => list.insert(index, (kind, 1)),
    }
}
