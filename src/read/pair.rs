//! Of the languages of a file two: those asked for, or the only pair that there is.
//!
//! In: units of any number of languages, the languages asked for. Out: units of these two. Guarantee: a unit's own
//! texts are its pair; a unit that lacks one of them, and every text of another language, is counted.
//!
//! In each unit a code asked for is looked for as it is (`ar-SA`), then its language without a region (`ar`), then,
//! where no text of the file has it, another region; what is not as it was asked for is counted and told, and so is
//! what is left out for its region. Codes are understood as tools spell them: `ar_SA`, `AR-01`, `ara`, `Arabic`.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::bitext::{Lang, Side, Sides};
use crate::formats::{Bilingual, LeftOut, Multilingual, Several, Unit};
use crate::language::Profile;

/// Why no pair can be chosen, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NoPair(pub(super) String);

/// The language that `code` means, with script and country where they are ones; `None` where it says nothing.
///
/// ```text
/// ar_SA → ar-SA    AR-01 → ar    ara → ar    Arabic → ar    sr@latin → sr    und → nothing
/// ```
pub(crate) fn language_of(code: &str) -> Option<Lang> {
    let code = code.trim();
    if let Some(profile) = Profile::named(code) {
        return profile.code().parse().ok();
    }
    let plain = code.split(['.', '@']).next().unwrap_or_default().replace('_', "-");
    let lang: Lang = plain.parse().ok()?;
    let primary = match Profile::of_code(lang.primary()) {
        Some(profile) => profile.code(),
        None if lang.primary().len() <= 3 => lang.primary(),
        None => return None,
    };
    let mut tag = primary.to_owned();
    for part in lang.as_str().split('-').skip(1) {
        let part = match part.len() {
            2 if part.bytes().all(|b| b.is_ascii_alphabetic()) => part.to_ascii_uppercase(),
            // The world, and the numbers that some tools put for "no country", say nothing.
            3 if part.bytes().all(|b| b.is_ascii_digit()) && part != "001" => part.to_owned(),
            4 if part.bytes().all(|b| b.is_ascii_alphabetic()) => {
                format!("{}{}", part[..1].to_ascii_uppercase(), part[1..].to_ascii_lowercase())
            }
            5.. => part.to_ascii_lowercase(),
            _ => continue,
        };
        tag.push('-');
        tag.push_str(&part);
    }
    tag.parse().ok().filter(|lang: &Lang| lang.primary() != "und")
}

/// The code that [`language_of`] gives, for headings of tables: a name, or a code that a language is known by.
pub(super) fn heading_code(name: &str) -> Option<String> {
    let lang = language_of(name)?;
    Profile::of(&lang).map(|_| lang.as_str().to_owned())
}

