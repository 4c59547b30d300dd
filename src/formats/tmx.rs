//! TMX, read for its texts: every unit wherever it stands, with all its languages.
//!
//! Read: TMX 1.1 to 1.4, units inside elements that do not belong there, variants outside of units (those that
//! follow each other are a unit, until a language recurs), a second body or document after the first. The text inside
//! codes makes units of its own where all languages of a unit have as much of it. Left out and counted: texts outside
//! of segments. [`crate::tmx::TmxReader`] reads a memory as a stream; this reader wants all of it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::inline::content;
use super::told::{LeftOut, Told};
use super::xml::{Inside, Piece, Pieces, Tag, decoded};
use super::{FormatError, Multilingual, Several, Status, Text, Unit};

/// Reads TMX.
pub fn read(bytes: &[u8]) -> Result<Multilingual, FormatError> {
    let text = decoded(bytes)?;
    let mut pieces = Pieces::lenient(&text);
    let root = pieces.root()?;
    if root.name != "tmx" {
        let found = format!("the outermost element is <{}>", root.name);
        return Err(FormatError::Other { expected: "a TMX", found });
    }
    let mut file = Multilingual::default();
    let mut stray = Read::default();
    let (mut documents, mut strayed) = (1, false);
    loop {
        match pieces.next_piece()? {
            Piece::Open(tag) => match &*tag.name {
                "tmx" => documents += 1,
                "header" => {
                    let named = tag.get("srclang").filter(|code| !matches!(*code, "" | "*all*"));
                    file.source = file.source.take().or_else(|| named.map(str::to_owned));
                    pieces.skip()?;
                }
                "tu" => {
                    stray.finish(&mut file);
                    read_unit(&mut pieces, &tag, 0, &mut file)?;
                }
                "tuv" => {
                    if !strayed {
                        let line = pieces.line();
                        file.told
                            .note(format!("line {line}: a <tuv> outside of units; such are read as units"));
                        strayed = true;
                    }
                    let variant = read_variant(&mut pieces, &tag, &mut file.told)?;
                    if stray.texts.iter().any(|(text, _)| text.code == variant.0.code) {
                        stray.finish(&mut file);
                    }
                    stray.texts.push(variant);
                }
                "seg" => {
                    let line = pieces.line();
                    if !content(&mut pieces, &BTreeMap::new())?.text.trim().is_empty() {
                        file.told.misplaced(line);
                    }
                }
                "note" | "prop" | "ude" => pieces.skip()?,
                _ => {}
            },
            Piece::Text(text) if !text.trim().is_empty() => file.told.misplaced(pieces.line()),
            Piece::Text(_) | Piece::Close(_) => {}
            Piece::End => break,
        }
    }
    stray.finish(&mut file);
    if let Some(line) = pieces.mended.first() {
        let told = format!(
            "line {line}: the XML is not well-formed: an end that is missing or too many; `tmx fix` mends it"
        );
        file.told.note(told);
    }
    if documents > 1 {
        file.told.note(format!("the file holds {documents} memories, one after another; all are read"));
    }
    if file.units.is_empty() { Err(FormatError::Nothing("unit")) } else { Ok(file) }
}

/// A unit being read: its texts, each with the texts inside its codes.
#[derive(Default)]
struct Read {
    unit: Unit<'static>,
    texts: Vec<(Text, Vec<String>)>,
}

impl Read {
    /// Puts the unit into `file`, and begins another.
    fn finish(&mut self, file: &mut Multilingual) {
        let Self { unit, texts } = std::mem::take(self);
        if texts.is_empty() {
            return;
        }
        let many: usize = texts.iter().map(|(_, inner)| inner.len()).max().unwrap_or_default();
        let inner: Vec<Several> = if texts.iter().all(|(_, inner)| inner.len() == many) {
            let one = |at: usize| Several {
                unit: Unit { id: Cow::Owned(String::new()), ..unit.clone() },
                texts: texts
                    .iter()
                    .map(|(text, inner)| Text { text: inner[at].clone(), ..text.clone() })
                    .collect(),
            };
            (0..many).map(one).collect()
        } else {
            let inner = texts.iter().flat_map(|(_, inner)| inner).filter(|text| !text.trim().is_empty());
            file.told.leave_out_many(LeftOut::InsideCode, inner.count());
            Vec::new()
        };
        file.units.push(Several { unit, texts: texts.into_iter().map(|(text, _)| text).collect() });
        file.units.extend(inner);
    }
}

