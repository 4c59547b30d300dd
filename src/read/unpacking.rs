//! A translation memory that may be packed, as a stream.
//!
//! In: a reader. Out: a reader of the TMX in it: of what it is itself, of what gzip packed (in any number of members),
//! or of the only TMX of a ZIP container. Guarantee: what is known to be no TMX is refused by what it is; nothing is
//! held in memory but the beginning, and of a ZIP container its list of parts; what unpacks to more than
//! [`MOST_RATIO`] times its size is given up.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, Chain, Cursor, Read, Seek, Write};
use std::rc::Rc;

use flate2::read::MultiGzDecoder;

use super::ReadError;
use super::bilingual_format::BilingualFormat;
use super::not_text::{is_gzip_data, is_zip_data, known_binary};
use super::package::{MOST_PARTS, MOST_RATIO, SMALL, archive, encrypted};
use super::packed::MOST_DEPTH;

/// Bytes that show what a file is.
const HEAD: usize = 1 << 16;
/// Of them those that are waited for: a program that writes into a pipe may be slow, and what it has written is worked on
/// meanwhile.
const FIRST: usize = 1 << 12;

/// The TMX that `input`, which is called `name`, holds or is. What neither is known nor packed is given as it is.
///
/// # Errors
/// Those of reading; a container without a TMX or with several, damaged or encrypted; what is known to be another
/// format. Damage that only shows later is an error of the reader.
pub fn unpack_memory(name: &str, input: Box<dyn Read>) -> Result<Box<dyn Read>, ReadError> {
    let (mut input, mut inner) = (input, name.to_owned());
    for depth in 0.. {
        let (head, all) = peeked(input).map_err(|e| ReadError::from_io(name, e))?;
        if depth < MOST_DEPTH && is_gzip_data(&head) {
            input = Box::new(gunzip(all));
            let shorter =
                inner.rsplit_once('.').filter(|(_, end)| is_gzip(end)).map(|(stem, _)| stem.to_owned());
            inner = shorter.unwrap_or(inner);
        } else if depth < MOST_DEPTH && is_zip_data(&head) {
            let (file, part) = unzip(name, all)?;
            (input, inner) = (Box::new(file), part);
        } else {
            refuse_other(name, &inner, &head)?;
            return Ok(Box::new(all));
        }
    }
    Ok(input)
}

/// Whether files with the extension `end` are packed by gzip.
pub fn is_gzip(end: &str) -> bool {
    ["gz", "gzip"].iter().any(|known| end.eq_ignore_ascii_case(known))
}

type Peeked = Chain<Cursor<Vec<u8>>, Box<dyn Read>>;

/// The first bytes of `input`, and all of it.
fn peeked(mut input: Box<dyn Read>) -> io::Result<(Vec<u8>, Peeked)> {
    let mut head = Vec::new();
    input.by_ref().take(FIRST as u64).read_to_end(&mut head)?;
    Ok((head.clone(), Cursor::new(head).chain(input)))
}

fn refuse_other(name: &str, inner: &str, head: &[u8]) -> Result<(), ReadError> {
    let refused = |what: &str, hint| {
        let held = if inner == name { "it is".to_owned() } else { format!("it holds {inner}, which is") };
        let why = format!("{held} {what}, not TMX");
        Err(ReadError::Refused { name: name.to_owned(), why, hint })
    };
    match BilingualFormat::detect(inner, head) {
        Some(BilingualFormat::Tmx) => Ok(()),
        None => known_binary(head).map_or(Ok(()), |(what, hint)| refused(what, hint)),
        Some(format) => {
            let article = if format.name().starts_with("XL") { "an" } else { "a" };
            refused(
                &format!("{article} {} file", format.name().trim_end_matches(" file")),
                "make a TMX of it: `muqabala align --from FILE --keep-units -o NAME.tmx`",
            )
        }
    }
}

/// What a reader gave so far.
struct Counting<R> {
    inner: R,
    count: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.set(self.count.get() + read as u64);
        Ok(read)
    }
}

