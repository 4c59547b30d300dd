//! The example: the joint statement, inside the program.
//!
//! The Arabic is the U.S.-Iraq joint statement of July 2024 inside the news article that printed it; the English is a
//! rendering written for this project, not the official release: `corpora/jscd-2024`.

use crate::bitext::{Bitext, Lang, Sides};
use crate::pipeline;
use crate::read::{self, ReadError, ReadOptions};
use crate::segment::SegmentOptions;

/// The names of the two documents and their contents.
pub const DOCUMENTS: Sides<(&str, &[u8])> = Sides {
    source: ("ar.txt", include_bytes!("../../corpora/jscd-2024/ar.txt")),
    target: ("en.txt", include_bytes!("../../corpora/jscd-2024/en.txt")),
};

/// The two documents, cut into segments.
pub fn bitext() -> Result<Bitext, ReadError> {
    let one = |(name, bytes): (&str, &[u8]), lang: &Lang| -> Result<_, ReadError> {
        let options = ReadOptions { language: Some(lang.clone()), ..ReadOptions::default() };
        let read = read::parse(name, bytes.to_vec(), &options)?;
        Ok(pipeline::prepare(read.document, Some(lang), &SegmentOptions::default()).document)
    };
    let languages = Sides::new(Lang::arabic(), Lang::english());
    let documents =
        Sides::new(one(DOCUMENTS.source, &languages.source)?, one(DOCUMENTS.target, &languages.target)?);
    Ok(Bitext { documents, languages })
}
