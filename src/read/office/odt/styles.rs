//! What the styles of an OpenDocument say of its text: what is a title, and what is hidden.

use std::collections::BTreeMap;

use crate::read::ReadError;
use crate::read::xml::{Entities, Origin, Piece, Tag, Xml};

/// Styles based on each other, at most.
const LONGEST_CHAIN: usize = 20;

/// What a style is for; two of different families may share a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    /// Paragraphs and headings.
    Paragraph,
    /// Text inside them.
    Text,
}

/// A style as it stands in the file.
#[derive(Debug)]
struct Style {
    parent: Option<String>,
    hidden: Option<bool>,
}

/// The styles of a document, as far as they were met.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<(Family, String), Style>,
    /// The style whose properties are read.
    current: Option<(Family, String)>,
}

impl Styles {
    /// Reads a `styles.xml`.
    pub(super) fn read(origin: Origin<'_>, text: &str) -> Result<Self, ReadError> {
        let mut styles = Self::default();
        let mut xml = Xml::new(origin, text, Entities::Xml);
        loop {
            match xml.next_piece()? {
                Piece::Open(tag) if tag.name == "master-styles" => xml.skip()?,
                Piece::Open(tag) => styles.start(&tag),
                Piece::Close(name) => styles.end(&name),
                Piece::Text(_) => {}
                Piece::End => return Ok(styles),
            }
        }
    }

    /// Notes what an element says that begins, if it is a style or the properties of one.
    pub(super) fn start(&mut self, tag: &Tag<'_>) {
        match &*tag.name {
            "style" => {
                let family = match tag.attribute("family").as_deref() {
                    Some("paragraph") => Some(Family::Paragraph),
                    Some("text") => Some(Family::Text),
                    _ => None,
                };
                self.current = family.zip(tag.attribute("name"));
                if let Some(key) = &self.current {
                    let style = Style { parent: tag.attribute("parent-style-name"), hidden: None };
                    self.styles.insert(key.clone(), style);
                }
            }
            "text-properties" => {
                let display = tag.attribute("display");
                if let Some(style) = self.current.as_ref().and_then(|key| self.styles.get_mut(key)) {
                    style.hidden = display.map(|d| d == "none").or(style.hidden);
                }
            }
            _ => {}
        }
    }

    /// Notes that an element ends.
    pub(super) fn end(&mut self, name: &str) {
        if name == "style" {
            self.current = None;
        }
    }

    /// The level of the heading that paragraphs of the style `name` are by their being titles.
    pub(super) fn title(&self, name: &str) -> Option<u8> {
        self.along(Family::Paragraph, name, |name, _| match name {
            "Title" => Some(1),
            "Subtitle" => Some(2),
            _ => None,
        })
    }

    /// Whether the style `name` hides its text; `None` where it says nothing of that.
    pub(super) fn hides(&self, family: Family, name: &str) -> Option<bool> {
        self.along(family, name, |_, style| style?.hidden)
    }

    /// The first answer along the styles that `name` is based on.
    fn along<T>(
        &self,
        family: Family,
        name: &str,
        answer: impl Fn(&str, Option<&Style>) -> Option<T>,
    ) -> Option<T> {
        let mut name = name.to_owned();
        for _ in 0..LONGEST_CHAIN {
            let style = self.styles.get(&(family, name.clone()));
            if let Some(answer) = answer(&name, style) {
                return Some(answer);
            }
            name.clone_from(style?.parent.as_ref()?);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_style_says_goes_on_to_those_based_on_it() {
        let text = r#"<s><style family="text" name="T1"><text-properties display="none"/></style>
            <style family="text" name="T2" parent-style-name="T1"><text-properties color="x"/></style>
            <style family="text" name="T3" parent-style-name="T2"><text-properties display="true"/></style>
            <list-style><text-properties display="none"/></list-style>
            <style family="paragraph" name="T1" parent-style-name="Subtitle"/>
            <style family="paragraph" name="A" parent-style-name="B"/><style family="paragraph" name="B" parent-style-name="A"/>
            <master-styles><style family="text" name="M"><text-properties display="none"/></style></master-styles></s>"#;
        let styles = Styles::read(Origin { name: "a", part: "styles.xml" }, text).unwrap();
        let hides = |name| styles.hides(Family::Text, name);
        assert_eq!(
            ["T1", "T2", "T3", "M", "x"].map(hides),
            [Some(true), Some(true), Some(false), None, None]
        );
        assert_eq!(styles.hides(Family::Paragraph, "T1"), None);
        assert_eq!(["T1", "Title", "A", "x"].map(|n| styles.title(n)), [Some(2), Some(1), None, None]);
    }
}
