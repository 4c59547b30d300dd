//! Arabic PDFs: made here by LibreOffice, Chromium, XeLaTeX and Pango (cairo) in several fonts, read, and compared word by word with
//! what was printed.
//!
//! `scripts/test` installs the programs and the fonts and says where they are: `MUQABALA_SOFFICE`,
//! `MUQABALA_CHROMIUM`, `MUQABALA_XELATEX`, `MUQABALA_PANGO`. What is not named there is left out, with a line that says so.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use unicode_normalization::UnicodeNormalization;

use crate::document_programs::{convert, print};
use crate::support::documents::corpus;
use crate::support::program;
use crate::support::programs::tool;

/// Running text with all that goes wrong in PDFs: lam-alef, numbers, ranges, dates, Latin words, brackets.
const PLAIN: &str = include_str!("../fixtures/pdf/plain.txt");
/// A story with all its harakat.
const VOCALISED: &str = include_str!("../fixtures/pdf/vocal.txt");
/// Every form of lam with alef, without anything that Arabic fonts may lack.
const LAM_ALEF: &str = include_str!("../fixtures/pdf/lam-alef.txt");

/// Fonts of Debian, of different makers.
const FONTS: [&str; 5] = ["Amiri", "Scheherazade", "KacstBook", "Noto Naskh Arabic", "Noto Sans Arabic"];

fn page(text: &str, font: &str, style: &str) -> String {
    let paragraphs: String = text.lines().map(|l| format!("<p>{l}</p>")).collect();
    format!(
        "<!DOCTYPE html><html lang=ar dir=rtl><meta charset=utf-8><style>body{{font-family:'{font}';font-size:13pt;\
         text-align:justify;{style}}}td{{width:9em}}</style><body>{paragraphs}</body></html>"
    )
}

fn flat_document(text: &str, font: &str) -> String {
    let paragraphs: String =
        text.lines().map(|l| format!("<text:p text:style-name=\"P\">{l}</text:p>")).collect();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text"><office:font-face-decls><style:font-face style:name="F" svg:font-family="'{font}'"/></office:font-face-decls><office:automatic-styles><style:style style:name="P" style:family="paragraph"><style:paragraph-properties fo:text-align="justify" style:writing-mode="rl-tb" fo:margin-bottom="0.2cm"/><style:text-properties style:font-name="F" style:font-name-complex="F" fo:font-size="13pt" style:font-size-complex="13pt" style:language-complex="ar" style:country-complex="EG"/></style:style></office:automatic-styles><office:body><office:text>{paragraphs}</office:text></office:body></office:document>"#
    )
}

/// The words of a text; with `Harakat::Aside` without marks.
fn words(text: &str, harakat: Harakat) -> Vec<String> {
    let mark = |c: &char| ('\u{64b}'..='\u{65f}').contains(c) || matches!(c, '\u{670}' | '\u{640}');
    text.split_whitespace()
        .map(|word| word.nfc().filter(|c| harakat == Harakat::In || !mark(c)).collect())
        .collect()
}

#[derive(Clone, Copy, PartialEq)]
enum Harakat {
    In,
    Aside,
}

/// Words put in, left out or changed, of a hundred printed.
fn word_error(printed: &str, read: &str, harakat: Harakat) -> f64 {
    let (printed, read) = (words(printed, harakat), words(read, harakat));
    let wrong = strsim::generic_levenshtein(&Listed(&printed), &Listed(&read));
    100.0 * wrong as f64 / printed.len() as f64
}

struct Listed<'a>(&'a [String]);

impl<'b> IntoIterator for &'b Listed<'_> {
    type Item = &'b String;
    type IntoIter = std::slice::Iter<'b, String>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// What `read` gives of a PDF, a block a line.
fn read(pdf: &Path) -> Vec<String> {
    let ran = program().arg("read").arg(pdf).output().unwrap();
    let messages = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(ran.status.success(), "{messages}");
    assert!(messages.contains("letters are known"), "{messages}");
    let out = String::from_utf8(ran.stdout).unwrap();
    out.lines().map(|l| l.split_once('\t').unwrap().1.to_owned()).collect()
}

