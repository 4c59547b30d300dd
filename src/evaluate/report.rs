//! Reports of an evaluation, for people and for programs.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::calibration::{Calibration, Judged, calibration};
use super::gold::Gold;
use super::metrics::{CONVENTION, Prf, Scores, Tally, exact, exact_joined, within};
use crate::bitext::{Alignment, Bead, LexiconWorth};

/// One document pair that was evaluated.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Case {
    /// Its name.
    pub name: String,
    /// How many source and target segments it has.
    pub size: (usize, usize),
    /// How many beads the gold has.
    pub gold_beads: usize,
    /// How many beads were found.
    pub found_beads: usize,
    /// What was counted.
    pub tally: Tally,
    /// The confidences of the linked beads, and whether they are right, by what counts as right in the order
    /// of [`Right::ALL`].
    pub judged: [Vec<Judged>; Right::ALL.len()],
    /// The lexicons that it was aligned with, and what each was worth.
    pub lexicons: Vec<LexiconWorth>,
    /// Seconds it took to align.
    pub seconds: f64,
}

impl Case {
    /// Judges `alignment` by `gold`.
    pub fn new(name: String, gold: &Gold, alignment: &Alignment, seconds: f64) -> Self {
        let found: Vec<Bead> = alignment.beads().iter().map(|b| b.bead).collect();
        let judge = |right: Vec<bool>| -> Vec<Judged> {
            let linked = alignment.beads().iter().zip(right).filter(|(b, _)| !b.bead.is_null());
            linked.filter_map(|(b, right)| Some(Judged { confidence: b.confidence?, right })).collect()
        };
        Self {
            name,
            size: alignment.size(),
            gold_beads: gold.beads().len(),
            found_beads: found.len(),
            tally: Tally::of(gold.beads(), &found),
            judged: Right::ALL.map(|right| {
                judge(match right {
                    Right::Exactly => exact(found.iter().copied(), gold.beads()),
                    Right::Joined => exact_joined(&found, gold.beads()),
                    Right::Within => within(&found, gold.beads()),
                })
            }),
            lexicons: alignment.lexicons().to_vec(),
            seconds,
        }
    }

    /// The document's confidences against what counts as right.
    pub fn calibration(&self, right: Right) -> Option<Calibration> {
        calibration(&self.judged[right as usize])
    }
}

/// What counts as right where confidences are held against a gold that may be coarser than what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// A bead that stands in the gold.
    Exactly,
    /// Also one that makes a gold bead together with its neighbours: held against a coarse gold this is too
    /// strict, as one wrong bead counts against all others inside the same gold bead.
    Joined,
    /// Also one that lies within a gold bead: against a coarse gold too lenient, as it may be cut wrongly there.
    Within,
}

impl Right {
    /// All, from the strictest on.
    pub const ALL: [Self; 3] = [Self::Exactly, Self::Joined, Self::Within];

    const fn heading(self) -> &'static str {
        match self {
            Self::Exactly => "confidence of linked beads",
            Self::Joined => "the same, joined inside gold beads",
            Self::Within => "the same, any bead within a gold bead held to be right",
        }
    }
}

/// All documents that were evaluated together.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Each document pair.
    pub cases: Vec<Case>,
}

impl Report {
    /// The counts of all documents together.
    pub fn total(&self) -> Tally {
        let mut total = Tally::default();
        for case in &self.cases {
            total += &case.tally;
        }
        total
    }

    /// The confidences of all documents together, against what counts as right.
    pub fn calibration(&self, right: Right) -> Option<Calibration> {
        let judged: Vec<Judged> =
            self.cases.iter().flat_map(|c| c.judged[right as usize].iter().copied()).collect();
        calibration(&judged)
    }

    /// What each lexicon was worth in all documents together, in the order in which they are met.
    pub fn lexicons(&self) -> Vec<LexiconWorth> {
        let mut all: Vec<LexiconWorth> = Vec::new();
        for worth in self.cases.iter().flat_map(|c| &c.lexicons) {
            match all.iter_mut().find(|known| known.lexicon == worth.lexicon) {
                Some(known) => known.add(worth),
                None => all.push(worth.clone()),
            }
        }
        all
    }

    /// Writes the report for people.
    pub fn write_text(&self, out: &mut impl Write) -> io::Result<()> {
        let width = self.cases.iter().map(|c| c.name.chars().count()).max().unwrap_or(0).max("all".len());
        writeln!(
            out,
            "{:width$}  {:>11}  strict P      R     F1   lax F1  null F1  joined F1  seconds",
            "", "segments"
        )?;
        let row = |out: &mut dyn Write, name: &str, size: &str, tally: &Tally, seconds: f64| {
            let scores = tally.scores();
            // Where the gold leaves nothing unaligned, a score of it would say nothing.
            let null =
                if tally.null.recall.of == 0 { "-".to_owned() } else { format!("{:.4}", scores.null.f1) };
            writeln!(
                out,
                "{name:width$}  {size:>11}    {:.4} {:.4} {:.4}   {:.4}   {null:>6}     {:.4}  {seconds:>7.2}",
                scores.strict.precision,
                scores.strict.recall,
                scores.strict.f1,
                scores.lax.f1,
                scores.joined.f1,
            )
        };
        for case in &self.cases {
            let size = format!("{}/{}", case.size.0, case.size.1);
            row(out, &case.name, &size, &case.tally, case.seconds)?;
        }
        let total = self.total();
        if self.cases.len() > 1 {
            let seconds = self.cases.iter().map(|c| c.seconds).sum();
            row(out, "all", "", &total, seconds)?;
        }
        write_types(&total, out)?;
        write_lexicons(&self.lexicons(), out)?;
        let mut before = None;
        for right in Right::ALL {
            let Some(calibration) = self.calibration(right).filter(|now| before.as_ref() != Some(now)) else {
                continue;
            };
            let (error, log_loss) = (calibration.error, calibration.log_loss);
            writeln!(
                out,
                "\n{}: calibration error {error:.4}, log loss {log_loss:.4} nats a bead",
                right.heading()
            )?;
            write_calibration(&calibration, out)?;
            before = Some(calibration);
        }
        writeln!(out, "\n{CONVENTION}")
    }

