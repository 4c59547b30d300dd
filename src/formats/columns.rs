//! Which columns of a table hold the texts: the same for CSV, TSV, workbooks and tables of documents.
//!
//! In: rows of fields, and columns asked for by number or heading. Out: units. A first row whose fields are headings
//! (languages by code or name, source and target, the usual others) names the columns; of a table without one the
//! two columns with the most letters are read, a column that runs the other way before others. Guarantee: a row with
//! text is a unit or counted; which columns were read and which were not is told.

use std::borrow::Cow;

use super::heading::{Meaning, code_and_word, is_bare_code, is_capitalised, is_partly_usual, meaning};
use super::state::{State, fuzzy, state};
use super::told::{LeftOut, Told};
use super::unit::{bead_type, share};
use super::{Direction, FormatError, Multilingual, Several, Text, Unit};
use crate::bitext::{Lang, Side, Sides};

/// A column, as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnName {
    /// By its number, from 1.
    Number(usize),
    /// By its heading, or by the language that the heading names.
    Heading(String),
}

/// Which columns are read.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Columns {
    /// Those asked for: source, target.
    pub asked: Option<Sides<ColumnName>>,
    /// The code of a language for its code or name.
    pub named: fn(&str) -> Option<String>,
    /// Whether texts can be of the language with this code.
    pub fits: fn(&str, &[&str]) -> Fit,
    /// The numbers of the columns that the fields of rows stand in, from 0, where some are left out.
    pub numbers: Option<Vec<usize>>,
}

impl Default for Columns {
    fn default() -> Self {
        Self { asked: None, named: code, fits: |_, _| Fit::Perhaps, numbers: None }
    }
}

/// Whether texts can be of a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// They are of another: in other letters, or with the words of another.
    No,
    /// That cannot be told.
    Perhaps,
    /// They have its letters, which few others have, or its words.
    Yes,
}

/// A code of two letters, perhaps with a country.
fn code(name: &str) -> Option<String> {
    let lang: Lang = name.replace('_', "-").parse().ok()?;
    (lang.primary().len() == 2).then(|| lang.as_str().to_owned())
}

/// The texts of the rows of a table.
pub fn of_rows(rows: Vec<Vec<String>>, columns: &Columns) -> Result<Multilingual, FormatError> {
    let rows: Vec<Vec<String>> =
        rows.into_iter().filter(|row| row.iter().any(|f| !f.trim().is_empty())).collect();
    let titles = titles(&rows, columns);
    let Some((first, rest)) = rows[titles..].split_first() else { return Err(FormatError::Nothing("row")) };
    let heading = Heading::of(first, rest, columns);
    let body = if heading.is_some() { rest } else { &rows[titles..] };
    let read = Read::choose(first, body, heading.as_ref(), columns)?;
    let mut file = Multilingual::default();
    file.told.leave_out_many(LeftOut::Row, titles);
    for row in body {
        let unit = read.unit(row, &mut file.told);
        if unit.texts.iter().all(|text| text.text.trim().is_empty()) {
            file.told.leave_out(LeftOut::Row);
        } else {
            file.units.push(unit);
        }
    }
    let filled = |unit: &Several| unit.texts.iter().filter(|text| !text.text.trim().is_empty()).count();
    let sides = |side: Side| file.units.iter().any(|unit| !unit.text(side).trim().is_empty());
    let both = sides(Side::Source) && sides(Side::Target);
    if !both && file.units.iter().all(|unit| filled(unit) < 2) {
        return Err(FormatError::Nothing("second column with texts"));
    }
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    let mut named = false;
    if width > read.texts.len() {
        let name = |at: usize| columns.name(at, heading.is_some().then_some(&first[..]));
        let used: Vec<String> = read.texts.iter().map(|text| name(text.column)).collect();
        let others = (0..width).filter(|at| {
            read.texts.iter().all(|text| text.column != *at)
                && body.iter().any(|row| row.get(*at).is_some_and(|field| !field.trim().is_empty()))
        });
        let others: Vec<String> = others.map(name).collect();
        if !others.is_empty() {
            named = true;
            file.told.note(format!(
                "texts from the columns {}; not from {}",
                used.join(", "),
                others.join(", ")
            ));
        }
    }
    if heading.is_some() && !named {
        let fields: Vec<String> = (0..first.len()).map(|at| columns.name(at, Some(first))).collect();
        file.told.note(format!("the first row is read as headings: {}", fields.join(", ")));
    }
    Ok(file)
}

