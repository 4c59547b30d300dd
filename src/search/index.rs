//! The index of a folder: brought up to date, and asked.
//!
//! In: a folder and its index. Out: hits. Guarantee: a file is read again when it changed, and only then; each file is
//! taken in as a whole, so that a search while another process indexes sees its old pairs or its new ones.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use crate::bitext::{Lang, Side, Sides, TextSpan};
use crate::normalize::each_search_word;

use super::error::SearchError;
use super::feed::feed;
use super::folder::{Source, sources};
use super::hit::{Hit, Spot};
use super::pack::{BLOCK, Block, Pair, Piece, pack, unpack};
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
    passed_over: Option<PathBuf>,
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
        Ok(Self { folder: folder.to_owned(), path: path.to_owned(), connection, passed_over: None })
    }

    /// Finds nothing in `folder`, which stands below the one that is searched, and counts nothing of it.
    pub fn pass_over(&mut self, folder: PathBuf) {
        self.passed_over = Some(folder);
    }

    fn is_meant(&self, file: &Path) -> bool {
        !self.passed_over.as_ref().is_some_and(|folder| file.starts_with(folder))
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
        let closed = closed.into_iter().filter(|path| self.is_meant(path));
        let troubles = closed.map(|path| (path, "the folder cannot be read".to_owned())).collect();
        let files = found.iter().filter(|source| self.is_meant(&source.path)).count();
        let mut refreshed = Refreshed { files, troubles, ..Refreshed::default() };
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
            let path = PathBuf::from(path);
            if self.is_meant(&path) {
                refreshed.pairs += pairs;
                refreshed.troubles.extend(trouble.map(|trouble| (path, trouble)));
            }
        }
        Ok(refreshed)
    }

    /// How many files are new, changed or gone since they were last read, so that what is found of them, and the numbers
    /// of their pairs, may be others now.
    pub fn behind(&self) -> Result<usize, SearchError> {
        let mut known = self.known()?;
        let (found, _) = sources(&self.folder);
        let found = found.iter().filter(|source| self.is_meant(&source.path));
        let others =
            found.filter(|source| known.remove(&name(&source.path)).as_ref() != Some(&source.stamp)).count();
        let gone = known.keys().filter(|path| self.is_meant(Path::new(path))).count();
        Ok(others + gone)
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
        let mut blocks = transaction.prepare(
            "SELECT first, data, (SELECT min(first) FROM blocks AS next WHERE next.first > blocks.first)
             FROM blocks WHERE first <= ?1 ORDER BY first DESC LIMIT 1",
        )?;
        let mut rows = select.query([ask])?;
        let file_of = |id: u64| {
            let at = files.partition_point(|(first, _)| *first <= id);
            let (_, file) = files.get(at.checked_sub(1)?)?;
            self.is_meant(Path::new(file)).then_some(file)
        };
        let mut found = Found::default();
        let mut waiting: Option<u64> = None;
        // A few blocks first: where words are common, these are enough.
        let mut size = 2;
        while found.hits.len() <= most {
            let mut batch: Vec<Candidates> = Vec::new();
            loop {
                let next = match waiting.take() {
                    Some(id) => Some(id),
                    None => rows.next()?.map(|row| row.get(0)).transpose()?,
                };
                let Some(id) = next else { break };
                if file_of(id).is_none() {
                    continue;
                }
                let is_full = batch.len() == size;
                match batch.last_mut() {
                    Some(last) if id < last.end => last.ids.push(id),
                    _ if is_full => {
                        waiting = Some(id);
                        break;
                    }
                    _ => batch.push(blocks.query_row([id], |row| {
                        let end = row.get::<_, Option<u64>>(2)?.unwrap_or(u64::MAX);
                        Ok(Candidates { first: row.get(0)?, end, data: row.get(1)?, ids: vec![id] })
                    })?),
                }
            }
            if batch.is_empty() {
                break;
            }
            let met: Option<Vec<Vec<_>>> =
                batch.par_iter().map(|candidates| candidates.meeting(query, language)).collect();
            for (id, pair, places) in met.ok_or(rusqlite::Error::InvalidQuery)?.into_iter().flatten() {
                if let Some(file) = file_of(id) {
                    found.hits.push(hit(Path::new(file), &pair, places));
                }
            }
            size = (size * 2).min(64);
        }
        found.more = found.hits.len() > most;
        found.hits.truncate(most);
        found.hits.sort_by(|a, b| (&a.file, a.number).cmp(&(&b.file, b.number)));
        Ok(found)
    }

    /// The pairs of a file that stand around pair `number`, it too: `each` numbers on either side; none of a file that
    /// the index does not have. Nothing is marked in them.
    pub fn around(&self, file: &Path, number: u64, each: u64) -> Result<Vec<Hit>, SearchError> {
        self.look_around(file, number, each).map_err(|source| sqlite(&self.path, source))
    }

    /// The number of the pair of a file that `is_it` knows, of several the nearest to `number`; reads the whole file.
    pub fn nearest(
        &self,
        file: &Path,
        number: u64,
        is_it: impl Fn(&Hit) -> bool,
    ) -> Result<Option<u64>, SearchError> {
        self.look_through(file, number, is_it).map_err(|source| sqlite(&self.path, source))
    }

    fn look_through(
        &self,
        file: &Path,
        number: u64,
        is_it: impl Fn(&Hit) -> bool,
    ) -> rusqlite::Result<Option<u64>> {
        let transaction = self.connection.unchecked_transaction()?;
        let mut select = transaction.prepare("SELECT data FROM blocks WHERE first = ?1")?;
        let mut nearest: Option<u64> = None;
        for first in blocks(&transaction, file)? {
            let data: Vec<u8> = select.query_row([first], |row| row.get(0))?;
            for pair in unpack(&data).ok_or(rusqlite::Error::InvalidQuery)? {
                let nearer = nearest.is_none_or(|at| pair.number.abs_diff(number) < at.abs_diff(number));
                if nearer && is_it(&hit(file, &pair, Sides::default())) {
                    nearest = Some(pair.number);
                }
            }
        }
        Ok(nearest)
    }

    fn look_around(&self, file: &Path, number: u64, each: u64) -> rusqlite::Result<Vec<Hit>> {
        let transaction = self.connection.unchecked_transaction()?;
        let blocks = blocks(&transaction, file)?;
        let mut select = transaction.prepare("SELECT data FROM blocks WHERE first = ?1")?;
        let mut block = |at: usize| -> rusqlite::Result<Vec<Pair>> {
            let data: Vec<u8> = select.query_row([blocks[at]], |row| row.get(0))?;
            unpack(&data).ok_or(rusqlite::Error::InvalidQuery)
        };
        let (from, to) = (number.saturating_sub(each), number.saturating_add(each));
        // Numbers rise; the blocks before `low` end before `from`.
        let (mut low, mut high) = (0, blocks.len());
        while low < high {
            let middle = low.midpoint(high);
            let before = block(middle)?.last().is_none_or(|pair| pair.number < from);
            if before { low = middle + 1 } else { high = middle }
        }
        let mut pairs = Vec::new();
        for at in low..blocks.len() {
            let found = block(at)?;
            let beyond = found.last().is_some_and(|pair| pair.number > to);
            pairs.extend(found.into_iter().filter(|pair| (from..=to).contains(&pair.number)));
            if beyond {
                break;
            }
        }
        Ok(pairs.iter().map(|pair| hit(file, pair, Sides::default())).collect())
    }
}

