#![no_main]
//! The library as a stranger's program calls it: documents whose blocks and segments may be wrong, any pins, any numbers
//! in the options, sentence vectors of any length, and cost models that break their contract. Nothing may panic.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use libfuzzer_sys::fuzz_target;
use muqabala::align::{self, SearchOptions};
use muqabala::bitext::{
    Bead, BeadType, Bitext, Block, BlockKind, Cost, CostModel, Document, Hint, Lang, Pin, RowCosts, Rung, SIGNATURE,
    Segment, SegmentedDocument, Side, Sides, TextSpan,
};
use muqabala::pipeline::{self, AlignOptions};
use muqabala::score::{EncodeError, Encoded, TextEncoder};

/// Bytes that become numbers, until there are no more: then noughts.
struct Numbers<'a>(&'a [u8]);

impl Numbers<'_> {
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    /// Mostly small, sometimes as large as it gets.
    fn index(&mut self) -> usize {
        match self.byte() {
            255 => usize::MAX,
            254 => u32::MAX as usize,
            small => usize::from(small) % 80,
        }
    }

    fn number(&mut self) -> f64 {
        match self.byte() % 8 {
            0 => f64::NAN,
            1 => f64::INFINITY,
            2 => f64::NEG_INFINITY,
            3 => -1.0,
            4 => 0.0,
            5 => f64::MAX,
            _ => f64::from(self.byte()) / 200.0,
        }
    }
}

const TEXTS: [&str; 2] = ["التقى الوزيران في ٢٢ تموز. واتفقا على 3 خطط. ثم سافرا", "The ministers met on 22 July. They agreed on 3 plans"];

/// A document of pieces of `text`, or of blocks and segments anywhere.
fn document(text: &str, numbers: &mut Numbers<'_>) -> Option<SegmentedDocument> {
    if numbers.byte() % 4 != 0 {
        let words: Vec<&str> = text.split(' ').collect();
        let count = numbers.byte() % 12;
        let piece = |numbers: &mut Numbers<'_>| {
            let from = usize::from(numbers.byte()) % words.len();
            words[from..(from + usize::from(numbers.byte() % 4)).min(words.len())].join(" ")
        };
        return Some(SegmentedDocument::from_lines(&(0..count).map(|_| piece(numbers)).collect::<Vec<_>>()));
    }
    let spans = |numbers: &mut Numbers<'_>| {
        let count = numbers.byte() % 8;
        (0..count).map(|_| TextSpan::new(numbers.index(), numbers.index())).collect::<Vec<_>>()
    };
    let blocks = spans(numbers).into_iter().map(|span| Block { span, kind: BlockKind::Paragraph }).collect();
    let document = Document::new(text.to_owned(), blocks).ok()?;
    let _ = document.slice(TextSpan::new(numbers.index(), numbers.index()));
    let segments = spans(numbers).into_iter().map(|span| Segment { span, block: u32::from(numbers.byte() % 8) });
    SegmentedDocument::new(document, segments.collect()).ok()
}

/// Gives vectors of any length and of any numbers.
#[derive(Debug)]
struct Liar(Vec<u8>);

impl TextEncoder for Liar {
    fn dimension(&self) -> usize {
        Numbers(&self.0).index() % 300
    }

    fn longest_run(&self) -> usize {
        Numbers(&self.0).index()
    }

    fn encode(&self, text: &str) -> Result<Encoded, EncodeError> {
        let mut numbers = Numbers(self.0.get(text.len() % self.0.len().max(1)..).unwrap_or_default());
        let length = if numbers.byte() % 4 == 0 { numbers.index() % 300 } else { self.dimension() };
        let vector = (0..length).map(|_| numbers.number() as f32).collect();
        Ok(if numbers.byte() % 8 == 0 { Encoded::Nothing } else { Encoded::Whole(vector) })
    }
}

/// A cost model that says what it likes of itself, and another cost each time that it is asked.
#[derive(Debug)]
struct Costs {
    size: (usize, usize),
    types: Vec<BeadType>,
    usual: usize,
    hints: Vec<Hint>,
    signatures: usize,
    draft: Option<(usize, usize)>,
    costs: Vec<f64>,
    asked: AtomicUsize,
}

impl Costs {
    fn new(numbers: &mut Numbers<'_>) -> Self {
        let mut up_to = |most: usize| usize::from(numbers.byte()) % most;
        let size = (up_to(60), up_to(60));
        let (types, hints) = (up_to(70), up_to(9));
        let (usual, signatures, draft) = (up_to(72), up_to(600), up_to(4));
        let draft = (draft > 0).then(|| if draft == 1 { (size.1, size.0) } else { size });
        let mut at = || numbers.index() as u32;
        let types: Vec<BeadType> =
            (0..types).map(|_| BeadType::new(at() % 5, if at() == 7 { u32::MAX } else { at() % 5 })).collect();
        let hints = (0..hints).map(|_| Hint { source: at(), target: at(), weight: at() }).collect();
        let usual = if usual > 60 { usual } else { types.len().min(usual) };
        let costs = (0..4).map(|_| numbers.number()).collect();
        Self { size, types, usual, hints, signatures, draft, costs, asked: AtomicUsize::new(0) }
    }