/// How many rows stand above the heading, as titles do, with one field alone.
fn titles(rows: &[Vec<String>], columns: &Columns) -> usize {
    const MOST: usize = 5;
    let is_title = |row: &&Vec<String>| row.iter().filter(|f| !f.trim().is_empty()).count() == 1;
    let count = rows.iter().take(MOST).take_while(is_title).count();
    match rows.get(count..).and_then(<[Vec<String>]>::split_first) {
        Some((first, rest)) if Heading::of(first, rest, columns).is_some() => count,
        _ => 0,
    }
}

impl Columns {
    /// What a column is called in messages: its heading, else its number.
    fn name(&self, at: usize, heading: Option<&[String]>) -> String {
        let heading = heading.and_then(|row| row.get(at)).map(|field| field.trim()).filter(|f| !f.is_empty());
        heading.map_or_else(|| self.number(at).to_string(), |heading| format!("`{heading}`"))
    }

    /// The number of a column, from 1.
    fn number(&self, at: usize) -> usize {
        self.numbers.as_ref().and_then(|numbers| numbers.get(at).copied()).unwrap_or(at) + 1
    }
}

/// The first row, where it is a heading.
struct Heading(Vec<Meaning>);

impl Heading {
    fn of(first: &[String], rest: &[Vec<String>], columns: &Columns) -> Option<Self> {
        let named = |name: &str| (columns.named)(name);
        let mut meanings: Vec<Meaning> = first.iter().map(|field| meaning(field, &named)).collect();
        for (at, field) in first.iter().enumerate() {
            // `id` over sentences is Indonesian, over numbers and names it is none.
            if meanings[at] == Meaning::Context
                && let Some(code) = code_and_word(field, &named)
                && is_prose(at, rest)
            {
                meanings[at] = Meaning::Language(code);
            }
        }
        not_codes(first, rest, &mut meanings, columns);
        let mut languages: Vec<&str> = meanings.iter().filter_map(Meaning::language).collect();
        let (count, has) = (languages.len(), |wanted: fn(&Meaning) -> bool| meanings.iter().any(wanted));
        languages.sort_unstable();
        languages.dedup();
        let roles = has(|m| matches!(m, Meaning::Source(_))) && has(|m| matches!(m, Meaning::Target(_)));
        let all_known =
            first.iter().zip(&meanings).all(|(f, m)| f.trim().is_empty() || *m != Meaning::Unknown);
        let asked = columns.asked.as_ref().is_some_and(|asked| {
            // By a heading can be asked only where there is one.
            Side::BOTH.into_iter().any(|side| match asked.get(side) {
                ColumnName::Heading(name) => first.iter().any(|f| f.trim().eq_ignore_ascii_case(name.trim())),
                ColumnName::Number(_) => false,
            })
        });
        let role = has(|m| matches!(m, Meaning::Source(_) | Meaning::Target(_)));
        // A column of Arabic under `Arabic`: the first field is none of the texts.
        let turns = || {
            let at = meanings.iter().position(|m| m.language().is_some());
            at.is_some_and(|at| direction(at, rest).is_rtl() && !Direction::of([&*first[at]]).is_rtl())
        };
        let is = match count {
            _ if roles || asked => true,
            0 => all_known && (role || first.len() > 2) || beside_a_key(first, rest, &meanings),
            1 => all_known && first.len() > 1 || turns(),
            // A glossary of languages has one language again and again in a row.
            _ => languages.len() == count || all_known && languages.len() > 1,
        };
        is.then_some(Self(meanings))
    }
}

impl Meaning {
    fn language(&self) -> Option<&str> {
        match self {
            Self::Language(code) | Self::Source(Some(code)) | Self::Target(Some(code)) => Some(code),
            _ => None,
        }
    }
}

/// Takes back that bare codes are languages where they are words: where the texts under them are of another language, or
/// where they are written as words are and nothing under any of them speaks for its language. A row of several codes in
/// small letters, or in capital ones, and nothing that is unknown is one of headings.
fn not_codes(first: &[String], rest: &[Vec<String>], meanings: &mut [Meaning], columns: &Columns) {
    const MOST: usize = 200;
    let bare: Vec<(usize, Fit)> = (0..first.len())
        .filter(|&at| is_bare_code(first[at].trim()))
        .filter_map(|at| {
            let code = meanings[at].language()?;
            let texts = rest.iter().filter_map(|row| row.get(at)).take(MOST);
            let texts: Vec<&str> = texts.map(String::as_str).collect();
            Some((at, (columns.fits)(code, &texts)))
        })
        .collect();
    let speaks = bare.iter().any(|(_, fit)| *fit == Fit::Yes);
    // Nobody's first row is `en` and `ar`, whatever stands below: the file may have them the wrong way round.
    let filled = || (0..first.len()).filter(|&at| !first[at].trim().is_empty());
    let codes = || filled().filter(|&at| is_bare_code(first[at].trim()) && meanings[at].language().is_some());
    let written_small = codes().all(|at| !is_capitalised(first[at].trim()));
    if written_small && codes().count() > 1 && filled().all(|at| !matches!(meanings[at], Meaning::Unknown)) {
        return;
    }
    for (at, fit) in bare {
        if fit == Fit::No || is_capitalised(first[at].trim()) && !speaks {
            meanings[at] = Meaning::Unknown;
        }
    }
}

