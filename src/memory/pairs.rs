//! Which units are repetitions: their texts, languages and contexts as hashes.
//!
//! In: a unit. Out: a hash of its source with its context, and one of all else. Guarantee: the order of the other texts,
//! notes and dates make no difference.

use super::frames::RawUnit;
use super::repeat::hash;
use super::unit::{MetaKind, UnitView, attribute};

/// Whether what tools match by besides the text keeps units apart: `tuid`, properties named after a context, and those
/// by which OmegaT and memoQ tell alternative translations apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Context {
    /// It does.
    #[default]
    Counts,
    /// Only languages and texts do.
    Ignored,
}

/// Hashes of the source and of all else, as they stand in the file, with their languages.
pub(super) fn pair_hashes(
    raw: &RawUnit<'_>,
    view: &UnitView<'_>,
    source: usize,
    context: Context,
) -> (u64, u64) {
    let parts = |index: usize| {
        let variant = &view.variants[index];
        let text: &[u8] = match &variant.segment {
            Some(segment) if segment.has_codes => raw.text[segment.range.clone()].as_bytes(),
            Some(segment) => segment.text.as_bytes(),
            None => b"",
        };
        let lang = variant.lang.to_ascii_lowercase();
        hash(&[lang.as_bytes(), text])
    };
    let mut others: Vec<u64> = (0..view.variants.len()).filter(|i| *i != source).map(parts).collect();
    others.sort_unstable();
    let bytes: Vec<u8> = others.iter().flat_map(|h| h.to_le_bytes()).collect();
    let contexts = match context {
        Context::Counts => contexts(raw, view),
        Context::Ignored => Vec::new(),
    };
    let one =
        if contexts.is_empty() { parts(source) } else { hash(&[&parts(source).to_le_bytes(), &contexts]) };
    (one, hash(&[&bytes]))
}

/// What tools match a unit by besides its texts, in bytes; empty where there is nothing of the kind.
fn contexts(raw: &RawUnit<'_>, view: &UnitView<'_>) -> Vec<u8> {
    let id = attribute(raw.tokens[0].of(raw.text), "tuid").map(|(id, _)| ("tuid", id.trim()));
    let props = view.metas.iter().filter(|meta| meta.kind == MetaKind::Prop).filter_map(|meta| {
        let tag = meta.tag.of(raw.text);
        let (kind, _) = attribute(tag, "type")?;
        let value = raw.text[meta.tag.end..meta.range.end.max(meta.tag.end)].trim();
        is_context(kind).then_some((kind, value))
    });
    let mut all: Vec<_> = id.filter(|(_, id)| !id.is_empty()).into_iter().chain(props).collect();
    all.sort_unstable();
    all.iter().flat_map(|(kind, value)| [*kind, "\0", *value, "\0"]).flat_map(str::bytes).collect()
}

/// Whether a property of this type says where a text stands.
fn is_context(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    let bare = kind.strip_prefix("x-").unwrap_or(&kind);
    // `msgctxt` of gettext, `idiom-tm-uda-ctx`, `previous-source-text`.
    ["context", "ctx", "ctxt"].iter().any(|word| bare.contains(word))
        || ["previous", "prev", "next", "preceding", "following"].iter().any(|word| {
            bare.strip_prefix(word)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_', '.', ':']))
        })
        || matches!(bare, "file" | "id" | "path" | "key" | "aid" | "segment-id")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tools_call_a_context_is_one() {
        for kind in [
            "x-context",
            "x-context-pre",
            "X-ContextContent",
            "x-idiom-tm-uda-ctx",
            "x-previous-source-text",
            "x-next-source-text",
            "msgctxt",
            "x-msgctxt",
            "prev",
            "x-next",
            "file",
            "x-key",
        ] {
            assert!(is_context(kind), "{kind}");
        }
        for kind in ["x-project", "x-nextgen", "x-previously", "domain", "x-filename-of-client", "x-Origin"] {
            assert!(!is_context(kind), "{kind}");
        }
    }
}
