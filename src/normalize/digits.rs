//! Decimal digits of every script that has them.

/// The kinds of decimal digits that are read as numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub(crate) enum DigitKind {
    /// `0` to `9`.
    Ascii,
    /// U+0660 to U+0669, used with Arabic.
    ArabicIndic,
    /// U+06F0 to U+06F9, used with Persian and Urdu.
    EasternArabicIndic,
    /// Those of another script (Devanagari, Bengali, Thai …), or in another form (full-width).
    Other,
}

/// The zeros of Unicode's decimal digits (general category `Nd`) beyond ASCII and Arabic, in order; the other nine
/// follow each.
const ZEROS: [u32; 73] = [
    0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50, 0x0ED0,
    0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50,
    0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x10D40, 0x11066,
    0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x116D0, 0x116DA, 0x11730,
    0x118E0, 0x11950, 0x11BF0, 0x11C50, 0x11D50, 0x11DA0, 0x11F50, 0x16130, 0x16A60, 0x16AC0, 0x16B50,
    0x16D70, 0x1CCF0, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E4F0, 0x1E5F1,
    0x1E950, 0x1FBF0,
];

/// The value (0 to 9) and kind of a digit; `None` for every other character.
///
/// `char::to_digit` knows the ASCII digits alone.
#[inline]
pub(crate) const fn digit(c: char) -> Option<(u8, DigitKind)> {
    match c {
        '0'..='9' => Some((c as u8 - b'0', DigitKind::Ascii)),
        '\u{0660}'..='\u{0669}' => Some(((c as u32 - 0x0660) as u8, DigitKind::ArabicIndic)),
        '\u{06F0}'..='\u{06F9}' => Some(((c as u32 - 0x06F0) as u8, DigitKind::EasternArabicIndic)),
        '\0'..'\u{07C0}' => None,
        _ => other_digit(c),
    }
}

const fn other_digit(c: char) -> Option<(u8, DigitKind)> {
    let c = c as u32;
    let (mut from, mut to) = (0, ZEROS.len());
    while from < to {
        let middle = usize::midpoint(from, to);
        if ZEROS[middle] + 9 < c {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    if from < ZEROS.len() && c >= ZEROS[from] {
        return Some(((c - ZEROS[from]) as u8, DigitKind::Other));
    }
    None
}

/// The ASCII digit for a digit of any kind; other characters come back as they are.
pub(crate) const fn fold_digit(c: char) -> char {
    match digit(c) {
        Some((value, _)) => (b'0' + value) as char,
        None => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_kinds_are_digits() {
        let folded = |text: &str| text.chars().map(fold_digit).collect::<String>();
        for digits in
            ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "০১২৩৪৫৬৭৮৯", "๐๑๒๓๔๕๖๗๘๙", "０１２３４５６７８９"]
        {
            assert_eq!(folded(digits), "0123456789");
        }
        assert_eq!(digit('7'), Some((7, DigitKind::Ascii)));
        assert_eq!(digit('٧'), Some((7, DigitKind::ArabicIndic)));
        assert_eq!(digit('۷'), Some((7, DigitKind::EasternArabicIndic)));
        assert_eq!(digit('७'), Some((7, DigitKind::Other)));
        assert_eq!(digit('ا'), None);
        assert_eq!(fold_digit('½'), '½');
    }

    /// The table against the property that Unicode gives each character.
    #[test]
    fn digits_are_what_unicode_calls_decimal() {
        let decimal = regex::Regex::new(r"^\p{Nd}$").unwrap();
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            assert_eq!(
                digit(c).is_some(),
                decimal.is_match(c.encode_utf8(&mut [0; 4])),
                "{c:?} {:x}",
                c as u32
            );
        }
    }
}
