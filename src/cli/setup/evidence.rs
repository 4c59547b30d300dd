//! What the alignment goes by, as typed → the library's options. Lexicons are read here.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use muqabala::bitext::{BuiltinLexicon, Crossing, Sides};
#[cfg(feature = "embeddings")]
use muqabala::embed::ModelError;
use muqabala::export::counted;
use muqabala::lexicon::{self, ImportedLexicon, LexiconError};
use muqabala::pipeline::AlignOptions;
use muqabala::read::{self, Input, ReadError, ReadOptions};
use muqabala::score::{TextEncoder, TextVectors};

use crate::cli::args::input::{EvidenceArgs, VectorArgs};
use crate::cli::terminal::Terminal;
use crate::cli::terminal::failure::Failure;

/// The options of aligning.
pub(crate) fn options(args: &EvidenceArgs, terminal: Terminal) -> Result<AlignOptions> {
    let mut options = AlignOptions::default();
    for path in &args.lexicon {
        let imported = load(path)?;
        warn(path, &imported, terminal);
        let name = path.display().to_string();
        options.dictionaries.extend(imported.dictionaries.into_iter().map(|d| d.named(name.clone())));
    }
    if args.no_builtin_lexicon {
        options.choices.builtin_lexicon = BuiltinLexicon::Omitted;
    }
    if args.monotone {
        options.choices.crossing = Crossing::Forbidden;
    }
    if args.prove {
        options.search.proof_cells = usize::MAX;
    }
    options.vectors = vectors(&args.vectors)?.map(Arc::new);
    if let Some(folder) = &args.model.embedding_model {
        let encoder = encoder(folder)?;
        terminal.detail(format_args!(
            "model     {}: vectors of {} numbers",
            folder.display(),
            encoder.dimension()
        ));
        options.encoder = Some(encoder);
    }
    options.choices.without = args.without.iter().copied().collect();
    Ok(options)
}

/// Reads sentence vectors; clap has seen to it that there are four files or none.
fn vectors(args: &VectorArgs) -> Result<Option<Sides<TextVectors>>> {
    let (Some(source_texts), Some(source), Some(target_texts), Some(target)) =
        (&args.overlaps_source, &args.embeddings_source, &args.overlaps_target, &args.embeddings_target)
    else {
        return Ok(None);
    };
    let one = |texts: &Path, raw: &Path| -> Result<TextVectors> {
        let refused = |problem: String| {
            Failure::new(
                problem,
                "the texts are UTF-8, one a line; the vectors raw little-endian 32-bit floats, as many for each line",
            )
        };
        let lines = String::from_utf8(read_bytes(texts)?)
            .map_err(|_| refused(format!("{}: the text is not UTF-8", texts.display())))?;
        TextVectors::from_overlaps(&lines, &read_bytes(raw)?)
            .map_err(|e| refused(format!("{} and {}: {e}", texts.display(), raw.display())).into())
    };
    let vectors = Sides::new(one(source_texts, source)?, one(target_texts, target)?);
    let (s, t) = (vectors.source.dimension(), vectors.target.dimension());
    if s != t {
        return Err(Failure::new(
            format!("the vectors of the source have {s} numbers, those of the target {t}"),
            "both sides need vectors of one multilingual model",
        )
        .into());
    }
    Ok(Some(vectors))
}

/// Opens the model in `folder`.
#[cfg(feature = "embeddings")]
fn encoder(folder: &Path) -> Result<Arc<dyn TextEncoder>> {
    muqabala::embed::open(folder).map_err(|e| model_refused(&e))
}

#[cfg(feature = "embeddings")]
fn model_refused(error: &ModelError) -> anyhow::Error {
    let hint = match error {
        ModelError::NoFolder { .. } => {
            "--embedding-model takes a folder on this computer; nothing is fetched"
        }
        _ => {
            "a model folder has tokenizer.json and either model.safetensors with a matrix `embeddings`, or model.onnx; \
             see docs/embeddings.md"
        }
    };
    Failure::new(error.to_string(), hint).into()
}

