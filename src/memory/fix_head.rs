//! Mending the head.

use crate::bitext::Lang;
use crate::tmx::SegType;

use super::check_head::is_exact_date;
use super::edits::Edits;
use super::fix_report::{FixOptions, FixReport};
use super::fix_unit::{read_date, respelt};
use super::frames::{Body, Head};
use super::head::{HeadView, REQUIRED, names_a_language};
use super::kind::Kind;
use super::output::head_text;
use super::refs::escaped;
use super::scan::{attributes, local_of, name_of};
use super::sound::{bound_in, fix_head_xml, fix_prefixes};
use super::unit::UnitView;

/// The head mended, and the source language it names from now on.
pub(super) fn fix(
    head: &Head,
    view: &HeadView,
    first: Option<&UnitView<'_>>,
    options: &FixOptions,
    report: &mut FixReport,
) -> (String, String) {
    let mut edits = Edits::default();
    if let Some(doctype) = view.doctype {
        let text = doctype.of(&head.text);
        let own = text.contains("<!ENTITY") || text.contains("<!ELEMENT") || text.contains('[');
        report.add(if own { Kind::DoctypeSubset } else { Kind::Doctype });
        let after = &head.text[doctype.end..];
        let line_end = after.len()
            - after.trim_start_matches([' ', '\r']).strip_prefix('\n').map_or(after.len(), str::len);
        edits.replace(doctype.start..doctype.end + line_end, "");
    }
    if let Some(label) = view.declared(head) {
        let named = encoding_rs::Encoding::for_label(label.as_bytes());
        let utf16 = |e: &'static encoding_rs::Encoding| e.name().starts_with("UTF-16");
        let actual = head.encodings.actual;
        if named.is_none_or(|n| n != actual && !(utf16(n) && utf16(actual))) {
            report.add(Kind::EncodingDeclaration);
        }
    }
    fix_root(head, view, &mut edits, report);
    if head.body == Body::Added {
        report.add(Kind::NoBody);
    }
    let lang = source_lang(head, view, first, options, report);
    fix_header(head, view, &lang, &mut edits, report);
    // Last, so that a value which was replaced whole stays replaced, and what goes whole counts once.
    fix_head_xml(head, view, &mut edits, report);
    // The namespaces of the outermost element go.
    let inner: Vec<_> =
        head.tokens.iter().filter(|t| Some(t.start) != view.root.map(|r| r.start)).copied().collect();
    let bound = bound_in(&head.text, &inner);
    fix_prefixes(&head.text, &head.tokens, &bound, &mut edits, report);
    (head_text(head, view, edits), lang)
}

/// The source language: that of the first unit's source text, as it is spelt there once mended.
fn source_lang(
    head: &Head,
    view: &HeadView,
    first: Option<&UnitView<'_>>,
    options: &FixOptions,
    report: &mut FixReport,
) -> String {
    let named = view.source_lang(head).trim();
    let usable = names_a_language(named);
    let of_unit = first.and_then(|unit| {
        let index = if usable { unit.source(named)? } else { 0 };
        Some(unit.variants.get(index)?.lang).filter(|lang| !lang.is_empty())
    });
    let spelt = |lang: &str| respelt(lang, options).unwrap_or_else(|| lang.to_owned());
    let lang = match of_unit {
        Some(lang) => spelt(lang),
        None if usable => spelt(named),
        None => "und".to_owned(),
    };
    if named == "*all*" {
        report.add(Kind::SrclangAll);
    } else if usable && lang != named {
        let kind = if named.parse::<Lang>().is_err() {
            Some(Kind::BadLang)
        } else if lang.eq_ignore_ascii_case(named) {
            Some(Kind::LangCase)
        } else if of_unit.is_some_and(|l| l != named) {
            Some(Kind::LangTagMismatch)
        } else {
            None
        };
        match kind {
            Some(kind) => report.add(kind),
            None => report.respelt += 1,
        }
    }
    lang
}

