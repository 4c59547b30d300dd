//! Writing what was read: the head in UTF-8, units as they stand, the end.

use std::borrow::Cow;
use std::io::{self, Read, Write};

use encoding_rs::{Encoding, UTF_8};

use super::check_head::finding;
use super::edits::{Edits, tokens_of, with_text};
use super::finding::{Finding, quoted};
use super::fix_report::FixReport;
use super::frames::{Body, FaultKind, Frames, Head, RawUnit, Step, Tail};
use super::gap::sound_gap;
use super::head::HeadView;
use super::kind::Kind;
use super::place::Place;
use super::prefixes::surplus;
use super::scan::{Token, TokenKind, local_of, name_of};
use super::sound::{fix_head_xml, prefixes, sound};
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
    /// No unit has texts in both languages that were asked for.
    #[error("no unit has texts in {source_lang} and in {target_lang}")]
    NoSuchPair {
        /// The language of the source.
        source_lang: String,
        /// The other language.
        target_lang: String,
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
            Self::NoSuchPair { .. } => Some("`muqabala tmx stats` lists the pairs of languages"),
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
        let found = view
            .root
            .map_or_else(|| "missing".to_owned(), |root| format!("<{}>", name_of(root.of(&head.text))));
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

/// Goes on to the next unit that is whole, counting in `unreadable` and telling those that are not; gives whether
/// there is one.
pub(super) fn next_whole<R: Read>(
    frames: &mut Frames<R>,
    unreadable: &mut u64,
    told: &mut dyn FnMut(&Finding),
) -> io::Result<bool> {
    loop {
        match pass(frames)? {
            Passed::Unit => return Ok(true),
            Passed::End => return Ok(false),
            Passed::LeftOut(finding) => {
                *unreadable += 1;
                told(&finding);
            }
        }
    }
}

pub(super) fn left_out(raw: &RawUnit<'_>, kind: Kind, at: usize, why: &str) -> Finding {
    Finding { unit: Some(raw.number), ..finding(kind, raw.place(at), format!("left out: {why}")) }
}

/// The head in UTF-8, with `edits`; its elements without a prefix, so that [`END`] ends it.
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
    match head.body {
        Body::Empty => {
            if let Some(body) = head.tokens.last() {
                edits.replace(body.range(), "<body>");
            }
        }
        Body::Added => edits.insert(head.text.len(), "<body>\n"),
        Body::Open | Body::Missing => {}
    }
    fix_head_xml(head, view, &mut edits, &mut FixReport::default());
    leave_out(&head.text, &head.tokens, &head.own, &mut edits);
    if edits.is_empty() { head.text.clone() } else { edits.apply(&head.text) }
}

/// Appends what takes the prefixes `own` for TMX out of the names of tags.
fn leave_out(text: &str, tokens: &[Token], own: &[String], edits: &mut Edits) {
    for (range, with) in surplus(text, tokens, own) {
        edits.replace(range, with);
    }
}

/// What ends a file.
pub(super) const END: &str = "\n</body>\n</tmx>\n";

/// The end of a file, and what of it had to be left out.
#[derive(Debug)]
pub(super) struct Ending {
    pub(super) text: String,
    pub(super) finding: Option<Finding>,
    /// Whether text was lost with what was left out.
    pub(super) lost: bool,
}

/// What stands after the last unit; made whole where it is not.
pub(super) fn ending(tail: Option<&Tail>) -> Ending {
    let Some(tail) = tail else { return Ending { text: END.to_owned(), finding: None, lost: false } };
    let Some(fault) = &tail.fault else {
        return Ending { text: format!("{}{}", tail.before, plain(&tail.text)), finding: None, lost: false };
    };
    let place: Place = super::place::advanced(tail.place, &tail.text[..fault.at]);
    let kind = match fault.kind {
        FaultKind::Broken => Kind::XmlBroken,
        FaultKind::Ends => Kind::Truncated,
    };
    let closes =
        |quoted: &str| {
            quoted.trim_matches('`').split_inclusive('>').map(str::trim).all(|tag| {
                tag.is_empty() || (tag.starts_with("</") && matches!(local_of(tag), "body" | "tmx"))
            })
        };
    let stray = sound_gap(&tail.text).stray.filter(|stray| stray.lost || !closes(&stray.quoted));
    let lost = stray.as_ref().is_some_and(|stray| stray.lost);
    let message = match stray {
        Some(stray) => format!("{}; left out: {}", fault.message, stray.quoted),
        None => fault.message.clone(),
    };
    let text = if fault.kind == FaultKind::Broken && is_padding(&tail.text[fault.at..]) {
        format!("{}{}\n", tail.before, plain(tail.text[..fault.at].trim_end()))
    } else {
        END.to_owned()
    };
    Ending { text, finding: Some(finding(kind, place, message)), lost }
}

/// What ends a memory without the prefixes of its tags, of which there are none but those that end body and memory.
fn plain(tail: &str) -> Cow<'_, str> {
    if !tail.contains(':') {
        return Cow::Borrowed(tail);
    }
    let mut edits = Edits::default();
    for tag in tokens_of(tail).iter().filter(|token| token.kind == TokenKind::Close) {
        let name = name_of(tag.of(tail));
        let start = tag.start + "</".len();
        edits.replace(start..start + name.len(), local_of(tag.of(tail)));
    }
    Cow::Owned(edits.apply(tail))
}

