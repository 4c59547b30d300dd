//! Files with two languages → both sides' documents, to align anew.
//!
//! In: a file in one of the formats of [`BILINGUAL_READERS`], packed or not. Out: two documents whose blocks are the
//! file's texts in their order, block by block a unit's own pair; what the file aligned further is left behind.
//! Guarantee: texts are the file's own; a unit without a text on either side gives none; every unit and text that is
//! not in the documents is counted in [`Told`].

use super::bilingual_format::{BILINGUAL_READERS, BilingualFormat, BilingualInput, Content};
use super::bilingual_options::{BilingualOptions, UnitsRead};
use super::not_text::known_binary;
#[cfg(feature = "documents")]
use super::packed::unpack;
use super::pair::{self, NoPair};
use super::unpacked::Unpacked;
#[cfg(not(feature = "documents"))]
use super::unpacked::unpack;
use super::{Input, ReadError, ReadOptions, read_bytes};
use crate::bitext::{Block, BlockKind, Document, Lang, Side, Sides, TextSpan};
use crate::formats::{Bilingual, Direction, LeftOut, Multilingual, Status, Told};
use crate::language::Script;

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
    /// How many units are in the documents: as many as blocks on each side, where the file has units.
    pub units: usize,
    /// What was decided about each unit; empty where the file has no units.
    pub decided: Vec<Status>,
    /// What was left out, and how the rest was read.
    pub told: Told,
}

/// Reads `input`; `wanted` chooses of what it holds. Where `options` name the format [`super::Format::Lines`], each
/// text is a segment and is not cut.
pub fn read_bilingual(
    input: &Input,
    options: &ReadOptions,
    wanted: &BilingualOptions,
) -> Result<ReadBilingual, ReadError> {
    let name = input.name();
    let stand_in = match input {
        Input::File(path) if !path.exists() => {
            BILINGUAL_READERS.iter().find(|row| (row.stands_for_others)(path)).map(|row| row.format)
        }
        _ => None,
    };
    let of = BilingualInput { name: &name, input, options, wanted };
    if let Some(format) = stand_in {
        return whole(&name, (format.reader().read)(of, Vec::new())?, format, Told::default(), of);
    }
    let bytes = read_bytes(input, options.max_size)?;
    if bytes.is_empty() {
        return Err(ReadError::Empty { name });
    }
    let known = known_binary(&bytes);
    let unpacked = unpack(&name, bytes, options)?;
    if !unpacked.packed {
        let Some(found) = unpacked.files.into_iter().next() else {
            return Err(known.map_or_else(
                || unknown(&name),
                |(what, hint)| {
                    let why = format!("it is {what}, none of the formats with two languages");
                    ReadError::Refused { name: name.clone(), why, hint }
                },
            ));
        };
        return whole(
            &name,
            (found.format.reader().read)(of, found.bytes)?,
            found.format,
            Told::default(),
            of,
        );
    }
    let (content, format, told) = together(unpacked, of)?;
    whole(&name, content, format, told, of)
}

/// The units of all files in a package.
fn together(
    unpacked: Unpacked,
    of: BilingualInput<'_>,
) -> Result<(Content, BilingualFormat, Told), ReadError> {
    let mut told = Told::default();
    let mut all: Option<(Multilingual, BilingualFormat)> = None;
    let (mut names, mut others) = (Vec::new(), unpacked.others);
    let mut broken: Option<ReadError> = None;
    for found in unpacked.files {
        let inner = BilingualInput { name: &found.name, ..of };
        match (found.format.reader().read)(inner, found.bytes) {
            Ok(Content::Units(file)) => {
                names.push(found.name);
                match &mut all {
                    Some((all, _)) => all.join(file),
                    None => all = Some((file, found.format)),
                }
            }
            // Links between documents that would have to stand beside it.
            Ok(Content::Documents(_)) => others.push(found.name),
            Err(error) => {
                told.note(format!("{error}"));
                others.push(found.name);
                broken = Some(error);
            }
        }
    }
    let Some((file, format)) = all else {
        let hint = "give a package that holds TMX, XLIFF, PO or tables, or unpack it first";
        return Err(broken.unwrap_or_else(|| {
            let why =
                format!("it is a package without a file of two languages; it holds {}", listed(&others));
            ReadError::Refused { name: of.name.to_owned(), why, hint }
        }));
    };
    if names.len() + others.len() > 1 {
        told.note(format!("read of the package: {}", listed(&names)));
    }
    if !others.is_empty() {
        told.note(format!("not read of the package: {}", listed(&others)));
    }
    Ok((Content::Units(file), format, told))
}

