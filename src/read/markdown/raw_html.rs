//! Raw HTML inside Markdown: what of it is markup of a page, and what a browser shows of that.
//!
//! In: the HTML of a block, or a tag inside a line, in the order of the document. Out: its tags and texts. Guarantee:
//! comments, instructions (`<?php … ?>`), declarations and hidden elements stay out, however many lines they have; an
//! element that is hidden hides the Markdown in it too.

use quick_xml::events::attributes::Attributes;

use crate::read::markup;

/// What the raw HTML of a document left open.
#[derive(Debug, Default)]
pub(super) struct RawHtml {
    hidden: Option<Hidden>,
    /// Hidden texts so far.
    left_out: usize,
}

/// An element that is not shown, and is open.
#[derive(Debug)]
struct Hidden {
    name: String,
    /// Elements of its name that are open, itself among them.
    depth: usize,
    /// Lists and quotes around it: it ends with them.
    around: usize,
    /// Whether it holds text that was hidden and is to be counted.
    counts: bool,
}

/// The tags and texts that are shown, and what would end the part that is not finished at their end.
pub(super) type Shown<'h> = (Vec<&'h str>, Option<&'static str>);

impl RawHtml {
    /// Whether `text`, of the Markdown, stands in a hidden element.
    pub(super) fn hides(&mut self, text: &str) -> bool {
        let Some(hidden) = &mut self.hidden else { return false };
        if hidden.counts && !text.trim().is_empty() {
            hidden.counts = false;
            self.left_out += 1;
        }
        true
    }

    /// How many hidden texts there were.
    pub(super) fn left_out(&self) -> usize {
        self.left_out
    }

    /// A block of Markdown begins, which ends a paragraph of HTML.
    pub(super) fn begin_block(&mut self) {
        if self.hidden.as_ref().is_some_and(|hidden| hidden.name == "p") {
            self.hidden = None;
        }
    }

    /// A list or quote ended, and `around` are open yet.
    pub(super) fn leave(&mut self, around: usize) {
        if self.hidden.as_ref().is_some_and(|hidden| hidden.around > around) {
            self.hidden = None;
        }
    }

    /// What of `html` is shown.
    pub(super) fn shown<'h>(&mut self, html: &'h str, around: usize) -> Shown<'h> {
        let mut shown = Vec::new();
        let mut rest = html;
        while !rest.is_empty() {
            if let Some(name) = self.hidden.as_ref().map(|h| &*h.name).filter(|name| is_verbatim(name)) {
                let Some(end) = end_of_verbatim(rest, name) else { return (shown, None) };
                rest = &rest[end..];
            }
            let start = rest.find('<').unwrap_or(rest.len());
            let (text, after) = rest.split_at(start);
            if !text.is_empty() && !self.hides(text) {
                shown.push(text);
            }
            let (length, ends_with) = match Markup::at(after) {
                Markup::Text(length) => {
                    if length > 0 && !self.hides(&after[..length]) {
                        shown.push(&after[..length]);
                    }
                    (Some(length), "")
                }
                Markup::Tag(length) => {
                    let tag = &after[..length.unwrap_or(0)];
                    if length.is_some() && self.shows_tag(tag, around) {
                        shown.push(tag);
                    }
                    (length, ">")
                }
                Markup::Apart(length, ends_with) => (length, ends_with),
            };
            let Some(length) = length else { return (shown, Some(ends_with)) };
            rest = &after[length..];
        }
        (shown, None)
    }

    /// Notes what a tag opens or closes; whether it is of what is shown.
    fn shows_tag(&mut self, tag: &str, around: usize) -> bool {
        let name = name_of(tag);
        let closes = tag.starts_with("</");
        let holds = !closes && !is_void(&name) && !tag.ends_with("/>");
        if let Some(hidden) = &mut self.hidden {
            if hidden.name == name {
                hidden.depth += usize::from(holds);
                hidden.depth -= usize::from(closes);
                if hidden.depth == 0 {
                    self.hidden = None;
                }
                return false;
            }
            if hidden.name != "p" || closes || !markup::is_block(&name) {
                return false;
            }
            self.hidden = None;
        }
        let verbatim = is_verbatim(&name);
        if closes || !(verbatim || markup::is_hidden(&|wanted| attribute(tag, &name, wanted))) {
            return true;
        }
        if holds {
            self.hidden = Some(Hidden { name, depth: 1, around, counts: !verbatim });
        }
        false
    }
}

