//! Text recognition (OCR) of a PDF that has no text, or of its pages that have none, by the program `tesseract`.
//!
//! In: a PDF, and which of its pages are pictures. Out: the paragraphs that the program recognises on its pages, which `pdftoppm` (Poppler)
//! draws one by one. Guarantee: bounded time and memory; nothing of both stays; a warning says how many words are
//! unsure.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::TempDir;

use super::Warning;
use super::glyphs::PicturePage;
use super::paragraphs::join;
use crate::bitext::Lang;
use crate::outside::{Answer, Bounds, Failed, Outside};
use crate::read::{Format, Lines, ReadDocument, ReadError, ReadOptions, plain};

/// The PDF's name where the programs work.
const FILE: &str = "document.pdf";
const CHECK: Option<&str> =
    Some("letters, words and paragraphs may be wrong: check with `muqabala read --ocr`");

const TESSERACT: &str = "tesseract";
const PDFTOPPM: &str = "pdftoppm";

/// The bounds of one page, and of all pages together.
const PAGE: Bounds = Bounds { time: Duration::from_mins(1), memory: 2 << 30, output: 16 << 20 };
const LONGEST: Duration = Duration::from_mins(30);
/// The longer side of a page as it is drawn, in dots: an A4 page at 300 dots an inch.
const DOTS: &str = "3508";
/// Words of which the program is less sure than this, of a hundred, are unsure.
const UNSURE: f32 = 60.0;

const INSTALL: &str = "install it with the language's data (Debian and Ubuntu: apt install tesseract-ocr tesseract-ocr-ara \
                       poppler-utils; macOS: brew install tesseract tesseract-lang poppler)";

/// What tesseract calls languages.
const NAMES: [(&str, &str); 28] = [
    ("am", "amh"),
    ("ar", "ara"),
    ("bn", "ben"),
    ("ckb", "kmr"),
    ("cs", "ces"),
    ("de", "deu"),
    ("el", "ell"),
    ("en", "eng"),
    ("es", "spa"),
    ("fa", "fas"),
    ("fr", "fra"),
    ("he", "heb"),
    ("hi", "hin"),
    ("id", "ind"),
    ("it", "ita"),
    ("ja", "jpn"),
    ("ko", "kor"),
    ("nl", "nld"),
    ("pl", "pol"),
    ("pt", "por"),
    ("ru", "rus"),
    ("sv", "swe"),
    ("th", "tha"),
    ("tr", "tur"),
    ("uk", "ukr"),
    ("ur", "urd"),
    ("vi", "vie"),
    ("zh", "chi_sim"),
];

/// Reads a PDF of pictures.
pub(super) fn read(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<ReadDocument, ReadError> {
    let mut program = Recogniser::new(name, bytes, options)?;
    let mut found = Found::default();
    let mut number = 1;
    while let Some(table) = program.page(number)? {
        found.page(&table);
        number += 1;
    }
    let plain = plain::read(found.text, Lines::AsTheyStand);
    let mut read = ReadDocument::new(plain.document, Format::Pdf, None);
    read.warnings.push((
        format!(
            "{name}: a PDF of pictures; its text was recognised by {TESSERACT} ({}): {} words, {} of them unsure",
            program.languages, found.words, found.unsure
        ),
        CHECK,
    ));
    Ok(read)
}

/// Pages among others that were recognised, and how sure they are.
#[derive(Debug, Default)]
pub(super) struct Recognised {
    numbers: Vec<usize>,
    languages: String,
    words: usize,
    unsure: usize,
}

impl Recognised {
    /// What the user should know of them, if there are any.
    pub(super) fn warning(&self, name: &str) -> Option<Warning> {
        let message = format!(
            "{name}: {} without text: it was recognised by {TESSERACT} ({}): {} words, {} of them unsure",
            super::named(&self.numbers),
            self.languages,
            self.words,
            self.unsure
        );
        (!self.numbers.is_empty()).then_some((message, CHECK))
    }
}

/// The paragraphs of pages of a PDF that are pictures among others, by their sheets.
pub(super) fn pages(
    name: &str,
    bytes: &[u8],
    pages: &[PicturePage],
    options: &ReadOptions,
    recognised: &mut Recognised,
) -> Result<BTreeMap<usize, Vec<String>>, ReadError> {
    let mut texts = BTreeMap::new();
    if pages.is_empty() {
        return Ok(texts);
    }
    let mut program = Recogniser::new(name, bytes, options)?;
    for page in pages {
        let mut found = Found::default();
        let Some(table) = program.page(page.number)? else {
            let message = format!("{PDFTOPPM} could not draw page {}", page.number);
            return Err(ReadError::Damaged { name: name.to_owned(), message });
        };
        found.page(&table);
        recognised.numbers.push(page.number);
        recognised.words += found.words;
        recognised.unsure += found.unsure;
        texts.insert(page.sheet, found.text.trim_end_matches('\u{c}').lines().map(str::to_owned).collect());
    }
    recognised.languages = program.languages;
    Ok(texts)
}

/// Draws pages of a PDF and has them recognised, within the bounds of all together.
struct Recogniser<'n> {
    name: &'n str,
    languages: String,
    /// Where both programs work; it goes from one to the other.
    folder: Option<TempDir>,
    took: Duration,
}

