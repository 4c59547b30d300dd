//! Doubts: what makes a bead deserve a second look, in one table, and what *doubtful* means.
//!
//! To add a doubt: a row of the table below, the place that gives it to a bead (`score/explain.rs`), and what
//! `docs/adding-evidence.md` names. Files and the page carry any doubt by its name and its [`Doubt::facts`]:
//! they need no change.

use crate::tuned::deciding;

use super::bead::{Bead, BeadType};
use super::document::TextSpan;
use super::side::Side;

/// Another way to cut the same place.
#[derive(Debug, Clone, PartialEq)]
pub struct Rival {
    /// The bead that would stand there instead.
    pub bead: Bead,
    /// Its posterior probability, from 0 to 1.
    pub probability: f64,
}

/// One thing that a doubt says of its bead.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Fact {
    /// A number of things.
    Count(usize),
    /// A probability, from 0 to 1.
    Share(f64),
    /// A side.
    Side(Side),
    /// A text for people.
    Text(String),
    /// A place in the text of the document on the doubt's side.
    Place(TextSpan),
}

/// A type that a fact may have. Files tell numbers and texts apart, and no more: a whole number is a share too, and
/// a side may be given by its name.
trait FactType: Sized {
    fn fact(&self) -> Fact;
    fn of(fact: Fact) -> Option<Self>;
}

macro_rules! fact_types {
    ($($type:ty, $variant:ident, $($read:pat => $value:expr),+;)+) => {
        $(impl FactType for $type {
            fn fact(&self) -> Fact {
                Fact::$variant(self.clone())
            }

            fn of(fact: Fact) -> Option<Self> {
                match fact { $($read => Some($value),)+ _ => None }
            }
        })+
    };
}

fact_types! {
    usize, Count, Fact::Count(count) => count;
    f64, Share, Fact::Share(share) => share, Fact::Count(whole) => whole as Self;
    Side, Side, Fact::Side(side) => side, Fact::Text(name) => Side::BOTH.into_iter().find(|s| s.to_string() == name)?;
    String, Text, Fact::Text(text) => text;
    TextSpan, Place, Fact::Place(place) => place;
}

/// What the words of a doubt need to know of its bead.
pub struct Around<'a> {
    /// The type of the likeliest bead that might stand in its place, where one is known.
    pub rival: Option<BeadType>,
    /// The number, from 1, of the segment that stands at a place.
    pub number: &'a dyn Fn(Side, TextSpan) -> Option<usize>,
}

/// How much a doubt matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// A bead that has it is doubtful.
    Doubtful,
    /// It is told, and makes no bead doubtful by itself.
    Told,
}