/// Chooses two languages of `file`.
pub(super) fn choose(file: Multilingual, asked: &Sides<Option<Lang>>) -> Result<Bilingual, NoPair> {
    let languages = Languages::of(&file);
    let wanted = languages.wanted(&file, asked)?;
    let mut read = Bilingual { told: file.told, ..Bilingual::default() };
    let mut tags: Sides<BTreeMap<&Lang, usize>> = Sides::default();
    let mut taken: Vec<(usize, Sides<usize>)> = Vec::new();
    for (at, unit) in file.units.iter().enumerate() {
        let tagged = &languages.tags[at];
        let filled = |place: Option<usize>| place.filter(|&at| !unit.texts[at].text.trim().is_empty());
        let found = |regions: Regions| {
            let source = wanted.find(Side::Source, unit, tagged, None, regions);
            let target = wanted.find(Side::Target, unit, tagged, source, regions);
            (filled(source), filled(target))
        };
        match found(Regions::AsAsked) {
            (Some(source), Some(target)) => {
                for (side, place) in [(Side::Source, source), (Side::Target, target)] {
                    if let Some(tag) = &tagged[place] {
                        *tags.get_mut(side).entry(tag).or_default() += 1;
                    }
                }
                for (place, text) in unit.texts.iter().enumerate() {
                    if place != source && place != target && !text.text.trim().is_empty() {
                        let name = tagged[place].as_ref().map_or("an unnamed language", |tag| tag.as_str());
                        read.told.leave_out(LeftOut::Texts(name.to_owned()));
                    }
                }
                taken.push((at, Sides::new(source, target)));
            }
            (source, target) => {
                if let (Some(one), Some(other)) = found(Regions::Any)
                    && let [Some(one), Some(other)] = [one, other].map(|place| tagged[place].as_ref())
                {
                    read.told.leave_out(LeftOut::Languages(format!("{one} → {other}")));
                    continue;
                }
                let names = languages.names(unit, at);
                let of_others =
                    source.is_none() && target.is_none() || unit.texts.iter().all(|t| t.side.is_some());
                match names.len() {
                    0 => {}
                    2.. if of_others => read.told.leave_out(LeftOut::Languages(names.join(" → "))),
                    _ => read.told.leave_out(LeftOut::OneSided),
                }
            }
        }
    }
    for side in Side::BOTH {
        let tags = tags.get(side);
        if let Some(asked) = asked.get(side)
            && let Some(wanted) = wanted.langs.get(side)
        {
            let others: Vec<_> = tags.iter().filter(|(tag, _)| **tag != wanted).collect();
            let country = wanted.as_str() != wanted.primary();
            // A language that is asked for without a region may have any, if it is the same throughout.
            if !others.is_empty() && (tags.len() > 1 || country) {
                let count: usize = others.iter().map(|(_, count)| **count).sum();
                let units = if count == 1 { "unit" } else { "units" };
                let names: Vec<&str> = others.iter().map(|(tag, _)| tag.as_str()).collect();
                read.told.note(format!(
                    "{count} {units} of another region than was asked for: {asked} is read from texts in {}",
                    names.join(", ")
                ));
            }
        }
        let found = match tags.keys().next() {
            Some(one) if tags.len() == 1 => Some((*one).clone()),
            Some(one) => one.primary().parse().ok(),
            None => None,
        };
        *read.languages.get_mut(side) =
            asked.get(side).clone().or(found).or_else(|| file.assumed.get(side).clone());
    }
    let mut taken = taken.into_iter().peekable();
    for (at, mut several) in file.units.into_iter().enumerate() {
        if let Some((_, places)) = taken.next_if(|(unit, _)| *unit == at) {
            let texts = places.map(|place| std::mem::take(&mut several.texts[place].text).into());
            read.units.push(Unit { texts, ..several.unit });
        }
    }
    Ok(read)
}

/// The languages of all texts.
struct Languages {
    /// Of each unit, of each text.
    tags: Vec<Vec<Option<Lang>>>,
    /// The languages whose countries are told apart, since a unit has several of them.
    apart: BTreeSet<String>,
}

impl Languages {
    fn of(file: &Multilingual) -> Self {
        let mut known: HashMap<&str, Option<Lang>> = HashMap::new();
        let mut tag = |code| known.entry(code).or_insert_with(|| language_of(code)).clone();
        let tags: Vec<Vec<Option<Lang>>> =
            file.units.iter().map(|unit| unit.texts.iter().map(|text| tag(&*text.code)).collect()).collect();
        let mut apart = BTreeSet::new();
        // The countries of each side's languages, in files that have sides.
        let mut of_side: BTreeMap<(Side, &str), BTreeSet<&Lang>> = BTreeMap::new();
        for (unit, tags) in file.units.iter().zip(&tags) {
            let filled = || {
                let texts = unit.texts.iter().zip(tags).filter(|(text, _)| !text.text.trim().is_empty());
                texts.filter_map(|(text, tag)| Some((text.side, tag.as_ref()?)))
            };
            for (at, (side, tag)) in filled().enumerate() {
                if filled().skip(at + 1).any(|(_, other)| other.primary() == tag.primary()) {
                    apart.insert(tag.primary().to_owned());
                }
                if let Some(side) = side
                    && tag.as_str() != tag.primary()
                {
                    of_side.entry((side, tag.primary())).or_default().insert(tag);
                }
            }
        }
        let several = of_side.into_iter().filter(|((side, _), tags)| *side == Side::Target && tags.len() > 1);
        apart.extend(several.map(|((_, primary), _)| primary.to_owned()));
        Self { tags, apart }
    }

    /// What a language is called where it is told from others.
    fn key(&self, tag: &Lang) -> Lang {
        if self.apart.contains(tag.primary()) {
            return tag.clone();
        }
        tag.primary().parse().unwrap_or_else(|_| tag.clone())
    }