/// How deep units may stand in units; below that their variants are the last one's.
const MOST_NESTED: usize = 8;

fn read_unit(
    pieces: &mut Pieces<'_>,
    tag: &Tag,
    nested: usize,
    file: &mut Multilingual,
) -> Result<(), FormatError> {
    let outer = pieces.depth();
    let mut read = Read::default();
    read.unit.id = Cow::Owned(tag.get("tuid").unwrap_or_default().to_owned());
    loop {
        match pieces.next_piece()? {
            Piece::Open(inner) => match &*inner.name {
                "tuv" => read.texts.push(read_variant(pieces, &inner, &mut file.told)?),
                "note" => read.unit.comment_first(pieces.text_of(|_| Inside::Keep)?),
                "prop" => {
                    let kind = inner.get("type").unwrap_or_default().to_owned();
                    property(&kind, pieces.text_of(|_| Inside::Keep)?, &mut read.unit);
                }
                "ude" => pieces.skip()?,
                // A unit inside a unit, whose end is missing or which does not belong there.
                "tu" if nested < MOST_NESTED => read_unit(pieces, &inner, nested + 1, file)?,
                _ => {}
            },
            Piece::Close(_) if pieces.depth() < outer => break,
            Piece::Text(text) if !text.trim().is_empty() => file.told.misplaced(pieces.line()),
            Piece::Text(_) | Piece::Close(_) => {}
            Piece::End => break,
        }
    }
    read.finish(file);
    Ok(())
}

/// What tools say of a unit in properties.
fn property(kind: &str, value: String, unit: &mut Unit<'static>) {
    match kind {
        "x-status" if value == "accepted" => unit.status = Status::Accepted,
        "x-status" if value == "flagged" => ask_for_review(unit),
        "x-ConfirmationLevel" if value.starts_with("Approved") => unit.status = Status::Accepted,
        "x-ConfirmationLevel" if value.starts_with("Rejected") || value == "Draft" => ask_for_review(unit),
        _ if kind.starts_with("x-context") && unit.context.is_empty() => unit.context = Cow::Owned(value),
        _ => {}
    }
}

/// Flags a unit that asks for review.
pub(super) fn ask_for_review(unit: &mut Unit<'static>) {
    unit.status = Status::Flagged;
    unit.unfinished.get_or_insert(LeftOut::ForReview);
}

