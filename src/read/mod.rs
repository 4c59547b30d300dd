//! Stage 1: bytes → [`Document`].
//!
//! In: the bytes of a file, of standard input or behind a web address, in any encoding and format a translator
//! meets. Out: a [`Document`] with its blocks; its text is that of a text file exactly, a byte order mark left out,
//! or the text that stands in the markup of another. Guarantee: input is bounded by [`ReadOptions::max_size`]; what
//! is no text is refused with a message that says what it is and what to do; nothing panics on any bytes.
//!
//! Formats stand in one table, [`readers::READERS`]: a reader is a row with a name, extensions, a test on the
//! content and a function; files with two languages have a table of their own,
//! [`bilingual_format::BILINGUAL_READERS`]. What marked-up formats share: `flow` builds their documents, `xml` reads their
//! XML, `package` their ZIP containers, `markup` says what the elements of HTML mean.
//!
//! ```
//! use muqabala::read::{ReadOptions, parse};
//!
//! let read = parse("letter.txt", "السلام عليكم.\n\nHello.\n".into(), &ReadOptions::default())?;
//! assert_eq!(read.document.blocks().len(), 2);
//! assert_eq!(read.document.text(), "السلام عليكم.\n\nHello.\n");
//! # Ok::<(), muqabala::read::ReadError>(())
//! ```

#[cfg(not(feature = "documents"))]
mod absent;
pub mod bilingual;
pub mod bilingual_format;
mod bilingual_options;
mod ces_documents;
pub mod encoding;
#[cfg(feature = "documents")]
mod epub;
mod error;
#[cfg(feature = "documents")]
mod flow;
mod format;
mod garbled;
mod heading_language;
#[cfg(feature = "documents")]
mod html;
mod looks;
#[cfg(feature = "documents")]
mod mail;
#[cfg(feature = "documents")]
mod markdown;
#[cfg(feature = "documents")]
mod markup;
mod not_read;
mod not_text;
#[cfg(feature = "documents")]
mod note_marks;
#[cfg(feature = "documents")]
mod office;
mod old_office;
#[cfg(feature = "documents")]
mod omitted;
#[cfg(feature = "documents")]
mod package;
#[cfg(feature = "documents")]
mod packed;
pub(crate) mod pair;
#[cfg(feature = "documents")]
pub mod pdf;
mod percent;
pub mod plain;
pub mod readers;
mod running;
mod sample;
#[cfg(feature = "documents")]
mod sdltm;
#[cfg(feature = "documents")]
mod sheets;
mod subtitles;
mod table_text;
mod text_encoding;
mod unpacked;
#[cfg(feature = "documents")]
mod unpacking;
pub mod web;
#[cfg(feature = "documents")]
mod xml;

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

pub use bilingual::{ReadBilingual, read_bilingual};
pub use bilingual_format::BilingualFormat;
pub use bilingual_options::{BilingualOptions, UnfinishedRead, UnitsRead};
pub use error::ReadError;
pub use format::Format;
pub use text_encoding::{TextEncoding, UnknownEncoding};
#[cfg(feature = "documents")]
pub use unpacking::{is_gzip, unpack_memory};
pub use web::{PrivateAddresses, WebOptions};

use crate::bitext::{Document, Lang};

/// Where bytes come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
    /// A web address.
    Web(String),
}

impl Input {
    /// The input that an argument names: `-` is standard input, `https://…` a web address.
    pub fn from_argument(path: &Path) -> Self {
        match path.to_str() {
            Some("-") => Self::Stdin,
            Some(address) if web::is_address(address) => Self::Web(address.to_owned()),
            // What a browser calls a page without its scheme, unless a file is called so.
            Some(page) if page.starts_with("www.") && page.len() > 4 && !path.exists() => {
                Self::Web(format!("https://{page}"))
            }
            Some(address) if address.starts_with("file://") => {
                Self::File(PathBuf::from(percent::path_of(address, cfg!(windows))))
            }
            _ => Self::File(path.to_owned()),
        }
    }

