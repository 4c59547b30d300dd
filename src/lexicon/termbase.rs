//! TBX, the exchange format of termbases: both the older form (`martif`) and ISO 30042:2019 (`tbx`).
//!
//! In: the text of the file. Out: a dictionary for each pair of languages. Guarantee: concepts read before
//! a fault in the XML are used; the fault is told with its line.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::bitext::Lang;
use crate::xml::{Allowance, Entities};

use super::dictionary::Dictionary;
use super::imported::{ImportedLexicon, LexiconError, LexiconNotice};

/// The dictionary of a pair of languages; made where there is none.
pub(super) fn dictionary<'d>(
    dictionaries: &'d mut BTreeMap<(Lang, Lang), Dictionary>,
    languages: &(Lang, Lang),
) -> &'d mut Dictionary {
    dictionaries.entry(languages.clone()).or_insert_with(|| Dictionary::new(Some(languages.clone())))
}

/// The name of the outermost element.
pub(super) fn root(text: &str) -> Result<String, LexiconError> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(start) | Event::Empty(start)) => return Ok(start.name().0.to_owned()),
            Ok(Event::Eof) => return Err(LexiconError::Empty),
            Ok(_) => {}
            Err(error) => return Err(broken(text, &reader, &error)),
        }
    }
}

fn broken(text: &str, reader: &Reader<&[u8]>, error: &quick_xml::Error) -> LexiconError {
    LexiconError::Xml { line: line_at(text, reader.error_position()), message: error.to_string() }
}

fn line_at(text: &str, offset: u64) -> usize {
    let end = (offset as usize).min(text.len());
    memchr::memchr_iter(b'\n', &text.as_bytes()[..end]).count() + 1
}

/// The lines of places that come in order.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn of(&mut self, offset: u64) -> usize {
        let end = (offset as usize).clamp(self.at, self.text.len());
        self.line += memchr::memchr_iter(b'\n', &self.text.as_bytes()[self.at..end]).count();
        self.at = end;
        self.line
    }
}

/// A concept being read: its terms with their languages.
#[derive(Default)]
struct Concept {
    line: usize,
    terms: Vec<(Lang, String)>,
}

/// Reads a termbase.
pub(super) fn import(text: &str) -> Result<ImportedLexicon, LexiconError> {
    let found = root(text)?;
    if !matches!(&*found, "martif" | "tbx") {
        return Err(LexiconError::UnknownXml { found });
    }
    let mut out = ImportedLexicon { format: "TBX", ..Default::default() };
    let mut dictionaries = BTreeMap::new();
    let mut reader = Reader::from_str(text);
    let mut lines = Lines { text, at: 0, line: 1 };
    let mut concept = Concept::default();
    let mut language: Option<Lang> = None;
    let mut term: Option<String> = None;
    let (mut entities, mut allowance, mut skip) = (Entities::default(), Allowance::default(), false);
    loop {
        let event = match reader.read_event() {
            Ok(_) if std::mem::take(&mut skip) => continue,
            Ok(event) => event,
            Err(error) if out.entries == 0 => return Err(broken(text, &reader, &error)),
            Err(error) => {
                let line = line_at(text, reader.error_position());
                out.notices.push(LexiconNotice {
                    line,
                    message: format!("broken XML, reading stops here: {error}"),
                });
                break;
            }
        };
        match event {
            Event::Start(start) => match start.name().0 {
                "termEntry" | "conceptEntry" => {
                    concept = Concept { line: lines.of(reader.buffer_position()), terms: Vec::new() };
                }
                "langSet" | "langSec" => {
                    language = language_of(&start);
                    if language.is_none() {
                        let line = lines.of(reader.buffer_position());
                        let message = format!("<{}> without a well-formed xml:lang", start.name().0);
                        out.notices.push(LexiconNotice { line, message });
                    }
                }
                "term" => term = Some(String::new()),
                _ => {}
            },
            Event::End(end) => match end.name().0 {
                "term" => {
                    let spelling =
                        term.take().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
                    if let Some(language) = language.as_ref().filter(|_| !spelling.is_empty()) {
                        concept.terms.push((language.clone(), spelling));
                    }
                }
                "langSet" | "langSec" => language = None,
                "termEntry" | "conceptEntry" => {
                    finish(&std::mem::take(&mut concept), &mut dictionaries, &mut out);
                }
                _ => {}
            },
            Event::Text(content) => push(&mut term, &content.xml10_content()),
            Event::CData(content) => push(&mut term, &content.xml10_content()),
            Event::GeneralRef(reference) => {
                let at = (reader.buffer_position() as usize).min(text.len());
                match entities.resolve(&reference, &text[at..], &mut allowance) {
                    Ok((meant, more)) => {
                        push(&mut term, &meant);
                        // The other half of a character is a reference of its own.
                        skip = more > 0;
                    }
                    Err(why) => {
                        push(&mut term, " ");
                        let line = lines.of(reader.buffer_position());
                        out.notices
                            .push(LexiconNotice { line, message: format!("{why}; a blank stands for it") });
                    }
                }
            }
            Event::DocType(declared) => entities = Entities::of(&declared),
            Event::Eof => break,
            _ => {}
        }
    }
    out.dictionaries = dictionaries.into_values().collect();
    Ok(out)
}

