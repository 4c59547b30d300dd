//! Writing what was read: the head in UTF-8, units as they stand, the end.

use std::io::{self, Read};

use encoding_rs::{Encoding, UTF_8};

use super::check_head::finding;
use super::edits::Edits;
use super::finding::Finding;
use super::frames::{Body, FaultKind, Frames, Head, RawUnit, Step, Tail};
use super::head::HeadView;
use super::kind::Kind;
use super::place::Place;
use super::source::declared_label;

/// A file that cannot be worked on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MemoryError {
    /// The operating system refuses.
    #[error("cannot be read or written")]
    Io(#[from] io::Error),
    /// It is no TMX.
    #[error("not a TMX: the outermost element is {found}, not <tmx>")]
    NotTmx {
        /// What the outermost element is.
        found: String,
    },
    /// What stands before the units is broken.
    #[error("line {line}: {message}")]
    Head {
        /// The line, from 1.
        line: u64,
        /// What is wrong.
        message: String,
    },
    /// Two memories do not have the same source language.
    #[error("the source language is `{found}`, that of the first file `{expected}`")]
    OtherSource {
        /// That of the first.
        expected: String,
        /// That of this one.
        found: String,
    },
    /// There is no other language to reverse to.
    #[error("no unit has a text in {lang}")]
    NoSuchLanguage {
        /// The language looked for.
        lang: String,
    },
}

impl MemoryError {
    /// What to do about it.
    pub const fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Io(_) => None,
            Self::NotTmx { .. } => Some("give a TMX file; `muqabala align` makes one from two documents"),
            Self::Head { .. } => Some(
                "mend what stands before the first <tu> by hand; `muqabala tmx check` tells what is wrong",
            ),
            Self::OtherSource { .. } => Some(
                "turn it around first with `muqabala tmx reverse`, or spell the language alike with `muqabala tmx fix --lang`",
            ),
            Self::NoSuchLanguage { .. } => Some("`muqabala tmx stats` lists the languages"),
        }
    }
}

/// What a unit that is passed on had to be left out for.
pub(super) enum Passed {
    Unit,
    LeftOut(Finding),
    End,
}

/// Opens a memory that is to be passed on.
pub(super) fn open<R: Read>(
    input: R,
    encoding: Option<&'static Encoding>,
) -> Result<(Frames<R>, HeadView), MemoryError> {
    let frames = Frames::new(input, encoding)?;
    let head = frames.head();
    let view = HeadView::new(head);
    if !view.is_tmx(head) {
        let found = view.root.map_or_else(
            || "missing".to_owned(),
            |root| format!("<{}>", super::scan::name_of(root.of(&head.text))),
        );
        return Err(MemoryError::NotTmx { found });
    }
    if let Some(fault) = &head.fault {
        return Err(MemoryError::Head { line: head.place(fault.at).line, message: fault.message.clone() });
    }
    if head.body == Body::Missing {
        let line = head.place(head.text.len()).line;
        return Err(MemoryError::Head { line, message: "there is no <body>".to_owned() });
    }
    Ok((frames, view))
}

/// Goes on to the next unit that is whole.
pub(super) fn pass<R: Read>(frames: &mut Frames<R>) -> io::Result<Passed> {
    Ok(match frames.next()? {
        Step::Tail => Passed::End,
        Step::TooLarge(place) => {
            Passed::LeftOut(finding(Kind::TooLarge, place, "left out: larger than 16 MiB".to_owned()))
        }
        Step::Unit => {
            let raw = frames.unit();
            match raw.fault {
                None => Passed::Unit,
                Some(fault) => {
                    let kind = match fault.kind {
                        FaultKind::Broken => Kind::XmlBroken,
                        FaultKind::Ends => Kind::Truncated,
                    };
                    Passed::LeftOut(left_out(&raw, kind, fault.at, &fault.message))
                }
            }
        }
    })
}

pub(super) fn left_out(raw: &RawUnit<'_>, kind: Kind, at: usize, why: &str) -> Finding {
    Finding { unit: Some(raw.number), ..finding(kind, raw.place(at), format!("left out: {why}")) }
}

/// The head in UTF-8, with `edits`.
pub(super) fn head_text(head: &Head, view: &HeadView, mut edits: Edits) -> String {
    if let Some(declaration) = view.declaration {
        let text = declaration.of(&head.text);
        if let Some(label) = declared_label(text)
            && (Encoding::for_label(label.as_bytes()) != Some(UTF_8))
        {
            let at = declaration.start + label.as_ptr().addr() - text.as_ptr().addr();
            edits.replace(at..at + label.len(), "UTF-8");
        }
    }
    if head.body == Body::Empty
        && let Some(body) = head.tokens.last()
    {
        edits.replace(body.range(), "<body>");
    }
    if edits.is_empty() { head.text.clone() } else { edits.apply(&head.text) }
}

/// What ends a file.
pub(super) const END: &str = "\n</body>\n</tmx>\n";

/// What stands after the last unit; made whole where it is not.
pub(super) fn tail_text(tail: Option<&Tail>, body: Body) -> String {
    match tail {
        Some(tail) if tail.fault.is_none() && body == Body::Empty => format!("</body>{}", tail.text),
        Some(tail) if tail.fault.is_none() => tail.text.clone(),
        _ => END.to_owned(),
    }
}

/// What is wrong with the text after the last unit.
pub(super) fn tail_finding(tail: Option<&Tail>) -> Option<Finding> {
    let tail = tail?;
    let fault = tail.fault.as_ref()?;
    let place: Place = super::place::advanced(tail.place, &tail.text[..fault.at]);
    let kind = match fault.kind {
        FaultKind::Broken => Kind::XmlBroken,
        FaultKind::Ends => Kind::Truncated,
    };
    Some(finding(kind, place, fault.message.clone()))
}
