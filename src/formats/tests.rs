//! What is written is read back, in every format: texts to the character, and what the format can carry.

use std::borrow::Cow;

use proptest::prelude::*;

use super::*;
use crate::bitext::{BeadType, Lang, Side, Sides};
use crate::tmx::awkward::text;

fn unit() -> impl Strategy<Value = Unit<'static>> {
    let status = proptest::sample::select(vec![Status::Pending, Status::Accepted, Status::Flagged]);
    let confidence = proptest::option::of((0_u32..=10_000).prop_map(|c| f64::from(c) / 10_000.0));
    (text(), text(), status, confidence, 0_u32..4, 1_u32..4, text()).prop_map(
        |(source, target, status, confidence, s, t, comment)| Unit {
            status,
            confidence,
            bead_type: Some(BeadType::new(s, t)),
            comment: Cow::Owned(comment),
            ..Unit::of_texts(source, target)
        },
    )
}

fn units() -> impl Strategy<Value = Vec<Unit<'static>>> {
    proptest::collection::vec(unit(), 1..6)
}

fn head() -> Head {
    Head::new(Sides::new("ar-IQ".parse().unwrap(), Lang::english()), Sides::default())
}

/// `units` as a format keeps them: numbered, and each text as `keep` leaves it.
fn kept(units: &[Unit<'static>], keep: impl Fn(&str) -> String) -> Vec<Unit<'static>> {
    let each = |u: &Unit<'static>| {
        let texts = u.texts.as_ref().map(|t| Cow::Owned(keep(t)));
        Unit { texts, comment: Cow::Owned(keep(&u.comment)), ..u.clone() }
    };
    units.iter().map(each).collect()
}

fn numbered(units: Vec<Unit<'static>>) -> Vec<Unit<'static>> {
    let number = |(i, u): (usize, Unit<'static>)| Unit { id: Cow::Owned((i + 1).to_string()), ..u };
    units.into_iter().enumerate().map(number).collect()
}

fn in_xml(text: &str) -> String {
    let fits = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(fits).collect()
}

/// Whether a table has a row for it.
fn has_text(unit: &Unit<'static>) -> bool {
    !unit.texts.source.trim().is_empty() || !unit.texts.target.trim().is_empty()
}

/// What is flagged asks for review.
fn for_review(unit: Unit<'static>) -> Unit<'static> {
    let unfinished = (unit.status == Status::Flagged).then_some(LeftOut::ForReview);
    Unit { unfinished, ..unit }
}

fn has_source(units: &[Unit<'static>]) -> Vec<Unit<'static>> {
    units.iter().filter(|u| !u.texts.source.is_empty()).cloned().collect()
}

/// The units that `read` finds; a file without any is no error of the round trip.
fn found(read: Result<Multilingual, FormatError>) -> Vec<Unit<'static>> {
    match read {
        Ok(file) => file.by_sides().units,
        Err(FormatError::Nothing(_)) => Vec::new(),
        Err(error) => panic!("{error}"),
    }
}

proptest! {
    #[test]
    fn xliff_1_2_keeps_all_that_xml_can_hold(units in units()) {
        let mut file = Vec::new();
        let units = has_source(&kept(&units, in_xml));
        xliff::write(units.clone(), &head(), &mut file).unwrap();
        // Where there is no target there is nothing to look at again.
        let forget = |u: Unit<'static>| match (&*u.texts.target, u.status) {
            ("", Status::Flagged) => Unit { status: Status::Pending, ..u },
            _ => for_review(u),
        };
        let expected = numbered(units).into_iter().map(forget).collect::<Vec<_>>();
        prop_assert_eq!(found(xliff::read(&file)), expected);
        if let Ok(read) = xliff::read(&file) {
            prop_assert_eq!(read.by_sides().languages.source, "ar-IQ".parse().ok());
        }
    }

    #[test]
    fn xliff_2_1_keeps_texts_to_the_last_character(units in units()) {
        let mut file = Vec::new();
        let units = has_source(&units);
        let written = xliff2::write(units.clone(), &head(), &mut file).unwrap();
        prop_assert_eq!(written.units, units.len());
        let forget = |u: Unit<'static>| {
            let untranslated = u.texts.target.is_empty() && u.status == Status::Accepted;
            let status = if untranslated { Status::Pending } else { u.status };
            let initial = u.texts.target.is_empty().then_some(LeftOut::Untranslated);
            let comment = Cow::Owned(in_xml(&u.comment));
            let unit = for_review(Unit { status, comment, ..u });
            Unit { unfinished: unit.unfinished.or(initial), ..unit }
        };
        let expected = numbered(units).into_iter().map(forget).collect::<Vec<_>>();
        prop_assert_eq!(found(xliff::read(&file)), expected);
    }

    #[test]
    fn po_keeps_each_pair_once(units in units()) {
        let mut file = Vec::new();
        po::write(units.clone(), &head(), &mut file).unwrap();
        let mut expected: Vec<Unit<'static>> = Vec::new();
        for unit in has_source(&units) {
            if expected.iter().all(|e| e.texts != unit.texts) {
                let comment = on_one_line(&unit.comment).trim_end().to_owned();
                let status = if unit.status == Status::Flagged { Status::Flagged } else { Status::Pending };
                expected.push(for_review(Unit { comment: Cow::Owned(comment), status, ..unit }));
            }
        }
        let read = found(po::read(std::str::from_utf8(&file).unwrap()));
        let read = read.into_iter().map(|unit| Unit { context: Cow::default(), ..unit }).collect::<Vec<_>>();
        prop_assert_eq!(read, expected);
    }

    #[test]
    fn csv_keeps_everything(units in units()) {
        let mut file = Vec::new();
        table::write_csv(units.clone(), &mut file).unwrap();
        let text = String::from_utf8(file).unwrap();
        // Without text on both sides there is no second column.
        let side = |side| units.iter().any(|u| !u.texts.get(side).trim().is_empty());
        if side(Side::Source) && side(Side::Target) {
            let read = found(table::read(&text, table::Table::Csv));
            let kept = units.into_iter().filter(has_text).map(for_review).collect::<Vec<_>>();
            prop_assert_eq!(read, kept);
        }
    }

    #[test]
    fn moses_keeps_lines(units in units()) {
        let mut files = Sides::new(Vec::new(), Vec::new());
        for side in Side::BOTH {
            moses::write(units.clone(), side, files.get_mut(side)).unwrap();
        }
        let files = files.map(|f| String::from_utf8(f).unwrap());
        let read = found(moses::read(files.as_ref().map(String::as_str)));
        let blank = |u: &Unit<'_>| u.texts.source.trim().is_empty() || u.texts.target.trim().is_empty();
        let expected = kept(&units, |t| on_one_line(t).into_owned()).into_iter().filter(|u| !blank(u));
        let expected: Vec<_> = expected.map(|u| u.texts).collect();
        prop_assert_eq!(read.into_iter().map(|u| u.texts).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn ces_keeps_sentences_and_links(texts in proptest::collection::vec(text(), 1..6), certainty in 0_u32..=10_000) {
        let mut file = Vec::new();
        let sentences = texts.iter().enumerate().map(|(i, t)| (i + 1, t.as_str()));
        ces::write_document(sentences, &Lang::arabic(), &mut file).unwrap();
        let read: Vec<_> = ces::read_document(&file).unwrap().into_iter().map(|s| s.text).collect();
        prop_assert_eq!(read, texts.iter().map(|t| in_xml(t)).collect::<Vec<_>>());
        let ids = |n: usize| (1..=n).map(|i| i.to_string()).collect::<Vec<_>>();
        let link = |s, t| ces::Link {
            sentences: Sides::new(ids(s), ids(t)),
            certainty: Some(f64::from(certainty) / 10_000.0),
        };
        let links = ces::Links {
            documents: Sides::new("a&\"b.xml".to_owned(), "c.xml".to_owned()),
            links: vec![link(texts.len(), 2), link(0, 1), link(1, 0)],
        };
        let mut file = Vec::new();
        ces::write_links(&links, &mut file).unwrap();
        prop_assert_eq!(ces::read_links(&file).unwrap(), links);
    }

    #[test]
    fn docx_keeps_texts(units in units()) {
        let mut file = Vec::new();
        docx::write(units.clone(), &head(), &mut file).unwrap();
        // A carriage return has no place in a run; Word itself drops it.
        let expected = kept(&units, in_xml).into_iter().map(|u| u.texts).collect::<Vec<_>>();
        // Where there is hardly any text the column of confidences may weigh more.
        let weight = |side| expected.iter().map(|t: &Sides<Cow<'_, str>>| t.get(side).len()).sum::<usize>();
        if weight(Side::Source) > 40 && weight(Side::Target) > 40 {
            let read = docx::read(&file).unwrap().by_sides();
            let expected: Vec<_> = expected.into_iter().filter(|t| has_text(&Unit { texts: t.clone(), ..Unit::default() })).collect();
            prop_assert_eq!(read.units.into_iter().map(|u| u.texts).collect::<Vec<_>>(), expected);
            prop_assert_eq!(read.languages.target, Some(Lang::english()));
        }
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), body in "[<>/&;#x\"= a-z0-9\\[\\]!-]{0,120}") {
        for bytes in [&bytes[..], body.as_bytes()] {
            let _ = xliff::read(bytes);
            let _ = tmx::read(bytes);
            let _ = ces::read_links(bytes);
            let _ = ces::read_document(bytes);
            let _ = docx::read(bytes);
            let text = String::from_utf8_lossy(bytes);
            let _ = po::read(&text);
            let _ = wordfast::read(&format!("{}\n{text}", wordfast::MARK));
            let _ = plural::PluralForms::parse(&format!("nplurals=3; plural={text}"));
            let _ = table::read(&text, table::Table::Csv);
            let _ = table::read(&text, table::Table::Tsv);
            let _ = moses::read(Sides::new(&text, &text));
        }
        let _ = tmx::read(format!("<tmx><body>{body}</body></tmx>").as_bytes());
        let _ = sdltm::segment(&format!("<Segment>{body}</Segment>"));
        let _ = xliff::read(format!("<xliff><file><body>{body}</body></file></xliff>").as_bytes());
        let _ = xliff::read(format!("<xliff version='2.1'><file>{body}</file></xliff>").as_bytes());
    }
}
