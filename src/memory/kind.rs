//! Every kind of thing that can be wrong with a translation memory: its code, how bad it is, which tools
//! stumble over it, and how to mend it. `docs/tmx.md` shows this table; a test holds the two together.

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; most tools cope.
    Note,
    /// Some tool matches less, or the text is suspicious.
    Warning,
    /// Some tool refuses the file, or loses units or text, often silently.
    Error,
}

impl Severity {
    /// All, from the mildest.
    pub const ALL: [Self; 3] = [Self::Note, Self::Warning, Self::Error];

    /// Its name: `note`, `warning`, `error`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Who reads translation memories. Only readers on which the trouble was seen, or whose documents say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Tool {
    /// Every reader of XML or TMX, and the people who use the memory.
    All,
    /// Validation by the TMX 1.4 DTD, as with xmllint.
    Dtd,
    /// OmegaT.
    OmegaT,
    /// The XML schema that newer versions of OmegaT carry.
    OmegaTXsd,
    /// translate-toolkit.
    TranslateToolkit,
    /// Weblate, which reads through translate-toolkit.
    Weblate,
    /// python-tmx.
    PythonTmx,
    /// tmx2dataframe.
    Tmx2Dataframe,
    /// mtdata.
    Mtdata,
    /// ilib-tmx.
    IlibTmx,
    /// tmexchange.
    TmExchange,
    /// ModernMT.
    ModernMt,
}

impl Tool {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::All,
        Self::Dtd,
        Self::OmegaT,
        Self::OmegaTXsd,
        Self::TranslateToolkit,
        Self::Weblate,
        Self::PythonTmx,
        Self::Tmx2Dataframe,
        Self::Mtdata,
        Self::IlibTmx,
        Self::TmExchange,
        Self::ModernMt,
    ];

    /// Its name on the command line and in output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Dtd => "dtd",
            Self::OmegaT => "omegat",
            Self::OmegaTXsd => "omegat-xsd",
            Self::TranslateToolkit => "translate-toolkit",
            Self::Weblate => "weblate",
            Self::PythonTmx => "python-tmx",
            Self::Tmx2Dataframe => "tmx2dataframe",
            Self::Mtdata => "mtdata",
            Self::IlibTmx => "ilib-tmx",
            Self::TmExchange => "tmexchange",
            Self::ModernMt => "modernmt",
        }
    }

    /// The tool called `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.name().eq_ignore_ascii_case(name))
    }
}

/// Who can mend a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mend {
    /// [`super::fix`] does, without loss.
    Fix,
    /// [`super::clean`] leaves the unit out, if asked to.
    Clean,
    /// A person must look.
    Hand,
}

impl Mend {
    /// Its name: `fix`, `clean`, `hand`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fix => "fix",
            Self::Clean => "clean",
            Self::Hand => "hand",
        }
    }
}

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal, $severity:ident, [$($tool:ident),+], $mend:ident, $remedy:literal;)+) => {
        /// What can be wrong. The order is that of `docs/tmx.md`: the file, the header, units, texts.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Kind {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Kind {
            /// All kinds, in order.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// Its stable code, such as `lang-tag-mismatch`.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// How bad it is.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)+ }
            }

            /// The tools it matters to.
            pub const fn tools(self) -> &'static [Tool] {
                match self { $(Self::$name => &[$(Tool::$tool),+],)+ }
            }

            /// Who can mend it.
            pub const fn mend(self) -> Mend {
                match self { $(Self::$name => Mend::$mend,)+ }
            }

            /// What is wrong, in words.
            pub const fn text(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),+).trim_ascii(),)+ }
            }

            /// How to mend it.
            pub const fn remedy(self) -> &'static str {
                match self { $(Self::$name => $remedy,)+ }
            }
        }
    };
}

