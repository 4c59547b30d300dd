//! How items of lists begin: `•`, `1.`, `(2)`, `ب)`, `ii.`, `أولا:`.
//!
//! In: the text of lines. Out: whether a line begins an item. Guarantee: a number or a letter begins one only as the first
//! of a list or after the one before it, since a sentence may hold the same.

/// Signs that stand before items.
const SIGNS: &str = "•▪●○◦‣■□◼►➢➤✓–-*\u{f0b7}\u{f0a7}\u{f0d8}\u{f0fc}";
/// The letters that count items, in the order of the alphabet and in that of their values.
const ALPHABET: &str = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي";
const VALUES: &str = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ";
/// Words that count items, with a colon after them.
const WORDS: [&str; 10] =
    ["أولا", "ثانيا", "ثالثا", "رابعا", "خامسا", "سادسا", "سابعا", "ثامنا", "تاسعا", "عاشرا"];

/// What a number of an item is written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Digits,
    Small,
    Capital,
    Arabic,
    Word,
}

/// The number of an item as it stands at its head.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Number {
    script: Script,
    /// What stands before it and behind it.
    signs: (Option<char>, char),
    /// What it may count as: `i.` is the first or the ninth.
    values: Vec<usize>,
}

impl Number {
    fn is_like(&self, other: &Self) -> bool {
        self.script == other.script && self.signs == other.signs
    }

    fn follows(&self, other: &Self) -> bool {
        self.is_like(other) && self.values.iter().any(|value| other.values.contains(&(value - 1)))
    }
}

/// The first word of a line that has others.
fn head(line: &str) -> Option<&str> {
    line.trim_start().split_once(char::is_whitespace).map(|(head, _)| head)
}

/// Whether a line begins with the sign of an item.
fn begins_with_sign(line: &str) -> bool {
    let mut chars = line.chars();
    chars.next().is_some_and(|c| SIGNS.contains(c)) && chars.next().is_some_and(char::is_whitespace)
}

/// The number that a line begins with.
fn number(line: &str) -> Option<Number> {
    let head = head(line)?;
    let (open, rest) = match head.chars().next()? {
        c @ ('(' | '[') => (Some(c), &head[1..]),
        _ => (None, head),
    };
    let close = rest.chars().next_back()?;
    let label = &rest[..rest.len() - close.len_utf8()];
    let (script, values) = counted(label)?;
    let fits = match open {
        Some('(') => close == ')',
        Some(_) => close == ']',
        None if script == Script::Word => matches!(close, ':' | '-' | '–'),
        None => matches!(close, '.' | ')' | '-' | '–'),
    };
    fits.then_some(Number { script, signs: (open, close), values })
}

/// What a label counts as.
fn counted(label: &str) -> Option<(Script, Vec<usize>)> {
    let chars: Vec<char> = label.chars().collect();
    if (1..=3).contains(&chars.len()) && chars.iter().all(|c| c.is_numeric()) {
        let digit = |c: &char| crate::normalize::digit(*c).map(|(value, _)| usize::from(value));
        let value = chars.iter().try_fold(0, |sum, c| digit(c).map(|d| sum * 10 + d))?;
        return (value > 0).then_some((Script::Digits, vec![value]));
    }
    if let Some(at) = WORDS.iter().position(|word| *word == bare(label)) {
        return Some((Script::Word, vec![at + 1]));
    }
    let place = |order: &str, letter: char| order.chars().position(|c| c == letter).map(|n| n + 1);
    let mut values = Vec::new();
    if let [letter] = chars[..] {
        let letter = if letter == 'ا' { 'أ' } else { letter };
        values.extend(place(ALPHABET, letter));
        values.extend(place(VALUES, letter));
        if !values.is_empty() {
            return Some((Script::Arabic, values));
        }
        values.extend(place("abcdefghijklmnopqrstuvwxyz", letter.to_ascii_lowercase()));
    }
    values.extend(roman(&label.to_ascii_lowercase()));
    let script = if label.chars().all(|c| c.is_ascii_lowercase()) { Script::Small } else { Script::Capital };
    let even = script == Script::Small || label.chars().all(|c| c.is_ascii_uppercase());
    (even && !values.is_empty()).then_some((script, values))
}

/// A word without its marks.
fn bare(word: &str) -> String {
    word.chars().filter(|c| !crate::normalize::is_combining(*c)).collect()
}

/// The value of a Roman number up to 39.
fn roman(label: &str) -> Option<usize> {
    const ONES: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let tens = label.chars().take_while(|c| *c == 'x').count();
    let ones = ONES.iter().position(|ones| *ones == &label[tens..])?;
    (tens < 4 && !label.is_empty()).then_some(10 * tens + ones)
}

/// How many signs the head of an item has before its text, if a line begins one by its look.
pub(super) fn signs_before_text(line: &str) -> Option<usize> {
    if begins_with_sign(line) {
        return Some(1);
    }
    number(line)?;
    head(line).map(|head| bare(head).chars().count())
}

/// The numbers of items that were reached.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// The last of each look.
    last: Vec<Number>,
    /// That of the paragraph that is open.
    open: Option<Number>,
}

impl Numbering {
    /// Whether `line`, which stands after the line `before`, begins an item.
    pub(super) fn begins_item(&self, before: &str, line: &str) -> bool {
        if begins_with_sign(line) {
            return true;
        }
        let Some(number) = number(line) else { return false };
        if self.open.as_ref().is_some_and(|open| number.follows(open)) {
            return true;
        }
        let next = number.values.contains(&1) || self.last.iter().any(|last| number.follows(last));
        next && before.ends_with(['.', ':', ';', '!', '?', '؟', '؛', '۔'])
    }

    /// Takes note of the paragraph that begins with `line`.
    pub(super) fn open(&mut self, line: &str) {
        self.open = number(line);
        if let Some(number) = &self.open {
            self.last.retain(|last| !last.is_like(number));
            self.last.push(number.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_letters_begin_items_one_after_another() {
        for (first, second) in [
            ("1. one", "2. two"),
            ("(1) one", "(2) two"),
            ("a) one", "b) two"),
            ("i. one", "ii. two"),
            ("ix. nine", "x. ten"),
            ("أ) واحد", "ب) اثنان"),
            ("(ج) ثلاثة", "(د) أربعة"),
            ("١. واحد", "٢. اثنان"),
            ("١- واحد", "٢- اثنان"),
            ("أولاً: واحد", "ثانيًا: اثنان"),
            ("• one", "• two"),
        ] {
            let mut numbering = Numbering::default();
            numbering.open(first);
            assert!(numbering.begins_item("and so on", second), "{second}");
            assert!(signs_before_text(first).is_some());
        }
    }

    #[test]
    fn what_a_sentence_holds_begins_none() {
        let mut numbering = Numbering::default();
        for line in ["12. The", "1976. It", "b) two", "A.B. Smith", "i.e. so", "(EU) law", "1.5 metres", "2."]
        {
            assert!(!numbering.begins_item("by Law No.", line), "{line}");
        }
        numbering.open("1. one");
        assert!(!numbering.begins_item("of paragraph", "(2) of the Law"));
        assert!(!numbering.begins_item("in Law No.", "12. It"));
        assert!(numbering.begins_item("of the Law:", "(1) first"));
        numbering.open("(1) first");
        numbering.open("(2) second");
        assert!(numbering.begins_item("as agreed.", "2. two"));
    }
}
