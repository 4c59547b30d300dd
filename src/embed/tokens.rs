//! Texts → numbers of tokens.
//!
//! In: `tokenizer.json` beside the model or one folder above. Out: a tokenizer that neither pads nor cuts.
//! Guarantee: its highest number is known, so that a model can be held against it.

use std::path::{Path, PathBuf};

use tokenizers::Tokenizer;

use super::{ModelError, read};

/// Where the tokenizer of the model in `model` is.
pub(super) fn file(model: &Path) -> PathBuf {
    beside_or_above(model, "tokenizer.json")
}

/// Where it is said how a network's numbers for each token become one vector.
pub(super) fn pooling_file(model: &Path) -> PathBuf {
    beside_or_above(model, "1_Pooling/config.json")
}

/// The file of that name beside `model`, or else one folder above; where there is none, beside it.
pub(super) fn beside_or_above(model: &Path, name: &str) -> PathBuf {
    let folder = model.parent().unwrap_or(model);
    let above = folder.parent().map(|above| above.join(name));
    let beside = folder.join(name);
    let in_subfolder = ["onnx", "0_StaticEmbedding"].iter().any(|sub| folder.ends_with(sub));
    match above {
        Some(above) if in_subfolder && !beside.is_file() && above.is_file() => above,
        _ => beside,
    }
}

/// A tokenizer, and what it says about itself.
#[derive(Debug)]
pub(super) struct Tokens {
    tokenizer: Tokenizer,
    /// The token for what it does not know.
    pub(super) unknown: Option<u32>,
    /// The highest number of a token.
    pub(super) highest: u32,
    /// The most tokens that a model was trained to read, where the file says so.
    pub(super) most: Option<usize>,
}

/// Whether the tokens are asked for that mark the beginning and the end of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marks {
    With,
    Without,
}

impl Tokens {
    /// The tokenizer of the model in `model`.
    pub(super) fn open(model: &Path) -> Result<Self, ModelError> {
        let file = file(model);
        let mut json: serde_json::Value =
            serde_json::from_slice(&read(&file)?).map_err(|e| ModelError::content(&file, e))?;
        if let Some(fields) = json.as_object_mut() {
            // It makes texts of tokens, which nobody asks for.
            fields.remove("decoder");
        }
        let bytes = json.to_string();
        // The library trusts some parts of the file, such as the table of a normalizer.
        let mut tokenizer = std::panic::catch_unwind(|| Tokenizer::from_bytes(&bytes))
            .map_err(|_| ModelError::content(&file, "it is no tokenizer that can be used"))?
            .map_err(|e| ModelError::content(&file, e))?;
        let most = tokenizer.get_truncation().map(|t| t.max_length);
        tokenizer.with_truncation(None).map_err(|e| ModelError::content(&file, e))?;
        tokenizer.with_padding(None);
        let vocabulary = tokenizer.get_vocab(true);
        let highest = vocabulary.values().copied().max();
        let highest = highest.ok_or_else(|| ModelError::content(&file, "it has no tokens"))?;
        let unknown = unknown(&json["model"], &tokenizer);
        Ok(Self { tokenizer, unknown, highest, most })
    }

    /// The tokens of `text`.
    pub(super) fn of(&self, text: &str, marks: Marks) -> Result<Vec<u32>, tokenizers::Error> {
        let encoding = self.tokenizer.encode_fast(text, marks == Marks::With)?;
        Ok(encoding.get_ids().to_vec())
    }
}

/// The number of the token for what is not known, as the file names it.
fn unknown(model: &serde_json::Value, tokenizer: &Tokenizer) -> Option<u32> {
    let by_name = model["unk_token"].as_str().and_then(|name| tokenizer.token_to_id(name));
    by_name.or_else(|| u32::try_from(model["unk_id"].as_u64()?).ok())
}
