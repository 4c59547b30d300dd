//! A text with its segments, as it is compared with another version.
//!
//! In: a text and the places of its segments. Out: a [`Version`] of the text itself, with corrections in it,
//! or of what is seen of it.
//! Guarantee: as many segments, in the same order.

use std::borrow::Cow;

use crate::bitext::TextSpan;
use crate::normalize::Seen;
use crate::project::ReviewSegment;

/// A text and where its segments stand in it.
pub(super) struct Version<'t> {
    text: Cow<'t, str>,
    pub(super) spans: Vec<TextSpan>,
    /// Which segments have their correction for their text.
    corrected: Vec<bool>,
    seen: Option<Seen>,
}

impl<'t> Version<'t> {
    /// The text as it is.
    pub(super) const fn of(text: &'t str, spans: Vec<TextSpan>) -> Self {
        Self { text: Cow::Borrowed(text), spans, corrected: Vec::new(), seen: None }
    }

    /// The texts by which the old segments are looked for, in this order: with the corrections that hold the whole text that
    /// they correct, for where those stand that text stands too; as they are; with all corrections.
    pub(super) fn all_of(text: &'t str, segments: &[ReviewSegment]) -> Vec<Self> {
        let corrected = |segment: &ReviewSegment| segment.corrected.is_some();
        let longer = |segment: &ReviewSegment| {
            segment.corrected.as_deref().is_some_and(|new| new.contains(&text[segment.span.range()]))
        };
        let mut all = Vec::new();
        if segments.iter().any(longer) {
            all.push(Self::with_corrections(text, segments, longer));
        }
        all.push(Self::of(text, segments.iter().map(|s| s.span).collect()));
        if segments.iter().any(corrected) {
            all.push(Self::with_corrections(text, segments, corrected));
        }
        all
    }

    /// The text with what people put in place of some of its segments.
    fn with_corrections(
        text: &str,
        segments: &[ReviewSegment],
        which: impl Fn(&ReviewSegment) -> bool,
    ) -> Self {
        let (mut out, mut spans) = (String::with_capacity(text.len()), Vec::with_capacity(segments.len()));
        let mut from = 0;
        for segment in segments {
            out.push_str(&text[from..segment.span.start]);
            let start = out.len();
            let correction = segment.corrected.as_deref().filter(|_| which(segment));
            out.push_str(correction.unwrap_or(&text[segment.span.range()]));
            spans.push(TextSpan::new(start, out.len()));
            from = segment.span.end;
        }
        out.push_str(&text[from..]);
        let corrected = segments.iter().map(which).collect();
        Self { text: Cow::Owned(out), spans, corrected, seen: None }
    }

    /// Whether a segment has its correction for its text.
    pub(super) fn is_corrected(&self, at: usize) -> bool {
        self.corrected.get(at).copied().unwrap_or(false)
    }

    /// What is seen of the text.
    pub(super) fn seen(&self) -> Version<'static> {
        let mut seen = Seen::new();
        let (mut spans, mut from) = (Vec::with_capacity(self.spans.len()), 0);
        for span in &self.spans {
            seen.push(&self.text[from..span.start]);
            let start = seen.len();
            seen.push(&self.text[span.range()]);
            // A blank at the end, before a mark that is not seen, is between this segment and the next.
            let end =
                if seen.len() > start && seen.key().ends_with(' ') { seen.len() - 1 } else { seen.len() };
            spans.push(TextSpan::new(start, end));
            from = span.end;
        }
        Version { text: Cow::Borrowed(""), spans, corrected: self.corrected.clone(), seen: Some(seen) }
    }

    /// The text.
    pub(super) fn text(&self) -> &str {
        self.seen.as_ref().map_or(&self.text, Seen::key)
    }

    /// The texts of the segments.
    pub(super) fn texts(&self) -> Vec<&str> {
        self.spans.iter().map(|span| &self.text()[span.range()]).collect()
    }

    /// Whether a part of the text is the same as one of another version.
    pub(super) fn is_same(&self, part: TextSpan, other: &Self, others: TextSpan) -> bool {
        match (&self.seen, &other.seen) {
            (Some(own), Some(theirs)) => own.agrees(part, theirs, others),
            _ => self.text()[part.range()] == other.text()[others.range()],
        }
    }
}

/// Whether two texts are the same to readers.
pub(super) fn look_alike(one: &str, other: &str) -> bool {
    let seen = |text: &str| {
        let mut seen = Seen::new();
        seen.push(text);
        seen
    };
    let (one, other) = (seen(one), seen(other));
    let whole = |seen: &Seen| TextSpan::new(0, seen.key().trim_end().len());
    one.agrees(whole(&one), &other, whole(&other))
}

/// What is seen of a text, to look it up by.
pub(super) fn key(text: &str) -> String {
    let mut seen = Seen::new();
    seen.push(text);
    seen.key().trim_end().to_owned()
}
