//! Names that a page gives: of documents for people to read, and of projects that become names of files.
//!
//! In: any text. Out: a name. Guarantee: a file's name leads out of no folder, is allowed on every system, and says
//! what the given one said as far as that goes.

use std::path::{Path, PathBuf};

use crate::part_file::is_kept_by_windows;

/// The longest name, in bytes; systems allow 255, and copies and suffixes need room.
const LONGEST: usize = 150;

/// The last part of a document's name, as a person would write it: browsers give names, some of them paths.
pub(super) fn document(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last.chars().filter(|c| !c.is_control()).collect();
    let name = shortened(name.trim());
    if name.is_empty() { "document".to_owned() } else { name.to_owned() }
}

/// A name for a file, without extension; `None` where nothing is left of what was given.
pub(super) fn file(given: &str) -> Option<String> {
    // Marks of direction cannot be seen, and turn what stands after them around.
    let refused = |c: char| {
        matches!(
            c,
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '\u{61c}' | '\u{200e}' | '\u{200f}'
        ) || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
            || c.is_control()
    };
    let allowed = |c: char| if refused(c) { ' ' } else { c };
    let name: String = given.chars().map(allowed).collect();
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = shortened(&name).trim_matches(['.', ' ']);
    match name {
        "" => None,
        _ if is_kept_by_windows(name) => Some(format!("_{name}")),
        _ => Some(name.to_owned()),
    }
}

/// A name for the project of a document: without its extension and, as in `statement.ar.txt`, its language.
pub(super) fn of_document(name: &str) -> String {
    let stem = Path::new(name).file_stem().unwrap_or_default().to_string_lossy();
    let bare = match stem.rsplit_once(['.', '_', '-']) {
        Some((before, code)) if !before.is_empty() && (2..=3).contains(&code.len()) => {
            let is_code = code.bytes().all(|b| b.is_ascii_lowercase());
            if is_code { before } else { &*stem }
        }
        _ => &*stem,
    };
    file(bare).unwrap_or_else(|| "project".to_owned())
}

/// The path of a project called `name` in `folder`, with a number after the name if there is one already.
pub(super) fn free(folder: &Path, name: &str) -> PathBuf {
    let path = |name: &str| folder.join(format!("{name}.muq"));
    let numbered = (2..).map(|n| path(&format!("{name} {n}")));
    std::iter::once(path(name)).chain(numbered).find(|path| !path.exists()).unwrap_or_default()
}

fn shortened(name: &str) -> &str {
    &name[..name.floor_char_boundary(LONGEST)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_name_leads_nowhere_and_is_allowed_everywhere() {
        let cases = [
            ("بيان مشترك", Some("بيان مشترك")),
            ("../../etc/passwd", Some("etc passwd")),
            ("..", None),
            (" . ", None),
            ("a\u{202e}b", Some("a b")),
            ("C:\\x", Some("C x")),
            ("con", Some("_con")),
            ("Com1.old", Some("_Com1.old")),
            ("com¹", Some("_com¹")),
            ("LPT³.ar.txt", Some("_LPT³.ar.txt")),
            ("com0", Some("_com0")),
            ("CONIN$", Some("_CONIN$")),
            ("conout$.x", Some("_conout$.x")),
            ("con .x", Some("_con .x")),
            ("nul  ", Some("_nul")),
            ("company", Some("company")),
            ("com10", Some("com10")),
            ("conin", Some("conin")),
            ("a con", Some("a con")),
            ("line\nend\u{0}", Some("line end")),
        ];
        for (given, expected) in cases {
            assert_eq!(file(given).as_deref(), expected, "{given:?}");
        }
        assert!(file(&"ب".repeat(500)).unwrap().len() <= LONGEST);
        // Nothing that it gives is kept by Windows, whatever stands around such a name.
        for device in ["con", "prn", "aux", "nul", "com1", "lpt9", "com²", "conin$"] {
            for around in ["@", "@.x", "@ .x", ".@", " @ ", "@.", "@:", "@\u{200f}.x", "@\u{a0}.x"] {
                let given = around.replace('@', device);
                let name = file(&given).unwrap();
                assert!(
                    !is_kept_by_windows(&name) && !is_kept_by_windows(&format!("{name}.muq")),
                    "{given:?}"
                );
            }
        }
    }

    #[test]
    fn a_project_is_called_as_its_document_without_extension_and_language() {
        for (name, expected) in [
            ("statement.ar.txt", "statement"),
            ("law_en.docx", "law"),
            ("ar.txt", "ar"),
            ("report-2024.pdf", "report-2024"),
            ("بيان.docx", "بيان"),
            ("", "project"),
        ] {
            assert_eq!(of_document(name), expected, "{name}");
        }
        assert_eq!(document("C:\\fakepath\\a.txt"), "a.txt");
        assert_eq!(document("x/"), "document");
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let folder = tempfile::tempdir().unwrap();
        let name = |path: PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
        assert_eq!(name(free(folder.path(), "a")), "a.muq");
        std::fs::write(folder.path().join("a.muq"), "").unwrap();
        std::fs::write(folder.path().join("a 2.muq"), "").unwrap();
        assert_eq!(name(free(folder.path(), "a")), "a 3.muq");
    }
}
