//! What can be typed about input: how documents are read, and what their alignment goes by.

use std::path::PathBuf;

use clap::Args;
use muqabala::bitext::{EvidenceKind, Lang, Side};
use muqabala::read::{
    Code, Format as InputFormat, Garbled, InlineTags, Page, PrivateAddresses, ReadOptions, Scans,
    TextEncoding,
};

use super::near::{parse_lang, question};
use super::size::parse_size;

/// How to read the documents.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading")]
pub(crate) struct ReadArgs {
    /// The documents have one segment a line: do not segment them
    #[arg(long)]
    pub(crate) presegmented: bool,
    /// The documents' encoding, such as utf-8, utf-16le or windows-1256 [default: detected]
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<TextEncoding>,
    /// Cut into segments by the rules of this SRX file, such as a CAT tool's, in place of the built-in ones
    #[arg(long, value_name = "FILE", conflicts_with = "presegmented")]
    pub(crate) srx: Option<PathBuf>,
    /// The documents' format [default: by their content, then by their extension]
    #[arg(long, value_name = "NAME", value_parser = parse_input_format, conflicts_with = "presegmented")]
    pub(crate) input_format: Option<InputFormat>,
    /// Read all of a web page, not its main content alone
    #[arg(long)]
    pub(crate) whole_page: bool,
    /// Keep inline markup, such as bold text and links, as placeholders: <1>…</1>; in TMX and XLIFF these are inline elements
    #[arg(long)]
    pub(crate) inline_tags: bool,
    #[command(flatten)]
    pub(crate) text: TextArgs,
    /// The largest document accepted, packed or unpacked, in bytes or as 100K, 512M, 2G
    #[arg(long, value_name = "SIZE", default_value = "512M", value_parser = parse_size)]
    pub(crate) max_input_size: u64,
    /// Let a web address lead to this machine or a private network, also where the one given is elsewhere
    #[arg(long)]
    pub(crate) allow_private: bool,
}

/// What becomes of text that is no prose, or was damaged before.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading")]
pub(crate) struct TextArgs {
    /// Leave out blocks of code: Markdown's, and preformatted text of web pages and EPUB
    #[arg(long)]
    pub(crate) no_code: bool,
    /// Have the program tesseract recognise the text of a PDF that has none, such as a scan (OCR), if it is installed
    #[arg(long)]
    pub(crate) ocr: bool,
    /// Put text files right that hold text once decoded in a wrong encoding, such as «Ø§Ù„» for «ال»; it is named in any case
    #[arg(long)]
    pub(crate) repair_encoding: bool,
}

/// The encodings of the documents, each for itself.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading")]
pub(crate) struct EncodingArgs {
    /// The encoding of SOURCE alone
    #[arg(long, value_name = "NAME")]
    pub(crate) source_encoding: Option<TextEncoding>,
    /// The encoding of TARGET alone
    #[arg(long, value_name = "NAME")]
    pub(crate) target_encoding: Option<TextEncoding>,
}

impl EncodingArgs {
    pub(crate) const fn get(&self, side: Side) -> Option<TextEncoding> {
        match side {
            Side::Source => self.source_encoding,
            Side::Target => self.target_encoding,
        }
    }
}

/// The languages of the documents.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading")]
pub(crate) struct LangArgs {
    /// The language of SOURCE, such as ar or ar-IQ [default: detected]
    #[arg(long, value_name = "LANG", value_parser = parse_lang)]
    pub(crate) source_lang: Option<Lang>,
    /// The language of TARGET [default: detected]
    #[arg(long, value_name = "LANG", value_parser = parse_lang)]
    pub(crate) target_lang: Option<Lang>,
}

impl LangArgs {
    pub(crate) const fn get(&self, side: Side) -> Option<&Lang> {
        match side {
            Side::Source => self.source_lang.as_ref(),
            Side::Target => self.target_lang.as_ref(),
        }
    }
}

/// What the alignment goes by.
#[derive(Debug, Args)]
#[command(next_help_heading = "Evidence")]
pub(crate) struct EvidenceArgs {
    /// A lexicon to use besides the built-in one: word pairs, hunalign .dic, TBX or TMX; may be repeated
    #[arg(long, value_name = "FILE")]
    pub(crate) lexicon: Vec<PathBuf>,
    /// Do not use the lexicon that is built in
    #[arg(long)]
    pub(crate) no_builtin_lexicon: bool,
    /// Do not look for blocks that stand elsewhere in the other document
    #[arg(long)]
    pub(crate) monotone: bool,
    /// Hold the result against every possible alignment, however long the documents: proven, not likely,
    /// to be the best by its costs. Takes time by the product of their lengths (documents of up to 630
    /// segments are always checked so).
    #[arg(long)]
    pub(crate) prove: bool,
    /// Leave kinds of evidence out: words, numbers, dates, names, symbols, length, type, structure, embedding
    #[arg(long, value_name = "KINDS", value_delimiter = ',', value_parser = parse_evidence)]
    pub(crate) without: Vec<EvidenceKind>,
    #[command(flatten)]
    pub(crate) vectors: VectorArgs,
    #[command(flatten)]
    pub(crate) model: ModelArgs,
}

