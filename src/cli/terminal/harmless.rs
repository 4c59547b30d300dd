//! What reaches a terminal: text, and no command to it.
//!
//! In: bytes on their way to a terminal. Out: the same, with every character that a terminal obeys, or that turns a
//! line around, written by its code. Guarantee: whatever the bytes are, and wherever they are cut, no control
//! character but the line feed and the tab comes through, but for colours of ours where they are allowed.

use std::io::{self, Write};

/// What of our own may come through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Own {
    /// Text alone.
    Nothing,
    /// Colours, and isolates that keep right-to-left text apart. The text between them was made harmless before.
    Marks,
}

/// The longest of our colours: `ESC [ 31;1 m` and the like.
const LONGEST_COLOUR: usize = 12;

/// Whether a terminal obeys `c`, or turns a line around at it.
fn harms(c: char, own: Own) -> bool {
    match c {
        '\n' | '\t' => false,
        '\u{2066}'..='\u{2069}' => own == Own::Nothing,
        '\u{202a}'..='\u{202e}' => true,
        _ => c.is_control(),
    }
}

/// `text` as it may stand on a terminal.
pub(crate) fn harmless(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    clean(text.as_bytes(), Own::Nothing, true, &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

/// Whether [`harmless`] would change `text`.
pub(crate) fn is_harmless(text: &str) -> bool {
    !text.chars().any(|c| harms(c, Own::Nothing))
}

/// A stream that ends at a terminal.
#[derive(Debug)]
pub(crate) struct Harmless<W: Write> {
    stream: W,
    own: Own,
    /// The beginning of something of which the rest has not come yet.
    begun: Vec<u8>,
}

impl<W: Write> Harmless<W> {
    pub(crate) const fn new(stream: W, own: Own) -> Self {
        Self { stream, own, begun: Vec::new() }
    }

    /// Writes what was begun, as nothing more comes.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        let mut out = Vec::new();
        clean(&self.begun, self.own, true, &mut out);
        self.begun.clear();
        self.stream.write_all(&out)?;
        self.stream.flush()
    }
}

impl<W: Write> Write for Harmless<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.begun.extend_from_slice(bytes);
        let mut out = Vec::with_capacity(self.begun.len());
        let used = clean(&self.begun, self.own, false, &mut out);
        self.begun.drain(..used);
        self.stream.write_all(&out)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// Writes `bytes` harmlessly into `out`; gives how many of them were used up: all where they are the `last`.
fn clean(bytes: &[u8], own: Own, last: bool, out: &mut Vec<u8>) -> usize {
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let colour = if own == Own::Marks { colour(rest) } else { Colour::None };
        match colour {
            Colour::Whole(length) => {
                out.extend_from_slice(&rest[..length]);
                at += length;
                continue;
            }
            Colour::Begun if !last => return at,
            _ => {}
        }
        match first(rest) {
            First::Char('\r') if rest.get(1) == Some(&b'\n') => at += 1,
            First::Char('\r') if rest.len() == 1 && !last => return at,
            First::Char(c) => {
                let length = c.len_utf8();
                if harms(c, own) {
                    out.extend_from_slice(format!("<U+{:04X}>", u32::from(c)).as_bytes());
                } else {
                    out.extend_from_slice(&rest[..length]);
                }
                at += length;
            }
            First::Begun if !last => return at,
            First::Begun | First::No => {
                out.extend_from_slice(format!("<{:02X}>", rest[0]).as_bytes());
                at += 1;
            }
        }
    }
    at
}

/// What bytes begin with.
enum First {
    Char(char),
    /// A character whose last bytes are missing.
    Begun,
    /// No character.
    No,
}

fn first(bytes: &[u8]) -> First {
    let some = &bytes[..bytes.len().min(4)];
    let valid = match std::str::from_utf8(some) {
        Ok(text) => text,
        Err(error) if error.valid_up_to() > 0 => {
            std::str::from_utf8(&some[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(error) if error.error_len().is_none() => return First::Begun,
        Err(_) => return First::No,
    };
    valid.chars().next().map_or(First::No, First::Char)
}

enum Colour {
    /// Of so many bytes.
    Whole(usize),
    Begun,
    None,
}

/// A colour of ours at the beginning of `bytes`: `ESC [ digits m`.
fn colour(bytes: &[u8]) -> Colour {
    for (at, byte) in bytes.iter().enumerate().take(LONGEST_COLOUR) {
        match (at, byte) {
            (0, 0x1b) | (1, b'[') | (2.., b'0'..=b'9' | b';') => {}
            (2.., b'm') => return Colour::Whole(at + 1),
            _ => return Colour::None,
        }
    }
    if bytes.len() < LONGEST_COLOUR { Colour::Begun } else { Colour::None }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes out where the bytes are cut into pieces of `size`.
    fn through(bytes: &[u8], own: Own, size: usize) -> String {
        let mut out = Vec::new();
        let mut stream = Harmless::new(&mut out, own);
        for piece in bytes.chunks(size) {
            stream.write_all(piece).unwrap();
        }
        stream.finish().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn nothing_that_a_terminal_obeys_comes_through_however_it_is_cut() {
        let hostile =
            "a\u{1b}]0;t\u{7}b\u{9b}31mc\u{202e}d\u{2067}e\rf\u{8}\u{7f}\r\ng\tسلام\u{200f}.\n".as_bytes();
        let mut bytes = hostile.to_vec();
        bytes.extend([0x9b, b'x', 0xd8]);
        let shown = "a<U+001B>]0;t<U+0007>b<U+009B>31mc<U+202E>d<U+2067>e<U+000D>f<U+0008><U+007F>\ng\tسلام\u{200f}.\n<9B>x<D8>";
        for size in 1..=bytes.len() {
            assert_eq!(through(&bytes, Own::Nothing, size), shown);
        }
    }

    #[test]
    fn colours_of_ours_come_through_where_they_are_allowed_and_nothing_else() {
        let text = "\u{1b}[31;1mred\u{1b}[0m \u{2068}شيء\u{2069} \u{1b}[2J\u{1b}[";
        for size in 1..text.len() {
            assert_eq!(
                through(text.as_bytes(), Own::Marks, size),
                "\u{1b}[31;1mred\u{1b}[0m \u{2068}شيء\u{2069} <U+001B>[2J<U+001B>["
            );
            assert!(
                through(text.as_bytes(), Own::Nothing, size)
                    .starts_with("<U+001B>[31;1mred<U+001B>[0m <U+2068>")
            );
        }
    }

    #[test]
    fn text_stays_what_it_is() {
        let text = "سلامٌ\u{200f} عليكم\u{200c}\u{61c}, 你好 👩\u{200d}👧\n\ta\n";
        assert!(is_harmless(text));
        assert_eq!(harmless(text), text);
        assert_eq!(through(text.as_bytes(), Own::Nothing, 1), text);
        assert_eq!(harmless("a\u{202e}b"), "a<U+202E>b");
    }
}