fn fix_root(head: &Head, view: &HeadView, edits: &mut Edits, report: &mut FixReport) {
    let Some(root) = view.root else { return };
    let tag = root.of(&head.text);
    let mut version = false;
    for attribute in attributes(tag).flatten() {
        let name = &tag[attribute.name.clone()];
        let moved = |r: std::ops::Range<usize>| r.start + root.start..r.end + root.start;
        if name == "version" {
            version = true;
            let value = &tag[attribute.value.clone()];
            if value != "1.4" {
                let old = matches!(value, "1.0" | "1.1" | "1.2" | "1.3");
                report.add(if old { Kind::OldVersion } else { Kind::BadVersion });
                edits.replace(moved(attribute.value), "1.4");
            }
        } else if name == "xmlns" || name.starts_with("xmlns:") {
            report.add(Kind::Namespace);
            edits.replace(moved(attribute.whole), "");
        } else if name.contains(':') && !name.starts_with("xml:") {
            // Its prefix goes with the namespace.
            edits.replace(moved(attribute.whole), "");
        }
    }
    if !version {
        report.add(Kind::BadVersion);
        edits.insert(root.start + 1 + name_of(tag).len(), " version=\"1.4\"");
    }
}

/// What a header says where it says nothing.
fn default_of<'d>(name: &str, lang: &'d str) -> &'d str {
    match name {
        "creationtool" => env!("CARGO_PKG_NAME"),
        "creationtoolversion" => env!("CARGO_PKG_VERSION"),
        "segtype" => "sentence",
        "adminlang" => "en",
        "srclang" => lang,
        "datatype" => "plaintext",
        _ => "unknown",
    }
}

fn fix_header(head: &Head, view: &HeadView, lang: &str, edits: &mut Edits, report: &mut FixReport) {
    let Some(header) = view.header else {
        report.add(Kind::NoHeader);
        let mut made = String::from("<header");
        for name in REQUIRED {
            made.push_str(&format!(" {name}=\"{}\"", escaped(default_of(name, lang))));
        }
        made.push_str("/>\n");
        // Before <body>; where the file has none, inside <tmx> all the same.
        let body = head.tokens.last().filter(|t| local_of(t.of(&head.text)) == "body").map(|t| t.start);
        edits.insert(body.or(view.root.map(|root| root.end)).unwrap_or(head.text.len()), made);
        return;
    };
    let mut added = String::new();
    for name in REQUIRED {
        match view.header_attribute(head, name) {
            None => added.push_str(&format!(" {name}=\"{}\"", escaped(default_of(name, lang)))),
            Some((value, range)) if value.trim().is_empty() => {
                edits.replace(range, escaped(default_of(name, lang)));
                report.add(Kind::HeaderAttribute);
            }
            Some((value, range)) if name == "segtype" => {
                let meant = SegType::from_name(value.trim()).unwrap_or(SegType::Sentence);
                if meant.name() != value {
                    report.add(Kind::BadSegtype);
                    edits.replace(range, meant.name());
                }
            }
            Some((value, range)) if name == "srclang" && value != lang => edits.replace(range, escaped(lang)),
            Some(_) => {}
        }
    }
    if !added.is_empty() {
        report.add(Kind::HeaderAttribute);
        edits.insert(header.start + 1 + name_of(header.of(&head.text)).len(), added);
    }
    let tag = header.of(&head.text);
    for attribute in attributes(tag).flatten() {
        let name = &tag[attribute.name.clone()];
        let value = &tag[attribute.value.clone()];
        let range = attribute.value.start + header.start..attribute.value.end + header.start;
        if matches!(name, "creationdate" | "changedate")
            && !is_exact_date(value)
            && let Some(date) = read_date(value)
        {
            report.add(Kind::DateFormat);
            edits.replace(range, date.to_string());
        }
    }
}