/// Whether the first row is a heading since one field of it names a key or the like and the others are partly usual in
/// headings, or the fields under it are keys and it is none itself.
fn beside_a_key(first: &[String], rest: &[Vec<String>], meanings: &[Meaning]) -> bool {
    let usual = |at: usize| {
        matches!(meanings[at], Meaning::Context | Meaning::Comment | Meaning::Other | Meaning::Status)
    };
    let keys = (0..first.len()).filter(|&at| usual(at));
    let is_key = |field: &str| {
        let field = field.trim();
        !field.contains(char::is_whitespace)
            && field.contains(|c: char| c.is_ascii_digit() || matches!(c, '.' | '_' | '-' | '/' | ':'))
    };
    let under = |at: usize| {
        let fields = || rest.iter().filter_map(|row| row.get(at)).filter(|field| !field.trim().is_empty());
        fields().count() > 0 && fields().all(|field| is_key(field)) && !is_key(&first[at])
    };
    let others = || (0..first.len()).filter(|&at| !usual(at) && !first[at].trim().is_empty());
    let partly = others().count() > 1 && others().all(|at| is_partly_usual(&first[at]));
    let mut keys = keys.peekable();
    keys.peek().is_some() && (partly || keys.any(under))
}

/// Whether most texts of a column have words with blanks between.
fn is_prose(column: usize, rows: &[Vec<String>]) -> bool {
    let texts = || rows.iter().filter_map(|row| row.get(column)).map(|f| f.trim()).filter(|f| !f.is_empty());
    texts().filter(|text| text.contains(char::is_whitespace)).count() * 2 > texts().count()
}

/// A column that is read.
struct TextColumn {
    column: usize,
    side: Option<Side>,
    code: String,
}

/// Which column holds what.
#[derive(Default)]
struct Read {
    texts: Vec<TextColumn>,
    bead_type: Option<usize>,
    confidence: Option<usize>,
    status: Option<usize>,
    fuzzy: Option<usize>,
    comment: Option<usize>,
    context: Option<usize>,
}

impl Read {
    fn choose(
        first: &[String],
        body: &[Vec<String>],
        heading: Option<&Heading>,
        columns: &Columns,
    ) -> Result<Self, FormatError> {
        let none = Vec::new();
        let meanings = heading.map_or(&none, |heading| &heading.0);
        let find = |wanted: fn(&Meaning) -> bool| meanings.iter().position(wanted);
        let text = |column: usize, side| {
            let code = meanings.get(column).and_then(Meaning::language).unwrap_or_default().to_owned();
            TextColumn { column, side, code }
        };
        let pair = |source, target| vec![text(source, Some(Side::Source)), text(target, Some(Side::Target))];
        let mut read = Self {
            bead_type: find(|m| *m == Meaning::BeadType),
            confidence: find(|m| *m == Meaning::Confidence),
            status: find(|m| *m == Meaning::Status),
            fuzzy: find(|m| *m == Meaning::Fuzzy),
            comment: find(|m| *m == Meaning::Comment),
            context: find(|m| *m == Meaning::Context),
            texts: Vec::new(),
        };
        if let Some(asked) = &columns.asked {
            let at = |side: Side| asked_column(asked.get(side), first, heading, columns);
            read.texts = pair(at(Side::Source)?, at(Side::Target)?);
            return Ok(read);
        }
        let source = find(|m| matches!(m, Meaning::Source(_)));
        let target = find(|m| matches!(m, Meaning::Target(_)));
        let languages: Vec<usize> =
            (0..meanings.len()).filter(|&at| matches!(meanings[at], Meaning::Language(_))).collect();
        // Columns that hold something else by their headings are out of the question.
        let possible = |at: usize| matches!(meanings.get(at), None | Some(Meaning::Unknown | Meaning::Text));
        let other = |one: usize| {
            let columns = heaviest(body, &|at| at != one && possible(at), Some(one));
            columns.first().copied().ok_or(FormatError::Nothing("second column with texts"))
        };
        read.texts = match (source, target, &languages[..]) {
            (Some(source), Some(target), _) => pair(source, target),
            (Some(source), None, [target]) => pair(source, *target),
            (None, Some(target), [source]) => pair(*source, target),
            (None, None, [source, target]) => pair(*source, *target),
            (Some(source), None, []) => pair(source, other(source)?),
            (None, Some(target), []) => pair(other(target)?, target),
            (None, None, [one]) => {
                let other = other(*one)?;
                pair(other.min(*one), other.max(*one))
            }
            (None, None, []) => match heaviest(body, &possible, None)[..] {
                [a, b, ..] => pair(a.min(b), a.max(b)),
                _ => return Err(FormatError::Nothing("second column with texts")),
            },
            _ => {
                let source = source.map(|at| text(at, Some(Side::Source)));
                let target = target.map(|at| text(at, Some(Side::Target)));
                source.into_iter().chain(target).chain(languages.iter().map(|&at| text(at, None))).collect()
            }
        };
        Ok(read)
    }

