//! Sentence vectors made on the spot: segments and runs of segments → an encoder → vectors.
//!
//! In: a segmented document, a [`TextEncoder`]. Out: a row of numbers for each different run of segments.
//! Guarantee: a text that recurs is encoded once; the result is the same on any number of threads. Encoding is
//! done in parallel, some hundred texts at a time, so that besides the rows only those are in memory.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use rayon::prelude::*;

use super::prior::LONGEST;
use super::vectors::unit;

/// Texts that are encoded before the next ones are put together.
const AT_ONCE: usize = 512;
/// Of a text that cannot be encoded so many characters are shown.
const SHOWN: usize = 60;

/// What turns a text into a vector, such as a model folder.
///
/// Texts that mean the same, in whatever language, are to have vectors that point the same way.
pub trait TextEncoder: fmt::Debug + Send + Sync {
    /// Numbers in a vector, at least 1 and at most 2^20; others are an error of every text.
    fn dimension(&self) -> usize;

    /// Up to so many neighbouring segments, joined by a space, are encoded as one text, at least 1. The vector
    /// of a longer run is the sum of its segments' vectors.
    fn longest_run(&self) -> usize;

    /// The vector of `text`: [`dimension`](Self::dimension) finite numbers. Its direction is the meaning, its
    /// length how much it weighs beside its neighbours in the sum of a run. The same text has always the same
    /// vector, to the bit.
    fn encode(&self, text: &str) -> Result<Encoded, EncodeError>;
}

/// The vector of a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Encoded {
    /// Of all of the text.
    Whole(Vec<f32>),
    /// Of its beginning: the text is longer than the encoder reads.
    Beginning(Vec<f32>),
    /// The encoder knows nothing of what stands in the text.
    Nothing,
}

impl Encoded {
    fn vector(&self) -> Option<&[f32]> {
        match self {
            Self::Whole(vector) | Self::Beginning(vector) => Some(vector),
            Self::Nothing => None,
        }
    }
}

/// A text that has no vector because the encoder failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` could not be turned into a vector: {problem}")]
pub struct EncodeError {
    text: String,
    problem: String,
}

impl EncodeError {
    /// Of `text`, because of `problem`.
    pub fn new(text: &str, problem: impl fmt::Display) -> Self {
        let cut = text.char_indices().nth(SHOWN).map(|(at, _)| at);
        let text = cut.map_or_else(|| text.to_owned(), |at| format!("{}…", &text[..at]));
        Self { text, problem: problem.to_string() }
    }
}

/// The most numbers in a vector.
const MOST_NUMBERS: usize = 1 << 20;

/// The vector of `text`, where the encoder keeps to what it says of itself.
fn checked(encoder: &dyn TextEncoder, text: &str) -> Result<Encoded, EncodeError> {
    let dimension = encoder.dimension();
    if dimension == 0 || dimension > MOST_NUMBERS {
        return Err(EncodeError::new(text, format_args!("its encoder makes vectors of {dimension} numbers")));
    }
    let encoded = encoder.encode(text)?;
    match encoded.vector() {
        Some(vector) if vector.len() != dimension => {
            let made = vector.len();
            Err(EncodeError::new(
                text,
                format_args!("its encoder made {made} numbers of it, not {dimension}"),
            ))
        }
        Some(vector) if vector.iter().any(|x| !x.is_finite()) => {
            Err(EncodeError::new(text, "its encoder made a number of it that is not finite"))
        }
        _ => Ok(encoded),
    }
}

/// The vectors of a document's runs, each of length 1.
pub(super) struct EncodedRuns {
    /// For each segment and each run of 1 to [`LONGEST`] from there, which row of `data` is its vector.
    pub(super) rows: Vec<Option<u32>>,
    /// The rows, one after the other.
    pub(super) data: Vec<f32>,
}

