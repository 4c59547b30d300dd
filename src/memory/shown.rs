//! Units to show to people: beside a difference, or around a finding.
//!
//! In: a reader, and the numbers of units. Out: their languages and texts. Guarantee: a unit that is broken is shown as
//! it stands; nothing is shown of what is larger than what is held.

use std::collections::BTreeSet;
use std::io::{self, Read};

use encoding_rs::Encoding;

use super::frames::{Frames, RawUnit, Step};
use super::place::Place;
use super::unit::UnitView;

/// A unit, for showing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownUnit {
    /// Its number in its file, from 1.
    pub number: u64,
    /// Where it stands.
    pub place: Place,
    /// Language and text of each variant; of a unit that is broken its beginning as it stands, without a language.
    pub texts: Vec<(String, String)>,
}

/// How many characters are shown of a unit that is broken.
const BROKEN: usize = 600;

/// A unit that is whole.
pub(super) fn shown(raw: &RawUnit<'_>) -> ShownUnit {
    let unit = UnitView::new(raw);
    let texts = unit.variants.iter().map(|variant| {
        let text = match &variant.segment {
            Some(segment) if segment.has_codes => raw.text[segment.range.clone()].to_owned(),
            Some(segment) => segment.text.to_string(),
            None => String::new(),
        };
        (variant.lang.to_owned(), text)
    });
    ShownUnit { number: raw.number, place: raw.place, texts: texts.collect() }
}

/// The units of `input` whose numbers are `wanted`, from 1 in the order of the file.
pub fn units(
    input: impl Read,
    encoding: Option<&'static Encoding>,
    wanted: &BTreeSet<u64>,
) -> io::Result<Vec<ShownUnit>> {
    let mut found = Vec::new();
    let Some(&last) = wanted.last() else { return Ok(found) };
    let mut frames = Frames::new(input, encoding)?;
    loop {
        match frames.next()? {
            Step::Tail => break,
            Step::TooLarge(_) => continue,
            Step::Unit => {}
        }
        let raw = frames.unit();
        if wanted.contains(&raw.number) {
            found.push(if raw.fault.is_some() {
                let start = raw.text.chars().take(BROKEN).collect();
                ShownUnit { number: raw.number, place: raw.place, texts: vec![(String::new(), start)] }
            } else {
                shown(&raw)
            });
        }
        if raw.number >= last {
            break;
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_units_that_are_wanted_are_shown_broken_ones_as_they_stand() {
        let unit = |text: &str| {
            format!(
                "<tu><tuv xml:lang=\"ar\"><seg>{text}</seg></tuv><tuv xml:lang=\"en\"><seg>a &amp; b</seg></tuv></tu>"
            )
        };
        let memory = format!(
            "<tmx version=\"1.4\"><header srclang=\"ar\"/><body>{}{}<tu><tuv></seg></tu>{}</body></tmx>",
            unit("one"),
            unit("two"),
            unit("four")
        );
        let shown = units(memory.as_bytes(), None, &BTreeSet::from([2, 3, 9])).unwrap();
        let texts: Vec<_> = shown.iter().map(|unit| (unit.number, &unit.texts[..])).collect();
        let pair = [("ar".to_owned(), "two".to_owned()), ("en".to_owned(), "a & b".to_owned())];
        assert_eq!(texts[0], (2, &pair[..]));
        assert_eq!(texts[1].0, 3);
        assert!(texts[1].1[0].1.starts_with("<tu><tuv></seg>"), "{:?}", texts[1]);
        assert!(units("no memory".as_bytes(), None, &BTreeSet::from([1])).unwrap().is_empty());
    }
}