    fn next(&self) -> Cost {
        let asked = self.asked.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9E37_79B9);
        Cost::from_nats(self.costs[(asked >> 16) % self.costs.len()])
    }

    fn try_all(&self, numbers: &mut Numbers<'_>, pins: &[Pin]) {
        let mut options = SearchOptions::default();
        if numbers.byte() % 4 != 0 {
            (options.whole_cells, options.draft_cells, options.proof_cells) = (numbers.index(), numbers.index(), 4000);
            (options.band, options.narrow, options.check) = (numbers.index(), numbers.index(), numbers.index());
            (options.window, options.overlap, options.sample) = (numbers.index(), numbers.index(), numbers.index());
            options.most_cells = numbers.index();
        }
        if numbers.byte() % 8 == 0 {
            options.temperature = numbers.number();
        }
        if let Ok(found) = align::search(self, pins, &options) {
            let count = |side| found.beads.iter().map(|bead| bead.seen_from(side).0.len()).sum::<usize>();
            assert_eq!((count(Side::Source), count(Side::Target)), self.size);
        }
    }
}

/// Fills rows with anything that fits.
struct Rows<'a>(&'a Costs);

impl RowCosts for Rows<'_> {
    fn fill(&mut self, _: usize, costs: &mut [i32]) {
        costs.fill_with(|| self.0.next().units() as i32);
    }
}

impl CostModel for Costs {
    fn size(&self) -> (usize, usize) {
        self.size
    }

    fn linked_types(&self) -> &[BeadType] {
        &self.types
    }

    fn usual_types(&self) -> usize {
        self.usual
    }

    fn bead(&self, _: Bead) -> Cost {
        self.next()
    }

    fn null(&self, _: Side, _: usize) -> Cost {
        self.next()
    }

    fn null_open(&self, _: Side) -> Cost {
        self.next()
    }

    fn hints(&self) -> Vec<Hint> {
        self.hints.clone()
    }

    fn draft(&self) -> Option<Box<dyn CostModel + '_>> {
        let (types, hints, costs) = (self.types.clone(), Vec::new(), self.costs.clone());
        let asked = AtomicUsize::new(0);
        Some(Box::new(Self { size: self.draft?, types, hints, costs, asked, draft: None, ..*self }))
    }

    fn signatures(&self, _: Side, cuts: &[usize]) -> Vec<f32> {
        let right = cuts.len().saturating_sub(1) * SIGNATURE;
        vec![self.costs[0] as f32; if self.signatures < 300 { right } else { self.signatures }]
    }

    fn rows<'a>(&'a self, _: usize, _: &'a [Range<usize>]) -> Box<dyn RowCosts + 'a> {
        Box::new(Rows(self))
    }
}

fuzz_target!(|data: &[u8]| {
    let mut numbers = Numbers(data);
    if numbers.byte() % 3 == 0 {
        let model = Costs::new(&mut numbers);
        let pin = Bead::new((numbers.index() as u32, numbers.index() as u32), (numbers.index() as u32, numbers.index() as u32));
        let pins = if numbers.byte() % 4 == 0 { vec![Pin::Bead(pin)] } else { Vec::new() };
        return model.try_all(&mut numbers, &pins);
    }
    let (Some(source), Some(target)) = (document(TEXTS[0], &mut numbers), document(TEXTS[1], &mut numbers)) else { return };
    let bitext = Bitext {
        documents: Sides::new(source, target),
        languages: Sides::new(Lang::arabic(), Lang::english()),
    };
    let mut options = AlignOptions::default();
    for _ in 0..numbers.byte() % 4 {
        let mut at = || numbers.index() as u32;
        let (a, b, c, d) = (at(), at(), at(), at());
        options.pins.push(if a % 2 == 0 {
            Pin::Rung(Rung { source: a, target: b })
        } else {
            Pin::Bead(Bead::new((a, b), (c, d)))
        });
    }
    if numbers.byte() % 2 == 0 {
        options.rounds = numbers.index();
        options.believe = numbers.number();
        options.score.word_share = numbers.number();
        options.score.null_enter = numbers.number();
        options.score.length_variance = numbers.number();
        options.score.dilution = numbers.number();
        options.search.window = numbers.index();
        options.search.overlap = numbers.index();
        options.search.band = numbers.index();
        options.search.whole_cells = numbers.index();
        options.search.temperature = numbers.number();
    }
    if numbers.byte() % 4 == 0 {
        options.encoder = Some(Arc::new(Liar(numbers.0.to_vec())));
    }
    let _ = pipeline::align(&bitext, &options);
});
