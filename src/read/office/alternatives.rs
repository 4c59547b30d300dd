//! Alternative forms of one content (`mc:AlternateContent`), of which one is read.

use crate::read::xml::Tag;

/// The alternatives that are open: for each, whether one of its forms was taken.
#[derive(Debug, Default)]
pub(super) struct Alternatives(Vec<bool>);

impl Alternatives {
    /// An element begins; whether it is a form that is not read.
    pub(super) fn passes_over(&mut self, tag: &Tag<'_>) -> bool {
        match &*tag.name {
            "AlternateContent" => {
                self.0.push(false);
                false
            }
            "Choice" => match self.0.last_mut() {
                Some(taken) if !*taken && is_understood(tag) => {
                    *taken = true;
                    false
                }
                last => last.is_some(),
            },
            "Fallback" => self.0.last_mut().is_none_or(|taken| std::mem::replace(taken, true)),
            _ => false,
        }
    }

    /// An element ends; whether it held alternatives of which none was taken.
    pub(super) fn end(&mut self, name: &str) -> bool {
        name == "AlternateContent" && self.0.pop() == Some(false)
    }
}

/// Whether the namespaces that a form requires, by the prefixes that all programs give them, are those of forms that
/// Office has: their text stands as everywhere.
fn is_understood(tag: &Tag<'_>) -> bool {
    const STARTS: [&str; 12] =
        ["w1", "wp", "a1", "p1", "x1", "c1", "cx", "am3d", "aink", "pic14", "sle", "xr"];
    const NAMES: [&str; 13] = ["w", "a", "p", "v", "o", "m", "r", "dgm", "dsp", "adec", "ma", "oel", "iact"];
    let known =
        |prefix: &str| NAMES.contains(&prefix) || STARTS.iter().any(|start| prefix.starts_with(start));
    tag.attribute("Requires").is_none_or(|requires| requires.split_whitespace().all(known))
}
