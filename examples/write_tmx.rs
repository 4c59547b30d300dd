//! Two files → a translation memory on standard output.
//!
//! `cargo run --example write_tmx corpora/jscd-2024/ar.txt corpora/jscd-2024/en.txt > statement.tmx`

use std::error::Error;
use std::io::{self, Write};
use std::path::Path;

use muqabala::bitext::{Lang, Sides};
use muqabala::export::{self, Format, WriteOptions};
use muqabala::pipeline::{self, Options};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [source, target] = &arguments[..] else {
        return Err("give the Arabic document and the English one".into());
    };
    let mut options = Options::default();
    options.languages = Sides::new(Some(Lang::arabic()), Some(Lang::english()));
    let aligned = pipeline::align_files(Path::new(source), Path::new(target), &options)?;

    let mut options = WriteOptions::new(aligned.bitext.languages.clone());
    // A date that is given makes the file the same each time.
    options.tmx.creation_date = Some("20240723T120000Z".parse()?);
    let mut out = io::stdout().lock();
    export::write(Format::Tmx, aligned.beads(), &options, &mut out)?;
    out.flush()?;
    Ok(())
}
