//! Reading PO as gettext does: tokens, not lines.
//!
//! Strings that follow each other are one; a comment ends with its line. Of an entry with plural forms `msgid` is
//! read with the form for 1 and `msgid_plural` with that for 100, by the header's formula; the other forms are
//! counted, and are units with `msgid_plural` where all are asked for. `msgctxt` is the unit's context. Fuzzy and
//! obsolete entries are marked. Where the header says nothing else, the source is taken for English.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::plural::PluralForms;
use super::po_text::PoText;
use super::tmx::ask_for_review;
use super::told::LeftOut;
use super::unit::{bead_type, share};
use super::{Direction, FormatError, Multilingual, Several, Unit};
use crate::bitext::{Lang, Side, Sides};

/// Which plural forms are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PluralsRead {
    /// That for 1 and that for 100.
    #[default]
    Two,
    /// All of them.
    All,
}

/// The plural forms of Arabic, where a header does not say them and there are as many.
const ARABIC: &str =
    "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;";

/// Reads PO; of plural forms two.
pub fn read(text: &str) -> Result<Multilingual, FormatError> {
    read_with(text, PluralsRead::Two)
}

/// Reads PO.
pub fn read_with(text: &str, plurals: PluralsRead) -> Result<Multilingual, FormatError> {
    let mut reader =
        Reader { tokens: Tokens::new(text), entry: Entry::default(), file: File::default(), plurals };
    reader.entries()?;
    let mut file = reader.file.read;
    if file.units.is_empty() {
        return Err(FormatError::Nothing("entry"));
    }
    // English, unless the letters say that it cannot be.
    let sources = file.units.iter().map(|unit| unit.text(Side::Source));
    if !Direction::of(sources).is_rtl() {
        file.assumed.source = Some(Lang::english());
    }
    Ok(file)
}

/// A piece of the file with its line.
#[derive(Debug, PartialEq, Eq)]
enum Token<'t> {
    /// A keyword, such as `msgid` or `msgstr[0]`.
    Word(&'t str),
    /// A string without its quotes, its escapes resolved but for bytes.
    String(PoText),
    /// What follows `#` on its line.
    Comment(&'t str),
}

struct Tokens<'t> {
    rest: &'t str,
    line: usize,
    /// Whether the line began with `#~`: an obsolete entry.
    obsolete: bool,
}

impl<'t> Tokens<'t> {
    fn new(text: &'t str) -> Self {
        Self { rest: text.trim_start_matches('\u{feff}'), line: 1, obsolete: false }
    }

    fn next(&mut self) -> Result<Option<Token<'t>>, FormatError> {
        loop {
            let Some(c) = self.rest.chars().next() else { return Ok(None) };
            match c {
                '\n' => {
                    (self.line, self.obsolete) = (self.line + 1, false);
                    self.rest = &self.rest[1..];
                }
                _ if c.is_whitespace() => self.rest = &self.rest[c.len_utf8()..],
                '#' => match self.rest.strip_prefix("#~") {
                    // What follows is a token as any other, unless it is the text before a change.
                    Some(rest) if !rest.starts_with('|') => (self.rest, self.obsolete) = (rest, true),
                    _ => {
                        let end = self.rest.find('\n').unwrap_or(self.rest.len());
                        let comment = self.rest[1..end].trim_end_matches('\r');
                        self.rest = &self.rest[end..];
                        return Ok(Some(Token::Comment(comment)));
                    }
                },
                '"' => return self.string().map(Some),
                _ => {
                    let end =
                        self.rest.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(self.rest.len());
                    let word = &self.rest[..end];
                    self.rest = &self.rest[end..];
                    return Ok(Some(Token::Word(word)));
                }
            }
        }
    }

    fn string(&mut self) -> Result<Token<'t>, FormatError> {
        let inner = &self.rest[1..];
        let mut escaped = false;
        for (at, c) in inner.char_indices() {
            match c {
                '\n' => break,
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => {
                    self.rest = &inner[at + 1..];
                    return Ok(Token::String(PoText::of(&inner[..at], self.line)?));
                }
                _ => {}
            }
        }
        Err(FormatError::at(self.line, "a string without the quotes that end it"))
    }
}