    /// Writes the report as one JSON object.
    pub fn write_json(&self, out: &mut impl Write) -> io::Result<()> {
        let cases: Vec<Value> = self
            .cases
            .iter()
            .map(|c| {
                json!({
                    "name": c.name,
                    "source_segments": c.size.0,
                    "target_segments": c.size.1,
                    "gold_beads": c.gold_beads,
                    "found_beads": c.found_beads,
                    "scores": scores_json(&c.tally.scores()),
                    "calibration": c.calibration(Right::Exactly).as_ref().map(calibration_json),
                    "calibration_joined": c.calibration(Right::Joined).as_ref().map(calibration_json),
                    "calibration_within": c.calibration(Right::Within).as_ref().map(calibration_json),
                    "lexicons": c.lexicons.iter().map(lexicon_json).collect::<Vec<_>>(),
                    "seconds": c.seconds,
                })
            })
            .collect();
        let total = self.total();
        let types: Vec<Value> = total
            .types
            .iter()
            .map(|((gold, found), count)| {
                json!({ "gold": gold.to_string(), "found": found.to_string(), "count": count })
            })
            .collect();
        let report = json!({
            "convention": CONVENTION,
            "cases": cases,
            "total": {
                "scores": scores_json(&total.scores()),
                "types": types,
                "calibration": self.calibration(Right::Exactly).as_ref().map(calibration_json),
                "calibration_joined": self.calibration(Right::Joined).as_ref().map(calibration_json),
                "calibration_within": self.calibration(Right::Within).as_ref().map(calibration_json),
                "lexicons": self.lexicons().iter().map(lexicon_json).collect::<Vec<_>>(),
                "seconds": self.cases.iter().map(|c| c.seconds).sum::<f64>(),
            },
        });
        serde_json::to_writer_pretty(&mut *out, &report)?;
        writeln!(out)
    }
}

/// How many kinds of confused bead types a report names.
const SHOWN: usize = 12;

/// The bead types met most often where the gold has another.
fn write_types(total: &Tally, out: &mut impl Write) -> io::Result<()> {
    let mut confused: Vec<_> = total.types.iter().filter(|((gold, found), _)| gold != found).collect();
    confused.sort_by_key(|&(types, count)| (std::cmp::Reverse(count), types));
    if confused.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nbead types taken for others (gold → found):")?;
    let shown: Vec<String> = confused
        .iter()
        .take(SHOWN)
        .map(|((gold, found), count)| format!("{gold} → {found}: {count}"))
        .collect();
    writeln!(out, "  {}", shown.join(", "))
}

fn lexicon_json(worth: &LexiconWorth) -> Value {
    json!({
        "lexicon": worth.lexicon,
        "words": worth.words,
        "found": worth.found,
        "trust": worth.trust,
    })
}

/// What each lexicon was worth.
fn write_lexicons(lexicons: &[LexiconWorth], out: &mut impl Write) -> io::Result<()> {
    if lexicons.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nlexicons, by the words that each alone has equivalents for:")?;
    writeln!(out, "     words  found beyond chance  trust")?;
    for worth in lexicons {
        let LexiconWorth { lexicon, words, found, trust, .. } = worth;
        writeln!(out, "  {words:>8.0}  {found:>19.2}  {trust:>5.2}  {lexicon}")?;
    }
    Ok(())
}

fn write_calibration(calibration: &Calibration, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "  confidence    beads   mean  right")?;
    for bin in &calibration.bins {
        writeln!(
            out,
            "  {:.1} to {:.1}  {:>7}  {:.3}  {:.3}",
            bin.from,
            bin.from + 0.1,
            bin.count,
            bin.confidence,
            bin.right
        )?;
    }
    if calibration.wrong == 0 {
        return writeln!(out, "  no bead is wrong");
    }
    let effort: Vec<String> = calibration
        .effort
        .iter()
        .map(|(share, met)| format!("{:.0} % of the beads hold {:.0} %", share * 100.0, met * 100.0))
        .collect();
    writeln!(
        out,
        "  of {} wrong beads, by rising confidence: the first {}",
        calibration.wrong,
        effort.join(", ")
    )
}

fn scores_json(scores: &Scores) -> Value {
    let prf = |prf: Prf| json!({ "precision": prf.precision, "recall": prf.recall, "f1": prf.f1 });
    json!({
        "strict": prf(scores.strict),
        "lax": prf(scores.lax),
        "null": prf(scores.null),
        "joined": prf(scores.joined),
    })
}

fn calibration_json(calibration: &Calibration) -> Value {
    let bins: Vec<Value> = calibration
        .bins
        .iter()
        .map(|b| json!({ "from": b.from, "count": b.count, "confidence": b.confidence, "right": b.right }))
        .collect();
    let effort: Vec<Value> =
        calibration.effort.iter().map(|(share, met)| json!({ "read": share, "wrong_met": met })).collect();
    json!({ "error": calibration.error, "log_loss": calibration.log_loss, "wrong": calibration.wrong, "bins": bins, "effort": effort })
}
