//! Files with two languages → both sides' documents, to align anew.
//!
//! In: a TMX, XLIFF, PO, CSV, TSV, XLSX or DOCX table, a cesAlign file with its documents, or a Moses pair of
//! files. Out: two documents whose blocks are the file's texts in their order; what the file aligned is left
//! behind. Guarantee: texts are the file's own.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::Path;

use super::ces_documents::ces_documents;
use super::encoding::decode;
use super::error::{chain, refused, syntax};
use super::office::xlsx::{self, Cell, CellKind, Rows};
use super::{Input, ReadError, ReadOptions, read_bytes};
use crate::bitext::{Block, BlockKind, Document, Lang, Side, Sides, TextSpan};
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
    /// PO of GNU gettext.
    Po,
    /// Comma-separated values.
    Csv,
    /// Tab-separated values.
    Tsv,
    /// A document with a table of two columns.
    Docx,
    /// A workbook with a sheet of two columns.
    Xlsx,
    /// A file for each language with a text a line.
    Moses,
    /// Links between two documents.
    Ces,
}

impl BilingualFormat {
    /// Its name in messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tmx => "TMX",
            Self::Xliff => "XLIFF",
            Self::Po => "PO",
            Self::Csv => "CSV",
            Self::Tsv => "TSV",
            Self::Docx => "DOCX table",
            Self::Xlsx => "XLSX",
            Self::Moses => "Moses pair",
            Self::Ces => "cesAlign",
        }
    }

    /// The format of the file `name` with these bytes: by content, then by extension.
    pub fn detect(name: &str, bytes: &[u8]) -> Option<Self> {
        let extension = name.rsplit_once('.').map(|(_, e)| e.to_lowercase()).unwrap_or_default();
        if bytes.starts_with(b"PK\x03\x04") {
            // The names of the parts stand in the bytes as they are.
            let has = |part: &[u8]| memchr::memmem::find(bytes, part).is_some();
            return Some(if has(b"xl/workbook.xml") { Self::Xlsx } else { Self::Docx });
        }
        // The name of the outermost element, also in UTF-16; `<cesAlign` may follow a DOCTYPE.
        let head: String =
            bytes[..bytes.len().min(2048)].iter().filter(|&&b| b != 0).map(|&b| char::from(b)).collect();
        let found = [("<tmx", Self::Tmx), ("<xliff", Self::Xliff), ("<cesAlign", Self::Ces)];
        if let Some((_, format)) = found.into_iter().find(|(element, _)| head.contains(element)) {
            return Some(format);
        }
        if head.trim_start().starts_with('<') {
            return None;
        }
        if head.lines().any(|l| l.starts_with("msgid ")) {
            return Some(Self::Po);
        }
        match &*extension {
            "csv" => Some(Self::Csv),
            "tsv" | "tab" => Some(Self::Tsv),
            _ if head.lines().next().is_some_and(|l| l.contains('\t')) => Some(Self::Tsv),
            _ => None,
        }
    }
}

/// Both sides of a bilingual file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadBilingual {
    /// The documents.
    pub documents: Sides<Document>,
    /// The languages: those asked for, else those that the file names.
    pub languages: Sides<Option<Lang>>,
    /// The format it was read as.
    pub format: BilingualFormat,
    /// How many units the file has.
    pub units: usize,
}

