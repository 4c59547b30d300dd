#![no_main]
//! The readers of small files beside the documents: gold, vectors of embeddings, manifests and states of `batch`.

use std::path::{Path, PathBuf};

use libfuzzer_sys::fuzz_target;
use muqabala::batch::manifest::{Places, parse};
use muqabala::batch::state::{Resume, State};
use muqabala::bitext::Bead;
use muqabala::evaluate::{Gold, GoldBead, Tally};
use muqabala::score::TextVectors;
use muqabala_fuzz::folder;

fuzz_target!(|data: &[u8]| {
    let [kind, data @ ..] = data else { return };
    let text = String::from_utf8_lossy(data);
    match kind % 4 {
        0 => {
            if let Ok(gold) = Gold::parse(&text) {
                // The same beads, each from its first segment to its last.
                let range = |of: &[u32]| Some((*of.first()?, of.last()?.saturating_add(1)));
                let bead = |b: &GoldBead| Some(Bead::new(range(b.source())?, range(b.target())?));
                let found: Vec<Bead> = gold.beads().iter().filter_map(bead).collect();
                let _ = Tally::of(gold.beads(), &found).scores();
            }
        }
        1 => {
            let half = data.len() / 2;
            let _ = TextVectors::from_overlaps(&String::from_utf8_lossy(&data[..half]), &data[half..]);
        }
        2 => {
            let _ = parse(&text, &Places::new(PathBuf::from("in"), PathBuf::from("out"), "tmx"));
        }
        _ => {
            let path: &Path = &folder().join("state");
            std::fs::write(path, data).expect("a file can be written");
            let _ = State::open(path, Resume::Earlier, None);
        }
    }
});
