//! The index of a folder: brought up to date, and asked.
//!
//! In: a folder and its index. Out: hits. Guarantee: a file is read again when it changed, and only then; each file is
//! taken in as a whole, so that a search while another process indexes sees its old pairs or its new ones.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use crate::bitext::{Lang, Side, Sides};
use crate::normalize::each_search_word;

use super::error::SearchError;
use super::feed::feed;
use super::folder::{Source, sources};
use super::hit::Hit;
use super::pack::{BLOCK, Pair, pack, unpack};
use super::query::Query;
use super::tables::{self, sqlite};

/// Pairs that are taken in at a time.
const BATCH: usize = BLOCK * 64;
/// Words of the index that one query may name.
const MOST_WORDS: usize = 4096;

/// An open index.
#[derive(Debug)]
pub struct Index {
    folder: PathBuf,
    path: PathBuf,
    connection: Connection,
}

/// What bringing an index up to date did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Refreshed {
    /// Files that hold pairs.
    pub files: usize,
    /// Those that were read, for they are new or changed.
    pub read: usize,
    /// Those that are no more.
    pub gone: usize,
    /// Pairs in all files.
    pub pairs: u64,
    /// Files and folders that could not be read wholly, and why; of a file the pairs before the fault are found.
    pub troubles: Vec<(PathBuf, String)>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Found {
    /// The pairs, by file and number.
    pub hits: Vec<Hit>,
    /// Whether there are more than were asked for.
    pub more: bool,
}

impl Index {
    /// Opens the index of `folder` that stands at `path`; makes it if it is not there, or not sound.
    pub fn open(folder: &Path, path: &Path) -> Result<Self, SearchError> {
        if !folder.is_dir() {
            return Err(SearchError::NoFolder(folder.to_owned()));
        }
        let connection = tables::open(path)?;
        Ok(Self { folder: folder.to_owned(), path: path.to_owned(), connection })
    }

    /// Removes the index at `path`; tells whether there was one.
    pub fn forget(path: &Path) -> Result<bool, SearchError> {
        tables::forget(path)
    }

    /// Reads what is new or changed in the folder, and forgets what is gone. `told` hears each file before it is read,
    /// with how many are left.
    pub fn refresh(&mut self, mut told: impl FnMut(&Path, usize)) -> Result<Refreshed, SearchError> {
        let (found, closed) = sources(&self.folder);
        let mut known = self.known()?;
        let troubles = closed.into_iter().map(|path| (path, "the folder cannot be read".to_owned()));
        let mut refreshed =
            Refreshed { files: found.len(), troubles: troubles.collect(), ..Refreshed::default() };
        let mut changed: Vec<&Source> = Vec::new();
        for source in &found {
            match known.remove(&name(&source.path)) {
                Some(stamp) if stamp == source.stamp => {}
                _ => changed.push(source),
            }
        }
        let fail = |source| sqlite(&self.path, source);
        refreshed.gone = known.len();
        for path in known.into_keys() {
            let transaction =
                self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fail)?;
            remove(&transaction, &path).and_then(|()| transaction.commit()).map_err(fail)?;
        }
        refreshed.read = changed.len();
        let mut added = 0;
        for (at, source) in changed.iter().enumerate() {
            told(&source.path, changed.len() - at);
            added += take_in(&mut self.connection, &self.folder, source).map_err(fail)?;
        }
        if added > 100_000 {
            // Many small pieces made one, which is smaller and faster to ask.
            self.connection.execute("INSERT INTO words(words) VALUES ('optimize')", []).map_err(fail)?;
        }
        let mut select =
            self.connection.prepare("SELECT path, pairs, trouble FROM files ORDER BY path").map_err(fail)?;
        let rows = select
            .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, u64>(1)?, row.get(2)?)))
            .map_err(fail)?;
        for row in rows {
            let (path, pairs, trouble): (_, _, Option<String>) = row.map_err(fail)?;
            refreshed.pairs += pairs;
            refreshed.troubles.extend(trouble.map(|trouble| (PathBuf::from(path), trouble)));
        }
        Ok(refreshed)
    }

    fn known(&self) -> Result<BTreeMap<String, String>, SearchError> {
        let read = || -> rusqlite::Result<BTreeMap<String, String>> {
            let mut select = self.connection.prepare("SELECT path, stamp FROM files")?;
            let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect()
        };
        read().map_err(|source| sqlite(&self.path, source))
    }

    /// The pairs in which `query` stands, at most `most`; with a language, on the side of that language.
    pub fn find(&self, query: &Query, language: Option<&Lang>, most: usize) -> Result<Found, SearchError> {
        self.look_up(query, language, most).map_err(|source| sqlite(&self.path, source))
    }

    fn look_up(&self, query: &Query, language: Option<&Lang>, most: usize) -> rusqlite::Result<Found> {
        // One state of the index, whoever writes meanwhile.
        let transaction = self.connection.unchecked_transaction()?;
        let ask = query.ask(|head| known_words(&transaction, head))?;
        let files = ranges(&transaction)?;
        let mut select =
            transaction.prepare("SELECT rowid FROM words WHERE words MATCH ?1 ORDER BY rowid")?;
        let mut blocks = transaction
            .prepare("SELECT first, data FROM blocks WHERE first <= ?1 ORDER BY first DESC LIMIT 1")?;
        let mut rows = select.query([ask])?;
        let mut block: (u64, Vec<Pair>) = (0, Vec::new());
        let mut found = Found::default();
        while let Some(row) = rows.next()? {
            let id: u64 = row.get(0)?;
            if !(block.0..block.0 + block.1.len() as u64).contains(&id) {
                let (first, data): (u64, Vec<u8>) =
                    blocks.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
                block = (first, unpack(&data).ok_or(rusqlite::Error::InvalidQuery)?);
            }
            let Some(pair) = block.1.get((id - block.0) as usize) else { continue };
            let wanted = |side| {
                let own = pair.languages.get(side);
                let is = language.is_none_or(|lang| is_of(own, lang));
                is.then_some(pair.texts.get(side).as_str())
            };
            let Some([source, target]) = query.places([wanted(Side::Source), wanted(Side::Target)]) else {
                continue;
            };
            let at = files.partition_point(|(first, _)| *first <= id);
            let Some((_, file)) = at.checked_sub(1).and_then(|at| files.get(at)) else { continue };
            if found.hits.len() == most {
                found.more = true;
                break;
            }
            found.hits.push(Hit {
                file: PathBuf::from(file),
                number: pair.number,
                languages: Sides::new(pair.languages.source.to_string(), pair.languages.target.to_string()),
                texts: pair.texts.clone(),
                places: Sides::new(source, target),
            });
        }
        found.hits.sort_by(|a, b| (&a.file, a.number).cmp(&(&b.file, b.number)));
        Ok(found)
    }
}

