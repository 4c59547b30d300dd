//! A sliding window over the file → head, units, tail.
//!
//! In: a [`Source`]. Out: the text up to the first unit, each unit with its tokens and the text before it,
//! and the text after the last. Guarantee: joined, they give the decoded file back; the window holds a unit
//! at a time, at most [`MAX_HELD`] bytes of it; a fault in a unit is told with it, and the next unit is found.

use std::io::{self, Read};

use encoding_rs::Encoding;
use memchr::memmem;

use super::place::{Place, advanced};
use super::refs::illegal_from;
use super::scan::{Rest, Scanned, Token, TokenKind, cut, fault_in_tag, is_declaration, name_of, scan};
use super::source::{Encodings, Source};

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
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Body {
    Open,
    /// `<body/>`.
    Empty,
    Missing,
}

impl Head {
    pub(super) fn place(&self, at: usize) -> Place {
        advanced(START, &self.text[..at])
    }
}

/// The place of a file's first character.
pub(super) const START: Place = Place { line: 1, column: 1 };

/// How far out an element is looked for that a tag may be meant to close.
const NEAR: usize = 16;

/// What was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// A unit: see [`Frames::unit`].
    Unit,
    /// Something too large to be held; the place is where it begins.
    TooLarge(Place),
    /// The end of the units: see [`Frames::tail`].
    Tail,
}

/// A unit as it stands in the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct RawUnit<'f> {
    /// From 1.
    pub(super) number: u64,
    /// What stands before it: white space, comments.
    pub(super) gap: &'f str,
    pub(super) gap_place: Place,
    /// From `<tu>` to `</tu>`.
    pub(super) text: &'f str,
    pub(super) place: Place,
    pub(super) tokens: &'f [Token],
    /// The first fault; without one the tokens are well nested.
    pub(super) fault: Option<&'f Fault>,
    /// Where in `text` there are bad bytes.
    pub(super) bad: &'f [usize],
}

impl RawUnit<'_> {
    pub(super) fn place(&self, at: usize) -> Place {
        advanced(self.place, &self.text[..at])
    }
}

pub(super) struct Frames<R> {
    source: Source<R>,
    head: Head,
    /// Of the current unit: its start and end in the window, its tokens, its first fault.
    start: usize,
    end: usize,
    tokens: Vec<Token>,
    open: Vec<Token>,
    fault: Option<Fault>,
    bad: Vec<usize>,
    number: u64,
    tail: Option<Tail>,
}

/// What stands after the last unit.
#[derive(Debug, Clone)]
pub(super) struct Tail {
    /// With the white space before `</body>`.
    pub(super) text: String,
    pub(super) place: Place,
    pub(super) fault: Option<Fault>,
}

impl<R: Read> Frames<R> {
    pub(super) fn new(input: R, told: Option<&'static Encoding>) -> io::Result<Self> {
        let mut source = Source::new(input, told)?;
        let head = read_head(&mut source)?;
        source.consume(head.text.len());
        Ok(Self {
            source,
            head,
            start: 0,
            end: 0,
            tokens: Vec::new(),
            open: Vec::new(),
            fault: None,
            bad: Vec::new(),
            number: 0,
            tail: None,
        })
    }

    pub(super) const fn head(&self) -> &Head {
        &self.head
    }

    /// Bytes of the file read so far.
    pub(super) const fn bytes(&self) -> u64 {
        self.source.bytes
    }

