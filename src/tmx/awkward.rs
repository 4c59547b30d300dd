//! Random texts for tests of formats.

use proptest::prelude::*;

/// Texts with all that gets lost on the way easily.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let awkward = vec![
        '\u{200f}',
        '\u{200e}',
        '\u{200c}',
        '\u{200d}',
        '\u{a0}',
        '\u{202b}',
        '\u{2067}',
        '\u{feff}',
        '&',
        '<',
        '>',
        '"',
        '\'',
        ']',
        ';',
        ',',
        '\\',
        '#',
        '=',
        '_',
        'x',
        ' ',
        '\n',
        '\r',
        '\t',
        '\u{b}',
        '\u{0}',
        '\u{85}',
        '\u{2028}',
        '\u{1f600}',
        '\u{10ffff}',
        '\u{fffe}',
        'ا',
        'ب',
        '\u{64e}',
        '٣',
        'a',
        '0',
    ];
    let characters = prop_oneof![any::<char>(), proptest::sample::select(awkward)];
    proptest::collection::vec(characters, 0..30).prop_map(|chars| chars.into_iter().collect())
}
