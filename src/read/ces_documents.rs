//! The documents that a cesAlign file names.
//!
//! In: the file's links and where it stands. Out: both documents' sentences. Guarantee: nothing is read but files
//! in its folder and below.

use std::path::{Component, Path};

use super::{Input, ReadError, ReadOptions, read_bytes};
use crate::bitext::{Side, Sides};
use crate::formats::ces;

/// The sentences of the documents that a cesAlign file names; they stand in its folder or below.
pub(super) fn ces_documents(
    name: &str,
    input: &Input,
    bytes: &[u8],
    options: &ReadOptions,
) -> Result<Sides<Vec<String>>, ReadError> {
    let links = ces::read_links(bytes).map_err(|e| ReadError::because(name, &e))?;
    let Input::File(path) = input else {
        return Err(ReadError::broken(
            name,
            "the documents of a cesAlign file are looked for beside it: give the file by its name",
        ));
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut texts = Sides::new(Vec::new(), Vec::new());
    for side in Side::BOTH {
        let document = links.documents.get(side);
        let relative = Path::new(document);
        if document.is_empty() || !relative.components().all(|c| matches!(c, Component::Normal(_))) {
            return Err(ReadError::broken(
                name,
                format!("the {side} document `{document}` must stand in the same folder or below it"),
            ));
        }
        let mut place = folder.join(relative);
        if !place.exists()
            && let Some(unpacked) = document.strip_suffix(".gz")
        {
            place = folder.join(unpacked);
        }
        // A pipe or a device, such as CON on Windows, may never end.
        if !Input::File(place.clone()).can_be_read_again() {
            return Err(ReadError::broken(name, format!("the {side} document `{document}` is no file")));
        }
        let bytes = unpacked(&place, options.max_size)?;
        let sentences =
            ces::read_document(&bytes).map_err(|e| ReadError::because(&place.display().to_string(), &e))?;
        *texts.get_mut(side) = sentences.into_iter().map(|s| s.text).collect();
    }
    Ok(texts)
}

/// The bytes of a file, unpacked if they are gzip, at most `limit` of them.
fn unpacked(path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
    let bytes = read_bytes(&Input::File(path.to_owned()), limit)?;
    if !super::not_text::is_gzip_data(&bytes) {
        return Ok(bytes);
    }
    gunzip(path, &bytes, limit)
}

#[cfg(not(feature = "documents"))]
fn gunzip(path: &Path, _: &[u8], _: u64) -> Result<Vec<u8>, ReadError> {
    Err(super::absent::refused(&path.display().to_string()))
}

#[cfg(feature = "documents")]
fn gunzip(path: &Path, bytes: &[u8], limit: u64) -> Result<Vec<u8>, ReadError> {
    use std::io::Read as _;
    let name = path.display().to_string();
    let mut out = Vec::new();
    let mut decoder = flate2::read::MultiGzDecoder::new(bytes).take(limit.saturating_add(1));
    decoder.read_to_end(&mut out).map_err(|e| ReadError::broken(&name, format!("broken gzip data: {e}")))?;
    if out.len() as u64 > limit { Err(ReadError::TooLarge { name, limit }) } else { Ok(out) }
}
