//! Searching a folder of projects and memories: what is found, what is read again, whose index is trusted.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use muqabala::bitext::{AlignedBead, Alignment, Bead, Bitext, Lang, SegmentedDocument, Sides};
use muqabala::project::{Edit, Project, ProjectFile, Stamp};
use muqabala::search::{Found, Index, Matching, Query, SearchError, cache_folder, index_file};

use crate::support::program;

fn project(folder: &Path, name: &str, ar: &[&str], en: &[&str]) -> PathBuf {
    let bitext = Bitext {
        documents: Sides::new(SegmentedDocument::from_lines(ar), SegmentedDocument::from_lines(en)),
        languages: Sides::new(Lang::arabic(), Lang::english()),
    };
    let beads = (0..ar.len() as u32).map(|i| AlignedBead::bare(Bead::new((i, i + 1), (i, i + 1)))).collect();
    let alignment = Alignment::new(beads, ar.len(), en.len()).unwrap();
    let path = folder.join(name);
    drop(ProjectFile::create(&path, Project::new(&bitext, alignment, Sides::default())).unwrap());
    path
}

fn memory(units: &[(&str, &str)]) -> String {
    let units: String = units
        .iter()
        .map(|(ar, en)| {
            format!("<tu><tuv xml:lang=\"ar-IQ\"><seg>{ar}</seg></tuv><tuv xml:lang=\"en\"><seg>{en}</seg></tuv></tu>")
        })
        .collect();
    format!(
        "<tmx version=\"1.4\"><header srclang=\"ar-IQ\" datatype=\"x\" segtype=\"sentence\" adminlang=\"en\" o-tmf=\"x\" creationtool=\"x\" creationtoolversion=\"1\"/><body>{units}</body></tmx>"
    )
}

/// A folder of a project, a memory below, a packed one, and things that are no business of a search.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    project(
        at,
        "law.muq",
        &["وقّع الوزيرُ الاتِّفاقَ.", "وبالكتاب نقرأ إن شاء الله.", "هذا كتاب."],
        &["The minister signed the agreement.", "With the book we read.", "This is a book."],
    );
    fs::create_dir_all(at.join("old/memories")).unwrap();
    fs::write(
        at.join("old/memories/news.tmx"),
        memory(&[("كتبَ الصحفيُّ", "The journalist wrote"), ("مجلس الأمن", "Security Council")]),
    )
    .unwrap();
    let mut packed = flate2::write::GzEncoder::new(
        fs::File::create(at.join("packed.tmx.gz")).unwrap(),
        flate2::Compression::fast(),
    );
    packed.write_all(memory(&[("المجلس والأمن", "the council and security")]).as_bytes()).unwrap();
    packed.finish().unwrap();
    fs::write(at.join("notes.txt"), "book").unwrap();
    fs::create_dir(at.join(".hidden")).unwrap();
    fs::write(at.join(".hidden/secret.tmx"), memory(&[("كتاب", "book")])).unwrap();
    folder
}

fn index(folder: &Path) -> Index {
    Index::open(folder, &folder.join("x/.index")).unwrap()
}

fn ask(index: &Index, words: &[&str], matching: Matching) -> Found {
    index.find(&Query::new(words, matching).unwrap(), None, usize::MAX).unwrap()
}

fn shown(found: &Found) -> String {
    let hit = |hit: &muqabala::search::Hit| {
        let words: Vec<&str> = hit.contexts().map(|c| c.word).collect();
        format!("{} {}: {}", hit.file.display(), hit.number, words.join(" | "))
    };
    found.hits.iter().map(hit).collect::<Vec<_>>().join("\n")
}

