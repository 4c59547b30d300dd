//! The review page's own files, embedded in the program.
//!
//! In: the path of a request. Out: a file's bytes and type.

use crate::serve::{Asset, assets};

/// The files that other pages of the program show too.
const SHARED: [&str; 8] = [
    "/assets/style.css",
    "/assets/icon.svg",
    "/assets/dom.js",
    "/assets/api.js",
    "/assets/dialogs.js",
    "/assets/live.js",
    "/assets/numbers.js",
    "/assets/text.js",
];

/// The file at `path`, if it is one that other pages show too.
pub(crate) fn shared(path: &str) -> Option<Asset> {
    if SHARED.contains(&path) { asset(path) } else { None }
}

/// The file served at `path`, if there is one.
pub(super) fn asset(path: &str) -> Option<Asset> {
    Asset::of(FILES, path)
}

const FILES: &[(&str, &str)] = assets! {
    "index.html",
    "doubts.css" "place.css" "plot.css" "print.css" "small.css" "strip.css" "style.css" "type.css"
    "actions.js" "api.js" "bar.js" "borders.js" "box.js" "column.js" "dialogs.js" "dom.js" "doubts.js"
    "edits.js" "empty.js" "finding_words.js" "findings.js" "form.js" "inline.js" "kept.js" "keys.js"
    "kind.js" "list.js" "live.js" "look.js" "main.js" "moves.js" "notes.js" "numbers.js" "output.js"
    "panel.js" "partners.js" "place.js" "plot.js" "plot_keys.js" "pointer.js" "queue.js" "replace.js"
    "report.js" "row.js" "rows.js" "said.js" "screen.js" "sentences.js" "settings.js" "signals.js"
    "small.js" "state.js" "strip.js" "text.js" "unsent.js" "words.js" "icon.svg"
};
