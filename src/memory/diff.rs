//! `diff`: two memories compared unit by unit, in all their languages.
//!
//! In: two memories, each read twice. Out: units that stand in one only, and those whose source stands in both
//! but not with the same translation. What counts is languages and texts with their inline codes; order,
//! dates, notes and properties do not. Guarantee: 24 bytes a unit, and texts of changed units up to
//! 32 MiB.

use std::collections::BTreeMap;
use std::io::Read;

use super::finding::Finding;
use super::frames::Step;
use super::head::names_a_language;
use super::output::{MemoryError, Passed, ending, open, outside, pass};
use super::pairs::{Context, pair_hashes};
use super::shown::{ShownUnit, shown};
use super::unit::UnitView;

/// Bytes of texts that are held to be shown beside each other; what goes beyond is shown as two differences.
const HELD: usize = 32 << 20;

/// A difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// A unit of the first memory that the second lacks.
    First(ShownUnit),
    /// A unit of the second memory that the first lacks.
    Second(ShownUnit),
    /// The same source with another translation.
    Changed(ShownUnit, ShownUnit),
}

/// How much differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct DiffReport {
    /// Units that both have.
    pub same: u64,
    /// Units of the first alone.
    pub first: u64,
    /// Units of the second alone.
    pub second: u64,
    /// Sources translated otherwise.
    pub changed: u64,
    /// Units of either that cannot be read, and texts outside of units: what was not compared.
    pub not_compared: u64,
}

