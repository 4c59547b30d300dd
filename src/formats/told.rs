//! What a reader has to say of a file besides its units: what it left out, and how it read the rest.

use std::collections::BTreeMap;

/// Something of a file that is not among the units read from it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum LeftOut {
    /// A unit with text on one side alone.
    OneSided,
    /// A unit of other languages than those read: its languages, such as `en → fr`.
    Languages(String),
    /// A text in a further language of a unit that is read: that language.
    Texts(String),
    /// A unit whose state says that it is not translated yet.
    Untranslated,
    /// A unit that is not to be translated.
    NotForTranslation,
    /// A unit whose target is its source again, in the letters of the source.
    Copied,
    /// A unit that asks for review.
    ForReview,
    /// A unit whose text is no longer in the program that it was made for.
    Obsolete,
    /// A plural form besides the two that are read.
    PluralForm,
    /// A translation proposed besides the unit's own.
    Proposal,
    /// A text inside an inline code that has no counterpart opposite.
    InsideCode,
    /// A text marked as deleted.
    Deleted,
    /// A text where the format has no place for texts.
    Misplaced,
    /// A row of a table without text in the columns that are read.
    Row,
}

impl LeftOut {
    /// What it is called, with `count` before it.
    pub fn words(&self, count: usize) -> String {
        let (one, many) = match self {
            Self::OneSided => ("unit with text on one side alone", "units with text on one side alone"),
            Self::Languages(pair) => {
                let unit = if count == 1 { "unit" } else { "units" };
                return format!("{count} {unit} of {pair}");
            }
            Self::Texts(language) => {
                let text = if count == 1 { "text" } else { "texts" };
                return format!("{count} {text} in {language}");
            }
            Self::Untranslated => ("unit not translated yet", "units not translated yet"),
            Self::NotForTranslation => ("unit not to be translated", "units not to be translated"),
            Self::Copied => ("unit whose target repeats the source", "units whose target repeats the source"),
            Self::ForReview => ("unit that asks for review", "units that ask for review"),
            Self::Obsolete => ("obsolete unit", "obsolete units"),
            Self::PluralForm => ("further plural form", "further plural forms"),
            Self::Proposal => ("proposed translation", "proposed translations"),
            Self::InsideCode => ("text inside inline codes", "texts inside inline codes"),
            Self::Deleted => ("text marked as deleted", "texts marked as deleted"),
            Self::Misplaced => ("text outside of units", "texts outside of units"),
            Self::Row => ("row without text in these columns", "rows without text in these columns"),
        };
        format!("{count} {}", if count == 1 { one } else { many })
    }

    /// Whether it is a unit of two texts that may be read all the same, and is no finished translation.
    pub const fn is_unfinished(&self) -> bool {
        matches!(
            self,
            Self::Untranslated | Self::NotForTranslation | Self::Copied | Self::ForReview | Self::Obsolete
        )
    }
}

/// What was left out of a file, counted, and how the rest was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Told {
    /// What was left out, and how often.
    pub left_out: BTreeMap<LeftOut, usize>,
    /// How the rest was read, each a sentence for people.
    pub notes: Vec<String>,
}

impl Told {
    /// Counts one more of `what`.
    pub fn leave_out(&mut self, what: LeftOut) {
        self.leave_out_many(what, 1);
    }

    /// Counts `count` more of `what`.
    pub fn leave_out_many(&mut self, what: LeftOut, count: usize) {
        if count > 0 {
            *self.left_out.entry(what).or_default() += count;
        }
    }

    /// Counts a further text of a unit, in the language with this code.
    pub(super) fn leave_out_text(&mut self, code: &str) {
        let language = if code.is_empty() { "an unnamed language" } else { code };
        self.leave_out(LeftOut::Texts(language.to_owned()));
    }

    /// Says `note`, once.
    pub fn note(&mut self, note: String) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// Says where texts stand that belong to no unit; of many the first few.
    pub(super) fn misplaced(&mut self, line: usize) {
        self.leave_out(LeftOut::Misplaced);
        if self.left_out[&LeftOut::Misplaced] <= 3 {
            self.note(format!("line {line}: a text outside of units"));
        }
    }

    /// Says that a status is no word that is known; of many different ones the first few.
    pub(super) fn unknown_state(&mut self, field: &str) {
        const MOST: usize = 3;
        const END: &str = "is no status that is known; such units are taken";
        if self.notes.iter().filter(|note| note.ends_with(END)).count() < MOST {
            let word: String = field.chars().take(40).collect();
            self.note(format!("`{word}` {END}"));
        }
    }

    /// Takes what `other` says too.
    pub fn join(&mut self, other: Self) {
        for (what, count) in other.left_out {
            self.leave_out_many(what, count);
        }
        for note in other.notes {
            self.note(note);
        }
    }

    /// How many of `what` were left out.
    pub fn count(&self, what: &LeftOut) -> usize {
        self.left_out.get(what).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_counted_and_named() {
        let mut told = Told::default();
        told.leave_out(LeftOut::OneSided);
        told.leave_out_many(LeftOut::Languages("en → fr".to_owned()), 2);
        told.leave_out_many(LeftOut::Copied, 0);
        let mut other = Told::default();
        other.leave_out(LeftOut::OneSided);
        other.misplaced(7);
        told.join(other);
        let words: Vec<String> = told.left_out.iter().map(|(what, &n)| what.words(n)).collect();
        assert_eq!(
            words,
            ["2 units with text on one side alone", "2 units of en → fr", "1 text outside of units"]
        );
        assert_eq!(told.notes, ["line 7: a text outside of units"]);
    }
}