#[test]
fn words_are_found_however_they_are_written() {
    let folder = folder();
    let mut index = index(folder.path());
    let refreshed = index.refresh(|_, _| {}).unwrap();
    assert_eq!((refreshed.files, refreshed.read, refreshed.pairs), (3, 3, 6));
    let found = |words: &[&str], matching| shown(&ask(&index, words, matching));
    insta::assert_snapshot!(found(&["كِتَاب"], Matching::Attached), @r"
    law.muq 2: وبالكتاب
    law.muq 3: كتاب
    ");
    insta::assert_snapshot!(found(&["كتاب"], Matching::Exact), @"law.muq 3: كتاب");
    insta::assert_snapshot!(found(&["ان"], Matching::Attached), @"law.muq 2: إن");
    insta::assert_snapshot!(found(&["الاتفاق"], Matching::Exact), @"law.muq 1: الاتِّفاقَ");
    insta::assert_snapshot!(found(&["BOOK"], Matching::Attached), @r"
    law.muq 2: book
    law.muq 3: book
    ");
    insta::assert_snapshot!(found(&["sign"], Matching::Forms), @"law.muq 1: signed");
    insta::assert_snapshot!(found(&["sign*"], Matching::Exact), @"law.muq 1: signed");
    insta::assert_snapshot!(found(&["security council"], Matching::Attached), @"old/memories/news.tmx 2: Security Council");
    insta::assert_snapshot!(found(&["security", "council"], Matching::Attached), @r"
    old/memories/news.tmx 2: Security | Council
    packed.tmx.gz 1: council | security
    ");
    // A phrase does not reach over words.
    insta::assert_snapshot!(found(&["مجلس امن"], Matching::Attached), @r"
    old/memories/news.tmx 2: مجلس الأمن
    packed.tmx.gz 1: المجلس والأمن
    ");
    insta::assert_snapshot!(found(&["sign"], Matching::Attached), @"");
    assert!(matches!(Query::new(&["…"], Matching::Exact), Err(SearchError::NoWord(_))));
    // In one language alone.
    let in_lang = |word: &str, lang: &str| {
        let query = Query::new(&[word], Matching::Attached).unwrap();
        index.find(&query, Some(&lang.parse().unwrap()), 9).unwrap().hits.len()
    };
    assert_eq!((in_lang("book", "en"), in_lang("book", "ar"), in_lang("مجلس", "ar")), (2, 0, 2));
    let few = index.find(&Query::new(&["book"], Matching::Attached).unwrap(), None, 1).unwrap();
    assert!(few.more && few.hits.len() == 1);
}

#[test]
fn an_arabic_word_is_found_from_any_of_its_forms() {
    let folder = tempfile::tempdir().unwrap();
    let words = [
        "الالتزام",
        "للالتزام",
        "لالتزام",
        "التزام",
        "لجنة",
        "اللجنة",
        "للجنة",
        "باللجنة",
        "كاللجنة",
        "لغة",
        "اللغة",
        "للغة",
        "واللغة",
        "التقى",
        "والتقى",
        "دين",
        "والدين",
        "الوالدين",
        "وزير",
        "زير",
        "الآن",
        "أن",
    ];
    let units: Vec<(&str, &str)> = words.iter().map(|word| (*word, "word")).collect();
    fs::write(folder.path().join("words.tmx"), memory(&units)).unwrap();
    let mut index = index(folder.path());
    index.refresh(|_, _| {}).unwrap();
    let found = |word: &str| -> Vec<String> {
        let hits = ask(&index, &[word], Matching::Attached).hits;
        hits.iter().flat_map(|hit| hit.contexts().map(|c| c.word.to_owned()).collect::<Vec<_>>()).collect()
    };
    for family in [&words[..4], &words[4..9], &words[9..13], &words[13..15], &words[16..18]] {
        for word in family {
            let found = found(word);
            for other in family {
                assert!(found.contains(&(*other).to_owned()), "{word} finds {found:?}");
            }
        }
    }
    assert_eq!(found("التزام"), ["الالتزام", "للالتزام", "لالتزام", "التزام"]);
    assert_eq!(found("لغة"), ["لغة", "اللغة", "للغة", "واللغة"]);
    assert_eq!(found("لجنة"), ["لجنة", "اللجنة", "للجنة", "باللجنة", "كاللجنة"]);
    assert_eq!(found("والدين"), ["دين", "والدين", "الوالدين"]);
    assert_eq!(found("دين"), ["دين", "والدين"]);
    assert_eq!(found("وزير"), ["وزير"]);
    assert_eq!(found("أن"), ["أن"]);
    assert_eq!(found("الآن"), ["الآن"]);
}

#[test]
fn only_what_changed_is_read_again() {
    let folder = folder();
    let at = folder.path();
    let mut index = index(at);
    index.refresh(|_, _| {}).unwrap();
    let again = index.refresh(|_, _| {}).unwrap();
    assert_eq!((again.read, again.gone, again.pairs), (0, 0, 6));
    // An edit that stands beside the project until it is written back counts.
    let mut file = ProjectFile::open(&at.join("law.muq")).unwrap();
    let segment = 0;
    let text = Some("The minister signed the treaty.".to_owned());
    let side = muqabala::bitext::Side::Target.into();
    let held = |_: &Bitext, _: &[muqabala::bitext::Pin]| Alignment::default();
    file.edit(Edit::Correct { side, segment, text }, Stamp { at: 0, reviewer: "" }, &held).unwrap();
    fs::remove_file(at.join("packed.tmx.gz")).unwrap();
    let changed = index.refresh(|_, _| {}).unwrap();
    assert_eq!((changed.read, changed.gone, changed.pairs), (1, 1, 5));
    assert_eq!(index.behind().unwrap(), 0);
    assert_eq!(shown(&ask(&index, &["treaty"], Matching::Exact)), "law.muq 1: treaty");
    assert!(ask(&index, &["agreement"], Matching::Exact).hits.is_empty());
    assert_eq!(ask(&index, &["council"], Matching::Exact).hits.len(), 1);
    drop(file);
    // A broken memory: what stands before the fault is found, and the fault is told each time.
    let whole = memory(&[("سلام", "peace"), ("حرب", "war")]);
    fs::write(at.join("broken.tmx"), &whole[..whole.len() - 40]).unwrap();
    fs::write(at.join("fake.muq"), "no project").unwrap();
    for _ in 0..2 {
        let broken = index.refresh(|_, _| {}).unwrap();
        let troubles: Vec<_> = broken.troubles.iter().map(|(path, _)| path.display().to_string()).collect();
        assert_eq!(troubles, ["broken.tmx", "fake.muq"]);
        assert_eq!(ask(&index, &["peace"], Matching::Exact).hits.len(), 1);
    }
}

#[test]
fn an_index_of_a_stranger_is_not_obeyed_and_other_files_are_left_alone() {
    let folder = folder();
    let at = folder.path();
    let path = at.join("x/.index");
    drop(index(at));
    // One more trigger in it, one damaged, one of another version, one that was begun and left empty.
    let spoil: [(&str, &dyn Fn()); 4] = [
        ("trigger", &|| {
            let own = rusqlite::Connection::open(&path).unwrap();
            own.execute_batch("CREATE TRIGGER t AFTER INSERT ON files BEGIN DELETE FROM blocks; END")
                .unwrap();
        }),
        ("damage", &|| {
            let mut bytes = fs::read(&path).unwrap();
            bytes[100..].fill(7);
            fs::write(&path, bytes).unwrap();
        }),
        ("version", &|| {
            rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
        }),
        ("empty", &|| fs::write(&path, "").unwrap()),
    ];
    for (what, spoil) in spoil {
        spoil();
        let mut index = Index::open(at, &path).unwrap_or_else(|e| panic!("{what}: {e}"));
        assert_eq!(index.refresh(|_, _| {}).unwrap().read, 3, "{what}: it is made anew");
        assert_eq!(ask(&index, &["book"], Matching::Attached).hits.len(), 2, "{what}");
    }
    assert!(Index::forget(&path).unwrap() && !Index::forget(&path).unwrap());
    for file in ["law.muq", "notes.txt"] {
        let before = fs::read(at.join(file)).unwrap();
        assert!(matches!(Index::open(at, &at.join(file)), Err(SearchError::Foreign(_))), "{file}");
        assert!(matches!(Index::forget(&at.join(file)), Err(SearchError::Foreign(_))), "{file}");
        assert_eq!(fs::read(at.join(file)).unwrap(), before);
        assert!(!at.join(format!("{file}-lock")).exists(), "nothing is left beside it");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        drop(index(at));
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn several_processes_may_index_and_search_at_once() {
    let folder = folder();
    let at = folder.path();
    // From nothing, and from a damaged index, which each of them may find first.
    for round in 0..20 {
        if round % 2 == 1 {
            drop(index(at));
            let mut bytes = fs::read(at.join("x/.index")).unwrap();
            bytes[100..].fill(7);
            fs::write(at.join("x/.index"), bytes).unwrap();
        }
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| {
                    let mut index = index(at);
                    index.refresh(|_, _| {}).unwrap();
                    assert_eq!(ask(&index, &["book"], Matching::Attached).hits.len(), 2);
                });
            }
        });
        assert_eq!(index(at).refresh(|_, _| {}).unwrap().pairs, 6);
        Index::forget(&at.join("x/.index")).unwrap();
    }
}

#[test]
fn who_only_asks_does_not_wait_for_one_that_writes() {
    let folder = folder();
    let at = folder.path();
    index(at).refresh(|_, _| {}).unwrap();
    let mut writer = rusqlite::Connection::open(at.join("x/.index")).unwrap();
    let held = writer.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).unwrap();
    assert_eq!(ask(&index(at), &["book"], Matching::Attached).hits.len(), 2);
    drop(held);
}

#[test]
fn the_index_of_each_folder_stands_in_the_users_cache() {
    let variable = |name: &str| (name == "XDG_CACHE_HOME").then(|| "/cache".into());
    assert_eq!(cache_folder(variable), Some(PathBuf::from("/cache/muqabala")));
    assert_eq!(cache_folder(|_| None), None);
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let file = |folder: &Path| index_file(Path::new("/cache"), folder);
    assert_ne!(file(one.path()), file(other.path()));
    assert_eq!(file(one.path()), file(&one.path().join(".")));
}

#[test]
fn the_command_shows_hits_and_writes_them() {
    let folder = folder();
    let at = folder.path();
    let cache = tempfile::tempdir().unwrap();
    let search = |arguments: &[&str]| {
        let mut command = program();
        command.env("XDG_CACHE_HOME", cache.path()).current_dir(at).arg("search").args(arguments);
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    };
    let (code, out, err) = search(&["كتاب"]);
    assert_eq!(code, 0, "{err}");
    insta::assert_snapshot!(out.replace('\t', "|"), @r"
    law.muq 2|ar|[وبالكتاب] نقرأ إن شاء الله.
    |en|With the book we read.
    law.muq 3|ar|هذا [كتاب].
    |en|This is a book.
    ");
    assert!(err.contains("indexed   3 files anew") && err.contains("found     2 pairs"), "{err}");
    let (code, out, err) = search(&["nowhere"]);
    assert!(code == 1 && out.is_empty() && !err.contains("indexed"), "{err}");
    let (_, out, _) = search(&["council", "--format", "tsv"]);
    insta::assert_snapshot!(out.replace('\t', "|"), @r"
    file|pair|language|before|word|after|other language|counterpart
    old/memories/news.tmx|2|en|Security |Council||ar-IQ|مجلس الأمن
    packed.tmx.gz|1|en|the |council| and security|ar-IQ|المجلس والأمن
    ");
    assert_eq!(search(&["council", "-o", "out.tmx"]).0, 0);
    let written = fs::read_to_string(at.join("out.tmx")).unwrap();
    assert!(
        written.contains("<seg>Security Council</seg>") && written.contains("old/memories/news.tmx 2"),
        "{written}"
    );
    assert_eq!(search(&["book", "-o", "out.xlsx"]).0, 0);
    assert!(fs::read(at.join("out.xlsx")).unwrap().starts_with(b"PK"));
    let (_, out, _) = search(&["read", "--format", "jsonl"]);
    let hit: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&hit["pair"], &hit["target-places"]), (&2.into(), &serde_json::json!([[17, 21]])));
    // Searched as it was when it was last read: said where that is no longer so.
    assert!(!search(&["book", "--no-refresh"]).2.contains("changed"));
    drop(project(at, "new.muq", &["هذا كتاب جديد."], &["This is a new book."]));
    fs::remove_file(at.join("packed.tmx.gz")).unwrap();
    let (_, out, err) = search(&["book", "--no-refresh"]);
    assert!(err.contains("2 files changed since the last search") && !out.contains("new.muq"), "{err}");
    assert!(!search(&["book"]).2.contains("changed"));
    // A memory that is searched is not replaced by what is found in it.
    let (code, _, err) = search(&["council", "-o", "out.tmx"]);
    assert!(code == 2 && err.contains("is one of the files that are searched"), "{err}");
    for (arguments, said) in [
        (&["…"][..], "no letter or digit"),
        (&["x", "--folder", "none"], "is not a folder"),
        (&["x", "-o", "hits.pdf"], "the extension does not say"),
        (&["x", "--index", "law.muq"], "is no index of muqabala"),
        (&[], "WORD"),
    ] {
        let (code, _, err) = search(arguments);
        assert!(code == 2 && err.contains(said), "{arguments:?}: {err}");
    }
    assert!(search(&["--forget"]).2.contains("removed"));
}