/// Encodes the segments `texts` and the runs of them; runs of the same texts share a row.
pub(super) fn encode_runs(texts: &[String], encoder: &dyn TextEncoder) -> Result<EncodedRuns, EncodeError> {
    let mut ids: HashMap<&str, u32> = HashMap::new();
    let mut different: Vec<&str> = Vec::new();
    let of: Vec<u32> = texts
        .iter()
        .map(|text| {
            *ids.entry(text).or_insert_with(|| {
                different.push(text);
                different.len() as u32 - 1
            })
        })
        .collect();
    let mut singles = Vec::with_capacity(different.len());
    for some in different.chunks(AT_ONCE) {
        singles.extend(in_parallel(some, |text| checked(encoder, text))?);
    }
    let single = |segment: usize| singles[of[segment] as usize].vector();

    let mut rows = vec![None; texts.len() * LONGEST];
    let mut known: HashMap<&[u32], u32> = HashMap::new();
    let mut runs: Vec<Range<usize>> = Vec::new();
    for from in 0..texts.len() {
        for k in 0..LONGEST.min(texts.len() - from) {
            // A segment without a vector: the runs over it say nothing.
            if single(from + k).is_none() {
                break;
            }
            let run = from..from + k + 1;
            rows[from * LONGEST + k] = Some(*known.entry(&of[run.clone()]).or_insert_with(|| {
                runs.push(run);
                runs.len() as u32 - 1
            }));
        }
    }

    let vector = |run: &Range<usize>| -> Result<Vec<f32>, EncodeError> {
        if run.len() > 1 && run.len() <= encoder.longest_run() {
            // A vector of its beginning would hide what the rest of a run says: its segments do not.
            if let Encoded::Whole(vector) = checked(encoder, &texts[run.clone()].join(" "))? {
                return Ok(unit(vector));
            }
        }
        let mut sum = vec![0f32; encoder.dimension()];
        for vector in run.clone().filter_map(single) {
            sum.iter_mut().zip(vector).for_each(|(s, x)| *s += x);
        }
        Ok(unit(sum))
    };
    let mut data = Vec::with_capacity(runs.len() * encoder.dimension());
    for some in runs.chunks(AT_ONCE) {
        data.extend(in_parallel(some, vector)?.into_iter().flatten());
    }
    Ok(EncodedRuns { rows, data })
}