/// Says that there is no such thing in this program.
#[cfg(not(feature = "embeddings"))]
fn encoder(_: &Path) -> Result<Arc<dyn TextEncoder>> {
    Err(Failure::new(
        "this muqabala was built without models for sentence embeddings, which --embedding-model needs",
        "build it with them: `cargo build --release --features embeddings`;\n      \
         or give vectors made by another program: --overlaps-source, --embeddings-source, --overlaps-target, \
         --embeddings-target",
    )
    .into())
}

/// The files that sentence vectors come from, in a fixed order.
#[cfg_attr(
    not(feature = "embeddings"),
    expect(clippy::unnecessary_wraps, reason = "only a model's folder can be refused")
)]
pub(crate) fn vector_files(args: &EvidenceArgs) -> Result<Vec<PathBuf>> {
    let VectorArgs { overlaps_source, embeddings_source, overlaps_target, embeddings_target } = &args.vectors;
    let mut files: Vec<PathBuf> = [overlaps_source, embeddings_source, overlaps_target, embeddings_target]
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    #[cfg(feature = "embeddings")]
    if let Some(folder) = &args.model.embedding_model {
        files.extend(muqabala::embed::files(folder).map_err(|e| model_refused(&e))?);
    }
    files.retain(|file| file.is_file());
    Ok(files)
}

/// Reads a lexicon.
pub(crate) fn load(path: &Path) -> Result<ImportedLexicon> {
    let bytes = read_bytes(path)?;
    lexicon::import(&bytes).map_err(|e| refused(path, &e))
}

pub(crate) fn read_bytes(path: &Path) -> Result<Vec<u8>> {
    Ok(read::read_bytes(&Input::from_argument(path), ReadOptions::default().max_size)?)
}

/// The bytes of the translation memory in a file, packed or not.
pub(crate) fn read_memory(path: &Path) -> Result<Vec<u8>> {
    let name = path.display().to_string();
    let most = ReadOptions::default().max_size;
    let packed = Box::new(io::Cursor::new(read_bytes(path)?));
    let mut bytes = Vec::new();
    let unpacked = read::unpack_memory(&name, packed)?.take(most.saturating_add(1)).read_to_end(&mut bytes);
    unpacked.map_err(|error| ReadError::from_io(&name, error))?;
    if bytes.len() as u64 > most {
        return Err(ReadError::TooLarge { name, limit: most }.into());
    }
    Ok(bytes)
}

pub(crate) fn refused(path: &Path, error: &LexiconError) -> anyhow::Error {
    Failure::new(
        format!("{}: {error}", path.display()),
        "a lexicon has two words a line, separated by a tab, or is a hunalign .dic, a TBX or a TMX",
    )
    .into()
}

/// Says which lines were passed over: all with --verbose, else the first ones.
fn warn(path: &Path, imported: &ImportedLexicon, terminal: Terminal) {
    const SHOWN: usize = 5;
    let total = imported.notices.len();
    for notice in imported.notices.iter().take(SHOWN) {
        terminal.warn(line(path, notice), None);
    }
    if total > SHOWN {
        terminal.warn(
            format_args!("{}: {} passed over in all", path.display(), counted(total, "line")),
            Some("`muqabala lexicon check FILE` lists them"),
        );
    }
    terminal.detail(format_args!(
        "lexicon   {}: {}, {}",
        path.display(),
        imported.format,
        counted(imported.entries, "entry")
    ));
}

/// A notice with its file and line.
pub(crate) fn line(path: &Path, notice: &lexicon::LexiconNotice) -> String {
    match notice.line {
        0 => format!("{}: {}", path.display(), notice.message),
        n => format!("{}: line {n}: {}", path.display(), notice.message),
    }
}
