//! Learning over a collection before its pairs are aligned one by one.
//!
//! In: tasks. Out: words that translate each other, in a file that every worker loads. Guarantee: the same documents
//! and options give the same file; of a large collection an even sample is learnt from, so that memory is bounded.

use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};

use super::digest::{Digest, Digester};
use super::task::{Task, TaskOptions};
use crate::bitext::{Bitext, Lang};
use crate::export::file::{WriteError, write_whole};
use crate::lexicon::Dictionary;
use crate::pipeline::{bitext, learn_together};

/// What was learnt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Learnt {
    /// Pairs of documents learnt from.
    pub pairs: usize,
    /// Their segments, of both sides.
    pub segments: usize,
    /// Pairs of words in the file.
    pub words: usize,
    /// Whether the file stood there already, made from the same documents and options.
    pub reused: bool,
}

/// A file of learnt words that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{}: {source}", path.display())]
pub struct LearntError {
    /// The file.
    pub path: PathBuf,
    /// What the operating system says.
    pub source: io::Error,
}

const TITLE: &str = "# learnt by muqabala batch from ";
const SECTION: &str = "# words of ";

/// Learns from `tasks`, at most about `most_segments` segments of them, and writes the words to `path`, unless
/// it holds what would be learnt. Documents that cannot be read teach nothing.
pub fn learn_to(
    path: &Path,
    tasks: &[Task],
    options: &TaskOptions,
    most_segments: usize,
) -> Result<Learnt, WriteError> {
    let mut learnt = Learnt::default();
    let (mut bitexts, mut digester) = (Vec::new(), Digester::new());
    digester.add(concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")).as_bytes());
    digester.add(options.align_digest.as_str().as_bytes());
    for task in spread(tasks) {
        if learnt.segments >= most_segments {
            break;
        }
        let Ok(bitext) = read(task, options, &mut digester) else { continue };
        learnt.pairs += 1;
        learnt.segments += bitext.documents.source.len() + bitext.documents.target.len();
        bitexts.push(bitext);
    }
    let digest = digester.finish();
    if let Some(words) = words_of(path, &digest) {
        learnt.reused = true;
        learnt.words = words;
        return Ok(learnt);
    }
    let found = learn_together(&bitexts, &options.align);
    learnt.words = found.values().map(Vec::len).sum();
    write_whole(path, |out| {
        writeln!(out, "{TITLE}{}", digest.as_str())?;
        for ((source, target), words) in &found {
            writeln!(out, "{SECTION}{source} {target}")?;
            for word in words {
                writeln!(out, "{}\t{}\t{:.4}", word.source, word.target, word.probability)?;
            }
        }
        Ok(())
    })?;
    Ok(learnt)
}

/// The tasks in an order that has nothing to do with theirs, so that a beginning is a sample.
fn spread(tasks: &[Task]) -> Vec<&Task> {
    let mut order: Vec<(Digest, &Task)> = tasks.iter().map(|t| (Digester::of(t.id.as_bytes()), t)).collect();
    order.sort_by(|a, b| a.0.as_str().cmp(b.0.as_str()));
    order.into_iter().map(|(_, task)| task).collect()
}

fn read(task: &Task, options: &TaskOptions, digester: &mut Digester) -> Result<Bitext, String> {
    let settings = task.settings.over(&options.settings);
    let bytes = task.documents.bytes(options.read.max_size)?;
    let digests: Vec<Digest> = bytes.iter().map(|bytes| Digester::of(bytes)).collect();
    let sides = task.documents.prepare(bytes, task.languages(), options.reading(&settings))?.sides;
    for digest in &digests {
        digester.add(digest.as_str().as_bytes());
    }
    for prepared in [&sides.source, &sides.target] {
        digester.add(prepared.language.as_str().as_bytes());
    }
    digester.add(format!("{:?}", settings.presegmented).as_bytes());
    Ok(bitext(sides))
}

/// The number of words in the file `path`, if it was learnt from `digest`.
fn words_of(path: &Path, digest: &Digest) -> Option<usize> {
    // What is no file is left to the writer, and not waited for.
    let text = path.is_file().then(|| std::fs::read_to_string(path).ok()).flatten()?;
    let mut lines = text.lines();
    let made_from = lines.next()?.strip_prefix(TITLE)?;
    (made_from == digest.as_str()).then(|| lines.filter(|line| !line.starts_with('#')).count())
}

/// The dictionaries in a file that [`learn_to`] wrote, and the digest of the file.
pub fn load_learnt(path: &Path) -> Result<(Vec<Dictionary>, Digest), LearntError> {
    let fail = |source| LearntError { path: path.to_owned(), source };
    let bytes = std::fs::read(path).map_err(fail)?;
    let mut dictionaries: Vec<Dictionary> = Vec::new();
    for line in bytes.lines() {
        let line = line.map_err(fail)?;
        if let Some(languages) = line.strip_prefix(SECTION) {
            let pair = languages.split_once(' ').and_then(|(a, b)| Some((lang(a)?, lang(b)?)));
            dictionaries.push(Dictionary::new(pair));
            continue;
        }
        let mut cells = line.split('\t');
        if let (Some(dictionary), Some(source), Some(target), Some(weight)) =
            (dictionaries.last_mut(), cells.next(), cells.next(), cells.next().and_then(weight))
        {
            dictionary.add(source, target, weight);
        }
    }
    Ok((dictionaries, Digester::of(&bytes)))
}

/// A weight, if it is one.
fn weight(cell: &str) -> Option<f32> {
    cell.parse().ok().filter(|weight| (0.0..=1.0).contains(weight))
}

fn lang(tag: &str) -> Option<Lang> {
    tag.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::{Documents, Settings};
    use crate::export::Format;

    fn task(folder: &Path, id: &str, source: &str, target: &str) -> Task {
        let path = |side: &str| folder.join(format!("{id}.{side}.txt"));
        std::fs::write(path("hu"), source).unwrap();
        std::fs::write(path("en"), target).unwrap();
        Task {
            id: id.to_owned(),
            documents: Documents::Two { source: path("hu"), target: path("en") },
            output: folder.join("out"),
            source_lang: Some("hu".to_owned()),
            target_lang: Some("en".to_owned()),
            settings: Settings::default(),
        }
    }

    #[test]
    fn what_pairs_have_in_common_is_learnt_once_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let names = [("Péter", "Peter"), ("Anna", "Anna"), ("Éva", "Eve"), ("Géza", "Geoffrey")];
        let things = [("almát", "apples"), ("kenyeret", "bread"), ("tejet", "milk"), ("vizet", "water")];
        let tasks: Vec<Task> = names
            .iter()
            .enumerate()
            .map(|(i, (hu, en))| {
                let side = |f: &dyn Fn(&(&str, &str)) -> String| things.iter().map(f).collect::<String>();
                let source = side(&|(thing, _)| format!("{hu} {thing} vesz.\n"));
                let target = side(&|(_, thing)| format!("{en} buys {thing}.\n"));
                task(folder.path(), &format!("t{i}"), &source, &target)
            })
            .collect();
        let path = folder.path().join("learnt.tsv");
        let options = TaskOptions::new(Format::Tmx);
        let first = learn_to(&path, &tasks, &options, 1000).unwrap();
        assert_eq!((first.pairs, first.segments, first.reused), (4, 32, false));
        let (dictionaries, digest) = load_learnt(&path).unwrap();
        assert_eq!(dictionaries.len(), 1);
        assert_eq!(dictionaries[0].translations("tejet")[0].term, "milk");
        let second = learn_to(&path, &tasks, &options, 1000).unwrap();
        assert_eq!((second.reused, second.words), (true, first.words));
        // Of fewer segments, and of other documents, it is another file.
        assert_eq!(learn_to(&path, &tasks, &options, 10).unwrap().pairs, 2);
        std::fs::write(tasks[0].documents.sides().source, "Valami más.\n").unwrap();
        assert!(!learn_to(&path, &tasks, &options, 1000).unwrap().reused);
        assert_ne!(load_learnt(&path).unwrap().1, digest);
    }
}
