//! A schema of the TMX we write: the TMX 1.4 DTD, and beyond it what real readers of TMX demand.

use quick_xml::events::Event;
use quick_xml::{Reader, XmlVersion};

/// An element with its attributes, children and own text.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Element>,
    pub(crate) text: String,
}

impl Element {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| &**v)
    }

    pub(crate) fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.children.iter().filter(move |c| c.name == name)
    }
}

/// Parses `file` and checks it; gives the root element, or panics with all that is wrong.
pub(crate) fn check(file: &str) -> Element {
    let mut wrong = Vec::new();
    if !file.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tmx") {
        wrong.push("it must begin with the XML declaration, without a mark and without a DOCTYPE".to_owned());
    }
    if let Some(c) = file.chars().find(|&c| !is_xml_character(c)) {
        wrong.push(format!("U+{:04X} is no character of XML 1.0", u32::from(c)));
    }
    let root = parse(file);
    attributes(&root, &["version"], &[], &mut wrong);
    let names: Vec<&str> = root.children.iter().map(|c| &*c.name).collect();
    if root.name != "tmx" || root.get("version") != Some("1.4") || names != ["header", "body"] {
        wrong.push(format!(
            "<{}> must be <tmx version=\"1.4\"> with <header> and <body>, not {names:?}",
            root.name
        ));
        panic!("{}", wrong.join("\n"));
    }
    let (header, body) = (&root.children[0], &root.children[1]);
    let required =
        ["creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"];
    attributes(header, &required, &["creationdate"], &mut wrong);
    children(header, &["note", "prop"], &mut wrong);
    children(body, &["tu"], &mut wrong);
    let source_lang = header.get("srclang").unwrap_or_default();
    if !matches!(header.get("segtype"), Some("sentence" | "paragraph" | "block" | "phrase")) {
        wrong.push("segtype must be one of the DTD's".to_owned());
    }
    for unit in &body.children {
        check_unit(unit, source_lang, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    root
}

fn check_unit(unit: &Element, source_lang: &str, wrong: &mut Vec<String>) {
    attributes(unit, &[], &["tuid", "creationdate", "changedate"], wrong);
    children(unit, &["note", "prop", "tuv"], wrong);
    let first_variant = unit.children.iter().position(|c| c.name == "tuv").unwrap_or(unit.children.len());
    if unit.children[first_variant..].iter().any(|c| c.name != "tuv") {
        wrong.push("notes and properties must stand before the variants".to_owned());
    }
    for prop in unit.all("prop") {
        attributes(prop, &["type"], &[], wrong);
        if !prop.get("type").is_some_and(|t| t.starts_with("x-")) {
            wrong.push(format!("property {:?} does not begin with x-", prop.get("type")));
        }
    }
    let variants: Vec<&Element> = unit.all("tuv").collect();
    if variants.len() != 2 || variants[0].get("xml:lang") != Some(source_lang) {
        wrong.push(
            "a unit must have two variants, the source first, with the srclang of the header".to_owned(),
        );
    }
    for variant in variants {
        attributes(variant, &["xml:lang"], &[], wrong);
        let segments: Vec<&Element> = variant.children.iter().collect();
        match &segments[..] {
            [segment] if segment.name == "seg" => {
                attributes(segment, &[], &[], wrong);
                children(segment, &[], wrong);
                if segment.text.trim().is_empty() {
                    wrong.push("a segment is empty".to_owned());
                }
            }
            _ => wrong.push("a variant must have one <seg>".to_owned()),
        }
    }
}

fn attributes(element: &Element, required: &[&str], allowed: &[&str], wrong: &mut Vec<String>) {
    for name in required.iter().filter(|n| element.get(n).is_none_or(str::is_empty)) {
        wrong.push(format!("<{}> lacks {name}", element.name));
    }
    for (name, value) in &element.attributes {
        if !required.contains(&&**name) && !allowed.contains(&&**name) {
            wrong.push(format!("<{}> must not have {name}", element.name));
        }
        if name.ends_with("date") && !is_date(value) {
            wrong.push(format!("{name} {value} is not YYYYMMDDThhmmssZ"));
        }
    }
}

fn children(element: &Element, allowed: &[&str], wrong: &mut Vec<String>) {
    for child in element.children.iter().filter(|c| !allowed.contains(&&*c.name)) {
        wrong.push(format!("<{}> must not hold <{}>", element.name, child.name));
    }
}

fn is_date(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    shape == "00000000T000000Z"
}

fn is_xml_character(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
}

fn parse(file: &str) -> Element {
    let mut reader = Reader::from_str(file);
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event().expect("well-formed XML");
        let empty = matches!(event, Event::Empty(_));
        match event {
            Event::Start(start) | Event::Empty(start) => {
                let attributes = start.attributes().map(|a| {
                    let a = a.expect("well-formed attributes");
                    let value = a.normalized_value(XmlVersion::Implicit1_0).expect("known entities");
                    (a.key.0.to_owned(), value.into_owned())
                });
                open.push(Element {
                    name: start.name().0.to_owned(),
                    attributes: attributes.collect(),
                    ..Element::default()
                });
                if empty {
                    close(&mut open);
                }
            }
            Event::End(_) => close(&mut open),
            Event::Text(text) => top(&mut open).text.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let c =
                    reference.resolve_char_ref().expect("a character").unwrap_or_else(|| match &*reference {
                        "amp" => '&',
                        "lt" => '<',
                        "gt" => '>',
                        "quot" => '"',
                        other => panic!("unexpected entity {other}"),
                    });
                top(&mut open).text.push(c);
            }
            Event::Eof => break,
            Event::Decl(_) => {}
            other => panic!("unexpected in a TMX of ours: {other:?}"),
        }
    }
    assert_eq!(open.len(), 1, "an element was not closed");
    let mut document = open.remove(0);
    assert_eq!(document.children.len(), 1, "one root element");
    document.children.remove(0)
}

fn top(open: &mut [Element]) -> &mut Element {
    open.last_mut().expect("the document itself stays open")
}

fn close(open: &mut Vec<Element>) {
    let element = open.pop().expect("an open element");
    top(open).children.push(element);
}
