//! One file of settings, read and judged.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use toml::Value as Toml;

use super::keys::{KEYS, Key, Kind, Trust};
use super::{Owner, Setting, Value};

/// The longest file of settings, in bytes.
const LONGEST: u64 = 64 * 1024;

/// A file of settings that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SettingsError {
    /// It cannot be read.
    #[error("the settings {path} cannot be read")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// It is too long, or no text.
    #[error("the settings {0} are longer than 64 KB, or no UTF-8 text")]
    NoText(PathBuf),
    /// It is no TOML.
    #[error("the settings {path}, line {line}: {what}")]
    Syntax {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
}

/// Something in a file that is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Notice {
    /// There is no such key.
    Unknown {
        /// The file.
        file: PathBuf,
        /// The key.
        key: String,
    },
    /// The key holds something else.
    Wrong {
        /// The file.
        file: PathBuf,
        /// The key.
        key: &'static str,
        /// What it should hold.
        expected: &'static str,
    },
    /// What the key holds is nothing that its option takes.
    Unfit {
        /// The file.
        file: PathBuf,
        /// The key.
        key: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// A file found beside documents cannot be used at all.
    Unusable {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// Only the user's own file may set it.
    UserAlone {
        /// The file.
        file: PathBuf,
        /// The key.
        key: &'static str,
    },
    /// It leads out of the folder of the file.
    Outside {
        /// The file.
        file: PathBuf,
        /// The key.
        key: &'static str,
        /// Where it leads.
        path: PathBuf,
    },
}

/// What a file sets, and what of it is not taken.
pub(super) fn read(path: &Path, owner: Owner) -> Result<(Vec<Setting>, Vec<Notice>), SettingsError> {
    let text = text_of(path)?;
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let at = error.span().map_or(0, |span| span.start.min(text.len()));
        let line = text.get(..at).unwrap_or_default().matches('\n').count() + 1;
        SettingsError::Syntax { path: path.to_owned(), line, what: error.message().to_owned() }
    })?;
    let (mut settings, mut notices) = (Vec::new(), Vec::new());
    for (name, value) in &table {
        let Some(key) = KEYS.iter().find(|key| key.name == name) else {
            notices.push(Notice::Unknown { file: path.to_owned(), key: name.clone() });
            continue;
        };
        if owner == Owner::Anybody && key.trust == Trust::UserAlone {
            notices.push(Notice::UserAlone { file: path.to_owned(), key: key.name });
            continue;
        }
        match judge(key, value, path, owner) {
            Ok(value) => settings.push(Setting { key, value, from: path.to_owned() }),
            Err(notice) => notices.push(notice),
        }
    }
    Ok((settings, notices))
}

fn text_of(path: &Path) -> Result<String, SettingsError> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(LONGEST + 1).read_to_end(&mut bytes))
        .map_err(|source| SettingsError::Io { path: path.to_owned(), source })?;
    if bytes.len() as u64 > LONGEST {
        return Err(SettingsError::NoText(path.to_owned()));
    }
    let text = String::from_utf8(bytes).map_err(|_| SettingsError::NoText(path.to_owned()))?;
    // Editors of Windows may begin it with a mark.
    Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
}

fn judge(key: &'static Key, value: &Toml, path: &Path, owner: Owner) -> Result<Value, Notice> {
    let wrong = |expected| Notice::Wrong { file: path.to_owned(), key: key.name, expected };
    let words = |expected| -> Result<Vec<String>, Notice> {
        let one = |value: &Toml| value.as_str().map(str::to_owned).ok_or_else(|| wrong(expected));
        match value {
            Toml::Array(values) => values.iter().map(one).collect(),
            value => Ok(vec![one(value)?]),
        }
    };
    Ok(match key.kind {
        Kind::Text => Value::Text(value.as_str().ok_or_else(|| wrong("a text in quotes"))?.to_owned()),
        Kind::Number => Value::Text(match value {
            Toml::Integer(number) => number.to_string(),
            Toml::Float(number) => number.to_string(),
            _ => return Err(wrong("a number")),
        }),
        Kind::Flag => Value::Flag(value.as_bool().ok_or_else(|| wrong("true or false"))?),
        Kind::Words => Value::Words(words("a list of texts")?),
        Kind::Path | Kind::Paths => {
            let expected = if key.kind == Kind::Path {
                "the path of a file or folder, in quotes"
            } else {
                "a list of paths"
            };
            if key.kind == Kind::Path && value.is_array() {
                return Err(wrong(expected));
            }
            let paths = words(expected)?.into_iter().map(|named| place(key.name, &named, path, owner));
            Value::Paths(paths.collect::<Result<_, _>>()?)
        }
    })
}

/// Where a path of a file of settings leads: relative ones begin at the file's own folder.
fn place(key: &'static str, named: &str, file: &Path, owner: Owner) -> Result<PathBuf, Notice> {
    let folder = file.parent().unwrap_or(Path::new(""));
    let path = folder.join(named);
    if owner == Owner::User {
        return Ok(path);
    }
    let outside = || Notice::Outside { file: file.to_owned(), key, path: PathBuf::from(named) };
    // A web address would be fetched.
    if named.contains("://") || named == "-" {
        return Err(outside());
    }
    // What is not there yet may be a link by the time that it is read; what is there has its links followed.
    let (Ok(real), Ok(folder)) = (path.canonicalize(), folder.canonicalize()) else { return Err(outside()) };
    if real.starts_with(&folder) { Ok(real) } else { Err(outside()) }
}
