//! Which way texts run, told by their letters and not by the names of languages.

use std::borrow::Cow;

use unicode_bidi::{BidiClass, bidi_class};

use crate::bitext::Sides;

/// The direction of running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Direction {
    /// Left to right.
    #[default]
    LeftToRight,
    /// Right to left.
    RightToLeft,
}

impl Direction {
    /// Its name in HTML and XLIFF.
    pub const fn name(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }

    /// Whether it is right to left.
    pub const fn is_rtl(self) -> bool {
        matches!(self, Self::RightToLeft)
    }

    /// The direction of most letters in `texts`; left to right where there are none.
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        Self::of_or(texts, Self::LeftToRight)
    }

    /// The direction of most letters in `texts`, `otherwise` where neither prevails. Unlike the first letter, which
    /// browsers go by, this is right for an Arabic sentence that begins with a Latin name.
    pub fn of_or<'t>(texts: impl IntoIterator<Item = &'t str>, otherwise: Self) -> Self {
        let mut balance = 0_i64;
        for c in texts.into_iter().flat_map(str::chars) {
            match bidi_class(c) {
                BidiClass::R | BidiClass::AL => balance += 1,
                BidiClass::L => balance -= 1,
                _ => {}
            }
        }
        match balance {
            0 => otherwise,
            1.. => Self::RightToLeft,
            _ => Self::LeftToRight,
        }
    }

    /// The direction in which a text of a side that runs in direction `side` stands: that of the side, whatever the
    /// text begins with and however few of its letters are of the side's script. A text whose letters all run the
    /// other way, such as an address, stands as they do.
    pub fn of_line(text: &str, side: Self) -> Self {
        let own = |c: char| match bidi_class(c) {
            BidiClass::R | BidiClass::AL => side.is_rtl(),
            BidiClass::L => !side.is_rtl(),
            _ => false,
        };
        if text.chars().any(own) { side } else { Self::of_or([text], side) }
    }
}

/// The directions of both sides, by the texts of the first units.
pub fn directions<'a>(texts: impl Iterator<Item = Sides<Cow<'a, str>>>) -> Sides<Direction> {
    /// Units looked at: enough to outweigh a heading in another script.
    const SAMPLE: usize = 200;
    let sample: Vec<_> = texts.take(SAMPLE).collect();
    Sides::new(
        Direction::of(sample.iter().map(|t| &*t.source)),
        Direction::of(sample.iter().map(|t| &*t.target)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_letters_decide() {
        assert_eq!(Direction::of(["في MSMS العراق"]), Direction::RightToLeft);
        assert_eq!(Direction::of(["Iraq (العراق) and MSMS"]), Direction::LeftToRight);
        assert_eq!(Direction::of(["MSMS برنامج جديد"]), Direction::RightToLeft);
        assert_eq!(Direction::of(["123"]), Direction::LeftToRight);
        assert_eq!(Direction::of_or(["123"], Direction::RightToLeft), Direction::RightToLeft);
    }

    #[test]
    fn a_line_runs_as_its_side_does() {
        use Direction::{LeftToRight, RightToLeft};
        let cases = [
            ("IBM International Business Machines أعلنت", RightToLeft, RightToLeft),
            ("2024 (1)", RightToLeft, RightToLeft),
            ("https://example.org/a", RightToLeft, LeftToRight),
            ("العراق العراق is a country", LeftToRight, LeftToRight),
            ("العراق", LeftToRight, RightToLeft),
        ];
        for (text, side, expected) in cases {
            assert_eq!(Direction::of_line(text, side), expected, "{text}");
        }
    }
}
