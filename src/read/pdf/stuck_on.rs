//! What is stuck on the pages of a PDF and is no part of what is drawn on them: comments and the values of forms.
//!
//! In: a page. Out: how many there are with text. Guarantee: nothing of them is read, and no more than [`MOST`] are looked
//! at in a document.

use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, String as PdfString};
use hayro_interpret::hayro_syntax::page::Page;

/// Of more than so many the rest is not counted.
const MOST: usize = 10_000;

/// How many there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct StuckOn {
    pub comments: usize,
    pub values: usize,
    looked_at: usize,
}

impl StuckOn {
    /// Adds those of a page.
    pub(super) fn add(&mut self, page: &Page<'_>) {
        let Some(all) = page.raw().get::<Array<'_>>("Annots") else { return };
        for one in all.iter::<Dict<'_>>().take(MOST - self.looked_at) {
            self.looked_at += 1;
            let has_text = |dict: &Dict<'_>, key: &str| {
                dict.get::<PdfString<'_>>(key).is_some_and(|text| !text.as_bytes().is_empty())
            };
            match one.get::<Name<'_>>("Subtype").as_ref().map(Name::as_str) {
                Some("Widget") => {
                    // A field may have its value, or the field that it is a part of.
                    let parent = one.get::<Dict<'_>>("Parent");
                    let value = has_text(&one, "V") || parent.is_some_and(|parent| has_text(&parent, "V"));
                    self.values += usize::from(value);
                }
                Some("Link" | "Popup") | None => {}
                Some(_) => self.comments += usize::from(has_text(&one, "Contents")),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::read::ReadOptions;

    #[test]
    fn comments_and_form_values_are_counted() {
        let text = "BT /F 12 Tf 20 100 Td (Name of the applicant) Tj ET";
        let annotations = "<</Subtype/FreeText/Contents(A note)>><</Subtype/Text/Contents()>><</Subtype/Link>>\
            <</Subtype/Widget/FT/Tx/V(Amina)>><</Subtype/Widget/Parent<</FT/Tx/V(Tunis)>>>><</Subtype/Widget/FT/Btn>>";
        let pdf = format!(
            "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n\
             2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n\
             3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Annots[{annotations}]\
             /Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>\nendobj\n\
             4 0 obj\n<</Length {}>>stream\n{text}\nendstream\nendobj\n\
             trailer<</Size 5/Root 1 0 R>>\nstartxref\n0\n%%EOF",
            text.len()
        );
        let read = crate::read::parse("a.pdf", pdf.into_bytes(), &ReadOptions::default()).unwrap();
        let said: Vec<&str> = read.warnings.iter().map(|(message, _)| message.as_str()).collect();
        assert!(said.iter().any(|m| m.contains("left out 1 comment, 2 form values")), "{said:?}");
    }
}
