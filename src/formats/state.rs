//! What tools say of a translation in words: `Draft (0%)`, `Not Translated`, `Signed off`.
//!
//! In: the field of a status column. Out: what it says. Guarantee: a word that is not known says nothing, and the reader
//! of the table tells it.

use super::told::LeftOut;
use super::{Status, Unit};

/// What a word says of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum State {
    /// Nobody has said that it is wrong.
    Done,
    /// Somebody has said that it is right.
    Accepted,
    /// It is no finished translation.
    Unfinished(LeftOut),
}

/// Words for a translation that is made, in the languages of those who make such tables.
const DONE: &[&str] = &[
    "pending",
    "translated",
    "confirmed",
    "edited",
    "complete",
    "completed",
    "finished",
    "done",
    "ok",
    "مترجم",
    "منجز",
    "traduit",
    "terminé",
    "übersetzt",
    "fertig",
    "bestätigt",
    "traducido",
    "переведено",
];
/// Words for one that somebody found right.
const ACCEPTED: &[&str] = &[
    "accepted",
    "approved",
    "translation approved",
    "sign off approved",
    "signed off",
    "final",
    "reviewed",
    "proofread",
    "validated",
    "reviewer 1 confirmed",
    "reviewer 2 confirmed",
    "مقبول",
    "معتمد",
    "validé",
    "approuvé",
    "genehmigt",
    "geprüft",
    "aprobado",
    "утверждено",
];
/// Words for one that nobody has confirmed, or that was turned down.
const FOR_REVIEW: &[&str] = &[
    "flagged",
    "draft",
    "fuzzy",
    "fuzzy match",
    "review",
    "to review",
    "for review",
    "in review",
    "needs review",
    "needs review translation",
    "needs work",
    "needs adaptation",
    "needs editing",
    "unconfirmed",
    "not confirmed",
    "unapproved",
    "not approved",
    "rejected",
    "translation rejected",
    "sign off rejected",
    "pre translated",
    "pretranslated",
    "machine translated",
    "machine translation",
    "mt",
    "assembled from fragments",
    "partially edited",
    "partially translated",
    "in progress",
    "suggested",
    "proposed",
    "مسودة",
    "للمراجعة",
    "قيد المراجعة",
    "مرفوض",
    "brouillon",
    "à réviser",
    "à relire",
    "rejeté",
    "entwurf",
    "zu prüfen",
    "abgelehnt",
    "borrador",
    "rechazado",
    "черновик",
];
/// Words for a text that has no translation yet.
const UNTRANSLATED: &[&str] = &[
    "new",
    "initial",
    "not translated",
    "untranslated",
    "not started",
    "needs translation",
    "to translate",
    "to do",
    "todo",
    "missing",
    "unspecified",
    "غير مترجم",
    "جديد",
    "لم يترجم",
    "non traduit",
    "à traduire",
    "nicht übersetzt",
    "unübersetzt",
    "sin traducir",
    "не переведено",
];
/// Words for a text that stays as it is.
const NOT_FOR_TRANSLATION: &[&str] =
    &["do not translate", "not for translation", "not translatable", "لا يترجم"];

/// What the field of a status column says; `None` where it is no word that is known.
pub(super) fn state(field: &str) -> Option<State> {
    // `Translated (85%)`, `needs-review`, `Signed_off.`
    let bare = field.split_once(['(', '[']).map_or(field, |(before, _)| before);
    let bare = bare.to_lowercase().replace(['-', '_'], " ");
    let words: Vec<&str> = bare
        .split_whitespace()
        .map(|word| word.trim_matches(['.', ':', '!', ',']))
        .filter(|word| !word.is_empty() && !word.ends_with('%'))
        .collect();
    let word = words.join(" ");
    let is = |words: &[&str]| words.contains(&&*word);
    match () {
        () if is(DONE) => Some(State::Done),
        () if is(ACCEPTED) => Some(State::Accepted),
        () if is(FOR_REVIEW) => Some(State::Unfinished(LeftOut::ForReview)),
        () if is(UNTRANSLATED) => Some(State::Unfinished(LeftOut::Untranslated)),
        () if is(NOT_FOR_TRANSLATION) => Some(State::Unfinished(LeftOut::NotForTranslation)),
        () if word == "obsolete" => Some(State::Unfinished(LeftOut::Obsolete)),
        () => None,
    }
}

/// What the field of a column `fuzzy` says: yes or no.
pub(super) fn fuzzy(field: &str) -> Option<State> {
    match &*field.trim().to_lowercase() {
        "true" | "yes" | "1" | "x" | "fuzzy" => Some(State::Unfinished(LeftOut::ForReview)),
        "false" | "no" | "0" => Some(State::Done),
        _ => None,
    }
}

impl State {
    /// Says it of `unit`.
    pub(super) fn put(self, unit: &mut Unit<'static>) {
        match self {
            Self::Done => {}
            Self::Accepted => unit.status = Status::Accepted,
            Self::Unfinished(why) => {
                if why == LeftOut::ForReview {
                    unit.status = Status::Flagged;
                }
                unit.unfinished.get_or_insert(why);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_tools_are_known_in_any_spelling() {
        let left = |why| Some(State::Unfinished(why));
        for (field, said) in [
            ("Draft (0%)", left(LeftOut::ForReview)),
            ("draft", left(LeftOut::ForReview)),
            ("Pre-translated (101%)", left(LeftOut::ForReview)),
            ("Needs-Review-Translation", left(LeftOut::ForReview)),
            ("Not Translated", left(LeftOut::Untranslated)),
            ("NOT_STARTED", left(LeftOut::Untranslated)),
            ("غير مترجم", left(LeftOut::Untranslated)),
            ("Do not translate", left(LeftOut::NotForTranslation)),
            ("Obsolete", left(LeftOut::Obsolete)),
            ("Translated 100%", Some(State::Done)),
            ("Signed-off", Some(State::Accepted)),
            ("approved.", Some(State::Accepted)),
            ("blue", None),
        ] {
            assert_eq!(state(field), said, "{field}");
        }
        assert_eq!(
            (fuzzy("True"), fuzzy("no"), fuzzy("?")),
            (left(LeftOut::ForReview), Some(State::Done), None)
        );
    }
}
