//! The language of a whole document.
//!
//! In: a document's text. Out: its language, or nothing where the text does not say.
//! Guarantee: deterministic, and linear in the text's length up to [`SAMPLE`]. The script decides first; among
//! the languages of one script, letters and small words do (Arabic script) or trigrams (the crate `whatlang`), as
//! their profiles say.
//! Meant for documents; a single line is seldom enough.

use rustc_hash::FxHashMap;
use whatlang::{Detector, Lang as Known};

use crate::bitext::Lang;
use crate::language::{Detection, Profile, Script};
use crate::normalize::{is_basic_arabic, script_of};

/// Bytes of the text that are looked at, at most.
const SAMPLE: usize = 200_000;

/// Letters that a text must have at least for anything to be said.
const FEWEST_LETTERS: usize = 2;

const SCRIPTS: usize = Script::COUNT;

/// The language in which most of `text` is written.
///
/// ```
/// use muqabala::segment::detect_language;
/// let lang = |text| detect_language(text).map(|l| l.to_string());
/// assert_eq!(lang("وأكد الجانبان أهمية استمرار العراق في تقديم الدعم للتحالف الدولي.").as_deref(), Some("ar"));
/// assert_eq!(lang("Both sides underlined how important it is that Iraq continues.").as_deref(), Some("en"));
/// assert_eq!(lang("22/07/2024"), None);
/// ```
pub fn detect_language(text: &str) -> Option<Lang> {
    let text = &text[..text.floor_char_boundary(SAMPLE)];
    let mut counts = [0_usize; SCRIPTS];
    for c in text.chars() {
        if let Some(script) = script_of(c) {
            counts[script as usize] += 1;
        }
    }
    // One ideograph or kana says about as much as two letters.
    for script in [Script::Han, Script::Kana, Script::Hangul] {
        counts[script as usize] *= 2;
    }
    if counts.iter().sum::<usize>() < FEWEST_LETTERS {
        return None;
    }
    let of = |script: Script| counts[script as usize];
    let east_asian = of(Script::Han) + of(Script::Kana);
    let largest = counts.iter().copied().max().unwrap_or_default();
    if east_asian >= largest && east_asian > 0 {
        // Japanese has kana in every sentence, Chinese none.
        let script = if of(Script::Kana) * 20 > east_asian { Script::Kana } else { Script::Han };
        return named_by(script);
    }
    let largest = Script::ALL.into_iter().find(|script| of(*script) == largest)?;
    let languages = || Profile::all().iter().filter(move |p| p.scripts().first() == Some(&largest));
    if largest == Script::Arabic {
        let letters = ArabicLetters::of(text);
        return by_letters(text, &letters, languages()).or_else(|| by_words(text, &letters, languages()));
    }
    let known: Vec<(Known, &Profile)> = languages().filter_map(|p| Some((known(p)?, p))).collect();
    if !known.is_empty() {
        return by_trigrams(text, &known);
    }
    named_by(largest)
}

/// The language that is told by its script alone.
fn named_by(script: Script) -> Option<Lang> {
    let of_script = |p: &&Profile| p.scripts().first() == Some(&script);
    Profile::all().iter().filter(of_script).find(|p| p.detection() == Some(&Detection::Script)).and_then(tag)
}

/// Whether [`detect_language`] can tell `language` from others, so that another answer means something.
pub fn can_detect(language: &Lang) -> bool {
    Profile::of(language).is_some_and(|profile| profile.detection().is_some())
}

fn tag(profile: &Profile) -> Option<Lang> {
    profile.code().parse().ok()
}

/// What `whatlang` calls the language, if it is to be told from others by trigrams. Small or made-up languages that
/// trigrams mistake for those that documents to be translated are written in have no name in their profiles.
fn known(profile: &Profile) -> Option<Known> {
    match profile.detection()? {
        Detection::Trigrams(name) => Known::from_code(name),
        _ => None,
    }
}

/// The likeliest of `languages` by trigrams.
fn by_trigrams(text: &str, languages: &[(Known, &Profile)]) -> Option<Lang> {
    let allowed = languages.iter().map(|(known, _)| *known).collect();
    let found = Detector::with_allowlist(allowed).detect_lang(text)?;
    languages.iter().find(|(known, _)| *known == found).and_then(|(_, profile)| tag(profile))
}

/// How often each character of the block of Arabic letters stands in a text.
struct ArabicLetters([u64; 0x100]);

impl ArabicLetters {
    fn of(text: &str) -> Self {
        let mut counts = [0; 0x100];
        for c in text.chars().filter(|c| matches!(c, '\u{600}'..='\u{6FF}')) {
            counts[c as usize - 0x600] += 1;
        }
        Self(counts)
    }

    /// How often one of `letters` stands there; all must be of that block.
    fn any_of(&self, letters: &str) -> u64 {
        letters.chars().filter_map(|c| self.0.get((c as usize).wrapping_sub(0x600))).sum()
    }
}

/// The first of `languages` whose own letters are frequent enough in `text`.
fn by_letters(
    text: &str,
    counts: &ArabicLetters,
    languages: impl Iterator<Item = &'static Profile>,
) -> Option<Lang> {
    let all = text.chars().filter(|c| script_of(*c) == Some(Script::Arabic)).count() as u64;
    let mut found = languages.filter(|profile| match profile.detection() {
        Some(Detection::Letters { own, per_thousand }) => {
            counts.any_of(own) * 1000 / all.max(1) >= *per_thousand
        }
        _ => false,
    });
    found.next().and_then(tag)
}

