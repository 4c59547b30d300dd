//! The formats with two languages that are read, as a table, and telling them apart by their content.
//!
//! To add a format: a variant of [`BilingualFormat`], a row of [`BILINGUAL_READERS`], and its reader in `formats/`.
//! Detection, the refusal of such a file as a document, and messages ask the table.

use std::path::Path;

#[cfg(not(feature = "documents"))]
use super::absent;
use super::bilingual_options::BilingualOptions;
use super::ces_documents::ces_documents;
use super::encoding::{decode, utf16_of};
use super::heading_language;
use super::pair;
use super::table_text::text;
use super::text_encoding::TextEncoding;
use super::{Input, ReadError, ReadOptions, read_bytes};
#[cfg(feature = "documents")]
use super::{office::xlsx, sdltm, sheets::of_sheets};
use crate::bitext::{Lang, Sides};
use crate::formats::columns::Columns;
#[cfg(feature = "documents")]
use crate::formats::docx;
use crate::formats::{FormatError, Multilingual, moses, po, table, tmx, wordfast, xliff};

/// A format with two languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BilingualFormat {
    /// Translation Memory eXchange.
    Tmx,
    /// XLIFF 1.x or 2.x.
    Xliff,
    /// Links between two documents.
    Ces,
    /// PO of GNU gettext.
    Po,
    /// Wordfast's memory as text.
    Wordfast,
    /// A memory of Trados.
    Sdltm,
    /// Comma-separated values.
    Csv,
    /// Tab-separated values.
    Tsv,
    /// A workbook with a sheet of two columns.
    Xlsx,
    /// A document with a table of two columns.
    Docx,
    /// A file for each language with a text a line.
    Moses,
}

/// A file to be read.
#[derive(Debug, Clone, Copy)]
pub struct BilingualInput<'a> {
    /// Its name, for messages.
    pub name: &'a str,
    /// Where it comes from: other files may stand beside it.
    pub input: &'a Input,
    /// How to read.
    pub options: &'a ReadOptions,
    /// What of it is read.
    pub wanted: &'a BilingualOptions,
}

/// What a reader gives.
#[derive(Debug)]
pub enum Content {
    /// Units: texts with their translations.
    Units(Multilingual),
    /// The texts of both sides, each in its own order.
    Documents(Sides<Vec<String>>),
}