/// `work` on each item, in order; of several failures the first, whichever thread comes first.
fn in_parallel<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> Result<R, EncodeError> + Send + Sync,
) -> Result<Vec<R>, EncodeError> {
    let done: Vec<Result<R, EncodeError>> = items.par_iter().map(work).collect();
    done.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::super::embedding::Embedded;
    use super::*;
    use crate::bitext::{Bitext, Lang, SegmentedDocument, Sides};

    /// Words count: one number for each letter a word begins with. Remembers what it was asked.
    #[derive(Debug, Default)]
    struct Letters {
        longest_run: usize,
        asked: Mutex<Vec<String>>,
    }

    impl TextEncoder for Letters {
        fn dimension(&self) -> usize {
            3
        }

        fn longest_run(&self) -> usize {
            self.longest_run
        }

        fn encode(&self, text: &str) -> Result<Encoded, EncodeError> {
            self.asked.lock().unwrap().push(text.to_owned());
            if text.contains('!') {
                return Err(EncodeError::new(text, "no"));
            }
            let mut vector = vec![0.0; 3];
            for word in text.split(' ') {
                if let Some(k) = "abc".find(&word[..1]) {
                    vector[k] += 1.0;
                }
            }
            Ok(match text.len() {
                _ if vector.iter().all(|&x| x == 0.0) => Encoded::Nothing,
                10.. => Encoded::Beginning(vector),
                _ => Encoded::Whole(vector),
            })
        }
    }

    fn encode(texts: &[&str], longest_run: usize) -> (Result<EncodedRuns, EncodeError>, Vec<String>) {
        let encoder = Letters { longest_run, ..Letters::default() };
        let texts: Vec<String> = texts.iter().map(|&t| t.to_owned()).collect();
        let runs = encode_runs(&texts, &encoder);
        let mut asked = encoder.asked.into_inner().unwrap();
        asked.sort();
        (runs, asked)
    }

    fn row(runs: &EncodedRuns, from: usize, length: usize) -> Option<&[f32]> {
        let row = runs.rows[from * LONGEST + length - 1]? as usize;
        Some(&runs.data[row * 3..(row + 1) * 3])
    }

    #[test]
    fn what_recurs_is_encoded_once() {
        let (runs, asked) = encode(&["a a", "b", "a a", "b"], 2);
        assert_eq!(asked, ["a a", "a a b", "b", "b a a"]);
        let runs = runs.unwrap();
        // a; ab; aba; abab; b; ba; bab. The rest recurs.
        assert_eq!(runs.data.len(), 7 * 3);
        assert_eq!(runs.rows[0], runs.rows[2 * LONGEST]);
        assert_eq!(runs.rows[1], runs.rows[2 * LONGEST + 1]);
    }

    #[test]
    fn longer_runs_are_sums_and_weigh_by_length() {
        let runs = encode(&["a a a", "b b b b", "c"], 1).0.unwrap();
        assert_eq!(row(&runs, 0, 2), Some(&[0.6, 0.8, 0.0][..]));
        assert_eq!(row(&runs, 2, 2), None, "the document ends there");
        // A text too long for the encoder is not taken for its beginning where its segments are whole.
        let runs = encode(&["a a a", "b b b b", "c"], 2).0.unwrap();
        assert_eq!(row(&runs, 0, 2), Some(&[0.6, 0.8, 0.0][..]));
    }

    #[test]
    fn what_the_encoder_does_not_know_says_nothing() {
        let runs = encode(&["a", "x", "b"], 4).0.unwrap();
        assert_eq!(row(&runs, 0, 1), Some(&[1.0, 0.0, 0.0][..]));
        assert_eq!((row(&runs, 1, 1), row(&runs, 0, 2), row(&runs, 1, 2)), (None, None, None));
        assert!(encode(&[], 4).0.unwrap().data.is_empty());
    }

    #[test]
    fn the_first_failure_is_told() {
        let long = format!("!{}", "b".repeat(80));
        let error = encode(&["a", &long, "!"], 4).0.err().unwrap();
        insta::assert_snapshot!(error, @"`!bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb…` could not be turned into a vector: no");
    }

    /// Gives whatever it was told, whatever it was asked.
    #[derive(Debug)]
    struct Wrong(usize, Vec<f32>);

    impl TextEncoder for Wrong {
        fn dimension(&self) -> usize {
            self.0
        }

        fn longest_run(&self) -> usize {
            0
        }

        fn encode(&self, _: &str) -> Result<Encoded, EncodeError> {
            Ok(Encoded::Whole(self.1.clone()))
        }
    }

    #[test]
    fn an_encoder_that_breaks_its_word_is_an_error() {
        let error = |wrong: Wrong| {
            let texts = ["a".to_owned(), "b".to_owned()];
            encode_runs(&texts, &wrong).err().map(|error| error.to_string()).unwrap_or_default()
        };
        insta::assert_snapshot!(error(Wrong(0, vec![])), @"`a` could not be turned into a vector: its encoder makes vectors of 0 numbers");
        insta::assert_snapshot!(error(Wrong(usize::MAX, vec![])), @"`a` could not be turned into a vector: its encoder makes vectors of 18446744073709551615 numbers");
        insta::assert_snapshot!(error(Wrong(2, vec![1.0])), @"`a` could not be turned into a vector: its encoder made 1 numbers of it, not 2");
        insta::assert_snapshot!(error(Wrong(1, vec![f32::NAN])), @"`a` could not be turned into a vector: its encoder made a number of it that is not finite");
        assert_eq!(error(Wrong(1, vec![f32::MAX])), "");
        assert_eq!(error(Wrong(1, vec![0.0])), "");
    }

    #[test]
    fn an_encoder_of_nothing_that_is_never_asked_does_no_harm() {
        let nothing: [&str; 0] = [];
        let bitext = Bitext {
            documents: Sides::new(
                SegmentedDocument::from_lines(&nothing),
                SegmentedDocument::from_lines(&nothing),
            ),
            languages: Sides::new(Lang::arabic(), Lang::english()),
        };
        assert!(Embedded::encode(&bitext, &Wrong(0, vec![])).is_ok());
    }

    #[test]
    fn the_number_of_threads_changes_nothing() {
        let texts: Vec<String> = (0..700).map(|i| format!("a b{} c{}", i % 90, i % 7)).collect();
        let with = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let encoder = Letters { longest_run: 3, ..Letters::default() };
            let runs = pool.install(|| encode_runs(&texts, &encoder).unwrap());
            (runs.rows, runs.data)
        };
        let one = with(1);
        assert!(one.1.len() > AT_ONCE * 3);
        assert_eq!(one, with(2));
        assert_eq!(one, with(8));
    }
}