/// Reads `input`; of a file with more than two languages `languages` chooses. Where `options` name the format
/// [`super::Format::Lines`], each text is a segment and is not cut.
pub fn read_bilingual(
    input: &Input,
    options: &ReadOptions,
    languages: &Sides<Option<Lang>>,
) -> Result<ReadBilingual, ReadError> {
    let name = input.name();
    if let Input::File(path) = input
        && !path.exists()
        && path.extension().is_some_and(|e| e == "moses")
    {
        return moses_pair(&name, path, options, languages);
    }
    let bytes = read_bytes(input, options.max_size)?;
    if bytes.is_empty() {
        return Err(ReadError::Empty { name });
    }
    let Some(format) = BilingualFormat::detect(&name, &bytes) else {
        return Err(syntax(
            &name,
            "it is none of the formats with two languages: TMX, XLIFF, PO, CSV, TSV, XLSX, cesAlign, DOCX table",
        ));
    };
    let file = match format {
        BilingualFormat::Tmx => tmx_units(&bytes, languages).map_err(|e| syntax(&name, &chain(&e)))?,
        BilingualFormat::Xliff => xliff::read(&bytes).map_err(|e| refused(&name, &e))?,
        BilingualFormat::Docx => docx::read(&bytes).map_err(|e| refused(&name, &e))?,
        BilingualFormat::Xlsx => {
            of_sheets(xlsx::sheets(&name, &bytes, options)?).map_err(|e| refused(&name, &e))?
        }
        BilingualFormat::Moses => return Err(syntax(&name, "a Moses pair is named by NAME.moses alone")),
        BilingualFormat::Ces => {
            let documents = ces_documents(&name, input, &bytes, options)?;
            return both(&name, documents, languages.clone(), format, options);
        }
        BilingualFormat::Po | BilingualFormat::Csv | BilingualFormat::Tsv => {
            let (text, _) = decode(&name, bytes, options)?;
            match format {
                BilingualFormat::Po => po::read(&text),
                BilingualFormat::Csv => table::read(&text, table::Table::Csv),
                _ => table::read(&text, table::Table::Tsv),
            }
            .map_err(|e| refused(&name, &e))?
        }
    };
    both_of(&name, file, languages, format, options)
}