    /// Whether what is read once can be read again: not from standard input, a pipe or a device, which may never end.
    pub fn can_be_read_again(&self) -> bool {
        match self {
            Self::Stdin => false,
            Self::File(path) => std::fs::metadata(path).map_or(true, |m| m.is_file() || m.is_dir()),
            Self::Web(_) => true,
        }
    }

    /// Its name, for messages.
    pub fn name(&self) -> String {
        match self {
            Self::Stdin => "standard input".to_owned(),
            Self::File(path) => path.display().to_string(),
            Self::Web(address) => address.clone(),
        }
    }
}

/// How to read.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ReadOptions {
    /// The format; `None` detects it by content, then by extension.
    pub format: Option<Format>,
    /// The encoding of text; `None` detects it.
    pub encoding: Option<TextEncoding>,
    /// The language expected, a hint for detecting old 8-bit encodings.
    pub language: Option<Lang>,
    /// The largest input accepted, in bytes, and the most that a container may unpack to. Default: 512 MiB.
    pub max_size: u64,
    /// What of a web page is read. Default: its main content.
    pub page: Page,
    /// What becomes of inline markup, such as bold text and links. Default: it is dropped.
    pub inline_tags: InlineTags,
    /// How a web address is fetched.
    pub web: WebOptions,
    /// What becomes of the lines of plain text. Default: those of a wrapped paragraph are joined.
    pub lines: Lines,
    /// What becomes of blocks of code: Markdown's, and preformatted text of HTML and EPUB. Default: they are read.
    pub code: Code,
    /// What becomes of text that was once decoded in a wrong encoding. Default: it stays, and is named.
    pub garbled: Garbled,
    /// What becomes of a PDF of pictures, such as a scan. Default: it is refused.
    pub scans: Scans,
}

/// What becomes of a PDF without text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scans {
    /// It is refused, with what to do.
    #[default]
    Refused,
    /// Its text is recognised by the program `tesseract`, if it is installed.
    Recognised,
}

/// What becomes of blocks of code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Code {
    /// They are blocks like others.
    #[default]
    Kept,
    /// They are left out, and counted.
    LeftOut,
}

/// What becomes of the lines of plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lines {
    /// Where the text is evidently wrapped, the lines of a paragraph are joined.
    #[default]
    Joined,
    /// Each line is a block.
    AsTheyStand,
}

/// What becomes of plain text, Markdown and subtitles that were once decoded in a wrong encoding, such as `Ø§Ù„` for
/// «ال».
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Garbled {
    /// It stays as it is; a warning names it.
    #[default]
    Kept,
    /// Each line of which the way back is certain is put right; a warning says how many.
    Repaired,
}

/// What of a web page is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Page {
    /// The main content, without navigation, advertisements and the like.
    #[default]
    Main,
    /// All text that a browser shows.
    Whole,
}

/// What becomes of inline markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum InlineTags {
    /// It is dropped, and its text stays.
    #[default]
    Dropped,
    /// It becomes placeholders, numbered in each block: `<1>…</1>`, `<2/>`.
    Placeholders,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            format: None,
            encoding: None,
            language: None,
            max_size: 512 << 20,
            page: Page::default(),
            inline_tags: InlineTags::default(),
            web: WebOptions::default(),
            lines: Lines::default(),
            code: Code::default(),
            garbled: Garbled::default(),
            scans: Scans::default(),
        }
    }
}

/// A document read, and how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadDocument {
    /// The document.
    pub document: Document,
    /// The format it was read as.
    pub format: Format,
    /// The encoding it was decoded from; `None` where the format fixes it.
    pub encoding: Option<TextEncoding>,
    /// What the user should know of the reading, each with what to do about it, if anything.
    pub warnings: Vec<Warning>,
}

