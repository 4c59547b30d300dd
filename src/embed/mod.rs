//! A model folder → what turns texts into sentence vectors.
//!
//! In: a folder that the user has on disk. Out: a [`TextEncoder`]. Guarantee: nothing is fetched; what cannot be
//! used is refused when the folder is opened, with the file and the reason; the same text has always the same
//! vector, to the bit. Compiled in with the feature `embeddings` alone.
//!
//! Two kinds of models are read:
//! - a table of vectors of tokens, whose mean is the vector of a text (`table.rs`): model2vec's layout
//!   (`tokenizer.json`, and `model.safetensors` with a matrix `embeddings`), or the folder of a
//!   `StaticEmbedding` of sentence-transformers;
//! - a network (`network.rs`): `tokenizer.json`, and `model.onnx` in the folder or in `onnx/`.
//!
//! ```no_run
//! let encoder = muqabala::embed::open("models/multilingual".as_ref())?;
//! println!("vectors of {} numbers", encoder.dimension());
//! # Ok::<(), muqabala::embed::ModelError>(())
//! ```

mod matrix;
mod network;
mod table;
mod tokens;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::score::TextEncoder;

/// A model folder that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// There is no such folder.
    #[error("{}: there is no such folder", folder.display())]
    NoFolder {
        /// The folder.
        folder: PathBuf,
    },
    /// The folder has no model.
    #[error("{}: there is no model.onnx or model.safetensors in it", folder.display())]
    NoModel {
        /// The folder.
        folder: PathBuf,
    },
    /// A file is missing that the model needs.
    #[error("{}: the file is missing, and the model needs it", file.display())]
    Missing {
        /// The file.
        file: PathBuf,
    },
    /// A file cannot be read.
    #[error("{}: {source}", file.display())]
    Io {
        /// The file.
        file: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// A file does not hold what it should.
    #[error("{}: {problem}", file.display())]
    Content {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
}

impl ModelError {
    fn content(file: &Path, problem: impl std::fmt::Display) -> Self {
        Self::Content { file: file.to_owned(), problem: format!("{problem}") }
    }
}

/// Opens the model in `folder`.
pub fn open(folder: &Path) -> Result<Arc<dyn TextEncoder>, ModelError> {
    if !folder.is_dir() {
        return Err(ModelError::NoFolder { folder: folder.to_owned() });
    }
    let Files { weights, network } = Files::of(folder)?;
    match (weights, network) {
        // A table's folder may hold it as a network as well.
        (Some(weights), Some(network)) if !table::is_table(&weights)? => {
            Ok(Arc::new(network::open(&network)?))
        }
        (Some(weights), _) => Ok(Arc::new(table::open(&weights)?)),
        (None, Some(network)) => Ok(Arc::new(network::open(&network)?)),
        (None, None) => Err(ModelError::NoModel { folder: folder.to_owned() }),
    }
}

/// The files that the model in `folder` is read from, in a fixed order: what it is known by.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>, ModelError> {
    let Files { weights, network } = Files::of(folder)?;
    let models = [weights, network].into_iter().flatten();
    let all = models.flat_map(|model| {
        let beside = ["_data", ".data"].map(|end| PathBuf::from(format!("{}{end}", model.display())));
        [tokens::file(&model), tokens::pooling_file(&model), model].into_iter().chain(beside)
    });
    let mut all: Vec<PathBuf> = all.filter(|file| file.is_file()).collect();
    all.sort();
    all.dedup();
    Ok(all)
}

/// The files that may hold the model.
struct Files {
    weights: Option<PathBuf>,
    network: Option<PathBuf>,
}

impl Files {
    fn of(folder: &Path) -> Result<Self, ModelError> {
        if !folder.is_dir() {
            return Err(ModelError::NoFolder { folder: folder.to_owned() });
        }
        let first = |names: &[&str]| names.iter().map(|name| folder.join(name)).find(|file| file.is_file());
        Ok(Self {
            weights: first(&["model.safetensors", "0_StaticEmbedding/model.safetensors"]),
            network: first(&["model.onnx", "onnx/model.onnx"]),
        })
    }
}

/// Reads a file of the model.
fn read(file: &Path) -> Result<Vec<u8>, ModelError> {
    if std::fs::metadata(file).is_ok_and(|found| !found.is_file()) {
        let source = std::io::Error::new(std::io::ErrorKind::InvalidInput, "it is not a file");
        return Err(ModelError::Io { file: file.to_owned(), source });
    }
    std::fs::read(file).map_err(|source| match source.kind() {
        std::io::ErrorKind::NotFound => ModelError::Missing { file: file.to_owned() },
        _ => ModelError::Io { file: file.to_owned(), source },
    })
}
