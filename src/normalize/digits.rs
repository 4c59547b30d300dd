//! Digits of all three kinds: 0-9, Arabic-Indic ٠-٩ and Eastern Arabic-Indic ۰-۹.

/// The kinds of decimal digits that are read as numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DigitKind {
    /// `0` to `9`.
    Ascii,
    /// U+0660 to U+0669, used with Arabic.
    ArabicIndic,
    /// U+06F0 to U+06F9, used with Persian and Urdu.
    EasternArabicIndic,
}

/// The value (0 to 9) and kind of a digit; `None` for every other character.
///
/// `char::to_digit` knows the ASCII digits alone.
pub const fn digit(c: char) -> Option<(u8, DigitKind)> {
    match c {
        '0'..='9' => Some((c as u8 - b'0', DigitKind::Ascii)),
        '\u{0660}'..='\u{0669}' => Some(((c as u32 - 0x0660) as u8, DigitKind::ArabicIndic)),
        '\u{06F0}'..='\u{06F9}' => Some(((c as u32 - 0x06F0) as u8, DigitKind::EasternArabicIndic)),
        _ => None,
    }
}

/// The ASCII digit for a digit of any kind; other characters come back as they are.
pub const fn fold_digit(c: char) -> char {
    match digit(c) {
        Some((value, _)) => (b'0' + value) as char,
        None => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_three_kinds_are_digits() {
        assert_eq!("٠١٢٣٤٥٦٧٨٩".chars().map(fold_digit).collect::<String>(), "0123456789");
        assert_eq!("۰۱۲۳۴۵۶۷۸۹".chars().map(fold_digit).collect::<String>(), "0123456789");
        assert_eq!(digit('7'), Some((7, DigitKind::Ascii)));
        assert_eq!(digit('٧'), Some((7, DigitKind::ArabicIndic)));
        assert_eq!(digit('۷'), Some((7, DigitKind::EasternArabicIndic)));
        assert_eq!(digit('ا'), None);
        assert_eq!(fold_digit('½'), '½');
    }
}