/// Sentence embeddings in the files that vecalign reads: texts, one a line (segments, and if you like runs of
/// neighbouring segments joined by a space), and for each a vector of raw little-endian 32-bit floats.
#[derive(Debug, Args)]
#[command(next_help_heading = "Sentence embeddings")]
#[group(id = "vectors", args = ["overlaps_source", "embeddings_source", "overlaps_target", "embeddings_target"], requires_all = ["overlaps_source", "embeddings_source", "overlaps_target", "embeddings_target"], multiple = true)]
pub(crate) struct VectorArgs {
    /// Texts of the source that have a vector, one a line
    #[arg(long, value_name = "TXT")]
    pub(crate) overlaps_source: Option<PathBuf>,
    /// Their vectors, raw 32-bit floats, as vecalign reads them
    #[arg(long, value_name = "RAW_F32")]
    pub(crate) embeddings_source: Option<PathBuf>,
    /// Texts of the target that have a vector, one a line
    #[arg(long, value_name = "TXT")]
    pub(crate) overlaps_target: Option<PathBuf>,
    /// Their vectors
    #[arg(long, value_name = "RAW_F32")]
    pub(crate) embeddings_target: Option<PathBuf>,
}

/// A model that makes the vectors.
#[derive(Debug, Args)]
#[command(next_help_heading = "Sentence embeddings")]
pub(crate) struct ModelArgs {
    /// A multilingual model on disk that makes the vectors: a folder with tokenizer.json and either a table of
    /// tokens (model.safetensors, as of model2vec) or an ONNX sentence encoder (model.onnx). Needs a muqabala
    /// built with `--features embeddings`
    #[arg(long, value_name = "FOLDER", conflicts_with = "vectors")]
    pub(crate) embedding_model: Option<PathBuf>,
}

impl EvidenceArgs {
    /// Whether any of those was given that a project keeps.
    pub(crate) const fn is_given(&self) -> bool {
        !self.lexicon.is_empty() || self.no_builtin_lexicon || self.monotone || !self.without.is_empty()
    }
}

/// Places that the alignment must keep.
#[derive(Debug, Args)]
#[command(next_help_heading = "Evidence")]
pub(crate) struct PinArgs {
    /// Pairs and boundaries that must hold, one a line: `3,4<TAB>5` is a pair, `3|5` a boundary before the source segment 3 and the target segment 5; indices from 0
    #[arg(long, value_name = "FILE", conflicts_with = "keep_units")]
    pub(crate) pins: Option<PathBuf>,
}

impl ReadArgs {
    /// The options of reading one document.
    pub(crate) fn options(&self, encoding: Option<TextEncoding>, language: Option<&Lang>) -> ReadOptions {
        let mut options = ReadOptions::default();
        options.format = if self.presegmented { Some(InputFormat::Lines) } else { self.input_format };
        options.page = if self.whole_page { Page::Whole } else { Page::Main };
        options.inline_tags = if self.inline_tags { InlineTags::Placeholders } else { InlineTags::Dropped };
        options.scans = if self.text.ocr { Scans::Recognised } else { Scans::Refused };
        options.code = if self.text.no_code { Code::LeftOut } else { Code::Kept };
        options.garbled = if self.text.repair_encoding { Garbled::Repaired } else { Garbled::Kept };
        options.encoding = encoding.or(self.encoding);
        options.language = language.cloned();
        options.max_size = self.max_input_size;
        if self.allow_private {
            options.web.private = PrivateAddresses::Allowed;
        }
        options
    }
}

fn parse_input_format(text: &str) -> Result<InputFormat, String> {
    InputFormat::from_name(&text.to_lowercase()).ok_or_else(|| {
        let names: Vec<&str> = muqabala::read::readers::READERS.iter().map(|r| r.name).collect();
        format!(
            "`{text}` is no format that can be read; they are {}{}",
            names.join(", "),
            question(text, names.iter().copied())
        )
    })
}

fn parse_evidence(text: &str) -> Result<EvidenceKind, String> {
    let mut kinds = EvidenceKind::optional();
    let names: Vec<&str> = kinds.clone().map(EvidenceKind::name).collect();
    kinds.find(|k| k.name() == text.trim()).ok_or_else(|| {
        format!(
            "`{text}` is no kind of evidence; the kinds are {}{}",
            names.join(", "),
            question(text, names.iter().copied())
        )
    })
}

pub(super) fn parse_share(text: &str) -> Result<f64, String> {
    match text.trim_end_matches('%').parse::<f64>() {
        Ok(percent) if percent > 1.0 && percent <= 100.0 => {
            let share = (percent / 100.0).to_string();
            let share = share.trim_start_matches('0');
            Err(format!("`{text}` is not a number from 0 to 1; did you mean {share}?"))
        }
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err(format!("`{text}` is not a number from 0 to 1")),
    }
}
