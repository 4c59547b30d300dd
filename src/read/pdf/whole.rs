//! Whether the whole of a PDF is there: one that was cut off, by a download or a copy that broke, loses pages and fonts.
//!
//! In: the bytes of a PDF, and what the interpreter finds in them. Out: what is missing. Guarantee: nothing is read here;
//! a PDF that is whole is never said to be cut off.

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::content::ops::TypedInstruction;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};
use hayro_interpret::hayro_syntax::page::Page;
use memchr::memmem;

/// Bytes at the end of a file in which the end of a PDF is looked for, as other readers do.
const END: usize = 2048;

/// Fonts of a page that are looked for.
const MOST_FONTS: usize = 1000;

/// Whether the end of a PDF is missing. What follows it, such as blanks or what a server wrote, is no matter.
pub(super) fn is_cut_off(bytes: &[u8]) -> bool {
    let filled = bytes.iter().rposition(|b| !matches!(b, 0 | b' ' | b'\r' | b'\n')).map_or(0, |n| n + 1);
    let end = &bytes[filled.saturating_sub(END)..filled];
    memmem::find(end, b"%%EOF").is_none() && memmem::find(end, b"startxref").is_none()
}

/// How many pages a PDF says that it has, if it does.
pub(super) fn declared_pages(pdf: &Pdf) -> Option<usize> {
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())?;
    let count = catalog.get::<Dict<'_>>("Pages")?.get::<i32>("Count")?;
    usize::try_from(count).ok()
}

/// Whether what is drawn on a page is missing, or a part of it.
pub(super) fn is_empty(page: &Page<'_>) -> bool {
    let raw = page.raw();
    if raw.get::<Stream<'_>>("Contents").is_some() {
        return false;
    }
    match raw.get::<Array<'_>>("Contents") {
        Some(parts) => parts.iter::<Stream<'_>>().count() < parts.raw_iter().count(),
        None => raw.contains_key("Contents"),
    }
}

/// How many letters of a page are drawn in fonts that are missing: bytes, which are at least as many.
pub(super) fn lost_letters(page: &Page<'_>) -> usize {
    let fonts = &page.resources().fonts;
    let is_lost = |name: &Name<'_>| fonts.contains_key(name) && !is_there(fonts.get::<Dict<'_>>(name));
    if !fonts.keys().take(MOST_FONTS).any(|name| is_lost(&name)) {
        return 0;
    }
    let mut lost = false;
    let mut letters = 0;
    let length = |text: &PdfString<'_>| text.as_bytes().iter().filter(|b| **b != 0).count();
    let all = |texts: &Array<'_>| {
        let strings = texts.iter::<Object<'_>>().filter_map(|item| match item {
            Object::String(text) => Some(length(&text)),
            _ => None,
        });
        strings.sum::<usize>()
    };
    let mut operations = page.typed_operations();
    while let Some(operation) = operations.next() {
        let shown = match operation {
            TypedInstruction::TextFont(font) => {
                lost = is_lost(font.0);
                0
            }
            TypedInstruction::ShowText(text) => length(text.0),
            TypedInstruction::NextLineAndShowText(text) => length(text.0),
            TypedInstruction::ShowTextWithParameters(text) => length(text.2),
            TypedInstruction::ShowTexts(texts) => all(texts.0),
            _ => 0,
        };
        if lost {
            letters += shown;
        }
    }
    letters
}

