//! Folding of Arabic letters: one letter for the spellings that writers mix.

/// The letter that stands for `c` in comparison keys; `None` for marks that keys leave out (harakat,
/// the superscript alef, tatweel). Characters that are no Arabic letters come back as they are.
pub const fn fold_arabic(c: char) -> Option<char> {
    Some(match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' | 'ئ' => 'ي',
        'ک' => 'ك',
        'ة' => 'ه',
        'ؤ' => 'و',
        '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0640}' => return None,
        _ => c,
    })
}
