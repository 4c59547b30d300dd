//! Bytes in any encoding → a window of text that slides over the file.
//!
//! In: a reader. Out: text, with the line and column at which the window begins. Guarantee: bytes that do not
//! fit the encoding become U+FFFD and are remembered; the window grows only as far as it is asked to.

use std::collections::VecDeque;
use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::place::{Place, advanced};

/// Bytes read at a time, at least.
const CHUNK: usize = 1 << 16;

/// Places of bad bytes that are remembered until they are asked for.
const BAD_PLACES: usize = 1000;

/// What the first bytes say of the encoding.
#[derive(Debug, Clone)]
pub(super) struct Encodings {
    /// The encoding the file is read in.
    pub(super) actual: &'static Encoding,
    /// Whether it begins with a byte order mark.
    pub(super) mark: bool,
    /// What it probably is, where `actual` does not fit the first bytes.
    pub(super) guess: Option<&'static Encoding>,
}

pub(super) struct Source<R> {
    inner: R,
    raw: Vec<u8>,
    decoder: Option<Decoder>,
    pub(super) encodings: Encodings,
    text: String,
    start: usize,
    /// Where in `text` U+FFFD stands for bad bytes.
    bad: VecDeque<usize>,
    place: Place,
    ended: bool,
    /// Bytes of the file read so far.
    pub(super) bytes: u64,
}

impl<R: Read> Source<R> {
    pub(super) fn new(mut inner: R, told: Option<&'static Encoding>) -> io::Result<Self> {
        let mut raw = Vec::with_capacity(CHUNK * 2);
        let mut ended = false;
        while raw.len() < CHUNK && !ended {
            ended = read_some(&mut inner, &mut raw, CHUNK)? == 0;
        }
        let bytes = raw.len() as u64;
        let encodings = encodings_of(&raw, told);
        let mark = Encoding::for_bom(&raw).filter(|(e, _)| *e == encodings.actual).map_or(0, |(_, n)| n);
        raw.drain(..mark);
        let decoder =
            (encodings.actual != UTF_8).then(|| encodings.actual.new_decoder_without_bom_handling());
        let mut source = Self {
            inner,
            raw,
            decoder,
            encodings,
            text: String::new(),
            start: 0,
            bad: VecDeque::new(),
            place: Place { line: 1, column: 1 },
            ended,
            bytes,
        };
        source.decode();
        Ok(source)
    }

    /// The text of the window.
    pub(super) fn text(&self) -> &str {
        &self.text[self.start..]
    }

    /// Whether the window reaches the end of the file.
    pub(super) const fn ended(&self) -> bool {
        self.ended && self.raw.is_empty()
    }

    /// Makes the window longer, to double its length or more; does nothing at the end of the file.
    pub(super) fn grow(&mut self) -> io::Result<()> {
        if self.ended() {
            return Ok(());
        }
        if self.start > 0 {
            self.text.drain(..self.start);
            for at in &mut self.bad {
                *at -= self.start;
            }
            self.start = 0;
        }
        let before = self.text.len();
        let wanted = before.max(CHUNK);
        while !self.ended() && self.text.len() - before < wanted {
            let read = read_some(&mut self.inner, &mut self.raw, CHUNK)?;
            self.bytes += read as u64;
            self.ended = read == 0;
            self.decode();
        }
        Ok(())
    }

    /// Moves the window's beginning on by `count` bytes of text.
    pub(super) fn consume(&mut self, count: usize) {
        let gone = &self.text[self.start..self.start + count];
        self.place = advanced(self.place, gone);
        self.start += count;
        while self.bad.front().is_some_and(|&at| at < self.start) {
            self.bad.pop_front();
        }
    }

    /// Puts `what` into the window at `offset`. Columns of the rest of that line count it.
    pub(super) fn insert(&mut self, offset: usize, what: &str) {
        let at = self.start + offset;
        self.text.insert_str(at, what);
        for bad in self.bad.iter_mut().filter(|bad| **bad >= at) {
            *bad += what.len();
        }
    }

    /// The place of the character at `offset` of the window.
    pub(super) fn place(&self, offset: usize) -> Place {
        advanced(self.place, &self.text()[..offset])
    }

    /// Where in the first `length` bytes of the window there are bad bytes.
    pub(super) fn bad_within(&self, length: usize) -> impl Iterator<Item = usize> {
        let end = self.start + length;
        self.bad.iter().take_while(move |&&at| at < end).map(|&at| at - self.start)
    }

    fn decode(&mut self) {
        match &mut self.decoder {
            None => self.decode_utf8(),
            Some(decoder) => {
                let mut taken = 0;
                loop {
                    let rest = &self.raw[taken..];
                    let room = decoder.max_utf8_buffer_length_without_replacement(rest.len());
                    self.text.reserve(room.unwrap_or(rest.len() * 3) + 4);
                    let (result, read) =
                        decoder.decode_to_string_without_replacement(rest, &mut self.text, self.ended);
                    taken += read;
                    match result {
                        DecoderResult::Malformed(_, _) => {
                            remember(&mut self.bad, self.text.len());
                            self.text.push('\u{fffd}');
                        }
                        DecoderResult::InputEmpty => break,
                        DecoderResult::OutputFull => {}
                    }
                }
                self.raw.clear();
            }
        }
    }

