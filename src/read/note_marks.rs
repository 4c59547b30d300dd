//! Marks of notes in running text: a linked number or sign that leads to a note or back from one.
//!
//! In: elements and text where such a mark may begin, in the order of a page. Out: whether they were one; if not, what they hold.
//! Guarantee: text is left out only where it is nothing but a number or sign.

/// What is held back until it is known whether it is a mark.
#[derive(Debug)]
pub(super) struct Held {
    /// Elements open around it.
    pub(super) depth: usize,
    /// Whether a link in it leads within the page.
    linked: bool,
    pub(super) parts: Vec<Part>,
}

/// A part of what is held back.
#[derive(Debug)]
pub(super) enum Part {
    /// An inline element begins.
    Open,
    /// One ends.
    Close,
    Text(String),
}

impl Held {
    /// Begins at an element of this name, if a mark may begin there, inside so many elements.
    pub(super) fn begin(name: &str, href: Option<&str>, depth: usize) -> Option<Self> {
        let linked = name == "a" && href.is_some_and(leads_to_note);
        (linked || name == "sup").then(|| Self { depth, linked, parts: Vec::new() })
    }

    /// A link begins inside.
    pub(super) fn link(&mut self, href: Option<&str>) {
        self.linked |= href.is_some_and(|href| href.starts_with('#'));
    }

    /// Whether all that is held is a mark.
    pub(super) fn is_mark(&self) -> bool {
        let text = self.parts.iter().filter_map(|part| match part {
            Part::Text(text) => Some(text.as_str()),
            _ => None,
        });
        self.linked && is_sign(text.collect::<String>().trim())
    }
}

/// Whether an address in the page is one that the usual programs give to notes and their marks.
fn leads_to_note(href: &str) -> bool {
    const NAMES: [&str; 9] =
        ["fn", "ftn", "edn", "footnote", "endnote", "note", "cite_", "sdfootnote", "sdendnote"];
    let Some(name) = href.strip_prefix('#') else { return false };
    let name = name.trim_start_matches('_').to_ascii_lowercase();
    NAMES.iter().any(|known| name.starts_with(known))
}

/// Whether a text is a number, a small letter, a small Roman numeral or a sign, maybe in brackets.
fn is_sign(text: &str) -> bool {
    const BRACKETS: [(char, char); 2] = [('[', ']'), ('(', ')')];
    let inside = BRACKETS.iter().find_map(|&(open, close)| text.strip_prefix(open)?.strip_suffix(close));
    let text = inside.unwrap_or(text).trim();
    let few = (1..=4).contains(&text.chars().count());
    let all = |of: fn(char) -> bool| text.chars().all(of);
    few && (all(|c| c.is_numeric() && !c.is_alphabetic())
        || all(|c| "ivxlc".contains(c))
        || all(|c| "*†‡§¶#^↑↩↵⤴⏎\u{fe0e}\u{fe0f}".contains(c))
        || (text.len() == 1 && all(|c| c.is_ascii_lowercase())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_numbers_letters_and_what_typographers_use() {
        for sign in ["1", "[12]", "(3)", "٤", "a", "[b]", "iv", "*", "††", "^", "↩\u{fe0e}", "[ 7 ]"] {
            assert!(is_sign(sign), "{sign}");
        }
        for text in ["", "[]", "12345", "no", "B", "3a", "see 3", "第", "[note]"] {
            assert!(!is_sign(text), "{text}");
        }
    }

    #[test]
    fn only_links_within_the_page_lead_to_notes() {
        let leads = |href: &str| leads_to_note(href);
        assert!(
            leads("#fn3") && leads("#_ftnref1") && leads("#cite_note-Smith-2") && leads("#sdfootnote1sym")
        );
        assert!(!leads("#section2") && !leads("notes.html") && !leads("https://example.org/#fn1"));
    }
}
