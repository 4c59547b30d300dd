//! Placeholders in texts (`<1>…</1>`, `<2/>`), which stand for inline markup of a document → inline elements.
//!
//! Text that looks like one is marked where placeholders are put in ([`marked`]): `<=1>` for `<1>`, `<==1>` for `<=1>`.
//! Where elements are written, it stands as it stood.
//!
//! In: a text whose placeholders are numbered in each block. Out: the same with `bpt`, `ept`, `ph`, `it` (TMX,
//! XLIFF 1.2) or `pc`, `ph`, `sc`, `ec` (XLIFF 2). Guarantee: the text around them stays as it is; numbers that recur,
//! where a text is made of several blocks, are told apart; a placeholder without its partner is an element for that.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::xml::Xml;

/// What becomes of placeholders in the texts that are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Placeholders {
    /// They are text as any other.
    #[default]
    Text,
    /// They are inline elements.
    Elements,
}

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part<'t> {
    Text(&'t str),
    Code(Code<'t>),
}

/// A placeholder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Code<'t> {
    /// As it stands in the text.
    written: &'t str,
    kind: Kind,
    /// Its number, told apart from others of the text.
    id: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Begins something that ends further on; whether nothing that began before ends inside.
    Open { nested: bool },
    /// Ends what began before.
    Close { nested: bool },
    /// Begins something that does not end here.
    OpenAlone,
    /// Ends something that did not begin here.
    CloseAlone,
    /// Stands for itself.
    Lone,
}

/// The placeholder at the beginning of `text`: its length, number, and whether it opens, closes or neither.
fn placeholder(text: &str) -> Option<(usize, usize, Kind)> {
    inside(text.strip_prefix('<')?)
}

/// The same, from after `<` on.
fn inside(inner: &str) -> Option<(usize, usize, Kind)> {
    let end = inner.find('>').filter(|&end| end <= 12)?;
    let name = &inner[..end];
    let (name, kind) = match (name.strip_prefix('/'), name.strip_suffix('/')) {
        (Some(name), None) => (name, Kind::CloseAlone),
        (None, Some(name)) => (name, Kind::Lone),
        (None, None) => (name, Kind::OpenAlone),
        (Some(_), Some(_)) => return None,
    };
    if name.is_empty() || !name.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some((end + 2, name.parse().ok().filter(|n| *n > 0)?, kind))
}

/// How many marks stand in what looks like a placeholder at the beginning of `text`, if that does.
fn look_alike(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('<')?;
    let bare = inner.trim_start_matches('=');
    inside(bare).map(|_| inner.len() - bare.len())
}

/// `text` of a document, in which what looks like a placeholder has one mark more.
pub fn marked(text: &str) -> Cow<'_, str> {
    changed(text, |marks| Some(format!("<={}", "=".repeat(marks))))
}

/// `text` as it stood before it was [`marked`].
fn unmarked(text: &str) -> Cow<'_, str> {
    changed(text, |marks| Some(format!("<{}", "=".repeat(marks.checked_sub(1)?))))
}

/// `text` with what looks like a placeholder begun anew, by the number of its marks.
fn changed(text: &str, begin: impl Fn(usize) -> Option<String>) -> Cow<'_, str> {
    let mut out = String::new();
    let mut done = 0;
    for at in memchr::memchr_iter(b'<', text.as_bytes()) {
        if let Some(marks) = look_alike(&text[at..])
            && let Some(begun) = begin(marks)
        {
            out.push_str(&text[done..at]);
            out.push_str(&begun);
            done = at + 1 + marks;
        }
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// The parts of `text`.
fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    // Places among the parts of what was opened, with the number, innermost last.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut used: BTreeSet<usize> = BTreeSet::new();
    let (mut from, mut at) = (0, 0);
    while let Some(next) = text[at..].find('<') {
        at += next;
        let Some((length, number, kind)) = placeholder(&text[at..]) else {
            at += 1;
            continue;
        };
        if from < at {
            parts.push(Part::Text(&text[from..at]));
        }
        let written = &text[at..at + length];
        let partner = open.iter().rposition(|(_, n)| *n == number).filter(|_| kind == Kind::CloseAlone);
        let code = if let Some(partner) = partner {
            let nested = partner + 1 == open.len();
            let (place, _) = open.remove(partner);
            if !nested {
                // Those that were opened inside end outside.
                for (inside, _) in &open[partner..] {
                    set_nested(&mut parts[*inside], false);
                }
            }
            // It may have been found to overlap another before.
            let opening = &mut parts[place];
            let still =
                nested && !matches!(opening, Part::Code(Code { kind: Kind::Open { nested: false }, .. }));
            set_nested(opening, still);
            let id = if let Part::Code(opening) = opening { opening.id } else { number };
            Code { written, kind: Kind::Close { nested: still }, id }
        } else {
            let id = if used.contains(&number) { used.last().map_or(1, |last| last + 1) } else { number };
            used.insert(id);
            if kind == Kind::OpenAlone {
                open.push((parts.len(), number));
            }
            Code { written, kind, id }
        };
        parts.push(Part::Code(code));
        at += length;
        from = at;
    }
    if from < text.len() {
        parts.push(Part::Text(&text[from..]));
    }
    parts
}