#[track_caller]
fn check(name: &str, pdf: &Path, printed: &str) {
    let text = read(pdf).join("\n");
    let (aside, within) =
        (word_error(printed, &text, Harakat::Aside), word_error(printed, &text, Harakat::In));
    assert!(aside <= 1.0 && within <= 3.0, "{name}: {aside:.2} % / {within:.2} % of words wrong:\n{text}");
    for word in ["لا", "إلا", "خلال", "دولار", "ولا", "الآن", "لآلئ", "القلآن", "فلأهل", "وللإخوة"]
    {
        let count = |text: &str| words(text, Harakat::Aside).iter().filter(|w| *w == word).count();
        assert_eq!(count(&text), count(printed), "{name}: {word}\n{text}");
    }
}

#[test]
fn what_libreoffice_printed_is_read_word_by_word() {
    let Some(soffice) = tool("MUQABALA_SOFFICE", "Arabic PDF by LibreOffice") else { return };
    for font in FONTS {
        for (kind, text) in [("plain", PLAIN), ("vocalised", VOCALISED)] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("made.fodt");
            fs::write(&path, flat_document(text, font)).unwrap();
            check(&format!("LibreOffice, {font}, {kind}"), &convert(&soffice, &path, "pdf", "pdf"), text);
        }
    }
}

#[test]
fn what_chromium_printed_is_read_word_by_word() {
    let Some(chromium) = tool("MUQABALA_CHROMIUM", "Arabic PDF by Chromium") else { return };
    for font in FONTS {
        for (kind, text, style) in
            [("plain", PLAIN, ""), ("vocalised", VOCALISED, ""), ("two columns", PLAIN, "column-count:2")]
        {
            let (_folder, pdf) = print(&chromium, &page(text, font, style));
            check(&format!("Chromium, {font}, {kind}"), &pdf, text);
        }
    }
}

/// What needs no repair is not changed: of the words of the statement at most 1 in 2,000, over all fonts.
#[test]
fn clean_words_stay_as_they_are() {
    let Some(chromium) = tool("MUQABALA_CHROMIUM", "clean words in PDF by Chromium") else { return };
    let statement =
        fs::read_to_string(corpus().join("ar.txt")).unwrap().replace(['\u{200e}', '\u{200f}'], "");
    let printed = words(&statement, Harakat::Aside);
    let (mut wrong, mut all) = (0, 0);
    for font in FONTS {
        let (_folder, pdf) = print(&chromium, &page(&statement, font, ""));
        let found = words(&read(&pdf).join("\n"), Harakat::Aside);
        wrong += strsim::generic_levenshtein(&Listed(&printed), &Listed(&found));
        all += printed.len();
    }
    assert!(all > 4000 && wrong * 2000 <= all, "{wrong} of {all} words are changed");
}

#[test]
fn tables_are_read_row_by_row() {
    let Some(chromium) = tool("MUQABALA_CHROMIUM", "tables in PDF by Chromium") else { return };
    let rows = [
        ["البلد", "العاصمة", "السكان"],
        ["لبنان", "بيروت", "5.5"],
        ["الأردن", "عمّان", "11.3"],
        ["إيران", "طهران", "89.2"],
    ];
    let cells = |r: &[&str; 3]| r.map(|c| format!("<td>{c}</td>")).concat();
    let table: String = rows.iter().map(|r| format!("<tr>{}</tr>", cells(r))).collect();
    let (_folder, pdf) =
        print(&chromium, &page(&format!("الجدول الأول\n<table>{table}</table>"), "Amiri", ""));
    let expected: Vec<&str> = ["الجدول الأول"].into_iter().chain(rows.iter().flatten().copied()).collect();
    assert_eq!(read(&pdf), expected);
}

