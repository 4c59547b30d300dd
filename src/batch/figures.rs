//! What an alignment looks like in figures, and what is suspicious about a bitext.
//!
//! In: a bitext and its alignment. Out: [`Figures`]. Guarantee: depends on nothing but the two.

use serde::{Deserialize, Serialize};

use crate::bitext::{Alignment, Bitext, Lang, Sides};
use crate::segment::detect_language;

/// An alignment in figures.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Figures {
    /// Segments of the source.
    pub source_segments: usize,
    /// Segments of the target.
    pub target_segments: usize,
    /// Beads with both sides.
    pub beads: usize,
    /// Source segments without counterpart.
    pub source_unaligned: usize,
    /// Target segments without counterpart.
    pub target_unaligned: usize,
    /// Mean confidence of the beads with both sides, 0 to 1; `None` where there is none.
    pub mean_confidence: Option<f64>,
    /// Beads of any type that are doubtful: see [`is_doubtful`](crate::bitext::is_doubtful).
    #[serde(default)]
    pub doubtful: usize,
    /// Their share of all beads, 0 to 1; `None` where there is none.
    pub doubtful_share: Option<f64>,
    /// What is suspicious.
    pub suspicions: Vec<Suspicion>,
}

/// Why a pair of documents looks wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Suspicion {
    /// The beads found are unsure, or even the side with more of them is mostly without: the documents seem
    /// not to translate each other.
    NotTranslations,
    /// A document is not in the language that it is said to be in, or both are in one language.
    WrongLanguage,
    /// More than half of the segments have no counterpart.
    MostlyUnaligned,
    /// The bound on what the search may look at stopped it somewhere: a better alignment may stand there.
    SearchCutShort,
    /// Of a document with both languages in turn something was left out, being in neither.
    TextLeftOut,
}

impl Suspicion {
    /// Its name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotTranslations => "not-translations",
            Self::WrongLanguage => "wrong-language",
            Self::MostlyUnaligned => "mostly-unaligned",
            Self::SearchCutShort => "search-cut-short",
            Self::TextLeftOut => "text-left-out",
        }
    }

    /// A sentence for people.
    pub const fn text(self) -> &'static str {
        match self {
            Self::NotTranslations => "the documents seem not to translate each other",
            Self::WrongLanguage => "a document is not in the language that it should be in",
            Self::MostlyUnaligned => "most segments have no counterpart",
            Self::SearchCutShort => {
                "the search stopped at its bound somewhere: a better alignment may stand there"
            }
            Self::TextLeftOut => "text was left out of which the language could not be told",
        }
    }

    /// The same sentence in Arabic.
    pub const fn arabic(self) -> &'static str {
        match self {
            Self::NotTranslations => "يبدو أن الوثيقتين ليست إحداهما ترجمة للأخرى",
            Self::WrongLanguage => "إحدى الوثيقتين ليست باللغة المتوقعة",
            Self::MostlyUnaligned => "معظم المقاطع بلا مقابل",
            Self::SearchCutShort => "توقف البحث عند حدّه في موضع ما، وقد تكون هناك مقابلة أفضل",
            Self::TextLeftOut => "تُرك نص تعذّر تحديد لغته",
        }
    }
}

/// Of documents that translate each other, beads are surer than this on average, even where much was left
/// out; of documents that do not they are not.
const LEAST_MEAN: f64 = 0.5;
/// Share of the segments of either side that may be unaligned before documents seem not to translate each
/// other; one side alone may be, as where a translation stands inside other text.
const MOST_ALONE: f64 = 0.75;
/// Share of the segments that may be unaligned before a pair looks wrong.
const MOST_UNALIGNED: f64 = 0.5;
/// The language of a text with fewer characters than this is not held against it.
const FEWEST_CHARACTERS: usize = 200;

