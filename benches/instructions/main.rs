//! How many instructions each stage takes, counted by Callgrind: the same on every run, so that a regression shows
//! where wall time is noise. `scripts/bench-instructions` runs them and holds the counts against those kept.
//!
//! The text is that of the benches of time (`benches/stages`), in one thread.
#![expect(clippy::unwrap_used, reason = "a bench may panic")]
#![expect(
    missing_docs,
    unused_qualifications,
    clippy::exit,
    reason = "the macros of the harness write these"
)]

#[path = "../stages/made_up.rs"]
mod made_up;

use std::hint::black_box;

use gungraun::prelude::*;
use muqabala::anchor::anchors;
use muqabala::bitext::{Alignment, Bitext, Document, Lang, SegmentedDocument, Sides};
use muqabala::export;
use muqabala::export::tmx::TmxOptions;
use muqabala::pipeline::{self, AlignOptions};
use muqabala::read::{self, ReadOptions};
use muqabala::segment::{SegmentOptions, segment};
use muqabala::tmx::{Inline, TmxReader};

use made_up::MadeUp;

fn languages() -> Sides<Lang> {
    Sides::new(Lang::arabic(), Lang::english())
}

fn bitext(segments: usize) -> Bitext {
    let made = MadeUp::new(segments);
    let lines = |lines: &[String]| SegmentedDocument::from_lines(lines);
    Bitext { documents: Sides::new(lines(&made.source), lines(&made.target)), languages: languages() }
}

fn running() -> String {
    MadeUp::new(1_000).source.chunks(4).map(|sentences| sentences.join(" ") + "\n").collect()
}

fn bytes() -> Vec<u8> {
    running().into_bytes()
}

fn document() -> Document {
    read::plain::document(running())
}

fn lines() -> Vec<String> {
    MadeUp::new(1_000).source
}

fn aligned() -> (Bitext, Alignment) {
    let bitext = bitext(200);
    let alignment = pipeline::align(&bitext, &AlignOptions::default()).unwrap();
    (bitext, alignment)
}

fn written((bitext, alignment): &(Bitext, Alignment)) -> Vec<u8> {
    let mut out = Vec::new();
    export::tmx::write(export::views(bitext, alignment), &TmxOptions::new(languages()), &mut out).unwrap();
    out
}

fn memory() -> Vec<u8> {
    written(&aligned())
}

#[library_benchmark]
#[bench::kilo(setup = bytes)]
fn reading(bytes: Vec<u8>) -> usize {
    black_box(read::parse("x.txt", bytes, &ReadOptions::default()).unwrap()).document.text().len()
}

#[library_benchmark]
#[bench::kilo(setup = document)]
fn segmentation(document: Document) -> usize {
    black_box(segment(document, &Lang::arabic(), &SegmentOptions::default())).len()
}

#[library_benchmark]
#[bench::kilo(setup = lines)]
fn anchors_of_segments(lines: Vec<String>) -> usize {
    let language = Lang::arabic();
    lines.iter().map(|line| black_box(anchors(line, &language)).len()).sum()
}

#[library_benchmark]
#[bench::hundred(args = [100], setup = bitext)]
#[bench::kilo(args = [1_000], setup = bitext)]
fn align_whole(bitext: Bitext) -> usize {
    black_box(pipeline::align(&bitext, &AlignOptions::default()).unwrap()).beads().len()
}

#[library_benchmark]
#[bench::two_hundred(setup = aligned)]
fn writing_tmx(aligned: (Bitext, Alignment)) -> usize {
    black_box(written(&aligned)).len()
}

#[library_benchmark]
#[bench::two_hundred(setup = memory)]
fn reading_tmx(memory: Vec<u8>) -> usize {
    let reader = TmxReader::new(&*memory, Inline::Keep).unwrap();
    reader.map(|unit| black_box(unit.unwrap()).variants.len()).sum()
}

library_benchmark_group!(
    name = stages,
    benchmarks = [reading, segmentation, anchors_of_segments, align_whole, writing_tmx, reading_tmx]
);

main!(
    config = LibraryBenchmarkConfig::default().env("RAYON_NUM_THREADS", "1"),
    library_benchmark_groups = stages
);
