//! The keys there are: the names of options, what they hold, and who may set them.

/// What a key holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A word.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Flag,
    /// A list of words, or one.
    Words,
    /// A file or a folder.
    Path,
    /// A list of files, or one.
    Paths,
}

/// Who may set a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// Any file, also one found beside documents.
    Anybody,
    /// The user's own file alone.
    UserAlone,
}

/// A key.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Key {
    /// Its name: that of the option.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Who may set it.
    pub trust: Trust,
    /// The commands whose option of that name it is the default of.
    pub commands: &'static [&'static str],
}

const fn key(name: &'static str, kind: Kind, trust: Trust, commands: &'static [&'static str]) -> Key {
    Key { name, kind, trust, commands }
}

/// Commands that align.
const ALIGNING: &[&str] = &["align", "review", "batch", "pipe"];
/// Commands that read documents.
const READING: &[&str] = &["align", "review", "batch", "read", "segment", "anchors", "update"];
/// Commands that show an alignment to people.
const SHOWING: &[&str] = &["align", "show", "export", "demo"];

/// All keys. What names a program or an output is none.
pub const KEYS: &[Key] = &[
    key("source-lang", Kind::Text, Trust::Anybody, &["align", "review", "batch", "pipe", "show"]),
    key("target-lang", Kind::Text, Trust::Anybody, &["align", "review", "batch", "pipe", "show"]),
    key("lexicon", Kind::Paths, Trust::Anybody, ALIGNING),
    key("no-builtin-lexicon", Kind::Flag, Trust::Anybody, ALIGNING),
    key("monotone", Kind::Flag, Trust::Anybody, ALIGNING),
    key("without", Kind::Words, Trust::Anybody, ALIGNING),
    key("embedding-model", Kind::Path, Trust::UserAlone, ALIGNING),
    key("srx", Kind::Path, Trust::Anybody, &["align", "review", "batch", "pipe", "segment", "update"]),
    key(
        "presegmented",
        Kind::Flag,
        Trust::Anybody,
        &["align", "review", "batch", "pipe", "segment", "update"],
    ),
    key("encoding", Kind::Text, Trust::Anybody, READING),
    key("whole-page", Kind::Flag, Trust::Anybody, READING),
    key("inline-tags", Kind::Flag, Trust::Anybody, &["align", "review", "batch", "export", "read", "update"]),
    key("max-input-size", Kind::Text, Trust::UserAlone, READING),
    key("min-confidence", Kind::Number, Trust::Anybody, &["align", "batch", "pipe", "export"]),
    key("only", Kind::Text, Trust::Anybody, &["export"]),
    key("duplicates", Kind::Text, Trust::Anybody, &["align", "batch", "show", "export"]),
    key("bidi", Kind::Text, Trust::Anybody, SHOWING),
    key("width", Kind::Number, Trust::Anybody, SHOWING),
    key("show-invisible", Kind::Flag, Trust::Anybody, SHOWING),
    key("reviewer", Kind::Text, Trust::Anybody, &["review"]),
    key("port", Kind::Number, Trust::UserAlone, &["review", "start"]),
    key("no-open", Kind::Flag, Trust::Anybody, &["review", "start"]),
    key("jobs", Kind::Number, Trust::UserAlone, &["batch", "pipe"]),
    key("timeout", Kind::Number, Trust::Anybody, &["batch", "pipe"]),
    key("folder", Kind::Path, Trust::Anybody, &["search", "start"]),
];
