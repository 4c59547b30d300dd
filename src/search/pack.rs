//! Pairs packed together: the texts of an index, small.
//!
//! In: pairs. Out: bytes, and the same pairs again. Guarantee: bytes that this program did not make give an error, and
//! never take more room than a block may have.

use std::borrow::Cow;
use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use crate::bitext::Sides;

/// Pairs in a block.
pub(super) const BLOCK: usize = 64;
/// The longest block, unpacked; more than any that is made.
const LONGEST: u64 = 1 << 30;

/// A pair, and where it stands in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pair {
    /// Its number in its file, from 1.
    pub(super) number: u64,
    pub(super) languages: Sides<Cow<'static, str>>,
    pub(super) texts: Sides<String>,
}

/// Packs the pairs of a block.
pub(super) fn pack(pairs: &[Pair]) -> Vec<u8> {
    let mut plain = Vec::new();
    for pair in pairs {
        plain.extend_from_slice(&pair.number.to_le_bytes());
        for text in [&*pair.languages.source, &*pair.languages.target, &pair.texts.source, &pair.texts.target]
        {
            plain.extend_from_slice(&(text.len() as u32).to_le_bytes());
            plain.extend_from_slice(text.as_bytes());
        }
    }
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(2));
    let written = encoder.write_all(&plain).and_then(|()| encoder.finish());
    written.expect("writing into memory cannot fail")
}

/// A block, unpacked; its pairs are read when they are asked for.
#[derive(Debug)]
pub(super) struct Block {
    plain: Vec<u8>,
    /// Where each pair begins in `plain`.
    begins: Vec<usize>,
}

impl Block {
    /// The block in `bytes`; `None` if it is none.
    pub(super) fn open(bytes: &[u8]) -> Option<Self> {
        let mut plain = Vec::new();
        DeflateDecoder::new(bytes).take(LONGEST).read_to_end(&mut plain).ok()?;
        let mut begins = Vec::new();
        let mut rest = &plain[..];
        while !rest.is_empty() {
            begins.push(plain.len() - rest.len());
            rest = rest.get(8..)?;
            for _ in 0..4 {
                (_, rest) = text(rest)?;
            }
        }
        Some(Self { plain, begins })
    }

    /// The pair at a place in the block, from 0; `None` if it has none there, or no text.
    pub(super) fn pair(&self, place: usize) -> Option<Pair> {
        let (number, mut rest) = self.plain.get(*self.begins.get(place)?..)?.split_first_chunk::<8>()?;
        let mut next = || -> Option<String> {
            let (own, after) = text(rest)?;
            rest = after;
            String::from_utf8(own.to_vec()).ok()
        };
        let languages = Sides::new(next()?.into(), next()?.into());
        let texts = Sides::new(next()?, next()?);
        Some(Pair { number: u64::from_le_bytes(*number), languages, texts })
    }
}

/// The bytes of the text with which `bytes` begin, and what stands after it.
fn text(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, after) = bytes.split_first_chunk::<4>()?;
    after.split_at_checked(u32::from_le_bytes(*length) as usize)
}

/// The pairs of a block; `None` if it is none.
pub(super) fn unpack(bytes: &[u8]) -> Option<Vec<Pair>> {
    let block = Block::open(bytes)?;
    (0..block.begins.len()).map(|place| block.pair(place)).collect()
}
