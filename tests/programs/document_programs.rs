//! Documents and real programs: LibreOffice reads ours as we do, we read what LibreOffice and Chromium make, and
//! PDF through `pdftotext`.
//!
//! `scripts/test` installs the programs and says where they are: `MUQABALA_SOFFICE`, `MUQABALA_PDFTOTEXT`,
//! `MUQABALA_CHROMIUM`. What is not named there is left out, with a line that says so.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use muqabala::bitext::{Bitext, Lang, SegmentedDocument, Sides};
use muqabala::evaluate::Gold;
use muqabala::pipeline;
use muqabala::read::{self, Page, ReadOptions};
use muqabala::segment::{SegmentOptions, segment};
use tempfile::TempDir;

use crate::support::documents::{corpus, office, page, statement};
#[cfg(unix)]
use crate::support::programs::stand_in_for_pdftotext;
use crate::support::programs::tool;
use crate::support::{check_snapshot, program};

/// Has LibreOffice convert the file; gives the path of the result.
pub(crate) fn convert(soffice: &OsString, file: &Path, to: &str, extension: &str) -> PathBuf {
    let folder = file.parent().unwrap();
    let mut profile = OsString::from("-env:UserInstallation=file://");
    profile.push(folder.join("profile"));
    let out = folder.join("converted");
    assert_cmd::Command::new(soffice)
        .arg("--headless")
        .arg(profile)
        .args(["--convert-to", to, "--outdir"])
        .arg(&out)
        .arg(file)
        .env("HOME", folder)
        .timeout(Duration::from_mins(5))
        .assert()
        .success();
    let made = out.join(file.file_name().unwrap()).with_extension(extension);
    assert!(made.is_file(), "LibreOffice made no {}", made.display());
    made
}

fn blocks(file: &Path) -> Vec<String> {
    blocks_with(file, &ReadOptions::default())
}

fn blocks_with(file: &Path, options: &ReadOptions) -> Vec<String> {
    let document =
        read::parse(&file.display().to_string(), fs::read(file).unwrap(), options).unwrap().document;
    document.blocks().iter().map(|b| document.slice(b.span).to_owned()).collect()
}

fn written(name: &str, bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    (folder, path)
}

#[test]
fn libreoffice_reads_our_documents_as_we_do() {
    let Some(soffice) = tool("MUQABALA_SOFFICE", "LibreOffice") else { return };
    for (name, bytes) in [("made.docx", office::docx(&statement())), ("made.odt", office::odt(&statement()))]
    {
        let (_folder, path) = written(name, &bytes);
        let text = fs::read_to_string(convert(&soffice, &path, "txt:Text (encoded):UTF8", "txt")).unwrap();
        let lines: Vec<&str> =
            text.trim_start_matches('\u{feff}').lines().map(str::trim).filter(|l| !l.is_empty()).collect();
        assert_eq!(lines, blocks(&path), "{name}");
    }
}

#[test]
fn what_libreoffice_makes_is_read_whole() {
    let Some(soffice) = tool("MUQABALA_SOFFICE", "LibreOffice") else { return };
    let (_folder, path) = written("made.odt", &office::odt(&statement()));
    let expected = blocks(&path);
    let mut whole = ReadOptions::default();
    whole.page = Page::Whole;
    for (to, extension) in
        [("docx", "docx"), ("odt", "odt"), ("html:HTML (StarWriter)", "html"), ("epub", "epub")]
    {
        let made = convert(&soffice, &path, to, extension);
        assert_eq!(blocks_with(&made, &whole), expected, "{to}");
    }
}