/// What the user should know, and what to do about it, if anything.
pub type Warning = (String, Option<&'static str>);

impl ReadDocument {
    /// A document read as `format`.
    pub const fn new(document: Document, format: Format, encoding: Option<TextEncoding>) -> Self {
        Self { document, format, encoding, warnings: Vec::new() }
    }
}

/// Reads `input` whole and makes a document of it.
pub fn read(input: &Input, options: &ReadOptions) -> Result<ReadDocument, ReadError> {
    let Input::Web(address) = input else {
        return parse(&input.name(), read_bytes(input, options.max_size)?, options);
    };
    let fetched = web::fetch(address, options.max_size, &options.web)?;
    let mut options = options.clone();
    // Servers are often wrong about pages that are plainly UTF-8, seldom about others.
    if options.encoding.is_none() && std::str::from_utf8(&fetched.bytes).is_err() {
        options.encoding = fetched.encoding;
    }
    parse(address, fetched.bytes, &options)
}

/// The bytes of `input`, at most `max_size` of them.
pub fn read_bytes(input: &Input, max_size: u64) -> Result<Vec<u8>, ReadError> {
    let name = input.name();
    let io = |source| ReadError::from_io(&name, source);
    let mut bytes = Vec::new();
    match input {
        Input::Web(address) => {
            return Ok(web::fetch(address, max_size, &WebOptions::default())?.bytes);
        }
        Input::Stdin => std::io::stdin().lock().take(max_size.saturating_add(1)).read_to_end(&mut bytes),
        Input::File(path) => {
            let metadata = std::fs::metadata(path).map_err(io)?;
            if metadata.is_dir() {
                return Err(ReadError::Directory { name });
            }
            if metadata.len() > max_size {
                return Err(ReadError::TooLarge { name, limit: max_size });
            }
            let file = File::open(path).map_err(io)?;
            bytes.reserve_exact(metadata.len() as usize + 1);
            file.take(max_size.saturating_add(1)).read_to_end(&mut bytes)
        }
    }
    .map_err(io)?;
    if bytes.len() as u64 > max_size {
        return Err(ReadError::TooLarge { name, limit: max_size });
    }
    Ok(bytes)
}

/// Makes a document of `bytes`; `name` stands in messages, and its extension helps to tell the format.
pub fn parse(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<ReadDocument, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty { name: name.to_owned() });
    }
    let format = match options.format {
        Some(format) => format,
        None => readers::detect(name, &bytes)?,
    };
    let mut read = (format.reader().read)(name, bytes, options)?;
    if read.document.blocks().iter().all(|b| b.span.is_empty()) {
        return Err(ReadError::Blank { name: name.to_owned() });
    }
    read.warnings.extend(garbled::warning(name, read.document.text(), read.encoding));
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_bytes(bytes: &[u8]) -> Result<ReadDocument, ReadError> {
        parse("x.txt", bytes.to_vec(), &ReadOptions::default())
    }

    #[test]
    fn addresses_are_told_from_files() {
        let input = |argument: &str| Input::from_argument(Path::new(argument));
        assert_eq!(input("www.example.org/a"), Input::Web("https://www.example.org/a".to_owned()));
        assert_eq!(input("file:///home/a%20b.txt"), Input::File("/home/a b.txt".into()));
        assert_eq!(input("www."), Input::File("www.".into()));
    }

    #[test]
    fn empty_and_blank_inputs_are_told_apart() {
        assert!(matches!(parse_bytes(b""), Err(ReadError::Empty { .. })));
        assert!(matches!(parse_bytes(b" \n\t\n"), Err(ReadError::Blank { .. })));
        assert!(matches!(parse_bytes(b"\xef\xbb\xbf"), Err(ReadError::Blank { .. })));
    }

    #[test]
    fn the_text_is_kept_to_the_byte() {
        let text = "\u{feff}\u{200f}العراق\u{a0}\r\n\r\n  two \u{1f600} lines\rthree";
        let read = parse_bytes(text.as_bytes()).unwrap();
        assert_eq!(read.document.text(), &text['\u{feff}'.len_utf8()..]);
    }

    #[test]
    fn inputs_are_bounded() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        std::io::Write::write_all(&mut file, &[b'a'; 100]).unwrap();
        let input = Input::File(file.path().to_owned());
        assert!(matches!(read_bytes(&input, 99), Err(ReadError::TooLarge { limit: 99, .. })));
        assert_eq!(read_bytes(&input, 100).unwrap().len(), 100);
    }
}
