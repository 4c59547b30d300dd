#![no_main]
//! The reader of segmentation rules, and cutting by what it reads.

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use muqabala::bitext::{Block, BlockKind, Document, Lang, TextSpan};
use muqabala::segment::{OnUntranslatable, SegmentOptions, read_srx, segment};

const TEXT: &str = "قال د. علي: نعم. هل تأتي؟ «لا». Mr. Smith came at 3.30 p.m. to St. Ives. He left! Did he? 1. One…";

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(read) = read_srx(text, OnUntranslatable::LeaveOut) else { return };
    let block = Block { span: TextSpan::new(0, TEXT.len()), kind: BlockKind::Paragraph };
    let document = Document::new(TEXT.to_owned(), vec![block]).expect("one block is in order");
    let mut options = SegmentOptions::default();
    options.rules = Some(Arc::new(read.rules));
    let _ = segment(document, &Lang::arabic(), &options);
});
