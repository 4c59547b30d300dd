//! Where documents with a known alignment lie: in a folder of their own, or side by side under one name.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use muqabala::bitext::{Lang, Sides};
use muqabala::read::ReadError;

use crate::cli::terminal::failure::Failure;

/// Two documents with a known alignment.
#[derive(Debug)]
pub(crate) struct GoldFiles {
    pub(crate) name: String,
    pub(crate) documents: Sides<(PathBuf, Lang)>,
    pub(crate) gold: PathBuf,
    /// Whether they are named as gold is published, which has one segment a line.
    pub(crate) published: bool,
}

/// The documents at `path`: a folder with LANG.txt twice and a gold file called `gold`; a folder of published gold
/// (NAME.de, NAME.fr and NAME.defr, several names perhaps); or the gold file of one such name.
pub(crate) fn find(path: &Path, gold: &Path, source_lang: Option<&Lang>) -> Result<Vec<GoldFiles>> {
    if path.is_file() {
        let Some(one) = published(path) else {
            return Err(Failure::new(
                format!("{} is neither a folder nor the gold of documents beside it", path.display()),
                "give the folder that holds the documents and the gold file, or a file NAME.defr with NAME.de and NAME.fr",
            )
            .into());
        };
        return Ok(vec![checked(one, source_lang)?]);
    }
    let files = files(path)?;
    if !path.join(gold).exists() {
        let found: Vec<GoldFiles> = files.iter().filter_map(|file| published(file)).collect();
        if !found.is_empty() {
            return found.into_iter().map(|one| checked(one, source_lang)).collect();
        }
    }
    let name = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let name =
        name.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
    let documents = documents(path, &files, source_lang)?;
    Ok(vec![GoldFiles { name, documents, gold: path.join(gold), published: false }])
}

/// What stands in a folder, sorted.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).map_err(|e| ReadError::from_io(&folder.display().to_string(), e))?;
    let mut files = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    files.sort();
    Ok(files)
}

/// The documents that `gold`, a file called NAME.defr, aligns: NAME.de or NAME_de.txt, and the same for fr.
fn published(gold: &Path) -> Option<GoldFiles> {
    let codes = gold.extension()?.to_str()?;
    let name = gold.file_stem()?.to_str()?;
    if !gold.is_file() || !codes.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let document = |code: &str| -> Option<(PathBuf, Lang)> {
        let lang = code.parse::<Lang>().ok()?;
        let names = [".", "_", "-"].map(|joint| format!("{name}{joint}{code}"));
        let paths = names.iter().flat_map(|name| [name.clone(), format!("{name}.txt")]);
        Some((paths.map(|name| gold.with_file_name(name)).find(|path| path.is_file())?, lang))
    };
    let cut = |at: usize| {
        let (source, target) = codes.split_at_checked(at)?;
        let right = |code: &str| (2..=3).contains(&code.len());
        (right(source) && right(target)).then_some(())?;
        Some(Sides::new(document(source)?, document(target)?))
    };
    let documents = cut(2).or_else(|| cut(3))?;
    Some(GoldFiles { name: name.to_owned(), documents, gold: gold.to_owned(), published: true })
}

/// The gold's name says which language it has first.
fn checked(files: GoldFiles, source_lang: Option<&Lang>) -> Result<GoldFiles> {
    match source_lang {
        Some(lang) if *lang != files.documents.source.1 => Err(Failure::new(
            format!("{} has {} first, not {lang}", files.gold.display(), files.documents.source.1),
            "leave --source-lang out: the name says which comes first",
        )
        .into()),
        _ => Ok(files),
    }
}

/// The two documents of a folder, LANG.txt each, and their languages.
fn documents(folder: &Path, files: &[PathBuf], source_lang: Option<&Lang>) -> Result<Sides<(PathBuf, Lang)>> {
    let mut documents = Vec::new();
    for path in files {
        let lang = path.file_stem().and_then(|s| s.to_str()).and_then(|s| s.parse::<Lang>().ok());
        if let Some(lang) =
            lang.filter(|l| path.extension().is_some_and(|e| e == "txt") && l.primary().len() <= 3)
        {
            documents.push((path.clone(), lang));
        }
    }
    let found = documents.len();
    let (Some(second), Some(first), 2) = (documents.pop(), documents.pop(), found) else {
        let hint = if found == 0 && files.iter().any(|path| path.is_dir()) {
            format!("there are folders in it: give these, as in {}", folder.join("*").display())
        } else {
            "put the two documents there as, for example, ar.txt and en.txt".to_owned()
        };
        let problem = format!("{}: expected two documents named LANG.txt, found {found}", folder.display());
        return Err(Failure::new(problem, hint).into());
    };
    match source_lang {
        None => Ok(Sides::new(first, second)),
        Some(lang) if *lang == first.1 => Ok(Sides::new(first, second)),
        Some(lang) if *lang == second.1 => Ok(Sides::new(second, first)),
        Some(lang) => Err(Failure::new(
            format!("{} holds no document in the language {lang}", folder.display()),
            format!("there are {} and {}", first.1, second.1),
        )
        .into()),
    }
}
