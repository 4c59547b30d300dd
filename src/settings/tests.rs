//! Tests: which file counts, and what a stranger's may not say.

use std::fs;
use std::path::Path;

use super::*;

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn value<'f>(found: &'f Found, key: &str) -> Option<&'f Value> {
    found.settings.iter().find(|setting| setting.key.name == key).map(|setting| &setting.value)
}

fn text(value: &str) -> Value {
    Value::Text(value.to_owned())
}

#[test]
fn the_nearest_file_counts_and_then_the_users_own() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    write(&at("own/muqabala.toml"), "reviewer = \"سارة\"\nsource-lang = \"ar\"\njobs = 3\n");
    write(
        &at("work/muqabala.toml"),
        "source-lang = \"ar-IQ\"\nmonotone = true\nwithout = [\"names\", \"dates\"]\n",
    );
    write(&at("work/law/text.txt"), "x");
    write(&at("work/other/muqabala.toml"), "min-confidence = 0.5\n");
    let own = at("own/muqabala.toml");
    let found = find(&at("work/law"), Some(&own)).unwrap();
    assert_eq!(value(&found, "source-lang").cloned(), Some(text("ar-IQ")));
    assert_eq!(value(&found, "reviewer").cloned(), Some(text("سارة")));
    assert_eq!(value(&found, "jobs").cloned(), Some(text("3")));
    assert_eq!(value(&found, "monotone"), Some(&Value::Flag(true)));
    assert_eq!(value(&found, "without"), Some(&Value::Words(vec!["names".into(), "dates".into()])));
    assert_eq!((found.files.len(), found.notices.len()), (2, 0));
    // Only the nearest of those beside and above.
    let other = find(&at("work/other"), None).unwrap();
    assert_eq!(
        (value(&other, "min-confidence").cloned(), value(&other, "monotone")),
        (Some(text("0.5")), None)
    );
    assert!(find(&at("own"), Some(&own)).unwrap().files.len() == 1, "the user's own is no stranger's");
    assert_eq!(find(&at("none"), Some(&at("none"))).unwrap().settings, []);
}

#[test]
fn a_file_beside_documents_names_nothing_outside_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for name in ["secret.tsv", "docs/terms.tsv", "docs/sub/more.tsv"] {
        write(&at(name), "a\tb\n");
    }
    let file = at("docs/muqabala.toml");
    let outside = |text: String| {
        fs::write(&file, &text).unwrap();
        let found = find(&at("docs"), None).unwrap();
        assert!(found.settings.is_empty(), "{text}: {:?}", found.settings);
        assert!(matches!(found.notices[..], [Notice::Outside { .. }]), "{text}: {:?}", found.notices);
    };
    let absolute = at("secret.tsv").display().to_string().replace('\\', "/");
    outside("lexicon = [\"../secret.tsv\"]".into());
    outside("lexicon = [\"terms.tsv\", \"sub/../../secret.tsv\"]".into());
    outside(format!("srx = \"{absolute}\""));
    outside("srx = \"https://example.org/rules.srx\"".into());
    outside("lexicon = \"-\"".into());
    outside("folder = \"..\"".into());
    outside("lexicon = \"not-there.tsv\"".into());
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(at("secret.tsv"), at("docs/link.tsv")).unwrap();
        outside("lexicon = \"link.tsv\"".into());
    }
    fs::write(&file, "lexicon = [\"terms.tsv\", \"sub/more.tsv\"]\nfolder = \".\"\n").unwrap();
    let found = find(&at("docs/sub"), None).unwrap();
    assert_eq!(found.notices, []);
    let Some(Value::Paths(paths)) = value(&found, "lexicon") else { panic!("{found:?}") };
    assert!(paths.len() == 2 && paths.iter().all(|path| path.is_absolute() && path.is_file()));
    // The user's own may name what it likes.
    let own = find(
        Path::new("/"),
        Some(&{
            fs::write(at("own.toml"), format!("lexicon = \"{absolute}\"\nembedding-model = \"model\"\n"))
                .unwrap();
            at("own.toml")
        }),
    )
    .unwrap();
    assert_eq!((own.settings.len(), own.notices.len()), (2, 0));
}

