//! The formats read, as a table, and telling them apart by their content.
//!
//! To add a format: a variant of [`Format`] and a row of [`READERS`].

use super::encoding::{TextEncoding, decode};
use super::{ReadDocument, ReadError, ReadOptions, plain, subtitles};

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Plain text: a line or, where it is wrapped, a paragraph is a block.
    Text,
    /// SubRip subtitles.
    Srt,
    /// WebVTT subtitles.
    Vtt,
    /// Plain text with one segment a line. Never detected: the user says so.
    Lines,
}

/// One format's row.
pub struct Reader {
    /// The format.
    pub format: Format,
    /// Its name in options and messages.
    pub name: &'static str,
    /// The extensions of its files, in lower case.
    pub extensions: &'static [&'static str],
    /// Whether the bytes at the head of a file show the format; asked in the order of the table.
    pub sniff: fn(head: &[u8]) -> bool,
    /// Makes a document of the bytes; the first argument is the input's name, for messages.
    pub read: fn(&str, Vec<u8>, &ReadOptions) -> Result<ReadDocument, ReadError>,
}

/// All readers; those whose content is surest to tell come first.
pub const READERS: &[Reader] = &[
    Reader {
        format: Format::Vtt,
        name: "vtt",
        extensions: &["vtt"],
        sniff: subtitles::is_vtt,
        read: |name, bytes, options| read_subtitles(Format::Vtt, name, bytes, options),
    },
    Reader {
        format: Format::Srt,
        name: "srt",
        extensions: &["srt"],
        sniff: subtitles::is_srt,
        read: |name, bytes, options| read_subtitles(Format::Srt, name, bytes, options),
    },
    Reader {
        format: Format::Text,
        name: "text",
        extensions: &["txt", "text"],
        sniff: |_| false,
        read: read_text,
    },
    Reader { format: Format::Lines, name: "lines", extensions: &[], sniff: |_| false, read: read_lines },
];

impl Format {
    /// Its row in the table.
    ///
    /// # Panics
    /// Never: every format has a row.
    pub fn reader(self) -> &'static Reader {
        READERS.iter().find(|r| r.format == self).expect("every format has a row")
    }

    /// Its name in options and messages.
    pub fn name(self) -> &'static str {
        self.reader().name
    }

    /// The format called `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        READERS.iter().find(|r| r.name == name).map(|r| r.format)
    }
}

/// The format of the input `name` that begins with `bytes`: by content, then by extension, else text.
pub fn detect(name: &str, bytes: &[u8]) -> Result<Format, ReadError> {
    let head = &bytes[..bytes.len().min(4096)];
    if let Some(reader) = READERS.iter().find(|r| (r.sniff)(head)) {
        return Ok(reader.format);
    }
    refuse_known_binary(name, head)?;
    let extension = name.rsplit_once('.').map(|(_, e)| e.to_lowercase()).unwrap_or_default();
    Ok(READERS.iter().find(|r| r.extensions.contains(&&*extension)).map_or(Format::Text, |r| r.format))
}

fn read_text(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<ReadDocument, ReadError> {
    let (text, encoding) = decode_text(name, bytes, options)?;
    Ok(ReadDocument { document: plain::document(text), format: Format::Text, encoding: Some(encoding) })
}

fn read_subtitles(
    format: Format,
    name: &str,
    bytes: Vec<u8>,
    options: &ReadOptions,
) -> Result<ReadDocument, ReadError> {
    let (text, encoding) = decode_text(name, bytes, options)?;
    Ok(ReadDocument { document: subtitles::document(&text), format, encoding: Some(encoding) })
}

fn read_lines(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<ReadDocument, ReadError> {
    let (text, encoding) = decode_text(name, bytes, options)?;
    let document = plain::presegmented(text)
        .map_err(|plain::EmptyLine(line)| ReadError::EmptyLine { name: name.to_owned(), line })?;
    Ok(ReadDocument { document, format: Format::Lines, encoding: Some(encoding) })
}

/// Decodes `bytes` as text, as `options` say; refuses what is no text.
pub fn decode_text(
    name: &str,
    bytes: Vec<u8>,
    options: &ReadOptions,
) -> Result<(String, TextEncoding), ReadError> {
    refuse_known_binary(name, &bytes)?;
    decode(name, bytes, options)
}

struct Magic {
    bytes: &'static [u8],
    what: &'static str,
    hint: &'static str,
}

const EXPORT_TEXT: &str = "save the document as plain text (UTF-8) and give that file";
const MAGIC: &[Magic] = &[
    Magic { bytes: b"%PDF-", what: "a PDF file", hint: "extract its text first, for example with pdftotext" },
    Magic { bytes: b"PK\x03\x04", what: "a ZIP container, such as DOCX, ODT or EPUB", hint: EXPORT_TEXT },
    Magic { bytes: b"PK\x05\x06", what: "an empty ZIP container", hint: EXPORT_TEXT },
    Magic { bytes: b"\xd0\xcf\x11\xe0", what: "an old Microsoft Office file", hint: EXPORT_TEXT },
    Magic { bytes: b"{\\rtf", what: "an RTF file", hint: EXPORT_TEXT },
    Magic { bytes: b"\x1f\x8b", what: "gzip data", hint: "decompress it first, for example with gunzip" },
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

fn refuse_known_binary(name: &str, bytes: &[u8]) -> Result<(), ReadError> {
    match MAGIC.iter().find(|m| bytes.starts_with(m.bytes)) {
        Some(m) => Err(ReadError::Binary { name: name.to_owned(), what: m.what.to_owned(), hint: m.hint }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_has_a_row_and_a_name_of_its_own() {
        for reader in READERS {
            assert_eq!(Format::from_name(reader.format.name()), Some(reader.format));
        }
    }

    #[test]
    fn known_binary_files_are_named() {
        let error = detect("letter.docx", b"PK\x03\x04\x14").unwrap_err();
        insta::assert_snapshot!(error, @"letter.docx is not text: a ZIP container, such as DOCX, ODT or EPUB");
        assert!(error.hint().is_some());
    }
}
