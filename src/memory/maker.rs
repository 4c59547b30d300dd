//! Who wrote a memory, and whether two memories begin alike.
//!
//! In: readers. Out: what the headers say, and whether head and first unit are the same. Guarantee: no more is read
//! than up to the end of the first unit.

use std::io::{self, Read};

use super::frames::{Frames, Step};
use super::head::HeadView;

/// The program that a translation memory names as its maker, empty where it names none; `None` for what is no TMX.
///
/// # Errors
/// Those of reading.
pub fn maker(input: impl Read) -> io::Result<Option<String>> {
    let frames = Frames::new(input, None)?;
    let head = frames.head();
    let view = HeadView::new(head);
    let named = view.header_attribute(head, "creationtool").map_or("", |(value, _)| value);
    Ok(view.is_tmx(head).then(|| named.trim().to_owned()))
}

/// Whether two translation memories are the same up to the end of their first unit, as what a command writes is when it
/// is run again.
///
/// # Errors
/// Those of reading.
pub fn begin_alike(one: impl Read, other: impl Read) -> io::Result<bool> {
    let (mut one, mut other) = (Frames::new(one, None)?, Frames::new(other, None)?);
    if one.head().text != other.head().text {
        return Ok(false);
    }
    let steps = (one.next()?, other.next()?);
    Ok(match steps {
        (Step::Unit, Step::Unit) => one.unit().text == other.unit().text,
        // One without units has nothing to lose.
        (Step::Tail, Step::Tail | Step::Unit) => true,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memory(tool: &str, units: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?><tmx version=\"1.4\"><header creationtool=\"{tool}\"/><body>{units}</body></tmx>"
        )
    }

    #[test]
    fn the_maker_is_named() {
        let said = |text: &str| maker(text.as_bytes()).unwrap();
        assert_eq!(said(&memory("OmegaT", "")), Some("OmegaT".to_owned()));
        assert_eq!(said("<tmx version=\"1.4\"><body/></tmx>"), Some(String::new()));
        assert_eq!(said("<xliff/>"), None);
        assert_eq!(said("نص"), None);
        let utf16: Vec<u8> =
            format!("\u{feff}{}", memory("Trados", "")).encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(maker(&*utf16).unwrap(), Some("Trados".to_owned()));
    }

    #[test]
    fn what_is_written_again_begins_alike() {
        let unit = |text: &str| format!("<tu><tuv xml:lang=\"ar\"><seg>{text}</seg></tuv></tu>");
        let alike = |one: &str, other: &str| begin_alike(one.as_bytes(), other.as_bytes()).unwrap();
        let (one, two) = (memory("T", &unit("ملح")), memory("T", &(unit("ملح") + &unit("خبز"))));
        assert!(alike(&one, &two) && alike(&two, &one));
        assert!(alike(&memory("T", ""), &one));
        assert!(!alike(&one, &memory("T", "")));
        assert!(!alike(&one, &memory("T", &unit("خبز"))));
        assert!(!alike(&one, &memory("U", &unit("ملح"))));
    }
}
