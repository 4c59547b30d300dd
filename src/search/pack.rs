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
    /// The segments of each text, of a pair of a project; none of a pair of a memory.
    pub(super) pieces: Sides<Vec<Piece>>,
}

/// A segment of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Where it begins in its document, in bytes.
    pub(super) start: u64,
    /// Where it begins in the text of the pair, in bytes.
    pub(super) at: u32,
    /// How long it is there, in bytes.
    pub(super) length: u32,
    /// What stands in the document, where that was corrected.
    pub(super) original: Option<String>,
}

/// Packs the pairs of a block.
pub(super) fn pack(pairs: &[Pair]) -> Vec<u8> {
    let mut plain = Vec::new();
    for pair in pairs {
        plain.extend_from_slice(&pair.number.to_le_bytes());
        for text in [&*pair.languages.source, &*pair.languages.target, &pair.texts.source, &pair.texts.target]
        {
            put(&mut plain, text);
        }
        for pieces in [&pair.pieces.source, &pair.pieces.target] {
            plain.extend_from_slice(&(pieces.len() as u32).to_le_bytes());
            for Piece { start, at, length, original } in pieces {
                plain.extend_from_slice(&start.to_le_bytes());
                plain.extend_from_slice(&at.to_le_bytes());
                plain.extend_from_slice(&length.to_le_bytes());
                // A correction is made of a segment, which is never empty.
                put(&mut plain, original.as_deref().unwrap_or_default());
            }
        }
    }
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(2));
    let written = encoder.write_all(&plain).and_then(|()| encoder.finish());
    written.expect("writing into memory cannot fail")
}

fn put(plain: &mut Vec<u8>, text: &str) {
    plain.extend_from_slice(&(text.len() as u32).to_le_bytes());
    plain.extend_from_slice(text.as_bytes());
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
            for _ in 0..2 {
                let count;
                (count, rest) = four(rest)?;
                for _ in 0..count {
                    (_, rest) = text(rest.get(16..)?)?;
                }
            }
        }
        Some(Self { plain, begins })
    }

    /// The pair at a place in the block, from 0; `None` if it has none there, or no text.
    pub(super) fn pair(&self, place: usize) -> Option<Pair> {
        let (number, mut rest) = self.plain.get(*self.begins.get(place)?..)?.split_first_chunk::<8>()?;
        let rest = &mut rest;
        let languages = Sides::new(take(rest)?.into(), take(rest)?.into());
        let texts = Sides::new(take(rest)?, take(rest)?);
        let pieces = Sides::new(pieces(rest)?, pieces(rest)?);
        Some(Pair { number: u64::from_le_bytes(*number), languages, texts, pieces })
    }
}

/// The text with which `rest` begins, which is left without it.
fn take(rest: &mut &[u8]) -> Option<String> {
    let own;
    (own, *rest) = text(rest)?;
    String::from_utf8(own.to_vec()).ok()
}

/// The pieces of a text with which `rest` begins, which is left without them.
fn pieces(rest: &mut &[u8]) -> Option<Vec<Piece>> {
    let count;
    (count, *rest) = four(rest)?;
    let mut pieces = Vec::new();
    for _ in 0..count {
        let (start, after) = rest.split_first_chunk::<8>()?;
        let (at, after) = four(after)?;
        let (length, after) = four(after)?;
        *rest = after;
        let original = Some(take(rest)?).filter(|text| !text.is_empty());
        pieces.push(Piece { start: u64::from_le_bytes(*start), at, length, original });
    }
    Some(pieces)
}

/// The number of four bytes with which `bytes` begin, and what stands after it.
fn four(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (number, after) = bytes.split_first_chunk::<4>()?;
    Some((u32::from_le_bytes(*number), after))
}

/// The bytes of the text with which `bytes` begin, and what stands after it.
fn text(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, after) = four(bytes)?;
    after.split_at_checked(length as usize)
}

/// The pairs of a block; `None` if it is none.
pub(super) fn unpack(bytes: &[u8]) -> Option<Vec<Pair>> {
    let block = Block::open(bytes)?;
    (0..block.begins.len()).map(|place| block.pair(place)).collect()
}
