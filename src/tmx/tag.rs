//! An opening tag, freed from the buffer it was read into.

use super::time::Timestamp;

/// Whether an element is closed at once.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Closed {
    Yes,
    No,
}

/// An element's name and attributes.
pub(super) struct Tag {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    /// Whether it is an empty element, closed at once.
    pub(super) closed: bool,
}

impl Tag {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| &**value)
    }

    pub(super) fn date(&self, name: &str) -> Option<Timestamp> {
        self.get(name)?.parse().ok()
    }

    pub(super) fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(&self.name);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            out.push_str(&quick_xml::escape::escape(&**value));
            out.push('"');
        }
        out.push_str(if self.closed { "/>" } else { ">" });
    }
}