    fn decode_utf8(&mut self) {
        let mut at = 0;
        loop {
            match std::str::from_utf8(&self.raw[at..]) {
                Ok(text) => {
                    self.text.push_str(text);
                    self.raw.clear();
                    return;
                }
                Err(error) => {
                    let valid = &self.raw[at..at + error.valid_up_to()];
                    self.text.push_str(std::str::from_utf8(valid).expect("it was valid up to here"));
                    at += error.valid_up_to();
                    match error.error_len() {
                        None if !self.ended => {
                            self.raw.drain(..at);
                            return;
                        }
                        length => {
                            remember(&mut self.bad, self.text.len());
                            self.text.push('\u{fffd}');
                            at += length.unwrap_or(self.raw.len() - at);
                        }
                    }
                }
            }
        }
    }
}

fn remember(bad: &mut VecDeque<usize>, at: usize) {
    if bad.len() < BAD_PLACES {
        bad.push_back(at);
    }
}

fn read_some(inner: &mut impl Read, raw: &mut Vec<u8>, count: usize) -> io::Result<usize> {
    let before = raw.len();
    raw.resize(before + count, 0);
    let read = loop {
        match inner.read(&mut raw[before..]) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => break other,
        }
    };
    raw.truncate(before + *read.as_ref().unwrap_or(&0));
    read
}

fn encodings_of(head: &[u8], told: Option<&'static Encoding>) -> Encodings {
    let mark = Encoding::for_bom(head).map(|(encoding, _)| encoding);
    let actual = told.or(mark).unwrap_or_else(|| match head {
        [b'<', 0, ..] => UTF_16LE,
        [0, b'<', ..] => UTF_16BE,
        _ => match declared(head) {
            Some(old) if !is_utf8_with_letters(head) => old,
            _ => UTF_8,
        },
    });
    let fits = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    let guess = (actual == UTF_8 && !fits).then(|| {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(head, true);
        detector.guess(None, Utf8Detection::Deny)
    });
    Encodings { actual, mark: mark.is_some(), guess }
}

/// The encoding of 8 bits that the XML declaration names. UTF-16 cannot be true: the declaration was read as
/// ASCII.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let end = head.iter().position(|&b| b == b'>')?;
    let declaration = std::str::from_utf8(&head[..end]).ok()?;
    let label = declared_label(declaration)?;
    Encoding::for_label_no_replacement(label.as_bytes()).filter(|e| *e != UTF_16LE && *e != UTF_16BE)
}

/// The value of `encoding` in an XML declaration.
pub(super) fn declared_label(declaration: &str) -> Option<&str> {
    let rest = declaration.strip_prefix("<?xml")?.split_once("encoding")?.1;
    let quoted = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = quoted.chars().next().filter(|q| matches!(q, '"' | '\''))?;
    Some(quoted[1..].split_once(quote)?.0)
}

/// Whether bytes beyond ASCII are there and all are UTF-8, which no other encoding gives by accident.
fn is_utf8_with_letters(head: &[u8]) -> bool {
    let valid = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none() && error.valid_up_to() > 0,
    };
    valid && !head.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8], told: Option<&'static Encoding>) -> (String, usize, Encodings) {
        let mut source = Source::new(bytes, told).unwrap();
        while !source.ended() {
            source.grow().unwrap();
        }
        (source.text().to_owned(), source.bad.len(), source.encodings.clone())
    }

    #[test]
    fn every_encoding_becomes_text() {
        let text = "<?xml version='1.0' encoding='windows-1256'?><a>العراق</a>";
        let old = encoding_rs::WINDOWS_1256.encode(text).0;
        assert_eq!(all(&old, None).0, text);
        assert_eq!(all(text.as_bytes(), None).2.actual, UTF_8, "UTF-8 is believed before the declaration");
        let utf16: Vec<u8> = "\u{feff}<a>ع</a>".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(all(&utf16, None).0, "<a>ع</a>");
        assert_eq!(all(&utf16[2..], None).0, "<a>ع</a>");
        let undeclared = encoding_rs::WINDOWS_1256.encode("<a>العراق والمملكة العربية</a>").0;
        let (_, bad, encodings) = all(&undeclared, None);
        assert!(bad > 5);
        assert_eq!(encodings.guess, Some(encoding_rs::WINDOWS_1256));
        assert_eq!(all(&undeclared, Some(encoding_rs::WINDOWS_1256)).1, 0);
    }

    #[test]
    fn characters_are_whole_across_chunks_and_places_are_counted_in_characters() {
        let text = format!("{}\n{}", "ع".repeat(CHUNK), "عx".repeat(CHUNK));
        let mut source = Source::new(text.as_bytes(), None).unwrap();
        while !source.ended() {
            source.grow().unwrap();
        }
        assert_eq!(source.text(), text);
        let offset = 2 * CHUNK + 1 + 3;
        assert_eq!(source.place(offset), Place { line: 2, column: 3 });
        source.consume(offset);
        assert_eq!(source.place(2), Place { line: 2, column: 4 });
    }

    #[test]
    fn bad_bytes_are_remembered() {
        let source = Source::new(&b"ab\xffc\xc3"[..], None).unwrap();
        assert_eq!(source.text(), "ab\u{fffd}c\u{fffd}");
        assert_eq!(source.bad_within(100).collect::<Vec<_>>(), [2, 6]);
        assert_eq!(source.bad_within(3).count(), 1);
    }
}