/// The first of many names, and how many more there are.
fn listed(names: &[String]) -> String {
    const MOST: usize = 5;
    let first = names.iter().take(MOST).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().checked_sub(MOST) {
        Some(more @ 1..) => format!("{first} and {more} more"),
        _ if first.is_empty() => "nothing".to_owned(),
        _ => first,
    }
}

/// That a file is of no format in the table.
fn unknown(name: &str) -> ReadError {
    let told = BILINGUAL_READERS.iter().filter(|row| row.format != BilingualFormat::Moses);
    let names: Vec<&str> = told.map(|row| row.name).collect();
    let message = format!("it is none of the formats with two languages: {}", names.join(", "));
    ReadError::broken(name, message)
}

/// The documents of what was read.
fn whole(
    name: &str,
    content: Content,
    format: BilingualFormat,
    mut told: Told,
    of: BilingualInput<'_>,
) -> Result<ReadBilingual, ReadError> {
    let kind = match of.options.format {
        Some(super::Format::Lines) => BlockKind::Presegmented,
        _ if of.wanted.units == UnitsRead::Whole => BlockKind::Presegmented,
        _ => BlockKind::Paragraph,
    };
    let (texts, languages, decided) = match content {
        Content::Documents(texts) => (texts, of.wanted.languages.clone(), Vec::new()),
        Content::Units(file) => {
            let file =
                pair::choose(file, &of.wanted.languages).map_err(|NoPair(why)| ReadError::Refused {
                    name: name.to_owned(),
                    why,
                    hint: "name the pair with --source-lang and --target-lang",
                })?;
            let Bilingual { languages, mut units, told: more } = file;
            told.join(more);
            let copies = Copies::of(
                &languages,
                &units.iter().map(|u| u.texts.as_ref().map(|t| &**t)).collect::<Vec<_>>(),
            );
            for unit in &mut units {
                if unit.unfinished.is_none() && copies.is_one(&unit.texts.source, &unit.texts.target) {
                    unit.unfinished = Some(LeftOut::Copied);
                }
            }
            let mut texts = Sides::new(Vec::new(), Vec::new());
            let mut decided = Vec::new();
            for unit in units {
                match unit.unfinished {
                    Some(why) if !of.wanted.unfinished.takes(&why) => told.leave_out(why),
                    _ => {
                        decided.push(unit.status);
                        texts.source.push(unit.texts.source.into_owned());
                        texts.target.push(unit.texts.target.into_owned());
                    }
                }
            }
            if decided.is_empty() {
                return Err(nothing(name, &told));
            }
            (texts, languages, decided)
        }
    };
    let units = texts.source.len().max(texts.target.len());
    let documents = texts.map(|t| document(&t, kind));
    for side in Side::BOTH {
        if documents.get(side).blocks().is_empty() {
            return Err(ReadError::broken(name, format!("it holds no {side} text")));
        }
    }
    Ok(ReadBilingual { documents, languages, format, units, decided, told })
}

/// That no unit is left, and what became of them.
fn nothing(name: &str, told: &Told) -> ReadError {
    let left: Vec<String> = told.left_out.iter().map(|(what, &count)| what.words(count)).collect();
    let why = format!("it holds no unit with both texts; left out: {}", left.join(", "));
    let unfinished = told.left_out.keys().any(LeftOut::is_unfinished);
    let hint = if unfinished {
        "--with-untranslated takes units that are no finished translations too"
    } else {
        "give a file whose units have a text and its translation"
    };
    ReadError::Refused { name: name.to_owned(), why, hint }
}

/// Telling a target that repeats its source from a translation: only where the languages are written in other
/// letters, since names and numbers are the same in many languages of one script.
struct Copies {
    letters_differ: bool,
}

impl Copies {
    fn of(languages: &Sides<Option<Lang>>, texts: &[Sides<&str>]) -> Self {
        let scripts = languages.as_ref().map(|lang| lang.as_ref().map_or(&[][..], Script::of_language));
        let letters_differ = if scripts.source.is_empty() || scripts.target.is_empty() {
            let direction = |side: Side| Direction::of(texts.iter().map(|texts| *texts.get(side)));
            direction(Side::Source) != direction(Side::Target)
        } else {
            scripts.source.iter().all(|script| !scripts.target.contains(script))
        };
        Self { letters_differ }
    }

