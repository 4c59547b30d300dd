//! Settings in files: what the user wants each time, said once.
//!
//! In: the folder of the documents, and the user's own settings. Out: a value for each key that is set, and where it comes
//! from. Guarantee: a file found beside documents may come from a stranger, so what it says is bounded: it names no
//! program and no output (there are no such keys), and no file outside its folder, wherever links lead; some keys are
//! the user's own alone. What is not taken is told.
//!
//! ```
//! let folder = tempfile::tempdir()?;
//! std::fs::write(folder.path().join("muqabala.toml"), "source-lang = \"ar\"\n")?;
//! let found = muqabala::settings::find(folder.path(), None)?;
//! assert_eq!(found.settings[0].key.name, "source-lang");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod file;
mod keys;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

pub use file::{Notice, SettingsError};
pub use keys::{KEYS, Key, Kind, Trust};

/// The name of a file of settings.
pub const FILE_NAME: &str = "muqabala.toml";

/// What a key is set to.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A word or a number, as an option would be given it.
    Text(String),
    /// Yes or no.
    Flag(bool),
    /// Several words.
    Words(Vec<String>),
    /// Files or folders, wherever the program runs.
    Paths(Vec<PathBuf>),
}

/// A key that is set.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// The key.
    pub key: &'static Key,
    /// Its value.
    pub value: Value,
    /// The file that says so.
    pub from: PathBuf,
}

/// The settings that count at a place.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Found {
    /// What is set, in the order of [`KEYS`].
    pub settings: Vec<Setting>,
    /// The files that were read, nearest first.
    pub files: Vec<PathBuf>,
    /// What was not taken.
    pub notices: Vec<Notice>,
}

/// Whose a file of settings is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    /// The user's own: from the folder for configuration.
    User,
    /// Anybody's: found beside documents.
    Anybody,
}

/// The settings for documents in `folder`: of the nearest `muqabala.toml` there or above, and of `own`, the user's file;
/// the nearer wins, key by key.
///
/// # Errors
/// If the user's own file cannot be read, or is no TOML. Another's that cannot is told in [`Found::notices`].
pub fn find(folder: &Path, own: Option<&Path>) -> Result<Found, SettingsError> {
    find_fitting(folder, own, |_| Ok(()))
}

/// As [`find`], with only those settings that `fits` lets pass; of others it says what is wrong, which is told.
///
/// # Errors
/// As of [`find`].
pub fn find_fitting(
    folder: &Path,
    own: Option<&Path>,
    fits: impl Fn(&Setting) -> Result<(), String>,
) -> Result<Found, SettingsError> {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let own = own.filter(|path| path.is_file());
    let is_own = |path: &Path| own.is_some_and(|own| own.canonicalize().is_ok_and(|own| own == path));
    let near = folder.ancestors().map(|folder| folder.join(FILE_NAME)).find(|path| path.is_file());
    let near = near.filter(|path| !is_own(path)).map(|path| (path, Owner::Anybody));
    let files = near.into_iter().chain(own.map(|path| (path.to_owned(), Owner::User)));
    let mut found = Found::default();
    for (path, owner) in files {
        let (settings, notices) = match file::read(&path, owner) {
            Ok(read) => read,
            // A stranger's file stops nothing.
            Err(error) if owner == Owner::Anybody => {
                let why = match &error {
                    SettingsError::Io { source, .. } => source.to_string(),
                    SettingsError::NoText(_) => "it is longer than 64 KB, or no UTF-8 text".to_owned(),
                    SettingsError::Syntax { line, what, .. } => format!("line {line}: {what}"),
                };
                found.notices.push(Notice::Unusable { file: path.clone(), why });
                found.files.push(path);
                continue;
            }
            Err(error) => return Err(error),
        };
        for setting in settings {
            if let Err(why) = fits(&setting) {
                found.notices.push(Notice::Unfit { file: path.clone(), key: setting.key.name, why });
                continue;
            }
            if found.settings.iter().all(|known| known.key.name != setting.key.name) {
                found.settings.push(setting);
            }
        }
        found.notices.extend(notices);
        found.files.push(path);
    }
    found.settings.sort_by_key(|setting| KEYS.iter().position(|key| key.name == setting.key.name));
    Ok(found)
}

/// The user's own file of settings, by the system's rules; `None` where the environment names no place for it.
pub fn own_file(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let absolute = |name: &str| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = absolute("XDG_CONFIG_HOME").or_else(|| {
        if cfg!(windows) {
            return absolute("APPDATA");
        }
        let inside = if cfg!(target_os = "macos") { "Library/Application Support" } else { ".config" };
        absolute("HOME").map(|home| home.join(inside))
    })?;
    Some(base.join("muqabala").join(FILE_NAME))
}

#[cfg(test)]
mod tests;
