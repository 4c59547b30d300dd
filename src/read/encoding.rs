//! Bytes → text, in any encoding a translator meets.
//!
//! In: bytes, perhaps the name of their encoding. Out: the text exactly, without a byte order mark. Guarantee: no
//! replacement character is ever put in: bytes that do not fit are an error with their offset and line.
//!
//! Detection, first hit wins: a byte order mark; zero bytes on one parity alone (UTF-16 without a mark);
//! valid UTF-8; then `chardetng` with a hint from the language, among the 8-bit encodings.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::text_encoding::TextEncoding;
use super::{ReadError, ReadOptions};
use crate::bitext::Lang;
use crate::language::Profile;

/// Decodes the bytes of the input `name`.
pub fn decode(
    name: &str,
    bytes: Vec<u8>,
    options: &ReadOptions,
) -> Result<(String, TextEncoding), ReadError> {
    let encoding = match options.encoding {
        // Which half comes first, a mark knows best.
        Some(encoding) if encoding.0 == UTF_16LE || encoding.0 == UTF_16BE => {
            utf16_mark(&bytes).unwrap_or(encoding.0)
        }
        Some(encoding) => encoding.0,
        None => detect(name, &bytes, options.language.as_ref())?,
    };
    let bom = match Encoding::for_bom(&bytes) {
        Some((marked, length)) if marked == encoding => length,
        _ => 0,
    };
    let text = if encoding == UTF_8 {
        let mut bytes = bytes;
        bytes.drain(..bom);
        String::from_utf8(bytes).map_err(|e| {
            let at = e.utf8_error().valid_up_to();
            invalid(name, encoding, bom + at, &e.as_bytes()[..at])
        })?
    } else {
        match encoding.decode_without_bom_handling_and_without_replacement(&bytes[bom..]) {
            Some(text) => text.into_owned(),
            None => return Err(locate_malformed(name, encoding, &bytes, bom)),
        }
    };
    refuse_controls(name, &text)?;
    Ok((text, TextEncoding(encoding)))
}

fn detect(name: &str, bytes: &[u8], language: Option<&Lang>) -> Result<&'static Encoding, ReadError> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(encoding);
    }
    if bytes.contains(&0) {
        return utf16_by_zeros(bytes).ok_or_else(|| ReadError::Binary {
            name: name.to_owned(),
            what: "it holds zero bytes".to_owned(),
            hint: "give a text file; if it is text, name its encoding with --encoding",
        });
    }
    let Err(error) = std::str::from_utf8(bytes) else { return Ok(UTF_8) };
    if is_damaged_utf8(bytes) {
        return Err(invalid(name, UTF_8, error.valid_up_to(), &bytes[..error.valid_up_to()]));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let hint = language.and_then(Profile::of).and_then(Profile::domain);
    let guess = detector.guess(hint.map(str::as_bytes), Utf8Detection::Deny);
    // Where the guess cannot hold the bytes, one of the languages' own encodings may.
    let fits = |e: &&'static Encoding| e.decode_without_bom_handling_and_without_replacement(bytes).is_some();
    let own = Profile::all().iter().flat_map(Profile::encodings);
    let own = own.filter_map(|name| Encoding::for_label_no_replacement(name.as_bytes()));
    Ok(std::iter::once(guess).chain(own).find(fits).unwrap_or(guess))
}

/// What the mark says, if it is one of UTF-16.
fn utf16_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    Encoding::for_bom(bytes).map(|(encoding, _)| encoding).filter(|e| *e == UTF_16LE || *e == UTF_16BE)
}

/// UTF-16, if the beginning of a file is that: by its mark, or by zero bytes.
pub(super) fn utf16_of(head: &[u8]) -> Option<&'static Encoding> {
    utf16_mark(head).or_else(|| head.contains(&0).then(|| utf16_by_zeros(head)).flatten())
}

/// UTF-16 without a mark: zero bytes (the high halves of ASCII and white space) on one parity alone.
fn utf16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let zeros = |parity: usize| bytes.iter().skip(parity).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let encoding = match (even, odd) {
        (0, _) => UTF_16LE,
        (_, 0) => UTF_16BE,
        _ => return None,
    };
    let enough = (even + odd) * 50 >= bytes.len() && bytes.len().is_multiple_of(2);
    (enough && encoding.decode_without_bom_handling_and_without_replacement(bytes).is_some())
        .then_some(encoding)
}

/// Whether the bytes are UTF-8 but for few places: many characters of several bytes, and at most one
/// broken place for ten of them. Text in an 8-bit encoding hardly ever has such sequences.
pub(super) fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|&b| b >= 0xc0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 0 && good >= 10 * bad
}

/// Text holds no control characters but white space and the odd form feed or escape; many mean binary data.
fn refuse_controls(name: &str, text: &str) -> Result<(), ReadError> {
    let head = &text.as_bytes()[..text.len().min(1 << 16)];
    let controls = head.iter().filter(|&&b| b < 0x20 && !(0x09..=0x0d).contains(&b) && b != 0x1b).count();
    let zero = head.contains(&0);
    if zero || controls * 20 > head.len() {
        return Err(ReadError::Binary {
            name: name.to_owned(),
            what: if zero { "it holds zero characters" } else { "it is full of control characters" }
                .to_owned(),
            hint: "give a text file; if it is text, name its encoding with --encoding",
        });
    }
    Ok(())
}

