//! Files that are ZIP packages of XML parts: DOCX and XLSX.
//!
//! Written with the date 1980-01-01, so that the same content gives the same bytes. Read within bounds: a part
//! that unpacks to more than [`MAX_PART`] is refused, and no part is ever written to the disk.

use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::FormatError;

/// The largest part read, in bytes unpacked.
pub const MAX_PART: u64 = 256 << 20;

/// A package of the parts `(name, content)`.
pub(super) fn pack(parts: &[(&str, &[u8])]) -> std::io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    for (name, content) in parts {
        zip.start_file(*name, options)?;
        zip.write_all(content)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// The part `name` of the package `bytes`.
pub(crate) fn part(bytes: &[u8], name: &str) -> Result<Vec<u8>, FormatError> {
    let fail = |message: String| FormatError::Part { part: name.to_owned(), message };
    let mut zip = ZipArchive::new(Cursor::new(bytes))
        .map_err(|e| FormatError::Other { expected: "a ZIP package", found: e.to_string() })?;
    let part = zip.by_name(name).map_err(|e| fail(e.to_string()))?;
    let mut content = Vec::new();
    part.take(MAX_PART + 1).read_to_end(&mut content).map_err(|e| fail(e.to_string()))?;
    if content.len() as u64 > MAX_PART {
        return Err(fail(format!("it unpacks to more than {MAX_PART} bytes")));
    }
    Ok(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_packed_alike_and_found_again() {
        let packed = pack(&[("a.xml", b"<a/>"), ("b/c.xml", b"x")]).unwrap();
        assert_eq!(packed, pack(&[("a.xml", b"<a/>"), ("b/c.xml", b"x")]).unwrap());
        assert_eq!(part(&packed, "b/c.xml").unwrap(), b"x");
        assert!(matches!(part(&packed, "none"), Err(FormatError::Part { .. })));
        assert!(matches!(part(b"PK\x03\x04 broken", "a"), Err(FormatError::Other { .. })));
        assert!(part(&packed[..packed.len() / 2], "a.xml").is_err());
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused() {
        let bomb = pack(&[("word/document.xml", &vec![b' '; MAX_PART as usize + 1])]).unwrap();
        assert!(bomb.len() < 1 << 20);
        let error = part(&bomb, "word/document.xml").unwrap_err();
        insta::assert_snapshot!(error, @"word/document.xml: it unpacks to more than 268435456 bytes");
    }
}