/// Whether a code names a language: `ar` is also that of `ar-IQ`.
fn is_of(code: &str, lang: &Lang) -> bool {
    let (code, lang) = (code.to_ascii_lowercase(), lang.as_str().to_ascii_lowercase());
    code.strip_prefix(&*lang).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
}

/// The name of a file in the index.
fn name(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The first pair of each file, and its name, by pairs.
fn ranges(connection: &Connection) -> rusqlite::Result<Vec<(u64, String)>> {
    let mut select = connection.prepare("SELECT first, path FROM files WHERE pairs > 0 ORDER BY first")?;
    let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

/// The words of the index that begin with `head`.
fn known_words(connection: &Connection, head: &str) -> rusqlite::Result<Vec<String>> {
    connection.execute_batch(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.known USING fts5vocab('main', 'words', 'row')",
    )?;
    let mut select =
        connection.prepare("SELECT term FROM temp.known WHERE term >= ?1 AND term < ?2 LIMIT ?3")?;
    let end = format!("{head}\u{10FFFF}");
    let rows = select.query_map(params![head, end, MOST_WORDS as i64], |row| row.get(0))?;
    rows.collect()
}

fn remove(transaction: &Transaction<'_>, path: &str) -> rusqlite::Result<()> {
    let range = transaction.query_row("SELECT first, pairs FROM files WHERE path = ?1", [path], |row| {
        Ok((row.get::<_, u64>(0)?, row.get::<_, u64>(1)?))
    });
    let (first, pairs) = match range {
        Ok(range) => range,
        Err(rusqlite::Error::QueryReturnedNoRows) => return Ok(()),
        Err(error) => return Err(error),
    };
    let end = first + pairs;
    let mut delete = transaction.prepare("DELETE FROM words WHERE rowid = ?1")?;
    for id in first..end {
        delete.execute([id])?;
    }
    transaction.execute("DELETE FROM blocks WHERE first >= ?1 AND first < ?2", params![first, end])?;
    transaction.execute("DELETE FROM files WHERE path = ?1", [path])?;
    Ok(())
}

/// Puts the pairs of a file into the index, in place of those that it had; gives their number.
fn take_in(connection: &mut Connection, folder: &Path, source: &Source) -> rusqlite::Result<u64> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let path = name(&source.path);
    remove(&transaction, &path)?;
    let first: u64 = transaction.query_row("SELECT pair FROM next", [], |row| row.get(0))?;
    let mut next = first;
    let mut waiting: Vec<Pair> = Vec::with_capacity(BATCH);
    let read = feed(&folder.join(&source.path), source.kind, |pair| {
        waiting.push(pair);
        if waiting.len() == BATCH {
            next = insert(&transaction, next, &waiting)?;
            waiting.clear();
        }
        Ok::<(), rusqlite::Error>(())
    })?;
    next = insert(&transaction, next, &waiting)?;
    transaction.execute("UPDATE next SET pair = ?1", [next])?;
    transaction.execute(
        "INSERT INTO files (path, stamp, first, pairs, trouble) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![path, source.stamp, first, next - first, read.err()],
    )?;
    transaction.commit()?;
    Ok(next - first)
}

/// Inserts pairs from the number `from` on; gives the number after them.
fn insert(transaction: &Transaction<'_>, from: u64, pairs: &[Pair]) -> rusqlite::Result<u64> {
    let made: Vec<(Vec<u8>, Vec<String>)> =
        pairs.par_chunks(BLOCK).map(|block| (pack(block), block.iter().map(words_of).collect())).collect();
    let mut block = transaction.prepare_cached("INSERT INTO blocks (first, data) VALUES (?1, ?2)")?;
    let mut words = transaction.prepare_cached("INSERT INTO words (rowid, text) VALUES (?1, ?2)")?;
    let mut next = from;
    for (data, texts) in made {
        block.execute(params![next, data])?;
        for text in texts {
            words.execute(params![next, text])?;
            next += 1;
        }
    }
    Ok(next)
}

/// The words of a pair as the index takes them.
fn words_of(pair: &Pair) -> String {
    let mut words = String::new();
    for side in Side::BOTH {
        each_search_word(pair.texts.get(side), |word, _| {
            words.push_str(word);
            words.push(' ');
        });
    }
    words
}
