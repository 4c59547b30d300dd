//! The formats read, as a table, and telling them apart by their content.
//!
//! To add a format: a variant of [`Format`] and a row of [`READERS`].

use super::bilingual_format::BILINGUAL_READERS;
use super::encoding::{TextEncoding, decode};
use super::package::Package;
use super::{ReadDocument, ReadError, ReadOptions, epub, html, markdown, office, pdf, plain, subtitles};

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Word.
    Docx,
    /// PowerPoint.
    Pptx,
    /// Excel.
    Xlsx,
    /// OpenDocument: text, and the text of spreadsheets and presentations.
    Odt,
    /// A book.
    Epub,
    /// PDF, through the program `pdftotext`.
    Pdf,
    /// A web page.
    Html,
    /// Markdown (CommonMark with tables and footnotes).
    Markdown,
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
    /// The extensions that tell the format where the content does not, in lower case; none where the content
    /// always does.
    pub extensions: &'static [&'static str],
    /// Whether a file's content shows the format; asked in the order of the table.
    pub sniff: fn(&Sample) -> bool,
    /// Makes a document of the bytes; the first argument is the input's name, for messages.
    pub read: fn(&str, Vec<u8>, &ReadOptions) -> Result<ReadDocument, ReadError>,
}

/// All readers; those whose content is surest to tell come first.
pub const READERS: &[Reader] = &[
    Reader {
        format: Format::Vtt,
        name: "vtt",
        extensions: &["vtt"],
        sniff: |s| subtitles::is_vtt(&s.text),
        read: |name, bytes, options| read_subtitles(Format::Vtt, name, bytes, options),
    },
    Reader {
        format: Format::Srt,
        name: "srt",
        extensions: &["srt"],
        sniff: |s| subtitles::is_srt(&s.text),
        read: |name, bytes, options| read_subtitles(Format::Srt, name, bytes, options),
    },
    Reader {
        format: Format::Docx,
        name: "docx",
        extensions: &[],
        sniff: |s| s.has_member("word/document.xml") || s.main_part_is("wordprocessingml"),
        read: office::docx::read,
    },
    Reader {
        format: Format::Pptx,
        name: "pptx",
        extensions: &[],
        sniff: |s| s.has_member("ppt/presentation.xml") || s.main_part_is("presentationml"),
        read: office::pptx::read,
    },
    Reader {
        format: Format::Xlsx,
        name: "xlsx",
        extensions: &[],
        sniff: |s| s.has_member("xl/workbook.xml") || s.main_part_is("spreadsheetml"),
        read: office::xlsx::read,
    },
    Reader {
        format: Format::Epub,
        name: "epub",
        extensions: &[],
        sniff: |s| s.has_mimetype("application/epub+zip") || s.has_member("META-INF/container.xml"),
        read: epub::read,
    },
    Reader {
        format: Format::Odt,
        name: "odt",
        extensions: &[],
        sniff: |s| s.has_mimetype("application/vnd.oasis.opendocument.") || s.has_member("content.xml"),
        read: office::odt::read,
    },
    Reader {
        format: Format::Pdf,
        name: "pdf",
        extensions: &[],
        sniff: |s| s.bytes[..s.bytes.len().min(1024)].windows(5).any(|w| w == b"%PDF-"),
        read: pdf::read,
    },
    Reader { format: Format::Html, name: "html", extensions: &[], sniff: html::looks_like, read: html::read },
    Reader {
        format: Format::Markdown,
        name: "markdown",
        extensions: &["md", "markdown", "mdown", "mkd"],
        sniff: markdown::looks_like,
        read: markdown::read,
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

/// The format of the input `name` that holds `bytes`: by content, then by extension, else text.
pub fn detect(name: &str, bytes: &[u8]) -> Result<Format, ReadError> {
    let sample = Sample::of(name, bytes)?;
    let root = sample.root();
    if let Some(row) = BILINGUAL_READERS.iter().find(|row| root.is_some() && row.root == root) {
        return Err(ReadError::TwoLanguages { name: name.to_owned(), format: row.name });
    }
    if let Some(reader) = READERS.iter().find(|r| (r.sniff)(&sample)) {
        return Ok(reader.format);
    }
    refuse_known_binary(name, bytes)?;
    let extension = name.rsplit_once('.').map(|(_, e)| e.to_lowercase()).unwrap_or_default();
    Ok(READERS.iter().find(|r| r.extensions.contains(&&*extension)).map_or(Format::Text, |r| r.format))
}

/// What detection looks at: a file's head, and the names in it if it is a ZIP container.
#[derive(Debug, Default)]
pub struct Sample {
    /// The first bytes as they are, at most [`HEAD`].
    pub bytes: Vec<u8>,
    /// The same as text, without a byte order mark; what does not fit is replaced.
    pub text: String,
    /// The names of a ZIP container's parts, sorted.
    members: Vec<String>,
    /// What a ZIP container's `mimetype` or `[Content_Types].xml` says.
    types: String,
}

/// Bytes that detection looks at.
pub const HEAD: usize = 16 << 10;

impl Sample {
    /// The sample of the input `name`; a ZIP container that cannot be opened is an error.
    pub fn of(name: &str, bytes: &[u8]) -> Result<Self, ReadError> {
        let head = &bytes[..bytes.len().min(HEAD)];
        let text = if head.contains(&0) && !head.starts_with(b"PK") {
            let start = head.iter().take_while(|&&b| b >= 0xfe).count();
            let big = head.starts_with(b"\xfe\xff") || head.first() == Some(&0);
            let encoding = if big { encoding_rs::UTF_16BE } else { encoding_rs::UTF_16LE };
            encoding.decode_without_bom_handling(&head[start..]).0.into_owned()
        } else {
            String::from_utf8_lossy(head).trim_start_matches('\u{feff}').to_owned()
        };
        let mut sample = Self { bytes: head.to_vec(), text, ..Self::default() };
        if bytes.starts_with(b"PK\x03\x04") {
            // Looking needs little: a container whose list of types is large is none of ours.
            let options = ReadOptions { max_size: 1 << 20, ..ReadOptions::default() };
            let mut package = Package::open(name, bytes, &options)?;
            sample.members = package.names();
            for part in ["mimetype", "[Content_Types].xml"] {
                if let Ok(Some(found)) = package.part(part) {
                    sample.types.push_str(&String::from_utf8_lossy(&found));
                }
            }
        }
        Ok(sample)
    }

    /// Whether the ZIP container has the part `name`.
    pub fn has_member(&self, name: &str) -> bool {
        self.members.binary_search_by(|m| m.as_str().cmp(name)).is_ok()
    }

    /// Whether the ZIP container's main part is of a type that holds `word`.
    pub fn main_part_is(&self, word: &str) -> bool {
        self.types.lines().flat_map(|l| l.split('<')).any(|t| t.contains(word) && t.contains("main+xml"))
    }

    /// Whether the ZIP container says it is of the type `mime`, or one that begins with it.
    pub fn has_mimetype(&self, mime: &str) -> bool {
        self.types.starts_with(mime)
    }

    /// The name, without prefix, of the outermost element if this is XML.
    pub fn root(&self) -> Option<&str> {
        let mut rest = self.text.trim_start();
        loop {
            let end = if rest.starts_with("<?") {
                "?>"
            } else if rest.starts_with("<!--") {
                "-->"
            } else if rest.starts_with("<!") {
                // A DOCTYPE may have declarations in brackets.
                match (rest.find('['), rest.find('>')) {
                    (Some(open), Some(close)) if open < close => "]>",
                    _ => ">",
                }
            } else {
                break;
            };
            rest = rest.split_once(end)?.1.trim_start();
        }
        let name = rest.strip_prefix('<')?;
        let name = &name[..name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))?];
        Some(name.rsplit_once(':').map_or(name, |(_, local)| local))
    }
}

