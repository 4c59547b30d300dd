//! What single characters are: asked here and nowhere else.
//!
//! In: a character. Out: its script, whether it is a letter of Arabic script, a mark on a letter or invisible, and the
//! letter that stands for it in comparison keys. Guarantee: pure, total and without allocation.

use crate::language::Script;

/// Whether `c` is one of the letters with which Arabic itself is written, or the tatweel between them.
#[inline]
pub(crate) const fn is_basic_arabic(c: char) -> bool {
    matches!(c, '\u{0620}'..='\u{064A}')
}

/// Whether `c` stands in a word of Arabic letters: a letter of any language of that script, or a mark on one.
pub(crate) fn is_arabic_letter(c: char) -> bool {
    match c {
        '\u{0610}'..='\u{061A}'
        | '\u{0620}'..='\u{065F}'
        | '\u{066E}'..='\u{06D3}'
        | '\u{06D5}'..='\u{06DC}'
        | '\u{06DF}'..='\u{06E8}'
        | '\u{06EA}'..='\u{06EF}'
        | '\u{06FA}'..='\u{06FC}'
        | '\u{06FF}'
        | '\u{0750}'..='\u{077F}'
        | '\u{08A0}'..='\u{08FF}' => true,
        '\u{FB50}'..='\u{FDFB}' | '\u{FE70}'..='\u{FEFC}' => c.is_alphabetic(),
        _ => false,
    }
}

/// Whether a folded word begins with a letter of Arabic script.
pub(crate) fn is_arabic_word(folded: &str) -> bool {
    folded.chars().next().is_some_and(|c| matches!(c, '\u{0600}'..='\u{06FF}'))
}

/// Whether `c` is a form of an Arabic letter, or of several, from before fonts knew how to join them.
pub(super) const fn is_presentation_form(c: char) -> bool {
    matches!(c, '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}')
}

/// Whether `c` is a mark on letters that comparison leaves out: Latin accents, Arabic harakat and Quranic marks, Hebrew
/// points, the nukta of Indic scripts; or the tatweel.
pub(crate) const fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{0300}'..='\u{036F}'
            | '\u{0591}'..='\u{05BD}'
            | '\u{0610}'..='\u{061A}'
            | '\u{0640}'
            | '\u{064B}'..='\u{065F}'
            | '\u{0670}'
            | '\u{06D6}'..='\u{06DC}'
            | '\u{06DF}'..='\u{06E8}'
            | '\u{06EA}'..='\u{06ED}'
            | '\u{093C}'
            | '\u{09BC}'
            | '\u{0A3C}'
            | '\u{0ABC}'
            | '\u{0B3C}'
            | '\u{0CBC}'
    )
}

/// Whether `c` is a sign for a vowel, for its absence, for a doubled letter or for recitation, which Arabic and Hebrew
/// write or leave out. Hamza and madda above and below letters are none: they make other letters.
#[cfg(feature = "review")]
pub(super) const fn is_vowel_sign(c: char) -> bool {
    matches!(
        c,
        '\u{0591}'..='\u{05BD}'
            | '\u{05BF}'
            | '\u{05C1}'..='\u{05C2}'
            | '\u{05C4}'..='\u{05C5}'
            | '\u{05C7}'
            | '\u{0610}'..='\u{061A}'
            | '\u{064B}'..='\u{0652}'
            | '\u{0656}'..='\u{0657}'
            | '\u{0670}'
            | '\u{06D6}'..='\u{06DC}'
            | '\u{06DF}'..='\u{06E4}'
            | '\u{06E7}'..='\u{06E8}'
            | '\u{06EA}'..='\u{06ED}'
            | '\u{08F0}'..='\u{08F2}'
    )
}

/// Whether `c` goes on a word that has begun, though it is no letter: a mark on letters, such as the virama, or a vowel
/// sign.
#[inline]
pub(crate) fn is_combining(c: char) -> bool {
    c >= '\u{0300}' && unicode_normalization::char::is_combining_mark(c)
}

/// Whether `c` stands inside words without parting them: an invisible mark, bar the blank of no width, which parts.
#[inline]
pub(crate) const fn is_inside_words(c: char) -> bool {
    is_invisible(c) && c != '\u{200B}'
}

/// Whether `c` is a mark that stands on a letter, or an old form of one; a tatweel is none.
#[cfg(any(test, feature = "documents"))]
pub(crate) fn is_mark_or_form(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
        || matches!(c, '\u{FBB2}'..='\u{FBC1}' | '\u{FC5E}'..='\u{FC63}' | '\u{FE70}'..='\u{FE7F}')
}

