//! In which of two languages each piece of a text is.
//!
//! In: pieces, and the languages if they are known. Out: the side of each piece that says so itself.
//! Guarantee: a piece with much of both languages, or in a third script, is of neither.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::NotApart;
use crate::bitext::{Lang, Side, Sides};
use crate::language::Script;
use crate::normalize::script_of;
use crate::segment::detect_language;

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    /// Of this side.
    Of(Side),
    /// It says nothing: a number, a line of stars.
    Silent,
    /// It has text of both languages, or of a third.
    Neither,
}

impl Piece {
    pub(super) const fn side(self) -> Option<Side> {
        match self {
            Self::Of(side) => Some(side),
            Self::Silent | Self::Neither => None,
        }
    }
}

/// What was told.
pub(super) struct Told {
    pub(super) sides: Vec<Piece>,
    pub(super) languages: Sides<Option<Lang>>,
}

/// Of a hundred pieces that are told, so many at least are in the rarer language.
const RARER: usize = 10;
/// Of a hundred letters of a piece, so many at least are of its script.
const CLEAR: usize = 70;

/// Tells the side of each of `texts`.
pub(super) fn tell(texts: &[&str], wanted: &Sides<Option<Lang>>) -> Result<Told, NotApart> {
    let letters: Vec<[usize; Script::COUNT]> = texts.iter().map(|text| letters(text)).collect();
    match by_script(&letters, wanted)? {
        Some(sides) => Ok(Told { sides, languages: wanted.clone() }),
        None => by_language(texts, &letters, wanted),
    }
}

/// Letters by script; Japanese is written in kana and ideographs, and letters of Latin names stand in texts of all
/// scripts, so that others count twice.
fn letters(text: &str) -> [usize; Script::COUNT] {
    let mut counts = [0; Script::COUNT];
    for script in text.chars().filter_map(script_of) {
        counts[family(script) as usize] += if script == Script::Latin { 1 } else { 2 };
    }
    counts
}

const fn family(script: Script) -> Script {
    match script {
        Script::Kana => Script::Han,
        other => other,
    }
}

/// Told by two scripts; nothing where there is but one.
fn by_script(
    letters: &[[usize; Script::COUNT]],
    wanted: &Sides<Option<Lang>>,
) -> Result<Option<Vec<Piece>>, NotApart> {
    let main: Vec<Option<Script>> = letters.iter().map(main).collect();
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for script in main.iter().flatten() {
        *counts.entry(*script as usize).or_default() += 1;
    }
    let mut scripts: Vec<Script> =
        Script::ALL.into_iter().filter(|s| counts.contains_key(&(*s as usize))).collect();
    // Stable: of equals the first of all scripts.
    scripts.sort_by_key(|s| std::cmp::Reverse(counts[&(*s as usize)]));
    let all: usize = counts.values().sum();
    let [one, other, ..] = scripts[..] else { return Ok(None) };
    if counts[&(other as usize)] * 100 < all * RARER {
        return Ok(None);
    }
    let first = main.iter().flatten().find(|s| **s == one || **s == other).copied().unwrap_or(one);
    let second = if first == one { other } else { one };
    let is_in = |lang: &Lang, script: Script| {
        let own = Script::of_language(lang);
        own.is_empty() || own.iter().any(|s| family(*s) == script)
    };
    for lang in [&wanted.source, &wanted.target].into_iter().flatten() {
        if !is_in(lang, first) && !is_in(lang, second) {
            return Err(NotApart::Missing(lang.clone()));
        }
    }
    let turned = wanted.source.as_ref().is_some_and(|lang| !is_in(lang, first))
        || wanted.target.as_ref().is_some_and(|lang| !is_in(lang, second));
    let scripts = if turned { Sides::new(second, first) } else { Sides::new(first, second) };
    for side in Side::BOTH {
        if let Some(lang) = wanted.get(side)
            && !is_in(lang, *scripts.get(side))
        {
            return Ok(None);
        }
    }
    let of = |(counts, main): (&[usize; Script::COUNT], &Option<Script>)| match main {
        Some(script) if *script == scripts.source => Piece::Of(Side::Source),
        Some(script) if *script == scripts.target => Piece::Of(Side::Target),
        _ if counts.iter().all(|count| *count == 0) => Piece::Silent,
        _ => Piece::Neither,
    };
    Ok(Some(letters.iter().zip(&main).map(of).collect()))
}

/// The script of nearly all letters.
fn main(counts: &[usize; Script::COUNT]) -> Option<Script> {
    let all: usize = counts.iter().sum();
    let clear = |script: &Script| all > 0 && counts[*script as usize] * 100 >= all * CLEAR;
    Script::ALL.into_iter().find(clear)
}