/// Where strings are collected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    Context,
    Id,
    Plural,
    Text(usize),
}

#[derive(Debug, Default)]
struct Entry {
    unit: Unit<'static>,
    fields: BTreeMap<Field, PoText>,
    obsolete: bool,
}

impl Entry {
    /// Whether `field` stands in it, and cannot begin another entry: those begin after a translation.
    fn has_already(&self, field: Field) -> bool {
        let translated = self.fields.keys().any(|f| matches!(f, Field::Text(_)));
        let may_begin = matches!(field, Field::Context | Field::Id) && translated;
        self.fields.contains_key(&field) && !may_begin
    }
}

#[derive(Debug, Default)]
struct File {
    read: Multilingual,
    codes: Sides<String>,
    plurals: Option<PluralForms>,
    /// The encoding that the header names.
    charset: String,
}

struct Reader<'t> {
    tokens: Tokens<'t>,
    entry: Entry,
    file: File,
    plurals: PluralsRead,
}

impl Reader<'_> {
    fn entries(&mut self) -> Result<(), FormatError> {
        let mut field: Option<Field> = None;
        // Whether a keyword waits for its string.
        let mut bare: Option<(usize, String)> = None;
        while let Some(token) = self.tokens.next()? {
            match token {
                Token::Comment(comment) => {
                    // A comment after the texts belongs to the next entry.
                    if self.entry.fields.keys().any(|f| matches!(f, Field::Text(_))) {
                        self.finish()?;
                        field = None;
                    }
                    note(comment, &mut self.entry.unit);
                }
                Token::String(text) => {
                    let Some(field) = field else {
                        let message = "a text without `msgid` or `msgstr` before it";
                        return Err(FormatError::at(self.tokens.line, message));
                    };
                    bare = None;
                    self.entry.fields.entry(field).or_default().append(text);
                }
                Token::Word("domain") => {
                    self.finish()?;
                    // The domain's name, which is a string, is none of the texts.
                    self.tokens.next()?;
                    field = None;
                }
                Token::Word(word) => {
                    refuse_bare(bare.take())?;
                    let next = match word {
                        "msgctxt" => Field::Context,
                        "msgid" => Field::Id,
                        "msgid_plural" => Field::Plural,
                        "msgstr" => Field::Text(0),
                        _ => {
                            let index =
                                word.strip_prefix("msgstr[").and_then(|w| w.strip_suffix(']')?.parse().ok());
                            let Some(index) = index else {
                                let message = format!("`{word}` is no keyword of PO");
                                return Err(FormatError::at(self.tokens.line, message));
                            };
                            Field::Text(index)
                        }
                    };
                    if self.entry.has_already(next) {
                        let message = format!(
                            "a second `{word}` in one entry (gettext refuses it too): keep one of the two, or begin an entry of its own with `msgid`"
                        );
                        return Err(FormatError::at(self.tokens.line, message));
                    }
                    let begins = match next {
                        Field::Context => !self.entry.fields.is_empty(),
                        Field::Id => self.entry.fields.keys().any(|f| *f != Field::Context),
                        Field::Plural | Field::Text(_) => false,
                    };
                    if begins {
                        self.finish()?;
                    }
                    self.entry.obsolete |= self.tokens.obsolete;
                    self.entry.fields.entry(next).or_default();
                    bare = Some((self.tokens.line, word.to_owned()));
                    field = Some(next);
                }
            }
        }
        refuse_bare(bare)?;
        self.finish()
    }

    /// Puts the entry into the file, and begins another.
    fn finish(&mut self) -> Result<(), FormatError> {
        let Entry { mut unit, mut fields, obsolete } = std::mem::take(&mut self.entry);
        if fields.is_empty() {
            return Ok(());
        }
        let is_header =
            !fields.contains_key(&Field::Context) && fields.get(&Field::Id).is_none_or(PoText::is_empty);
        if is_header {
            let header = fields.remove(&Field::Text(0)).unwrap_or_default();
            // It may hold letters, in the encoding that it names itself.
            self.file.charset = charset(&header.latin());
            let header = header.decoded(&self.file.charset)?;
            self.file.header(&header);
            return Ok(());
        }
        let charset = &self.file.charset;
        let decoded = |(field, text): (Field, PoText)| Ok((field, text.decoded(charset)?));
        let mut fields: BTreeMap<Field, String> =
            fields.into_iter().map(decoded).collect::<Result<_, FormatError>>()?;
        let context = fields.remove(&Field::Context);
        let id = fields.remove(&Field::Id).unwrap_or_default();
        let plural = fields.remove(&Field::Plural);
        let mut forms: BTreeMap<usize, String> = fields
            .into_iter()
            .filter_map(
                |(field, text)| if let Field::Text(index) = field { Some((index, text)) } else { None },
            )
            .collect();
        unit.context = Cow::Owned(context.unwrap_or_default());
        if obsolete {
            unit.unfinished = Some(LeftOut::Obsolete);
        }
        let Some(plural) = plural else {
            self.file.unit(unit, id, forms.remove(&0));
            return Ok(());
        };
        let formula = self.file.plural_forms(forms.len());
        let (one, many) = (formula.form(1).unwrap_or(0), formula.form(100).unwrap_or(1));
        let text = |form: usize| forms.get(&form).cloned();
        self.file.unit(unit.clone(), id, text(one));
        self.file.unit(unit.clone(), plural.clone(), text(many));
        let others = forms.iter().filter(|(form, text)| **form != one && **form != many && !text.is_empty());
        for (_, text) in others {
            match self.plurals {
                PluralsRead::Two => self.file.read.told.leave_out(LeftOut::PluralForm),
                PluralsRead::All => self.file.unit(unit.clone(), plural.clone(), Some(text.clone())),
            }
        }
        self.file.read.told.note(
            "of plural forms msgid is read with the form for 1, msgid_plural with the form for 100"
                .to_owned(),
        );
        Ok(())
    }
}