/// Numbers with signs between them at the head of paragraphs, of cells and of lines that wrap, and lines of Arabic
/// paragraphs without an Arabic letter.
#[test]
fn numbers_and_latin_words_at_the_heads_of_lines_are_read_in_order() {
    let Some(chromium) = tool("MUQABALA_CHROMIUM", "numbers in PDF by Chromium") else { return };
    let lines = [
        "جدول المواعيد والأرقام الهاتفية للمكتب الرئيسي",
        "2023-05-12",
        "011-234-5678",
        "978-3-16-148410-0",
        "2024-01-31 إلى 2024-12-31",
        "5-2 التعاريف",
        "$100 ثمن الكتاب",
        "صدر القرار عن منظمة الأمم المتحدة في مدينة جنيف السويسرية وعن الاتحاد الأوروبي<br>(EU).",
        "رقم هاتف المكتب الرئيسي للوزارة في مدينة الرياض عاصمة المملكة العربية السعودية وهو 00966-11-2345678 طوال اليوم",
        "اتصلوا بالشركة التي صنعت هذا البرنامج في مقرها الرئيسي الذي يقع في أمريكا وهي شركة Microsoft (USA).",
    ];
    // Whatever the width, each wraps somewhere else.
    for width in [60, 75, 90, 105, 140] {
        for font in ["Amiri", "Noto Sans Arabic"] {
            let style = format!("text-align:right;width:{width}mm");
            let (_folder, pdf) = print(&chromium, &page(&lines.join("\n"), font, &style));
            let text = read(&pdf).join(" ");
            for line in lines.iter().flat_map(|l| l.split("<br>")) {
                assert!(text.contains(line), "{font}, {width} mm: {line}:\n{text}");
            }
        }
    }
    let cells =
        "<table><tr><td>2023-05-12<td>الصدور<tr><td>12-05-2023<td>النشر<tr><td>(EU).<td>الجهة</table>";
    let (_folder, pdf) = print(&chromium, &page(cells, "Amiri", ""));
    assert_eq!(read(&pdf), ["2023-05-12", "الصدور", "12-05-2023", "النشر", "(EU).", "الجهة"]);
}

/// Shadows and outlines are drawn as letters over letters.
#[test]
fn letters_with_shadows_are_read_once() {
    let words = "تقرير اقتصادي عن عام 2023 ومُلحَقاته: Economic Report, all cells";
    if let Some(chromium) = tool("MUQABALA_CHROMIUM", "shadows in PDF by Chromium") {
        for shadow in ["1px 1px #999", "2px 2px #ccc", "0 0.5px, 0.5px 0, 0 -0.5px, -0.5px 0"] {
            let (_folder, pdf) = print(&chromium, &page(words, "Amiri", &format!("text-shadow:{shadow}")));
            assert_eq!(read(&pdf), [words], "{shadow}");
        }
    }
    let Some(soffice) = tool("MUQABALA_SOFFICE", "shadows in PDF by LibreOffice") else { return };
    for effect in
        ["fo:text-shadow=\"1pt 1pt\"", "style:text-outline=\"true\"", "style:font-relief=\"embossed\""]
    {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("made.fodt");
        let text = flat_document(words, "Amiri").replace("fo:font-size=", &format!("{effect} fo:font-size="));
        fs::write(&path, text).unwrap();
        assert_eq!(read(&convert(&soffice, &path, "pdf", "pdf")), [words], "{effect}");
    }
}

/// Cells of several lines stay whole, in both directions; columns are read one after the other, however many there are.
#[test]
fn cells_of_several_lines_and_many_columns_are_read_in_order() {
    let Some(chromium) = tool("MUQABALA_CHROMIUM", "tables and columns in PDF by Chromium") else { return };
    let rows = [
        ["المادة", "التزام الطرف المتعاقد", "الموعد"],
        [
            "1",
            "على المقاول أن يسلم المعدات في الموقع المذكور في الملحق وأن يقوم بتركيبها هناك.",
            "30 يونيو 2024",
        ],
        ["2", "على العميل أن يدفع الثمن المتفق عليه خلال ثلاثين يوما.", "31 يوليو 2024"],
        ["3", "على الطرفين أن يحافظا على سرية جميع المعلومات التي يتلقيانها بموجب هذا العقد.", "بلا حد"],
    ];
    let cells = |r: &[&str; 3]| r.map(|c| format!("<td>{c}</td>")).concat();
    let table: String = rows.iter().map(|r| format!("<tr>{}</tr>", cells(r))).collect();
    let style = "}td{vertical-align:top;border:1px solid;padding:4px 8px";
    let (_folder, pdf) = print(&chromium, &page(&format!("<table>{table}</table>"), "Amiri", style));
    assert_eq!(read(&pdf), rows.concat());
    let sentence = "The delegations of the two countries met in the capital on Tuesday to discuss the implementation \
        of the agreement signed last year.";
    let paragraphs: Vec<String> = (1..=12).map(|n| format!("{n}. {sentence} {sentence}")).collect();
    for columns in [2, 3, 4] {
        let style =
            format!("direction:ltr;text-align:left;font-size:10pt;column-gap:0.6cm;columns:{columns}");
        let (_folder, pdf) = print(&chromium, &page(&paragraphs.join("\n"), "DejaVu Serif", &style));
        assert_eq!(read(&pdf).join(" "), paragraphs.join(" "), "{columns} columns");
    }
}

