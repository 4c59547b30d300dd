//! An alignment, corrected by a pin, and aligned anew around it.
//!
//! `cargo run --example pin_and_realign`
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use std::error::Error;

use muqabala::bitext::{Alignment, Bead, Bitext, Lang, Pin, Sides};
use muqabala::pipeline::{self, AlignOptions};
use muqabala::read::{self, Format, ReadOptions};
use muqabala::segment::{self, SegmentOptions};

/// One segment a line.
const ARABIC: &str = "مقدمة\nوقع الطرفان الاتفاق في 14 تموز 2019.\nعدل مرة واحدة.\nانتهى العمل به.\n";
const ENGLISH: &str = "The two parties signed the agreement on July 14, 2019.\n\
                       It was amended once.\nIt ceased to apply.\n";

fn main() -> Result<(), Box<dyn Error>> {
    let bitext = bitext()?;
    let mut options = AlignOptions::default();
    show("as found", &pipeline::align(&bitext, &options)?);

    // A reviewer says that the introduction and the first two sentences belong to the first English one.
    let pinned = Bead::new((0, 3), (0, 1));
    options.pins.push(Pin::Bead(pinned));
    let alignment = pipeline::align(&bitext, &options)?;
    show("around the pin", &alignment);
    assert!(alignment.beads().iter().any(|aligned| aligned.bead == pinned && aligned.pinned));
    Ok(())
}

fn bitext() -> Result<Bitext, Box<dyn Error>> {
    let languages = Sides::new(Lang::arabic(), Lang::english());
    let lines = |text: &str, lang: &Lang| -> Result<_, Box<dyn Error>> {
        let mut options = ReadOptions::default();
        options.format = Some(Format::Lines);
        let read = read::parse("a text", text.as_bytes().to_vec(), &options)?;
        Ok(segment::segment(read.document, lang, &SegmentOptions::default()))
    };
    let documents = Sides::new(lines(ARABIC, &languages.source)?, lines(ENGLISH, &languages.target)?);
    Ok(Bitext { documents, languages })
}

fn show(title: &str, alignment: &Alignment) {
    println!("{title}:");
    for aligned in alignment.beads() {
        let (source, target) = (aligned.bead.source.indices(), aligned.bead.target.indices());
        println!("  {}  source {source:?}  target {target:?}", aligned.bead.bead_type());
    }
}