/// The one of `languages` whose letters and small words are the most frequent in `text`.
fn by_words(
    text: &str,
    counts: &ArabicLetters,
    languages: impl Iterator<Item = &'static Profile>,
) -> Option<Lang> {
    /// A word says as much as five letters: newspapers write Arabic with Persian letters, and the reverse.
    const WORD: u64 = 5;
    let mut found: Vec<(&Profile, u64)> = Vec::new();
    let mut by_word = FxHashMap::default();
    let mut by_beginning: Vec<(&str, usize)> = Vec::new();
    for profile in languages {
        if let Some(Detection::Words { letters, small, beginnings }) = profile.detection() {
            by_word.extend(small.iter().map(|word| (word.as_str(), found.len())));
            by_beginning.extend(beginnings.iter().map(|beginning| (beginning.as_str(), found.len())));
            found.push((profile, counts.any_of(letters)));
        }
    }
    let letter = |c: char| is_basic_arabic(c) || c.is_alphabetic() || c == '\u{200C}';
    for word in text.split(|c: char| !letter(c)).filter(|word| !word.is_empty()) {
        let begins =
            || by_beginning.iter().find(|(beginning, _)| word.starts_with(beginning)).map(|(_, at)| *at);
        if let Some(at) = by_word.get(word).copied().or_else(begins) {
            found[at].1 += WORD;
        }
    }
    // Of equals the first in the registry.
    let most = found.into_iter().reduce(|most, next| if next.1 > most.1 { next } else { most })?;
    tag(most.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(expected: &str, text: &str) {
        assert_eq!(
            detect_language(text).map_or_else(|| "-".to_owned(), |l| l.to_string()),
            expected,
            "{text}"
        );
    }

    #[test]
    fn arabic_script_is_told_apart() {
        check("ar", "قرر مجلس المدينة أمس زيادة عدد الحافلات في الأحياء البعيدة عن المركز.");
        check("ar", "افتتحت المكتبة الجديدة ابوابها امام القراء، وقال المدير إنّ پاريس وگوتنبرگ ارسلتا كتبا.");
        check("ar", "زار الوفد العراقی مدینة البصرة فی الأسبوع الماضی والتقى المحافظ.");
        check(
            "fa",
            "شورای شهر دیروز تصمیم گرفت که شمار اتوبوس\u{200c}ها را در محله\u{200c}های دور از مرکز بیشتر کند.",
        );
        check("fa", "اين كتاب را از كتابخانه گرفتم و به خانه بردم، ولي هنوز آن را نخوانده ام.");
        check("ur", "شہر کی کونسل نے کل فیصلہ کیا ہے کہ دور کے محلوں میں بسوں کی تعداد بڑھائی جائے گی۔");
        check("ckb", "ئەنجومەنی شار دوێنێ بڕیاری دا ژمارەی پاسەکان لە گەڕەکە دوورەکان زیاد بکات.");
        check("ps", "د ښار شورا پرون پرېکړه وکړه چې په لرې سیمو کې د بسونو شمېر زیات کړي.");
    }

    #[test]
    fn scripts_of_one_language_decide() {
        check("zh", "市议会昨天决定增加偏远地区的公交车数量。");
        check("ja", "市議会は昨日、中心部から離れた地区のバスを増やすことを決めた。");
        check("ko", "시의회는 어제 외곽 지역의 버스를 늘리기로 했다.");
        check("th", "สภาเมืองตัดสินใจเมื่อวานนี้ว่าจะเพิ่มจำนวนรถโดยสาร");
        check("el", "Το δημοτικό συμβούλιο αποφάσισε χθες να αυξήσει τα λεωφορεία.");
        check("he", "מועצת העיר החליטה אתמול להגדיל את מספר האוטובוסים בשכונות.");
        check("hi", "नगर परिषद ने कल दूर के मोहल्लों में बसों की संख्या बढ़ाने का निर्णय लिया।");
    }

    #[test]
    fn trigrams_tell_european_languages_apart() {
        check("en", "Yesterday the city council decided to run more buses to the outlying districts.");
        check(
            "de",
            "Gestern hat der Stadtrat beschlossen, mehr Busse in die entlegenen Viertel zu schicken.",
        );
        check(
            "fr",
            "Hier, le conseil municipal a décidé d'augmenter le nombre des autobus dans les quartiers éloignés.",
        );
        check(
            "es",
            "Ayer el ayuntamiento decidió aumentar el número de autobuses en los barrios alejados del centro.",
        );
        check("hu", "A városi tanács tegnap úgy döntött, hogy több autóbuszt indít a távoli kerületekbe.");
        check("ru", "Вчера городской совет решил увеличить число автобусов в отдалённых районах.");
    }

    #[test]
    fn the_larger_part_of_a_mixed_document_decides() {
        check("ar", "أعلنت شركة Example Software Ltd إطلاق النسخة الجديدة من برنامجها في الأسواق العربية.");
        check("en", "The word كتاب means book, and the word مكتبة means library or bookshop in Arabic.");
        check("-", "");
        check("-", "2024 – 12:30 !?");
    }
}
