//! Two folders → pairs of documents, by their names; one folder → documents with both languages.
//!
//! In: the files below the folders. Out: pairs, and the files without counterpart. Guarantee: the order is that of
//! the names; hidden files are passed over; links in a circle end.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use super::{Entry, Places};
use crate::batch::documents::Documents;
use crate::batch::settings::Settings;
use crate::batch::task::Task;
use crate::bitext::Sides;

/// A folder that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{} cannot be read as a folder", path.display())]
pub struct FolderError {
    /// The folder.
    pub path: PathBuf,
    /// What the operating system says.
    pub source: io::Error,
}

/// The pairs of two folders.
#[derive(Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pairing {
    /// The pairs, by name.
    pub entries: Vec<Entry>,
    /// Files that have no counterpart.
    pub alone: Vec<PathBuf>,
}

/// Pairs the files of two folders whose names are the same without extension and language: `a/news.ar.txt`
/// with `a/news.en.txt`, `news_ar.html` with `news_en.html`, `1.txt` with `1.docx`.
///
/// A language is a code of two or three letters after `.`, `_` or `-` with which all files of the folder end,
/// or that of `languages`.
pub fn pair_folders(
    folders: Sides<&Path>,
    languages: Sides<Option<&str>>,
    places: &Places,
) -> Result<Pairing, FolderError> {
    let source = names(folders.source, languages.source)?;
    let mut target = names(folders.target, languages.target)?;
    let mut pairing = Pairing::default();
    for (name, files) in source {
        let Some(others) = target.remove(&name) else {
            pairing.alone.extend(files);
            continue;
        };
        let entry = if let ([source], [target]) = (&files[..], &others[..]) {
            Entry::Task(Task {
                output: places.output.join(format!("{name}.{}", places.extension)),
                id: name,
                documents: Documents::Two { source: source.clone(), target: target.clone() },
                source_lang: None,
                target_lang: None,
                settings: Settings::default(),
            })
        } else {
            several(name, &[files, others].concat())
        };
        pairing.entries.push(entry);
    }
    pairing.alone.extend(target.into_values().flatten());
    Ok(pairing)
}

/// The files below `folder`, each of which holds both languages in turn; the name of each without its extension is its id.
pub fn each_of_folder(folder: &Path, places: &Places) -> Result<Vec<Entry>, FolderError> {
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    files.sort();
    let mut groups: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for (name, path) in files {
        groups.entry(without_extension(&name).to_owned()).or_default().push(path);
    }
    let entry = |(name, files): (String, Vec<PathBuf>)| match &files[..] {
        [file] => Entry::Task(Task {
            output: places.output.join(format!("{name}.{}", places.extension)),
            id: name,
            documents: Documents::Interleaved(file.clone()),
            source_lang: None,
            target_lang: None,
            settings: Settings::default(),
        }),
        _ => several(name, &files),
    };
    Ok(groups.into_iter().map(entry).collect())
}

fn several(name: String, files: &[PathBuf]) -> Entry {
    let all: Vec<String> = files.iter().map(|p| p.display().to_string()).collect();
    Entry::Bad { id: name, reason: format!("several files have this name: {}", all.join(", ")) }
}

/// Names of two lists that belong together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PairedNames {
    /// Each name that stands in both, and where: without extension and language there may be several of one name.
    pub both: Vec<(String, Sides<Vec<usize>>)>,
    /// Those that stand in one alone.
    pub alone: Sides<Vec<usize>>,
}

/// Pairs the names of two lists as [`pair_folders`] does those of files.
pub fn pair_names(names: Sides<&[String]>, languages: Sides<Option<&str>>) -> PairedNames {
    let mut target = grouped(names.target, languages.target);
    let mut paired = PairedNames::default();
    for (name, own) in grouped(names.source, languages.source) {
        match target.remove(&name) {
            Some(others) => paired.both.push((name, Sides::new(own, others))),
            None => paired.alone.source.extend(own),
        }
    }
    paired.alone.target.extend(target.into_values().flatten());
    paired
}

