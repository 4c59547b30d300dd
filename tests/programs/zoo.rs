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
    // The writer of WPS Office writes Word's old format under this name.
    fs::copy(folder.path().join("converted/text.doc"), folder.path().join("text.wps")).unwrap();
    check_read(&folder.path().join("text.wps"), SENTENCE);
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

/// What a script writes, for whom it is left out where the Python environment lacks a library.
const PYTHON: [(&str, &str, &str); 4] = [
    (
        "openpyxl",
        "made.xlsx",
        "b = openpyxl.Workbook()\nb.active['A1'] = CELL\nb.active['B2'] = 12\nb.save(MADE)\n",
    ),
    (
        "docx",
        "made.docx",
        "d = docx.Document()\nd.add_heading('عنوان', 1)\nd.add_paragraph(SENTENCE)\nd.add_table(1, 2).cell(0, 1).text = CELL\n\
         d.save(MADE)\n",
    ),
    (
        "pptx",
        "made.pptx",
        "p = pptx.Presentation()\ns = p.slides.add_slide(p.slide_layouts[1])\ns.shapes.title.text = SENTENCE\n\
         s.shapes.add_table(1, 2, 0, 0, 900000, 900000).table.cell(0, 1).text = CELL\n\
         s.notes_slide.notes_text_frame.text = 'a note'\np.save(MADE)\n",
    ),
    (
        "typst",
        "made.pdf",
        "open(MADE + '.typ', 'w').write('#set text(font: (\"Amiri\", \"Noto Naskh Arabic\"), lang: \"ar\")\\nقاد الوزيران ' + \
         SENTENCE + ' في 2023-2024، ولا سيما الآن.\\n\\n' + CELL)\ntypst.compile(MADE + '.typ', output=MADE)\n",
    ),
];

#[test]
fn what_python_writes_is_read() {
    let Some(python) = tool("MUQABALA_PYTHON", "the zoo of openpyxl, python-docx, python-pptx and typst")
    else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    for (library, name, script) in PYTHON {
        let import = ["-c".to_owned(), format!("import {library}")];
        if !assert_cmd::Command::new(&python).args(import).output().unwrap().status.success() {
            crate::support::left_out::say(name, &format!("since {library} is not in MUQABALA_PYTHON"));
            continue;
        }
        let path = folder.path().join(name);
        let head = format!(
            "# -*- coding: utf-8 -*-\nimport sys, {library}\nMADE, CELL, SENTENCE = sys.argv[1], '{CELL}', '{SENTENCE}'\n"
        );
        let script = folder_script(folder.path(), &(head + script));
        succeed(&python, &[script.into_os_string(), path.clone().into()], folder.path());
        check_read(&path, CELL);
        if library != "openpyxl" {
            check_read(&path, SENTENCE);
        }
        if library == "typst" {
            check_read(&path, "في 2023-2024، ولا سيما الآن.");
        }
    }
}

/// A binary workbook (XLSB, [MS-XLSB]) with one sheet, which no program here writes; LibreOffice reads it as we do.
fn xlsb(rows: &[[&str; 2]]) -> Vec<u8> {
    let record = |kind: u16, data: &[u8]| {
        let mut out =
            if kind < 128 { vec![kind as u8] } else { vec![(kind & 0x7f) as u8 | 0x80, (kind >> 7) as u8] };
        let mut length = data.len();
        loop {
            out.push((length & 0x7f) as u8 | if length > 0x7f { 0x80 } else { 0 });
            length >>= 7;
            if length == 0 {
                break;
            }
        }
        out.extend(data);
        out
    };
    let number = |n: usize| u32::try_from(n).unwrap().to_le_bytes().to_vec();
    let wide = |text: &str| {
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [number(units.len() / 2), units].concat()
    };
    // BrtBeginBook, BrtBeginBundleShs, BrtBundleSh, and the ends.
    let sheet = [number(0), number(1), wide("rId1"), wide("A")].concat();
    let book = [record(131, &[]), record(143, &[]), record(156, &sheet), record(144, &[]), record(132, &[])];
    // BrtBeginSheet, BrtWsDim, BrtBeginSheetData, rows of BrtRowHdr and BrtCellSt, and the ends.
    let size = [number(0), number(rows.len() - 1), number(0), number(1)].concat();
    let mut cells = vec![record(129, &[]), record(148, &size), record(145, &[])];
    for (row, texts) in rows.iter().enumerate() {
        cells.push(record(0, &[number(row), vec![0; 13]].concat()));
        for (column, text) in texts.iter().enumerate() {
            cells.push(record(6, &[number(column), number(0), wide(text)].concat()));
        }
    }
    cells.extend([record(146, &[]), record(130, &[])]);
    let relation = |kind: &str, target: &str| {
        format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/></Relationships>").into_bytes()
    };
    let types = b"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"bin\" ContentType=\"application/vnd.ms-excel.sheet.binary.macroEnabled.main\"/><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/></Types>";
    zipped(&[
        ("[Content_Types].xml", types.to_vec()),
        ("_rels/.rels", relation("officeDocument", "xl/workbook.bin")),
        ("xl/workbook.bin", book.concat()),
        ("xl/_rels/workbook.bin.rels", relation("worksheet", "worksheets/sheet1.bin")),
        ("xl/worksheets/sheet1.bin", cells.concat()),
    ])
}

fn zipped(members: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        out.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut out, bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn a_binary_workbook_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.xlsb");
    fs::write(&path, xlsb(&[[CELL, "the first cell"], ["الثانية", "the second"]])).unwrap();
    for expected in [CELL, "the first cell", "الثانية", "the second"] {
        check_read(&path, expected);
    }
    let Some(soffice) = tool("MUQABALA_SOFFICE", "the binary workbook in LibreOffice") else { return };
    check_read(&convert(&soffice, &path, "xlsx", "xlsx"), "the second");
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
        let members: Vec<_> = members.iter().map(|(name, text)| (*name, text.as_bytes().to_vec())).collect();
        zipped(&members)
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
        ("a.sub", b"{10}{50}Hello|there\n{60}{90}Second\n".to_vec(), "MicroDVD"),
        ("a.lrc", b"[ar:x]\n[00:01.00]One\n[00:05.20]Two\n".to_vec(), "LRC"),
        ("a.smi", b"<SAMI><BODY><SYNC Start=1><P>Hello</BODY></SAMI>".to_vec(), "SAMI"),
        ("a.stl", b"00:00:01:00 , 00:00:03:00 , Hello\n".to_vec(), "Spruce"),
        (
            "a.ttml",
            b"<tt xmlns='http://www.w3.org/ns/ttml'><body><div><p>x</p></div></body></tt>".to_vec(),
            "TTML",
        ),
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
