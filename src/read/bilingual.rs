//! Files with two languages → both sides' documents, to align anew.
//!
//! In: a file in one of the formats of [`BILINGUAL_READERS`]. Out: two documents whose blocks are the file's texts
//! in their order; what the file aligned is left behind. Guarantee: texts are the file's own.

use super::bilingual_format::{BILINGUAL_READERS, BilingualFormat, BilingualInput, Content};
use super::{Input, ReadError, ReadOptions, read_bytes};
use crate::bitext::{Block, BlockKind, Document, Lang, Side, Sides, TextSpan};

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
    let stand_in = match input {
        Input::File(path) if !path.exists() => {
            BILINGUAL_READERS.iter().find(|row| (row.stands_for_others)(path)).map(|row| row.format)
        }
        _ => None,
    };
    let bytes = if stand_in.is_some() { Vec::new() } else { read_bytes(input, options.max_size)? };
    if stand_in.is_none() && bytes.is_empty() {
        return Err(ReadError::Empty { name });
    }
    let Some(format) = stand_in.or_else(|| BilingualFormat::detect(&name, &bytes)) else {
        return Err(unknown(&name));
    };
    let of = BilingualInput { name: &name, input, options, languages };
    let (texts, known) = match (format.reader().read)(of, bytes)? {
        Content::Documents(texts) => (texts, languages.clone()),
        Content::Units(file) => {
            let known = Sides::new(
                languages.source.clone().or(file.languages.source),
                languages.target.clone().or(file.languages.target),
            );
            let mut texts = Sides::new(Vec::new(), Vec::new());
            for unit in file.units {
                texts.source.push(unit.texts.source.into_owned());
                texts.target.push(unit.texts.target.into_owned());
            }
            (texts, known)
        }
    };
    both(&name, texts, known, format, options)
}

/// That a file is of no format in the table.
fn unknown(name: &str) -> ReadError {
    let told = BILINGUAL_READERS.iter().filter(|row| row.format != BilingualFormat::Moses);
    let names: Vec<&str> = told.map(|row| row.name).collect();
    let message = format!("it is none of the formats with two languages: {}", names.join(", "));
    ReadError::broken(name, message)
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
            return Err(ReadError::broken(name, format!("it holds no {side} text")));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{Head, Unit, xlsx as formats_xlsx};

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
        insta::assert_snapshot!(error("a.txt", "hello"), @"it is none of the formats with two languages: TMX, XLIFF, cesAlign, PO, CSV, TSV, XLSX, DOCX table");
        insta::assert_snapshot!(error("a.csv", "a\nb"), @"it holds no second column with texts");
        insta::assert_snapshot!(error("a.tmx", "<tmx><header srclang='ar'/><body><tu><tuv xml:lang='ar'><seg>x</seg></tuv></tu></body></tmx>"), @"it holds no target text");
        insta::assert_snapshot!(error("a.tmx", "<tmx>\n<header/><body><tu>"), @"line 2: the file ends too early, inside <tu>");
    }
}