/// One format's row.
#[derive(Clone, Copy)]
pub struct BilingualReader {
    /// The format.
    pub format: BilingualFormat,
    /// Its name in messages.
    pub name: &'static str,
    /// The outermost element of its files, if they are XML: such a file is no document.
    pub root: Option<&'static str>,
    /// Whether a file is of this format; asked in the order of the table.
    pub sniff: fn(&Head<'_>) -> bool,
    /// Whether a file that is named and is not there stands for others: then it is read without bytes.
    pub stands_for_others: fn(&Path) -> bool,
    /// Reads the bytes.
    pub read: fn(BilingualInput<'_>, Vec<u8>) -> Result<Content, ReadError>,
}

/// How many bytes detection looks at as text.
const HEAD: usize = 16 << 10;

/// How every SQLite database begins.
const SQLITE: &[u8] = b"SQLite format 3\0";

fn no(_: &Path) -> bool {
    false
}

/// All readers; those whose content is surest to tell come first.
pub const BILINGUAL_READERS: &[BilingualReader] = &[
    BilingualReader {
        format: BilingualFormat::Tmx,
        name: "TMX",
        root: Some("tmx"),
        sniff: |head| head.has_element("tmx"),
        stands_for_others: no,
        read: |of, bytes| match tmx::read(&bytes) {
            Err(FormatError::Syntax { line, message }) => Err(ReadError::Refused {
                name: of.name.to_owned(),
                why: format!("line {line}: {message}"),
                hint: "`muqabala tmx fix` may mend it",
            }),
            read => units(of, read),
        },
    },
    BilingualReader {
        format: BilingualFormat::Xliff,
        name: "XLIFF",
        root: Some("xliff"),
        sniff: |head| head.has_element("xliff"),
        stands_for_others: no,
        read: |of, bytes| match xliff::read(&bytes) {
            Err(FormatError::Syntax { line, message }) => Err(ReadError::Refused {
                name: of.name.to_owned(),
                why: format!("line {line}: {message}"),
                hint: "mend that line in a text editor, or save the file again in the program that wrote it",
            }),
            read => units(of, read),
        },
    },
    BilingualReader {
        format: BilingualFormat::Ces,
        name: "cesAlign",
        root: Some("cesAlign"),
        sniff: |head| head.has_element("cesAlign"),
        stands_for_others: no,
        read: |of, bytes| ces_documents(of.name, of.input, &bytes, of.options).map(Content::Documents),
    },
    BilingualReader {
        format: BilingualFormat::Po,
        name: "PO",
        root: None,
        sniff: |head| {
            let begins = |line: &str| {
                let rest = line.trim_start().strip_prefix("msgid");
                rest.is_some_and(|rest| rest.trim_start().is_empty() || rest.trim_start().starts_with('"'))
            };
            head.is_plain() && head.text.lines().any(begins)
        },
        stands_for_others: no,
        read: |of, bytes| {
            // What the header says of the encoding counts, unless the user knows better.
            let mut options = of.options.clone();
            options.encoding = options.encoding.or_else(|| po_charset(&bytes));
            let text = decode(of.name, bytes, &options)?.0;
            units(of, po::read_with(&text, of.wanted.plurals))
        },
    },
    BilingualReader {
        format: BilingualFormat::Wordfast,
        name: "Wordfast TXT",
        root: None,
        sniff: |head| head.text.lines().next().is_some_and(|line| line.contains(wordfast::MARK)),
        stands_for_others: no,
        read: |of, bytes| {
            let (text, told) = text(of.name, bytes, of.options, &of.wanted.languages)?;
            units(of, wordfast::read(&text).map(|read| noted(read, told)))
        },
    },
    BilingualReader {
        format: BilingualFormat::Sdltm,
        name: "Trados memory",
        root: None,
        sniff: |head| head.bytes.starts_with(SQLITE) && head.extension == "sdltm",
        stands_for_others: no,
        #[cfg(feature = "documents")]
        read: |of, _| sdltm::units(of.name, of.input).map(Content::Units),
        #[cfg(not(feature = "documents"))]
        read: |of, _| Err(absent::refused(of.name)),
    },
    BilingualReader {
        format: BilingualFormat::Csv,
        name: "CSV",
        root: None,
        sniff: |head| head.is_plain() && head.extension == "csv",
        stands_for_others: no,
        read: |of, bytes| {
            let (text, told) = text(of.name, bytes, of.options, &of.wanted.languages)?;
            let read = table::read_columns(&text, table::Table::Csv, &columns_of(of));
            units(of, read.map(|read| noted(read, told)))
        },
    },
    BilingualReader {
        format: BilingualFormat::Tsv,
        name: "TSV",
        root: None,
        sniff: |head| {
            let tab = || head.text.lines().next().is_some_and(|line| line.contains('\t'));
            head.is_plain() && (matches!(&*head.extension, "tsv" | "tab") || tab())
        },
        stands_for_others: no,
        read: |of, bytes| {
            let (text, told) = text(of.name, bytes, of.options, &of.wanted.languages)?;
            let read = table::read_columns(&text, table::Table::Tsv, &columns_of(of));
            units(of, read.map(|read| noted(read, told)))
        },
    },
    BilingualReader {
        format: BilingualFormat::Xlsx,
        name: "XLSX",
        root: None,
        // The names of the parts stand in the bytes as they are.
        sniff: |head| head.is_zip() && memchr::memmem::find(head.bytes, b"xl/workbook.xml").is_some(),
        stands_for_others: no,
        #[cfg(feature = "documents")]
        read: |of, bytes| {
            let sheets = xlsx::sheets(of.name, &bytes, of.options)?;
            let lost = sheets.lost;
            let mut read = of_sheets(sheets.rows, &columns_of(of));
            if let Ok(read) = &mut read
                && lost > 0
            {
                let cells = if lost == 1 { "cell" } else { "cells" };
                read.told.note(format!("{lost} {cells} without the text that the workbook should have"));
            }
            units(of, read)
        },
        #[cfg(not(feature = "documents"))]
        read: |of, _| Err(absent::refused(of.name)),
    },
    BilingualReader {
        format: BilingualFormat::Docx,
        name: "DOCX table",
        root: None,
        sniff: |head| {
            let document = || memchr::memmem::find(head.bytes, b"word/document.xml").is_some();
            head.is_zip() && (document() || head.extension == "docx")
        },
        stands_for_others: no,
        #[cfg(feature = "documents")]
        read: |of, bytes| units(of, docx::read_columns(&bytes, &columns_of(of))),
        #[cfg(not(feature = "documents"))]
        read: |of, _| Err(absent::refused(of.name)),
    },
    BilingualReader {
        format: BilingualFormat::Moses,
        name: "Moses pair",
        root: None,
        sniff: |_| false,
        stands_for_others: |path| path.extension().is_some_and(|extension| extension == "moses"),
        read: |of, _| moses_pair(of).map(Content::Units),
    },
];

impl BilingualFormat {
    /// Its row in the table.
    #[expect(clippy::missing_panics_doc, reason = "every format has a row")]
    pub fn reader(self) -> &'static BilingualReader {
        BILINGUAL_READERS.iter().find(|row| row.format == self).expect("every format has a row")
    }

    /// Its name in messages.
    pub fn name(self) -> &'static str {
        self.reader().name
    }

