//! Which module of the library names which other, read off the source: its `use` lines and its paths.
//!
//! In: files with their text, without comments and tests. Out: circles of files or folders that stand side by side.
//! A folder's `mod.rs` stands above its files and is in no circle: what it defines is there for all of them, and
//! what it only names for them (`use`, `pub use`) is looked for where it is defined. Not seen: a method called on a
//! value, since no path is written for it.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

/// The names that lead from the root of the library to a module or an item: `["align", "band"]`.
type Path = Vec<String>;

/// Modules that use each other in a circle: the folder they stand in and their names.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Circle {
    pub(crate) folder: String,
    pub(crate) members: Vec<String>,
}

/// The circles in `files`, each a path like `src/align/band.rs` and its code.
pub(crate) fn circles(files: &[(String, String)]) -> Vec<Circle> {
    let modules: BTreeMap<Path, &str> = files.iter().map(|(file, code)| (module(file), &**code)).collect();
    let named: Vec<(&Path, Vec<Named>)> =
        modules.iter().map(|(m, code)| (m, named(m, code, &modules))).collect();
    let mut aliases: BTreeMap<Path, Path> = BTreeMap::new();
    for (module, names) in &named {
        for name in names {
            if let Some(alias) = &name.alias {
                aliases.insert(below(module, std::slice::from_ref(alias)), name.path.clone());
            }
        }
    }
    // For each folder: which of its members names which other.
    let mut folders: BTreeMap<Path, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for (user, names) in &named {
        for name in names {
            let used = defined(&name.path, &modules, &aliases);
            let shared = user.iter().zip(&used).take_while(|(a, b)| a == b).count();
            if shared > 0 && shared < user.len() && shared < used.len() {
                let members = folders.entry(used[..shared].to_vec()).or_default();
                members.entry(user[shared].clone()).or_default().insert(used[shared].clone());
            }
        }
    }
    let in_folder = |(folder, uses): (&Path, &BTreeMap<String, BTreeSet<String>>)| {
        let folder = folder.join("/");
        rings(uses)
            .into_iter()
            .map(move |members| Circle { folder: folder.clone(), members })
            .collect::<Vec<_>>()
    };
    folders.iter().flat_map(in_folder).collect()
}

/// `["align", "band"]` for `src/align/band.rs`, `["align"]` for `src/align/mod.rs`.
fn module(file: &str) -> Path {
    let inside = file.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
    inside.split('/').map(str::to_owned).collect()
}

/// A path that a module writes down, from the root on.
struct Named {
    path: Path,
    /// Under which name a `use` line makes it known in the module.
    alias: Option<String>,
}

/// What `module` names of the library.
fn named(module: &[String], code: &str, modules: &BTreeMap<Path, &str>) -> Vec<Named> {
    let line = Regex::new(r"(?m)^\s*(?:pub(?:\([^)]*\))?\s+)?use\s+([^;]+);").expect("a pattern");
    let path = Regex::new(r"\b(?:crate|super|self)(?:::\w+)+").expect("a pattern");
    let mut names = Vec::new();
    for found in line.captures_iter(code) {
        let mut leaves = Vec::new();
        branches(&[], &found[1], &mut leaves);
        for (leaf, alias) in leaves {
            if let Some(path) = from_root(module, &leaf, modules) {
                names.push(Named { path, alias: Some(alias) });
            }
        }
    }
    let rest = line.replace_all(code, "");
    for found in path.find_iter(&rest) {
        let written: Path = found.as_str().split("::").map(str::to_owned).collect();
        if let Some(path) = from_root(module, &written, modules) {
            names.push(Named { path, alias: None });
        }
    }
    names
}

/// The paths of a `use` line, each with the name that it makes known: `a::{b, c::d as e}` has `a::b` and `a::c::d`.
fn branches(before: &[String], tree: &str, leaves: &mut Vec<(Path, String)>) {
    let names = |text: &str| -> Path {
        text.split("::").map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
    };
    if let Some((head, inner)) = tree.split_once('{') {
        let head = below(before, &names(head));
        let inner = inner.trim_end().strip_suffix('}').unwrap_or(inner);
        let (mut depth, mut start) = (0, 0);
        for (at, c) in inner.char_indices() {
            depth += i32::from(c == '{') - i32::from(c == '}');
            if c == ',' && depth == 0 {
                branches(&head, &inner[start..at], leaves);
                start = at + 1;
            }
        }
        branches(&head, &inner[start..], leaves);
    } else if !tree.trim().is_empty() {
        let (tree, alias) =
            tree.split_once(" as ").map_or((tree, None), |(t, a)| (t, Some(a.trim().to_owned())));
        let mut path = below(before, &names(tree));
        if path.last().is_some_and(|last| last == "self") {
            path.pop();
        }
        let alias = alias.or_else(|| path.last().cloned()).unwrap_or_default();
        leaves.push((path, alias));
    }
}

/// A path from the root on; `None` for what is no part of the library.
fn from_root(module: &[String], written: &[String], modules: &BTreeMap<Path, &str>) -> Option<Path> {
    match written.first().map(String::as_str)? {
        "crate" => Some(written[1..].to_vec()),
        "self" => Some(below(module, &written[1..])),
        "super" => {
            let up = written.iter().take_while(|name| *name == "super").count();
            Some(below(&module[..module.len().checked_sub(up)?], &written[up..]))
        }
        _ => Some(below(module, written)).filter(|path| modules.contains_key(&path[..=module.len()])),
    }
}

/// The module in which stands what `path` names, through all `use` lines.
fn defined(path: &[String], modules: &BTreeMap<Path, &str>, aliases: &BTreeMap<Path, Path>) -> Path {
    let mut path = path.to_vec();
    // A chain of names is short; a circle of `use` lines would not compile.
    for _ in 0..10 {
        let alias = (1..=path.len()).find_map(|length| {
            let (head, rest) = path.split_at(length);
            if modules.contains_key(head) { None } else { Some(below(aliases.get(head)?, rest)) }
        });
        match alias {
            Some(meant) => path = meant,
            None => break,
        }
    }
    while !path.is_empty() && !modules.contains_key(&path) {
        path.pop();
    }
    path
}

fn below(head: &[String], rest: &[String]) -> Path {
    [head, rest].concat()
}

/// The sets of members that reach each other.
fn rings(uses: &BTreeMap<String, BTreeSet<String>>) -> Vec<Vec<String>> {
    let reached = |from: &String| {
        let mut reached: BTreeSet<&String> = BTreeSet::new();
        let mut open: Vec<&String> = uses[from].iter().collect();
        while let Some(member) = open.pop() {
            if reached.insert(member) {
                open.extend(uses.get(member).into_iter().flatten());
            }
        }
        reached
    };
    let reach: BTreeMap<&String, BTreeSet<&String>> = uses.keys().map(|m| (m, reached(m))).collect();
    let mut rings = BTreeSet::new();
    for (member, reached) in &reach {
        let ring: Vec<String> = reached
            .iter()
            .filter(|other| reach.get(**other).is_some_and(|back| back.contains(member)))
            .map(|other| (*other).clone())
            .collect();
        if ring.len() > 1 {
            rings.insert(ring);
        }
    }
    rings.into_iter().collect()
}
