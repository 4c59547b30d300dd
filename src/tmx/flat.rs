//! A segment with inline codes → its text.
//!
//! In: the pieces of a segment, in order. Out: its text. Guarantee: only what stands inside native codes is left out; the
//! text inside `sub` comes after the rest, and a code that stands for a break or a blank is white space.

/// Elements that hold native codes.
const CODES: [&str; 6] = ["bpt", "ept", "it", "ph", "ut", "x"];

/// Whether an element holds a native code.
pub(crate) fn is_code(name: &str) -> bool {
    CODES.contains(&name)
}

/// What an open element is.
#[derive(Debug)]
enum Open {
    /// Markup around text, known or not.
    Markup,
    /// A native code: whether it says that it is a break, and what stands in it.
    Code { blank: bool, native: String },
    /// Text of its own inside a code.
    Inner,
}

/// The text of a segment, piece by piece.
#[derive(Debug, Default)]
pub(crate) struct Flat {
    text: String,
    inner: Vec<String>,
    open: Vec<Open>,
    /// Which of the open elements are no markup: the last of them holds what comes next.
    holders: Vec<usize>,
    blank_due: bool,
}

impl Flat {
    /// Text.
    pub(crate) fn text(&mut self, piece: &str) {
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
            _ if piece.is_empty() => {}
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

    /// An element is opened; `kinds` are what its attributes call it. An empty one is closed at once.
    pub(crate) fn open(&mut self, name: &str, kinds: [&str; 2], stays_open: bool) {
        let holder = self.holders.last().and_then(|at| self.open.get(*at));
        let open = match holder {
            Some(Open::Code { .. }) if name == "sub" => {
                self.inner.push(String::new());
                Open::Inner
            }
            // What stands in a code is code.
            Some(Open::Code { .. }) => Open::Markup,
            _ if CODES.contains(&name) => {
                Open::Code { blank: kinds.into_iter().any(is_blank_kind), native: String::new() }
            }
            _ => Open::Markup,
        };
        if !matches!(open, Open::Markup) {
            self.holders.push(self.open.len());
        }
        self.open.push(open);
        if !stays_open {
            self.close();
        }
    }

    /// The innermost element is closed.
    pub(crate) fn close(&mut self) {
        let closed = self.open.pop();
        if self.holders.last() == Some(&self.open.len()) {
            self.holders.pop();
        }
        if let Some(Open::Code { blank, native }) = closed {
            self.blank_due |= blank || is_blank_code(&native);
        }
    }

    /// The text.
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

/// Bytes of a native code that are looked at.
const LONGEST_CODE: usize = 64;

/// Whether a kind of code is a break or a blank: `lb`, `x-lb`, `linebreak`, `tab` and the like.
fn is_blank_kind(kind: &str) -> bool {
    let kind = kind.trim().to_ascii_lowercase();
    let kind = kind.strip_prefix("x-").unwrap_or(&kind);
    let kind: String = kind.chars().filter(char::is_ascii_alphabetic).collect();
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

/// Whether a native code is a break or a blank, as in HTML, RTF, Word and programs: `<br/>`, `\line `, `<w:tab/>`, `\n`.
fn is_blank_code(code: &str) -> bool {
    let code = code.trim().to_ascii_lowercase();
    if let Some(tag) = code.strip_prefix('<').and_then(|tag| tag.strip_suffix('>')) {
        let name = tag.trim_start_matches('/').split([' ', '/', '\t', '\n']).next().unwrap_or_default();
        let local = name.rsplit(':').next().unwrap_or(name);
        return matches!(local, "br" | "tab" | "cr" | "line-break" | "linebreak" | "newline" | "lb");
    }
    let code = code.trim_matches(['{', '}', ' ']);
    matches!(code, "\\n" | "\\r\\n" | "\\t" | "\\line" | "\\tab" | "\\par" | "\\page" | "&nbsp;" | "&#160;")
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
                    flat.open(name, [kind, ""], !tag.ends_with('/'));
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
    }

    #[test]
    fn texts_inside_codes_come_after() {
        assert_eq!(flat("Elephants[ph]<fn>[sub]big ones[/]</fn>[/] are big."), "Elephants are big. big ones");
        assert_eq!(flat("[ph][sub]a[bpt]<i>[/]b[/][sub]c[/][/]"), "ab c");
    }
}