/// Both documents of a file's units.
fn both_of(
    name: &str,
    file: Bilingual,
    languages: &Sides<Option<Lang>>,
    format: BilingualFormat,
    options: &ReadOptions,
) -> Result<ReadBilingual, ReadError> {
    let known = Sides::new(
        languages.source.clone().or(file.languages.source),
        languages.target.clone().or(file.languages.target),
    );
    let mut texts = Sides::new(Vec::new(), Vec::new());
    for unit in file.units {
        texts.source.push(unit.texts.source.into_owned());
        texts.target.push(unit.texts.target.into_owned());
    }
    both(name, texts, known, format, options)
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
fn moses_pair(
    name: &str,
    path: &Path,
    options: &ReadOptions,
    languages: &Sides<Option<Lang>>,
) -> Result<ReadBilingual, ReadError> {
    let Sides { source: Some(source), target: Some(target) } = languages else {
        return Err(syntax(
            name,
            "it stands for two files with the languages for extensions: name those by --source-lang and --target-lang",
        ));
    };
    let text = |lang: &Lang| {
        let file = path.with_extension(lang.as_str());
        let bytes = read_bytes(&Input::File(file.clone()), options.max_size)?;
        decode(&file.display().to_string(), bytes, options).map(|(text, _)| text)
    };
    let (source, target) = (text(source)?, text(target)?);
    let file = moses::read(Sides::new(&source, &target)).map_err(|e| refused(name, &e))?;
    both_of(name, file, languages, BilingualFormat::Moses, options)
}

fn both(
    name: &str,
    texts: Sides<Vec<String>>,
    languages: Sides<Option<Lang>>,
    format: BilingualFormat,
    options: &ReadOptions,
) -> Result<ReadBilingual, ReadError> {
    let kind = match options.format {
        Some(super::Format::Lines) => BlockKind::Presegmented,
        _ => BlockKind::Paragraph,
    };
    let units = texts.source.len().max(texts.target.len());
    let documents = texts.map(|t| document(&t, kind));
    for side in Side::BOTH {
        if documents.get(side).blocks().is_empty() {
            return Err(syntax(name, &format!("it holds no {side} text")));
        }
    }
    Ok(ReadBilingual { documents, languages, format, units })
}

/// A document of one block a text; blank texts are passed over.
fn document(texts: &[String], kind: BlockKind) -> Document {
    let (mut text, mut blocks) = (String::new(), Vec::new());
    for unit in texts {
        let inner = unit.trim();
        if inner.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(inner);
        blocks.push(Block { span: TextSpan::new(start, text.len()), kind });
    }
    Document::new(text, blocks)
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
    use crate::formats::{Head, xlsx as formats_xlsx};

    fn read(name: &str, content: &[u8]) -> Result<ReadBilingual, ReadError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        read_bilingual(&Input::File(path), &ReadOptions::default(), &Sides::default())
    }

    fn blocks(document: &Document) -> Vec<&str> {
        document.blocks().iter().map(|b| document.slice(b.span)).collect()
    }

    #[test]
    fn every_format_is_told_by_its_content_and_gives_both_sides() {
        let files: [(&str, String); 6] = [
            ("a.tmx", "<tmx version='1.4'><header srclang='ar'/><body><tu><tuv xml:lang='en'><seg>Yes.</seg></tuv><tuv xml:lang='ar'><seg>نعم.</seg></tuv></tu><tu><tuv xml:lang='ar'><seg> </seg></tuv><tuv xml:lang='en'><seg>No.</seg></tuv></tu></body></tmx>".to_owned()),
            ("b", "<?xml version='1.0'?>\n<xliff version='1.2'><file source-language='ar' target-language='en'><body><trans-unit id='1'><source>نعم.</source><target>Yes.</target></trans-unit><trans-unit id='2'><source/><target>No.</target></trans-unit></body></file></xliff>".to_owned()),
            ("c.pot", "msgid \"\"\nmsgstr \"\"\n\"Language: en\\n\"\n\"X-Source-Language: ar\\n\"\n\nmsgid \"نعم.\"\nmsgstr \"Yes.\"\nmsgid \" \"\nmsgstr \"No.\"\n".to_owned()),
            ("d.csv", "نعم.,Yes.\n,No.\n".to_owned()),
            ("e.txt", "نعم.\tYes.\n\tNo.\n".to_owned()),
            ("f.tsv", "target\tsource\nYes.\tنعم.\nNo.\t\n".to_owned()),
        ];
        for (name, content) in files {
            let read = read(name, content.as_bytes()).unwrap();
            assert_eq!(blocks(&read.documents.source), ["نعم."], "{name}");
            assert_eq!(blocks(&read.documents.target), ["Yes.", "No."], "{name}");
            assert_eq!(read.units, 2, "{name}");
        }
    }

    /// Written by us, with all columns; and by hand, where the texts stand in any two columns.
    #[test]
    fn a_workbook_is_read_by_its_heading_or_by_where_the_texts_are() {
        let languages = Sides::new("ar-IQ".parse().unwrap(), Lang::english());
        let head = Head::new(languages.clone(), Sides::default());
        let mut unit = Unit::of_texts("نعم_x000B_ 5".to_owned(), "Yes\n5".to_owned());
        unit.confidence = Some(0.5);
        let mut file = Vec::new();
        formats_xlsx::write([unit, Unit::of_texts(String::new(), "No.".to_owned())], &head, &mut file)
            .unwrap();
        let ours = read("a.xlsx", &file).unwrap();
        assert_eq!((ours.format, ours.units), (BilingualFormat::Xlsx, 2));
        assert_eq!(ours.languages, languages.map(Some));
        assert_eq!(blocks(&ours.documents.source), ["نعم_x000B_ 5"]);
        assert_eq!(blocks(&ours.documents.target), ["Yes\n5", "No."]);
        let row = |n: u32, a: &str, b: &str| {
            let cell = |column: &str, text: &str| {
                format!("<c r='{column}{n}' t='inlineStr'><is><t>{text}</t></is></c>")
            };
            format!("<row><c r='A{n}'><v>{n}</v></c>{}{}</row>", cell("C", a), cell("XFD", b))
        };
        let sheet = format!("<worksheet>{}{}</worksheet>", row(1, "نعم.", "Yes."), row(2, "لا.", "No."));
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, content) in [
            (
                "xl/workbook.xml",
                "<workbook xmlns:r='r'><sheets><sheet r:id='n'/><sheet r:id='s'/></sheets></workbook>",
            ),
            (
                "xl/_rels/workbook.xml.rels",
                "<x><Relationship Id='s' Type='t/worksheet' Target='s.xml'/><Relationship Id='n' Type='t/worksheet' Target='n.xml'/></x>",
            ),
            ("xl/n.xml", "<worksheet><row><c><v>5</v></c></row></worksheet>"),
            ("xl/s.xml", &sheet),
        ] {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            std::io::Write::write_all(&mut zip, content.as_bytes()).unwrap();
        }
        let other = read("b", &zip.finish().unwrap().into_inner()).unwrap();
        assert_eq!(blocks(&other.documents.source), ["نعم.", "لا."]);
        assert_eq!(blocks(&other.documents.target), ["Yes.", "No."]);
    }

    #[test]
    fn a_moses_pair_is_read_by_its_name_and_languages() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.y.moses");
        let of = |languages: &Sides<Option<Lang>>| {
            read_bilingual(&Input::File(path.clone()), &ReadOptions::default(), languages)
        };
        std::fs::write(folder.path().join("x.y.ar"), "نعم.\nلا.\n").unwrap();
        let languages = Sides::new(Some(Lang::arabic()), Some(Lang::english()));
        let missing = of(&languages).unwrap_err();
        assert!(matches!(&missing, ReadError::Missing { .. }), "{missing}");
        std::fs::write(folder.path().join("x.y.en"), "Yes.\nNo.\n").unwrap();
        let pair = of(&languages).unwrap();
        assert_eq!(blocks(&pair.documents.target), ["Yes.", "No."]);
        assert_eq!((pair.format, pair.units), (BilingualFormat::Moses, 2));
        let unnamed = of(&Sides::default()).unwrap_err().to_string();
        assert!(unnamed.ends_with("name those by --source-lang and --target-lang"), "{unnamed}");
        std::fs::write(folder.path().join("x.y.en"), "Yes.\n").unwrap();
        let uneven = of(&languages).unwrap_err().to_string();
        assert!(uneven.ends_with("line 2: the source has 2 lines, the target 1"), "{uneven}");
    }

    #[test]
    fn ces_align_reads_its_documents_and_no_other_files() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("en")).unwrap();
        std::fs::write(at("en/1.xml"), "<text><s id='1'>Yes.</s></text>").unwrap();
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut gzip, "<text><s id='1'>نعم.</s></text>".as_bytes()).unwrap();
        std::fs::write(at("ar.xml.gz"), gzip.finish().unwrap()).unwrap();
        let links = |from: &str| {
            format!(
                "<cesAlign><linkGrp fromDoc='{from}' toDoc='en/1.xml.gz'><link xtargets='1;1'/></linkGrp></cesAlign>"
            )
        };
        let read = |from: &str| {
            std::fs::write(at("x.xml"), links(from)).unwrap();
            read_bilingual(&Input::File(at("x.xml")), &ReadOptions::default(), &Sides::default())
        };
        let good = read("ar.xml.gz").unwrap();
        assert_eq!(blocks(&good.documents.source), ["نعم."]);
        assert_eq!(blocks(&good.documents.target), ["Yes."]);
        for outside in ["../ar.xml", "/etc/passwd", ""] {
            assert!(matches!(read(outside), Err(ReadError::Syntax { .. })), "{outside}");
        }
        assert!(matches!(read("none.xml"), Err(ReadError::Missing { .. })));
    }

    #[test]
    fn what_has_not_two_sides_is_refused() {
        let error = |name: &str, content: &str| {
            let error = read(name, content.as_bytes()).unwrap_err().to_string();
            error.rsplit_once(&format!("{name}: ")).map(|(_, m)| m.to_owned()).unwrap_or(error)
        };
        insta::assert_snapshot!(error("a.txt", "hello"), @"it is none of the formats with two languages: TMX, XLIFF, PO, CSV, TSV, XLSX, cesAlign, DOCX table");
        insta::assert_snapshot!(error("a.csv", "a\nb"), @"it holds no second column with texts");
        insta::assert_snapshot!(error("a.tmx", "<tmx><header srclang='ar'/><body><tu><tuv xml:lang='ar'><seg>x</seg></tuv></tu></body></tmx>"), @"it holds no target text");
        insta::assert_snapshot!(error("a.tmx", "<tmx>\n<header/><body><tu>"), @"line 2: the file ends too early, inside <tu>");
    }
}