#[test]
fn a_file_beside_documents_names_no_program_and_no_output() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(FILE_NAME);
    for key in [
        "output",
        "save",
        "html",
        "report",
        "state",
        "index",
        "write-documents",
        "pdftotext",
        "browser",
        "command",
    ] {
        fs::write(&file, format!("{key} = \"x\"\n")).unwrap();
        let found = find(folder.path(), None).unwrap();
        assert_eq!(found.settings, []);
        assert!(matches!(&found.notices[..], [Notice::Unknown { key: told, .. }] if told == key));
    }
    for (key, text) in [
        ("embedding-model", "embedding-model = \".\""),
        ("max-input-size", "max-input-size = \"900G\""),
        ("jobs", "jobs = 900"),
        ("port", "port = 80"),
    ] {
        fs::write(&file, text).unwrap();
        let found = find(folder.path(), None).unwrap();
        assert_eq!(found.settings, []);
        assert!(matches!(&found.notices[..], [Notice::UserAlone { key: told, .. }] if *told == key));
    }
}

#[test]
fn what_does_not_fit_is_told_and_the_next_file_counts() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    write(&at("docs/muqabala.toml"), "min-confidence = 7\nreviewer = \"x\"\n");
    write(&at("own.toml"), "min-confidence = 0.5\n");
    let fits = |setting: &Setting| match &setting.value {
        Value::Text(text) if text == "7" => Err("7 is too much".to_owned()),
        _ => Ok(()),
    };
    let found = find_fitting(&at("docs"), Some(&at("own.toml")), fits).unwrap();
    assert_eq!(value(&found, "min-confidence").cloned(), Some(text("0.5")));
    assert_eq!(value(&found, "reviewer").cloned(), Some(text("x")));
    let [Notice::Unfit { key, why, .. }] = &found.notices[..] else { panic!("{:?}", found.notices) };
    assert_eq!((*key, &**why), ("min-confidence", "7 is too much"));
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(FILE_NAME);
    let own = tempfile::tempdir().unwrap();
    let own_file = own.path().join("own.toml");
    let error = |text: &[u8]| {
        // A stranger's file stops nothing, and what counts besides it still does.
        fs::write(&file, text).unwrap();
        fs::write(&own_file, "reviewer = \"x\"\n").unwrap();
        let found = find(folder.path(), Some(&own_file)).unwrap();
        assert_eq!((found.settings.len(), found.files.len()), (1, 2));
        let [Notice::Unusable { file: told, why }] = &found.notices[..] else {
            panic!("{:?}", found.notices)
        };
        assert_eq!(told.file_name(), file.file_name());
        // The user's own is worth an error.
        fs::remove_file(&file).unwrap();
        fs::write(&own_file, text).unwrap();
        let error = find(folder.path(), Some(&own_file)).unwrap_err().to_string();
        assert!(error.ends_with(why.trim_start_matches("it is ")), "{error} {why}");
        error
    };
    assert!(error(b"monotone = true\nsource-lang = ar\n").contains("line 2"));
    assert!(error(&vec![b'#'; 70_000]).contains("longer than 64 KB"));
    assert!(error(b"\xff\xfe").contains("no UTF-8"));
    for (text, expected) in [
        ("monotone = \"yes\"", "true or false"),
        ("source-lang = 3", "a text in quotes"),
        ("width = \"wide\"", "a number"),
        ("lexicon = [1]", "a list of paths"),
        ("srx = [\"a\"]", "the path of a file or folder, in quotes"),
    ] {
        fs::write(&file, text).unwrap();
        let found = find(folder.path(), None).unwrap();
        assert!(
            matches!(&found.notices[..], [Notice::Wrong { expected: told, .. }] if *told == expected),
            "{text}"
        );
    }
    fs::write(&file, "\u{feff}monotone = true\r\n").unwrap();
    assert_eq!(find(folder.path(), None).unwrap().settings.len(), 1);
}