    /// The current unit; after [`Step::Unit`].
    pub(super) fn unit(&self) -> RawUnit<'_> {
        let text = self.source.text();
        RawUnit {
            number: self.number,
            gap: &text[..self.start],
            gap_place: self.source.place(0),
            text: &text[self.start..self.end],
            place: self.source.place(self.start),
            tokens: &self.tokens,
            fault: self.fault.as_ref(),
            bad: &self.bad,
        }
    }

    /// What stands after the last unit; after [`Step::Tail`].
    pub(super) fn tail(&self) -> Option<&Tail> {
        self.tail.as_ref()
    }

    /// Goes on to the next unit.
    pub(super) fn next(&mut self) -> io::Result<Step> {
        self.source.consume(self.end);
        (self.start, self.end, self.fault) = (0, 0, None);
        self.tokens.clear();
        if self.tail.is_some() {
            return Ok(Step::Tail);
        }
        let mut at = 0;
        loop {
            match self.scan(at)? {
                Some(token) => match token.kind {
                    TokenKind::Open | TokenKind::Empty if self.name(token) == "tu" => {
                        self.start = token.start;
                        return self.unit_from(token);
                    }
                    TokenKind::Close if matches!(self.name(token), "body" | "tmx") => {
                        return self.read_tail();
                    }
                    TokenKind::Cut => return self.read_tail(),
                    _ => at = token.end,
                },
                None if self.source.ended() => return self.read_tail(),
                None => return self.skip(0),
            }
        }
    }

    fn name(&self, token: Token) -> &str {
        name_of(token.of(self.source.text()))
    }

    /// The token at `at`; `None` at the end of the file, or where it would be too large to hold.
    fn scan(&mut self, at: usize) -> io::Result<Option<Token>> {
        scan_in(&mut self.source, at)
    }

    fn unit_from(&mut self, first: Token) -> io::Result<Step> {
        self.number += 1;
        self.tokens.push(first.moved_back(self.start));
        self.end = first.end;
        self.open.clear();
        self.check_tag(first);
        if first.kind == TokenKind::Open {
            self.open.push(first);
        }
        while !self.open.is_empty() {
            let Some(token) = self.scan(self.end)? else {
                if self.source.ended() {
                    self.ends_early();
                    break;
                }
                return self.skip(self.start);
            };
            match token.kind {
                TokenKind::Open | TokenKind::Empty if self.name(token) == "tu" => {
                    self.unclosed(token, "another <tu>");
                    break;
                }
                TokenKind::Close if matches!(self.name(token), "body" | "tmx") => {
                    self.unclosed(token, "the end of the units");
                    break;
                }
                TokenKind::Open => {
                    self.open.push(token);
                    self.check_tag(token);
                }
                TokenKind::Empty => self.check_tag(token),
                TokenKind::Close => self.close(token),
                TokenKind::Broken => {
                    self.fault_at(token.start, "a tag that is not closed before the next `<`".to_owned());
                }
                TokenKind::Instruction | TokenKind::Doctype => {
                    self.fault_at(token.start, "an instruction or DOCTYPE inside a unit".to_owned());
                }
                TokenKind::Cut => {
                    self.end = token.end;
                    self.ends_early();
                    break;
                }
                TokenKind::Text | TokenKind::CData | TokenKind::Comment | TokenKind::Stray => {}
            }
            self.tokens.push(token.moved_back(self.start));
            self.end = token.end;
        }
        let bad = self.source.bad_within(self.end).filter(|&at| at >= self.start).map(|at| at - self.start);
        self.bad.clear();
        self.bad.extend(bad);
        Ok(Step::Unit)
    }

    fn close(&mut self, token: Token) {
        let text = self.source.text();
        let name = name_of(token.of(text));
        let top = self.open.last().map_or("", |open| name_of(open.of(text)));
        if name == top {
            self.open.pop();
            return;
        }
        let message = format!("</{}> where </{}> is due", cut(name), cut(top));
        // What stands open further out is what is meant to be closed; not too far, or very deep nesting takes forever.
        let near = self.open.len().saturating_sub(NEAR);
        let meant = self.open[near..].iter().rposition(|open| name_of(open.of(text)) == name);
        // The unit itself is never far.
        let unit = self.open.first().filter(|open| name_of(open.of(text)) == name).map(|_| 0);
        if let Some(index) = meant.map(|index| near + index).or(unit) {
            self.open.truncate(index);
        }
        self.fault_at(token.start, message);
    }

    fn check_tag(&mut self, token: Token) {
        if let Some((at, message)) = fault_in_tag(token.of(self.source.text())) {
            self.fault_at(token.start + at, message);
        }
    }

    /// A fault at `at` of the window; the first one counts.
    fn fault_at(&mut self, at: usize, message: String) {
        let at = at - self.start;
        self.fault.get_or_insert(Fault { at, kind: FaultKind::Broken, message });
    }

    fn unclosed(&mut self, token: Token, before: &str) {
        let inner = self.open.last().map_or("tu", |open| name_of(open.of(self.source.text())));
        let message = format!("<{}> is not closed before {before}", cut(inner));
        self.fault_at(token.start, message);
    }

    fn ends_early(&mut self) {
        let inner = self.open.last().map_or("tu", |open| name_of(open.of(self.source.text())));
        let message = format!("the file ends inside <{}>", cut(inner));
        let at = self.end - self.start;
        self.fault = Some(Fault { at, kind: FaultKind::Ends, message });
    }

    /// Passes over what is too large, from `from` of the window to the next unit.
    fn skip(&mut self, from: usize) -> io::Result<Step> {
        let place = self.source.place(from);
        // Not the unit that begins here.
        let mut search = from + 3;
        loop {
            let text = self.source.text();
            if let Some(found) = next_unit(text, search) {
                self.end = found;
                return Ok(Step::TooLarge(place));
            }
            // The beginning of a tag may stand at the very end.
            let mut keep = text.len().saturating_sub(8);
            while !text.is_char_boundary(keep) {
                keep -= 1;
            }
            self.source.consume(keep);
            search = 0;
            if self.source.ended() {
                self.end = 0;
                return Ok(Step::TooLarge(place));
            }
            self.source.grow()?;
        }
    }

    fn read_tail(&mut self) -> io::Result<Step> {
        let place = self.source.place(0);
        while !self.source.ended() && self.source.text().len() < MAX_HELD {
            self.source.grow()?;
        }
        let text = self.source.text().to_owned();
        let fault = tail_fault(&text, self.head.body);
        self.tail = Some(Tail { text, place, fault });
        Ok(Step::Tail)
    }
}