fn read_variant(
    pieces: &mut Pieces<'_>,
    tag: &Tag,
    told: &mut Told,
) -> Result<(Text, Vec<String>), FormatError> {
    let outer = pieces.depth();
    // TMX 1.1 has `lang` in place of `xml:lang`.
    let code = tag.get("xml:lang").or_else(|| tag.get("lang")).unwrap_or_default().to_owned();
    let mut text = Text { code, side: None, text: String::new() };
    let (mut inner, mut segments) = (Vec::new(), 0);
    loop {
        match pieces.next_piece()? {
            Piece::Open(tag) => match &*tag.name {
                "seg" => {
                    let line = pieces.line();
                    let content = content(pieces, &BTreeMap::new())?;
                    told.leave_out_many(LeftOut::Deleted, content.deleted);
                    segments += 1;
                    if segments == 1 {
                        text.text = content.text;
                        inner = content.inner;
                    } else if !content.text.trim().is_empty() {
                        told.misplaced(line);
                    }
                }
                "note" | "prop" | "ude" => pieces.skip()?,
                _ => {}
            },
            Piece::Close(_) if pieces.depth() < outer => break,
            Piece::Text(loose) if !loose.trim().is_empty() => told.misplaced(pieces.line()),
            Piece::Text(_) | Piece::Close(_) => {}
            Piece::End => break,
        }
    }
    Ok((text, inner))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(body: &str) -> (Vec<Vec<String>>, Multilingual) {
        let file = format!("<tmx version='1.4'><header srclang='en'><note>n</note></header>{body}</tmx>");
        let read = read(file.as_bytes()).unwrap();
        let of = |unit: &Several| unit.texts.iter().map(|t| format!("{}:{}", t.code, t.text)).collect();
        (read.units.iter().map(of).collect(), read)
    }

    #[test]
    fn units_are_read_wherever_they_stand() {
        let unit = |en: &str| format!("<tu><tuv xml:lang='en'><seg>{en}</seg></tuv></tu>");
        let body = format!(
            "<body>{}<group><x:y xmlns:x='x'>{}</x:y></group><tuv xml:lang='en'><seg>c</seg></tuv><tuv lang='ar'><seg>ج</seg></tuv>\
             <tuv xml:lang='en'><seg>d</seg></tuv>{}</body><body>{}</body>{}",
            unit("a"),
            unit("b"),
            unit("e"),
            unit("f"),
            unit("g")
        );
        let (found, file) = texts(&body);
        assert_eq!(
            found,
            [
                vec!["en:a"],
                vec!["en:b"],
                vec!["en:c", "ar:ج"],
                vec!["en:d"],
                vec!["en:e"],
                vec!["en:f"],
                vec!["en:g"]
            ]
        );
        assert_eq!(file.told.left_out.len(), 0);
        assert_eq!(file.told.notes, ["line 1: a <tuv> outside of units; such are read as units"]);
    }

    #[test]
    fn units_inside_units_are_units() {
        let unit = |n: usize| format!("<tu><tuv lang='en'><seg>{n}</seg></tuv>");
        let nested: String = (0..3).map(unit).collect();
        let (found, _) = texts(&format!("<body>{nested}</body>"));
        assert_eq!(found, [["en:2"], ["en:1"], ["en:0"]]);
        let deep: String = (0..900).map(unit).collect();
        let (found, _) = texts(&format!("<body>{deep}</body>"));
        assert_eq!(found.iter().flatten().count(), 900);
    }

    #[test]
    fn a_second_memory_in_the_file_is_read_too() {
        let one = |srclang: &str| {
            format!(
                "<?xml version='1.0'?>\n<tmx><header srclang='{srclang}'/><body><tu><tuv xml:lang='en'><seg>a</seg></tuv></tu></body></tmx>\n"
            )
        };
        let file = read(format!("{}{}", one("en"), one("ar")).as_bytes()).unwrap();
        assert_eq!((file.units.len(), file.source.as_deref()), (2, Some("en")));
        assert_eq!(file.told.notes, ["the file holds 2 memories, one after another; all are read"]);
    }

    #[test]
    fn texts_without_a_place_are_counted() {
        let (found, file) = texts(
            "<body>loose<tu>x<tuv xml:lang='en'>y<seg>a</seg><seg>z</seg></tuv><prop type='x-context'>menu</prop><seg>q</seg></tu></body>",
        );
        assert_eq!(found, [vec!["en:a"]]);
        assert_eq!(file.told.count(&LeftOut::Misplaced), 5);
        assert_eq!(file.units[0].unit.context, "menu");
    }

    #[test]
    fn texts_inside_codes_are_units_where_both_sides_have_them() {
        let code = |text: &str| format!("<ph>[<sub>{text}</sub>]</ph>");
        let unit = |en: &str, ar: &str| {
            format!(
                "<tu><tuv xml:lang='en'><seg>a{en}</seg></tuv><tuv xml:lang='ar'><seg>ا{ar}</seg></tuv></tu>"
            )
        };
        let body = format!("<body>{}{}</body>", unit(&code("cat"), &code("قط")), unit(&code("dog"), ""));
        let (found, file) = texts(&body);
        assert_eq!(found, [["en:a", "ar:ا"], ["en:cat", "ar:قط"], ["en:a", "ar:ا"]]);
        assert_eq!(file.told.count(&LeftOut::InsideCode), 1);
    }
}