/// Adds to the term being read, if there is one.
fn push(term: &mut Option<String>, text: &str) {
    if let Some(term) = term {
        term.push_str(text);
    }
}

fn language_of(start: &BytesStart<'_>) -> Option<Lang> {
    let attribute =
        start.attributes().filter_map(Result::ok).find(|a| matches!(a.key.0, "xml:lang" | "lang"))?;
    let tag: Lang = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.parse().ok()?;
    tag.primary().parse().ok()
}

/// Terms of a concept at most: each is paired with each.
const MOST_TERMS: usize = 256;

/// Pairs each term with each of another language.
fn finish(
    concept: &Concept,
    dictionaries: &mut BTreeMap<(Lang, Lang), Dictionary>,
    out: &mut ImportedLexicon,
) {
    if concept.terms.len() > MOST_TERMS {
        let message = format!("a concept of {} terms; up to {MOST_TERMS} are paired", concept.terms.len());
        out.notices.push(LexiconNotice { line: concept.line, message });
        return;
    }
    let mut used = false;
    for (index, (first_lang, first)) in concept.terms.iter().enumerate() {
        for (second_lang, second) in &concept.terms[index + 1..] {
            let (a, b) = if first_lang <= second_lang {
                ((first_lang, first), (second_lang, second))
            } else {
                ((second_lang, second), (first_lang, first))
            };
            if a.0 != b.0 {
                dictionary(dictionaries, &(a.0.clone(), b.0.clone())).add(a.1, b.1, 1.0);
                used = true;
            }
        }
    }
    if used {
        out.entries += 1;
    } else {
        let message = "a concept without terms in two languages".to_owned();
        out.notices.push(LexiconNotice { line: concept.line, message });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arabic_of(text: &str, word: &str) -> Vec<String> {
        let lexicon = import(text).unwrap();
        lexicon.dictionaries.iter().flat_map(|d| d.translations(word)).map(|t| t.term).collect()
    }

    #[test]
    fn both_forms_are_read() {
        let old = "<?xml version='1.0'?><!DOCTYPE martif SYSTEM 'TBXcoreStructV02.dtd'><martif type='TBX'><text><body>\
            <termEntry><langSet xml:lang='en'><tig><term>treaty</term></tig></langSet>\
            <langSet xml:lang='ar'><ntig><termGrp><term>معاهدة</term></termGrp></ntig></langSet></termEntry>\
            </body></text></martif>";
        assert_eq!(arabic_of(old, "treaty"), ["معاهده"]);
        let new = "<tbx xmlns='urn:iso:std:iso:30042:ed-2' type='TBX-Core' style='dca' xml:lang='en'><text><body>\
            <conceptEntry id='c1'><langSec xml:lang='en-US'><termSec><term>treaty</term></termSec></langSec>\
            <langSec xml:lang='ar'><termSec><term>معاهدة</term></termSec></langSec></conceptEntry></body></text></tbx>";
        assert_eq!(arabic_of(new, "treaty"), ["معاهده"]);
    }

    #[test]
    fn references_stand_for_what_they_mean_or_are_told() {
        let text = "<!DOCTYPE tbx [<!ENTITY pact 'treaty'>]>\n<tbx><conceptEntry><langSec xml:lang='en'><termSec>\
            <term>&pact;</term></termSec></langSec>\n<langSec xml:lang='ar'><termSec><term>معا&#1607;دة&none;&#55357;&#56534;</term>\
            </termSec></langSec></conceptEntry></tbx>";
        assert_eq!(arabic_of(text, "treaty"), ["معاهده"]);
        let notices = import(text).unwrap().notices;
        assert_eq!(notices.len(), 1);
        assert_eq!(
            (notices[0].line, &*notices[0].message),
            (3, "unknown entity &none;; a blank stands for it")
        );
    }

    #[test]
    fn a_concept_of_very_many_terms_is_told_and_not_paired() {
        let term = |k: usize| {
            format!(
                "<langSec xml:lang='{}'><termSec><term>w{k}</term></termSec></langSec>",
                ["en", "fr"][k % 2]
            )
        };
        let concept = |count: usize| {
            format!("<conceptEntry>{}</conceptEntry>\n", (0..count).map(term).collect::<String>())
        };
        let lexicon =
            import(&format!("<tbx>\n{}{}</tbx>", concept(MOST_TERMS), concept(MOST_TERMS + 1))).unwrap();
        assert_eq!(lexicon.entries, 1);
        insta::assert_snapshot!(lexicon.notices[0].message, @"a concept of 257 terms; up to 256 are paired");
        assert_eq!(lexicon.notices[0].line, 3);
    }

    #[test]
    fn a_concept_in_one_language_is_told_with_its_line() {
        let text = "<tbx>\n<conceptEntry>\n<langSec xml:lang='en'><termSec><term>a</term></termSec></langSec>\n</conceptEntry>\n\
            <conceptEntry><langSec xml:lang='en'><termSec><term>sun</term></termSec></langSec>\
            <langSec xml:lang='fr'><termSec><term>soleil</term></termSec></langSec></conceptEntry>\n</tbx";
        let lexicon = import(text).unwrap();
        assert_eq!(lexicon.entries, 1);
        assert_eq!(lexicon.notices[0].line, 2);
        assert_eq!(lexicon.notices.len(), 2, "{:?}", lexicon.notices);
    }
}
