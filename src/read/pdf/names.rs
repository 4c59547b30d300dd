//! The names of glyphs in a PDF (`ToUnicode`), put right before it is interpreted.
//!
//! In: the bytes of a PDF. Out: the same bytes, in which tables of names that would be lost or misread are replaced, in
//! their places. Guarantee: no other byte changes, nor the length; a table that does not fit its place stays as it
//! is; at most [`MOST`] bytes are unpacked.
//!
//! Two kinds of fault are known. WeasyPrint gives glyphs that share a text with another an empty name, on which the
//! interpreter drops the whole table: they are named [`PART`]. Ghostscript 10.00 writes names of several letters with
//! their bytes mixed up: what is certain is written as it was, and what is not is left without a name, so that it is
//! counted as unknown. It also drops the upper byte of some names of one letter, which nothing tells from Latin
//! letters: `laid_out` looks at the words.

use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::sync::LazyLock;

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use memchr::memmem;
use regex::{Captures, Regex};

use super::unpacked::streams;

/// Bytes that are unpacked of all tables together, and of one at most.
const MOST: usize = 64 << 20;
const MOST_OF_ONE: u64 = 4 << 20;
/// Bytes within which a table says what it is.
const HEAD: u64 = 1 << 10;
/// How a table of names begins.
const SIGN: &[u8] = b"/CIDInit";

/// The name of a glyph that is a part of what another stands for; no text holds this character.
pub(super) const PART: &str = "\u{fdd0}";

/// Which faults a table may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Maker {
    Ghostscript10,
    Other,
}

/// Whether Ghostscript 10.00 wrote the PDF, which mixes names up.
pub(super) fn is_by_ghostscript_10(bytes: &[u8]) -> bool {
    [b"GPL Ghostscript 10.00".as_slice(), b"GPL Ghostscript 10.0.0"]
        .iter()
        .any(|name| memmem::find(bytes, name).is_some())
}

/// Puts the tables of names in `bytes` right.
pub(super) fn mend(bytes: &mut [u8]) {
    let maker = if is_by_ghostscript_10(bytes) { Maker::Ghostscript10 } else { Maker::Other };
    let mut left = MOST;
    let mut new = Vec::new();
    for place in streams(bytes) {
        if left == 0 {
            break;
        }
        let stream = &bytes[place.clone()];
        let packed = stream.first().is_some_and(|b| b & 0x0f == 8);
        let Some(table) = (if packed { unpacked(stream, &mut left) } else { plain(stream) }) else {
            continue;
        };
        let Ok(table) = String::from_utf8(table) else { continue };
        let Some(mended) = mended(&table, maker) else { continue };
        // What finds no room with the names of parts may find it without.
        for text in [mended.clone(), mended_without_parts(&mended)] {
            let written = if packed { deflated(text.as_bytes()) } else { text.into_bytes() };
            if written.len() <= stream.len() {
                new.push((place, written));
                break;
            }
        }
    }
    for (place, written) in new {
        let blank = if bytes[place.start] & 0x0f == 8 { 0 } else { b' ' };
        let (head, rest) = bytes[place].split_at_mut(written.len());
        head.copy_from_slice(&written);
        rest.fill(blank);
    }
}

fn mended_without_parts(table: &str) -> String {
    static PARTS: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?:<[^<>]*>\s*){1,2}<fdd0>").expect("the pattern is right"));
    // Entries stand on lines of their own.
    table.lines().map(|line| PARTS.replace_all(line, "")).collect::<Vec<_>>().join("\n")
}

fn plain(stream: &[u8]) -> Option<Vec<u8>> {
    let head = &stream[..stream.len().min(HEAD as usize)];
    (memmem::find(head, SIGN).is_some() && stream.len() as u64 <= MOST_OF_ONE).then(|| stream.to_vec())
}

/// What a stream holds, if it is a table of names.
fn unpacked(stream: &[u8], left: &mut usize) -> Option<Vec<u8>> {
    let read = |most: u64| {
        let mut out = Vec::new();
        // Of a stream that is cut off the beginning is of no use.
        ZlibDecoder::new(stream).take(most).read_to_end(&mut out).is_ok().then_some(out)
    };
    let head = read(HEAD)?;
    *left = left.saturating_sub(head.len());
    memmem::find(&head, SIGN)?;
    let whole = read(MOST_OF_ONE)?;
    *left = left.saturating_sub(whole.len());
    Some(whole)
}

fn deflated(table: &[u8]) -> Vec<u8> {
    let mut out = ZlibEncoder::new(Vec::new(), Compression::best());
    // Writing to memory does not fail.
    let written = out.write_all(table);
    match (written, out.finish()) {
        (Ok(()), Ok(bytes)) => bytes,
        _ => table.to_vec(),
    }
}

