//! Words in context over the projects and memories of the folder.
//!
//! In: a line as people type it. Out: pairs, cut to what the page shows, or a file of all of them. Guarantee: what is
//! removed is not found; texts in files are exactly those of the projects and memories; what could not be read is said.

use std::borrow::Cow;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::batch::Digester;
use crate::bitext::{Lang, Side};
use crate::project::change::SideName;
use crate::review::Refusal;
use crate::search::{self, Hit, Index, Matching, Query, SearchError};
use crate::tmx::Timestamp;

use super::desk::Desk;
use super::jobs::{Halt, Job};
use super::{names, projects, trouble};

/// Pairs that are shown if no number is asked for, and at most.
const SHOWN: (usize, usize) = (100, 2000);
/// Characters shown before the first word found, and in all, of a text that is long.
const AROUND: (usize, usize) = (160, 480);
/// Pairs shown on either side of one that was found.
const NEIGHBOURS: u64 = 5;
/// Files that could not be read, of which the reason is said.
const TROUBLES: usize = 20;

/// What is searched for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    /// Words, and phrases in quotes.
    words: String,
    #[serde(default)]
    matching: Which,
    /// The language of the words; empty for any.
    #[serde(default)]
    lang: String,
    /// The most pairs to show.
    most: Option<usize>,
    /// Into which file all of it is to be written; none shows it.
    write: Option<Format>,
}

/// Which forms of a word count.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Which {
    Exact,
    #[default]
    Attached,
    Forms,
}

impl From<Which> for Matching {
    fn from(forms: Which) -> Self {
        match forms {
            Which::Exact => Self::Exact,
            Which::Attached => Self::Attached,
            Which::Forms => Self::Forms,
        }
    }
}

/// What hits are written as.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Format {
    Tsv,
    Xlsx,
    Tmx,
}

impl Format {
    const fn extension(self) -> &'static str {
        match self {
            Self::Tsv => "tsv",
            Self::Xlsx => "xlsx",
            Self::Tmx => "tmx",
        }
    }
}

fn open(desk: &Desk) -> Result<Index, SearchError> {
    let path = match &desk.caches {
        Some(caches) => search::index_file(caches, &desk.folder),
        None => desk.uploads.folder().join("search.db"),
    };
    let mut index = Index::open(&desk.folder, &path)?;
    index.pass_over(projects::REMOVED.into());
    Ok(index)
}

/// Searches; first what is new or changed in the folder is read.
pub(super) fn search(desk: &Desk, job: &Job, asked: &Asked) -> Result<Value, Halt> {
    let failed = |error: SearchError| Halt::Failed(trouble::search(&error));
    let query = Query::typed(&asked.words, asked.matching.into()).map_err(failed)?;
    let lang: Option<Lang> = match asked.lang.trim() {
        "" => None,
        code => Some(code.parse().map_err(|_| trouble::bad(format!("`{code}` is no code of a language")))?),
    };
    job.say(json!({ "step": "searching" }))?;
    // One at a time: a second would read the same files.
    let _turn = desk.searching.lock().unwrap_or_else(PoisonError::into_inner);
    let mut index = open(desk).map_err(failed)?;
    let refreshed = index
        .refresh(|_, left| {
            // Whoever stopped it is answered already; what is read meanwhile serves the next search.
            let _ = job.say(json!({ "step": "indexing", "left": left }));
        })
        .map_err(failed)?;
    job.say(json!({ "step": "searching" }))?;
    let most = match asked.write {
        Some(_) => usize::MAX,
        None => asked.most.unwrap_or(SHOWN.0).min(SHOWN.1),
    };
    let found = index.find(&query, lang.as_ref(), most).map_err(failed)?;
    if let Some(format) = asked.write {
        return write(desk, format, &asked.words, &found.hits);
    }
    let listed = projects::names(desk)?;
    let troubles = refreshed.troubles.iter();
    Ok(json!({
        "files": refreshed.files, "pairs": refreshed.pairs, "more": found.more,
        "hits": found.hits.iter().map(|hit| shown(hit, |name| listed.contains(name))).collect::<Vec<_>>(),
        "troubles": troubles.take(TROUBLES).map(|(path, why)| [slashed(path), why.clone()]).collect::<Vec<_>>(),
    }))
}

/// The pairs around one that was found, which may have another number since: it is that with this mark, of several the
/// nearest to the number that it had.
pub(super) fn around(desk: &Desk, file: &str, number: u64, sought: &str) -> Result<Value, Refusal> {
    let path = native(file);
    let look = |index: &Index| -> Result<Option<(u64, Vec<Hit>)>, SearchError> {
        let is_it = |hit: &Hit| mark(hit) == sought;
        let around = |number| index.around(&path, number, NEIGHBOURS);
        let pairs = around(number)?;
        if pairs.iter().any(|hit| hit.number == number && is_it(hit)) {
            return Ok(Some((number, pairs)));
        }
        let now = index.nearest(&path, number, is_it)?;
        now.map(|number| Ok((number, around(number)?))).transpose()
    };
    let found = open(desk).and_then(|index| look(&index)).map_err(|error| trouble::search(&error))?;
    let none = || trouble::gone("pair", format!("pair {number} of {file} is not there any more"));
    let (number, pairs) = found.ok_or_else(none)?;
    let listed = projects::names(desk)?;
    let pairs: Vec<_> = pairs.iter().map(|hit| shown(hit, |name| listed.contains(name))).collect();
    Ok(json!({ "number": number, "pairs": pairs }))
}

