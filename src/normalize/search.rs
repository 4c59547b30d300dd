//! Words as an index of texts knows them.

use crate::bitext::TextSpan;

use super::chars::{is_mark, is_unspaced};
use super::digits::{digit, fold_digit};
use super::words::each_word;

/// Calls `f` with each word of `text` as an index knows it, and where it stands: folded as [`each_word`] does, digits too, without
/// signs; each sign of a script written without blanks (Chinese, Thai, …) is a word of its own.
pub(crate) fn each_search_word(text: &str, mut f: impl FnMut(&str, TextSpan)) {
    let mut from = 0;
    let mut sign = String::new();
    let mut plain = |from: usize, to: usize, f: &mut dyn FnMut(&str, TextSpan)| {
        each_word(&text[from..to], |folded, span, _| {
            sign.clear();
            let kept = folded.chars().filter(|c| !c.is_ascii_punctuation());
            sign.extend(kept.map(|c| if digit(c).is_some() { fold_digit(c) } else { c }));
            if !sign.is_empty() {
                f(&sign, span.shifted(from));
            }
        });
    };
    for (at, c) in text.char_indices().filter(|(_, c)| is_unspaced(*c)) {
        plain(from, at, &mut f);
        from = at + c.len_utf8();
        if !is_mark(c) {
            f(&text[at..from], TextSpan::new(at, from));
        }
    }
    plain(from, text.len(), &mut f);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> String {
        let mut words = Vec::new();
        each_search_word(text, |word, span| words.push(format!("{word}@{}", &text[span.range()])));
        words.join(" ")
    }

    #[test]
    fn words_are_folded_and_signs_stand_alone() {
        insta::assert_snapshot!(found("إنَّ الكِتابَ، don't RÉSUMÉ ٣"), @"ان@إنَّ الكتاب@الكِتابَ dont@don't resume@RÉSUMÉ 3@٣");
        insta::assert_snapshot!(found("在Linux上 2024年"), @"在@在 linux@Linux 上@上 2024@2024 年@年");
    }
}
