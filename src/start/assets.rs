//! The start page's own files, embedded in the program; what it shares with the review page comes from there.
//!
//! In: the path of a request. Out: a file's bytes and type.

use crate::review::shared;
use crate::serve::{Asset, assets};

/// The file served at `path`, if there is one.
pub(super) fn asset(path: &str) -> Option<Asset> {
    Asset::of(FILES, path).or_else(|| shared(path))
}

const FILES: &[(&str, &str)] = assets! {
    "index.html",
    "search.css" "start.css" "begin.js" "files.js" "hits.js" "jobs.js" "kinds.js" "languages.js" "main.js"
    "memories.js" "options.js" "pairs.js" "projects.js" "screen.js" "search.js" "words.js"
};