/// Whether `c` takes no room and parts nothing: marks of direction and joining, soft hyphen, variation selectors,
/// byte order mark, tags. White space and controls are something else.
pub(crate) const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{00AD}'
            | '\u{034F}'
            | '\u{061C}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// Whether `c` belongs to a script written without spaces between words: Han, kana, Thai, Lao, Khmer, Myanmar.
#[inline]
pub(crate) const fn is_unspaced(c: char) -> bool {
    c >= '\u{0E00}' && is_of_unspaced_script(c)
}

const fn is_of_unspaced_script(c: char) -> bool {
    matches!(
        c,
        '\u{0E00}'..='\u{0EFF}'
            | '\u{1000}'..='\u{109F}'
            | '\u{1780}'..='\u{17FF}'
            | '\u{3041}'..='\u{30FF}'
            | '\u{3400}'..='\u{4DBF}'
            | '\u{4E00}'..='\u{9FFF}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{2FA1F}'
    )
}

/// Whether `c` stands for a syllable or a word rather than for a sound: Han and kana.
#[inline]
pub(crate) const fn is_han_or_kana(c: char) -> bool {
    c >= '\u{3041}' && is_of_unspaced_script(c)
}

/// Whether `c` is a Hangul syllable, or a part of one.
#[inline]
pub(crate) const fn is_hangul(c: char) -> bool {
    matches!(c, '\u{AC00}'..='\u{D7AF}' | '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}')
}

/// As [`char::is_alphanumeric`], without the tables for Arabic letters.
#[inline]
pub(super) fn is_alphanumeric(c: char) -> bool {
    is_basic_arabic(c) || c.is_alphanumeric()
}

/// The letter that stands for `c` in comparison keys; `None` for marks that keys leave out (harakat,
/// the superscript alef, tatweel). Characters that are no Arabic letters come back as they are.
pub(crate) const fn fold_arabic(c: char) -> Option<char> {
    Some(match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' | 'ئ' => 'ي',
        'ک' => 'ك',
        'ة' => 'ه',
        'ؤ' => 'و',
        '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0640}' => return None,
        _ => c,
    })
}

/// The script of the letter `c`; `None` for what is no letter.
pub(crate) fn script_of(c: char) -> Option<Script> {
    // The most frequent ones without the tables.
    if is_basic_arabic(c) {
        return Some(Script::Arabic);
    }
    if !c.is_alphabetic() {
        return None;
    }
    Some(match c {
        'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => Script::Latin,
        '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => Script::Greek,
        '\u{400}'..='\u{52F}' => Script::Cyrillic,
        '\u{531}'..='\u{58A}' => Script::Armenian,
        '\u{591}'..='\u{5F4}' => Script::Hebrew,
        '\u{600}'..='\u{6FF}'
        | '\u{750}'..='\u{77F}'
        | '\u{8A0}'..='\u{8FF}'
        | '\u{FB50}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFC}' => Script::Arabic,
        '\u{900}'..='\u{97F}' => Script::Devanagari,
        '\u{980}'..='\u{9FF}' => Script::Bengali,
        '\u{A00}'..='\u{A7F}' => Script::Gurmukhi,
        '\u{A80}'..='\u{AFF}' => Script::Gujarati,
        '\u{B00}'..='\u{B7F}' => Script::Oriya,
        '\u{B80}'..='\u{BFF}' => Script::Tamil,
        '\u{C00}'..='\u{C7F}' => Script::Telugu,
        '\u{C80}'..='\u{CFF}' => Script::Kannada,
        '\u{D00}'..='\u{D7F}' => Script::Malayalam,
        '\u{D80}'..='\u{DFF}' => Script::Sinhala,
        '\u{780}'..='\u{7BF}' => Script::Thaana,
        '\u{E00}'..='\u{E7F}' => Script::Thai,
        '\u{E80}'..='\u{EFF}' => Script::Lao,
        '\u{F00}'..='\u{FFF}' => Script::Tibetan,
        '\u{1000}'..='\u{109F}' => Script::Myanmar,
        '\u{1780}'..='\u{17FF}' => Script::Khmer,
        '\u{10A0}'..='\u{10FF}' => Script::Georgian,
        '\u{1200}'..='\u{139F}' => Script::Ethiopic,
        '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7AF}' | '\u{3130}'..='\u{318F}' => Script::Hangul,
        '\u{3041}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9F}' => Script::Kana,
        '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' => Script::Han,
        _ => Script::Other,
    })
}
