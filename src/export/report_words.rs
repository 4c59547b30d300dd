//! What the HTML report says, in English and Arabic.
//!
//! In: what is to be said. Out: words of the language chosen. Guarantee: both languages have all words; numbers are
//! written as the language writes them.

use super::count::counted;
use super::readable::evidence_in_words;
use super::view::{BeadView, EvidenceView};
use crate::bitext::{EvidenceKind, Side, Sides};
use crate::tmx::Timestamp;

/// The language of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ReportLanguage {
    /// English.
    #[default]
    English,
    /// Arabic, from right to left.
    Arabic,
}

/// What a report names besides the pairs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct ReportOptions {
    /// The language in which it speaks.
    pub language: ReportLanguage,
    /// The names of the two documents, where they are known.
    pub files: Option<Sides<String>>,
}

impl ReportLanguage {
    /// Its tag, for `lang`.
    pub const fn tag(self) -> &'static str {
        self.pick(["en", "ar"])
    }

    /// The direction of its lines, for `dir`.
    pub const fn direction(self) -> &'static str {
        self.pick(["ltr", "rtl"])
    }

    /// What is of this language: English, Arabic.
    pub const fn pick(self, both: [&str; 2]) -> &str {
        let [english, arabic] = both;
        match self {
            Self::English => english,
            Self::Arabic => arabic,
        }
    }

    /// `text` with its digits as the language writes them.
    pub fn digits(self, text: &str) -> String {
        match self {
            Self::English => text.to_owned(),
            Self::Arabic => text
                .chars()
                .map(|c| c.to_digit(10).and_then(|d| char::from_u32(0x660 + d)).unwrap_or(c))
                .collect(),
        }
    }

    /// The day of a moment: 2024-07-23, ٢٣/٠٧/٢٠٢٤.
    pub fn day(self, moment: Timestamp) -> String {
        let moment = moment.to_string();
        let part = |range: std::ops::Range<usize>| moment.get(range).unwrap_or_default();
        let (year, month, day) = (part(0..4), part(4..6), part(6..8));
        match self {
            Self::English => format!("{year}-{month}-{day}"),
            Self::Arabic => self.digits(&format!("{day}/{month}/{year}")),
        }
    }

    /// A number. None is a word in Arabic, where the digit ٠, alone, looks like a dot.
    pub fn number(self, n: usize) -> String {
        if n == 0 { self.pick(["0", "صفر"]).to_owned() } else { self.digits(&n.to_string()) }
    }

    /// A share of 1 as a percentage, rounded down, so that 100 % is said of what is certain alone.
    pub fn percent(self, share: f64) -> String {
        let whole = (share * 100.0 + 1e-9).floor();
        format!("{}{}", self.number(whole as usize), self.pick(["%", "٪"]))
    }

    /// What a decision is called; an unknown one stands as it is.
    pub fn decision(self, status: &str) -> &str {
        match status {
            "accepted" => self.pick(["accepted", "معتمد"]),
            "flagged" => self.pick(["flagged", "عليه علامة"]),
            "rejected" => self.pick(["rejected", "مرفوض"]),
            "pending" => self.pick(["not reviewed", "بانتظار المراجعة"]),
            other => other,
        }
    }

    /// What speaks for a pair.
    pub fn evidence(self, evidence: &[EvidenceView<'_>]) -> String {
        if self == Self::English {
            return evidence_in_words(evidence);
        }
        let matched = |kind| evidence.iter().filter(move |e| e.kind == kind).flat_map(|e| &e.matches);
        let mut said = Vec::new();
        let words = matched(EvidenceKind::Words).count();
        if words > 0 {
            said.push(arabic_count(words, ["كلمة واحدة", "كلمتان", "كلمات", "كلمة"]));
        }
        let kinds = [
            (EvidenceKind::Numbers, ["العدد", "الأعداد"]),
            (EvidenceKind::Dates, ["التاريخ", "التواريخ"]),
            (EvidenceKind::Names, ["الاسم", "الأسماء"]),
            (EvidenceKind::Symbols, ["الرمز", "الرموز"]),
        ];
        for (kind, [one, many]) in kinds {
            // Values stand as the documents have them, each in an isolate of its own.
            let values: Vec<String> = matched(kind).map(|m| format!("\u{2068}{}\u{2069}", m.value)).collect();
            if !values.is_empty() {
                said.push(format!("{} {}", if values.len() == 1 { one } else { many }, values.join("، ")));
            }
        }
        said.join("؛ ")
    }

    /// What makes a pair doubtful, a sentence each.
    pub fn doubts(self, bead: &BeadView<'_>) -> Vec<String> {
        if self == Self::English {
            return bead.doubts.iter().map(|doubt| doubt.text.clone().into_owned()).collect();
        }
        let said = |doubt: &super::view::DoubtView<'_>| match &*doubt.name {
            "lengths-far-apart" => vec!["الطولان متباعدان".to_owned()],
            "perhaps-unrelated" => vec!["قد لا يكون أحد الجانبين ترجمة للآخر أصلًا".to_owned()],
            "no-word-in-common" => vec!["لا كلمة في أحد الجانبين تترجم كلمة في الآخر".to_owned()],
            "close-rival" => vec!["قد تصحّ مقابلة أخرى لهذه الجمل".to_owned()],
            "weak-segment" => vec!["لا يؤيد أحدَ المقاطع إلا القليل".to_owned()],
            _ => vec![doubt.text.clone().into_owned()],
        };
        let mut all: Vec<String> =
            bead.doubts.iter().filter(|d| d.name != "missing-value").flat_map(said).collect();
        if bead.doubts.iter().any(|d| d.name == "missing-value") {
            let values = [EvidenceKind::Numbers, EvidenceKind::Dates];
            let lone = bead.evidence.iter().filter(|e| values.contains(&e.kind)).flat_map(|e| &e.unmatched);
            all.extend(lone.map(|u| {
                let place =
                    if u.side == Side::Source { "الأصل وحده" } else { "الترجمة وحدها" };
                format!("\u{2068}{}\u{2069} في {place}", u.value)
            }));
        }
        all
    }

    /// How many pairs there are.
    pub fn pairs(self, n: usize) -> String {
        match self {
            Self::English => counted(n, "pair"),
            Self::Arabic => arabic_count(n, ["زوج واحد", "زوجان", "أزواج", "زوجًا"]),
        }
    }
}

