//! What stands in place of the readers that the feature `documents` builds: it refuses what they would read.

use super::{ReadDocument, ReadError, ReadOptions};

/// That the input `name` is of a format that is left out.
pub(super) fn refused(name: &str) -> ReadError {
    ReadError::Refused {
        name: name.to_owned(),
        why: "this program was built without its feature `documents`, which reads such files".to_owned(),
        hint: "build it with that feature, or give the file as plain text",
    }
}

/// In place of every reader.
pub(super) fn read(name: &str, _: Vec<u8>, _: &ReadOptions) -> Result<ReadDocument, ReadError> {
    Err(refused(name))
}
pub(super) use read as read_flat;

/// In place of the readers of office documents.
pub(super) mod office {
    pub(in crate::read) use super::super::absent as docx;
    pub(in crate::read) use super::super::absent as odt;
    pub(in crate::read) use super::super::absent as old;
    pub(in crate::read) use super::super::absent as pptx;
    pub(in crate::read) use super::super::absent as xls;
    pub(in crate::read) use super::super::absent as xlsx;
}
