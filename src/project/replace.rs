//! Finding and replacing in the texts of a project, by words or by a regular expression.
//!
//! In: a project and what to replace. Out: each text that would change, before and after. Guarantee: time is linear in
//! the texts, since the engine does not go back; patterns, replacements and results are bounded; a text that would be
//! blank stays as it is.

use std::borrow::Cow;

use regex::{Regex, RegexBuilder};
use serde::{Deserialize, Serialize};

use crate::bitext::Side;

use super::carve::Editing;
use super::change::SideName;
use super::error::{EditError, check_length};
use super::model::Project;

/// The longest pattern or replacement, in bytes.
const LONGEST: usize = 1000;
/// The largest compiled pattern, in bytes.
const LARGEST: usize = 1 << 20;
/// All new texts together, in bytes.
const MOST: usize = 64 << 20;

/// What to replace by what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Replace {
    /// The side; `None`: both.
    pub side: Option<SideName>,
    /// What to find.
    pub find: String,
    /// What to put in its place; in a pattern `$1` and `${name}` stand for its groups.
    pub with: String,
    /// Whether `find` is a regular expression.
    pub regex: bool,
    /// Whether upper and lower case differ.
    pub case: bool,
}

/// A text that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaced {
    /// Its side.
    pub side: Side,
    /// The byte at which its segment starts.
    pub segment: usize,
    /// The text as it is now.
    pub before: String,
    /// The text as it would be.
    pub after: String,
    /// What is replaced, as bytes of `before`, and by what, as bytes of `after`.
    pub places: Vec<[std::ops::Range<usize>; 2]>,
}

/// All that would change, in order, and how many texts stay since they would be blank.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Replacements {
    /// The texts that change.
    pub changed: Vec<Replaced>,
    /// Texts that would be blank.
    pub blank: usize,
}

impl Replace {
    fn pattern(&self) -> Result<Regex, EditError> {
        if self.find.is_empty() {
            return Err(EditError::BadPattern("it is empty".to_owned()));
        }
        if self.find.len() > LONGEST || self.with.len() > LONGEST {
            return Err(EditError::TooLong { limit: LONGEST });
        }
        let pattern = if self.regex { Cow::Borrowed(&*self.find) } else { regex::escape(&self.find).into() };
        let mut builder = RegexBuilder::new(&pattern);
        builder.case_insensitive(!self.case).size_limit(LARGEST).dfa_size_limit(LARGEST);
        builder.build().map_err(|error| {
            let said = error.to_string();
            // The last line says what is wrong; those before it draw where.
            EditError::BadPattern(
                said.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned(),
            )
        })
    }
}

/// What `wanted` changes in `project`.
pub(crate) fn replacements(project: &Project, wanted: &Replace) -> Result<Replacements, EditError> {
    let pattern = wanted.pattern()?;
    let sides =
        Side::BOTH.into_iter().filter(|&side| wanted.side.is_none_or(|only| Side::from(only) == side));
    let mut all = Replacements::default();
    let mut written = 0;
    for side in sides {
        for segment in project.segments(side) {
            let before = project.segment_text(side, segment);
            let Some((after, places)) = replaced(&pattern, wanted, before)? else { continue };
            if after.trim().is_empty() {
                all.blank += 1;
                continue;
            }
            written += after.len();
            if written > MOST {
                return Err(EditError::TooLong { limit: MOST });
            }
            let before = before.to_owned();
            all.changed.push(Replaced { side, segment: segment.span.start, before, after, places });
        }
    }
    Ok(all)
}

type Changed = (String, Vec<[std::ops::Range<usize>; 2]>);

/// `text` with all that `pattern` finds replaced; `None` where that changes nothing.
fn replaced(pattern: &Regex, wanted: &Replace, text: &str) -> Result<Option<Changed>, EditError> {
    let (mut after, mut places, mut last) = (String::new(), Vec::new(), 0);
    for found in pattern.captures_iter(text) {
        let Some(whole) = found.get(0) else { continue };
        after.push_str(&text[last..whole.start()]);
        let from = after.len();
        if wanted.regex {
            found.expand(&wanted.with, &mut after);
        } else {
            after.push_str(&wanted.with);
        }
        check_length(&after)?;
        places.push([whole.range(), from..after.len()]);
        last = whole.end();
    }
    after.push_str(&text[last..]);
    check_length(&after)?;
    Ok((after != text).then_some((after, places)))
}

/// Makes the edit.
pub(super) fn replace(editing: &mut Editing<'_>, wanted: &Replace) -> Result<(), EditError> {
    for change in replacements(editing.project, wanted)?.changed {
        super::edit_segments::correct(editing, change.side, change.segment, Some(&change.after))?;
    }
    Ok(())
}