/// Says of an opening whether nothing that began before ends inside.
fn set_nested(part: &mut Part<'_>, nested: bool) {
    if let Part::Code(code) = part {
        code.kind = Kind::Open { nested };
    }
}

/// The parts of `text`, where what was opened and overlaps, and never ends, stands alone.
fn settled(text: &str) -> Vec<Part<'_>> {
    let mut parts = parts(text);
    let closed: BTreeSet<usize> = parts
        .iter()
        .filter_map(|part| match part {
            Part::Code(Code { kind: Kind::Close { .. }, id, .. }) => Some(*id),
            _ => None,
        })
        .collect();
    for part in &mut parts {
        if let Part::Code(code) = part
            && matches!(code.kind, Kind::Open { .. })
            && !closed.contains(&code.id)
        {
            code.kind = Kind::OpenAlone;
        }
    }
    parts
}

/// The content of a segment of TMX, escaped, with its elements, and how many characters XML cannot hold; `None` where
/// the text has no placeholders and nothing that was marked.
pub fn tmx(text: &str) -> Option<(String, usize)> {
    let mut xml = Xml::default();
    let found = write_paired(&mut xml, text, |code| {
        let id = code.id;
        match code.kind {
            Kind::Open { .. } => ("bpt", format!(" i=\"{id}\" x=\"{id}\"")),
            Kind::Close { .. } => ("ept", format!(" i=\"{id}\"")),
            Kind::OpenAlone => ("it", format!(" pos=\"begin\" x=\"{id}\"")),
            Kind::CloseAlone => ("it", format!(" pos=\"end\" x=\"{id}\"")),
            Kind::Lone => ("ph", format!(" x=\"{id}\"")),
        }
    });
    found.then(|| (String::from_utf8_lossy(&xml.bytes).into_owned(), xml.dropped))
}

/// Writes the content of a `source` or `target` of XLIFF 1.2.
pub(super) fn xliff(xml: &mut Xml, text: &str) {
    write_paired(xml, text, |code| {
        let id = code.id;
        match code.kind {
            Kind::Open { .. } => ("bpt", format!(" id=\"{id}\" rid=\"{id}\"")),
            Kind::Close { .. } => ("ept", format!(" id=\"{id}\" rid=\"{id}\"")),
            Kind::OpenAlone => ("it", format!(" id=\"{id}\" pos=\"open\"")),
            Kind::CloseAlone => ("it", format!(" id=\"{id}\" pos=\"close\"")),
            Kind::Lone => ("ph", format!(" id=\"{id}\"")),
        }
    });
}

/// Writes text and elements that hold the placeholder as native code; says whether there was any, or text that was
/// marked.
fn write_paired(xml: &mut Xml, text: &str, element: impl Fn(&Code<'_>) -> (&'static str, String)) -> bool {
    let mut any = false;
    for part in settled(text) {
        match part {
            Part::Text(text) => {
                let plain = unmarked(text);
                any |= plain.len() != text.len();
                xml.text(&plain);
            }
            Part::Code(code) => {
                any = true;
                let (name, attributes) = element(&code);
                xml.raw("<")
                    .raw(name)
                    .raw(&attributes)
                    .raw(">")
                    .text(code.written)
                    .raw("</")
                    .raw(name)
                    .raw(">");
            }
        }
    }
    any
}

