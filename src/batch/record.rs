//! The records of `pipe`: one line of JSON in, one line of JSON out. `docs/batch.md` has the schema.
//!
//! In: a line. Out: a line, with the alignment or with what is wrong. Guarantee: every line gets an answer;
//! segment indices are those of the lists given; the same line always gets the same answer.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::str::FromStr;

use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::figures::{Figures, figures};
use super::settings::Settings;
use crate::bitext::{Alignment, Bitext, Block, BlockKind, Document, Lang, Sides, TextSpan};
use crate::export::{self, BeadView};
use crate::pipeline::{self, AlignOptions, Prepared};
use crate::read;
use crate::segment::{SegmentOptions, check_script};

/// How much an answer holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Detail {
    /// Indices, type and confidence of each bead.
    Beads,
    /// Its texts as well.
    #[default]
    Texts,
    /// Evidence and doubts as well: what the format `jsonl` has.
    Evidence,
}

/// What holds for all records.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct RecordOptions {
    /// Languages of records that name none; `None` detects them.
    pub languages: Sides<Option<Lang>>,
    /// Options of records that set none.
    pub align: AlignOptions,
    /// How to cut running text.
    pub segment: SegmentOptions,
    /// Settings of records that have none of their own.
    pub settings: Settings,
    /// How much an answer holds.
    pub detail: Detail,
    /// Pairs less sure than this, from 0 to 1, are left out of the answer.
    pub min_confidence: Option<f64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record<'a> {
    #[serde(borrow, default)]
    id: Option<&'a RawValue>,
    #[serde(borrow)]
    source: Text<'a>,
    #[serde(borrow)]
    target: Text<'a>,
    #[serde(default)]
    source_lang: Option<String>,
    #[serde(default)]
    target_lang: Option<String>,
    #[serde(default)]
    options: Option<Settings>,
}

/// A document: running text, or its segments.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "source and target must each be a text or a list of segments")]
enum Text<'a> {
    Running(#[serde(borrow)] Cow<'a, str>),
    Segments(#[serde(borrow)] Vec<Cow<'a, str>>),
}

#[derive(Debug, Serialize)]
struct Failed<'a> {
    /// As it came, byte for byte.
    id: Option<&'a RawValue>,
    line: u64,
    error: &'a str,
}

#[derive(Debug, Serialize)]
struct Head<'a> {
    /// As it came, byte for byte.
    id: Option<&'a RawValue>,
    source_lang: &'a str,
    target_lang: &'a str,
    /// Only where there is anything to say.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    warnings: &'a [String],
    figures: &'a Figures,
}

#[derive(Debug, Serialize)]
struct BeadOut<'a> {
    source: &'a [usize],
    target: &'a [usize],
    #[serde(skip_serializing_if = "Option::is_none")]
    source_text: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target_text: Option<Cow<'a, str>>,
    #[serde(rename = "type")]
    bead_type: String,
    confidence: Option<f64>,
    crossing: bool,
}

/// An answer to a record.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer {
    /// The line of JSON, with its line feed.
    pub line: Vec<u8>,
    /// Whether it tells what is wrong with the record, instead of an alignment.
    pub failed: bool,
    /// Pairs left out of it, being less sure than asked for.
    pub left_out: usize,
}

/// The answer to the record on line `line` (from 1).
pub fn answer(record: &[u8], line: u64, options: &RecordOptions) -> Answer {
    // A mistake of the program in one record must not cost the others.
    let tried = catch_unwind(AssertUnwindSafe(|| try_answer(record, options)))
        .unwrap_or_else(|_| Err("the program failed on this record; please report it".to_owned()));
    match tried {
        Ok((line, left_out)) => Answer { line: one_line(line), failed: false, left_out },
        Err(error) => Answer { line: failed(record, line, &error), failed: true, left_out: 0 },
    }
}

/// The answer that tells what is wrong with the record on line `line`, with its id if it can be found.
pub(super) fn failed(record: &[u8], line: u64, error: &str) -> Vec<u8> {
    let mut id = None;
    let mut json = serde_json::Deserializer::from_slice(record);
    // What follows the id may be broken.
    let _ = json.deserialize_map(FindId(&mut id));
    let mut out = serde_json::to_vec(&Failed { id, line, error }).unwrap_or_default();
    out.push(b'\n');
    one_line(out)
}