/// The files below `folder` by their names without extension and language.
fn names(folder: &Path, language: Option<&str>) -> Result<BTreeMap<String, Vec<PathBuf>>, FolderError> {
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    files.sort();
    let (names, paths): (Vec<String>, Vec<PathBuf>) = files.into_iter().unzip();
    let groups = grouped(&names, language).into_iter();
    Ok(groups.map(|(name, group)| (name, group.into_iter().map(|at| paths[at].clone()).collect())).collect())
}

/// Where each name stands, without extension and language.
fn grouped(names: &[String], language: Option<&str>) -> BTreeMap<String, Vec<usize>> {
    let bare: Vec<String> = names.iter().map(|name| without_extension(name).to_owned()).collect();
    let common = common_language(&bare);
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, name) in bare.into_iter().enumerate() {
        let stripped = common
            .as_deref()
            .into_iter()
            .chain(language)
            .find_map(|code| name.strip_suffix(code).and_then(|n| n.strip_suffix(['.', '_', '-'])));
        let name = stripped.filter(|n| !n.is_empty() && !n.ends_with('/')).unwrap_or(&name).to_owned();
        groups.entry(name).or_default().push(at);
    }
    groups
}

/// The files below `root`: their names from there, with `/`, and their paths. A folder that several ways lead to
/// is read once, links last, so that links in a circle end.
fn collect(root: &Path, files: &mut Vec<(String, PathBuf)>) -> Result<(), FolderError> {
    let mut seen = BTreeSet::new();
    let (mut folders, mut links) = (vec![root.to_owned()], Vec::new());
    while let Some(folder) = folders.pop().or_else(|| links.pop()) {
        let fail = |source| FolderError { path: folder.clone(), source };
        if !seen.insert(folder.canonicalize().map_err(fail)?) {
            continue;
        }
        for entry in std::fs::read_dir(&folder).map_err(fail)? {
            let entry = entry.map_err(fail)?;
            let path = entry.path();
            let hidden = path.file_name().is_some_and(|n| n.as_encoded_bytes().starts_with(b"."));
            if hidden {
                continue;
            }
            if path.is_dir() {
                let of =
                    if entry.file_type().is_ok_and(|t| t.is_symlink()) { &mut links } else { &mut folders };
                of.push(path);
            } else if let Ok(name) = path.strip_prefix(root) {
                files.push((name.to_string_lossy().replace('\\', "/"), path));
            }
        }
        links.sort_by(|a, b| b.cmp(a));
    }
    Ok(())
}

fn without_extension(name: &str) -> &str {
    let start = name.rfind('/').map_or(0, |at| at + 1);
    match name[start..].rfind('.') {
        Some(at) if at > 0 => &name[..start + at],
        _ => name,
    }
}

