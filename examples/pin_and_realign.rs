//! An alignment, corrected by a pin, and aligned anew around it.
//!
//! `cargo run --example pin_and_realign`
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use std::error::Error;

use muqabala::bitext::{Alignment, Bead, Lang, Pin, Sides};
use muqabala::pipeline::{self, Options};
use muqabala::read::Format;

/// One segment a line.
const ARABIC: &str = "مقدمة\nوقع الطرفان الاتفاق في 14 تموز 2019.\nعدل مرة واحدة.\nانتهى العمل به.\n";
const ENGLISH: &str = "The two parties signed the agreement on July 14, 2019.\n\
                       It was amended once.\nIt ceased to apply.\n";

fn main() -> Result<(), Box<dyn Error>> {
    let mut options = Options::default();
    options.languages = Sides::new(Some(Lang::arabic()), Some(Lang::english()));
    options.read.format = Some(Format::Lines);
    let aligned = pipeline::align_texts(ARABIC, ENGLISH, &options)?;
    show("as found", &aligned.alignment);

    // A reviewer says that the introduction and the first two sentences belong to the first English one.
    let pinned = Bead::new((0, 3), (0, 1));
    options.align.pins.push(Pin::Bead(pinned));
    let alignment = pipeline::align(&aligned.bitext, &options.align)?;
    show("around the pin", &alignment);
    assert!(alignment.beads().iter().any(|aligned| aligned.bead == pinned && aligned.pinned));
    Ok(())
}

fn show(title: &str, alignment: &Alignment) {
    println!("{title}:");
    for aligned in alignment.beads() {
        let (source, target) = (aligned.bead.source.indices(), aligned.bead.target.indices());
        println!("  {}  source {source:?}  target {target:?}", aligned.bead.bead_type());
    }
}
