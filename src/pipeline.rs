//! The front door, and the stages in order: where a newcomer starts.
//!
//! [`align_files`] and [`align_texts`] are the whole way; the functions below them are its stretches:
//! [`read::read`] or [`read::parse`] makes a document of bytes, [`prepare`] tells its language and cuts it into
//! segments, [`align`] aligns two of them, and [`Aligned::write`] writes what was found in any format.
//!
//! In: two documents, options. Out: an [`Alignment`] with confidence and evidence.
//! Guarantee: the same input gives the same output on any number of threads; pins are honoured.
//!
//! ```
//! use muqabala::export::Format;
//! use muqabala::pipeline::{self, Options};
//!
//! let (source, target) = ("التقى الوزيران. واتفقا على الخطة.", "The two ministers met. They agreed on the plan.");
//! let aligned = pipeline::align_texts(source, target, &Options::default())?;
//! assert_eq!(aligned.bitext.languages.source.as_str(), "ar");
//! let mut memory = Vec::new();
//! aligned.write(Format::Tmx, &mut memory)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod apart;
mod check;
mod crossings;
mod first_look;
mod listed;
mod options;
mod pinned;
mod run;
mod together;

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use crate::align::{ModelError, PinError, SearchError};
use crate::bitext::{Alignment, Bitext, Document, Lang, SegmentedDocument, Side, Sides};
use crate::export::file::{WriteError, write_whole};
use crate::export::tmx::TmxReport;
use crate::export::{self, BeadView, Format, WriteOptions};
use crate::read::{self, Input, ReadDocument, ReadError};
use crate::score::EncodeError;
use crate::segment::{self, SegmentOptions, WrongScript};

pub use crate::bitext::OptionError;
pub use apart::{Apart, NotApart, take_apart};
pub use options::{AlignOptions, Explanations, Options};
use run::{Rounds, Run};
pub use together::{align_together, learn, learn_together};

/// Two texts or files that cannot be aligned.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// One of them cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// One of them is not in the language that was named for it.
    #[error("the {side}: {wrong}")]
    Script {
        /// Which.
        side: Side,
        /// What it is written in.
        wrong: WrongScript,
    },
    /// They cannot be aligned as asked.
    #[error(transparent)]
    Align(#[from] AlignError),
}

/// A bitext that cannot be aligned as asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AlignError {
    /// No alignment keeps the pins.
    #[error(transparent)]
    Pins(#[from] PinError),
    /// The bitext is larger than any that can be searched.
    #[error(transparent)]
    Size(#[from] ModelError),
    /// A text has no sentence vector because its encoder failed.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// An option cannot be used.
    #[error(transparent)]
    Options(#[from] OptionError),
}

impl From<SearchError> for AlignError {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Pins(error) => error.into(),
            SearchError::Model(error) => error.into(),
            SearchError::Options(error) => error.into(),
        }
    }
}

/// Aligns two plain texts.
pub fn align_texts(source: &str, target: &str, options: &Options) -> Result<Aligned, Error> {
    let texts = Sides::new(source, target);
    whole(options, |side, read| {
        let mut read = read;
        read.format.get_or_insert(read::Format::Text);
        read::parse(&format!("the {side} text"), texts.get(side).as_bytes().to_vec(), &read)
    })
}

/// Aligns two files, of any formats that can be read.
pub fn align_files(source: &Path, target: &Path, options: &Options) -> Result<Aligned, Error> {
    let inputs = Sides::new(source, target).map(Input::from_argument);
    whole(options, |side, read| read::read(inputs.get(side), &read))
}

/// All stages: `reading` gives the documents, both at a time.
fn whole(
    options: &Options,
    reading: impl Fn(Side, read::ReadOptions) -> Result<ReadDocument, ReadError> + Sync,
) -> Result<Aligned, Error> {
    let one = |side: Side| -> Result<Prepared, Error> {
        let language = options.languages.get(side).as_ref();
        let mut read = options.read.clone();
        read.language = language.cloned().or(read.language);
        let document = reading(side, read)?.document;
        if let Some(language) = language {
            segment::check_script(document.text(), language)
                .map_err(|wrong| Error::Script { side, wrong })?;
        }
        Ok(prepare(document, language, &options.segment))
    };
    let (source, target) = rayon::join(|| one(Side::Source), || one(Side::Target));
    let bitext = bitext(Sides::new(source?, target?));
    let alignment = align(&bitext, &options.align)?;
    Ok(Aligned { bitext, alignment })
}

