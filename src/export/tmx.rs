//! An alignment as a translation memory.
//!
//! One unit a bead that has both sides; null beads are left out, since a unit with an empty side makes some
//! tools erase text. Some tools let the last unit of a source text win, whatever its date: so a pair of texts
//! that recurs is written once, with all comments, as the bead that a person decided on or else the surest; and of several
//! translations of one text that comes last. What is
//! known of a bead stands in properties `x-bead-type`, `x-confidence`, `x-evidence`; of one under review the
//! decision stands in `x-status` and the comment in a note.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::io::{self, Write};

use super::view::{BeadView, EvidenceView};
use crate::bitext::{Lang, Shown, Sides};
use crate::formats::{Placeholders, placeholder};
use crate::tmx::{Header, Prop, Timestamp, TmxWriter, Unit, Variant, Written};

/// How to write a translation memory.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TmxOptions {
    /// The codes of the languages, exactly as they are to stand in the file.
    pub languages: Sides<Lang>,
    /// The date of the memory and of all units; without one none is written.
    pub creation_date: Option<Timestamp>,
    /// What to do with pairs of texts that recur. Default: written once.
    pub duplicates: Duplicates,
    /// What becomes of placeholders in the texts. Default: they are text.
    pub placeholders: Placeholders,
}

/// What to do with pairs of texts that recur.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Duplicates {
    /// Each pair is written once; of several targets of one source the surest comes last.
    #[default]
    Once,
    /// Every bead is a unit, in the order of the alignment.
    All,
}

/// What was written as TMX.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct TmxReport {
    /// Units and characters.
    pub written: Written,
    /// Beads left out because the same pair of texts is written elsewhere.
    pub repeated: usize,
}

impl TmxOptions {
    /// Options for `languages`, without a date.
    pub const fn new(languages: Sides<Lang>) -> Self {
        Self {
            languages,
            creation_date: None,
            duplicates: Duplicates::Once,
            placeholders: Placeholders::Text,
        }
    }
}

