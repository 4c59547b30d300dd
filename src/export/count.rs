//! Numbers of things, as English says them.

use std::fmt::Display;

/// So many of a `thing`, whose plural ends in -s or -ies: `1 unit`, `2 units`, `0 entries`.
pub fn counted<N: Display + PartialEq + Copy + From<u8>>(number: N, thing: &str) -> String {
    let plural = number != N::from(1);
    match thing.strip_suffix('y') {
        Some(stem) if plural => format!("{number} {stem}ies"),
        _ => format!("{number} {thing}{}", if plural { "s" } else { "" }),
    }
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn one_is_no_plural() {
        let said = [0_u64, 1, 2, 11, 101].map(|n| counted(n, "word pair"));
        assert_eq!(said, ["0 word pairs", "1 word pair", "2 word pairs", "11 word pairs", "101 word pairs"]);
        assert_eq!([counted(1_usize, "entry"), counted(3_usize, "entry")], ["1 entry", "3 entries"]);
    }
}
