//! Which pairs there are: from a manifest (TSV or JSON lines), from two folders, or from one with both languages.
//!
//! In: the text of a manifest, or folders. Out: an [`Entry`] for each pair, in order; a row that cannot be used
//! is an entry with its reason. Guarantee: ids are unique, and no id leads out of the output folder; whether outputs meet
//! is for who writes them.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use serde::Deserialize;

use super::documents::Documents;
use super::settings::Settings;
use super::task::Task;

mod folders;

pub use folders::{FolderError, PairedNames, Pairing, each_of_folder, pair_folders, pair_names};

/// A pair, or a row that names none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A pair to align.
    Task(Task),
    /// A row that cannot be used.
    Bad {
        /// Its name: the id where it has one, else its line.
        id: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// Where the paths of a manifest lead.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Places {
    /// The folder from which relative paths of documents are meant.
    pub base: PathBuf,
    /// The folder for outputs.
    pub output: PathBuf,
    /// The extension of outputs that a row does not name, without the dot.
    pub extension: String,
}

impl Places {
    /// The places of a manifest in `base` whose outputs go to `output`.
    pub fn new(base: PathBuf, output: PathBuf, extension: &str) -> Self {
        Self { base, output, extension: extension.to_owned() }
    }
}

/// A row of a manifest.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Row {
    id: Option<String>,
    source: Option<PathBuf>,
    target: Option<PathBuf>,
    interleaved: Option<PathBuf>,
    output: Option<PathBuf>,
    source_lang: Option<String>,
    target_lang: Option<String>,
    options: Option<Settings>,
}

/// The columns of a manifest without header, in their order, and the one that only a header can name.
const COLUMNS: [&str; 8] =
    ["source", "target", "output", "id", "options", "source_lang", "target_lang", "interleaved"];

/// A manifest whose header names a column that is not known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the header names a column `{0}`; columns are source, target, output, id, options, source_lang, target_lang, interleaved"
)]
pub struct HeaderError(pub String);

/// Reads a manifest: JSON lines if its first line begins with `{`, else tab-separated values.
pub fn parse(text: &str, places: &Places) -> Result<Vec<Entry>, HeaderError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = (1..).zip(text.lines()).filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'));
    let mut lines = lines.by_ref().peekable();
    let mut columns: Vec<&str> = COLUMNS[..7].to_vec();
    let json = lines.peek().is_some_and(|(_, first)| first.trim_start().starts_with('{'));
    if let Some((_, first)) = lines.peek().filter(|_| !json) {
        let names: Vec<&str> = first.split('\t').map(str::trim).collect();
        let two = names.contains(&"source") && names.contains(&"target");
        if two || names.contains(&"interleaved") {
            if let Some(unknown) = names.iter().find(|n| !COLUMNS.contains(n)) {
                return Err(HeaderError((*unknown).to_owned()));
            }
            columns = names;
            lines.next();
        }
    }
    let mut seen = Seen::default();
    let entries = lines.map(|(number, line)| {
        let row = if json { json_row(line) } else { tsv_row(line, &columns) };
        let id = row.as_ref().ok().and_then(|row| row.id.clone());
        row.and_then(|row| task(row, places)).and_then(|task| seen.check(task)).map_or_else(
            |reason| Entry::Bad { id: id.unwrap_or_else(|| format!("line {number}")), reason },
            Entry::Task,
        )
    });
    Ok(entries.collect())
}

fn json_row(line: &str) -> Result<Row, String> {
    serde_json::from_str(line).map_err(|e| format!("the row cannot be read: {e}"))
}

fn tsv_row(line: &str, columns: &[&str]) -> Result<Row, String> {
    let mut row = Row::default();
    for (index, cell) in line.split('\t').map(str::trim).enumerate() {
        let Some(&column) = columns.get(index) else {
            return Err(format!("the row has more than {} columns", columns.len()));
        };
        if cell.is_empty() {
            continue;
        }
        match column {
            "source" => row.source = Some(cell.into()),
            "target" => row.target = Some(cell.into()),
            "interleaved" => row.interleaved = Some(cell.into()),
            "output" => row.output = Some(cell.into()),
            "id" => row.id = Some(cell.to_owned()),
            "source_lang" => row.source_lang = Some(cell.to_owned()),
            "target_lang" => row.target_lang = Some(cell.to_owned()),
            _ => {
                let options = serde_json::from_str(cell);
                row.options = Some(options.map_err(|e| format!("the options cannot be read: {e}"))?);
            }
        }
    }
    Ok(row)
}

fn task(row: Row, places: &Places) -> Result<Task, String> {
    let base = |path: PathBuf| places.base.join(path);
    let (first, documents) = match (row.source, row.target, row.interleaved) {
        (None, None, Some(both)) => (both.clone(), Documents::Interleaved(base(both))),
        (_, _, Some(_)) => {
            return Err(
                "the row names both languages in one document, and another document beside it".to_owned()
            );
        }
        (None, _, None) => return Err("the row names no source".to_owned()),
        (_, None, None) => return Err("the row names no target".to_owned()),
        (Some(source), Some(target), None) => {
            (source.clone(), Documents::Two { source: base(source), target: base(target) })
        }
    };
    let id = match row.id {
        Some(id) => id,
        None => default_id(&first).ok_or_else(|| format!("{} is no file", first.display()))?,
    };
    let output = match row.output {
        Some(output) => places.output.join(output),
        None if stays_inside(Path::new(&id)) => places.output.join(format!("{id}.{}", places.extension)),
        None => return Err(format!("the id `{id}` is no name for a file: give the row an output")),
    };
    Ok(Task {
        id,
        documents,
        output,
        source_lang: row.source_lang,
        target_lang: row.target_lang,
        settings: row.options.unwrap_or_default(),
    })
}