fn read_text(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<ReadDocument, ReadError> {
    let (text, encoding) = decode_text(name, bytes, options)?;
    Ok(ReadDocument::new(plain::document(text), Format::Text, Some(encoding)))
}

fn read_subtitles(
    format: Format,
    name: &str,
    bytes: Vec<u8>,
    options: &ReadOptions,
) -> Result<ReadDocument, ReadError> {
    let (text, encoding) = decode_text(name, bytes, options)?;
    Ok(ReadDocument::new(subtitles::document(&text), format, Some(encoding)))
}

fn read_lines(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<ReadDocument, ReadError> {
    let (text, encoding) = decode_text(name, bytes, options)?;
    let document = plain::presegmented(text)
        .map_err(|plain::EmptyLine(line)| ReadError::EmptyLine { name: name.to_owned(), line })?;
    Ok(ReadDocument::new(document, Format::Lines, Some(encoding)))
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
    Magic { bytes: b"%PDF-", what: "a PDF file", hint: "leave out --input-format and --presegmented" },
    Magic {
        bytes: b"PK\x03\x04",
        what: "a ZIP container, but none of DOCX, ODT, EPUB and the like",
        hint: "unpack it, and give the document in it",
    },
    Magic { bytes: b"PK\x05\x06", what: "an empty ZIP container", hint: EXPORT_TEXT },
    Magic {
        bytes: b"\xd0\xcf\x11\xe0",
        what: "an old or encrypted Microsoft Office file",
        hint: "save it as DOCX, without a password",
    },
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
    fn files_with_two_languages_are_no_documents() {
        let file = b"<?xml version='1.0'?>\n<!DOCTYPE tmx SYSTEM 'tmx14.dtd'>\n<tmx version='1.4'>";
        let error = detect("old.tmx", file).unwrap_err();
        insta::assert_snapshot!(error, @"old.tmx is a TMX file, which holds two languages");
        assert!(error.hint().is_some_and(|h| h.contains("--from")));
    }

    #[test]
    fn every_format_has_a_row_and_a_name_of_its_own() {
        for reader in READERS {
            assert_eq!(Format::from_name(reader.format.name()), Some(reader.format));
        }
    }

    #[test]
    fn known_binary_files_are_named() {
        let error = detect("letter.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").unwrap_err();
        insta::assert_snapshot!(error, @"letter.doc is not text: an old or encrypted Microsoft Office file");
        assert!(error.hint().is_some());
    }
}