/// The table without its faults, or nothing where it has none.
fn mended(table: &str, maker: Maker) -> Option<String> {
    static SECTION: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?s)begin(bfchar|bfrange)\b(.*?)endbf(?:char|range)").expect("the pattern is right")
    });
    static ENTRY: LazyLock<[Regex; 2]> = LazyLock::new(|| {
        [r"<[^<>]*>\s*<([^<>]*)>", r"<[^<>]*>\s*<[^<>]*>\s*<([^<>]*)>"]
            .map(|pattern| Regex::new(pattern).expect("the patterns are right"))
    });
    let mut changed = false;
    let out = SECTION.replace_all(table, |section: &Captures<'_>| {
        let (kind, content) = (&section[1], &section[2]);
        // Ranges with a list of names have no fault that is known.
        if content.contains('[') {
            return section[0].to_owned();
        }
        let mut kept = String::with_capacity(content.len());
        for entry in ENTRY[usize::from(kind == "bfrange")].captures_iter(content) {
            let (whole, name) = (&entry[0], &entry[1]);
            let right = match maker {
                _ if name.trim().is_empty() => Some("fdd0".to_owned()),
                Maker::Ghostscript10 => unmixed(name),
                Maker::Other => Some(name.to_owned()),
            };
            changed |= right.as_deref() != Some(name);
            if let Some(right) = right {
                let before = &whole[..whole.len() - name.len() - 2];
                let _ = writeln!(kept, "{before}<{right}>");
            }
        }
        format!("begin{kind}\n{kept}end{kind}")
    });
    changed.then(|| out.into_owned())
}

/// A name as it was before Ghostscript 10.00 wrote it, if that is certain. Of two letters with the same upper byte,
/// `06 41` and `06 4E`, it makes `06 41 41 4E`; of three, `06 33`, `06 4F` and `06 51`, the bytes `06 4F 4F 84`: the
/// middle one, and the sum of the others.
fn unmixed(name: &str) -> Option<String> {
    const LETTERS: std::ops::RangeInclusive<u32> = 0x21..=0x4a;
    const MARKS: std::ops::RangeInclusive<u32> = 0x4b..=0x5f;
    const SHADDA: u32 = 0x51;
    const LAM: u32 = 0x44;
    let value = u32::from_str_radix(name, 16).ok()?;
    let [upper, middle, again, last] = value.to_be_bytes().map(u32::from);
    if name.len() != 8 || middle != again || !matches!(upper, 0 | 6) {
        return Some(name.to_owned());
    }
    let pair = |a: u32, b: u32| Some(format!("{upper:02x}{a:02x}{upper:02x}{b:02x}"));
    let three =
        |a: u32, b: u32, c: u32| Some(format!("{upper:02x}{a:02x}{upper:02x}{b:02x}{upper:02x}{c:02x}"));
    if upper == 0 {
        return if middle > 0x20 && (0x21..0x7f).contains(&last) { pair(middle, last) } else { None };
    }
    let alef = matches!(middle, 0x22 | 0x23 | 0x25 | 0x27);
    match last {
        // With the name of God, which fonts have a ligature for.
        0x8b if middle == LAM => three(LAM, LAM, 0x47),
        0x70 if LETTERS.contains(&middle) => pair(middle, last),
        0x6c.. if alef && MARKS.contains(&(last - 0x44)) => three(LAM, middle, last - LAM),
        0x6c.. if MARKS.contains(&middle) && middle != SHADDA && LETTERS.contains(&(last - SHADDA)) => {
            three(last - SHADDA, middle, SHADDA)
        }
        0x6c.. => None,
        _ => pair(middle, last),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_ghostscript_mixed_up_are_put_right_where_that_is_certain() {
        for (given, expected) in [
            ("0641414e", Some("0641064e")),
            ("06444427", Some("06440627")),
            ("064f4f84", Some("0633064f0651")),
            ("0644448b", Some("064406440647")),
            ("06272792", Some("06440627064e")),
            ("00666669", Some("00660069")),
            ("06515184", None),
            ("0641064e", Some("0641064e")),
            ("0644", Some("0644")),
            ("0020", Some("0020")),
        ] {
            assert_eq!(unmixed(given).as_deref(), expected, "{given}");
        }
    }

    #[test]
    fn empty_names_are_those_of_parts() {
        let table = "/CIDInit 2 beginbfchar\n<01> <0627>\n<02> <>\nendbfchar 1 beginbfrange\n<03> <04> <>\nendbfrange";
        insta::assert_snapshot!(mended(table, Maker::Other).unwrap(), @r"
        /CIDInit 2 beginbfchar
        <01> <0627>
        <02> <fdd0>
        endbfchar 1 beginbfrange
        <03> <04> <fdd0>
        endbfrange
        ");
        assert_eq!(mended("/CIDInit 1 beginbfchar\n<01> <0627>\nendbfchar", Maker::Ghostscript10), None);
    }

    /// Nothing but the table changes, and the length stays.
    #[test]
    fn tables_are_replaced_in_their_places() {
        let table =
            format!("/CIDInit\n1 beginbfchar\n<0001> <0641414e>\nendbfchar\n{}", "% more\n".repeat(40));
        let file = |stream: &[u8]| {
            [
                b"%PDF-1.7 (GPL Ghostscript 10.00.0)\n<<>>stream\n".as_slice(),
                stream,
                b"\nendstream\n<<>>stream\nx\nendstream",
            ]
            .concat()
        };
        for packed in [false, true] {
            let stream = if packed { deflated(table.as_bytes()) } else { table.clone().into_bytes() };
            let given = file(&stream);
            let mut bytes = given.clone();
            mend(&mut bytes);
            assert_eq!(bytes.len(), given.len());
            if packed {
                // The table grows by nothing, but packs otherwise: it is replaced only where it fits.
                let place = streams(&bytes).next().unwrap();
                let mut left = MOST;
                let found = String::from_utf8(unpacked(&bytes[place], &mut left).unwrap()).unwrap();
                assert!(found.contains("<0641064e>") || bytes == given, "{found}");
            } else {
                assert!(memmem::find(&bytes, b"<0001> <0641064e>").is_some());
            }
            assert!(bytes.ends_with(b"stream\nx\nendstream"));
        }
    }
}
