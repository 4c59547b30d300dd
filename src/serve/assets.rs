//! The files of pages, embedded in the program.
//!
//! In: the path of a request. Out: a file's bytes and type. Guarantee: the paths are a closed list; nothing is read
//! from the disk.

/// A file of a page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asset {
    /// Its media type.
    pub(crate) media_type: &'static str,
    /// Its content.
    pub(crate) content: &'static str,
}

impl Asset {
    /// The file at `path` among `files`, which are paths and contents.
    pub(crate) fn of(files: &[(&'static str, &'static str)], path: &str) -> Option<Self> {
        let (_, content) = *files.iter().find(|(at, _)| *at == path)?;
        let media_type = match path.rsplit_once('.') {
            Some((_, "js")) => "text/javascript; charset=utf-8",
            Some((_, "css")) => "text/css; charset=utf-8",
            Some((_, "svg")) => "image/svg+xml",
            _ => "text/html; charset=utf-8",
        };
        Some(Self { media_type, content })
    }
}

/// The paths and contents of a page and of the files in the folder `assets` beside the file that names them.
macro_rules! assets {
    ($page:literal, $($file:literal)*) => {
        &[
            ("/", include_str!(concat!("assets/", $page))),
            $((concat!("/assets/", $file), include_str!(concat!("assets/", $file)))),*
        ]
    };
}

pub(crate) use assets;
