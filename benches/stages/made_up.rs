//! Made-up bitexts: Arabic-like and English-like words of a hidden dictionary, from a fixed seed.

/// The sentences of both sides. Most correspond one to one; some stand on one side alone.
pub(crate) struct MadeUp {
    pub(crate) source: Vec<String>,
    pub(crate) target: Vec<String>,
}

const ARABIC: [&str; 22] = [
    "ب", "ت", "ج", "ح", "خ", "د", "ر", "ز", "س", "ش", "ص", "ط", "ع", "غ", "ف", "ق", "ك", "ل", "م", "ن", "ه",
    "ي",
];
const ENGLISH: [&str; 22] = [
    "ba", "te", "jo", "ha", "ki", "do", "re", "zu", "so", "shi", "sa", "to", "a", "ghi", "fe", "qua", "ke",
    "lo", "ma", "ni", "hy", "yo",
];
const VOCABULARY: f64 = 60_000.0;

impl MadeUp {
    /// A bitext of `segments` sentences a side.
    pub(crate) fn new(segments: usize) -> Self {
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
        let mut made = Self { source: Vec::new(), target: Vec::new() };
        while made.source.len() < segments || made.target.len() < segments {
            let words: Vec<usize> = (0..4 + dice.below(16)).map(|_| dice.word()).collect();
            let number = (dice.below(8) == 0).then(|| 2 + dice.below(5_000));
            let fate = dice.below(40);
            if fate != 0 && made.source.len() < segments {
                made.source.push(sentence(&words, &ARABIC, number, "ال"));
            }
            if fate != 1 && made.target.len() < segments {
                made.target.push(sentence(&words, &ENGLISH, number, "the "));
            }
        }
        made
    }
}

fn sentence(words: &[usize], syllables: &[&str; 22], number: Option<usize>, article: &str) -> String {
    let mut out = String::new();
    for (place, &word) in words.iter().enumerate() {
        if place > 0 {
            out.push(' ');
        }
        if word.is_multiple_of(3) {
            out.push_str(article);
        }
        let mut rest = word + 22;
        while rest > 0 {
            out.push_str(syllables[rest % 22]);
            rest /= 22;
        }
    }
    if let Some(number) = number {
        out.push(' ');
        out.push_str(&number.to_string());
    }
    out.push('.');
    out
}

/// A generator of numbers (xorshift).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// A word by Zipf's law.
    fn word(&mut self) -> usize {
        let share = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        VOCABULARY.powf(share) as usize
    }
}
