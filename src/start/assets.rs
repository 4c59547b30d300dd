//! The start page's own files, embedded in the program; what it shares with the review page comes from there.
//!
//! In: the path of a request. Out: a file's bytes and type. Guarantee: the paths are a closed list; nothing is read
//! from the disk.

use crate::review::{Asset, shared};

const SCRIPT: &str = "text/javascript; charset=utf-8";

macro_rules! assets {
    ($($path:literal => $file:literal, $media_type:expr;)*) => {
        /// The file served at `path`, if there is one.
        pub(super) fn asset(path: &str) -> Option<Asset> {
            match path {
                $($path => Some(Asset {
                    media_type: $media_type,
                    content: include_str!(concat!("assets/", $file)),
                }),)*
                _ => shared(path),
            }
        }
    };
}

assets! {
    "/" => "index.html", "text/html; charset=utf-8";
    "/assets/start.css" => "start.css", "text/css; charset=utf-8";
    "/assets/main.js" => "main.js", SCRIPT;
    "/assets/words.js" => "words.js", SCRIPT;
    "/assets/screen.js" => "screen.js", SCRIPT;
    "/assets/files.js" => "files.js", SCRIPT;
    "/assets/jobs.js" => "jobs.js", SCRIPT;
    "/assets/languages.js" => "languages.js", SCRIPT;
    "/assets/begin.js" => "begin.js", SCRIPT;
    "/assets/options.js" => "options.js", SCRIPT;
    "/assets/kinds.js" => "kinds.js", SCRIPT;
    "/assets/memories.js" => "memories.js", SCRIPT;
    "/assets/pairs.js" => "pairs.js", SCRIPT;
    "/assets/projects.js" => "projects.js", SCRIPT;
}
