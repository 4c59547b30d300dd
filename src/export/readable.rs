//! The readable text: source and target under each other, for people.
//!
//! Each bead has a line with its type and confidence, its texts behind a key in ASCII (`S12|`, `T9-10|`; segments
//! count from 1 here), and its evidence in words. Runs of unaligned segments are folded. This is for eyes: white
//! space is not kept, controls are escaped, the order of right-to-left text is as [`Bidi`] says. Other formats
//! are for programs.

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;

use super::count::counted;
use super::display::{self, Wrapped};
use super::view::{BeadView, EvidenceView};
use crate::bitext::{Cost, Shown, Side, Sides};
use crate::formats::{Direction, directions};

pub use super::display::{Bidi, Invisible};

/// How the readable text looks.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ReadableOptions {
    /// Who puts right-to-left text in order. Default: nobody.
    pub bidi: Bidi,
    /// Columns to wrap at; 0, the default, does not wrap.
    pub width: usize,
    /// Whether invisible marks are named. Default: left as they are.
    pub invisible: Invisible,
    /// Whether runs of unaligned segments are folded. Default: they are.
    pub unaligned: Unaligned,
    /// Whether colours are used. Default: not.
    pub colour: Colour,
}

impl Default for ReadableOptions {
    fn default() -> Self {
        Self {
            bidi: Bidi::Off,
            width: 0,
            invisible: Invisible::AsIs,
            unaligned: Unaligned::Folded,
            colour: Colour::Off,
        }
    }
}

/// What to show of unaligned segments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unaligned {
    /// The beginning of a run of more than two, and how many there are.
    Folded,
    /// All of them.
    All,
}

/// Whether colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// ANSI escape sequences.
    On,
    /// Plain text.
    Off,
}

/// Writes the readable text of `beads`.
pub fn write(beads: &[BeadView<'_>], options: &ReadableOptions, out: &mut impl Write) -> io::Result<()> {
    // The side decides how lines run, not the word that one begins with: «IBM أعلنت» is Arabic.
    let painter = Painter { options, directions: directions(beads.iter().map(|b| b.texts.clone())) };
    let mut rest = beads;
    let mut first = true;
    while let Some(bead) = rest.first() {
        if !first {
            writeln!(out)?;
        }
        first = false;
        let run = null_run(rest);
        if run > 2 && options.unaligned == Unaligned::Folded {
            painter.folded(&rest[..run], out)?;
            rest = &rest[run..];
        } else {
            painter.bead(bead, out)?;
            rest = &rest[1..];
        }
    }
    Ok(())
}

/// How many beads at the head are null beads of one and the same side.
fn null_run(beads: &[BeadView<'_>]) -> usize {
    let Some(side) = beads.first().and_then(null_side) else { return 0 };
    beads.iter().take_while(|b| null_side(b) == Some(side)).count()
}

/// The side on which the segments of a null bead stand.
fn null_side(bead: &BeadView<'_>) -> Option<Side> {
    match (bead.segments.source.is_empty(), bead.segments.target.is_empty()) {
        (false, true) => Some(Side::Source),
        (true, false) => Some(Side::Target),
        _ => None,
    }
}

struct Painter<'o> {
    options: &'o ReadableOptions,
    directions: Sides<Direction>,
}

const DIM: &str = "2";
const BOLD: &str = "1";
const GREEN: &str = "32";
const YELLOW: &str = "33";
const RED: &str = "31";

impl Painter<'_> {
    fn bead(&self, bead: &BeadView<'_>, out: &mut impl Write) -> io::Result<()> {
        let unaligned = if bead.is_null() { "unaligned" } else { "" };
        let marks =
            [unaligned, if bead.crossing { "moved" } else { "" }, if bead.pinned { "pinned" } else { "" }];
        write!(out, "{}", self.paint(BOLD, &bead.bead_type().to_string()))?;
        if let Some(confidence) = bead.confidence {
            let colour = match confidence {
                c if c >= 0.8 => GREEN,
                c if c >= 0.5 => YELLOW,
                _ => RED,
            };
            write!(out, "  {}", self.paint(colour, &format!("{confidence:.2}")))?;
        }
        for mark in marks.into_iter().filter(|m| !m.is_empty()) {
            write!(out, "  {mark}")?;
        }
        writeln!(out)?;
        for side in Side::BOTH {
            if !bead.segments.get(side).is_empty() {
                self.text(side, bead.segments.get(side), bead.texts.get(side), out)?;
            }
        }
        let evidence = evidence_in_words(&bead.evidence);
        if !evidence.is_empty() {
            self.remark("because", &evidence, DIM, out)?;
        }
        for doubt in &bead.doubts {
            self.remark("doubt", &doubt.text, YELLOW, out)?;
        }
        let overridden = Side::BOTH.iter().any(|&s| display::has_override(bead.texts.get(s)));
        if overridden {
            self.remark(
                "beware",
                "the text holds marks that override its direction; they are shown escaped",
                RED,
                out,
            )?;
        }
        Ok(())
    }

    /// A run of null beads of one side: how many, and how the first of them begins.
    fn folded(&self, run: &[BeadView<'_>], out: &mut impl Write) -> io::Result<()> {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return Ok(()) };
        let Some(side) = null_side(first) else { return Ok(()) };
        let segments = first.segments.get(side).start..last.segments.get(side).end;
        let heading = format!("{} unaligned", counted(segments.len(), &format!("{side} segment")));
        writeln!(out, "{}", self.paint(DIM, &heading))?;
        let mut beginning: String = first.texts.get(side).chars().take(60).collect();
        if beginning.len() < first.texts.get(side).len() {
            beginning.push('…');
        }
        self.text(side, &segments, &beginning, out)
    }

    fn text(&self, side: Side, segments: &Range<usize>, text: &str, out: &mut impl Write) -> io::Result<()> {
        let direction = Direction::of_line(text, *self.directions.get(side));
        self.lines(&key(side, segments), BOLD, (text, Some(direction)), "", out)
    }

    fn remark(&self, label: &str, text: &str, colour: &str, out: &mut impl Write) -> io::Result<()> {
        self.lines(&format!("  {label}:"), colour, (text, None), colour, out)
    }

    /// `text` wrapped behind `key`; further lines are indented.
    fn lines(
        &self,
        key: &str,
        key_colour: &str,
        (text, direction): (&str, Option<Direction>),
        colour: &str,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let safe = display::safe(text, self.options.invisible);
        let indent = key.len() + 1;
        let columns = match self.options.width {
            0 => 0,
            // A very narrow terminal still gets some text on each line.
            width => width.saturating_sub(indent).max(16),
        };
        for (index, line) in display::wrap(&safe, columns, self.options.bidi, direction).iter().enumerate() {
            let Wrapped { text, padding } = line;
            if index == 0 {
                write!(out, "{} ", self.paint(key_colour, key))?;
            } else {
                write!(out, "{:indent$}", "")?;
            }
            writeln!(out, "{:padding$}{}", "", self.paint(colour, text))?;
        }
        Ok(())
    }

    fn paint<'t>(&self, code: &str, text: &'t str) -> Cow<'t, str> {
        if self.options.colour == Colour::Off || code.is_empty() {
            return Cow::Borrowed(text);
        }
        Cow::Owned(format!("\u{1b}[{code}m{text}\u{1b}[0m"))
    }
}