/// Told by the words of each piece, then by what the pieces that were told have in common.
fn by_language(
    texts: &[&str],
    letters: &[[usize; Script::COUNT]],
    wanted: &Sides<Option<Lang>>,
) -> Result<Told, NotApart> {
    let found: Vec<Option<Lang>> = texts.iter().map(|text| detect_language(text)).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for lang in found.iter().flatten() {
        *counts.entry(lang.primary()).or_default() += 1;
    }
    for lang in [&wanted.source, &wanted.target].into_iter().flatten() {
        if !counts.contains_key(lang.primary()) {
            return Err(NotApart::Missing(lang.clone()));
        }
    }
    let mut ranked: Vec<(&str, usize)> = counts.iter().map(|(code, count)| (*code, *count)).collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let named: Vec<&str> =
        [&wanted.source, &wanted.target].into_iter().flatten().map(Lang::primary).collect();
    let others = ranked.iter().filter(|(code, _)| !named.contains(code));
    let chosen: Vec<&str> = named.iter().copied().chain(others.map(|(code, _)| *code)).take(2).collect();
    let [one, other] = chosen[..] else { return Err(NotApart::OneLanguage) };
    let rarer = counts[one].min(counts[other]);
    if rarer * 100 < (counts[one] + counts[other]) * RARER && named.len() < 2 {
        return Err(NotApart::OneLanguage);
    }
    let first = found.iter().flatten().find(|l| l.primary() == one || l.primary() == other);
    let source = match (&wanted.source, &wanted.target, first) {
        (Some(lang), _, _) => lang.primary(),
        (None, Some(lang), _) if lang.primary() == one => other,
        (None, Some(_), _) => one,
        (None, None, first) => first.map_or(one, Lang::primary),
    };
    let codes = if source == one { Sides::new(one, other) } else { Sides::new(other, one) };
    let mut sides: Vec<Piece> = found
        .iter()
        .zip(letters)
        .map(|(lang, letters)| match lang.as_ref().map(Lang::primary) {
            Some(code) if code == codes.source => Piece::Of(Side::Source),
            Some(code) if code == codes.target => Piece::Of(Side::Target),
            _ if letters.iter().all(|count| *count == 0) => Piece::Silent,
            _ => Piece::Neither,
        })
        .collect();
    let habits = Habits::of(texts, &sides);
    for (piece, text) in sides.iter_mut().zip(texts).filter(|(p, _)| **p == Piece::Neither) {
        // A title without small words may still be told by its place.
        *piece = habits.side(text).map_or(Piece::Silent, Piece::Of);
    }
    let lang = |side: Side| wanted.get(side).clone().or_else(|| codes.get(side).parse().ok());
    Ok(Told { sides, languages: Sides::new(lang(Side::Source), lang(Side::Target)) })
}

/// How often each three letters stand in the pieces of each side.
struct Habits {
    counts: FxHashMap<[char; 3], Sides<u32>>,
    all: Sides<f64>,
}

/// How much likelier a text must be on one side: a natural logarithm.
const SURE: f64 = 4.0;

impl Habits {
    fn of(texts: &[&str], sides: &[Piece]) -> Self {
        let mut habits = Self { counts: FxHashMap::default(), all: Sides::new(0.0, 0.0) };
        for (text, piece) in texts.iter().zip(sides) {
            let Some(side) = piece.side() else { continue };
            for three in threes(text) {
                *habits.counts.entry(three).or_default().get_mut(side) += 1;
                *habits.all.get_mut(side) += 1.0;
            }
        }
        habits
    }

    /// The side on which `text` is clearly the likelier.
    fn side(&self, text: &str) -> Option<Side> {
        let kinds = self.counts.len().max(1) as f64;
        let share = |count: u32, side: Side| (f64::from(count) + 0.5) / (*self.all.get(side) + 0.5 * kinds);
        let mut ratio = 0.0;
        for three in threes(text) {
            let Some(counts) = self.counts.get(&three) else { continue };
            ratio += (share(counts.source, Side::Source) / share(counts.target, Side::Target)).ln();
        }
        match ratio {
            r if r >= SURE => Some(Side::Source),
            r if r <= -SURE => Some(Side::Target),
            _ => None,
        }
    }
}

/// The runs of three letters of `text`, in small letters, with a space at the ends of words.
fn threes(text: &str) -> impl Iterator<Item = [char; 3]> {
    let mut last = [' '; 2];
    let small = text.chars().flat_map(char::to_lowercase).chain([' ']);
    small.filter_map(move |c| {
        let c = if c.is_alphabetic() { c } else { ' ' };
        let three = [last[0], last[1], c];
        last = [last[1], c];
        (three != [' '; 3] && three[1..] != [' '; 2]).then_some(three)
    })
}