/// The place of the next `<tu>` or of `</body>`.
fn next_unit(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut from = from.min(bytes.len());
    while let Some(found) = memmem::find(&bytes[from..], b"<") {
        let at = from + found;
        let rest = &bytes[at..];
        if rest.starts_with(b"</body")
            || (rest.starts_with(b"<tu") && matches!(rest.get(3), Some(b' ' | b'>' | b'\n' | b'\r' | b'\t')))
        {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

fn scan_in<R: Read>(source: &mut Source<R>, at: usize) -> io::Result<Option<Token>> {
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

fn read_head<R: Read>(source: &mut Source<R>) -> io::Result<Head> {
    let (mut tokens, mut at) = (Vec::new(), 0);
    let (mut body, mut fault) = (Body::Missing, None);
    let mut open: Vec<String> = Vec::new();
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
        if is_tag && name_of(text) != "tu" {
            fault = fault.or_else(|| {
                let (at, message) = fault_in_tag(text)?;
                broken(token.start + at, &message)
            });
        }
        // Without characters that XML has no place for, any instruction may become a declaration.
        let unclear =
            || illegal_from(text, 0).is_some() || (name_of(text) == "?xml" && !is_declaration(text));
        if token.kind == TokenKind::Instruction && unclear() {
            fault = fault.or_else(|| broken(token.start, "an XML declaration that cannot be read"));
        }
        match (token.kind, name_of(text)) {
            (TokenKind::Open | TokenKind::Empty, "tu") | (TokenKind::Close, "tmx") | (TokenKind::Cut, _) => {
                break;
            }
            (TokenKind::Open | TokenKind::Empty, "body") => {
                body = if token.kind == TokenKind::Open { Body::Open } else { Body::Empty };
                match &open[..] {
                    [_] => {}
                    [] => fault = fault.or_else(|| broken(token.start, "<body> stands outside <tmx>")),
                    [.., inner] => {
                        let message = format!("<{}> is not closed before <body>", cut(inner));
                        fault = fault.or_else(|| broken(token.start, &message));
                    }
                }
            }
            (TokenKind::Close, name) => {
                if open.last().is_some_and(|inner| inner == name) {
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
                open.push(name_of(text).to_owned());
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
    Ok(Head {
        text: source.text()[..at].to_owned(),
        tokens,
        fault,
        body,
        encodings: source.encodings.clone(),
        bad,
    })
}

/// What is wrong with the text after the last unit.
fn tail_fault(text: &str, body: Body) -> Option<Fault> {
    let mut due: &[&str] = if body == Body::Open { &["body", "tmx"] } else { &["tmx"] };
    let mut at = 0;
    let broken = |at, message: String| Some(Fault { at, kind: FaultKind::Broken, message });
    while let Scanned::Token(token) = scan(text, at, Rest::None) {
        let piece = token.of(text);
        match token.kind {
            TokenKind::Comment | TokenKind::Instruction => {}
            TokenKind::Text if piece.trim_start_matches(['\u{0}', '\u{1a}']).trim().is_empty() => {}
            TokenKind::Close if due.first() == Some(&name_of(piece)) => due = &due[1..],
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
