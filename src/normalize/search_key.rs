//! Keys for searching in texts as people do, who type neither harakat nor the letter forms of the text.

use super::chars::{fold_arabic, is_invisible};
use super::digits::{digit, fold_digit};

/// The key of a text that is searched, or of what is searched for: harakat, tatweel and invisible characters left out,
/// alef forms and letter case folded, digits of all kinds alike, white space as one blank.
///
/// The page marks what was found by its own copy (`assets/text.js`), which a test of `review/find.rs` holds against this.
pub(crate) fn search_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let mut white = false;
    for c in text.chars() {
        if is_invisible(c) {
            continue;
        }
        let Some(folded) = fold_arabic(c) else { continue };
        if c.is_whitespace() {
            if !white {
                key.push(' ');
            }
            white = true;
            continue;
        }
        if digit(c).is_some() {
            key.push(fold_digit(c));
        } else {
            key.extend(folded.to_lowercase());
        }
        white = false;
    }
    key
}