/// Writes the linked beads as TMX. The beads are walked twice, so that they need not all be kept.
pub fn write<'a, I>(beads: I, options: &TmxOptions, out: impl Write) -> io::Result<TmxReport>
where
    I: IntoIterator<Item = BeadView<'a>, IntoIter: Clone>,
{
    let linked = beads.into_iter().filter(|b| !b.is_null());
    let mut header = Header::new(options.languages.source.as_str());
    header.creation_date = options.creation_date;
    let mut writer = TmxWriter::new(out, &header)?.with_markup();
    let mut dropped = 0;
    let plan = match options.duplicates {
        Duplicates::Once => plan(linked.clone()),
        Duplicates::All => Plan::default(),
    };
    let mut waiting: BTreeMap<usize, (usize, BeadView<'a>)> = BTreeMap::new();
    for (index, bead) in linked.enumerate() {
        if plan.repeated.contains(&index) {
            continue;
        }
        if let Some(&after) = plan.moved.get(&index) {
            waiting.insert(after, (index, bead));
            continue;
        }
        writer.unit(&unit(&bead, plan.comments.get(&index), options, &mut dropped))?;
        if let Some((at, last)) = waiting.remove(&index) {
            writer.unit(&unit(&last, plan.comments.get(&at), options, &mut dropped))?;
        }
    }
    let mut written = writer.finish()?;
    written.dropped += dropped;
    Ok(TmxReport { written, repeated: plan.repeated.len() })
}

/// What becomes of linked beads, by their place among them.
#[derive(Default)]
struct Plan {
    /// Beads whose pair of texts is written elsewhere.
    repeated: BTreeSet<usize>,
    /// Beads to be written after another one, which is not moved itself.
    moved: BTreeMap<usize, usize>,
    /// By the bead that is written, what was said of those that are not.
    comments: BTreeMap<usize, Vec<String>>,
}

/// How much a bead counts beside one with the same texts: by what a person decided, then by how sure the aligner is.
#[derive(Clone, Copy)]
struct Weight {
    decided: Decided,
    confidence: f64,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Decided {
    No,
    /// Flagged, or only commented.
    Looked,
    Accepted,
}

impl Weight {
    fn of(bead: &BeadView<'_>) -> Self {
        let decided = bead.review.as_ref().map_or(Decided::No, |review| match &*review.status {
            "accepted" => Decided::Accepted,
            "pending" if review.comment.is_empty() => Decided::No,
            _ => Decided::Looked,
        });
        Self { decided, confidence: bead.confidence.unwrap_or(0.0) }
    }

    fn against(&self, other: &Self) -> Ordering {
        self.decided.cmp(&other.decided).then(self.confidence.total_cmp(&other.confidence))
    }
}

fn plan<'a>(linked: impl Iterator<Item = BeadView<'a>>) -> Plan {
    /// The bead of one pair of texts that counts most; of several that count as much the first.
    struct Pair {
        index: usize,
        weight: Weight,
        /// The comment on it.
        own: Option<String>,
        /// Comments on all beads of these texts, each once.
        comments: Vec<String>,
    }
    let mut plan = Plan::default();
    // The maps are only looked up; what is walked through are the lists, in the order of the beads.
    let mut group_of: HashMap<Cow<'a, str>, usize> = HashMap::new();
    let mut place_of: HashMap<(usize, Cow<'a, str>), usize> = HashMap::new();
    // For each source text its pairs, by the place of their target texts.
    let mut groups: Vec<Vec<Pair>> = Vec::new();
    for (index, bead) in linked.enumerate() {
        let weight = Weight::of(&bead);
        let comment = bead.review.map(|review| review.comment.into_owned()).filter(|said| !said.is_empty());
        let group = *group_of.entry(bead.texts.source).or_insert(groups.len());
        if group == groups.len() {
            groups.push(Vec::new());
        }
        let pairs = &mut groups[group];
        match place_of.entry((group, bead.texts.target)) {
            Entry::Vacant(place) => {
                place.insert(pairs.len());
                let comments = comment.clone().into_iter().collect();
                pairs.push(Pair { index, weight, own: comment, comments });
            }
            Entry::Occupied(place) => {
                let pair = &mut pairs[*place.get()];
                pair.comments.extend(comment.clone().filter(|said| !pair.comments.contains(said)));
                if weight.against(&pair.weight).is_gt() {
                    plan.repeated.insert(std::mem::replace(&mut pair.index, index));
                    (pair.weight, pair.own) = (weight, comment);
                } else {
                    plan.repeated.insert(index);
                }
            }
        }
    }
    for pair in groups.iter_mut().flatten() {
        pair.comments.retain(|said| pair.own.as_ref() != Some(said));
        if !pair.comments.is_empty() {
            plan.comments.insert(pair.index, std::mem::take(&mut pair.comments));
        }
    }
    for group in groups.iter().filter(|g| g.len() > 1) {
        let last = group.iter().map(|pair| pair.index).max();
        // Equally sure: the later one wins, and nothing moves.
        let by_sureness = |a: &Pair, b: &Pair| a.weight.against(&b.weight).then(a.index.cmp(&b.index));
        let best = group.iter().max_by(|a, b| by_sureness(a, b));
        if let (Some(last), Some(best)) = (last, best)
            && best.index != last
        {
            plan.moved.insert(best.index, last);
        }
    }
    plan
}

fn unit<'b>(
    bead: &'b BeadView<'_>,
    others: Option<&'b Vec<String>>,
    options: &'b TmxOptions,
    dropped: &mut usize,
) -> Unit<'b> {
    let mut props = vec![Prop::new("x-bead-type", bead.bead_type().to_string())];
    if let Some(confidence) = bead.confidence {
        props.push(Prop::new("x-confidence", format!("{confidence:.4}")));
    }
    if !bead.evidence.is_empty() {
        props.push(Prop::new("x-evidence", evidence_summary(&bead.evidence)));
    }
    if bead.crossing {
        props.push(Prop::new("x-crossing", "yes"));
    }
    let mut notes = Vec::new();
    if let Some(review) = &bead.review {
        props.push(Prop::new("x-status", &*review.status));
        if !review.comment.is_empty() {
            notes.push(Cow::Borrowed(&*review.comment));
        }
    }
    notes.extend(others.into_iter().flatten().map(|said| Cow::Borrowed(&**said)));
    let mut variant = |lang: &'b Lang, text: &'b str| {
        let mut variant = Variant::new(lang.as_str(), text);
        if options.placeholders == Placeholders::Elements
            && let Some((markup, left_out)) = placeholder::tmx(text)
        {
            variant.markup = Some(markup);
            *dropped += left_out;
        }
        variant
    };
    Unit {
        creation_date: options.creation_date,
        notes,
        props,
        variants: vec![
            variant(&options.languages.source, &bead.texts.source),
            variant(&options.languages.target, &bead.texts.target),
        ],
        ..Unit::default()
    }
}

