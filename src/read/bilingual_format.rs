//! The formats with two languages that are read, as a table, and telling them apart by their content.
//!
//! To add a format: a variant of [`BilingualFormat`], a row of [`BILINGUAL_READERS`], and its reader in `formats/`.
//! Detection, the refusal of such a file as a document, and messages ask the table.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::Path;

use super::ces_documents::ces_documents;
use super::encoding::decode;
use super::office::xlsx::{self, Cell, CellKind, Rows};
use super::{Input, ReadError, ReadOptions, read_bytes};
use crate::bitext::{Lang, Sides};
use crate::formats::{Bilingual, FormatError, Unit, docx, moses, po, table, xliff};
use crate::tmx::{Inline, TmxError, TmxReader};

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
    /// The languages asked for.
    pub languages: &'a Sides<Option<Lang>>,
}

/// What a reader gives.
#[derive(Debug)]
pub enum Content {
    /// Units: texts with their translations.
    Units(Bilingual),
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

fn no(_: &Path) -> bool {
    false
}

/// All readers; those whose content is surest to tell come first.
pub const BILINGUAL_READERS: &[BilingualReader] = &[
    BilingualReader {
        format: BilingualFormat::Tmx,
        name: "TMX",
        root: Some("tmx"),
        sniff: |head| head.has("<tmx"),
        stands_for_others: no,
        read: |of, bytes| match tmx_units(&bytes, of.languages) {
            Ok(file) => Ok(Content::Units(file)),
            Err(error) => Err(ReadError::because(of.name, &error)),
        },
    },
    BilingualReader {
        format: BilingualFormat::Xliff,
        name: "XLIFF",
        root: Some("xliff"),
        sniff: |head| head.has("<xliff"),
        stands_for_others: no,
        read: |of, bytes| units(of, xliff::read(&bytes)),
    },
    BilingualReader {
        format: BilingualFormat::Ces,
        name: "cesAlign",
        root: Some("cesAlign"),
        sniff: |head| head.has("<cesAlign"),
        stands_for_others: no,
        read: |of, bytes| ces_documents(of.name, of.input, &bytes, of.options).map(Content::Documents),
    },
    BilingualReader {
        format: BilingualFormat::Po,
        name: "PO",
        root: None,
        sniff: |head| head.is_plain() && head.text.lines().any(|line| line.starts_with("msgid ")),
        stands_for_others: no,
        read: |of, bytes| units(of, po::read(&text(of, bytes)?)),
    },
    BilingualReader {
        format: BilingualFormat::Csv,
        name: "CSV",
        root: None,
        sniff: |head| head.is_plain() && head.extension == "csv",
        stands_for_others: no,
        read: |of, bytes| units(of, table::read(&text(of, bytes)?, table::Table::Csv)),
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
        read: |of, bytes| units(of, table::read(&text(of, bytes)?, table::Table::Tsv)),
    },
    BilingualReader {
        format: BilingualFormat::Xlsx,
        name: "XLSX",
        root: None,
        // The names of the parts stand in the bytes as they are.
        sniff: |head| head.is_zip() && memchr::memmem::find(head.bytes, b"xl/workbook.xml").is_some(),
        stands_for_others: no,
        read: |of, bytes| units(of, of_sheets(xlsx::sheets(of.name, &bytes, of.options)?)),
    },
    BilingualReader {
        format: BilingualFormat::Docx,
        name: "DOCX table",
        root: None,
        sniff: |head| head.is_zip(),
        stands_for_others: no,
        read: |of, bytes| units(of, docx::read(&bytes)),
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
    ///
    /// # Panics
    /// Never: every format has a row.
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
    /// The first of them as characters, without null bytes, so that UTF-16 can be looked through too; empty of a ZIP
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
            let first = &bytes[..bytes.len().min(2048)];
            head.text = first.iter().filter(|&&b| b != 0).map(|&b| char::from(b)).collect();
        }
        head
    }

    /// Whether it is a ZIP container.
    pub fn is_zip(&self) -> bool {
        self.bytes.starts_with(b"PK\x03\x04")
    }

    /// Whether it is neither a ZIP container nor begins as XML or HTML does.
    pub fn is_plain(&self) -> bool {
        !self.is_zip() && !self.text.trim_start().starts_with('<')
    }