/// What tells a pair from others of its file, whatever its number: its languages and texts.
fn mark(hit: &Hit) -> String {
    let mut digester = Digester::new();
    for part in Side::BOTH.iter().flat_map(|&side| [hit.languages.get(side), hit.texts.get(side)]) {
        digester.add(part.as_bytes());
    }
    digester.finish().as_str().to_owned()
}

/// Where a pair stands in the documents of its project, the side with the words first.
fn spots(hit: &Hit) -> Vec<Value> {
    let mut sides = Side::BOTH;
    sides.sort_by_key(|side| hit.places.get(*side).is_empty());
    let spot = |side: Side| {
        let spot = hit.spots.get(side).as_ref()?;
        Some(
            json!({ "side": SideName::from(side), "start": spot.start, "within": spot.within, "text": spot.text }),
        )
    };
    sides.into_iter().filter_map(spot).collect()
}

/// A pair as the page shows it: texts in pieces, of which every second one is a word found.
fn shown(hit: &Hit, is_listed: impl Fn(&str) -> bool) -> Value {
    let file = slashed(&hit.file);
    let project = file.strip_suffix(".muq").filter(|name| is_listed(name));
    json!({
        "file": file, "project": project, "number": hit.number, "mark": mark(hit), "spots": spots(hit),
        "languages": Side::BOTH.map(|side| hit.languages.get(side)),
        "texts": Side::BOTH.map(|side| pieces(hit, side)),
    })
}

/// A text in pieces: what stands before the first word found, it, what stands up to the next, and so on.
fn pieces(hit: &Hit, side: Side) -> Vec<Cow<'_, str>> {
    let text = hit.texts.get(side);
    let mut ends = vec![0];
    for place in hit.places.get(side) {
        // A phrase may go into the next one.
        let from = place.start.max(ends[ends.len() - 1]);
        if from < place.end {
            ends.extend([from, place.end]);
        }
    }
    let first = ends.get(1).copied().unwrap_or(0);
    let from = text[..first].char_indices().rev().nth(AROUND.0).map_or(0, |(at, _)| blank_after(text, at));
    let to = text[from..].char_indices().nth(AROUND.1).map_or(text.len(), |(at, _)| from + at);
    ends.push(text.len());
    let mut pieces: Vec<Cow<'_, str>> = ends
        .windows(2)
        .map(|piece| text[piece[0].clamp(from, to)..piece[1].clamp(from, to)].into())
        .collect();
    if from > 0 {
        pieces[0] = format!("…{}", pieces[0]).into();
    }
    if to < text.len() {
        let last = pieces.len() - 1;
        pieces[last] = format!("{}…", pieces[last]).into();
    }
    pieces
}

/// Where the first blank stands at or after `at`, if it is near.
fn blank_after(text: &str, at: usize) -> usize {
    text[at..].char_indices().take(30).find(|(_, c)| c.is_whitespace()).map_or(at, |(blank, _)| at + blank)
}

/// Writes all hits into a file that the page can fetch.
fn write(desk: &Desk, format: Format, words: &str, hits: &[Hit]) -> Result<Value, Halt> {
    let stem = names::file(words).unwrap_or_else(|| "search".to_owned());
    let name = format!("{stem}.{}", format.extension());
    let mut out = desk.uploads.begin(name.clone(), None)?;
    let io = |error: std::io::Error| Halt::Failed(trouble::inner(error));
    let mut left_out = 0;
    match format {
        Format::Tsv => search::write_tsv(hits, &mut out).map_err(io)?,
        Format::Xlsx => search::write_xlsx(hits, &mut out).map_err(io)?,
        Format::Tmx => {
            let date = u64::try_from((desk.clock)() / 1000).ok().and_then(Timestamp::from_unix);
            let written = search::write_tmx(hits, date, &mut out).map_err(io)?;
            left_out = hits.len() - written.units;
        }
    }
    out.flush().map_err(io)?;
    let upload = desk.uploads.keep(out);
    Ok(json!({ "upload": upload, "name": name, "pairs": hits.len() - left_out, "leftOut": left_out }))
}

/// A path below the folder, as the page names it.
fn slashed(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// A path below the folder, as the page names it, in the system's own way. It is looked up in the index alone.
fn native(file: &str) -> PathBuf {
    file.split('/').collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::{Sides, TextSpan};

    fn cut(text: &str, places: &[(usize, usize)]) -> Vec<String> {
        let places = places.iter().map(|&(from, to)| TextSpan::new(from, to)).collect();
        let hit = Hit {
            file: "a.muq".into(),
            number: 1,
            languages: Sides::default(),
            texts: Sides::new(text.to_owned(), String::new()),
            places: Sides::new(places, Vec::new()),
            spots: Sides::default(),
        };
        pieces(&hit, Side::Source).into_iter().map(Cow::into_owned).collect()
    }

    #[test]
    fn every_second_piece_is_a_word_found_and_long_texts_are_cut_around_the_first() {
        assert_eq!(cut("one two three", &[(4, 7)]), ["one ", "two", " three"]);
        assert_eq!(cut("one two three", &[]), ["one two three"]);
        assert_eq!(cut("a b c", &[(0, 3), (2, 5)]), ["", "a b", "", " c", ""]);
        let long = format!("{}WORD{}", "كلمة ".repeat(100), " after".repeat(200));
        let at = long.find("WORD").unwrap();
        let pieces = cut(&long, &[(at, at + 4)]);
        assert!(pieces[0].starts_with("… كلمة") && pieces[2].ends_with('…'), "{pieces:?}");
        assert_eq!(pieces[1], "WORD");
        assert!(pieces.concat().chars().count() <= AROUND.1 + 2);
    }
}
