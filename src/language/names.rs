//! What languages are called in other languages: «Angielski», «İngilizce», «英語» for English.
//!
//! In: the table of CLDR in `names.txt`. Out: the names with the codes of profiles. Guarantee: a name that two languages
//! have stands for neither.

/// The codes of profiles with the names that languages have in other languages.
pub(super) fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("names.txt").lines().filter(|line| !line.starts_with('#')).flat_map(|line| {
        let (code, names) = line.split_once('|').unwrap_or((line, ""));
        names.split('|').map(move |name| (code, name))
    })
}

/// `name` as it is compared: without case, and for Arabic letters without what spellings differ in.
pub(super) fn folded(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.trim().chars().flat_map(char::to_lowercase) {
        match c {
            // What is left of İ, vowel signs, tatweel.
            '\u{307}' | '\u{64b}'..='\u{652}' | '\u{640}' => {}
            'أ' | 'إ' | 'آ' => folded.push('ا'),
            'ى' | 'ی' => folded.push('ي'),
            'ک' => folded.push('ك'),
            'ة' => folded.push('ه'),
            _ => folded.push(c),
        }
    }
    // «العربية», «عربية», «عربي».
    let bare = folded.strip_prefix("ال").filter(|rest| rest.chars().count() > 3).unwrap_or(&folded);
    match bare.strip_suffix("يه") {
        Some(stem) => format!("{stem}ي"),
        None => bare.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_what_spellings_differ_in() {
        for (a, b) in [
            ("İngilizce", "ingilizce"),
            ("الإنجليزية", "انجليزى"),
            ("عربی", "العَرَبيّة"),
            (" ENGLISH ", "English"),
        ] {
            assert_eq!(folded(a), folded(b), "{a}, {b}");
        }
        assert_ne!(folded("عربي"), folded("عبري"));
    }

    #[test]
    fn the_table_names_profiles_alone() {
        for (code, name) in names() {
            assert!(super::super::Profile::of_code(code).is_some(), "{code}");
            assert!(!name.is_empty() && name.to_lowercase().replace('\u{307}', "") == name, "{code}: {name}");
        }
    }
}
