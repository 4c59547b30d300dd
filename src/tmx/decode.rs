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

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Read};

    use super::*;

    /// The text of `bytes`, of which so many are at hand at a time and so many are asked for.
    fn read(bytes: &[u8], at_hand: usize, asked: usize) -> (String, usize) {
        let mut stream = Utf8Stream::new(BufReader::with_capacity(at_hand, bytes)).unwrap();
        let (mut out, mut buffer) = (Vec::new(), vec![0; asked]);
        loop {
            let count = stream.read(&mut buffer).unwrap();
            out.extend_from_slice(&buffer[..count]);
            assert!(out.len() <= 2 * bytes.len() + 3, "more comes out than went in");
            if count == 0 {
                return (String::from_utf8(out).unwrap(), stream.line());
            }
        }
    }

    #[test]
    fn pieces_of_any_length_make_the_same_text() {
        let text = "<?xml version=\"1.0\"?>\n<a>العراق \u{1f600}\n</a>";
        let utf_16: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (at_hand, asked) in [(3, 1), (5, 7), (64, 3), (4096, 4096)] {
            assert_eq!(read(text.as_bytes(), at_hand, asked), (text.to_owned(), 3));
            assert_eq!(read(&utf_16, at_hand, asked), (text.to_owned(), 3));
        }
        assert_eq!(read(b"", 8, 8), (String::new(), 1));
        assert_eq!(read(b"a\xffb", 8, 8), ("a\u{fffd}b".to_owned(), 1));
    }

    #[test]
    fn the_encoding_is_told_by_the_beginning() {
        let name = |head: &[u8]| encoding_of(head).name();
        assert_eq!(name(b"\xef\xbb\xbf<?xml encoding='windows-1256'?>"), "UTF-8");
        assert_eq!(name(b"\xff\xfe<\0"), "UTF-16LE");
        assert_eq!(name(b"\xfe\xff\0<"), "UTF-16BE");
        assert_eq!(name(b"<\0?\0"), "UTF-16LE");
        assert_eq!(name(b"\0<\0?"), "UTF-16BE");
        assert_eq!(
            name(b"<?xml version='1.0' encoding = \"windows-1256\" standalone='yes'?><tmx>"),
            "windows-1256"
        );
        assert_eq!(name(b"<?xml version='1.0' encoding='ISO-8859-6'?>"), "ISO-8859-6");
        // What cannot be true, is not known, or is no declaration.
        for head in [
            &b"<?xml encoding='UTF-16LE'?>"[..],
            b"<?xml encoding='UTF-16BE'?>",
            b"<?xml encoding='none-such'?>",
            b"<?xml encoding=windows-1256?>",
            b"<?xml encoding 'windows-1256'?>",
            b"<tmx encoding='windows-1256'>",
            b"<?xml encoding='windows-1256'",
            b"",
        ] {
            assert_eq!(name(head), "UTF-8", "{}", String::from_utf8_lossy(head));
        }
    }
}
