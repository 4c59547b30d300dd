//! Documents of older office programs → blocks, through LibreOffice.
//!
//! In: a DOC, PPT, WPS or RTF. Out: what LibreOffice makes of it, read as OpenDocument. Guarantee: bounded time and
//! memory; a profile of its own, so that a LibreOffice that is open is not disturbed; nothing stays. Without
//! LibreOffice, a refusal that says what the file is and what to do.

use std::ffi::OsString;
use std::time::Duration;

use super::odt;
use crate::outside::{Bounds, Failed, Outside};
use crate::read::old_office::Old;
use crate::read::percent::address_of;
use crate::read::{Format, ReadDocument, ReadError, ReadOptions};

/// The names that the program has, in the order in which they are tried.
const PROGRAMS: [&str; 2] = ["soffice", "libreoffice"];
const BOUNDS: Bounds = Bounds { time: Duration::from_mins(2), memory: 8 << 30, output: 1 << 20 };

impl Old {
    const fn what(self) -> &'static str {
        match self {
            Self::Word => "an old Word document (.doc)",
            Self::PowerPoint => "an old PowerPoint presentation (.ppt)",
            Self::Works => "a Works document (.wps)",
            Self::RichText => "an RTF document",
        }
    }

    const fn extension(self) -> &'static str {
        match self {
            Self::Word => "doc",
            Self::PowerPoint => "ppt",
            Self::Works => "wps",
            Self::RichText => "rtf",
        }
    }

    /// What LibreOffice makes of it.
    const fn target(self) -> &'static str {
        if matches!(self, Self::PowerPoint) { "odp" } else { "odt" }
    }
}

/// Reads a document.
#[expect(clippy::needless_pass_by_value, reason = "all readers take the bytes")]
pub(crate) fn read(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<ReadDocument, ReadError> {
    let refused = |why: String, hint| ReadError::Refused { name: name.to_owned(), why, hint };
    let old = Old::of(&bytes)
        .ok_or_else(|| refused("it is no document that LibreOffice would read for us".to_owned(), SAVE))?;
    let made = converted(name, &bytes, old)?;
    let mut read = odt::read(name, made, options)?;
    read.format = Format::Old;
    read.warnings.push((format!("{name} is {}, and was read through LibreOffice", old.what()), None));
    Ok(read)
}

const SAVE: &str = "save it as DOCX, ODT or PDF, and give that file";
const INSTALL: &str = "install LibreOffice (Debian and Ubuntu: apt install libreoffice-writer libreoffice-impress; macOS: \
                       brew install libreoffice), or save it as DOCX or ODT";

/// The document as OpenDocument.
fn converted(name: &str, bytes: &[u8], old: Old) -> Result<Vec<u8>, ReadError> {
    let io = |source| ReadError::Io { name: name.to_owned(), source };
    let refused = |why: String, hint| ReadError::Refused { name: name.to_owned(), why, hint };
    for program in PROGRAMS {
        let outside = Outside::new(program).map_err(io)?;
        let folder = outside.folder().to_owned();
        let file = folder.join("document").with_extension(old.extension());
        std::fs::write(&file, bytes).map_err(io)?;
        let place = address_of(&folder.join("profile").to_string_lossy(), cfg!(windows));
        let profile = OsString::from(format!("-env:UserInstallation={place}"));
        let answer = outside
            .argument("--headless")
            .argument("--norestore")
            .argument(profile)
            .argument("--convert-to")
            .argument(old.target())
            .argument("--outdir")
            .argument(&folder)
            .argument(&file)
            .run(BOUNDS);
        let answer = match answer {
            Ok(answer) => answer,
            Err(Failed::Missing) => continue,
            Err(Failed::Late(time)) => {
                let why = format!(
                    "it is {}, and LibreOffice took longer than {} seconds",
                    old.what(),
                    time.as_secs()
                );
                return Err(refused(why, SAVE));
            }
            Err(Failed::TooMuch) => return Err(refused("LibreOffice says too much".to_owned(), SAVE)),
            Err(Failed::Io(source)) => return Err(io(source)),
        };
        let made = answer.folder.path().join("document").with_extension(old.target());
        return std::fs::read(made).map_err(|_| {
            let said = answer.messages.lines().next().unwrap_or("it gives no reason").to_owned();
            refused(format!("it is {}, and LibreOffice could not read it: {said}", old.what()), SAVE)
        });
    }
    Err(refused(format!("it is {}, which LibreOffice would read, but there is none", old.what()), INSTALL))
}
