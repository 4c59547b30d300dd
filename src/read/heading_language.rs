//! What a heading of a table says of the language under it, and whether the texts there can be of that language.
//!
//! In: a code, and texts. Out: whether they fit. Guarantee: texts that say nothing speak neither for nor against.

use crate::bitext::Lang;
use crate::formats::columns::Fit;
use crate::language::{Profile, Script};
use crate::normalize::script_of;

/// How many letters of a column must be of the language's scripts, in hundredths.
const LETTERS: usize = 50;

/// Whether `texts` can be of the language `code`: their letters are those of its scripts, and their small words are not
/// rather those of another language.
pub(super) fn fits(code: &str, texts: &[&str]) -> Fit {
    let Ok(language) = code.parse::<Lang>() else { return Fit::Perhaps };
    let scripts = Script::of_language(&language);
    let letters = texts.iter().flat_map(|text| text.chars()).filter_map(script_of);
    let (mut all, mut own) = (0_usize, 0_usize);
    for script in letters {
        all += 1;
        own += usize::from(scripts.contains(&script));
    }
    if scripts.is_empty() || all == 0 {
        return Fit::Perhaps;
    }
    if own * 100 < all * LETTERS {
        return Fit::No;
    }
    let Some(profile) = Profile::of(&language) else { return Fit::Perhaps };
    let words: Vec<String> = texts
        .iter()
        .flat_map(|text| {
            text.split(|c: char| !c.is_alphabetic() && c != '\'').filter(|word| !word.is_empty())
        })
        .map(str::to_lowercase)
        .collect();
    let said = |profile: &Profile| {
        let small: Vec<&str> = profile.small_words().collect();
        words.iter().filter(|word| small.contains(&word.as_str())).count()
    };
    let own = said(profile);
    let beside = || Profile::all().iter().filter(|other| other.scripts().iter().any(|s| scripts.contains(s)));
    let best = beside().filter(|other| other.code() != profile.code()).map(said).max().unwrap_or_default();
    let shared = beside().count() > 12;
    match () {
        () if best > 1 && best > own * 2 => Fit::No,
        () if own > 0 && own >= best || !shared => Fit::Yes,
        () => Fit::Perhaps,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::columns::{Columns, of_rows};
    use crate::read::pair::heading_code;

    /// The units of a table whose rows are parted by line ends and fields by `|`, with the languages of their texts.
    fn units(table: &str) -> Vec<String> {
        let columns = Columns { named: heading_code, fits, ..Columns::default() };
        let rows = table.lines().map(|line| line.split('|').map(str::to_owned).collect()).collect();
        let units = of_rows(rows, &columns).unwrap().units;
        let text = |t: &crate::formats::Text| format!("{}:{}", t.code, t.text);
        units.iter().map(|u| u.texts.iter().map(text).collect::<Vec<_>>().join("|")).collect()
    }

    #[test]
    fn languages_are_known_by_their_names_in_other_languages() {
        let body = "The tea is hot.|الشاي ساخن.";
        for heading in [
            "İngilizce|Arapça",
            "英语|阿拉伯语",
            "英語|アラビア語",
            "영어|아랍어",
            "Angielski|Arabski",
            "Engelska|Arabiska",
            "انگلیسی|عربی",
            "English - US|Arabic - EG",
            "ENGLISCH|ARABISCH",
            "Inglese|Arabo",
            "الانجليزية|العربيه",
            "en|ar",
            "EN|AR",
            "En|Ar",
        ] {
            let found = units(&format!("{heading}\n{body}"));
            let [unit] = &found[..] else { panic!("{heading}: {found:?}") };
            assert!(unit.starts_with("en") && unit.contains("|ar"), "{heading}: {unit}");
        }
        for heading in
            ["Исходный текст|Перевод", "Kaynak|Hedef", "원문|번역", "Źródło|Tłumaczenie", "منبع|ترجمه"]
        {
            assert_eq!(units(&format!("{heading}\n{body}")).len(), 1, "{heading}");
        }
        assert_eq!(units("English|English|Arabic\nColor|Colour|لون"), ["en:Color|en:Colour|ar:لون"]);
    }

    #[test]
    fn a_first_row_of_words_that_are_codes_is_none_of_headings() {
        for table in [
            "No|Ja\nThe house|Das Haus",
            "It|Is\nThe cat|A dog",
            "He is|Il est\nShe has|Elle a",
            "no|ja\nyes|nein",
            "It|هو\nWe|نحن",
            "Is it|هل هو\nWe are|نحن",
        ] {
            assert_eq!(units(table).len(), 2, "{table}");
        }
        assert_eq!(
            units("En|De\nThe house is old.|Das Haus ist alt."),
            ["en:The house is old.|de:Das Haus ist alt."]
        );
        assert_eq!(
            units("it|is\nIl gatto è nero.|Kötturinn er svartur."),
            ["it:Il gatto è nero.|is:Kötturinn er svartur."]
        );
    }

    #[test]
    fn letters_and_small_words_speak() {
        assert_eq!(fits("ja", &["Ja, natürlich.", "Nein."]), Fit::No);
        assert_eq!(fits("ja", &["はい。"]), Fit::Yes);
        assert_eq!(fits("en", &["The hall is full of people."]), Fit::Yes);
        assert_eq!(fits("it", &["It is cold.", "He was not at the house."]), Fit::No);
        assert_eq!(fits("de", &["Tisch", "Stuhl"]), Fit::Perhaps);
        assert_eq!(fits("en", &["12", ""]), Fit::Perhaps);
    }
}
