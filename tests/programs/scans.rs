//! PDFs of pictures: refused with what to do, and read through `tesseract` where it is asked for and installed.
//!
//! `scripts/test` installs the programs and says where they are: `MUQABALA_TESSERACT`, `MUQABALA_CHROMIUM`. What is not
//! named there is left out, with a line that says so.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use crate::document_programs::print;
use crate::support::program;
use crate::support::programs::{stand_in, tool};

/// What was printed before it became a picture.
const PRINTED: &str = "قاد وزيرا الدفاع الحوار الثاني للتعاون الأمني المشترك في واشنطن العاصمة، وناقش الوفدان مجموعة من القضايا الأمنية.\n\
    وأكد الجانبان أهمية استمرار العراق في تقديم الدعم للتحالف الدولي، ولا سيما في تدريب القوات.";

/// What stands for tesseract when it is asked for its languages.
#[cfg(unix)]
const LIST: &str = "if [ \"$1\" = --list-langs ]; then echo 'List of languages (1):'; echo LANG; exit; fi";

/// A PDF whose pages are the pictures of the pages of `pdf`.
fn scanned(pdf: &Path, folder: &Path) -> Vec<u8> {
    pages(&pictures(pdf, folder))
}

/// The pictures of the pages of `pdf`.
fn pictures(pdf: &Path, folder: &Path) -> Vec<Page> {
    assert_cmd::Command::new("pdftoppm")
        .args(["-gray", "-r", "200"])
        .arg(pdf)
        .arg(folder.join("page"))
        .timeout(Duration::from_mins(2))
        .assert()
        .success();
    let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    names.retain(|name| name.extension().is_some_and(|e| e == "pgm"));
    names.sort();
    names.iter().map(|name| Page::Picture(fs::read(name).unwrap())).collect()
}

