//! Two files → a translation memory on standard output.
//!
//! `cargo run --example write_tmx corpora/jscd-2024/ar.txt corpora/jscd-2024/en.txt > statement.tmx`

use std::error::Error;
use std::io::{self, Write};
use std::path::Path;

use muqabala::bitext::{Bitext, Lang, Sides};
use muqabala::export::{self, Format, WriteOptions};
use muqabala::pipeline::{self, AlignOptions};
use muqabala::read::{self, Input, ReadOptions};
use muqabala::segment::{self, SegmentOptions};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [source, target] = &arguments[..] else {
        return Err("give the Arabic document and the English one".into());
    };
    let languages = Sides::new(Lang::arabic(), Lang::english());
    let segmented = |path: &str, lang: &Lang| -> Result<_, Box<dyn Error>> {
        let read = read::read(&Input::from_argument(Path::new(path)), &ReadOptions::default())?;
        Ok(segment::segment(read.document, lang, &SegmentOptions::default()))
    };
    let documents = Sides::new(segmented(source, &languages.source)?, segmented(target, &languages.target)?);
    let bitext = Bitext { documents, languages: languages.clone() };
    let alignment = pipeline::align(&bitext, &AlignOptions::default())?;

    let mut options = WriteOptions::new(languages);
    // A date that is given makes the file the same each time.
    options.tmx.creation_date = Some("20240723T120000Z".parse()?);
    let mut out = io::stdout().lock();
    export::write(Format::Tmx, export::views(&bitext, &alignment), &options, &mut out)?;
    out.flush()?;
    Ok(())
}