macro_rules! doubts {
    ($around:ident; $(
        $(#[doc = $doc:literal])+
        $name:ident $({ $($(#[doc = $fact_doc:literal])+ $fact:ident: $type:ty),+ })? =
        $code:literal, $weight:ident, $words:expr;
    )+) => {
        /// What makes a bead doubtful.
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum Doubt {
            $($(#[doc = $doc])+ $name $({ $($(#[doc = $fact_doc])+ $fact: $type),+ })?,)+
        }

        impl Doubt {
            /// The names of all doubts, each with its weight.
            pub const ALL: &[(&str, Weight)] = &[$(($code, Weight::$weight)),+];

            /// Its name in files and options.
            pub const fn name(&self) -> &'static str {
                match self { $(Self::$name { .. } => $code,)+ }
            }

            /// What it says, in English.
            pub fn words(&self, $around: &Around<'_>) -> String {
                match self { $(Self::$name $({ $($fact),+ })? => $words,)+ }
            }

            /// What it says of its bead, by name, in a fixed order.
            pub fn facts(&self) -> Vec<(&'static str, Fact)> {
                match self {
                    $(Self::$name $({ $($fact),+ })? => vec![$($((stringify!($fact), $fact.fact())),+)?],)+
                }
            }

            /// The doubt called `name` with the facts that `fact` finds; `None` where there is none of that name or
            /// a fact is missing or of another type.
            pub fn from_facts(name: &str, fact: impl Fn(&str) -> Option<Fact>) -> Option<Self> {
                let _ = &fact;
                Some(match name {
                    $($code => Self::$name $({ $($fact: FactType::of(fact(stringify!($fact))?)?),+ })?,)+
                    _ => return None,
                })
            }
        }
    };
}

doubts! { around;
    /// The lengths are further apart than those of nearly all translations.
    LengthsFarApart {
        /// Characters of the source.
        source: usize,
        /// Characters of the target.
        target: usize
    } = "lengths-far-apart", Doubtful,
        format!("the lengths are far apart: {source} and {target} characters");
    /// Little in the two sides shows that they translate each other at all: it is less likely than not.
    PerhapsUnrelated = "perhaps-unrelated", Doubtful,
        "the two sides may not translate each other at all".to_owned();
    /// No word of the one side explains a word of the other.
    NoWordInCommon = "no-word-in-common", Doubtful,
        "no word of one side explains a word of the other".to_owned();
    /// A number or date stands on one side alone.
    MissingValue {
        /// The side on which it does stand.
        side: Side,
        /// The value, for people.
        value: String
    } = "missing-value", Doubtful,
        format!("{value} stands on the {side} side alone");
    /// Another bead may stand here instead: it is at least three tenths as likely.
    CloseRival {
        /// Its posterior probability, from 0 to 1.
        probability: f64
    } = "close-rival", Doubtful,
        match around.rival {
            Some(rival) => format!("a {rival} pair may stand here instead ({probability:.2})"),
            None => format!("another pair may stand here instead ({probability:.2})"),
        };
    /// A segment in the bead brings little evidence of its own.
    WeakSegment {
        /// The side on which it stands.
        side: Side,
        /// Where it stands.
        place: TextSpan
    } = "weak-segment", Told,
        match (around.number)(*side, *place) {
            Some(number) => format!("{side} segment {number} brings little evidence"),
            None => format!("a {side} segment brings little evidence"),
        };
}

impl Doubt {
    /// The side that it speaks of, if it speaks of one.
    pub fn side(&self) -> Option<Side> {
        self.facts()
            .into_iter()
            .find_map(|(_, fact)| if let Fact::Side(side) = fact { Some(side) } else { None })
    }

    /// The same doubt with its places moved by `moved`, such as into a longer text.
    #[must_use]
    pub fn with_places(self, moved: impl Fn(Side, TextSpan) -> TextSpan) -> Self {
        let (side, facts) = (self.side(), self.facts());
        let fact = |name: &str| {
            let (_, fact) = facts.iter().find(|(own, _)| *own == name)?;
            Some(match (fact, side) {
                (Fact::Place(place), Some(side)) => Fact::Place(moved(side, *place)),
                _ => fact.clone(),
            })
        };
        Self::from_facts(self.name(), fact).unwrap_or(self)
    }
}

/// A bead below this confidence is doubtful.
pub const DOUBTFUL_BELOW: f64 = deciding::DOUBTFUL_BELOW;

/// Whether a person has spoken on a bead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spoken {
    /// Somebody decided on it, or pinned it.
    Yes,
    /// Nobody did.
    No,
}

/// Whether a bead is *doubtful*: nobody has spoken on it, and its confidence is below [`DOUBTFUL_BELOW`] or one of
/// its doubts, given by their names, is of [`Weight::Doubtful`].
///
/// Everything that counts or marks doubtful beads asks here, so that all counts of one alignment are the same.
pub fn is_doubtful<'n>(
    spoken: Spoken,
    confidence: Option<f64>,
    doubts: impl IntoIterator<Item = &'n str>,
) -> bool {
    // A doubt that a later version invented counts.
    let told = |name: &str| Doubt::ALL.iter().any(|(own, weight)| *own == name && *weight == Weight::Told);
    spoken == Spoken::No
        && (confidence.is_some_and(|c| c < DOUBTFUL_BELOW) || doubts.into_iter().any(|name| !told(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One of each.
    fn doubts() -> Vec<Doubt> {
        vec![
            Doubt::LengthsFarApart { source: 24, target: 80 },
            Doubt::PerhapsUnrelated,
            Doubt::NoWordInCommon,
            Doubt::MissingValue { side: Side::Target, value: "source".to_owned() },
            Doubt::CloseRival { probability: 1.0 },
            Doubt::WeakSegment { side: Side::Source, place: TextSpan::new(3, 9) },
        ]
    }

    #[test]
    fn facts_lead_back_to_their_doubt() {
        let names: Vec<&str> = doubts().iter().map(Doubt::name).collect();
        let all: Vec<&str> = Doubt::ALL.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, all, "one of each doubt, in the order of the table");
        for doubt in doubts() {
            let facts = doubt.facts();
            let back = Doubt::from_facts(doubt.name(), |name| {
                facts.iter().find(|(own, _)| *own == name).map(|(_, fact)| fact.clone())
            });
            assert_eq!(back.as_ref(), Some(&doubt));
            assert_eq!(Doubt::from_facts(doubt.name(), |_| None).is_some(), facts.is_empty());
        }
        assert_eq!(Doubt::from_facts("unheard-of", |_| None), None);
    }

    #[test]
    fn places_alone_are_moved() {
        let moved = |side, span: TextSpan| {
            assert_eq!(side, Side::Source);
            span.shifted(10)
        };
        let after: Vec<Doubt> = doubts().into_iter().map(|doubt| doubt.with_places(moved)).collect();
        assert_eq!(after[..5], doubts()[..5]);
        assert_eq!(after[5], Doubt::WeakSegment { side: Side::Source, place: TextSpan::new(13, 19) });
    }

    #[test]
    fn words_say_what_is_known() {
        let words = |rival, number: &dyn Fn(Side, TextSpan) -> Option<usize>| {
            let said: Vec<String> = doubts().iter().map(|d| d.words(&Around { rival, number })).collect();
            said.join("\n")
        };
        insta::assert_snapshot!(words(Some(BeadType::new(1, 2)), &|_, place| Some(place.start)), @r"
        the lengths are far apart: 24 and 80 characters
        the two sides may not translate each other at all
        no word of one side explains a word of the other
        source stands on the target side alone
        a 1-2 pair may stand here instead (1.00)
        source segment 3 brings little evidence
        ");
        let unknown = words(None, &|_, _| None);
        assert!(unknown.ends_with(
            "another pair may stand here instead (1.00)\na source segment brings little evidence"
        ));
    }

    #[test]
    fn doubtful_is_what_nobody_spoke_on_and_is_unsure_or_has_a_doubt_that_weighs() {
        let doubtful =
            |confidence, names: &[&str]| is_doubtful(Spoken::No, confidence, names.iter().copied());
        assert!(doubtful(Some(0.69), &[]) && !doubtful(Some(0.7), &[]) && !doubtful(None, &[]));
        assert!(doubtful(Some(0.99), &["missing-value"]) && doubtful(None, &["unheard-of"]));
        assert!(!doubtful(Some(0.99), &["weak-segment"]));
        assert!(!is_doubtful(Spoken::Yes, Some(0.1), ["missing-value"]));
    }
}