impl DiffReport {
    /// Whether nothing differs.
    pub const fn is_same(&self) -> bool {
        self.first == 0 && self.second == 0 && self.changed == 0
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    source: u64,
    target: u64,
    unit: u64,
}

/// Tells `found` of each difference between two memories: first what the first alone has, in its order, then
/// the rest in the order of the second.
///
/// # Errors
/// Those of `open_first` and `open_second`, of reading, and of `found`; a file that is no TMX, with the number
/// of the file, 0 or 1. `told` hears of units that cannot be read, which are passed over, with the number of the file.
pub fn diff<R: Read>(
    open_first: impl Fn() -> std::io::Result<R>,
    open_second: impl Fn() -> std::io::Result<R>,
    mut found: impl FnMut(&Difference) -> std::io::Result<()>,
    mut told: impl FnMut(usize, &Finding),
) -> Result<DiffReport, (usize, MemoryError)> {
    let input = open_first().map_err(|e| (0, e.into()))?;
    let (first, lost) = keys(input, &mut |finding| told(0, finding)).map_err(|e| (0, e))?;
    let input = open_second().map_err(|e| (1, e.into()))?;
    let (second, also_lost) = keys(input, &mut |finding| told(1, finding)).map_err(|e| (1, e))?;
    let mut report = DiffReport { not_compared: lost + also_lost, ..DiffReport::default() };
    let plan = compare(first, second, &mut report);
    let mut held: BTreeMap<u64, ShownUnit> = BTreeMap::new();
    let mut bytes = 0;
    let input = open_first().map_err(|e| (0, e.into()))?;
    each(input, |index, unit| {
        let Some(partner) = plan.first.get(&index) else { return Ok(()) };
        let shown = unit();
        let size: usize = shown.texts.iter().map(|(lang, text)| lang.len() + text.len() + 64).sum();
        match partner {
            Some(partner) if bytes + size <= HELD => {
                bytes += size;
                held.insert(*partner, shown);
                Ok(())
            }
            _ => found(&Difference::First(shown)),
        }
    })
    .map_err(|e| (0, e))?;
    let input = open_second().map_err(|e| (1, e.into()))?;
    each(input, |index, unit| {
        if !plan.second.contains_key(&index) {
            return Ok(());
        }
        match held.remove(&index) {
            Some(before) => found(&Difference::Changed(before, unit())),
            None => found(&Difference::Second(unit())),
        }
    })
    .map_err(|e| (1, e))?;
    Ok(report)
}

/// Units that differ, by number, with the unit of the other memory that has the same source.
struct Plan {
    first: BTreeMap<u64, Option<u64>>,
    second: BTreeMap<u64, Option<u64>>,
}

fn compare(mut first: Vec<Key>, mut second: Vec<Key>, report: &mut DiffReport) -> Plan {
    first.sort_unstable();
    second.sort_unstable();
    let (only_first, only_second, same) = unmatched(&first, &second, |k| (k.source, k.target));
    report.same = same;
    drop((first, second));
    let mut plan = Plan { first: BTreeMap::new(), second: BTreeMap::new() };
    let (mut a, mut b) = (0, 0);
    while a < only_first.len() || b < only_second.len() {
        match (only_first.get(a), only_second.get(b)) {
            (Some(one), Some(other)) if one.source == other.source => {
                plan.first.insert(one.unit, Some(other.unit));
                plan.second.insert(other.unit, Some(one.unit));
                report.changed += 1;
                (a, b) = (a + 1, b + 1);
            }
            (Some(one), other) if other.is_none_or(|o| one.source < o.source) => {
                plan.first.insert(one.unit, None);
                report.first += 1;
                a += 1;
            }
            (_, Some(other)) => {
                plan.second.insert(other.unit, None);
                report.second += 1;
                b += 1;
            }
            (_, None) => break,
        }
    }
    plan
}

/// What stands in one sorted list alone, in the other alone, and how many in both.
fn unmatched<K: Ord>(first: &[Key], second: &[Key], key: impl Fn(&Key) -> K) -> (Vec<Key>, Vec<Key>, u64) {
    let (mut a, mut b, mut same) = (0, 0, 0);
    let (mut only_first, mut only_second) = (Vec::new(), Vec::new());
    loop {
        match (first.get(a), second.get(b)) {
            (Some(one), Some(other)) => match key(one).cmp(&key(other)) {
                std::cmp::Ordering::Equal => {
                    same += 1;
                    (a, b) = (a + 1, b + 1);
                }
                std::cmp::Ordering::Less => {
                    only_first.push(*one);
                    a += 1;
                }
                std::cmp::Ordering::Greater => {
                    only_second.push(*other);
                    b += 1;
                }
            },
            (Some(one), None) => {
                only_first.push(*one);
                a += 1;
            }
            (None, Some(other)) => {
                only_second.push(*other);
                b += 1;
            }
            (None, None) => return (only_first, only_second, same),
        }
    }
}

fn keys(input: impl Read, told: &mut dyn FnMut(&Finding)) -> Result<(Vec<Key>, u64), MemoryError> {
    let (mut frames, view) = open(input, None)?;
    let lang = view.source_lang(frames.head()).to_owned();
    let (mut keys, mut lost) = (Vec::new(), 0);
    loop {
        match pass(&mut frames)? {
            Passed::End => {
                let ending = ending(frames.tail());
                ending.finding.iter().for_each(told);
                return Ok((keys, lost + u64::from(ending.lost)));
            }
            Passed::LeftOut(finding) => {
                lost += 1;
                told(&finding);
            }
            Passed::Unit => {
                let raw = frames.unit();
                lost += u64::from(outside(&raw, told).1);
                let unit = UnitView::new(&raw);
                if unit.variants.is_empty() {
                    continue;
                }
                let source = if names_a_language(&lang) { unit.source(&lang).unwrap_or(0) } else { 0 };
                let (source, target) = pair_hashes(&raw, &unit, source, Context::Ignored);
                keys.push(Key { source, target, unit: raw.number });
            }
        }
    }
}

fn each(
    input: impl Read,
    mut visit: impl FnMut(u64, &dyn Fn() -> ShownUnit) -> std::io::Result<()>,
) -> Result<(), MemoryError> {
    let (mut frames, _) = open(input, None)?;
    loop {
        match frames.next()? {
            Step::Tail => return Ok(()),
            Step::TooLarge(_) => {}
            Step::Unit => {
                let raw = frames.unit();
                if raw.fault.is_none() {
                    visit(raw.number, &|| shown(&raw))?;
                }
            }
        }
    }
}
