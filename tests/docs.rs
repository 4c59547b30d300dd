//! What the documents say is there: links lead somewhere, files and tests that are named exist, the book holds every
//! chapter, outputs shown are what the program says. (That commands can be typed is tested in `src/cli/tests.rs`, which has the definitions.)
#![expect(clippy::unwrap_used, reason = "a test may panic, and clippy sees tests only where #[test] stands")]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The documents: those of the root, of `docs/`, and the READMEs further down.
fn documents() -> Vec<PathBuf> {
    let mut files = vec![root().join("CHANGELOG.md"), root().join("fuzz/README.md")];
    files.push(root().join("corpora/jscd-2024/README.md"));
    for folder in [root().to_owned(), root().join("docs")] {
        files.extend(fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()));
    }
    files.retain(|f| f.extension().is_some_and(|e| e == "md"));
    files.sort();
    files.dedup();
    assert!(files.len() > 20, "{files:?}");
    files
}

/// The text without blocks of code.
fn prose(text: &str) -> String {
    let mut inside = false;
    let lines = text.lines().filter(|line| {
        let fence = line.trim_start().starts_with("```");
        inside ^= fence;
        !inside && !fence
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The anchor of a heading, as mdBook and GitHub make it.
fn anchor(heading: &str) -> String {
    let kept = heading
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || " -_".contains(*c))
        .collect::<String>();
    kept.replace(' ', "-")
}

#[test]
fn links_lead_somewhere() {
    let link = Regex::new(r"\]\(([^)\s]+)\)").unwrap();
    let mut wrong = Vec::new();
    let mut tried = 0;
    for file in documents() {
        let text = prose(&fs::read_to_string(&file).unwrap());
        for found in link.captures_iter(&text) {
            let target = &found[1];
            if target.contains("://") {
                continue;
            }
            tried += 1;
            let (path, fragment) = target.split_once('#').map_or((target, None), |(p, f)| (p, Some(f)));
            let path = if path.is_empty() { file.clone() } else { file.parent().unwrap().join(path) };
            let there = path.exists()
                && fragment.is_none_or(|fragment| {
                    let text = prose(&fs::read_to_string(&path).unwrap());
                    text.lines()
                        .any(|l| l.starts_with('#') && anchor(l.trim_start_matches('#').trim()) == fragment)
                });
            if !there {
                wrong.push(format!("{}: {target}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried > 50, "{tried}");
}

#[test]
fn files_that_are_named_exist() {
    let name = Regex::new(
        r"`((?:src|docs|tests|scripts|fuzz|snapshots|corpora|lexicons|examples|benches)/[\w./*-]*)`",
    )
    .unwrap();
    let inner = Regex::new(r"`([a-z_]+/[a-z_]+\.rs)`").unwrap();
    let mut wrong = Vec::new();
    for file in documents() {
        let text = fs::read_to_string(&file).unwrap();
        for found in name.captures_iter(&text) {
            let path = &found[1];
            if !path.contains('*') && !root().join(path).exists() {
                wrong.push(format!("{}: {path}", file.display()));
            }
        }
        // Inside `src`, the design names files by folder and name: `align/band.rs`.
        for found in inner.captures_iter(&text) {
            let path = &found[1];
            if !root().join("src").join(path).exists() && !root().join(path).exists() {
                wrong.push(format!("{}: {path}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn tests_that_the_security_model_names_exist() {
    let text = fs::read_to_string(root().join("docs/security.md")).unwrap();
    let mut sources = String::new();
    let mut open = vec![root().join("tests"), root().join("src")];
    while let Some(folder) = open.pop() {
        for path in fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                sources.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }
    let test = Regex::new(r"`([a-z]+(?:_[a-z]+){2,})`").unwrap();
    let rows = text.lines().filter(|line| line.starts_with("| "));
    let named: BTreeSet<String> = rows
        .flat_map(|row| test.captures_iter(row.rsplit('|').nth(1).unwrap_or_default()).collect::<Vec<_>>())
        .map(|found| found[1].to_owned())
        .collect();
    assert!(named.len() > 20, "{named:?}");
    let missing: Vec<&String> = named.iter().filter(|n| !sources.contains(&format!("fn {n}("))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_book_holds_every_chapter_once() {
    let summary = fs::read_to_string(root().join("docs/SUMMARY.md")).unwrap();
    let link = Regex::new(r"\]\(([^)]+\.md)\)").unwrap();
    let mut listed: Vec<String> = link.captures_iter(&summary).map(|f| f[1].to_owned()).collect();
    listed.sort();
    let mut there: Vec<String> = documents()
        .iter()
        .filter(|f| f.parent().unwrap().ends_with("docs"))
        .map(|f| f.file_name().unwrap().to_str().unwrap().to_owned())
        .filter(|f| f != "SUMMARY.md")
        .collect();
    there.sort();
    assert_eq!(listed, there);
    assert!(root().join("docs/book.toml").is_file());
}

/// What stands in fences without a language, by the line before which it stands.
fn outputs(text: &str) -> Vec<Vec<&str>> {
    let mut found = Vec::new();
    let mut open: Option<(bool, Vec<&str>)> = None;
    for line in text.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(language), None) => open = Some((language.is_empty(), Vec::new())),
            (Some(_), Some((wanted, lines))) => {
                if *wanted {
                    found.push(std::mem::take(lines));
                }
                open = None;
            }
            (None, Some((_, lines))) => lines.push(line),
            (None, None) => {}
        }
    }
    found
}

#[test]
fn the_program_says_what_the_tutorials_say_it_does() {
    let corpus = root().join("corpora/jscd-2024");
    let folder = tempfile::tempdir().unwrap();
    for name in ["ar.txt", "en.txt"] {
        fs::copy(corpus.join(name), folder.path().join(name)).unwrap();
    }
    let demo = support::run(folder.path(), &["demo"]).out;
    let align = support::run(folder.path(), &["align", "ar.txt", "en.txt", "-o", "statement.tmx"]).err;
    for name in ["tutorial.md", "tutorial.ar.md"] {
        let text = fs::read_to_string(root().join("docs").join(name)).unwrap();
        let outputs = outputs(&text);
        assert_eq!(outputs.len(), 2, "{name}: {outputs:?}");
        for (shown, said) in outputs.iter().zip([&demo, &align]) {
            let mut lines = said.lines();
            for line in shown {
                let begins = line.strip_suffix(" …").unwrap_or(line);
                assert!(lines.any(|l| l.starts_with(begins)), "{name}: `{line}` is not in\n{said}");
            }
        }
    }
}

#[test]
fn the_lexicon_is_as_large_as_is_said() {
    let headwords = fs::read_to_string(root().join("lexicons/en-ar.tsv")).unwrap().lines().count();
    let grouped = format!("{},{:03}", headwords / 1000, headwords % 1000);
    for name in ["README.md", "docs/lexicons.md"] {
        let text = fs::read_to_string(root().join(name)).unwrap();
        assert!(text.contains(&format!("{grouped} English headwords")), "{name}: there are {grouped}");
    }
}

#[test]
fn code_in_arabic_documents_stands_outside_right_to_left_text() {
    for name in ["README.ar.md", "docs/tutorial.ar.md"] {
        let text = fs::read_to_string(root().join(name)).unwrap();
        let (mut inside, mut code, mut blocks) = (false, false, 0);
        for line in text.lines() {
            match line {
                r#"<div dir="rtl" lang="ar">"# if !code => {
                    assert!(!inside, "{name}: a <div> in another");
                    inside = true;
                }
                "</div>" if !code => inside = false,
                _ if line.starts_with("```") => {
                    assert!(!inside, "{name}: `{line}` would be shown from right to left");
                    code = !code;
                    blocks += 1;
                }
                _ => {
                    assert!(inside || code || line.is_empty(), "{name}: `{line}` is shown from left to right");
                }
            }
        }
        assert!(!inside && !code && blocks > 2, "{name}");
    }
}