/// The code with which all names end after a separator.
fn common_language(names: &[String]) -> Option<String> {
    let code = |name: &String| {
        let at = name.rfind(['.', '_', '-', '/'])?;
        let code = &name[at + 1..];
        let fits = (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase());
        (fits && !name[at..].starts_with('/')).then(|| code.to_owned())
    };
    let first = code(names.first()?)?;
    names.iter().all(|name| code(name).as_deref() == Some(&first)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paired(source: &[&str], target: &[&str]) -> String {
        let folder = tempfile::tempdir().unwrap();
        for (side, files) in [("s", source), ("t", target)] {
            std::fs::create_dir(folder.path().join(side)).unwrap();
            for file in files {
                let path = folder.path().join(side).join(file);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, "x").unwrap();
            }
        }
        let (s, t) = (folder.path().join("s"), folder.path().join("t"));
        let places = Places::new(PathBuf::new(), "out".into(), "tmx");
        let pairing = pair_folders(Sides::new(&s, &t), Sides::new(None, Some("en")), &places).unwrap();
        let short = |p: &PathBuf| p.strip_prefix(folder.path()).unwrap().display().to_string();
        let mut lines: Vec<String> = Vec::new();
        for entry in &pairing.entries {
            lines.push(match entry {
                Entry::Task(t) => {
                    let documents: Vec<String> =
                        t.documents.paths().into_iter().map(|p| short(&p.to_owned())).collect();
                    format!("{}: {} {}", t.id, documents.join(" "), t.output.display())
                }
                Entry::Bad { id, .. } => format!("{id}: several"),
            });
        }
        lines.extend(pairing.alone.iter().map(|p| format!("alone: {}", short(p))));
        lines.join("\n")
    }

    #[test]
    fn names_are_compared_without_extension_and_language() {
        insta::assert_snapshot!(paired(
            &["a/news.ar.txt", "b.ar.html", ".hidden", "c.ar.txt"],
            &["a/news.en.docx", "b_en.html", "d.txt"],
        ), @r#"
        a/news: s/a/news.ar.txt t/a/news.en.docx out/a/news.tmx
        b: s/b.ar.html t/b_en.html out/b.tmx
        alone: s/c.ar.txt
        alone: t/d.txt
        "#);
        insta::assert_snapshot!(paired(&["1.txt", "2.txt", "2.html"], &["1.txt", "2.txt"]), @r#"
        1: s/1.txt t/1.txt out/1.tmx
        2: several
        "#);
        insta::assert_snapshot!(paired(&["in.txt"], &["in.txt"]), @"in: s/in.txt t/in.txt out/in.tmx");
    }

    #[test]
    fn documents_with_both_languages_go_by_their_own_names() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("a")).unwrap();
        for file in ["a/1.docx", "b.txt", "c.txt", "c.html", ".hidden"] {
            std::fs::write(folder.path().join(file), "x").unwrap();
        }
        let entries =
            each_of_folder(folder.path(), &Places::new(PathBuf::new(), "out".into(), "tmx")).unwrap();
        let lines = entries.iter().map(|entry| match entry {
            Entry::Task(t) => {
                let Documents::Interleaved(file) = &t.documents else { panic!("{t:?}") };
                let file = file.strip_prefix(folder.path()).unwrap().display();
                format!("{}: {file} {}", t.id, t.output.display())
            }
            Entry::Bad { id, .. } => format!("{id}: several"),
        });
        insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @r"
        a/1: a/1.docx out/a/1.tmx
        b: b.txt out/b.tmx
        c: several
        ");
    }

    #[test]
    fn names_alone_are_paired_as_files_are() {
        let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let (source, target) =
            (list(&["b.ar.txt", "a/x.ar.docx", "c.ar.txt"]), list(&["d.txt", "a/x.txt", "b.docx", "b.txt"]));
        let paired = pair_names(Sides::new(&source, &target), Sides::new(None, None));
        let both: Vec<_> =
            paired.both.iter().map(|(name, at)| (&**name, &at.source[..], &at.target[..])).collect();
        assert_eq!(both, [("a/x", &[1][..], &[1][..]), ("b", &[0], &[2, 3])]);
        assert_eq!((paired.alone.source, paired.alone.target), (vec![2], vec![0]));
    }

    #[cfg(unix)]
    #[test]
    fn links_in_a_circle_end_and_a_link_elsewhere_is_followed() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["s/a/b", "t", "other"] {
            std::fs::create_dir_all(at(name)).unwrap();
        }
        for name in ["s/a/b/1.txt", "other/2.txt"] {
            std::fs::write(at(name), "x").unwrap();
        }
        // Two links in each folder would be 2^40 ways.
        for (link, to) in [
            ("s/a/up", "s"),
            ("s/a/b/up", "s"),
            ("s/a/b/own", "s/a/b"),
            ("s/0", "s/a/b"),
            ("s/a/away", "other"),
            ("s/a/self", "s/a/self"),
        ] {
            std::os::unix::fs::symlink(at(to), at(link)).unwrap();
        }
        let mut files = Vec::new();
        collect(&at("s"), &mut files).unwrap();
        files.sort();
        let names: Vec<_> = files.iter().map(|(name, _)| &**name).collect();
        // A link to itself is a file that cannot be read, which its pair will tell.
        assert_eq!(names, ["a/away/2.txt", "a/b/1.txt", "a/self"]);
    }
}
