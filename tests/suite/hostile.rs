//! Files made to do harm, or damaged: each is refused with a clear message, in bounded time and memory.

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use muqabala::memory::CheckOptions;
use muqabala::read::{self, Input, Page, ReadDocument, ReadError, ReadOptions};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::documents::books::{epub, epub_of, pptx, xlsx};
use crate::support::documents::office::{docx, docx_of, odt, odt_of};
use crate::support::documents::{self, Part, container, page, statement};

/// What a build for tests on a busy machine may take for what a user's takes a second.
const LONG: Duration = Duration::from_mins(2);

fn parse_with(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<ReadDocument, ReadError> {
    let start = Instant::now();
    let result = read::parse(name, bytes, options);
    assert!(start.elapsed() < LONG, "{name} took {:?}", start.elapsed());
    result
}

/// The message of bytes that must be refused, with what to do.
fn refused(bytes: Vec<u8>) -> String {
    let error = parse_with("file", bytes, &ReadOptions::default()).unwrap_err();
    assert!(error.hint().is_some(), "{error}: says not what to do");
    error.to_string()
}

/// A container with one part of `size` spaces, which packs a thousand times smaller, among others.
fn with_bomb(part: &str, size: usize, others: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in others {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.start_file(part, SimpleFileOptions::default()).unwrap();
    let spaces = vec![b' '; 1 << 20];
    for _ in 0..size >> 20 {
        zip.write_all(&spaces).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn zip_bombs_are_refused_by_their_ratio_and_by_their_size() {
    insta::assert_snapshot!(refused(with_bomb("word/document.xml", 64 << 20, &[])), @"file is not read: word/document.xml unpacks to more than 250 times its size");
    insta::assert_snapshot!(refused(with_bomb("content.xml", 64 << 20, &[("mimetype", "application/vnd.oasis.opendocument.text")])), @"file is not read: content.xml unpacks to more than 250 times its size");
    // All parts together may be no larger than a document.
    let mut options = ReadOptions::default();
    options.max_size = 4 << 20;
    let error = parse_with("file", with_bomb("word/document.xml", 6 << 20, &[]), &options).unwrap_err();
    insta::assert_snapshot!(error, @"file is not read: its parts unpack to more than 4194304 bytes");
    // A type list that is a bomb is none.
    insta::assert_snapshot!(refused(with_bomb("[Content_Types].xml", 64 << 20, &[])), @"file is not text: a ZIP container, but none of DOCX, ODT, EPUB and the like");
}

const LAUGHS: &str = r#"<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>"#;
const EXTERNAL: &str = r#"<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>"#;

/// A DOCX and an EPUB whose XML begins with `doctype` and uses an entity.
fn with_entities(doctype: &str, entity: &str) -> [Vec<u8>; 3] {
    let w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let document = format!(
        "<?xml version=\"1.0\"?>{doctype}<w:document xmlns:w=\"{w}\"><w:body><w:p><w:r><w:t>&{entity};</w:t></w:r></w:p></w:body></w:document>"
    );
    let page = format!("<?xml version=\"1.0\"?>{doctype}<html><body><p>&{entity};</p></body></html>");
    let content = format!("<?xml version=\"1.0\"?>{doctype}<content><text:p>&{entity};</text:p></content>");
    [
        container(&[("word/document.xml", &document)]),
        epub_of(&[("p.xhtml", &page)]),
        container(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &content)]),
    ]
}

#[test]
fn entities_are_neither_expanded_nor_fetched() {
    for (doctype, entity) in [(LAUGHS, "c"), (EXTERNAL, "e")] {
        let messages = with_entities(doctype, entity).map(refused).join("\n");
        insta::allow_duplicates! {
            insta::assert_snapshot!(messages, @r"
            file is not read: word/document.xml, line 1: its DOCTYPE declares entities
            file is not read: OEBPS/p.xhtml, line 1: its DOCTYPE declares entities
            file is not read: content.xml, line 1: its DOCTYPE declares entities
            ");
        }
    }
    let halves = container(&[(
        "word/document.xml",
        "<w:document><w:body><w:p><w:r><w:t>a&#55357;&#56534;ب</w:t></w:r></w:p></w:body></w:document>",
    )]);
    let read = parse_with("file", halves, &ReadOptions::default()).unwrap();
    assert_eq!(read.document.text().trim_end(), "a\u{1f4d6}ب");
    let [word, ..] = with_entities("", "undeclared");
    insta::assert_snapshot!(refused(word), @"file is damaged: word/document.xml, line 1: unknown entity &undeclared;");
}

#[test]
fn deep_nesting_is_refused() {
    let deep = |open: &str, close: &str, n: usize| open.repeat(n) + "x" + &close.repeat(n);
    insta::assert_snapshot!(refused(docx_of(&deep("<w:sdt>", "</w:sdt>", 100_000), &[])), @"file is not read: word/document.xml, line 1: elements are nested deeper than 1000");
    insta::assert_snapshot!(refused(odt_of(&deep("<text:list>", "</text:list>", 100_000))), @"file is not read: content.xml, line 1: elements are nested deeper than 1000");
    let html = format!("<html><body>{}</body></html>", deep("<div>", "</div>", 200_000));
    insta::assert_snapshot!(refused(html.into_bytes()), @"file is not read: elements are nested deeper than 1000");
    let unclosed = format!("<html><body>{}", "<b><i>".repeat(100_000));
    insta::assert_snapshot!(refused(unclosed.into_bytes()), @"file is not read: elements are nested deeper than 1000");
    let quotes = format!("# A\n\n**b**\n\n{}x\n", "> ".repeat(50_000));
    insta::assert_snapshot!(refused(quotes.into_bytes()), @"file is not read: line 5: lists and quotes are nested deeper than 200");
}

/// The parser of HTML compares each attribute with all before: a hundred thousand took it seconds, a million an hour.
#[test]
fn elements_with_attributes_without_end_are_refused() {
    let page = |before: &str, attributes: &str| {
        format!("<html><body>{before}<p {attributes}>text</p></body></html>").into_bytes()
    };
    let many = |count: usize, each: &str| (0..count).map(|i| format!("a{i}{each} ")).collect::<String>();
    insta::assert_snapshot!(refused(page("", &many(5000, ""))), @"file is not read: an element has more than 4000 attributes");
    let hidden = [
        "<!-- <a b=\" -->",
        "<script>x = '<a b=\"';</script>",
        "<i a='>' b=\"'\">",
        "<style></stylo <a b='</style >",
    ];
    for before in hidden {
        for each in ["", "=1", "='>'", " = \"a b\"", "=''/"] {
            assert!(
                refused(page(before, &many(300_000, each))).ends_with("more than 4000 attributes"),
                "{before} {each}"
            );
        }
    }
    // Long values are no attributes, nor is what a script compares.
    for fine in [
        format!("data='{}'", "a b=c ".repeat(9000)),
        format!("x><script>if (i<n) {}</script", "a b ".repeat(9000)),
    ] {
        let read = parse_with("x", page("", &fine), &ReadOptions::default()).unwrap();
        assert!(read.document.text().starts_with("text"), "{}", read.document.text());
    }
    // Nor do many in the other formats take long: a memory is read in linear time.
    let attributes = many(300_000, "='1'").replace("' a", "'  a");
    let file = format!(
        "<tmx version='1.4'><header srclang='ar'/><body><tu {attributes}><tuv xml:lang='ar' {attributes}><seg>x</seg></tuv></tu></body></tmx>"
    );
    let (start, mut found) = (Instant::now(), 0_u32);
    let summary = muqabala::memory::check(file.as_bytes(), &CheckOptions::default(), |_| {
        found += 1;
        Ok(())
    });
    assert!(summary.is_ok() && found > 500_000 && start.elapsed() < LONG, "{found} in {:?}", start.elapsed());
}

#[test]
fn names_of_parts_lead_nowhere() {
    let root =
        r#"<container><rootfiles><rootfile full-path="../../../../etc/passwd"/></rootfiles></container>"#;
    let book = container(&[("mimetype", "application/epub+zip"), ("META-INF/container.xml", root)]);
    insta::assert_snapshot!(refused(book), @"file is damaged: it has no part etc/passwd");
    // A part with such a name is a part like any other; nothing is written anywhere.
    let body = "<w:p><w:r><w:t>text</w:t></w:r></w:p>";
    let read = parse_with(
        "x",
        docx_of(body, &[("../../evil.xml", "x"), ("/etc/passwd", "x")]),
        &ReadOptions::default(),
    );
    assert_eq!(read.unwrap().document.text(), "text\n");
}

#[test]
fn files_cut_off_anywhere_are_refused() {
    let whole = docx(&statement());
    let mut refusals = 0;
    for length in (8..whole.len()).step_by(whole.len() / 40) {
        let error = parse_with("file", whole[..length].to_vec(), &ReadOptions::default()).unwrap_err();
        assert!(error.hint().is_some());
        refusals += 1;
    }
    assert!(refusals >= 40);
    insta::assert_snapshot!(refused(whole[..whole.len() / 2].to_vec()).split(" (").next().unwrap(), @"file is damaged: its list of parts cannot be read");
    let body = r#"<?xml version="1.0"?><w:document xmlns:w="w"><w:body><w:p><w:r><w:t>half of it"#;
    insta::assert_snapshot!(refused(container(&[("word/document.xml", body)])), @"file is damaged: word/document.xml, line 1: the file ends inside an element; it may be cut off");
}

#[test]
fn what_is_no_document_is_named_whatever_its_name() {
    let error = |name: &str, bytes: &[u8]| {
        parse_with(name, bytes.to_vec(), &ReadOptions::default()).unwrap_err().to_string()
    };
    insta::assert_snapshot!(error("page.html", b"\x89PNG\r\n\x1a\n\0\0"), @"page.html is not text: a PNG picture");
    insta::assert_snapshot!(error("letter.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0"), @"letter.docx is not text: a file of an old program of Microsoft Office, of a kind not known");
    insta::assert_snapshot!(error("a.txt", &container(&[("x", "y")])), @"a.txt is not text: a ZIP container, but none of DOCX, ODT, EPUB and the like");
    // A container that calls itself something else than what is in it.
    let lie = container(&[("mimetype", "application/epub+zip"), ("content.xml", "<x/>")]);
    insta::assert_snapshot!(error("a", &lie), @"a is damaged: it has no part META-INF/container.xml");
}

#[test]
fn a_line_of_a_hundred_megabytes_is_read_or_refused() {
    let size = 100 << 20;
    let line = "word ".repeat(size / 5);
    let lengths = |bytes: Vec<u8>| {
        let read = parse_with("x", bytes, &ReadOptions::default()).unwrap();
        (read.document.blocks().len(), read.document.text().len())
    };
    assert_eq!(lengths(line.clone().into_bytes()), (1, size));
    // A tenth of that in a page, whose parser is slow in a build for tests.
    let mut options = ReadOptions::default();
    options.page = Page::Whole;
    let html = format!("<html><body><p>{}</p></body></html>", &line[..size / 10]);
    let read = parse_with("x", html.into_bytes(), &options).unwrap();
    assert_eq!(read.document.blocks().len(), 1);
    options.max_size = 64 << 20;
    let error = parse_with("x", docx_of(&format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>"), &[]), &options);
    insta::assert_snapshot!(error.unwrap_err(), @"x is not read: its parts unpack to more than 67108864 bytes");
}

/// Styles based on each other, parts that name themselves, pages that come again: each is read once or refused.
#[test]
fn what_leads_in_a_circle_ends() {
    let words = |bytes: Vec<u8>| match parse_with("file", bytes, &ReadOptions::default()) {
        Ok(read) => read.document.text().trim_end().to_owned(),
        Err(error) => {
            assert!(error.hint().is_some(), "{error}");
            error.to_string()
        }
    };
    let w = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let body = "<w:p><w:pPr><w:pStyle w:val=\"A\"/></w:pPr><w:r><w:t>once</w:t></w:r><w:r><w:footnoteReference w:id=\"1\"/></w:r></w:p>";
    let document = format!("<w:document {w}><w:body>{body}</w:body></w:document>");
    let style = |id, base| {
        format!("<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:basedOn w:val=\"{base}\"/></w:style>")
    };
    let styles = format!("<w:styles {w}>{}{}</w:styles>", style("A", "B"), style("B", "A"));
    let relations = r#"<r><Relationship Id="1" Type="x/styles" Target="styles.xml"/><Relationship Id="2" Type="x/footnotes" Target="document.xml"/></r>"#;
    let circles = [
        container(&[
            ("word/document.xml", &document),
            ("word/styles.xml", &styles),
            ("word/_rels/document.xml.rels", relations),
        ]),
        container(&[
            ("mimetype", "application/epub+zip"),
            ("META-INF/container.xml", "<c><rootfile full-path=\"b.opf\"/></c>"),
            ("b.opf", "<p><item id=\"p\" href=\"p.xhtml\" media-type=\"text/html\" fallback=\"q\"/><item id=\"q\" href=\"./p.xhtml\" media-type=\"x/y\" fallback=\"p\"/><itemref idref=\"p\"/><itemref idref=\"q\"/><itemref idref=\"p\"/></p>"),
            ("p.xhtml", "<html><body><p>once <a href=\"p.xhtml\">again</a></p></body></html>"),
        ]),
        container(&[
            ("mimetype", "application/epub+zip"),
            ("META-INF/container.xml", "<c><rootfile full-path=\"META-INF/container.xml\"/></c>"),
        ]),
        container(&[
            ("xl/workbook.xml", "<w xmlns:r=\"r\"><sheet r:id=\"s\"/><sheet r:id=\"s\"/></w>"),
            ("xl/_rels/workbook.xml.rels", "<r><Relationship Id=\"s\" Type=\"x/worksheet\" Target=\"workbook.xml\"/></r>"),
        ]),
        b"<html><head><meta http-equiv=\"refresh\" content=\"0; url=file\"><base href=\"file\"></head><body><p>once</p><iframe src=\"file\"></iframe></body></html>".to_vec(),
    ];
    insta::assert_snapshot!(circles.map(words).join("\n---\n"), @r"
    once
    ---
    once again
    ---
    file holds no text, only white space
    ---
    file holds no text, only white space
    ---
    once
    ");
}

#[cfg(unix)]
#[test]
fn a_link_to_itself_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("circle.txt");
    std::os::unix::fs::symlink(&path, &path).unwrap();
    let error = read::read(&Input::File(path), &ReadOptions::default()).unwrap_err();
    assert!(matches!(&error, ReadError::Io { .. }), "{error}");
    assert!(error.to_string().contains("circle.txt"), "{error}");
}

/// A generator of numbers that gives the same ones each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

/// Bytes changed in a few places: flipped, cut out, doubled, cut off, or overwritten with what parsers trip on.
fn mutated(bytes: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    const TRIPPING: [&[u8]; 16] = [
        b"<",
        b">",
        b"</",
        b"&",
        b"&#x0;",
        b"&#xD800;",
        b"\xff\xfe",
        b"\0",
        b"]]>",
        b"<![CDATA[",
        b"<!--",
        b"\"",
        b"\xd8\x9f",
        b"<w:p>",
        b"_x0000_",
        b"\xf0\x9f\x98\x80",
    ];
    let mut bytes = bytes.to_vec();
    for _ in 0..=numbers.below(6) {
        let at = numbers.below(bytes.len());
        let to = (at + numbers.below(40)).min(bytes.len());
        match numbers.below(6) {
            0 if at < bytes.len() => bytes[at] ^= 1 << numbers.below(8),
            1 => drop(bytes.drain(at..to)),
            2 => {
                let piece = bytes[at..to].to_vec();
                bytes.splice(at..at, piece);
            }
            3 if numbers.below(4) == 0 => bytes.truncate(at),
            _ => drop(bytes.splice(at..at, TRIPPING[numbers.below(TRIPPING.len())].iter().copied())),
        }
    }
    bytes
}

/// Containers are changed inside their parts, or hardly any change would get past the check sums.
fn mutated_container(bytes: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let chosen = numbers.below(zip.len());
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut content).unwrap();
        if index == chosen {
            content = mutated(&content, numbers);
        }
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(&content).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// Whatever the bytes, reading ends with a document or an error: a panic fails this test.
#[test]
fn damaged_documents_never_make_a_reader_panic() {
    let parts: Vec<Part> = statement().into_iter().take(6).collect();
    let p = "<a:p><a:r><a:t>نص</a:t></a:r></a:p>";
    let cells = r#"<row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>x</t></is></c></row>"#;
    let containers =
        [docx(&parts), odt(&parts), epub(&parts), pptx(p, p, p), xlsx("<si><t>نص</t></si>", cells, cells)];
    let texts = [
        page::html(&parts).into_bytes(),
        page::markdown(&parts).into_bytes(),
        std::fs::read(documents::corpus().join("ar.txt")).unwrap()[..3000].to_vec(),
    ];
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let (mut read, mut refusals) = (0, 0);
    let mut count = |bytes: Vec<u8>| match parse_with("x", bytes, &ReadOptions::default()) {
        Ok(_) => read += 1,
        Err(_) => refusals += 1,
    };
    for _ in 0..150 {
        for bytes in &containers {
            count(mutated_container(bytes, &mut numbers));
            count(mutated(bytes, &mut numbers));
        }
        for bytes in &texts {
            count(mutated(bytes, &mut numbers));
        }
    }
    assert!(
        read > 100 && refusals > 100,
        "{read} read, {refusals} refused: the changes are too strong or weak"
    );
}
