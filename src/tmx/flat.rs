//! The content of a segment with inline codes → its text: the one walk that all readers share.
//!
//! In: texts, and elements as they are opened and closed. Out: the text, what stands inside codes, and where a tool cut
//! it. Guarantee: only what stands inside native codes, and what is marked as deleted, is no text; a code that stands for
//! a break or a blank is a space, unless there is white space beside it.

use std::ops::Range;

/// Elements of TMX that hold native codes; XLIFF has some more.
const CODES: [&str; 6] = ["bpt", "ept", "it", "ph", "ut", "x"];

/// Whether an element of TMX holds a native code.
pub(crate) fn is_code(name: &str) -> bool {
    CODES.contains(&name)
}

/// What an element in a segment is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Element<'e> {
    /// Markup around text that counts, known or not.
    Markup,
    /// A native code: whether its attributes say that it is a break or a blank, and what is kept of it elsewhere.
    Code {
        /// Whether it is a break or a blank.
        blank: bool,
        /// What is kept of it elsewhere.
        native: &'e str,
    },
    /// Text of its own, where it stands inside a code; elsewhere it is markup.
    Sub,
    /// A piece that a tool cut, and what it calls it.
    Cut(Option<&'e str>),
    /// Text marked as deleted.
    Deleted,
}

impl Element<'_> {
    /// What an element of TMX is, by its name and by what its attributes call it.
    pub(crate) fn of_tmx(name: &str, kinds: [&str; 2]) -> Self {
        match name {
            "sub" => Self::Sub,
            _ if is_code(name) => Self::Code { blank: kinds.into_iter().any(is_blank_kind), native: "" },
            _ => Self::Markup,
        }
    }
}

/// An open element.
#[derive(Debug)]
enum Open {
    Markup,
    Cut(usize),
    Code { blank: bool, native: String },
    Inner,
    Deleted { blank: bool },
}

/// What stands in a segment, piece by piece.
#[derive(Debug, Default)]
pub(crate) struct Flat {
    /// The text, without codes.
    pub(crate) text: String,
    /// The texts inside codes.
    pub(crate) inner: Vec<String>,
    /// The pieces into which a tool cut it: what it calls each, and where in the text it is.
    pub(crate) cuts: Vec<(Option<String>, Range<usize>)>,
    /// How many texts in it are marked as deleted.
    pub(crate) deleted: usize,
    open: Vec<Open>,
    /// Which of the open elements hold what comes next: the last of those that are no markup.
    holders: Vec<usize>,
    /// Codes and texts inside codes that are open.
    inside: usize,
    blank_due: bool,
}

impl Flat {
    /// Text.
    pub(crate) fn text(&mut self, piece: &str) {
        if piece.is_empty() {
            return;
        }
        match self.holders.last().and_then(|at| self.open.get_mut(*at)) {
            Some(Open::Code { native, .. }) => {
                if native.len() < LONGEST_CODE {
                    native.push_str(piece);
                }
            }
            Some(Open::Inner) => {
                if let Some(inner) = self.inner.last_mut() {
                    inner.push_str(piece);
                }
            }
            Some(Open::Deleted { blank }) => *blank &= piece.trim().is_empty(),
            _ => {
                let due = std::mem::take(&mut self.blank_due);
                let beside =
                    piece.starts_with(char::is_whitespace) || self.text.ends_with(char::is_whitespace);
                if due && !beside && !self.text.is_empty() {
                    self.text.push(' ');
                }
                self.text.push_str(piece);
            }
        }
    }

    /// An element is opened. An empty one is closed at once.
    pub(crate) fn open(&mut self, element: &Element<'_>) {
        let holder = self.holders.last().and_then(|at| self.open.get(*at));
        let in_code = matches!(holder, Some(Open::Code { .. }));
        let open = match element {
            Element::Sub if in_code => {
                self.inner.push(String::new());
                Open::Inner
            }
            Element::Code { blank, native } if !in_code => {
                Open::Code { blank: *blank, native: (*native).to_owned() }
            }
            Element::Cut(name) => {
                let at = self.text.len();
                self.cuts.push((name.map(str::to_owned), at..at));
                Open::Cut(self.cuts.len() - 1)
            }
            Element::Deleted if !in_code => Open::Deleted { blank: true },
            // What stands in a code is code.
            _ => Open::Markup,
        };
        if matches!(open, Open::Code { .. } | Open::Inner | Open::Deleted { .. }) {
            self.holders.push(self.open.len());
        }
        self.inside += usize::from(matches!(open, Open::Code { .. } | Open::Inner));
        self.open.push(open);
    }

    /// The innermost element is closed.
    pub(crate) fn close(&mut self) {
        let closed = self.open.pop();
        if self.holders.last() == Some(&self.open.len()) {
            self.holders.pop();
        }
        match closed {
            Some(Open::Code { blank, native }) => {
                self.inside -= 1;
                self.blank_due |= self.inside == 0 && (blank || is_blank_code(&native));
            }
            Some(Open::Inner) => self.inside -= 1,
            Some(Open::Cut(at)) => self.cuts[at].1.end = self.text.len(),
            Some(Open::Deleted { blank }) => self.deleted += usize::from(!blank),
            Some(Open::Markup) | None => {}
        }
    }