/// What is unpacked, as long as it is in proportion.
struct Bounded<R> {
    inner: R,
    packed: Rc<Cell<u64>>,
    unpacked: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = match self.inner.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
            other => {
                other.map_err(|error| io::Error::other(format!("the packed data is broken: {error}")))?
            }
        };
        self.unpacked += read as u64;
        if self.unpacked > SMALL.max(self.packed.get().saturating_mul(MOST_RATIO)) {
            let why =
                format!("it unpacks to more than {MOST_RATIO} times its size, as bombs of packed data do");
            return Err(io::Error::other(why));
        }
        Ok(read)
    }
}

fn gunzip(input: Peeked) -> Bounded<MultiGzDecoder<Counting<Peeked>>> {
    let packed = Rc::new(Cell::new(0));
    let inner = MultiGzDecoder::new(Counting { inner: input, count: Rc::clone(&packed) });
    Bounded { inner, packed, unpacked: 0 }
}

/// The only TMX of a container, in a file of its own that has no name.
fn unzip(name: &str, mut input: impl Read) -> Result<(File, String), ReadError> {
    let io = |error| ReadError::from_io(name, error);
    let damaged = |message: String| ReadError::Damaged { name: name.to_owned(), message };
    let refused = |why: String, hint| Err(ReadError::Refused { name: name.to_owned(), why, hint });
    let mut container = tempfile::tempfile().map_err(io)?;
    io::copy(&mut input, &mut container).map_err(io)?;
    let mut zip = archive(name, container)?;
    if zip.len() > MOST_PARTS {
        return refused(format!("it has {} parts", zip.len()), "unpack it, and give the memory in it");
    }
    let (mut found, mut others): (Vec<(usize, String)>, Vec<String>) = (Vec::new(), Vec::new());
    for at in 0..zip.len() {
        let mut part = match zip.by_index(at) {
            Ok(part) => part,
            Err(error) => {
                return Err(encrypted(name, &error).unwrap_or_else(|| damaged(error.to_string())));
            }
        };
        let part_name = String::from_utf8_lossy(part.name_raw()).into_owned();
        // What macOS puts beside each file.
        if part.is_dir() || part_name.starts_with("__MACOSX/") {
            continue;
        }
        let mut head = Vec::new();
        part.by_ref()
            .take(HEAD as u64)
            .read_to_end(&mut head)
            .map_err(|e| damaged(format!("{part_name}: {e}")))?;
        if is_gzip_data(&head) || BilingualFormat::detect(&part_name, &head) == Some(BilingualFormat::Tmx) {
            found.push((at, part_name));
        } else {
            others.push(part_name);
        }
    }
    let listed = |names: &[String]| {
        let more = names.len().saturating_sub(5);
        let first = names.iter().take(5).map(String::as_str).collect::<Vec<_>>().join(", ");
        if more == 0 { first } else { format!("{first} and {more} more") }
    };
    let (at, part_name) = match &mut found[..] {
        [one] => std::mem::take(one),
        [] if others.iter().any(|part| part == "[Content_Types].xml" || part == "mimetype") => {
            return refused(
                "it is an office document, not TMX".to_owned(),
                "make a TMX of two documents, or of a table: `muqabala align`",
            );
        }
        [] => {
            let why = format!("it is a ZIP container without a TMX; it holds {}", listed(&others));
            return refused(why, "unpack it, and make a TMX of what it holds: `muqabala align --from`");
        }
        several => {
            let names: Vec<String> = several.iter().map(|(_, name)| name.clone()).collect();
            let why = format!("it holds several memories: {}", listed(&names));
            return refused(why, "unpack it, and give one of them, or all to `muqabala tmx merge`");
        }
    };
    let part = zip.by_index(at).map_err(|e| damaged(e.to_string()))?;
    let packed = Rc::new(Cell::new(part.compressed_size()));
    let mut file = tempfile::tempfile().map_err(io)?;
    io::copy(&mut Bounded { inner: part, packed, unpacked: 0 }, &mut file)
        .map_err(|e| damaged(format!("{part_name}: {e}")))?;
    file.flush().and_then(|()| file.rewind()).map_err(io)?;
    Ok((file, part_name))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TMX: &str = "<?xml version=\"1.0\"?>\n<tmx version=\"1.4\"><header/><body/></tmx>\n";

    fn gzip(content: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(content).unwrap();
        out.finish().unwrap()
    }

    fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// What is read of `content`, or why nothing is.
    fn said(name: &str, content: Vec<u8>) -> String {
        let mut out = String::new();
        let read = unpack_memory(name, Box::new(Cursor::new(content)));
        match read.map(|mut input| input.read_to_string(&mut out)) {
            Ok(Ok(_)) => out,
            Ok(Err(error)) => error.to_string(),
            Err(ReadError::Io { source, .. }) => source.to_string(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn the_memory_is_found_however_it_is_packed() {
        let (one, two) = TMX.split_at(30);
        let members = [gzip(one.as_bytes()), gzip(two.as_bytes())].concat();
        let utf16: Vec<u8> = format!("\u{feff}{TMX}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(said("a.tmx", TMX.into()), TMX);
        assert_eq!(said("a.tmx.gz", members.clone()), TMX);
        assert_eq!(said("a.tmx", gzip(&members)), TMX);
        let parts: &[(&str, &[u8])] = &[
            ("tm/", b""),
            ("tm/a.tmx", TMX.as_bytes()),
            ("__MACOSX/tm/._a.tmx", b"<tmx"),
            ("read.me", b"hello"),
        ];
        assert_eq!(said("a.zip", zip(parts)), TMX);
        assert_eq!(said("a.zip", zip(&[("a.tmx.gz", &members)])), TMX);
        assert_eq!(said("a.zip.gz", gzip(&zip(parts))), TMX);
        assert!(unpack_memory("a.zip", Box::new(Cursor::new(zip(&[("a.tmx", &utf16)])))).is_ok());
        // What is not known is for the reader of memories to judge.
        assert_eq!(said("a.tmx", "<html/>".into()), "<html/>");
        assert_eq!(said("a.tmx", Vec::new()), "");
    }

    #[test]
    fn what_is_no_memory_is_named() {
        let mut tar = vec![0; 1024];
        tar[..5].copy_from_slice(b"a.tmx");
        tar[257..263].copy_from_slice(b"ustar\0");
        for (name, content, expected) in [
            (
                "a.zip",
                zip(&[("a.txt", b"x"), ("b.txt", b"y")]),
                "it is a ZIP container without a TMX; it holds a.txt, b.txt",
            ),
            (
                "a.zip",
                zip(&[("a.tmx", TMX.as_bytes()), ("b.tmx", TMX.as_bytes())]),
                "it holds several memories: a.tmx, b.tmx",
            ),
            (
                "a.docx",
                zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<x/>")]),
                "it is an office document, not TMX",
            ),
            ("a.zip", zip(&[]), "it is an empty ZIP container, not TMX"),
            ("a.tar", tar.clone(), "it is a tar archive, not TMX"),
            ("a.tar.gz", gzip(&tar), "it holds a.tar, which is a tar archive, not TMX"),
            ("a.tmx.bz2", b"BZh91AY&SY".to_vec(), "it is bzip2 data, not TMX"),
            ("a.tmx.xz", b"\xfd7zXZ\0".to_vec(), "it is xz data, not TMX"),
            ("a.sdltm", b"SQLite format 3\0...<Segment>".to_vec(), "it is a Trados memory file, not TMX"),
            ("a.db", b"SQLite format 3\0...".to_vec(), "it is an SQLite database, not TMX"),
            ("a.xlf", b"<xliff version='1.2'/>".to_vec(), "it is an XLIFF file, not TMX"),
            ("a.po.gz", gzip(b"msgid \"a\"\nmsgstr \"b\"\n"), "it holds a.po, which is a PO file, not TMX"),
        ] {
            assert_eq!(said(name, content), format!("{name} is not read: {expected}"));
        }
    }

    #[test]
    fn damage_and_bombs_are_told() {
        let packed = gzip(TMX.repeat(200).as_bytes());
        let cut = said("a.tmx.gz", packed[..packed.len() - 9].to_vec());
        assert!(cut.contains("the packed data is broken"), "{cut}");
        let packed = zip(&[("a.tmx", TMX.as_bytes())]);
        let cut = said("a.zip", packed[..packed.len() - 20].to_vec());
        assert!(cut.contains("its list of parts cannot be read"), "{cut}");
        let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        bomb.write_all(TMX.as_bytes()).unwrap();
        bomb.write_all(&vec![b' '; 24 << 20]).unwrap();
        let bomb = bomb.finish().unwrap();
        assert!(said("a.tmx.gz", bomb).contains("more than 250 times its size"));
    }
}
