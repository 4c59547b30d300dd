//! The segments of Trados memories (`.sdltm`), which are XML in the fields of a database.
//!
//! Assumed, from memories as Trados Studio writes them: a `Segment` with `Elements`, in which each `Text` has its text
//! in a `Value`, and each `Tag` a `Type`; of tags those of the type `TextPlaceholder` stand for the text in their
//! `TextEquivalent`, all others are codes and left out; `CultureName` is the language.

use super::FormatError;
use super::xml::{Inside, Piece, Pieces};

/// The text of a segment and the code of its language, which is empty where the segment does not say.
pub fn segment(xml: &str) -> Result<(String, String), FormatError> {
    let mut pieces = Pieces::new(xml);
    let root = pieces.root()?;
    if root.name != "Segment" {
        let found = format!("the outermost element is <{}>", root.name);
        return Err(FormatError::Other { expected: "a segment of Trados", found });
    }
    let (mut text, mut code) = (String::new(), String::new());
    let (mut kind, mut equivalent) = (String::new(), String::new());
    loop {
        match pieces.next_piece()? {
            Piece::Open(tag) => match &*tag.name {
                "Value" => text.push_str(&pieces.text_of(|_| Inside::Keep)?),
                "CultureName" => code = pieces.text_of(|_| Inside::Keep)?,
                "Type" => kind = pieces.text_of(|_| Inside::Keep)?,
                "TextEquivalent" => equivalent = pieces.text_of(|_| Inside::Keep)?,
                _ => {}
            },
            Piece::Close(name) if name == "Tag" => {
                if kind.trim() == "TextPlaceholder" {
                    text.push_str(&equivalent);
                }
                (kind, equivalent) = (String::new(), String::new());
            }
            Piece::End => return Ok((text, code)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_placeholders_are_read_and_codes_are_not() {
        let xml = "<?xml version='1.0'?><Segment xmlns:xsi='x'><Elements><Text><Value>Tea &amp; </Value></Text>\
            <Tag><Type>Start</Type><Anchor>1</Anchor><TextEquivalent>no</TextEquivalent></Tag><Text><Value>milk</Value></Text>\
            <Tag><Type>End</Type></Tag><Tag><Type>TextPlaceholder</Type><TextEquivalent> 5</TextEquivalent></Tag></Elements>\
            <CultureName>en-GB</CultureName></Segment>";
        assert_eq!(segment(xml).unwrap(), ("Tea & milk 5".to_owned(), "en-GB".to_owned()));
        assert!(segment("<Other/>").is_err() && segment("<Segment>").is_err());
    }
}