/// `text` on one line as people see it: white space folded, controls escaped, invisible marks named.
pub fn shown(text: &str) -> String {
    display::safe(text, Invisible::Shown)
}

/// The key of segments: `S12|`, `T9-10|`, counted from 1.
pub fn key(side: Side, segments: &Range<usize>) -> String {
    let letter = match side {
        Side::Source => 'S',
        Side::Target => 'T',
    };
    if segments.len() == 1 {
        format!("{letter}{}|", segments.start + 1)
    } else {
        format!("{letter}{}-{}|", segments.start + 1, segments.end)
    }
}

/// What speaks for a bead, in words: "12 words, dates 2024-07-22, 2024-07-23, lengths fit".
pub(super) fn evidence_in_words(evidence: &[EvidenceView<'_>]) -> String {
    let mut items: Vec<&EvidenceView<'_>> = evidence.iter().collect();
    // Kinds are declared in the order in which they are shown.
    items.sort_by_key(|e| e.kind);
    items.into_iter().filter_map(item_in_words).collect::<Vec<_>>().join("; ")
}

fn item_in_words(item: &EvidenceView<'_>) -> Option<String> {
    let supports = item.cost < Cost::ZERO;
    let count = item.matches.len();
    let named = |one: &str, many: &str| {
        const SHOWN: usize = 6;
        let values: Vec<&str> = item.matches.iter().take(SHOWN).map(|m| &*m.value).collect();
        let more = if count > SHOWN { format!(" and {} more", count - SHOWN) } else { String::new() };
        (count > 0).then(|| format!("{} {}{more}", if count == 1 { one } else { many }, values.join(", ")))
    };
    match item.kind.shown() {
        Shown::Counted(thing) if count > 0 => Some(counted(count, thing)),
        Shown::Counted(_) => supports.then(|| item.kind.name().to_owned()),
        Shown::Listed(one, many) => named(one, many),
        Shown::For(sentence) => supports.then(|| sentence.to_owned()),
        Shown::ForWithValue(sentence) => supports.then(|| {
            let value = item.matches.first().map(|m| format!(" ({})", m.value)).unwrap_or_default();
            format!("{sentence}{value}")
        }),
        Shown::ForOrAgainst(sentence, _) if supports => Some(sentence.to_owned()),
        Shown::ForOrAgainst(_, against) => (item.cost > Cost::from_nats(1.0)).then(|| against.to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::EvidenceKind;
    use crate::bitext::Sides;
    use crate::export::view::{DoubtView, MatchView};

    fn bead<'a>(source: Range<usize>, target: Range<usize>, texts: (&'a str, &'a str)) -> BeadView<'a> {
        BeadView {
            segments: Sides::new(source, target),
            texts: Sides::new(texts.0.into(), texts.1.into()),
            pieces: Sides::default(),
            cost: Cost::ZERO,
            confidence: None,
            evidence: Vec::new(),
            doubts: Vec::new(),
            crossing: false,
            pinned: false,
            review: None,
        }
    }

    fn found<'a>(kind: EvidenceKind, cost: f64, values: &[&'a str]) -> EvidenceView<'a> {
        let matches = values.iter().map(|&v| MatchView { value: v.into(), texts: Sides::default() });
        EvidenceView { kind, cost: Cost::from_nats(cost), matches: matches.collect(), unmatched: Vec::new() }
    }

    fn shown(beads: &[BeadView<'_>], options: &ReadableOptions) -> String {
        let mut out = Vec::new();
        write(beads, options, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn example() -> Vec<BeadView<'static>> {
        let mut linked = bead(
            3..5,
            0..1,
            ("قادت وزارتا الدفاع. الحوار الثاني", "The ministries led the second dialogue on security"),
        );
        linked.confidence = Some(0.974);
        linked.evidence = vec![
            found(EvidenceKind::Length, -0.5, &[]),
            found(EvidenceKind::BeadType, 2.5, &[]),
            found(EvidenceKind::Words, -9.0, &["a", "b", "c"]),
            found(EvidenceKind::Dates, -7.0, &["2024-07-22", "2024-07-23"]),
            found(EvidenceKind::Numbers, -3.0, &["6"]),
        ];
        linked.doubts = vec![DoubtView {
            name: "missing-value".into(),
            text: "7 stands on the source side alone".into(),
        }];
        vec![
            bead(0..1, 0..0, ("عنوان أول", "")),
            bead(1..2, 0..0, ("عنوان ثان", "")),
            bead(2..3, 0..0, ("عنوان ثالث", "")),
            linked,
            bead(5..5, 1..2, ("", "evil \u{202e}txet\u{202c}")),
        ]
    }

    #[test]
    fn beads_are_shown_with_evidence_in_words_and_long_runs_folded() {
        insta::assert_snapshot!(shown(&example(), &ReadableOptions::default()), @r"
        3 source segments unaligned
        S1-3| عنوان أول

        2-1  0.97
        S4-5| قادت وزارتا الدفاع. الحوار الثاني
        T1| The ministries led the second dialogue on security
          because: 3 words; number 6; dates 2024-07-22, 2024-07-23; lengths fit
          doubt: 7 stands on the source side alone

        0-1  unaligned
        T2| evil <RLO>txet<PDF>
          beware: the text holds marks that override its direction; they are shown escaped
        ");
    }

    #[test]
    fn kinds_are_told_as_their_table_says() {
        let items = [
            found(EvidenceKind::Embedding, -0.5, &["cosine 0.93"]),
            found(EvidenceKind::Structure, -0.5, &[":"]),
            found(EvidenceKind::Length, 1.5, &[]),
            found(EvidenceKind::Symbols, -1.0, &["a.txt"]),
            found(EvidenceKind::Words, -1.0, &[]),
            found(EvidenceKind::BeadType, -1.0, &[]),
        ];
        let told = "words; symbol a.txt; lengths differ; structure fits; embeddings agree (cosine 0.93)";
        assert_eq!(evidence_in_words(&items), told);
    }

    #[test]
    fn text_is_wrapped_and_ordered_for_a_plain_terminal() {
        let options = ReadableOptions {
            bidi: Bidi::Reorder,
            width: 40,
            unaligned: Unaligned::All,
            ..ReadableOptions::default()
        };
        insta::assert_snapshot!(shown(&example()[2..4], &options), @r"
        1-0  unaligned
        S3|                           ثلاث ناونع

        2-1  0.97
        S4-5|  يناثلا راوحلا .عافدلا اترازو تداق
        T1| The ministries led the second
            dialogue on security
          because: 3 words; number 6; dates
                   2024-07-22, 2024-07-23;
                   lengths fit
          doubt: 7 stands on the source side
                 alone
        ");
    }

    #[test]
    fn colours_are_the_only_difference() {
        let coloured =
            shown(&example(), &ReadableOptions { colour: Colour::On, ..ReadableOptions::default() });
        let mut plain = coloured;
        for code in ["0", DIM, BOLD, GREEN, YELLOW, RED] {
            plain = plain.replace(&format!("\u{1b}[{code}m"), "");
        }
        assert_eq!(plain, shown(&example(), &ReadableOptions::default()));
    }
}
