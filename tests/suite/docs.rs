//! What the documents say is there: links lead somewhere, files and tests that are named exist, the book holds every
//! chapter, outputs shown are what the program says. (That commands can be typed is tested in `src/cli/tests.rs`, which has the definitions.)

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use muqabala::align::SearchOptions;
use muqabala::bitext::{Doubt, EvidenceKind};
use muqabala::export::Format;
use muqabala::pipeline::AlignOptions;
use muqabala::score::ScoreOptions;
use regex::Regex;

use crate::support;

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
fn languages_are_known_as_the_page_on_them_says() {
    let folder = tempfile::tempdir().unwrap();
    let said = support::run(folder.path(), &["languages"]).out;
    let page = fs::read_to_string(root().join("docs/languages.md")).unwrap();
    let shown = outputs(&page);
    assert_eq!(shown[0], said.lines().collect::<Vec<_>>(), "`muqabala languages` says\n{said}");
    let json = support::run(folder.path(), &["languages", "--json"]).out;
    let rows: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    assert_eq!(rows.len() + 1, shown[0].len());
    assert!(rows.iter().any(|row| row["code"] == "ar" && row["lexicon_with"][0] == "en"), "{json}");
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

/// What stands in the first column of the tables of `docs/<name>`, in the order of the rows.
fn first_column(name: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join("docs").join(name)).unwrap();
    let row = Regex::new(r"(?m)^\| `([a-z-]+)` \|").unwrap();
    row.captures_iter(&text).map(|found| found[1].to_owned()).collect()
}

#[test]
fn kinds_of_evidence_and_doubts_are_those_that_the_program_has() {
    let said: BTreeSet<String> = first_column("evidence.md").into_iter().collect();
    let kinds = EvidenceKind::ALL.map(|kind| kind.name().to_owned());
    let doubts: BTreeSet<String> = Doubt::ALL.iter().map(|(name, _)| (*name).to_owned()).collect();
    let both: BTreeSet<String> = kinds.into_iter().chain(doubts.clone()).collect();
    assert_eq!(said, both);
    // Each can befall a bead: the scorer makes all but the rival, which comes from the search.
    let made = fs::read_to_string(root().join("src/score/explain.rs")).unwrap()
        + &fs::read_to_string(root().join("src/pipeline/run.rs")).unwrap();
    for doubt in doubts {
        let variant: String = doubt.split('-').map(|w| w[..1].to_uppercase() + &w[1..]).collect();
        assert!(made.contains(&format!("Doubt::{variant}")), "no bead is ever given the doubt {doubt}");
    }
}

#[test]
fn numbers_in_the_pages_on_aligning_are_the_defaults() {
    let short = |value: f64| format!("{value}").trim_start_matches('0').to_owned();
    let grouped = |n: usize| if n < 1000 { n.to_string() } else { format!("{},{:03}", n / 1000, n % 1000) };
    let (score, search, align) = (ScoreOptions::default(), SearchOptions::default(), AlignOptions::default());
    let said = |page: &str, parts: &[String]| {
        let text = fs::read_to_string(root().join("docs").join(page)).unwrap();
        for part in parts {
            assert!(text.contains(part), "docs/{page} does not say `{part}`");
        }
    };
    assert_eq!(align.rounds, 3, "\"three by default\" in docs/how-it-aligns.md");
    let values = [score.number_share, score.date_share].map(short);
    let fixed = [score.symbol_share, score.mark_share].map(short);
    said(
        "how-it-aligns.md",
        &[
            format!("{} of the words to begin with", short(score.word_share)),
            format!("numbers and dates ({} to begin with", values.join(", ")),
            format!("with priors worth {} of each", score.value_share_strength),
            format!("with a share of {}", short(score.maybe_share)),
            format!("fixed for the others ({})", fixed.join(", ")),
            format!("δ is {}", score.dilution),
            format!(
                "w is {} for words and {} for the others",
                short(score.word_weight),
                short(score.anchor_weight)
            ),
            format!("*v* = {} the variance", score.length_variance),
            format!("it counts {} times", short(score.length_weight)),
            format!("{} nats for each paragraph", score.block_break),
            format!(
                "worth {} unaligned segments; where lexicons know less than half of the running words, {}:",
                score.stay_strength, score.unaided_stay_strength
            ),
            format!("posterior of at least {}", align.believe),
        ],
    );
    said(
        "architecture.md",
        &[
            format!("up to {} cells", grouped(search.whole_cells)),
            format!("from {} cells on", grouped(search.passing_cells)),
            format!("at most {} cells", grouped(search.proof_cells)),
            format!("±{} target segments", search.check),
            format!(
                "more than {} source segments only some {}",
                grouped(2 * search.sample),
                grouped(search.sample)
            ),
            format!("with {} more on either side", search.overlap),
        ],
    );
    said("embeddings.md", &[format!("by {} nats for a distance of 1", score.embedding_weight)]);
}

