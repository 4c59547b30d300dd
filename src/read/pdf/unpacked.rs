//! How large the streams of a PDF are once they are unpacked.
//!
//! In: the bytes of a PDF. Out: nothing, or a refusal. Guarantee: a stream that is packed by Deflate unpacks to no
//! more than [`MOST_RATIO`] times its size once it is large, as the parts of other containers do; the whole takes
//! little memory.

use std::io::Read;

use flate2::read::ZlibDecoder;

use crate::read::package::MOST_RATIO;
use crate::read::{ReadError, ReadOptions};

/// Streams that unpack to less than this are not looked at: bytes. Deflate packs at most to 1/1032.
const SMALL: u64 = 64 << 20;
const BEST_PACKED: u64 = 1032;

/// Where the contents of the streams are.
pub(super) fn streams(bytes: &[u8]) -> impl Iterator<Item = std::ops::Range<usize>> {
    let (start, end) = (memchr::memmem::Finder::new(b"stream"), memchr::memmem::Finder::new(b"endstream"));
    let mut at = 0;
    std::iter::from_fn(move || {
        let mut begin = at + start.find(&bytes[at..])? + b"stream".len();
        begin += bytes[begin..].iter().take(2).take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let length = end.find(&bytes[begin..]).unwrap_or(bytes.len() - begin);
        at = (begin + length + b"endstream".len()).min(bytes.len());
        Some(begin..begin + length)
    })
}

/// Refuses a PDF with a stream that was made to fill the memory.
pub(super) fn check(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<(), ReadError> {
    for place in streams(bytes) {
        let stream = &bytes[place];
        if stream.len() as u64 * BEST_PACKED < SMALL || stream.first().is_none_or(|b| b & 0x0f != 8) {
            continue;
        }
        let allowed = (stream.len() as u64 * MOST_RATIO).min(options.max_size).max(SMALL);
        let mut unpacked = ZlibDecoder::new(stream).take(allowed + 1);
        // A stream that is broken ends here for the interpreter too.
        let size = std::io::copy(&mut unpacked, &mut std::io::sink()).unwrap_or(0);
        if size > allowed {
            return Err(ReadError::Refused {
                name: name.to_owned(),
                why: format!("a part of it unpacks to more than {allowed} bytes"),
                hint: "such files are made to fill the memory; print it to a new PDF if you trust it",
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn pdf(size: u64) -> Vec<u8> {
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::copy(&mut std::io::repeat(b' ').take(size), &mut packed).unwrap();
        let mut out = b"%PDF-1.7\n1 0 obj <</Filter/FlateDecode>>stream\r\n".to_vec();
        out.write_all(&packed.finish().unwrap()).unwrap();
        out.extend(b"\nendstream");
        out
    }

    #[test]
    fn a_stream_that_fills_the_memory_is_refused() {
        let options = ReadOptions::default();
        assert!(check("x", &pdf(50 << 20), &options).is_ok());
        assert!(check("x", &pdf(100 << 20), &options).is_err());
    }
}
