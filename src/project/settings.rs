//! What a project remembers besides its texts and beads.

use std::collections::BTreeSet;

use crate::bitext::Side;

/// Whether edits re-align what is not fixed around them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AutoRealign {
    /// After each edit.
    #[default]
    On,
    /// Only when asked.
    Off,
}

/// The language of the page's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum InterfaceLanguage {
    /// English.
    #[default]
    English,
    /// Arabic, mirrored.
    Arabic,
}

/// A place that a reviewer wants to find again: a segment, which stays where it is whatever becomes of the beads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bookmark {
    /// Its side.
    pub side: Side,
    /// The byte at which the segment starts.
    pub segment: usize,
}

/// The most bookmarks that a project keeps.
pub const MOST_BOOKMARKS: usize = 10_000;

impl Settings {
    /// Sets the bookmark, or takes it away where it is; one more than ten thousand is not set.
    pub fn toggle(&mut self, bookmark: Bookmark) {
        if !self.bookmarks.remove(&bookmark) && self.bookmarks.len() < MOST_BOOKMARKS {
            self.bookmarks.insert(bookmark);
        }
    }

    /// Bookmarks as they stand in files: `source:120 target:7`.
    pub(super) fn written(bookmarks: &BTreeSet<Bookmark>) -> String {
        let written = bookmarks.iter().map(|b| format!("{}:{}", b.side, b.segment));
        written.collect::<Vec<_>>().join(" ")
    }

    /// Reads what [`Settings::written`] gave; what is none is left out.
    pub(super) fn read_bookmarks(written: &str) -> BTreeSet<Bookmark> {
        let read = |word: &str| {
            let (side, segment) = word.split_once(':')?;
            let side = Side::BOTH.into_iter().find(|s| s.to_string() == side)?;
            Some(Bookmark { side, segment: segment.parse().ok()? })
        };
        written.split(' ').filter_map(read).take(MOST_BOOKMARKS).collect()
    }
}

/// What a project remembers besides its texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Settings {
    /// The language of the page.
    pub interface: InterfaceLanguage,
    /// Whether edits re-align the rest.
    pub auto_realign: AutoRealign,
    /// The name of who reviews now; may be empty.
    pub reviewer: String,
    /// The places to find again.
    pub bookmarks: BTreeSet<Bookmark>,
    /// Segments that were aligned anew when the project was taken over to another version of its documents, ten thousand
    /// at most; a bead that holds one is new as long as nobody accepted or rejected it.
    pub renewed: BTreeSet<Bookmark>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bookmarks_are_read_back_and_what_is_none_is_left_out() {
        let mut settings = Settings::default();
        for (side, segment) in [(Side::Target, 7), (Side::Source, 120), (Side::Source, 3)] {
            settings.toggle(Bookmark { side, segment });
        }
        settings.toggle(Bookmark { side: Side::Source, segment: 3 });
        let written = Settings::written(&settings.bookmarks);
        assert_eq!(written, "source:120 target:7");
        assert_eq!(Settings::read_bookmarks(&written), settings.bookmarks);
        assert_eq!(Settings::read_bookmarks("source:x middle:3  target:-1 target:7").len(), 1);
    }
}