/// A number with its noun: one, two, three to ten, more.
pub(crate) fn arabic_count(n: usize, [one, two, few, many]: [&str; 4]) -> String {
    let number = ReportLanguage::Arabic.number(n);
    match (n, n % 100) {
        (0, _) => format!("لا {few}"),
        (1, _) => one.to_owned(),
        (2, _) => two.to_owned(),
        (_, 3..=10) => format!("{number} {few}"),
        (_, 11..=99) => format!("{number} {many}"),
        // With a round hundred the noun is singular.
        _ => format!("{number} {}", many.trim_end_matches("ًا")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_each_language_does() {
        let (english, arabic) = (ReportLanguage::English, ReportLanguage::Arabic);
        assert_eq!((english.percent(0.999), arabic.percent(0.999)), ("99%".to_owned(), "٩٩٪".to_owned()));
        assert_eq!((english.percent(0.0), arabic.percent(0.001)), ("0%".to_owned(), "صفر٪".to_owned()));
        assert_eq!((english.percent(1.0), arabic.percent(0.29)), ("100%".to_owned(), "٢٩٪".to_owned()));
        let day = "2024-07-23".parse().unwrap();
        assert_eq!((english.day(day), arabic.day(day)), ("2024-07-23".to_owned(), "٢٣/٠٧/٢٠٢٤".to_owned()));
        let pairs = |n| arabic.pairs(n);
        assert_eq!(
            [0, 1, 2, 3, 11, 100, 103].map(pairs),
            ["لا أزواج", "زوج واحد", "زوجان", "٣ أزواج", "١١ زوجًا", "١٠٠ زوج", "١٠٣ أزواج"]
        );
    }
}
