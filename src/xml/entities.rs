//! The entities that a DOCTYPE declares within the file itself.
//!
//! In: the text of a DOCTYPE. Out: what each name stands for. Guarantee: nothing is fetched; a value refers to others at
//! most [`DEEPEST`] deep and is at most [`LONGEST`] bytes long, or the entity has no value and says why.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::refs::{Reference, joined, named, reference, references};

/// How deep values may refer to others.
const DEEPEST: usize = 8;

/// Bytes of a value, at most.
const LONGEST: usize = 1 << 12;

/// Entities that are remembered, at most.
const MOST: usize = 1 << 10;

/// Why a reference stands for nothing. Each says the reference as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoMeaning {
    /// Nothing declares it.
    #[error("unknown entity &{0};")]
    Unknown(String),
    /// It stands in another file.
    #[error("the entity &{0}; stands in another file, which is never fetched")]
    Elsewhere(String),
    /// It holds elements.
    #[error("the entity &{0}; holds elements, which are read where they stand in the text alone")]
    Elements(String),
    /// It refers to itself, too deep, or is too long.
    #[error(
        "the entity &{0}; refers to itself, or to others more than {DEEPEST} deep, or is longer than {LONGEST} bytes"
    )]
    Swells(String),
    /// Its value refers to what has no meaning.
    #[error("the entity &{0}; refers to &{1};, which is not known")]
    Broken(String, String),
    /// All entities together make the file too large.
    #[error("the entities make the file too large, at &{0};")]
    TooMuch(String),
    /// XML has no place for the character.
    #[error("&#x{0:X}; is no character of XML")]
    Illegal(u32),
    /// An `&` that begins no reference.
    #[error("an & that is not written &amp;")]
    Bare,
}

/// Why an entity has no value; its name is known where it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Fault {
    Elsewhere,
    Elements,
    Swells,
    Broken(String),
}

/// How much entities may still add to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Allowance {
    left: usize,
}

/// How many times as long as its reference a value may be before it counts.
const FREE: usize = 16;

impl Default for Allowance {
    /// 16 MiB.
    fn default() -> Self {
        Self { left: 16 << 20 }
    }
}

impl Allowance {
    /// Counts `value` in place of a reference of so many bytes; whether there was room for it.
    pub(crate) fn take(&mut self, value: &str, written: usize) -> bool {
        let more = value.len().saturating_sub(written * FREE);
        let left = self.left.checked_sub(more);
        self.left = left.unwrap_or(0);
        left.is_some()
    }
}

/// Entities and their values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Entities {
    values: BTreeMap<String, Result<String, Fault>>,
}

impl Entities {
    /// Those that `doctype` declares; of two of one name the first counts, as XML has it.
    pub(crate) fn of(doctype: &str) -> Self {
        let mut written: BTreeMap<&str, Option<String>> = BTreeMap::new();
        let mut rest = doctype.split_once('[').map_or("", |(_, subset)| subset);
        while let Some(at) = rest.find("<!") {
            rest = &rest[at..];
            if let Some(comment) = rest.strip_prefix("<!--") {
                rest = comment.split_once("-->").map_or("", |(_, after)| after);
                continue;
            }
            let declaration = rest.strip_prefix("<!ENTITY");
            rest = &rest[2..];
            if let Some((name, value, after)) = declaration.and_then(declared) {
                rest = after;
                if written.len() < MOST {
                    written.entry(name).or_insert_with(|| value.map(replacement));
                }
            }
        }
        let values = written.keys().map(|name| {
            let mut value = String::new();
            let expanded = expand(name, &written, DEEPEST, &mut value);
            ((*name).to_owned(), expanded.map(|()| value))
        });
        Self { values: values.collect() }
    }

