//! A sliding window over the file → head, units, tail.
//!
//! In: a [`Source`]. Out: the text up to the first unit, each unit with its tokens and the text before it,
//! and the text after the last. Guarantee: joined, they give the decoded file back; the window holds a unit
//! at a time, at most [`MAX_HELD`] bytes of it; a fault in a unit is told with it, and the next unit is found.

use std::collections::BTreeSet;
use std::io::{self, Read};

use encoding_rs::Encoding;
use memchr::memmem;

use super::ends::{read_head, scan_in, tail_fault};
use super::place::{Place, advanced};
use super::scan::{Token, TokenKind, cut, fault_in_tag, local_of, name_of};
use super::source::Source;
use super::unit::attribute;
use crate::xml::Entities;

pub use super::ends::MAX_HELD;
pub(super) use super::ends::{Body, Fault, FaultKind, Head, START};

/// Bytes of the longest name of a unit, with a prefix, that is looked for.
const NAME: usize = 64;

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
    /// What was done so that it is a unit, where it is none as it stands.
    pub(super) repair: Option<&'static str>,
    /// What entities stand for.
    pub(super) entities: &'f Entities,
    /// The prefixes under which the file names the elements of TMX.
    pub(super) own: &'f [String],
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
    repair: Option<&'static str>,
    /// The languages of the texts of a unit that is put together.
    langs: BTreeSet<String>,
    tail: Option<Tail>,
}

/// What stands after the last unit.
#[derive(Debug, Clone)]
pub(super) struct Tail {
    /// With the white space before `</body>`.
    pub(super) text: String,
    pub(super) place: Place,
    pub(super) fault: Option<Fault>,
    /// What ends the body, where `text` does not.
    pub(super) before: &'static str,
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
            repair: None,
            langs: BTreeSet::new(),
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
            repair: self.repair,
            entities: &self.head.entities,
            own: &self.head.own,
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
        self.repair = None;
        let mut at = 0;
        // Where notes and properties begin that may belong to texts outside of a unit.
        let mut metas: Option<usize> = None;
        loop {
            let Some(token) = self.scan(at)? else {
                if self.source.ended() {
                    return self.read_tail();
                }
                return self.skip(0);
            };
            match (token.kind, self.name(token)) {
                (TokenKind::Open | TokenKind::Empty, "tu") => {
                    self.start = token.start;
                    return self.unit_from(token);
                }
                (TokenKind::Open, "tuv") => return self.unit_of_variants(metas.unwrap_or(token.start)),
                (TokenKind::Open | TokenKind::Empty, "note" | "prop") => {
                    metas.get_or_insert(token.start);
                }
                (TokenKind::Close, "note" | "prop") => {}
                (TokenKind::Open | TokenKind::Empty | TokenKind::Close | TokenKind::Broken, _) => {
                    metas = None;
                }
                (TokenKind::Cut, _) => match next_unit(self.source.text(), token.start + 1) {
                    // Something that is not closed before the end of the file swallows no units.
                    Some(found) => {
                        at = found;
                        continue;
                    }
                    None => return self.read_tail(),
                },
                _ => {}
            }
            at = token.end;
        }
    }

    /// A unit of texts that stand outside of any, from `from` of the window: the tags that are missing are put in.
    fn unit_of_variants(&mut self, from: usize) -> io::Result<Step> {
        self.source.insert(from, "<tu>");
        self.repair = Some("a <tuv> outside of <tu>: read as a unit");
        self.langs.clear();
        self.start = from;
        match self.scan(from)? {
            Some(token) => self.unit_from(token),
            None => self.skip(from),
        }
    }

    /// Whether a unit that is put together ends before `token`: at what cannot belong to it, or where a language recurs.
    fn ends_before(&mut self, token: Token) -> bool {
        if self.repair.is_none() || self.open.len() != 1 {
            return false;
        }
        match (token.kind, self.name(token)) {
            (TokenKind::Open | TokenKind::Empty, "tuv") => {
                let tag = token.of(self.source.text());
                let lang = attribute(tag, "xml:lang")
                    .or_else(|| attribute(tag, "lang"))
                    .map_or("", |(lang, _)| lang);
                let known = self.langs.contains(lang);
                if !known {
                    let lang = lang.to_owned();
                    self.langs.insert(lang);
                }
                known
            }
            (TokenKind::Open | TokenKind::Empty, "note" | "prop") => !self.langs.is_empty(),
            (TokenKind::Text, _) | (TokenKind::Close, "tu" | "note" | "prop") => false,
            _ => true,
        }
    }

    /// Closes a unit that is put together after its last text.
    fn close_here(&mut self) {
        let written = self.source.text()[..self.end].trim_end().len();
        while self.tokens.last().is_some_and(|last| last.end + self.start > written) {
            self.tokens.pop();
        }
        self.source.insert(written, "</tu>");
        self.end = written + "</tu>".len();
        self.tokens
            .push(Token { kind: TokenKind::Close, start: written, end: self.end }.moved_back(self.start));
        self.open.clear();
    }

    fn name(&self, token: Token) -> &str {
        local_of(token.of(self.source.text()))
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
                    if self.repair.is_some() && self.open.len() == 1 {
                        self.close_here();
                    } else {
                        self.ends_early();
                    }
                    break;
                }
                return self.skip(self.start);
            };
            if self.ends_before(token) {
                self.close_here();
                break;
            }
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
                TokenKind::Doctype => self.fault_at(token.start, "a DOCTYPE inside a unit".to_owned()),
                TokenKind::Cut => {
                    if let Some(found) = next_unit(self.source.text(), token.start + 1) {
                        // It swallows no units.
                        self.end = found;
                        self.fault_at(token.start, "something that is begun and not closed".to_owned());
                    } else {
                        self.end = token.end;
                        self.ends_early();
                    }
                    break;
                }
                TokenKind::Instruction
                | TokenKind::Text
                | TokenKind::CData
                | TokenKind::Comment
                | TokenKind::Stray => {}
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
        let (fault, before) = tail_fault(&text, self.head.body);
        self.tail = Some(Tail { text, place, fault, before });
        Ok(Step::Tail)
    }
}

/// The place of the next `<tu>` or of `</body>`.
fn next_unit(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut from = from.min(bytes.len());
    while let Some(found) = memmem::find(&bytes[from..], b"<") {
        let at = from + found;
        from = at + 1;
        let (close, name) = match &bytes[from..] {
            [b'/', name @ ..] => (true, name),
            name => (false, name),
        };
        // Under a prefix too, if it is one of a length that prefixes have.
        let name = &name[..name.len().min(NAME)];
        let Some(end) = name.iter().position(|b| matches!(b, b'<' | b' ' | b'>' | b'\n' | b'\r' | b'\t'))
        else {
            continue;
        };
        let local = name[..end].rsplit(|b| *b == b':').next().unwrap_or_default();
        if local == if close { &b"body"[..] } else { b"tu" } {
            return Some(at);
        }
    }
    None
}