fn invalid(name: &str, encoding: &'static Encoding, offset: usize, before: &[u8]) -> ReadError {
    let line = 1 + memchr::memchr_iter(b'\n', before).count();
    ReadError::Encoding { name: name.to_owned(), encoding: TextEncoding(encoding), offset, line }
}

fn locate_malformed(name: &str, encoding: &'static Encoding, bytes: &[u8], bom: usize) -> ReadError {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(
        decoder.max_utf8_buffer_length_without_replacement(bytes.len() - bom).unwrap_or(bytes.len() * 3),
    );
    let (result, read) = decoder.decode_to_string_without_replacement(&bytes[bom..], &mut text, true);
    let offset = match result {
        encoding_rs::DecoderResult::Malformed(length, after) => {
            read.saturating_sub(usize::from(length) + usize::from(after))
        }
        _ => read,
    };
    let line = 1 + text.matches('\n').count();
    ReadError::Encoding {
        name: name.to_owned(),
        encoding: TextEncoding(encoding),
        offset: bom + offset,
        line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{ISO_8859_6, WINDOWS_1252, WINDOWS_1256};

    const ARABIC: &str = "قادت وزارتا الدفاع الحوار الثاني للتعاون الأمني المشترك في واشنطن العاصمة، يومي 22 و23 تموز 2024.\r\nوناقش الوفدان مجموعة من القضايا الأمنية؛ فهل اتفقا؟\r\n";
    const ENGLISH: &str = "The café’s owner — a naïve man — said “no”. It cost £20 and she didn’t pay.\r\n";

    fn detected(bytes: &[u8]) -> String {
        match decode("x", bytes.to_vec(), &ReadOptions::default()) {
            Ok((_, encoding)) => encoding.name().to_owned(),
            Err(error) => error.to_string(),
        }
    }

    fn utf16(text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes_of).collect()
    }

    #[test]
    fn the_usual_encodings_are_detected_and_decoded_exactly() {
        let cases: Vec<(&str, Vec<u8>, &str)> = vec![
            ("UTF-8", ARABIC.into(), ARABIC),
            ("UTF-8", format!("\u{feff}{ARABIC}").into(), ARABIC),
            ("UTF-16LE", utf16(ARABIC, u16::to_le_bytes), ARABIC),
            ("UTF-16BE", utf16(ARABIC, u16::to_be_bytes), ARABIC),
            ("UTF-16LE", utf16(&format!("\u{feff}{ENGLISH}"), u16::to_le_bytes), ENGLISH),
            ("UTF-16BE", utf16(&format!("\u{feff}{ENGLISH}"), u16::to_be_bytes), ENGLISH),
            ("UTF-16LE", utf16(ENGLISH, u16::to_le_bytes), ENGLISH),
            ("windows-1256", WINDOWS_1256.encode(ARABIC).0.into_owned(), ARABIC),
            ("ISO-8859-6", ISO_8859_6.encode(ARABIC).0.into_owned(), ARABIC),
            ("windows-1252", WINDOWS_1252.encode(ENGLISH).0.into_owned(), ENGLISH),
        ];
        for (name, bytes, text) in cases {
            let (decoded, encoding) = decode("x", bytes, &ReadOptions::default()).unwrap();
            assert_eq!((encoding.name(), &*decoded), (name, text));
        }
    }

    #[test]
    fn short_headlines_in_old_encodings_are_detected() {
        assert_eq!(detected(&WINDOWS_1256.encode("البيان المشترك").0), "windows-1256");
        assert_eq!(
            detected(&ISO_8859_6.encode("البيان المشترك بين العراق والولايات المتحدة").0),
            "ISO-8859-6"
        );
    }

    #[test]
    fn damaged_utf8_is_an_error_with_its_place_not_a_guess() {
        let mut bytes = ARABIC.as_bytes().to_vec();
        let at = bytes.iter().position(|&b| b == b'\n').unwrap() + 3;
        bytes.insert(at, 0xff);
        insta::assert_snapshot!(detected(&bytes), @"x: byte 174 (line 2) is not valid UTF-8");
    }

    #[test]
    fn zero_bytes_on_both_parities_are_binary() {
        insta::assert_snapshot!(detected(b"ab\0\0\0c"), @"x is not text: it holds zero bytes");
    }

    #[test]
    fn a_forced_encoding_is_obeyed_or_refused() {
        let forced = |name: &str, bytes: &[u8]| {
            let options = ReadOptions { encoding: Some(name.parse().unwrap()), ..ReadOptions::default() };
            decode("x", bytes.to_vec(), &options).map(|d| d.0).map_err(|e| e.to_string())
        };
        assert_eq!(forced("cp1256", b"\xca").unwrap(), "ت");
        assert_eq!(forced("1256", b"\xca").unwrap(), "ت");
        insta::assert_snapshot!(forced("utf-8", b"ab\ncd\xca.").unwrap_err(), @"x: byte 5 (line 2) is not valid UTF-8");
        insta::assert_snapshot!(forced("iso-8859-6", b"ab\ncd\xa1.").unwrap_err(), @"x: byte 5 (line 2) is not valid ISO-8859-6");
        assert!("klingon".parse::<TextEncoding>().is_err());
    }
}
