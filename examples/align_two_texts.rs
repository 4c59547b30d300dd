//! Two texts in memory → their beads with confidence and evidence.
//!
//! `cargo run --example align_two_texts`
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use std::error::Error;

use muqabala::bitext::{Bitext, Lang, Side, Sides};
use muqabala::pipeline::{self, AlignOptions};
use muqabala::read::{self, ReadOptions};
use muqabala::segment::{self, SegmentOptions};

const ARABIC: &str = "التقى الوزيران في بغداد يوم 14 تموز 2019. وناقشا ستة ملفات، \
                      من بينها التجارة والأمن. وغادر الوفد في اليوم التالي.";
const ENGLISH: &str = "The two ministers met in Baghdad on July 14, 2019. They discussed six files. \
                       Trade and security were among them. The delegation left on the following day.";

fn main() -> Result<(), Box<dyn Error>> {
    let languages = Sides::new(Lang::arabic(), Lang::english());
    let segmented = |text: &str, lang: &Lang| -> Result<_, Box<dyn Error>> {
        let read = read::parse("a text", text.as_bytes().to_vec(), &ReadOptions::default())?;
        Ok(segment::segment(read.document, lang, &SegmentOptions::default()))
    };
    let documents = Sides::new(segmented(ARABIC, &languages.source)?, segmented(ENGLISH, &languages.target)?);
    let bitext = Bitext { documents, languages };

    let alignment = pipeline::align(&bitext, &AlignOptions::default())?;

    for aligned in alignment.beads() {
        let confidence = aligned.confidence.unwrap_or_default();
        println!("{}  {confidence:.2}  cost {}", aligned.bead.bead_type(), aligned.cost);
        for side in Side::BOTH {
            let (own, _) = aligned.bead.seen_from(side);
            for index in own {
                println!("  {side}: {}", bitext.documents.get(side).segment_text(index));
            }
        }
        for item in &aligned.evidence {
            println!("    {} {}", item.kind, item.cost);
        }
    }
    Ok(())
}
