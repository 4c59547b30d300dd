//! What is in an input that may be packed.

use super::bilingual_format::BilingualFormat;
#[cfg(not(feature = "documents"))]
use super::not_text::{is_gzip_data, is_tar, is_zip_data};
#[cfg(not(feature = "documents"))]
use super::{ReadError, ReadOptions, absent};

/// A file that may have been packed.
#[derive(Debug)]
pub(super) struct Found {
    /// Its name, for messages and for telling its format.
    pub(super) name: String,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
    /// Its format.
    pub(super) format: BilingualFormat,
}

/// The files in an input, and the names of those of no format that is known.
#[derive(Debug, Default)]
pub(super) struct Unpacked {
    pub(super) files: Vec<Found>,
    pub(super) others: Vec<String>,
    /// Whether anything was packed at all.
    pub(super) packed: bool,
}

/// The input `name` itself; one that is packed is refused, since the feature `documents` is left out.
#[cfg(not(feature = "documents"))]
pub(super) fn unpack(name: &str, bytes: Vec<u8>, _: &ReadOptions) -> Result<Unpacked, ReadError> {
    if is_zip_data(&bytes) || is_gzip_data(&bytes) {
        return Err(absent::refused(name));
    }
    let mut unpacked = Unpacked::default();
    match BilingualFormat::detect(name, &bytes).filter(|_| !is_tar(&bytes)) {
        Some(format) => unpacked.files.push(Found { name: name.to_owned(), bytes, format }),
        None => unpacked.others.push(name.to_owned()),
    }
    Ok(unpacked)
}
