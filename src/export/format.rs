//! The formats written, as a table.
//!
//! To add a format: a variant of [`Format`] and a row of [`WRITERS`]; `docs/adding-a-format.md` names what else there
//! is. Options, completions, messages, file extensions, the page and its downloads ask the table.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::beads_again::Beads;
use super::file::WriteError;
use super::options::WriteOptions;
use super::several::{self, Place};
use super::tmx::TmxReport;
use super::unit::{texts, units};
use super::{beads, html, jsonl, readable, tmx, tsv};
use crate::bitext::{Lang, Sides};
use crate::formats::{Head, directions, po, table, xliff, xliff2};
#[cfg(feature = "documents")]
use crate::formats::{docx, xlsx};
use crate::tmx::Written;

/// A format that an alignment can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Translation Memory eXchange 1.4.
    Tmx,
    /// XLIFF 1.2.
    Xliff,
    /// XLIFF 2.1.
    Xliff2,
    /// PO of GNU gettext.
    Po,
    /// Tab-separated values with a header line.
    Tsv,
    /// Comma-separated values for spreadsheets.
    Csv,
    /// A workbook of Excel.
    #[cfg(feature = "documents")]
    Xlsx,
    /// A document with a table of two columns.
    #[cfg(feature = "documents")]
    Docx,
    /// A report for people.
    Html,
    /// A pair of files, a text a line.
    Moses,
    /// Two documents and a file of links, as in OPUS.
    Ces,
    /// JSON lines: a bead a line, with all that is known of it.
    Jsonl,
    /// Bare beads: source indices, tab, target indices; the format of gold files.
    Beads,
    /// Source and target side by side, for people.
    Text,
}

/// Something that may be true of a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trait {
    /// It shows why beads stand: their evidence, or what is doubtful in them.
    ShowsEvidence,
    /// A file in it names the languages.
    NamesLanguages,
    /// It is made for a program and not for a terminal.
    IsBinary,
}

