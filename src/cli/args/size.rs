//! Sizes as they are typed: 4096, 100K, 512M, 2G.

/// The bytes that `text` stands for.
pub(crate) fn parse_size(text: &str) -> Result<u64, String> {
    let wrong = || format!("`{text}` is not a size such as 4096, 100K, 512M or 2G");
    let upper = text.trim().to_ascii_uppercase();
    let digits = upper.trim_end_matches('B').trim_end_matches('I');
    let (number, shift) = match digits.strip_suffix(['K', 'M', 'G']) {
        Some(number) if digits.ends_with('K') => (number, 10),
        Some(number) if digits.ends_with('M') => (number, 20),
        Some(number) => (number, 30),
        None => (digits, 0),
    };
    let number: u64 = number.trim().parse().map_err(|_| wrong())?;
    number.checked_mul(1 << shift).filter(|&n| n > 0).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read() {
        assert_eq!(parse_size("4096"), Ok(4096));
        assert_eq!(parse_size("1k"), Ok(1024));
        assert_eq!(parse_size("2GiB"), Ok(2 << 30));
        for wrong in ["", "M", "0", "-1", "1T", "99999999999G"] {
            assert!(parse_size(wrong).is_err(), "{wrong}");
        }
    }
}
