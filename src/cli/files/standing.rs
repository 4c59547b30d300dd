//! What stands at a path that only the user may give up.
//!
//! In: a path. Out: a project, a memory of another program or the like, or nothing of the kind. Guarantee: a pipe or a
//! device is not opened; of a file its beginning is read, and where that shows translations, as much as says whose they are;
//! of memories that are held against each other all.

use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::Path;

use flate2::read::MultiGzDecoder;
use muqabala::export::file;
use muqabala::memory;
use zip::ZipArchive;

/// What only the user may give up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    /// A project, or what is kept in the same kind of file.
    Project,
    /// A TMX, and who wrote it.
    Memory(String),
    /// Another file of translations, in words.
    Other(String),
}

/// With what gzip begins.
const GZIP: [u8; 2] = [0x1f, 0x8b];
/// With what archives begin that this program does not write: bzip2, xz, 7z.
const ARCHIVES: [&[u8]; 3] = [b"BZh", b"\xfd7zXZ\0", b"7z\xbc\xaf\x27\x1c"];
const ZIP: &[u8] = b"PK\x03\x04";

/// Bytes that show what a file is, from where its text begins.
const HEAD: usize = 1 << 16;

/// What stands at `path` that only the user may give up; `None` where nothing does, or where it cannot be read.
pub(crate) fn standing(path: &Path) -> Option<Standing> {
    if file::is_stream(path) || !path.is_file() {
        return None;
    }
    let mut first = begins(opened(path, false).ok()?);
    if first.starts_with(b"SQLite format 3\0") {
        return Some(Standing::Project);
    }
    let packed = first.starts_with(&GZIP);
    if packed {
        first = begins(opened(path, true).ok()?);
    }
    let archive = || Some(Standing::Other("an archive".to_owned()));
    if first.starts_with(&GZIP) || ARCHIVES.iter().any(|of| first.starts_with(of)) {
        return archive();
    }
    if first.starts_with(ZIP) {
        // Documents and tables are packed, too.
        return if packed || !is_office(path) { archive() } else { None };
    }
    let head = head_of(opened(path, packed).ok()?);
    let text = String::from_utf8_lossy(&head);
    let holds = |needle: &str| opened(path, packed).is_ok_and(|input| holds(input, needle.as_bytes()));
    if text.starts_with('%') && text.lines().next().is_some_and(|line| line.contains("%Wordfast")) {
        return Some(Standing::Other("a memory of Wordfast".to_owned()));
    }
    if ["#", "msgid", "msgctxt"].iter().any(|of| text.starts_with(of))
        && (text.starts_with("msgid") || holds("\nmsgid"))
        && holds("\nmsgstr")
    {
        let own = holds("X-Generator: muqabala");
        return (!own).then(|| Standing::Other("a PO file of another program".to_owned()));
    }
    if !text.starts_with('<') {
        return None;
    }
    let has_element = |names: &[&str]| {
        let of = |name: &&str| text.contains(&format!("<{name}")) || text.contains(&format!(":{name} "));
        names.iter().any(of)
    };
    if has_element(&["tbx", "martif"]) {
        let own = holds("<p>Word pairs that muqabala learnt");
        return (!own).then(|| Standing::Other("a term base of another program".to_owned()));
    }
    let maker = opened(path, packed).ok().and_then(|input| memory::maker(input).ok().flatten());
    if let Some(tool) = maker {
        return (tool != env!("CARGO_PKG_NAME")).then_some(Standing::Memory(tool));
    }
    if has_element(&["tmx"]) && holds("<tu") && !holds("creationtool=\"muqabala\"") {
        return Some(Standing::Other("a memory that cannot be read".to_owned()));
    }
    // Each unit that this program writes into XLIFF says so.
    let has_units = || ["trans-unit", "<unit", ":unit"].iter().any(|tag| holds(tag));
    (has_element(&["xliff"]) && !holds("\"muqabala\"") && has_units())
        .then(|| Standing::Other("an XLIFF file of another program".to_owned()))
}

fn opened(path: &Path, packed: bool) -> io::Result<Box<dyn Read>> {
    let file = File::open(path)?;
    Ok(if packed { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) })
}

/// The first bytes, as they are.
fn begins(input: impl Read) -> Vec<u8> {
    let mut first = Vec::new();
    // What cannot be unpacked to its end may still show its beginning.
    let _ = input.take(16).read_to_end(&mut first);
    first
}

/// Whether a ZIP package is one of an office program or an e-book.
fn is_office(path: &Path) -> bool {
    let Ok(package) = File::open(path).and_then(|file| ZipArchive::new(file).map_err(io::Error::other))
    else {
        return false;
    };
    package
        .file_names()
        .any(|name| name.is_ok_and(|name| name == "[Content_Types].xml" || name == "mimetype"))
}

/// Calls `read` with pieces of the text, without the zeros of UTF-16 and UTF-32 (what is looked for is ASCII), until it has
/// seen enough.
fn pieces(mut input: impl Read, mut read: impl FnMut(&[u8]) -> ControlFlow<()>) {
    let mut piece = vec![0; HEAD];
    while let Ok(length @ 1..) = input.read(&mut piece) {
        let text: Vec<u8> = piece[..length].iter().copied().filter(|byte| *byte != 0).collect();
        if read(&text).is_break() {
            return;
        }
    }
}

/// The beginning of the text, from the first byte that is neither white space nor a byte order mark.
fn head_of(input: impl Read) -> Vec<u8> {
    let mut head = Vec::new();
    pieces(input, |text| {
        let passed = |byte: &u8| byte.is_ascii_whitespace() || [0xef, 0xbb, 0xbf, 0xfe, 0xff].contains(byte);
        let from = if head.is_empty() { text.iter().take_while(|byte| passed(byte)).count() } else { 0 };
        head.extend_from_slice(&text[from..]);
        if head.len() < HEAD { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    head
}

/// Whether the text holds `needle`.
fn holds(input: impl Read, needle: &[u8]) -> bool {
    let (mut found, mut kept) = (false, Vec::new());
    pieces(input, |text| {
        kept.extend_from_slice(text);
        found = memchr::memmem::find(&kept, needle).is_some();
        kept.drain(..kept.len().saturating_sub(needle.len()));
        if found { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    found
}

/// Whether the memory at `old` may give way to the one at `new` without being asked: it was written by this program, or
/// all of it is in the new one, as when a command is run again. Else what it is.
pub(crate) fn is_own_memory(old: &Path, new: &Path) -> io::Result<Option<Standing>> {
    let Some(standing) = standing(old) else { return Ok(None) };
    let packed = |path: &Path| opened(path, false).is_ok_and(|input| begins(input).starts_with(&GZIP));
    let kept = memory::holds_all(opened(new, packed(new))?, opened(old, packed(old))?)?;
    Ok((!kept).then_some(standing))
}