/// Heads and page numbers go; paragraphs go on over pages.
#[test]
fn heads_and_page_numbers_are_no_text() {
    let Some(chromium) = tool("MUQABALA_CHROMIUM", "heads in PDF by Chromium") else { return };
    let long = PLAIN.repeat(12);
    let style =
        "}@page{size:A5;margin:2cm;@top-center{content:'تقرير سنوي'}@bottom-center{content:counter(page)}";
    let (_folder, pdf) = print(&chromium, &page(&long, "Amiri", style));
    let blocks = read(&pdf);
    assert!(blocks.iter().all(|b| !b.contains("تقرير سنوي") && b.parse::<u32>().is_err()), "{blocks:#?}");
    assert!(word_error(&long, &blocks.join("\n"), Harakat::In) <= 1.0);
}

#[test]
fn what_xelatex_printed_is_read_word_by_word() {
    let Some(xelatex) = tool("MUQABALA_XELATEX", "Arabic PDF by XeLaTeX") else { return };
    for font in ["Amiri", "Scheherazade", "Noto Naskh Arabic", "Noto Sans Arabic"] {
        for (kind, text) in [("plain", PLAIN), ("vocalised", VOCALISED), ("lam-alef", LAM_ALEF)] {
            // The fonts of Noto have no brackets and no dashes: XeLaTeX prints boxes for them.
            if kind != "plain" || !font.starts_with("Noto") {
                let (_folder, pdf) = typeset(&xelatex, text, font);
                check(&format!("XeLaTeX, {font}, {kind}"), &pdf, text);
            }
        }
    }
}

/// Pango writes PDF by cairo, as many programs of GNOME do.
#[test]
fn what_pango_printed_is_read_word_by_word() {
    let Some(pango) = tool("MUQABALA_PANGO", "Arabic PDF by Pango") else { return };
    for font in FONTS {
        for (kind, text) in [("plain", PLAIN), ("vocalised", VOCALISED), ("lam-alef", LAM_ALEF)] {
            let folder = tempfile::tempdir().unwrap();
            fs::write(folder.path().join("made.txt"), text).unwrap();
            assert_cmd::Command::new(&pango)
                .args(["-q", "--width", "480", "--justify", "--font", &format!("{font} 13")])
                .args(["--output", "made.pdf", "made.txt"])
                .current_dir(folder.path())
                .timeout(Duration::from_mins(1))
                .assert()
                .success();
            check(&format!("Pango, {font}, {kind}"), &folder.path().join("made.pdf"), text);
        }
    }
}

fn typeset(xelatex: &OsString, text: &str, font: &str) -> (tempfile::TempDir, PathBuf) {
    // TeX--XeT turns nothing round by itself: what runs from left to right is named.
    let latin = regex::Regex::new(r"[A-Za-z0-9][A-Za-z0-9.,:/@ ]*[A-Za-z0-9]|[A-Za-z0-9]").unwrap();
    let paragraph = |line: &str| {
        let line = latin.replace_all(line, "{\\beginL $0\\endL}").replace('%', "\\%");
        format!("\\noindent\\beginR {line}\\endR\\par\n")
    };
    let body: String = text.lines().map(paragraph).collect();
    let source = format!(
        "\\documentclass[12pt]{{article}}\\usepackage{{fontspec}}\\usepackage[margin=2.5cm]{{geometry}}\
         \\setmainfont[Script=Arabic]{{{font}}}\\TeXXeTstate=1\\begin{{document}}\n{body}\\end{{document}}\n"
    );
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("made.tex"), source).unwrap();
    assert_cmd::Command::new(xelatex)
        .args(["-interaction=batchmode", "made.tex"])
        .current_dir(folder.path())
        .timeout(Duration::from_mins(5))
        .assert()
        .success();
    let pdf = folder.path().join("made.pdf");
    (folder, pdf)
}