    /// What `name` stands for.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.values.get(name)?.as_deref().ok()
    }

    /// What a reference stands for, of which `name` stands between `&` and `;`, and how many bytes of what is `after` it
    /// belong to it: the other half of a character, where it is one of the halves that UTF-16 has for it.
    pub(crate) fn resolve(
        &self,
        name: &str,
        after: &str,
        allowance: &mut Allowance,
    ) -> Result<(Cow<'_, str>, usize), NoMeaning> {
        let whole = |c: char| Cow::Owned(c.to_string());
        match named(name) {
            Reference::Char(c) | Reference::Pair(c) => Ok((whole(c), 0)),
            Reference::Illegal(code) => match reference(after) {
                (length, Reference::Illegal(low)) => {
                    joined(code, low).map(|c| (whole(c), length)).ok_or(NoMeaning::Illegal(code))
                }
                _ => Err(NoMeaning::Illegal(code)),
            },
            Reference::Unknown(name) => {
                let value = self.known(name)?;
                if allowance.take(value, name.len() + 2) {
                    Ok((Cow::Borrowed(value), 0))
                } else {
                    Err(NoMeaning::TooMuch(name.to_owned()))
                }
            }
            Reference::Bare => Err(NoMeaning::Unknown(name.to_owned())),
        }
    }

    /// The value of an attribute that is written as `raw`: references resolved, white space as blanks.
    pub(crate) fn attribute(&self, raw: &str, allowance: &mut Allowance) -> Result<String, NoMeaning> {
        let blanks = |text: &str| text.replace("\r\n", " ").replace(['\t', '\n', '\r'], " ");
        let mut out = String::with_capacity(raw.len());
        let mut done = 0;
        for (range, reference) in references(raw) {
            out.push_str(&blanks(&raw[done..range.start]));
            done = range.end;
            match reference {
                Reference::Char(c) | Reference::Pair(c) => out.push(c),
                Reference::Illegal(code) => return Err(NoMeaning::Illegal(code)),
                Reference::Bare => return Err(NoMeaning::Bare),
                Reference::Unknown(name) => out.push_str(&blanks(&self.resolve(name, "", allowance)?.0)),
            }
        }
        out.push_str(&blanks(&raw[done..]));
        Ok(out)
    }

    fn known(&self, name: &str) -> Result<&str, NoMeaning> {
        let name = || name.to_owned();
        match self.values.get(&name()) {
            Some(Ok(value)) => Ok(value),
            None => Err(NoMeaning::Unknown(name())),
            Some(Err(Fault::Elsewhere)) => Err(NoMeaning::Elsewhere(name())),
            Some(Err(Fault::Elements)) => Err(NoMeaning::Elements(name())),
            Some(Err(Fault::Swells)) => Err(NoMeaning::Swells(name())),
            Some(Err(Fault::Broken(inner))) => Err(NoMeaning::Broken(name(), inner.clone())),
        }
    }

    /// What `text` means: references resolved (unknown ones and bare `&` stay as they stand, and so do entities once they
    /// have made the text much longer; those to characters that XML has no place for are nothing), line ends as line
    /// feeds.
    pub(crate) fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if memchr::memchr2(b'&', b'\r', text.as_bytes()).is_none() {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        let mut allowance = Allowance::default();
        for (range, reference) in references(text) {
            let Some(meant) = self.meaning(reference) else { continue };
            if !allowance.take(&meant, range.len()) {
                continue;
            }
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

/// Name and value of a declaration, from after `<!ENTITY` on, and what follows; no value for one that stands in another
/// file, and nothing for parameter entities.
fn declared(text: &str) -> Option<(&str, Option<&str>, &str)> {
    let text = text.strip_prefix(char::is_whitespace)?.trim_start();
    let (name, rest) = text.split_once(char::is_whitespace)?;
    let rest = rest.trim_start();
    if name == "%" {
        return None;
    }
    match rest.chars().next()? {
        quote @ ('"' | '\'') => {
            let (value, after) = rest[1..].split_once(quote)?;
            Some((name, Some(value), after))
        }
        _ => Some((name, None, rest)),
    }
}

/// What takes the place of an entity with this value: characters written as references are themselves, entities stay.
fn replacement(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut done = 0;
    for (range, reference) in references(value) {
        if let (Reference::Char(c) | Reference::Pair(c), Some(b'#')) =
            (reference, value.as_bytes().get(range.start + 1))
        {
            out.push_str(&value[done..range.start]);
            out.push(c);
            done = range.end;
        }
    }
    out.push_str(&value[done..]);
    out
}

/// Appends the value of `name`, with all that it refers to.
fn expand(
    name: &str,
    written: &BTreeMap<&str, Option<String>>,
    depth: usize,
    out: &mut String,
) -> Result<(), Fault> {
    let depth = depth.checked_sub(1).ok_or(Fault::Swells)?;
    let value = match written.get(name) {
        None => return Err(Fault::Broken(name.to_owned())),
        Some(None) => return Err(Fault::Elsewhere),
        Some(Some(value)) => value,
    };
    let mut markup = memchr::memchr_iter(b'<', value.as_bytes());
    if markup.any(|at| value[at + 1..].starts_with(|c: char| c.is_alphabetic() || "/!?_:".contains(c))) {
        return Err(Fault::Elements);
    }
    let mut done = 0;
    for (range, reference) in references(value) {
        out.push_str(&value[done..range.start]);
        done = range.end;
        match reference {
            Reference::Char(c) | Reference::Pair(c) => out.push(c),
            Reference::Unknown(inner) => expand(inner, written, depth, out)?,
            // It was written as a reference, and means itself.
            Reference::Bare => out.push_str(&value[range]),
            Reference::Illegal(_) => {
                return Err(Fault::Broken(value[range].trim_matches(['&', ';']).to_owned()));
            }
        }
        if out.len() > LONGEST {
            return Err(Fault::Swells);
        }
    }
    out.push_str(&value[done..]);
    if out.len() > LONGEST { Err(Fault::Swells) } else { Ok(()) }
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
        assert_eq!(entities.known("a39"), Err(NoMeaning::Swells("a39".to_owned())));
    }

    #[test]
    fn what_has_no_value_says_why() {
        let entities = Entities::of(
            "<!DOCTYPE x [<!ENTITY far PUBLIC '-//x' \"far.txt\"><!ENTITY tag '<b>x</b>'><!ENTITY made '&#60;b/>'>\
             <!ENTITY less 'a &#60; b &lt;c> &#38; &#38;#60;d'><!ENTITY hole 'x &none;'><!ENTITY شركة 'النيل'>\
             <!ENTITY % p '<!ENTITY inner \"no\">'><!ENTITY face '&#xD83D;&#56832;'><!ENTITY half '&#xD83D;'>]>",
        );
        let why = |name: &str| entities.known(name).unwrap_err().to_string();
        insta::assert_snapshot!(why("far"), @"the entity &far; stands in another file, which is never fetched");
        for name in ["tag", "made"] {
            assert_eq!(entities.known(name), Err(NoMeaning::Elements(name.to_owned())));
        }
        insta::assert_snapshot!(why("hole"), @"the entity &hole; refers to &none;, which is not known");
        insta::assert_snapshot!(why("half"), @"the entity &half; refers to &#xD83D;, which is not known");
        assert_eq!(entities.value("less"), Some("a < b <c> & <d"));
        assert_eq!((entities.value("شركة"), entities.value("face")), (Some("النيل"), Some("\u{1f600}")));
    }

    #[test]
    fn references_are_resolved_one_by_one() {
        let entities = Entities::of("<!DOCTYPE x [<!ENTITY firm 'Nil\n&amp; Co'>]>");
        let mut allowance = Allowance::default();
        let mut of = |name: &str, after: &str| {
            let found = entities.resolve(name, after, &mut allowance);
            found.map(|(text, more)| (text.into_owned(), more)).map_err(|e| e.to_string())
        };
        assert_eq!(of("firm", ""), Ok(("Nil\n& Co".to_owned(), 0)));
        assert_eq!(of("#x628", ""), Ok(("ب".to_owned(), 0)));
        assert_eq!(of("#55357", "&#56832; x"), Ok(("\u{1f600}".to_owned(), 8)));
        for (name, after) in [("#55357", " &#56832;"), ("#56832", "&#55357;"), ("#0", ""), ("#xFFFE", "")] {
            assert!(of(name, after).unwrap_err().ends_with("is no character of XML"), "{name}");
        }
        let attribute = |raw: &str| entities.attribute(raw, &mut Allowance::default());
        assert_eq!(
            attribute("a\r\n&firm;\t&#10;&#xD83D;&#xDE00;&lt;"),
            Ok("a Nil & Co \n\u{1f600}<".to_owned())
        );
        assert_eq!(attribute("a & b"), Err(NoMeaning::Bare));
        assert_eq!(attribute("&none;"), Err(NoMeaning::Unknown("none".to_owned())));
    }

    #[test]
    fn all_entities_together_are_bounded() {
        let entities = Entities::of(&format!("<!DOCTYPE x [<!ENTITY a '{}'>]>", "x".repeat(4000)));
        let mut allowance = Allowance::default();
        let passed = (0..1 << 20).take_while(|_| entities.resolve("a", "", &mut allowance).is_ok()).count();
        assert_eq!(passed, (16 << 20) / (4000 - 3 * FREE));
        assert_eq!(entities.resolve("a", "", &mut allowance), Err(NoMeaning::TooMuch("a".to_owned())));
        let text = entities.text(&"&a;".repeat(10_000)).into_owned();
        assert!(text.len() < 20 << 20 && text.ends_with("&a;"), "{}", text.len());
    }
}
