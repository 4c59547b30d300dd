//! What of a document is not read, counted.

use std::collections::BTreeMap;

use super::Warning;

/// Something of a document that is not among its blocks, and that a reader might miss.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Omitted {
    /// Text that was deleted or moved away with tracking: changes are read as accepted.
    Deletion,
    /// Text that its format hides.
    Hidden,
    /// A comment of a reviewer.
    Comment,
    /// A formula.
    Formula,
    /// A chart, with its titles and labels.
    Chart,
    /// A diagram (SmartArt) whose text is not in the file.
    Diagram,
    /// An object of another program, such as a chart or a formula.
    Object,
    /// A document inserted whole, of a kind not read there.
    Inserted,
    /// A file that a message has with it.
    Attachment,
    /// A block of code, where none is wanted.
    Code,
    /// A cell whose string the workbook does not have.
    Cell,
    /// A page that the document names and does not hold.
    Page,
    /// A line at the head or the foot of pages.
    Running,
    /// What was filled into a form.
    FormValue,
}

impl Omitted {
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Deletion => ("tracked deletion", "tracked deletions"),
            Self::Hidden => ("hidden text", "hidden texts"),
            Self::Comment => ("comment", "comments"),
            Self::Formula => ("formula", "formulas"),
            Self::Chart => ("chart", "charts"),
            Self::Diagram => ("diagram", "diagrams"),
            Self::Object => ("embedded object", "embedded objects"),
            Self::Inserted => ("inserted document", "inserted documents"),
            Self::Attachment => ("attachment", "attachments"),
            Self::Code => ("block of code", "blocks of code"),
            Self::FormValue => ("form value", "form values"),
            Self::Cell => ("cell whose text is not in the file", "cells whose text is not in the file"),
            Self::Page => ("page that is not in the file", "pages that are not in the file"),
            Self::Running => {
                ("line at the head or the foot of pages", "lines at the head or the foot of pages")
            }
        }
    }

    /// Whether the file itself is not whole.
    const fn is_damage(self) -> bool {
        matches!(self, Self::Diagram | Self::Cell | Self::Page)
    }
}

/// What was left out of a document, and how often.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct LeftOut(BTreeMap<Omitted, usize>);

impl LeftOut {
    /// One more of `what`.
    pub(crate) fn add(&mut self, what: Omitted) {
        *self.0.entry(what).or_default() += 1;
    }

    /// What was left out elsewhere too.
    pub(crate) fn extend(&mut self, other: Self) {
        for (what, count) in other.0 {
            *self.0.entry(what).or_default() += count;
        }
    }

    /// What is to be said of the document `name`.
    pub(crate) fn warning(&self, name: &str) -> Option<Warning> {
        if self.0.is_empty() {
            return None;
        }
        let item = |(what, count): (&Omitted, &usize)| {
            let (one, many) = what.words();
            format!("{count} {}", if *count == 1 { one } else { many })
        };
        let items: Vec<String> = self.0.iter().map(item).collect();
        let hint = if self.0.keys().any(|what| what.is_damage()) {
            Some("the file is not whole: open it in its program, and save it again")
        } else if self.0.contains_key(&Omitted::Deletion) {
            Some("tracked changes are read as accepted")
        } else if self.0.contains_key(&Omitted::Inserted) {
            Some("open the document in Word and save it: then what is inserted is text of it")
        } else {
            None
        };
        Some((format!("{name}: left out {}", items.join(", ")), hint))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_counted() {
        let mut left_out = LeftOut::default();
        assert_eq!(left_out.warning("a"), None);
        left_out.add(Omitted::Formula);
        let mut other = LeftOut::default();
        other.add(Omitted::Formula);
        other.add(Omitted::Deletion);
        left_out.extend(other);
        let (message, hint) = left_out.warning("a").unwrap();
        assert_eq!(message, "a: left out 1 tracked deletion, 2 formulas");
        assert!(hint.is_some_and(|h| h.contains("accepted")));
        left_out.add(Omitted::Cell);
        assert!(left_out.warning("a").unwrap().1.is_some_and(|h| h.contains("not whole")));
    }
}
