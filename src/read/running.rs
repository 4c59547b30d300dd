//! What stands at the head or the foot of many pages: titles and page numbers.
//!
//! In: the outermost line of each page. Out: the pages whose line is to go. Guarantee: a line that is nothing but a
//! number goes only where it counts pages.

use std::collections::BTreeMap;

/// A line without its numbers and white space, and these numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Running {
    key: String,
    numbers: Vec<u32>,
}

impl Running {
    /// The key of `line`.
    pub(super) fn of(line: &str) -> Self {
        let (mut key, mut numbers, mut digits) = (String::new(), Vec::new(), String::new());
        for c in line.chars().chain([' ']) {
            if let Some(digit) =
                c.to_digit(10).or_else(|| arabic_digit(c)).and_then(|d| char::from_digit(d, 10))
            {
                digits.push(digit);
                continue;
            }
            if !digits.is_empty() {
                numbers.extend(digits.parse::<u32>());
                digits.clear();
                key.push('#');
            }
            if !c.is_whitespace() {
                key.push(c);
            }
        }
        Self { key, numbers }
    }
}

const fn arabic_digit(c: char) -> Option<u32> {
    match c {
        '٠'..='٩' => Some(c as u32 - '٠' as u32),
        '۰'..='۹' => Some(c as u32 - '۰' as u32),
        _ => None,
    }
}

/// The pages whose outermost line is to go; `filled` pages have text.
pub(super) fn repeated(ends: &[Option<Running>], filled: usize) -> Vec<usize> {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, end) in ends.iter().enumerate() {
        if let Some(line) = end {
            places.entry(&line.key).or_default().push(index);
        }
    }
    let mut out = Vec::new();
    for (key, pages) in places {
        let counts = counts_pages(ends, &pages);
        let bare = key.chars().all(|c| !c.is_alphabetic());
        let often = pages.len() >= 3 && pages.len() * 5 >= filled * 2;
        // Left and right pages may have heads of their own.
        if (often && (!bare || counts)) || (counts && pages.len() >= 2) || (counts && bare && filled == 1) {
            out.extend(pages);
        }
    }
    out
}

/// Whether a number of these lines grows by one from page to page, for most of them; a single one is that of the
/// page.
fn counts_pages(ends: &[Option<Running>], pages: &[usize]) -> bool {
    let numbers = |page: usize| ends[page].as_ref().map_or(&[][..], |line| line.numbers.as_slice());
    if let [page] = pages {
        return numbers(*page) == [*page as u32 + 1];
    }
    let longest = pages.iter().map(|p| numbers(*p).len()).max().unwrap_or(0);
    (0..longest).any(|place| {
        let mut offsets: BTreeMap<i64, usize> = BTreeMap::new();
        for page in pages {
            if let Some(number) = numbers(*page).get(place) {
                *offsets.entry(i64::from(*number) - *page as i64).or_default() += 1;
            }
        }
        offsets.values().max().is_some_and(|most| most * 2 > pages.len())
    })
}