/// The blocks of code of a document in `language`.
fn blocks(name: &str, language: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join("docs").join(name)).unwrap();
    let begin = format!("```{language}\n");
    text.split(&*begin).skip(1).map(|rest| rest.split("\n```").next().unwrap().to_owned()).collect()
}

#[test]
fn python_in_the_page_on_the_library_runs() {
    let [code] = &blocks("library.md", "python")[..] else { panic!("one block") };
    let python = std::env::var_os("MUQABALA_PYTHON").unwrap_or_else(|| "python3".into());
    let mut command = assert_cmd::Command::new(&python);
    let folder = tempfile::tempdir().unwrap();
    command
        .current_dir(&folder)
        .args(["-B", "-c", code])
        .env("PYTHONPATH", root().join("python"))
        .env("PYTHONUTF8", "1")
        .envs(support::own_folders());
    let Ok(ran) = command.env("MUQABALA", env!("CARGO_BIN_EXE_muqabala")).output() else {
        support::left_out::say(
            "the code in docs/library.md",
            &format!("as there is no {}", python.display()),
        );
        return;
    };
    let (out, err) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success(), "{err}");
    let lines: Vec<&str> = out.lines().collect();
    assert!(lines[0].starts_with("1-1 0.9") && lines[1].ends_with("واتفقا. They agreed."), "{out}");
    assert_eq!(lines[2..], ["ar 1 paragraph", "0 1", "1 source: there is no text"]);
    assert!(folder.path().join("short.tmx").is_file());
}

/// The names of the fields of an object, and below them.
fn fields(value: &serde_json::Value) -> BTreeSet<String> {
    match value {
        serde_json::Value::Object(map) => {
            let own = map.keys().cloned();
            let below = map.iter().filter(|(name, _)| *name != "figures").flat_map(|(_, v)| fields(v));
            own.chain(below).collect()
        }
        serde_json::Value::Array(items) => items.iter().flat_map(fields).collect(),
        _ => BTreeSet::new(),
    }
}