    fn is_one(&self, source: &str, target: &str) -> bool {
        self.letters_differ && source.trim() == target.trim() && source.chars().any(char::is_alphabetic)
    }
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
    Document::of_blocks(text, blocks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{Head, Unit, xlsx as formats_xlsx};

    fn read(name: &str, content: &[u8]) -> Result<ReadBilingual, ReadError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        read_bilingual(&Input::File(path), &ReadOptions::default(), &BilingualOptions::default())
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
            assert_eq!(blocks(&read.documents.target), ["Yes."], "{name}");
            assert_eq!((read.units, read.told.count(&LeftOut::OneSided)), (1, 1), "{name}");
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
        assert_eq!(
            (ours.format, ours.units, ours.told.count(&LeftOut::OneSided)),
            (BilingualFormat::Xlsx, 1, 1)
        );
        assert_eq!(ours.languages, languages.map(Some));
        assert_eq!(blocks(&ours.documents.source), ["نعم_x000B_ 5"]);
        assert_eq!(blocks(&ours.documents.target), ["Yes\n5"]);
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
            let wanted = BilingualOptions { languages: languages.clone(), ..BilingualOptions::default() };
            read_bilingual(&Input::File(path.clone()), &ReadOptions::default(), &wanted)
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
            read_bilingual(&Input::File(at("x.xml")), &ReadOptions::default(), &BilingualOptions::default())
        };
        let good = read("ar.xml.gz").unwrap();
        assert_eq!(blocks(&good.documents.source), ["نعم."]);
        assert_eq!(blocks(&good.documents.target), ["Yes."]);
        for outside in ["../ar.xml", "/etc/passwd", ""] {
            assert!(matches!(read(outside), Err(ReadError::Syntax { .. })), "{outside}");
        }
        assert!(matches!(read("none.xml"), Err(ReadError::Missing { .. })));
    }

    /// Also where the first file in it is one of two languages.
    #[test]
    fn an_archive_is_named_and_not_read_as_one_file() {
        let mut tar = vec![0; 512];
        tar[..5].copy_from_slice(b"a.tmx");
        tar[257..263].copy_from_slice(b"ustar\0");
        tar.extend(b"<tmx><body><tu><tuv xml:lang='en'><seg>a</seg></tuv><tuv xml:lang='ar'><seg>b</seg></tuv></tu></body></tmx>");
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut gzip, &tar).unwrap();
        let said = |name, bytes: &[u8]| read(name, bytes).unwrap_err().to_string();
        assert!(said("a.tar", &tar).ends_with("it is a tar archive, none of the formats with two languages"));
        let packed = said("a.tar.gz", &gzip.finish().unwrap());
        assert!(
            packed.contains("without a file of two languages; it holds ")
                && packed.ends_with("a.tar (a tar archive)"),
            "{packed}"
        );
    }

    #[test]
    fn what_has_not_two_sides_is_refused() {
        let error = |name: &str, content: &str| {
            let error = read(name, content.as_bytes()).unwrap_err().to_string();
            let said =
                error.rsplit_once(name).map(|(_, said)| said.trim_start_matches([':', ' ']).to_owned());
            said.unwrap_or(error)
        };
        insta::assert_snapshot!(error("a.txt", "hello"), @"it is none of the formats with two languages: TMX, XLIFF, cesAlign, PO, Wordfast TXT, Trados memory, CSV, TSV, XLSX, DOCX table");
        insta::assert_snapshot!(error("a.tmx.bz2", "BZh91AY"), @"is not read: it is bzip2 data, none of the formats with two languages");
        insta::assert_snapshot!(error("a.zip", "PK\u{5}\u{6}"), @"is not read: it is an empty ZIP container, none of the formats with two languages");
        insta::assert_snapshot!(error("a.csv", "a\nb"), @"it holds no second column with texts");
        insta::assert_snapshot!(error("a.tmx", "<tmx><header srclang='ar'/><body><tu><tuv xml:lang='ar'><seg>x</seg></tuv></tu></body></tmx>"), @"is not read: it holds no unit with both texts; left out: 1 unit with text on one side alone");
        insta::assert_snapshot!(error("a.tmx", "<tmx>\n<header/><body><tu>"), @"is not read: line 2: the file ends too early");
    }
}
