//! What was probably meant: names near a mistyped one, languages under another name, files beside a missing one.

use std::path::Path;

use muqabala::bitext::{Lang, LangError};
use muqabala::language::Profile;

/// How alike two names must be, from 0 to 1, for the one to be taken for the other mistyped.
const ALIKE: f64 = 0.6;

/// The name that `typed` most resembles, if it resembles one at all.
pub(crate) fn nearest<'n>(typed: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let typed = typed.to_lowercase();
    let alike = |name: &str| strsim::normalized_damerau_levenshtein(&typed, &name.to_lowercase());
    let close = names.into_iter().map(|name| (alike(name), name)).filter(|(a, _)| *a >= ALIKE);
    // Of equals the first.
    close.reduce(|best, next| if next.0.total_cmp(&best.0).is_gt() { next } else { best }).map(|(_, n)| n)
}

/// `; did you mean …?`, or nothing.
pub(crate) fn question<'n>(typed: &str, names: impl IntoIterator<Item = &'n str>) -> String {
    nearest(typed, names).map(|name| format!("; did you mean `{name}`?")).unwrap_or_default()
}

/// The file beside the missing `path` that was probably meant: spelt nearly so, or with another extension.
pub(crate) fn file_near(path: &Path) -> Option<String> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let typed = path.file_name()?.to_str()?;
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| entry.ok().filter(|e| e.path().is_file())?.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    // What all files of a kind end with makes no two of them alike.
    let parts = |name: &str| {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        (stem.to_lowercase(), extension.to_lowercase())
    };
    let (stem, extension) = parts(typed);
    let same_kind: Vec<String> =
        names.iter().map(|n| parts(n)).filter(|(_, e)| *e == extension).map(|(s, _)| s).collect();
    let near = nearest(&stem, same_kind.iter().map(String::as_str));
    let found = names.iter().find(|name| match near {
        Some(near) => parts(name) == (near.to_owned(), extension.clone()),
        None => parts(name).0 == stem,
    })?;
    Some(path.with_file_name(found).display().to_string())
}

/// A language code, as an option takes it: `ar-IQ`, and as tools spell it `ar_IQ` and `ara-IQ`. A language's name is
/// no code, so the code that is meant is named.
pub(crate) fn parse_lang(typed: &str) -> Result<Lang, String> {
    let lang: Result<Lang, _> = typed.parse();
    let primary = typed.split(['-', '_']).next().unwrap_or(typed).to_lowercase();
    let called = |profile: &&Profile| {
        profile.other_codes().any(|code| code == primary)
            || profile.names().any(|n| n.to_lowercase() == primary)
    };
    let is_code = |profile: &Profile| profile.code() == primary;
    let meant = if Profile::all().iter().any(is_code) { None } else { Profile::all().iter().find(called) };
    match (lang, meant) {
        (_, Some(profile)) => {
            let rest = typed.get(primary.len()..).unwrap_or_default().replace('_', "-");
            let code = format!("{}{rest}", profile.code());
            let is_code = profile.other_codes().any(|other| other == primary);
            let known = code.parse().ok().filter(|_| is_code);
            known.ok_or_else(|| format!("languages are named by codes; did you mean `{code}`?"))
        }
        (Ok(lang), None) if lang.primary().len() <= 3 => Ok(lang),
        (Err(_), None) if is_tag(&typed.replace('_', "-")) => {
            typed.replace('_', "-").parse().map_err(|e: LangError| e.to_string())
        }
        _ => {
            let names =
                Profile::all().iter().flat_map(|p| p.names().chain(p.other_codes()).map(move |n| (n, p)));
            let names: Vec<(&str, &Profile)> = names.collect();
            let near = nearest(&primary, names.iter().map(|(name, _)| *name));
            let meant = names.iter().find(|(name, _)| Some(*name) == near);
            let meant = meant.map(|(_, p)| format!("; did you mean `{}`?", p.code())).unwrap_or_default();
            Err(format!("it is not a language code such as ar, en or ar-IQ{meant}"))
        }
    }
}

/// Whether `text` is a code with a language of two or three letters.
fn is_tag(text: &str) -> bool {
    text.parse().is_ok_and(|lang: Lang| lang.primary().len() <= 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_by_codes_and_other_names_are_understood() {
        for code in ["ar", "ar-IQ", "EN", "und", "yue", "ckb"] {
            assert!(parse_lang(code).is_ok(), "{code}");
        }
        let said = |typed: &str| parse_lang(typed).unwrap_err();
        insta::assert_snapshot!(said("Arabic"), @"languages are named by codes; did you mean `ar`?");
        for spelt in ["ara-IQ", "ar_IQ", "ara_IQ"] {
            assert_eq!(parse_lang(spelt).map(|lang| lang.to_string()), Ok("ar-IQ".to_owned()));
        }
        insta::assert_snapshot!(said("englsh"), @"it is not a language code such as ar, en or ar-IQ; did you mean `en`?");
        insta::assert_snapshot!(said("xyzzyq"), @"it is not a language code such as ar, en or ar-IQ");
        insta::assert_snapshot!(said(""), @"it is not a language code such as ar, en or ar-IQ");
    }

    #[test]
    fn names_are_near_or_none() {
        assert_eq!(nearest("tmxx", ["tsv", "tmx", "text"]), Some("tmx"));
        assert_eq!(nearest("WORDS", ["words", "dates"]), Some("words"));
        assert_eq!(nearest("pdf", ["tsv", "tmx"]), None);
        assert_eq!(question("numbrs", ["names", "numbers"]), "; did you mean `numbers`?");
    }

    #[test]
    fn a_missing_file_is_looked_for_under_names_like_its_own() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["statement.ar.txt", "minutes.docx", ".hidden"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        let near = |name: &str| {
            let found = file_near(&folder.path().join(name))?;
            Some(Path::new(&found).file_name()?.to_string_lossy().into_owned())
        };
        assert_eq!(near("statment.ar.txt").as_deref(), Some("statement.ar.txt"));
        assert_eq!(near("minutes.txt").as_deref(), Some("minutes.docx"));
        assert_eq!(near("something.else"), None);
    }
}
