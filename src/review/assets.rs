//! The page's own files, embedded in the program.
//!
//! In: the path of a request. Out: a file's bytes and type. Guarantee: the paths are a closed list; nothing is read
//! from the disk.

/// A file of the page.
pub(crate) struct Asset {
    /// Its media type.
    pub(crate) media_type: &'static str,
    /// Its content.
    pub(crate) content: &'static str,
}

/// The files that other pages of the program show too.
const SHARED: [&str; 6] = [
    "/assets/style.css",
    "/assets/icon.svg",
    "/assets/dom.js",
    "/assets/api.js",
    "/assets/dialogs.js",
    "/assets/live.js",
];

/// The file at `path`, if it is one that other pages show too.
pub(crate) fn shared(path: &str) -> Option<Asset> {
    if SHARED.contains(&path) { asset(path) } else { None }
}

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
                _ => None,
            }
        }
    };
}

assets! {
    "/" => "index.html", "text/html; charset=utf-8";
    "/assets/style.css" => "style.css", "text/css; charset=utf-8";
    "/assets/place.css" => "place.css", "text/css; charset=utf-8";
    "/assets/doubts.css" => "doubts.css", "text/css; charset=utf-8";
    "/assets/plot.css" => "plot.css", "text/css; charset=utf-8";
    "/assets/strip.css" => "strip.css", "text/css; charset=utf-8";
    "/assets/type.css" => "type.css", "text/css; charset=utf-8";
    "/assets/print.css" => "print.css", "text/css; charset=utf-8";
    "/assets/icon.svg" => "icon.svg", "image/svg+xml";
    "/assets/main.js" => "main.js", SCRIPT;
    "/assets/actions.js" => "actions.js", SCRIPT;
    "/assets/bar.js" => "bar.js", SCRIPT;
    "/assets/dom.js" => "dom.js", SCRIPT;
    "/assets/live.js" => "live.js", SCRIPT;
    "/assets/edits.js" => "edits.js", SCRIPT;
    "/assets/borders.js" => "borders.js", SCRIPT;
    "/assets/column.js" => "column.js", SCRIPT;
    "/assets/doubts.js" => "doubts.js", SCRIPT;
    "/assets/said.js" => "said.js", SCRIPT;
    "/assets/strip.js" => "strip.js", SCRIPT;
    "/assets/empty.js" => "empty.js", SCRIPT;
    "/assets/kept.js" => "kept.js", SCRIPT;
    "/assets/notes.js" => "notes.js", SCRIPT;
    "/assets/place.js" => "place.js", SCRIPT;
    "/assets/moves.js" => "moves.js", SCRIPT;
    "/assets/output.js" => "output.js", SCRIPT;
    "/assets/pointer.js" => "pointer.js", SCRIPT;
    "/assets/kind.js" => "kind.js", SCRIPT;
    "/assets/small.css" => "small.css", "text/css; charset=utf-8";
    "/assets/small.js" => "small.js", SCRIPT;
    "/assets/plot_keys.js" => "plot_keys.js", SCRIPT;
    "/assets/form.js" => "form.js", SCRIPT;
    "/assets/box.js" => "box.js", SCRIPT;
    "/assets/findings.js" => "findings.js", SCRIPT;
    "/assets/replace.js" => "replace.js", SCRIPT;
    "/assets/look.js" => "look.js", SCRIPT;
    "/assets/numbers.js" => "numbers.js", SCRIPT;
    "/assets/partners.js" => "partners.js", SCRIPT;
    "/assets/sentences.js" => "sentences.js", SCRIPT;
    "/assets/queue.js" => "queue.js", SCRIPT;
    "/assets/rows.js" => "rows.js", SCRIPT;
    "/assets/screen.js" => "screen.js", SCRIPT;
    "/assets/settings.js" => "settings.js", SCRIPT;
    "/assets/signals.js" => "signals.js", SCRIPT;
    "/assets/state.js" => "state.js", SCRIPT;
    "/assets/api.js" => "api.js", SCRIPT;
    "/assets/words.js" => "words.js", SCRIPT;
    "/assets/inline.js" => "inline.js", SCRIPT;
    "/assets/list.js" => "list.js", SCRIPT;
    "/assets/row.js" => "row.js", SCRIPT;
    "/assets/text.js" => "text.js", SCRIPT;
    "/assets/keys.js" => "keys.js", SCRIPT;
    "/assets/panel.js" => "panel.js", SCRIPT;
    "/assets/plot.js" => "plot.js", SCRIPT;
    "/assets/dialogs.js" => "dialogs.js", SCRIPT;
    "/assets/unsent.js" => "unsent.js", SCRIPT;
    "/assets/report.js" => "report.js", SCRIPT;
}