    /// The languages of the texts of a unit, in order.
    fn keys(&self, unit: &Several, at: usize) -> Vec<Lang> {
        let texts = unit.texts.iter().zip(&self.tags[at]).filter(|(text, _)| !text.text.trim().is_empty());
        texts.filter_map(|(_, tag)| tag.as_ref()).map(|tag| self.key(tag)).collect()
    }

    /// The same for people, with texts of which no language is known.
    fn names(&self, unit: &Several, at: usize) -> Vec<String> {
        let texts = unit.texts.iter().zip(&self.tags[at]).filter(|(text, _)| !text.text.trim().is_empty());
        texts
            .map(|(_, tag)| tag.as_ref().map_or_else(|| "?".to_owned(), |tag| self.key(tag).to_string()))
            .collect()
    }

    /// The source that the file as a whole says, or that its first unit has.
    fn source(&self, file: &Multilingual) -> Option<Lang> {
        let said = file.source.as_deref().and_then(language_of).map(|lang| self.key(&lang));
        let first =
            || file.units.iter().enumerate().find_map(|(at, unit)| self.keys(unit, at).into_iter().next());
        said.or_else(first)
    }

    /// The pairs of languages of the units that have both, with how many there are; the most frequent first.
    fn pairs(&self, file: &Multilingual) -> Vec<((Lang, Lang), usize)> {
        let source = self.source(file);
        let mut counts: BTreeMap<(Lang, Lang), usize> = BTreeMap::new();
        for (at, unit) in file.units.iter().enumerate() {
            let mut keys = self.keys(unit, at);
            let sided = unit.texts.iter().all(|text| text.side.is_some());
            if let Some(place) = keys.iter().position(|key| Some(key) == source.as_ref()).filter(|_| !sided) {
                let first = keys.remove(place);
                keys.insert(0, first);
            }
            let Some((first, others)) = keys.split_first() else { continue };
            let others: BTreeSet<&Lang> = others.iter().filter(|other| *other != first).collect();
            for other in others {
                *counts.entry((first.clone(), other.clone())).or_default() += 1;
            }
        }
        // Both directions are one pair.
        let mut pairs: Vec<((Lang, Lang), usize)> = Vec::new();
        let mut listed: Vec<((Lang, Lang), usize)> = counts.into_iter().collect();
        listed.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        for ((first, second), count) in listed {
            match pairs.iter_mut().find(|((a, b), _)| (a, b) == (&second, &first)) {
                Some((_, all)) => *all += count,
                None => pairs.push(((first, second), count)),
            }
        }
        pairs
    }

    /// What is looked for on each side.
    fn wanted(&self, file: &Multilingual, asked: &Sides<Option<Lang>>) -> Result<Wanted, NoPair> {
        let asked_tags = asked
            .as_ref()
            .map(|lang| lang.as_ref().map(|l| language_of(l.as_str()).unwrap_or_else(|| l.clone())));
        let pairs = self.pairs(file);
        let fits = |asked: &Option<Lang>, key: &Lang| match asked {
            Some(asked) => {
                *key == self.key(asked) || key.primary() == asked.primary() && !self.exactly(asked)
            }
            None => true,
        };
        let listed = |pairs: &[((Lang, Lang), usize)]| {
            let one = |((a, b), count): &((Lang, Lang), usize)| {
                format!("{a} → {b} ({count} {})", if *count == 1 { "unit" } else { "units" })
            };
            pairs.iter().map(one).collect::<Vec<_>>().join(", ")
        };
        let unknown = self.tags.iter().flatten().any(Option::is_none);
        for side in Side::BOTH {
            let Some(asked) = asked_tags.get(side) else { continue };
            let found = self.tags.iter().flatten().flatten().any(|tag| tag.primary() == asked.primary());
            if !found && !unknown {
                let pairs = if pairs.is_empty() { "none".to_owned() } else { listed(&pairs) };
                return Err(NoPair(format!(
                    "it holds no texts in {asked}; its pairs of languages are: {pairs}"
                )));
            }
        }
        if let Sides { source: Some(source), target: Some(target) } = &asked_tags {
            return Ok(self.looked_for(Sides::new(Some(source.clone()), Some(target.clone()))));
        }
        let either: Vec<((Lang, Lang), usize)> = pairs
            .iter()
            .filter_map(|((a, b), count)| {
                let fitting = fits(&asked_tags.source, a) && fits(&asked_tags.target, b);
                let turned = fits(&asked_tags.source, b) && fits(&asked_tags.target, a);
                match (fitting, turned) {
                    (true, _) => Some(((a.clone(), b.clone()), *count)),
                    (false, true) => Some(((b.clone(), a.clone()), *count)),
                    _ => None,
                }
            })
            .collect();
        // The source that the file names counts before others, where only the target is asked for.
        let named = self.source(file).filter(|_| asked.target.is_some());
        let by_source = |((a, _), _): &&((Lang, Lang), usize)| Some(a) == named.as_ref();
        let chosen = match &either[..] {
            [one] => Some(one),
            several => several.iter().find(by_source),
        };
        match (chosen, either.len()) {
            (Some(((a, b), _)), _) => {
                let side = |asked: &Option<Lang>, key: &Lang| Some(asked.as_ref().unwrap_or(key).clone());
                Ok(self.looked_for(Sides::new(side(&asked_tags.source, a), side(&asked_tags.target, b))))
            }
            (None, 0) => Ok(self.looked_for(asked_tags)),
            (None, _) => Err(NoPair(format!("it holds several pairs of languages: {}", listed(&either)))),
        }
    }