/// Writes the content of a `source` or `target` of XLIFF 2; `plain` writes what is text.
pub(super) fn xliff2(xml: &mut Xml, text: &str, plain: impl Fn(&mut Xml, &str)) {
    for part in settled(text) {
        match part {
            Part::Text(text) => plain(xml, &unmarked(text)),
            Part::Code(Code { kind, id, .. }) => {
                xml.raw(&match kind {
                    Kind::Open { nested: true } => format!("<pc id=\"{id}\">"),
                    Kind::Close { nested: true } => "</pc>".to_owned(),
                    Kind::Open { nested: false } => format!("<sc id=\"{id}\"/>"),
                    Kind::Close { nested: false } => format!("<ec startRef=\"{id}\"/>"),
                    Kind::OpenAlone => format!("<sc id=\"{id}\" isolated=\"yes\"/>"),
                    Kind::CloseAlone => format!("<ec id=\"{id}\" isolated=\"yes\"/>"),
                    Kind::Lone => format!("<ph id=\"{id}\"/>"),
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::inline::content;
    use super::super::xml::Pieces;
    use super::*;

    fn in_xliff2(text: &str) -> String {
        let mut xml = Xml::default();
        xliff2(&mut xml, text, |xml, text| {
            xml.text(text);
        });
        String::from_utf8(xml.bytes).unwrap()
    }

    #[test]
    fn placeholders_become_elements() {
        let text = "A <1>bold <2>&</2></1> <3/>word";
        insta::assert_snapshot!(tmx(text).unwrap().0, @r#"A <bpt i="1" x="1">&lt;1&gt;</bpt>bold <bpt i="2" x="2">&lt;2&gt;</bpt>&amp;<ept i="2">&lt;/2&gt;</ept><ept i="1">&lt;/1&gt;</ept> <ph x="3">&lt;3/&gt;</ph>word"#);
        insta::assert_snapshot!(in_xliff2(text), @r#"A <pc id="1">bold <pc id="2">&amp;</pc></pc> <ph id="3"/>word"#);
        // A sentence of a bold paragraph, and two blocks in one segment.
        insta::assert_snapshot!(in_xliff2("<1>a. <2>b</2>"), @r#"<sc id="1" isolated="yes"/>a. <pc id="2">b</pc>"#);
        insta::assert_snapshot!(in_xliff2("c</1> <1>d</1>"), @r#"c<ec id="1" isolated="yes"/> <pc id="2">d</pc>"#);
        insta::assert_snapshot!(in_xliff2("<1>a<2>b</1>c</2>"), @r#"<sc id="1"/>a<sc id="2"/>b<ec startRef="1"/>c<ec startRef="2"/>"#);
        for plain in ["a < 1 > b", "<b>", "<1", "</1/>", "<0>", "x <12345678901234567890>"] {
            assert_eq!(tmx(plain), None, "{plain}");
        }
    }

    #[test]
    fn text_that_looks_like_a_placeholder_is_marked_and_comes_back() {
        assert_eq!(marked("a < 1 > <b> <1/2> <=>"), "a < 1 > <b> <1/2> <=>");
        assert_eq!(marked("Write <1> and </1>, <2/> or <=3>."), "Write <=1> and <=/1>, <=2/> or <==3>.");
        let text = format!("<1>{}</1>", marked("type <1>, </1> or <==1/>"));
        insta::assert_snapshot!(in_xliff2(&text), @r#"<pc id="1">type &lt;1&gt;, &lt;/1&gt; or &lt;==1/&gt;</pc>"#);
        assert_eq!(tmx(&marked("type <1>")).unwrap().0, "type &lt;1&gt;");
    }

    proptest! {
        #[test]
        fn what_is_marked_holds_no_placeholder_and_comes_back(
            parts in proptest::collection::vec(proptest::sample::select(vec!["<", "=", "1", "/", ">", "ب", "<2/>"]), 0..12),
        ) {
            let text = parts.concat();
            let marked = marked(&text);
            prop_assert!(super::parts(&marked).iter().all(|part| matches!(part, Part::Text(_))), "{}", marked);
            prop_assert_eq!(&*unmarked(&marked), &*text);
        }

        /// Whatever stands where, the elements are well-formed, and the text is what stands around them.
        #[test]
        fn elements_are_well_formed_and_the_text_stays(
            parts in proptest::collection::vec(
                proptest::sample::select(vec!["<1>", "</1>", "<2>", "</2>", "<3/>", "<1/>", "a", "<", "&", "ب "]), 0..12),
        ) {
            let text = parts.concat();
            let mut around = String::new();
            let mut rest = &*text;
            while let Some(c) = rest.chars().next() {
                let length = placeholder(rest).map(|(length, ..)| length);
                if length.is_none() {
                    around.push(c);
                }
                rest = &rest[length.unwrap_or(c.len_utf8())..];
            }
            let mut xml = Xml::default();
            xliff(&mut xml, &text);
            let xliff_1 = String::from_utf8(xml.bytes).unwrap();
            let tmx = tmx(&text).map_or_else(|| text.replace('&', "&amp;").replace('<', "&lt;"), |(markup, _)| markup);
            for inner in [xliff_1, in_xliff2(&text), tmx] {
                let file = format!("<x>{inner}</x>");
                let mut pieces = Pieces::new(&file);
                pieces.root().unwrap();
                prop_assert_eq!(&content(&mut pieces, &std::collections::BTreeMap::new()).unwrap().text, &around);
            }
        }
    }
}
