//! The language of a whole document.
//!
//! In: a document's text. Out: its language, or nothing where the text does not say. Guarantee: deterministic, and
//! linear in the text's length up to [`SAMPLE`]. The script decides first; among the languages of one script,
//! letters and small words do (Arabic script) or trigrams (the crate `whatlang`). Meant for documents; a single
//! line is seldom enough.

use std::str::FromStr;

use whatlang::{Detector, Lang as Known};

use crate::bitext::Lang;

use super::script::{Script, script_of};

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
        return code(if of(Script::Kana) * 20 > east_asian { "ja" } else { "zh" });
    }
    if of(Script::Latin) == largest {
        return trigrams(text, &LATIN);
    }
    if of(Script::Cyrillic) == largest {
        return trigrams(text, &CYRILLIC);
    }
    if of(Script::Devanagari) == largest {
        return trigrams(text, &DEVANAGARI);
    }
    let only = [
        (Script::Greek, "el"),
        (Script::Hangul, "ko"),
        (Script::Thai, "th"),
        (Script::Bengali, "bn"),
        (Script::Armenian, "hy"),
        (Script::Georgian, "ka"),
        (Script::Ethiopic, "am"),
    ];
    if let Some((_, tag)) = only.iter().find(|(script, _)| of(*script) == largest) {
        return code(tag);
    }
    match largest {
        n if n == of(Script::Arabic) => code(arabic_script(text)),
        n if n == of(Script::Hebrew) => trigrams(text, &[(Known::Heb, "he"), (Known::Yid, "yi")]),
        _ => None,
    }
}

/// Whether [`detect_language`] can tell `language` from others, so that another answer means something.
pub fn can_detect(language: &Lang) -> bool {
    let tag = language.primary();
    let others = [
        "ar", "fa", "ur", "ckb", "ps", "ug", "he", "yi", "el", "ko", "th", "bn", "hy", "ka", "am", "zh", "ja",
    ];
    let mut tags = LATIN.iter().chain(&CYRILLIC).chain(&DEVANAGARI).map(|(_, tag)| *tag);
    others.contains(&tag) || tags.any(|t| t == tag)
}

fn code(tag: &str) -> Option<Lang> {
    Lang::from_str(tag).ok()
}

/// Languages in Latin script that documents to be translated are written in. Small or made-up languages that
/// trigrams mistake for these are left out.
const LATIN: [(Known, &str); 26] = [
    (Known::Eng, "en"),
    (Known::Fra, "fr"),
    (Known::Deu, "de"),
    (Known::Spa, "es"),
    (Known::Ita, "it"),
    (Known::Por, "pt"),
    (Known::Nld, "nl"),
    (Known::Hun, "hu"),
    (Known::Pol, "pl"),
    (Known::Ces, "cs"),
    (Known::Slk, "sk"),
    (Known::Slv, "sl"),
    (Known::Hrv, "hr"),
    (Known::Ron, "ro"),
    (Known::Tur, "tr"),
    (Known::Swe, "sv"),
    (Known::Dan, "da"),
    (Known::Nob, "nb"),
    (Known::Fin, "fi"),
    (Known::Est, "et"),
    (Known::Lav, "lv"),
    (Known::Lit, "lt"),
    (Known::Vie, "vi"),
    (Known::Ind, "id"),
    (Known::Cat, "ca"),
    (Known::Aze, "az"),
];

const CYRILLIC: [(Known, &str); 6] = [
    (Known::Rus, "ru"),
    (Known::Ukr, "uk"),
    (Known::Bel, "be"),
    (Known::Bul, "bg"),
    (Known::Srp, "sr"),
    (Known::Mkd, "mk"),
];

const DEVANAGARI: [(Known, &str); 3] = [(Known::Hin, "hi"), (Known::Mar, "mr"), (Known::Nep, "ne")];

/// The likeliest of `languages` by trigrams.
fn trigrams(text: &str, languages: &[(Known, &str)]) -> Option<Lang> {
    let allowed = languages.iter().map(|(known, _)| *known).collect();
    let found = Detector::with_allowlist(allowed).detect_lang(text)?;
    languages.iter().find(|(known, _)| *known == found).and_then(|(_, tag)| code(tag))
}

/// Which language a text in Arabic script is in, by the letters only some have and by small words.
fn arabic_script(text: &str) -> &'static str {
    let (mut letters, mut urdu, mut sorani, mut pashto, mut uyghur) = (0_u64, 0_u64, 0_u64, 0_u64, 0_u64);
    let (mut persian, mut arabic) = (0_u64, 0_u64);
    for c in text.chars() {
        letters += u64::from(script_of(c) == Some(Script::Arabic));
        match c {
            'ٹ' | 'ڈ' | 'ڑ' | 'ے' | 'ں' | '\u{6C1}' | '\u{6BE}' | '\u{6C2}' | '\u{6D3}' => urdu += 1,
            'ێ' | 'ڵ' | 'ڕ' | 'ۆ' | '\u{6D5}' => sorani += 1,
            'ټ' | 'ډ' | 'ړ' | 'ږ' | 'ښ' | 'ځ' | 'څ' | 'ڼ' | '\u{6D0}' | '\u{6CD}' => pashto += 1,
            '\u{6C7}' | '\u{6C8}' | '\u{6CB}' | '\u{6AD}' => uyghur += 1,
            'پ' | 'چ' | 'ژ' | 'گ' | '\u{6A9}' | '\u{6CC}' => persian += 1,
            'ة' | 'ى' | 'إ' | 'أ' | '\u{643}' | '\u{64A}' => arabic += 1,
            _ => {}
        }
    }
    // The shares are per thousand letters. Uyghur and Sorani share U+06D5, so Uyghur is asked first.
    let share = |count: u64| count * 1000 / letters.max(1);
    if share(uyghur) >= 30 {
        return "ug";
    }
    if share(sorani) >= 40 {
        return "ckb";
    }
    if share(pashto) >= 15 {
        return "ps";
    }
    if share(urdu) >= 30 {
        return "ur";
    }
    let (mut arabic_words, mut persian_words) = (0_u64, 0_u64);
    let letter = |c: char| ('\u{0620}'..='\u{064A}').contains(&c) || c.is_alphabetic() || c == '\u{200C}';
    for word in text.split(|c: char| !letter(c)) {
        match word {
            "في" | "على" | "إلى" | "الى" | "التي" | "الذي" | "عن" | "هذا" | "هذه" | "أن" | "ان" | "مع"
            | "لا" | "ما" => arabic_words += 1,
            "است" | "را" | "از" | "به" | "که" | "كه" | "این" | "اين" | "آن" | "می" | "های" | "شد"
            | "برای" | "براي" | "یک" | "بود" => persian_words += 1,
            _ if word.starts_with("ال") || word.starts_with("وال") || word.starts_with("بال") => {
                arabic_words += 1;
            }
            _ => {}
        }
    }
    // A word says as much as five letters: newspapers write Arabic with Persian letters, and the reverse.
    if persian + 5 * persian_words > arabic + 5 * arabic_words { "fa" } else { "ar" }
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