/// Notes, tracked changes, lists and tables go through LibreOffice and come back the same.
#[test]
fn notes_changes_lists_and_tables_survive_libreoffice() {
    let Some(soffice) = tool("MUQABALA_SOFFICE", "LibreOffice") else { return };
    let body = r#"<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator>A</dc:creator><dc:date>2024-07-23T00:00:00</dc:date></office:change-info><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes><text:h text:outline-level="1">العنوان</text:h><text:p>قبل<text:change text:change-id="c1"/> الحاشية<text:note text:id="n1" text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>نص الحاشية</text:p></text:note-body></text:note> وبعدها 23</text:p><text:list><text:list-item><text:p>بند</text:p></text:list-item></text:list><table:table table:name="T"><table:table-column/><table:table-row><table:table-cell office:value-type="string"><text:p>خلية</text:p></table:table-cell></table:table-row></table:table><text:p>آخر</text:p>"#;
    let (_folder, path) = written("notes.odt", &office::odt_of(body));
    let show = |file: &Path| {
        let document = read::parse("x", fs::read(file).unwrap(), &ReadOptions::default()).unwrap().document;
        let lines = document.blocks().iter().map(|b| format!("{:?}|{}", b.kind, document.slice(b.span)));
        lines.collect::<Vec<_>>().join("\n")
    };
    let expected = show(&path);
    insta::assert_snapshot!(expected, @r"
    Heading { level: 1 }|العنوان
    Paragraph|قبل الحاشية وبعدها 23
    ListItem|بند
    TableCell|خلية
    Paragraph|آخر
    Footnote|نص الحاشية
    ");
    for extension in ["docx", "odt"] {
        assert_eq!(show(&convert(&soffice, &path, extension, extension)), expected, "{extension}");
    }
}

const FLAT_PRESENTATION: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" office:mimetype="application/vnd.oasis.opendocument.presentation" office:version="1.2"><office:body><office:presentation>
<draw:page draw:name="1"><draw:frame svg:width="20cm" svg:height="3cm" svg:x="1cm" svg:y="1cm"><draw:text-box><text:p>البيان الختامي 2024 للوفدين</text:p></draw:text-box></draw:frame><draw:frame svg:width="20cm" svg:height="9cm" svg:x="1cm" svg:y="5cm"><draw:text-box><text:list><text:list-item><text:p>بند أول</text:p></text:list-item><text:list-item><text:p>بند ثان 25 %</text:p></text:list-item></text:list></draw:text-box></draw:frame><presentation:notes><draw:frame presentation:class="notes" svg:width="15cm" svg:height="9cm" svg:x="1cm" svg:y="9cm"><draw:text-box><text:p>ملاحظة المتحدث</text:p></draw:text-box></draw:frame></presentation:notes></draw:page>
<draw:page draw:name="2"><draw:frame svg:width="20cm" svg:height="3cm" svg:x="1cm" svg:y="1cm"><draw:text-box><text:p>قبل &amp; بعد &lt;x&gt;</text:p></draw:text-box></draw:frame><draw:frame svg:width="20cm" svg:height="3cm" svg:x="1cm" svg:y="8cm"><table:table><table:table-column/><table:table-column/><table:table-row><table:table-cell><text:p>خلية</text:p></table:table-cell><table:table-cell><text:p>cell</text:p></table:table-cell></table:table-row></table:table></draw:frame></draw:page>
</office:presentation></office:body></office:document>"#;

/// LibreOffice splits runs at every change of script, as Office does.
#[test]
fn presentations_that_libreoffice_made_are_read_whole() {
    let Some(soffice) = tool("MUQABALA_SOFFICE", "LibreOffice") else { return };
    let (_folder, path) = written("slides.fodp", FLAT_PRESENTATION.as_bytes());
    let shown = |extension| {
        let made = convert(&soffice, &path, extension, extension);
        let ran = program().arg("read").arg(&made).output().unwrap();
        String::from_utf8(ran.stdout).unwrap()
    };
    insta::assert_snapshot!(shown("pptx"), @r"
    paragraph	البيان الختامي 2024 للوفدين
    item	بند أول
    item	بند ثان 25 %
    paragraph	ملاحظة المتحدث
    paragraph	قبل & بعد <x>
    cell	خلية
    cell	cell
    ");
}

const FLAT_TABLE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" office:mimetype="application/vnd.oasis.opendocument.spreadsheet" office:version="1.2"><office:body><office:spreadsheet><table:table table:name="T">
<table:table-row><table:table-cell office:value-type="string"><text:p>n</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>source (ar)</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>target (en)</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="float" office:value="1"/><table:table-cell office:value-type="string"><text:p>نعم 2024.</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>Yes 2024.</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="float" office:value="2"/><table:table-cell office:value-type="string"><text:p>سطر &amp;</text:p><text:p>آخر &lt;ب&gt;</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>Another line</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="float" office:value="3"/><table:table-cell/><table:table-cell office:value-type="string"><text:p>Only English</text:p></table:table-cell></table:table-row>
</table:table></office:spreadsheet></office:body></office:document>"#;

#[test]
fn workbooks_that_libreoffice_made_are_read_as_documents_and_as_pairs() {
    let Some(soffice) = tool("MUQABALA_SOFFICE", "LibreOffice") else { return };
    let (folder, path) = written("table.fods", FLAT_TABLE.as_bytes());
    let made = convert(&soffice, &path, "xlsx", "xlsx");
    let expected = [
        "n",
        "source (ar)",
        "target (en)",
        "نعم 2024.",
        "Yes 2024.",
        "سطر &\nآخر <ب>",
        "Another line",
        "Only English",
    ];
    assert_eq!(blocks(&made).iter().map(|b| b.replace('\u{2028}', "\n")).collect::<Vec<_>>(), expected);
    let ran = program()
        .args(["align", "--presegmented", "--format", "tsv", "--from"])
        .arg(&made)
        .current_dir(folder.path())
        .output()
        .unwrap();
    let out = String::from_utf8(ran.stdout).unwrap();
    assert!(out.contains("نعم 2024.\tYes 2024.\t1-1"), "{out}{}", String::from_utf8_lossy(&ran.stderr));
    // A row without a translation gives no text, and is counted.
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(
        !out.contains("Only English") && said.contains("1 unit with text on one side alone"),
        "{out}{said}"
    );
}

fn segmented(name: &str, bytes: Vec<u8>, lang: &Lang) -> SegmentedDocument {
    let read = read::parse(name, bytes, &ReadOptions::default()).unwrap();
    segment(read.document, lang, &SegmentOptions::default())
}

/// Letters and digits alone.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The strict F1 of a PDF against the gold beads by their text. A side of a bead is that of a gold bead if at
/// least 95 % of its letters are, in their order: a sentence more or less is far below that.
fn strict_f1(pdf: &Path) -> f64 {
    let (arabic, english) = (Lang::arabic(), Lang::english());
    let corpus_side = |name: &str, lang| segmented(name, fs::read(corpus().join(name)).unwrap(), lang);
    let (plain, target) = (corpus_side("ar.txt", &arabic), corpus_side("en.txt", &english));
    let gold = Gold::parse(&fs::read_to_string(corpus().join("gold.tsv")).unwrap()).unwrap();
    let mut wanted: Vec<_> = gold
        .beads()
        .iter()
        .filter_map(|b| {
            // Its segments, which stand together in this gold.
            let range = |indices: &[u32]| Some(*indices.first()? as usize..*indices.last()? as usize + 1);
            Some((letters(plain.range_text(range(b.source())?)), range(b.target())?))
        })
        .collect();
    let bitext = Bitext {
        documents: Sides::new(segmented("x.pdf", fs::read(pdf).unwrap(), &arabic), target),
        languages: Sides::new(arabic, english),
    };
    let alignment = pipeline::align(&bitext, &pipeline::AlignOptions::default()).unwrap();
    let found: Vec<_> = alignment.beads().iter().map(|b| b.bead).filter(|b| !b.is_null()).collect();
    let (of_found, of_gold) = (found.len(), wanted.len());
    let mut hits = 0;
    for bead in found {
        let source = letters(bitext.documents.source.range_text(bead.source.indices()));
        let same = |w: &(String, std::ops::Range<usize>)| {
            w.1 == bead.target.indices() && strsim::normalized_levenshtein(&w.0, &source) >= 0.95
        };
        if let Some(at) = wanted.iter().position(same) {
            wanted.swap_remove(at);
            hits += 1;
        }
    }
    2.0 * f64::from(hits) / (of_found + of_gold) as f64
}

fn check_pdf(name: &str, pdf: &Path) {
    let ran = program().arg("read").arg(pdf).output().unwrap();
    let messages = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(ran.status.success(), "{messages}");
    assert!(messages.contains("letters are known"), "{messages}");
    let text = String::from_utf8(ran.stdout).unwrap();
    assert!(text.contains("22 و23 تموز 2024، حيث"), "numbers and commas are in order: {text}");
    assert!(!text.contains(['\u{202a}', '\u{202b}', '\u{202c}']));
    let f1 = strict_f1(pdf);
    assert!(f1 > 0.9999, "{name}: strict F1 {f1:.4}\n{text}");
}

/// Has Chromium print a page; gives the path of the PDF.
pub(crate) fn print(chromium: &OsString, html: &str) -> (TempDir, PathBuf) {
    let (folder, path) = written("page.html", html.as_bytes());
    let pdf = folder.path().join("page.pdf");
    let mut print = OsString::from("--print-to-pdf=");
    print.push(&pdf);
    assert_cmd::Command::new(chromium)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"])
        .arg(print)
        .arg(format!("file://{}", path.display()))
        .env("HOME", folder.path())
        .timeout(Duration::from_mins(3))
        .assert()
        .success();
    (folder, pdf)
}

#[test]
fn a_pdf_that_libreoffice_made_is_aligned() {
    let Some(soffice) = tool("MUQABALA_SOFFICE", "a PDF by LibreOffice") else { return };
    let (_folder, path) = written("made.docx", &office::docx(&statement()));
    check_pdf("LibreOffice", &convert(&soffice, &path, "pdf", "pdf"));
}

#[test]
fn a_pdf_that_chromium_made_is_aligned() {
    let Some(chromium) = tool("MUQABALA_CHROMIUM", "a PDF by Chromium") else { return };
    let (_folder, pdf) = print(&chromium, &page::article(&statement()));
    check_pdf("Chromium", &pdf);
}

/// A stand-in for `pdftotext` shows what happens with its answers, wherever the tests run.
#[cfg(unix)]
#[test]
fn pdf_is_refused_without_pdftotext_and_read_with_it() {
    let (folder, path) = written("x.pdf", b"%PDF-1.7\n...");
    let read_with = |script: Option<&str>| {
        let bin = folder.path().join("bin");
        let _ = fs::remove_dir_all(&bin);
        fs::create_dir(&bin).unwrap();
        if let Some(script) = script {
            stand_in_for_pdftotext(&bin, script);
        }
        let ran =
            program().current_dir(folder.path()).env("PATH", &bin).args(["read", "x.pdf"]).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        format!("{}{}", text(ran.stdout), text(ran.stderr))
    };
    assert!(path.is_file());
    let shown = [
        read_with(None),
        read_with(Some("echo 'A paragraph of the text.'")),
        read_with(Some("echo 'Command Line Error: Incorrect password' >&2; exit 1")),
        read_with(Some("echo 'Syntax Error: no trailer' >&2; exit 1")),
        read_with(Some("echo")),
    ];
    check_snapshot("read", "pdf-answers", &shown.join("\n"));
}

/// A program that hangs, with a child, and where it notes their process ids.
#[cfg(unix)]
fn hanging_pdftotext(folder: &Path) -> (PathBuf, PathBuf) {
    let (bin, note) = (folder.join("bin"), folder.join("note"));
    fs::create_dir(&bin).unwrap();
    fs::create_dir(folder.join("temporary")).unwrap();
    let note_shown = note.display();
    stand_in_for_pdftotext(&bin, &format!("/bin/sleep 600 & echo \"$$ $! .\" >'{note_shown}'; wait"));
    (bin, note)
}

/// Waits until the program has noted its ids.
#[cfg(unix)]
fn noted(note: &Path) -> Vec<String> {
    for _ in 0..3000 {
        let ids: Vec<String> =
            fs::read_to_string(note).unwrap_or_default().split_whitespace().map(str::to_owned).collect();
        if ids.len() == 3 {
            return ids[..2].to_vec();
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("the stand-in was never started");
}

#[cfg(unix)]
#[track_caller]
fn check_gone(ids: &[String], folder: &Path) {
    let runs = |id: &String| {
        let state = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
        !state.is_empty() && !state.contains(") Z")
    };
    for _ in 0..500 {
        if !ids.iter().any(runs) {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(!ids.iter().any(runs), "the program or its child still runs");
    let left: Vec<_> = fs::read_dir(folder.join("temporary")).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
}

#[cfg(unix)]
#[test]
fn whatever_ends_the_program_ends_pdftotext_and_removes_its_file() {
    for signal in crate::support::ending_signals() {
        is_ended_with_pdftotext(signal);
    }
}

#[cfg(unix)]
fn is_ended_with_pdftotext(signal: &str) {
    let (folder, _path) = written("x.pdf", b"%PDF-1.7\n...");
    let (bin, note) = hanging_pdftotext(folder.path());
    let mut child = crate::support::plain()
        .args(["read", "x.pdf"])
        .current_dir(folder.path())
        .env("PATH", &bin)
        .env("TMPDIR", folder.path().join("temporary"))
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let ids = noted(&note);
    let sent = std::process::Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    assert!(!child.wait().unwrap().success());
    check_gone(&ids, folder.path());
}

#[cfg(unix)]
#[test]
fn the_time_limit_of_batch_ends_pdftotext_and_removes_its_file() {
    let (folder, _path) = written("pairs.tsv", b"x.pdf\ty.txt\n");
    fs::write(folder.path().join("x.pdf"), b"%PDF-1.7\n...").unwrap();
    fs::write(folder.path().join("y.txt"), "One sentence.\n").unwrap();
    let (bin, note) = hanging_pdftotext(folder.path());
    let ran = program()
        .args(["batch", "pairs.tsv", "--timeout", "3", "--output", "out"])
        .current_dir(folder.path())
        .env("PATH", &bin)
        .env("TMPDIR", folder.path().join("temporary"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(said.contains("took longer than 3 s"), "{said}");
    check_gone(&noted(&note), folder.path());
}

/// Older formats, made by LibreOffice, come back through it; workbooks without it.
#[test]
fn older_formats_are_read() {
    let Some(soffice) = tool("MUQABALA_SOFFICE", "older formats by LibreOffice") else { return };
    let (_folder, path) = written("made.odt", &office::odt(&statement()));
    let expected = blocks(&path);
    for (to, extension) in [("doc", "doc"), ("rtf", "rtf"), ("fodt", "fodt")] {
        assert_eq!(blocks(&convert(&soffice, &path, to, extension)), expected, "{to}");
    }
    let (_folder, path) = written("table.fods", FLAT_TABLE.as_bytes());
    let expected = blocks(&path);
    assert!(expected.contains(&"Only English".to_owned()), "{expected:?}");
    // A cell of two paragraphs is one of two lines there.
    let cells = |blocks: Vec<String>| blocks.join("\n").replace('\u{2028}', "\n");
    assert_eq!(cells(blocks(&convert(&soffice, &path, "xls", "xls"))), cells(expected));
    let (_folder, path) = written("slides.fodp", FLAT_PRESENTATION.as_bytes());
    let slides = blocks(&convert(&soffice, &path, "ppt", "ppt"));
    for line in ["البيان الختامي 2024 للوفدين", "بند ثان 25 %", "قبل & بعد <x>"]
    {
        assert!(slides.iter().any(|b| b == line), "{line}: {slides:?}");
    }
}