/// Whether a font and the one that it is made of are there.
fn is_there(font: Option<Dict<'_>>) -> bool {
    font.is_some_and(|font| {
        let parts = font.get::<Array<'_>>("DescendantFonts");
        !font.contains_key("DescendantFonts") || parts.is_some_and(|p| p.iter::<Dict<'_>>().next().is_some())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::ReadOptions;

    /// A PDF of three pages, whose fonts stand behind them: one that every reader has, and one that it names itself.
    fn three_pages() -> Vec<u8> {
        let page = |number: usize| {
            let resources = "/Font<</F 10 0 R/G 11 0 R>>";
            format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents {} 0 R/Resources<<{resources}>>>>",
                number + 6
            )
        };
        let content = |number: usize| {
            let (line, named) = [
                ("One for all.", "0001000200010002"),
                ("The second", "0002000100020001"),
                ("And the last of them.", "0001000200020001"),
            ][number - 1];
            let text = format!("BT /F 12 Tf 20 100 Td ({line}) Tj /G 12 Tf 0 -20 Td <{named}> Tj ET");
            format!("<</Length {}>>stream\n{text}\nendstream", text.len())
        };
        let names = "/CIDInit\nbegincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n\
            2 beginbfchar\n<0001> <0061>\n<0002> <0062>\nendbfchar endcmap\n";
        let objects = [
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            "<</Type/Pages/Kids[3 0 R 4 0 R 5 0 R]/Count 3>>".to_owned(),
            page(1),
            page(2),
            page(3),
            "null".to_owned(),
            content(1),
            content(2),
            content(3),
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
            "<</Type/Font/Subtype/Type0/BaseFont/G/Encoding/Identity-H/DescendantFonts[12 0 R]/ToUnicode 13 0 R>>"
                .to_owned(),
            "<</Type/Font/Subtype/CIDFontType2/BaseFont/G/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)\
             /Supplement 0>>/DW 500/FontDescriptor<</Type/FontDescriptor/FontName/G/Flags 4>>>>"
                .to_owned(),
            format!("<</Length {}>>stream\n{names}\nendstream", names.len()),
        ];
        let mut out = "%PDF-1.4\n".to_owned();
        let mut places = Vec::new();
        for (number, object) in (1..).zip(&objects) {
            places.push(out.len());
            out.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
        }
        let start = out.len();
        out.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1));
        for place in &places {
            out.push_str(&format!("{place:010} 00000 n \n"));
        }
        out.push_str(&format!("trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF", places.len() + 1));
        out.into_bytes()
    }

    /// Wherever a PDF is cut off, that is said, or it is refused.
    #[test]
    fn what_is_cut_off_is_never_read_in_silence() {
        let whole = three_pages();
        let read = |bytes: &[u8]| crate::read::parse("a.pdf", bytes.to_vec(), &ReadOptions::default());
        let text = read(&whole).unwrap();
        assert_eq!(text.warnings.len(), 1, "{:?}", text.warnings);
        assert!(
            ["One", "abab", "second", "baba", "last", "abba"]
                .iter()
                .all(|w| text.document.text().contains(w))
        );
        let start = memmem::rfind(&whole, b"startxref").unwrap();
        let mut read_parts = 0;
        for end in (20..start).step_by(11) {
            if let Ok(read) = read(&whole[..end]) {
                let (warning, _) = &read.warnings[0];
                assert!(warning.contains("cut off or damaged: it has no end"), "{end}: {warning}");
                read_parts += 1;
            }
        }
        assert!(read_parts > 0);
    }

    /// A copy that broke and was closed properly lacks pages and fonts in the middle.
    #[test]
    fn what_is_lost_inside_is_named() {
        let whole = String::from_utf8(three_pages()).unwrap();
        for (from, to, expected) in [
            ("Kids[3 0 R 4 0 R 5 0 R]", "Kids[3 0 R 4 0 R 99 0 R]", "of its 3 pages only 2 are there"),
            ("/Contents 8 0 R", "/Contents 88 0 R", "of 3 pages, what is drawn on page 2 is lost"),
            ("/G 11 0 R", "/G 91 0 R", "fonts of pages 1–3 are lost: letters there are wrong"),
            ("/F 10 0 R", "/F 90 0 R", "the fonts of pages 1–3 are lost, which tell what its letters are"),
            ("/ToUnicode 13 0 R", "/ToUnicode 93 0 R", "12 of 46 letters are unknown"),
        ] {
            let bytes = whole.replace(from, to).into_bytes();
            let said = match crate::read::parse("a.pdf", bytes, &ReadOptions::default()) {
                Ok(read) => read.warnings[0].0.clone(),
                Err(error) => error.to_string(),
            };
            assert!(said.contains(expected), "{to}: {said}");
        }
    }

    #[test]
    fn the_end_may_be_followed_by_other_bytes() {
        let pdf = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n".to_vec();
        let followed = |by: &[u8]| [&pdf[..], by].concat();
        for whole in
            [pdf.clone(), followed(&[0; 5000]), followed(b"\r\n\r\n"), followed(b"<!-- served in 2 ms -->")]
        {
            assert!(!is_cut_off(&whole));
        }
        assert!(is_cut_off(&pdf[..20]));
        assert!(is_cut_off(&followed(&[b'x'; 5000])));
        assert!(is_cut_off(b""));
    }
}
