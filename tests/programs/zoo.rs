//! A zoo of formats: each made here by a program that people use, read, or refused by its name.
//!
//! `scripts/test` says where the programs are: `MUQABALA_SOFFICE`, `MUQABALA_CHROMIUM`, `MUQABALA_PYTHON`. What is not
//! named there is left out, with a line that says so.

use std::fs;
use std::path::{Path, PathBuf};

use crate::document_programs::{convert, print};
use crate::support::documents::{office, statement};
use crate::support::program;
use crate::support::programs::{succeed, tool};

/// A sentence of the statement, and one of the slides and of the tables.
const SENTENCE: &str = "الحوار الثاني للتعاون الأمني";
const CELL: &str = "خلية الجدول الأولى";

/// What `read` says of a file: its status, its results, its messages.
fn read(path: &Path) -> (Option<i32>, String, String) {
    let ran = program().arg("read").arg(path).output().unwrap();
    (ran.status.code(), String::from_utf8(ran.stdout).unwrap(), String::from_utf8(ran.stderr).unwrap())
}

#[track_caller]
fn check_read(path: &Path, expected: &str) {
    let (code, out, said) = read(path);
    let text = out.replace('\u{200f}', "");
    assert!(code == Some(0) && text.contains(expected), "{}: {said}\n{out}", path.display());
}

#[track_caller]
fn check_refused(path: &Path, named: &str) {
    let (code, _, said) = read(path);
    let hint = said.lines().count() > 1;
    assert!(code == Some(2) && said.contains(named) && hint, "{}: {said}", path.display());
}

fn flat(kind: &str, body: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.{kind}"><office:body>{body}</office:body></office:document>"#
    )
}

/// What LibreOffice writes, in every format that it shares with us.
#[test]
fn what_libreoffice_writes_is_read() {
    let Some(soffice) = tool("MUQABALA_SOFFICE", "the zoo of LibreOffice") else { return };
    let folder = tempfile::tempdir().unwrap();
    let made = |name: &str, bytes: &[u8], formats: &[&str], expected: &str| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        check_read(&path, expected);
        for format in formats {
            let extension = format.split(':').next().unwrap_or(format);
            check_read(&convert(&soffice, &path, format, extension), expected);
        }
    };
    made(
        "text.odt",
        &office::odt(&statement()),
        &["docx", "doc", "rtf", "fodt", "epub", "html", "pdf", "txt:Text (encoded):UTF8"],
        SENTENCE,
    );
    let table = format!(
        r#"<office:spreadsheet><table:table table:name="A"><table:table-row><table:table-cell><text:p>{CELL}</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>"#
    );
    made("table.fods", flat("spreadsheet", &table).as_bytes(), &["ods", "xlsx", "xls"], CELL);
    let slides = format!(
        r#"<office:presentation><draw:page draw:name="p"><draw:frame svg:width="15cm" svg:height="3cm" svg:x="1cm" svg:y="1cm"><draw:text-box><text:p>{CELL}</text:p></draw:text-box></draw:frame></draw:page></office:presentation>"#
    );
    made("slides.fodp", flat("presentation", &slides).as_bytes(), &["odp", "pptx", "ppt", "pdf"], CELL);
}

#[test]
fn what_a_browser_prints_is_read() {
    let Some(chromium) = tool("MUQABALA_CHROMIUM", "the zoo of Chromium") else { return };
    let page = format!(
        "<!DOCTYPE html><html lang=ar dir=rtl><meta charset=utf-8><p>قاد الوزيران {SENTENCE} في واشنطن."
    );
    let (folder, pdf) = print(&chromium, &page);
    check_read(&pdf, SENTENCE);
    let html = folder.path().join("page.html");
    check_read(&html, SENTENCE);
}