impl<'n> Recogniser<'n> {
    fn new(name: &'n str, bytes: &[u8], options: &ReadOptions) -> Result<Self, ReadError> {
        let (languages, folder) = languages(name, options.language.as_ref())?;
        std::fs::write(folder.path().join(FILE), bytes)
            .map_err(|source| ReadError::Io { name: name.to_owned(), source })?;
        Ok(Self { name, languages, folder: Some(folder), took: Duration::ZERO })
    }

    /// What `program` gives with `arguments`, and the folder in which both work.
    fn run(
        &mut self,
        program: &'static str,
        arguments: impl FnOnce(Outside, &Path) -> Outside,
    ) -> Result<Ran, ReadError> {
        if self.took > LONGEST {
            return Err(late(self.name, TESSERACT, LONGEST));
        }
        let io = |source| ReadError::Io { name: self.name.to_owned(), source };
        let folder = self.folder.take().ok_or_else(|| io(std::io::ErrorKind::NotFound.into()))?;
        let path = folder.path().to_owned();
        let answer = answer(self.name, program, arguments(Outside::within(program, folder), &path))?;
        self.took += answer.took;
        self.folder = Some(answer.folder);
        let reason = answer.messages.lines().next().unwrap_or("it gives no reason").to_owned();
        Ok(Ran { output: answer.output, reason, succeeded: answer.status.success(), path })
    }

    /// The words of page `number` as the program's table; nothing after the last page.
    fn page(&mut self, number: usize) -> Result<Option<String>, ReadError> {
        let drawn = self.run(PDFTOPPM, |outside, folder| {
            outside
                .argument("-gray")
                .argument("-singlefile")
                .argument("-scale-to")
                .argument(DOTS)
                .argument("-f")
                .argument(number.to_string())
                .argument("-l")
                .argument(number.to_string())
                .argument(folder.join(FILE))
                .argument(folder.join("page"))
        })?;
        let page = drawn.path.join("page.pgm");
        if !page.is_file() {
            return if number == 1 {
                let message = format!("{PDFTOPPM}: {}", drawn.reason);
                Err(ReadError::Damaged { name: self.name.to_owned(), message })
            } else {
                Ok(None)
            };
        }
        let languages = self.languages.clone();
        let recognised = self.run(TESSERACT, |outside, _| {
            outside.argument(&page).argument("stdout").argument("-l").argument(languages).argument("tsv")
        })?;
        if !recognised.succeeded {
            let why = format!("{TESSERACT} could not read page {number}: {}", recognised.reason);
            return Err(refused(self.name, why, INSTALL));
        }
        std::fs::remove_file(&page).map_err(|source| ReadError::Io { name: self.name.to_owned(), source })?;
        Ok(Some(String::from_utf8_lossy(&recognised.output).into_owned()))
    }
}

/// What a program gave.
struct Ran {
    output: Vec<u8>,
    /// The first thing that it said.
    reason: String,
    succeeded: bool,
    path: PathBuf,
}

/// What was recognised so far.
#[derive(Debug, Default)]
struct Found {
    /// A paragraph a line, a form feed after each page.
    text: String,
    words: usize,
    unsure: usize,
}

impl Found {
    /// Adds a page, as the program writes it as a table: a word a row, with the numbers of its block, paragraph and line.
    fn page(&mut self, table: &str) {
        let none = std::collections::BTreeSet::new();
        let (mut paragraph, mut line) = (String::new(), String::new());
        let mut place: Option<[&str; 3]> = None;
        for row in table.lines().skip(1) {
            let fields: Vec<&str> = row.split('\t').collect();
            let [_, _, block, within, number, .., sure, word] = fields[..] else { continue };
            let word: String = word.chars().filter(|c| !is_direction(*c)).collect();
            let word = word.trim();
            if word.is_empty() {
                continue;
            }
            self.words += 1;
            self.unsure += usize::from(sure.parse::<f32>().is_ok_and(|sure| sure < UNSURE));
            let here = [block, within, number];
            if place.is_some_and(|before| before != here) {
                join_line(&mut paragraph, &mut line, &none);
            }
            if place.is_some_and(|before| before[..2] != here[..2]) {
                self.end_paragraph(&mut paragraph);
            }
            place = Some(here);
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        join_line(&mut paragraph, &mut line, &none);
        self.end_paragraph(&mut paragraph);
        self.text.push('\u{c}');
    }

    fn end_paragraph(&mut self, paragraph: &mut String) {
        if !paragraph.is_empty() {
            self.text.push_str(paragraph);
            self.text.push('\n');
            paragraph.clear();
        }
    }
}

fn join_line(paragraph: &mut String, line: &mut String, none: &std::collections::BTreeSet<String>) {
    if paragraph.is_empty() {
        paragraph.push_str(line);
    } else if !line.is_empty() {
        join(paragraph, line, none);
    }
    line.clear();
}

/// Marks of direction, which the program puts in.
const fn is_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}')
}

