//! Formats that are known and not read: refused by their names, with what to do instead.
//!
//! In: the beginning of an input. Out: nothing, or a refusal. Guarantee: what no reader knows and is XML, or is known
//! to hold markup, never passes as text with tags.

use regex::Regex;

use super::ReadError;
use super::sample::Sample;

/// One format's row.
struct Row {
    what: &'static str,
    is: fn(&str, &Sample) -> bool,
    hint: &'static str,
}

const EXPORT: &str = "export it as DOCX or PDF, and give that file";
const PANDOC: &str = "convert it to DOCX or HTML, for example with pandoc; or have it read with its markup: --input-format text";
const TABLE: &str = "put its texts into a table, and give that with `align --from`; or have it read as it is: --input-format text";
const SUBTITLES: &str = "convert it to SRT, for example with ffmpeg or Subtitle Edit; or have it read as it is: --input-format text";
const XML: &str =
    "have its program export text, DOCX or HTML; or have it read with its tags: --input-format text";

const ROWS: &[Row] = &[
    Row { what: "a Pages document", is: |n, s| is_apple(n, s, "pages"), hint: EXPORT },
    Row { what: "a Keynote presentation", is: |n, s| is_apple(n, s, "key"), hint: EXPORT },
    Row {
        what: "a Numbers workbook",
        is: |n, s| is_apple(n, s, "numbers"),
        hint: "export it as XLSX or CSV",
    },
    Row {
        what: "an InDesign document (IDML)",
        is: |_, s| s.has_mimetype("application/vnd.adobe.indesign-idml") || s.has_member("designmap.xml"),
        hint: EXPORT,
    },
    Row {
        what: "a FictionBook (FB2)",
        is: |_, s| s.root() == Some("FictionBook"),
        hint: "convert it to EPUB",
    },
    Row {
        what: "a DITA topic or map",
        is: |_, s| {
            is_xml(s)
                && (s.text.contains("DTD DITA")
                    || matches!(
                        s.root(),
                        Some("topic" | "concept" | "task" | "reference" | "bookmap" | "dita")
                    ))
        },
        hint: "publish it as HTML or PDF, and give that",
    },
    Row { what: "DocBook", is: |_, s| is_xml(s) && is_docbook(s), hint: PANDOC },
    Row { what: "a property list of Apple", is: |_, s| is_xml(s) && s.root() == Some("plist"), hint: TABLE },
    Row {
        what: "strings of an Apple program",
        is: |n, s| ends(n, "strings") && s.text.contains("\" = \""),
        hint: TABLE,
    },
    Row {
        what: "JSON",
        is: |n, s| {
            let text = s.text.trim_start();
            ends(n, "json") && text.starts_with(['{', '[', '"'])
                || text.starts_with("{\"") && s.tail.trim_end().ends_with('}')
        },
        hint: TABLE,
    },
    Row {
        what: "LaTeX",
        is: |n, s| {
            ends(n, "tex") || s.text.contains("\\documentclass") && s.text.contains("\\begin{document}")
        },
        hint: PANDOC,
    },
    Row { what: "reStructuredText", is: |n, _| ends(n, "rst"), hint: PANDOC },
    Row { what: "subtitles of MicroDVD", is: |_, s| begins(s, r"^\{\d+\}\{\d*\}\S"), hint: SUBTITLES },
    Row {
        what: "lyrics with times (LRC)",
        is: |n, s| begins(s, r"^\[\d\d:\d\d[.:]\d+\]") || ends(n, "lrc"),
        hint: SUBTITLES,
    },
    Row { what: "subtitles of SAMI", is: |_, s| begins(s, r"(?i)^<sami[\s>]"), hint: SUBTITLES },
    Row {
        what: "subtitles of Spruce (STL)",
        is: |_, s| begins(s, r"^\d\d:\d\d:\d\d[:;.]\d\d ?, ?\d\d:\d\d:\d\d[:;.]\d\d ?,"),
        hint: SUBTITLES,
    },
    Row { what: "subtitles in TTML", is: |_, s| is_ttml(s), hint: SUBTITLES },
    Row { what: "AsciiDoc", is: |n, _| ends(n, "adoc") || ends(n, "asciidoc"), hint: PANDOC },
];

/// Whether two of its first lines begin so, or the only one.
fn begins(sample: &Sample, pattern: &str) -> bool {
    let pattern = Regex::new(pattern).expect("the patterns are right");
    let lines = || sample.text.lines().map(str::trim).filter(|line| !line.is_empty()).take(20);
    let found = lines().filter(|line| pattern.is_match(line)).count();
    found > 1 || found == 1 && lines().next().is_some_and(|line| pattern.is_match(line))
}

fn ends(name: &str, extension: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, e)| e.eq_ignore_ascii_case(extension))
}