#[test]
fn what_python_writes_is_read() {
    let Some(python) = tool("MUQABALA_PYTHON", "the zoo of openpyxl and python-docx") else { return };
    let folder = tempfile::tempdir().unwrap();
    let run = |script: String| {
        let script = folder_script(folder.path(), &script);
        succeed(&python, &[script.into_os_string(), folder.path().into()], folder.path());
    };
    run(format!(
        "import sys, openpyxl\nb = openpyxl.Workbook()\nb.active['A1'] = '{CELL}'\nb.active['B2'] = 12\nb.save(sys.argv[1] + '/made.xlsx')\n"
    ));
    check_read(&folder.path().join("made.xlsx"), CELL);
    let has_docx =
        assert_cmd::Command::new(&python).args(["-c", "import docx"]).output().unwrap().status.success();
    if has_docx {
        run(format!(
            "import sys, docx\nd = docx.Document()\nd.add_heading('عنوان', 1)\nd.add_paragraph('{SENTENCE}')\nd.save(sys.argv[1] + '/made.docx')\n"
        ));
        check_read(&folder.path().join("made.docx"), SENTENCE);
    } else {
        crate::support::left_out::say("a DOCX by python-docx", "since it is not in MUQABALA_PYTHON");
    }
}

fn folder_script(folder: &Path, script: &str) -> PathBuf {
    let path = folder.join("script.py");
    fs::write(&path, script).unwrap();
    path
}

/// What no program here writes, in the form that its own has: each is refused by its name, with what to do.
#[test]
fn what_is_not_read_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let zip = |members: &[(&str, &str)]| {
        let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in members {
            out.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            std::io::Write::write_all(&mut out, text.as_bytes()).unwrap();
        }
        out.finish().unwrap().into_inner()
    };
    let xml = |body: &str| format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{body}\n").into_bytes();
    let zoo: Vec<(&str, Vec<u8>, &str)> = vec![
        ("a.pages", zip(&[("Index/Document.iwa", "x"), ("preview.jpg", "x")]), "a Pages document"),
        ("a.key", zip(&[("Index/Presentation.iwa", "x")]), "a Keynote presentation"),
        ("a.numbers", zip(&[("Index/Tables.iwa", "x")]), "a Numbers workbook"),
        (
            "a.idml",
            zip(&[
                ("mimetype", "application/vnd.adobe.indesign-idml-package"),
                ("designmap.xml", "<Document/>"),
            ]),
            "InDesign",
        ),
        (
            "a.fb2",
            xml("<FictionBook xmlns=\"http://www.gribuser.ru/xml/fictionbook/2.0\"><body/></FictionBook>"),
            "FictionBook",
        ),
        (
            "a.dita",
            xml(
                "<!DOCTYPE topic PUBLIC \"-//OASIS//DTD DITA Topic//EN\" \"topic.dtd\">\n<topic id=\"t\"><title>T</title></topic>",
            ),
            "DITA",
        ),
        (
            "a.xml",
            xml("<article xmlns=\"http://docbook.org/ns/docbook\"><para>x</para></article>"),
            "DocBook",
        ),
        ("b.xml", xml("<ledger><entry>x</entry></ledger>"), "the element ledger"),
        ("a.plist", xml("<plist version=\"1.0\"><dict/></plist>"), "property list"),
        ("a.strings", b"\"ok\" = \"OK\";\n\"no\" = \"No\";\n".to_vec(), "strings of an Apple program"),
        ("a.json", b"{\"ok\": \"OK\"}\n".to_vec(), "JSON"),
        ("a.tex", b"\\documentclass{article}\\begin{document}x\\end{document}\n".to_vec(), "LaTeX"),
        ("a.rst", b"Title\n=====\n\nText.\n".to_vec(), "reStructuredText"),
        ("a.adoc", b"= Title\n\nText.\n".to_vec(), "AsciiDoc"),
        ("a.po", b"msgid \"a\"\nmsgstr \"b\"\n".to_vec(), "PO"),
        ("a.csv", b"en,ar\na,b\n".to_vec(), "CSV"),
        ("a.tmx", xml("<tmx version=\"1.4\"><header/><body/></tmx>"), "TMX"),
        ("a.xlf", xml("<xliff version=\"1.2\"/>"), "XLIFF"),
        ("a.png", b"\x89PNG\r\n\x1a\n".to_vec(), "a PNG picture"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c".to_vec(), "7-Zip"),
    ];
    for (name, bytes, named) in zoo {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        check_refused(&path, named);
    }
}
