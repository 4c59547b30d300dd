//! Where the index of a folder stands: in the user's folder for caches.
//!
//! In: the folder, and the environment. Out: a path. Guarantee: nothing is written into the folder that is searched.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// The user's folder for caches, by the system's own rules; `None` where the environment names none.
pub fn cache_folder(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let absolute = |name: &str| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = absolute("XDG_CACHE_HOME").or_else(|| {
        if cfg!(windows) {
            return absolute("LOCALAPPDATA");
        }
        let inside = if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" };
        absolute("HOME").map(|home| home.join(inside))
    })?;
    Some(base.join("muqabala"))
}

/// The index of `folder` in a folder of caches.
pub fn index_file(cache: &Path, folder: &Path) -> PathBuf {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let digest = Sha256::digest(folder.as_os_str().as_encoded_bytes());
    let name: String = digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    cache.join(format!("search-{name}.db"))
}
