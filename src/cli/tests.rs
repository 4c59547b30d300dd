//! Tests: every command that stands in `--help`, the README or the docs is one that the definitions accept.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::args::examples;

/// The commands of `muqabala` in a shell text, as words. Lines that end in a backslash go on.
fn commands(text: &str) -> Vec<Vec<String>> {
    let joined = text.replace("\\\n", " ");
    joined.lines().flat_map(|line| split(line.trim().trim_start_matches("$ "))).collect()
}

/// The words of each command of a line that is `muqabala`'s, up to a comment; redirections are left out.
fn split(line: &str) -> Vec<Vec<String>> {
    let mut parts: Vec<Vec<String>> = vec![Vec::new()];
    let mut chars = line.chars().peekable();
    let mut skip = false;
    while let Some(&c) = chars.peek() {
        match c {
            ' ' => {
                chars.next();
            }
            '#' => break,
            '|' | '&' | ';' => {
                chars.next();
                parts.push(Vec::new());
            }
            '<' | '>' => {
                chars.next();
                skip = true;
            }
            _ => {
                let mut word = String::new();
                let mut quote = None;
                while let Some(&c) = chars.peek() {
                    match quote {
                        Some(q) if c == q => quote = None,
                        None if c == '\'' || c == '"' => quote = Some(c),
                        None if " |;<>".contains(c) => break,
                        _ => word.push(c),
                    }
                    chars.next();
                }
                if !std::mem::take(&mut skip) {
                    parts.last_mut().unwrap().push(word);
                }
            }
        }
    }
    parts.retain_mut(|words| {
        // What stands before `--` is cargo's.
        if words.starts_with(&["cargo".to_owned(), "run".to_owned()])
            && let Some(at) = words.iter().position(|w| w == "--")
        {
            words.splice(..=at, ["muqabala".to_owned()]);
        }
        while words.first().is_some_and(|w| w.contains('=') || w == "xargs" || w == "time") {
            words.remove(0);
        }
        words.first().is_some_and(|w| w == "muqabala")
    });
    parts
}

/// Why clap refuses a command.
struct Refusal {
    why: String,
    /// Whether all that was typed is right, and something is missing.
    is_for_more: bool,
}

/// Why clap refuses a command, if it does.
fn refusal(words: &[String]) -> Option<Refusal> {
    use clap::error::ErrorKind;
    let error = examples::command().try_get_matches_from(words).err()?;
    let first = error.to_string().lines().next().unwrap_or_default().to_owned();
    let is_for_more =
        [ErrorKind::MissingRequiredArgument, ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand]
            .contains(&error.kind())
            || first.contains("a value is required");
    let shown = [ErrorKind::DisplayHelp, ErrorKind::DisplayVersion].contains(&error.kind());
    (!shown).then(|| Refusal { why: format!("{}: {first}", words.join(" ")), is_for_more })
}

#[test]
fn examples_of_help_can_be_typed() {
    // Of the root, all have their own.
    let mut open: Vec<_> = examples::command().get_subcommands().cloned().collect();
    open.extend(examples::command().find_subcommand("tmx").unwrap().get_subcommands().cloned());
    open.retain(|c| c.get_name() != "kinds");
    let mut tried = 0;
    while let Some(command) = open.pop() {
        let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let has_examples = after.contains("\n  muqabala ");
        // The examples of a group may stand at the group.
        let own = command.get_subcommands().filter(|_| !has_examples);
        open.extend(own.cloned());
        assert!(has_examples || command.has_subcommands(), "{} has no example", command.get_name());
        // Explanations stand behind several spaces, which the shell would take for words.
        for line in after.lines().filter(|line| line.starts_with("  muqabala")) {
            let typed = line.trim().split("   ").next().unwrap();
            for words in commands(typed) {
                assert_eq!(refusal(&words).map(|r| r.why), None);
                tried += 1;
            }
        }
    }
    assert!(tried > 50, "{tried}");
}

/// The Markdown files of the root and of `docs`.
fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![root.join("README.md"), root.join("README.ar.md")];
    files.extend(fs::read_dir(root.join("docs")).unwrap().map(|e| e.unwrap().path()));
    files.retain(|f| f.extension().is_some_and(|e| e == "md") && f.is_file());
    files.sort();
    files
}

