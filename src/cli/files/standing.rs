//! What stands at a path that only the user may give up.
//!
//! In: a path. Out: a project, a memory of another program or the like, or nothing of the kind. Guarantee: a pipe or a
//! device is not opened; of a file its beginning is read, of memories that are held against each other all.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use muqabala::export::file;
use muqabala::memory;

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

/// Bytes that show what a file is.
const HEAD: u64 = 1 << 16;

/// What stands at `path` that only the user may give up; `None` where nothing does, or where it cannot be read.
pub(crate) fn standing(path: &Path) -> Option<Standing> {
    if file::is_stream(path) || !path.is_file() {
        return None;
    }
    let mut head = head_of(path, false)?;
    if head.starts_with(b"SQLite format 3\0") {
        return Some(Standing::Project);
    }
    let packed = head.starts_with(&GZIP);
    if packed {
        head = head_of(path, true)?;
    }
    // UTF-16 as well: what is looked for is ASCII.
    head.retain(|byte| *byte != 0);
    let text = String::from_utf8_lossy(&head);
    let text = text.trim_start_matches(['\u{feff}', '\u{fffd}']).trim_start();
    if text.starts_with('%') && text.lines().next().is_some_and(|line| line.contains("%Wordfast")) {
        return Some(Standing::Other("a memory of Wordfast".to_owned()));
    }
    let line = |start: &str| text.lines().any(|line| line.starts_with(start));
    if line("msgid \"") && line("msgstr") {
        let own = text.contains("X-Generator: muqabala");
        return (!own).then(|| Standing::Other("a PO file of another program".to_owned()));
    }
    if !text.starts_with('<') {
        return None;
    }
    if ["<tbx", "<martif", ":tbx ", ":martif "].iter().any(|tag| text.contains(tag)) {
        let own = text.contains("<p>Word pairs that muqabala learnt");
        return (!own).then(|| Standing::Other("a term base of another program".to_owned()));
    }
    if let Some(tool) = opened(path, packed).ok().and_then(|input| memory::maker(input).ok().flatten()) {
        return (tool != env!("CARGO_PKG_NAME")).then_some(Standing::Memory(tool));
    }
    // Each unit that this program writes into XLIFF says so.
    let is_xliff =
        ["<xliff", ":xliff "].iter().any(|tag| text.contains(tag)) && text.contains("xliff:document:");
    let has_units = ["trans-unit", "<unit", ":unit"].iter().any(|tag| text.contains(tag));
    let own = text.contains("\"muqabala\"");
    (is_xliff && has_units && !own).then(|| Standing::Other("an XLIFF file of another program".to_owned()))
}

fn opened(path: &Path, packed: bool) -> io::Result<Box<dyn Read>> {
    let file = File::open(path)?;
    Ok(if packed { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) })
}

fn head_of(path: &Path, packed: bool) -> Option<Vec<u8>> {
    let mut head = Vec::new();
    // What cannot be unpacked to its end may still show its beginning.
    let _ = opened(path, packed).ok()?.take(HEAD).read_to_end(&mut head);
    Some(head)
}

/// Whether the memory at `old` may give way to the one at `new` without being asked: it was written by this program, or
/// all of it is in the new one, as when a command is run again. Else what it is.
pub(crate) fn is_own_memory(old: &Path, new: &Path) -> io::Result<Option<Standing>> {
    let Some(standing) = standing(old) else { return Ok(None) };
    let packed = |path: &Path| head_of(path, false).is_some_and(|head| head.starts_with(&GZIP));
    let kept = memory::holds_all(opened(new, packed(new))?, opened(old, packed(old))?)?;
    Ok((!kept).then_some(standing))
}
