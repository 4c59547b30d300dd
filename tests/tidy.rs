//! Rules of the house that no compiler checks.
#![expect(clippy::unwrap_used, reason = "a test may panic, and clippy sees tests only where #[test] stands")]

#[path = "support/uses.rs"]
mod uses;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use regex::Regex;
use uses::{Circle, circles};

const LONGEST_FILE: usize = 600;

/// Files with sentences for readers of Arabic, written as people write them.
const SENTENCES: [&str; 4] =
    ["src/batch/figures.rs", "src/batch/report/page.rs", "src/export/html.rs", "src/export/report_words.rs"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Each source file below `folder`: its path from the root, with `/`, and its text.
fn sources(folder: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
                files.push((name, fs::read_to_string(path).unwrap()));
            }
        }
    }
    files.sort();
    assert!(!files.is_empty(), "no source below {folder}");
    files
}

/// The text without comments, and without what is compiled for tests alone, which stands at the end.
fn code(file: &str, text: &str) -> String {
    if file.ends_with("/tests.rs") {
        return String::new();
    }
    let for_tests = text.match_indices("\n#[cfg(test)]\n").map(|(at, _)| at);
    let end = for_tests.filter(|&at| !text[at..].starts_with("\n#[cfg(test)]\nmod tests;")).min();
    let text = &text[..end.unwrap_or(text.len())];
    text.lines()
        .map(|line| if line.trim_start().starts_with("//") { "" } else { line })
        .collect::<Vec<_>>()
        .join("\n")
}

/// The part of the library that a file belongs to: `align` for `src/align/band.rs`.
fn part(file: &str) -> String {
    let inside = file.trim_start_matches("src/");
    inside.split('/').next().unwrap_or(inside).trim_end_matches(".rs").to_owned()
}

fn table() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let row = Regex::new(r"^\| `(\w+)` \|(.*)\|$").unwrap();
    let name = Regex::new(r"`(\w+)`").unwrap();
    let rows = text.lines().filter_map(|line| row.captures(line)).map(|found| {
        let allowed = name.captures_iter(&found[2]).map(|n| n[1].to_owned()).collect();
        (found[1].to_owned(), allowed)
    });
    rows.collect()
}

