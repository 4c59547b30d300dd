//! The head of a translation memory: the XML declaration, the DOCTYPE, `<tmx>` and `<header>`.
//!
//! In: the text before the first unit. Out: what the header says and where each thing stands, so that it can
//! be judged and changed in place.

use std::ops::Range;

use super::edits::Edits;
use super::frames::Head;
use super::refs::escaped;
use super::scan::{Token, TokenKind, local_of, name_of};
use super::source::declared_label;
use super::unit::attribute;

/// The seven attributes that a header must have.
pub(super) const REQUIRED: [&str; 7] =
    ["creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"];

/// Where things stand in the head.
#[derive(Debug, Clone, Default)]
pub(super) struct HeadView {
    pub(super) declaration: Option<Token>,
    pub(super) doctype: Option<Token>,
    /// The outermost element.
    pub(super) root: Option<Token>,
    pub(super) header: Option<Token>,
    /// Elements of the header: their tags.
    pub(super) inside: Vec<Token>,
}

impl HeadView {
    pub(super) fn new(head: &Head) -> Self {
        let mut view = Self::default();
        let mut in_header = false;
        for &token in &head.tokens {
            let text = token.of(&head.text);
            let (name, element) = (name_of(text), local_of(text));
            match token.kind {
                TokenKind::Instruction if name == "?xml" => {
                    view.declaration.get_or_insert(token);
                }
                TokenKind::Doctype => {
                    view.doctype.get_or_insert(token);
                }
                TokenKind::Open | TokenKind::Empty if view.root.is_none() => view.root = Some(token),
                TokenKind::Open | TokenKind::Empty if element == "header" && view.header.is_none() => {
                    view.header = Some(token);
                    in_header = token.kind == TokenKind::Open;
                }
                TokenKind::Close if element == "header" => in_header = false,
                TokenKind::Open | TokenKind::Empty if in_header => view.inside.push(token),
                _ => {}
            }
        }
        view
    }

    /// The tags of all elements of the head but the header.
    pub(super) fn other_tags<'h>(&self, head: &'h Head) -> impl Iterator<Item = Token> + 'h {
        let header = self.header.map(|header| header.start);
        let tags = head.tokens.iter().filter(|t| matches!(t.kind, TokenKind::Open | TokenKind::Empty));
        tags.filter(move |tag| Some(tag.start) != header).copied()
    }

    /// The value of an attribute of the header, and where it stands in the head.
    pub(super) fn header_attribute<'h>(&self, head: &'h Head, name: &str) -> Option<(&'h str, Range<usize>)> {
        let token = self.header?;
        let (value, found) = attribute(token.of(&head.text), name)?;
        Some((value, found.value.start + token.start..found.value.end + token.start))
    }

    /// The value of an attribute of `<tmx>`.
    pub(super) fn root_attribute<'h>(&self, head: &'h Head, name: &str) -> Option<&'h str> {
        Some(attribute(self.root?.of(&head.text), name)?.0)
    }

    /// The source language that the header names; empty where it names none.
    pub(super) fn source_lang<'h>(&self, head: &'h Head) -> &'h str {
        self.header_attribute(head, "srclang").map_or("", |(value, _)| value)
    }

    /// Appends what makes `lang` the source language that the header names.
    pub(super) fn set_source_lang(&self, head: &Head, lang: &str, edits: &mut Edits) {
        if let Some((_, range)) = self.header_attribute(head, "srclang") {
            edits.replace(range, escaped(lang));
        } else if let Some(header) = self.header {
            let at = header.start + 1 + name_of(header.of(&head.text)).len();
            edits.insert(at, format!(" srclang=\"{}\"", escaped(lang)));
        }
    }

    /// The encoding that the XML declaration names.
    pub(super) fn declared<'h>(&self, head: &'h Head) -> Option<&'h str> {
        declared_label(self.declaration?.of(&head.text))
    }

    /// Whether the outermost element is `<tmx>`.
    pub(super) fn is_tmx(&self, head: &Head) -> bool {
        self.root.is_some_and(|root| local_of(root.of(&head.text)) == "tmx")
    }
}

/// Whether `lang` names a language rather than all or none.
pub(super) fn names_a_language(lang: &str) -> bool {
    !lang.is_empty() && lang != "*all*"
}