fn hit(file: &Path, pair: &Pair, places: Sides<Vec<TextSpan>>) -> Hit {
    let spot = |side| {
        let word = places.get(side).first().map_or(0, |place| place.start);
        spot(pair.texts.get(side), pair.pieces.get(side), word)
    };
    let spots = Sides::new(spot(Side::Source), spot(Side::Target));
    Hit {
        spots,
        file: file.to_owned(),
        number: pair.number,
        languages: Sides::new(pair.languages.source.to_string(), pair.languages.target.to_string()),
        texts: pair.texts.clone(),
        places,
    }
}

/// The segment in which a word stands that begins at byte `word` of the text.
fn spot(text: &str, pieces: &[Piece], word: usize) -> Option<Spot> {
    let piece = pieces.iter().rev().find(|piece| piece.at as usize <= word).or(pieces.first())?;
    let (at, length) = (piece.at as usize, piece.length as usize);
    let (own, within) = match &piece.original {
        Some(original) => (&**original, 0),
        None => (text.get(at..at + length)?, word.saturating_sub(at).min(length.saturating_sub(1))),
    };
    let end = own.char_indices().nth(Spot::LONGEST).map_or(own.len(), |(end, _)| end);
    Some(Spot { start: piece.start as usize, within, text: own[..end].to_owned() })
}

/// A pair in which the words stand: its number in the index, it, and where they stand.
type Meeting = (u64, Pair, Sides<Vec<TextSpan>>);

/// Pairs of one block that may hold the words.
struct Candidates {
    /// The first pair of the block, and the first after it.
    first: u64,
    end: u64,
    data: Vec<u8>,
    ids: Vec<u64>,
}

impl Candidates {
    /// Those in which the words stand, on the side of a language, and where; `None` of a block that is damaged.
    fn meeting(&self, query: &Query, language: Option<&Lang>) -> Option<Vec<Meeting>> {
        let block = Block::open(&self.data)?;
        let meeting = |&id: &u64| {
            let pair = block.pair((id - self.first) as usize)?;
            let wanted = |side| {
                let own = pair.languages.get(side);
                language.is_none_or(|lang| is_of(own, lang)).then_some(pair.texts.get(side).as_str())
            };
            let [source, target] = query.places([wanted(Side::Source), wanted(Side::Target)])?;
            Some((id, pair, Sides::new(source, target)))
        };
        Some(self.ids.iter().filter_map(meeting).collect())
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

/// The first pair of each block of a file.
fn blocks(transaction: &Transaction<'_>, file: &Path) -> rusqlite::Result<Vec<u64>> {
    let mut select = transaction.prepare(
        "SELECT blocks.first FROM files JOIN blocks ON blocks.first >= files.first
         AND blocks.first < files.first + files.pairs WHERE path = ?1 ORDER BY blocks.first",
    )?;
    select.query_map([name(file)], |row| row.get(0))?.collect()
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
