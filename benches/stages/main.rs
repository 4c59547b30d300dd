//! How long each stage takes: `cargo bench --bench stages`, or `cargo bench --bench stages -- align` for one.
//!
//! The text is made up here from a fixed seed. Whole runs are done at 1,000 and 10,000 segments a side;
//! `MUQABALA_BENCH_LARGE=1` adds 100,000. `scripts/bench-scale` measures whole runs of the program, with memory.
#![expect(clippy::unwrap_used, reason = "a bench may panic")]

mod made_up;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use muqabala::align::{SearchOptions, search};
use muqabala::anchor::anchors;
use muqabala::bitext::{Bead, BeadType, Bitext, Cost, CostModel, Lang, SegmentedDocument, Side, Sides};
use muqabala::export;
use muqabala::export::tmx::{Duplicates, TmxOptions};
use muqabala::lexicon::{UnitPair, learn_words};
use muqabala::pipeline::{self, AlignOptions};
use muqabala::read::{self, ReadOptions};
use muqabala::segment::{SegmentOptions, segment};
use muqabala::tmx::{Inline, TmxReader};

use made_up::MadeUp;

fn main() {
    divan::main();
}

const SIDES: [Side; 2] = [Side::Source, Side::Target];

fn languages() -> Sides<Lang> {
    Sides::new(Lang::arabic(), Lang::english())
}

fn bitext(segments: usize) -> Bitext {
    let made = MadeUp::new(segments);
    Bitext {
        documents: Sides::new(
            SegmentedDocument::from_lines(&made.source),
            SegmentedDocument::from_lines(&made.target),
        ),
        languages: languages(),
    }
}

/// Running text: some sentences a paragraph.
fn running(side: Side) -> String {
    let made = MadeUp::new(5_000);
    let lines = if side == Side::Source { made.source } else { made.target };
    lines.chunks(4).map(|sentences| sentences.join(" ") + "\n").collect()
}

#[divan::bench(args = SIDES)]
fn reading(bencher: Bencher<'_, '_>, side: Side) {
    let text = running(side).into_bytes();
    bencher
        .counter(BytesCount::new(text.len()))
        .with_inputs(|| text.clone())
        .bench_values(|bytes| read::parse("x.txt", bytes, &ReadOptions::default()).unwrap());
}

#[divan::bench(args = SIDES)]
fn segmentation(bencher: Bencher<'_, '_>, side: Side) {
    let (text, language) = (running(side), languages().get(side).clone());
    let options = SegmentOptions::default();
    bencher
        .counter(BytesCount::new(text.len()))
        .with_inputs(|| read::plain::document(text.clone()))
        .bench_values(|document| segment(document, &language, &options));
}

#[divan::bench(args = SIDES)]
fn anchors_of_segments(bencher: Bencher<'_, '_>, side: Side) {
    let made = MadeUp::new(5_000);
    let lines = if side == Side::Source { made.source } else { made.target };
    let language = languages().get(side).clone();
    bencher
        .counter(ItemsCount::new(lines.len()))
        .bench(|| lines.iter().map(|line| anchors(line, &language).len()).sum::<usize>());
}

#[divan::bench(args = [1_000, 10_000], sample_count = 5)]
fn learning(bencher: Bencher<'_, '_>, segments: usize) {
    let made = MadeUp::new(segments);
    let units: Vec<UnitPair> = made
        .source
        .iter()
        .zip(&made.target)
        .map(|(source, target)| UnitPair { source: source.clone(), target: target.clone() })
        .collect();
    let languages = (Lang::arabic(), Lang::english());
    bencher.counter(ItemsCount::new(units.len())).bench(|| learn_words(&units, &languages));
}

/// Costs that need no text: the diagonal is cheap, with holes.
struct Diagonal {
    size: usize,
    types: Vec<BeadType>,
}

impl CostModel for Diagonal {
    fn size(&self) -> (usize, usize) {
        (self.size, self.size)
    }

    fn linked_types(&self) -> &[BeadType] {
        &self.types
    }

    fn bead(&self, bead: Bead) -> Cost {
        let distance = bead.source.start().abs_diff(bead.target.start());
        let extra = bead.source.len() + bead.target.len() - 2;
        Cost::from_nats(1.0 + 2.0 * distance.min(5) as f64 + 3.0 * extra as f64)
    }

    fn null(&self, _: Side, segment: usize) -> Cost {
        Cost::from_nats(if segment.is_multiple_of(50) { 0.5 } else { 4.0 })
    }

    fn null_open(&self, _: Side) -> Cost {
        Cost::from_nats(2.0)
    }
}

#[divan::bench(args = [1_000, 10_000], sample_count = 5)]
fn dynamic_programming(bencher: Bencher<'_, '_>, segments: usize) {
    let types = [(1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1)].map(|(n, m)| BeadType::new(n, m)).to_vec();
    let model = Diagonal { size: segments, types };
    let options = SearchOptions::default();
    bencher.counter(ItemsCount::new(segments)).bench(|| search(&model, &[], &options).unwrap());
}

fn memory(segments: usize) -> Vec<u8> {
    let bitext = bitext(segments);
    let alignment = pipeline::align(&bitext, &AlignOptions::default()).unwrap();
    let mut out = Vec::new();
    let mut options = TmxOptions::new(languages());
    options.duplicates = Duplicates::All;
    export::tmx::write(export::views(&bitext, &alignment), &options, &mut out).unwrap();
    out
}

#[divan::bench]
fn writing_tmx(bencher: Bencher<'_, '_>) {
    let bitext = bitext(2_000);
    let alignment = pipeline::align(&bitext, &AlignOptions::default()).unwrap();
    let options = TmxOptions::new(languages());
    let written = |out: &mut Vec<u8>| {
        export::tmx::write(export::views(&bitext, &alignment), &options, out).unwrap();
    };
    let mut once = Vec::new();
    written(&mut once);
    bencher.counter(BytesCount::new(once.len())).with_inputs(|| Vec::with_capacity(once.len())).bench_values(
        |mut out| {
            written(&mut out);
            out
        },
    );
}

#[divan::bench]
fn reading_tmx(bencher: Bencher<'_, '_>) {
    let memory = memory(2_000);
    bencher.counter(BytesCount::new(memory.len())).bench(|| {
        let reader = TmxReader::new(&*memory, Inline::Keep).unwrap();
        reader.map(|unit| unit.unwrap().variants.len()).sum::<usize>()
    });
}

fn sizes() -> Vec<usize> {
    let large = std::env::var_os("MUQABALA_BENCH_LARGE").map(|_| 100_000);
    [1_000, 10_000].into_iter().chain(large).collect()
}

#[divan::bench(args = sizes(), sample_count = 3, sample_size = 1)]
fn align_whole(bencher: Bencher<'_, '_>, segments: usize) {
    let bitext = bitext(segments);
    bencher
        .counter(ItemsCount::new(segments))
        .bench(|| pipeline::align(&bitext, &AlignOptions::default()).unwrap());
}