#[test]
fn parts_use_each_other_as_the_architecture_says() {
    let table = table();
    assert!(table.len() > 10, "the table in docs/architecture.md was not found");
    let single = Regex::new(r"\bcrate::(\w+)").unwrap();
    let group = Regex::new(r"\bcrate::\{([^;]*)\};").unwrap();
    let first = Regex::new(r"(?:^|,)\s*(\w+)").unwrap();
    let mut wrong = Vec::new();
    // What each row allows and no file has used yet.
    let mut idle = table.clone();
    for (file, text) in sources("src") {
        let own = part(&file);
        if matches!(&*own, "lib" | "main" | "cli") {
            continue;
        }
        let Some(allowed) = table.get(&own) else {
            wrong.push(format!("{file}: `{own}` has no row in docs/architecture.md"));
            continue;
        };
        let text = code(&file, &text);
        let mut used: BTreeSet<String> = single.captures_iter(&text).map(|c| c[1].to_owned()).collect();
        for found in group.captures_iter(&text) {
            // Names at the top level of the braces; those in inner braces belong to them.
            let mut flat = String::new();
            let mut depth = 0;
            for c in found[1].chars() {
                depth += i32::from(c == '{') - i32::from(c == '}');
                if depth == 0 {
                    flat.push(c);
                }
            }
            used.extend(first.captures_iter(&flat).map(|c| c[1].to_owned()));
        }
        for name in used {
            if let Some(idle) = idle.get_mut(&own) {
                idle.remove(&name);
            }
            if name != own && !allowed.contains(&name) {
                wrong
                    .push(format!("{file} uses `{name}`, which docs/architecture.md does not allow `{own}`"));
            }
        }
    }
    for (row, idle) in idle {
        if !root().join("src").join(&row).is_dir() && !root().join("src").join(format!("{row}.rs")).is_file()
        {
            wrong.push(format!(
                "docs/architecture.md has a row for `{row}`, and src has no such folder or file"
            ));
            continue;
        }
        for name in idle {
            wrong
                .push(format!("docs/architecture.md allows `{row}` to use `{name}`, and nothing there does"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_architecture_has_no_cycles() {
    let table = table();
    let mut settled: BTreeSet<&str> = BTreeSet::new();
    loop {
        let ready: Vec<&str> = table
            .iter()
            .filter(|(name, used)| {
                !settled.contains(&***name)
                    && used.iter().all(|u| settled.contains(&**u) || !table.contains_key(u))
            })
            .map(|(name, _)| &**name)
            .collect();
        if ready.is_empty() {
            break;
        }
        settled.extend(ready);
    }
    let left: Vec<_> = table.keys().filter(|k| !settled.contains(&***k)).collect();
    assert!(left.is_empty(), "these use each other in a circle: {left:?}");
}

#[test]
fn files_of_a_folder_do_not_use_each_other_in_circles() {
    let files: Vec<(String, String)> =
        sources("src").into_iter().map(|(file, text)| (file.clone(), code(&file, &text))).collect();
    let wrong: Vec<String> = circles(&files)
        .iter()
        .map(|c| format!("in src/{} these use each other in a circle: {:?}", c.folder, c.members))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn circles_are_found_through_all_that_leads_to_a_file() {
    let found = |files: &[(&str, &str)]| {
        let files: Vec<_> =
            files.iter().map(|(file, code)| ((*file).to_owned(), (*code).to_owned())).collect();
        circles(&files)
    };
    let circle = |members: &[&str]| {
        vec![Circle { folder: "a".to_owned(), members: members.iter().map(|m| (*m).to_owned()).collect() }]
    };
    let (b, c, d) = ("src/a/b.rs", "src/a/c.rs", "src/a/d.rs");
    assert_eq!(found(&[(b, "use super::c::C;"), (c, "use super::d::D;"), (d, "")]), []);
    assert_eq!(found(&[(b, "use super::c::C;"), (c, "super::b::run()"), (d, "")]), circle(&["b", "c"]));
    assert_eq!(
        found(&[(b, "use super::{d::{self, E}, c};"), (c, "use crate::a::d;"), (d, "crate::a::b::run()")]),
        circle(&["b", "c", "d"])
    );
    // Through what the folder's own file names for others, and from a folder further down.
    let through = ("src/a/mod.rs", "mod b;\nmod c;\npub use c::{Thing as Other};\nuse self::b::Inner;");
    assert_eq!(
        found(&[through, (b, "use super::Other;"), (c, "fn f(x: super::Inner) {}")]),
        circle(&["b", "c"])
    );
    assert_eq!(
        found(&[
            ("src/a/c/e.rs", "use super::super::b;"),
            ("src/a/c/mod.rs", "mod e;"),
            (b, "use super::c::X;")
        ]),
        circle(&["b", "c"])
    );
    // What the folder's own file defines is there for all.
    assert_eq!(
        found(&[("src/a/mod.rs", "mod b;\npub struct S;\nb::run()"), (b, "use super::S;"), (c, "")]),
        []
    );
}

#[test]
fn public_modules_have_an_example_to_run() {
    let text = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let mut hidden = false;
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("pub mod ").and_then(|rest| rest.strip_suffix(';'))
            && !hidden
        {
            let folder = root().join("src").join(name).join("mod.rs");
            let file = if folder.is_file() { folder } else { root().join("src").join(format!("{name}.rs")) };
            let head = fs::read_to_string(file).unwrap();
            // Of the module itself, or of what it defines.
            let shown = head.lines().any(|l| l.starts_with("//! ```") || l.starts_with("/// ```"));
            assert!(shown, "the documentation of `{name}` shows no example");
        }
        hidden = line == "#[doc(hidden)]" || (hidden && line.starts_with("#["));
    }
}

#[test]
fn files_are_short_and_say_what_they_are() {
    let mut wrong = Vec::new();
    for (file, text) in sources("src").into_iter().chain(sources("tests")) {
        let lines = text.lines().count();
        if lines > LONGEST_FILE {
            wrong.push(format!("{file} has {lines} lines, at most {LONGEST_FILE} are allowed: split it"));
        }
        if !text.starts_with("//!") {
            wrong.push(format!("{file} does not begin with `//!` and what it is for"));
        }
        if text.lines().any(|line| line.starts_with("//!") && line.contains("What comes in:")) {
            wrong.push(format!("{file}: say `In:`, `Out:` and `Guarantee:`, as the others do"));
        }
        if part(&file) == "utils" || file.ends_with("/utils.rs") {
            wrong.push(format!("{file}: name it after what it does"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn code_is_finished_and_deterministic_and_the_library_does_not_print() {
    // (pattern, why not, the files where it is allowed)
    let rules: [(&str, &str, &[&str]); 7] = [
        (r"\b(todo|unimplemented|dbg)!", "finish it", &[]),
        (r"\.unwrap\(\)", "user data must not panic; `expect` an invariant", &[]),
        (r"\be?print(ln)?!", "only the terminal prints", &["src/cli/terminal/mod.rs"]),
        (r"\bprocess::exit\b", "return an exit code", &[]),
        (
            r"\b(SystemTime|Instant)::now\b",
            "results must not depend on the clock",
            // A report says how long each pair took; a pair and a program of others may have a time limit.
            &[
                "src/cli/",
                "src/serve/",
                "src/read/web/http.rs",
                "src/batch/",
                "src/outside.rs",
                "src/project/schema.rs",
            ],
        ),
        (r"\b(thread_rng|rand::random|RandomState)\b", "results must not depend on chance", &[]),
        (r"\bstd::env::", "only the program looks at the environment", &["src/cli/", "src/serve/"]),
    ];
    let rules = rules.map(|(pattern, why, allowed)| (Regex::new(pattern).unwrap(), why, allowed));
    let mut wrong = Vec::new();
    for (file, text) in sources("src") {
        let text = code(&file, &text);
        for (pattern, why, allowed) in &rules {
            if allowed.iter().any(|a| file.starts_with(a)) {
                continue;
            }
            for (index, line) in text.lines().enumerate().filter(|(_, line)| pattern.is_match(line)) {
                wrong.push(format!("{file}:{}: {why}: {}", index + 1, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn invisible_characters_are_escaped_in_source() {
    // Everywhere: marks that cannot be seen or that change the order of what can be seen.
    let invisible = |c: &char| {
        matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}')
            || matches!(c, '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    // In code, where a letter too many changes a table, but not in sentences: tatweel and vowel signs as well.
    let easily_missed = |c: &char| matches!(c, '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}');
    let mut wrong = Vec::new();
    for (file, text) in sources("src").into_iter().chain(sources("tests")) {
        let is_table = file.starts_with("src") && !SENTENCES.contains(&&*file);
        let code = if is_table { code(&file, &text) } else { String::new() };
        let found = text.lines().enumerate().filter_map(|(i, l)| Some((i, l.chars().find(invisible)?)));
        let in_code = code.lines().enumerate().filter_map(|(i, l)| Some((i, l.chars().find(easily_missed)?)));
        for (index, c) in found.chain(in_code) {
            let code = u32::from(c);
            wrong.push(format!("{file}:{}: write U+{code:04X} as '\\u{{{code:x}}}'", index + 1));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// In code a bead is a bead; what people read says pair. Engineers read the help of `evaluate`, `snapshot`, `pipe`.
#[test]
fn what_people_read_says_pair() {
    let read = |path: &str| fs::read_to_string(root().join(path)).unwrap();
    let word = Regex::new(r"(?i)\bbeads?\b").unwrap();
    let said = Regex::new(r#""[^"]*"|`[^`]*`"#).unwrap();
    let places = Regex::new(r"\$\{[^}]*\}").unwrap();
    let mut wrong = Vec::new();
    let mut look = |file: &str, text: &str| {
        if word.is_match(text) && text.contains(' ') {
            wrong.push(format!("{file}: {text}"));
        }
    };
    for file in fs::read_dir(root().join("src/review/assets")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|e| e == "js") {
            let text = fs::read_to_string(&path).unwrap();
            let lines = text.lines().filter(|l| !l.trim_start().starts_with("//"));
            for found in lines.flat_map(|line| said.find_iter(line)) {
                look(&path.display().to_string(), &places.replace_all(found.as_str(), ""));
            }
        }
    }
    let parts = ["cli/project/", "cli/documents/", "project/error.rs", "batch/report/", "bitext/doubt.rs"];
    for (file, text) in sources("src") {
        if parts.iter().any(|part| file.starts_with(&format!("src/{part}"))) {
            code(&file, &text)
                .lines()
                .flat_map(|line| said.find_iter(line))
                .for_each(|m| look(&file, m.as_str()));
        }
    }
    for name in ["align", "batch", "muqabala", "show"] {
        let file = format!("snapshots/help/{name}.snap");
        let lines = read(&file);
        lines
            .lines()
            .filter(|line| !line.trim_start().starts_with("- beads:"))
            .for_each(|line| look(&file, line));
    }
    for file in ["README.md", "docs/review.md", "docs/tutorial.md", "docs/cat-tools.md"] {
        read(file).lines().filter(|line| !line.contains("--format beads")).for_each(|line| look(file, line));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