/// A command in prose as it is typed, not a synopsis: also one without the program's name, `align --monotone`.
fn typed(code: &str) -> Option<String> {
    let named = code.starts_with("muqabala ");
    let command = examples::command();
    let (first, rest) = code.split_once(' ')?;
    let short = command.get_subcommands().any(|c| c.get_name() == first) && rest.contains("--");
    ((named || short) && !code.contains(['[', '…']))
        .then(|| if named { code.to_owned() } else { format!("muqabala {code}") })
}

#[test]
fn commands_in_documents_can_be_typed() {
    let mut wrong = Vec::new();
    let mut tried = 0;
    for file in documents() {
        let text = fs::read_to_string(&file).unwrap();
        let mut fence = None;
        for (index, line) in text.replace("\\\n", " ").lines().enumerate() {
            if let Some(info) = line.strip_prefix("```") {
                fence = if fence.is_some() { None } else { Some(info.trim().to_owned()) };
                continue;
            }
            let lines: Vec<String> = match fence.as_deref() {
                Some("sh" | "console" | "") => vec![line.to_owned()],
                Some(_) => continue,
                // In prose, what is set as code and has more than the command's name.
                None => line.split('`').skip(1).step_by(2).filter_map(typed).collect(),
            };
            let shell = fence.as_deref() != Some("console");
            for line in lines.into_iter().filter(|l| shell || l.starts_with("$ ")) {
                for words in commands(&line) {
                    tried += 1;
                    // Prose may name a command without its arguments.
                    let why = refusal(&words).filter(|why| fence.is_some() || !why.is_for_more);
                    if let Some(Refusal { why, .. }) = why {
                        wrong.push(format!("{}:{}: {why}", file.display(), index + 1));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried > 40, "{tried}");
}

/// Options of other programs that documents name.
const OF_OTHERS: [&str; 15] = [
    "--all-features",
    "--bench",
    "--cfg",
    "--doc",
    "--features",
    "--index",
    "--lib",
    "--list",
    "--locked",
    "--open",
    "--path",
    "--py-files",
    "--release",
    "--root",
    "--test",
];

#[test]
fn options_in_documents_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut known = std::collections::BTreeSet::new();
    let mut open = vec![examples::command()];
    while let Some(command) = open.pop() {
        known.extend(command.get_arguments().filter_map(|a| Some(format!("--{}", a.get_long()?))));
        open.extend(command.get_subcommands().cloned());
    }
    // The scripts have options of their own.
    let mut scripts = String::new();
    for folder in ["scripts", "scripts/spark"] {
        for path in fs::read_dir(root.join(folder)).unwrap().map(|e| e.unwrap().path()) {
            scripts += &fs::read_to_string(path).unwrap_or_default();
        }
    }
    let option = regex::Regex::new(r"(?:^|[\s(\[])(--[a-z][a-z-]*[a-z])").unwrap();
    let (mut wrong, mut tried) = (Vec::new(), 0);
    for file in documents() {
        let text = fs::read_to_string(&file).unwrap();
        for code in text.split('`').skip(1).step_by(2).filter(|code| !code.contains('\n')) {
            for found in option.captures_iter(code) {
                tried += 1;
                let name = &found[1];
                if !known.contains(name) && !OF_OTHERS.contains(&name) && !scripts.contains(name) {
                    wrong.push(format!("{}: {name} in `{code}`", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried > 60, "{tried}");
}

#[test]
fn shell_lines_are_taken_apart() {
    let words = |line: &str| split(line).iter().map(|w| w.join("|")).collect::<Vec<_>>();
    assert_eq!(words("FOO=1 muqabala pipe < a.jsonl > 'b c' # x"), ["muqabala|pipe"]);
    assert_eq!(words("cat x | muqabala align - 'b c' && ls"), ["muqabala|align|-|b c"]);
    assert_eq!(words("cargo run --release -- demo"), ["muqabala|demo"]);
    assert!(words("# muqabala align").is_empty() && words("other align").is_empty());
}
