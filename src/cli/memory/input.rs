//! The memories that a command reads: a file, or standard input for `-`.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use anyhow::Result;
use muqabala::read::{ReadError, unpack_memory};

use crate::cli::files::is_dash;
use crate::cli::terminal::working;

/// A file's name for messages.
pub(super) fn name_of(path: &Path) -> String {
    if is_dash(path) { "standard input".to_owned() } else { path.display().to_string() }
}

/// Opens the memory in a file, or in standard input for `-`, packed or not.
pub(crate) fn open_input(path: &Path) -> Result<Box<dyn Read>> {
    if is_dash(path) {
        return Ok(unpack_memory(&name_of(path), Box::new(io::stdin().lock()))?);
    }
    let file = open_file(path)?;
    let length = file.metadata().map_or(0, |metadata| metadata.len());
    Ok(unpack_memory(&name_of(path), Box::new(working::reader(file, length)))?)
}

/// Opens it again, once it is known that it can be.
pub(super) fn open_again(path: &Path) -> io::Result<Box<dyn Read>> {
    open_input(path).map_err(|error| io::Error::other(error.to_string()))
}

fn open_file(path: &Path) -> Result<File> {
    let fail = |error| ReadError::from_io(&path.display().to_string(), error);
    if path.is_dir() {
        return Err(fail(io::Error::from(io::ErrorKind::IsADirectory)).into());
    }
    Ok(File::open(path).map_err(fail)?)
}