/// What stands at a `<`.
enum Markup {
    /// Text, of so many bytes.
    Text(usize),
    /// A tag, of so many bytes, if it ends.
    Tag(Option<usize>),
    /// A comment or the like, and what ends it.
    Apart(Option<usize>, &'static str),
}

impl Markup {
    fn at(rest: &str) -> Self {
        const APART: [(&str, &str); 3] = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")];
        for (start, end) in APART {
            if rest.starts_with(start) {
                // A comment may be `<!-->`.
                let from = if end == "-->" { 2 } else { start.len() };
                return Self::Apart(rest[from..].find(end).map(|at| from + at + end.len()), end);
            }
        }
        let mut after = rest.chars().skip(1);
        match (after.next(), after.next()) {
            (Some('!'), Some(c)) if c.is_ascii_alphabetic() => {
                Self::Apart(rest.find('>').map(|at| at + 1), ">")
            }
            (Some('/'), Some(c)) | (Some(c), _) if c.is_ascii_alphabetic() => Self::Tag(end_of_tag(rest)),
            _ => Self::Text(rest.len().min(1)),
        }
    }
}

/// Where the tag at the start of `rest` ends: at a `>` outside of quotes, or at the first where quotes do not end.
fn end_of_tag(rest: &str) -> Option<usize> {
    let mut quote = None;
    let mut before = b' ';
    for (at, byte) in rest.bytes().enumerate() {
        match quote {
            Some(open) if byte == open => quote = None,
            None if matches!(byte, b'"' | b'\'') && before == b'=' => quote = Some(byte),
            None if byte == b'>' => return Some(at + 1),
            Some(_) | None => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    quote.and_then(|_| rest.find('>')).map(|at| at + 1)
}

/// Where the end of the element `name`, which holds no markup, begins.
fn end_of_verbatim(rest: &str, name: &str) -> Option<usize> {
    rest.match_indices("</").map(|(at, _)| at).find(|at| {
        rest.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
    })
}

/// The name of a tag, in small letters.
pub(super) fn name_of(tag: &str) -> String {
    let name = tag.trim_start_matches(['<', '/']).bytes().take_while(u8::is_ascii_alphanumeric);
    name.map(|byte| char::from(byte.to_ascii_lowercase())).collect()
}

/// The value of an attribute of a tag called `name`.
fn attribute(tag: &str, name: &str, wanted: &str) -> Option<String> {
    let inside = tag.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/');
    let mut attributes = Attributes::html(inside, name.len());
    attributes.with_checks(false);
    let found = attributes.flatten().find(|a| a.key.0.eq_ignore_ascii_case(wanted))?;
    Some(found.value.into_owned())
}

/// Elements whose content is no markup, and not shown.
fn is_verbatim(name: &str) -> bool {
    matches!(name, "script" | "style" | "template" | "textarea")
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> String {
        let (shown, rest) = RawHtml::default().shown(html, 0);
        shown.join("|") + &rest.map(|end| format!("…{end}")).unwrap_or_default()
    }

    #[test]
    fn what_is_no_text_of_a_page_is_left_out() {
        let cases = [
            ("<p>\n<img src=\"x\"\n alt='a > b'\n>y", "<p>|\n|<img src=\"x\"\n alt='a > b'\n>|y"),
            ("a<!-- b\n-- c -->d<!-->e<!---->f", "a|d|e|f"),
            ("a<?php echo 'x > y'; ?>b<!DOCTYPE c>d<![CDATA[ e > f ]]>g", "a|b|d|g"),
            ("a < b <= c<d>", "a |<| b |<|= c|<d>"),
            ("a<SCRIPT>if (x < y) '</p>' <!--</Script>b<style>c", "a|b"),
            ("a<div style='Display: none'>b<div>c</div>d</div>e", "a|e"),
            ("a<img hidden>b<br hidden/>c<span hidden/>d", "a|b|c|d"),
            ("<p hidden>a<b>c</b><div>d", "<div>|d"),
            ("<a title=it's>b", "<a title=it's>|b"),
            ("<a title='b>c", "<a title='b>|c"),
            ("a<!-- b", "a…-->"),
            ("a<img src", "a…>"),
            ("<", "<"),
        ];
        for (html, expected) in cases {
            assert_eq!(shown(html), expected, "{html}");
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics_and_no_text_is_made_up(pieces in proptest::collection::vec("(<|>|</|<!--|-->|<\\?|p|script|hidden|style=|\"|'|/| |م|=){0,4}", 0..12)) {
            let (mut raw, mut left) = (RawHtml::default(), String::new());
            for piece in &pieces {
                left.extend(raw.shown(piece, 0).0);
            }
            proptest::prop_assert!(left.len() <= pieces.concat().len());
        }
    }
}