    /// Whether an element is open.
    pub(crate) const fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// The text, and after it the texts inside codes.
    pub(crate) fn finish(self) -> String {
        self.inner.iter().map(|inner| inner.trim()).filter(|inner| !inner.is_empty()).fold(
            self.text,
            |mut text, inner| {
                if !text.is_empty() && !text.ends_with(char::is_whitespace) {
                    text.push(' ');
                }
                text.push_str(inner);
                text
            },
        )
    }
}

/// Bytes of a native code after which no more of it is looked at.
const LONGEST_CODE: usize = 64;

/// Whether a kind of code is a break or a blank: `lb`, `x-lb`, `xlf:lb`, `linebreak`, `tab` and the like.
pub(crate) fn is_blank_kind(kind: &str) -> bool {
    let kind = kind.trim().to_ascii_lowercase();
    let kind = kind.strip_prefix("x-").unwrap_or(&kind);
    let kind = kind.rsplit_once(':').map_or(kind, |(_, last)| last);
    let kind: String = kind.chars().filter(char::is_ascii_alphanumeric).collect();
    matches!(
        &*kind,
        "lb" | "br"
            | "pb"
            | "cb"
            | "break"
            | "linebreak"
            | "pagebreak"
            | "columnbreak"
            | "softbreak"
            | "softlinebreak"
            | "hardbreak"
            | "newline"
            | "linefeed"
            | "softreturn"
            | "tab"
            | "nbsp"
            | "space"
            | "whitespace"
    )
}

/// Whether a native code is a break or a blank, as in HTML, RTF, Word and programs: `<br/>`, `\line `, `<w:tab/>`, `\n`,
/// `&nbsp;`, or white space itself.
pub(crate) fn is_blank_code(native: &str) -> bool {
    if native.is_empty() {
        return false;
    }
    let code =
        native.trim_matches(|c: char| c.is_whitespace() || matches!(c, '{' | '}')).to_ascii_lowercase();
    if code.is_empty() {
        return native.chars().all(char::is_whitespace);
    }
    if let Some(tag) = code.strip_prefix('<') {
        let name = tag.trim_start_matches('/');
        let name =
            name.split(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).next().unwrap_or_default();
        let (prefix, local) = name.rsplit_once(':').unwrap_or(("", name));
        // `<text:s/>` is blanks in ODF, `<s>` a line through text in HTML.
        return matches!(local, "br" | "tab" | "cr" | "line-break" | "linebreak" | "newline" | "lb" | "hr")
            || local == "s" && !prefix.is_empty();
    }
    matches!(
        &*code,
        "\\n"
            | "\\r"
            | "\\r\\n"
            | "\\t"
            | "\\line"
            | "\\par"
            | "\\page"
            | "\\tab"
            | "\\~"
            | "&nbsp;"
            | "&#160;"
            | "&#10;"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text of a segment in which `[x]` opens the element x, `[/]` closes one, and `[x/]` is empty.
    fn flat(pieces: &str) -> String {
        let mut flat = Flat::default();
        for piece in pieces.split_inclusive(']').flat_map(|part| {
            let at = part.find('[').unwrap_or(part.len());
            [&part[..at], &part[at..]]
        }) {
            match piece.strip_prefix('[').and_then(|p| p.strip_suffix(']')) {
                None => flat.text(piece),
                Some("/") => flat.close(),
                Some(tag) => {
                    let (name, kind) =
                        tag.trim_end_matches('/').split_once(' ').unwrap_or((tag.trim_end_matches('/'), ""));
                    flat.open(&Element::of_tmx(name, [kind, ""]));
                    if tag.ends_with('/') {
                        flat.close();
                    }
                }
            }
        }
        flat.finish()
    }

    #[test]
    fn only_native_codes_are_left_out() {
        assert_eq!(flat("Press the [g]green[/] button.[x/]"), "Press the green button.");
        assert_eq!(flat("a [bpt]<b>[/]c[ept]</b>[/] [mrk][q:w]d[/][/]"), "a c d");
        assert_eq!(flat("a[ph]x[hi]y[/]z[/] b"), "a b");
    }

    #[test]
    fn breaks_are_white_space() {
        assert_eq!(flat("gap[ph lb/]and"), "gap and");
        assert_eq!(flat("gap [ph x-lb/]and[ph linebreak/]"), "gap and");
        for code in ["<br/>", "<w:tab/>", "\\line ", "{\\tab}", "\\n"] {
            assert_eq!(flat(&format!("gap[ph]{code}[/]and")), "gap and", "{code}");
        }
        assert_eq!(flat("gap[ph]<b>[/]and[bpt bold/]so"), "gapandso");
        assert_eq!(flat("gap[ph]<text:s/>[/]and[ph]<s>[/]so"), "gap andso");
        // A break in a text of its own is none in the text around it.
        assert_eq!(flat("gap[ph]x[sub]y[ph lb/]z[/][/]and"), "gapand yz");
    }

    #[test]
    fn texts_inside_codes_come_after() {
        assert_eq!(flat("Elephants[ph]<fn>[sub]big ones[/]</fn>[/] are big."), "Elephants are big. big ones");
        assert_eq!(flat("[ph][sub]a[bpt]<i>[/]b[/][sub]c[/][/]"), "ab c");
    }
}