/// The languages to recognise, as the program wants them named, by those that are installed; and a folder to work in.
fn languages(name: &str, wanted: Option<&Lang>) -> Result<(String, TempDir), ReadError> {
    let outside =
        Outside::new(TESSERACT).map_err(|source| ReadError::Io { name: name.to_owned(), source })?;
    let listed = answer(name, TESSERACT, outside.argument("--list-langs"))?;
    let text = String::from_utf8_lossy(&listed.output).into_owned();
    let installed: Vec<&str> = text.lines().skip(1).map(str::trim).filter(|l| *l != "osd").collect();
    match chosen(&installed, wanted) {
        Ok(languages) => Ok((languages, listed.folder)),
        Err(missing) => Err(refused(
            name,
            format!("it is a PDF of pictures, and {TESSERACT} has no data for the language {missing}"),
            "install the data (Debian and Ubuntu: apt install tesseract-ocr-ara, or the code of another language in \
             place of ara), or name another language",
        )),
    }
}

/// The languages of `installed` to recognise; else the one that is missing.
fn chosen(installed: &[&str], wanted: Option<&Lang>) -> Result<String, String> {
    let has = |name: &&str| installed.contains(name);
    let Some(wanted) = wanted else {
        let usual: Vec<&str> = ["ara", "eng"].into_iter().filter(has).collect();
        return match (&usual[..], installed.first()) {
            ([], None) => Err("any".to_owned()),
            ([], Some(first)) => Ok((*first).to_owned()),
            (usual, _) => Ok(usual.join("+")),
        };
    };
    let code = wanted.primary();
    let called = NAMES.iter().find(|(own, _)| *own == code).map_or(code, |(_, name)| *name);
    if !has(&called) {
        return Err(code.to_owned());
    }
    // One alone: beside English, words of other scripts become Latin letters.
    Ok(called.to_owned())
}

/// What a program gives within the bounds of a page.
fn answer(name: &str, program: &str, outside: Outside) -> Result<Answer, ReadError> {
    outside.run(PAGE).map_err(|failed| match failed {
        Failed::Missing => refused(
            name,
            format!("it is a PDF of pictures, and the program {program} was not found"),
            INSTALL,
        ),
        Failed::Late(time) => late(name, program, time),
        Failed::TooMuch => refused(name, format!("{program} says too much"), "cut the PDF into parts"),
        Failed::Io(source) => ReadError::Io { name: name.to_owned(), source },
    })
}

fn late(name: &str, program: &str, time: Duration) -> ReadError {
    let why = format!("{program} took longer than {} seconds", time.as_secs());
    refused(name, why, "cut the PDF into parts")
}

fn refused(name: &str, why: String, hint: &'static str) -> ReadError {
    ReadError::Refused { name: name.to_owned(), why, hint }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_lines_and_paragraphs() {
        let row =
            |place: &str, sure: &str, word: &str| format!("5\t1\t{place}\t1\t0\t0\t9\t9\t{sure}\t{word}\n");
        let table = [
            "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n",
            "4\t1\t1\t1\t1\t0\t0\t0\t9\t9\t-1\t\n",
            &row("1\t1\t1", "96.1", "البيان"),
            &row("1\t1\t1", "41.0", "\u{200f}المشترك\u{200e}"),
            &row("1\t1\t2", "91", "لعام"),
            &row("1\t2\t1", "91", "Second"),
            &row("2\t1\t1", "91", "Third"),
        ]
        .concat();
        let mut found = Found::default();
        found.page(&table);
        found.page("");
        assert_eq!(found.text, "البيان المشترك لعام\nSecond\nThird\n\u{c}\u{c}");
        assert_eq!((found.words, found.unsure), (5, 1));
    }

    #[test]
    fn languages_are_chosen_among_those_installed() {
        let lang = |code: &str| code.parse::<Lang>().unwrap();
        let all = ["ara", "eng", "fra"];
        assert_eq!(chosen(&all, None).unwrap(), "ara+eng");
        assert_eq!(chosen(&["deu"], None).unwrap(), "deu");
        assert_eq!(chosen(&all, Some(&lang("ar-IQ"))).unwrap(), "ara");
        assert_eq!(chosen(&all, Some(&lang("fr"))).unwrap(), "fra");
        assert_eq!(chosen(&all, Some(&lang("ru"))), Err("ru".to_owned()));
        assert_eq!(chosen(&[], None), Err("any".to_owned()));
    }
}
