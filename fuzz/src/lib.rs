//! What the fuzz targets share.
//!
//! Each target hands bytes to one reader, which must end with a document or an error. Containers are built
//! around the bytes, so that the fuzzer changes the XML and not the check sums of a ZIP file.

use std::io::{Cursor, Write};

use muqabala::read::{self, Format, InlineTags, Page, ReadOptions};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Reads `bytes` as `format`, with and without the options that change the result.
pub fn read_as(format: Format, bytes: &[u8]) {
    for (page, inline_tags) in
        [(Page::Main, InlineTags::Dropped), (Page::Whole, InlineTags::Placeholders)]
    {
        let mut options = ReadOptions::default();
        options.format = Some(format);
        options.max_size = 16 << 20;
        options.page = page;
        options.inline_tags = inline_tags;
        let _ = read::parse("input", bytes.to_vec(), &options);
    }
}

/// A ZIP container of the parts, stored as they are.
pub fn container(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in parts {
        zip.start_file(*name, options).expect("names are short and different");
        zip.write_all(content).expect("memory takes all");
    }
    zip.finish().expect("memory takes all").into_inner()
}
