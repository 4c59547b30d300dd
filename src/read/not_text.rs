//! What is no text: told by its first bytes and refused, with what to do instead.

use super::encoding::decode;
use super::text_encoding::TextEncoding;
use super::{Garbled, ReadError, ReadOptions, Warning, garbled};

/// Decodes `bytes` as text, as `options` say, and warns of what was put right; refuses what is no text.
pub(super) fn decode_text(
    name: &str,
    bytes: Vec<u8>,
    options: &ReadOptions,
) -> Result<(String, TextEncoding, Option<Warning>), ReadError> {
    refuse_known_binary(name, &bytes)?;
    let (text, encoding) = decode(name, bytes, options)?;
    if options.garbled == Garbled::Kept {
        return Ok((text, encoding, None));
    }
    let (text, warning) = garbled::repaired(name, text);
    Ok((text, encoding, warning))
}

struct Magic {
    bytes: &'static [u8],
    what: &'static str,
    hint: &'static str,
}

const EXPORT_TEXT: &str = "save the document as plain text (UTF-8) and give that file";
const MAGIC: &[Magic] = &[
    Magic { bytes: b"%PDF-", what: "a PDF file", hint: "leave out --input-format and --presegmented" },
    Magic {
        bytes: ZIP,
        what: "a ZIP container, but none of DOCX, ODT, EPUB and the like",
        hint: "unpack it, and give the document in it",
    },
    Magic { bytes: b"PK\x05\x06", what: "an empty ZIP container", hint: EXPORT_TEXT },
    Magic {
        bytes: b"\xd0\xcf\x11\xe0",
        what: "a file of an old program of Microsoft Office, of a kind not known",
        hint: "save it as DOCX",
    },
    Magic { bytes: b"{\\rtf", what: "an RTF file", hint: EXPORT_TEXT },
    Magic { bytes: GZIP, what: "gzip data", hint: "decompress it first, for example with gunzip" },
    Magic { bytes: b"BZh", what: "bzip2 data", hint: "decompress it first, for example with bunzip2" },
    Magic { bytes: b"\xfd7zXZ", what: "xz data", hint: "decompress it first, for example with unxz" },
    Magic {
        bytes: b"\x28\xb5\x2f\xfd",
        what: "zstd data",
        hint: "decompress it first, for example with unzstd",
    },
    Magic { bytes: b"7z\xbc\xaf", what: "a 7-Zip archive", hint: "unpack it first" },
    Magic { bytes: b"\x89PNG", what: "a PNG picture", hint: EXPORT_TEXT },
    Magic { bytes: b"\xff\xd8\xff", what: "a JPEG picture", hint: EXPORT_TEXT },
    Magic { bytes: b"GIF8", what: "a GIF picture", hint: EXPORT_TEXT },
    Magic { bytes: b"\x7fELF", what: "a program", hint: EXPORT_TEXT },
    Magic { bytes: b"SQLite format 3", what: "an SQLite database", hint: EXPORT_TEXT },
];

/// With what a ZIP container that holds anything begins, and what gzip wrote.
const ZIP: &[u8] = b"PK\x03\x04";
const GZIP: &[u8] = b"\x1f\x8b";

/// Whether it is a ZIP container, of whatever kind.
pub(super) fn is_zip_data(head: &[u8]) -> bool {
    head.starts_with(ZIP)
}

/// Whether gzip wrote it.
pub(super) fn is_gzip_data(head: &[u8]) -> bool {
    head.starts_with(GZIP)
}

/// Whether it is a tar archive, whatever the files in it look like.
pub(super) fn is_tar(head: &[u8]) -> bool {
    head.get(TAR) == Some(b"ustar")
}

/// Where a tar archive says what it is.
const TAR: std::ops::Range<usize> = 257..262;

/// What a file with two languages is not, where its first bytes show what it is; and what to do.
pub(super) fn known_binary(head: &[u8]) -> Option<(&'static str, &'static str)> {
    if is_tar(head) {
        return Some(("a tar archive", "unpack it, and give the file in it"));
    }
    let found = MAGIC.iter().find(|m| head.starts_with(m.bytes) && m.bytes != ZIP)?;
    let packed = ["decompress", "unpack"].iter().any(|word| found.hint.starts_with(word));
    Some((found.what, if packed { found.hint } else { "give a memory, or a table of two columns" }))
}

pub(super) fn refuse_known_binary(name: &str, bytes: &[u8]) -> Result<(), ReadError> {
    match MAGIC.iter().find(|m| bytes.starts_with(m.bytes)) {
        Some(m) => Err(ReadError::Binary { name: name.to_owned(), what: m.what.to_owned(), hint: m.hint }),
        None => Ok(()),
    }
}
