//! A stream of bytes in any XML encoding → a stream of UTF-8.

use std::io::{self, BufRead, Read};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Reads `R` as UTF-8, whatever its encoding: told by a byte order mark, by the zero bytes of UTF-16, or by
/// the XML declaration. Bytes that do not fit become U+FFFD.
pub(crate) struct Utf8Stream<R> {
    inner: R,
    decoder: Decoder,
    ready: Vec<u8>,
    taken: usize,
    finished: bool,
    lines: usize,
}

impl<R: BufRead> Utf8Stream<R> {
    pub(crate) fn new(mut inner: R) -> io::Result<Self> {
        let encoding = encoding_of(inner.fill_buf()?);
        Ok(Self {
            inner,
            decoder: encoding.new_decoder_with_bom_removal(),
            ready: vec![],
            taken: 0,
            finished: false,
            lines: 0,
        })
    }

    /// The line, from 1, up to which the stream was read.
    pub(crate) const fn line(&self) -> usize {
        self.lines + 1
    }

    fn refill(&mut self) -> io::Result<()> {
        let input = self.inner.fill_buf()?;
        let last = input.is_empty();
        let room = self.decoder.max_utf8_buffer_length(input.len()).unwrap_or(input.len() * 3 + 16);
        self.ready.resize(room, 0);
        let (result, read, written, _) = self.decoder.decode_to_utf8(input, &mut self.ready, last);
        self.ready.truncate(written);
        self.taken = 0;
        self.finished = last && result == CoderResult::InputEmpty;
        self.inner.consume(read);
        Ok(())
    }
}

impl<R: BufRead> Read for Utf8Stream<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let count = ready.len().min(out.len());
        out[..count].copy_from_slice(&ready[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Utf8Stream<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.taken == self.ready.len() && !self.finished {
            self.refill()?;
        }
        Ok(&self.ready[self.taken..])
    }

    fn consume(&mut self, count: usize) {
        let read = &self.ready[self.taken..self.taken + count];
        self.lines += memchr::memchr_iter(b'\n', read).count();
        self.taken += count;
    }
}

fn encoding_of(head: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return encoding;
    }
    match head {
        [b'<', 0, ..] => UTF_16LE,
        [0, b'<', ..] => UTF_16BE,
        _ => declared(head).unwrap_or(UTF_8),
    }
}

/// The encoding that the XML declaration names. UTF-16 cannot be true here: the declaration was read as
/// ASCII.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let end = head.iter().position(|&b| b == b'>')?;
    let declaration = std::str::from_utf8(&head[..end]).ok()?;
    let rest = declaration.strip_prefix("<?xml")?.split_once("encoding")?.1;
    let quoted = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = quoted.chars().next().filter(|q| matches!(q, '"' | '\''))?;
    let label = quoted[1..].split(quote).next()?;
    Encoding::for_label_no_replacement(label.as_bytes()).filter(|e| *e != UTF_16LE && *e != UTF_16BE)
}