kinds! {
    /// The XML is broken: a tag that is not closed, that closes another, or that cannot be read.
    XmlBroken = "xml-broken", Error, [All], Hand, "mend the place named by hand; `tmx fix` goes on without the unit";
    /// The file ends too early.
    Truncated = "truncated", Error, [All], Fix, "get the whole file; `tmx fix` closes it after the last whole unit";
    /// The outermost element is not `<tmx>`.
    NotTmx = "not-tmx", Error, [All], Hand, "give a TMX file";
    /// A `&` or `<` in a text that is not written as `&amp;` or `&lt;`, or the end of a CDATA section where there is none.
    Unescaped = "unescaped", Error, [All], Fix, "`tmx fix` escapes it";
    /// An entity that XML does not know; it is not expanded.
    UnknownEntity = "unknown-entity", Error, [All], Fix, "`tmx fix` writes what the DOCTYPE declares it to be, or the character that HTML means by it, or else the name as text";
    /// A character that XML 1.0 has no place for, such as U+000B or U+001F.
    IllegalCharacter = "illegal-character", Error, [All], Fix, "`tmx fix` leaves it out";
    /// Bytes that are not in the encoding of the file.
    BadBytes = "bad-bytes", Error, [All], Hand, "if the whole file is in another encoding, say which: `tmx fix --encoding windows-1256`";
    /// The encoding that the XML declaration names is not the one the file is in.
    EncodingDeclaration = "encoding-declaration", Error, [All], Fix, "`tmx fix` writes UTF-8 and says so";
    /// The file is not in UTF-8.
    NotUtf8 = "not-utf8", Warning, [Mtdata, ModernMt], Fix, "`tmx fix` writes UTF-8";
    /// The file begins with a byte order mark.
    ByteOrderMark = "byte-order-mark", Warning, [Mtdata, ModernMt], Fix, "`tmx fix` leaves it out";
    /// The DOCTYPE declares entities or elements of its own; they are not used.
    DoctypeSubset = "doctype-subset", Error, [All], Fix, "`tmx fix` leaves the DOCTYPE out";
    /// There is a DOCTYPE; it is never fetched.
    Doctype = "doctype", Note, [All], Fix, "`tmx fix` leaves it out; some readers go and look for the file it names";
    /// A unit, or something between units, is larger than what is held in memory (16 MiB).
    TooLarge = "too-large", Error, [All], Hand, "split the text; `tmx fix` goes on without it";
    /// The file is larger than 1 GB, where some services stop.
    LargeFile = "large-file", Warning, [All], Hand, "`tmx split` it";
    /// The version is missing or is not one of TMX, such as 1.4b.
    BadVersion = "bad-version", Error, [Dtd, OmegaTXsd, IlibTmx, Mtdata, PythonTmx], Fix, "`tmx fix` writes 1.4";
    /// The version is older than 1.4.
    OldVersion = "old-version", Note, [Dtd, OmegaTXsd], Fix, "`tmx fix` makes it 1.4";
    /// `<tmx>` has a namespace.
    Namespace = "namespace", Error, [Dtd, OmegaTXsd, IlibTmx, Mtdata, PythonTmx], Fix, "`tmx fix` leaves it out";
    /// There is no `<header>`.
    NoHeader = "no-header", Error, [Dtd, OmegaTXsd, PythonTmx, TmExchange], Fix, "`tmx fix` writes one";
    /// There is no `<body>`.
    NoBody = "no-body", Error, [All], Fix, "`tmx fix` puts the units into one";
    /// The header lacks one of its seven attributes.
    HeaderAttribute = "header-attribute", Error, [Dtd, OmegaTXsd, PythonTmx, TmExchange], Fix, "`tmx fix` adds it";
    /// `segtype` is not block, paragraph, sentence or phrase.
    BadSegtype = "bad-segtype", Error, [Dtd, OmegaTXsd, PythonTmx], Fix, "`tmx fix` writes the one meant, else `sentence`";
    /// `segtype` says `sentence`, but many texts have several sentences.
    SegtypeMismatch = "segtype-mismatch", Warning, [All], Hand, "segment the memory again, or say `paragraph`: a memory cut otherwise than the document matches little";
    /// A `srclang` that names no language, such as `*all*`.
    SrclangAll = "srclang-all", Error, [TranslateToolkit, PythonTmx, IlibTmx, TmExchange, Weblate], Fix, "`tmx fix` writes the language of the first unit's first text";
    /// The source language is spelt in other letter case in the header than at the texts.
    LangCase = "lang-case", Error, [TranslateToolkit, PythonTmx, IlibTmx, TmExchange], Fix, "`tmx fix` spells it alike, as the first unit does";
    /// The region of the source language differs between the header and the texts (`ar`, `ar-SA`).
    LangTagMismatch = "lang-tag-mismatch", Error, [TranslateToolkit, PythonTmx, IlibTmx, TmExchange, ModernMt], Fix, "`tmx fix` makes the header say what the first text says; where texts differ, `tmx fix --lang ar-SA=ar`";
    /// A unit has no text in the source language.
    NoSource = "no-source", Error, [OmegaT, TranslateToolkit, PythonTmx], Clean, "`tmx clean --drop no-source` leaves the unit out, or set `srclang` right";
    /// A language with a region; memories for `ar-SA` are passed over where `ar` is looked for.
    LangRegion = "lang-region", Note, [TranslateToolkit, ModernMt], Hand, "`tmx fix --lang ar-SA=ar`, unless the region is meant";
    /// A language code that is none, such as `ar_SA` or `Arabic`.
    BadLang = "bad-lang", Error, [All], Fix, "`tmx fix` writes `ar-SA` for `ar_SA`; other names: `tmx fix --lang Arabic=ar`";
    /// A language code that is spelt otherwise elsewhere in the file, or that most tools know by a shorter one (`ara`, `AR-01`).
    LangSpelling = "lang-spelling", Warning, [All], Fix, "`tmx fix` spells it as it is first spelt; `ar` for `ara` and `AR-01`";
    /// `lang` where `xml:lang` is due.
    BareLang = "bare-lang", Error, [TranslateToolkit, PythonTmx, IlibTmx, TmExchange], Fix, "`tmx fix` writes `xml:lang`";
    /// A text that says nothing of its language.
    NoLang = "no-lang", Error, [All], Hand, "add `xml:lang`";
    /// There is not a single unit.
    NoUnits = "no-units", Warning, [All], Hand, "give a memory that has units";
    /// A unit has fewer than two texts.
    SingleVariant = "single-variant", Error, [Dtd, OmegaT], Clean, "`tmx clean` leaves the unit out";
    /// A text is empty, or nothing in it can be seen: in enforce mode OmegaT erases the translation.
    EmptySegment = "empty-segment", Error, [OmegaT], Clean, "`tmx clean` leaves the unit out";
    /// A variant has no `<seg>`, or more than one.
    SegCount = "seg-count", Error, [All], Hand, "give each `<tuv>` one `<seg>`";
    /// A unit has two texts in one language.
    RepeatedLang = "repeated-lang", Warning, [All], Hand, "make two units of it";
    /// The source text does not stand first.
    SourceNotFirst = "source-not-first", Error, [Tmx2Dataframe], Fix, "`tmx fix` puts it first";
    /// A note or property stands after a text.
    MetaAfterTuv = "meta-after-tuv", Error, [Dtd, OmegaTXsd], Fix, "`tmx fix` puts it before";
    /// A property of the type `file` or `id`: OmegaT takes the unit for an alternative translation and does not use it.
    AlternativeProp = "alternative-prop", Error, [OmegaT], Fix, "`tmx fix` calls it `x-file` or `x-id`";
    /// A property of one's own whose type does not begin with `x-`.
    PropPrefix = "prop-prefix", Note, [All], Hand, "call it `x-…`; nothing else is sure never to mean something to a tool";
    /// A property without a type.
    PropType = "prop-type", Error, [Dtd, OmegaTXsd], Hand, "add `type`";
    /// A date that is not `YYYYMMDDThhmmssZ`.
    DateFormat = "date-format", Warning, [All], Fix, "`tmx fix` rewrites a date that it can read; others by hand";
    /// An element that TMX does not have, or not here.
    UnknownElement = "unknown-element", Error, [Dtd, OmegaTXsd], Hand, "take it out";
    /// An attribute that TMX does not have.
    UnknownAttribute = "unknown-attribute", Warning, [Dtd], Hand, "take it out, or make it a property `x-…`";
    /// White space of a pretty-printed file inside `<seg>`: OmegaT then matches nothing.
    SegWhitespace = "seg-whitespace", Error, [OmegaT], Fix, "`tmx fix` takes the line ends and indents at both ends out";
    /// Inline codes. Several readers lose them or fail.
    InlineCodes = "inline-codes", Note, [TranslateToolkit, PythonTmx, IlibTmx, TmExchange, Tmx2Dataframe], Hand, "export at level 1, without codes";
    /// A `bpt` without its `ept`, or an `ept` without its `bpt`.
    InlineUnpaired = "inline-unpaired", Error, [All], Hand, "pair them by `i`, or use `it`";
    /// A code inside another, other than through `sub`; or a code that lacks a needed attribute.
    InlineInvalid = "inline-invalid", Error, [Dtd], Hand, "put codes side by side, or inside `hi` or `sub`";
    /// The two sides do not have the same inline codes.
    InlineDiffers = "inline-differs", Warning, [All], Hand, "see whether a code was lost";
    /// The same pair of texts again.
    Duplicate = "duplicate", Warning, [All], Clean, "`tmx clean` keeps the first";
    /// The same source text with another translation: in OmegaT the last one wins, whatever its date.
    Contradiction = "contradiction", Warning, [OmegaT], Hand, "keep the better one, or both with the better one last";
    /// The translation is the source text.
    Untranslated = "untranslated", Warning, [All], Clean, "`tmx clean` leaves the unit out";
    /// A placeholder or a tag written as text, such as `{name}`, `%d`, `$x`, `<b>`, stands on one side only.
    PlaceholderDiffers = "placeholder-differs", Warning, [All], Hand, "see whether it was lost, or spelt otherwise: a program fills it in by its name";
    /// A number stands on one side only.
    NumberMismatch = "number-mismatch", Warning, [All], Hand, "compare the two sides";
    /// The source text stands where the translation should, and the reverse.
    SwappedLanguages = "swapped-languages", Error, [All], Hand, "swap the languages of the two texts";
    /// A text is in a script that its language is not written in.
    WrongScript = "wrong-script", Warning, [All], Hand, "see whether text or language code is wrong";
    /// The texts of one language are mostly in another.
    WrongLanguage = "wrong-language", Warning, [All], Hand, "`tmx fix --lang en=fr`, if the language code is what is wrong";
    /// One side is far longer than the other.
    LengthRatio = "length-ratio", Warning, [All], Hand, "see whether the two belong together";
    /// A text has more than 2,000 characters, where some services stop.
    LongSegment = "long-segment", Warning, [All], Hand, "segment it";
    /// A mark that overrides or embeds direction (U+202A to U+202E): letters show in another order than they are stored.
    BidiOverride = "bidi-override", Warning, [All], Hand, "take it out unless the document has it there";
    /// Marks of direction (embeddings, overrides, isolates) that are opened and not closed, or the reverse.
    BidiUnbalanced = "bidi-unbalanced", Warning, [All], Hand, "close what is opened: it turns around what is shown after it";
    /// Text decoded in the wrong encoding (mojibake).
    Mojibake = "mojibake", Error, [All], Fix, "`tmx fix` puts it right where the way back is certain";
    /// Characters that were lost when the text was converted: U+FFFD, or question marks in place of letters.
    LostCharacters = "lost-characters", Error, [All], Hand, "get the text again: it cannot be told what stood there";
    /// Arabic letters as presentation forms, as copied from a PDF: they match nothing.
    PresentationForms = "presentation-forms", Warning, [All], Fix, "`tmx fix` writes the letters that they are forms of";
    /// Soft hyphens (U+00AD), which nobody sees and by which a text matches nothing.
    SoftHyphen = "soft-hyphen", Warning, [All], Fix, "`tmx fix` takes them out";
    /// An escaped escape: `&amp;amp;`, `&amp;lt;`, `&amp;#1593;`.
    DoubleEscaped = "double-escaped", Warning, [All], Hand, "unescape once, unless the text is about markup";
}