/// The encoding that a header names; empty where it names none.
fn charset(header: &str) -> String {
    let named = header.split_once("charset=").map_or("", |(_, rest)| rest);
    named.split(|c: char| c.is_whitespace() || c == ';').next().unwrap_or_default().to_owned()
}

fn refuse_bare(bare: Option<(usize, String)>) -> Result<(), FormatError> {
    match bare {
        Some((line, word)) => Err(FormatError::at(line, format!("`{word}` without a text in double quotes"))),
        None => Ok(()),
    }
}

impl File {
    fn unit(&mut self, unit: Unit<'static>, source: String, target: Option<String>) {
        let codes = self.codes.as_ref().map(String::as_str);
        self.read.units.push(Several::of_sides(unit, codes, Sides::new(Some(source), target)));
    }

    fn header(&mut self, header: &str) {
        for line in header.lines() {
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match &*name.trim().to_ascii_lowercase() {
                "language" => value.clone_into(&mut self.codes.target),
                "x-source-language" => value.clone_into(&mut self.codes.source),
                "plural-forms" => {
                    // One that gives no form for the numbers asked for is none.
                    let gives = |forms: &PluralForms| [1, 100].iter().all(|n| forms.form(*n).is_some());
                    self.plurals = PluralForms::parse(value).filter(gives);
                    if self.plurals.is_none() && !value.contains("INTEGER") {
                        self.read.told.note("the header's Plural-Forms cannot be used".to_owned());
                    }
                }
                _ => {}
            }
        }
    }

    /// The formula, where `count` forms are given: the header's, else that of the language.
    fn plural_forms(&self, count: usize) -> PluralForms {
        let arabic = || {
            let is = self.codes.target.split(['-', '_']).next() == Some("ar") && count == 6;
            if is { PluralForms::parse(ARABIC) } else { None }
        };
        self.plurals.clone().or_else(arabic).unwrap_or_else(PluralForms::usual)
    }
}

