//! The parts of a translation memory: header, units, variants, properties.

use std::borrow::Cow;

use super::time::Timestamp;

/// The header of a translation memory.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Header {
    /// The program that wrote it.
    pub creation_tool: String,
    /// That program's version.
    pub creation_tool_version: String,
    /// What a unit holds.
    pub seg_type: SegType,
    /// The format the memory had before ("o-tmf").
    pub original_format: String,
    /// The language of notes and properties.
    pub admin_lang: String,
    /// The source language: exactly the `xml:lang` of the source variants.
    pub source_lang: String,
    /// What the texts were extracted from.
    pub data_type: String,
    /// When it was made.
    pub creation_date: Option<Timestamp>,
    /// Notes, for people.
    pub notes: Vec<String>,
    /// Properties.
    pub props: Vec<Prop<'static>>,
}

impl Header {
    /// The header this program writes, for the source language `source_lang`.
    pub fn new(source_lang: impl Into<String>) -> Self {
        Self {
            creation_tool: env!("CARGO_PKG_NAME").to_owned(),
            creation_tool_version: env!("CARGO_PKG_VERSION").to_owned(),
            seg_type: SegType::Sentence,
            original_format: env!("CARGO_PKG_NAME").to_owned(),
            admin_lang: "en".to_owned(),
            source_lang: source_lang.into(),
            data_type: "plaintext".to_owned(),
            creation_date: None,
            notes: Vec::new(),
            props: Vec::new(),
        }
    }
}

/// What a segment of a translation memory is (the attribute `segtype`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SegType {
    /// A block, such as a cell or a list item.
    Block,
    /// A paragraph.
    Paragraph,
    /// A sentence.
    Sentence,
    /// A part of a sentence.
    Phrase,
}

impl SegType {
    /// Its name in TMX.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::Paragraph => "paragraph",
            Self::Sentence => "sentence",
            Self::Phrase => "phrase",
        }
    }

    /// The type called `name`, in any letter case.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Block, Self::Paragraph, Self::Sentence, Self::Phrase]
            .into_iter()
            .find(|t| t.name().eq_ignore_ascii_case(name))
    }
}

/// A property: something a tool wants to say of a unit, a variant or the memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prop<'a> {
    /// Its type; own types begin with `x-`.
    pub kind: Cow<'a, str>,
    /// Its value.
    pub value: Cow<'a, str>,
}

impl<'a> Prop<'a> {
    /// The property `kind` with the value `value`.
    pub fn new(kind: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) -> Self {
        Self { kind: kind.into(), value: value.into() }
    }
}

/// A translation unit: the same text in two or more languages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unit<'a> {
    /// Its identifier.
    pub id: Option<Cow<'a, str>>,
    /// When it was made.
    pub creation_date: Option<Timestamp>,
    /// When it was last changed.
    pub change_date: Option<Timestamp>,
    /// Notes, for people.
    pub notes: Vec<Cow<'a, str>>,
    /// Properties.
    pub props: Vec<Prop<'a>>,
    /// The text in each language; the source first.
    pub variants: Vec<Variant<'a>>,
}

/// A unit's text in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Variant<'a> {
    /// The language, as `xml:lang` has it.
    pub lang: Cow<'a, str>,
    /// Properties of this variant alone.
    pub props: Vec<Prop<'a>>,
    /// The text, inline codes left out.
    pub text: Cow<'a, str>,
    /// The content of the segment as it stood in the file, escaped and with its inline codes: only when
    /// it has any and the reader was told to keep them. [`super::TmxWriter`] writes it where it was told to.
    pub markup: Option<String>,
}

impl<'a> Variant<'a> {
    /// The text `text` in the language `lang`.
    pub fn new(lang: impl Into<Cow<'a, str>>, text: impl Into<Cow<'a, str>>) -> Self {
        Self { lang: lang.into(), text: text.into(), ..Self::default() }
    }
}