    fn looked_for(&self, langs: Sides<Option<Lang>>) -> Wanted {
        // A language without a country is any of its countries.
        let exact = langs.as_ref().map(|lang| {
            lang.as_ref().is_some_and(|lang| lang.as_str() != lang.primary() && self.exactly(lang))
        });
        Wanted { langs, exact }
    }

    /// Whether a text has this very code.
    fn exactly(&self, lang: &Lang) -> bool {
        self.tags.iter().flatten().flatten().any(|tag| tag == lang)
    }
}

/// Which regions of a language will do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Regions {
    /// The one asked for and none; where the file does not have that, any.
    AsAsked,
    Any,
}

/// What is looked for.
struct Wanted {
    /// The language of each side; none where any text will do.
    langs: Sides<Option<Lang>>,
    /// Whether the file has texts of the very region.
    exact: Sides<bool>,
}

impl Wanted {
    /// The text of `unit` for `side`, but not the one at `other`.
    fn find(
        &self,
        side: Side,
        unit: &Several,
        tags: &[Option<Lang>],
        other: Option<usize>,
        regions: Regions,
    ) -> Option<usize> {
        let free = || (0..unit.texts.len()).filter(move |&at| Some(at) != other);
        let of_side = |at: &usize| unit.texts[*at].side.is_none_or(|of| of == side);
        let opposite = self.langs.get(side.opposite());
        let Some(wanted) = self.langs.get(side) else {
            // The side's own text; one that the opposite side is looking for is not free.
            let taken = |at: &usize| {
                opposite
                    .as_ref()
                    .is_some_and(|o| tags[*at].as_ref().is_some_and(|t| t.primary() == o.primary()))
            };
            return free().filter(of_side).find(|at| !taken(at)).or_else(|| free().find(|at| !taken(at)));
        };
        let exact = |at: &usize| tags[*at].as_ref() == Some(wanted);
        // The very text that the opposite side asks for is not this side's.
        let others = |at: &usize| opposite.is_some() && tags[*at] == *opposite;
        let same = |at: &usize| {
            tags[*at].as_ref().is_some_and(|tag| tag.primary() == wanted.primary()) && !others(at)
        };
        let any = regions == Regions::Any || !self.exact.get(side);
        let base =
            |at: &usize| same(at) && tags[*at].as_ref().is_some_and(|tag| tag.as_str() == tag.primary());
        let filled = |at: &usize| !unit.texts[*at].text.trim().is_empty();
        free()
            .find(|at| exact(at) && filled(at))
            .or_else(|| free().find(|at| base(at) && filled(at)))
            .or_else(|| free().find(|at| any && same(at) && filled(at)))
            .or_else(|| free().find(|at| tags[*at].is_none() && of_side(at)))
            .or_else(|| free().find(|at| tags[*at].is_none() && filled(at)))
            .or_else(|| free().find(|at| exact(at) || base(at) || any && same(at)))
    }
}

#[cfg(test)]
mod tests;