fn note(comment: &str, unit: &mut Unit<'static>) {
    if let Some(flags) = comment.strip_prefix(',') {
        if flags.split(',').any(|f| f.trim() == "fuzzy") {
            ask_for_review(unit);
        }
    } else if let Some(extracted) = comment.strip_prefix('.') {
        for part in extracted.split(',') {
            if let Some(value) = part.trim().strip_prefix("confidence ") {
                unit.confidence = share(value);
            } else if let Some(value) = part.trim().strip_prefix("type ") {
                unit.bead_type = bead_type(value);
            }
        }
    } else if let Some(comment) = comment.strip_prefix(' ') {
        let comment = comment.trim_end().to_owned();
        unit.comment = if unit.comment.is_empty() {
            Cow::Owned(comment)
        } else {
            Cow::Owned(format!("{} {comment}", unit.comment))
        };
    }
}

#[cfg(test)]
mod tests {
    use super::super::Status;
    use super::*;

    fn units(file: &str, plurals: PluralsRead) -> (Vec<(String, String, Option<LeftOut>)>, Multilingual) {
        let read = read_with(file, plurals).unwrap();
        let one = |u: &Several| {
            (u.text(Side::Source).to_owned(), u.text(Side::Target).to_owned(), u.unit.unfinished.clone())
        };
        (read.units.iter().map(one).collect(), read)
    }

    #[test]
    fn strings_are_tokens_and_not_lines() {
        let file = "# header\nmsgid \"\"\nmsgstr \"\"\n\"Language: ar_IQ\\n\"\n\n#: main.c:1\n#, c-format, fuzzy\n#| msgid \"no\"\n\
            msgid \"one\\t\\\"x\\\" \" \"more\"\nmsgstr\n\n\"واحد\" # so\nmsgctxt \"c\" msgid\t\"two\"msgstr\"اثنان\"\n\n\
            #~ msgid \"old\"\n#~ msgstr \"قديم\"\n#~| msgid \"older\"\nmsgid \"three\\101\"\r\nmsgstr \"\"";
        let (found, read) = units(file, PluralsRead::Two);
        let owned = |a: &str, b: &str, c| (a.to_owned(), b.to_owned(), c);
        assert_eq!(
            found,
            [
                owned("one\t\"x\" more", "واحد", Some(LeftOut::ForReview)),
                owned("two", "اثنان", None),
                owned("old", "قديم", Some(LeftOut::Obsolete)),
                owned("threeA", "", None)
            ]
        );
        assert_eq!((read.units[0].unit.status, &*read.units[1].unit.context), (Status::Flagged, "c"));
        let languages = read.by_sides().languages;
        assert_eq!(languages.source, Some(Lang::english()));
    }

    /// As `msgcat -E` writes them, in whatever encoding.
    #[test]
    fn escaped_bytes_are_letters_in_the_encoding_of_the_header() {
        let header = |charset: &str, name: &str| {
            format!(
                "msgid \"\"\nmsgstr \"Last-Translator: {name}\\n\"\n\"Content-Type: text/plain; charset={charset}\\n\"\n\n"
            )
        };
        let entry = |text: &str| format!("msgctxt \"{text}\"\nmsgid \"tea\"\nmsgstr \"{text}\"\n");
        for (charset, text) in [("UTF-8", r"\330\264\330\247\331\212"), ("CP1256", r"\324\307\355")] {
            let (found, read) = units(&(header(charset, text) + &entry(text)), PluralsRead::Two);
            assert_eq!((&*found[0].1, &*read.units[0].unit.context), ("شاي", "شاي"), "{charset}");
        }
    }