/// The answer `line` without line feeds before its end: only an id has any, where a record holds several lines, as blanks
/// between its parts.
fn one_line(mut line: Vec<u8>) -> Vec<u8> {
    if let Some((_, answer)) = line.split_last_mut() {
        for byte in answer.iter_mut().filter(|byte| **byte == b'\n') {
            *byte = b' ';
        }
    }
    line
}

/// Keeps a record's id, whatever becomes of the rest.
struct FindId<'i, 'de>(&'i mut Option<&'de RawValue>);

impl<'de> Visitor<'de> for FindId<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            if key == "id" {
                *self.0 = Some(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// The answer, and how many pairs it leaves out.
fn try_answer(record: &[u8], options: &RecordOptions) -> Result<(Vec<u8>, usize), String> {
    if matches!(record.trim_ascii_start().first(), Some(b'[' | b'"' | b'0'..=b'9' | b'-')) {
        return Err("a record is a JSON object".to_owned());
    }
    let record: Record<'_> = serde_json::from_slice(record).map_err(|e| syntax(&e))?;
    let settings = match &record.options {
        Some(own) => own.over(&options.settings),
        None => options.settings.clone(),
    };
    let lang = |said: Option<&String>, base: &Option<Lang>| match said {
        Some(tag) => Lang::from_str(tag).map(Some).map_err(|e| e.to_string()),
        None => Ok(base.clone()),
    };
    let source_lang = lang(record.source_lang.as_ref(), &options.languages.source)?;
    let target_lang = lang(record.target_lang.as_ref(), &options.languages.target)?;
    let source = prepare("source", record.source, source_lang.as_ref(), &settings, &options.segment)?;
    let target = prepare("target", record.target, target_lang.as_ref(), &settings, &options.segment)?;
    let indices = Sides::new(source.indices, target.indices);
    let warnings: Vec<String> = source.warning.into_iter().chain(target.warning).collect();
    let bitext = pipeline::bitext(Sides::new(source.prepared, target.prepared));
    let alignment =
        pipeline::align(&bitext, &settings.align_options(&options.align)).map_err(|e| e.to_string())?;
    let written =
        write(record.id, &bitext, &alignment, &indices, &warnings, options).map_err(|e| e.to_string())?;
    Ok((written, export::left_out(&alignment, options.min_confidence)))
}

/// What serde says, without the position in the line, which says nothing where records are long, but for
/// broken JSON.
fn syntax(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let bare = message.strip_suffix(&place).unwrap_or(&message);
    match error.classify() {
        serde_json::error::Category::Data => bare.to_owned(),
        _ => format!("not JSON: {bare} at column {}", error.column()),
    }
}

struct Given {
    prepared: Prepared,
    /// What is odd about the text.
    warning: Option<String>,
    /// The index of each segment in the list given; `None` where they are the same.
    indices: Option<Vec<usize>>,
}

fn prepare(
    side: &str,
    text: Text<'_>,
    lang: Option<&Lang>,
    settings: &Settings,
    cutting: &SegmentOptions,
) -> Result<Given, String> {
    let (document, indices) = match text {
        Text::Segments(segments) => listed(&segments),
        Text::Running(text) if settings.presegmented == Some(true) => {
            let document = read::plain::presegmented(text.into_owned())
                .map_err(|empty| format!("{side}: line {} is empty", empty.0))?;
            (document, None)
        }
        Text::Running(text) => (read::plain::document(text.into_owned()), None),
    };
    if document.blocks().is_empty() {
        return Err(format!("{side}: there is no text"));
    }
    // The other records of a corpus go on, so that it is no error.
    let wrong = lang.and_then(|lang| check_script(document.text(), lang).err());
    let warning = wrong.map(|wrong| format!("{side}: {wrong}"));
    Ok(Given { prepared: pipeline::prepare(document, lang, cutting), warning, indices })
}

/// A document of the segments given; those without text are left out, and the indices say which remain.
fn listed(segments: &[Cow<'_, str>]) -> (Document, Option<Vec<usize>>) {
    let (mut text, mut blocks, mut indices) = (String::new(), Vec::new(), Vec::new());
    for (index, segment) in segments.iter().enumerate() {
        let trimmed = segment.trim();
        if !trimmed.is_empty() {
            let start = text.len();
            text.push_str(trimmed);
            blocks.push(Block { span: TextSpan::new(start, text.len()), kind: BlockKind::Presegmented });
            text.push('\n');
            indices.push(index);
        }
    }
    let all = indices.len() == segments.len();
    (Document::of_blocks(text, blocks), (!all).then_some(indices))
}

fn write(
    id: Option<&RawValue>,
    bitext: &Bitext,
    alignment: &Alignment,
    indices: &Sides<Option<Vec<usize>>>,
    warnings: &[String],
    options: &RecordOptions,
) -> io::Result<Vec<u8>> {
    let figures = figures(bitext, alignment);
    let head = Head {
        id,
        source_lang: bitext.languages.source.as_str(),
        target_lang: bitext.languages.target.as_str(),
        warnings,
        figures: &figures,
    };
    let mut out = serde_json::to_vec(&head)?;
    // The list is written bead by bead, into the object's end.
    out.pop();
    out.extend_from_slice(b",\"beads\":[");
    for (number, bead) in export::sure_views(bitext, alignment, options.min_confidence).enumerate() {
        if number > 0 {
            out.push(b',');
        }
        write_bead(bead, indices, options.detail, &mut out)?;
    }
    out.write_all(b"]}\n")?;
    Ok(out)
}

fn write_bead(
    mut bead: BeadView<'_>,
    indices: &Sides<Option<Vec<usize>>>,
    detail: Detail,
    out: &mut Vec<u8>,
) -> io::Result<()> {
    let given = |own: &Option<Vec<usize>>, range: Range<usize>| match own {
        Some(list) => list[range].to_vec(),
        None => range.collect(),
    };
    let source = given(&indices.source, bead.segments.source.clone());
    let target = given(&indices.target, bead.segments.target.clone());
    if detail == Detail::Evidence {
        // The record of the format `jsonl`.
        let mut line = Vec::new();
        export::jsonl::write([bead], &mut line)?;
        let mut record: Map<String, Value> = serde_json::from_slice(&line)?;
        record.insert("source".to_owned(), source.into());
        record.insert("target".to_owned(), target.into());
        return Ok(serde_json::to_writer(out, &record)?);
    }
    let texts = detail == Detail::Texts;
    let record = BeadOut {
        source: &source,
        target: &target,
        source_text: texts.then(|| std::mem::take(&mut bead.texts.source)),
        target_text: texts.then(|| std::mem::take(&mut bead.texts.target)),
        bead_type: bead.bead_type().to_string(),
        confidence: bead.confidence,
        crossing: bead.crossing,
    };
    Ok(serde_json::to_writer(out, &record)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer_to(record: &str, detail: Detail) -> String {
        let options = RecordOptions { detail, ..RecordOptions::default() };
        String::from_utf8(answer(record.as_bytes(), 7, &options).line).unwrap()
    }

    #[test]
    fn an_answer_is_a_line_whatever_lines_the_record_has() {
        let id = "{\"a\"\n:\n[\"1\\n2\",\t3]}";
        for rest in ["\"source\": \"نعم.\", \"target\": \"Yes.\"", "\"source\": 1,"] {
            let answer = answer_to(&format!("{{\n\"id\": {id},\n{rest}}}"), Detail::Texts);
            assert!(answer.starts_with("{\"id\":{\"a\" : [\"1\\n2\",\t3]},"), "{answer}");
            assert_eq!(answer.find('\n'), Some(answer.len() - 1), "{answer}");
        }
    }

    #[test]
    fn running_text_is_cut_and_aligned() {
        let record = r#"{"id": "a/1", "source": "التقى الوزيران في بغداد.\nناقش الوفدان ستة ملفات.", "target": "The ministers met in Baghdad.\nThe delegations discussed six files."}"#;
        let answer: Value = serde_json::from_str(&answer_to(record, Detail::Texts)).unwrap();
        assert_eq!(answer["id"], "a/1");
        assert_eq!((&answer["source_lang"], &answer["target_lang"]), (&"ar".into(), &"en".into()));
        assert_eq!(answer["figures"]["beads"], 2);
        assert_eq!(answer["beads"][1]["target_text"], "The delegations discussed six files.");
        assert_eq!(answer["beads"][1]["source"], serde_json::json!([1]));
    }

    #[test]
    fn indices_are_those_of_the_lists_given_although_some_segments_are_empty() {
        let record = r#"{"id": 3, "source": ["", "في 12 مايو 2020", " "], "target": ["On 12 May 2020", ""], "source_lang": "ar", "target_lang": "en"}"#;
        for detail in [Detail::Beads, Detail::Evidence] {
            let answer: Value = serde_json::from_str(&answer_to(record, detail)).unwrap();
            assert_eq!(answer["beads"][0]["source"], serde_json::json!([1]));
            assert_eq!(answer["beads"][0]["target"], serde_json::json!([0]));
            assert_eq!(answer["beads"][0]["source_text"].is_null(), detail == Detail::Beads);
            assert_eq!(answer["beads"][0]["evidence"].is_null(), detail == Detail::Beads);
        }
    }

    #[test]
    fn a_script_in_which_the_named_language_is_not_written_is_told() {
        let record = r#"{"source": "التقى الوزيران في بغداد يوم الخميس", "target": "The ministers met in Baghdad", "source_lang": "en", "target_lang": "en"}"#;
        let answer: Value = serde_json::from_str(&answer_to(record, Detail::Beads)).unwrap();
        let told =
            serde_json::json!(["source: the text is in Arabic letters, and en is not written in these"]);
        assert_eq!(answer["warnings"], told);
        assert_eq!(answer["source_lang"], "en", "it stays as it was named");
        let right = record.replace(r#""source_lang": "en""#, r#""source_lang": "ar""#);
        assert!(!answer_to(&right, Detail::Beads).contains("warnings"));
    }

    #[test]
    fn ids_come_back_as_they_came() {
        for id in [
            "1e-400",
            "123456789012345678901234567890.10",
            r#"{"a":1,"a":2}"#,
            r#"{ "b" : [1.0,  -0, 1E5] }"#,
            r#""\u0627\/\ud83d\ude00""#,
            "null",
            "1e999",
        ] {
            let right = format!(r#"{{"source": "1", "id": {id}, "target": "1"}}"#);
            let wrong = format!(r#"{{"source": "1", "id": {id}, "target": 1}}"#);
            for record in [right, wrong] {
                let answer = answer_to(&record, Detail::Beads);
                assert!(answer.starts_with(&format!(r#"{{"id":{id},""#)), "{answer}");
            }
        }
        assert!(answer_to(r#"{"source": "1", "target": "1"}"#, Detail::Beads).starts_with(r#"{"id":null,"#));
    }

    #[test]
    fn what_is_wrong_with_a_record_is_told_with_its_id() {
        let wrong = [
            r#"{"id": "a", "source": "x""#,
            r#"{"id": "a", "source": "x"}"#,
            r#"{"id": {"own": 1}, "source": "x", "target": 5}"#,
            r#"{"id": "a", "source": "x", "target": "y", "options": {"monoton": true}}"#,
            r#"{"id": "a", "source": "x", "target": "y", "source_lang": "12"}"#,
            r#"{"id": "a", "source": "x", "target": "y", "traget_lang": "en"}"#,
            r#"{"id": "a", "source": " ", "target": "y"}"#,
            r#"{"id": "a", "source": ["x"], "target": []}"#,
            r#"{"id": "a", "source": "x\n\ny", "target": "y", "options": {"presegmented": true}}"#,
            r#"["a", "b"]"#,
            "\u{feff}{}",
        ];
        let answers: String = wrong.iter().map(|r| answer_to(r, Detail::Texts)).collect();
        insta::assert_snapshot!(answers, @r#"
        {"id":"a","line":7,"error":"not JSON: EOF while parsing an object at column 25"}
        {"id":"a","line":7,"error":"missing field `target`"}
        {"id":{"own": 1},"line":7,"error":"source and target must each be a text or a list of segments"}
        {"id":"a","line":7,"error":"unknown field `monoton`, expected one of `monotone`, `without`, `builtin_lexicon`, `presegmented`"}
        {"id":"a","line":7,"error":"`12` is not a language code such as ar, en or ar-IQ"}
        {"id":"a","line":7,"error":"unknown field `traget_lang`, expected one of `id`, `source`, `target`, `source_lang`, `target_lang`, `options`"}
        {"id":"a","line":7,"error":"source: there is no text"}
        {"id":"a","line":7,"error":"target: there is no text"}
        {"id":"a","line":7,"error":"source: line 2 is empty"}
        {"id":null,"line":7,"error":"a record is a JSON object"}
        {"id":null,"line":7,"error":"not JSON: expected value at column 1"}
        "#);
    }
}
