//! Comparison keys of anchors: small hashes, equal exactly when two values are held to be the same.
//!
//! In: a kind of key and its numbers or text. Out: a 64-bit key. Guarantee: stable on every platform and
//! in every run (FNV-1a, Fowler, Noll and Vo); keys of different kinds differ but for hash collisions.

use rust_decimal::Decimal;

/// A comparison key; anchors match when they share one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AnchorKey(pub u64);

/// What a key stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyKind {
    Number = 1,
    Fraction,
    Approximate,
    Percent,
    Money,
    Quantity,
    Day,
    MonthDay,
    YearMonth,
    Month,
    HijriDay,
    HijriMonthDay,
    HijriYearMonth,
    HijriMonth,
    Decade,
    Weekday,
    Time,
    ClockFace,
    Text,
    Letter,
    SolarDay,
    SolarMonthDay,
    SolarYearMonth,
    SolarMonth,
    HebrewDay,
    HebrewMonthDay,
    HebrewYearMonth,
    HebrewMonth,
}

impl AnchorKey {
    pub(super) fn of(kind: KeyKind, parts: &[i64]) -> Self {
        let mut hash = Fnv::new(kind);
        for part in parts {
            hash.write(&part.to_le_bytes());
        }
        Self(hash.0)
    }

    pub(super) fn of_decimal(kind: KeyKind, n: Decimal, of: u8) -> Self {
        let n = n.normalize();
        let mut hash = Fnv::new(kind);
        hash.write(&[of]);
        hash.write(&n.mantissa().to_le_bytes());
        hash.write(&n.scale().to_le_bytes());
        Self(hash.0)
    }

    /// The key of a text: its letters and digits in lower case, nothing else.
    pub(super) fn of_text(text: &str) -> Self {
        let mut hash = Fnv::new(KeyKind::Text);
        let mut utf8 = [0; 4];
        for c in text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase) {
            hash.write(c.encode_utf8(&mut utf8).as_bytes());
        }
        Self(hash.0)
    }
}

/// The FNV-1a hash.
struct Fnv(u64);

impl Fnv {
    fn new(kind: KeyKind) -> Self {
        let mut hash = Self(0xcbf2_9ce4_8422_2325);
        hash.write(&[kind as u8]);
        hash
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::AnchorKey;

    #[test]
    fn hyphens_points_and_case_make_no_other_word() {
        assert_eq!(AnchorKey::of_text("F-16"), AnchorKey::of_text("f16"));
        assert_eq!(AnchorKey::of_text("U.S."), AnchorKey::of_text("US"));
    }
}