/// The path of the source without its extension, and without what leads out of the folder.
fn default_id(source: &Path) -> Option<String> {
    let bare = source.with_extension("");
    let parts: Option<Vec<&str>> = bare
        .components()
        .filter_map(|part| match part {
            Component::Normal(name) => Some(name.to_str()),
            _ => None,
        })
        .collect();
    parts.filter(|parts| !parts.is_empty()).map(|parts| parts.join("/"))
}

fn stays_inside(id: &Path) -> bool {
    id.components().count() > 0 && id.components().all(|part| matches!(part, Component::Normal(_)))
}

/// Ids that are taken.
#[derive(Default)]
struct Seen {
    ids: BTreeSet<String>,
}

impl Seen {
    fn check(&mut self, task: Task) -> Result<Task, String> {
        if self.ids.contains(&task.id) {
            return Err(format!("the id `{}` stands in an earlier row already", task.id));
        }
        self.ids.insert(task.id.clone());
        Ok(task)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let places = Places::new("in".into(), "out".into(), "tmx");
        let line = |entry: &Entry| match entry {
            Entry::Task(t) => {
                let langs = [&t.source_lang, &t.target_lang].map(|l| l.as_deref().unwrap_or("?"));
                let settings = serde_json::to_string(&t.settings).unwrap();
                let documents = t.documents.paths().into_iter().chain([&*t.output]);
                let paths: Vec<String> = documents.map(|p| p.display().to_string()).collect();
                format!("{} | {} | {} {settings}", t.id, paths.join(" "), langs.join("-"))
            }
            Entry::Bad { id, reason } => format!("{id}: {reason}"),
        };
        match parse(text, &places) {
            Ok(entries) => entries.iter().map(line).collect::<Vec<_>>().join("\n"),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn columns_come_in_their_order_or_as_the_header_names_them() {
        insta::assert_snapshot!(shown("a/1.ar.txt\ta/1.en.txt\nx.txt\ty.txt\tz.tsv\tnews 1\t{\"monotone\": true}\n"), @r#"
        a/1.ar | in/a/1.ar.txt in/a/1.en.txt out/a/1.ar.tmx | ?-? {}
        news 1 | in/x.txt in/y.txt out/z.tsv | ?-? {"monotone":true}
        "#);
        insta::assert_snapshot!(shown("\u{feff}id\ttarget\tsource\tsource_lang\r\n# a remark\nb\t1.en\t1.ar\tar\r\n"), @r#"b | in/1.ar in/1.en out/b.tmx | ar-? {}"#);
        insta::assert_snapshot!(shown("source\ttarget\tlang\n"), @r#"the header names a column `lang`; columns are source, target, output, id, options, source_lang, target_lang, interleaved"#);
    }

    #[test]
    fn json_lines_have_the_same_fields() {
        insta::assert_snapshot!(shown("{\"id\": \"a/b\", \"source\": \"1\", \"target\": \"/2\", \"target_lang\": \"en\", \"options\": {\"without\": [\"words\"]}}\n\n{\"source\": 1}\n"), @r#"
        a/b | in/1 /2 out/a/b.tmx | ?-en {"without":["words"]}
        line 3: the row cannot be read: invalid type: integer `1`, expected path string at line 1 column 12
        "#);
    }

    #[test]
    fn a_row_may_name_one_document_with_both_languages() {
        insta::assert_snapshot!(shown("interleaved\tsource\ttarget\nboth/1.docx\n\ta.txt\tb.txt\nc.txt\td.txt\n"), @r"
        both/1 | in/both/1.docx out/both/1.tmx | ?-? {}
        a | in/a.txt in/b.txt out/a.tmx | ?-? {}
        line 4: the row names both languages in one document, and another document beside it
        ");
        insta::assert_snapshot!(shown("{\"interleaved\": \"both.html\", \"source_lang\": \"en\"}\n"), @"both | in/both.html out/both.tmx | en-? {}");
    }

    #[test]
    fn rows_that_cannot_be_used_say_why() {
        insta::assert_snapshot!(shown("a\n\tb\na\tb\tc\td\te\nx\ty\n./x\tz\n\
            x\ty\tx.tmx\tother\nu\tv\t\t../up\nu\tv\t\t/abs\n..\tv\n1\t2\t3\t4\t{}\t6\t7\t8\n"), @r#"
        line 1: the row names no target
        line 2: the row names no source
        line 3: the options cannot be read: expected value at line 1 column 1
        x | in/x in/y out/x.tmx | ?-? {}
        line 5: the id `x` stands in an earlier row already
        other | in/x in/y out/x.tmx | ?-? {}
        ../up: the id `../up` is no name for a file: give the row an output
        /abs: the id `/abs` is no name for a file: give the row an output
        line 9: .. is no file
        line 10: the row has more than 7 columns
        "#);
    }
}