/// Whether nothing follows but the mark of an old end of file, or bytes that fill up a block.
fn is_padding(text: &str) -> bool {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{0}' | '\u{1a}')).is_empty()
}

/// Tells of what had to be done to a unit, and of what stands before it and is left out; gives what may be written of
/// the latter, and whether text is lost.
pub(super) fn outside<'g>(raw: &RawUnit<'g>, told: &mut dyn FnMut(&Finding)) -> (Cow<'g, str>, bool) {
    let gap = sound_gap(raw.gap);
    let mut lost = false;
    if let Some(stray) = gap.stray {
        lost = stray.lost;
        let place = super::place::advanced(raw.gap_place, &raw.gap[..stray.at]);
        let what = if lost { "left out, outside of units: " } else { "left out, but not the units: " };
        told(&finding(Kind::UnknownElement, place, format!("{what}{}", stray.quoted)));
    }
    if let Some(repair) = raw.repair {
        let made = finding(Kind::XmlBroken, raw.place, repair.to_owned());
        told(&Finding { unit: Some(raw.number), ..made });
    }
    (gap.text, lost)
}

/// Writes a memory: a head, units, an end.
pub(super) struct Writer<'w, W> {
    out: &'w mut W,
    head: Head,
    view: HeadView,
    prefixes: Vec<String>,
    begun: bool,
    /// Whether it was told that prefixes of TMX are not written.
    prefix_told: bool,
    /// Texts outside of units that were left out.
    strays: u64,
}

impl<'w, W: Write> Writer<'w, W> {
    /// One under the head `head`, which is not written yet.
    pub(super) fn new(out: &'w mut W, head: &Head, view: &HeadView) -> Self {
        let prefixes = prefixes(head, view);
        Self {
            out,
            head: head.clone(),
            view: view.clone(),
            prefixes,
            begun: false,
            prefix_told: false,
            strays: 0,
        }
    }

    /// Whether the head is written.
    pub(super) const fn begun(&self) -> bool {
        self.begun
    }

    /// Writes the head, with `edits`.
    pub(super) fn begin(&mut self, edits: Edits) -> io::Result<()> {
        self.begun = true;
        self.out.write_all(head_text(&self.head, &self.view, edits).as_bytes())
    }

    /// Writes a unit with what stands before it; `changed` in place of its own text. Its names go without the prefix for
    /// TMX; what keeps it from being XML is put right.
    pub(super) fn unit(
        &mut self,
        raw: &RawUnit<'_>,
        changed: Option<&dyn Fn(&RawUnit<'_>) -> String>,
        told: &mut dyn FnMut(&Finding),
    ) -> io::Result<()> {
        let (gap, lost) = outside(raw, told);
        self.strays += u64::from(lost);
        self.out.write_all(gap.as_bytes())?;
        if let Some(prefix) = raw.own.first().filter(|_| !self.prefix_told) {
            self.prefix_told = true;
            let detail = format!("names of TMX are written without their prefix {}", quoted(prefix));
            told(&finding(Kind::Namespace, raw.place, detail));
        }
        let mut edits = Edits::default();
        leave_out(raw.text, raw.tokens, raw.own, &mut edits);
        let plain = (!edits.is_empty()).then(|| edits.apply(raw.text));
        let tokens = plain.as_deref().map(tokens_of);
        let raw = &match (&plain, &tokens) {
            (Some(text), Some(tokens)) => with_text(raw, text, tokens),
            _ => *raw,
        };
        let Some(sound) = sound(raw, &self.prefixes) else {
            return match changed {
                Some(changed) => self.out.write_all(changed(raw).as_bytes()),
                None => self.out.write_all(raw.text.as_bytes()),
            };
        };
        let mended =
            finding(Kind::Unescaped, raw.place, "what is no XML was put right as `fix` does it".to_owned());
        told(&Finding { unit: Some(raw.number), ..mended });
        let tokens = tokens_of(&sound);
        let again = with_text(raw, &sound, &tokens);
        match changed {
            Some(changed) => self.out.write_all(changed(&again).as_bytes()),
            None => self.out.write_all(sound.as_bytes()),
        }
    }

    /// Tells of what stands before a unit that is not written.
    pub(super) fn pass_over(&mut self, raw: &RawUnit<'_>, told: &mut dyn FnMut(&Finding)) {
        let (_, lost) = outside(raw, told);
        self.strays += u64::from(lost);
    }

    /// Tells of what is left out at the end of a memory.
    pub(super) fn pass_over_end(&mut self, tail: Option<&Tail>, told: &mut dyn FnMut(&Finding)) {
        let ending = ending(tail);
        self.strays += u64::from(ending.lost);
        if let Some(finding) = &ending.finding {
            told(finding);
        }
    }

    /// Ends a part of a memory.
    pub(super) fn part(self) -> io::Result<u64> {
        self.out.write_all(END.as_bytes())?;
        self.out.flush()?;
        Ok(self.strays)
    }

    /// Writes the end and tells what of it is left out; gives how many texts outside of units were left out in all.
    pub(super) fn finish(mut self, tail: Option<&Tail>, told: &mut dyn FnMut(&Finding)) -> io::Result<u64> {
        self.pass_over_end(tail, told);
        self.close(tail)
    }

    /// Writes the end, of which all is told.
    pub(super) fn close(self, tail: Option<&Tail>) -> io::Result<u64> {
        self.out.write_all(ending(tail).text.as_bytes())?;
        self.out.flush()?;
        Ok(self.strays)
    }
}