/// A page of a PDF.
enum Page {
    /// A picture as `pdftoppm` writes it.
    Picture(Vec<u8>),
    /// A line of letters.
    Letters(&'static str),
}

/// A PDF with these pages.
fn pages(pages: &[Page]) -> Vec<u8> {
    let mut objects = vec![b"<</Type/Catalog/Pages 2 0 R>>".to_vec(), Vec::new()];
    let mut kids = String::new();
    for each in pages {
        let picture = match each {
            Page::Picture(picture) => picture,
            Page::Letters(text) => {
                let (page, content) = (objects.len() + 1, objects.len() + 2);
                kids.push_str(&format!("{page} 0 R "));
                objects.push(format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {content} 0 R/Resources<</Font<</F <</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>").into_bytes());
                let drawn = format!("BT /F 14 Tf 70 700 Td ({text}) Tj ET");
                objects.push(format!("<</Length {}>>stream\n{drawn}\nendstream", drawn.len()).into_bytes());
                continue;
            }
        };
        let head: Vec<&[u8]> = picture.splitn(4, u8::is_ascii_whitespace).collect();
        let number = |bytes: &[u8]| std::str::from_utf8(bytes).unwrap().parse::<usize>().unwrap();
        let (width, height) = (number(head[1]), number(head[2]));
        let dots = &picture[picture.len() - width * height..];
        let (page, content, image) = (objects.len() + 1, objects.len() + 2, objects.len() + 3);
        kids.push_str(&format!("{page} 0 R "));
        objects.push(format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {content} 0 R/Resources<</XObject<</I {image} 0 R>>>>>>").into_bytes());
        objects.push(b"<</Length 27>>stream\n595 0 0 842 0 0 cm /I Do   \nendstream".to_vec());
        let mut object = format!("<</Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceGray/BitsPerComponent 8/Length {}>>stream\n", dots.len()).into_bytes();
        object.extend_from_slice(dots);
        object.extend_from_slice(b"\nendstream");
        objects.push(object);
    }
    objects[1] = format!("<</Type/Pages/Kids[{kids}]/Count {}>>", pages.len()).into_bytes();
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(out.len());
        writeln!(out, "{number} 0 obj").unwrap();
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let start = out.len();
    writeln!(out, "xref\n0 {}\n0000000000 65535 f ", places.len() + 1).unwrap();
    for place in &places {
        writeln!(out, "{place:010} 00000 n ").unwrap();
    }
    writeln!(out, "trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF", places.len() + 1).unwrap();
    out
}

/// What is recognised differs in few words from what was printed; the temporary folder is left empty.
#[test]
fn a_scanned_page_is_recognised_where_asked_for() {
    let (Some(_), Some(chromium)) = (
        tool("MUQABALA_TESSERACT", "text recognition by tesseract"),
        tool("MUQABALA_CHROMIUM", "a page to be scanned"),
    ) else {
        return;
    };
    let paragraphs: String = PRINTED.lines().map(|l| format!("<p>{l}</p>")).collect();
    let page = format!(
        "<!DOCTYPE html><html lang=ar dir=rtl><meta charset=utf-8><style>body{{font-family:'Noto Naskh Arabic';font-size:18pt}}</style>{paragraphs}"
    );
    let (folder, pdf) = print(&chromium, &page);
    let (pictures, temporary) = (folder.path().join("pictures"), folder.path().join("temporary"));
    fs::create_dir(&pictures).unwrap();
    fs::create_dir(&temporary).unwrap();
    let path = folder.path().join("scan.pdf");
    fs::write(&path, scanned(&pdf, &pictures)).unwrap();
    let read = |more: &[&str]| {
        let ran = program().env("TMPDIR", &temporary).arg("read").arg(&path).args(more).output().unwrap();
        (ran.status.code(), String::from_utf8(ran.stdout).unwrap(), String::from_utf8(ran.stderr).unwrap())
    };
    let (code, _, said) = read(&[]);
    assert_eq!(code, Some(2));
    assert!(said.contains("a PDF without text, such as a scan") && said.contains("--ocr"), "{said}");
    let (code, out, said) = read(&["--ocr", "--lang", "ar"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("recognised by tesseract (ara"), "{said}");
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
    };
    let text: String = out.lines().map(|l| l.split_once('\t').unwrap().1.to_owned() + "\n").collect();
    let (printed, found) = (words(PRINTED), words(&text));
    let missing = printed.iter().filter(|word| !found.contains(word)).count();
    assert!(missing * 10 <= printed.len(), "{missing} of {} words are missing:\n{text}", printed.len());
    assert!((2..=4).contains(&text.lines().count()), "{text}");
    assert_eq!(fs::read_dir(&temporary).unwrap().count(), 0);
}

/// A page that is a picture among pages with letters is named, and read in its place where asked for.
#[test]
fn a_scanned_page_among_others_is_recognised_where_asked_for() {
    let (Some(_), Some(chromium)) = (
        tool("MUQABALA_TESSERACT", "text recognition by tesseract"),
        tool("MUQABALA_CHROMIUM", "a page to be scanned"),
    ) else {
        return;
    };
    let (folder, pdf) = print(
        &chromium,
        "<!DOCTYPE html><style>body{font:22pt serif}</style><p>The ministers met in Washington.",
    );
    let drawn = folder.path().join("pictures");
    fs::create_dir(&drawn).unwrap();
    let mut all = vec![Page::Letters("The first page has letters.")];
    all.extend(pictures(&pdf, &drawn));
    all.push(Page::Letters("So has the last page."));
    let path = folder.path().join("mixed.pdf");
    fs::write(&path, pages(&all)).unwrap();
    let read = |more: &[&str]| {
        let ran = program().arg("read").arg(&path).args(more).output().unwrap();
        assert_eq!(ran.status.code(), Some(0));
        let out = String::from_utf8(ran.stdout).unwrap();
        let texts: Vec<String> = out.lines().map(|l| l.split_once('\t').unwrap().1.to_owned()).collect();
        (texts, String::from_utf8(ran.stderr).unwrap())
    };
    let (texts, said) = read(&[]);
    assert_eq!(texts, ["The first page has letters.", "So has the last page."]);
    assert!(
        said.contains("page 2 of 3 is a picture without text, and not read") && said.contains("--ocr"),
        "{said}"
    );
    let (texts, said) = read(&["--ocr", "--lang", "en"]);
    assert_eq!(
        texts,
        ["The first page has letters.", "The ministers met in Washington.", "So has the last page."]
    );
    assert!(said.contains("page 2 without text: it was recognised by tesseract (eng): 5 words"), "{said}");
}

/// Without the programs, and with ones that fail, what to do is said.
#[cfg(unix)]
#[test]
fn what_is_missing_for_recognition_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("scan.pdf");
    fs::write(&path, b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>\nendobj\ntrailer<</Root 1 0 R>>\n").unwrap();
    let read_with = |scripts: &[(&str, &str)]| {
        let bin = folder.path().join("bin");
        let _ = fs::remove_dir_all(&bin);
        fs::create_dir(&bin).unwrap();
        for (name, script) in scripts {
            stand_in(&bin, name, script);
        }
        let ran =
            program().env("PATH", &bin).args(["read", "--ocr", "--lang", "ar"]).arg(&path).output().unwrap();
        let said = [ran.stdout, ran.stderr].concat();
        String::from_utf8(said).unwrap().replace(&folder.path().display().to_string(), "")
    };
    let said = read_with(&[]);
    assert!(
        said.contains("the program tesseract was not found") && said.contains("apt install tesseract-ocr"),
        "{said}"
    );
    let said = read_with(&[("tesseract", &LIST.replace("LANG", "eng"))]);
    assert!(said.contains("has no data for the language ar"), "{said}");
    let arabic = LIST.replace("LANG", "ara");
    let said = read_with(&[("tesseract", &arabic)]);
    assert!(said.contains("the program pdftoppm was not found"), "{said}");
    // A page, then none.
    let draw = "for last; do :; done; if [ \"$6\" = 1 ]; then echo P5 >\"$last.pgm\"; fi";
    let word = "printf 'h\\n5\\t1\\t1\\t1\\t1\\t1\\t0\\t0\\t9\\t9\\t96\\tالبيان\\n'";
    let said = read_with(&[("tesseract", &format!("{arabic}\n{word}")), ("pdftoppm", draw)]);
    assert!(said.contains("البيان") && said.contains("1 words, 0 of them unsure"), "{said}");
    let said = read_with(&[("tesseract", &format!("{arabic}\necho broken >&2; exit 1")), ("pdftoppm", draw)]);
    assert!(said.contains("could not read page 1: broken"), "{said}");
}