impl Kind {
    /// The kind whose code is `code`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|k| k.code() == code)
    }

    /// Whether it matters to `tool`: to it, or to all.
    pub fn matters_to(self, tool: Tool) -> bool {
        self.tools().iter().any(|t| matches!(t, Tool::All) || *t == tool)
    }

    /// The row of the table in `docs/tmx.md`.
    pub fn row(self) -> String {
        let tools: Vec<_> = self.tools().iter().map(|t| t.name()).collect();
        format!(
            "| `{}` | {} | {} | {} | {} | {} |",
            self.code(),
            self.severity().name(),
            self.text().replace('|', "\\|"),
            tools.join(", "),
            self.mend().name(),
            self.remedy(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_lead_back_to_their_kinds() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_code(kind.code()), Some(*kind));
            assert!(kind.text().ends_with(['.', ')']), "{}", kind.text());
        }
        for tool in Tool::ALL {
            assert_eq!(Tool::from_name(tool.name()), Some(tool));
        }
    }

    #[test]
    fn a_row_says_all() {
        insta::assert_snapshot!(Kind::BareLang.row(), @"| `bare-lang` | error | `lang` where `xml:lang` is due. | translate-toolkit, python-tmx, ilib-tmx, tmexchange | fix | `tmx fix` writes `xml:lang` |");
    }
}
