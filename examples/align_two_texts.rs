//! Two texts in memory → their beads with confidence and evidence.
//!
//! `cargo run --example align_two_texts`
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use std::error::Error;

use muqabala::bitext::Side;
use muqabala::pipeline::{self, Options};

const ARABIC: &str = "التقى الوزيران في بغداد يوم 14 تموز 2019. وناقشا ستة ملفات، \
                      من بينها التجارة والأمن. وغادر الوفد في اليوم التالي.";
const ENGLISH: &str = "The two ministers met in Baghdad on July 14, 2019. They discussed six files. \
                       Trade and security were among them. The delegation left on the following day.";

fn main() -> Result<(), Box<dyn Error>> {
    let aligned = pipeline::align_texts(ARABIC, ENGLISH, &Options::default())?;

    for bead in aligned.alignment.beads() {
        let confidence = bead.confidence.unwrap_or_default();
        println!("{}  {confidence:.2}  cost {}", bead.bead.bead_type(), bead.cost);
        for side in Side::BOTH {
            let (own, _) = bead.bead.seen_from(side);
            for index in own {
                println!("  {side}: {}", aligned.bitext.documents.get(side).segment_text(index));
            }
        }
        for item in &bead.evidence {
            println!("    {} {}", item.kind, item.cost);
        }
    }
    Ok(())
}