    /// The format of the file `name` with these bytes: by content, then by extension.
    pub fn detect(name: &str, bytes: &[u8]) -> Option<Self> {
        let head = Head::of(name, bytes);
        BILINGUAL_READERS.iter().find(|row| (row.sniff)(&head)).map(|row| row.format)
    }
}

/// What detection looks at.
#[derive(Debug)]
pub struct Head<'a> {
    /// All bytes.
    pub bytes: &'a [u8],
    /// The first of them as characters: of UTF-16 its own, of others one a byte, without null bytes; empty of a ZIP
    /// container.
    pub text: String,
    /// The extension of the file's name, in lower case.
    pub extension: String,
}

impl<'a> Head<'a> {
    fn of(name: &str, bytes: &'a [u8]) -> Self {
        let extension = name.rsplit_once('.').map(|(_, e)| e.to_lowercase()).unwrap_or_default();
        let mut head = Self { bytes, text: String::new(), extension };
        if !head.is_zip() {
            let first = &bytes[..bytes.len().min(HEAD)];
            head.text = match utf16_of(first) {
                Some(encoding) => encoding.decode_with_bom_removal(first).0.into_owned(),
                None => first.iter().filter(|&&b| b != 0).map(|&b| char::from(b)).collect(),
            };
        }
        head
    }

    /// Whether it is a ZIP container.
    pub fn is_zip(&self) -> bool {
        super::not_text::is_zip_data(self.bytes)
    }

    /// Whether it is neither a ZIP container nor begins as XML or HTML does.
    pub fn is_plain(&self) -> bool {
        !self.is_zip() && !self.text.trim_start().starts_with('<') && !self.has_too_many_controls()
    }

    /// Whether it has control characters as no text has: a text may have a few, unless zero bytes are among them.
    fn has_too_many_controls(&self) -> bool {
        let control = |c: &char| *c < ' ' && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}');
        let controls = self.text.chars().filter(control).count();
        let first = &self.bytes[..self.bytes.len().min(HEAD)];
        let zeros = first.contains(&0) && utf16_of(first).is_none();
        controls > if zeros { 0 } else { self.text.len() / 20 }
    }

    /// Whether the beginning of an element of this name stands in it, with any prefix or none: the outermost may
    /// follow a DOCTYPE.
    pub fn has_element(&self, name: &str) -> bool {
        self.text.match_indices(name).any(|(at, _)| {
            let ends = self.text[at + name.len()..]
                .starts_with(|c: char| c.is_whitespace() || matches!(c, '>' | '/'));
            let before = &self.text[..at];
            let prefix = before.strip_suffix(':').map_or(before, |b| {
                b.trim_end_matches(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
            });
            ends && prefix.ends_with('<')
        })
    }
}

