//! The formats read, as a table, and telling them apart by their content.
//!
//! To add a format: a variant of [`Format`] and a row of [`READERS`].

#[cfg(not(feature = "documents"))]
use super::absent::{self as epub, self as html, self as mail, self as markdown, self as pdf, office};
use super::bilingual_format::BILINGUAL_READERS;
use super::format::Format;
use super::looks::{MARKDOWN, is_mail, like_html, like_markdown};
use super::not_read::{refuse_encrypted, refuse_named};
use super::not_text::{decode_text, refuse_known_binary};
pub use super::sample::Sample;
use super::{ReadDocument, ReadError, ReadOptions, plain, subtitles};
#[cfg(feature = "documents")]
use super::{epub, html, mail, markdown, office, pdf};

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
        format: Format::Ass,
        name: "ass",
        extensions: &["ass", "ssa"],
        sniff: |s| subtitles::is_ass(&s.text),
        read: |name, bytes, options| read_subtitles(Format::Ass, name, bytes, options),
    },
    Reader {
        format: Format::Sbv,
        name: "sbv",
        extensions: &["sbv"],
        sniff: |s| subtitles::is_sbv(&s.text),
        read: |name, bytes, options| read_subtitles(Format::Sbv, name, bytes, options),
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
        format: Format::FlatOdt,
        name: "fodt",
        extensions: &[],
        sniff: |s| s.root() == Some("document") && s.text.contains("urn:oasis:names:tc:opendocument:"),
        read: office::odt::read_flat,
    },
    Reader {
        format: Format::Xls,
        name: "xls",
        extensions: &[],
        sniff: |s| s.has_stream("Workbook") || s.has_stream("Book") || s.has_member("xl/workbook.bin"),
        read: office::xls::read,
    },
    Reader {
        format: Format::Old,
        name: "office",
        extensions: &[],
        sniff: |s| s.old.is_some(),
        read: office::old::read,
    },
    Reader {
        format: Format::Pdf,
        name: "pdf",
        extensions: &[],
        sniff: |s| s.bytes[..s.bytes.len().min(1024)].windows(5).any(|w| w == b"%PDF-"),
        read: pdf::read,
    },
    Reader {
        format: Format::Mail,
        name: "mail",
        extensions: &["eml", "mht", "mhtml"],
        sniff: |s| is_mail(&s.text),
        read: mail::read,
    },
    Reader {
        format: Format::Html,
        name: "html",
        extensions: &["html", "htm", "xhtml"],
        sniff: like_html,
        read: html::read,
    },
    Reader {
        format: Format::Markdown,
        name: "markdown",
        extensions: MARKDOWN,
        sniff: like_markdown,
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
    #[expect(clippy::missing_panics_doc, reason = "every format has a row")]
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
    if let Some(format) = table_of_two(name, &sample) {
        return Err(ReadError::TwoLanguages { name: name.to_owned(), format });
    }
    refuse_encrypted(name, &sample)?;
    if let Some(reader) = READERS.iter().find(|r| (r.sniff)(&sample)) {
        return Ok(reader.format);
    }
    refuse_named(name, &sample)?;
    refuse_known_binary(name, bytes)?;
    let extension = name.rsplit_once('.').map(|(_, e)| e.to_lowercase()).unwrap_or_default();
    Ok(READERS.iter().find(|r| r.extensions.contains(&&*extension)).map_or(Format::Text, |r| r.format))
}

/// The format of a file of strings with their translations that is no XML.
fn table_of_two(name: &str, sample: &Sample) -> Option<&'static str> {
    let begins = |start: &str| sample.text.lines().any(|l| l.starts_with(start));
    let ends = |extension: &str| name.to_lowercase().ends_with(extension);
    if begins("msgid \"") && begins("msgstr") {
        Some("PO")
    } else if ends(".csv") {
        Some("CSV")
    } else if ends(".tsv") {
        Some("TSV")
    } else {
        None
    }
}

fn read_text(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<ReadDocument, ReadError> {
    let (text, encoding, repaired) = decode_text(name, bytes, options)?;
    let plain = plain::read(text, options.lines);
    let mut read = ReadDocument::new(plain.document, Format::Text, Some(encoding));
    read.warnings.extend(repaired);
    read.warnings.extend(plain.running.first().map(|first| {
        let count = plain.running.len();
        let lines = if count == 1 { "line" } else { "lines" };
        let message = format!(
            "{name}: left out {count} {lines} that stand at the head or the foot of pages, such as «{first}»"
        );
        (message, Some("to keep them, take the form feeds (pages' ends) out of the text"))
    }));
    Ok(read)
}

fn read_subtitles(
    format: Format,
    name: &str,
    bytes: Vec<u8>,
    options: &ReadOptions,
) -> Result<ReadDocument, ReadError> {
    let (text, encoding, repaired) = decode_text(name, bytes, options)?;
    let (document, lost) = subtitles::document(format, &text);
    let mut read = ReadDocument::new(document, format, Some(encoding));
    read.warnings.extend(repaired);
    read.warnings.extend(lost.warning(name));
    Ok(read)
}

fn read_lines(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<ReadDocument, ReadError> {
    let (text, encoding, repaired) = decode_text(name, bytes, options)?;
    let document = plain::presegmented(text)
        .map_err(|plain::EmptyLine(line)| ReadError::EmptyLine { name: name.to_owned(), line })?;
    let mut read = ReadDocument::new(document, Format::Lines, Some(encoding));
    read.warnings.extend(repaired);
    Ok(read)
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
    fn tables_of_two_languages_are_told_without_xml() {
        let said = |name: &str, text: &str| detect(name, text.as_bytes()).map_err(|e| e.to_string());
        assert_eq!(
            said("a.po", "# c\nmsgid \"a\"\nmsgstr \"b\"\n").unwrap_err(),
            "a.po is a PO file, which holds two languages"
        );
        assert_eq!(
            said("A.CSV", "en,ar\na,b\n").unwrap_err(),
            "A.CSV is a CSV file, which holds two languages"
        );
        assert_eq!(said("a.txt", "en,ar\na,b\n"), Ok(Format::Text));
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
        insta::assert_snapshot!(error, @"letter.doc is not text: a file of an old program of Microsoft Office, of a kind not known");
        assert!(error.hint().is_some());
    }
}