fn is_apple(name: &str, sample: &Sample, extension: &str) -> bool {
    ends(name, extension)
        && (sample.has_folder("Index/") || sample.has_member("Index.zip") || sample.has_member("index.xml"))
}

/// Whether it is XML: it says so, or its outermost element is closed at its end.
fn is_xml(sample: &Sample) -> bool {
    let Some(root) = sample.root().filter(|root| !root.is_empty()) else { return false };
    let closed = sample.tail.trim_end().strip_suffix('>').is_some_and(|t| t.ends_with(root));
    sample.text.trim_start().starts_with("<?xml") || sample.text.contains("xmlns") || closed
}

/// Whether it says that it is DocBook, some of whose elements have the names of HTML's.
pub(super) fn is_docbook(sample: &Sample) -> bool {
    ["docbook.org/ns", "DTD DocBook"].iter().any(|mark| sample.text.contains(mark))
}

/// Whether it is of timed text, whose outermost element has the name of one of HTML's.
pub(super) fn is_ttml(sample: &Sample) -> bool {
    sample.root() == Some("tt")
        && ["www.w3.org/ns/ttml", "www.w3.org/2006/"].iter().any(|mark| sample.text.contains(mark))
}

/// Refuses an office document that is encrypted.
pub(super) fn refuse_encrypted(name: &str, sample: &Sample) -> Result<(), ReadError> {
    if sample.has_stream("EncryptedPackage") || sample.has_stream("EncryptionInfo") {
        return Err(ReadError::Refused {
            name: name.to_owned(),
            why: "it is an Office document with a password".to_owned(),
            hint: "save it without a password first",
        });
    }
    Ok(())
}

/// Refuses what is known and not read, and XML that is not known.
pub(super) fn refuse_named(name: &str, sample: &Sample) -> Result<(), ReadError> {
    let refused = |why: String, hint| Err(ReadError::Refused { name: name.to_owned(), why, hint });
    if let Some(row) = ROWS.iter().find(|row| (row.is)(name, sample)) {
        return refused(format!("it is {}, which is not read", row.what), row.hint);
    }
    if is_xml(sample) {
        let root = sample.root().unwrap_or_default();
        return refused(format!("it is XML of a kind that is not known, with the element {root}"), XML);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::readers::detect;

    #[track_caller]
    fn check(name: &str, text: &str, expected: &str) {
        let said = detect(name, text.as_bytes()).map_or_else(|e| e.to_string(), |f| f.name().to_owned());
        assert!(said.contains(expected), "{name}: {said}");
    }

    #[test]
    fn what_is_not_read_is_named() {
        check("a.fb2", "<?xml version='1.0'?><FictionBook xmlns='x'><body/></FictionBook>", "FictionBook");
        check(
            "a.dita",
            "<?xml version='1.0'?><!DOCTYPE topic PUBLIC '-//OASIS//DTD DITA Topic//EN' 't.dtd'><topic/>",
            "DITA",
        );
        check("a.xml", "<?xml version='1.0'?>\n<ledger><entry>x</entry></ledger>", "element ledger");
        check("a.xml", "<ledger><entry>x</entry></ledger>\n", "element ledger");
        check(
            "a.xml",
            "<?xml version='1.0'?>\n<article xmlns='http://docbook.org/ns/docbook'><para>x</para></article>",
            "DocBook",
        );
        check("a.json", "[\"a\"]", "JSON");
        check("a.strings", "\"ok\" = \"نعم\";", "Apple");
        check("a.tex", "\\section{x}", "LaTeX");
        check("a.rst", "Title\n=====\n", "reStructuredText");
        check("a.adoc", "= Title\n", "AsciiDoc");
        check("a.sub", "{10}{50}Hello|there\n{60}{90}{y:i}Second\n", "MicroDVD");
        check("a.txt", "[ar:Somebody]\n[00:01.00]One\n[00:05.20]Two\n", "LRC");
        check("a.smi", "<SAMI><BODY><SYNC Start=1><P Class=ENCC>Hello</BODY></SAMI>", "SAMI");
        check("a.stl", "00:00:01:00 , 00:00:03:00 , Hello\n", "Spruce");
        check("a.ttml", "<?xml version='1.0'?><tt xmlns='http://www.w3.org/ns/ttml'><body/></tt>", "TTML");
    }

    #[test]
    fn text_with_brackets_is_text() {
        check("a.txt", "<< see below >> and on\nmore", "text");
        check("a.txt", "<speaker> says: no", "text");
        check("a.txt", "{x} and {y}", "text");
        check("a.txt", "At the time\n[00:01] it began\n{1}{2} are sets", "text");
        check("a.txt", "WEBVTT is a format of subtitles.\nIt has cues.\n", "text");
    }
}