/// The encoding that the header of a PO names.
fn po_charset(bytes: &[u8]) -> Option<TextEncoding> {
    let at = memchr::memmem::find(&bytes[..bytes.len().min(16 << 10)], b"charset=")? + "charset=".len();
    let label: String = bytes[at..].iter().map(|&b| char::from(b)).take(40).collect();
    let label = label.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_')).next()?;
    // Where the bytes are UTF-8 or marked, they are that.
    let plain = std::str::from_utf8(bytes).is_err() && encoding_rs::Encoding::for_bom(bytes).is_none();
    label.parse().ok().filter(|_| plain)
}

/// Which columns of a table are read, with languages known by all their names.
fn columns_of(of: BilingualInput<'_>) -> Columns {
    let mut columns = Columns::default();
    columns.asked.clone_from(&of.wanted.columns);
    columns.named = pair::heading_code;
    columns.fits = heading_language::fits;
    columns
}

/// The units that a reader of `formats` gave.
fn units(of: BilingualInput<'_>, read: Result<Multilingual, FormatError>) -> Result<Content, ReadError> {
    read.map(Content::Units).map_err(|error| ReadError::because(of.name, &error))
}

/// `read`, of which something is told.
fn noted(mut read: Multilingual, told: Option<String>) -> Multilingual {
    if let Some(told) = told {
        read.told.note(told);
    }
    read
}

/// The pair of files that `NAME.moses` stands for: NAME with the languages for extensions.
fn moses_pair(of: BilingualInput<'_>) -> Result<Multilingual, ReadError> {
    let refused = |message: &str| ReadError::broken(of.name, message);
    let Input::File(path) = of.input else {
        return Err(refused("a Moses pair is named by NAME.moses alone"));
    };
    let Sides { source: Some(source), target: Some(target) } = &of.wanted.languages else {
        return Err(refused(
            "it stands for two files with the languages for extensions: name those by --source-lang and --target-lang",
        ));
    };
    let text = |lang: &Lang| {
        let file = path.with_extension(lang.as_str());
        let bytes = read_bytes(&Input::File(file.clone()), of.options.max_size)?;
        decode(&file.display().to_string(), bytes, of.options).map(|(text, _)| text)
    };
    let (source, target) = (text(source)?, text(target)?);
    moses::read(Sides::new(&source, &target)).map_err(|error| ReadError::because(of.name, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_has_a_row_and_is_told_by_its_content() {
        let formats: Vec<BilingualFormat> =
            BILINGUAL_READERS.iter().map(|row| row.format.reader().format).collect();
        assert_eq!(formats, BILINGUAL_READERS.iter().map(|row| row.format).collect::<Vec<_>>());
        let detect =
            |name: &str, bytes: &[u8]| BilingualFormat::detect(name, bytes).map(BilingualFormat::name);
        assert_eq!(detect("x", b"\xff\xfe<\0t\0m\0x\0 \0"), Some("TMX"));
        assert_eq!(detect("x.csv", b"msgid \"a\"\nmsgstr \"b\"\n"), Some("PO"));
        assert_eq!(detect("x.csv", b"<html>"), None);
        assert_eq!(detect("x.csv", b"en,de\nan \x1bescape,eine Flucht\n"), Some("CSV"));
        assert_eq!(detect("x.csv", b"\x01\x02\x03a,b"), None);
        assert_eq!(detect("x.csv", b"a text as long as it may be,\x1b\0\0"), None);
        assert_eq!(detect("x.docx", b"PK\x03\x04 xl/workbook.xml"), Some("XLSX"));
        assert_eq!(detect("x.zip", b"PK\x03\x04 word/document.xml"), Some("DOCX table"));
        assert_eq!(detect("x.csv", b"PK\x03\x04"), None);
        assert_eq!(detect("x", b"<?xml version='1.0'?><a.b:xliff version='1.2'>"), Some("XLIFF"));
        assert_eq!(detect("x", b"<tmxes>"), None);
        assert_eq!(detect("x", b"# note\nmsgid\n\"a\"\nmsgstr\n\"b\"\n"), Some("PO"));
        assert_eq!(
            detect("x", b"%20240101~1\t%A\t%TU=1\t%EN\t%Wordfast TM v.5\t%AR\n"),
            Some("Wordfast TXT")
        );
    }
}