/// The evidence on one line: kind, cost in nats, and what was found; of words, how many.
pub(super) fn evidence_summary(evidence: &[EvidenceView<'_>]) -> String {
    let mut summary = String::new();
    for item in evidence {
        if !summary.is_empty() {
            summary.push_str("; ");
        }
        // Writing to a string does not fail.
        let _ = write!(summary, "{} {}", item.kind, item.cost);
        if item.matches.is_empty() {
            continue;
        }
        if matches!(item.kind.shown(), Shown::Counted(_)) {
            let _ = write!(summary, " ({})", item.matches.len());
        } else {
            let values: Vec<_> = item.matches.iter().map(|m| &*m.value).collect();
            let _ = write!(summary, ": {}", values.join(", "));
        }
    }
    summary
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::Cost;
    use crate::export::view::ReviewView;
    use crate::tmx::{Inline, TmxReader};

    fn bead<'a>(at: usize, texts: (&'a str, &'a str), confidence: f64) -> BeadView<'a> {
        BeadView {
            segments: Sides::new(at..at + 1, at..at + usize::from(!texts.1.is_empty())),
            texts: Sides::new(texts.0.into(), texts.1.into()),
            pieces: Sides::default(),
            cost: Cost::ZERO,
            confidence: Some(confidence),
            evidence: Vec::new(),
            doubts: Vec::new(),
            crossing: false,
            pinned: false,
            review: None,
        }
    }

    fn targets(beads: &[BeadView<'_>], duplicates: Duplicates) -> (Vec<String>, usize) {
        let mut options = TmxOptions::new(Sides::new(Lang::arabic(), Lang::english()));
        options.duplicates = duplicates;
        let mut file = Vec::new();
        let report = write(beads.iter().cloned(), &options, &mut file).unwrap();
        let units =
            TmxReader::new(&*file, Inline::Flatten).unwrap().map(|u| u.unwrap().variants[1].text.to_string());
        (units.collect(), report.repeated)
    }

    #[test]
    fn a_pair_is_written_once_and_the_surest_translation_comes_last() {
        let beads = [
            bead(0, ("نعم", "Yes"), 0.9),
            bead(1, ("وحده", ""), 0.9),
            bead(2, ("نعم", "Right"), 0.5),
            bead(3, ("لا", "No"), 0.9),
            bead(4, ("نعم", "Yes"), 0.8),
            bead(5, ("نعم", "Aye"), 0.6),
            bead(6, ("ربما", "Maybe"), 0.6),
        ];
        let owned = |texts: &[&str]| texts.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(targets(&beads, Duplicates::Once), (owned(&["Right", "No", "Aye", "Yes", "Maybe"]), 1));
        assert_eq!(
            targets(&beads, Duplicates::All),
            (owned(&["Yes", "Right", "No", "Yes", "Aye", "Maybe"]), 0)
        );
    }

    #[test]
    fn what_a_person_decided_or_said_of_a_pair_that_recurs_is_kept() {
        let review = |status: &'static str, comment: &'static str| {
            Some(ReviewView { status: status.into(), comment: comment.into() })
        };
        let said = |reviews: [(Option<ReviewView<'static>>, f64); 3]| {
            let beads = reviews.into_iter().enumerate().map(|(at, (review, confidence))| BeadView {
                review,
                ..bead(at, ("نعم", "Yes"), confidence)
            });
            let options = TmxOptions::new(Sides::new(Lang::arabic(), Lang::english()));
            let mut file = Vec::new();
            write(beads.collect::<Vec<_>>(), &options, &mut file).unwrap();
            let text = String::from_utf8(file).unwrap();
            let parts = text.lines().filter(|line| line.contains("x-status") || line.contains("<note>"));
            parts.map(|line| line.trim().to_owned()).collect::<Vec<_>>().join("\n")
        };
        insta::assert_snapshot!(said([
            (review("pending", ""), 0.9),
            (review("accepted", "see glossary"), 0.5),
            (review("flagged", "which one?"), 0.99),
        ]), @r#"
        <note>see glossary</note>
        <note>which one?</note>
        <prop type="x-status">accepted</prop>
        "#);
        insta::assert_snapshot!(said([
            (review("pending", "first"), 0.4),
            (review("pending", ""), 0.9),
            (review("pending", "first"), 0.9),
        ]), @r#"
        <note>first</note>
        <prop type="x-status">pending</prop>
        "#);
    }

    /// Comparing each target with all before it would take a minute and more.
    #[test]
    fn one_source_with_thousands_of_targets_is_planned_in_linear_time() {
        let targets: Vec<String> =
            (0..60_000).map(|n| format!("The committee met again, item {n:05}")).collect();
        let beads = targets.iter().enumerate().map(|(at, target)| bead(at, ("البند", target), 0.5));
        let start = std::time::Instant::now();
        let found = plan(beads);
        assert!(found.repeated.is_empty() && found.moved.is_empty());
        assert!(start.elapsed() < std::time::Duration::from_secs(10), "{:?}", start.elapsed());
    }
}
