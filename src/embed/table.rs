//! A table of vectors of tokens: the vector of a text is their mean (model2vec; Tulkens and van Dongen 2024).
//!
//! In: `model.safetensors` with a matrix `embeddings` (and, where the vocabulary was cut down, the lists `mapping`
//! and `weights`) or `embedding.weight`, and `tokenizer.json`. Out: a [`TextEncoder`] that reads texts of any length.
//! Guarantee: every token has a row. Whether `config.json` asks for vectors of length 1 makes no difference: their
//! directions alone are compared.

use std::path::Path;

use crate::score::{EncodeError, Encoded, TextEncoder};

use super::matrix::{self, Matrix};
use super::tokens::{self, Marks, Tokens};
use super::{ModelError, read};

/// The names of the matrix: model2vec's, and that of a `StaticEmbedding`.
const NAMES: [&str; 2] = ["embeddings", "embedding.weight"];

/// A table of vectors of tokens.
#[derive(Debug)]
pub(super) struct Table {
    tokens: Tokens,
    matrix: Matrix,
    /// For each token its row, where it is not of the same number.
    mapping: Option<Vec<u32>>,
    /// For each token its weight, where they differ.
    weights: Option<Vec<f32>>,
    /// A token that is passed over.
    passed_over: Option<u32>,
}

/// Whether the safetensors file is a table of tokens, and not the weights of a network.
pub(super) fn is_table(file: &Path) -> Result<bool, ModelError> {
    use std::io::Read;
    let failed = |source| ModelError::Io { file: file.to_owned(), source };
    // The header alone; weights of networks are large.
    let mut open = std::fs::File::open(file).map_err(failed)?;
    let mut length = [0; 8];
    if open.read_exact(&mut length).is_err() {
        return Ok(false);
    }
    let mut header = Vec::new();
    open.take(u64::from_le_bytes(length).min(100_000_000)).read_to_end(&mut header).map_err(failed)?;
    let names: serde_json::Value = serde_json::from_slice(&header).unwrap_or_default();
    Ok(NAMES.iter().any(|name| names.get(name).is_some()))
}

/// Opens the table in `file`.
pub(super) fn open(file: &Path) -> Result<Table, ModelError> {
    let wrong = |problem: String| ModelError::content(file, problem);
    let tokens = Tokens::open(file)?;
    let bytes = read(file)?;
    let (_, metadata) = matrix::metadata(&bytes).map_err(wrong)?;
    let name = NAMES.into_iter().find(|name| metadata.info(name).is_some());
    let name = name.ok_or_else(|| {
        wrong(format!(
            "it has no matrix `{}`; if these are the weights of a network, save it as model.onnx",
            NAMES[0]
        ))
    })?;
    let mapping = matrix::list(&bytes, "mapping").map_err(wrong)?;
    let weights = matrix::list(&bytes, "weights").map_err(wrong)?;
    let matrix = Matrix::new(bytes, name).map_err(wrong)?;

    let needed = tokens.highest as usize + 1;
    let enough = |what: &str, there: usize| {
        let tokenizer = tokens::file(file);
        if there >= needed {
            return Ok(());
        }
        Err(wrong(format!("{what} for {there} tokens, but {} has {needed}", tokenizer.display())))
    };
    match &mapping {
        Some(mapping) => enough("the list `mapping` is", mapping.len())?,
        None => enough(&format!("the matrix `{name}` has rows"), matrix.rows)?,
    }
    if let Some(weights) = &weights {
        enough("the list `weights` is", weights.len())?;
    }
    let row = |x: f64| (x >= 0.0 && x < matrix.rows as f64).then_some(x as u32);
    let mapping = mapping.map(|m| m.into_iter().map(row).collect::<Option<Vec<u32>>>());
    if mapping == Some(None) {
        return Err(wrong(format!("the list `mapping` names a row that the matrix `{name}` does not have")));
    }
    // model2vec leaves out what it does not know, a `StaticEmbedding` does not.
    let passed_over = if name == NAMES[0] { tokens.unknown } else { None };
    Ok(Table {
        tokens,
        matrix,
        mapping: mapping.flatten(),
        weights: weights.map(|w| w.into_iter().map(|x| x as f32).collect()),
        passed_over,
    })
}

impl TextEncoder for Table {
    fn dimension(&self) -> usize {
        self.matrix.columns
    }

    /// The mean of a run's tokens is that of its segments, each weighted by its number of tokens.
    fn longest_run(&self) -> usize {
        1
    }

    fn encode(&self, text: &str) -> Result<Encoded, EncodeError> {
        let tokens = self.tokens.of(text, Marks::Without).map_err(|e| EncodeError::new(text, e))?;
        let mut sum = vec![0f32; self.matrix.columns];
        for token in tokens {
            if Some(token) == self.passed_over {
                continue;
            }
            let token = token as usize;
            let row = self.mapping.as_ref().map_or(token, |mapping| mapping[token] as usize);
            let weight = self.weights.as_ref().map_or(1.0, |weights| weights[token]);
            sum.iter_mut().zip(self.matrix.row(row)).for_each(|(s, x)| *s += weight * x);
        }
        if sum.iter().any(|x| !x.is_finite()) {
            return Err(EncodeError::new(text, "the model's numbers are too large"));
        }
        Ok(if sum.iter().all(|&x| x == 0.0) { Encoded::Nothing } else { Encoded::Whole(sum) })
    }
}
