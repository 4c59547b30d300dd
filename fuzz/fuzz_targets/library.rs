#![no_main]
//! The library as a stranger's program calls it: documents whose blocks and segments may be wrong, any pins, any numbers
//! in the options, and sentence vectors of any length. Nothing may panic.

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use muqabala::bitext::{
    Bead, Bitext, Block, BlockKind, Document, Lang, Pin, Rung, Segment, SegmentedDocument, Sides, TextSpan,
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

fuzz_target!(|data: &[u8]| {
    let mut numbers = Numbers(data);
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
