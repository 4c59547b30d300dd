//! The entities that a DOCTYPE declares within the file itself.
//!
//! In: the text of a DOCTYPE. Out: what each name stands for. Guarantee: nothing is fetched; a value refers to others at
//! most [`DEEPEST`] deep and is at most [`LONGEST`] bytes long, or the entity counts as unknown.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::refs::{Reference, references};

/// How deep values may refer to others.
const DEEPEST: usize = 8;

/// Bytes of a value, at most.
const LONGEST: usize = 1 << 12;

/// Entities that are remembered, at most.
const MOST: usize = 1 << 10;

/// Entities and their values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Entities {
    values: BTreeMap<String, String>,
}

impl Entities {
    /// Those that `doctype` declares; of two of one name the first counts, as XML has it.
    pub(super) fn of(doctype: &str) -> Self {
        let mut written: BTreeMap<&str, &str> = BTreeMap::new();
        let mut rest = doctype.split_once('[').map_or("", |(_, subset)| subset);
        while let Some(at) = rest.find("<!") {
            rest = &rest[at..];
            if let Some(comment) = rest.strip_prefix("<!--") {
                rest = comment.split_once("-->").map_or("", |(_, after)| after);
                continue;
            }
            let declaration = rest.strip_prefix("<!ENTITY");
            rest = &rest[2..];
            if let Some((name, value)) = declaration.and_then(declared)
                && written.len() < MOST
            {
                written.entry(name).or_insert(value);
            }
        }
        let values = written.keys().filter_map(|name| {
            let mut value = String::new();
            expand(name, &written, DEEPEST, &mut value).then(|| ((*name).to_owned(), value))
        });
        Self { values: values.collect() }
    }

    /// What `name` stands for.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    /// What `text` means: references resolved (unknown ones and bare `&` stay as they stand, those to characters that
    /// XML has no place for are nothing), line ends as line feeds.
    pub(super) fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if memchr::memchr2(b'&', b'\r', text.as_bytes()).is_none() {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for (range, reference) in references(text) {
            let Some(meant) = self.meaning(reference) else { continue };
            push_lines(&mut out, &text[done..range.start]);
            out.push_str(&meant);
            done = range.end;
        }
        push_lines(&mut out, &text[done..]);
        Cow::Owned(out)
    }

    /// What a reference stands for; `None` where it stands for nothing that is known.
    fn meaning<'m>(&'m self, reference: Reference<'_>) -> Option<Cow<'m, str>> {
        match reference {
            Reference::Char(c) | Reference::Pair(c) => Some(Cow::Owned(c.to_string())),
            Reference::Illegal(_) => Some(Cow::Borrowed("")),
            Reference::Unknown(name) => self.value(name).map(Cow::Borrowed),
            Reference::Bare => None,
        }
    }
}

/// Name and value of a declaration, from after `<!ENTITY` on; `None` for parameter entities and for those that stand in
/// another file.
fn declared(text: &str) -> Option<(&str, &str)> {
    let text = text.strip_prefix(char::is_whitespace)?.trim_start();
    let (name, rest) = text.split_once(char::is_whitespace)?;
    let rest = rest.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (value, _) = rest[1..].split_once(quote)?;
    (name != "%").then_some((name, value))
}

/// Appends the value of `name`, with all that it refers to; whether that could be done.
fn expand(name: &str, written: &BTreeMap<&str, &str>, depth: usize, out: &mut String) -> bool {
    let (Some(value), Some(depth)) = (written.get(name), depth.checked_sub(1)) else { return false };
    let mut done = 0;
    for (range, reference) in references(value) {
        out.push_str(&value[done..range.start]);
        done = range.end;
        match reference {
            Reference::Char(c) | Reference::Pair(c) => out.push(c),
            Reference::Unknown(inner) if expand(inner, written, depth, out) => {}
            _ => return false,
        }
        if out.len() > LONGEST {
            return false;
        }
    }
    out.push_str(&value[done..]);
    out.len() <= LONGEST
}

fn push_lines(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'\r', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        out.push('\n');
        rest = &rest[at + 1..];
        rest = rest.strip_prefix('\n').unwrap_or(rest);
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_mean_what_they_say() {
        let none = Entities::default();
        assert_eq!(none.text("a &lt; b\r\nc\rd &nbsp;&"), "a < b\nc\nd &nbsp;&");
        assert_eq!(none.text("&#xD83D;&#56832;&#xD83D;x"), "\u{1f600}x");
        assert!(matches!(none.text("abc"), Cow::Borrowed("abc")));
    }

    #[test]
    fn internal_entities_have_their_values() {
        let entities = Entities::of(
            "<!DOCTYPE tmx SYSTEM \"tmx14.dtd\" [\n<!-- <!ENTITY no \"x\"> -->\n<!ENTITY city \"&#x628;غداد\">\
             <!ENTITY both '&city; &amp; &sea;'><!ENTITY sea \"البحر\"><!ENTITY city \"other\">\
             <!ENTITY far SYSTEM \"far.txt\"><!ENTITY % param \"p\"><!ENTITY round \"&round;\">]>",
        );
        assert_eq!(entities.value("city"), Some("بغداد"));
        assert_eq!(entities.value("both"), Some("بغداد & البحر"));
        for none in ["no", "far", "param", "%", "round"] {
            assert_eq!(entities.value(none), None, "{none}");
        }
        assert_eq!(Entities::of("<!DOCTYPE tmx SYSTEM 'x'>"), Entities::default());
    }

    #[test]
    fn what_would_swell_without_end_is_unknown() {
        let mut doctype = "<!DOCTYPE tmx [<!ENTITY a0 \"ha\">".to_owned();
        for level in 1..40 {
            let inner = format!("&a{};", level - 1).repeat(10);
            doctype.push_str(&format!("<!ENTITY a{level} \"{inner}\">"));
        }
        let entities = Entities::of(&(doctype + "]>"));
        assert_eq!(entities.value("a3").map(str::len), Some(2000));
        assert_eq!((entities.value("a4"), entities.value("a39")), (None, None));
    }
}