    fn unit(&self, row: &[String], told: &mut Told) -> Several {
        let field = |at: usize| row.get(at).map(String::as_str).unwrap_or_default();
        let other = |at: Option<usize>| at.map(field).unwrap_or_default();
        let mut unit = Unit {
            bead_type: bead_type(other(self.bead_type)),
            confidence: share(other(self.confidence)),
            comment: Cow::Owned(other(self.comment).to_owned()),
            context: Cow::Owned(other(self.context).to_owned()),
            ..Unit::default()
        };
        let says = [(self.status, state as fn(&str) -> Option<State>), (self.fuzzy, fuzzy)];
        for (column, says) in says {
            let field = other(column).trim();
            match says(field) {
                Some(said) => said.put(&mut unit),
                None if field.is_empty() => {}
                None => told.unknown_state(field),
            }
        }
        let texts = self.texts.iter().map(|t| Text {
            code: t.code.clone(),
            side: t.side,
            text: field(t.column).to_owned(),
        });
        Several { unit, texts: texts.collect() }
    }
}

/// The place of a column that is asked for.
fn asked_column(
    asked: &ColumnName,
    first: &[String],
    heading: Option<&Heading>,
    columns: &Columns,
) -> Result<usize, FormatError> {
    let found = match asked {
        ColumnName::Number(number) => (0..first.len()).find(|&at| columns.number(at) == *number),
        ColumnName::Heading(name) => {
            let name = name.trim();
            let same = |field: &String| field.trim().to_lowercase() == name.to_lowercase();
            let code = (columns.named)(name);
            let by_language = || {
                let meanings = &heading?.0;
                meanings.iter().position(|m| m.language().is_some() && m.language() == code.as_deref())
            };
            first.iter().position(same).or_else(by_language)
        }
    };
    found.ok_or_else(|| {
        let all = (0..first.len()).map(|at| columns.name(at, heading.is_some().then_some(first)));
        let asked = match asked {
            ColumnName::Number(number) => number.to_string(),
            ColumnName::Heading(name) => name.clone(),
        };
        FormatError::Column { asked, columns: all.collect::<Vec<_>>().join(", ") }
    })
}

/// The direction of the texts of a column.
fn direction(column: usize, rows: &[Vec<String>]) -> Direction {
    Direction::of(rows.iter().filter_map(|row| row.get(column)).map(String::as_str))
}

/// The possible columns with text, those with the most letters first; with a column `beside` them, or after the
/// first, those come first that run the other way.
fn heaviest(rows: &[Vec<String>], possible: &dyn Fn(usize) -> bool, beside: Option<usize>) -> Vec<usize> {
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    let mut weighed: Vec<(usize, usize)> = Vec::new();
    for column in (0..width).filter(|&at| possible(at)) {
        let texts =
            || rows.iter().filter_map(|row| row.get(column)).map(|f| f.trim()).filter(|f| !f.is_empty());
        let letters: usize = texts().map(|text| text.chars().filter(|c| c.is_alphabetic()).count()).sum();
        let filled = texts().count();
        // Identifiers: no blanks, and signs or digits in most.
        let name = |text: &str| {
            text.is_ascii() && text.contains(|c: char| matches!(c, '.' | '_' | '-' | '/' | '0'..='9'))
        };
        let names = texts().all(|text| !text.contains(char::is_whitespace))
            && texts().filter(|text| name(text)).count() * 2 > filled;
        // Remarks stand in few rows, texts in all.
        let weight = letters * filled / if names { 1000 } else { 1 };
        if filled > 0 {
            weighed.push((weight, column));
        }
    }
    weighed.sort_by_key(|&(weight, column)| (std::cmp::Reverse(weight), column));
    let mut order: Vec<usize> = weighed.into_iter().map(|(_, column)| column).collect();
    let Some(one) = beside.or_else(|| order.first().copied()) else { return order };
    let runs = direction(one, rows);
    let from = usize::from(beside.is_none());
    order[from..].sort_by_key(|&column| direction(column, rows) == runs);
    order
}

#[cfg(test)]
mod tests;