    /// Whether `tag` stands in it, such as the begin of the outermost element, which may follow a DOCTYPE.
    pub fn has(&self, tag: &str) -> bool {
        self.text.contains(tag)
    }
}

/// The units that a reader of `formats` gave.
fn units(of: BilingualInput<'_>, read: Result<Bilingual, FormatError>) -> Result<Content, ReadError> {
    read.map(Content::Units).map_err(|error| ReadError::because(of.name, &error))
}

/// The bytes as text.
fn text(of: BilingualInput<'_>, bytes: Vec<u8>) -> Result<String, ReadError> {
    decode(of.name, bytes, of.options).map(|(text, _)| text)
}

/// Columns of a sheet that are looked at: those that hold the most text.
const COLUMNS: usize = 16;

/// The first sheet that has two columns with texts: those that its first row names, else those that hold the most.
fn of_sheets(sheets: Vec<Rows>) -> Result<Bilingual, FormatError> {
    let mut last = Err(FormatError::Nothing("sheet with texts"));
    for rows in sheets {
        let mut weights: BTreeMap<usize, usize> = BTreeMap::new();
        for cell in rows.iter().flatten().filter(|c| c.kind == CellKind::Text) {
            *weights.entry(cell.column).or_default() += cell.content.len();
        }
        let mut columns: Vec<usize> = weights.keys().copied().collect();
        columns.sort_by_key(|c| (Reverse(weights[c]), *c));
        let [first, second, ..] = columns[..] else { continue };
        let pair = Sides::new(first.min(second), first.max(second));
        columns.truncate(COLUMNS);
        columns.sort_unstable();
        let place = |column| columns.iter().position(|&c| c == column);
        let dense = |row: Vec<Cell>| {
            let mut fields = Vec::new();
            for cell in row {
                let Some(at) = place(cell.column) else { continue };
                if fields.len() <= at {
                    fields.resize(at + 1, String::new());
                }
                fields[at] = cell.content;
            }
            fields
        };
        let unnamed = pair.map(|column| place(column).unwrap_or_default());
        last = table::of_rows(rows.into_iter().map(dense).collect(), unnamed);
        if last.is_ok() {
            break;
        }
    }
    last
}

/// The pair of files that `NAME.moses` stands for: NAME with the languages for extensions.
fn moses_pair(of: BilingualInput<'_>) -> Result<Bilingual, ReadError> {
    let refused = |message: &str| ReadError::broken(of.name, message);
    let Input::File(path) = of.input else {
        return Err(refused("a Moses pair is named by NAME.moses alone"));
    };
    let Sides { source: Some(source), target: Some(target) } = of.languages else {
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

fn tmx_units(bytes: &[u8], languages: &Sides<Option<Lang>>) -> Result<Bilingual, TmxError> {
    let reader = TmxReader::new(bytes, Inline::Flatten)?;
    let declared = reader.header().source_lang.parse::<Lang>().ok();
    let mut file = Bilingual::default();
    file.languages.source = languages.source.clone().or(declared);
    file.languages.target.clone_from(&languages.target);
    let is = |code: &str, lang: &Option<Lang>| {
        lang.as_ref().is_some_and(|l| code.parse::<Lang>().is_ok_and(|c| c.primary() == l.primary()))
    };
    for unit in reader {
        let unit = unit?;
        // Where nothing says which language is the source, it is the first that comes.
        if file.languages.source.is_none() {
            file.languages.source = unit.variants.first().and_then(|v| v.lang.parse().ok());
        }
        if file.languages.target.is_none() {
            let other = unit.variants.iter().find(|v| !is(&v.lang, &file.languages.source));
            file.languages.target = other.and_then(|v| v.lang.parse().ok());
        }
        let text = |lang: &Option<Lang>| {
            unit.variants.iter().find(|v| is(&v.lang, lang)).map(|v| v.text.to_string()).unwrap_or_default()
        };
        file.units.push(Unit::of_texts(text(&file.languages.source), text(&file.languages.target)));
    }
    Ok(file)
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
        assert_eq!(detect("x.docx", b"PK\x03\x04 xl/workbook.xml"), Some("XLSX"));
        assert_eq!(detect("x.csv", b"PK\x03\x04"), Some("DOCX table"));
    }
}
