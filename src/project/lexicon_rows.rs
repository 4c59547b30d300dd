//! What a project was aligned with ↔ rows: the choices in `meta`, the lexicons, the words learnt.
//!
//! In: a transaction. Out: rows written or read. Guarantee: reading what was written gives the same; a kind of
//! evidence that a later version invented is passed over.

use rusqlite::{Statement, Transaction, params};

use crate::bitext::{BuiltinLexicon, Crossing, EvidenceKind, Lang};

use super::aligning::{Aligning, LexiconPair, SavedDictionary};
use super::row_error::{RowError, is_probability};

/// Replaces the words learnt.
pub(super) fn write_lexicon(transaction: &Transaction<'_>, lexicon: &[LexiconPair]) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM lexicon", [])?;
    let mut insert = transaction
        .prepare("INSERT OR REPLACE INTO lexicon (source, target, probability) VALUES (?1, ?2, ?3)")?;
    for pair in lexicon {
        insert.execute(params![pair.source, pair.target, pair.probability])?;
    }
    Ok(())
}

/// Reads the words learnt.
pub(super) fn read_lexicon(transaction: &Transaction<'_>) -> Result<Vec<LexiconPair>, RowError> {
    let mut select =
        transaction.prepare("SELECT source, target, probability FROM lexicon ORDER BY source, target")?;
    pairs(&mut select, [], "the words learnt")
}

/// The pairs that `select` gives; `of` says in messages where they stand.
fn pairs(
    select: &mut Statement<'_>,
    parameters: impl rusqlite::Params,
    of: &str,
) -> Result<Vec<LexiconPair>, RowError> {
    let rows = select.query_map(parameters, |row| {
        Ok(LexiconPair { source: row.get(0)?, target: row.get(1)?, probability: row.get(2)? })
    })?;
    let mut pairs = Vec::new();
    for pair in rows {
        let pair = pair?;
        if !is_probability(pair.probability) {
            let (source, target) = (shortened(&pair.source), shortened(&pair.target));
            let wrong = pair.probability;
            return Err(RowError::Damaged(format!(
                "{of}: `{source}` – `{target}`: {wrong} is no probability, which lies between 0 and 1"
            )));
        }
        pairs.push(pair);
    }
    Ok(pairs)
}

/// As much of a term as a message has room for.
fn shortened(term: &str) -> &str {
    &term[..term.floor_char_boundary(60)]
}

/// Replaces what the documents were aligned with.
pub(super) fn write_aligning(transaction: &Transaction<'_>, aligning: &Aligning) -> rusqlite::Result<()> {
    let without: Vec<&str> = aligning.choices.without.iter().map(|k| k.name()).collect();
    let moved = match aligning.choices.crossing {
        Crossing::Allowed => "found",
        Crossing::Forbidden => "ignored",
    };
    let builtin = match aligning.choices.builtin_lexicon {
        BuiltinLexicon::Used => "used",
        BuiltinLexicon::Omitted => "omitted",
    };
    let mut meta = transaction.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)")?;
    for (key, value) in
        [("without", &*without.join(",")), ("moved-blocks", moved), ("builtin-lexicon", builtin)]
    {
        meta.execute(params![key, value])?;
    }
    transaction.execute("DELETE FROM dictionary_pairs", [])?;
    transaction.execute("DELETE FROM dictionaries", [])?;
    let mut head = transaction
        .prepare("INSERT INTO dictionaries (number, first_language, second_language) VALUES (?1, ?2, ?3)")?;
    let mut insert = transaction.prepare(
        "INSERT OR REPLACE INTO dictionary_pairs (dictionary, first, second, weight) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for (number, dictionary) in (1_i64..).zip(&aligning.dictionaries) {
        let languages = dictionary.languages.as_ref();
        head.execute(params![number, languages.map(|l| l.0.as_str()), languages.map(|l| l.1.as_str())])?;
        for pair in &dictionary.pairs {
            insert.execute(params![number, pair.source, pair.target, pair.probability])?;
        }
    }
    Ok(())
}

/// Reads what the documents were aligned with.
pub(super) fn read_aligning(transaction: &Transaction<'_>) -> Result<Aligning, RowError> {
    let mut aligning = Aligning::default();
    let choices = &mut aligning.choices;
    let mut select = transaction.prepare("SELECT key, value FROM meta")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let (key, value): (String, String) = (row.get(0)?, row.get(1)?);
        match (&*key, &*value) {
            ("moved-blocks", "ignored") => choices.crossing = Crossing::Forbidden,
            ("builtin-lexicon", "omitted") => choices.builtin_lexicon = BuiltinLexicon::Omitted,
            ("without", names) => {
                choices.without = names.split(',').filter_map(EvidenceKind::from_name).collect();
            }
            _ => {}
        }
    }
    let mut heads = transaction
        .prepare("SELECT number, first_language, second_language FROM dictionaries ORDER BY number")?;
    let mut terms = transaction.prepare(
        "SELECT first, second, weight FROM dictionary_pairs WHERE dictionary = ?1 ORDER BY first, second",
    )?;
    let mut rows = heads.query([])?;
    while let Some(row) = rows.next()? {
        let number: i64 = row.get(0)?;
        let language = |column: usize| -> Result<Option<Lang>, RowError> {
            let name: Option<String> = row.get(column)?;
            let damaged = |e| RowError::Damaged(format!("dictionary {number}: {e}"));
            name.map(|name| name.parse::<Lang>().map_err(|e| damaged(e.to_string()))).transpose()
        };
        let languages = language(1)?.zip(language(2)?);
        let pairs = pairs(&mut terms, [number], &format!("dictionary {number}"))?;
        aligning.dictionaries.push(SavedDictionary { languages, pairs });
    }
    Ok(aligning)
}
