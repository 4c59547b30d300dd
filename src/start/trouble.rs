//! Why something that the page asked for cannot be done, with a name for which the page has words in its language.
//!
//! In: the errors of the library. Out: a refusal. Guarantee: what, and of which document, is always said in words too.

use axum::http::StatusCode;

use crate::lexicon::LexiconError;
use crate::memory::MemoryError;
use crate::pipeline::AlignError;
use crate::read::ReadError;
use crate::review::Refusal;
use crate::search::SearchError;

/// That the program itself failed.
pub(super) fn inner(error: impl std::fmt::Display) -> Refusal {
    Refusal::named(StatusCode::INTERNAL_SERVER_ERROR, "inner", error.to_string())
}

/// That the request itself makes no sense.
pub(super) fn bad(what: impl Into<String>) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, what)
}

/// That what the request names is not there, or not any more.
pub(super) fn gone(name: &'static str, what: impl Into<String>) -> Refusal {
    Refusal::named(StatusCode::NOT_FOUND, name, what)
}

/// That the state of things does not allow it.
pub(super) fn conflict(name: &'static str, what: impl Into<String>) -> Refusal {
    Refusal::named(StatusCode::CONFLICT, name, what)
}

/// A document that cannot be read; its path, which is of this program's making, is not shown.
pub(super) fn reading(name: &str, error: &ReadError) -> Refusal {
    let known = match error {
        ReadError::Empty { .. } | ReadError::Blank { .. } => "no-text",
        ReadError::TooLarge { .. } => "too-large",
        ReadError::Binary { .. } => "not-text",
        ReadError::Encoding { .. } => "encoding",
        ReadError::TwoLanguages { .. } => "two-languages",
        ReadError::EmptyLine { .. } => "empty-line",
        ReadError::Damaged { .. } | ReadError::Syntax { .. } => "damaged",
        _ => "not-read",
    };
    let mut text = error.to_string();
    if let ReadError::Io { source, .. } = error {
        text = format!("{name} cannot be read: {source}");
    }
    Refusal::named(StatusCode::UNPROCESSABLE_ENTITY, known, text)
}

/// A lexicon that cannot be used.
pub(super) fn lexicon(name: &str, error: &LexiconError) -> Refusal {
    Refusal::named(StatusCode::UNPROCESSABLE_ENTITY, "lexicon", format!("{name}: {error}"))
}

/// An alignment that could not be made.
pub(super) fn aligning(error: &AlignError) -> Refusal {
    Refusal::named(StatusCode::UNPROCESSABLE_ENTITY, "align", error.to_string())
}

/// A memory that cannot be worked on.
pub(super) fn memory(name: &str, error: &MemoryError) -> Refusal {
    let known = match error {
        MemoryError::NotTmx { .. } => "not-tmx",
        MemoryError::NoSuchPair { .. } => "no-pair",
        _ => "memory",
    };
    let text = match error {
        MemoryError::Io(source) => format!("{name}: {source}"),
        other => format!("{name}: {other}"),
    };
    Refusal::named(StatusCode::UNPROCESSABLE_ENTITY, known, text)
}

/// A search that cannot be made.
pub(super) fn search(error: &SearchError) -> Refusal {
    let known = match error {
        SearchError::NoWord(_) => "no-word",
        _ => "search",
    };
    let text = match error {
        SearchError::Sqlite { source, .. } => format!("{error}: {source}"),
        SearchError::Io { source, .. } => format!("{error}: {source}"),
        other => other.to_string(),
    };
    Refusal::named(StatusCode::UNPROCESSABLE_ENTITY, known, text)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use regex::Regex;

    use crate::batch::Suspicion;

    /// Whatever is refused under a name, the page says in English and in Arabic what to do.
    #[test]
    fn the_page_has_words_for_every_refusal_and_suspicion() {
        let sources = [
            include_str!("trouble.rs"),
            include_str!("aligning.rs"),
            include_str!("jobs.rs"),
            include_str!("opened.rs"),
            include_str!("projects.rs"),
            include_str!("search.rs"),
            include_str!("uploads.rs"),
        ];
        let named = Regex::new(r#"(?:named\(\s*[\w:]+,\s*|gone\(|conflict\(|[}_] => )"([a-z-]+)""#).unwrap();
        let code = sources.map(|text| text.split("#[cfg(test)]").next().unwrap_or_default());
        let names: BTreeSet<&str> = code
            .iter()
            .flat_map(|text| named.captures_iter(text))
            .map(|found| found.extract::<1>().1[0])
            .collect();
        assert!(names.len() > 15, "{names:?}");
        let suspicions = [
            Suspicion::NotTranslations,
            Suspicion::WrongLanguage,
            Suspicion::MostlyUnaligned,
            Suspicion::SearchCutShort,
        ];
        let words = include_str!("assets/words.js");
        for name in names.into_iter().chain(suspicions.map(Suspicion::name)) {
            let known = words.matches(&format!("\"{name}\": \"")).count()
                + words.matches(&format!(" {name}: \"")).count();
            assert!(known >= 2, "`{name}` is not said in both languages");
        }
    }
}