    #[test]
    fn plural_forms_go_by_the_formula() {
        let header =
            |forms: &str| format!("msgid \"\"\nmsgstr \"Language: ar\\nPlural-Forms: {forms}\\n\"\n");
        let entry = |count: usize| {
            let texts: String = (0..count).map(|n| format!("msgstr[{n}] \"f{n}\"\n")).collect();
            format!("msgid \"%d guest\"\nmsgid_plural \"%d guests\"\n{texts}")
        };
        let pairs = |file: &str, plurals| {
            let (found, read) = units(file, plurals);
            let texts: Vec<String> = found.into_iter().map(|(s, t, _)| format!("{s}={t}")).collect();
            (texts.join(" "), read.told.count(&LeftOut::PluralForm))
        };
        let arabic = format!("{}{}", header(ARABIC), entry(6));
        assert_eq!(pairs(&arabic, PluralsRead::Two), ("%d guest=f1 %d guests=f5".to_owned(), 4));
        let all = "%d guest=f1 %d guests=f5 %d guests=f0 %d guests=f2 %d guests=f3 %d guests=f4";
        assert_eq!(pairs(&arabic, PluralsRead::All), (all.to_owned(), 0));
        // The header does not say.
        assert_eq!(
            pairs(&format!("{}{}", header("x"), entry(6)), PluralsRead::Two).0,
            "%d guest=f1 %d guests=f5"
        );
        assert_eq!(pairs(&entry(2), PluralsRead::Two), ("%d guest=f0 %d guests=f1".to_owned(), 0));
        // One form for all numbers.
        let one = format!("{}{}", header("nplurals=1; plural=0;"), entry(1));
        assert_eq!(pairs(&one, PluralsRead::Two).0, "%d guest=f0 %d guests=f0");
    }

    #[test]
    fn a_formula_that_gives_no_form_is_told() {
        for forms in [
            "nplurals=2; plural=n/0;",
            "nplurals=2; plural=99;",
            "nplurals=2; plural=n==;",
            "nplurals=0; plural=0;",
        ] {
            let entry = "msgid \"guest\"\nmsgid_plural \"guests\"\nmsgstr[0] \"f0\"\nmsgstr[1] \"f1\"\n";
            let file = format!("msgid \"\"\nmsgstr \"Language: de\\nPlural-Forms: {forms}\\n\"\n{entry}");
            let (found, read) = units(&file, PluralsRead::Two);
            let targets: Vec<&str> = found.iter().map(|(_, target, _)| &**target).collect();
            assert_eq!(targets, ["f0", "f1"], "{forms}");
            assert!(
                read.told.notes.iter().any(|note| note.contains("Plural-Forms cannot be used")),
                "{forms}"
            );
        }
    }

    #[test]
    fn mistakes_are_told_with_their_line() {
        let error = |text: &str| read(text).unwrap_err().to_string();
        insta::assert_snapshot!(error("msgid \"a\"\nmsgstr \"b"), @"line 2: a string without the quotes that end it");
        insta::assert_snapshot!(error("msgid"), @"line 1: `msgid` without a text in double quotes");
        insta::assert_snapshot!(error("msgid\nmsgstr \"a\""), @"line 1: `msgid` without a text in double quotes");
        insta::assert_snapshot!(error("\"x\""), @"line 1: a text without `msgid` or `msgstr` before it");
        insta::assert_snapshot!(error("hello"), @"line 1: `hello` is no keyword of PO");
        insta::assert_snapshot!(error("# x"), @"it holds no entry");
        insta::assert_snapshot!(error("msgid \"a\"\nmsgstr \"b\"\nmsgstr \"c\"\n"), @"line 3: a second `msgstr` in one entry (gettext refuses it too): keep one of the two, or begin an entry of its own with `msgid`");
        for again in [
            "msgctxt \"c\"\nmsgctxt \"c\"",
            "msgid \"a\"\nmsgid \"b\"\nmsgstr \"c\"",
            "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"c\" msgstr[0] \"d\"",
        ] {
            assert!(error(again).contains(" in one entry "), "{again}");
        }
        insta::assert_snapshot!(error("msgid \"a\"\nmsgstr \"\"\n\"b\\u0041\""), @r"line 3: `\u` is no escape that PO has (gettext refuses it too); for a backslash write `\\`");
    }
}
