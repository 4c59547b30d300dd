//! Units of any number of languages, as a file has them, before two of them are chosen.

use super::told::{LeftOut, Told};
use super::unit::{Bilingual, Unit};
use crate::bitext::{Lang, Side, Sides};

/// A text of a unit in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The code of the language, as the file spells it; empty where it does not say.
    pub code: String,
    /// The side that it stands on, where the format has sides.
    pub side: Option<Side>,
    /// The text.
    pub text: String,
}

/// A unit with its texts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Several {
    /// What is known of it; its own texts are empty.
    pub unit: Unit<'static>,
    /// Its texts, in the order of the file.
    pub texts: Vec<Text>,
}

/// What was read from a file of any number of languages.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Multilingual {
    /// The code of the language that the file as a whole says is the source.
    pub source: Option<String>,
    /// The languages of texts whose code the file does not say, where the format has them so.
    pub assumed: Sides<Option<Lang>>,
    /// The units, in the order of the file.
    pub units: Vec<Several>,
    /// What was left out, and how the rest was read.
    pub told: Told,
}

impl Several {
    /// A unit of a source and a target with these codes; a text that is `None` is not there.
    pub fn of_sides(unit: Unit<'static>, codes: Sides<&str>, texts: Sides<Option<String>>) -> Self {
        let side = |side: Side, text: Option<String>| {
            text.map(|text| Text { code: (*codes.get(side)).to_owned(), side: Some(side), text })
        };
        let texts = [side(Side::Source, texts.source), side(Side::Target, texts.target)];
        Self { unit, texts: texts.into_iter().flatten().collect() }
    }

    /// Its text on `side`; empty where there is none.
    pub fn text(&self, side: Side) -> &str {
        let found = self.texts.iter().find(|text| text.side == Some(side));
        found.map(|text| &*text.text).unwrap_or_default()
    }
}

impl Multilingual {
    /// Takes the units of `other` too, behind its own.
    pub fn join(&mut self, other: Self) {
        self.source = self.source.take().or(other.source);
        for side in Side::BOTH {
            let assumed = self.assumed.get_mut(side);
            *assumed = assumed.take().or_else(|| other.assumed.get(side).clone());
        }
        self.units.extend(other.units);
        self.told.join(other.told);
    }

    /// Takes the texts inside the codes of both sides of `unit` as units of their own, where there are as many on each;
    /// else they are counted.
    pub(super) fn push_inner(
        &mut self,
        inner: &Sides<Vec<String>>,
        unit: &Unit<'static>,
        codes: Sides<&str>,
    ) {
        if inner.source.len() != inner.target.len() {
            let texts = inner.source.iter().chain(&inner.target).filter(|text| !text.trim().is_empty());
            self.told.leave_out_many(LeftOut::InsideCode, texts.count());
            return;
        }
        for (source, target) in inner.source.iter().zip(&inner.target) {
            let texts = Sides::new(Some(source.clone()), Some(target.clone()));
            self.units.push(Several::of_sides(unit.clone(), codes, texts));
        }
    }

    /// The units by their sides, whatever their languages; the languages are those of the first units that say them.
    pub fn by_sides(self) -> Bilingual {
        let code = |side: Side| {
            let texts = self.units.iter().flat_map(|unit| &unit.texts);
            let said = texts.filter(|text| text.side == Some(side)).find_map(|text| text.code.parse().ok());
            said.or_else(|| self.assumed.get(side).clone())
        };
        let languages = Sides::new(code(Side::Source), code(Side::Target));
        let one = |several: Several| {
            let texts = Sides::new(several.text(Side::Source), several.text(Side::Target));
            let texts = texts.map(|text| text.to_owned().into());
            Unit { texts, ..several.unit }
        };
        Bilingual { languages, units: self.units.into_iter().map(one).collect(), told: self.told }
    }
}
