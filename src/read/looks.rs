//! Telling HTML and Markdown from plain text by what they look like.
//!
//! In: the beginning of an input. Out: whether it is the one or the other. Guarantee: XML with a root of its own is
//! neither.

use std::sync::LazyLock;

use regex::Regex;

use super::not_read;
use super::sample::Sample;

/// Whether a file begins as pages do.
pub(super) fn like_html(sample: &Sample) -> bool {
    let text = sample.text.trim_start();
    let starts = |tag: &str| text.get(..tag.len()).is_some_and(|head| head.eq_ignore_ascii_case(tag));
    if starts("<!doctype html") {
        return true;
    }
    match sample.root() {
        Some(root) => {
            let root = root.to_ascii_lowercase();
            matches!(
                &*root,
                "html"
                    | "head"
                    | "body"
                    | "article"
                    | "main"
                    | "section"
                    | "div"
                    | "h1"
                    | "h2"
                    | "p"
                    | "table"
                    | "ul"
                    | "ol"
                    | "span"
                    | "center"
                    | "blockquote"
            ) && !starts("<?xml-stylesheet")
                && !not_read::is_docbook(sample)
        }
        None => false,
    }
}

/// Whether a file has marks of several kinds that running text has not.
pub(super) fn like_markdown(sample: &Sample) -> bool {
    static MARKS: LazyLock<[Regex; 7]> = LazyLock::new(|| {
        [
            r"(?m)^#{1,6} \S",
            r"(?m)^(```|~~~)",
            r"\]\((https?://|/|#|\w+[./])[^)\s]*\)",
            r"\*\*[^\s*][^*\n]*\*\*",
            r"(?m)^\|?[ :]*-{3,}[ :]*\|[ :|-]*$",
            r"(?m)^\[[^\]]+\]: \S+",
            r"(?m)^\S[^\n]*\n(={3,}|-{3,})$",
        ]
        .map(|pattern| Regex::new(pattern).expect("the patterns are right"))
    });
    if sample.text.trim_start().starts_with('<') || !sample.bytes.iter().any(|b| b"#`[*|=-".contains(b)) {
        return false;
    }
    MARKS.iter().filter(|mark| mark.is_match(&sample.text)).count() >= 2
}
