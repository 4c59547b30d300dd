//! Who wrote a memory, and whether one memory holds all of another.
//!
//! In: readers. Out: what the headers say, and whether nothing of the one is missing in the other. Guarantee: for the
//! maker no more is read than the head; a memory is compared a unit at a time.

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

/// Whether nothing of the memory `old` is missing in `new`: the heads are the same to the last byte, each unit of `old`
/// with the comments before it is in `new` in the same order, perhaps among others, and they end alike. White space
/// between units does not count. A memory with units that cannot be read is never all in another.
///
/// # Errors
/// Those of reading.
pub fn holds_all(new: impl Read, old: impl Read) -> io::Result<bool> {
    let (mut new, mut old) = (Frames::new(new, None)?, Frames::new(old, None)?);
    if new.head().text != old.head().text {
        return Ok(false);
    }
    loop {
        match old.next()? {
            Step::Tail => break,
            Step::TooLarge(_) => return Ok(false),
            Step::Unit if old.unit().fault.is_some() => return Ok(false),
            Step::Unit => {}
        }
        let lost = old.unit();
        loop {
            match new.next()? {
                Step::Tail => return Ok(false),
                Step::Unit if new.unit().text == lost.text && new.unit().gap.trim() == lost.gap.trim() => {
                    break;
                }
                Step::Unit | Step::TooLarge(_) => {}
            }
        }
    }
    while new.next()? != Step::Tail {}
    let end = |frames: Option<&super::frames::Tail>| -> String {
        frames.map_or("", |tail| &tail.text).chars().filter(|c| !c.is_whitespace()).collect()
    };
    Ok(end(new.tail()) == end(old.tail()))
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
    fn a_memory_is_all_in_another_where_nothing_of_it_is_missing() {
        let unit = |text: &str| format!("<tu><tuv xml:lang=\"ar\"><seg>{text}</seg></tuv></tu>");
        let all = |texts: &[&str]| memory("T", &texts.iter().map(|text| unit(text)).collect::<String>());
        let holds = |new: &str, old: &str| holds_all(new.as_bytes(), old.as_bytes()).unwrap();
        let three = all(&["ملح", "خبز", "ماء"]);
        for part in [&[][..], &["ملح"], &["خبز"], &["ملح", "ماء"], &["ملح", "خبز", "ماء"]]
        {
            assert!(holds(&three, &all(part)), "{part:?}");
        }
        for other in
            [&["زيت"][..], &["ملح", "زيت"], &["ماء", "خبز"], &["ملح", "ملح"], &["ملح", "خبز", "ماء", "زيت"]]
        {
            assert!(!holds(&three, &all(other)), "{other:?}");
        }
        assert!(!holds(&memory("U", &unit("ملح")), &all(&["ملح"])), "another head");
        let spaced = three.replace("<tu>", "\n  <tu>").replace("</body>", "\n</body>\n");
        assert!(holds(&spaced, &three) && holds(&three, &spaced));
        assert!(!holds(&three, &three.replacen("<tu>", "<!-- mine --><tu>", 1)));
        assert!(!holds(&three, &three.replace("</body>", "<!-- mine --></body>")));
        assert!(!holds(&three, &three.replace("</seg></tuv></tu></body>", "</body>")));
        assert!(!holds(&three, "") && holds("", ""));
    }
}