/// A document with its language, cut into segments.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Prepared {
    /// Its language, as given or detected; `und` where it could not be told.
    pub language: Lang,
    /// Whether the language was given.
    pub named: bool,
    /// The segments.
    pub document: SegmentedDocument,
}

/// Cuts a document that was read into segments; the language is detected where `language` is `None`.
pub fn prepare(document: Document, language: Option<&Lang>, cutting: &SegmentOptions) -> Prepared {
    let detected = || segment::detect_language(document.text()).unwrap_or_else(Lang::undetermined);
    let named = language.is_some();
    let language = language.cloned().unwrap_or_else(detected);
    let document = segment::segment(document, &language, cutting);
    Prepared { language, named, document }
}

/// Names the language of a short document that says nothing of it, such as "Introduction", by the other side's.
pub fn lean_on_the_other(mut sides: Sides<&mut Prepared>) {
    for side in Side::BOTH {
        let (one, opposite) = (sides.get(side), sides.get(side.opposite()));
        if one.language.is("und") && !one.named {
            let text = one.document.document().text();
            if let Some(language) = segment::language_beside(text, &opposite.language) {
                sides.get_mut(side).language = language;
            }
        }
    }
}

/// The bitext of two documents that were prepared; [`lean_on_the_other`] first.
pub fn bitext(sides: Sides<Prepared>) -> Bitext {
    let Sides { mut source, mut target } = sides;
    lean_on_the_other(Sides::new(&mut source, &mut target));
    Bitext {
        documents: Sides::new(source.document, target.document),
        languages: Sides::new(source.language, target.language),
    }
}

/// Aligns a bitext: evidence and a first search, then rounds that learn from what was found and search again, then
/// what is said of each bead.
pub fn align(bitext: &Bitext, options: &AlignOptions) -> Result<Alignment, AlignError> {
    let found = align_watched(bitext, options, &mut |_| ControlFlow::Continue(()))?;
    // Nobody stopped it, so there is one.
    Ok(found.unwrap_or_default())
}

/// Where an alignment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// Evidence is gathered and a first search made.
    FirstLook,
    /// Words are learnt from what was found, and it is searched again.
    Round {
        /// Which round, from 1.
        number: usize,
        /// How many there are.
        of: usize,
    },
    /// What is said of each bead.
    Explaining,
}

/// As [`align`]; `watch` is told each stage as it begins, and may end the work there: then there is no alignment.
pub fn align_watched(
    bitext: &Bitext,
    options: &AlignOptions,
    watch: &mut dyn FnMut(Stage) -> ControlFlow<()>,
) -> Result<Option<Alignment>, AlignError> {
    if watch(Stage::FirstLook).is_break() {
        return Ok(None);
    }
    let mut run = Run::begin(bitext, options, Rounds::Enough)?;
    let of = run.left();
    while run.left() > 0 {
        if watch(Stage::Round { number: of - run.left() + 1, of }).is_break() {
            return Ok(None);
        }
        let believed = run.believed();
        let learnt = run.scorer.induce(&believed);
        run.next(&believed, learnt)?;
    }
    if watch(Stage::Explaining).is_break() {
        return Ok(None);
    }
    Ok(Some(run.finish()))
}

/// Two documents and their alignment.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Aligned {
    /// The documents, segmented, and their languages.
    pub bitext: Bitext,
    /// The alignment of their segments.
    pub alignment: Alignment,
}

impl Aligned {
    /// The beads with their texts, in order.
    pub fn beads(&self) -> impl Iterator<Item = BeadView<'_>> + Clone {
        export::views(&self.bitext, &self.alignment)
    }

    /// Writes it as `format`, which must be one file, by the format's defaults; [`export::write()`] takes options.
    pub fn write(&self, format: Format, out: &mut dyn Write) -> io::Result<Option<TmxReport>> {
        export::write(format, self.beads(), &self.write_options(), out)
    }

    /// Writes it as `format` into the file `path`, whole or not at all, and those beside it if the format is several
    /// files; names all of them.
    pub fn save(&self, format: Format, path: &Path) -> Result<Vec<PathBuf>, WriteError> {
        if format.is_several_files() {
            return export::write_files(format, self.beads(), &self.write_options(), path);
        }
        write_whole(path, |out| self.write(format, out))?;
        Ok(vec![path.to_owned()])
    }

    fn write_options(&self) -> WriteOptions {
        WriteOptions::new(self.bitext.languages.clone())
    }
}