/// How a format is written.
#[derive(Clone, Copy)]
pub enum WriteAs {
    /// Into one file; says what was written where the format may leave something out.
    File(fn(Beads<'_, '_>, &WriteOptions, &mut dyn Write) -> io::Result<Option<TmxReport>>),
    /// Into several files, of which the path is one or gives the names.
    Files {
        /// Their names.
        names: fn(&Sides<Lang>, Place<'_>) -> Vec<PathBuf>,
        /// Writes them.
        write: fn(Beads<'_, '_>, &WriteOptions, Place<'_>) -> Result<Vec<PathBuf>, WriteError>,
    },
}

/// One format's row.
#[derive(Clone, Copy)]
pub struct Writer {
    /// The format.
    pub format: Format,
    /// Its name in options.
    pub name: &'static str,
    /// The extensions of its files, in lower case; the first is the one that new files get.
    pub extensions: &'static [&'static str],
    /// What it is, in a few words.
    pub about: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// What is true of it.
    pub traits: &'static [Trait],
    /// Writes it.
    pub write: WriteAs,
}

use Trait::{IsBinary, NamesLanguages, ShowsEvidence};

/// The media type of formats that have none of their own.
const PLAIN: &str = "text/plain; charset=utf-8";

/// All writers, in the order in which formats are offered.
pub const WRITERS: &[Writer] = &[
    Writer {
        format: Format::Tmx,
        name: "tmx",
        extensions: &["tmx"],
        about: "Translation Memory eXchange 1.4, for translators' tools",
        media_type: "application/x-tmx+xml",
        traits: &[ShowsEvidence, NamesLanguages],
        write: WriteAs::File(|beads, options, out| tmx::write(beads, &options.tmx, out).map(Some)),
    },
    Writer {
        format: Format::Xliff,
        name: "xliff",
        extensions: &["xlf", "xliff"],
        about: "XLIFF 1.2, for translators' tools",
        media_type: "application/xliff+xml",
        traits: &[NamesLanguages],
        write: WriteAs::File(|beads, options, out| {
            xliff::write(units(beads.clone()), &head(beads, options), out).map(report).map(Some)
        }),
    },
    Writer {
        format: Format::Xliff2,
        name: "xliff2",
        extensions: &["xlf2", "xliff2"],
        about: "XLIFF 2.1",
        media_type: "application/xliff+xml",
        traits: &[NamesLanguages],
        write: WriteAs::File(|beads, options, out| {
            xliff2::write(units(beads.clone()), &head(beads, options), out).map(report).map(Some)
        }),
    },
    Writer {
        format: Format::Po,
        name: "po",
        extensions: &["po"],
        about: "PO of GNU gettext",
        media_type: PLAIN,
        traits: &[NamesLanguages],
        write: WriteAs::File(|beads, options, out| {
            po::write(units(beads.clone()), &head(beads, options), out).map(report).map(Some)
        }),
    },
    Writer {
        format: Format::Tsv,
        name: "tsv",
        extensions: &["tsv", "tab"],
        about: "Tab-separated values, for scripts",
        media_type: PLAIN,
        traits: &[],
        write: WriteAs::File(|beads, _, mut out| tsv::write(beads, &mut out).map(|()| None)),
    },
    Writer {
        format: Format::Csv,
        name: "csv",
        extensions: &["csv"],
        about: "Comma-separated values, for spreadsheets",
        media_type: "text/csv; charset=utf-8",
        traits: &[],
        write: WriteAs::File(|beads, _, out| table::write_csv(units(beads), out).map(|()| None)),
    },
    #[cfg(feature = "documents")]
    Writer {
        format: Format::Xlsx,
        name: "xlsx",
        extensions: &["xlsx"],
        about: "A workbook of Excel",
        media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        traits: &[NamesLanguages, IsBinary],
        write: WriteAs::File(|beads, options, out| {
            xlsx::write(units(beads.clone()), &head(beads, options), out).map(|_| None)
        }),
    },
    #[cfg(feature = "documents")]
    Writer {
        format: Format::Docx,
        name: "docx",
        extensions: &["docx"],
        about: "A document with a table of two columns, for people",
        media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        traits: &[NamesLanguages, IsBinary],
        write: WriteAs::File(|beads, options, out| {
            docx::write(units(beads.clone()), &head(beads, options), out).map(report).map(Some)
        }),
    },
    Writer {
        format: Format::Html,
        name: "html",
        extensions: &["html", "htm"],
        about: "A report with the alignment as a picture, for people",
        media_type: "text/html; charset=utf-8",
        traits: &[ShowsEvidence],
        write: WriteAs::File(|beads, options, out| {
            html::write(beads.clone(), &head(beads, options), options, out).map(|()| None)
        }),
    },
    Writer {
        format: Format::Moses,
        name: "moses",
        extensions: &["moses"],
        about: "A pair of files with a text a line: NAME.ar and NAME.en",
        media_type: PLAIN,
        traits: &[NamesLanguages],
        write: WriteAs::Files {
            names: several::moses_files,
            write: |beads, options, place| several::moses(&beads, options.languages(), place),
        },
    },
    Writer {
        format: Format::Ces,
        name: "cesalign",
        extensions: &["ces", "xces", "cesalign"],
        about: "cesAlign: the links, and two documents beside them, as in OPUS",
        media_type: PLAIN,
        traits: &[NamesLanguages],
        write: WriteAs::Files {
            names: several::ces_files,
            write: |beads, options, place| several::ces(beads, options.languages(), place),
        },
    },
    Writer {
        format: Format::Jsonl,
        name: "jsonl",
        extensions: &["jsonl", "ndjson"],
        about: "A pair a line in JSON, with its evidence",
        media_type: PLAIN,
        traits: &[ShowsEvidence],
        write: WriteAs::File(|beads, _, mut out| jsonl::write(beads, &mut out).map(|()| None)),
    },
    Writer {
        format: Format::Beads,
        name: "beads",
        extensions: &["beads", "ladder"],
        about: "Bare segment indices, the format of gold files",
        media_type: PLAIN,
        traits: &[],
        write: WriteAs::File(|beads, _, mut out| beads::write(beads, &mut out).map(|()| None)),
    },
    Writer {
        format: Format::Text,
        name: "text",
        extensions: &["txt", "text"],
        about: "Source and target side by side, for people",
        media_type: PLAIN,
        traits: &[ShowsEvidence],
        write: WriteAs::File(|beads, options, mut out| {
            let beads: Vec<_> = beads.collect();
            readable::write(&beads, &options.readable, &mut out).map(|()| None)
        }),
    },
];

/// What stands at the head of a file of units.
fn head(beads: Beads<'_, '_>, options: &WriteOptions) -> Head {
    let mut head = Head::new(options.languages().clone(), directions(texts(beads)));
    head.placeholders = options.tmx.placeholders;
    head
}

fn report(written: Written) -> TmxReport {
    TmxReport { written, repeated: 0 }
}

impl Format {
    /// All formats.
    pub const ALL: [Self; WRITERS.len()] = {
        let mut all = [Self::Tmx; WRITERS.len()];
        let mut at = 0;
        while at < WRITERS.len() {
            all[at] = WRITERS[at].format;
            at += 1;
        }
        all
    };

    /// Its row in the table.
    #[expect(clippy::missing_panics_doc, reason = "every format has a row")]
    pub fn writer(self) -> &'static Writer {
        WRITERS.iter().find(|row| row.format == self).expect("every format has a row")
    }

    /// The formats that are one file, and so can be downloaded or sent to standard output.
    pub fn of_one_file() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|format| !format.is_several_files())
    }

    /// Its name in options.
    pub fn name(self) -> &'static str {
        self.writer().name
    }

    /// What it is, in a few words.
    pub fn about(self) -> &'static str {
        self.writer().about
    }

    /// The extension that new files of it get.
    pub fn extension(self) -> &'static str {
        self.writer().extensions.first().copied().unwrap_or_default()
    }

    /// The format that the extension of `path` stands for.
    pub fn from_path(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_lowercase();
        WRITERS.iter().find(|row| row.extensions.contains(&&*extension)).map(|row| row.format)
    }

    /// The format called `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        WRITERS.iter().find(|row| row.name == name).map(|row| row.format)
    }

    /// Whether it is several files, so that it cannot go to standard output.
    pub fn is_several_files(self) -> bool {
        matches!(self.writer().write, WriteAs::Files { .. })
    }

    /// Whether it shows why beads stand: their evidence, or what is doubtful in them.
    pub fn shows_evidence(self) -> bool {
        self.writer().traits.contains(&ShowsEvidence)
    }

    /// Whether it is made for a program and not for a terminal.
    pub fn is_binary(self) -> bool {
        self.writer().traits.contains(&IsBinary)
    }

    /// Whether a file in it names the languages.
    pub fn names_languages(self) -> bool {
        self.writer().traits.contains(&NamesLanguages)
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        self.writer().media_type
    }
}