#[test]
fn json_in_the_page_on_collections_is_what_is_read_and_written() {
    let blocks: Vec<serde_json::Value> = blocks("batch.md", "json")
        .iter()
        .map(|block| serde_json::from_str(&block.replace("{…}", "{}")).unwrap())
        .collect();
    let [manifest, progress, record, answer, error] = &blocks[..] else { panic!("{blocks:?}") };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    // A record is understood, and answered with the fields shown.
    let said = support::run_with_input(path, &["pipe"], record.to_string().as_bytes());
    let said: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(fields(&said), fields(answer));
    let mut wrong = record.clone();
    wrong.as_object_mut().unwrap().remove("target");
    let input = "\n".repeat(11) + &wrong.to_string();
    let said = support::run_with_input(path, &["pipe"], input.as_bytes());
    assert_eq!(&serde_json::from_str::<serde_json::Value>(&said.out).unwrap(), error);
    // A row of a manifest is aligned, and told with the fields shown.
    fs::write(path.join("pairs.jsonl"), manifest.to_string()).unwrap();
    for (side, text) in
        [("source", "وصل القطار في 2019. نزل الركاب."), ("target", "The train came in 2019. All got off.")]
    {
        let file = path.join(manifest[side].as_str().unwrap());
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, format!("<p>{text}</p>")).unwrap();
    }
    let ran = support::run(path, &["batch", "pairs.jsonl", "--output", "out", "--json-progress"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(path.join("out").join(manifest["output"].as_str().unwrap()).is_file());
    let line = ran.err.lines().find(|line| line.starts_with('{')).unwrap();
    assert_eq!(fields(&serde_json::from_str(line).unwrap()), fields(progress));
    // And in the report the columns that are named.
    let text = fs::read_to_string(root().join("docs/batch.md")).unwrap();
    let said = text.lines().find(|line| line.starts_with("`report.tsv` has a row")).unwrap();
    let report = fs::read_to_string(path.join("out/report.tsv")).unwrap();
    for column in report.lines().next().unwrap().split('\t') {
        assert!(said.contains(&format!("`{column}`")), "docs/batch.md does not name the column {column}");
    }
}

#[test]
fn tables_of_the_project_file_are_as_described() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["ar.txt", "en.txt"] {
        fs::write(folder.path().join(name), "2019.\n").unwrap();
    }
    let ran = support::run(folder.path(), &["align", "ar.txt", "en.txt", "--save", "p.muq", "-o", "p.tsv"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let project = rusqlite::Connection::open(folder.path().join("p.muq")).unwrap();
    let names = |query: &str| -> Vec<String> {
        let mut statement = project.prepare(query).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let text = fs::read_to_string(root().join("docs/project-format.md")).unwrap();
    let tables = names("SELECT name FROM sqlite_schema WHERE type = 'table'");
    assert!(tables.len() >= 8, "{tables:?}");
    for table in tables {
        let row = text.lines().find(|line| line.starts_with(&format!("| `{table}` |"))).unwrap();
        let columns = row
            .split('|')
            .nth(2)
            .unwrap()
            .replace("source_start … target_end", "source_start, source_end, target_start, target_end");
        let said: Vec<&str> = columns.split(',').map(str::trim).collect();
        let mut there = names(&format!("SELECT name FROM pragma_table_info('{table}')"));
        there.sort();
        let mut sorted = said.clone();
        sorted.sort_unstable();
        assert_eq!(there, sorted, "{table}");
    }
    let version: u32 = project.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    let id: u32 = project.pragma_query_value(None, "application_id", |row| row.get(0)).unwrap();
    assert!(
        text.contains(&format!("is 0x{id:X} (`MUQ1`), `PRAGMA user_version` the format, now {version}."))
    );
    for key in names("SELECT key FROM meta") {
        assert!(text.contains(&format!("`{key}`")), "docs/project-format.md does not name the setting {key}");
    }
}

#[test]
fn every_format_stands_in_the_page_on_formats() {
    let text = fs::read_to_string(root().join("docs/formats.md")).unwrap();
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| ")).collect();
    for format in Format::ALL.iter().filter(|format| **format != Format::Text) {
        let column = format!("| `{}`: ", format.name());
        assert!(rows.iter().any(|row| row.contains(&column)), "no row says how {} is written", format.name());
    }
}

#[test]
fn keys_in_the_page_on_reviewing_are_those_of_the_table_of_actions() {
    let text = fs::read_to_string(root().join("docs/review.md")).unwrap();
    let table = text.split("| key | does |").nth(1).unwrap().split("\n\n").next().unwrap();
    let said: Vec<&str> = table.lines().filter_map(|row| row.split('|').nth(1)).collect();
    let code = fs::read_to_string(root().join("src/review/assets/actions.js")).unwrap();
    let assets = fs::read_dir(root().join("src/review/assets")).unwrap().map(|file| file.unwrap().path());
    let scripts: Vec<String> = assets.filter_map(|file| fs::read_to_string(file).ok()).collect();
    let rows = code.split("export const ACTIONS = [").nth(1).unwrap().split("\n];").next().unwrap();
    let key = Regex::new(r#""([^"]+)""#).unwrap();
    let mut tried = 0;
    for row in rows.split("{ name: ").skip(1) {
        let Some(keys) = row.split("keys: [").nth(1).and_then(|rest| rest.split("],").next()) else {
            let name = row.split('"').nth(1).unwrap();
            let elsewhere = scripts.iter().any(|script| script.contains(&format!(".do = \"{name}\"")));
            assert!(row.contains("bar: [") || elsewhere, "neither a key nor a button: {row}");
            continue;
        };
        assert!(row.contains("help: "), "the help says nothing of {row}");
        for found in key.captures_iter(keys).filter(|found| found[1].chars().count() == 1) {
            tried += 1;
            let key = &found[1];
            let stands = said.iter().any(|keys| {
                keys.split([' ', ';']).any(|k| k == key || k.strip_suffix(',') == Some(key))
                    || keys.contains(&format!(" {key} "))
            });
            let together = ["N", "W", "V"].contains(&key) || key.parse().is_ok_and(|n: u32| n > 0);
            assert!(stands || together, "docs/review.md does not have the key {key}");
        }
    }
    assert!(tried > 45, "{tried}");
    // Every button of the page's head does something of the table.
    let page = fs::read_to_string(root().join("src/review/assets/index.html")).unwrap();
    let buttons: Vec<&str> = page.split("data-do=\"").skip(1).map(|b| b.split('"').next().unwrap()).collect();
    assert!(buttons.len() > 10, "{buttons:?}");
    for button in buttons {
        let row = rows.split("{ name: ").find(|row| row.starts_with(&format!("\"{button}\",")));
        assert!(row.is_some_and(|row| row.contains("bar: [")), "no word for the button {button}");
    }
}

#[test]
fn the_pages_serve_every_module_that_they_have() {
    for page in ["review", "start"] {
        let served = fs::read_to_string(root().join(format!("src/{page}/assets.rs"))).unwrap();
        let mut tried = 0;
        for file in fs::read_dir(root().join(format!("src/{page}/assets"))).unwrap() {
            let name = file.unwrap().file_name().into_string().unwrap();
            // These are for the checker.
            if name == "tsconfig.json" || name == "types.d.ts" {
                continue;
            }
            tried += 1;
            assert!(served.contains(&format!("\"{name}\"")), "{name} is not served");
        }
        assert!(tried > 12, "{tried}");
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
                    assert!(
                        inside || code || line.is_empty(),
                        "{name}: `{line}` is shown from left to right"
                    );
                }
            }
        }
        assert!(!inside && !code && blocks > 2, "{name}");
    }
}
