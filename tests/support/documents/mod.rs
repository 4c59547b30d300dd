//! Documents made by the tests: the joint statement, or anything else, in each format that is read.

pub(crate) mod books;
pub(crate) mod office;
pub(crate) mod page;
pub(crate) mod read_back;

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A block of a document to be made.
#[derive(Debug, Clone)]
pub(crate) enum Part {
    Title(String),
    Heading(String),
    Paragraph(String),
}

impl Part {
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Title(text) | Self::Heading(text) | Self::Paragraph(text) => text,
        }
    }
}

pub(crate) fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/jscd-2024")
}

/// The Arabic article with the statement: its first line is the title, lines with an asterisk are headings.
pub(crate) fn statement() -> Vec<Part> {
    let text = fs::read_to_string(corpus().join("ar.txt")).expect("the statement");
    let mut parts: Vec<Part> = text.lines().filter(|l| !l.trim().is_empty()).map(part).collect();
    parts[0] = Part::Title(parts[0].text().to_owned());
    parts
}

fn part(line: &str) -> Part {
    match line.strip_prefix('*') {
        Some(heading) => Part::Heading(heading.to_owned()),
        None => Part::Paragraph(line.to_owned()),
    }
}

/// Text as it stands in XML.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A ZIP container of `members`; the first is stored, as the containers of books and ODF demand.
pub(crate) fn container(members: &[(&str, &str)]) -> Vec<u8> {
    let members: Vec<_> = members.iter().map(|(name, content)| (*name, content.as_bytes())).collect();
    container_of(&members)
}

/// A ZIP container of `members` that are not all text.
pub(crate) fn container_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (index, (name, content)) in members.iter().enumerate() {
        let method =
            if index == 0 { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
        zip.start_file(*name, SimpleFileOptions::default().compression_method(method)).expect("a part");
        zip.write_all(content).expect("a part's content");
    }
    zip.finish().expect("a container").into_inner()
}
