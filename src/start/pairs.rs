//! Many pairs of documents, one after the other, each into a project of its own.
//!
//! In: the names of documents, to be paired; then the pairs. Out: projects in a folder inside, and a row for each pair as
//! soon as it is done. Guarantee: one bad pair never stops the rest, and is told with its reason; stopped, what is done
//! stays.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::batch::manifest::pair_names;
use crate::bitext::Sides;
use crate::review::Refusal;

use super::aligning::{self, Begun, Choices, Options, Texts};
use super::desk::Desk;
use super::jobs::{Halt, Job};
use super::names;
use super::projects;
use super::trouble::{bad, inner};
use super::uploads::Upload;

/// The most pairs at a time.
const MOST: usize = 5000;

/// Names of documents, with those of the folders that they stand in.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Names {
    source: Vec<String>,
    target: Vec<String>,
}

/// Which documents are a pair, by their names.
pub(super) fn pair(names: &Names) -> Value {
    let paired = pair_names(Sides::new(&names.source, &names.target), Sides::new(None, None));
    let (mut pairs, mut several) = (Vec::new(), Vec::new());
    for (name, at) in paired.both {
        match (&at.source[..], &at.target[..]) {
            ([source], [target]) => pairs.push(json!({ "name": name, "source": source, "target": target })),
            _ => several.push(name),
        }
    }
    json!({ "pairs": pairs, "several": several, "alone": [paired.alone.source, paired.alone.target] })
}

/// Pairs to align.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pairs {
    /// The name of the folder inside.
    group: String,
    #[serde(rename = "pairs")]
    list: Vec<One>,
    #[serde(default)]
    choices: Choices,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct One {
    name: String,
    source: u64,
    target: u64,
}

/// A pair that is ready to be aligned.
struct Ready {
    name: String,
    texts: Texts,
    uploads: [u64; 2],
}

/// Begins to align pairs; gives the job's number.
pub(super) fn begin(desk: &Arc<Desk>, sent: &Pairs) -> Result<u64, Refusal> {
    if sent.list.is_empty() || sent.list.len() > MOST {
        return Err(bad(format!("give 1 to {MOST} pairs")));
    }
    let group = names::file(&sent.group).ok_or_else(|| bad("the folder has no name"))?;
    let ready = sent.list.iter().map(|one| {
        let upload = |number| -> Result<Arc<Upload>, Refusal> { desk.uploads.get(number) };
        let texts = Texts::Two(Sides::new(upload(one.source)?, upload(one.target)?));
        Ok(Ready { name: one.name.clone(), texts, uploads: [one.source, one.target] })
    });
    let ready: Vec<Ready> = ready.collect::<Result<_, Refusal>>()?;
    let options = sent.choices.options(desk)?;
    let own = Arc::clone(desk);
    desk.jobs.begin(move |job| run(&own, job, ready, &options, &group))
}

fn run(desk: &Desk, job: &Job, ready: Vec<Ready>, options: &Options, group: &str) -> Result<Value, Halt> {
    let folder = new_folder(&desk.folder, group).map_err(inner)?;
    let of = ready.len();
    let (mut failed, mut stopped) = (0, false);
    for (done, one) in ready.into_iter().enumerate() {
        let more = json!({ "done": done, "pairs": of, "name": one.name });
        if job.say(more.clone()).is_err() {
            stopped = true;
            break;
        }
        let name = names::file(&one.name).unwrap_or_else(|| format!("{}", done + 1));
        let ended = catch_unwind(AssertUnwindSafe(|| {
            aligning::align(job, &one.texts, options, (&folder, &name), &more)
        }));
        let row = match ended {
            Ok(Ok(begun)) => row(desk, &one.name, &begun),
            Ok(Err(Halt::Stopped)) => {
                stopped = true;
                break;
            }
            Ok(Err(Halt::Failed(why))) => json!({ "name": one.name, "why": why.said() }),
            Err(_) => {
                let why =
                    json!({ "error": "the program made a mistake; please tell its makers", "name": "inner" });
                json!({ "name": one.name, "why": why })
            }
        };
        failed += usize::from(row.get("why").is_some());
        job.add(row);
        desk.uploads.discard(&one.uploads);
    }
    // Only if nothing is in it.
    let _ = std::fs::remove_dir(&folder);
    if stopped { Err(Halt::Stopped) } else { Ok(json!({ "pairs": of, "failed": failed })) }
}

fn row(desk: &Desk, name: &str, begun: &Begun) -> Value {
    let figures = &begun.figures;
    json!({
        "name": name,
        "project": projects::name_of(desk, &begun.path),
        "languages": [begun.languages.source.as_str(), begun.languages.target.as_str()],
        "beads": figures.beads,
        "alone": figures.source_unaligned + figures.target_unaligned,
        "doubtful": figures.doubtful,
        "sure": figures.mean_confidence,
        "suspicions": figures.suspicions.iter().map(|s| s.name()).collect::<Vec<_>>(),
        "warnings": begun.warnings,
    })
}

/// A new folder called `name` inside `folder`, with a number after the name if there is one already.
fn new_folder(folder: &Path, name: &str) -> std::io::Result<PathBuf> {
    let names = std::iter::once(name.to_owned()).chain((2..).map(|n| format!("{name} {n}")));
    for name in names {
        let path = folder.join(name);
        match std::fs::create_dir(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            other => return other.map(|()| path),
        }
    }
    Err(std::io::ErrorKind::AlreadyExists.into())
}