/// The figures of `alignment`, with what looks wrong.
pub fn figures(bitext: &Bitext, alignment: &Alignment) -> Figures {
    let mut figures = count(alignment);
    figures.suspicions = suspicions(bitext, &figures);
    if alignment.search_cut_short() {
        figures.suspicions.push(Suspicion::SearchCutShort);
    }
    figures
}

/// The figures of `alignment`, without looking for what is wrong.
pub fn count(alignment: &Alignment) -> Figures {
    let (source_segments, target_segments) = alignment.size();
    let mut figures = Figures { source_segments, target_segments, ..Figures::default() };
    let mut sum = 0.0;
    for aligned in alignment.beads() {
        figures.doubtful += usize::from(aligned.is_doubtful());
        if aligned.bead.is_null() {
            figures.source_unaligned += aligned.bead.source.len();
            figures.target_unaligned += aligned.bead.target.len();
            continue;
        }
        figures.beads += 1;
        sum += aligned.confidence.unwrap_or(0.0);
    }
    if figures.beads > 0 {
        figures.mean_confidence = Some(sum / figures.beads as f64);
    }
    if !alignment.beads().is_empty() {
        figures.doubtful_share = Some(figures.doubtful as f64 / alignment.beads().len() as f64);
    }
    figures
}

impl Figures {
    /// Share of all segments without counterpart, 0 to 1.
    pub fn unaligned_share(&self) -> f64 {
        let all = (self.source_segments + self.target_segments).max(1);
        (self.source_unaligned + self.target_unaligned) as f64 / all as f64
    }

    /// Whether the documents seem not to translate each other.
    pub fn seem_unrelated(&self) -> bool {
        let alone = |unaligned: usize, segments: usize| unaligned as f64 / segments.max(1) as f64;
        let source = alone(self.source_unaligned, self.source_segments);
        let target = alone(self.target_unaligned, self.target_segments);
        self.mean_confidence.is_none_or(|mean| mean < LEAST_MEAN) || source.min(target) > MOST_ALONE
    }
}

fn suspicions(bitext: &Bitext, figures: &Figures) -> Vec<Suspicion> {
    let mut found = Vec::new();
    if figures.seem_unrelated() {
        found.push(Suspicion::NotTranslations);
    }
    if has_wrong_language(bitext) {
        found.push(Suspicion::WrongLanguage);
    }
    if figures.unaligned_share() > MOST_UNALIGNED {
        found.push(Suspicion::MostlyUnaligned);
    }
    found
}

fn has_wrong_language(bitext: &Bitext) -> bool {
    let languages = &bitext.languages;
    let one_language = languages.source.primary() == languages.target.primary();
    let found = Sides::new(
        detected(bitext.documents.source.document().text()),
        detected(bitext.documents.target.document().text()),
    );
    let differs = |found: &Option<Lang>, said: &Lang| {
        found.as_ref().is_some_and(|found| !said.is("und") && found.primary() != said.primary())
    };
    one_language && !languages.source.is("und")
        || differs(&found.source, &languages.source)
        || differs(&found.target, &languages.target)
}

/// The language of a text that is long enough to tell.
fn detected(text: &str) -> Option<Lang> {
    let long = text.chars().nth(FEWEST_CHARACTERS).is_some();
    if long { detect_language(text) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_seem_unrelated_if_beads_are_unsure_or_both_sides_stand_alone() {
        let figures = |unaligned: (usize, usize), mean: Option<f64>| Figures {
            source_segments: 100,
            target_segments: 40,
            source_unaligned: unaligned.0,
            target_unaligned: unaligned.1,
            beads: 10,
            mean_confidence: mean,
            ..Figures::default()
        };
        assert!(!figures((0, 0), Some(0.9)).seem_unrelated());
        // A translation that stands inside other text.
        assert!(!figures((90, 0), Some(0.9)).seem_unrelated());
        assert!(figures((90, 35), Some(0.9)).seem_unrelated());
        assert!(figures((0, 0), Some(0.4)).seem_unrelated());
        assert!(figures((100, 40), None).seem_unrelated());
    }
}
