//! The two ends of a memory: what stands before the first unit and after the last.
//!
//! In: a [`Source`], or the text after the last unit. Out: the [`Head`], or what is wrong with the end. Guarantee: a head
//! without a fault is well formed but for characters and references.

use std::io::{self, Read};

use super::gap::{is_sound_instruction, sound_comment};
use super::place::{Place, advanced};
use super::refs::illegal_from;
use super::scan::{
    Rest, Scanned, Token, TokenKind, cut, fault_in_tag, is_declaration, is_name, local_of, name_of, scan,
};
use super::source::{Encodings, Source};
use crate::xml::Entities;

/// Bytes of text held at a time, at most: the largest unit that is looked at.
pub const MAX_HELD: usize = 16 << 20;

/// A fault of the XML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// Where, in bytes of the text it is told with.
    pub(super) at: usize,
    pub(super) kind: FaultKind,
    pub(super) message: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FaultKind {
    Broken,
    /// The file ends here.
    Ends,
}

/// What stands before the first unit.
#[derive(Debug, Clone)]
pub(super) struct Head {
    /// Up to and with `<body>`.
    pub(super) text: String,
    pub(super) tokens: Vec<Token>,
    pub(super) fault: Option<Fault>,
    pub(super) body: Body,
    pub(super) encodings: Encodings,
    pub(super) bad: Vec<usize>,
    /// What the DOCTYPE declares.
    pub(super) entities: Entities,
    /// The prefixes under which it names the elements of TMX.
    pub(super) own: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Body {
    Open,
    /// `<body/>`.
    Empty,
    /// There is none, but units stand where it should be.
    Added,
    Missing,
}

impl Head {
    pub(super) fn place(&self, at: usize) -> Place {
        advanced(START, &self.text[..at])
    }
}

/// The place of a file's first character.
pub(super) const START: Place = Place { line: 1, column: 1 };

/// Reads up to the first unit, or up to and with `<body>`.
pub(super) fn read_head<R: Read>(source: &mut Source<R>) -> io::Result<Head> {
    let (mut tokens, mut at): (Vec<Token>, usize) = (Vec::new(), 0);
    let (mut body, mut fault) = (Body::Missing, None);
    // Names, and where they stand.
    let mut open: Vec<(String, usize)> = Vec::new();
    let mut root_begun = false;
    let broken = |at, message: &str| Some(Fault { at, kind: FaultKind::Broken, message: message.to_owned() });
    loop {
        let Some(token) = scan_in(source, at)? else {
            if !source.ended() {
                fault = fault.or_else(|| broken(at, "the header is larger than 16 MiB"));
            }
            break;
        };
        let text = token.of(source.text());
        let is_tag = matches!(token.kind, TokenKind::Open | TokenKind::Empty);
        if is_tag && !matches!(local_of(text), "tu" | "tuv") {
            fault = fault.or_else(|| {
                let (at, message) = fault_in_tag(text)?;
                broken(token.start + at, &message)
            });
        }
        if is_tag && open.is_empty() {
            if root_begun {
                fault = fault
                    .or_else(|| broken(token.start, "something stands after the end of the first element"));
            }
            root_begun = true;
        }
        // Without characters that XML has no place for, any instruction may become a declaration.
        let unclear =
            || illegal_from(text, 0).is_some() || (name_of(text) == "?xml" && !is_declaration(text));
        let nameless = || !is_name(name_of(text).trim_matches('?'));
        if token.kind == TokenKind::Instruction && (unclear() || nameless()) {
            fault = fault.or_else(|| broken(token.start, "an XML declaration that cannot be read"));
        }
        match (token.kind, local_of(text)) {
            (TokenKind::Open | TokenKind::Empty, "tu") | (TokenKind::Open, "tuv") => {
                // Units that stand right in <tmx> need only a body around them. What else is around them stands between
                // units, as it does in a body.
                let other = open.get(1).map(|(_, start)| *start);
                let holds_header = |start: usize| {
                    let header = |token: &Token| local_of(token.of(source.text())) == "header";
                    tokens.iter().any(|token| token.start >= start && header(token))
                };
                if !open.is_empty() && !other.is_some_and(holds_header) {
                    body = Body::Added;
                    at = other.unwrap_or(at);
                    tokens.retain(|token| token.start < at);
                    // What is wrong behind is told where it is gone through.
                    fault = fault.filter(|fault| fault.at < at);
                }
                break;
            }
            (TokenKind::Close, "tmx") | (TokenKind::Cut, _) => break,
            (TokenKind::Open | TokenKind::Empty, "body") => {
                body = if token.kind == TokenKind::Open { Body::Open } else { Body::Empty };
                match &open[..] {
                    [_] => {}
                    [] => fault = fault.or_else(|| broken(token.start, "<body> stands outside <tmx>")),
                    [.., (inner, _)] => {
                        let message = format!("<{}> is not closed before <body>", cut(inner));
                        fault = fault.or_else(|| broken(token.start, &message));
                    }
                }
            }
            (TokenKind::Close, _) => {
                let name = name_of(text);
                if open.last().is_some_and(|(inner, _)| inner == name) {
                    open.pop();
                } else {
                    let message = format!("</{}> closes nothing", cut(name));
                    fault = fault.or_else(|| broken(token.start, &message));
                }
            }
            (TokenKind::Text | TokenKind::Stray | TokenKind::CData, _)
                if open.is_empty() && !text.trim().is_empty() =>
            {
                fault = fault.or_else(|| broken(token.start, "something stands before <tmx>"));
            }
            (TokenKind::Broken, _) => {
                fault = fault.or_else(|| broken(token.start, "a tag that is not closed before the next `<`"));
            }
            (TokenKind::Open | TokenKind::Empty, _) if token.kind == TokenKind::Open => {
                open.push((name_of(text).to_owned(), token.start));
            }
            _ => {}
        }
        tokens.push(token);
        at = token.end;
        if body != Body::Missing {
            break;
        }
    }
    let bad = source.bad_within(at).collect();
    let text = &source.text()[..at];
    let doctype = tokens.iter().find(|token| token.kind == TokenKind::Doctype);
    let entities = doctype.map(|doctype| Entities::of(doctype.of(text))).unwrap_or_default();
    Ok(Head {
        text: text.to_owned(),
        entities,
        own: super::prefixes::own(text, &tokens),
        tokens,
        fault,
        body,
        encodings: source.encodings.clone(),
        bad,
    })
}

/// What is wrong with the text after the last unit, and what ends the body where the text does not.
pub(super) fn tail_fault(text: &str, body: Body) -> (Option<Fault>, &'static str) {
    match body {
        Body::Open => (fault_in_tail(text, &["body", "tmx"]), ""),
        Body::Empty => (fault_in_tail(text, &["tmx"]), "</body>"),
        // Perhaps there is one behind the first units.
        Body::Added | Body::Missing => match fault_in_tail(text, &["body", "tmx"]) {
            None => (None, ""),
            Some(_) => (fault_in_tail(text, &["tmx"]), "</body>"),
        },
    }
}

fn fault_in_tail(text: &str, due: &[&'static str]) -> Option<Fault> {
    let mut due = due;
    let mut at = 0;
    let broken = |at, message: String| Some(Fault { at, kind: FaultKind::Broken, message });
    while let Scanned::Token(token) = scan(text, at, Rest::None) {
        let piece = token.of(text);
        match token.kind {
            TokenKind::Comment if sound_comment(piece).is_none() => {}
            TokenKind::Instruction if is_sound_instruction(piece) => {}
            TokenKind::Text if piece.trim_matches([' ', '\t', '\n', '\r']).is_empty() => {}
            TokenKind::Close if due.first() == Some(&local_of(piece)) => due = &due[1..],
            TokenKind::Cut if !due.is_empty() => break,
            _ if due.is_empty() => return broken(at, "something stands after </tmx>".to_owned()),
            _ => return broken(at, format!("something stands where </{}> is due", due[0])),
        }
        at = token.end;
    }
    due.first().map(|inside| Fault {
        at: text.len(),
        kind: FaultKind::Ends,
        message: format!("the file ends inside <{inside}>"),
    })
}

/// The token at `at`; `None` at the end of the file, or where it would be too large to hold.
pub(super) fn scan_in<R: Read>(source: &mut Source<R>, at: usize) -> io::Result<Option<Token>> {
    loop {
        let rest = if source.ended() { Rest::None } else { Rest::MayFollow };
        match scan(source.text(), at, rest) {
            Scanned::Token(token) => return Ok(Some(token)),
            Scanned::End => return Ok(None),
            Scanned::More if source.text().len() >= MAX_HELD => return Ok(None),
            Scanned::More => source.grow()?,
        }
    }
}
