//! Sentence vectors supplied from outside, by the text they stand for.
//!
//! In: vecalign's file layout (Thompson and Koehn 2019): a text file, one text a line (segments, and runs of
//! neighbouring segments joined by a space), and a raw file of little-endian 32-bit floats, a vector a line.
//! Out: unit vectors by text. Guarantee: files that do not fit each other are refused; pure.

use std::collections::HashMap;

/// Vectors of texts, all of one dimension, each of length 1.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TextVectors {
    dimension: usize,
    rows: HashMap<Box<str>, u32>,
    data: Vec<f32>,
}

/// Vectors that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VectorsError {
    /// There is no text.
    #[error("there is no text")]
    Empty,
    /// The numbers cannot be shared out evenly among the texts.
    #[error("{bytes} bytes of 32-bit floats are not the same number of floats for each of {texts} texts")]
    Size {
        /// How many texts there are.
        texts: usize,
        /// How many bytes of floats.
        bytes: usize,
    },
    /// A number is not finite.
    #[error("the vector of line {line} holds a number that is not finite")]
    NotFinite {
        /// The line of the text, from 1.
        line: usize,
    },
}

/// vecalign embeds no more of a text than this many characters.
const LONGEST_TEXT: usize = 10_000;

impl TextVectors {
    /// The vectors of `texts`, one after the other in `floats`. Of a text that comes twice the first counts.
    pub fn new<'a>(
        texts: impl ExactSizeIterator<Item = &'a str>,
        floats: &[f32],
    ) -> Result<Self, VectorsError> {
        let count = texts.len();
        if count == 0 {
            return Err(VectorsError::Empty);
        }
        if floats.is_empty() || !floats.len().is_multiple_of(count) {
            return Err(VectorsError::Size { texts: count, bytes: floats.len() * 4 });
        }
        let dimension = floats.len() / count;
        let mut vectors = Self { dimension, rows: HashMap::new(), data: Vec::new() };
        for (line, (text, vector)) in texts.zip(floats.chunks_exact(dimension)).enumerate() {
            if vector.iter().any(|x| !x.is_finite()) {
                return Err(VectorsError::NotFinite { line: line + 1 });
            }
            let next = vectors.rows.len() as u32;
            if *vectors.rows.entry(key(text).into()).or_insert(next) == next {
                vectors.data.extend(unit(vector.to_vec()));
            }
        }
        Ok(vectors)
    }

    /// Reads vecalign's two files.
    pub fn from_overlaps(texts: &str, raw: &[u8]) -> Result<Self, VectorsError> {
        let lines: Vec<&str> = texts.lines().collect();
        let (floats, rest) = raw.as_chunks::<4>();
        if !rest.is_empty() {
            return Err(VectorsError::Size { texts: lines.len(), bytes: raw.len() });
        }
        let floats: Vec<f32> = floats.iter().map(|b| f32::from_le_bytes(*b)).collect();
        Self::new(lines.into_iter(), &floats)
    }

    /// Numbers in a vector.
    pub const fn dimension(&self) -> usize {
        self.dimension
    }

    /// Number of different texts.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The vector of `text`, white space at its ends aside.
    pub fn get(&self, text: &str) -> Option<&[f32]> {
        let row = *self.rows.get(key(text))? as usize;
        Some(&self.data[row * self.dimension..(row + 1) * self.dimension])
    }
}

fn key(text: &str) -> &str {
    let text = text.trim();
    text.char_indices().nth(LONGEST_TEXT).map_or(text, |(at, _)| &text[..at])
}

/// `vector` at length 1; the null vector stays.
pub(super) fn unit(mut vector: Vec<f32>) -> Vec<f32> {
    let length = dot(&vector, &vector).sqrt();
    if length > 0.0 {
        for x in &mut vector {
            *x /= length;
        }
    }
    vector
}

/// The scalar product; eight sums side by side, in a fixed order.
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0f32; 8];
    let (a8, b8) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    for (x, y) in a8.0.iter().zip(b8.0) {
        for k in 0..8 {
            sums[k] += x[k] * y[k];
        }
    }
    let rest: f32 = a8.1.iter().zip(b8.1).map(|(x, y)| x * y).sum();
    sums.iter().sum::<f32>() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(floats: &[f32]) -> Vec<u8> {
        floats.iter().flat_map(|x| x.to_le_bytes()).collect()
    }

    #[test]
    fn overlaps_are_read_and_vectors_have_length_one() {
        let vectors =
            TextVectors::from_overlaps("one\none two\ntwo\n", &raw(&[3.0, 4.0, 0.0, 2.0, 1.0, 0.0])).unwrap();
        assert_eq!((vectors.dimension(), vectors.len()), (2, 3));
        assert_eq!(vectors.get(" one "), Some(&[0.6, 0.8][..]));
        assert_eq!(vectors.get("three"), None);
    }

    #[test]
    fn files_that_do_not_fit_are_refused() {
        let error = |texts: &str, raw: &[u8]| TextVectors::from_overlaps(texts, raw).unwrap_err().to_string();
        insta::assert_snapshot!(error("", &[]), @"there is no text");
        insta::assert_snapshot!(error("a\nb\n", &raw(&[1.0, 2.0, 3.0])), @"12 bytes of 32-bit floats are not the same number of floats for each of 2 texts");
        insta::assert_snapshot!(error("a\n", &[0, 0, 0]), @"3 bytes of 32-bit floats are not the same number of floats for each of 1 texts");
        insta::assert_snapshot!(error("a\nb\n", &raw(&[1.0, f32::NAN])), @"the vector of line 2 holds a number that is not finite");
    }
}
